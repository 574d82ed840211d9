use divvy::par_reduce;

/// What remembers comes first, in a statement of its own; the expensive part goes on from there.
#[par_reduce]
fn rising(xs: &[i64]) -> Vec<i64> {
    let start: Vec<i64> = xs.iter().copied().take_while(|x| *x >= 0).collect();
    start.iter().map(|x| x * x).collect()
}

#[test]
fn the_rest_of_the_chain_is_parallel() {
    assert_eq!(rising(&[1, 2, -3, 4]), [1, 4]);
}
