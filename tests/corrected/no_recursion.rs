use divvy::par_divide;

/// The sum by halves: it calls itself twice.
#[par_divide]
fn sum(xs: &[u64]) -> u64 {
    if let [x] = xs {
        return *x;
    }
    if xs.is_empty() {
        return 0;
    }
    let (left, right) = xs.split_at(xs.len() / 2);
    sum(left) + sum(right)
}

#[test]
fn the_halves_run_side_by_side() {
    assert_eq!(sum(&[1, 2, 3, 4]), 10);
}
