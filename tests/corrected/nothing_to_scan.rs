use divvy::{par_reduce, par_scan};

/// Only the end result is wanted.
#[par_reduce]
fn total(xs: &[u64]) -> u64 {
    let mut sum = 0;
    for x in xs {
        sum += x;
    }
    sum
}

/// Every sum on the way is wanted.
#[par_scan]
fn totals(xs: &[u64]) -> Vec<u64> {
    let mut sum = 0;
    let mut sums = Vec::new();
    for x in xs {
        sum += x;
        sums.push(sum);
    }
    sums
}

#[test]
fn each_has_its_attribute() {
    assert_eq!(total(&[1, 2, 3]), 6);
    assert_eq!(totals(&[1, 2, 3]), [1, 3, 6]);
}
