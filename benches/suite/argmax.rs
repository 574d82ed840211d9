//! The first position of the largest element: two accumulators that change together.

use divvy::par_reduce;
use rayon::prelude::*;

use super::{Kernel, random};

#[par_reduce(twin = sequential)]
#[inline(never)] // also of the twin: the version by hand calls the same machine code
fn divvy_version(xs: &[i64]) -> (usize, i64) {
    let (mut at, mut largest) = (0, i64::MIN);
    for (i, &x) in xs.iter().enumerate() {
        if x > largest {
            largest = x;
            at = i;
        }
    }
    (at, largest)
}

fn by_hand(xs: &[i64], cutoff: usize) -> (usize, i64) {
    if xs.len() <= cutoff {
        return sequential(xs);
    }
    xs.par_chunks(cutoff)
        .enumerate()
        .map(|(chunk, xs)| {
            let (at, largest) = sequential(xs);
            (chunk * cutoff + at, largest)
        })
        .reduce(
            || (0, i64::MIN),
            |left, right| if right.1 > left.1 { right } else { left },
        )
}

pub(crate) fn kernel(n: usize) -> Kernel {
    let xs: &'static [i64] = random(n).map(|x| (x >> 2) as i64).collect::<Vec<_>>().leak();
    Kernel::new(
        "argmax",
        format!("{n} i64"),
        (1 << 18, &[1 << 12, 1 << 14, 1 << 16, 1 << 18, 1 << 20]),
        move || xs,
        sequential,
        by_hand,
        divvy_version,
    )
}
