//! What do the sizes of a recursion's calls say about their cost? Learned per site.
//!
//! A size is a hint: the length of a slice, or an integer that nobody has promised anything about. It is believed while
//! it shrinks from call to call and while calls of like sizes take like times; else the recursion is one without a size.
//!
//! Source: the largest size that is not worth a fork is learned from sequential calls, bottom up, as the kappa of U. Acar,
//! V. Aksenov, A. Charguéraud, M. Rainey, "Provably and practically efficient granularity control", PPoPP 2019.

use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::time::Duration;

/// A call that takes less is not worth a fork inside the pool.
pub(super) const SHORT: Duration = Duration::from_micros(25);

/// A call that takes longer is worth entering the pool.
pub(super) const LONG: Duration = Duration::from_micros(100);

/// A measurement that differs from what is believed by this factor is evidence against the size.
const FAR: u32 = 4;

/// What a contradiction counts, where a confirmation takes one back.
const STRIKE: u32 = 4;

/// So much evidence, and the size isn't believed any more.
const DISBELIEF: u32 = 64;

/// What is known about the sizes of one recursion.
#[derive(Debug)]
pub(crate) struct Sizes {
    /// The largest size whose calls are short.
    short: AtomicUsize,
    /// The smallest size whose calls are long.
    long: AtomicUsize,
    /// Evidence against the size.
    strikes: AtomicU32,
}

impl Sizes {
    pub(crate) const fn new() -> Self {
        Self {
            short: AtomicUsize::new(0),
            long: AtomicUsize::new(usize::MAX),
            strikes: AtomicU32::new(0),
        }
    }

    /// Are calls of this size short?
    #[inline]
    pub(super) fn is_short(&self, size: usize) -> bool {
        size <= self.short.load(Ordering::Relaxed) && self.are_believed()
    }

    /// Are calls of this size long?
    pub(super) fn is_long(&self, size: usize) -> bool {
        size >= self.long.load(Ordering::Relaxed)
    }

    /// Is this so near to the largest short size that a measurement says something?
    pub(super) fn is_near(&self, size: usize) -> bool {
        let short = self.short.load(Ordering::Relaxed);
        size > short / 2 && size / 4 <= short
    }

    /// Does the size follow the cost, as far as is known?
    #[inline]
    pub(super) fn are_believed(&self) -> bool {
        self.strikes.load(Ordering::Relaxed) < DISBELIEF
    }

    /// A call inside another one is no smaller: the size is none.
    #[cold]
    pub(super) fn disbelieve(&self) {
        self.strikes.store(DISBELIEF, Ordering::Relaxed);
    }

    /// A sequential call of this size took so long.
    pub(super) fn learn(&self, size: usize, took: Duration) {
        if !self.are_believed() {
            return;
        }
        let short = self.short.load(Ordering::Relaxed);
        if took < SHORT {
            if size > short {
                self.short.store(size, Ordering::Relaxed);
            }
        } else if size <= short && took > SHORT * 2 {
            self.short.store(size.saturating_sub(1), Ordering::Relaxed);
        }
        let long = self.long.load(Ordering::Relaxed);
        if took > LONG {
            // one that was short until now may have been interrupted; if not, the next one says so
            if size < long && size > short {
                self.long.store(size, Ordering::Relaxed);
            }
        } else if size >= long && took < LONG / 2 {
            self.long.store(size.saturating_add(1), Ordering::Relaxed);
        }
        self.judge(size <= short && took > SHORT * FAR || size >= long && took < LONG / FAR);
    }

    /// A call of a long size made work of at most so much.
    pub(super) fn confirm_long(&self, size: usize, work: Duration) {
        if work < LONG / 2 {
            self.learn(size, work);
        }
    }

    fn judge(&self, is_contradiction: bool) {
        let strikes = self.strikes.load(Ordering::Relaxed);
        // written only with news; a lost update doesn't matter, except that disbelief is final
        if is_contradiction && strikes < DISBELIEF {
            self.strikes.fetch_add(STRIKE, Ordering::Relaxed);
        } else if strikes > 0 && strikes < DISBELIEF {
            let forgiven = (Ordering::Relaxed, Ordering::Relaxed);
            let _ = self
                .strikes
                .compare_exchange(strikes, strikes - 1, forgiven.0, forgiven.1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A_SHORT: Duration = Duration::from_micros(5);
    const A_LONG: Duration = Duration::from_millis(2);

    #[test]
    fn the_border_is_found_from_below() {
        let sizes = Sizes::new();
        for (size, took) in [
            (1, A_SHORT),
            (2, A_SHORT),
            (4, A_SHORT),
            (8, SHORT + A_SHORT),
            (64, A_LONG),
        ] {
            sizes.learn(size, took);
        }
        assert!(sizes.is_short(4) && !sizes.is_short(5));
        assert!(sizes.is_long(64) && !sizes.is_long(63));
        assert!(sizes.are_believed());
    }

    #[test]
    fn a_size_that_says_nothing_is_not_believed() {
        let sizes = Sizes::new();
        for _ in 0..DISBELIEF {
            sizes.learn(7, A_SHORT);
            sizes.learn(7, A_LONG);
        }
        assert!(!sizes.are_believed() && !sizes.is_short(1));
    }

    #[test]
    fn accidents_are_forgiven() {
        let sizes = Sizes::new();
        for round in 0..1000 {
            sizes.learn(7, if round % 50 == 0 { A_LONG } else { A_SHORT });
        }
        assert!(sizes.are_believed() && sizes.is_short(7));
    }
}
