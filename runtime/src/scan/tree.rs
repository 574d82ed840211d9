//! `tree`: fixed cuts, for values whose bits depend on where the loop is cut.
//!
//! The loop is cut into rounds of three pieces of the same length: in the first round a sixteenth of the loop's, but at least
//! [`SHORTEST`] and at most [`BLOCK`]; twice as long in the next one, up to [`LONGEST`] (or [`LONGEST_FORGETTING`]); what is left at the end makes shorter pieces. The third piece of a round gets as carried in what
//! the second one's *summary* makes of what the first one's loop carried out; every other piece gets what the loop itself
//! carried out of the piece before. Of the accumulators, the first piece goes on from those so far, the others start from
//! fresh ones and are combined from left to right.
//!
//! A loop that carries values along may forget where it began (see `forgetting`). Once a round has shown that, by two walks
//! through the beginning of its first piece, every piece of that round and of the later ones gets what the loop itself carried
//! out of the piece before: the carried values have the bits of the sequential loop. Another thread goes ahead by guessing,
//! and its guess is taken if the loop comes to the same bits.
//!
//! Threads, schedule, pool and executor only choose who computes what. A summary that is unknown is so on every run; then
//! the second piece's loop decides.
//!
//! Cost: of three pieces one is summarised, also on one thread, unless the loop forgets; two threads need two thirds of the
//! time of one if a summary takes as long as the loop.

use super::Walk;
use super::forgetting::{Forgotten, Memory};
use super::pieces::{Piece, Ready, cut, each};
use crate::executor::Executor;
use crate::pool;
use crate::reduce::{FORK_WORTH, Outcome, Random, interleaves};
use crate::source::Again;
use std::time::Instant;

/// Iterations in a piece of the first round, at least. Part of the contract: another value gives other bits.
pub(super) const SHORTEST: usize = 16;

/// Iterations in a piece of the first round, at most. Part of the contract.
pub const BLOCK: usize = 1024;

/// Iterations in a piece of a late round. Part of the contract.
pub const LONGEST: usize = 32 * BLOCK;

/// The same of a loop that is known to forget: two threads meet twice a round. Part of the contract.
pub const LONGEST_FORGETTING: usize = 8 * LONGEST;

/// Work, in nanoseconds, below which a round isn't forked.
const ROUND_WORTH: f32 = 60_000.0;

/// Who computes a round.
#[derive(Clone, Copy, PartialEq)]
enum Schedule {
    /// This thread, left to right.
    InOrder,
    /// This thread, right to left, or in the order that the seed says.
    Hostile { seed: u64 },
    /// Two threads.
    Forked,
}

/// Where the loop stands.
struct Place<S, C, A> {
    rest: S,
    at: usize,
    carried: C,
    acc: A,
    length: usize,
    memory: Memory,
}

impl<'a, S: Again, C: Clone + Send + Sync, A: Send, E: Send> Walk<'a, S, C, A, E> {
    /// The fixed rounds, on the caller or, where it pays, in the pool.
    pub(super) fn tree(&self, source: S, carried: C, acc: A, executor: Executor) -> Outcome<(C, A), E> {
        let length = (source.len() / 16).clamp(SHORTEST, BLOCK);
        let place = Place {
            rest: source,
            at: 0,
            memory: self.memory(&carried),
            carried,
            acc,
            length,
        };
        let is_small = self
            .region
            .threshold
            .is_some_and(|threshold| place.rest.len() < threshold);
        match executor {
            Executor::Adversarial { seed } => self.tree_rounds(place, Schedule::Hostile { seed }),
            Executor::Rayon if !is_small => self.tree_grown(place),
            _ => self.tree_rounds(place, Schedule::InOrder),
        }
    }

    /// Rounds on the caller until what is left is worth the pool.
    fn tree_grown(&self, mut place: Place<S, C, A>) -> Outcome<(C, A), E> {
        while !place.rest.is_empty() {
            let (then, before) = (Instant::now(), place.at);
            let exit;
            (place, exit) = self.round(place, Schedule::InOrder);
            if exit.is_some() {
                return ((place.carried, place.acc), exit);
            }
            let cost = then.elapsed().as_nanos() as f32 / (place.at - before) as f32;
            self.region.site.learn(cost);
            let is_worth =
                cost * place.rest.len() as f32 > FORK_WORTH && cost * place.length as f32 > ROUND_WORTH / 3.0;
            if is_worth && self.region.threads() > 1 {
                return self.region.enter(|| self.tree_rounds(place, Schedule::Forked));
            }
        }
        ((place.carried, place.acc), None)
    }

    fn tree_rounds(&self, mut place: Place<S, C, A>, schedule: Schedule) -> Outcome<(C, A), E> {
        loop {
            let exit;
            (place, exit) = self.round(place, schedule);
            if exit.is_some() || place.rest.is_empty() {
                return ((place.carried, place.acc), exit);
            }
        }
    }

    /// One round.
    fn round(&self, place: Place<S, C, A>, schedule: Schedule) -> (Place<S, C, A>, Option<E>) {
        let Place {
            rest,
            mut at,
            carried,
            acc,
            length,
            mut memory,
        } = place;
        let like = (self.fresh)(&acc);
        let (first, rest) = cut(rest, length);
        let (second, rest) = cut(rest, length);
        let (third, rest) = cut(rest, length);
        let is_long = !third.is_empty();
        at = at.saturating_add(first.len());
        let mut first = vec![first];
        if memory == Memory::Unknown && is_long {
            let whole = first.swap_remove(0);
            (memory, first) = self.remember(&carried, whole, length == LONGEST);
        }
        let mut second = Second::new(second, memory);

        let guess = carried.clone();
        let mut look = || {
            if is_long {
                second.look(self, &guess);
            }
        };
        let ((carried, acc), exit) = match schedule {
            Schedule::InOrder => self.leaves(carried, acc, first),
            Schedule::Hostile { .. } => {
                look();
                self.leaves(carried, acc, first)
            }
            Schedule::Forked => pool::join(|| self.leaves(carried, acc, first), |_| look()).0,
        };
        let longest = match memory {
            Memory::Forgets(_) => LONGEST_FORGETTING,
            Memory::Unknown | Memory::Keeps => LONGEST,
        };
        let next = |at, carried, acc| Place {
            rest,
            at,
            carried,
            acc,
            length: (2 * length).min(longest),
            memory,
        };
        if exit.is_some() || second.len() == 0 {
            return (next(at, carried, acc), exit);
        }

        let third = is_long.then_some(third);
        let known = third.as_ref().and_then(|_| second.carried_over(self, &carried));
        let mut to = at.saturating_add(second.len());
        let mut leaves = vec![second.ready(carried, (self.fresh)(&like), at)];
        let mut waiting = None;
        if let Some(third) = third {
            let from = to;
            to = to.saturating_add(third.len());
            match known {
                Some(carried) => leaves.push(Ready::new(third, carried, (self.fresh)(&like), from, to)),
                None => waiting = Some(third),
            }
        }
        match schedule {
            Schedule::InOrder => leaves.iter_mut().for_each(|ready| self.run_ready(ready)),
            Schedule::Hostile { seed } if interleaves(seed) && Random::new(seed ^ at as u64).below(2) == 0 => {
                leaves.iter_mut().for_each(|ready| self.run_ready(ready));
            }
            Schedule::Hostile { .. } => leaves.iter_mut().rev().for_each(|ready| self.run_ready(ready)),
            Schedule::Forked => each(&mut leaves, &|ready| self.run_ready(ready)),
        }
        let ((mut carried, acc), mut exit) = self.joined(Some(acc), leaves);
        let mut acc = acc;
        if let (None, Some(third)) = (&exit, waiting) {
            let right;
            ((carried, right), exit) = (self.leaf)(carried, (self.fresh)(&like), third);
            (self.combine)(&mut acc, right);
        }
        (next(to, carried, acc), exit)
    }
}

/// The second piece of a round: by its summaries, by a loop that computes nothing else, or by a guess.
enum Second<'a, S, C> {
    Summarised(Piece<'a, S, C>),
    Guessed(Forgotten<'a, S, C>),
}

impl<'a, S: Again, C: Clone + Send + Sync> Second<'a, S, C> {
    fn new(piece: S, memory: Memory) -> Self {
        match memory {
            Memory::Forgets(within) => Self::Guessed(Forgotten::new(piece, within)),
            Memory::Unknown | Memory::Keeps => Self::Summarised(Piece::new(piece)),
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Summarised(piece) => piece.source.len(),
            Self::Guessed(piece) => piece.len(),
        }
    }

    /// What can be done before it is known what is carried in.
    fn look<A: Send, E: Send>(&mut self, walk: &Walk<'a, S, C, A, E>, guess: &C) {
        match self {
            Self::Summarised(piece) if walk.stages.count() > 0 => walk.look(0, guess, piece),
            Self::Summarised(_) => {}
            Self::Guessed(piece) => piece.look(walk, guess),
        }
    }

    /// What is carried out; `None` if its leaf has to tell.
    fn carried_over<A: Send, E: Send>(&mut self, walk: &Walk<'a, S, C, A, E>, carried: &C) -> Option<C> {
        match self {
            Self::Summarised(piece) => walk.carried_over(carried, piece),
            Self::Guessed(piece) => piece.carried_over(walk, carried),
        }
    }

    /// It waits for its leaf.
    fn ready<A, E>(self, carried: C, acc: A, from: usize) -> Ready<S, C, A, E> {
        match self {
            Self::Summarised(Piece { source, .. }) => {
                let to = from.saturating_add(source.len());
                Ready::new(source, carried, acc, from, to)
            }
            Self::Guessed(piece) => piece.ready(carried, acc, from),
        }
    }
}

impl<'a, S: Again, C: Clone + Send + Sync, A: Send, E: Send> Walk<'a, S, C, A, E> {
    /// What a piece carries out, by its summaries or by a loop that computes nothing else.
    fn carried_over(&self, carried: &C, piece: &mut Piece<'a, S, C>) -> Option<C> {
        if self.stages.is_in_order() {
            return self.walked(carried, piece);
        }
        for stage in 0..self.stages.count() {
            self.look(stage, carried, piece);
        }
        self.applied(self.stages.count(), carried, piece)
    }
}
