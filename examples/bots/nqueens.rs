//! In how many ways can n queens stand on an n x n board without attacking each other? A backtracking search.

use divvy::par_divide;

/// May a queen stand in `column` of the next row?
fn is_free(board: &[u32], column: u32) -> bool {
    let row = board.len();
    board.iter().enumerate().all(|(at, queen)| {
        let distance = (row - at) as u32;
        *queen != column && queen.abs_diff(column) != distance
    })
}

/// The number of ways to fill the rest of the board.
#[par_divide(private(board), twin = count_seq)]
pub(crate) fn count(board: &mut Vec<u32>, n: u32) -> u64 {
    if board.len() == n as usize {
        return 1;
    }
    let mut ways = 0;
    for column in 0..n {
        if is_free(board, column) {
            board.push(column);
            ways += count(board, n);
            board.pop();
        }
    }
    ways
}
