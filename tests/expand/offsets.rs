//! Offsets that go along with the iterations, and lengths of what is appended to.

use divvy::{par_for, par_scan};

#[par_for]
fn interleaved(pairs: &[(u8, u8)], out: &mut [u8]) {
    let mut at = 0;
    for (a, b) in pairs {
        out[at] = *a;
        at += 1;
        out[at] = *b;
        at += 1;
    }
}

#[par_scan]
fn starts(words: &[&str]) -> (String, Vec<usize>) {
    let mut text = String::new();
    let mut starts = Vec::new();
    for word in words {
        starts.push(text.len());
        text.push_str(word);
    }
    (text, starts)
}

#[test]
fn same_answer() {
    let mut out = [0; 4];
    interleaved(&[(1, 2), (3, 4)], &mut out);
    assert_eq!(out, [1, 2, 3, 4]);
    assert_eq!(starts(&["ab", "", "c"]), ("abc".to_string(), vec![0, 2, 2]));
}
