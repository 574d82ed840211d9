use divvy::par_reduce;

struct Grid {
    cells: Vec<u64>,
}

impl Grid {
    fn cells(&mut self) -> Vec<&mut u64> {
        self.cells.iter_mut().collect()
    }
}

fn bump(cell: &mut u64) -> bool {
    *cell += 1;
    *cell > 3
}

#[par_reduce]
fn first_full(grid: &mut Grid) -> Option<usize> {
    let cells = grid.cells();
    for (i, cell) in cells.into_iter().enumerate() {
        if bump(cell) {
            return Some(i);
        }
    }
    None
}

#[par_reduce]
fn any_full(grid: &mut Grid) -> bool {
    grid.cells().into_iter().any(bump)
}

fn main() {}
