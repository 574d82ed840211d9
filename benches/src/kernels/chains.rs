//! An iterator chain: two slices zipped, mapped and summed up.

use divvy::par_reduce;
use orx_parallel::*;
use rayon::prelude::*;

use super::{Kernel, Kind, random};
use crate::case::{Case, reading};
use crate::twins;

pub(super) const KERNELS: &[Kernel] = &[Kernel {
    name: "zip, map, sum",
    kind: Kind::Loop,
    small: 16,
    sizes: &[16, 1_000, 30_000, 1_000_000, 10_000_000],
    case,
}];

twins! {
    loops #[par_reduce]
    fn distance(xs: &[u64], ys: &[u64]) -> u64 {
        xs.iter().zip(ys).map(|(x, y)| x.abs_diff(*y)).sum()
    }
}

fn by_hand(xs: &[u64], ys: &[u64], cutoff: usize) -> u64 {
    if xs.len() <= cutoff {
        return plain::distance(xs, ys);
    }
    xs.par_chunks(cutoff)
        .zip(ys.par_chunks(cutoff))
        .map(|(xs, ys)| plain::distance(xs, ys))
        .sum()
}

fn case(n: usize) -> Case {
    let xs: Vec<u64> = random(n).map(|x| x >> 34).collect();
    let ys: Vec<u64> = xs.iter().map(|x| x * 7 % 1_000_003).collect();
    reading(format!("{n} u64"), (xs, ys))
        .plain(|xy| plain::distance(&xy.0, &xy.1))
        .divvy(|xy| parallel::distance(&xy.0, &xy.1))
        .by_hand(1 << 16, &[1 << 12, 1 << 14, 1 << 16, 1 << 18, 1 << 20], |xy, cutoff| {
            by_hand(&xy.0, &xy.1, cutoff)
        })
        .orx(move |xy, threads| {
            let (xs, ys) = &**xy;
            (0..n).par().num_threads(threads).map(|i| xs[i].abs_diff(ys[i])).sum()
        })
        .done()
}
