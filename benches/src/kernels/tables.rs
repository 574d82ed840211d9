//! Accumulators that are tables or lists: a histogram of bytes, counts of words, the elements that pass a filter.

use std::collections::HashMap;

use divvy::par_reduce;
use orx_parallel::*;
use rayon::prelude::*;

use super::{Kernel, Kind, random};
use crate::case::{Case, reading};
use crate::twins;

pub(super) const KERNELS: &[Kernel] = &[
    Kernel {
        name: "histogram",
        kind: Kind::Loop,
        small: 16,
        sizes: &[16, 1_000, 30_000, 1_000_000, 20_000_000],
        case: histogram::case,
    },
    Kernel {
        name: "word count",
        kind: Kind::Loop,
        small: 16,
        sizes: &[16, 1_000, 20_000, 300_000],
        case: words::case,
    },
    Kernel {
        name: "filter and push",
        kind: Kind::Loop,
        small: 16,
        sizes: &[16, 1_000, 30_000, 1_000_000, 5_000_000],
        case: filter::case,
    },
];

mod histogram {
    use super::*;

    twins! {
        loops #[par_reduce]
        fn histogram(bytes: &[u8]) -> [u64; 256] {
            let mut counts = [0; 256];
            for byte in bytes {
                counts[*byte as usize] += 1;
            }
            counts
        }
    }

    fn by_hand(bytes: &[u8], cutoff: usize) -> [u64; 256] {
        if bytes.len() <= cutoff {
            return plain::histogram(bytes);
        }
        bytes
            .par_chunks(cutoff)
            .map(plain::histogram)
            .reduce(|| [0; 256], added)
    }

    fn added(mut left: [u64; 256], right: [u64; 256]) -> [u64; 256] {
        for (l, r) in left.iter_mut().zip(right) {
            *l += r;
        }
        left
    }

    pub(super) fn case(n: usize) -> Case {
        reading(
            format!("{n} bytes"),
            random(n).map(|x| (x >> 56) as u8).collect::<Vec<_>>(),
        )
        .plain(|bytes| plain::histogram(bytes))
        .divvy(|bytes| parallel::histogram(bytes))
        .by_hand(1 << 18, &[1 << 14, 1 << 16, 1 << 18, 1 << 20], |bytes, cutoff| {
            by_hand(bytes, cutoff)
        })
        .orx(|bytes, threads| {
            let tables = bytes
                .par()
                .num_threads(threads)
                .fold(|| [0; 256], |counts, byte| counts[*byte as usize] += 1);
            tables.into_iter().fold([0; 256], added)
        })
        .done()
    }
}

mod words {
    use super::*;

    twins! {
        loops #[par_reduce]
        fn count<'a>(words: &[&'a str]) -> HashMap<&'a str, u64> {
            let mut counts = HashMap::new();
            for word in words {
                *counts.entry(*word).or_insert(0) += 1;
            }
            counts
        }
    }

    type Counts = HashMap<&'static str, u64>;

    fn added(left: Counts, right: Counts) -> Counts {
        let (mut more, fewer) = if left.len() < right.len() {
            (right, left)
        } else {
            (left, right)
        };
        for (word, count) in fewer {
            *more.entry(word).or_insert(0) += count;
        }
        more
    }

    fn by_hand(words: &[&'static str], cutoff: usize) -> Counts {
        if words.len() <= cutoff {
            return plain::count(words);
        }
        words.par_chunks(cutoff).map(plain::count).reduce(HashMap::new, added)
    }

    pub(super) fn case(n: usize) -> Case {
        let all: &'static [String] = (0..5_000_u32)
            .map(|i| format!("word{:x}", i * i))
            .collect::<Vec<_>>()
            .leak();
        // short words are frequent: the square of a random number
        let word = |x: u64| all[(((x >> 32) * (x & 0xffff_ffff)) >> 32) as usize % all.len()].as_str();
        reading(format!("{n} words"), random(n).map(word).collect::<Vec<_>>())
            .plain(|words| plain::count(words))
            .divvy(|words| parallel::count(words))
            .by_hand(1 << 16, &[1 << 12, 1 << 14, 1 << 16, 1 << 17], |words, cutoff| {
                by_hand(words, cutoff)
            })
            .orx(|words, threads| {
                let tables = words
                    .par()
                    .num_threads(threads)
                    .fold(HashMap::new, |counts, word| *counts.entry(*word).or_insert(0) += 1);
                tables.into_iter().reduce(added).unwrap_or_default()
            })
            .done()
    }
}

mod filter {
    use super::*;

    twins! {
        loops #[par_reduce]
        fn filter(xs: &[u64]) -> Vec<u64> {
            let mut out = Vec::new();
            for x in xs {
                if x % 3 == 0 {
                    out.push(x / 3);
                }
            }
            out
        }
    }

    fn by_hand(xs: &[u64], cutoff: usize) -> Vec<u64> {
        if xs.len() <= cutoff {
            return plain::filter(xs);
        }
        let parts: Vec<Vec<u64>> = xs.par_chunks(cutoff).map(plain::filter).collect();
        parts.concat()
    }

    pub(super) fn case(n: usize) -> Case {
        reading(format!("{n} u64"), random(n).collect::<Vec<_>>())
            .plain(|xs| plain::filter(xs))
            .divvy(|xs| parallel::filter(xs))
            .by_hand(1 << 16, &[1 << 12, 1 << 14, 1 << 16, 1 << 18, 1 << 20], |xs, cutoff| {
                by_hand(xs, cutoff)
            })
            .orx(|xs, threads| {
                let parts = xs.par().num_threads(threads).filter(|x| **x % 3 == 0).map(|x| x / 3);
                parts.collect()
            })
            .done()
    }
}
