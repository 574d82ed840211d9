use divvy::par_for;

struct Grid {
    cells: Vec<u64>,
    width: usize,
    scale: Scale,
}

struct Scale(u64);

impl Scale {
    fn of(&self, x: u64) -> u64 {
        x * self.0
    }
}

impl Grid {
    fn row_mut(&mut self, y: usize) -> &mut [u64] {
        &mut self.cells[y * self.width..][..self.width]
    }

    fn set(&mut self, at: usize, value: u64) -> Result<(), usize> {
        *self.cells.get_mut(at).ok_or(at)? = value;
        Ok(())
    }
}

#[par_for]
fn lent(grid: &mut Grid, height: usize) {
    for y in 0..height {
        let row = grid.row_mut(y);
        row[0] = 1;
    }
}

#[par_for]
fn tried(grid: &mut Grid, values: &[u64]) -> Result<(), usize> {
    for i in 0..values.len() {
        grid.set(i, values[i])?;
    }
    Ok(())
}

#[par_for]
fn looked_at(grid: &mut Grid) {
    for i in 0..grid.cells.len() {
        grid.cells[i] = grid.scale.of(i as u64);
    }
}

fn main() {}
