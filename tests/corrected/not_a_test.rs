use divvy::{par_reduce, par_test};

#[par_reduce]
fn total(xs: &[u64]) -> u64 {
    let mut sum = 0;
    for x in xs {
        sum += x;
    }
    sum
}

fn check(length: u64) {
    let xs: Vec<u64> = (0..length).collect();
    assert_eq!(total(&xs), length * length.saturating_sub(1) / 2);
}

#[par_test(seeds = 4)]
fn the_test_makes_its_values() {
    for length in [0, 1, 1000] {
        check(length);
    }
}
