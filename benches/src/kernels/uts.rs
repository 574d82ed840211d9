//! Unbalanced tree search: a tree that exists as hashes only, with geometrically distributed numbers of children.
//!
//! Source: S. Olivier et al., "UTS: an unbalanced tree search benchmark", 2006; another hash, so that the kernel is not
//! made of cryptography.

use divvy::par_divide;
use rayon::prelude::*;

use super::{Kernel, Kind};
use crate::case::{Case, reading};
use crate::twins;

pub(super) const KERNELS: &[Kernel] = &[Kernel {
    name: "uts",
    kind: Kind::Recursion,
    small: 1,
    sizes: &[1, 4, 8, 12, 16],
    case,
}];

/// The root has 36 children.
const ROOT: u64 = 0xffff_fff0;

/// SplitMix64.
fn mix(x: u64) -> u64 {
    let x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// Two on average.
fn children(node: u64, levels: u32) -> u32 {
    if levels == 0 {
        return 0;
    }
    (node | 1 << 32).trailing_zeros() + (node | 1 << 31).leading_zeros()
}

twins! {
    recursion #[par_divide]
    fn uts(node: u64, levels: u32) -> u64 {
        let mut nodes = 1;
        for child in 0..children(node, levels) {
            nodes += uts(mix(node + u64::from(child)), levels - 1);
        }
        nodes
    }
}

fn by_hand(node: u64, levels: u32, cutoff: usize) -> u64 {
    if levels as usize <= cutoff {
        return plain::uts(node, levels);
    }
    let below = |child| by_hand(mix(node + u64::from(child)), levels - 1, cutoff);
    1 + (0..children(node, levels)).into_par_iter().map(below).sum::<u64>()
}

fn chili(node: u64, levels: u32, scope: &mut chili::Scope<'_>) -> u64 {
    1 + match children(node, levels) {
        0 => 0,
        children => chili_children(node, 0..children, levels - 1, scope),
    }
}

fn chili_children(node: u64, some: std::ops::Range<u32>, levels: u32, scope: &mut chili::Scope<'_>) -> u64 {
    if some.len() == 1 {
        return chili(mix(node + u64::from(some.start)), levels, scope);
    }
    let middle = some.start + (some.end - some.start) / 2;
    let (left, right) = scope.join(
        |scope| chili_children(node, some.start..middle, levels, scope),
        |scope| chili_children(node, middle..some.end, levels, scope),
    );
    left + right
}

fn case(levels: usize) -> Case {
    let nodes = plain::uts(ROOT, levels as u32);
    reading(format!("{nodes} nodes"), levels as u32)
        .plain(|levels| plain::uts(ROOT, **levels))
        .divvy(|levels| parallel::uts(ROOT, **levels))
        .by_hand(10, &[4, 6, 8, 10, 12], |levels, cutoff| by_hand(ROOT, **levels, cutoff))
        .chili(|levels, scope| chili(ROOT, **levels, scope))
        .c("uts", levels, |_, answer| *answer as f64)
        .done()
}
