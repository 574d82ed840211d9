//! The n queens problem: a recursion without a slice, on bit sets.

use divvy::par_divide;

/// The attacked squares of the next row, as bit sets.
#[derive(Clone, Copy)]
pub(crate) struct Board {
    all: u32,
    columns: u32,
    left: u32,
    right: u32,
}

impl Board {
    /// A board of `n` columns, with `n` up to 31.
    pub(crate) fn empty(n: u32) -> Self {
        Self {
            all: (1 << n) - 1,
            columns: 0,
            left: 0,
            right: 0,
        }
    }

    /// The squares of the row that no queen attacks.
    pub(crate) fn free(self) -> u32 {
        self.all & !(self.columns | self.left | self.right)
    }

    /// The board below a queen on `square`.
    fn below(self, square: u32) -> Self {
        Self {
            all: self.all,
            columns: self.columns | square,
            left: (self.left | square) << 1,
            right: (self.right | square) >> 1,
        }
    }
}

/// In how many ways `rows` more queens can be placed, the next one on one of the `free` squares.
#[par_divide]
pub(crate) fn ways(rows: u32, free: u32, board: Board) -> u64 {
    if rows == 0 {
        return 1;
    }
    if free == 0 {
        return 0;
    }
    let square = free & free.wrapping_neg();
    let next = board.below(square);
    ways(rows - 1, next.free(), next) + ways(rows, free ^ square, board)
}

/// As [`ways`], without the attribute.
pub(crate) fn ways_seq(rows: u32, free: u32, board: Board) -> u64 {
    if rows == 0 {
        return 1;
    }
    if free == 0 {
        return 0;
    }
    let square = free & free.wrapping_neg();
    let next = board.below(square);
    ways_seq(rows - 1, next.free(), next) + ways_seq(rows, free ^ square, board)
}
