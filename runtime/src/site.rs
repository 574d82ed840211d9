//! Sites: what the runtime knows about one parallel region of the program.

use crate::divide::{Calls, Sizes, Worth};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// So many levels of forks more than the fewest at most.
const MORE_LEVELS: u32 = 10;

/// One parallel region of the program: where it stands, and what past calls taught.
///
/// Each region owns one `static` site.
#[derive(Debug)]
pub struct Site {
    name: &'static str,
    file: &'static str,
    line: u32,
    /// The bits of an `f32`, nanoseconds per iteration; zero while unknown.
    cost: AtomicU32,
    /// The bits of an `f32`: what a summary of a scan costs in relation to the loop; zero while unknown.
    ratio: AtomicU32,
    /// Levels of forks in a recursion.
    levels: AtomicU32,
    /// Levels that the next fork from outside the pool should have.
    wanted_levels: AtomicU32,
    /// Was the last call of a recursion a long one?
    is_large: AtomicBool,
    /// Has a recursion been very deep?
    is_deep: AtomicBool,
    /// Did a recursion end while the place to fork was looked for?
    was_alert_in_vain: AtomicBool,
    /// What the joins of statements were worth.
    pub(crate) worth: Worth,
    /// What a recursion's sizes say about its cost.
    pub(crate) sizes: Sizes,
    /// Whether the calls of a recursion without a size are short.
    pub(crate) calls: Calls,
}

impl Site {
    /// A site that has learned nothing yet.
    pub const fn new(name: &'static str, file: &'static str, line: u32) -> Self {
        Self {
            name,
            file,
            line,
            cost: AtomicU32::new(0),
            ratio: AtomicU32::new(0),
            levels: AtomicU32::new(0),
            wanted_levels: AtomicU32::new(0),
            is_large: AtomicBool::new(false),
            is_deep: AtomicBool::new(false),
            was_alert_in_vain: AtomicBool::new(false),
            worth: Worth::new(),
            sizes: Sizes::new(),
            calls: Calls::new(),
        }
    }

    /// The name of the function that holds the region.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The file of the region.
    pub const fn file(&self) -> &'static str {
        self.file
    }

    /// The line of the region.
    pub const fn line(&self) -> u32 {
        self.line
    }

    /// What one iteration, or one join of a recursion, took lately, in nanoseconds; `None` before the first measurement.
    pub fn cost(&self) -> Option<f32> {
        let cost = self.raw_cost();
        (cost > 0.0).then_some(cost)
    }

    /// The same with 0 for unknown.
    #[inline]
    pub(crate) fn raw_cost(&self) -> f32 {
        f32::from_bits(self.cost.load(Ordering::Relaxed))
    }

    /// What a summary of a scan costs in relation to the loop, if that is known.
    pub(crate) fn ratio(&self) -> Option<f32> {
        let ratio = f32::from_bits(self.ratio.load(Ordering::Relaxed));
        (ratio > 0.0).then_some(ratio)
    }

    /// Takes such a measurement in.
    pub(crate) fn learn_ratio(&self, ratio: f32) {
        self.ratio.store(ratio.max(0.001).to_bits(), Ordering::Relaxed);
    }

    /// Levels of forks in a recursion.
    #[inline]
    pub(crate) fn levels(&self) -> u32 {
        self.levels.load(Ordering::Relaxed)
    }

    /// Sets the levels for an outermost fork: as many as were wanted, but at least `fewest` and at most [`MORE_LEVELS`]
    /// more. Fewer the next time, unless somebody wants more.
    pub(crate) fn begin_levels(&self, fewest: u32) {
        let wanted = self.wanted_levels.load(Ordering::Relaxed);
        let levels = wanted.clamp(fewest, fewest + MORE_LEVELS);
        self.levels.store(levels, Ordering::Relaxed);
        self.wanted_levels.store(levels - 1, Ordering::Relaxed);
    }

    /// Subtrees below the last level are large: one level more the next time.
    pub(crate) fn want_more_levels(&self) {
        self.wanted_levels.store(self.levels() + 1, Ordering::Relaxed);
    }

    /// Was the last call of a recursion a long one?
    #[inline]
    pub(crate) fn is_large(&self) -> bool {
        self.is_large.load(Ordering::Relaxed)
    }

    /// A very deep recursion stays on the caller's stack, which may be the larger one, as long as it can.
    #[cold]
    pub(crate) fn set_deep(&self) {
        self.is_deep.store(true, Ordering::Relaxed);
        self.is_large.store(false, Ordering::Relaxed);
    }

    /// Did a recursion end while the place to fork was looked for?
    pub(crate) fn was_alert_in_vain(&self) -> bool {
        self.was_alert_in_vain.load(Ordering::Relaxed)
    }

    /// A recursion that was worth an alert has ended: how was it?
    pub(crate) fn note_alert(&self, was_in_vain: bool) {
        if was_in_vain != self.was_alert_in_vain() {
            self.was_alert_in_vain.store(was_in_vain, Ordering::Relaxed);
        }
    }

    pub(crate) fn set_large(&self, is_large: bool) {
        let is_large = is_large && !self.is_deep.load(Ordering::Relaxed);
        if is_large != self.is_large() {
            self.is_large.store(is_large, Ordering::Relaxed);
        }
    }

    /// Takes a measurement in. Writes only if it says something new, so that threads don't fight for the cache line.
    pub(crate) fn learn(&self, cost: f32) {
        let known = self.raw_cost();
        let cost = cost.clamp(0.001, 1e15);
        if !(known * 0.8..=known * 1.25).contains(&cost) {
            let blend = if known > 0.0 { (known + cost) / 2.0 } else { cost };
            self.cost.store(blend.to_bits(), Ordering::Relaxed);
        }
    }
}
