use divvy::par_reduce;


struct Board {
    cells: Vec<u8>,
}

impl Board {
    fn stamp(&mut self, at: usize, ink: u8) {
        self.cells[at] = ink;
    }
}

#[par_reduce]
fn paint(board: &mut Board, marks: &[usize]) -> usize {
    let mut ink = 0;
    for &at in marks {
        board.stamp(at, 1);
        ink += at;
    }
    ink
}

fn main() {
    let mut board = Board { cells: vec![0; 4] };
    paint(&mut board, &[1]);
}
