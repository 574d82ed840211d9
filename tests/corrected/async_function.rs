use divvy::par_reduce;

#[par_reduce]
fn sum(xs: &[u32]) -> u32 {
    let mut sum = 0;
    for x in xs {
        sum += x;
    }
    sum
}

async fn total(xs: &[u32]) -> u32 {
    sum(xs)
}

#[test]
fn the_computation_is_a_plain_function() {
    assert_eq!(sum(&[1, 2, 3]), 6);
    drop(total(&[1, 2, 3]));
}
