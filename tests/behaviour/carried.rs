//! Carried values beside statements that do something else, of types that may be negative, in the order of the source.

use divvy::{par_for, par_reduce, par_scan};

use crate::{CUTOFF, LENGTHS, numbers, same};

#[par_scan(threshold = CUTOFF, twin = plain_signed)]
fn signed(xs: &[i64], modulus: i64) -> Vec<i64> {
    let mut hash = 0;
    let mut out = Vec::new();
    for x in xs {
        hash = (hash * 31 + x) % modulus;
        out.push(hash);
    }
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_signed_sum)]
fn signed_sum(xs: &[i8], start: i8) -> Vec<i8> {
    let mut phase = start;
    let mut out = Vec::new();
    for x in xs {
        phase = (phase + x % 5) % 7;
        out.push(phase);
    }
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_skipping)]
fn skipping(xs: &[Option<u64>]) -> Vec<u64> {
    let mut sum = 0;
    let mut out = Vec::new();
    for x in xs {
        sum += match x {
            Some(y) => *y,
            None => {
                out.push(0);
                continue;
            }
        };
        out.push(sum);
    }
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_kept_back)]
fn kept_back(xs: &[Option<u64>], out: &mut [u64]) {
    let mut sum = 0;
    for i in 0..xs.len() {
        sum += if let Some(y) = xs[i] {
            y
        } else {
            out[i] = sum;
            continue;
        };
        out[i] = sum + 1;
    }
}

/// What is written to an item decides nothing that comes later.
#[par_scan(threshold = CUTOFF, twin = plain_unquoted)]
fn unquoted(text: &mut [u8]) -> bool {
    let mut inside = false;
    let mut escaped = false;
    for letter in text.iter_mut() {
        match *letter {
            _ if escaped => {
                escaped = false;
                *letter = b'?';
            }
            b'\\' => {
                escaped = true;
                *letter = b'!';
            }
            b'"' => {
                inside = !inside;
                *letter = b'\'';
            }
            _ if inside => *letter = b' ',
            _ => {}
        }
    }
    inside
}

#[par_scan(float = ordered, threshold = CUTOFF, twin = plain_smoothed)]
fn smoothed(a: &mut [f64]) {
    let mut last = 0.0;
    for x in a.iter_mut() {
        last = 0.3 * last + *x / 7.0;
        *x = last;
    }
}

#[par_for(twin = plain_sorted)]
fn sorted(xs: &mut [u64]) {
    xs.sort_unstable_by(|a, b| b.cmp(a));
}

#[test]
fn remainders_of_signed_numbers() {
    for &n in LENGTHS {
        let positive: Vec<i64> = numbers(1, n, 1000).iter().map(|&x| x as i64).collect();
        let mixed: Vec<i64> = positive.iter().map(|x| x - 400).collect();
        for (xs, modulus) in [
            (&positive, 1_000_003),
            (&mixed, 1_000_003),
            (&mixed, -17),
            (&positive, 1),
        ] {
            same(
                &format!("n = {n}, modulus {modulus}"),
                || plain_signed(xs, modulus),
                || signed(xs, modulus),
            );
        }
        for start in [0, 3, 6, 100, 127, -3, -128] {
            let xs: Vec<i8> = numbers(2, n, 256).iter().map(|&x| x as u8 as i8).collect();
            let what = format!("n = {n}, from {start}");
            same(&what, || plain_signed_sum(&xs, start), || signed_sum(&xs, start));
            let xs: Vec<i8> = xs.iter().map(|x| x.unsigned_abs() as i8 & 3).collect();
            same(&what, || plain_signed_sum(&xs, start), || signed_sum(&xs, start));
        }
    }
}

#[test]
fn what_else_an_update_does_is_done_once() {
    for &n in LENGTHS {
        let xs: Vec<Option<u64>> = numbers(3, n, 9).iter().map(|&x| (x > 2).then_some(x)).collect();
        same(&format!("n = {n}"), || plain_skipping(&xs), || skipping(&xs));
        let filled = |fill: fn(&[Option<u64>], &mut [u64])| {
            let mut out = vec![7; n];
            fill(&xs, &mut out);
            out
        };
        same(
            &format!("written, n = {n}"),
            || filled(plain_kept_back),
            || filled(kept_back),
        );
    }
}

#[test]
fn items_that_are_written_where_they_decide() {
    for &n in LENGTHS {
        let text: Vec<u8> = numbers(4, n, 5).iter().map(|&k| b"ab\"\\ "[k as usize]).collect();
        let rewritten = |rewrite: fn(&mut [u8]) -> bool| {
            let mut text = text.clone();
            (rewrite(&mut text), text)
        };
        same(
            &format!("n = {n}"),
            || rewritten(plain_unquoted),
            || rewritten(unquoted),
        );
        let floats: Vec<f64> = numbers(5, n, 1000).iter().map(|&x| x as f64).collect();
        let smooth = |smooth: fn(&mut [f64])| {
            let mut floats = floats.clone();
            smooth(&mut floats);
            floats.iter().map(|x| x.to_bits()).collect::<Vec<_>>()
        };
        same(
            &format!("smoothed, n = {n}"),
            || smooth(plain_smoothed),
            || smooth(smoothed),
        );
    }
}

#[test]
fn a_function_that_only_sorts() {
    for &n in LENGTHS {
        let sort = |sort: fn(&mut [u64])| {
            let mut xs = numbers(6, n, 50);
            sort(&mut xs);
            xs
        };
        same(&format!("n = {n}"), || sort(plain_sorted), || sort(sorted));
    }
}

#[par_scan(threshold = CUTOFF, twin = plain_without_repeats)]
fn without_repeats(xs: &[u64]) -> (Vec<u64>, usize) {
    let (mut out, mut zeros) = (vec![], 0);
    let mut previous = 0;
    for &x in xs {
        if x == 0 {
            zeros += 1;
            continue;
        }
        if x == previous {
            continue;
        }
        previous = x;
        out.push(x);
    }
    (out, zeros)
}

#[par_reduce(threshold = CUTOFF, twin = plain_runs)]
fn runs(xs: &[u64]) -> usize {
    let mut runs = 0;
    let mut previous = None;
    'all: for &x in xs {
        if previous == Some(x) {
            continue 'all;
        }
        runs += 1;
        previous = Some(x);
    }
    runs
}

#[test]
fn equal_neighbours_that_are_passed_over() {
    for &n in LENGTHS {
        for kinds in [2, 4, 50] {
            let xs = numbers(6, n, kinds);
            let what = format!("n = {n}, {kinds} kinds");
            same(&what, || plain_without_repeats(&xs), || without_repeats(&xs));
            same(&what, || plain_runs(&xs), || runs(&xs));
        }
    }
}
