//! Expansions compile without a warning, pedantic lints included.

#![deny(warnings, unused, nonstandard_style, future_incompatible, rust_2018_idioms)]
#![warn(clippy::pedantic)]
#![allow(clippy::float_cmp, clippy::cast_precision_loss)]

use std::collections::HashMap;

use divvy::{par_divide, par_for, par_join, par_reduce, par_scan};

#[par_reduce(threshold = 4, grain = 2)]
fn everything(xs: &[i64], names: &[String], out: &mut Vec<i64>) -> (i64, i64, i64, [u32; 4], HashMap<String, usize>) {
    let mut sum = 1;
    let mut least = i64::MAX;
    let mut budget = 1_000_000;
    let mut counts = [0; 4];
    let mut by_name = HashMap::new();
    for (i, x) in xs.iter().enumerate() {
        sum += x;
        budget -= x;
        least = least.min(*x);
        counts[i % 4] += 1;
        *by_name.entry(names[i % names.len()].clone()).or_insert(0) += 1;
        if *x > 3 {
            out.push(*x);
        }
    }
    (sum, least, budget, counts, by_name)
}

#[par_reduce(threshold = 4)]
fn position_of_the_most(xs: &[i64]) -> usize {
    let mut most = i64::MIN;
    let mut at = 0;
    for (i, x) in xs.iter().enumerate() {
        if *x > most {
            most = *x;
            at = i;
        }
    }
    at
}

type Best = Option<(usize, f64)>;

/// Of equal ones the last, and what there is of each kind.
#[par_reduce(threshold = 4)]
fn best_and_kinds(xs: &[(i64, f64)]) -> (Best, Vec<(usize, f64)>, Option<i64>) {
    let mut best = None;
    let mut kinds = vec![(0, f64::INFINITY); 3];
    let mut sum = None;
    for (i, &(n, x)) in xs.iter().enumerate() {
        best = match best {
            Some((at, b)) if b > x => Some((at, b)),
            _ => Some((i, x)),
        };
        let kind = &mut kinds[i % 3];
        kind.0 += 1;
        kind.1 = kind.1.min(x);
        sum = Some(sum.unwrap_or(0) + n);
    }
    (best, kinds, sum)
}

#[par_reduce(threshold = 4)]
fn counted_by_hand<'w>(words: &[&'w str], stop: &str) -> (HashMap<&'w str, usize>, usize) {
    let mut counts = HashMap::new();
    let mut i = 0;
    while i < words.len() && words[i] != stop {
        let count = counts.entry(words[i]).or_insert(0);
        *count += 1;
        i += 1;
    }
    let mut letters = 0;
    let mut left = words.len();
    while left > 0 {
        left -= 1;
        if words[left].is_empty() {
            break;
        }
        letters += words[left].len();
    }
    // an index that only counts
    let mut tries = 0;
    while tries < stop.len() {
        letters += 1;
        tries += 1;
    }
    let pairs = words.iter().zip(words.iter().skip(1));
    for (a, b) in pairs {
        letters += usize::from(a == b);
    }
    (counts, letters)
}

#[par_for(threshold = 4)]
fn both_halves(xs: &[i64], out: &mut [i64]) {
    let n = xs.len();
    for i in 0..n {
        out[i] = xs[i];
        out[i + n] = -xs[i];
    }
    let mut i = 0;
    while i + 1 < n {
        out.swap(i, i + 1);
        i += 2;
    }
}

#[par_reduce(float = ordered)]
fn ordered(xs: &[f64], left: &mut f64) -> (f64, u32) {
    let (mut sum, mut count) = (0.0, 0);
    for x in xs {
        sum = sum + x + 1.0;
        count += 1;
        *left -= x;
    }
    (sum, count)
}

#[par_reduce(float = exact)]
fn exact(xs: &[f64]) -> (f64, usize) {
    let mut sum = 0.0;
    let mut seen = 0;
    for x in xs {
        sum += x;
        seen += 1;
    }
    (sum + xs.iter().sum::<f64>(), seen)
}

#[par_reduce(float = tree)]
fn floats(xs: &[f64], seed: f64) -> (f64, f64, usize) {
    let mut sum = 0.0;
    let mut best = seed;
    let mut at = 0;
    for i in 0..xs.len() {
        sum += xs[i];
        if xs[i] >= best {
            best = xs[i];
            at = i;
        }
    }
    (sum, best, at)
}

#[par_reduce]
fn nested(rows: &[Vec<String>]) -> Option<String> {
    let mut greatest = None;
    for row in rows {
        for word in row {
            greatest = greatest.max(Some(word.clone()));
        }
    }
    greatest
}

#[par_join]
fn statements(xs: &mut [i64], ys: &mut Vec<i64>, text: &str) -> Result<i64, std::num::ParseIntError> {
    let first = text.parse::<i64>()?;
    let mut least = i64::MAX;
    for x in xs.iter_mut() {
        least = least.min(*x);
        *x = least;
    }
    let mut seen = Vec::new();
    for y in ys.iter() {
        seen.push(*y);
    }
    ys.sort_unstable();
    seen.sort_unstable();
    let most = seen.iter().max();
    if first > 0 {
        xs.sort_unstable();
        ys.dedup();
    }
    Ok(first.abs() + *most.unwrap_or(&0))
}

#[test]
fn statements_run() {
    let (mut xs, mut ys) = ([3, 1, 2], vec![5, 4]);
    assert_eq!(statements(&mut xs, &mut ys, "-2"), Ok(7));
    assert_eq!((xs, ys), ([3, 1, 1], vec![4, 5]));
}

#[par_divide]
fn sorted(xs: &mut [i64], seen: &mut Vec<i64>) -> i64 {
    if xs.len() < 2 {
        seen.extend(xs.iter().copied());
        return xs.iter().sum();
    }
    let middle = xs.len() / 2;
    let left = sorted(&mut xs[..middle], seen);
    let right = sorted(&mut xs[middle..], seen);
    xs.sort_unstable();
    left + right
}

#[par_divide(private(chosen))]
fn ways(chosen: &mut Vec<u32>, left: u32) -> usize {
    if left == 0 {
        return chosen.len();
    }
    let mut all = 0;
    for next in 1..=left {
        chosen.push(next);
        all += ways(chosen, left - next);
        chosen.pop();
    }
    all
}

struct Folder {
    size: i64,
    folders: Vec<Folder>,
}

impl Folder {
    /// The size of all of it.
    #[par_divide(threshold = 4, size = self.folders.len(), twin = total_in_order)]
    #[must_use]
    fn total(&self) -> i64 {
        self.size + self.folders.iter().map(Folder::total).sum::<i64>()
    }

    #[par_divide]
    fn checked(&self, most: i64) -> Result<i64, String> {
        let mut total = self.size;
        for folder in &self.folders {
            total += folder.checked(most)?;
        }
        if total > most {
            return Err(format!("{total} is too much"));
        }
        Ok(total)
    }

    #[par_divide]
    fn is_below(&self, most: i64) -> bool {
        match self.folders.as_slice() {
            [] => self.size < most,
            [only] => only.is_below(most),
            [first, .., last] => first.is_below(most) && last.is_below(most),
        }
    }
}

#[test]
fn recursions_run() {
    let (mut xs, mut seen) = ([5, 3, 4], vec![1]);
    assert_eq!(sorted(&mut xs, &mut seen), 12);
    assert_eq!((xs, seen), ([3, 4, 5], vec![1, 5, 3, 4]));
    assert_eq!(ways(&mut vec![], 3), 8);
    let leaf = |size| Folder { size, folders: vec![] };
    let folder = Folder {
        size: 1,
        folders: vec![leaf(2), leaf(3)],
    };
    assert_eq!((folder.total(), folder.total_in_order()), (6, 6));
    assert_eq!(folder.checked(6), Ok(6));
    assert_eq!(folder.checked(2), Err("3 is too much".to_string()));
    assert!(folder.is_below(4) && !folder.is_below(3));
}

/// A scan, with an accumulator beside it and a way out.
#[par_scan(threshold = 4)]
fn balances(changes: &[i64], least: i64) -> Result<(Vec<i64>, usize), i64> {
    let mut balance = 0;
    let mut balances = Vec::new();
    let mut losses = 0;
    for &change in changes {
        balance += change;
        if change < 0 {
            losses += 1;
        }
        if balance < least {
            return Err(balance);
        }
        balances.push(balance);
    }
    Ok((balances, losses))
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Quotes {
    Outside,
    Inside { is_escaped: bool },
}

/// An automaton.
#[par_scan(threshold = 4)]
fn quoted(text: &str, inside: &mut Vec<bool>) -> Quotes {
    let mut state = Quotes::Outside;
    for c in text.chars() {
        state = match (state, c) {
            (Quotes::Outside, '"') | (Quotes::Inside { is_escaped: true }, _) => Quotes::Inside { is_escaped: false },
            (Quotes::Inside { is_escaped: false }, '\\') => Quotes::Inside { is_escaped: true },
            (Quotes::Inside { is_escaped: false }, '"') => Quotes::Outside,
            _ => state,
        };
        inside.push(state != Quotes::Outside);
    }
    state
}

/// Elements from the ones before, in one array and into another one.
#[par_scan(threshold = 4)]
fn chained(days: &mut [u64], ends: &mut [u64]) {
    for day in 1..days.len() {
        days[day] += days[day - 1];
    }
    for i in 0..days.len() {
        ends[i + 1] = ends[i].max(days[i]);
    }
}

/// Floats, in a `scan` of a chain and in a loop.
#[par_scan(float = tree)]
fn filtered(samples: &[f64]) -> (Vec<f64>, f64) {
    let mut level = 0.0;
    let levels: Vec<f64> = samples
        .iter()
        .scan(1.0, |level, sample| {
            *level = 0.5 * *level + sample;
            Some(*level)
        })
        .collect();
    let mut most = Vec::new();
    for sample in samples {
        level = f64::max(level + sample, 0.0);
        most.push(level);
    }
    (levels, most.into_iter().fold(0.0, f64::max))
}

#[test]
fn scans_run() {
    assert_eq!(balances(&[3, -1, 2], 0), Ok((vec![3, 2, 4], 1)));
    assert_eq!(balances(&[3, -5, 2], 0), Err(-2));
    let mut inside = Vec::new();
    assert_eq!(quoted("a\"\\\"b\"", &mut inside), Quotes::Outside);
    assert_eq!(inside, [false, true, true, true, true, false]);
    let (mut days, mut ends) = ([1, 2, 3], [4, 0, 0, 0]);
    chained(&mut days, &mut ends);
    assert_eq!((days, ends), ([1, 3, 6], [4, 4, 4, 6]));
    assert_eq!(filtered(&[1.0, -2.0]), (vec![1.5, -1.25], 1.0));
}

#[test]
fn expansions_run() {
    let best = best_and_kinds(&[(1, 2.0), (4, 0.5), (2, 2.0)]);
    assert_eq!(best, (Some((2, 2.0)), vec![(1, 2.0), (1, 0.5), (1, 2.0)], Some(7)));
    let names = ["a".to_string(), "b".to_string()];
    let mut out = vec![9];
    let (sum, least, budget, counts, by_name) = everything(&[1, 5, 2], &names, &mut out);
    assert_eq!(
        (sum, least, budget, counts, by_name["a"], out),
        (9, 1, 999_992, [1, 1, 1, 0], 2, vec![9, 5])
    );
    assert_eq!(position_of_the_most(&[1, 5, 2]), 1);
    let (counts, letters) = counted_by_hand(&["a", "b", "b", "end", "c"], "end");
    assert_eq!((counts["b"], letters), (2, 11));
    let mut halves = [0; 6];
    both_halves(&[1, 2, 3], &mut halves);
    assert_eq!(halves, [2, 1, 3, -1, -2, -3]);
    let mut left = 1.0;
    assert_eq!(ordered(&[1.0, 2.0], &mut left), (5.0, 2));
    assert_eq!(left, -2.0);
    assert_eq!(exact(&[1.0, 2.0]), (6.0, 2));
    assert_eq!(floats(&[1.0, 2.0, 2.0], 0.5), (5.0, 2.0, 2));
    assert_eq!(
        nested(&[vec!["x".into()], vec!["y".into(), "a".into()]]),
        Some("y".into())
    );
}
