//! Sources that can't be cut: batches, each of which runs while the next one is read.

use super::tree::{BLOCK, Schedule, Turns, Walk};
use super::{FORK_WORTH, Outcome, Steps, Task};
use crate::executor::Executor;
use crate::pool;
use crate::source::Source;
use std::time::Instant;

/// The length of a block on the caller, in nanoseconds.
const BLOCK_TIME: f32 = 5_000.0;

/// The work in a batch, for each thread, in nanoseconds.
const BATCH_TIME: f32 = 1_000_000.0;

/// The items in a batch at most: what is kept in memory is two of them.
const LONGEST_BATCH: usize = 1 << 15;

/// The items in a batch at least, for each thread.
const FEWEST: usize = 4;

/// What an iteration is taken to cost, in nanoseconds, where the shape of combining is fixed.
const TREE_COST: f32 = 100.0;

/// The items in a batch where the shape of combining is fixed: a whole node of the tree.
const TREE_BATCH: usize = 32 * BLOCK;

impl<S: Source, A: Send, E: Send> Steps<'_, S, A, E> {
    /// Reads on the caller, item by item at first, and goes on in the pool when some work was done: how much there is to
    /// come isn't known, so as much again is expected.
    pub(super) fn stream(&self, source: S, start: A, executor: Executor) -> Outcome<A, E> {
        if self.region.is_tree {
            return self.tree_stream(source, start, executor);
        }
        match executor {
            Executor::Serial => return (self.leaf)(start, source),
            Executor::Adversarial { seed } => return self.adversary(source, start, seed),
            Executor::Rayon => {}
        }
        let (mut rest, mut acc) = (source, start);
        let (mut at, mut spent, mut block) = (0, 0.0, 1_usize);
        loop {
            let (front, behind) = rest.split_at(block);
            rest = behind;
            let exit;
            let then = Instant::now();
            (acc, exit) = (self.leaf)(acc, front);
            if exit.is_some() || rest.is_empty() {
                return (acc, exit);
            }
            let took = (then.elapsed().as_nanos() as f32).max(1.0);
            (at, spent) = (at + block, spent + took);
            let cost = took / block as f32;
            if spent > FORK_WORTH {
                if self.region.threads() == 1 {
                    return (self.leaf)(acc, rest);
                }
                self.region.site.learn(cost);
                return self.region.enter(|| self.batches(rest, acc, at, cost));
            }
            block = ((BLOCK_TIME / cost) as usize).clamp(1, block.saturating_mul(8));
        }
    }

    /// Batch after batch, the next one being read meanwhile.
    fn batches(&self, source: S, start: A, mut at: usize, mut cost: f32) -> Outcome<A, E> {
        let threads = self.region.threads();
        let batch = |cost: f32| {
            let worth = (BATCH_TIME * threads as f32 / cost) as usize;
            let grains = self.region.grain.saturating_mul(threads);
            worth.min(LONGEST_BATCH).max(FEWEST * threads).max(grains)
        };
        let (mut front, mut rest) = source.split_at(batch(cost));
        let mut acc = start;
        loop {
            let len = front.len();
            if len == 0 {
                return (acc, None);
            }
            let task = Task::new(front, at, acc, cost);
            let (done, next) = pool::join(
                || {
                    let then = Instant::now();
                    let outcome = self.run_task(task);
                    (outcome, then.elapsed().as_nanos() as f32)
                },
                |_| rest.split_at(batch(cost)),
            );
            let (outcome, took) = done;
            if outcome.1.is_some() {
                return outcome;
            }
            acc = outcome.0;
            (front, rest) = next;
            at = at.saturating_add(len);
            // between what one thread would have taken and what all of them did
            cost = (took / len as f32).max(cost / 2.0).max(1.0);
        }
    }

    /// The fixed tree of a source whose length isn't known: its batches are whole nodes, and two neighbours of the same
    /// size make the node above them, as digits carry in binary counting.
    fn tree_stream(&self, source: S, start: A, executor: Executor) -> Outcome<A, E> {
        let is_forked = matches!(executor, Executor::Rayon) && self.region.threads() > 1;
        let schedule = match executor {
            Executor::Adversarial { seed } => Schedule::Hostile(Turns::of(seed)),
            // what an iteration costs isn't known, but a batch is long
            _ if is_forked => Schedule::Forked { cost: TREE_COST },
            _ => Schedule::InOrder,
        };
        let like = (self.fresh)(&start);
        let (front, rest) = source.split_at(TREE_BATCH);
        if rest.is_empty() && front.len() <= BLOCK {
            return (self.leaf)(start, front);
        }
        if is_forked {
            self.region
                .enter(|| self.tree_nodes(front, rest, start, like, schedule))
        } else {
            self.tree_nodes(front, rest, start, like, schedule)
        }
    }

    fn tree_nodes(&self, mut front: S, mut rest: S, start: A, like: A, schedule: Schedule) -> Outcome<A, E> {
        let walk = Walk { block: BLOCK, schedule };
        // the nodes so far, from left to right, each with its number of batches
        let mut nodes: Vec<(A, usize)> = Vec::new();
        let (mut at, mut from) = (0, Some(start));
        loop {
            let len = front.len();
            let exit = if len == 0 {
                None
            } else {
                let acc = from.take().unwrap_or_else(|| (self.fresh)(&like));
                let ((acc, exit), next) = match schedule {
                    Schedule::Forked { .. } => {
                        pool::join(|| self.node(front, at, acc, walk), |_| rest.split_at(TREE_BATCH))
                    }
                    _ => (self.node(front, at, acc, walk), rest.split_at(TREE_BATCH)),
                };
                (front, rest) = next;
                at = at.saturating_add(len);
                nodes.push((acc, 1));
                while let [.., (_, left), (_, right)] = nodes[..]
                    && left == right
                {
                    self.merge(&mut nodes);
                }
                exit
            };
            if exit.is_some() || len == 0 {
                while nodes.len() > 1 {
                    self.merge(&mut nodes);
                }
                let acc = nodes.pop().map(|(acc, _)| acc).or(from);
                return (acc.unwrap_or_else(|| (self.fresh)(&like)), exit);
            }
        }
    }

    /// Joins the last two nodes.
    fn merge(&self, nodes: &mut Vec<(A, usize)>) {
        if let (Some((right, size)), Some((left, count))) = (nodes.pop(), nodes.last_mut()) {
            (self.combine)(left, right);
            *count += size;
        }
    }
}
