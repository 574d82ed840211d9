use std::ops::{Index, IndexMut};

use divvy::par_reduce;

struct Grid {
    cells: Vec<u64>,
}

impl Index<usize> for Grid {
    type Output = u64;

    fn index(&self, i: usize) -> &u64 {
        &self.cells[i]
    }
}

impl IndexMut<usize> for Grid {
    fn index_mut(&mut self, i: usize) -> &mut u64 {
        &mut self.cells[i]
    }
}

#[par_reduce]
fn highest(xs: &[(usize, u64)], mut grid: Grid) -> Grid {
    for &(i, x) in xs {
        grid[i] = grid[i].max(x);
    }
    grid
}

fn main() {}
