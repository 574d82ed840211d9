use std::collections::BTreeMap;

use divvy::par_reduce;

#[derive(Clone, Debug, Default, PartialEq)]
struct Bar {
    high: u64,
    close: u64,
    best: Option<usize>,
}

#[par_reduce]
fn bars(ticks: &[u64]) -> BTreeMap<usize, Bar> {
    let mut bars: BTreeMap<usize, Bar> = BTreeMap::new();
    for (i, tick) in ticks.iter().enumerate() {
        let bar = bars.entry(i / 60).or_default();
        bar.high = bar.high.max(*tick);
        bar.close = *tick;
        bar.best.get_or_insert(i);
    }
    bars
}

#[par_reduce]
fn spans(words: &[&str]) -> BTreeMap<usize, (usize, u32)> {
    let mut spans = BTreeMap::new();
    for (i, word) in words.iter().enumerate() {
        if let Some((last, n)) = spans.get_mut(&word.len()) {
            *last = i;
            *n += 1;
        } else {
            spans.insert(word.len(), (i, 1));
        }
    }
    spans
}

#[par_reduce]
fn extremes(xs: &[i64]) -> [i64; 2] {
    let mut ends = [i64::MAX, i64::MIN];
    for x in xs {
        ends[0] = ends[0].min(*x);
        ends[1] = ends[1].max(*x);
    }
    ends
}

#[test]
fn same_answer() {
    let bar = |high, close, best| Bar { high, close, best };
    let found = bars(&[3, 5, 4]);
    assert_eq!(found, BTreeMap::from([(0, bar(5, 4, Some(0)))]));
    let found = spans(&["a", "to", "b"]);
    assert_eq!(found, BTreeMap::from([(1, (2, 2)), (2, (1, 1))]));
    assert_eq!(extremes(&[3, -5, 4]), [-5, 4]);
}
