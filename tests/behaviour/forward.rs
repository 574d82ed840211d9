//! What is carried forward: through choices, from the last that there was, in the closure of a `map`.

use divvy::par_scan;

use crate::{CUTOFF, LENGTHS, numbers, same};

fn ints(n: usize, seed: u64) -> Vec<i64> {
    numbers(seed, n, 100).into_iter().map(|x| x as i64 - 50).collect()
}

fn us(n: usize, seed: u64) -> Vec<u64> {
    numbers(seed, n, 1000)
}

fn opts(n: usize, seed: u64) -> Vec<Option<i64>> {
    let some = |x: u64| (x % 3 != 0).then_some(x as i64 - 30);
    numbers(seed, n, 90).into_iter().map(some).collect()
}

#[par_scan(threshold = CUTOFF, twin = plain_in_both_branches)]
fn in_both_branches(a: &[i64]) -> Vec<i64> {
    let mut s = 0;
    let mut out = vec![];
    for &x in a {
        let next;
        if x > 0 {
            next = s + x;
        } else {
            next = s - 1;
        }
        s = next;
        out.push(s);
    }
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_in_one_branch)]
fn in_one_branch(a: &[i64]) -> Vec<i64> {
    let mut s = 0;
    let mut out = vec![];
    for &x in a {
        let mut t = x;
        if x > 0 {
            t = s + x;
        } else {
            t += 3;
        }
        s = t;
        out.push(s);
    }
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_of_an_older_value)]
fn of_an_older_value(a: &[i64]) -> Vec<i64> {
    let mut s = 0;
    let mut out = vec![];
    for &x in a {
        let t = s;
        if x > 20 {
            s += 5;
        } else {
            s = t + x;
        }
        out.push(s);
    }
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_since_the_last)]
fn since_the_last(a: &[Option<i64>]) -> Vec<i64> {
    let mut last = 0;
    let mut out = Vec::new();
    for &x in a {
        last = x.map_or(last + 1, |_| 0);
        out.push(last);
    }
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_filled_by_unwrap_or)]
fn filled_by_unwrap_or(a: &[Option<i64>]) -> Vec<i64> {
    let mut last = 0;
    let mut out = Vec::new();
    for &x in a {
        last = x.unwrap_or(last);
        out.push(last);
    }
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_filled_by_or)]
fn filled_by_or(a: &[Option<i64>]) -> Vec<Option<i64>> {
    let mut last: Option<i64> = None;
    let mut out = vec![];
    for x in a {
        last = x.or(last);
        out.push(last);
    }
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_filled_by_map_or)]
fn filled_by_map_or(a: &[Option<i64>]) -> Vec<i64> {
    let mut last = 0;
    let mut out = Vec::new();
    for &x in a {
        last = x.map_or(last, |v| v * 2);
        out.push(last);
    }
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_sums)]
fn sums(a: &[u64]) -> Vec<u64> {
    let mut s = 0;
    a.iter()
        .map(|&x| {
            s += x;
            s
        })
        .collect()
}

#[par_scan(threshold = CUTOFF, twin = plain_before_and_highest)]
fn before_and_highest(a: &[u64]) -> (Vec<(u64, u64)>, u64) {
    let mut s = 5;
    let mut hi = 0;
    let v = a
        .iter()
        .map(|x| {
            let before = s;
            s += x;
            hi = hi.max(*x);
            (before, hi)
        })
        .collect();
    (v, s)
}

#[par_scan(threshold = CUTOFF, twin = plain_filtered)]
fn filtered(a: &[u64]) -> Vec<u64> {
    let mut s = 0;
    a.iter()
        .filter(|x| **x % 3 == 0)
        .map(|&x| {
            s += x;
            s
        })
        .filter(|s| s % 2 == 0)
        .collect::<Vec<_>>()
}

#[par_scan(threshold = CUTOFF, twin = plain_first_above)]
fn first_above(a: &[u64]) -> Option<usize> {
    let mut s = 0;
    a.iter()
        .map(|&x| {
            s += x;
            s
        })
        .position(|s| s > 3000)
}

#[par_scan(threshold = CUTOFF, twin = plain_numbered)]
fn numbered(a: &[u64]) -> Vec<(usize, u64)> {
    let mut id = 0;
    a.iter()
        .filter(|&&x| x > 500)
        .map(|&x| {
            id += 1;
            (id, x)
        })
        .collect()
}

#[test]
fn choices_between_values() {
    for seed in 0..3 {
        for &n in LENGTHS {
            let xs = ints(n, seed);
            same(
                "in_both_branches",
                || plain_in_both_branches(&xs),
                || in_both_branches(&xs),
            );
            same("in_one_branch", || plain_in_one_branch(&xs), || in_one_branch(&xs));
            same(
                "of_an_older_value",
                || plain_of_an_older_value(&xs),
                || of_an_older_value(&xs),
            );
            let xs = opts(n, seed);
            same("since_the_last", || plain_since_the_last(&xs), || since_the_last(&xs));
        }
    }
}

#[test]
fn what_is_carried_forward() {
    for seed in 0..3 {
        for &n in LENGTHS {
            let xs = opts(n, seed);
            same(
                "filled_by_unwrap_or",
                || plain_filled_by_unwrap_or(&xs),
                || filled_by_unwrap_or(&xs),
            );
            same("filled_by_or", || plain_filled_by_or(&xs), || filled_by_or(&xs));
            same(
                "filled_by_map_or",
                || plain_filled_by_map_or(&xs),
                || filled_by_map_or(&xs),
            );
        }
    }
}

#[test]
fn maps_that_carry_along() {
    for seed in 0..3 {
        for &n in LENGTHS {
            let xs = us(n, seed);
            same("sums", || plain_sums(&xs), || sums(&xs));
            same(
                "before_and_highest",
                || plain_before_and_highest(&xs),
                || before_and_highest(&xs),
            );
            same("filtered", || plain_filtered(&xs), || filtered(&xs));
            same("first_above", || plain_first_above(&xs), || first_above(&xs));
            same("numbered", || plain_numbered(&xs), || numbered(&xs));
        }
    }
}
