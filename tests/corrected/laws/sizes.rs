use divvy::par_reduce;

#[par_reduce(threshold = 1000)]
fn total(xs: &[u32]) -> u32 {
    let mut sum = 0;
    for x in xs {
        sum += x;
    }
    sum
}

#[test]
fn a_threshold_is_a_number() {
    assert_eq!(total(&[1, 2]), 3);
}
