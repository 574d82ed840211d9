//! Several carried values, each made of all of them.

use divvy::{par_reduce, par_scan};

use crate::inputs::{floats, ints, text};
use crate::{CUTOFF, LENGTHS, numbers, same};

#[derive(Clone, Copy, PartialEq, Debug)]
struct Biquad {
    z1: f64,
    z2: f64,
}

#[par_scan(threshold = CUTOFF, twin = plain_fibonacci_with_input)]
fn fibonacci_with_input(xs: &[u64]) -> Vec<u64> {
    let (mut a, mut b) = (0u64, 1u64);
    let mut out = Vec::new();
    for &x in xs {
        let t = a.wrapping_add(b).wrapping_add(x);
        a = b;
        b = t;
        out.push(a);
    }
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_swapped_now_and_then)]
fn swapped_now_and_then(xs: &[i64]) -> Vec<(i64, i64)> {
    let mut a = 0;
    let mut b = 1;
    let mut out = Vec::new();
    for &x in xs {
        if x > 3 {
            std::mem::swap(&mut a, &mut b);
        }
        a += x;
        out.push((a, b));
    }
    out
}

#[par_reduce(threshold = CUTOFF, twin = plain_in_branches)]
fn in_branches(xs: &[i64]) -> i64 {
    let (mut a, mut b) = (0i64, 1i64);
    for &x in xs {
        if x % 2 == 0 {
            (a, b) = (b, a + x);
        } else {
            (a, b) = (a - x, b + x);
        }
    }
    a - b
}

#[par_scan(threshold = CUTOFF, twin = plain_leapfrog)]
fn leapfrog(xs: &[i64]) -> Vec<i64> {
    let mut place = 0i64;
    let mut speed = 1i64;
    let mut out = Vec::new();
    for &x in xs {
        place = place.wrapping_add(speed);
        speed = speed.wrapping_sub(place).wrapping_add(x);
        out.push(place);
    }
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_taken_turns)]
fn taken_turns(xs: &[i64]) -> Vec<(i64, i64)> {
    let mut a = 0;
    let mut b = 0;
    let mut out = vec![];
    for &x in xs {
        let t = a;
        a = b + x;
        b = t;
        out.push((a, b));
    }
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_of_three)]
fn of_three(xs: &[i64]) -> Vec<i64> {
    let (mut x0, mut x1, mut x2) = (1i64, 0i64, 0i64);
    let mut out = vec![];
    for x in xs {
        let y = x.wrapping_sub(x0).wrapping_add(x2);
        x2 = x1;
        x1 = x0;
        x0 = y;
        out.push(y);
    }
    out
}

#[par_reduce(threshold = CUTOFF, twin = plain_adler)]
fn adler(bytes: &[u8]) -> u32 {
    const M: u32 = 65521;
    let (mut a, mut b) = (1u32, 0u32);
    for &x in bytes {
        a = (a + x as u32) % M;
        b = (b + a) % M;
    }
    (b << 16) | a
}

#[par_scan(float = tree, threshold = CUTOFF, twin = plain_filter)]
fn filter(xs: &[f64]) -> Vec<f64> {
    let (mut y1, mut y2) = (0.0, 0.0);
    let mut out = Vec::with_capacity(xs.len());
    for x in xs {
        let y = 0.25 * x + 0.5 * y1 - 0.3 * y2;
        y2 = y1;
        y1 = y;
        out.push((y * 1e3).round());
    }
    out
}

#[par_scan(float = tree, threshold = CUTOFF, twin = plain_biquad)]
fn biquad(xs: &[f64]) -> Vec<f64> {
    let mut st = Biquad { z1: 0.0, z2: 0.0 };
    let mut out = vec![];
    for &x in xs {
        let y = 0.3 * x + st.z1;
        st.z1 = 0.2 * x + 0.5 * y + st.z2;
        st.z2 = 0.1 * x - 0.25 * y;
        out.push((y * 1e3).round());
    }
    out
}

#[test]
fn integers() {
    for &n in LENGTHS {
        same(
            &format!("fibonacci_with_input, {n} items"),
            || plain_fibonacci_with_input(&numbers(3, n, 50)),
            || fibonacci_with_input(&numbers(3, n, 50)),
        );
        same(
            &format!("swapped_now_and_then, {n} items"),
            || plain_swapped_now_and_then(&ints(n)),
            || swapped_now_and_then(&ints(n)),
        );
        same(
            &format!("in_branches, {n} items"),
            || plain_in_branches(&ints(n)),
            || in_branches(&ints(n)),
        );
        same(
            &format!("leapfrog, {n} items"),
            || plain_leapfrog(&ints(n)),
            || leapfrog(&ints(n)),
        );
        same(
            &format!("taken_turns, {n} items"),
            || plain_taken_turns(&ints(n)),
            || taken_turns(&ints(n)),
        );
        same(
            &format!("of_three, {n} items"),
            || plain_of_three(&ints(n)),
            || of_three(&ints(n)),
        );
        same(
            &format!("adler, {n} items"),
            || plain_adler(text(n).as_bytes()),
            || adler(text(n).as_bytes()),
        );
    }
}

#[test]
fn filters() {
    for &n in LENGTHS {
        same(
            &format!("filter, {n} items"),
            || plain_filter(&floats(n)),
            || filter(&floats(n)),
        );
        same(
            &format!("biquad, {n} items"),
            || plain_biquad(&floats(n)),
            || biquad(&floats(n)),
        );
    }
}
