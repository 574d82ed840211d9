//! Merge sort with a sequential merge, and quick sort: `&mut` halves, work behind the calls or before them.

use divvy::par_divide;

use super::{Kernel, Kind, random};
use crate::case::{Case, writing};
use crate::twins;

pub(super) const KERNELS: &[Kernel] = &[
    Kernel {
        name: "merge sort",
        kind: Kind::Recursion,
        small: 16,
        sizes: &[16, 300, 5_000, 50_000, 500_000],
        case: merge_case,
    },
    Kernel {
        name: "quick sort",
        kind: Kind::Recursion,
        small: 16,
        sizes: &[16, 300, 5_000, 50_000, 500_000],
        case: quick_case,
    },
];

mod merging {
    use super::*;

    twins! {
        recursion #[par_divide]
        fn sort(v: &mut [u32]) {
            if v.len() < 2 {
                return;
            }
            let middle = v.len() / 2;
            let (left, right) = v.split_at_mut(middle);
            sort(left);
            sort(right);
            merge(v, middle);
        }
    }

    pub(super) fn sequential(v: &mut [u32]) {
        plain::sort(v);
    }

    pub(super) fn divvy(v: &mut [u32]) {
        parallel::sort(v);
    }

    pub(super) fn by_hand(v: &mut [u32], cutoff: usize) {
        if v.len() <= cutoff {
            return sequential(v);
        }
        let middle = v.len() / 2;
        let (left, right) = v.split_at_mut(middle);
        rayon::join(|| by_hand(left, cutoff), || by_hand(right, cutoff));
        merge(v, middle);
    }

    pub(super) fn chili(v: &mut [u32], scope: &mut chili::Scope<'_>) {
        if v.len() < 2 {
            return;
        }
        let middle = v.len() / 2;
        let (left, right) = v.split_at_mut(middle);
        scope.join(|scope| chili(left, scope), |scope| chili(right, scope));
        merge(v, middle);
    }

    /// Merges the sorted `v[..middle]` and `v[middle..]`.
    fn merge(v: &mut [u32], middle: usize) {
        let left = v[..middle].to_vec();
        let (mut i, mut j, mut at) = (0, middle, 0);
        while i < left.len() && j < v.len() {
            if v[j] < left[i] {
                v[at] = v[j];
                j += 1;
            } else {
                v[at] = left[i];
                i += 1;
            }
            at += 1;
        }
        // what is left of the right half is in its place
        let rest = left.len() - i;
        v[at..at + rest].copy_from_slice(&left[i..]);
    }
}

mod pivoting {
    use super::*;

    twins! {
        recursion #[par_divide]
        fn sort(v: &mut [u32]) {
            if v.len() < 2 {
                return;
            }
            let pivot = partition(v);
            let (left, right) = v.split_at_mut(pivot);
            sort(left);
            sort(&mut right[1..]);
        }
    }

    pub(super) fn sequential(v: &mut [u32]) {
        plain::sort(v);
    }

    pub(super) fn divvy(v: &mut [u32]) {
        parallel::sort(v);
    }

    pub(super) fn by_hand(v: &mut [u32], cutoff: usize) {
        if v.len() <= cutoff {
            return sequential(v);
        }
        let pivot = partition(v);
        let (left, right) = v.split_at_mut(pivot);
        rayon::join(|| by_hand(left, cutoff), || by_hand(&mut right[1..], cutoff));
    }

    pub(super) fn chili(v: &mut [u32], scope: &mut chili::Scope<'_>) {
        if v.len() < 2 {
            return;
        }
        let pivot = partition(v);
        let (left, right) = v.split_at_mut(pivot);
        scope.join(|scope| chili(left, scope), |scope| chili(&mut right[1..], scope));
    }

    /// Puts the element in the middle where it belongs, smaller ones before it, and says where that is.
    fn partition(v: &mut [u32]) -> usize {
        let last = v.len() - 1;
        v.swap(v.len() / 2, last);
        let pivot = v[last];
        let mut at = 0;
        for i in 0..last {
            if v[i] < pivot {
                v.swap(i, at);
                at += 1;
            }
        }
        v.swap(at, last);
        at
    }
}

fn unsorted(n: usize) -> Vec<u32> {
    random(n).map(|x| (x >> 32) as u32).collect()
}

const CUTOFFS: &[usize] = &[1 << 10, 1 << 12, 1 << 14, 1 << 16, 1 << 17];

fn merge_case(n: usize) -> Case {
    writing(format!("{n} u32"), unsorted(n))
        .plain(|v| merging::sequential(v))
        .divvy(|v| merging::divvy(v))
        .by_hand(1 << 16, CUTOFFS, |v, cutoff| merging::by_hand(v, cutoff))
        .chili(|v, scope| merging::chili(v, scope))
        .c("merge_sort", n, |v, ()| f64::from(v[v.len() / 2]))
        .done()
}

fn quick_case(n: usize) -> Case {
    writing(format!("{n} u32"), unsorted(n))
        .plain(|v| pivoting::sequential(v))
        .divvy(|v| pivoting::divvy(v))
        .by_hand(1 << 12, CUTOFFS, |v, cutoff| pivoting::by_hand(v, cutoff))
        .chili(|v, scope| pivoting::chili(v, scope))
        .done()
}
