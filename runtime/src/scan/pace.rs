//! How long lanes and blocks are: by what leaves and summaries cost just now.

use crate::region::Region;
use crate::site::Site;
use std::sync::atomic::{AtomicU32, Ordering};

/// The leaves of the blocks behind one lane, in nanoseconds for each helper: long against handing them over, and short
/// enough that what a summary has read is still in the cache when the leaf reads it.
const SHARE_TIME: f32 = 80_000.0;

/// The length of a block, in nanoseconds of whatever is slower, leaf or summary.
const BLOCK_TIME: f32 = 20_000.0;

/// A summary that takes longer than so many leaves for each helper isn't worth it: a helper then wins less than an eighth.
const MOST_RATIO: f32 = 7.0;

/// What is known about the costs, shared by all threads: nanoseconds for an iteration.
pub(super) struct Pace {
    leaf: AtomicU32,
    look: AtomicU32,
    grain: usize,
}

/// Takes a measurement in: half of it, as threads are interrupted.
fn blend(cell: &AtomicU32, cost: f32) {
    let known = f32::from_bits(cell.load(Ordering::Relaxed));
    // Twice as slow as ever is an interruption rather than news, the first time.
    let cost = cost.clamp(known / 2.0, known * 2.0);
    cell.store(((known + cost) / 2.0).to_bits(), Ordering::Relaxed);
}

impl Pace {
    /// An iteration of the leaf takes `cost` nanoseconds, a summary `ratio` times that.
    pub(super) fn new(cost: f32, ratio: f32, region: &Region<'_>) -> Self {
        Self {
            leaf: AtomicU32::new(cost.to_bits()),
            look: AtomicU32::new((cost * ratio).to_bits()),
            grain: region.grain,
        }
    }

    pub(super) fn leaf_took(&self, nanoseconds: f32, count: usize) {
        blend(&self.leaf, nanoseconds / count.max(1) as f32);
    }

    pub(super) fn look_took(&self, nanoseconds: f32, count: usize) {
        blend(&self.look, nanoseconds / count.max(1) as f32);
    }

    pub(super) fn leaf(&self) -> f32 {
        f32::from_bits(self.leaf.load(Ordering::Relaxed))
    }

    /// What a summary costs in relation to the leaf.
    pub(super) fn ratio(&self) -> f32 {
        f32::from_bits(self.look.load(Ordering::Relaxed)) / self.leaf()
    }

    /// Can so many helpers win anything?
    ///
    /// Not much if a summary takes as long as many leaves; then they had better do something else.
    pub(super) fn is_worth(&self, helpers: usize) -> bool {
        self.ratio() < MOST_RATIO * helpers as f32
    }

    /// Leaves what was learned for the next call.
    pub(super) fn teach(&self, site: &Site) {
        site.learn(self.leaf());
        site.learn_ratio(self.ratio());
    }

    /// A block.
    pub(super) fn block(&self) -> usize {
        let slower = self.leaf() * self.ratio().max(1.0);
        ((BLOCK_TIME / slower) as usize).max(self.grain).max(1)
    }

    /// What one helper does the leaves of behind one lane.
    pub(super) fn share(&self) -> usize {
        ((SHARE_TIME / self.leaf()) as usize).max(self.block())
    }

    /// A lane: a helper runs the leaves of one share, and summarises another, in the meantime.
    pub(super) fn lane(&self) -> usize {
        (self.share() as f32 * (1.0 + self.ratio())) as usize
    }
}
