//! Merge sort with a sequential merge: `&mut` halves, and work after the calls.

use divvy::par_divide;

use super::{Kernel, random};

#[par_divide]
fn divvy_version(v: &mut [u32]) {
    if v.len() < 2 {
        return;
    }
    let middle = v.len() / 2;
    let (left, right) = v.split_at_mut(middle);
    divvy_version(left);
    divvy_version(right);
    merge(v, middle);
}

fn sequential(v: &mut [u32]) {
    if v.len() < 2 {
        return;
    }
    let middle = v.len() / 2;
    let (left, right) = v.split_at_mut(middle);
    sequential(left);
    sequential(right);
    merge(v, middle);
}

fn by_hand(v: &mut [u32], cutoff: usize) {
    if v.len() <= cutoff {
        return sequential(v);
    }
    let middle = v.len() / 2;
    let (left, right) = v.split_at_mut(middle);
    rayon::join(|| by_hand(left, cutoff), || by_hand(right, cutoff));
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

pub(crate) fn kernel(n: usize) -> Kernel {
    let unsorted: Vec<u32> = random(n).map(|x| (x >> 32) as u32).collect();
    Kernel::new(
        "merge sort",
        format!("{n} u32"),
        (1 << 17, &[1 << 10, 1 << 13, 1 << 15, 1 << 17, 1 << 19]),
        move || unsorted.clone(),
        |mut v| {
            sequential(&mut v);
            v
        },
        |mut v, cutoff| {
            by_hand(&mut v, cutoff);
            v
        },
        |mut v| {
            divvy_version(&mut v);
            v
        },
    )
}
