//! LU factorisation of a sparse matrix of dense blocks, without pivoting: block row by block row, those below are updated
//! independently of each other.

use divvy::par_for;

/// A dense block, row by row.
type Block = Vec<f64>;

/// A square matrix of square blocks, some of which are zero and not there.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sparse {
    size: usize,
    rows: Vec<Vec<Option<Block>>>,
}

impl Sparse {
    /// A matrix of `blocks` x `blocks` blocks of `size` x `size` numbers whose diagonal is large.
    pub(crate) fn example(blocks: usize, size: usize) -> Sparse {
        let block = |row: usize, column: usize| {
            let is_there = row == column || row.abs_diff(column) == 1 || (row * 3 + column * 5).is_multiple_of(4);
            let number = |at: usize| {
                let small = ((row * 31 + column * 17 + at * 7) % 101) as f64 / 101.0;
                let is_diagonal = row == column && at / size == at % size;
                if is_diagonal { 100.0 + small } else { small }
            };
            is_there.then(|| (0..size * size).map(number).collect())
        };
        Sparse {
            size,
            rows: (0..blocks)
                .map(|row| (0..blocks).map(|column| block(row, column)).collect())
                .collect(),
        }
    }
}

/// The matrix, factored by one of the functions.
pub(crate) fn factored(mut matrix: Sparse, factor: fn(&mut [Vec<Option<Block>>], usize)) -> Sparse {
    factor(&mut matrix.rows, matrix.size);
    matrix
}

/// Replaces a matrix by its factors: L below the diagonal, U on and above it.
#[par_for(twin = factor_seq)]
pub(crate) fn factor(rows: &mut [Vec<Option<Block>>], size: usize) {
    for k in 0..rows.len() {
        let (done, below) = rows.split_at_mut(k + 1);
        let (left, right) = done[k].split_at_mut(k + 1);
        let Some(diagonal) = &mut left[k] else { continue };
        factor_diagonal(diagonal, size);
        let diagonal = &*diagonal;
        #[par]
        for block in right.iter_mut() {
            if let Some(block) = block {
                solve_lower(diagonal, block, size);
            }
        }
        let right = &*right;
        #[par]
        for row in below.iter_mut() {
            let (front, back) = row.split_at_mut(k + 1);
            if let Some(factor) = &mut front[k] {
                solve_upper(diagonal, factor, size);
                for (above, block) in right.iter().zip(back) {
                    if let Some(above) = above {
                        let block = block.get_or_insert_with(|| vec![0.0; size * size]);
                        subtract_product(factor, above, block, size);
                    }
                }
            }
        }
    }
}

fn factor_diagonal(a: &mut [f64], n: usize) {
    for k in 0..n {
        for i in k + 1..n {
            a[i * n + k] /= a[k * n + k];
            for j in k + 1..n {
                a[i * n + j] -= a[i * n + k] * a[k * n + j];
            }
        }
    }
}

/// Solves L x = b for the lower factor of a diagonal block.
fn solve_lower(lower: &[f64], b: &mut [f64], n: usize) {
    for k in 0..n {
        for i in k + 1..n {
            for j in 0..n {
                b[i * n + j] -= lower[i * n + k] * b[k * n + j];
            }
        }
    }
}

/// Solves x U = b for the upper factor of a diagonal block.
fn solve_upper(upper: &[f64], b: &mut [f64], n: usize) {
    for i in 0..n {
        for k in 0..n {
            b[i * n + k] /= upper[k * n + k];
            for j in k + 1..n {
                b[i * n + j] -= b[i * n + k] * upper[k * n + j];
            }
        }
    }
}

fn subtract_product(a: &[f64], b: &[f64], c: &mut [f64], n: usize) {
    for i in 0..n {
        for k in 0..n {
            for j in 0..n {
                c[i * n + j] -= a[i * n + k] * b[k * n + j];
            }
        }
    }
}
