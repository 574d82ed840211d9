//! What comes out of each float mode: sums, products, dot products, means, a type of one's own and a field of one, in loops,
//! chains and scans.

use std::ops::{Add, AddAssign};

use divvy::{Associative, Executor, Floats, Monoid, ops, par_reduce, par_scan, with};

use crate::{CUTOFF, LENGTHS, numbers, same};

#[derive(Clone, Copy, Debug, PartialEq)]
struct Complex {
    re: f64,
    im: f64,
}

impl Complex {
    fn of(x: f64) -> Self {
        Complex { re: x, im: x * -0.5 }
    }
}

impl Add for Complex {
    type Output = Complex;

    fn add(self, other: Complex) -> Complex {
        Complex {
            re: self.re + other.re,
            im: self.im + other.im,
        }
    }
}

impl AddAssign for Complex {
    fn add_assign(&mut self, other: Complex) {
        *self = *self + other;
    }
}

impl std::iter::Sum for Complex {
    fn sum<I: Iterator<Item = Complex>>(items: I) -> Complex {
        items.fold(Complex { re: -0.0, im: -0.0 }, |a, b| a + b)
    }
}

/// For `float = exact`.
impl Floats for Complex {
    type Parts = [f64; 2];

    fn into_parts(self) -> [f64; 2] {
        [self.re, self.im]
    }

    fn from_parts([re, im]: [f64; 2]) -> Complex {
        Complex { re, im }
    }
}

/// For `float = tree` and `float = any`: a regrouped sum is right up to rounding.
impl Associative<ops::Rounded<ops::Add>> for Complex {
    fn combine(left: &mut Complex, right: Complex) {
        *left += right;
    }
}

impl Monoid<ops::Rounded<ops::Add>> for Complex {
    fn identity() -> Complex {
        Complex { re: -0.0, im: -0.0 }
    }
}

struct Body {
    mass: f64,
    seen: u32,
}

type Version = fn(&[f64], &[f64]) -> Vec<f64>;

/// A name, the function without an attribute, and the function in each mode.
type Kernel = (&'static str, Version, &'static [(&'static str, Version)]);

/// Each function as it is and in the modes that it is accepted in.
macro_rules! kernels {
    ($($name:ident: $attribute:ident [$($mode:ident)*] |$xs:ident, $ys:ident| $body:block)*) => {
        $(mod $name {
            #[allow(unused_imports)] // not all of them add complex numbers
            use super::*;

            pub(super) fn plain($xs: &[f64], $ys: &[f64]) -> Vec<f64> $body

            $(pub(super) mod $mode {
                use super::super::*;

                #[$attribute(threshold = CUTOFF, float = $mode)]
                pub(crate) fn run($xs: &[f64], $ys: &[f64]) -> Vec<f64> $body
            })*

            pub(super) const VERSIONS: &[(&str, Version)] = &[$((stringify!($mode), $mode::run)),*];
        })*

        const KERNELS: &[Kernel] = &[$((stringify!($name), $name::plain, $name::VERSIONS)),*];
    };
}

kernels! {
    loop_sum: par_reduce [ordered tree exact any] |xs, _ys| {
        let mut sum = 0.0;
        for x in xs {
            sum += x;
        }
        vec![sum]
    }

    loop_product: par_reduce [ordered tree any] |_xs, ys| {
        let mut product = 1.0;
        for y in ys {
            product *= y;
        }
        vec![product]
    }

    loop_dot: par_reduce [ordered tree exact any] |xs, ys| {
        let mut dot = 0.0;
        for (x, y) in xs.iter().zip(ys) {
            dot += x * y;
        }
        vec![dot]
    }

    loop_mean: par_reduce [ordered tree exact any] |xs, _ys| {
        let mut sum = 0.0;
        let mut count = 0_u32;
        for x in xs {
            sum += x;
            count += 1;
        }
        vec![sum / f64::from(count.max(1))]
    }

    loop_complex: par_reduce [ordered tree exact any] |xs, _ys| {
        let mut sum = Complex { re: 0.0, im: 0.0 };
        for x in xs {
            sum += Complex::of(*x);
        }
        vec![sum.re, sum.im]
    }

    loop_field: par_reduce [ordered tree exact any] |xs, _ys| {
        let mut body = Body { mass: 0.0, seen: 0 };
        for x in xs {
            body.mass += x;
            body.seen += 1;
        }
        vec![body.mass, f64::from(body.seen)]
    }

    chain_sum: par_reduce [ordered tree exact any] |xs, _ys| {
        let sum: f64 = xs.iter().sum();
        vec![sum]
    }

    chain_product: par_reduce [ordered tree any] |_xs, ys| {
        let product: f64 = ys.iter().product();
        vec![product]
    }

    chain_dot: par_reduce [ordered tree exact any] |xs, ys| {
        let dot: f64 = xs.iter().zip(ys).map(|(x, y)| x * y).sum();
        vec![dot]
    }

    chain_mean: par_reduce [ordered tree exact any] |xs, _ys| {
        let sum = xs.iter().sum::<f64>();
        vec![sum / xs.len().max(1) as f64]
    }

    chain_complex: par_reduce [ordered tree exact any] |xs, _ys| {
        let sum: Complex = xs.iter().map(|x| Complex::of(*x)).sum();
        vec![sum.re, sum.im]
    }

    scan_sum: par_scan [ordered tree any] |xs, _ys| {
        let mut sum = 0.0;
        let mut sums = Vec::new();
        for x in xs {
            sum += x;
            sums.push(sum);
        }
        sums
    }

    scan_product: par_scan [ordered tree any] |_xs, ys| {
        let mut product = 1.0;
        let mut products = Vec::new();
        for y in ys {
            product *= y;
            products.push(product);
        }
        products
    }

    scan_dot: par_scan [ordered tree any] |xs, ys| {
        let mut dot = 0.0;
        let mut dots = Vec::new();
        for (x, y) in xs.iter().zip(ys) {
            dot += x * y;
            dots.push(dot);
        }
        dots
    }

    scan_mean: par_scan [ordered tree any] |xs, _ys| {
        let mut sum = 0.0;
        let mut count = 0_u32;
        let mut means = Vec::new();
        for x in xs {
            sum += x;
            count += 1;
            means.push(sum / f64::from(count));
        }
        means
    }

    scan_field: par_scan [ordered tree any] |xs, _ys| {
        let mut body = Body { mass: 0.0, seen: 0 };
        let mut masses = Vec::new();
        for x in xs {
            body.mass += x;
            body.seen += 1;
            masses.push(body.mass);
        }
        masses.push(f64::from(body.seen));
        masses
    }
}

/// The kernels that are accepted in a mode.
fn in_mode(mode: &'static str) -> impl Iterator<Item = (&'static str, Version, Version)> {
    KERNELS.iter().flat_map(move |(name, plain, versions)| {
        let versions = versions.iter().filter(move |(of, _)| *of == mode);
        versions.map(move |(_, run)| (*name, *plain, *run))
    })
}

/// Terms of very different sizes and both signs, with zeros of both, and factors near 1.
fn rough(n: usize) -> (Vec<f64>, Vec<f64>) {
    let term = |bits: u64| match bits % 16 {
        0 => 0.0,
        1 => -0.0,
        scale => (bits >> 12) as f64 * 2f64.powi(scale as i32 * 4 - 80) * if bits & 64 == 0 { 1.0 } else { -1.0 },
    };
    let terms = numbers(n as u64 + 1, n, u64::MAX).into_iter().map(term);
    (terms.collect(), factors(n))
}

/// Terms below 100 that round, and factors near 1.
fn tame(n: usize) -> (Vec<f64>, Vec<f64>) {
    let terms = numbers(n as u64 + 2, n, 1_000)
        .into_iter()
        .map(|x| x as f64 / 7.0 - 60.0);
    (terms.collect(), factors(n))
}

fn factors(n: usize) -> Vec<f64> {
    let factors = numbers(n as u64 + 3, n, 2_000).into_iter();
    factors.map(|y| 1.0 + (y as f64 - 1_000.0) * 1e-6).collect()
}

/// Terms and factors whose sums and products don't round.
fn even(n: usize) -> (Vec<f64>, Vec<f64>) {
    let factors = [2.0, 0.5, -1.0, 4.0, 0.25].into_iter().cycle();
    (crate::floats(n as u64 + 4, n), factors.take(n).collect())
}

/// Whole numbers of very different sizes: `i128` knows their sum.
fn whole(n: usize) -> Vec<i128> {
    let part = |bits: u64| (i128::from(bits >> 20) - (1 << 43)) << (bits % 50);
    numbers(n as u64 + 5, n, u64::MAX).into_iter().map(part).collect()
}

fn bits(found: Vec<f64>) -> Vec<u64> {
    found.into_iter().map(f64::to_bits).collect()
}

/// The bits, of zeros without their sign.
fn unsigned_zeros(found: Vec<f64>) -> Vec<u64> {
    found.into_iter().map(|x| (x + 0.0).to_bits()).collect()
}

#[test]
fn ordered_is_the_sequential_program_to_the_bit() {
    for (name, plain, run) in in_mode("ordered") {
        for &n in LENGTHS {
            let (xs, ys) = rough(n);
            let what = format!("{name}, n = {n}");
            same(&what, || bits(plain(&xs, &ys)), || bits(run(&xs, &ys)));
        }
    }
}

#[test]
fn a_tree_is_the_same_one_everywhere() {
    for (name, _, run) in in_mode("tree") {
        for &n in LENGTHS {
            let (xs, ys) = rough(n);
            let want = with(Executor::Serial, || bits(run(&xs, &ys)));
            same(&format!("{name}, n = {n}"), || want.clone(), || bits(run(&xs, &ys)));
        }
    }
}

/// The tree as the documentation describes it.
fn documented(terms: &[f64], start: f64, identity: f64, op: fn(f64, f64) -> f64, block: usize) -> f64 {
    if terms.len() <= block {
        return terms.iter().fold(start, |acc, term| op(acc, *term));
    }
    let mut blocks = 1;
    while 2 * blocks * block < terms.len() {
        blocks *= 2;
    }
    let (left, right) = terms.split_at(blocks * block);
    let left = documented(left, start, identity, op, block);
    op(left, documented(right, identity, identity, op, block))
}

#[test]
fn the_tree_of_loops_and_chains_is_the_documented_one() {
    let first = std::iter::empty::<f64>().sum::<f64>();
    for n in LENGTHS.iter().copied().chain([33, 64, 65, 2_049, 4_096]) {
        let (xs, ys) = rough(n);
        let dots: Vec<f64> = xs.iter().zip(&ys).map(|(x, y)| x * y).collect();
        let mut block = 1024;
        while block > 32 && block > n / 64 {
            block /= 2;
        }
        for (name, _, run) in in_mode("tree") {
            let want = match name {
                "loop_sum" => documented(&xs, 0.0, -0.0, |a, b| a + b, block),
                "loop_dot" => documented(&dots, 0.0, -0.0, |a, b| a + b, block),
                "loop_product" | "chain_product" => documented(&ys, 1.0, 1.0, |a, b| a * b, block),
                "chain_sum" => documented(&xs, first, -0.0, |a, b| a + b, block),
                "chain_dot" => documented(&dots, first, -0.0, |a, b| a + b, block),
                _ => continue,
            };
            let what = format!("{name}, n = {n}");
            same(&what, || vec![want.to_bits()], || bits(run(&xs, &ys)));
        }
    }
}

#[test]
fn exact_is_rounded_once() {
    for &n in LENGTHS {
        let parts = whole(n);
        let xs: Vec<f64> = parts.iter().map(|&part| part as f64).collect();
        let (_, ys) = rough(n);
        let total = parts.iter().sum::<i128>() as f64;
        for (name, _, run) in in_mode("exact") {
            let want = match name {
                "loop_sum" | "chain_sum" => vec![total],
                "loop_mean" | "chain_mean" => vec![total / n.max(1) as f64],
                "loop_complex" | "chain_complex" => vec![total, total * -0.5],
                "loop_field" => vec![total, n as f64],
                _ => continue,
            };
            same(
                &format!("{name}, n = {n}"),
                || unsigned_zeros(want.clone()),
                || unsigned_zeros(run(&xs, &ys)),
            );
        }
    }
}

#[test]
fn exact_does_not_depend_on_the_order() {
    for (name, _, run) in in_mode("exact") {
        for &n in LENGTHS {
            let (mut xs, mut ys) = rough(n);
            let want = unsigned_zeros(run(&xs, &ys));
            xs.reverse();
            ys.reverse();
            same(
                &format!("{name}, n = {n}"),
                || want.clone(),
                || unsigned_zeros(run(&xs, &ys)),
            );
        }
    }
}

#[test]
fn any_is_right_up_to_rounding() {
    for (name, plain, run) in in_mode("any") {
        for &n in LENGTHS {
            let (xs, ys) = tame(n);
            let want = plain(&xs, &ys);
            let scale = 1.0 + xs.iter().map(|x| x.abs()).sum::<f64>();
            let is_close = || {
                let found = run(&xs, &ys);
                let close = |(a, b): (&f64, &f64)| (a - b).abs() <= 1e-12 * scale;
                found.len() == want.len() && found.iter().zip(&want).all(close)
            };
            same(&format!("{name}, n = {n}"), || true, is_close);
        }
    }
}

#[test]
fn what_does_not_round_is_the_same_in_every_mode() {
    for (name, plain, versions) in KERNELS {
        for (mode, run) in *versions {
            for &n in LENGTHS {
                let (xs, ys) = even(n);
                same(
                    &format!("{name}, {mode}, n = {n}"),
                    || unsigned_zeros(plain(&xs, &ys)),
                    || unsigned_zeros(run(&xs, &ys)),
                );
            }
        }
    }
}
