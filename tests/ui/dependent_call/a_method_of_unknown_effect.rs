use divvy::par_divide;

#[derive(Clone, Copy)]
struct Board {
    free: u16,
}

impl Board {
    fn play(mut self, square: u32) -> Board {
        self.free &= !(1 << square);
        self
    }
}

#[par_divide]
fn score(board: &mut Board, depth: u32) -> i32 {
    if depth == 0 {
        return board.free.count_ones() as i32;
    }
    (0..9)
        .map(|square| -score(&mut board.play(square), depth - 1))
        .max()
        .unwrap_or(0)
}

fn main() {
    score(&mut Board { free: 511 }, 3);
}
