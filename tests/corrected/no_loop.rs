use divvy::par_reduce;

#[par_reduce]
fn squares(n: u64) -> u64 {
    let mut sum = 0;
    for k in 1..=n {
        sum += k * k;
    }
    sum
}

/// A formula has nothing to share out, and needs no attribute.
fn triangle(n: u64) -> u64 {
    n * (n + 1) / 2
}

#[test]
fn the_loop_has_the_attribute() {
    assert_eq!((squares(3), triangle(3)), (14, 6));
}
