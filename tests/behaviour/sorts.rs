//! Sorting calls: rayon's on slices, on everything else what they were.

use std::rc::Rc;

use divvy::par_reduce;

use crate::same;

#[derive(Debug, Clone, PartialEq)]
struct Query {
    calls: Vec<String>,
    rows: Vec<(u64, u64)>,
}

impl Query {
    fn sort(&mut self) {
        self.calls.push("sort".into());
    }

    fn sort_by(&mut self, what: &str) -> &mut Self {
        self.calls.push(what.into());
        self
    }

    #[par_reduce(twin = run_twin)]
    fn run(&mut self) -> u64 {
        self.sort();
        self.sort_by("x");
        self.rows.sort_by_key(|row| row.0);
        let mut total = 0;
        for (i, row) in self.rows.iter().enumerate() {
            total += row.1 * i as u64;
        }
        let from = self.rows.len().min(3);
        self.rows[from..].sort_by(|a, b| b.0.cmp(&a.0));
        total
    }
}

#[test]
fn methods_of_that_name_stay() {
    for n in [0, 1, 2, 100, 10_000] {
        let query = Query {
            calls: Vec::new(),
            rows: (0..n).map(|i| (i * 7919 % 101, i)).collect(),
        };
        let run = |f: fn(&mut Query) -> u64| {
            let mut query = query.clone();
            let total = f(&mut query);
            (query, total)
        };
        same(&format!("n = {n}"), || run(Query::run_twin), || run(Query::run));
    }
}

#[par_reduce(twin = lists_twin)]
fn lists<T: Ord + Clone, U: Ord + Send>(v: &mut [T], w: &mut Vec<U>, xs: &[u64]) -> (u64, Vec<f64>, bool) {
    v.sort();
    w.sort_unstable();
    let mut floats: Vec<f64> = xs.iter().map(|x| 1.0 / (*x as f64 + 1.0)).collect();
    floats.sort_by(f64::total_cmp);
    let mut shared = vec![Rc::new(2), Rc::new(1)];
    shared.sort();
    let mut comparisons = 0;
    floats.sort_by(|a, b| {
        comparisons += 1;
        b.total_cmp(a)
    });
    let mut array = [13, 1, 2];
    array.sort_by_cached_key(|x| x.to_string());
    let mut sum = 0;
    for x in xs {
        sum += x;
    }
    (sum + *shared[0] + array[1], floats, comparisons > 0)
}

#[test]
fn what_can_not_be_sent_is_sorted_as_before() {
    for n in [0, 1, 2, 100, 10_000] {
        let xs: Vec<u64> = (0..n).map(|i| i * 31 % 1009).collect();
        let run = |f: fn(&mut [u64], &mut Vec<u64>, &[u64]) -> (u64, Vec<f64>, bool)| {
            let (mut v, mut w) = (xs.clone(), xs.clone());
            let found = f(&mut v, &mut w, &xs);
            (v, w, found)
        };
        same(&format!("n = {n}"), || run(lists_twin), || run(lists));
    }
}

type Row = (u64, u64);

/// No two rows are equal: the order of equal ones would be open.
#[par_reduce(twin = unstable_twin)]
fn unstable(down: &mut [Row], by_second: &mut Vec<Row>, scores: &[u64]) -> (u64, Vec<f64>) {
    down.sort_unstable_by(|a, b| b.cmp(a));
    by_second.sort_unstable_by_key(|row| (row.1 % 101, row.0, row.1));
    let mut ranked: Vec<f64> = scores.iter().map(|x| 1.0 / (*x as f64 + 1.0)).collect();
    ranked.sort_unstable_by(f64::total_cmp);
    let half = by_second.len() / 2;
    by_second[half..].sort_unstable_by_key(|row| row.1);
    let mut sum = 0;
    for (i, row) in by_second.iter().enumerate() {
        sum += row.0 * i as u64;
    }
    (sum, ranked)
}

#[test]
fn unstable_sorts_by_an_order_and_by_a_key() {
    for n in [0, 1, 2, 100, 10_000] {
        let rows: Vec<Row> = (0..n).map(|i| (i * 7919 % 101, i)).collect();
        let scores: Vec<u64> = (0..n).map(|i| i * 31 % 1009).collect();
        let run = |f: fn(&mut [Row], &mut Vec<Row>, &[u64]) -> (u64, Vec<f64>)| {
            let (mut down, mut by_second) = (rows.clone(), rows.clone());
            let found = f(&mut down, &mut by_second, &scores);
            (down, by_second, found)
        };
        same(&format!("n = {n}"), || run(unstable_twin), || run(unstable));
    }
}
