use divvy::par_reduce;

#[par_reduce]
fn raise_until(cells: &mut [u64], stop: u64) -> bool {
    cells.iter_mut().any(|cell| {
        *cell += 1;
        *cell == stop
    })
}

#[par_reduce]
fn raise_all(cells: &mut [u64], stop: u64) -> Result<Vec<u64>, u64> {
    cells
        .iter_mut()
        .map(|cell| {
            *cell += 1;
            if *cell == stop { Err(stop) } else { Ok(*cell) }
        })
        .collect()
}

fn main() {}
