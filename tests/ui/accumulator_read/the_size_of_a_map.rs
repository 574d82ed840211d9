use std::collections::HashMap;

use divvy::par_scan;

#[par_scan]
fn numbered(words: &[String]) -> HashMap<&str, usize> {
    let mut numbers = HashMap::new();
    for word in words {
        let next = numbers.len();
        numbers.entry(&word[..]).or_insert(next);
    }
    numbers
}

fn main() {}
