//! One addition and one multiplication an element: bound by memory.

use divvy::par_reduce;
use orx_parallel::*;
use rayon::prelude::*;

use super::{Kernel, Kind, random};
use crate::case::{Case, reading};
use crate::twins;

pub(super) const KERNELS: &[Kernel] = &[Kernel {
    name: "sum of squares",
    kind: Kind::Loop,
    small: 16,
    sizes: &[16, 1_000, 30_000, 1_000_000, 10_000_000],
    case,
}];

twins! {
    loops #[par_reduce]
    fn sum(xs: &[u64]) -> u64 {
        let mut sum = 0;
        for x in xs {
            sum += x * x;
        }
        sum
    }
}

fn by_hand(xs: &[u64], cutoff: usize) -> u64 {
    if xs.len() <= cutoff {
        return plain::sum(xs);
    }
    xs.par_chunks(cutoff).map(plain::sum).sum()
}

fn case(n: usize) -> Case {
    reading(format!("{n} u64"), random(n).map(|x| x % 1000).collect::<Vec<_>>())
        .plain(|xs| plain::sum(xs))
        .divvy(|xs| parallel::sum(xs))
        .by_hand(1 << 18, &[1 << 12, 1 << 14, 1 << 16, 1 << 18, 1 << 20], |xs, cutoff| {
            by_hand(xs, cutoff)
        })
        .orx(|xs, threads| xs.par().num_threads(threads).map(|x| x * x).sum())
        .c("sum_of_squares", n, |_, answer| *answer as f64)
        .done()
}
