use divvy::par_reduce;

#[par_reduce]
fn raise_until(cells: Vec<&mut u64>, stop: u64) -> Option<u64> {
    for cell in cells {
        if *cell == stop {
            return Some(stop);
        }
        *cell += 1;
    }
    None
}

fn raise(cell: &mut u64) {
    *cell += 1;
}

#[par_reduce]
fn drain_until(cells: &mut Vec<&mut u64>, stop: u64) -> Option<u64> {
    for cell in cells.drain(..) {
        if *cell == stop {
            return Some(stop);
        }
        raise(cell);
    }
    None
}

fn main() {}
