//! Float modes: the bits of the sequential program, a fixed tree, one rounding.

use divvy::{Floats, par_reduce};

use crate::{CUTOFF, LENGTHS, numbers, same};

/// Floats of very different sizes and both signs, with some zeros.
fn floats(seed: u64, n: usize) -> Vec<f64> {
    numbers(seed, n, u64::MAX)
        .into_iter()
        .map(|bits| match bits % 16 {
            0 => 0.0,
            1 => -0.0,
            scale => (bits >> 12) as f64 * 2f64.powi(scale as i32 * 4 - 80) * if bits & 64 == 0 { 1.0 } else { -1.0 },
        })
        .collect()
}

/// What the loops of this file are to be equal to, on long inputs too.
fn lengths() -> impl Iterator<Item = usize> {
    LENGTHS.iter().copied().chain([20_000])
}

#[par_reduce(threshold = CUTOFF, float = ordered, twin = plain_dot)]
fn dot(xs: &[f64], ys: &[f64]) -> f64 {
    let mut dot = 0.0;
    for (x, y) in xs.iter().zip(ys) {
        dot += x * y;
    }
    dot
}

#[par_reduce(threshold = CUTOFF, float = ordered, twin = plain_several)]
fn several(xs: &[f64]) -> (f64, f64, usize, f32, String) {
    let mut sum = 1e16;
    let mut product = 1.5;
    let mut count = 0;
    let mut narrow = 0.5_f32;
    let mut signs = String::from("signs ");
    for (i, x) in xs.iter().enumerate() {
        sum += x;
        if i % 3 == 0 {
            sum = sum + 0.25 + 1e-9;
            continue;
        }
        product *= 1.0 + 1e-3 * (x % 1.0);
        count += 1;
        narrow = *x as f32 % 7.0 + narrow;
        signs += if *x < 0.0 { "-" } else { "+" };
    }
    (sum, product, count, narrow, signs)
}

#[par_reduce(threshold = CUTOFF, float = ordered, twin = plain_net)]
fn net(xs: &[f64], budget: &mut u64) -> (f64, f64) {
    let mut left = 100.0;
    let mut both = 0.0;
    for x in xs {
        left -= x;
        if *x < 0.0 {
            both = both - *x * 3.0;
        } else {
            both = both + *x;
        }
        *budget -= (*x > 0.0) as u64;
        *budget += 2;
    }
    (left, both)
}

struct Moments {
    mass: f64,
    seen: usize,
}

impl Moments {
    #[par_reduce(threshold = CUTOFF, float = ordered, twin = plain_add)]
    fn add(&mut self, xs: &[f64], extra: &mut f64) {
        for x in xs {
            self.mass += x;
            self.seen += 1;
            *extra += x / 3.0;
        }
    }
}

impl Moments {
    fn bits(&self) -> (u64, usize) {
        (self.mass.to_bits(), self.seen)
    }
}

#[par_reduce(threshold = CUTOFF, float = ordered, twin = plain_until)]
fn until(xs: &[f64], limit: f64) -> Result<f64, (usize, f64)> {
    let mut sum = 0.1;
    for (i, x) in xs.iter().enumerate() {
        if *x > limit {
            return Err((i, *x));
        }
        if i == 700 {
            break;
        }
        sum += x;
    }
    Ok(sum)
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Complex {
    re: f64,
    im: f64,
}

impl std::ops::Add for Complex {
    type Output = Complex;

    fn add(self, other: Complex) -> Complex {
        Complex {
            re: self.re + other.re,
            im: self.im + other.im,
        }
    }
}

impl std::ops::AddAssign for Complex {
    fn add_assign(&mut self, other: Complex) {
        *self = *self + other;
    }
}

impl std::ops::Sub for Complex {
    type Output = Complex;

    fn sub(self, other: Complex) -> Complex {
        Complex {
            re: self.re - other.re,
            im: self.im - other.im,
        }
    }
}

impl std::iter::Sum for Complex {
    fn sum<I: Iterator<Item = Complex>>(items: I) -> Complex {
        items.fold(Complex { re: 0.0, im: 0.0 }, |a, b| a + b)
    }
}

impl Floats for Complex {
    type Parts = [f64; 2];

    fn into_parts(self) -> [f64; 2] {
        [self.re, self.im]
    }

    fn from_parts([re, im]: [f64; 2]) -> Complex {
        Complex { re, im }
    }
}

fn complex(x: &f64) -> Complex {
    Complex { re: x / 3.0, im: -x }
}

#[par_reduce(threshold = CUTOFF, float = ordered, twin = plain_spectrum)]
fn spectrum(xs: &[f64]) -> (Complex, Complex) {
    let mut sum = Complex { re: 0.0, im: 1.0 };
    let mut other = sum;
    for x in xs {
        sum += complex(x);
        other = other - complex(x);
    }
    (sum, other)
}

#[par_reduce(threshold = CUTOFF, float = ordered, twin = plain_nested)]
fn nested(rows: &[Vec<f64>]) -> f64 {
    let mut total = 0.0;
    for row in rows {
        let scaled: Vec<f64> = row.iter().map(|x| x * 3.0).collect();
        for x in &scaled {
            total += x;
        }
        row.iter().for_each(|x| total += x);
    }
    total
}

#[par_reduce(threshold = CUTOFF, float = ordered, twin = plain_generic)]
fn generic<T: Copy + Send + Sync + std::ops::AddAssign>(xs: &[T], start: T) -> (T, usize) {
    let mut sum = start;
    let mut n = 0;
    for x in xs {
        sum += *x;
        n += 1;
    }
    (sum, n)
}

#[test]
fn ordered_loops_have_the_bits_of_the_sequential_ones() {
    for n in lengths() {
        let (xs, ys) = (floats(n as u64, n), floats(7, n));
        let what = format!("n = {n}");
        let bits = |f: &dyn Fn() -> f64| f().to_bits();
        same(&what, || bits(&|| plain_dot(&xs, &ys)), || bits(&|| dot(&xs, &ys)));
        let of = |(a, b, c, d, e): (f64, f64, usize, f32, String)| (a.to_bits(), b.to_bits(), c, d.to_bits(), e);
        same(&what, || of(plain_several(&xs)), || of(several(&xs)));
        let of = |f: fn(&[f64], &mut u64) -> (f64, f64)| {
            let mut budget = 5;
            let (a, b) = f(&xs, &mut budget);
            (a.to_bits(), b.to_bits(), budget)
        };
        same(&what, || of(plain_net), || of(net));
        let of = |f: fn(&mut Moments, &[f64], &mut f64)| {
            let (mut moments, mut extra) = (Moments { mass: 3.0, seen: 4 }, 0.3);
            f(&mut moments, &xs, &mut extra);
            (moments.bits(), extra.to_bits())
        };
        same(&what, || of(Moments::plain_add), || of(Moments::add));
        let of = |(a, b): (Complex, Complex)| [a.re, a.im, b.re, b.im].map(f64::to_bits);
        same(&what, || of(plain_spectrum(&xs)), || of(spectrum(&xs)));
        let rows: Vec<Vec<f64>> = xs.chunks(7).map(<[f64]>::to_vec).collect();
        same(&what, || plain_nested(&rows).to_bits(), || nested(&rows).to_bits());
        let of = |(sum, n): (f64, usize)| (sum.to_bits(), n);
        same(&what, || of(plain_generic(&xs, 0.5)), || of(generic(&xs, 0.5)));
        let ints: Vec<u32> = (0..n as u32).collect();
        same(&what, || plain_generic(&ints, 5), || generic(&ints, 5));
    }
}

#[test]
fn ordered_loops_are_left_where_the_sequential_ones_are() {
    for n in lengths() {
        let mut xs: Vec<f64> = floats(3, n).into_iter().map(|x| x % 1.0).collect();
        for at in [n, 0, n / 2, n.saturating_sub(1)] {
            if let Some(x) = xs.get_mut(at) {
                *x = 9.0;
            }
            let of = |f: fn(&[f64], f64) -> Result<f64, (usize, f64)>| f(&xs, 8.0).map(f64::to_bits);
            same(&format!("n = {n}"), || of(plain_until), || of(until));
        }
    }
}

#[par_reduce(threshold = CUTOFF, float = ordered, twin = plain_ordered_chains)]
fn ordered_chains(xs: &[f64]) -> (f64, f64, f64, Option<f64>, Option<f64>, usize) {
    let sum: f64 = xs.iter().sum();
    let product = xs.iter().map(|x| 1.0 + 1e-3 * (x % 1.0)).product::<f64>();
    let narrow = f64::from(xs.iter().filter(|x| **x > 0.0).map(|x| *x as f32).sum::<f32>());
    let checked = xs.iter().map(|x| (*x < 1e300).then_some(x / 3.0)).sum::<Option<f64>>();
    let folded = xs.iter().copied().reduce(|a, b| a + b);
    let count = xs.iter().filter(|x| **x > 1.0).count();
    (sum, product, narrow, checked, folded, count)
}

#[par_reduce(threshold = CUTOFF, float = ordered, twin = plain_until_zero)]
fn until_zero(xs: &[f64]) -> Result<f64, usize> {
    xs.iter()
        .enumerate()
        .map(|(i, x)| {
            assert!(*x != 11.0, "eleven");
            if *x == 9.0 { Err(i) } else { Ok(x / 7.0) }
        })
        .sum()
}

#[test]
fn ordered_chains_have_the_bits_of_the_sequential_ones() {
    for n in lengths() {
        let xs = floats(n as u64 + 1, n);
        let of = |(a, b, c, d, e, f): (f64, f64, f64, Option<f64>, Option<f64>, usize)| {
            let bits = |x: Option<f64>| x.map(f64::to_bits);
            (a.to_bits(), b.to_bits(), c.to_bits(), bits(d), bits(e), f)
        };
        same(
            &format!("n = {n}"),
            || of(plain_ordered_chains(&xs)),
            || of(ordered_chains(&xs)),
        );
        for (error, panic) in [
            (n / 2, n / 3),
            (n / 3, n / 2),
            (n, n / 2),
            (n / 2, n),
            (n / 2, n / 2 + 1),
        ] {
            let mut xs: Vec<f64> = xs.iter().map(|x| x % 1.0).collect();
            for (at, x) in [(error, 9.0), (panic, 11.0)] {
                if let Some(place) = xs.get_mut(at) {
                    *place = x;
                }
            }
            let of = |f: fn(&[f64]) -> Result<f64, usize>| f(&xs).map(f64::to_bits);
            same(
                &format!("n = {n}, {error} and {panic}"),
                || of(plain_until_zero),
                || of(until_zero),
            );
        }
    }
}

/// Whole numbers that a float holds, of very different sizes: `i128` knows their sum.
fn whole(seed: u64, n: usize) -> Vec<i128> {
    numbers(seed, n, u64::MAX)
        .into_iter()
        .map(|bits| (i128::from(bits >> 20) - (1 << 43)) << (bits % 50))
        .collect()
}

#[par_reduce(threshold = CUTOFF, float = exact)]
fn exact(xs: &[f64], spent: &mut f64) -> (f64, f32, usize, Complex) {
    let mut sum = 0.0;
    let mut narrow = 0.0_f32;
    let mut count = 0;
    let mut both = Complex { re: 0.0, im: 0.0 };
    for x in xs {
        sum += x;
        narrow = narrow + *x as f32;
        count += 1;
        both += Complex { re: *x, im: -x };
        *spent -= x;
    }
    (sum, narrow, count, both)
}

#[par_reduce(threshold = CUTOFF, float = exact)]
fn exact_chains(xs: &[f64]) -> (f64, f64, Option<f64>, Result<f64, ()>, Complex, usize, u64) {
    let sum: f64 = xs.iter().sum();
    let copied = xs.iter().copied().sum();
    let folded = xs.iter().copied().reduce(|a, b| a + b);
    let checked = xs.iter().map(|x| Ok(*x)).sum::<Result<f64, ()>>();
    let both = xs.iter().map(|x| Complex { re: *x, im: -x }).sum();
    let count = xs.iter().map(|_| 1_usize).sum();
    let product = xs.iter().map(|_| 3_u64).take(9).product();
    (sum, copied, folded, checked, both, count, product)
}

#[test]
fn exact_sums_are_rounded_once() {
    for n in lengths() {
        let parts = whole(n as u64, n);
        let xs: Vec<f64> = parts.iter().map(|&part| part as f64).collect();
        let total = parts.iter().sum::<i128>();
        let narrow = xs.iter().map(|&x| x as f32 as i128).sum::<i128>();
        let complex = Complex {
            re: total as f64,
            im: (-total) as f64 + 0.0,
        };
        let what = format!("n = {n}");
        same(
            &what,
            || ((total as f64, narrow as f32, n, complex), (5 - total) as f64),
            || {
                let mut spent = 5.0;
                (exact(&xs, &mut spent), spent)
            },
        );
        let sum = total as f64;
        same(
            &what,
            || {
                (
                    sum,
                    sum,
                    (n > 0).then_some(sum),
                    Ok(sum),
                    complex,
                    n,
                    3u64.pow(n.min(9) as u32),
                )
            },
            || exact_chains(&xs),
        );
    }
}

#[par_reduce(threshold = CUTOFF, float = exact)]
fn exact_until(xs: &[f64], limit: f64) -> Option<f64> {
    let mut sum = 0.0;
    for x in xs {
        if *x > limit {
            return None;
        }
        if *x < -limit {
            break;
        }
        sum += x;
    }
    Some(sum)
}

#[test]
fn exact_sums_do_not_depend_on_the_order() {
    let mut xs = floats(5, 3_000);
    let want = exact_until(&xs, f64::MAX).map(f64::to_bits);
    xs.reverse();
    same("backwards", || want, || exact_until(&xs, f64::MAX).map(f64::to_bits));
    xs[1_500] = f64::INFINITY;
    same("left early", || None, || exact_until(&xs, f64::MAX));
}

#[par_reduce(threshold = CUTOFF, float = tree, twin = plain_in_a_tree)]
fn in_a_tree(xs: &[f64], start: f64) -> f64 {
    let mut sum = start;
    for x in xs {
        sum += x;
    }
    sum
}

/// The tree as the documentation describes it.
fn documented_tree(xs: &[f64], start: f64, block: usize) -> f64 {
    if xs.len() <= block {
        return plain_in_a_tree(xs, start);
    }
    let mut blocks = 1;
    while 2 * blocks * block < xs.len() {
        blocks *= 2;
    }
    let (left, right) = xs.split_at(blocks * block);
    documented_tree(left, start, block) + documented_tree(right, -0.0, block)
}

#[test]
fn the_tree_is_the_documented_one() {
    for n in lengths().chain([31, 32, 33, 64, 65, 4_095, 4_096, 70_000, 200_001]) {
        let xs = floats(n as u64, n);
        let mut block = 1024;
        while block > 32 && block > n / 64 {
            block /= 2;
        }
        let want = documented_tree(&xs, 0.5, block).to_bits();
        same(&format!("n = {n}"), || want, || in_a_tree(&xs, 0.5).to_bits());
    }
}
