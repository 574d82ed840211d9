//! Lazy splitting: a task forks only while somebody could steal, and otherwise runs the sequential program.
//!
//! A task owns an accumulator and what is left of its source. Between blocks it looks whether its fork of before has been
//! stolen; if so, it forks again: the right half waits for a thief, the left half goes on. A right half that nobody stole
//! goes on from the accumulator of the left half.
//!
//! Source: lazy binary splitting, A. Tzannes et al., "Lazy binary-splitting: a run-time adaptive work-stealing
//! scheduler", PPoPP 2010; going on from the left result is Cilk's reducer hyperobject rule, M. Frigo et al., SPAA 2009.

use super::{Outcome, Steps};
use crate::pool;
use crate::source::Source;
use std::panic::resume_unwind;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// The length of a block between two looks at the deque, in nanoseconds.
const BLOCK_TIME: f32 = 50_000.0;

/// The same in a loop that may be left early, where the others wait for the end of a block.
const SHORT_BLOCK_TIME: f32 = 20_000.0;

/// Work, in nanoseconds, below which a task isn't cut any more.
const SPLIT_WORTH: f32 = 10_000.0;

/// Below this many iterations left a cheap task runs to its end.
const FEW: usize = 16;

/// The iterations a loop that may be left early looks ahead at first: this long, in nanoseconds, ...
const WINDOW_TIME: f32 = 1_000_000.0;

/// ... and enough for so many pieces per thread.
const WINDOW_PIECES: usize = 8;

/// How much further it looks each time it was not left.
const WINDOW_GROWTH: usize = 4;

/// The longest window, in iterations, where pieces keep something of every iteration until they are joined.
const LONGEST_WINDOW: usize = 1 << 18;

/// One task: what is left and where in the whole source that starts, the accumulator so far, and the cost of an iteration
/// (0 while unknown).
pub(super) struct Task<S, A> {
    rest: S,
    at: usize,
    acc: A,
    /// What a stolen piece would start from; kept until one is stolen.
    spare: Option<A>,
    cost: f32,
}

impl<S, A> Task<S, A> {
    /// A task that nothing was taken from yet.
    pub(super) fn new(rest: S, at: usize, acc: A, cost: f32) -> Self {
        Task {
            rest,
            at,
            acc,
            spare: None,
            cost,
        }
    }
}

impl<S: Source, A: Send, E: Send> Steps<'_, S, A, E> {
    /// Between two blocks a task looks at the deque, and whether it is still needed.
    const BLOCK_TIME: f32 = if Self::CAN_EXIT { SHORT_BLOCK_TIME } else { BLOCK_TIME };

    /// Runs in the pool, unless that has one thread only. `rest` starts at the position `at`.
    pub(super) fn fork(&self, rest: S, acc: A, at: usize, cost: f32) -> Outcome<A, E> {
        if rest.len() < self.smallest_split() || self.region.threads() == 1 {
            return (self.leaf)(acc, rest);
        }
        if self.region.is_ordered {
            return self.in_order(rest, acc, at, cost);
        }
        let task = Task {
            rest,
            at,
            acc,
            spare: None,
            cost,
        };
        self.region.enter(|| {
            if Self::CAN_EXIT || self.region.is_bounded {
                self.windows(task)
            } else {
                self.run_task(task)
            }
        })
    }

    /// Runs growing parts of the task one after the other, so that little is wasted if an early one exits, and little is
    /// kept where pieces keep something of every iteration. The source may have no end, and iterations far ahead may be
    /// slower than all those before.
    fn windows(&self, task: Task<S, A>) -> Outcome<A, E> {
        let Task {
            mut rest,
            mut at,
            mut acc,
            cost,
            ..
        } = task;
        let pieces = self.region.threads().saturating_mul(WINDOW_PIECES);
        let longest = if self.region.is_bounded {
            LONGEST_WINDOW.max(pieces.saturating_mul(self.region.grain))
        } else {
            usize::MAX
        };
        let mut window = ((WINDOW_TIME / cost) as usize)
            .max(pieces.saturating_mul(self.region.grain))
            .min(longest);
        loop {
            let left = rest.len();
            let is_last = window >= left / 2;
            let (front, behind) = rest.split_at(if is_last { left } else { window });
            let end = at.saturating_add(window);
            let exit;
            (acc, exit) = self.run_task(Task {
                rest: front,
                at,
                acc,
                spare: None,
                cost,
            });
            if is_last || exit.is_some() {
                return (acc, exit);
            }
            (rest, at) = (behind, end);
            window = window.saturating_mul(WINDOW_GROWTH).min(longest);
        }
    }

    /// Both halves of a split have `grain` iterations.
    fn smallest_split(&self) -> usize {
        self.region.grain.saturating_mul(2)
    }

    /// Block by block, forking whenever the last fork is gone.
    pub(super) fn run_task(&self, mut task: Task<S, A>) -> Outcome<A, E> {
        let mut then = Instant::now();
        let mut last_block = 1;
        loop {
            let left = task.rest.len();
            if self.horizon.hides(task.at) {
                return (task.acc, None);
            }
            if self.is_worth_cutting(left, task.cost) {
                if rayon_core::current_thread_has_pending_tasks() == Some(false) {
                    return self.split(task);
                }
            } else if left <= FEW || self.region.grain >= left {
                return self.block(task.acc, task.rest, task.at.saturating_add(left));
            }
            let block = self.block_len(left, task.cost, last_block);
            if block >= left {
                return self.block(task.acc, task.rest, task.at.saturating_add(left));
            }
            let (front, behind) = task.rest.split_at(block);
            task.rest = behind;
            task.at = task.at.saturating_add(block);
            let exit;
            (task.acc, exit) = self.block(task.acc, front, task.at);
            if exit.is_some() {
                return (task.acc, exit);
            }
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

    /// About [`Self::BLOCK_TIME`] long, but never most of what is left: the iterations ahead may be slower than those
    /// behind.
    fn block_len(&self, left: usize, cost: f32, last_block: usize) -> usize {
        let affordable = if cost == 0.0 {
            last_block
        } else {
            (Self::BLOCK_TIME / cost) as usize
        };
        affordable.min(left / 4).max(self.region.grain)
    }

    /// Offers the right half to thieves and goes on with the left one.
    fn split(&self, task: Task<S, A>) -> Outcome<A, E> {
        let Task {
            rest,
            at,
            acc,
            spare,
            cost,
        } = task;
        let apart = spare.unwrap_or_else(|| (self.fresh)(&acc));
        let middle = rest.len() / 2;
        let (left, right) = rest.split_at(middle);
        // Where the left half puts its outcome, for a right half that was not stolen, or for the end.
        let handed_over = Mutex::new(None);

        let ((), (right, is_apart)) = pool::join(
            || {
                let outcome = self.run_task(Task {
                    rest: left,
                    at,
                    acc,
                    spare: None,
                    cost,
                });
                *handed_over.lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome);
            },
            |is_stolen| {
                let before = if is_stolen { None } else { take(&handed_over) };
                let task = |acc, spare| Task {
                    rest: right,
                    at: at.saturating_add(middle),
                    acc,
                    spare,
                    cost,
                };
                match before {
                    Some((acc, None)) => (Ok(self.run_task(task(acc, Some(apart)))), false),
                    Some(exited) => (Ok(exited), false),
                    None => (Self::speculate(|| self.run_task(task(apart, None))), true),
                }
            },
        );
        match take(&handed_over) {
            Some(left) if self.horizon.hides(at) => left,
            Some(left) if is_apart => self.joined(left, right),
            _ => right.unwrap_or_else(|panic| resume_unwind(panic)),
        }
    }
}

/// Takes what the left half handed over; `None` if it hasn't, or if it was taken.
fn take<T>(handed_over: &Mutex<Option<T>>) -> Option<T> {
    handed_over.lock().unwrap_or_else(PoisonError::into_inner).take()
}
