//! Is this loop worth a fork? Runs it on the caller until the answer is known.
//!
//! What past calls taught is only a hint for the size of the first block: the costs of this call decide. Blocks grow from
//! one iteration to [`BLOCK_TIME`], so a few slow iterations are noticed after the first one and many fast ones pay for a
//! handful of clock readings.

use super::{FORK_WORTH, Steps, TINY};
use crate::source::Source;
use std::time::Instant;

/// The length of a block on the caller, in nanoseconds.
const BLOCK_TIME: f32 = 5_000.0;

/// What reading the clock costs, about, in nanoseconds: doesn't count for the loop.
const CLOCK: f32 = 25.0;

/// A block grows to at most this many times the one before: what is known is known about that one.
const GROWTH: usize = 8;

/// The same where this call and past ones agree.
const GROWTH_AS_KNOWN: usize = 64;

impl<S: Source, A: Send> Steps<'_, S, A> {
    /// Runs on the caller and goes on in the pool as soon as that pays.
    pub(super) fn probe(&self, source: S, start: A) -> A {
        let site = self.region.site;
        let known = site.raw_cost();
        let (mut rest, mut acc) = (source, start);
        let mut block = self.first_block(rest.len());
        let mut spent = 0.0;
        let mut is_as_known = false;
        let mut then = Instant::now();
        loop {
            let left = rest.len();
            if block >= left {
                acc = (self.leaf)(acc, rest);
                if left > 0 && !is_as_known {
                    site.learn(nanoseconds_since(&mut then) / left as f32);
                }
                return acc;
            }
            let (front, behind) = rest.split_at(block);
            rest = behind;
            acc = (self.leaf)(acc, front);
            let took = nanoseconds_since(&mut then);
            spent += took;
            let cost = took / block as f32;
            if spent >= BLOCK_TIME / 2.0 && cost * rest.len() as f32 > FORK_WORTH {
                site.learn(cost);
                return self.fork(rest, acc, cost);
            }
            is_as_known = (known / 2.0..=known * 2.0).contains(&cost);
            let growth = if is_as_known { GROWTH_AS_KNOWN } else { GROWTH };
            block = ((BLOCK_TIME / cost) as usize).clamp(1, block.saturating_mul(growth));
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
fn nanoseconds_since(then: &mut Instant) -> f32 {
    let now = Instant::now();
    let nanoseconds = now.duration_since(*then).as_nanos() as f32;
    *then = now;
    (nanoseconds - CLOCK).max(1.0)
}
