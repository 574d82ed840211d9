//! Sorting: two recursions on the parts of one slice.

use std::cmp::Ordering;

use divvy::par_divide;

/// Sorts by halves; equal elements keep their order.
#[par_divide]
pub(crate) fn merge_sort<T: Ord + Copy + Send>(v: &mut [T]) {
    if v.len() < 2 {
        return;
    }
    let middle = v.len() / 2;
    let (left, right) = v.split_at_mut(middle);
    merge_sort(left);
    merge_sort(right);
    merge(v, middle);
}

/// As [`merge_sort`], without the attribute.
pub(crate) fn merge_sort_seq<T: Ord + Copy>(v: &mut [T]) {
    if v.len() < 2 {
        return;
    }
    let middle = v.len() / 2;
    let (left, right) = v.split_at_mut(middle);
    merge_sort_seq(left);
    merge_sort_seq(right);
    merge(v, middle);
}

/// Merges the sorted `v[..middle]` and `v[middle..]`.
fn merge<T: Ord + Copy>(v: &mut [T], middle: usize) {
    if v[middle - 1] <= v[middle] {
        return;
    }
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

/// Sorts by a pivot; elements equal to it stay in the middle.
#[par_divide]
pub(crate) fn quick_sort<T: Ord + Copy + Send>(v: &mut [T]) {
    if v.len() < 2 {
        return;
    }
    let pivot = median(v[0], v[v.len() / 2], v[v.len() - 1]);
    let (below, above) = partition(v, pivot);
    let (low, rest) = v.split_at_mut(below);
    let (_, high) = rest.split_at_mut(above - below);
    quick_sort(low);
    quick_sort(high);
}

/// As [`quick_sort`], without the attribute.
pub(crate) fn quick_sort_seq<T: Ord + Copy>(v: &mut [T]) {
    if v.len() < 2 {
        return;
    }
    let pivot = median(v[0], v[v.len() / 2], v[v.len() - 1]);
    let (below, above) = partition(v, pivot);
    let (low, rest) = v.split_at_mut(below);
    let (_, high) = rest.split_at_mut(above - below);
    quick_sort_seq(low);
    quick_sort_seq(high);
}

/// Moves the elements below the pivot to the front and those above it to the back: where the pivots start and end.
fn partition<T: Ord + Copy>(v: &mut [T], pivot: T) -> (usize, usize) {
    let (mut below, mut at, mut above) = (0, 0, v.len());
    while at < above {
        match v[at].cmp(&pivot) {
            Ordering::Less => {
                v.swap(below, at);
                below += 1;
                at += 1;
            }
            Ordering::Equal => at += 1,
            Ordering::Greater => {
                above -= 1;
                v.swap(at, above);
            }
        }
    }
    (below, above)
}

fn median<T: Ord>(a: T, b: T, c: T) -> T {
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    if c < low { low } else { c.min(high) }
}
