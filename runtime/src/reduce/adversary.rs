//! The adversary: cuts at hostile places and runs the right side first, on one thread, the same way for the same seed.
//!
//! A false law, an accumulator that isn't one, or an identity that isn't one shows here without threads and without luck.

use super::{Outcome, Steps};
use crate::source::Source;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The pieces of one region at most, about.
const PIECES: usize = 200;

/// How far the pieces of a loop that may be left early reach at first; twice as far each time it wasn't left. The source
/// may have no end.
const WINDOW: usize = 4096;

/// A deterministic stream of numbers.
///
/// Source: SplitMix64, G. Steele et al., "Fast splittable pseudorandom number generators", OOPSLA 2014.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`, which isn't 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }
}

impl<S: Source, A: Send, E: Send> Steps<'_, S, A, E> {
    /// Folds `source` in hostile pieces.
    pub(super) fn adversary(&self, source: S, start: A, seed: u64) -> Outcome<A, E> {
        let mut random = Random::new(seed ^ (source.len() as u64).rotate_left(32));
        let (mut rest, mut acc) = (source, start);
        let mut window = if Self::CAN_EXIT { WINDOW } else { usize::MAX };
        while window < rest.len() {
            let (front, behind) = rest.split_at(window);
            let exit;
            (acc, exit) = self.in_pieces(front, acc, &mut random);
            if exit.is_some() {
                return (acc, exit);
            }
            rest = behind;
            window = window.saturating_mul(2);
        }
        self.in_pieces(rest, acc, &mut random)
    }

    fn in_pieces(&self, source: S, start: A, random: &mut Random) -> Outcome<A, E> {
        let pieces = source.len().saturating_mul(2).clamp(2, PIECES);
        self.piece(source, start, pieces, random)
    }

    fn piece(&self, source: S, acc: A, pieces: usize, random: &mut Random) -> Outcome<A, E> {
        let len = source.len();
        if len == 0 || pieces < 2 {
            return (self.leaf)(acc, source);
        }
        let middle = hostile_place(len, random);
        let (left_pieces, right_pieces) = shares(pieces, middle, len);
        let apart = (self.fresh)(&acc);
        let (left, right) = source.split_at(middle);
        // The right side first; but an exit or a panic on the left is the earlier one.
        let right = catch_unwind(AssertUnwindSafe(|| self.piece(right, apart, right_pieces, random)));
        let left = self.piece(left, acc, left_pieces, random);
        self.joined(left, right)
    }
}

/// At the ends, beside them, in the middle, or anywhere.
pub(crate) fn hostile_place(len: usize, random: &mut Random) -> usize {
    match random.below(8) {
        0 => 0,
        1 => 1,
        2 => len - 1,
        3 => len,
        4 => len / 2,
        5 => len / 3,
        _ => random.below(len),
    }
}

/// Divides the pieces by length; a side with items gets at least one.
fn shares(pieces: usize, middle: usize, len: usize) -> (usize, usize) {
    let rest = pieces - 1;
    let left = (rest as u128 * middle as u128 / len as u128) as usize;
    (left.max(1), (rest - left).max(1))
}
