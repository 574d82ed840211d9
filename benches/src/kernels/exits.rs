//! Loops that may end early: a search that finds early, late or never, and texts to parse of which one is no number.

use std::num::ParseIntError;

use divvy::par_reduce;
use orx_parallel::*;
use rayon::prelude::*;

use super::{Kernel, Kind, random};
use crate::case::{Case, reading};
use crate::twins;

const fn search(name: &'static str, case: fn(usize) -> Case) -> Kernel {
    Kernel {
        name,
        kind: Kind::Loop,
        small: 16,
        sizes: &[16, 1_000, 30_000, 1_000_000, 10_000_000],
        case,
    }
}

pub(super) const KERNELS: &[Kernel] = &[
    search("find, early", |n| find::case(n, n / 50)),
    search("find, late", |n| find::case(n, n - n / 10)),
    search("find, absent", |n| find::case(n, n)),
    Kernel {
        name: "parse",
        kind: Kind::Loop,
        small: 16,
        sizes: &[16, 1_000, 30_000, 300_000, 1_000_000],
        case: parse::case,
    },
];

mod find {
    use super::*;

    twins! {
        loops #[par_reduce]
        fn find(xs: &[u64], wanted: u64) -> Option<usize> {
            for (i, x) in xs.iter().enumerate() {
                if *x == wanted {
                    return Some(i);
                }
            }
            None
        }
    }

    fn by_hand(xs: &[u64], wanted: u64, cutoff: usize) -> Option<usize> {
        if xs.len() <= cutoff {
            return plain::find(xs, wanted);
        }
        xs.par_chunks(cutoff)
            .enumerate()
            .find_map_first(|(chunk, xs)| Some(chunk * cutoff + plain::find(xs, wanted)?))
    }

    /// With the element wanted at a place.
    pub(super) fn case(n: usize, place: usize) -> Case {
        let mut xs: Vec<u64> = random(n).map(|x| x | 1).collect();
        if let Some(x) = xs.get_mut(place) {
            *x = 2;
        }
        reading(format!("{n} u64"), xs)
            .plain(|xs| plain::find(xs, 2))
            .divvy(|xs| parallel::find(xs, 2))
            .by_hand(1 << 16, &[1 << 12, 1 << 14, 1 << 16, 1 << 18, 1 << 20], |xs, cutoff| {
                by_hand(xs, 2, cutoff)
            })
            .orx(|xs, threads| {
                let found = xs.par().num_threads(threads).enumerate().find(|(_, x)| **x == 2);
                found.map(|(i, _)| i)
            })
            .done()
    }
}

mod parse {
    use super::*;

    twins! {
        loops #[par_reduce]
        fn sum(texts: &[String]) -> Result<u64, ParseIntError> {
            let mut sum = 0;
            for text in texts {
                sum += text.parse::<u64>()?;
            }
            Ok(sum)
        }
    }

    fn by_hand(texts: &[String], cutoff: usize) -> Result<u64, ParseIntError> {
        if texts.len() <= cutoff {
            return plain::sum(texts);
        }
        // `collect` into a `Result` gives any error, not the first
        let parts: Vec<_> = texts.par_chunks(cutoff).map(plain::sum).collect();
        parts.into_iter().sum()
    }

    pub(super) fn case(n: usize) -> Case {
        let mut texts: Vec<String> = random(n).map(|x| (x >> 30).to_string()).collect();
        texts[n - n / 10 - 1].push('x');
        reading(format!("{n} texts"), texts)
            .plain(|texts| plain::sum(texts))
            .divvy(|texts| parallel::sum(texts))
            .by_hand(
                1 << 13,
                &[1 << 9, 1 << 11, 1 << 13, 1 << 15, 1 << 17],
                |texts, cutoff| by_hand(texts, cutoff),
            )
            .orx(|texts, threads| {
                texts
                    .par()
                    .num_threads(threads)
                    .map(|text| text.parse::<u64>())
                    .into_fallible()
                    .sum()
            })
            .done()
    }
}
