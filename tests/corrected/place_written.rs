use divvy::par_reduce;

/// The index comes from the data, so the loop collects pairs, and their order decides as before.
#[par_reduce]
fn visits(cell: &[usize]) -> Vec<(usize, usize)> {
    let mut visits = Vec::new();
    for walker in 0..cell.len() {
        visits.push((cell[walker], walker));
    }
    visits
}

fn last_visitor(cell: &[usize], seen_by: &mut [usize]) {
    for (at, walker) in visits(cell) {
        seen_by[at] = walker;
    }
}

#[test]
fn the_writes_are_made_in_order() {
    let mut seen_by = [9; 3];
    last_visitor(&[2, 0, 2], &mut seen_by);
    assert_eq!(seen_by, [1, 9, 2]);
}
