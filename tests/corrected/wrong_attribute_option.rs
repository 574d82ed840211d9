use divvy::par_reduce;

#[par_reduce(threshold = 1_000)]
fn total(xs: &[u32]) -> u32 {
    let mut sum = 0;
    for x in xs {
        sum += x;
    }
    sum
}

#[test]
fn a_loop_counts_its_iterations() {
    assert_eq!(total(&[1, 2, 3]), 6);
}
