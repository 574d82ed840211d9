//! Recursions against their twins.

use divvy::par_divide;

use crate::{CUTOFF, LENGTHS, numbers, same};

#[par_divide(twin = plain_fib)]
fn fib(n: u32) -> u64 {
    if n < 2 {
        return u64::from(n);
    }
    fib(n - 1) + fib(n - 2)
}

#[test]
fn operands() {
    for n in [0, 1, 2, 3, 10, 20] {
        same(&format!("n = {n}"), || plain_fib(n), || fib(n));
    }
}

#[par_divide(threshold = CUTOFF, twin = plain_sort)]
fn sort<T: Ord + Clone + Send>(v: &mut [T]) {
    if v.len() < 2 {
        return;
    }
    let mid = v.len() / 2;
    let (left, right) = v.split_at_mut(mid);
    sort(left);
    sort(right);
    let sorted = {
        let (mut a, mut b) = (v[..mid].iter().peekable(), v[mid..].iter().peekable());
        let mut sorted = Vec::with_capacity(v.len());
        while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
            sorted.extend(if x <= y { a.next() } else { b.next() }.cloned());
        }
        sorted.extend(a.chain(b).cloned());
        sorted
    };
    v.clone_from_slice(&sorted);
}

#[test]
fn statements_on_two_halves() {
    for &n in LENGTHS {
        let start: Vec<String> = numbers(1, n, 50).iter().map(|x| format!("{x}")).collect();
        let run = |sort: fn(&mut [String])| {
            let mut v = start.clone();
            sort(&mut v);
            v
        };
        same(&format!("n = {n}"), || run(plain_sort), || run(sort));
    }
}

#[derive(Debug)]
struct Tree {
    value: u64,
    left: Option<Box<Tree>>,
    right: Option<Box<Tree>>,
}

impl Tree {
    fn grow(values: &[u64]) -> Option<Box<Tree>> {
        let (value, rest) = values.split_first()?;
        let middle = rest.len() * 2 / 3;
        Some(Box::new(Tree {
            value: *value,
            left: Tree::grow(&rest[..middle]),
            right: Tree::grow(&rest[middle..]),
        }))
    }

    #[par_divide(twin = plain_sum)]
    fn sum(&self) -> u64 {
        let left = self.left.as_ref().map_or(0, |tree| tree.sum());
        let right = self.right.as_ref().map_or(0, |tree| tree.sum());
        self.value + left + right
    }

    #[par_divide(twin = plain_path)]
    fn path(&self, limit: u64) -> Result<Vec<u64>, u64> {
        if self.value > limit {
            return Err(self.value);
        }
        assert_ne!(self.value, 13, "unlucky");
        let mut all = match &self.left {
            Some(left) => left.path(limit)?,
            None => Vec::new(),
        };
        all.push(self.value);
        let right = match &self.right {
            Some(right) => right.path(limit)?,
            None => Vec::new(),
        };
        all.extend(right);
        Ok(all)
    }
}

#[test]
fn methods_on_children() {
    for &n in &LENGTHS[1..] {
        for below in [1, 12, 40] {
            let tree = Tree::grow(&numbers(2, n, below)).expect("a tree");
            same(&format!("n = {n}"), || tree.plain_sum(), || tree.sum());
            for limit in [0, 20, 38, 100] {
                let what = format!("n = {n}, below {below}, limit {limit}");
                same(&what, || tree.plain_path(limit), || tree.path(limit));
            }
        }
    }
}

/// A loop that goes on only where it calls nothing.
#[par_divide(twin = nearly_seq)]
fn nearly(bytes: &[u64], may_skip: bool) -> bool {
    let (mut i, mut j) = (0, bytes.len().saturating_sub(1));
    while i < j {
        if bytes[i] == bytes[j] {
            i += 1;
            j -= 1;
            continue;
        }
        if may_skip {
            return nearly(&bytes[i..j], false) || nearly(&bytes[i + 1..=j], false);
        } else {
            return false;
        }
    }
    true
}

#[test]
fn loops_that_call_once() {
    for bytes in [&[1, 2, 3, 1][..], &[1, 2, 1], &[4, 1, 2, 3, 1, 4], &[], &[3]] {
        same("nearly", || nearly_seq(bytes, true), || nearly(bytes, true));
    }
}

/// Sums over halves: what is added to what is written down, so no option is needed.
mod halves {
    use divvy::par_divide;

    #[par_divide(threshold = 8, twin = plain_sum)]
    pub(super) fn sum(xs: &[f64]) -> f64 {
        if xs.len() < 2 {
            return xs.first().copied().unwrap_or(-0.0);
        }
        let (left, right) = xs.split_at(xs.len() / 2);
        sum(left) + sum(right)
    }

    #[par_divide(threshold = 8, size = xs.len(), twin = plain_dot)]
    pub(super) fn dot(xs: &[f64], ys: &[f64]) -> f64 {
        if xs.len() < 2 {
            return xs.iter().zip(ys).map(|(x, y)| x * y).sum();
        }
        let mid = xs.len() / 2;
        dot(&xs[..mid], &ys[..mid]) + dot(&xs[mid..], &ys[mid..])
    }

    /// The mean, and of how many.
    #[par_divide(threshold = 8, twin = plain_mean)]
    pub(super) fn mean(xs: &[f64]) -> (f64, usize) {
        if xs.len() < 2 {
            return (xs.first().copied().unwrap_or(0.0), xs.len());
        }
        let (left, right) = xs.split_at(xs.len() / 2);
        let (a, m) = mean(left);
        let (b, n) = mean(right);
        ((a * m as f64 + b * n as f64) / (m + n) as f64, m + n)
    }

    #[derive(Clone, Copy)]
    pub(super) struct Complex {
        pub(super) re: f64,
        pub(super) im: f64,
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

    #[par_divide(threshold = 8, twin = plain_complex)]
    pub(super) fn complex(xs: &[f64]) -> Complex {
        if xs.len() < 2 {
            let x = xs.first().copied().unwrap_or(0.0);
            return Complex { re: x / 3.0, im: -x };
        }
        let (left, right) = xs.split_at(xs.len() / 2);
        complex(left) + complex(right)
    }
}

#[test]
fn floats_are_added_in_the_tree_that_is_written() {
    for &n in LENGTHS {
        let wide = |bits: u64| (bits >> 12) as f64 * 2f64.powi((bits % 120) as i32 - 60) - 1e9;
        let [xs, ys]: [Vec<f64>; 2] = [1, 2].map(|seed| numbers(seed, n, u64::MAX).into_iter().map(wide).collect());
        let what = format!("n = {n}");
        let of = |f: fn(&[f64]) -> f64| f(&xs).to_bits();
        same(&what, || of(halves::plain_sum), || of(halves::sum));
        let of = |f: fn(&[f64], &[f64]) -> f64| f(&xs, &ys).to_bits();
        same(&what, || of(halves::plain_dot), || of(halves::dot));
        let of = |f: fn(&[f64]) -> (f64, usize)| {
            let (mean, n) = f(&xs);
            (mean.to_bits(), n)
        };
        same(&what, || of(halves::plain_mean), || of(halves::mean));
        let of = |f: fn(&[f64]) -> halves::Complex| {
            let sum = f(&xs);
            (sum.re.to_bits(), sum.im.to_bits())
        };
        same(&what, || of(halves::plain_complex), || of(halves::complex));
    }
}
