//! Recurrences as different people write them: by index, by `match`, in folds, with early ways out.

use divvy::par_reduce;

use crate::{CUTOFF, LENGTHS, numbers, same};

fn ints(n: usize, seed: u64) -> Vec<i64> {
    numbers(seed, n, 100).into_iter().map(|x| x as i64 - 50).collect()
}

fn few(n: usize, seed: u64) -> Vec<i32> {
    numbers(seed, n, 4).into_iter().map(|x| x as i32).collect()
}

#[par_reduce(threshold = CUTOFF, twin = plain_reset_below_zero)]
fn reset_below_zero(a: &Vec<i64>) -> i64 {
    let mut sum = 0;
    let mut best = i64::MIN;
    for x in a {
        sum += x;
        if sum > best {
            best = sum;
        }
        if sum < 0 {
            sum = 0;
        }
    }
    best
}

#[par_reduce(threshold = CUTOFF, twin = plain_stretch_and_bounds)]
fn stretch_and_bounds(a: &[i64]) -> (i64, usize, usize) {
    let mut best_sum = i64::MIN;
    let mut best_start = 0;
    let mut best_end = 0;
    let mut current_sum = 0;
    let mut current_start = 0;
    for (i, &x) in a.iter().enumerate() {
        if current_sum <= 0 {
            current_start = i;
            current_sum = x;
        } else {
            current_sum += x;
        }
        if current_sum > best_sum {
            best_sum = current_sum;
            best_start = current_start;
            best_end = i;
        }
    }
    (best_sum, best_start, best_end)
}

#[par_reduce(threshold = CUTOFF, twin = plain_stretch_as_a_range)]
fn stretch_as_a_range(a: &[i64]) -> (i64, std::ops::Range<usize>) {
    let mut best = 0;
    let mut range = 0..0;
    let mut cur = 0;
    let mut start = 0;
    for (i, x) in a.iter().enumerate() {
        cur += *x;
        if cur <= 0 {
            cur = 0;
            start = i + 1;
        } else if cur > best {
            best = cur;
            range = start..i + 1;
        }
    }
    (best, range)
}

#[par_reduce(threshold = CUTOFF, twin = plain_stretch_by_match)]
fn stretch_by_match(a: &[i64]) -> i64 {
    let mut here = 0;
    let mut best = 0;
    for &x in a {
        here = match here + x {
            s if s < 0 => 0,
            s => s,
        };
        best = std::cmp::max(best, here);
    }
    best
}

#[par_reduce(threshold = CUTOFF, twin = plain_stretch_in_a_fold)]
fn stretch_in_a_fold(a: &[i64]) -> i64 {
    a.iter()
        .fold((0i64, 0i64), |(cur, best), &x| {
            let cur = (cur + x).max(0);
            (cur, best.max(cur))
        })
        .1
}

#[par_reduce(threshold = CUTOFF, twin = plain_best_profit)]
fn best_profit(prices: &[i64]) -> i64 {
    let mut lowest = i64::MAX;
    let mut profit = 0;
    for &price in prices {
        if price < lowest {
            lowest = price;
        } else if price - lowest > profit {
            profit = price - lowest;
        }
    }
    profit
}

#[par_reduce(threshold = CUTOFF, twin = plain_has_rising_triplet)]
fn has_rising_triplet(a: &[i64]) -> bool {
    let (mut first, mut second) = (i64::MAX, i64::MAX);
    for &x in a {
        if x <= first {
            first = x;
        } else if x <= second {
            second = x;
        } else {
            return true;
        }
    }
    false
}

#[par_reduce(threshold = CUTOFF, twin = plain_longest_zigzag)]
fn longest_zigzag(a: &[i64]) -> usize {
    let (mut up, mut down) = (1usize, 1usize);
    for i in 1..a.len() {
        if a[i] > a[i - 1] {
            up = down + 1;
        } else if a[i] < a[i - 1] {
            down = up + 1;
        }
    }
    up.max(down)
}

#[par_reduce(threshold = CUTOFF, twin = plain_times_high)]
fn times_high(a: &[i64]) -> usize {
    let mut high = false;
    let mut n = 0;
    for &x in a {
        let next = if high { x > -20 } else { x > 20 };
        if next && !high {
            n += 1;
        }
        high = next;
    }
    n
}

#[par_reduce(threshold = CUTOFF, twin = plain_run_and_value)]
fn run_and_value(a: &[i32]) -> (i32, usize) {
    let mut prev = i32::MIN;
    let mut len = 0;
    let mut best = (0, 0);
    for &x in a {
        if x == prev {
            len += 1;
        } else {
            prev = x;
            len = 1;
        }
        if len > best.1 {
            best = (x, len);
        }
    }
    best
}

#[par_reduce(threshold = CUTOFF, twin = plain_run_and_start)]
fn run_and_start(a: &[i32]) -> (usize, usize) {
    let (mut start, mut best_start, mut best_len) = (0, 0, 0);
    for i in 0..a.len() {
        if i > 0 && a[i] != a[i - 1] {
            start = i;
        }
        let len = i - start + 1;
        if len > best_len {
            best_len = len;
            best_start = start;
        }
    }
    (best_start, best_len)
}

#[par_reduce(threshold = CUTOFF, twin = plain_run_by_option)]
fn run_by_option(a: &[i32]) -> u32 {
    let mut prev: Option<i32> = None;
    let mut len = 0u32;
    let mut best = 0u32;
    for &x in a {
        match prev {
            Some(p) if p == x => len += 1,
            _ => len = 1,
        }
        best = best.max(len);
        prev = Some(x);
    }
    best
}

#[par_reduce(threshold = CUTOFF, twin = plain_sorted_by_match)]
fn sorted_by_match(a: &[i64]) -> bool {
    let mut last: Option<i64> = None;
    for &x in a {
        match last {
            Some(l) if l > x => return false,
            _ => last = Some(x),
        }
    }
    true
}

#[par_reduce(threshold = CUTOFF, twin = plain_sorted_behind_the_first)]
fn sorted_behind_the_first(a: &[i64]) -> bool {
    let mut it = a.iter();
    let Some(mut prev) = it.next() else { return true };
    for x in it {
        if x < prev {
            return false;
        }
        prev = x;
    }
    true
}

#[par_reduce(threshold = CUTOFF, twin = plain_rising_by_index)]
fn rising_by_index(a: &[i64]) -> usize {
    let mut best = 1;
    let mut cur = 1;
    for i in 1..a.len() {
        if a[i - 1] < a[i] {
            cur += 1;
            best = best.max(cur);
        } else {
            cur = 1;
        }
    }
    if a.is_empty() { 0 } else { best }
}

#[test]
fn stretches() {
    for seed in 0..3 {
        for &n in LENGTHS {
            let xs = ints(n, seed);
            same(
                "reset_below_zero",
                || plain_reset_below_zero(&xs),
                || reset_below_zero(&xs),
            );
            same(
                "stretch_and_bounds",
                || plain_stretch_and_bounds(&xs),
                || stretch_and_bounds(&xs),
            );
            same(
                "stretch_as_a_range",
                || plain_stretch_as_a_range(&xs),
                || stretch_as_a_range(&xs),
            );
            same(
                "stretch_by_match",
                || plain_stretch_by_match(&xs),
                || stretch_by_match(&xs),
            );
            same(
                "stretch_in_a_fold",
                || plain_stretch_in_a_fold(&xs),
                || stretch_in_a_fold(&xs),
            );
            same("best_profit", || plain_best_profit(&xs), || best_profit(&xs));
            same(
                "has_rising_triplet",
                || plain_has_rising_triplet(&xs),
                || has_rising_triplet(&xs),
            );
            same("longest_zigzag", || plain_longest_zigzag(&xs), || longest_zigzag(&xs));
            same("times_high", || plain_times_high(&xs), || times_high(&xs));
        }
    }
}

#[test]
fn runs() {
    for seed in 0..3 {
        for &n in LENGTHS {
            let xs = few(n, seed);
            same("run_and_value", || plain_run_and_value(&xs), || run_and_value(&xs));
            same("run_and_start", || plain_run_and_start(&xs), || run_and_start(&xs));
            same("run_by_option", || plain_run_by_option(&xs), || run_by_option(&xs));
        }
    }
}

#[test]
fn order() {
    for seed in 0..3 {
        for &n in LENGTHS {
            let xs = ints(n, seed);
            same(
                "sorted_by_match",
                || plain_sorted_by_match(&xs),
                || sorted_by_match(&xs),
            );
            same(
                "sorted_behind_the_first",
                || plain_sorted_behind_the_first(&xs),
                || sorted_behind_the_first(&xs),
            );
            same(
                "rising_by_index",
                || plain_rising_by_index(&xs),
                || rising_by_index(&xs),
            );
        }
    }
}
