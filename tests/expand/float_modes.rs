use divvy::par_reduce;

#[par_reduce(float = ordered)]
fn mean_and_rest(xs: &[f64], left: &mut f64) -> (f64, usize) {
    let mut sum = 0.0;
    let mut count = 0;
    for x in xs {
        if *x < 0.0 {
            *left -= x;
            continue;
        }
        sum = sum + x / 2.0 + 1.0;
        count += 1;
    }
    (sum / count as f64, count)
}

#[par_reduce(float = ordered)]
fn norm(xs: &[f64]) -> f64 {
    xs.iter().map(|x| x * x).sum::<f64>().sqrt()
}

#[par_reduce(float = exact)]
fn exact_norm(xs: &[f64]) -> f64 {
    let mut sum = 0.0;
    for x in xs {
        sum += x * x;
    }
    xs.iter().map(|x| x * x).sum::<f64>() - sum
}

#[test]
fn same_answer() {
    let mut left = 1.0;
    assert_eq!(mean_and_rest(&[1.0, 5.0, -2.0], &mut left), (2.5, 2));
    assert_eq!(left, 3.0);
    assert_eq!(norm(&[3.0, 4.0]), 5.0);
    assert_eq!(exact_norm(&[0.1, 0.2, 0.3]), 0.0);
}
