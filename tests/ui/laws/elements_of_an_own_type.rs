use std::ops::{Index, IndexMut};

use divvy::par_for;

struct Matrix {
    cells: Vec<f64>,
    width: usize,
}

impl Index<usize> for Matrix {
    type Output = [f64];

    fn index(&self, y: usize) -> &[f64] {
        &self.cells[y * self.width..][..self.width]
    }
}

impl IndexMut<usize> for Matrix {
    fn index_mut(&mut self, y: usize) -> &mut [f64] {
        &mut self.cells[y * self.width..][..self.width]
    }
}

#[par_for]
fn unit(width: usize) -> Matrix {
    let mut matrix = Matrix { cells: vec![0.0; width * width], width };
    for i in 0..width {
        matrix[i][i] = 1.0;
    }
    matrix
}

fn main() {}
