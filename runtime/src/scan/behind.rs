//! Leaves behind a loop that computes the carried values and nothing else.
//!
//! One thread walks ahead through the pieces of the next batch, the others run the leaves of the batch before; whoever is
//! ready first helps. Not more can be won than the walk is faster than the loop.

use super::pieces::{Piece, Ready, cut, each};
use super::{Place, Walk};
use crate::pool;
use crate::reduce::{Outcome, nanoseconds_since};
use crate::source::Again;
use std::time::Instant;

/// The length of a piece, in nanoseconds.
const PIECE_TIME: f32 = 80_000.0;

/// The least speedup that is worth it.
const LEAST_SPEEDUP: f32 = 1.1;

/// A piece that is ready for its leaf.
type Known<S, C> = (S, C);

/// Where the walk stands: the pieces of the next batch with what is carried into them, what is left, and what is carried
/// there, if the walk got so far.
struct Ahead<S, C> {
    batch: Vec<Known<S, C>>,
    rest: S,
    carried: Option<C>,
}

impl<'a, S: Again, C: Clone + Send + Sync, A: Send, E: Send> Walk<'a, S, C, A, E> {
    /// Can so many threads win anything by walking ahead, if that takes `ratio` times as long as the leaf?
    pub(super) fn is_walk_worth(ratio: f32, threads: usize) -> bool {
        (threads as f32 / (1.0 + ratio)).min(1.0 / ratio) > LEAST_SPEEDUP
    }

    /// Runs what is left in the pool; an iteration of the leaf takes `cost` nanoseconds.
    pub(super) fn walk_and_follow(&self, place: Place<S, C, A>, cost: f32) -> Outcome<(C, A), E> {
        let length = ((PIECE_TIME / cost) as usize).max(self.region.grain);
        let threads = rayon::current_num_threads();
        let Place {
            rest,
            mut at,
            carried,
            mut acc,
        } = place;
        // One piece tells what a walk costs.
        let mut then = Instant::now();
        let mut ahead = self.walk_ahead(rest, Some(carried), length, 1);
        let walked = ahead.batch.iter().map(|(piece, _)| piece.len()).sum::<usize>();
        let ratio = nanoseconds_since(&mut then) / walked.max(1) as f32 / cost;
        self.region.site.learn_ratio(ratio);
        let mut count = if Self::is_walk_worth(ratio, threads) { 1 } else { 0 };
        loop {
            let like = (self.fresh)(&acc);
            let mut start = Some(acc);
            let mut leaves: Vec<_> = ahead
                .batch
                .into_iter()
                .map(|(piece, carried)| {
                    let from = at;
                    at = at.saturating_add(piece.len());
                    let acc = start.take().unwrap_or_else(|| (self.fresh)(&like));
                    Ready::new(piece, carried, acc, from, at)
                })
                .collect();
            count = (2 * count).min(2 * threads);
            let (rest, known) = (ahead.rest, ahead.carried);
            let next;
            (next, ()) = pool::join(
                || self.walk_ahead(rest, known, length, count),
                |_| each(&mut leaves, &|ready| self.run_ready(ready)),
            );
            ahead = next;
            let ((carried, so_far), exit) = self.joined(None, leaves);
            acc = so_far;
            if exit.is_some() || (ahead.batch.is_empty() && ahead.rest.is_empty()) {
                return ((carried, acc), exit);
            }
            if ahead.batch.is_empty() {
                // The walk didn't get there, or isn't worth it.
                return (self.leaf)(carried, acc, ahead.rest);
            }
        }
    }

    /// Walks through the next pieces.
    fn walk_ahead(&self, mut rest: S, mut carried: Option<C>, length: usize, count: usize) -> Ahead<S, C> {
        let mut batch = Vec::with_capacity(count);
        while batch.len() < count && !rest.is_empty() {
            let Some(known) = carried.take() else { break };
            let (front, behind) = cut(rest, length);
            rest = behind;
            let piece = Piece::new(front);
            carried = self.walked(&known, &piece);
            batch.push((piece.source, known));
        }
        Ahead { batch, rest, carried }
    }
}
