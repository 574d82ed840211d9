use divvy::par_reduce;

#[par_reduce]
fn total(xs: &[u64]) -> (u64, u64) {
    let mut total = 0;
    let mut seen = 0;
    for x in xs {
        seen += 1;
        total += x;
    }
    (total, seen)
}

#[test]
fn the_counter_is_an_accumulator() {
    assert_eq!(total(&[4, 5]), (9, 2));
}
