//! A matrix product by halving rows; and a matrix, dense or sparse, times a vector.

use divvy::{par_divide, par_for};
use orx_parallel::*;
use rayon::prelude::*;

use super::{Kernel, Kind, floats, random_from};
use crate::case::{Case, Shared, reusing};
use crate::twins;

pub(super) const KERNELS: &[Kernel] = &[
    Kernel {
        name: "matrix product",
        kind: Kind::Recursion,
        small: 4,
        sizes: &[4, 16, 64, 128, 320],
        case: product_case,
    },
    Kernel {
        name: "dense matrix-vector",
        kind: Kind::Loop,
        small: 4,
        sizes: &[4, 30, 100, 1_000, 3_000],
        case: dense::case,
    },
    Kernel {
        name: "sparse matrix-vector",
        kind: Kind::Loop,
        small: 4,
        sizes: &[4, 100, 3_000, 100_000, 500_000],
        case: sparse::case,
    },
];

/// `c += a b` for some rows of square matrices of `n` columns.
fn multiply_rows(c: &mut [f64], a: &[f64], b: &[f64], n: usize) {
    for (c, a) in c.chunks_mut(n).zip(a.chunks(n)) {
        for (x, b) in a.iter().zip(b.chunks(n)) {
            for (c, y) in c.iter_mut().zip(b) {
                *c += x * y;
            }
        }
    }
}

twins! {
    recursion #[par_divide]
    fn multiply(c: &mut [f64], a: &[f64], b: &[f64], n: usize) {
        if c.len() <= 4 * n {
            return multiply_rows(c, a, b, n);
        }
        let half = c.len() / n / 2 * n;
        let (c_above, c_below) = c.split_at_mut(half);
        let (a_above, a_below) = a.split_at(half);
        multiply(c_above, a_above, b, n);
        multiply(c_below, a_below, b, n);
    }
}

fn multiply_by_hand(c: &mut [f64], a: &[f64], b: &[f64], n: usize, rows: usize) {
    if c.len() <= rows * n {
        return plain::multiply(c, a, b, n);
    }
    let half = c.len() / n / 2 * n;
    let (c_above, c_below) = c.split_at_mut(half);
    let (a_above, a_below) = a.split_at(half);
    rayon::join(
        || multiply_by_hand(c_above, a_above, b, n, rows),
        || multiply_by_hand(c_below, a_below, b, n, rows),
    );
}

fn multiply_chili(c: &mut [f64], a: &[f64], b: &[f64], n: usize, scope: &mut chili::Scope<'_>) {
    if c.len() <= 4 * n {
        return multiply_rows(c, a, b, n);
    }
    let half = c.len() / n / 2 * n;
    let (c_above, c_below) = c.split_at_mut(half);
    let (a_above, a_below) = a.split_at(half);
    scope.join(
        |scope| multiply_chili(c_above, a_above, b, n, scope),
        |scope| multiply_chili(c_below, a_below, b, n, scope),
    );
}

fn product_case(n: usize) -> Case {
    let factors = Shared::new((floats(n * n), floats(n * n + 1)[1..].to_vec()));
    let rows = if n < 64 { n } else { 32 };
    reusing(format!("{n} x {n}"), (vec![0.0; n * n], factors))
        .plain(move |(c, ab)| plain::multiply(c, &ab.0, &ab.1, n))
        .divvy(move |(c, ab)| parallel::multiply(c, &ab.0, &ab.1, n))
        .by_hand(rows, &[4, 8, 16, 32, 64], move |(c, ab), rows| {
            multiply_by_hand(c, &ab.0, &ab.1, n, rows)
        })
        .chili(move |(c, ab), scope| multiply_chili(c, &ab.0, &ab.1, n, scope))
        .done()
}

mod dense {
    use super::*;

    twins! {
        loops #[par_for]
        fn product(out: &mut [f64], a: &[f64], x: &[f64]) {
            let n = x.len();
            for i in 0..n {
                let mut sum = 0.0;
                for j in 0..n {
                    sum += a[i * n + j] * x[j];
                }
                out[i] = sum;
            }
        }
    }

    fn row(a: &[f64], x: &[f64]) -> f64 {
        let mut sum = 0.0;
        for (a, x) in a.iter().zip(x) {
            sum += a * x;
        }
        sum
    }

    fn by_hand(out: &mut [f64], a: &[f64], x: &[f64], rows: usize) {
        if x.len() <= rows {
            return plain::product(out, a, x);
        }
        out.par_iter_mut()
            .zip(a.par_chunks(x.len()))
            .with_min_len(rows)
            .for_each(|(out, a)| *out = row(a, x));
    }

    pub(super) fn case(n: usize) -> Case {
        let a = floats(n * n);
        let x: Vec<f64> = a[..n].iter().map(|a| a + 0.5).collect();
        let rows = if n < 100 { n } else { 64 };
        reusing(format!("{n} x {n}"), (vec![0.0; n], Shared::new((a, x))))
            .plain(|(out, ax)| plain::product(out, &ax.0, &ax.1))
            .divvy(|(out, ax)| parallel::product(out, &ax.0, &ax.1))
            .by_hand(rows, &[8, 16, 64, 256, 1024], |(out, ax), rows| {
                by_hand(out, &ax.0, &ax.1, rows)
            })
            .orx(move |(out, ax), threads| {
                let (a, x) = &**ax;
                out.par_mut()
                    .num_threads(threads)
                    .enumerate()
                    .for_each(|(i, out)| *out = row(&a[i * n..(i + 1) * n], x));
            })
            .c("dense", n, |(out, _), ()| out[out.len() - 1])
            .done()
    }
}

mod sparse {
    use super::*;

    /// Rows one behind the other: where each begins, the columns of its elements, and these.
    pub(super) struct Matrix {
        starts: Vec<usize>,
        columns: Vec<usize>,
        values: Vec<f64>,
    }

    twins! {
        loops #[par_for]
        fn product(out: &mut [f64], a: &Matrix, x: &[f64]) {
            for (i, out) in out.iter_mut().enumerate() {
                let mut sum = 0.0;
                for k in a.starts[i]..a.starts[i + 1] {
                    sum += a.values[k] * x[a.columns[k]];
                }
                *out = sum;
            }
        }
    }

    fn row(a: &Matrix, x: &[f64], i: usize) -> f64 {
        let elements = a.starts[i]..a.starts[i + 1];
        let mut sum = 0.0;
        for (value, column) in a.values[elements.clone()].iter().zip(&a.columns[elements]) {
            sum += value * x[*column];
        }
        sum
    }

    fn by_hand(out: &mut [f64], a: &Matrix, x: &[f64], rows: usize) {
        if x.len() <= rows {
            return plain::product(out, a, x);
        }
        out.par_iter_mut()
            .enumerate()
            .with_min_len(rows)
            .for_each(|(i, out)| *out = row(a, x, i));
    }

    pub(super) fn case(n: usize) -> Case {
        let mut matrix = Matrix {
            starts: vec![0],
            columns: Vec::new(),
            values: Vec::new(),
        };
        let mut numbers = random_from(1);
        let mut number = || numbers.next().unwrap_or_default() as usize;
        for row in 0..n {
            for _ in 0..number() % 16 {
                // near the diagonal, as in most matrices of this kind
                matrix.columns.push((row + number() % 100) % n);
                matrix.values.push(1.0 / (1 + number() % 7) as f64);
            }
            matrix.starts.push(matrix.columns.len());
        }
        reusing(format!("{n} rows"), (vec![0.0; n], Shared::new((matrix, floats(n)))))
            .plain(|(out, ax)| plain::product(out, &ax.0, &ax.1))
            .divvy(|(out, ax)| parallel::product(out, &ax.0, &ax.1))
            .by_hand(4096, &[256, 1024, 4096, 16_384, 65_536], |(out, ax), rows| {
                by_hand(out, &ax.0, &ax.1, rows)
            })
            .orx(|(out, ax), threads| {
                let (a, x) = &**ax;
                out.par_mut()
                    .num_threads(threads)
                    .enumerate()
                    .for_each(|(i, out)| *out = row(a, x, i));
            })
            .done()
    }
}
