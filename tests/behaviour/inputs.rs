//! Inputs of functions that carry values along: small numbers, text with quotes and comments.

use crate::numbers;

const LETTERS: &str = "ab c\n(\"\\)/*01#,;'x {}=\u{e9}";

/// Small integers of both signs.
pub(crate) fn ints(n: usize) -> Vec<i64> {
    numbers(7, n, 41).iter().map(|&v| v as i64 - 20).collect()
}

/// Text with brackets, quotes, comments and what stands between.
pub(crate) fn text(n: usize) -> String {
    let letters: Vec<char> = LETTERS.chars().collect();
    numbers(13, n, letters.len() as u64)
        .iter()
        .map(|&k| letters[k as usize])
        .collect()
}

/// Floats that aren't whole.
pub(crate) fn floats(n: usize) -> Vec<f64> {
    numbers(11, n, 1000).iter().map(|&v| v as f64 / 7.0 - 60.0).collect()
}
