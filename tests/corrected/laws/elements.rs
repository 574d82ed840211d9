use divvy::par_for;

struct Matrix {
    cells: Vec<f64>,
    width: usize,
}

/// Its rows are the source.
#[par_for]
fn unit(width: usize) -> Matrix {
    let mut matrix = Matrix {
        cells: vec![0.0; width * width],
        width,
    };
    for (i, row) in matrix.cells.chunks_mut(width).enumerate() {
        row[i] = 1.0;
    }
    matrix
}

#[test]
fn ones_in_the_diagonal() {
    let unit = unit(2);
    assert_eq!((unit.width, unit.cells), (2, vec![1.0, 0.0, 0.0, 1.0]));
}
