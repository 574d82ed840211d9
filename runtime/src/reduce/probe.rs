//! Is this loop worth a fork? Runs it on the caller until the answer is known.
//!
//! What past calls taught is only a hint for the size of the first block: the costs of this call decide. Blocks grow from
//! one iteration to [`BLOCK_TIME`], so a few slow iterations are noticed after the first one and many fast ones pay for a
//! handful of clock readings.

use super::{FORK_WORTH, Outcome, Steps, TINY};
use crate::source::Source;
use std::time::Instant;

/// The length of a block on the caller, in nanoseconds.
const BLOCK_TIME: f32 = 5_000.0;

/// How long a loop that may be left early stays on the caller, in nanoseconds: about what entering the pool costs.
const SEARCH_TIME: f32 = 10_000.0;

/// What it costs to list what an iteration gives and to fold it later, about, in nanoseconds: cheaper iterations are not
/// worth it.
const HANDED_OVER: f32 = 4.0;

/// The first iteration of all brings code and tables into memory: what takes less than this, in nanoseconds, says nothing yet.
const COLD: f32 = 100_000.0;

/// What reading the clock costs, about, in nanoseconds: doesn't count for the loop.
const CLOCK: f32 = 25.0;

/// A block grows to at most this many times the one before: what is known is known about that one.
const GROWTH: usize = 8;

/// The same where this call and past ones agree.
const GROWTH_AS_KNOWN: usize = 64;

impl<S: Source, A: Send, E: Send> Steps<'_, S, A, E> {
    /// Runs on the caller and goes on in the pool as soon as that pays.
    ///
    /// A loop that may be left early starts here also with a threshold: what the user says about its length says nothing
    /// about how far it gets.
    pub(super) fn probe(&self, source: S, start: A) -> Outcome<A, E> {
        let site = self.region.site;
        let known = site.raw_cost();
        let (mut rest, mut acc) = (source, start);
        let mut block = self.first_block(rest.len());
        let (mut done, mut spent, mut cost) = (0, 0.0, 0.0);
        let mut is_as_known = false;
        let patience = if Self::CAN_EXIT { SEARCH_TIME } else { BLOCK_TIME / 2.0 };
        let mut then = Instant::now();
        loop {
            let left = rest.len();
            if block >= left {
                let outcome = (self.leaf)(acc, rest);
                if outcome.1.is_some() {
                    self.learn_before_exit(left, cost, then);
                } else if left > 0 && !is_as_known {
                    site.learn(nanoseconds_since(&mut then) / left as f32);
                }
                return outcome;
            }
            let (front, behind) = rest.split_at(block);
            rest = behind;
            let exit;
            (acc, exit) = (self.leaf)(acc, front);
            if exit.is_some() {
                self.learn_before_exit(block, cost, then);
                return (acc, exit);
            }
            let took = nanoseconds_since(&mut then);
            spent += took;
            done += block;
            let before = cost;
            cost = took / block as f32;
            // A thread that is kept waiting sees one block that took long, not two.
            let least = if before > 0.0 { cost.min(before) } else { cost };
            let is_handed_over = self.region.is_ordered && least < HANDED_OVER;
            let believed = if known > 0.0 { cost.min(known.max(before)) } else { cost };
            let is_long = believed * rest.len() as f32 > FORK_WORTH && !is_handed_over;
            let is_worth = self.region.threshold.is_some() || is_long;
            let is_cold = known == 0.0 && before == 0.0 && took < COLD;
            if spent >= patience && is_worth && !is_cold {
                site.learn(cost);
                return self.fork(rest, acc, done, cost);
            }
            is_as_known = (known / 2.0..=known * 2.0).contains(&cost);
            let growth = if is_as_known { GROWTH_AS_KNOWN } else { GROWTH };
            block = ((BLOCK_TIME / cost) as usize).clamp(1, block.saturating_mul(growth));
        }
    }

    /// A block that was left early has run nobody knows how many iterations, unless it had only one; what counts else is
    /// the block before, of which an iteration took `cost`.
    fn learn_before_exit(&self, block: usize, cost: f32, mut then: Instant) {
        if block == 1 {
            self.region.site.learn(nanoseconds_since(&mut then));
        } else if cost > 0.0 {
            self.region.site.learn(cost);
        }
    }

    /// One iteration at an unknown site; where past calls were cheap, what they say, but never the bulk of the loop.
    fn first_block(&self, len: usize) -> usize {
        let cost = self.region.site.raw_cost();
        if cost == 0.0 {
            return 1;
        }
        let affordable = (BLOCK_TIME / cost) as usize;
        affordable.clamp(1, TINY.max(len / 16))
    }
}

/// The time since `then` without what reading the clock costs, and starts over.
pub(crate) fn nanoseconds_since(then: &mut Instant) -> f32 {
    let now = Instant::now();
    let nanoseconds = now.duration_since(*then).as_nanos() as f32;
    *then = now;
    (nanoseconds - CLOCK).max(1.0)
}
