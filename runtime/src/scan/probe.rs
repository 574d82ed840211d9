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

/// A block grows to at most this many times the one before.
const GROWTH: usize = 8;

impl<'a, S: Again, C: Clone + Send + Sync, A: Send, E: Send> Walk<'a, S, C, A, E> {
    /// Runs on the caller and goes on in the pool as soon as that pays.
    pub(super) fn probe(&self, source: S, mut carried: C, mut acc: A) -> Outcome<(C, A), E> {
        let site = self.region.site;
        let mut block = match site.raw_cost() {
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
                return self.go_on(Place { rest, at, carried, acc }, cost);
            }
            block = ((BLOCK_TIME / cost) as usize).clamp(1, block.saturating_mul(GROWTH));
        }
    }

    /// Goes on in the pool, unless nobody there can help.
    fn go_on(&self, place: Place<S, C, A>, cost: f32) -> Outcome<(C, A), E> {
        let helpers = self.region.threads() - 1;
        let known = self.region.site.ratio().unwrap_or(1.0);
        let mut pace = Pace::new(cost, known, &self.region);
        if !pace.is_worth(helpers) && is_sample(self.region.site) {
            pace = Pace::new(cost, 1.0, &self.region);
        }
        if helpers == 0 || place.rest.len() <= self.region.grain || !pace.is_worth(helpers) {
            return (self.leaf)(place.carried, place.acc, place.rest);
        }
        self.region.enter(|| {
            if self.stages.is_in_order() {
                self.behind(place, cost)
            } else {
                self.look_ahead(place, pace)
            }
        })
    }
}
