//! Loops that may be left early: `reduce_until` and the least-index protocol.
//!
//! The leftmost piece that is left early, or panics, is where the sequential program ends; what lies right of it is
//! speculation whose values, exits and panics are never seen. A [`Horizon`] tells the tasks there to stop.

use super::{Outcome, Steps, drive, is_small};
use crate::region::Region;
use crate::source::Source;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Folds `source` from `start` on with `leaf` until that leaves its loop early, in parallel where that pays: returns
/// `leaf(start, source)`.
///
/// `leaf` is the user's loop over one piece: the accumulators, and `Some(exit)` if the loop was left early, with the
/// accumulators as they were then. `fresh` and `combine` are those of [`reduce`](super::reduce). The result is that of the
/// sequential loop: the exit of the leftmost piece that has one, the accumulators of everything left of it combined with
/// that piece's own, and nothing of what lies right of it.
///
/// # Cost
/// Work right of the exit is wasted; the pool looks a bounded factor further than the sequential program has come, and a
/// task there stops at its next block. An exit within the first microseconds never touches the pool. Otherwise that of
/// [`reduce`](super::reduce).
///
/// # Panics
/// A panic in a piece reaches the caller unless a piece left of it exits; of several, that of the leftmost piece.
#[inline]
pub fn reduce_until<S: Source, A: Send, E: Send>(
    region: Region<'_>,
    source: S,
    start: A,
    leaf: impl Fn(A, S) -> (A, Option<E>) + Sync,
    fresh: impl Fn(&A) -> A + Sync,
    combine: impl Fn(&mut A, A) + Sync,
) -> (A, Option<E>) {
    if is_small(&region, source.len()) {
        return leaf(start, source);
    }
    drive(region, source, start, leaf, fresh, combine)
}

/// The position from which on nothing can be seen any more, because a piece before it exits or panics.
pub(crate) struct Horizon(AtomicUsize);

impl Horizon {
    pub(crate) const fn new() -> Self {
        Self(AtomicUsize::new(usize::MAX))
    }

    /// Is a task that starts at this position pointless?
    ///
    /// A late answer only wastes time, so relaxed loads do. Positions beyond the largest are never reached.
    #[inline]
    pub(crate) fn hides(&self, at: usize) -> bool {
        at >= self.0.load(Ordering::Relaxed)
    }

    pub(crate) fn lower(&self, end: usize) {
        self.0.fetch_min(end, Ordering::Relaxed);
    }
}

/// Lowers the horizon to its position when it is dropped.
struct Lower<'a>(&'a Horizon, usize);

impl Drop for Lower<'_> {
    fn drop(&mut self) {
        self.0.lower(self.1);
    }
}

impl<S: Source, A: Send, E: Send> Steps<'_, S, A, E> {
    /// Can the loop be left early at all? Not for uninhabited exits; all that concerns exits vanishes then.
    pub(super) const CAN_EXIT: bool = size_of::<Option<E>>() != 0;

    /// Runs the user's loop on the piece that ends before the position `end`.
    #[inline]
    pub(super) fn block(&self, acc: A, piece: S, end: usize) -> Outcome<A, E> {
        let lower = Lower(&self.horizon, end);
        let outcome = (self.leaf)(acc, piece);
        if outcome.1.is_none() {
            std::mem::forget(lower);
        }
        outcome
    }

    /// Runs what may be right of an exit: its panic is kept until that is known.
    #[inline]
    pub(super) fn speculate<R>(f: impl FnOnce() -> R) -> thread::Result<R> {
        if Self::CAN_EXIT {
            catch_unwind(AssertUnwindSafe(f))
        } else {
            // The panic of the left side wins by itself.
            Ok(f())
        }
    }

    /// What two neighbours come to, the right one being run apart.
    #[inline]
    pub(super) fn joined(&self, left: Outcome<A, E>, right: thread::Result<Outcome<A, E>>) -> Outcome<A, E> {
        let (mut acc, None) = left else {
            return left;
        };
        let (right, exit) = right.unwrap_or_else(|panic| resume_unwind(panic));
        (self.combine)(&mut acc, right);
        (acc, exit)
    }
}
