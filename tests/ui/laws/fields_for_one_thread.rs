use std::cell::Cell;

use divvy::par_reduce;

struct Grid {
    cells: Vec<u32>,
    looked_at: Cell<usize>,
}

impl Grid {
    fn at(&self, place: usize) -> u32 {
        self.looked_at.set(self.looked_at.get() + 1);
        self.cells[place]
    }

    #[par_reduce]
    fn alive(&self) -> u32 {
        let mut alive = 0;
        for place in 0..self.cells.len() {
            alive += self.at(place);
        }
        alive
    }

    #[par_reduce]
    fn scaled(&self) -> usize {
        let mut sum = 0;
        for cell in &self.cells {
            sum += *cell as usize * self.looked_at.get();
        }
        sum
    }
}

#[par_reduce]
fn values_of(grids: &[Grid]) -> u32 {
    let mut sum = 0;
    for grid in grids {
        sum += grid.cells[0];
    }
    sum
}

fn main() {}
