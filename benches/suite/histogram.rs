//! Counts of bytes: an accumulator of 2 KiB, written at random places.

use divvy::par_reduce;
use rayon::prelude::*;

use super::{Kernel, random};

#[par_reduce(twin = sequential)]
#[inline(never)] // also of the twin: the version by hand calls the same machine code
fn divvy_version(bytes: &[u8]) -> [u64; 256] {
    let mut counts = [0; 256];
    for byte in bytes {
        counts[*byte as usize] += 1;
    }
    counts
}

fn by_hand(bytes: &[u8], cutoff: usize) -> [u64; 256] {
    if bytes.len() <= cutoff {
        return sequential(bytes);
    }
    bytes.par_chunks(cutoff).map(sequential).reduce(
        || [0; 256],
        |mut left, right| {
            for (l, r) in left.iter_mut().zip(right) {
                *l += r;
            }
            left
        },
    )
}

pub(crate) fn kernel(n: usize) -> Kernel {
    let bytes: &'static [u8] = random(n).map(|x| (x >> 56) as u8).collect::<Vec<_>>().leak();
    Kernel::new(
        "histogram",
        format!("{n} bytes"),
        (1 << 18, &[1 << 14, 1 << 16, 1 << 18, 1 << 20]),
        move || bytes,
        sequential,
        by_hand,
        divvy_version,
    )
}
