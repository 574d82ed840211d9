//! What is set beside a carried value: where it began anew, how often, and what the best was then.

use divvy::{par_reduce, par_scan};

use crate::{CUTOFF, LENGTHS, numbers, same};

/// The last place where the sum began anew. No better one comes later: the sums are of different stretches.
#[par_reduce(threshold = CUTOFF, twin = plain_station)]
fn station(gas: &[i64], cost: &[i64]) -> Option<usize> {
    let (mut total, mut tank, mut start) = (0i64, 0i64, 0usize);
    for i in 0..gas.len() {
        total += gas[i] - cost[i];
        tank += gas[i] - cost[i];
        if tank < 0 {
            tank = 0;
            start = i + 1;
        }
    }
    (total >= 0).then_some(start)
}

#[par_reduce(threshold = CUTOFF, twin = plain_restarts)]
fn restarts(xs: &[i64]) -> (i64, usize, usize) {
    let (mut low, mut at, mut count) = (0, 0, 0);
    for (i, &x) in xs.iter().enumerate() {
        if x < low {
            low = x;
            at = i;
            count += 1;
        }
        if x % 11 == 0 {
            low = 0;
        }
    }
    (low, at, count)
}

#[par_reduce(threshold = CUTOFF, twin = plain_overflows)]
fn overflows(xs: &[i64]) -> (i64, Option<usize>) {
    let mut level = 0;
    let mut last = None;
    for (i, x) in xs.iter().enumerate() {
        level += x.abs() % 7;
        if level > 30 {
            level = 30;
            last = Some(i);
        }
        if x % 13 == 0 {
            level = 0;
        }
    }
    (level, last)
}

/// The peak is looked at besides, and so is when it was.
#[par_reduce(threshold = CUTOFF, twin = plain_under_water)]
fn under_water(xs: &[i64]) -> (i64, usize, usize) {
    let (mut peak, mut at) = (i64::MIN, 0);
    let (mut deepest, mut longest) = (0, 0);
    for i in 0..xs.len() {
        if xs[i] > peak {
            at = i;
            peak = xs[i];
        }
        deepest = deepest.max(peak - xs[i]);
        longest = longest.max(i - at);
    }
    (deepest, longest, at)
}

/// Here the element that is compared changes in the loop.
#[par_scan(threshold = CUTOFF, twin = plain_raised)]
fn raised(xs: &[i64], highest: &mut [i64]) -> usize {
    let (mut sum, mut last) = (0, 0);
    for i in 0..xs.len() {
        sum += xs[i];
        if xs[i] > highest[i] {
            highest[i] = xs[i];
            last = i;
        } else {
            highest[i] = sum;
        }
    }
    last
}

#[test]
fn where_it_began_anew() {
    for seed in 0..4 {
        for &n in LENGTHS {
            let signed = |seed| -> Vec<i64> { numbers(seed, n, 101).into_iter().map(|x| x as i64 - 50).collect() };
            let (xs, ys) = (signed(seed), signed(seed + 9));
            same("station", || plain_station(&xs, &ys), || station(&xs, &ys));
            same("restarts", || plain_restarts(&xs), || restarts(&xs));
            same("overflows", || plain_overflows(&xs), || overflows(&xs));
            same("under water", || plain_under_water(&xs), || under_water(&xs));
            let raise = |f: fn(&[i64], &mut [i64]) -> usize| {
                let mut highest = vec![0; n];
                (f(&xs, &mut highest), highest)
            };
            same("raised", || raise(plain_raised), || raise(raised));
        }
    }
}
