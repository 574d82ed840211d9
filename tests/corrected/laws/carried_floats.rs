use divvy::par_scan;

#[par_scan(float = ordered)]
fn sums(xs: &[f64]) -> Vec<f64> {
    let mut sum = 0.0;
    let mut out = Vec::new();
    for x in xs {
        sum += x;
        out.push(sum);
    }
    out
}

#[par_scan(float = tree)]
fn smoothed(xs: &[f64]) -> Vec<f64> {
    let mut mean = 0.0;
    let mut out = Vec::new();
    for x in xs {
        mean = 0.5 * mean + 0.5 * x;
        out.push(mean);
    }
    out
}

#[test]
fn floats_on_the_way() {
    assert_eq!(sums(&[0.5, 1.0, 2.0]), [0.5, 1.5, 3.5]);
    assert_eq!(smoothed(&[4.0, 2.0]), [2.0, 2.0]);
}
