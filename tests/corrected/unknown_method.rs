use divvy::par_reduce;

struct Board {
    cells: Vec<u8>,
}

/// What is stamped is computed in parallel and stamped after the loop.
#[par_reduce]
fn stamps(marks: &[usize]) -> (Vec<(usize, u8)>, usize) {
    let mut stamps = Vec::new();
    let mut ink = 0;
    for &at in marks {
        stamps.push((at, 1));
        ink += at;
    }
    (stamps, ink)
}

fn paint(board: &mut Board, marks: &[usize]) -> usize {
    let (stamps, ink) = stamps(marks);
    for (at, ink) in stamps {
        board.cells[at] = ink;
    }
    ink
}

#[test]
fn the_board_changes_after_the_loop() {
    let mut board = Board { cells: vec![0; 4] };
    assert_eq!(paint(&mut board, &[1, 3]), 4);
    assert_eq!(board.cells, [0, 1, 0, 1]);
}
