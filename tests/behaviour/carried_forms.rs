//! Carried values beside options, ways out, and updates that overflow.

use std::num::ParseIntError;
use std::sync::atomic::{AtomicUsize, Ordering};

use divvy::{par_reduce, par_scan};

use crate::inputs::{ints, text};
use crate::{CUTOFF, LENGTHS, floats, numbers, same};

#[par_scan(threshold = CUTOFF, private(digits), twin = plain_with_scratch)]
fn with_scratch(xs: &[u64]) -> Vec<(u64, usize)> {
    let mut digits: Vec<u64> = Vec::new();
    let mut sum = 0;
    let mut sums = Vec::new();
    for &x in xs {
        digits.clear();
        let mut rest = x;
        while rest > 0 {
            digits.push(rest % 10);
            rest /= 10;
        }
        sum += x;
        sums.push((sum, digits.len()));
    }
    sums
}

#[par_scan(threshold = CUTOFF, relax(late_writes), twin = plain_up_to_the_limit)]
fn up_to_the_limit(xs: &[u64], out: &mut [u64], limit: u64) -> Option<usize> {
    let mut sum = 0;
    for i in 0..xs.len() {
        sum += xs[i];
        out[i] = sum;
        if sum > limit {
            return Some(i);
        }
    }
    None
}

#[par_scan(threshold = CUTOFF, relax(atomics), twin = plain_counted)]
fn counted(xs: &[u64], even: &AtomicUsize) -> Vec<u64> {
    let mut sum = 0;
    let mut sums = Vec::new();
    for &x in xs {
        if x % 2 == 0 {
            even.fetch_add(1, Ordering::Relaxed);
        }
        sum += x;
        sums.push(sum);
    }
    sums
}

#[par_scan(threshold = CUTOFF, relax(any_order), twin = plain_some_multiple)]
fn some_multiple(xs: &[u64], of: u64, out: &mut Vec<u64>) -> Option<(usize, u64)> {
    let mut sum = 0;
    for (i, &x) in xs.iter().enumerate() {
        sum += x;
        out.push(sum);
        if sum % of == 0 {
            return Some((i, sum));
        }
    }
    None
}

#[test]
fn scratch_memory_of_the_leaves() {
    for &n in LENGTHS {
        let xs = numbers(1, n, 100_000);
        same(&format!("n = {n}"), || plain_with_scratch(&xs), || with_scratch(&xs));
    }
}

#[test]
fn what_lies_before_the_exit_is_written() {
    for &n in LENGTHS {
        let xs = numbers(2, n, 100);
        for limit in [0, 40, 2_000, 30_000, u64::MAX] {
            let run = |f: fn(&[u64], &mut [u64], u64) -> Option<usize>| {
                let mut out = vec![7; n];
                let exit = f(&xs, &mut out, limit);
                // behind the exit anything may have been written
                out.truncate(exit.map_or(n, |at| at + 1));
                (exit, out)
            };
            same(
                &format!("n = {n}, limit {limit}"),
                || run(plain_up_to_the_limit),
                || run(up_to_the_limit),
            );
        }
    }
}

#[test]
fn atomics_are_updated_once_an_iteration() {
    for &n in LENGTHS {
        let xs = numbers(3, n, 100);
        let run = |f: fn(&[u64], &AtomicUsize) -> Vec<u64>| {
            let even = AtomicUsize::new(5);
            (f(&xs, &even), even.into_inner())
        };
        same(&format!("n = {n}"), || run(plain_counted), || run(counted));
    }
}

#[test]
fn one_of_the_matches_is_found() {
    for &n in LENGTHS {
        let xs = numbers(4, n, 100);
        for of in [1, 3, 50, 1_000_003] {
            let sums: Vec<u64> = xs
                .iter()
                .scan(0, |sum, x| {
                    *sum += x;
                    Some(*sum)
                })
                .collect();
            let is_found = |f: fn(&[u64], u64, &mut Vec<u64>) -> Option<(usize, u64)>| {
                let mut out = Vec::new();
                let found = f(&xs, of, &mut out);
                let is_right = match found {
                    Some((i, sum)) => sums[i] == sum && sum % of == 0 && out == sums[..=i],
                    None => out == sums,
                };
                (found.is_some(), is_right)
            };
            same(
                &format!("n = {n}, multiples of {of}"),
                || is_found(plain_some_multiple),
                || is_found(some_multiple),
            );
        }
    }
}

#[par_scan(threshold = CUTOFF, twin = plain_linear)]
fn linear(factors: &[i32], start: i32) -> Vec<i32> {
    let mut x = start;
    let mut out = Vec::new();
    for &a in factors {
        x = a * x + 1;
        out.push(x);
    }
    out
}

#[par_reduce(threshold = CUTOFF, twin = plain_linear_at_the_end)]
fn linear_at_the_end(factors: &[i64], b: i64) -> i64 {
    let mut x = 1;
    for a in factors {
        x = a * x + b;
    }
    x
}

#[test]
fn linear_steps_overflow_where_the_loop_does() {
    for &n in LENGTHS {
        // signs that turn: the values stay small
        let factors: Vec<i32> = numbers(5, n, 3).iter().map(|&a| a as i32 - 1).collect();
        same(
            &format!("n = {n}"),
            || plain_linear(&factors, 3),
            || linear(&factors, 3),
        );
        for at in [0, n / 2, n.saturating_sub(1)] {
            let mut spoiled = factors.clone();
            if let Some(factor) = spoiled.get_mut(at) {
                *factor = i32::MAX;
            }
            // panics where overflow is checked, wraps where it isn't
            for start in [0, 3, i32::MAX] {
                same(
                    &format!("n = {n}, spoiled at {at}, from {start}"),
                    || plain_linear(&spoiled, start),
                    || linear(&spoiled, start),
                );
            }
        }
        let doubling = vec![2; n];
        for b in [-1, 0, 1] {
            same(
                &format!("n = {n}, doubled and {b}"),
                || plain_linear_at_the_end(&doubling, b),
                || linear_at_the_end(&doubling, b),
            );
        }
    }
}

#[par_scan(threshold = CUTOFF, float = tree, twin = plain_drained_tree)]
fn drained_tree(flows: &[f64], start: f64) -> Vec<f64> {
    let mut level = start;
    let mut levels = Vec::new();
    for flow in flows {
        level = (level + flow).max(0.0);
        levels.push(level);
    }
    levels
}

#[par_scan(threshold = CUTOFF, float = ordered, twin = plain_drained_ordered)]
fn drained_ordered(flows: &[f64], levels: &mut [f64]) -> f64 {
    let mut level = 0.1;
    for i in 0..flows.len() {
        level = (level + flows[i] / 3.0).max(0.0);
        levels[i] = level;
    }
    level
}

#[test]
fn floats_that_stay_above_nothing() {
    let bits = |xs: Vec<f64>| xs.into_iter().map(f64::to_bits).collect::<Vec<_>>();
    for &n in LENGTHS {
        // eighths: sums of them are exact, so a tree has the bits of the loop
        let flows = floats(6, n);
        for start in [0.0, 1.5] {
            same(
                &format!("tree, n = {n}, from {start}"),
                || bits(plain_drained_tree(&flows, start)),
                || bits(drained_tree(&flows, start)),
            );
        }
        let run = |f: fn(&[f64], &mut [f64]) -> f64| {
            let mut levels = vec![9.0; n];
            let last = f(&flows, &mut levels);
            (bits(levels), last.to_bits())
        };
        same(
            &format!("ordered, n = {n}"),
            || run(plain_drained_ordered),
            || run(drained_ordered),
        );
    }
}

#[par_scan(threshold = CUTOFF, twin = plain_open_quotes)]
fn open_quotes(text: &str) -> Vec<bool> {
    let mut open = ' ';
    let mut inside = Vec::new();
    for c in text.chars() {
        open = match (open, c) {
            (' ', '"') => '"',
            (' ', '\'') => '\'',
            ('"', '"') | ('\'', '\'') => ' ',
            _ => open,
        };
        inside.push(open != ' ');
    }
    inside
}

#[test]
fn the_states_are_characters() {
    for &n in LENGTHS {
        let text = text(n);
        same(&format!("n = {n}"), || plain_open_quotes(&text), || open_quotes(&text));
    }
}

#[par_scan(threshold = CUTOFF, twin = plain_columns)]
fn columns(cells: &[u64], width: u32, start: u32) -> Vec<(u32, u64)> {
    let mut column = start;
    let mut placed = Vec::new();
    for &cell in cells {
        placed.push((column, cell));
        column += 1;
        if column == width {
            column = 0;
        }
    }
    placed
}

#[par_scan(threshold = CUTOFF, twin = plain_phases)]
fn phases(steps: &[u64], turn: u64, out: &mut [u64]) {
    let mut phase = 0;
    for i in 0..steps.len() {
        phase += steps[i];
        if phase >= turn {
            phase -= turn;
        }
        out[i] = phase;
    }
}

#[test]
fn counters_that_start_again() {
    for &n in LENGTHS {
        let xs = numbers(7, n, 12);
        for (width, start) in [(1, 0), (3, 0), (5, 4), (5, 5), (5, 9), (0, 0), (64, 0)] {
            same(
                &format!("n = {n}, {width} columns from {start}"),
                || plain_columns(&xs, width, start),
                || columns(&xs, width, start),
            );
        }
        // steps below a turn, some of them longer than one, and a turn of nothing
        for turn in [12, 100, 7, 0] {
            let run = |f: fn(&[u64], u64, &mut [u64])| {
                let mut out = vec![99; n];
                f(&xs, turn, &mut out);
                out
            };
            same(&format!("n = {n}, turn {turn}"), || run(plain_phases), || run(phases));
        }
    }
}

#[par_scan(threshold = CUTOFF, twin = plain_while_there_is_room)]
fn while_there_is_room(sizes: &[u64], room: u64) -> (Vec<u64>, u64) {
    let mut used = 0;
    let mut ends = Vec::new();
    for size in sizes {
        if used + size > room {
            break;
        }
        used += size;
        ends.push(used);
    }
    (ends, used)
}

#[par_scan(threshold = CUTOFF, twin = plain_parsed)]
fn parsed(words: &[String]) -> Result<Vec<i64>, ParseIntError> {
    let mut sum = 0;
    let mut sums = Vec::new();
    for word in words {
        let x: i64 = word.parse()?;
        sum += x;
        sums.push(sum);
    }
    Ok(sums)
}

#[par_scan(threshold = CUTOFF, twin = plain_checked)]
fn checked(xs: &[u8]) -> Option<Vec<u8>> {
    let mut sum = 0u8;
    let mut sums = Vec::new();
    for x in xs {
        sum = sum.checked_add(*x)?;
        sums.push(sum);
    }
    Some(sums)
}

#[par_reduce(threshold = CUTOFF, twin = plain_checked_or_full)]
fn checked_or_full(xs: &[u16], most: u16) -> Result<u16, usize> {
    let (mut sum, mut highest) = (0u16, 0);
    for (i, x) in xs.iter().enumerate() {
        sum = sum.checked_add(*x).ok_or(i)?;
        if *x % 5 == 0 {
            sum = 0;
        }
        if sum > most {
            break;
        }
        highest = highest.max(sum);
    }
    Ok(highest)
}

#[test]
fn loops_that_are_left() {
    for &n in LENGTHS {
        let sizes = numbers(8, n, 30);
        for room in [0, 100, 5_000, 1 << 40] {
            same(
                &format!("n = {n}, room {room}"),
                || plain_while_there_is_room(&sizes, room),
                || while_there_is_room(&sizes, room),
            );
        }
        for bad in [None, Some(0), Some(n / 2), n.checked_sub(1)] {
            let mut words: Vec<String> = sizes.iter().map(u64::to_string).collect();
            if let Some(word) = bad.and_then(|at| words.get_mut(at)) {
                word.push('?');
            }
            same(&format!("n = {n}, {bad:?}"), || plain_parsed(&words), || parsed(&words));
        }
    }
}

#[test]
fn sums_that_leave_where_they_overflow() {
    for &n in LENGTHS {
        for below in [1, 2, 30, 256] {
            let bytes: Vec<u8> = numbers(9, n, below).iter().map(|&x| x as u8).collect();
            same(
                &format!("n = {n}, below {below}"),
                || plain_checked(&bytes),
                || checked(&bytes),
            );
        }
        for (below, most) in [(60, u16::MAX), (60, 200), (60_000, u16::MAX)] {
            let xs: Vec<u16> = numbers(10, n, below).iter().map(|&x| x as u16).collect();
            same(
                &format!("n = {n}, below {below}, at most {most}"),
                || plain_checked_or_full(&xs, most),
                || checked_or_full(&xs, most),
            );
        }
    }
}

#[par_reduce(threshold = CUTOFF, twin = plain_best_neighbours)]
fn best_neighbours(xs: &[i64]) -> i64 {
    let mut here = 0;
    let mut best = i64::MIN;
    for &x in xs {
        here = x.max(here + x);
        best = best.max(here);
    }
    best
}

#[test]
fn the_largest_sum_of_neighbours() {
    for &n in LENGTHS {
        let xs = ints(n);
        let negative: Vec<i64> = xs.iter().map(|x| -1 - x.abs()).collect();
        for xs in [&xs, &negative] {
            same(
                &format!("n = {n}"),
                || plain_best_neighbours(xs),
                || best_neighbours(xs),
            );
        }
    }
}
