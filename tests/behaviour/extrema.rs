//! Minima, maxima and the better of two, with the sequential program's choice among equals.

use std::cmp::{Ordering, min};

use divvy::{Executor, par_reduce};

use crate::{CUTOFF, LENGTHS, numbers, same};

/// Equal by its key, told apart by its tag.
#[derive(Clone, Copy, Debug)]
struct Tagged {
    key: u64,
    tag: usize,
}

impl PartialEq for Tagged {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Tagged {}

impl PartialOrd for Tagged {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Tagged {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key.cmp(&other.key)
    }
}

fn tagged(seed: u64, n: usize, kinds: u64) -> Vec<Tagged> {
    numbers(seed, n, kinds)
        .into_iter()
        .enumerate()
        .map(|(tag, key)| Tagged { key, tag })
        .collect()
}

#[par_reduce(threshold = CUTOFF, twin = plain_calls)]
fn calls(xs: &[Tagged], seed: Tagged) -> [Tagged; 6] {
    let (mut a, mut b, mut c, mut d) = (seed, seed, seed, seed);
    let mut e = seed;
    let mut f = seed;
    for &x in xs {
        a = a.min(x);
        b = b.max(x);
        c = x.min(c);
        d = x.max(d);
        e = min(e, x);
        f = std::cmp::max(x, f);
    }
    [a, b, c, d, e, f]
}

#[test]
fn of_equal_values_the_sequential_one_stays() {
    for &n in LENGTHS {
        for kinds in [1, 2, 5, 1_000] {
            let xs = tagged(1, n, kinds);
            for key in [0, 1, 4, 2_000] {
                let seed = Tagged { key, tag: usize::MAX };
                let tags = |found: [Tagged; 6]| found.map(|t| (t.key, t.tag));
                same(
                    &format!("n = {n}, {kinds} kinds, seed {key}"),
                    || tags(plain_calls(&xs, seed)),
                    || tags(calls(&xs, seed)),
                );
            }
        }
    }
}

type Best<T> = [(usize, T); 4];

#[par_reduce(threshold = CUTOFF, twin = plain_guards)]
fn guards<T: PartialOrd + Copy + Send + Sync>(xs: &[T], seed: T, on: impl Fn(usize) -> bool + Sync) -> Best<T> {
    let (mut lt, mut at_lt) = (seed, 900);
    let (mut le, mut at_le) = (seed, 901);
    let mut gt = seed;
    let mut at_gt = 902;
    let (mut at_ge, mut ge) = (903, seed);
    for (i, x) in xs.iter().enumerate() {
        if !on(i) {
            continue;
        }
        if *x < lt {
            lt = *x;
            at_lt = i;
        }
        if le >= *x {
            at_le = i;
            le = *x;
        }
        if i > 0 && gt < *x {
            gt = *x;
            at_gt = i;
        }
        if *x >= ge && on(i + 1) {
            ge = *x;
            at_ge = i;
        }
    }
    [(at_lt, lt), (at_le, le), (at_gt, gt), (at_ge, ge)]
}

#[test]
fn the_better_of_two_keeps_first_or_last() {
    for &n in LENGTHS {
        for kinds in [1, 2, 5, 1_000] {
            let xs = numbers(2, n, kinds);
            for every in [1, 2, 7, 10_000] {
                for seed in [0, 1, 4, 2_000] {
                    let on = |i: usize| i % every == every / 2;
                    let what = format!("n = {n}, {kinds} kinds, 1 in {every}, seed {seed}");
                    same(&what, || plain_guards(&xs, seed, on), || guards(&xs, seed, on));
                }
            }
        }
    }
}

#[test]
fn a_nan_never_wins() {
    let values = [
        f64::NAN,
        1.0,
        0.5,
        f64::NAN,
        0.5,
        -0.0,
        0.0,
        f64::INFINITY,
        f64::NAN,
        1.0,
    ];
    let bits = |found: Best<f64>| found.map(|(i, x)| (i, x.to_bits()));
    for n in 0..=values.len() {
        for seed in [0.25, f64::NAN, f64::NEG_INFINITY] {
            let xs = &values[..n];
            same(
                &format!("n = {n}, seed {seed}"),
                || bits(plain_guards(xs, seed, |_| true)),
                || bits(guards(xs, seed, |_| true)),
            );
        }
    }
}

#[par_reduce(threshold = CUTOFF, twin = plain_positions)]
fn positions(xs: &[u64], words: &[String]) -> (usize, usize, String, Option<String>, (u64, usize)) {
    let mut top = 0;
    let mut bottom = 0;
    let mut longest = String::new();
    let mut greatest = None;
    let (mut cost, mut index) = (u64::MAX, usize::MAX);
    for i in 0..xs.len() {
        if xs[i] > xs[top] {
            top = i;
        }
        if xs[bottom] >= xs[i] {
            bottom = i;
        }
        let word = &words[i];
        if word.len() > longest.len() {
            longest = word.clone();
        }
        greatest = greatest.max(Some(word.to_string()));
        if (xs[i], i) < (cost, index) {
            cost = xs[i];
            index = i;
        }
    }
    (top, bottom, longest, greatest, (cost, index))
}

#[test]
fn positions_words_and_pairs() {
    for &n in LENGTHS {
        for kinds in [1, 3, 100] {
            let xs = numbers(3, n, kinds);
            let words: Vec<String> = xs
                .iter()
                .enumerate()
                .map(|(i, x)| format!("{:x<1$}", i % 10, *x as usize))
                .collect();
            same(
                &format!("n = {n}, {kinds} kinds"),
                || plain_positions(&xs, &words),
                || positions(&xs, &words),
            );
        }
    }
}

#[par_reduce(threshold = CUTOFF, twin = plain_floats)]
fn floats(xs: &[f64]) -> (f64, f64) {
    let mut low = f64::NAN;
    let mut high = f64::NEG_INFINITY;
    for &x in xs {
        low = low.min(x);
        high = f64::max(high, x);
    }
    (low, high)
}

#[test]
fn float_extrema_pass_over_nan() {
    for &n in LENGTHS {
        let xs: Vec<f64> = numbers(4, n, 100)
            .iter()
            .map(|&x| if x % 10 == 3 { f64::NAN } else { x as f64 - 50.5 })
            .collect();
        let bits = |(a, b): (f64, f64)| (a.to_bits(), b.to_bits());
        same(&format!("n = {n}"), || bits(plain_floats(&xs)), || bits(floats(&xs)));
    }
}

type Found = (Option<(usize, u64)>, Option<u64>, Option<(u64, usize)>, Option<String>);

#[par_reduce(threshold = CUTOFF, twin = plain_options)]
fn options(xs: &[u64], least: u64) -> Found {
    let mut far = None;
    let mut near: Option<u64> = Some(least);
    let mut last = None;
    let mut longest: Option<String> = None;
    for (i, &x) in xs.iter().enumerate() {
        if far.is_none_or(|(_, most)| x > most) {
            far = Some((i, x));
        }
        if near.map_or(true, |n| n >= x) {
            near = Some(x);
        }
        if let Some((most, _)) = last {
            if x >= most {
                last = Some((x, i));
            }
        } else {
            last = Some((x, i));
        }
        let word = format!("{:>1$}", i, x as usize % 20);
        if longest.as_ref().is_none_or(|l| l.len() < word.len()) {
            longest = Some(word);
        }
    }
    (far, near, last, longest)
}

#[test]
fn the_better_of_two_in_an_option() {
    for &n in LENGTHS {
        for kinds in [1, 3, 100] {
            let xs = numbers(5, n, kinds);
            for least in [0, 2, 1_000] {
                same(
                    &format!("n = {n}, {kinds} kinds"),
                    || plain_options(&xs, least),
                    || options(&xs, least),
                );
            }
        }
    }
}

type Reached<'a> = (Option<(usize, f64)>, Option<f64>, Option<&'a f32>);

#[par_reduce(twin = plain_unordered)]
fn unordered<'a>(xs: &[f64], costs: &'a [f32]) -> Reached<'a> {
    let mut far = None;
    let mut near = None;
    let mut last: Option<&f32> = None;
    for (i, (&x, cost)) in xs.iter().zip(costs).enumerate() {
        if far.is_none_or(|(_, most)| x > most) {
            far = Some((i, x));
        }
        if i % 3 != 0 {
            if let Some(least) = near {
                if x < least {
                    near = Some(x);
                }
            } else {
                near = Some(x);
            }
        }
        if last.is_none() || cost <= last.unwrap() {
            last = Some(cost);
        }
    }
    (far, near, last)
}

#[test]
fn the_first_nan_of_all_stays_and_no_other() {
    let spread = numbers(11, 2_000, 7);
    for (round, draw) in spread.windows(9).enumerate() {
        let of = |&n: &u64| match n {
            0..3 => f64::NAN,
            n => n as f64,
        };
        let xs: Vec<f64> = draw[..round % 10].iter().map(of).collect();
        let costs: Vec<f32> = xs.iter().rev().map(|&x| x as f32).collect();
        let expected = format!("{:?}", plain_unordered(&xs, &costs));
        for seed in 0..4 {
            let seed = seed + round as u64;
            let found = divvy::with(Executor::Adversarial { seed }, || unordered(&xs, &costs));
            assert_eq!(format!("{found:?}"), expected, "{xs:?}, seed {seed}");
        }
    }
}

#[par_reduce(threshold = 2, twin = plain_by_comparison)]
fn by_comparison(xs: &[f64], start: f64) -> [f64; 6] {
    let (mut low, mut high, mut last) = (start, start, start);
    let (mut chosen, mut kept, mut at) = (start, start, -1.0);
    for (i, &x) in xs.iter().enumerate() {
        if x < low {
            low = x;
        }
        high = high.max(x);
        if x >= last {
            last = x;
            at = i as f64;
        }
        chosen = if x > chosen { x } else { chosen };
        kept = if kept <= x { kept } else { x };
    }
    // std leaves open which of two zeros `max` returns
    [low, high + 0.0, last, at, chosen, kept]
}

#[par_reduce(threshold = 2, twin = plain_range)]
fn range(xs: &[f64]) -> (f64, f64) {
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for &x in xs {
        if x < low {
            low = x;
        } else if x > high {
            high = x;
        }
    }
    (low, high)
}

/// NaN and zeros of both signs, in all short lists: the bits are those of the loop.
#[test]
fn odd_floats_are_where_the_loop_leaves_them() {
    const VALUES: [f64; 6] = [0.0, -0.0, f64::NAN, 1.0, -1.0, f64::INFINITY];
    let bits = |xs: &[f64]| xs.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
    for n in 0..=4 {
        for number in 0..VALUES.len().pow(n) {
            let xs: Vec<f64> = (0..n)
                .map(|i| VALUES[number / VALUES.len().pow(i) % VALUES.len()])
                .collect();
            for seed in 0..4 {
                let executor = divvy::Executor::Adversarial { seed };
                for start in VALUES {
                    let found = divvy::with(executor, || by_comparison(&xs, start));
                    assert_eq!(
                        bits(&found),
                        bits(&plain_by_comparison(&xs, start)),
                        "{xs:?} from {start}"
                    );
                }
                let (low, high) = divvy::with(executor, || range(&xs));
                let (plain_low, plain_high) = plain_range(&xs);
                assert_eq!(bits(&[low, high]), bits(&[plain_low, plain_high]), "{xs:?}");
            }
        }
    }
}

mod what_is_done_with_a_better_one {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::par_reduce;

    #[par_reduce(threshold = 8, twin = plain)]
    fn records(xs: &[u64]) -> (u64, usize) {
        let mut best = 10;
        let mut records = 0;
        for x in xs {
            if *x > best {
                best = *x;
                records += 1;
            }
        }
        (best, records)
    }
    #[par_reduce(threshold = 8, twin = plain2)]
    fn of_both(xs: &[u64]) -> (u64, u64, usize) {
        let (mut low, mut high, mut records) = (20, 20, 0);
        for x in xs {
            if *x < low {
                low = *x;
                records += 1;
            }
            if *x > high {
                high = *x;
                records += 1;
            }
        }
        (low, high, records)
    }
    #[par_reduce(threshold = 8, twin = plain3)]
    fn until(xs: &[u64]) -> (u64, u64) {
        let mut best = 10;
        let mut n = 0;
        for x in xs {
            if *x > best {
                best = *x;
                if best % 7 == 0 {
                    break;
                }
            }
            n += 1;
        }
        (best, n)
    }

    #[test]
    fn what_is_done_with_a_better_one() {
        for &n in SIZES {
            let v = numbers(1, n, 1000);
            same("1", || plain(&v), || records(&v));
            same("2", || plain2(&v), || of_both(&v));
            same("3", || plain3(&v), || until(&v));
        }
    }
}
