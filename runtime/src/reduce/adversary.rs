//! The adversary: cuts at hostile places and runs the pieces in hostile order, on one thread, the same way for the same
//! seed. Even seeds run the pieces from right to left, odd ones in an order of their own.
//!
//! A false law, an accumulator that isn't one, or an identity that isn't one shows here without threads and without luck.

use super::{Outcome, Steps};
use crate::source::Source;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::thread;

/// The pieces of one region at most, about.
const PIECES: usize = 200;

/// The same in an order of their own: more of what they come to waits for its neighbours.
const INTERLEAVED: usize = 64;

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

/// Does the adversary of this seed run pieces in an order of its own? The others run them from right to left.
pub(crate) fn interleaves(seed: u64) -> bool {
    !seed.is_multiple_of(2)
}

/// What an adversary decides, one thing after the other.
pub(crate) struct Hostile {
    random: Random,
    interleaves: bool,
}

impl Hostile {
    /// For a region over so many items.
    pub(crate) fn new(seed: u64, len: usize) -> Self {
        Self {
            random: Random::new(seed ^ (len as u64).rotate_left(32)),
            interleaves: interleaves(seed),
        }
    }

    /// A number below `bound`, which isn't 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.random.below(bound)
    }

    /// Where to cut: at the ends, beside them, in the middle, or anywhere.
    pub(crate) fn place(&mut self, len: usize) -> usize {
        match self.below(8) {
            0 => 0,
            1 => 1,
            2 => len - 1,
            3 => len,
            4 => len / 2,
            5 => len / 3,
            _ => self.below(len),
        }
    }

    /// The order in which `len` pieces run.
    pub(crate) fn order(&mut self, len: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..len).rev().collect();
        if self.interleaves {
            for last in (1..len).rev() {
                order.swap(last, self.below(last + 1));
            }
        }
        order
    }
}

/// What a piece or a join comes to; none if that is not seen, because something left of it exits or panics.
type Ended<A, E> = Option<thread::Result<Outcome<A, E>>>;

/// The join above a piece or a join, and the side of it; none above the whole.
type Above = Option<(usize, Side)>;

#[derive(Clone, Copy)]
enum Side {
    Left,
    Right,
}

/// A source in pieces, left to right, and how they are joined.
struct Cuts<S, A, E> {
    pieces: Vec<(S, Above)>,
    joins: Vec<Join<A, E>>,
}

/// A join, and what is known of its sides.
struct Join<A, E> {
    above: Above,
    sides: [Option<Ended<A, E>>; 2],
}

impl<S: Source, A, E> Cuts<S, A, E> {
    fn of(source: S, pieces: usize, hostile: &mut Hostile) -> Self {
        let mut cuts = Self {
            pieces: Vec::new(),
            joins: Vec::new(),
        };
        cuts.cut(source, pieces, None, hostile);
        cuts.pieces.reverse();
        cuts
    }

    /// Adds the pieces of a source, from right to left.
    fn cut(&mut self, source: S, pieces: usize, above: Above, hostile: &mut Hostile) {
        let len = source.len();
        if len == 0 || pieces < 2 {
            self.pieces.push((source, above));
            return;
        }
        let middle = hostile.place(len);
        let (left_pieces, right_pieces) = shares(pieces, middle, len);
        let (left, right) = source.split_at(middle);
        let join = self.joins.len();
        self.joins.push(Join {
            above,
            sides: [None, None],
        });
        self.cut(right, right_pieces, Some((join, Side::Right)), hostile);
        self.cut(left, left_pieces, Some((join, Side::Left)), hostile);
    }
}

impl<S: Source, A: Send, E: Send> Steps<'_, S, A, E> {
    /// Folds `source` in hostile pieces.
    pub(super) fn adversary(&self, source: S, start: A, seed: u64) -> Outcome<A, E> {
        let mut hostile = Hostile::new(seed, source.len());
        let (mut rest, mut acc) = (source, start);
        let mut window = if Self::CAN_EXIT || S::IS_STREAM {
            WINDOW
        } else {
            usize::MAX
        };
        while window < rest.len() {
            let (front, behind) = rest.split_at(window);
            let exit;
            (acc, exit) = self.in_pieces(front, acc, &mut hostile);
            if exit.is_some() {
                return (acc, exit);
            }
            rest = behind;
            window = window.saturating_mul(2);
        }
        self.in_pieces(rest, acc, &mut hostile)
    }

    /// Cuts first and then runs one piece after the other; neighbours are joined as soon as both are there, so that few
    /// outcomes wait.
    fn in_pieces(&self, source: S, start: A, hostile: &mut Hostile) -> Outcome<A, E> {
        let most = if hostile.interleaves { INTERLEAVED } else { PIECES };
        let count = source.len().saturating_mul(2).clamp(2, most);
        let Cuts { pieces, mut joins } = Cuts::of(source, count, hostile);
        let order = hostile.order(pieces.len());
        let mut pieces: Vec<_> = pieces.into_iter().map(Some).collect();
        let like = (self.fresh)(&start);
        let (mut start, mut last_seen, mut whole) = (Some(start), usize::MAX, None);
        for number in order {
            let Some((piece, above)) = pieces[number].take() else {
                continue;
            };
            // What lies behind an exit may have begun before anybody knew.
            let is_run = number <= last_seen || hostile.below(2) == 0;
            let ended = is_run.then(|| {
                let start = if number == 0 { start.take() } else { None };
                catch_unwind(AssertUnwindSafe(|| {
                    let acc = start.unwrap_or_else(|| (self.fresh)(&like));
                    (self.leaf)(acc, piece)
                }))
            });
            if !matches!(ended, Some(Ok((_, None)))) {
                last_seen = last_seen.min(number);
            }
            whole = self.settle(&mut joins, above, ended);
        }
        whole
            .flatten()
            .expect("all pieces up to the first exit or panic have run")
            .unwrap_or_else(|panic| resume_unwind(panic))
    }

    /// Notes what a side has come to, and joins all of which that was the last one; the whole, if that is there.
    fn settle(&self, joins: &mut [Join<A, E>], mut above: Above, mut ended: Ended<A, E>) -> Option<Ended<A, E>> {
        while let Some((number, side)) = above {
            let join = &mut joins[number];
            join.sides[side as usize] = Some(ended);
            let [left @ Some(_), right @ Some(_)] = &mut join.sides else {
                return None;
            };
            ended = self.both_ended(left.take()?, right.take()?);
            above = join.above;
        }
        Some(ended)
    }

    /// What a join comes to: an exit or a panic on the left is the earlier one.
    fn both_ended(&self, left: Ended<A, E>, right: Ended<A, E>) -> Ended<A, E> {
        match (left?, right) {
            (Ok((acc, None)), Some(right)) => Some(catch_unwind(AssertUnwindSafe(|| self.joined((acc, None), right)))),
            (Ok((_, None)), None) => None,
            (left, _) => Some(left),
        }
    }
}

/// Divides the pieces by length; a side with items gets at least one.
fn shares(pieces: usize, middle: usize, len: usize) -> (usize, usize) {
    let rest = pieces - 1;
    let left = (rest as u128 * middle as u128 / len as u128) as usize;
    (left.max(1), (rest - left).max(1))
}
