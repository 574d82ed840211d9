use divvy::par_reduce;

/// The plainest loop.
#[par_reduce(threshold = 4)]
fn sum_of_squares(xs: &[u64]) -> u64 {
    let mut sum = 0;
    for x in xs {
        sum += x * x;
    }
    sum
}

#[test]
fn same_answer() {
    for n in 0..9 {
        let xs: Vec<u64> = (0..n).collect();
        assert_eq!(sum_of_squares(&xs), xs.iter().map(|x| x * x).sum());
    }
}
