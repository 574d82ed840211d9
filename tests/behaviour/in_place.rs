//! Scans that overwrite what they read: items, elements of the loop's own, and elements made from the one before.

use divvy::par_scan;

use crate::{CUTOFF, LENGTHS, numbers, same};

/// An element of which the loop writes some fields.
#[derive(Clone, Debug, PartialEq)]
struct Item {
    w: u64,
    start: u64,
    end: u64,
}

struct Grid {
    cells: Vec<u64>,
    sum: u64,
}

fn ints(n: usize, seed: u64) -> Vec<i64> {
    numbers(seed, n, 100).into_iter().map(|x| x as i64 - 50).collect()
}

fn us(n: usize, seed: u64) -> Vec<u64> {
    numbers(seed, n, 1000)
}

fn opts(n: usize, seed: u64) -> Vec<Option<i64>> {
    let some = |x: u64| (x % 3 != 0).then_some(x as i64 - 30);
    numbers(seed, n, 90).into_iter().map(some).collect()
}

fn keyed(n: usize, seed: u64) -> Vec<(u32, i64)> {
    let mut key = 0;
    let changes = numbers(seed, n, 5).into_iter().zip(ints(n, seed));
    changes
        .map(|(x, v)| {
            key += u32::from(x == 0);
            (key, v)
        })
        .collect()
}

#[par_scan(threshold = CUTOFF, twin = plain_sums_before)]
fn sums_before(a: &mut [u64]) {
    let mut s = 0;
    for i in 0..a.len() {
        let v = a[i];
        a[i] = s;
        s += v;
    }
}

#[par_scan(threshold = CUTOFF, twin = plain_two_arrays)]
fn two_arrays(a: &mut [i64], b: &mut [i64]) {
    let mut s = 0;
    for i in 0..a.len() {
        let t = a[i];
        b[i] = t - s;
        a[i] += s;
        s = t;
    }
}

#[par_scan(threshold = CUTOFF, twin = plain_clamped_in_place)]
fn clamped_in_place(a: &mut Vec<i64>) -> i64 {
    let mut s = 0;
    for i in 0..a.len() {
        let next = (s + a[i]).max(0);
        a[i] = next;
        s = next;
    }
    s
}

#[par_scan(threshold = CUTOFF, twin = plain_exchanged)]
fn exchanged(a: &mut [u64]) {
    let mut s = 0;
    for i in 0..a.len() {
        let t = s + a[i];
        a[i] = std::mem::replace(&mut s, t);
    }
}

#[par_scan(threshold = CUTOFF, twin = plain_filled_by_index)]
fn filled_by_index(a: &mut [Option<i64>]) {
    let mut last = None;
    for i in 0..a.len() {
        if a[i].is_some() {
            last = a[i];
        } else {
            a[i] = last;
        }
    }
}

#[par_scan(threshold = CUTOFF, twin = plain_filled_from_the_left)]
fn filled_from_the_left(a: &mut [Option<i64>]) {
    for i in 1..a.len() {
        if a[i].is_none() {
            a[i] = a[i - 1];
        }
    }
}

#[par_scan(threshold = CUTOFF, twin = plain_starts_and_ends)]
fn starts_and_ends(items: &mut [Item]) {
    let mut at = 10;
    for it in items.iter_mut() {
        it.start = at;
        at += it.w;
        it.end = at;
    }
}

#[par_scan(threshold = CUTOFF, twin = plain_ends_from_starts)]
fn ends_from_starts(items: &mut [Item]) {
    let mut end = 0;
    for item in items {
        item.start = end;
        item.end = item.start + item.w;
        end = item.end;
    }
}

#[par_scan(threshold = CUTOFF, twin = plain_by_index)]
fn by_index(items: &mut Vec<Item>) {
    let mut at = 10;
    for i in 0..items.len() {
        items[i].start = at;
        at = at + items[i].w;
        items[i].end = at;
    }
}

impl Grid {
    #[par_scan(threshold = CUTOFF, twin = plain_before_each)]
    fn before_each(&mut self) {
        for i in 0..self.cells.len() {
            let old = self.cells[i];
            self.cells[i] = self.sum;
            self.sum += old;
        }
    }
}

impl Grid {
    #[par_scan(threshold = CUTOFF, twin = plain_chained)]
    fn chained(&mut self) {
        for i in 1..self.cells.len() {
            self.cells[i] += self.cells[i - 1] + self.sum;
        }
    }
}

#[par_scan(threshold = CUTOFF, twin = plain_restarting_sums)]
fn restarting_sums(a: &[(u32, i64)]) -> Vec<i64> {
    let mut out = vec![0; a.len()];
    for i in 0..a.len() {
        if i > 0 && a[i].0 == a[i - 1].0 {
            out[i] = out[i - 1] + a[i].1;
        } else {
            out[i] = a[i].1;
        }
    }
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_sums_by_key)]
fn sums_by_key(a: &[(u32, i64)]) -> Vec<i64> {
    let mut out: Vec<i64> = a.iter().map(|p| p.1).collect();
    for i in 1..a.len() {
        if a[i].0 == a[i - 1].0 {
            out[i] += out[i - 1];
        }
    }
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_by_match)]
fn by_match(a: &[(u32, i64)]) -> Vec<i64> {
    let mut out: Vec<i64> = vec![1; a.len()];
    for i in 1..a.len() {
        match a[i].1 % 3 {
            0 => out[i] = out[i - 1] + 1,
            1 => out[i] = 0,
            _ => {}
        }
    }
    out
}

#[test]
fn elements_of_ones_own() {
    for seed in 0..3 {
        for &n in LENGTHS {
            let xs = us(n, seed);
            same(
                "sums_before",
                || {
                    let mut ys = xs.clone();
                    let ys = &mut ys;
                    {
                        plain_sums_before(ys);
                        ys.clone()
                    }
                },
                || {
                    let mut ys = xs.clone();
                    let ys = &mut ys;
                    {
                        sums_before(ys);
                        ys.clone()
                    }
                },
            );
            same(
                "exchanged",
                || {
                    let mut ys = xs.clone();
                    let ys = &mut ys;
                    {
                        plain_exchanged(ys);
                        ys.clone()
                    }
                },
                || {
                    let mut ys = xs.clone();
                    let ys = &mut ys;
                    {
                        exchanged(ys);
                        ys.clone()
                    }
                },
            );
            let xs = ints(n, seed);
            same(
                "two_arrays",
                || {
                    let mut ys = xs.clone();
                    let ys = &mut ys;
                    {
                        let mut v = vec![0; ys.len()];
                        plain_two_arrays(ys, &mut v);
                        (v, ys.clone())
                    }
                },
                || {
                    let mut ys = xs.clone();
                    let ys = &mut ys;
                    {
                        let mut v = vec![0; ys.len()];
                        two_arrays(ys, &mut v);
                        (v, ys.clone())
                    }
                },
            );
            same(
                "clamped_in_place",
                || {
                    let mut ys = xs.clone();
                    let ys = &mut ys;
                    {
                        plain_clamped_in_place(ys);
                        ys.clone()
                    }
                },
                || {
                    let mut ys = xs.clone();
                    let ys = &mut ys;
                    {
                        clamped_in_place(ys);
                        ys.clone()
                    }
                },
            );
            let xs = opts(n, seed);
            same(
                "filled_by_index",
                || {
                    let mut ys = xs.clone();
                    let ys = &mut ys;
                    {
                        plain_filled_by_index(ys);
                        ys.clone()
                    }
                },
                || {
                    let mut ys = xs.clone();
                    let ys = &mut ys;
                    {
                        filled_by_index(ys);
                        ys.clone()
                    }
                },
            );
            same(
                "filled_from_the_left",
                || {
                    let mut ys = xs.clone();
                    let ys = &mut ys;
                    {
                        plain_filled_from_the_left(ys);
                        ys.clone()
                    }
                },
                || {
                    let mut ys = xs.clone();
                    let ys = &mut ys;
                    {
                        filled_from_the_left(ys);
                        ys.clone()
                    }
                },
            );
        }
    }
}

#[test]
fn fields_of_items() {
    for seed in 0..3 {
        for &n in LENGTHS {
            let xs = us(n, seed);
            same(
                "starts_and_ends",
                || {
                    let mut ys = xs.clone();
                    let ys = &mut ys;
                    {
                        let mut v: Vec<Item> = ys.iter().map(|&w| Item { w, start: 0, end: 0 }).collect();
                        plain_starts_and_ends(&mut v);
                        v
                    }
                },
                || {
                    let mut ys = xs.clone();
                    let ys = &mut ys;
                    {
                        let mut v: Vec<Item> = ys.iter().map(|&w| Item { w, start: 0, end: 0 }).collect();
                        starts_and_ends(&mut v);
                        v
                    }
                },
            );
            same(
                "ends_from_starts",
                || {
                    let mut ys = xs.clone();
                    let ys = &mut ys;
                    {
                        let mut v: Vec<Item> = ys.iter().map(|&w| Item { w, start: 0, end: 0 }).collect();
                        plain_ends_from_starts(&mut v);
                        v
                    }
                },
                || {
                    let mut ys = xs.clone();
                    let ys = &mut ys;
                    {
                        let mut v: Vec<Item> = ys.iter().map(|&w| Item { w, start: 0, end: 0 }).collect();
                        ends_from_starts(&mut v);
                        v
                    }
                },
            );
            same(
                "by_index",
                || {
                    let mut ys = xs.clone();
                    let ys = &mut ys;
                    {
                        let mut v: Vec<Item> = ys.iter().map(|&w| Item { w, start: 0, end: 0 }).collect();
                        plain_by_index(&mut v);
                        v
                    }
                },
                || {
                    let mut ys = xs.clone();
                    let ys = &mut ys;
                    {
                        let mut v: Vec<Item> = ys.iter().map(|&w| Item { w, start: 0, end: 0 }).collect();
                        by_index(&mut v);
                        v
                    }
                },
            );
        }
    }
}

#[test]
fn fields_of_the_receiver() {
    for seed in 0..3 {
        for &n in LENGTHS {
            let xs = us(n, seed);
            same(
                "before_each",
                || {
                    let mut ys = xs.clone();
                    let ys = &mut ys;
                    {
                        let mut g = Grid {
                            cells: ys.clone(),
                            sum: 3,
                        };
                        g.plain_before_each();
                        (g.cells, g.sum)
                    }
                },
                || {
                    let mut ys = xs.clone();
                    let ys = &mut ys;
                    {
                        let mut g = Grid {
                            cells: ys.clone(),
                            sum: 3,
                        };
                        g.before_each();
                        (g.cells, g.sum)
                    }
                },
            );
            same(
                "chained",
                || {
                    let mut ys = xs.clone();
                    let ys = &mut ys;
                    {
                        let mut g = Grid {
                            cells: ys.clone(),
                            sum: 3,
                        };
                        g.plain_chained();
                        (g.cells, g.sum)
                    }
                },
                || {
                    let mut ys = xs.clone();
                    let ys = &mut ys;
                    {
                        let mut g = Grid {
                            cells: ys.clone(),
                            sum: 3,
                        };
                        g.chained();
                        (g.cells, g.sum)
                    }
                },
            );
        }
    }
}

#[test]
fn segments() {
    for seed in 0..3 {
        for &n in LENGTHS {
            let xs = keyed(n, seed);
            same(
                "restarting_sums",
                || plain_restarting_sums(&xs),
                || restarting_sums(&xs),
            );
            same("sums_by_key", || plain_sums_by_key(&xs), || sums_by_key(&xs));
            same("by_match", || plain_by_match(&xs), || by_match(&xs));
        }
    }
}
