use divvy::par_reduce;

#[par_reduce]
fn summary(xs: &[u64]) -> (u64, u64) {
    let mut sum = 0;
    let mut product = 1;
    for &x in xs {
        if x % 2 == 0 {
            sum += x;
        } else {
            product *= x;
        }
    }
    (sum, product)
}

#[test]
fn each_operation_has_an_accumulator() {
    assert_eq!(summary(&[2, 3, 4, 5]), (6, 15));
}
