//! How long lanes and blocks are: by what leaves and summaries cost just now.

use crate::region::Region;
use crate::site::Site;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// The leaves of the blocks behind one lane, in nanoseconds for each helper: long against handing them over, and short
/// enough that what a summary has read is still in the cache when the leaf reads it.
const SHARE_TIME: f32 = 80_000.0;

/// The length of a block, in nanoseconds of whatever is slower, leaf or summary.
const BLOCK_TIME: f32 = 20_000.0;

/// How many times as far as needed helpers may be ahead.
const LATENESS: usize = 8;

/// A helper that wins less than this fraction of a thread isn't worth it.
const LEAST_GAIN: f32 = 0.125;

/// What is known about the costs, shared by all threads: nanoseconds for an iteration.
pub(super) struct Pace {
    leaf: AtomicU32,
    look: AtomicU32,
    grain: usize,
    stages: i32,
    helpers: usize,
}

/// Takes a measurement in: half of it, as threads are interrupted.
fn blend(cell: &AtomicU32, cost: f32) {
    let known = f32::from_bits(cell.load(Ordering::Relaxed));
    // Twice as slow as ever is an interruption rather than news, the first time.
    let cost = cost.clamp(known / 2.0, known * 2.0);
    cell.store(((known + cost) / 2.0).to_bits(), Ordering::Relaxed);
}

impl Pace {
    /// An iteration of the leaf takes `cost` nanoseconds, a summary for one of the stages `ratio` times that.
    pub(super) fn new(cost: f32, ratio: f32, stages: usize, helpers: usize, region: &Region<'_>) -> Self {
        Self {
            leaf: AtomicU32::new(cost.to_bits()),
            look: AtomicU32::new((cost * ratio).to_bits()),
            grain: region.grain,
            stages: stages as i32,
            helpers,
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

    /// Can helpers win anything? Not if a summary takes as long as many leaves; then they had better do something else.
    pub(super) fn is_worth(&self) -> bool {
        self.helpers as f32 > LEAST_GAIN * (1.0 + self.ratio()).powi(self.stages)
    }

    /// Leaves what was learned for the next call.
    pub(super) fn teach(&self, site: &Site) {
        site.learn(self.leaf());
        site.learn_ratio(self.ratio());
    }

    /// A block.
    pub(super) fn block(&self) -> usize {
        let slower = self.leaf() * self.ratio().max(1.0) * self.stages.max(1) as f32;
        ((BLOCK_TIME / slower) as usize).max(self.grain).max(1)
    }

    /// What one helper does the leaves of behind one lane.
    pub(super) fn share(&self) -> usize {
        ((SHARE_TIME / self.leaf()) as usize).max(self.block())
    }

    /// How much longer than what is summarised for a stage that for the stage before must be: the front goes through the
    /// rest of it in the time that the helpers need.
    fn widening(&self) -> f32 {
        1.0 + self.ratio() / self.helpers.max(1) as f32
    }

    /// What is summarised for the first stage behind one lane.
    pub(super) fn ahead(&self) -> usize {
        let all = (self.share() * self.helpers) as f32;
        (all * self.widening().powi(self.stages - 1)) as usize
    }

    /// How long a helper without anything to do waits for the front: it arrives within the time of a lane, unless its thread
    /// is interrupted, and waking a helper up costs more than that.
    pub(super) fn patience(&self) -> Duration {
        let lane = self.lane(self.ahead()) as f32 * self.leaf();
        Duration::from_nanos((2.0 * lane) as u64)
    }

    /// What may be summarised for the first stage at most: much more than is needed, for when the front is late because its
    /// thread was interrupted.
    pub(super) fn far_ahead(&self) -> usize {
        self.ahead().saturating_mul(LATENESS)
    }

    /// A lane: the helpers run the leaves of their shares, or of the `ready` items if those are more, and summarise the next
    /// ones for the first stage, in the meantime.
    pub(super) fn lane(&self, ready: usize) -> usize {
        let helpers = self.helpers.max(1);
        let looks = (self.ahead() as f32 * self.ratio()) as usize;
        self.share().max(ready / helpers) + looks / helpers
    }

    /// How many of so many items that wait for their next stage are a lane, during which the others are summarised.
    pub(super) fn lane_of(&self, waiting: usize) -> usize {
        (waiting as f32 * (1.0 - 1.0 / self.widening())) as usize
    }
}
