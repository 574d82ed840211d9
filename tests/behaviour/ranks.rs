//! The largest two and three, in all the ways that keep them.

use divvy::par_reduce;

use crate::{CUTOFF, LENGTHS, numbers, same};

fn ints(n: usize, seed: u64) -> Vec<i64> {
    numbers(seed, n, 100).into_iter().map(|x| x as i64 - 50).collect()
}

fn us(n: usize, seed: u64) -> Vec<u64> {
    numbers(seed, n, 1000)
}

#[par_reduce(threshold = CUTOFF, twin = plain_second_but_equal)]
fn second_but_equal(a: &[i64]) -> i64 {
    let mut largest = i64::MIN;
    let mut second = i64::MIN;
    for &x in a {
        if x > largest {
            second = largest;
            largest = x;
        } else if x > second && x != largest {
            second = x;
        }
    }
    second
}

#[par_reduce(threshold = CUTOFF, twin = plain_two_by_ordering)]
fn two_by_ordering(a: &[i64]) -> (i64, i64) {
    let mut first = i64::MIN;
    let mut second = i64::MIN;
    for &x in a {
        match x.cmp(&first) {
            std::cmp::Ordering::Greater => {
                second = first;
                first = x;
            }
            _ => {
                if x > second {
                    second = x
                }
            }
        }
    }
    (first, second)
}

#[par_reduce(threshold = CUTOFF, twin = plain_two_by_replace)]
fn two_by_replace(a: &[i64]) -> (i64, i64) {
    let mut first = i64::MIN;
    let mut second = i64::MIN;
    for &x in a {
        if x > first {
            second = std::mem::replace(&mut first, x);
        } else if x > second {
            second = x;
        }
    }
    (first, second)
}

#[par_reduce(threshold = CUTOFF, twin = plain_two_in_options)]
fn two_in_options(a: &[u64]) -> Option<u64> {
    let mut first: Option<u64> = None;
    let mut second: Option<u64> = None;
    for &x in a {
        if first.is_none() || x > first.unwrap() {
            second = first;
            first = Some(x);
        } else if second.is_none() || x > second.unwrap() {
            second = Some(x);
        }
    }
    second
}

#[par_reduce(threshold = CUTOFF, twin = plain_distinct_in_options)]
fn distinct_in_options(a: &[u64]) -> Option<u64> {
    let (mut first, mut second) = (None, None);
    for &x in a {
        if first.map_or(true, |f| x > f) {
            second = first;
            first = Some(x);
        } else if first != Some(x) && second.map_or(true, |s| x > s) {
            second = Some(x);
        }
    }
    second
}

#[par_reduce(threshold = CUTOFF, twin = plain_two_in_a_fold)]
fn two_in_a_fold(a: &[u64]) -> (u64, u64) {
    a.iter().fold((0, 0), |(first, second), &x| {
        if x > first {
            (x, first)
        } else if x > second {
            (first, x)
        } else {
            (first, second)
        }
    })
}

#[par_reduce(threshold = CUTOFF, twin = plain_top_next_and_ties)]
fn top_next_and_ties(a: &[i64]) -> (i64, i64, usize) {
    use std::cmp::Ordering::*;
    let (mut top, mut next, mut ties) = (i64::MIN, i64::MIN, 0);
    for &x in a {
        match x.cmp(&top) {
            Greater => {
                next = top;
                top = x;
                ties = 0;
            }
            Equal => ties += 1,
            Less => next = next.max(x),
        }
    }
    (top, next, ties)
}

#[par_reduce(threshold = CUTOFF, twin = plain_three)]
fn three(a: &[i64]) -> (i64, i64, i64) {
    let (mut a1, mut a2, mut a3) = (i64::MIN, i64::MIN, i64::MIN);
    for &x in a {
        if x > a1 {
            a3 = a2;
            a2 = a1;
            a1 = x;
        } else if x > a2 {
            a3 = a2;
            a2 = x;
        } else if x > a3 {
            a3 = x;
        }
    }
    (a1, a2, a3)
}

#[par_reduce(threshold = CUTOFF, twin = plain_fibonacci_in_a_fold)]
fn fibonacci_in_a_fold(a: &[u64]) -> u64 {
    a.iter()
        .fold((0u64, 1u64), |(a, b), &x| (b, a.wrapping_add(b).wrapping_add(x)))
        .0
}

#[test]
fn the_largest_two() {
    for seed in 0..3 {
        for &n in LENGTHS {
            let xs = ints(n, seed);
            same(
                "second_but_equal",
                || plain_second_but_equal(&xs),
                || second_but_equal(&xs),
            );
            same(
                "two_by_ordering",
                || plain_two_by_ordering(&xs),
                || two_by_ordering(&xs),
            );
            same("two_by_replace", || plain_two_by_replace(&xs), || two_by_replace(&xs));
            same(
                "top_next_and_ties",
                || plain_top_next_and_ties(&xs),
                || top_next_and_ties(&xs),
            );
            same("three", || plain_three(&xs), || three(&xs));
            let xs = us(n, seed);
            same("two_in_options", || plain_two_in_options(&xs), || two_in_options(&xs));
            same(
                "distinct_in_options",
                || plain_distinct_in_options(&xs),
                || distinct_in_options(&xs),
            );
            same("two_in_a_fold", || plain_two_in_a_fold(&xs), || two_in_a_fold(&xs));
            same(
                "fibonacci_in_a_fold",
                || plain_fibonacci_in_a_fold(&xs),
                || fibonacci_in_a_fold(&xs),
            );
        }
    }
}
