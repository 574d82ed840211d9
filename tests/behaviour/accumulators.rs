//! Accumulators by operation, target and start value.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use divvy::par_reduce;

use crate::{CUTOFF, LENGTHS, numbers, same};

#[derive(Debug, PartialEq, Clone, Copy)]
struct Operators {
    sum: u64,
    left: u64,
    product: u32,
    ones: u64,
    zeros: u64,
    parity: u64,
    all: bool,
    any: bool,
    hash: u32,
    bright: u8,
}

#[par_reduce(threshold = CUTOFF, twin = plain_operators)]
fn operators(xs: &[u64], budget: u64) -> Operators {
    let mut sum = budget / 2;
    let mut left = budget;
    let mut product = 3u32;
    let (mut ones, mut zeros, mut parity) = (1 << 40, !0, 5);
    let mut all = true;
    let mut any = false;
    let mut hash = 7u32;
    let mut bright = 200u8;
    for &x in xs {
        sum = sum + x + 1;
        left -= x;
        product = product.wrapping_mul(x as u32 | 1);
        ones |= x;
        zeros = x & zeros;
        parity ^= x;
        all = all && x < 90;
        any = x == 50 || any;
        hash = hash.wrapping_add(x as u32 * 31);
        bright = bright.saturating_add((x % 3) as u8);
    }
    Operators {
        sum,
        left,
        product,
        ones,
        zeros,
        parity,
        all,
        any,
        hash,
        bright,
    }
}

#[test]
fn operators_in_all_their_spellings() {
    for &n in LENGTHS {
        let xs = numbers(1, n, 100);
        let need: u64 = xs.iter().sum();
        // one less than needed underflows, in a build with overflow checks, in the parallel one as in the other
        for budget in [1 << 30, need, need.saturating_sub(1)] {
            same(
                &format!("n = {n}, {budget}"),
                || plain_operators(&xs, budget),
                || operators(&xs, budget),
            );
        }
    }
}

#[par_reduce(threshold = CUTOFF, twin = plain_signed)]
fn signed(xs: &[u64]) -> (i64, i64) {
    let mut balance = -5i64;
    let mut both = 0;
    for &x in xs {
        balance = balance - x as i64;
        if x % 2 == 0 {
            both += x as i64;
        } else {
            both -= x as i64;
        }
    }
    (balance, both)
}

#[test]
fn sums_that_go_both_ways() {
    for &n in LENGTHS {
        let xs = numbers(2, n, 1_000);
        same(&format!("n = {n}"), || plain_signed(&xs), || signed(&xs));
    }
}

type Collected = (Vec<u64>, VecDeque<u64>, String, Vec<char>);

#[par_reduce(threshold = CUTOFF, twin = plain_collected)]
fn collected(xs: &[u64]) -> Collected {
    let mut even = vec![1_000];
    let mut deque = VecDeque::new();
    let mut text = String::from("<");
    let mut letters = Vec::new();
    for (i, &x) in xs.iter().enumerate() {
        if x % 2 == 0 {
            even.push(x);
            even.extend([x, i as u64]);
        }
        deque.push_back(x);
        match x % 4 {
            0 => text.push('a'),
            1 => text += "bc",
            2 => text.push_str(&format!("{x};")),
            _ => letters.extend_from_slice(&['x', 'y']),
        }
    }
    (even, deque, text, letters)
}

#[test]
fn collections_keep_their_order() {
    for &n in LENGTHS {
        let xs = numbers(3, n, 50);
        same(&format!("n = {n}"), || plain_collected(&xs), || collected(&xs));
    }
}

type Maps<'a> = (
    HashMap<u64, u32>,
    BTreeMap<u64, Vec<usize>>,
    HashMap<u64, &'a str>,
    BTreeSet<u64>,
    HashSet<u64>,
);

#[par_reduce(threshold = CUTOFF, twin = plain_maps)]
fn maps<'a>(xs: &[u64], names: &[&'a str]) -> Maps<'a> {
    let mut count = HashMap::from([(3, 100)]);
    let mut places: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    let mut latest = HashMap::new();
    let mut seen = BTreeSet::new();
    let mut large = HashSet::from([9]);
    for i in 0..xs.len() {
        *count.entry(xs[i]).or_insert(0) += 1;
        places.entry(xs[i] % 5).or_default().push(i);
        latest.insert(xs[i], names[i % names.len()]);
        seen.insert(xs[i] / 2);
        if xs[i] > 7 {
            large.insert(xs[i]);
        }
    }
    (count, places, latest, seen, large)
}

#[test]
fn maps_and_sets_merge_in_order() {
    for &n in LENGTHS {
        let xs = numbers(4, n, 20);
        same(
            &format!("n = {n}"),
            || plain_maps(&xs, &["a", "b", "c"]),
            || maps(&xs, &["a", "b", "c"]),
        );
    }
}

type Tables = ([u32; 10], Vec<Vec<u64>>, Vec<Vec<usize>>);

#[par_reduce(threshold = CUTOFF, twin = plain_tables)]
fn tables(xs: &[u64]) -> Tables {
    let mut counts = [2; 10];
    let mut pairs = vec![vec![1; 4]; 3];
    let mut buckets = vec![Vec::new(); 5];
    for (i, &x) in xs.iter().enumerate() {
        counts[x as usize % 10] += 1;
        pairs[i % 3][x as usize % 4] += x;
        buckets[x as usize % 5].push(i);
    }
    (counts, pairs, buckets)
}

#[test]
fn tables_are_combined_cell_by_cell() {
    for &n in LENGTHS {
        let xs = numbers(5, n, 1_000);
        same(&format!("n = {n}"), || plain_tables(&xs), || tables(&xs));
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Totals {
    parts: (u64, u64),
    log: Vec<u64>,
    largest: u64,
}

impl Totals {
    #[par_reduce(threshold = CUTOFF, twin = plain_add)]
    fn add(&mut self, xs: &[u64], count: &mut usize, log: &mut Vec<usize>, boxed: &mut Box<u64>) {
        for (i, &x) in xs.iter().enumerate() {
            self.parts.0 += x;
            self.parts.1 ^= x;
            self.log.push(x);
            self.largest = self.largest.max(x);
            *count += 1;
            **boxed += x;
            if x % 9 == 0 {
                log.push(i);
            }
        }
    }
}

#[test]
fn fields_and_references_accumulate() {
    for &n in LENGTHS {
        let xs = numbers(6, n, 100);
        let start = Totals {
            parts: (3, 4),
            log: vec![5],
            largest: 50,
        };
        let run = |add: fn(&mut Totals, &[u64], &mut usize, &mut Vec<usize>, &mut Box<u64>)| {
            let (mut totals, mut count, mut log, mut boxed) = (start.clone(), 2, vec![1], Box::new(7));
            add(&mut totals, &xs, &mut count, &mut log, &mut boxed);
            (totals, count, log, boxed)
        };
        same(&format!("n = {n}"), || run(Totals::plain_add), || run(Totals::add));
    }
}

#[par_reduce(threshold = CUTOFF, float = tree, twin = plain_mean)]
fn mean(xs: &[f64]) -> (f64, f64, usize) {
    let mut sum = 0.0;
    let mut product = 1.0;
    let mut count = 0;
    for x in xs {
        sum += x;
        product *= 1.0 + x * 1e-18;
        count += 1;
    }
    (sum, product, count)
}

#[par_reduce(threshold = CUTOFF, float = any)]
fn dot(xs: &[f32], ys: &[f32]) -> f32 {
    let mut dot = 0.0;
    for (x, y) in xs.iter().zip(ys) {
        dot += x * y;
    }
    dot
}

#[test]
fn a_tree_of_floats_has_the_same_bits_everywhere() {
    for n in [0, 1, 7, 1_000, 5_000, 50_001] {
        let xs: Vec<f64> = numbers(7, n, 1 << 40).iter().map(|&x| x as f64 / 3.0).collect();
        let bits = |(sum, product, count): (f64, f64, usize)| (sum.to_bits(), product.to_bits(), count);
        let want = bits(mean(&xs));
        same(&format!("n = {n}"), || want, || bits(mean(&xs)));
        let (sum, product, count) = plain_mean(&xs);
        let (s, p, c) = mean(&xs);
        assert!((sum - s).abs() <= sum.abs() * 1e-12 && (product - p).abs() <= product.abs() * 1e-9 && count == c);
    }
}

#[test]
fn any_grouping_is_close() {
    let xs: Vec<f32> = (0..10_000).map(|x| (x % 7) as f32).collect();
    let want: f32 = xs.iter().map(|x| x * x).sum();
    for threads in [1, 2, 8] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        assert!((pool.install(|| dot(&xs, &xs)) - want).abs() <= want * 1e-5);
    }
}

#[par_reduce(threshold = CUTOFF, twin = plain_generic)]
fn generic<T: divvy::Monoid<divvy::ops::Add> + std::ops::AddAssign + Copy + Send + Sync>(xs: &[T], start: T) -> T {
    let mut sum = start;
    for &x in xs {
        sum += x;
    }
    sum
}

#[test]
fn generic_elements_bring_their_law() {
    for &n in LENGTHS {
        let xs = numbers(8, n, 1_000);
        same(&format!("n = {n}"), || plain_generic(&xs, 7), || generic(&xs, 7));
        let xs: Vec<_> = xs.iter().map(|&x| std::num::Wrapping(x as u8)).collect();
        same(
            "wrapping",
            || plain_generic(&xs, xs.len().try_into().map(std::num::Wrapping).unwrap_or_default()),
            || generic(&xs, xs.len().try_into().map(std::num::Wrapping).unwrap_or_default()),
        );
    }
}

/// A marker for "the first one that is there".
struct First;

impl divvy::Associative<First> for Option<u64> {
    fn combine(left: &mut Self, right: Self) {
        *left = left.or(right);
    }
}

impl divvy::Monoid<First> for Option<u64> {
    fn identity() -> Self {
        None
    }
}

fn keep(first: &mut Option<u64>, x: u64) {
    first.get_or_insert(x);
}

#[par_reduce(threshold = CUTOFF, reduce(first: First), twin = plain_first)]
fn first(xs: &[u64]) -> (Option<u64>, u64) {
    let mut first = None;
    let mut sum = 0;
    for &x in xs {
        if x > 5 {
            keep(&mut first, x);
        }
        sum += x;
    }
    (first, sum)
}

#[test]
fn a_named_operation_combines_what_is_not_recognised() {
    for &n in LENGTHS {
        let xs = numbers(9, n, 10);
        same(&format!("n = {n}"), || plain_first(&xs), || first(&xs));
    }
}

#[par_reduce(threshold = CUTOFF, twin = plain_without_semicolons)]
fn without_semicolons(xs: &[u64]) -> (Vec<u64>, Vec<u64>, String) {
    let mut even = Vec::new();
    let mut rest = Vec::new();
    let mut text = String::new();
    for x in xs {
        if x % 2 == 0 {
            even.push(*x)
        } else if x % 3 == 0 {
            rest.extend([*x, 1])
        }
        match x % 5 {
            0 => text.push_str("five"),
            1 => {
                let digit = x.to_string();
                text.push_str(&digit)
            }
            _ => text.push('.'),
        }
    }
    for x in xs {
        rest.push(x / 2)
    }
    (even, rest, text)
}

#[test]
fn appends_without_a_semicolon() {
    for &n in LENGTHS {
        let xs = numbers(5, n, 100);
        same(
            &format!("n = {n}"),
            || plain_without_semicolons(&xs),
            || without_semicolons(&xs),
        );
    }
}
#[par_reduce(threshold = CUTOFF, twin = slices_twin)]
fn slices(histogram: &mut [u64], table: &mut [Vec<u32>], xs: &[u64]) -> u64 {
    let mut sum = 0;
    for x in xs {
        histogram[*x as usize % 7] += 1;
        histogram[*x as usize % 3] += 2;
        table[*x as usize % 2][*x as usize % 3] += 1;
        sum += x;
    }
    sum
}

#[test]
fn slices_that_somebody_else_owns() {
    for &n in LENGTHS {
        let xs: Vec<u64> = (0..n as u64).map(|i| i * i).collect();
        let run = |f: fn(&mut [u64], &mut [Vec<u32>], &[u64]) -> u64| {
            let (mut histogram, mut table) = (vec![5; 8], vec![vec![1; 3]; 2]);
            let sum = f(&mut histogram, &mut table, &xs);
            (histogram, table, sum)
        };
        same(&format!("n = {n}"), || run(slices_twin), || run(slices));
    }
}

#[par_reduce(threshold = CUTOFF, twin = extended_twin)]
fn extended(rows: &[Vec<u64>]) -> (BTreeSet<u64>, HashMap<u64, usize>) {
    let (mut all, mut last) = (BTreeSet::new(), HashMap::new());
    for row in rows {
        all.extend(row);
        last.extend(row.iter().map(|x| (*x, row.len())));
    }
    (all, last)
}

#[test]
fn maps_and_sets_that_are_extended() {
    for &n in LENGTHS {
        let rows: Vec<Vec<u64>> = (0..n as u64)
            .map(|i| (0..i % 5).map(|k| k * i % 11).collect())
            .collect();
        same(&format!("n = {n}"), || extended_twin(&rows), || extended(&rows));
    }
}

mod cells_and_entries_that_go_both_ways {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::par_reduce;
    use std::collections::*;
    #[par_reduce(threshold = 8, twin = p1)]
    fn f1(xs: &[(usize, i64)]) -> (Vec<i64>, HashMap<usize, i64>) {
        let mut t = vec![5i64; 7];
        let mut m = HashMap::from([(1, 4)]);
        for &(k, v) in xs {
            if v > 20 {
                t[k % 7] += v;
                *m.entry(k % 5).or_insert(0) -= v;
            } else {
                t[k % 7] -= 2 * v;
                *m.entry(k % 3).or_insert(0) += 1;
            }
        }
        (t, m)
    }
    #[par_reduce(threshold = 8, twin = p2)]
    fn f2(xs: &[(usize, i64)], t: &mut [i64], g: &mut Vec<[i32; 2]>) {
        for &(k, v) in xs {
            t[k % 7] -= v;
            g[k % 2][k % 2] -= 1;
        }
    }
    #[par_reduce(float = tree, threshold = 8, twin = p3)]
    fn f3(xs: &[(usize, i64)]) -> Vec<f64> {
        let mut t = vec![5.0; 7];
        for &(k, v) in xs {
            t[k % 7] += v as f64;
            t[(k + 1) % 7] -= v as f64;
        }
        t
    }

    #[test]
    fn cells_and_entries_that_go_both_ways() {
        for &n in SIZES {
            let v: Vec<(usize, i64)> = numbers(1, n, 50).iter().map(|x| (*x as usize, *x as i64)).collect();
            same("1", || p1(&v), || f1(&v));
            let r = |f: fn(&[(usize, i64)], &mut [i64], &mut Vec<[i32; 2]>)| {
                let mut t = vec![1; 7];
                let mut g = vec![[3, 4]; 2];
                f(&v, &mut t, &mut g);
                (t, g)
            };
            same("2", || r(p2), || r(f2));
            same("3", || p3(&v), || f3(&v));
        }
    }
}

mod through_a_reference_or_without {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::{par_divide, par_reduce};

    #[par_reduce(threshold = 8, twin = p1)]
    fn f1(xs: &[u64], out: &mut String) {
        for x in xs {
            out.push_str(&x.to_string());
            *out += ",";
        }
    }
    #[par_reduce(threshold = 8, twin = p2)]
    fn f2(xs: &[u64], out: &mut Vec<u64>, sums: &mut (u64, u64)) {
        for x in xs {
            (*out).push(*x);
            sums.0 += x;
            out.extend([3]);
            (*sums).0 += 1;
            (*sums).1 ^= x;
        }
    }
    #[par_divide(twin = p3)]
    fn f3(xs: &[u64], out: &mut String) {
        out.push('(');
        for part in xs
            .chunks(xs.len().div_ceil(3).max(1))
            .filter(|part| part.len() < xs.len())
        {
            f3(part, out);
            *out += ",";
        }
    }

    #[test]
    fn through_a_reference_or_without() {
        for &n in SIZES {
            let v = numbers(1, n, 50);
            let text = |f: fn(&[u64], &mut String)| {
                let mut out = String::from("a");
                f(&v, &mut out);
                out
            };
            same("1", || text(p1), || text(f1));
            let both = |f: fn(&[u64], &mut Vec<u64>, &mut (u64, u64))| {
                let (mut out, mut sums) = (vec![1], (2, 3));
                f(&v, &mut out, &mut sums);
                (out, sums)
            };
            same("2", || both(p2), || both(f2));
            same("3", || text(p3), || text(f3));
        }
    }
}
