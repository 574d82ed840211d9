use std::collections::BTreeMap;

use divvy::par_reduce;

#[par_reduce]
fn halves(xs: &[i64]) -> (i64, (i64, i64), BTreeMap<i64, Vec<i64>>) {
    let mut left = i64::MAX;
    let mut last = (1, 3);
    let mut lists = BTreeMap::<i64, Vec<i64>>::new();
    for &x in xs {
        lists.entry(x).or_default().push(x);
        last.1 = x;
        left = left / 2;
    }
    (left, last, lists)
}

fn main() {}
