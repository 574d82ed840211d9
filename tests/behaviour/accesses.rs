//! Elements, entries and texts that are reached by calls, in the spellings that people write.

use std::collections::{BTreeSet, HashMap, HashSet};

use divvy::{par_for, par_reduce, par_scan};

use crate::{CUTOFF, LENGTHS, numbers, same};

type Ignored = (
    HashSet<u64>,
    HashMap<u64, usize>,
    BTreeSet<u64>,
    HashMap<u64, Vec<usize>>,
);

#[par_reduce(threshold = CUTOFF, twin = plain_ignored)]
fn ignored(xs: &[u64]) -> Ignored {
    let (mut seen, mut last) = (HashSet::new(), HashMap::new());
    let (mut odd, mut places) = (BTreeSet::new(), HashMap::new());
    for (i, &x) in xs.iter().enumerate() {
        let _ = seen.insert(x);
        let _: Option<usize> = last.insert(x, i);
        match x % 3 {
            0 => drop(odd.insert(x)),
            1 => {
                _ = odd.insert(x / 2);
            }
            _ => {}
        }
        let _ = places.entry(x % 4).or_insert(vec![]).push(i);
    }
    (seen, last, odd, places)
}

#[test]
fn what_an_insert_gives_is_thrown_away() {
    for &n in LENGTHS {
        let xs = numbers(4, n, 30);
        same(&format!("n = {n}"), || plain_ignored(&xs), || ignored(&xs));
    }
}

#[par_for(threshold = CUTOFF, twin = plain_by_get_mut)]
fn by_get_mut(xs: &[u64], out: &mut Vec<u64>, rows: &mut [Vec<u64>], far: &mut [u64]) {
    for (i, x) in xs.iter().enumerate() {
        *out.get_mut(i).unwrap() += x;
    }
    for y in 0..xs.len() {
        for x in 0..3 {
            let Some(row) = rows.get_mut(y) else { continue };
            if let Some(cell) = row.get_mut(x) {
                *cell = xs[y];
            }
        }
    }
    for i in 0..xs.len() {
        far.get_mut(2 * i + 1).map(|cell| *cell = xs[i]);
        if far.get(2 * i).is_some_and(|cell| *cell > 3) {
            far[2 * i] = 0;
        }
    }
}

#[par_for(threshold = CUTOFF, twin = plain_two_places)]
fn two_places(far: &mut [u64], n: usize) {
    for i in 0..n {
        if let Some(cell) = far.get_mut(i) {
            *cell += 1;
        }
        let behind = match far.get_mut(i + n) {
            Some(cell) => std::mem::take(cell),
            None => 7,
        };
        if far.get(i).is_some() {
            far[i] += behind;
        }
    }
}

#[test]
fn elements_by_get_mut() {
    for &n in LENGTHS {
        let xs = numbers(4, n, 30);
        for long in [n, 2 * n, 2 * n + 1, n + n / 2] {
            let run = |f: fn(&[u64], &mut Vec<u64>, &mut [Vec<u64>], &mut [u64])| {
                let (mut out, mut rows, mut far) = (xs.clone(), vec![vec![1; 2]; n / 2], numbers(5, long, 9));
                f(&xs, &mut out, &mut rows, &mut far);
                (out, rows, far)
            };
            same(
                &format!("n = {n}, {long}"),
                || run(plain_by_get_mut),
                || run(by_get_mut),
            );
            let run = |f: fn(&mut [u64], usize)| {
                let mut far = numbers(5, long, 9);
                f(&mut far, n);
                far
            };
            same(
                &format!("n = {n}, {long}"),
                || run(plain_two_places),
                || run(two_places),
            );
        }
    }
}

#[par_for(threshold = CUTOFF, twin = plain_passed_over)]
fn passed_over(xs: &[u64], out: &mut [u64], other: &mut [u64]) {
    for (i, x) in xs.iter().enumerate().filter(|(i, x)| **x > 9 && i % 5 != 2) {
        out[i] = *x;
    }
    for i in (1..xs.len()).step_by(2).filter(|&i| xs[i] % 3 == 0) {
        other[i - 1] = xs[i];
        other[i] += 1;
    }
    for (i, (x, y)) in xs
        .iter()
        .zip(&xs[xs.len() / 2..])
        .enumerate()
        .inspect(|_| ())
        .filter(|(_, (x, y))| x < y)
    {
        out[i] += x + y;
    }
}

#[par_for(threshold = CUTOFF, twin = plain_backwards)]
fn backwards(xs: &mut [u64], out: &mut [u64], other: &mut [u64]) {
    for (i, x) in xs.iter().enumerate().rev() {
        out[i] = *x + i as u64;
    }
    for (i, x) in xs.iter_mut().enumerate().rev().filter(|(_, x)| **x % 2 == 0) {
        other[i] = *x;
        *x += 1;
    }
    for (i, pair) in out.chunks_exact(2).enumerate().rev() {
        other[i] += pair[0] * pair[1];
    }
}

#[par_for(threshold = CUTOFF, twin = plain_in_ranges)]
fn in_ranges(rows: std::ops::Range<usize>, columns: &std::ops::Range<usize>, width: usize, out: &mut [u64]) {
    for y in rows.clone() {
        for x in 0..width {
            out[y * width + x] = columns.clone().map(|c| c * (x ^ y)).sum::<usize>() as u64;
        }
    }
    let all = 0..out.len();
    for i in all.clone().rev() {
        out[i] += 1;
    }
    for i in all {
        out[i] *= rows.len() as u64;
    }
}

#[test]
fn numbers_of_items_that_are_left() {
    for &n in LENGTHS {
        let xs = numbers(4, n, 30);
        let run = |f: fn(&[u64], &mut [u64], &mut [u64])| {
            let (mut out, mut other) = (numbers(5, n, 9), numbers(6, n, 9));
            f(&xs, &mut out, &mut other);
            (out, other)
        };
        same(&format!("n = {n}"), || run(plain_passed_over), || run(passed_over));
        let run = |f: fn(&mut [u64], &mut [u64], &mut [u64])| {
            let (mut xs, mut out, mut other) = (xs.clone(), numbers(5, n, 9), numbers(6, n, 9));
            f(&mut xs, &mut out, &mut other);
            (xs, out, other)
        };
        same(&format!("n = {n}"), || run(plain_backwards), || run(backwards));
    }
}

#[test]
fn ranges_in_variables() {
    for &n in LENGTHS {
        for rows in [0..n / 5, 1..n / 5, 3..3] {
            let run = |f: fn(std::ops::Range<usize>, &std::ops::Range<usize>, usize, &mut [u64])| {
                let mut out = numbers(5, n, 9);
                f(rows.clone(), &(1..4), 5, &mut out);
                out
            };
            same(
                &format!("n = {n}, {rows:?}"),
                || run(plain_in_ranges),
                || run(in_ranges),
            );
        }
    }
}

#[par_scan(threshold = CUTOFF, twin = plain_over_gaps)]
fn over_gaps(xs: &[u64]) -> Vec<u64> {
    let mut filled = xs.to_vec();
    #[seq]
    for i in (1..xs.len()).filter(|i| i % 3 == 0) {
        filled[i] = filled[i - 1] + 1;
    }
    let (mut sum, mut sums) = (0, vec![]);
    for i in (0..xs.len()).filter(|i| i % 3 == 0) {
        sum += filled[i];
        sums.push(sum);
    }
    sums
}

#[test]
fn sums_over_what_is_left() {
    for &n in LENGTHS {
        let xs = numbers(4, n, 30);
        same(&format!("n = {n}"), || plain_over_gaps(&xs), || over_gaps(&xs));
    }
}

#[par_reduce(threshold = CUTOFF, twin = plain_marked)]
fn marked(xs: &[u64], grid: &mut [Vec<bool>], free: &mut [bool; 50]) -> Vec<bool> {
    let mut seen = vec![false; 60];
    for (i, x) in xs.iter().enumerate() {
        seen[*x as usize] = true;
        if x % 3 == 1 {
            grid[i % 4][*x as usize] = true;
            free[*x as usize] = false;
        }
    }
    seen
}

#[par_reduce(threshold = CUTOFF, twin = plain_sieve)]
fn sieve(n: usize) -> Vec<bool> {
    let mut prime = vec![true; n];
    for i in 2..n {
        for multiple in (i * i..n).step_by(i) {
            prime[multiple] = false;
        }
    }
    prime
}

#[test]
fn marks_in_tables() {
    for &n in LENGTHS {
        let xs = numbers(4, n, 50);
        let run = |f: fn(&[u64], &mut [Vec<bool>], &mut [bool; 50]) -> Vec<bool>| {
            let (mut grid, mut free) = (vec![vec![false; 50]; 4], [true; 50]);
            (free[3], grid[1][7]) = (false, true);
            (f(&xs, &mut grid, &mut free), grid, free)
        };
        same(&format!("n = {n}"), || run(plain_marked), || run(marked));
        same(&format!("n = {n}"), || plain_sieve(n), || sieve(n));
    }
}
