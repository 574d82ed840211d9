use divvy::{par_for, par_reduce};

/// Looks first ..
#[par_reduce]
fn first_full(cells: &[u64]) -> Option<usize> {
    for (i, cell) in cells.iter().enumerate() {
        if *cell > 3 {
            return Some(i);
        }
    }
    None
}

/// .. and changes afterwards.
#[par_for]
fn bump(cells: &mut [u64]) {
    for cell in cells {
        *cell += 1;
    }
}

#[test]
fn the_first_full_cell() {
    let mut cells = [1, 3, 2];
    assert_eq!(first_full(&cells), None);
    bump(&mut cells);
    assert_eq!(first_full(&cells), Some(1));
}
