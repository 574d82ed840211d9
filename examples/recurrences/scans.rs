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

pub(crate) fn run(count: usize) {
    let values = numbers(count, 1000);
    let changes: Vec<i32> = values.iter().map(|&v| i32::try_from(v).unwrap_or(0) - 500).collect();
    compare("row starts", || starts_seq(&values), || starts(&values));
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
}
