use divvy::par_reduce;

#[par_reduce(float = any, grain = 16, threshold = 1_000, relax(any_order))]
fn total(xs: &[f32]) -> f32 {
    let mut sum = 0.0;
    for x in xs {
        sum += x;
    }
    sum
}

#[test]
fn every_option_has_a_value_of_its_kind() {
    assert_eq!(total(&[0.5, 0.25]), 0.75);
}
