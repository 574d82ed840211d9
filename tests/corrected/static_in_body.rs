use divvy::par_reduce;
use std::cell::Cell;

thread_local! {
    static ZEROS: Cell<u64> = const { Cell::new(0) };
}

#[par_reduce]
fn total(xs: &[u64]) -> u64 {
    let mut total = 0;
    let mut zeros = 0;
    for &x in xs {
        if x == 0 {
            zeros += 1;
        }
        total += x;
    }
    ZEROS.set(ZEROS.get() + zeros);
    total
}

#[test]
fn the_static_variable_is_changed_behind_the_loop() {
    assert_eq!(total(&[1, 0, 2, 0]), 3);
    assert_eq!(ZEROS.get(), 2);
}
