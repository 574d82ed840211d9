//! Matrix multiplication by Strassen's seven products of halves.
//!
//! Source: V. Strassen, "Gaussian elimination is not optimal", Numer. Math. 13 (1969).

use std::ops::{Add, Sub};

use divvy::par_divide;

/// Products of this size are computed plainly.
const SMALL: usize = 32;

/// A square matrix, row by row, of numbers modulo 2^64.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Matrix {
    n: usize,
    cells: Vec<u64>,
}

impl Matrix {
    /// Some matrix of n x n cells.
    pub(crate) fn example(n: usize, seed: u64) -> Matrix {
        let cell = |at: usize| (at as u64 + seed).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
        Matrix {
            n,
            cells: (0..n * n).map(cell).collect(),
        }
    }

    /// The quarter whose first cell is in this row and column.
    fn quarter(&self, row: usize, column: usize) -> Matrix {
        let half = self.n / 2;
        let rows = self.cells.chunks_exact(self.n).skip(row * half).take(half);
        Matrix {
            n: half,
            cells: rows.flat_map(|r| &r[column * half..][..half]).copied().collect(),
        }
    }

    fn of_quarters(quarters: [Matrix; 4]) -> Matrix {
        let half = quarters[0].n;
        let [a, b, c, d] = &quarters;
        let mut cells = Vec::with_capacity(4 * half * half);
        for (left, right) in [(a, b), (c, d)] {
            for (l, r) in left.cells.chunks_exact(half).zip(right.cells.chunks_exact(half)) {
                cells.extend_from_slice(l);
                cells.extend_from_slice(r);
            }
        }
        Matrix { n: 2 * half, cells }
    }

    fn times(&self, other: &Matrix) -> Matrix {
        let n = self.n;
        let mut cells = vec![0_u64; n * n];
        for (row, out) in self.cells.chunks_exact(n).zip(cells.chunks_exact_mut(n)) {
            for (x, others) in row.iter().zip(other.cells.chunks_exact(n)) {
                for (cell, y) in out.iter_mut().zip(others) {
                    *cell = cell.wrapping_add(x.wrapping_mul(*y));
                }
            }
        }
        Matrix { n, cells }
    }
}

impl Add for &Matrix {
    type Output = Matrix;

    fn add(self, other: &Matrix) -> Matrix {
        let cells = self.cells.iter().zip(&other.cells);
        Matrix {
            n: self.n,
            cells: cells.map(|(x, y)| x.wrapping_add(*y)).collect(),
        }
    }
}

impl Sub for &Matrix {
    type Output = Matrix;

    fn sub(self, other: &Matrix) -> Matrix {
        let cells = self.cells.iter().zip(&other.cells);
        Matrix {
            n: self.n,
            cells: cells.map(|(x, y)| x.wrapping_sub(*y)).collect(),
        }
    }
}

/// The product of two matrices whose size is a power of two.
#[par_divide(twin = multiply_seq)]
pub(crate) fn multiply(a: &Matrix, b: &Matrix) -> Matrix {
    if a.n <= SMALL {
        return a.times(b);
    }
    let [a11, a12, a21, a22] = [(0, 0), (0, 1), (1, 0), (1, 1)].map(|(row, column)| a.quarter(row, column));
    let [b11, b12, b21, b22] = [(0, 0), (0, 1), (1, 0), (1, 1)].map(|(row, column)| b.quarter(row, column));
    let m1 = multiply(&(&a11 + &a22), &(&b11 + &b22));
    let m2 = multiply(&(&a21 + &a22), &b11);
    let m3 = multiply(&a11, &(&b12 - &b22));
    let m4 = multiply(&a22, &(&b21 - &b11));
    let m5 = multiply(&(&a11 + &a12), &b22);
    let m6 = multiply(&(&a21 - &a11), &(&b11 + &b12));
    let m7 = multiply(&(&a12 - &a22), &(&b21 + &b22));
    let c11 = &(&(&m1 + &m4) - &m5) + &m7;
    let c12 = &m3 + &m5;
    let c21 = &m2 + &m4;
    let c22 = &(&(&m1 - &m2) + &m3) + &m6;
    Matrix::of_quarters([c11, c12, c21, c22])
}
