use std::collections::HashMap;

use divvy::{par_for, par_reduce};

#[par_reduce]
fn sum_up_to(xs: &[u64], stop: u64) -> (u64, usize) {
    let mut sum = 0;
    let mut i = 0;
    while i < xs.len() && xs[i] != stop {
        sum += xs[i];
        i += 2;
    }
    (sum, i)
}

#[par_reduce]
fn lengths<'w>(words: &[&'w str]) -> HashMap<usize, Vec<&'w str>> {
    let mut by_length = HashMap::new();
    let others = words.iter().skip(1);
    for word in others {
        let list = by_length.entry(word.len()).or_insert_with(Vec::new);
        list.push(*word);
    }
    by_length
}

#[par_for]
fn butterflies(xs: &mut [i64], half: usize) {
    for i in 0..half {
        let (a, b) = (xs[i], xs[i + half]);
        xs[i] = a + b;
        xs[i + half] = a - b;
    }
}

#[test]
fn same_answer() {
    assert_eq!(sum_up_to(&[1, 9, 2, 9, 9, 9], 9), (3, 4));
    assert_eq!(lengths(&["x", "a", "bb", "c"])[&1], ["a", "c"]);
    let mut xs = [1, 2, 3, 4];
    butterflies(&mut xs, 2);
    assert_eq!(xs, [4, 6, -2, -2]);
}
