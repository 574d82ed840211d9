//! Where the values on the way go: into fields, several lists, the front of another slice.

use divvy::par_scan;

use super::{compare, numbers};

/// A word that is to be laid out.
#[derive(Clone, Debug, PartialEq)]
struct Word {
    length: u64,
    start: u64,
    end: u64,
}

/// Where each word starts and ends.
#[par_scan(twin = lay_out_seq)]
fn lay_out(words: &mut [Word]) -> u64 {
    let mut at = 0;
    for word in words.iter_mut() {
        word.start = at;
        at += word.length;
        word.end = at;
        at += 1;
    }
    at
}

/// Sums and maxima so far, and how often there was a new one.
#[par_scan(twin = records_seq)]
fn records(values: &[u64], sums: &mut [u64], maxima: &mut [u64]) -> usize {
    let (mut sum, mut most) = (0, 0);
    let mut count = 0;
    for i in 0..values.len() {
        sum += values[i];
        if values[i] > most {
            most = values[i];
            count += 1;
        }
        sums[i] = sum;
        maxima[i] = most;
    }
    count
}

/// Sums that begin anew with each key.
#[par_scan(twin = by_key_seq)]
fn by_key(keys: &[u64], values: &[u64]) -> Vec<u64> {
    let mut last = None;
    let mut sum = 0;
    let mut sums = Vec::with_capacity(values.len());
    for (&key, value) in keys.iter().zip(values) {
        sum = if last == Some(key) { sum + value } else { *value };
        last = Some(key);
        sums.push(sum);
    }
    sums
}

/// What is kept, one beside the other.
#[par_scan(twin = kept_seq)]
fn kept(values: &[u64], out: &mut [u64]) -> usize {
    let mut kept = 0;
    for &value in values {
        if value % 3 != 0 {
            out[kept] = value;
            kept += 1;
        }
    }
    kept
}

pub(crate) fn run(count: usize) {
    let values = numbers(count, 1000);
    let words: Vec<Word> = values
        .iter()
        .map(|&value| Word {
            length: value % 12,
            start: 0,
            end: 0,
        })
        .collect();
    let laid_out = |f: fn(&mut [Word]) -> u64| {
        let mut words = words.clone();
        (f(&mut words), words)
    };
    compare("fields of items", || laid_out(lay_out_seq), || laid_out(lay_out));
    let both = |f: fn(&[u64], &mut [u64], &mut [u64]) -> usize| {
        let (mut sums, mut maxima) = (vec![0; count], vec![0; count]);
        (f(&values, &mut sums, &mut maxima), sums, maxima)
    };
    compare("several outputs", || both(records_seq), || both(records));
    let keys: Vec<u64> = (0..count as u64).map(|i| i / 50).collect();
    compare("by key", || by_key_seq(&keys, &values), || by_key(&keys, &values));
    let compacted = |f: fn(&[u64], &mut [u64]) -> usize| {
        let mut out = vec![0; count];
        (f(&values, &mut out), out)
    };
    compare("compaction", || compacted(kept_seq), || compacted(kept));
}
