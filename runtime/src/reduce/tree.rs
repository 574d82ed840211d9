//! `tree`: a fixed tree of combines, for operations whose bits depend on the grouping.
//!
//! The shape depends on the length alone: blocks of [`BLOCK`] iterations, each folded by the leaf, and above them a tree
//! that cuts a run of iterations at the largest power-of-two multiple of `BLOCK` below its length. The leftmost block
//! goes on from the start value, every other one starts from a fresh value. Threads, schedule, pool and executor only
//! choose who computes a node.

use super::{FORK_WORTH, Outcome, Steps};
use crate::executor::Executor;
use crate::source::Source;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

/// Iterations in a block of a fixed tree. Part of the contract: another value gives other bits.
pub const BLOCK: usize = 1024;

/// Work, in nanoseconds, below which a node isn't forked.
const NODE_WORTH: f32 = 20_000.0;

/// How far an adversary reaches at first in a loop that may be left early; a node of the left spine.
const REVERSED: usize = 16 * BLOCK;

/// Who computes the nodes.
#[derive(Clone, Copy)]
pub(super) enum Schedule {
    /// This thread, left to right.
    InOrder,
    /// This thread, right to left.
    Reversed,
    /// Everybody; an iteration costs so many nanoseconds.
    Forked { cost: f32 },
}

impl<S: Source, A: Send, E: Send> Steps<'_, S, A, E> {
    /// The fixed tree, on the caller or, where it pays, in the pool.
    pub(super) fn tree(&self, source: S, start: A, executor: Executor) -> Outcome<A, E> {
        let len = source.len();
        if len <= BLOCK {
            // One leaf whatever it costs: two would be another tree.
            return (self.leaf)(start, source);
        }
        let is_small = self.region.threshold.is_some_and(|threshold| len < threshold);
        if executor == Executor::Serial || is_small {
            return self.node(source, 0, start, Schedule::InOrder);
        }
        self.grow(source, start)
    }

    /// The fixed tree with the right side of every node first.
    pub(super) fn tree_reversed(&self, source: S, start: A, _seed: u64) -> Outcome<A, E> {
        if Self::CAN_EXIT && source.len() > REVERSED {
            let spine = Spine {
                like: (self.fresh)(&start),
                done: REVERSED,
                len: source.len(),
            };
            let (front, rest) = source.split_at(REVERSED);
            let (acc, exit) = self.node(front, 0, start, Schedule::Reversed);
            if exit.is_some() {
                return (acc, exit);
            }
            return self.double(rest, acc, spine, Schedule::Reversed);
        }
        self.node(source, 0, start, Schedule::Reversed)
    }

    /// Folds growing prefixes, each a node on the left spine, until what is left is worth the pool.
    fn grow(&self, source: S, start: A) -> Outcome<A, E> {
        // All fresh values on the spine come from here, so they don't depend on how far the prefix has grown.
        let mut spine = Spine {
            like: (self.fresh)(&start),
            done: BLOCK,
            len: source.len(),
        };
        let then = Instant::now();
        let (front, mut rest) = source.split_at(BLOCK);
        let (mut acc, mut exit) = (self.leaf)(start, front);
        loop {
            if exit.is_some() {
                return (acc, exit);
            }
            let cost = then.elapsed().as_nanos() as f32 / spine.done as f32;
            if rest.is_empty() {
                self.region.site.learn(cost);
                return (acc, None);
            }
            if cost * rest.len() as f32 > FORK_WORTH && self.region.threads() > 1 {
                self.region.site.learn(cost);
                return self.region.enter(|| {
                    if Self::CAN_EXIT {
                        self.double(rest, acc, spine, Schedule::Forked { cost })
                    } else {
                        self.spine(rest, acc, spine, Schedule::Forked { cost })
                    }
                });
            }
            (acc, exit, rest) = self.sibling(rest, acc, &mut spine, Schedule::InOrder);
        }
    }

    /// The rest of the left spine, one node beside the other: little is wasted if an early one exits. The source may have
    /// no end.
    fn double(&self, mut rest: S, mut acc: A, mut spine: Spine<A>, schedule: Schedule) -> Outcome<A, E> {
        loop {
            let exit;
            (acc, exit, rest) = self.sibling(rest, acc, &mut spine, schedule);
            if exit.is_some() || rest.is_empty() {
                return (acc, exit);
            }
        }
    }

    /// Doubles the prefix that `acc` is the result of; returns what is left behind it, too.
    fn sibling(&self, rest: S, acc: A, spine: &mut Spine<A>, schedule: Schedule) -> (A, Option<E>, S) {
        let len = rest.len().min(spine.done);
        let (sibling, behind) = rest.split_at(len);
        let right = self.node(sibling, spine.done, (self.fresh)(&spine.like), schedule);
        spine.done += len;
        let (acc, exit) = self.joined((acc, None), Ok(right));
        (acc, exit, behind)
    }

    /// A node of the left spine, `acc` being the result of its first `done` iterations.
    fn spine(&self, rest: S, acc: A, spine: Spine<A>, schedule: Schedule) -> Outcome<A, E> {
        let Spine { like, done, len } = spine;
        if len == done {
            return (acc, None);
        }
        let middle = cut(len);
        let apart = (self.fresh)(&like);
        let (left, right) = rest.split_at(middle - done);
        let left_spine = Spine {
            like,
            done,
            len: middle,
        };
        self.both(
            |schedule| self.spine(left, acc, left_spine, schedule),
            |schedule| self.node(right, middle, apart, schedule),
            len - done,
            schedule,
        )
    }

    /// A node that starts at the position `at`; `acc` is what its leftmost block goes on from.
    pub(super) fn node(&self, source: S, at: usize, acc: A, schedule: Schedule) -> Outcome<A, E> {
        let len = source.len();
        if self.horizon.hides(at) {
            return (acc, None);
        }
        if len <= BLOCK {
            return self.tree_block(source, at, acc, schedule);
        }
        let apart = (self.fresh)(&acc);
        let middle = cut(len);
        let (left, right) = source.split_at(middle);
        self.both(
            |schedule| self.node(left, at, acc, schedule),
            |schedule| self.node(right, at.saturating_add(middle), apart, schedule),
            len,
            schedule,
        )
    }

    /// A block of the tree; one of slow iterations looks now and then whether it is still needed.
    fn tree_block(&self, mut source: S, mut at: usize, mut acc: A, schedule: Schedule) -> Outcome<A, E> {
        if let (true, Schedule::Forked { cost }) = (Self::CAN_EXIT, schedule) {
            let few = ((NODE_WORTH / cost) as usize).max(1);
            while few < source.len() {
                if self.horizon.hides(at) {
                    return (acc, None);
                }
                let (front, behind) = source.split_at(few);
                (source, at) = (behind, at.saturating_add(few));
                let exit;
                (acc, exit) = self.block(acc, front, at);
                if exit.is_some() {
                    return (acc, exit);
                }
            }
        }
        let end = at.saturating_add(source.len());
        self.block(acc, source, end)
    }

    /// Both sides of a node of `len` iterations, and their combination.
    fn both(
        &self,
        left: impl FnOnce(Schedule) -> Outcome<A, E> + Send,
        right: impl FnOnce(Schedule) -> Outcome<A, E> + Send,
        len: usize,
        schedule: Schedule,
    ) -> Outcome<A, E> {
        let (left, right) = match schedule {
            Schedule::Reversed => {
                let right = catch_unwind(AssertUnwindSafe(|| right(schedule)));
                // An exit or a panic on the left is the earlier one.
                (left(schedule), right)
            }
            Schedule::Forked { cost } if cost * len as f32 >= NODE_WORTH && len / 2 >= self.region.grain => {
                rayon::join(|| left(schedule), || Self::speculate(|| right(schedule)))
            }
            Schedule::InOrder | Schedule::Forked { .. } => match left(Schedule::InOrder) {
                (acc, None) => ((acc, None), Ok(right(Schedule::InOrder))),
                exited => return exited,
            },
        };
        self.joined(left, right)
    }
}

/// Where the left spine stands.
struct Spine<A> {
    /// What fresh values look like.
    like: A,
    /// The iterations that are folded already: the leftmost node of this many.
    done: usize,
    /// The iterations of the whole node.
    len: usize,
}

/// The largest power-of-two multiple of [`BLOCK`] below `len`.
fn cut(len: usize) -> usize {
    let blocks = len.div_ceil(BLOCK);
    BLOCK << (blocks - 1).ilog2()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_at_the_largest_power_of_two_multiple_below() {
        for (len, middle) in [
            (1025, 1024),
            (2048, 1024),
            (2049, 2048),
            (4096, 2048),
            (4097, 4096),
            (7000, 4096),
        ] {
            assert_eq!(cut(len), middle, "{len}");
        }
    }
}
