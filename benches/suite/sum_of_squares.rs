//! One addition and one multiplication an element: bound by memory.

use divvy::par_reduce;
use rayon::prelude::*;

use super::{Kernel, random};

#[par_reduce(twin = sequential)]
#[inline(never)] // also of the twin: the version by hand calls the same machine code
fn divvy_version(xs: &[u64]) -> u64 {
    let mut sum = 0;
    for x in xs {
        sum += x * x;
    }
    sum
}

fn by_hand(xs: &[u64], cutoff: usize) -> u64 {
    if xs.len() <= cutoff {
        return sequential(xs);
    }
    xs.par_chunks(cutoff).map(sequential).sum()
}

pub(crate) fn kernel(n: usize) -> Kernel {
    let xs: &'static [u64] = random(n).map(|x| x % 1000).collect::<Vec<_>>().leak();
    Kernel::new(
        "sum of squares",
        format!("{n} u64"),
        (1 << 18, &[1 << 12, 1 << 14, 1 << 16, 1 << 18, 1 << 20]),
        move || xs,
        sequential,
        by_hand,
        divvy_version,
    )
}
