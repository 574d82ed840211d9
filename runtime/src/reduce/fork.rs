//! Lazy splitting: a task forks only while somebody could steal, and otherwise runs the sequential program.
//!
//! A task owns an accumulator and what is left of its source. Between blocks it looks whether its fork of before has been
//! stolen; if so, it forks again: the right half waits for a thief, the left half goes on. A right half that nobody stole
//! goes on from the accumulator of the left half.
//!
//! Source: lazy binary splitting, A. Tzannes et al., "Lazy binary-splitting: a run-time adaptive work-stealing
//! scheduler", PPoPP 2010; going on from the left result is Cilk's reducer hyperobject rule, M. Frigo et al., SPAA 2009.

use super::Steps;
use crate::source::Source;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// The length of a block between two looks at the deque, in nanoseconds.
const BLOCK_TIME: f32 = 50_000.0;

/// Work, in nanoseconds, below which a task isn't cut any more.
const SPLIT_WORTH: f32 = 10_000.0;

/// Below this many iterations left a cheap task runs to its end.
const FEW: usize = 16;

/// One task: what is left, the accumulator so far, and the cost of an iteration (0 while unknown).
struct Task<'t, S, A> {
    rest: S,
    acc: A,
    /// What a stolen piece would start from; kept until one is stolen.
    spare: Option<A>,
    cost: f32,
    outer: &'t Doom<'t>,
}

/// Has a piece to the left panicked, so that what this task does can't be seen any more?
struct Doom<'t> {
    is_sealed: AtomicBool,
    outer: Option<&'t Doom<'t>>,
}

impl<'t> Doom<'t> {
    const fn new(outer: Option<&'t Doom<'t>>) -> Self {
        Self {
            is_sealed: AtomicBool::new(false),
            outer,
        }
    }

    fn is_sealed(&self) -> bool {
        self.is_sealed.load(Ordering::Relaxed) || self.outer.is_some_and(Doom::is_sealed)
    }

    /// Runs the left side of a fork; if it panics, the right side need not go on.
    fn watch<R>(&self, left: impl FnOnce() -> R) -> R {
        struct Seal<'s, 't>(&'s Doom<'t>);

        impl Drop for Seal<'_, '_> {
            fn drop(&mut self) {
                self.0.is_sealed.store(true, Ordering::Relaxed);
            }
        }

        let seal = Seal(self);
        let result = left();
        std::mem::forget(seal);
        result
    }
}

impl<S: Source, A: Send> Steps<'_, S, A> {
    /// Runs in the pool, unless that has one thread only.
    pub(super) fn fork(&self, rest: S, acc: A, cost: f32) -> A {
        if rest.len() < self.smallest_split() || self.region.threads() == 1 {
            return (self.leaf)(acc, rest);
        }
        self.region.enter(|| {
            let outer = Doom::new(None);
            self.run_task(Task {
                rest,
                acc,
                spare: None,
                cost,
                outer: &outer,
            })
        })
    }

    /// Both halves of a split have `grain` iterations.
    fn smallest_split(&self) -> usize {
        self.region.grain.saturating_mul(2)
    }

    /// Block by block, forking whenever the last fork is gone.
    fn run_task(&self, mut task: Task<'_, S, A>) -> A {
        let mut then = Instant::now();
        let mut last_block = 1;
        loop {
            let left = task.rest.len();
            if task.outer.is_sealed() {
                return task.acc;
            }
            if self.is_worth_cutting(left, task.cost) {
                if rayon_core::current_thread_has_pending_tasks() == Some(false) {
                    return self.split(task);
                }
            } else if left <= FEW || self.region.grain >= left {
                return (self.leaf)(task.acc, task.rest);
            }
            let block = self.block(left, task.cost, last_block);
            if block >= left {
                return (self.leaf)(task.acc, task.rest);
            }
            let (front, behind) = task.rest.split_at(block);
            task.rest = behind;
            task.acc = (self.leaf)(task.acc, front);
            let now = Instant::now();
            task.cost = (now.duration_since(then).as_nanos() as f32).max(1.0) / block as f32;
            then = now;
            last_block = block;
        }
    }

    /// An unknown cost counts as worth it: with a threshold the user has said so.
    fn is_worth_cutting(&self, left: usize, cost: f32) -> bool {
        left >= self.smallest_split() && (cost == 0.0 || cost * left as f32 > SPLIT_WORTH)
    }

    /// About [`BLOCK_TIME`] long, but never most of what is left: the iterations ahead may be slower than those behind.
    fn block(&self, left: usize, cost: f32, last_block: usize) -> usize {
        let affordable = if cost == 0.0 {
            last_block
        } else {
            (BLOCK_TIME / cost) as usize
        };
        affordable.min(left / 4).max(self.region.grain)
    }

    /// Offers the right half to thieves and goes on with the left one.
    fn split(&self, task: Task<'_, S, A>) -> A {
        let Task {
            rest,
            acc,
            spare,
            cost,
            outer,
        } = task;
        let apart = spare.unwrap_or_else(|| (self.fresh)(&acc));
        let middle = rest.len() / 2;
        let (left, right) = rest.split_at(middle);
        let doom = Doom::new(Some(outer));
        let doom = &doom;
        // Where the left half puts its result, for a right half that was not stolen, or for the end.
        let handed_over = Mutex::new(None);

        let ((), (right_acc, is_apart)) = rayon::join_context(
            |_| {
                let task = Task {
                    rest: left,
                    acc,
                    spare: None,
                    cost,
                    outer,
                };
                let acc = doom.watch(|| self.run_task(task));
                *handed_over.lock().unwrap_or_else(PoisonError::into_inner) = Some(acc);
            },
            |context| {
                let before = if context.migrated() { None } else { take(&handed_over) };
                match before {
                    Some(acc) => {
                        let task = Task {
                            rest: right,
                            acc,
                            spare: Some(apart),
                            cost,
                            outer,
                        };
                        (self.run_task(task), false)
                    }
                    None => {
                        let task = Task {
                            rest: right,
                            acc: apart,
                            spare: None,
                            cost,
                            outer: doom,
                        };
                        (self.run_task(task), true)
                    }
                }
            },
        );
        match take(&handed_over) {
            Some(mut left_acc) if is_apart => {
                (self.combine)(&mut left_acc, right_acc);
                left_acc
            }
            _ => right_acc,
        }
    }
}

/// Takes what the left half handed over; `None` if it hasn't, or if it was taken.
fn take<A>(handed_over: &Mutex<Option<A>>) -> Option<A> {
    handed_over.lock().unwrap_or_else(PoisonError::into_inner).take()
}
