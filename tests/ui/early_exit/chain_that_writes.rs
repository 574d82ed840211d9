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

fn raise(cell: &mut u64) -> Option<u64> {
    *cell += 1;
    (*cell != 4).then_some(*cell)
}

#[par_reduce]
fn raise_by_name(cells: &mut [u64]) -> bool {
    cells.iter_mut().map(raise).any(|cell| cell.is_none())
}

#[par_reduce]
fn raise_by_a_call(cells: &mut [u64]) -> bool {
    cells.iter_mut().all(|cell| raise(cell).is_some())
}

#[par_reduce]
fn raise_to_a_list(cells: &mut [u64]) -> Option<Vec<u64>> {
    cells.iter_mut().map(raise).collect()
}

fn main() {}
