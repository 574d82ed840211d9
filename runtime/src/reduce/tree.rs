//! `tree`: a fixed tree of combines, for operations whose bits depend on the grouping.
//!
//! The shape depends on the length alone: blocks of [`BLOCK`] iterations, each folded by the leaf, and above them a tree
//! that cuts a run of iterations at the largest power-of-two multiple of `BLOCK` below its length. The leftmost block
//! goes on from the start value, every other one starts from a fresh value. Threads, schedule, pool and executor only
//! choose who computes a node.

use super::{FORK_WORTH, Steps};
use crate::executor::Executor;
use crate::source::Source;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::Instant;

/// Iterations in a block of a fixed tree. Part of the contract: another value gives other bits.
pub const BLOCK: usize = 1024;

/// Work, in nanoseconds, below which a node isn't forked.
const NODE_WORTH: f32 = 20_000.0;

/// Who computes the nodes.
#[derive(Clone, Copy)]
enum Schedule {
    /// This thread, left to right.
    InOrder,
    /// This thread, right to left.
    Reversed,
    /// Everybody; an iteration costs so many nanoseconds.
    Forked { cost: f32 },
}

impl<S: Source, A: Send> Steps<'_, S, A> {
    /// The fixed tree, on the caller or, where it pays, in the pool.
    pub(super) fn tree(&self, source: S, start: A, executor: Executor) -> A {
        let len = source.len();
        if len <= BLOCK {
            // One leaf whatever it costs: two would be another tree.
            return (self.leaf)(start, source);
        }
        let is_small = self.region.threshold.is_some_and(|threshold| len < threshold);
        if executor == Executor::Serial || is_small {
            return self.node(source, start, Schedule::InOrder);
        }
        self.grow(source, start)
    }

    /// The fixed tree with the right side of every node first.
    pub(super) fn tree_reversed(&self, source: S, start: A, _seed: u64) -> A {
        self.node(source, start, Schedule::Reversed)
    }

    /// Folds growing prefixes, each a node on the left spine, until what is left is worth the pool.
    fn grow(&self, source: S, start: A) -> A {
        let len = source.len();
        // All fresh values on the spine come from here, so they don't depend on how far the prefix has grown.
        let like = (self.fresh)(&start);
        let then = Instant::now();
        let (front, mut rest) = source.split_at(BLOCK);
        let mut acc = (self.leaf)(start, front);
        let mut done = BLOCK;
        loop {
            let cost = then.elapsed().as_nanos() as f32 / done as f32;
            if cost * rest.len() as f32 > FORK_WORTH && self.region.threads() > 1 {
                self.region.site.learn(cost);
                let spine = Spine { like, done, len };
                return self
                    .region
                    .enter(|| self.spine(rest, acc, spine, Schedule::Forked { cost }));
            }
            if rest.len() <= done {
                let right = self.node(rest, (self.fresh)(&like), Schedule::InOrder);
                (self.combine)(&mut acc, right);
                self.region.site.learn(then.elapsed().as_nanos() as f32 / len as f32);
                return acc;
            }
            let (sibling, behind) = rest.split_at(done);
            rest = behind;
            let right = self.node(sibling, (self.fresh)(&like), Schedule::InOrder);
            (self.combine)(&mut acc, right);
            done *= 2;
        }
    }

    /// A node of the left spine, `acc` being the result of its first `done` iterations.
    fn spine(&self, rest: S, acc: A, spine: Spine<A>, schedule: Schedule) -> A {
        let Spine { like, done, len } = spine;
        if len == done {
            return acc;
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
            |schedule| self.node(right, apart, schedule),
            len - done,
            schedule,
        )
    }

    /// A node; `acc` is what its leftmost block goes on from.
    fn node(&self, source: S, acc: A, schedule: Schedule) -> A {
        let len = source.len();
        if len <= BLOCK {
            return (self.leaf)(acc, source);
        }
        let apart = (self.fresh)(&acc);
        let (left, right) = source.split_at(cut(len));
        self.both(
            |schedule| self.node(left, acc, schedule),
            |schedule| self.node(right, apart, schedule),
            len,
            schedule,
        )
    }

    /// Both sides of a node of `len` iterations, and their combination.
    fn both(
        &self,
        left: impl FnOnce(Schedule) -> A + Send,
        right: impl FnOnce(Schedule) -> A + Send,
        len: usize,
        schedule: Schedule,
    ) -> A {
        let (mut left, right) = match schedule {
            Schedule::InOrder => (left(schedule), right(schedule)),
            Schedule::Reversed => {
                let right = catch_unwind(AssertUnwindSafe(|| right(schedule)));
                // A panic on the left is the earlier one.
                (left(schedule), right.unwrap_or_else(|panic| resume_unwind(panic)))
            }
            Schedule::Forked { cost } if cost * (len as f32) < NODE_WORTH || len / 2 < self.region.grain => {
                (left(Schedule::InOrder), right(Schedule::InOrder))
            }
            Schedule::Forked { .. } => rayon::join(|| left(schedule), || right(schedule)),
        };
        (self.combine)(&mut left, right);
        left
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
