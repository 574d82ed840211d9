use divvy::{par_for, par_reduce};

macro_rules! square {
    ($x:expr) => {
        $x * $x
    };
}

#[par_for]
fn squares(xs: &[u64], out: &mut [u64]) {
    for i in 0..xs.len() {
        out[i] = square!(xs[i]);
    }
}

#[par_reduce]
fn until_a_large_one(xs: &[u64], limit: u64) -> Vec<u64> {
    let mut all = Vec::new();
    for x in xs {
        if square!(x) > limit {
            break;
        }
        all.push(*x);
    }
    all
}

#[test]
fn same_answer() {
    let mut out = [0; 3];
    squares(&[1, 2, 3], &mut out);
    assert_eq!(out, [1, 4, 9]);
    assert_eq!(until_a_large_one(&[1, 2, 9, 3], 10), [1, 2]);
}
