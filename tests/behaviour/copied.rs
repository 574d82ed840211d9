//! What a loop reads and nothing else: numbers, of which each piece has a copy, and what can't be copied.

// a copy that nobody reads would be seen here
#![deny(unused)]

use std::fmt::Debug;

use divvy::{par_for, par_reduce, par_scan};

use crate::{CUTOFF, LENGTHS, numbers, same};

#[par_for(threshold = CUTOFF, twin = plain_product)]
fn product(out: &mut [u64], a: &[u64], x: &[u64], shift: u64) {
    let n = x.len();
    for i in 0..n {
        let mut sum = 0;
        for j in 0..n {
            sum += (a[i * n + j] ^ x[j]) % 7;
        }
        out[i] = sum + shift;
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Mode {
    Up,
    Down,
}

/// Equal to nothing but itself, and not to be copied.
#[derive(Debug, PartialEq, PartialOrd)]
struct Bound(u64);

#[par_reduce(threshold = CUTOFF, twin = plain_read)]
fn read<T: PartialOrd + Sync + Debug>(
    words: &[String],
    least: &T,
    values: &[T],
    prefix: String,
    bound: Bound,
    mode: Mode,
    [low, high]: [u64; 2],
) -> (usize, u64, String) {
    let (mut count, mut sum, mut text) = (0, 0, String::new());
    let length = words.len();
    let words = &words[words.len() / 3..];
    let rate = f64::from(u32::try_from(length % 7).unwrap_or(0)) / 2.0;
    let mut steps = words.len();
    steps /= 2;
    let limit = Bound(high);
    for (i, word) in words.iter().enumerate() {
        if word.starts_with(&prefix) && values[i] >= *least {
            count += 1;
        }
        let at = Bound(i as u64);
        if at < limit && at > bound && mode == Mode::Up {
            sum += low + (rate * 4.0) as u64 + steps as u64;
        }
        // another one of this name
        let steps = i % (length + 1);
        text.push_str(&format!("{low}{steps}{}", high));
    }
    (count, sum, text)
}

#[par_scan(threshold = CUTOFF, twin = plain_smooth)]
fn smooth(xs: &[u64], keep: u64) -> Vec<u64> {
    let n = xs.len();
    let (mut level, mut out) = (1u64, Vec::with_capacity(n));
    for i in 0..n {
        level = level.wrapping_mul(keep).wrapping_add(xs[n - 1 - i]);
        out.push(level % 1000 + keep);
    }
    out
}

macro_rules! scaled {
    ($name:ident, $plain:ident, $factor:ident) => {
        #[par_for(threshold = CUTOFF, twin = $plain)]
        fn $name(xs: &mut [u64], $factor: u64) {
            let offset = 3;
            for x in xs.iter_mut() {
                *x = x.wrapping_mul($factor) + offset;
            }
        }
    };
}

scaled!(scale, plain_scale, factor);

#[par_reduce(threshold = CUTOFF, twin = plain_beside)]
fn beside(cells: &[std::cell::Cell<u64>], ys: &[u64]) -> usize {
    let n = cells.len();
    let mut count = 0;
    for y in ys {
        if *y as usize % (n + 1) == 0 {
            count += n;
        }
    }
    count
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Mark(u64);

#[par_reduce(threshold = CUTOFF, twin = plain_taken_along)]
fn taken_along(xs: &[u64], mark: Mark, other: Mark) -> Option<(Mark, usize)> {
    for (i, x) in xs.iter().enumerate() {
        if *x == mark.0 {
            return Some((mark, i));
        }
        if Mark(*x) == other {
            return Some((other, i));
        }
    }
    None
}

#[par_reduce(threshold = CUTOFF, twin = plain_as_many)]
fn as_many<T>(xs: &[u64], ys: &[T]) -> u64 {
    let mut sum = 0;
    for x in xs.iter().take(ys.len()) {
        sum += x;
    }
    sum
}

#[test]
fn what_the_last_iteration_takes_along() {
    for &n in LENGTHS {
        let xs = numbers(34, n, 60);
        for at in [1, 30, 70] {
            let (mark, other) = (Mark(at), Mark(at + 7));
            same(
                &format!("{n}, {at}"),
                || plain_taken_along(&xs, mark, other),
                || taken_along(&xs, mark, other),
            );
        }
        let ys = || vec![std::cell::Cell::new(1); n / 2];
        same(&format!("{n}"), || plain_as_many(&xs, &ys()), || as_many(&xs, &ys()));
    }
}

#[test]
fn what_threads_cannot_share_is_not_looked_at() {
    let ys = numbers(33, 40, 100);
    for n in [0, 1, 7] {
        let cells = || vec![std::cell::Cell::new(1); n];
        same(
            &format!("{n}"),
            || plain_beside(&cells(), &ys),
            || beside(&cells(), &ys),
        );
    }
}

#[test]
fn numbers_and_what_cannot_be_copied() {
    let bound = || Bound(2);
    for &n in &LENGTHS[..8] {
        let xs = numbers(31, n, 1000);
        let matrix = numbers(32, n * n, 1000);
        same(
            &format!("{n}"),
            || {
                let mut out = vec![0; n];
                plain_product(&mut out, &matrix, &xs, 5);
                out
            },
            || {
                let mut out = vec![0; n];
                product(&mut out, &matrix, &xs, 5);
                out
            },
        );
        let words: Vec<String> = xs.iter().map(|x| format!("{:b}", x % 8)).collect();
        for mode in [Mode::Up, Mode::Down] {
            same(
                &format!("{n}"),
                || plain_read(&words, &300, &xs, "1".into(), bound(), mode, [3, 9]),
                || read(&words, &300, &xs, "1".into(), bound(), mode, [3, 9]),
            );
        }
        same(&format!("{n}"), || plain_smooth(&xs, 3), || smooth(&xs, 3));
        same(
            &format!("{n}"),
            || {
                let mut xs = xs.clone();
                plain_scale(&mut xs, 7);
                xs
            },
            || {
                let mut xs = xs.clone();
                scale(&mut xs, 7);
                xs
            },
        );
    }
}
