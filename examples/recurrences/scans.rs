//! Every intermediate value is wanted.

use divvy::par_scan;

use super::{compare, numbers};

/// Where each row of a sparse matrix starts.
#[par_scan(twin = starts_seq)]
fn starts(lengths: &[u64]) -> Vec<u64> {
    let mut total = 0;
    let mut starts = Vec::with_capacity(lengths.len());
    for length in lengths {
        starts.push(total);
        total += length;
    }
    starts
}

/// A distribution function: how much there is up to each item, itself included.
#[par_scan(twin = distribution_seq)]
fn distribution(weights: &[u64]) -> Vec<u64> {
    let mut sum = 0;
    let mut sums = Vec::with_capacity(weights.len());
    for weight in weights {
        sum += weight;
        sums.push(sum);
    }
    sums
}

/// Prefix sums with a nothing in front.
#[par_scan(twin = prefix_seq)]
fn prefix(values: &[u64], sums: &mut [u64]) {
    for i in 0..values.len() {
        sums[i + 1] = sums[i] + values[i];
    }
}

/// Running totals in place.
#[par_scan(twin = totals_seq)]
fn totals(days: &mut [u64]) {
    for i in 1..days.len() {
        days[i] += days[i - 1];
    }
}

/// A reservoir that runs over and runs dry.
#[par_scan(twin = levels_seq)]
fn levels(changes: &[i32], levels: &mut [i32]) {
    let mut level = 0;
    for i in 0..changes.len() {
        level = (level + changes[i]).clamp(0, 5000);
        levels[i] = level;
    }
}

/// Numbers for what is kept.
#[par_scan(twin = numbered_seq)]
fn numbered(values: &[u64]) -> Vec<(u32, u64)> {
    let mut id = 0;
    let mut kept = Vec::new();
    for &value in values {
        if value % 3 == 0 {
            id += 1;
            kept.push((id, value));
        }
    }
    kept
}

/// A balance that isn't overdrawn, by a chain.
#[par_scan(twin = balances_seq)]
fn balances(changes: &[i32]) -> Vec<i32> {
    changes
        .iter()
        .scan(0, |balance, change| {
            *balance = (*balance + change).max(0);
            Some(*balance)
        })
        .collect()
}

/// Floats, rounded as in the sequential loop.
#[par_scan(float = ordered, twin = smoothed_seq)]
fn smoothed(samples: &[f64]) -> Vec<f64> {
    let mut level = 0.0;
    let mut levels = Vec::with_capacity(samples.len());
    for sample in samples {
        level = 0.9 * level + 0.1 * sample;
        levels.push(level);
    }
    levels
}

/// Floats, rounded in the same way whatever the number of threads.
#[par_scan(float = tree, twin = travelled_seq)]
fn travelled(speeds: &[f64]) -> (Vec<f64>, f64) {
    let (mut place, mut farthest) = (0.0, 0.0);
    let mut places = Vec::with_capacity(speeds.len());
    for speed in speeds {
        place += speed;
        farthest = f64::max(farthest, place);
        places.push(place);
    }
    (places, farthest)
}

pub(crate) fn run(count: usize) {
    let values = numbers(count, 1000);
    let changes: Vec<i32> = values.iter().map(|&v| i32::try_from(v).unwrap_or(0) - 500).collect();
    compare("row starts", || starts_seq(&values), || starts(&values));
    compare("distribution", || distribution_seq(&values), || distribution(&values));
    let with_nothing = |f: fn(&[u64], &mut [u64])| {
        let mut sums = vec![0; count + 1];
        f(&values, &mut sums);
        sums
    };
    compare("prefix sums", || with_nothing(prefix_seq), || with_nothing(prefix));
    let in_place = |f: fn(&mut [u64])| {
        let mut days = values.clone();
        f(&mut days);
        days
    };
    compare("totals in place", || in_place(totals_seq), || in_place(totals));
    let reservoir = |f: fn(&[i32], &mut [i32])| {
        let mut levels = vec![0; count];
        f(&changes, &mut levels);
        levels
    };
    compare("reservoir", || reservoir(levels_seq), || reservoir(levels));
    compare("numbered", || numbered_seq(&values), || numbered(&values));
    compare("balances, by scan", || balances_seq(&changes), || balances(&changes));
    let samples: Vec<f64> = changes.iter().map(|&c| f64::from(c)).collect();
    compare("smoothed, ordered", || smoothed_seq(&samples), || smoothed(&samples));
    // whole numbers: no rounding, so the twin has the same bits
    compare("travelled, tree", || travelled_seq(&samples), || travelled(&samples));
}
