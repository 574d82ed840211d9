//! Updates of carried values that look at the value, or take it twice.

use divvy::{par_reduce, par_scan};

use crate::{CUTOFF, LENGTHS, numbers, same};

fn ints(n: usize) -> Vec<i64> {
    numbers(7, n, 41).iter().map(|&v| v as i64 - 20).collect()
}

fn nats(n: usize) -> Vec<u64> {
    numbers(9, n, 30)
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

fn bits(n: usize) -> Vec<bool> {
    numbers(5, n, 3).iter().map(|&v| v > 0).collect()
}

fn bytes(n: usize, from: &str) -> Vec<u8> {
    text(n, from).into_bytes()
}

#[par_scan(threshold = CUTOFF, twin = plain_clamp3)]
fn clamp3(xs: &[i64]) -> Vec<i64> {
    let (lo, hi) = (-10, 35);
    let mut level = 0i64;
    let mut out = vec![];
    for &x in xs {
        let next = level + x;
        level = if next < lo {
            lo
        } else if next > hi {
            hi
        } else {
            next
        };
        out.push(level);
    }
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_clamp3_stmt)]
fn clamp3_stmt(xs: &[i64]) -> Vec<i64> {
    let mut level = 0i64;
    let mut out = vec![];
    for &x in xs {
        level += x;
        if level < 0 {
            level = 0;
        } else if level > 100 {
            level = 100;
        }
        out.push(level);
    }
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_clamp_match)]
fn clamp_match(xs: &[i64]) -> Vec<i64> {
    let mut level = 0i64;
    let mut out = vec![];
    for &x in xs {
        level = match level + x {
            v if v < 0 => 0,
            v if v > 50 => 50,
            v => v,
        };
        out.push(level);
    }
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_saturating)]
fn saturating(xs: &[u64]) -> Vec<u8> {
    let mut c = 100u8;
    let mut out = vec![];
    for &x in xs {
        if x % 2 == 0 {
            c = c.saturating_add(x as u8);
        } else {
            c = c.saturating_sub(30);
        }
        out.push(c);
    }
    out
}

#[par_reduce(threshold = CUTOFF, twin = plain_predictor_sat)]
fn predictor_sat(taken: &[bool]) -> usize {
    let mut counter: u8 = 2;
    let mut misses = 0;
    for &t in taken {
        let guess = counter >= 2;
        if guess != t {
            misses += 1;
        }
        counter = if t {
            (counter + 1).min(3)
        } else {
            counter.saturating_sub(1)
        };
    }
    misses
}

#[par_reduce(threshold = CUTOFF, twin = plain_djb2_shift)]
fn djb2_shift(s: &[u8]) -> u32 {
    let mut h: u32 = 5381;
    for &c in s {
        h = ((h << 5).wrapping_add(h)).wrapping_add(c as u32);
    }
    h
}

#[par_reduce(threshold = CUTOFF, twin = plain_djb2_plus)]
fn djb2_plus(s: &[u8]) -> u64 {
    let mut h: u64 = 5381;
    for c in s.iter() {
        h = (h << 5) + h + *c as u64;
        h &= 0xffff_ffff;
    }
    h
}

#[par_reduce(threshold = CUTOFF, twin = plain_sdbm)]
fn sdbm(s: &[u8]) -> u32 {
    let mut h = 0u32;
    for &c in s {
        h = (c as u32).wrapping_add(h << 6).wrapping_add(h << 16).wrapping_sub(h);
    }
    h
}

#[par_reduce(threshold = CUTOFF, twin = plain_rotl_mix)]
fn rotl_mix(s: &[u64]) -> u64 {
    let mut h = 1u64;
    for &c in s {
        h = h.rotate_left(5) ^ c;
    }
    h
}

#[par_reduce(threshold = CUTOFF, twin = plain_zobrist)]
fn zobrist(s: &[u64]) -> u64 {
    let mut h = 1u64;
    for &c in s {
        h ^= c.wrapping_mul(0x9E3779B97F4A7C15).rotate_left((c % 64) as u32);
    }
    h
}

#[par_reduce(float = tree, threshold = CUTOFF, twin = plain_welford)]
fn welford(xs: &[f64]) -> (i64, i64) {
    let (mut n, mut mean, mut m2) = (0u64, 0.0f64, 0.0f64);
    for &x in xs {
        n += 1;
        let d = x - mean;
        mean += d / n as f64;
        m2 += d * (x - mean);
    }
    (r(mean), r(m2))
}

#[par_scan(float = tree, threshold = CUTOFF, twin = plain_ema)]
fn ema(xs: &[f64]) -> Vec<f64> {
    let alpha = 0.25;
    let mut e = 0.0;
    let mut out = vec![];
    for &x in xs {
        e = alpha * x + (1.0 - alpha) * e;
        out.push(e);
    }
    out
}

#[par_scan(float = tree, threshold = CUTOFF, twin = plain_ema_delta)]
fn ema_delta(xs: &[f64]) -> Vec<f64> {
    let alpha = 0.25;
    let mut e = 0.0;
    let mut out = vec![];
    for &x in xs {
        e += alpha * (x - e);
        out.push(e);
    }
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_option_replace)]
fn option_replace(xs: &[u64]) -> Vec<i64> {
    let mut prev = None;
    let mut out = vec![];
    for &x in xs {
        if let Some(p) = prev.replace(x) {
            out.push(x as i64 - p as i64);
        }
    }
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_mem_replace)]
fn mem_replace(xs: &[u64]) -> Vec<i64> {
    let mut prev = 0;
    let mut out = vec![];
    for &x in xs {
        let old = std::mem::replace(&mut prev, x);
        out.push(x as i64 - old as i64);
    }
    out
}

#[par_reduce(threshold = CUTOFF, twin = plain_tuple_state)]
fn tuple_state(s: &str) -> (usize, usize) {
    #[derive(Clone, Copy, PartialEq, Debug)]
    enum St {
        Start,
        Word,
        Num,
    }
    let mut state = St::Start;
    let (mut words, mut nums) = (0, 0);
    for c in s.chars() {
        let next = match (state, c) {
            (St::Start, 'a'..='z') => {
                words += 1;
                St::Word
            }
            (St::Start, '0'..='9') => {
                nums += 1;
                St::Num
            }
            (St::Word, c) if c.is_alphanumeric() => St::Word,
            (St::Num, c) if c.is_ascii_digit() => St::Num,
            (_, _) => St::Start,
        };
        state = next;
    }
    (words, nums)
}

#[test]
fn bounds_on_both_sides() {
    for &n in LENGTHS {
        same(
            &format!("clamp3, n = {n}"),
            || plain_clamp3(&ints(n)),
            || clamp3(&ints(n)),
        );
        same(
            &format!("clamp3_stmt, n = {n}"),
            || plain_clamp3_stmt(&ints(n)),
            || clamp3_stmt(&ints(n)),
        );
        same(
            &format!("clamp_match, n = {n}"),
            || plain_clamp_match(&ints(n)),
            || clamp_match(&ints(n)),
        );
    }
}

#[test]
fn counters_between_bounds() {
    for &n in LENGTHS {
        same(
            &format!("saturating, n = {n}"),
            || plain_saturating(&nats(n)),
            || saturating(&nats(n)),
        );
        same(
            &format!("predictor_sat, n = {n}"),
            || plain_predictor_sat(&bits(n)),
            || predictor_sat(&bits(n)),
        );
    }
}

#[test]
fn values_taken_twice() {
    for &n in LENGTHS {
        same(
            &format!("djb2_shift, n = {n}"),
            || plain_djb2_shift(&bytes(n, "abcdef")),
            || djb2_shift(&bytes(n, "abcdef")),
        );
        same(
            &format!("djb2_plus, n = {n}"),
            || plain_djb2_plus(&bytes(n, "abcdef")),
            || djb2_plus(&bytes(n, "abcdef")),
        );
        same(
            &format!("sdbm, n = {n}"),
            || plain_sdbm(&bytes(n, "abcdef")),
            || sdbm(&bytes(n, "abcdef")),
        );
    }
}

#[test]
fn rotations() {
    for &n in LENGTHS {
        same(
            &format!("rotl_mix, n = {n}"),
            || plain_rotl_mix(&nats(n)),
            || rotl_mix(&nats(n)),
        );
        same(
            &format!("zobrist, n = {n}"),
            || plain_zobrist(&nats(n)),
            || zobrist(&nats(n)),
        );
    }
}

#[test]
fn means() {
    for &n in LENGTHS {
        same(
            &format!("welford, n = {n}"),
            || plain_welford(&floats(n)),
            || welford(&floats(n)),
        );
        same(
            &format!("ema, n = {n}"),
            || plain_ema(&floats(n)).iter().map(|x| r(*x)).collect::<Vec<_>>(),
            || ema(&floats(n)).iter().map(|x| r(*x)).collect::<Vec<_>>(),
        );
        same(
            &format!("ema_delta, n = {n}"),
            || plain_ema_delta(&floats(n)).iter().map(|x| r(*x)).collect::<Vec<_>>(),
            || ema_delta(&floats(n)).iter().map(|x| r(*x)).collect::<Vec<_>>(),
        );
    }
}

#[test]
fn values_that_are_exchanged() {
    for &n in LENGTHS {
        same(
            &format!("option_replace, n = {n}"),
            || plain_option_replace(&nats(n)),
            || option_replace(&nats(n)),
        );
        same(
            &format!("mem_replace, n = {n}"),
            || plain_mem_replace(&nats(n)),
            || mem_replace(&nats(n)),
        );
    }
}

#[test]
fn states_that_are_chosen_beside_counts() {
    for &n in LENGTHS {
        same(
            &format!("tuple_state, n = {n}"),
            || plain_tuple_state(&text(n, "ab 12+\n")),
            || tuple_state(&text(n, "ab 12+\n")),
        );
    }
}
