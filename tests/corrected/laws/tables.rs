use std::collections::BTreeMap;

use divvy::par_reduce;

#[par_reduce(float = tree)]
fn weights(xs: &[(usize, f32)]) -> [f32; 8] {
    let mut sums = [0.0; 8];
    for &(k, w) in xs {
        sums[k % 8] += w;
    }
    sums
}

#[par_reduce(float = tree)]
fn totals(sales: &[(String, f64)]) -> BTreeMap<String, f64> {
    let mut totals = BTreeMap::new();
    for (name, price) in sales {
        *totals.entry(name.clone()).or_insert(0.0) += price;
    }
    totals
}

struct Grid {
    cells: Vec<u64>,
}

/// The list in it, not the grid itself.
#[par_reduce]
fn highest(xs: &[(usize, u64)], mut grid: Grid) -> Grid {
    for &(i, x) in xs {
        grid.cells[i] = grid.cells[i].max(x);
    }
    grid
}

#[test]
fn cells_are_combined_one_by_one() {
    assert_eq!(weights(&[(1, 0.5), (9, 2.0)])[1], 2.5);
    assert_eq!(totals(&[("tea".into(), 2.0), ("tea".into(), 3.0)])["tea"], 5.0);
    assert_eq!(highest(&[(1, 4), (1, 3)], Grid { cells: vec![0; 2] }).cells, [0, 4]);
}
