//! Macros of the user's own: nothing is known of what they are made of.

use divvy::{par_divide, par_for, par_join, par_reduce, par_scan};

use crate::{LENGTHS, numbers, same};

macro_rules! double {
    ($x:expr) => {
        $x.wrapping_mul(2)
    };
}

/// A jump that stays in the loop.
macro_rules! skip_multiples {
    ($x:expr, $of:expr) => {
        if $x % $of == 0 {
            continue;
        }
    };
}

/// Takes what may be a jump.
macro_rules! unless {
    ($condition:expr, $otherwise:expr) => {
        if $condition {
            $otherwise
        }
    };
}

#[par_reduce(threshold = 2, twin = plain_sum)]
fn sum(xs: &[u64]) -> u64 {
    let mut sum = 0u64;
    for x in xs {
        sum = sum.wrapping_add(double!(x));
    }
    sum
}

#[par_for(threshold = 2, twin = plain_doubled)]
fn doubled(xs: &[u64], out: &mut [u64]) {
    for (x, out) in xs.iter().zip(out.iter_mut()) {
        skip_multiples!(x, 3);
        *out = double!(x);
    }
}

#[par_reduce(threshold = 2, twin = plain_left)]
fn left(xs: &[u64], limit: u64) -> Option<(u64, Vec<u64>)> {
    let mut sum = 0u64;
    let mut small = Vec::new();
    'all: for x in xs {
        if double!(x) > limit {
            return None;
        }
        if *x == limit / 3 {
            break 'all;
        }
        for k in 1..4 {
            unless!(x % k == 1, continue 'all);
            unless!(x % k == 2, break);
            sum = sum.wrapping_add(*x);
        }
        small.push(double!(x));
    }
    Some((sum, small))
}

#[par_scan(threshold = 2, twin = plain_sums)]
fn sums(xs: &[u64], out: &mut Vec<u64>) {
    let mut sum = 0u64;
    for x in xs {
        sum = sum.wrapping_add(*x);
        let here = sum;
        out.push(double!(here));
    }
}

#[par_reduce(threshold = 2, twin = plain_lengths)]
fn lengths(xs: &[u64]) -> usize {
    let mut total = 0;
    for x in xs {
        total += format!("{total}", total = x + 1).len();
    }
    total
}

/// The values of both halves, and one more.
#[par_join(twin = plain_halves)]
fn halves(xs: &[u64], out: &mut [u64; 3]) {
    let (left, right) = xs.split_at(xs.len() / 2);
    out[0] = double!(plain_sum(left));
    let all = double!(plain_sum(right));
    out[1] = double!(all);
    out[2] = plain_sum(xs);
}

struct Tree {
    value: u64,
    kids: Vec<Tree>,
}

#[par_divide(twin = plain_total)]
fn total(tree: &Tree) -> u64 {
    let mut all = tree.value;
    for kid in &tree.kids {
        all += double!(own(kid)) + total(kid);
    }
    all
}

fn own(tree: &Tree) -> u64 {
    double!(tree.value)
}

fn tree(value: u64) -> Tree {
    let kids = (0..value.min(4)).map(|k| tree(value - 1 - k)).collect();
    Tree { value, kids }
}

#[test]
fn what_they_give_is_taken_as_it_is() {
    for &n in LENGTHS {
        let xs = numbers(1, n, 1_000);
        same(&format!("sum of {n}"), || plain_sum(&xs), || sum(&xs));
        let filled = |fill: fn(&[u64], &mut [u64])| {
            let mut out = vec![1; n];
            fill(&xs, &mut out);
            out
        };
        same(&format!("{n} doubled"), || filled(plain_doubled), || filled(doubled));
        let listed = |list: fn(&[u64], &mut Vec<u64>)| {
            let mut out = Vec::new();
            list(&xs, &mut out);
            out
        };
        let split = |fill: fn(&[u64], &mut [u64; 3])| {
            let mut out = [0; 3];
            fill(&xs, &mut out);
            out
        };
        same(&format!("halves of {n}"), || split(plain_halves), || split(halves));
        same(&format!("lengths of {n}"), || plain_lengths(&xs), || lengths(&xs));
        same(&format!("sums of {n}"), || listed(plain_sums), || listed(sums));
    }
    let tree = tree(10);
    same("tree", || plain_total(&tree), || total(&tree));
}

#[test]
fn ways_out_beside_them_are_taken() {
    for &n in LENGTHS {
        let xs = numbers(2, n, 90);
        for limit in [20, 100, 170, 180, 270] {
            same(
                &format!("{n} up to {limit}"),
                || plain_left(&xs, limit),
                || left(&xs, limit),
            );
        }
    }
}

/// The closure that the macro is given has a name of the macro's, and hides nothing.
macro_rules! added_up {
    ($name:ident, $twin:ident, $term:expr) => {
        #[par_reduce(threshold = 2, twin = $twin)]
        fn $name(xs: &[u64]) -> u64 {
            let mut sum = 0u64;
            for &x in xs {
                sum = sum.wrapping_add($term(x));
            }
            sum
        }
    };
}

added_up!(by_a_namesake, plain_by_a_namesake, |sum: u64| sum.wrapping_mul(3));

#[test]
fn namesakes_of_another_context() {
    for &n in LENGTHS {
        let xs = numbers(11, n, 90);
        same(&format!("n = {n}"), || plain_by_a_namesake(&xs), || by_a_namesake(&xs));
    }
}
