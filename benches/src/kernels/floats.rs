//! The dot product in each float mode. The sequential function adds in order, so its additions wait for each other.

use divvy::par_reduce;
use orx_parallel::*;
use rayon::prelude::*;

use super::{Kernel, Kind};
use crate::case::{Builder, Case, Shared, reading};
use crate::twins;

const SIZES: &[usize] = &[16, 1_000, 30_000, 1_000_000, 10_000_000];

const fn kernel(name: &'static str, case: fn(usize) -> Case) -> Kernel {
    Kernel {
        name,
        kind: Kind::Loop,
        small: 16,
        sizes: SIZES,
        case,
    }
}

pub(super) const KERNELS: &[Kernel] = &[
    kernel("dot, ordered", |n| begun(n, ordered::plain, ordered::divvy).done()),
    kernel("dot, tree", |n| {
        begun(n, tree::plain, tree::divvy)
            .by_hand(1 << 14, CUTOFFS, |xy, cutoff| tree_by_hand(&xy.0, &xy.1, cutoff))
            .done()
    }),
    kernel("dot, exact", |n| begun(n, exact::plain, exact::divvy).done()),
    kernel("dot, any", |n| {
        begun(n, any::plain, any::divvy)
            .by_hand(1 << 16, CUTOFFS, |xy, cutoff| any_by_hand(&xy.0, &xy.1, cutoff))
            .orx(move |xy, threads| {
                let (xs, ys) = &**xy;
                (0..n).par().num_threads(threads).map(|i| xs[i] * ys[i]).sum()
            })
            .c("dot", n, |_, answer| *answer)
            .done()
    }),
];

const CUTOFFS: &[usize] = &[1 << 12, 1 << 14, 1 << 16, 1 << 18];

macro_rules! modes {
    ($($mode:ident)*) => {
        $(mod $mode {
            use super::*;

            twins! {
                loops #[par_reduce(float = $mode)]
                fn dot(xs: &[f64], ys: &[f64]) -> f64 {
                    let mut sum = 0.0;
                    for (x, y) in xs.iter().zip(ys) {
                        sum += x * y;
                    }
                    sum
                }
            }

            pub(super) fn plain(xs: &[f64], ys: &[f64]) -> f64 {
                plain::dot(xs, ys)
            }

            pub(super) fn divvy(xs: &[f64], ys: &[f64]) -> f64 {
                parallel::dot(xs, ys)
            }
        })*
    };
}

modes! { ordered tree exact any }

/// Blocks of a fixed length: the same bits on every run.
fn tree_by_hand(xs: &[f64], ys: &[f64], block: usize) -> f64 {
    if xs.len() <= block {
        return any::plain(xs, ys);
    }
    let blocks: Vec<f64> = xs
        .par_chunks(block)
        .zip(ys.par_chunks(block))
        .map(|(xs, ys)| any::plain(xs, ys))
        .collect();
    blocks.iter().sum()
}

fn any_by_hand(xs: &[f64], ys: &[f64], cutoff: usize) -> f64 {
    if xs.len() <= cutoff {
        return any::plain(xs, ys);
    }
    xs.par_chunks(cutoff)
        .zip(ys.par_chunks(cutoff))
        .map(|(xs, ys)| any::plain(xs, ys))
        .sum()
}

type Pair = Shared<(Vec<f64>, Vec<f64>)>;

fn is_close((_, expected): &(Pair, f64), (_, answer): &(Pair, f64)) -> bool {
    (expected - answer).abs() <= 1e-9 * (1.0 + expected.abs())
}

type Dot = fn(&[f64], &[f64]) -> f64;

fn begun(n: usize, plain: Dot, divvy: Dot) -> Builder<Pair, f64> {
    let xs = super::floats(n);
    let ys = xs.iter().map(|x| x * 0.7 + 0.1).collect();
    reading(format!("{n} f64"), (xs, ys))
        .agree(is_close)
        .plain(move |xy| plain(&xy.0, &xy.1))
        .divvy(move |xy| divvy(&xy.0, &xy.1))
}
