use divvy::par_reduce;

#[par_reduce(grain = 2)]
fn total(xs: &[u32]) -> u32 {
    let mut sum = 0;
    for x in xs {
        sum += x;
    }
    sum
}

#[test]
fn one_grain_is_left() {
    assert_eq!(total(&[1, 2, 3]), 6);
}
