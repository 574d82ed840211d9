//! Calls that only one branch makes, and calls that take what others clone, against their sequential twins.

use divvy::par_divide;

use crate::{numbers, same};

#[par_divide(twin = a_seq)]
fn a(items: &[u32], cap: u32) -> u32 {
    let Some((first, rest)) = items.split_first() else {
        return 0;
    };
    let skip = a(rest, cap);
    if *first > cap {
        return skip;
    }
    skip.max(first + a(rest, cap - first))
}
#[par_divide(twin = b_seq)]
fn b(items: &[u32], i: usize, cap: u32) -> u32 {
    if i == items.len() {
        return 0;
    }
    let mut best = b(items, i + 1, cap);
    if items[i] <= cap {
        let take = items[i] + b(items, i + 1, cap - items[i]);
        if take > best {
            best = take;
        }
    }
    best
}
#[par_divide(twin = c_seq)]
fn lcs(a: &[u8], b: &[u8]) -> usize {
    match (a, b) {
        ([], _) | (_, []) => 0,
        ([x, xs @ ..], [y, ys @ ..]) => {
            if x == y {
                1 + lcs(xs, ys)
            } else {
                lcs(xs, b).max(lcs(a, ys))
            }
        }
    }
}
#[par_divide(twin = d_seq)]
fn d(n: u32, k: u32) -> u64 {
    if n == 0 {
        return 1;
    }
    let left = d(n - 1, k);
    let right = if n > k {
        let m = n - k - 1;
        d(m, k)
    } else if n > 2 {
        d(n - 2, k)
    } else {
        0
    };
    left + right
}
#[par_divide(twin = e_seq)]
fn e(n: u32) -> Vec<u32> {
    let mut out = vec![];
    if n == 0 {
        return out;
    }
    let first = e(n - 1);
    out.extend(&first);
    if n % 2 == 0 {
        let half = n / 2;
        let more = e(half);
        if more.len() > first.len() / 2 {
            out.push(half);
        }
        out.extend(more.iter().map(|x| x + 1));
    } else {
        out.push(n);
    }
    out
}
#[par_divide(twin = f_seq)]
fn f(s: &str) -> usize {
    if s.len() < 2 {
        return s.len();
    }
    let mid = s.len() / 2;
    let l = f(&s[..mid]);
    return if s.as_bytes()[mid] == b'x' {
        l
    } else {
        let r = f(&s[mid..]);
        l.max(r) + 1
    };
}

#[test]
fn calls_in_branches_of_a_value() {
    for n in [0u32, 1, 3, 11] {
        let v: Vec<u32> = (0..n).map(|i| i * 7 % 11 + 1).collect();
        let [t, u] = [(3, 4), (5, 3)].map(|(a, b)| (0..n as u8).map(|i| i * a % b).collect::<Vec<_>>());
        let s: String = (0..n * 9).map(|i| if i % 5 == 3 { 'x' } else { 'y' }).collect();
        same("left early", || a_seq(&v, 20), || a(&v, 20));
        same("best of two", || b_seq(&v, 0, 20), || b(&v, 0, 20));
        same("subsequence", || c_seq(&t, &u), || lcs(&t, &u));
        same("three branches", || d_seq(n, 2), || d(n, 2));
        same("prepared", || e_seq(n), || e(n));
        same("returned", || f_seq(&s), || f(&s));
    }
}

mod moves {
    use super::*;

    #[derive(Clone, Debug, PartialEq)]
    enum E {
        Lit(i64),
        Add(Box<E>, Box<E>),
        Mul(Box<E>, Box<E>),
        Neg(Box<E>),
    }
    #[par_divide(twin = d_seq)]
    fn diff(e: E) -> E {
        match e {
            E::Lit(_) => E::Lit(0),
            E::Add(a, b) => E::Add(Box::new(diff(*a)), Box::new(diff(*b))),
            E::Mul(a, b) => E::Add(
                Box::new(E::Mul(Box::new(diff((*a).clone())), b.clone())),
                Box::new(E::Mul(a, Box::new(diff(*b)))),
            ),
            E::Neg(a) => E::Neg(Box::new(diff(*a))),
        }
    }
    #[par_divide(twin = p_seq)]
    fn paths(n: u32, path: String) -> Vec<String> {
        if n == 0 {
            return vec![path];
        }
        let mut out = paths(n - 1, format!("{path}l"));
        let copy = path.clone();
        out.extend(paths(n / 2, path + "r"));
        out.push(copy);
        out
    }
    #[par_divide(twin = q_seq)]
    fn gen_parens(open: u32, close: u32, cur: String, out: &mut Vec<String>) {
        if open == 0 && close == 0 {
            out.push(cur);
            return;
        }
        if open > 0 {
            gen_parens(open - 1, close, cur.clone() + "(", out);
        }
        if close > open {
            gen_parens(open, close - 1, cur + ")", out);
        }
    }
    #[par_divide(twin = r_seq)]
    fn subsets(mut items: Vec<i32>, cur: Vec<i32>) -> Vec<Vec<i32>> {
        match items.pop() {
            None => vec![cur],
            Some(x) => {
                let mut with = cur.clone();
                with.push(x);
                let mut all = subsets(items.clone(), cur);
                all.extend(subsets(items, with));
                all
            }
        }
    }

    fn make(numbers: &mut impl Iterator<Item = u64>, d: u32) -> E {
        let inner = |numbers: &mut _| Box::new(make(numbers, d - 1));
        match numbers.next().unwrap_or(0) % 3 {
            n if d == 0 => E::Lit(n as i64),
            0 => E::Neg(inner(numbers)),
            1 => E::Add(inner(numbers), inner(numbers)),
            _ => E::Mul(inner(numbers), inner(numbers)),
        }
    }

    #[test]
    fn clones_are_made_before_the_value_is_taken() {
        let mut numbers = numbers(5, 1_000, 1_000).into_iter();
        for d in [0, 1, 3, 6] {
            let t = make(&mut numbers, d);
            let v: Vec<i32> = (0..d as i32).collect();
            same("derived", || d_seq(t.clone()), || diff(t.clone()));
            same("paths", || p_seq(d, String::new()), || paths(d, String::new()));
            let listed = |by: fn(u32, u32, String, &mut Vec<String>)| {
                let mut out = vec![];
                by(d, d, String::new(), &mut out);
                out
            };
            same("parentheses", || listed(q_seq), || listed(gen_parens));
            same("subsets", || r_seq(v.clone(), vec![]), || subsets(v.clone(), vec![]));
        }
    }
}
