use divvy::par_reduce;

fn polynomial(x: f64) -> f64 {
    let low = 1.0 + x * (0.5 + x * (0.25 + x * 0.125));
    let high = 0.0625 + x * (0.03125 + x * 0.015625);
    low + x * x * x * x * high
}

#[par_reduce]
fn largest(xs: &[f64]) -> f64 {
    let mut largest = f64::MIN;
    for &x in xs {
        largest = largest.max(polynomial(x));
    }
    largest
}

#[test]
fn parts_of_an_expression_have_functions_of_their_own() {
    assert_eq!(largest(&[0.0, 1.0]), 1.984375);
}
