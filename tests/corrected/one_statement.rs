use divvy::par_join;

/// Two statements that run loops.
#[par_join]
fn extent(xs: &[i64]) -> i64 {
    let low = xs.iter().copied().min().unwrap_or(0);
    let high = xs.iter().copied().max().unwrap_or(0);
    high - low
}

#[test]
fn two_statements_run_side_by_side() {
    assert_eq!(extent(&[3, -1, 4]), 5);
}
