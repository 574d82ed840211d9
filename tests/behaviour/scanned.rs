//! `scan` in chains.

use divvy::{par_reduce, par_scan};

use crate::{CUTOFF, LENGTHS, numbers, same};

fn ints(n: usize) -> Vec<i64> {
    numbers(7, n, 41).iter().map(|&v| v as i64 - 20).collect()
}

fn text(n: usize, from: &str) -> String {
    let chars: Vec<char> = from.chars().collect();
    numbers(13, n, chars.len() as u64)
        .iter()
        .map(|&k| chars[k as usize])
        .collect()
}

fn floats(n: usize) -> Vec<f64> {
    numbers(11, n, 1000).iter().map(|&v| v as f64 / 7.0 - 60.0).collect()
}

/// Rounded, where the order of roundings is left open.
fn r(x: f64) -> i64 {
    (x * 1000.0).round() as i64
}

#[par_scan(threshold = CUTOFF, twin = plain_scan_sum)]
fn scan_sum(xs: &[i64]) -> Vec<i64> {
    xs.iter()
        .scan(0, |s, x| {
            *s += x;
            Some(*s)
        })
        .collect()
}

#[par_scan(threshold = CUTOFF, twin = plain_scan_exclusive)]
fn scan_exclusive(xs: &[i64]) -> Vec<i64> {
    xs.iter()
        .scan(0i64, |s, x| {
            let before = *s;
            *s += x;
            Some(before)
        })
        .collect()
}

#[par_scan(threshold = CUTOFF, twin = plain_scan_pairs)]
fn scan_pairs(xs: &[i64]) -> Vec<i64> {
    xs.iter()
        .scan(0i64, |prev, &x| {
            let d = x - *prev;
            *prev = x;
            Some(d)
        })
        .collect()
}

#[par_scan(threshold = CUTOFF, twin = plain_scan_replace)]
fn scan_replace(xs: &[i64]) -> Vec<i64> {
    xs.iter()
        .scan(0i64, |prev, &x| Some(x - std::mem::replace(prev, x)))
        .collect()
}

#[par_scan(threshold = CUTOFF, twin = plain_scan_let)]
fn scan_let(xs: &[i64]) -> Vec<i64> {
    let out: Vec<i64> = xs
        .iter()
        .scan(0i64, |acc, &x| {
            *acc = (*acc + x).max(0);
            Some(*acc)
        })
        .collect();
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_scan_captures)]
fn scan_captures(xs: &[i64]) -> Vec<i64> {
    let k = 3;
    let x = 5;
    xs.iter()
        .scan(1i64, move |state, &v| {
            *state = state.wrapping_mul(k).wrapping_add(v);
            Some(*state)
        })
        .map(|v| v % x)
        .collect()
}

#[par_scan(threshold = CUTOFF, twin = plain_scan_state)]
fn scan_state(s: &str) -> String {
    s.chars()
        .scan(false, |quoted, c| {
            if c == '"' {
                *quoted = !*quoted;
            }
            Some(if *quoted { c.to_ascii_uppercase() } else { c })
        })
        .collect()
}

#[par_scan(threshold = CUTOFF, twin = plain_scan_two)]
fn scan_two(xs: &[i64]) -> Vec<(i64, i64)> {
    xs.iter()
        .scan((0i64, 0i64), |(sum, top), &x| {
            *sum += x;
            *top = (*top).max(x);
            Some((*sum, *top))
        })
        .collect()
}

#[par_scan(threshold = CUTOFF, twin = plain_scan_state_tuple)]
fn scan_state_tuple(xs: &[i64]) -> Vec<i64> {
    xs.iter()
        .scan((0i64, 0i64), |st, &x| {
            st.0 += x;
            st.1 = st.1.max(st.0);
            Some(st.1 - st.0)
        })
        .collect()
}

#[par_scan(threshold = CUTOFF, twin = plain_scan_until)]
fn scan_until(xs: &[i64]) -> Vec<i64> {
    xs.iter()
        .scan(0i64, |s, &x| {
            *s += x;
            if *s < -30 { None } else { Some(*s) }
        })
        .collect()
}

#[par_scan(threshold = CUTOFF, twin = plain_scan_checked)]
fn scan_checked(xs: &[i64]) -> Vec<i64> {
    xs.iter()
        .scan(0i64, |sum, x| {
            *sum = sum.checked_add(*x)?;
            Some(*sum)
        })
        .collect()
}

#[par_scan(threshold = CUTOFF, twin = plain_rising3)]
fn rising3(xs: &[i64]) -> Vec<i64> {
    xs.iter()
        .scan(0, |sum, x| {
            let y = x.checked_add(*sum)?;
            *sum += y;
            Some(*sum)
        })
        .collect()
}

#[par_scan(threshold = CUTOFF, twin = plain_take_while_scan)]
fn take_while_scan(xs: &[i64]) -> usize {
    xs.iter()
        .scan(0i64, |s, &x| {
            *s += x;
            Some(*s)
        })
        .take_while(|s| *s < 50)
        .count()
}

#[par_reduce(threshold = CUTOFF, twin = plain_scan_position)]
fn scan_position(xs: &[i64]) -> Option<usize> {
    xs.iter()
        .scan(0i64, |floor, x| {
            *floor += x;
            Some(*floor)
        })
        .position(|f| f == -1)
}

#[par_scan(threshold = CUTOFF, twin = plain_scan_map_tail)]
fn scan_map_tail(xs: &[i64]) -> i64 {
    xs.iter()
        .copied()
        .scan(0i64, |s, x| {
            *s += x;
            Some(*s)
        })
        .map(|s| s * 2)
        .filter(|s| s % 3 == 0)
        .sum()
}

#[par_reduce(threshold = CUTOFF, twin = plain_scan_max)]
fn scan_max(xs: &[i64]) -> Option<i64> {
    xs.iter()
        .scan(0i64, |acc, &x| {
            *acc = (*acc + x).max(0);
            Some(*acc)
        })
        .max()
}

#[par_scan(threshold = CUTOFF, twin = plain_scan_min)]
fn scan_min(xs: &[i64]) -> Option<i64> {
    xs.iter()
        .scan(0i64, |sum, x| {
            *sum += x;
            Some(*sum)
        })
        .min()
}

#[par_scan(threshold = CUTOFF, twin = plain_scan_last)]
fn scan_last(xs: &[i64]) -> Option<i64> {
    xs.iter()
        .scan(0i64, |sum, x| {
            *sum += x;
            Some(*sum)
        })
        .last()
}

#[par_reduce(threshold = CUTOFF, twin = plain_scan_fold)]
fn scan_fold(xs: &[i64]) -> i64 {
    xs.iter()
        .scan(0i64, |sum, x| {
            *sum += x;
            Some(*sum)
        })
        .fold(i64::MIN, i64::max)
}

#[par_reduce(threshold = CUTOFF, twin = plain_scan_for_each)]
fn scan_for_each(xs: &[i64]) -> i64 {
    let mut top = 0;
    xs.iter()
        .scan(0i64, |floor, x| {
            *floor += x;
            Some(*floor)
        })
        .for_each(|f| top = top.max(f));
    top
}

#[par_scan(threshold = CUTOFF, twin = plain_scan_extend)]
fn scan_extend(xs: &[i64]) -> Vec<i64> {
    let mut out = vec![0];
    out.extend(xs.iter().scan(0i64, |floor, x| {
        *floor += x;
        Some(*floor)
    }));
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_scan_in_for)]
fn scan_in_for(xs: &[i64]) -> i64 {
    let mut total = 0i64;
    for (i, s) in xs
        .iter()
        .scan(0i64, |s, &x| {
            *s += x;
            Some(*s)
        })
        .enumerate()
    {
        total += s * i as i64;
    }
    total
}

#[par_scan(threshold = CUTOFF, twin = plain_scan_rev)]
fn scan_rev(xs: &[i64]) -> Vec<i64> {
    let mut v: Vec<i64> = xs
        .iter()
        .rev()
        .scan(0i64, |s, x| {
            *s += x;
            Some(*s)
        })
        .collect();
    v.reverse();
    v
}

#[par_scan(threshold = CUTOFF, twin = plain_scan_windows)]
fn scan_windows(xs: &[i64]) -> Vec<i64> {
    xs.windows(2)
        .map(|w| w[1] - w[0])
        .scan(0i64, |s, x| {
            *s = (*s).max(x);
            Some(*s)
        })
        .collect()
}

#[par_scan(threshold = CUTOFF, twin = plain_scan_nested)]
fn scan_nested(xs: &[i64]) -> Vec<i64> {
    xs.iter()
        .scan(0i64, |s, x| {
            *s += x;
            Some(*s)
        })
        .scan(0i64, |s, x| {
            *s = (*s).max(x);
            Some(*s)
        })
        .collect()
}

#[par_scan(threshold = CUTOFF, twin = plain_scan_zip)]
fn scan_zip(xs: &[i64]) -> Vec<(i64, i64)> {
    xs.iter()
        .zip(xs.iter().scan(0i64, |sum, x| {
            *sum += x;
            Some(*sum)
        }))
        .map(|(a, b)| (*a, b))
        .collect()
}

#[par_scan(float = tree, threshold = CUTOFF, twin = plain_scan_float)]
fn scan_float(xs: &[f64]) -> Vec<f64> {
    xs.iter()
        .scan(0.0, |sum, x| {
            *sum += x;
            Some(*sum)
        })
        .collect()
}

#[par_scan(float = ordered, threshold = CUTOFF, twin = plain_scan_float_o)]
fn scan_float_o(xs: &[f64]) -> Vec<f64> {
    xs.iter()
        .scan(0.0, |sum, x| {
            *sum += x;
            Some(*sum)
        })
        .collect()
}

#[test]
fn lists_of_what_was_scanned() {
    for &n in LENGTHS {
        same(
            &format!("scan_sum, n = {n}"),
            || plain_scan_sum(&ints(n)),
            || scan_sum(&ints(n)),
        );
        same(
            &format!("scan_exclusive, n = {n}"),
            || plain_scan_exclusive(&ints(n)),
            || scan_exclusive(&ints(n)),
        );
        same(
            &format!("scan_pairs, n = {n}"),
            || plain_scan_pairs(&ints(n)),
            || scan_pairs(&ints(n)),
        );
        same(
            &format!("scan_replace, n = {n}"),
            || plain_scan_replace(&ints(n)),
            || scan_replace(&ints(n)),
        );
        same(
            &format!("scan_let, n = {n}"),
            || plain_scan_let(&ints(n)),
            || scan_let(&ints(n)),
        );
        same(
            &format!("scan_captures, n = {n}"),
            || plain_scan_captures(&ints(n)),
            || scan_captures(&ints(n)),
        );
        same(
            &format!("scan_state, n = {n}"),
            || plain_scan_state(&text(n, "ab,\"c")),
            || scan_state(&text(n, "ab,\"c")),
        );
    }
}

#[test]
fn several_values_in_one_scan() {
    for &n in LENGTHS {
        same(
            &format!("scan_two, n = {n}"),
            || plain_scan_two(&ints(n)),
            || scan_two(&ints(n)),
        );
        same(
            &format!("scan_state_tuple, n = {n}"),
            || plain_scan_state_tuple(&ints(n)),
            || scan_state_tuple(&ints(n)),
        );
    }
}

#[test]
fn scans_that_end_early() {
    for &n in LENGTHS {
        same(
            &format!("scan_until, n = {n}"),
            || plain_scan_until(&ints(n)),
            || scan_until(&ints(n)),
        );
        same(
            &format!("scan_checked, n = {n}"),
            || plain_scan_checked(&ints(n)),
            || scan_checked(&ints(n)),
        );
        same(
            &format!("rising3, n = {n}"),
            || plain_rising3(&ints(n)),
            || rising3(&ints(n)),
        );
        same(
            &format!("take_while_scan, n = {n}"),
            || plain_take_while_scan(&ints(n)),
            || take_while_scan(&ints(n)),
        );
        same(
            &format!("scan_position, n = {n}"),
            || plain_scan_position(&ints(n)),
            || scan_position(&ints(n)),
        );
    }
}

#[test]
fn what_comes_behind_a_scan() {
    for &n in LENGTHS {
        same(
            &format!("scan_map_tail, n = {n}"),
            || plain_scan_map_tail(&ints(n)),
            || scan_map_tail(&ints(n)),
        );
        same(
            &format!("scan_max, n = {n}"),
            || plain_scan_max(&ints(n)),
            || scan_max(&ints(n)),
        );
        same(
            &format!("scan_min, n = {n}"),
            || plain_scan_min(&ints(n)),
            || scan_min(&ints(n)),
        );
        same(
            &format!("scan_last, n = {n}"),
            || plain_scan_last(&ints(n)),
            || scan_last(&ints(n)),
        );
        same(
            &format!("scan_fold, n = {n}"),
            || plain_scan_fold(&ints(n)),
            || scan_fold(&ints(n)),
        );
        same(
            &format!("scan_for_each, n = {n}"),
            || plain_scan_for_each(&ints(n)),
            || scan_for_each(&ints(n)),
        );
        same(
            &format!("scan_extend, n = {n}"),
            || plain_scan_extend(&ints(n)),
            || scan_extend(&ints(n)),
        );
        same(
            &format!("scan_in_for, n = {n}"),
            || plain_scan_in_for(&ints(n)),
            || scan_in_for(&ints(n)),
        );
    }
}

#[test]
fn what_comes_before_a_scan() {
    for &n in LENGTHS {
        same(
            &format!("scan_rev, n = {n}"),
            || plain_scan_rev(&ints(n)),
            || scan_rev(&ints(n)),
        );
        same(
            &format!("scan_windows, n = {n}"),
            || plain_scan_windows(&ints(n)),
            || scan_windows(&ints(n)),
        );
        same(
            &format!("scan_nested, n = {n}"),
            || plain_scan_nested(&ints(n)),
            || scan_nested(&ints(n)),
        );
        same(
            &format!("scan_zip, n = {n}"),
            || plain_scan_zip(&ints(n)),
            || scan_zip(&ints(n)),
        );
    }
}

#[test]
fn scans_of_floats() {
    for &n in LENGTHS {
        same(
            &format!("scan_float, n = {n}"),
            || plain_scan_float(&floats(n)).iter().map(|x| r(*x)).collect::<Vec<_>>(),
            || scan_float(&floats(n)).iter().map(|x| r(*x)).collect::<Vec<_>>(),
        );
        same(
            &format!("scan_float_o, n = {n}"),
            || {
                plain_scan_float_o(&floats(n))
                    .iter()
                    .map(|x| x.to_bits())
                    .collect::<Vec<_>>()
            },
            || scan_float_o(&floats(n)).iter().map(|x| x.to_bits()).collect::<Vec<_>>(),
        );
    }
}
