//! Merge sort in quarters, whose merges are recursive too: the larger part is halved at its median, the other one where
//! the median would stand.
//!
//! Source: Akl and Santoro, "Optimal parallel merging and sorting without memory conflicts", IEEE Trans. Comput. 36 (1987).

use divvy::par_divide;

/// Pieces up to this length are sorted and merged plainly.
const SMALL: usize = 1 << 10;

/// Example data.
pub(crate) fn numbers(n: usize) -> Vec<u32> {
    let mut state = 2024_u32;
    let next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state >> 8
    };
    std::iter::repeat_with(next).take(n).collect()
}

/// The numbers in order, by one of the sorts.
pub(crate) fn sorted(numbers: &[u32], sort: fn(&mut [u32], &mut [u32])) -> Vec<u32> {
    let mut numbers = numbers.to_vec();
    let mut scratch = vec![0; numbers.len()];
    sort(&mut numbers, &mut scratch);
    numbers
}

/// Sorts `items`, with `scratch` of the same length.
#[par_divide(twin = sort_seq)]
pub(crate) fn sort(items: &mut [u32], scratch: &mut [u32]) {
    if items.len() <= SMALL {
        items.sort_unstable();
        return;
    }
    let half = items.len() / 2;
    let quarter = half / 2;
    {
        let (left, right) = items.split_at_mut(half);
        let (a, b) = left.split_at_mut(quarter);
        let (c, d) = right.split_at_mut(quarter);
        let (left, right) = scratch.split_at_mut(half);
        let (for_a, for_b) = left.split_at_mut(quarter);
        let (for_c, for_d) = right.split_at_mut(quarter);
        sort(a, for_a);
        sort(b, for_b);
        sort(c, for_c);
        sort(d, for_d);
    }
    merge(&items[..quarter], &items[quarter..half], &mut scratch[..half]);
    merge(
        &items[half..half + quarter],
        &items[half + quarter..],
        &mut scratch[half..],
    );
    merge(&scratch[..half], &scratch[half..], items);
}

/// Merges two sorted slices into `out`, which is as long as both.
#[par_divide(twin = merge_seq)]
pub(crate) fn merge(a: &[u32], b: &[u32], out: &mut [u32]) {
    if a.len() < b.len() {
        return merge(b, a, out);
    }
    if a.len() + b.len() <= SMALL {
        return merge_small(a, b, out);
    }
    let middle = a.len() / 2;
    let place = b.partition_point(|x| *x < a[middle]);
    let (low, high) = out.split_at_mut(middle + place);
    merge(&a[..middle], &b[..place], low);
    merge(&a[middle..], &b[place..], high);
}

fn merge_small(a: &[u32], b: &[u32], out: &mut [u32]) {
    let (mut i, mut j) = (0, 0);
    for place in out {
        if j == b.len() || i < a.len() && a[i] <= b[j] {
            *place = a[i];
            i += 1;
        } else {
            *place = b[j];
            j += 1;
        }
    }
}
