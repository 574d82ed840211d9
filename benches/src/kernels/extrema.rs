//! The first position of the largest element, and the longest Collatz sequence: light and heavy iterations.

use divvy::par_reduce;
use orx_parallel::*;
use rayon::prelude::*;

use super::{Kernel, Kind, random};
use crate::case::{Case, reading};
use crate::twins;

pub(super) const KERNELS: &[Kernel] = &[
    Kernel {
        name: "argmax",
        kind: Kind::Loop,
        small: 16,
        sizes: &[16, 1_000, 30_000, 1_000_000, 10_000_000],
        case: argmax::case,
    },
    Kernel {
        name: "collatz",
        kind: Kind::Loop,
        small: 16,
        sizes: &[16, 200, 3_000, 30_000, 200_000],
        case: collatz::case,
    },
];

mod argmax {
    use super::*;

    twins! {
        loops #[par_reduce]
        fn argmax(xs: &[i64]) -> (usize, i64) {
            let (mut at, mut largest) = (0, i64::MIN);
            for (i, &x) in xs.iter().enumerate() {
                if x > largest {
                    largest = x;
                    at = i;
                }
            }
            (at, largest)
        }
    }

    /// The larger one, and of equal ones the first.
    fn better(left: (usize, i64), right: (usize, i64)) -> (usize, i64) {
        if right.1 > left.1 || right.1 == left.1 && right.0 < left.0 {
            right
        } else {
            left
        }
    }

    fn by_hand(xs: &[i64], cutoff: usize) -> (usize, i64) {
        if xs.len() <= cutoff {
            return plain::argmax(xs);
        }
        xs.par_chunks(cutoff)
            .enumerate()
            .map(|(chunk, xs)| {
                let (at, largest) = plain::argmax(xs);
                (chunk * cutoff + at, largest)
            })
            .reduce(|| (0, i64::MIN), better)
    }

    pub(super) fn case(n: usize) -> Case {
        reading(
            format!("{n} i64"),
            random(n).map(|x| (x >> 2) as i64).collect::<Vec<_>>(),
        )
        .plain(|xs| plain::argmax(xs))
        .divvy(|xs| parallel::argmax(xs))
        .by_hand(1 << 18, &[1 << 12, 1 << 14, 1 << 16, 1 << 18, 1 << 20], |xs, cutoff| {
            by_hand(xs, cutoff)
        })
        .orx(|xs, threads| {
            let best = xs
                .par()
                .num_threads(threads)
                .enumerate()
                .map(|(i, x)| (i, *x))
                .reduce(better);
            best.unwrap_or((0, i64::MIN))
        })
        .done()
    }
}

mod collatz {
    use super::*;

    fn steps(mut x: u64) -> u64 {
        let mut steps = 0;
        while x != 1 {
            x = if x.is_multiple_of(2) { x / 2 } else { 3 * x + 1 };
            steps += 1;
        }
        steps
    }

    twins! {
        loops #[par_reduce]
        fn longest(n: u64) -> u64 {
            let mut longest = 0;
            for x in 1..=n {
                longest = longest.max(steps(x));
            }
            longest
        }
    }

    fn by_hand(n: u64, least: usize) -> u64 {
        if n as usize <= least {
            return plain::longest(n);
        }
        (1..n as usize + 1)
            .into_par_iter()
            .with_min_len(least)
            .map(|x| steps(x as u64))
            .max()
            .unwrap_or(0)
    }

    pub(super) fn case(n: usize) -> Case {
        reading(format!("{n} numbers"), n as u64)
            .plain(|n| plain::longest(**n))
            .divvy(|n| parallel::longest(**n))
            .by_hand(1 << 8, &[1 << 4, 1 << 6, 1 << 8, 1 << 10, 1 << 12], |n, least| {
                by_hand(**n, least)
            })
            .orx(|n, threads| {
                (1..**n as usize + 1)
                    .par()
                    .num_threads(threads)
                    .map(|x| steps(x as u64))
                    .max()
                    .unwrap_or(0)
            })
            .c("collatz", n, |_, answer| *answer as f64)
            .done()
    }
}
