//! Counting: a map and a table as accumulators.

use std::collections::HashMap;

use divvy::par_reduce;

/// How often each word occurs.
#[par_reduce(twin = frequencies_seq)]
pub(crate) fn frequencies<'a>(lines: &[&'a str]) -> HashMap<&'a str, u64> {
    let mut counts: HashMap<&'a str, u64> = HashMap::new();
    for line in lines {
        for word in line.split(|c: char| !c.is_alphanumeric()) {
            if !word.is_empty() {
                *counts.entry(word).or_insert(0) += 1;
            }
        }
    }
    counts
}

/// How often each byte occurs.
#[par_reduce(twin = histogram_seq)]
pub(crate) fn histogram(bytes: &[u8]) -> [u64; 256] {
    let mut counts = [0; 256];
    for byte in bytes {
        counts[*byte as usize] += 1;
    }
    counts
}

/// The `n` most frequent words, equally frequent ones in alphabetical order.
pub(crate) fn most_frequent<'a>(counts: &HashMap<&'a str, u64>, n: usize) -> Vec<(&'a str, u64)> {
    let mut all: Vec<_> = counts.iter().map(|(word, count)| (*word, *count)).collect();
    all.sort_by_key(|(word, count)| (std::cmp::Reverse(*count), *word));
    all.truncate(n);
    all
}
