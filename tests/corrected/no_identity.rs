use divvy::{associative, par_reduce};

#[associative(identity = 0, commutative)]
fn larger(a: u64, b: u64) -> u64 {
    if a > b { a } else { b }
}

#[par_reduce(reduce(top: larger))]
fn top(xs: &[u64]) -> u64 {
    let mut top = 0;
    for &x in xs {
        top = larger(top, x);
    }
    top
}

#[test]
fn nothing_is_smaller_than_the_identity() {
    assert_eq!(top(&[3, 9, 4]), 9);
}
