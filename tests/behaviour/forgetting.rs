//! Filters that forget where they began: with `float = tree` they have the bits of the sequential loop, once that is known.

use std::fmt::Debug;

use divvy::{Executor, par_for, par_reduce, par_scan, with};

use crate::{numbers, same};

/// Long enough for pieces over which it is seen that the loop forgets.
const LENGTHS: &[usize] = &[0, 1, 40, 4_096, 9_000];

fn samples(seed: u64, n: usize) -> Vec<f64> {
    numbers(seed, n, 2_000)
        .into_iter()
        .map(|x| x as f64 * 0.1 - 60.0)
        .collect()
}

#[par_scan(float = tree, twin = plain_pushed)]
fn pushed(xs: &[f64]) -> Vec<f64> {
    let mut level = 3.0;
    let mut levels = Vec::new();
    for x in xs {
        level = 0.5 * level + x;
        levels.push(level);
    }
    levels
}

#[par_scan(float = tree, twin = plain_in_place)]
fn in_place(xs: &mut [f64], keep: f64) -> f64 {
    let mut level = xs.first().copied().unwrap_or(0.0);
    for x in xs.iter_mut() {
        level = keep * level + (1.0 - keep) * *x;
        *x = level;
    }
    level
}

#[par_scan(float = tree, twin = plain_indexed)]
fn indexed(xs: &[f32], out: &mut [f32]) {
    let mut level = 0.0;
    for i in 0..xs.len() {
        level = level / 4.0 - xs[i];
        out[i] = level * 2.0;
    }
}

#[par_scan(float = tree, twin = plain_two_poles)]
fn two_poles(xs: &[f64]) -> Vec<f64> {
    let (mut last, mut before) = (0.0, 0.0);
    let mut out = vec![];
    for &x in xs {
        let now = 0.3 * last - 0.1 * before + x;
        before = last;
        last = now;
        out.push(now);
    }
    out
}

#[par_reduce(float = tree, twin = plain_first_above)]
fn first_above(xs: &[f64], limit: f64) -> Option<(usize, f64)> {
    let mut level = 0.0;
    for (i, x) in xs.iter().enumerate() {
        level = 0.25 * level + x;
        if level > limit {
            return Some((i, level));
        }
    }
    None
}

#[par_reduce(float = tree, twin = plain_worst)]
fn worst(xs: &[f64]) -> f64 {
    let (mut level, mut worst) = (0.0, 0.0);
    for x in xs {
        if *x > 100.0 {
            level = 0.0;
        } else {
            level = 0.5 * level + x;
        }
        worst = f64::max(worst, level);
    }
    worst
}

/// The filter itself, row by row.
#[par_for(twin = plain_rows)]
fn rows(image: &mut [f64], width: usize) {
    for row in image.chunks_mut(width) {
        let mut level = 0.0;
        for x in row {
            level = 0.5 * level + *x;
            *x = level;
        }
    }
}

/// The bits of the twin, from where the first round shows that the loop forgets; before that, the same bits everywhere.
fn same_bits<T: PartialEq + Debug + Send>(
    what: &str,
    n: usize,
    sequential: impl Fn() -> T,
    parallel: impl Fn() -> T + Sync + Send,
) {
    let what = format!("{what}, {n}");
    if n >= 4_096 {
        same(&what, sequential, parallel);
    } else {
        same(&what, || with(Executor::Serial, &parallel), &parallel);
    }
}

fn bits(xs: Vec<f64>) -> Vec<u64> {
    xs.into_iter().map(f64::to_bits).collect()
}

#[test]
fn filters_have_the_bits_of_the_sequential_loop() {
    for &n in LENGTHS {
        let xs = samples(1, n);
        same_bits("pushed", n, || bits(plain_pushed(&xs)), || bits(pushed(&xs)));
        let filtered = |f: fn(&mut [f64], f64) -> f64| {
            let mut xs = xs.clone();
            let last = f(&mut xs, 0.4);
            (bits(xs), last.to_bits())
        };
        same_bits("in place", n, || filtered(plain_in_place), || filtered(in_place));
        let singles: Vec<f32> = xs.iter().map(|x| *x as f32).collect();
        let written = |f: fn(&[f32], &mut [f32])| {
            let mut out = vec![0.0; n];
            f(&singles, &mut out);
            out.into_iter().map(f32::to_bits).collect::<Vec<_>>()
        };
        same_bits("indexed", n, || written(plain_indexed), || written(indexed));
        same_bits("two poles", n, || bits(plain_two_poles(&xs)), || bits(two_poles(&xs)));
        same_bits("worst", n, || plain_worst(&xs).to_bits(), || worst(&xs).to_bits());
        let image = |f: fn(&mut [f64], usize)| {
            let mut xs = xs.clone();
            f(&mut xs, 70);
            bits(xs)
        };
        same(&format!("rows, {n}"), || image(plain_rows), || image(rows));
    }
}

#[test]
fn what_lies_behind_an_exit_is_not_seen() {
    for &n in LENGTHS {
        for at in [0, 1, 63, 64, 65, 500, 2_000, 7_999] {
            let mut xs = samples(2, n);
            if let Some(x) = xs.get_mut(at) {
                *x = 1e6;
            }
            for limit in [1e5, 1e9] {
                same_bits(
                    &format!("{at}, {limit}"),
                    n,
                    || plain_first_above(&xs, limit),
                    || first_above(&xs, limit),
                );
            }
        }
    }
}
