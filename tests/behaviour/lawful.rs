//! Carried values with the law of a monoid.

use divvy::{Monoid, associative, par_scan};

use crate::{CUTOFF, LENGTHS, numbers, same};

#[derive(Clone, Copy, Debug, PartialEq)]
struct Stats {
    count: u64,
    min: i64,
    max: i64,
}
#[associative(identity = Stats { count: 0, min: i64::MAX, max: i64::MIN })]
fn merge(a: Stats, b: Stats) -> Stats {
    Stats {
        count: a.count.wrapping_add(b.count),
        min: a.min.min(b.min),
        max: a.max.max(b.max),
    }
}
fn one(x: i64) -> Stats {
    Stats {
        count: 1,
        min: x,
        max: x,
    }
}
#[derive(Clone, Copy, Debug, PartialEq, Default)]
struct Mat {
    a: u64,
    b: u64,
    c: u64,
    d: u64,
}
#[associative(identity = Mat { a: 1, b: 0, c: 0, d: 1 })]
fn matmul(x: Mat, y: Mat) -> Mat {
    Mat {
        a: x.a.wrapping_mul(y.a).wrapping_add(x.b.wrapping_mul(y.c)),
        b: x.a.wrapping_mul(y.b).wrapping_add(x.b.wrapping_mul(y.d)),
        c: x.c.wrapping_mul(y.a).wrapping_add(x.d.wrapping_mul(y.c)),
        d: x.c.wrapping_mul(y.b).wrapping_add(x.d.wrapping_mul(y.d)),
    }
}
#[derive(Clone, Copy, Debug, PartialEq, Monoid)]
struct Tally {
    #[monoid(add)]
    n: u64,
    #[monoid(max)]
    top: i64,
}
#[associative(identity = 0)]
fn gcd(a: u64, b: u64) -> u64 {
    let (mut a, mut b) = (a, b);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

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

#[par_scan(reduce(acc: merge), threshold = CUTOFF, twin = plain_user_push)]
fn user_push(xs: &[i64]) -> Vec<Stats> {
    let mut acc = Stats {
        count: 0,
        min: i64::MAX,
        max: i64::MIN,
    };
    let mut out = Vec::new();
    for &x in xs {
        acc = merge(acc, one(x));
        out.push(acc);
    }
    out
}

#[par_scan(reduce(acc: merge), threshold = CUTOFF, twin = plain_user_write)]
fn user_write(xs: &[i64]) -> Vec<Stats> {
    let mut acc = one(0);
    let mut out = vec![acc; xs.len()];
    for (i, x) in xs.iter().enumerate() {
        acc = merge(acc, one(*x));
        out[i] = acc;
    }
    out
}

#[par_scan(reduce(g: gcd), threshold = CUTOFF, twin = plain_prefix_gcd)]
fn prefix_gcd(xs: &[u64]) -> Vec<u64> {
    let mut g = 0;
    let mut out = Vec::with_capacity(xs.len());
    for &x in xs {
        g = gcd(g, x);
        out.push(g);
    }
    out
}

#[par_scan(reduce(m: matmul), threshold = CUTOFF, twin = plain_prefix_mats)]
fn prefix_mats(xs: &[u64]) -> Vec<Mat> {
    let mut m = Mat { a: 1, b: 0, c: 0, d: 1 };
    let mut out = vec![];
    for &x in xs {
        let step = Mat { a: x, b: 1, c: 1, d: 0 };
        m = matmul(m, step);
        out.push(m);
    }
    out
}

#[par_scan(reduce(acc: merge), threshold = CUTOFF, twin = plain_user_exclusive)]
fn user_exclusive(xs: &[i64]) -> (Vec<Stats>, Stats) {
    let mut acc = one(0);
    let mut out = vec![];
    for &x in xs {
        out.push(acc.clone());
        acc = merge(acc, one(x));
    }
    (out, acc)
}

#[par_scan(reduce(acc: merge), threshold = CUTOFF, twin = plain_user_named)]
fn user_named(xs: &[i64]) -> Vec<u64> {
    let mut acc = one(0);
    let mut out = vec![];
    for &x in xs {
        acc = merge(acc, one(x));
        out.push(acc.count);
    }
    out
}

#[par_scan(reduce(acc: merge), threshold = CUTOFF, twin = plain_user_scan)]
fn user_scan(xs: &[i64]) -> Vec<Stats> {
    xs.iter()
        .scan(one(0), |acc, &x| {
            *acc = merge(*acc, one(x));
            Some(*acc)
        })
        .collect()
}

#[par_scan(reduce(acc: merge), threshold = CUTOFF, twin = plain_user_reset)]
fn user_reset(xs: &[i64]) -> Vec<Stats> {
    let mut acc = one(0);
    let mut out = vec![];
    for &x in xs {
        if x == 3 {
            acc = one(x);
        } else {
            acc = merge(acc, one(x));
        }
        out.push(acc);
    }
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_tally_combine_plain)]
fn tally_combine_plain(xs: &[i64]) -> Vec<Tally> {
    let mut acc = Tally { n: 0, top: i64::MIN };
    let mut out = vec![];
    for &x in xs {
        acc = acc.combine(Tally { n: 1, top: x });
        out.push(acc);
    }
    out
}

#[par_scan(reduce(acc: divvy::ops::Combine), threshold = CUTOFF, twin = plain_tally_method)]
fn tally_method(xs: &[i64]) -> Vec<Tally> {
    let mut acc = Tally { n: 0, top: i64::MIN };
    let mut out = vec![];
    for &x in xs {
        let t = Tally { n: 1, top: x };
        acc = acc.combine(t);
        out.push(acc);
    }
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_words_take)]
fn words_take(s: &str) -> Vec<String> {
    let mut cur = String::new();
    let mut out = vec![];
    for c in s.chars() {
        if c.is_whitespace() {
            out.push(std::mem::take(&mut cur));
        } else {
            cur.push(c);
        }
    }
    out.push(cur);
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_groups)]
fn groups(xs: &[i64]) -> Vec<Vec<i64>> {
    let mut out = Vec::new();
    let mut group = Vec::new();
    for &x in xs {
        if x < 0 {
            out.push(std::mem::replace(&mut group, Vec::new()));
        }
        group.push(x);
    }
    out.push(group);
    out
}

#[test]
fn operations_of_ones_own() {
    for &n in LENGTHS {
        same(
            &format!("user_push, n = {n}"),
            || plain_user_push(&ints(n)),
            || user_push(&ints(n)),
        );
        same(
            &format!("user_write, n = {n}"),
            || plain_user_write(&ints(n)),
            || user_write(&ints(n)),
        );
        same(
            &format!("prefix_gcd, n = {n}"),
            || plain_prefix_gcd(&nats(n)),
            || prefix_gcd(&nats(n)),
        );
        same(
            &format!("prefix_mats, n = {n}"),
            || plain_prefix_mats(&nats(n)),
            || prefix_mats(&nats(n)),
        );
        same(
            &format!("user_exclusive, n = {n}"),
            || plain_user_exclusive(&ints(n)),
            || user_exclusive(&ints(n)),
        );
        same(
            &format!("user_named, n = {n}"),
            || plain_user_named(&ints(n)),
            || user_named(&ints(n)),
        );
        same(
            &format!("user_scan, n = {n}"),
            || plain_user_scan(&ints(n)),
            || user_scan(&ints(n)),
        );
    }
}

#[test]
fn values_that_are_set_anew() {
    for &n in LENGTHS {
        same(
            &format!("user_reset, n = {n}"),
            || plain_user_reset(&ints(n)),
            || user_reset(&ints(n)),
        );
    }
}

#[test]
fn monoids_by_field() {
    for &n in LENGTHS {
        same(
            &format!("tally_combine_plain, n = {n}"),
            || plain_tally_combine_plain(&ints(n)),
            || tally_combine_plain(&ints(n)),
        );
        same(
            &format!("tally_method, n = {n}"),
            || plain_tally_method(&ints(n)),
            || tally_method(&ints(n)),
        );
    }
}

#[test]
fn texts_and_lists_that_are_emptied() {
    for &n in LENGTHS {
        same(
            &format!("words_take, n = {n}"),
            || plain_words_take(&text(n, "ab  c")),
            || words_take(&text(n, "ab  c")),
        );
        same(
            &format!("groups, n = {n}"),
            || plain_groups(&ints(n)),
            || groups(&ints(n)),
        );
    }
}

/// Tried while they are compiled, and by the generated tests.
mod constants {
    use divvy::associative;

    #[associative(identity = false, commutative)]
    pub(super) const fn odd(a: bool, b: bool) -> bool {
        a != b
    }

    #[associative(identity = f64::NEG_INFINITY, commutative)]
    pub(super) const fn higher(a: f64, b: f64) -> f64 {
        a.max(b)
    }

    /// Tuples are tried by the generated test alone.
    #[associative(identity = (1, 0))]
    pub(super) const fn after(f: (u32, u32), g: (u32, u32)) -> (u32, u32) {
        (g.0.wrapping_mul(f.0), g.0.wrapping_mul(f.1).wrapping_add(g.1))
    }
}

#[test]
fn constant_functions_on_truth_values_floats_and_pairs() {
    assert!(constants::odd(true, false));
    assert_eq!(constants::higher(1.0, 2.0), 2.0);
    assert_eq!(constants::after((2, 1), (3, 4)), (6, 7));
}
