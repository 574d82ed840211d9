//! Rounds of leaves and summaries in the pool.

use super::Walk;
use super::pieces::{Piece, Ready, cut, each};
use crate::reduce::{FORK_WORTH, Outcome, nanoseconds_since};
use crate::source::Again;
use std::time::Instant;

/// The length of a block on the caller, in nanoseconds.
const BLOCK_TIME: f32 = 5_000.0;

/// A block grows to at most this many times the one before.
const GROWTH: usize = 8;

/// The length of a piece, in nanoseconds.
const PIECE_TIME: f32 = 80_000.0;

/// Where the loop stands: what is left of it and where that starts, what is carried so far, the accumulators so far.
pub(super) struct Place<S, C, A> {
    pub(super) rest: S,
    pub(super) at: usize,
    pub(super) carried: C,
    pub(super) acc: A,
}

impl<'a, S: Again, C: Clone + Send + Sync, A: Send, E: Send> Walk<'a, S, C, A, E> {
    /// Runs on the caller and goes on in the pool as soon as that pays.
    pub(super) fn probe(&self, source: S, mut carried: C, mut acc: A) -> Outcome<(C, A), E> {
        let site = self.region.site;
        let (mut rest, mut block, mut at) = (source, 1, 0);
        let mut then = Instant::now();
        loop {
            let left = rest.len();
            if block >= left {
                let outcome = (self.leaf)(carried, acc, rest);
                if outcome.1.is_none() && left > 0 {
                    site.learn(nanoseconds_since(&mut then) / left as f32);
                }
                return outcome;
            }
            let (front, behind) = rest.split_at(block);
            rest = behind;
            at += block;
            let exit;
            ((carried, acc), exit) = (self.leaf)(carried, acc, front);
            if exit.is_some() {
                return ((carried, acc), exit);
            }
            let took = nanoseconds_since(&mut then);
            let cost = took / block as f32;
            let is_worth = self.region.threshold.is_some() || cost * rest.len() as f32 > FORK_WORTH;
            if took >= BLOCK_TIME / 2.0 && is_worth {
                site.learn(cost);
                if self.region.threads() == 1 {
                    return (self.leaf)(carried, acc, rest);
                }
                let place = Place { rest, at, carried, acc };
                return self.region.enter(|| {
                    if self.stages.is_in_order() {
                        self.behind(place, cost)
                    } else {
                        self.rounds(place, cost)
                    }
                });
            }
            block = ((BLOCK_TIME / cost) as usize).clamp(1, block.saturating_mul(GROWTH));
        }
    }

    /// Rounds until nothing is left.
    fn rounds(&self, mut place: Place<S, C, A>, cost: f32) -> Outcome<(C, A), E> {
        let length = ((PIECE_TIME / cost) as usize).max(self.region.grain);
        let threads = rayon::current_num_threads();
        loop {
            let left = place.rest.len();
            if left <= length {
                return (self.leaf)(place.carried, place.acc, place.rest);
            }
            let Place {
                rest,
                mut at,
                carried,
                acc,
            } = place;
            let length = length.min(left / (threads + 1)).max(1);
            let like = (self.fresh)(&acc);
            let (first, mut rest) = rest.split_at(length);
            at = at.saturating_add(length);
            let mut pieces = Vec::with_capacity(threads);
            for _ in 0..threads {
                let (front, behind) = cut(rest, length);
                rest = behind;
                pieces.push(Piece::new(front));
            }
            let last = pieces.len() - 1;
            let guess = carried.clone();
            let (outcome, ()) = rayon::join(
                || (self.leaf)(carried, acc, first),
                || {
                    if self.stages.count() > 0 {
                        each(&mut pieces[..last], &|piece| self.look(0, &guess, piece));
                    }
                },
            );
            let ((carried, acc), None) = outcome else {
                return outcome;
            };
            let ((carried, acc), exit, to) = self.settle(pieces, at, carried, acc, like);
            if exit.is_some() {
                return ((carried, acc), exit);
            }
            place = Place {
                rest,
                at: to,
                carried,
                acc,
            };
        }
    }

    /// Runs the leaves of pieces in as few batches as their summaries allow; `at` is where the first one starts. Says
    /// also where the last one ends.
    pub(super) fn settle(
        &self,
        mut pieces: Vec<Piece<'a, S, C>>,
        mut at: usize,
        mut carried: C,
        mut acc: A,
        like: A,
    ) -> ((C, A), Option<E>, usize) {
        while !pieces.is_empty() {
            let known = self.all_carried_in(carried, &mut pieces);
            let mut start = Some(acc);
            let mut leaves: Vec<_> = pieces
                .drain(..known.len())
                .zip(known)
                .map(|(piece, carried)| {
                    let from = at;
                    at = at.saturating_add(piece.source.len());
                    let acc = start.take().unwrap_or_else(|| (self.fresh)(&like));
                    Ready::new(piece.source, carried, acc, from, at)
                })
                .collect();
            each(&mut leaves, &|ready| self.run_ready(ready));
            let exit;
            ((carried, acc), exit) = self.joined(None, leaves);
            if exit.is_some() {
                return ((carried, acc), exit, at);
            }
        }
        ((carried, acc), None, at)
    }

    /// What is carried into the pieces, one stage after the other, as far as it is known.
    fn all_carried_in(&self, carried: C, pieces: &mut [Piece<'a, S, C>]) -> Vec<C> {
        let mut known = vec![carried.clone()];
        let last = pieces.len() - 1;
        for stage in 0..self.stages.count() {
            // The first stage needs nothing to be known.
            let reach = if stage == 0 { last } else { known.len().min(last) };
            let mut tasks: Vec<_> = pieces[..reach]
                .iter_mut()
                .enumerate()
                .map(|(i, piece)| (piece, known.get(i).unwrap_or(&carried)))
                .collect();
            each(&mut tasks, &|(piece, carried)| self.look(stage, carried, piece));
            known = self.carried_in(stage + 1, carried.clone(), pieces);
        }
        known
    }

    /// The carried values are computed in order on one thread, the leaves run behind on the others.
    fn behind(&self, place: Place<S, C, A>, cost: f32) -> Outcome<(C, A), E> {
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
