//! `tree`: a fixed tree of combines, for operations whose bits depend on the grouping.
//!
//! The shape depends on the length alone: blocks of [`block_of`] iterations, each folded by the leaf, and above them a tree
//! that cuts a run of iterations at the largest power-of-two multiple of a block below its length. The leftmost block
//! goes on from the start value, every other one starts from a fresh value. Threads, schedule, pool and executor only
//! choose who computes a node.

use super::{FORK_WORTH, Outcome, Random, Steps, interleaves, is_due};
use crate::executor::Executor;
use crate::pool;
use crate::source::Source;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

/// Iterations in the largest block of a fixed tree, and in every block over a stream, of which the length isn't known.
pub(super) const BLOCK: usize = 1024;

/// Iterations in the smallest and the largest block of a fixed tree.
const BLOCKS: (usize, usize) = (32, BLOCK);

/// The fewest blocks of a tree whose blocks are not the smallest.
const FEW_BLOCKS: usize = 64;

/// Iterations in a block of the fixed tree over `len` iterations: a 64th of them, rounded down to a power of two, but at
/// least 32 and at most 1024. Small enough for few slow iterations to be shared out, and large enough for many fast ones
/// to cost what their loop costs. Part of the contract: other values give other bits.
pub fn block_of(len: usize) -> usize {
    let share = len / FEW_BLOCKS;
    let power = share.checked_ilog2().map_or(0, |log| 1 << log);
    power.clamp(BLOCKS.0, BLOCKS.1)
}

/// Work, in nanoseconds, below which a node isn't forked.
const NODE_WORTH: f32 = 10_000.0;

/// How far an adversary reaches at first in a loop that may be left early, in blocks; a node of the left spine.
const HOSTILE: usize = 16;

/// How the tree is gone through: its shape, and who computes the nodes.
#[derive(Clone, Copy)]
pub(super) struct Walk {
    pub(super) block: usize,
    pub(super) schedule: Schedule,
}

impl Walk {
    /// The same tree, in order.
    fn in_order(self) -> Self {
        self.by(Schedule::InOrder)
    }

    fn by(self, schedule: Schedule) -> Self {
        Self { schedule, ..self }
    }

    /// The largest power-of-two multiple of a block below `len`.
    fn cut(self, len: usize) -> usize {
        let blocks = len.div_ceil(self.block);
        self.block << (blocks - 1).ilog2()
    }
}

/// Who computes the nodes.
#[derive(Clone, Copy)]
pub(super) enum Schedule {
    /// This thread, left to right.
    InOrder,
    /// This thread, in hostile order.
    Hostile(Turns),
    /// Everybody; an iteration costs so many nanoseconds.
    Forked { cost: f32 },
}

/// Which sides of the nodes an adversary runs first: the right ones, or what the path to a node says.
#[derive(Clone, Copy)]
pub(super) struct Turns(Option<u64>);

impl Turns {
    pub(super) fn of(seed: u64) -> Self {
        Self(interleaves(seed).then_some(seed))
    }

    /// Whether the right side of a node is first, and the turns of its left and of its right side.
    fn next(self) -> (bool, [Self; 2]) {
        let Some(path) = self.0 else {
            return (true, [self; 2]);
        };
        let mut random = Random::new(path);
        let is_right_first = random.below(2) == 0;
        (is_right_first, [(); 2].map(|()| Self(Some(random.next()))))
    }
}

impl<S: Source, A: Send, E: Send> Steps<'_, S, A, E> {
    /// The fixed tree, on the caller or, where it pays, in the pool.
    pub(super) fn tree(&self, source: S, start: A, executor: Executor) -> Outcome<A, E> {
        let len = source.len();
        let walk = Walk {
            block: block_of(len),
            schedule: Schedule::InOrder,
        };
        if len <= walk.block {
            // One leaf whatever it costs: two would be another tree.
            return (self.leaf)(start, source);
        }
        let is_small = self.region.threshold.is_some_and(|threshold| len < threshold);
        if executor == Executor::Serial || is_small || self.is_known_small(len) {
            return self.node(source, 0, start, walk);
        }
        self.grow(source, start, walk)
    }

    /// Did past calls say that this isn't worth a fork by far? Now and then the clock says it again.
    fn is_known_small(&self, len: usize) -> bool {
        let cost = self.region.site.raw_cost();
        cost > 0.0 && cost * (len as f32) < FORK_WORTH / 4.0 && !is_due()
    }

    /// The fixed tree, its nodes in hostile order.
    pub(super) fn tree_hostile(&self, source: S, start: A, seed: u64) -> Outcome<A, E> {
        let walk = Walk {
            block: block_of(source.len()),
            schedule: Schedule::Hostile(Turns::of(seed)),
        };
        let reach = HOSTILE * walk.block;
        if Self::CAN_EXIT && source.len() > reach {
            let spine = Spine {
                like: (self.fresh)(&start),
                done: reach,
                len: source.len(),
            };
            let (front, rest) = source.split_at(reach);
            let (acc, exit) = self.node(front, 0, start, walk);
            if exit.is_some() {
                return (acc, exit);
            }
            return self.double(rest, acc, spine, walk);
        }
        self.node(source, 0, start, walk)
    }

    /// Folds growing prefixes, each a node on the left spine, until what is left is worth the pool.
    fn grow(&self, source: S, start: A, walk: Walk) -> Outcome<A, E> {
        // All fresh values on the spine come from here, so they don't depend on how far the prefix has grown.
        let mut spine = Spine {
            like: (self.fresh)(&start),
            done: walk.block,
            len: source.len(),
        };
        let then = Instant::now();
        let (front, mut rest) = source.split_at(walk.block);
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
                let schedule = Schedule::Forked { cost };
                let walk = Walk { schedule, ..walk };
                return self.region.enter(|| {
                    if Self::CAN_EXIT {
                        self.double(rest, acc, spine, walk)
                    } else {
                        self.spine(rest, acc, spine, walk)
                    }
                });
            }
            (acc, exit, rest) = self.sibling(rest, acc, &mut spine, walk);
        }
    }

    /// The rest of the left spine, one node beside the other: little is wasted if an early one exits. The source may have
    /// no end.
    fn double(&self, mut rest: S, mut acc: A, mut spine: Spine<A>, walk: Walk) -> Outcome<A, E> {
        loop {
            let exit;
            (acc, exit, rest) = self.sibling(rest, acc, &mut spine, walk);
            if exit.is_some() || rest.is_empty() {
                return (acc, exit);
            }
        }
    }

    /// Doubles the prefix that `acc` is the result of; returns what is left behind it, too.
    fn sibling(&self, rest: S, acc: A, spine: &mut Spine<A>, walk: Walk) -> (A, Option<E>, S) {
        let len = rest.len().min(spine.done);
        let (sibling, behind) = rest.split_at(len);
        let right = self.node(sibling, spine.done, (self.fresh)(&spine.like), walk);
        spine.done += len;
        let (acc, exit) = self.joined((acc, None), Ok(right));
        (acc, exit, behind)
    }

    /// A node of the left spine, `acc` being the result of its first `done` iterations.
    fn spine(&self, rest: S, acc: A, spine: Spine<A>, walk: Walk) -> Outcome<A, E> {
        let Spine { like, done, len } = spine;
        if len == done {
            return (acc, None);
        }
        let middle = walk.cut(len);
        let apart = (self.fresh)(&like);
        let (left, right) = rest.split_at(middle - done);
        let left_spine = Spine {
            like,
            done,
            len: middle,
        };
        self.both(
            |walk| self.spine(left, acc, left_spine, walk),
            |walk| self.node(right, middle, apart, walk),
            len - done,
            walk,
        )
    }

    /// A node that starts at the position `at`; `acc` is what its leftmost block goes on from.
    pub(super) fn node(&self, source: S, at: usize, acc: A, walk: Walk) -> Outcome<A, E> {
        let len = source.len();
        if self.horizon.hides(at) {
            return (acc, None);
        }
        if len <= walk.block {
            return self.tree_block(source, at, acc, walk.schedule);
        }
        if !Self::CAN_EXIT && matches!(walk.schedule, Schedule::InOrder) {
            return (self.blocks(source, acc, walk.block), None);
        }
        let apart = (self.fresh)(&acc);
        let middle = walk.cut(len);
        let (left, right) = source.split_at(middle);
        self.both(
            |walk| self.node(left, at, acc, walk),
            |walk| self.node(right, at.saturating_add(middle), apart, walk),
            len,
            walk,
        )
    }

    /// The same node without exits, one block after the other: what as many blocks have come to is combined as soon as
    /// there are two of it, which is the tree that [`Walk::cut`] cuts.
    fn blocks(&self, source: S, acc: A, block: usize) -> A {
        let like = (self.fresh)(&acc);
        let mut roots = Vec::with_capacity(source.len().div_ceil(block).ilog2() as usize + 1);
        let (front, mut rest) = source.split_at(block);
        let mut last = (self.leaf)(acc, front).0;
        let mut done: usize = 1;
        while !rest.is_empty() {
            let fresh = (self.fresh)(&like);
            roots.push(last);
            let len = block.min(rest.len());
            let (front, behind) = rest.split_at(len);
            rest = behind;
            last = (self.leaf)(fresh, front).0;
            done += 1;
            if !rest.is_empty() {
                for _ in 0..done.trailing_zeros() {
                    last = self.under(&mut roots, last);
                }
            }
        }
        while !roots.is_empty() {
            last = self.under(&mut roots, last);
        }
        last
    }

    /// Combines the last root with what comes right behind it.
    #[inline]
    fn under(&self, roots: &mut Vec<A>, right: A) -> A {
        match roots.pop() {
            Some(mut left) => {
                (self.combine)(&mut left, right);
                left
            }
            None => right,
        }
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
        left: impl FnOnce(Walk) -> Outcome<A, E> + Send,
        right: impl FnOnce(Walk) -> Outcome<A, E> + Send,
        len: usize,
        walk: Walk,
    ) -> Outcome<A, E> {
        let (left, right) = match walk.schedule {
            Schedule::Hostile(turns) => {
                let (is_right_first, [left_turns, right_turns]) = turns.next();
                let left = || left(walk.by(Schedule::Hostile(left_turns)));
                let right = || right(walk.by(Schedule::Hostile(right_turns)));
                if is_right_first {
                    let right = catch_unwind(AssertUnwindSafe(right));
                    // An exit or a panic on the left is the earlier one.
                    (left(), right)
                } else {
                    match left() {
                        (acc, None) => ((acc, None), Ok(right())),
                        exited => return exited,
                    }
                }
            }
            Schedule::Forked { cost } if cost * len as f32 >= NODE_WORTH && len / 2 >= self.region.grain => {
                pool::join(|| left(walk), |_| Self::speculate(|| right(walk)))
            }
            Schedule::InOrder | Schedule::Forked { .. } => match left(walk.in_order()) {
                (acc, None) => ((acc, None), Ok(right(walk.in_order()))),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_grow_with_the_length_up_to_a_bound() {
        let lengths = [0, 1, 33, 200, 4095, 4096, 10_000, 65_535, 65_536, 1 << 40, usize::MAX];
        let blocks = [32, 32, 32, 32, 32, 64, 128, 512, 1024, 1024, 1024];
        assert_eq!(lengths.map(block_of), blocks);
    }

    #[test]
    fn cuts_at_the_largest_power_of_two_multiple_below() {
        for (block, len, middle) in [
            (1024, 1025, 1024),
            (1024, 2048, 1024),
            (1024, 2049, 2048),
            (1024, 4096, 2048),
            (1024, 4097, 4096),
            (1024, 7000, 4096),
            (32, 33, 32),
            (32, 200, 128),
        ] {
            let schedule = Schedule::InOrder;
            assert_eq!(Walk { block, schedule }.cut(len), middle, "{len}");
        }
    }
}
