use divvy::par_reduce;

/// What remembers comes first, in a statement of its own; the expensive part goes on from there.
#[par_reduce]
fn rising(xs: &[i64]) -> Vec<i64> {
    let sums: Vec<i64> = xs.iter().scan(0, add).collect();
    sums.iter().map(|x| x * x).collect()
}

fn add(sum: &mut i64, x: &i64) -> Option<i64> {
    *sum += x;
    Some(*sum)
}

#[test]
fn the_rest_of_the_chain_is_parallel() {
    assert_eq!(rising(&[1, 2, -3, 4]), [1, 9, 0, 16]);
}
