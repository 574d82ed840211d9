//! Leaves behind a loop that computes the carried values and nothing else.

use super::pieces::{Piece, Ready, cut, each};
use super::{Place, Walk};
use crate::reduce::Outcome;
use crate::source::Again;

/// The length of a piece, in nanoseconds.
const PIECE_TIME: f32 = 80_000.0;

impl<'a, S: Again, C: Clone + Send + Sync, A: Send, E: Send> Walk<'a, S, C, A, E> {
    /// The carried values are computed in order on one thread, the leaves run behind on the others.
    pub(super) fn behind(&self, place: Place<S, C, A>, cost: f32) -> Outcome<(C, A), E> {
        let length = ((PIECE_TIME / cost) as usize).max(self.region.grain);
        let count = 2 * rayon::current_num_threads();
        let Place {
            mut rest,
            mut at,
            carried,
            mut acc,
        } = place;
        // The next batch: pieces with what is carried into them. Behind them, `None` if the walk panicked.
        let mut batch: Vec<(S, C)> = Vec::new();
        let mut next = Some(carried);
        loop {
            let like = (self.fresh)(&acc);
            let mut start = Some(acc);
            let mut leaves: Vec<_> = batch
                .drain(..)
                .map(|(piece, carried)| {
                    let from = at;
                    at = at.saturating_add(piece.len());
                    let acc = start.take().unwrap_or_else(|| (self.fresh)(&like));
                    Ready::new(piece, carried, acc, from, at)
                })
                .collect();
            let known = next.take();
            let ((ahead, behind, walked), ()) = rayon::join(
                || self.walk_ahead(rest, known, length, count),
                || each(&mut leaves, &|ready| self.run_ready(ready)),
            );
            let carried_out = if leaves.is_empty() {
                acc = start.expect("no leaf took it");
                None
            } else {
                let ((carried, joined), exit) = self.joined(None, leaves);
                acc = joined;
                if exit.is_some() {
                    return ((carried, acc), exit);
                }
                Some(carried)
            };
            (batch, rest, next) = (ahead, behind, walked);
            if batch.is_empty() {
                // Nothing is left, or only the leaf knows what happens there.
                let carried = carried_out.or(next).expect("something was carried here");
                return (self.leaf)(carried, acc, rest);
            }
        }
    }

    /// The next pieces with what is carried into them, the rest, and what is carried out of them if that is known.
    fn walk_ahead(&self, mut rest: S, carried: Option<C>, length: usize, count: usize) -> (Vec<(S, C)>, S, Option<C>) {
        let mut batch = Vec::with_capacity(count);
        let mut next = carried;
        while batch.len() < count && !rest.is_empty() {
            let Some(carried) = next.take() else { break };
            let (front, behind) = cut(rest, length);
            rest = behind;
            let piece = Piece::new(front);
            next = self.walked(&carried, &piece);
            batch.push((piece.source, carried));
        }
        (batch, rest, next)
    }
}
