use divvy::{associative, par_reduce};

#[associative(identity = 0, commutative)]
fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[par_reduce]
fn common(xs: &[u64]) -> u64 {
    let mut common = 0;
    for &x in xs {
        common = gcd(common, x);
    }
    common
}

#[test]
fn the_operation_is_declared() {
    assert_eq!(common(&[12, 18, 30]), 6);
}
