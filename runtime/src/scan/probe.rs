//! Is this loop worth a fork? Runs it on the caller until the answer is known, as [`reduce`](mod@crate::reduce) does.

use super::pace::Pace;
use super::{Place, Walk};
use crate::reduce::{Outcome, TINY, is_sample, nanoseconds_since};
use crate::source::Again;
use std::time::Instant;

/// The length of a block on the caller, in nanoseconds.
const BLOCK_TIME: f32 = 5_000.0;

/// Work, in nanoseconds, from which on entering the pool pays: a second thread saves a third of it rather than half.
const FORK_WORTH: f32 = 120_000.0;

/// Calls whose iterations cost up to so many times as much are alike.
const ALIKE: f32 = 8.0;

/// A block grows to at most this many times the one before.
const GROWTH: usize = 8;

impl<'a, S: Again, C: Clone + Send + Sync, A: Send, E: Send> Walk<'a, S, C, A, E> {
    /// Runs on the caller and goes on in the pool as soon as that pays.
    pub(super) fn probe(&self, source: S, mut carried: C, mut acc: A) -> Outcome<(C, A), E> {
        let site = self.region.site;
        let before = site.raw_cost();
        let mut block = match before {
            0.0 => 1,
            cost => ((BLOCK_TIME / cost) as usize).clamp(1, TINY.max(source.len() / 16)),
        };
        let (mut rest, mut at) = (source, 0);
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
                return self.go_on(Place { rest, at, carried, acc }, cost, before);
            }
            block = ((BLOCK_TIME / cost) as usize).clamp(1, block.saturating_mul(GROWTH));
        }
    }

    /// Goes on in the pool, unless nobody there can help.
    ///
    /// What summaries cost in past calls, of which an iteration took `before` nanoseconds, says something only about calls
    /// like them.
    fn go_on(&self, place: Place<S, C, A>, cost: f32, before: f32) -> Outcome<(C, A), E> {
        let site = self.region.site;
        let is_like_before = (before / ALIKE..=before * ALIKE).contains(&cost);
        let ratio = site.ratio().filter(|_| is_like_before);
        let threads = self.region.threads();
        if threads > 1 && place.rest.len() > self.region.grain {
            if self.stages.is_in_order() {
                let is_hopeless = ratio.is_some_and(|ratio| !Self::is_walk_worth(ratio, threads));
                if !is_hopeless || is_sample(site) {
                    return self.region.enter(|| self.walk_and_follow(place, cost));
                }
            } else if self.stages.count() > 0 {
                let pace = |ratio| Pace::new(cost, ratio, self.stages.count(), threads - 1, &self.region);
                let mut known = pace(ratio.unwrap_or(1.0));
                if !known.is_worth() && is_sample(site) {
                    // Perhaps it isn't hopeless any more.
                    known = pace(1.0);
                }
                if known.is_worth() {
                    return self.region.enter(|| self.look_ahead(place, known));
                }
            }
        }
        (self.leaf)(place.carried, place.acc, place.rest)
    }
}
