//! Of prices, changes and readings only the end result is wanted.

use divvy::par_reduce;

use super::{compare, numbers};

/// The largest sum of neighbours, and where it starts and ends.
#[par_reduce(twin = best_stretch_seq)]
fn best_stretch(changes: &[i64]) -> (i64, usize, usize) {
    let (mut here, mut start) = (0, 0);
    let (mut best, mut from, mut to) = (i64::MIN, 0, 0);
    for (day, &change) in changes.iter().enumerate() {
        if here < 0 {
            here = change;
            start = day;
        } else {
            here += change;
        }
        if here > best {
            best = here;
            from = start;
            to = day;
        }
    }
    (best, from, to)
}

/// The largest sum of neighbours, and nothing else.
#[par_reduce(twin = best_sum_seq)]
fn best_sum(changes: &[i64]) -> i64 {
    let (mut here, mut best) = (0, i64::MIN);
    for &change in changes {
        here = change.max(here + change);
        best = best.max(here);
    }
    best
}

/// How far a price falls below the highest one before it.
#[par_reduce(twin = drawdown_seq)]
fn drawdown(prices: &[u64]) -> u64 {
    let (mut peak, mut worst) = (0, 0);
    for &price in prices {
        peak = peak.max(price);
        worst = worst.max(peak - price);
    }
    worst
}

/// The longest time without rain.
#[par_reduce(twin = dry_spell_seq)]
fn dry_spell(rain: &[u64]) -> usize {
    let (mut dry, mut longest) = (0, 0);
    for &amount in rain {
        dry = if amount < 900 { dry + 1 } else { 0 };
        longest = longest.max(dry);
    }
    longest
}

/// The longest runs of equal and of rising values, and whether all are in order.
#[par_reduce(twin = runs_seq)]
fn runs(values: &[u64]) -> (usize, usize, bool) {
    let mut previous = None;
    let (mut equal, mut rising, mut sorted) = (0, 0, true);
    let (mut longest_equal, mut longest_rising) = (0, 0);
    for &value in values {
        equal = if previous == Some(value) { equal + 1 } else { 1 };
        rising = if previous < Some(value) { rising + 1 } else { 1 };
        sorted &= previous <= Some(value);
        longest_equal = longest_equal.max(equal);
        longest_rising = longest_rising.max(rising);
        previous = Some(value);
    }
    (longest_equal, longest_rising, sorted)
}

/// The two largest values.
#[par_reduce(twin = two_largest_seq)]
fn two_largest(values: &[u64]) -> (u64, u64) {
    let (mut first, mut second) = (0, 0);
    for &value in values {
        if value > first {
            second = first;
            first = value;
        } else if value > second {
            second = value;
        }
    }
    (first, second)
}

/// Mean and variance in one pass.
#[par_reduce(float = tree, twin = moments_seq)]
fn moments(values: &[f64]) -> (f64, f64) {
    let (mut count, mut sum, mut squares) = (0u64, 0.0, 0.0);
    for value in values {
        count += 1;
        sum += value;
        squares += value * value;
    }
    let mean = sum / count as f64;
    (mean, squares / count as f64 - mean * mean)
}

pub(crate) fn run(count: usize) {
    let prices = numbers(count, 1000);
    let changes: Vec<i64> = prices.iter().map(|&p| i64::try_from(p).unwrap_or(0) - 500).collect();
    compare(
        "maximum subarray",
        || best_stretch_seq(&changes),
        || best_stretch(&changes),
    );
    compare(
        "maximum subarray, its sum",
        || best_sum_seq(&changes),
        || best_sum(&changes),
    );
    compare("drawdown", || drawdown_seq(&prices), || drawdown(&prices));
    compare("dry spell", || dry_spell_seq(&prices), || dry_spell(&prices));
    compare("runs, is sorted", || runs_seq(&prices), || runs(&prices));
    compare("two largest", || two_largest_seq(&prices), || two_largest(&prices));
    let values: Vec<f64> = prices.iter().map(|&p| p as f64).collect();
    // whole numbers: no rounding, so the twin has the same bits
    compare("mean and variance", || moments_seq(&values), || moments(&values));
}
