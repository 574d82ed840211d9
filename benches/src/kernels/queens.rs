//! The queens on bit sets: in how many ways they stand. A `while` loop over the children, and branches of unlike size.

use divvy::par_divide;
use rayon::prelude::*;

use super::{Kernel, Kind};
use crate::case::{Case, reading};
use crate::twins;

pub(super) const KERNELS: &[Kernel] = &[Kernel {
    name: "queens",
    kind: Kind::Recursion,
    small: 4,
    sizes: &[4, 6, 8, 10, 12],
    case,
}];

twins! {
    recursion #[par_divide]
    fn queens(all: u32, columns: u32, left: u32, right: u32) -> u64 {
        if columns == all {
            return 1;
        }
        let mut placed = 0;
        let mut free = all & !(columns | left | right);
        while free != 0 {
            let bit = free & free.wrapping_neg();
            free ^= bit;
            placed += queens(all, columns | bit, (left | bit) << 1, (right | bit) >> 1);
        }
        placed
    }
}

/// The board below a queen.
fn below((columns, left, right): (u32, u32, u32), bit: u32) -> (u32, u32, u32) {
    (columns | bit, (left | bit) << 1, (right | bit) >> 1)
}

/// Forks `levels` rows deep.
fn by_hand(all: u32, board: (u32, u32, u32), levels: usize) -> u64 {
    let (columns, left, right) = board;
    if levels == 0 || columns == all {
        return plain::queens(all, columns, left, right);
    }
    let free = all & !(columns | left | right);
    (0..32_u32)
        .into_par_iter()
        .filter(|at| free >> at & 1 == 1)
        .map(|at| by_hand(all, below(board, 1 << at), levels - 1))
        .sum()
}

fn chili(all: u32, board: (u32, u32, u32), scope: &mut chili::Scope<'_>) -> u64 {
    let (columns, left, right) = board;
    if columns == all {
        return 1;
    }
    chili_row(all, board, all & !(columns | left | right), scope)
}

/// The ways with a queen on one of the `free` squares of a row.
fn chili_row(all: u32, board: (u32, u32, u32), free: u32, scope: &mut chili::Scope<'_>) -> u64 {
    if free == 0 {
        return 0;
    }
    let bit = free & free.wrapping_neg();
    if free == bit {
        return chili(all, below(board, bit), scope);
    }
    let (first, others) = scope.join(
        |scope| chili(all, below(board, bit), scope),
        |scope| chili_row(all, board, free ^ bit, scope),
    );
    first + others
}

fn case(n: usize) -> Case {
    let levels = if n < 9 { 0 } else { 3 };
    reading(format!("{n} queens"), (1_u32 << n) - 1)
        .plain(|all| plain::queens(**all, 0, 0, 0))
        .divvy(|all| parallel::queens(**all, 0, 0, 0))
        .by_hand(levels, &[1, 2, 3, 4, 5], |all, levels| {
            by_hand(**all, (0, 0, 0), levels)
        })
        .chili(|all, scope| chili(**all, (0, 0, 0), scope))
        .c("queens", n, |_, answer| *answer as f64)
        .done()
}
