//! Independent statements against their twins.

use std::collections::BTreeMap;
use std::num::ParseIntError;

use divvy::par_join;

use crate::{LENGTHS, numbers, same};

fn total(xs: &[u64]) -> u64 {
    xs.iter().sum()
}

fn largest(xs: &[u64]) -> Option<u64> {
    xs.iter().copied().max()
}

fn rises(xs: &[u64]) -> usize {
    xs.windows(2).filter(|pair| pair[0] < pair[1]).count()
}

fn column(text: &str) -> Result<Vec<i64>, ParseIntError> {
    text.split_whitespace()
        .map(|word| {
            assert_ne!(word, "!", "garbage");
            word.parse()
        })
        .collect()
}

#[par_join(twin = plain_summary)]
fn summary(xs: &[u64]) -> (u64, Option<u64>, usize, usize) {
    let sum = total(xs);
    let n = xs.len();
    let largest = largest(xs);
    let rises = rises(xs);
    (sum, largest, rises, n)
}

#[test]
fn three_lets() {
    for &n in LENGTHS {
        let xs = numbers(3, n, 1000);
        same(&format!("n = {n}"), || plain_summary(&xs), || summary(&xs));
    }
}

#[par_join(twin = plain_operands)]
fn operands(xs: &[u64], ys: &[u64]) -> u64 {
    if xs.is_empty() {
        return 7;
    }
    total(xs) * 2 - total(ys).min(total(xs))
}

#[par_join(twin = plain_nested_result)]
fn nested_result(a: &str, b: &str) -> Result<(Vec<i64>, usize), ParseIntError> {
    Ok((column(a)?, column(b)?.len()))
}

#[par_join(twin = plain_arguments)]
fn arguments(xs: &[u64], ys: &[u64]) -> String {
    format!("{:?}", Some([largest(xs), largest(ys)])) + &vec![rises(xs), rises(ys)].len().to_string()
}

#[test]
fn operands_of_a_last_expression() {
    for &n in LENGTHS {
        let (xs, ys) = (numbers(3, n, 1000), numbers(4, n / 2, 1000));
        same(&format!("n = {n}"), || plain_operands(&xs, &ys), || operands(&xs, &ys));
        same(
            &format!("n = {n}"),
            || plain_arguments(&xs, &ys),
            || arguments(&xs, &ys),
        );
    }
    for a in ["1 2", "x", "99999999999999999999", "!", ""] {
        for b in ["3", "y", "-99999999999999999999", "1 !"] {
            same(
                &format!("{a} {b}"),
                || plain_nested_result(a, b),
                || nested_result(a, b),
            );
        }
    }
}

#[par_join(twin = plain_dot)]
fn dot(prices: &str, amounts: &str) -> Result<i64, ParseIntError> {
    let prices = column(prices)?;
    let amounts: Vec<i64> = column(amounts)?.into_iter().map(|x| x * 2).collect();
    Ok(prices.iter().zip(&amounts).map(|(p, a)| p * a).sum())
}

#[test]
fn the_first_error_or_panic_wins() {
    let texts = ["1 2 3", "x", "99999999999999999999", "! 1", "1 !", ""];
    for a in texts {
        for b in texts {
            same(&format!("{a} | {b}"), || plain_dot(a, b), || dot(a, b));
        }
    }
}

#[par_join(twin = plain_outline)]
fn outline(ground: &[i32], from_left: &mut [i32], from_right: &mut [i32]) {
    let mut highest = i32::MIN;
    for (place, height) in from_left.iter_mut().zip(ground) {
        highest = highest.max(*height);
        *place = highest;
    }
    let mut highest = i32::MIN;
    for (place, height) in from_right.iter_mut().zip(ground).rev() {
        highest = highest.max(*height);
        *place = highest;
    }
}

#[test]
fn loops_that_fill_two_parameters() {
    for &n in LENGTHS {
        let ground: Vec<_> = numbers(5, n, 100).into_iter().map(|x| x as i32 - 50).collect();
        let run = |outline: fn(&[i32], &mut [i32], &mut [i32])| {
            let (mut left, mut right) = (vec![0; n], vec![0; n]);
            outline(&ground, &mut left, &mut right);
            (left, right)
        };
        same(&format!("n = {n}"), || run(plain_outline), || run(outline));
    }
}

#[par_join(twin = plain_split)]
fn split(words: &[u64]) -> (Vec<u64>, BTreeMap<u64, usize>, u64) {
    let mut even = Vec::new();
    for &word in words {
        if word % 2 == 0 {
            even.push(word);
        }
    }
    even.sort_unstable();
    let mut counts = BTreeMap::new();
    for word in words {
        *counts.entry(*word).or_insert(0) += 1;
    }
    counts.remove(&3);
    let mut sum = 1;
    for word in words.iter().rev() {
        sum += word;
        if *word == 99 {
            break;
        }
    }
    even.dedup();
    (even, counts, sum)
}

#[test]
fn lets_and_the_loops_that_fill_them() {
    for &n in LENGTHS {
        let words = numbers(9, n, 200);
        same(&format!("n = {n}"), || plain_split(&words), || split(&words));
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Grid {
    cells: Vec<u64>,
}

impl Grid {
    fn step(&mut self) {
        for i in 1..self.cells.len() {
            self.cells[i] = self.cells[i].wrapping_mul(3).wrapping_add(self.cells[i - 1]);
        }
    }

    fn sum(&self) -> u64 {
        self.cells.iter().fold(0, |sum, x| sum.wrapping_add(*x))
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
struct World {
    land: Grid,
    sea: Grid,
    age: u32,
    mass: u64,
}

impl World {
    #[par_join(twin = plain_advance)]
    fn advance(&mut self, steps: u32) -> u64 {
        for _ in 0..steps {
            self.land.step();
            self.sea.step();
            self.age += 1;
        }
        self.mass
    }

    #[par_join(twin = plain_weigh)]
    fn weigh(&mut self) {
        self.land.step();
        self.sea.step();
        let land = self.land.sum();
        let sea = self.sea.sum();
        self.mass = land ^ sea;
    }

    #[par_join(twin = plain_sides)]
    fn sides(&self) -> (u64, u64) {
        let Self { land, sea, .. } = self;
        (land.sum(), sea.sum())
    }

    #[par_join(twin = plain_halves)]
    fn halves(&mut self) -> usize {
        let middle = self.land.cells.len() / 2;
        let (left, right) = self.land.cells.split_at_mut(middle);
        left.sort();
        right.sort_by(|a, b| b.cmp(a));
        self.sea.cells.reverse();
        middle
    }
}

fn world(n: usize) -> World {
    World {
        land: Grid {
            cells: numbers(1, n, 99),
        },
        sea: Grid {
            cells: numbers(2, n, 77),
        },
        ..World::default()
    }
}

#[test]
fn methods_on_disjoint_fields() {
    for &n in LENGTHS {
        let start = world(n);
        let run = |f: fn(&mut World)| {
            let mut world = start.clone();
            f(&mut world);
            world
        };
        let what = format!("n = {n}");
        same(&what, || run(|w| _ = w.plain_advance(3)), || run(|w| _ = w.advance(3)));
        same(&what, || run(World::plain_weigh), || run(World::weigh));
        same(&what, || run(|w| _ = w.plain_halves()), || run(|w| _ = w.halves()));
        same(&what, || start.plain_sides(), || start.sides());
    }
}

#[par_join(twin = plain_moved)]
fn moved(names: Vec<u64>, mut others: Vec<u64>, scale: u64) -> (usize, u64, Vec<u64>, u64) {
    let count = rises(&names.clone());
    let scaled: u64 = names.into_iter().map(|x| x * scale).sum();
    others.sort();
    let offset = scale + 1;
    let shifted = others.iter().map(|x| x + offset).collect();
    (count, scaled, shifted, offset)
}

#[test]
fn values_that_move_into_their_statement() {
    for &n in LENGTHS {
        let (names, others) = (numbers(1, n, 50), numbers(2, n, 50));
        let run = |f: fn(Vec<u64>, Vec<u64>, u64) -> (usize, u64, Vec<u64>, u64)| f(names.clone(), others.clone(), 3);
        same(&format!("n = {n}"), || run(plain_moved), || run(moved));
    }
}

#[par_join(twin = plain_early)]
fn early(xs: &[u64], ys: &[u64]) -> u64 {
    let sum = total(xs);
    if sum % 5 == 0 {
        return sum;
    }
    let Some(max) = largest(ys) else {
        return 1;
    };
    let both = if sum > max { total(ys) } else { rises(ys) as u64 };
    sum + max + both
}

#[test]
fn early_returns() {
    for seed in 0..20 {
        for n in [0, 1, 5, 40] {
            let (xs, ys) = (numbers(seed, n + 2, 100), numbers(seed + 1, n, 100));
            same(&format!("{seed} {n}"), || plain_early(&xs, &ys), || early(&xs, &ys));
        }
    }
}

#[par_join(twin = plain_shadowed)]
fn shadowed(data: &[u64]) -> (u64, usize) {
    let data = data.iter().map(|x| x / 2).collect::<Vec<_>>();
    assert!(data.len() < 100_000, "{data:?}");
    let sum = total(&data);
    let data = {
        let mut data = data.clone();
        data.sort();
        data
    };
    (sum, rises(&data))
}

#[test]
fn shadowed_names() {
    for &n in LENGTHS {
        let xs = numbers(7, n, 100);
        same(&format!("n = {n}"), || plain_shadowed(&xs), || shadowed(&xs));
    }
}

#[par_join(twin = plain_picked)]
fn picked(xs: &[u64], ys: &[u64], deep: bool) -> u64 {
    let first = rises(xs) as u64;
    let mut best = 0;
    if deep {
        #[fork]
        let a = total(xs);
        let skipped = rises(ys) as u64;
        #[fork]
        for y in ys {
            best = best.max(*y);
        }
        best += a + skipped;
    }
    first + best
}

#[test]
fn picked_statements() {
    for &n in LENGTHS {
        let (xs, ys) = (numbers(3, n, 1000), numbers(4, n, 1000));
        for deep in [false, true] {
            same(
                &format!("n = {n}"),
                || plain_picked(&xs, &ys, deep),
                || picked(&xs, &ys, deep),
            );
        }
    }
}

/// A way out that is asked before a loop ahead of it, which is a statement without a semicolon.
#[par_join(twin = plain_asked_before_a_loop)]
fn asked_before_a_loop(xs: &[u64], limit: u64) -> Vec<u64> {
    let mut large = vec![];
    for x in xs {
        if *x > 500 {
            large.push(*x);
        }
    }
    let mut n = 0;
    while n < xs.len() && xs[n] < 900 {
        n += 1;
    }
    if limit == 0 {
        return large;
    }
    let sum = total(xs);
    large.extend([sum, n as u64]);
    large
}

#[test]
fn ways_out_behind_loops() {
    for &n in LENGTHS {
        let xs = numbers(3, n, 1000);
        for limit in [0, 1] {
            same(
                &format!("n = {n}"),
                || plain_asked_before_a_loop(&xs, limit),
                || asked_before_a_loop(&xs, limit),
            );
        }
    }
}

/// References to parts of a text whose ends are computed; an attribute on a loop.
#[par_join(twin = plain_ends_of_parts)]
fn ends_of_parts(text: &str, xs: &[u64]) -> (String, usize) {
    let head = &text[..xs.len() / 2 + rises(&xs[..largest(xs).map_or(0, |_| 1)])];
    let tail = &text[text.len() - rises(xs)..];
    let mut evens = 0;
    let mut odds = 0;
    #[allow(clippy::needless_range_loop)]
    for i in 0..xs.len() {
        evens += usize::from(xs[i] % 2 == 0);
    }
    #[allow(clippy::needless_range_loop)]
    for i in 0..xs.len() {
        odds += usize::from(xs[i] % 2 != 0);
    }
    (format!("{head}|{tail}"), evens * 1000 + odds)
}

#[test]
fn parts_up_to_what_is_computed() {
    for &n in LENGTHS {
        let xs = numbers(5, n, 1000);
        let text = "abcdefgh".repeat(n / 8 + 1);
        same(
            &format!("n = {n}"),
            || plain_ends_of_parts(&text, &xs),
            || ends_of_parts(&text, &xs),
        );
    }
}

/// What stands behind a `continue` may not have run when the next iteration starts.
#[par_join(twin = plain_skipped_rounds)]
fn skipped_rounds(xs: &[u64], rounds: u64) -> (u64, u64, Vec<u64>) {
    let (mut hits, mut last, mut sums) = (0, 0, vec![]);
    for round in 0..rounds {
        let sum = total(xs) + round;
        let most = largest(xs).unwrap_or(round);
        if (sum + most) % 3 == 0 {
            continue;
        }
        for x in xs {
            hits += u64::from(x % 2 == round % 2);
        }
        sums.push(total(&xs[..xs.len() / 2]) + sum);
        if sum % 7 == 0 {
            break;
        }
        for x in xs {
            last = last.max(x ^ round);
        }
    }
    (hits, last, sums)
}

/// As above, where only the loop behind the `continue` could run beside the first statement.
#[par_join(twin = plain_skipped_loop)]
fn skipped_loop(xs: &[u64], rounds: u64) -> (u64, u64) {
    let (mut hits, mut sums) = (0, 0);
    for round in 0..rounds {
        let sum = total(xs) + round;
        let most = largest(xs).unwrap_or(round);
        if (sum + most) % 2 == 0 {
            continue;
        }
        for x in xs {
            hits += u64::from(x % 2 == round % 2);
        }
        sums += sum;
    }
    (hits, sums)
}

#[test]
fn what_is_skipped_changes_nothing() {
    for &n in LENGTHS {
        let xs = numbers(8, n, 1000);
        let name = format!("n = {n}");
        same(&name, || plain_skipped_rounds(&xs, 9), || skipped_rounds(&xs, 9));
        same(&name, || plain_skipped_loop(&xs, 9), || skipped_loop(&xs, 9));
    }
}
