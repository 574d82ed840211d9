use std::iter::{self, successors};

use divvy::par_reduce;

#[par_reduce]
fn halves(n: u64) -> u64 {
    let mut sum = 0;
    for x in successors(Some(n), |x| (*x > 1).then_some(x / 2)) {
        sum += x;
    }
    sum
}

#[par_reduce]
fn paired(xs: &[u64]) -> u64 {
    let mut k = 0;
    xs.iter()
        .zip(iter::from_fn(|| {
            k += 1;
            Some(k)
        }))
        .map(|(x, k)| x * k)
        .sum()
}

#[par_reduce]
fn behind(xs: &[u64]) -> u64 {
    let mut sum = 0;
    for x in xs.iter().fuse() {
        sum += x;
    }
    sum
}

fn main() {}
