//! The fork-join driver of recursions: decides at every join whether the two sides may run at the same time.
//!
//! ```text
//! threshold given    fork at every node above it, in the pool
//! none               probe: run on the caller and look at the clock now and then; the right side of a long left side
//!                    enters the pool and forks for a few levels, below which the twin runs
//! ```
//! A stolen side forks for a few levels again, so there is always something to steal while there are thieves (thief
//! splitting). How many levels is learned per site: as long as the subtrees at the last level take long, one more.

mod ambient;
mod claim;
mod probe;

pub use ambient::{Ambient, in_twin};
pub use claim::{Claim, Outcome};

use crate::executor::{self, Executor};
use crate::reduce::Random;
use crate::region::{Region, ToSize};
use claim::Panic;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Joins nested deeper than this run the twin: its frames are the smallest, and a deep recursion is a narrow one.
const DEEP: u32 = 400;

/// Subtrees at the last level that take longer than this are worth one more level.
const LONG: Duration = Duration::from_micros(200);

/// Nanoseconds between two joins from which on every join forks.
const HEAVY: f32 = 5_000.0;

/// Levels of forks at most.
const MOST_LEVELS: u32 = 24;

/// One call in a parallel recursion: knows whether the twin should run, and joins the calls below it.
#[derive(Debug, Clone, Copy)]
pub struct Forks<'a> {
    region: &'a Region<'a>,
    mode: Mode,
    /// Joins above this call, since the last steal.
    depth: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// The twin runs.
    Leaf,
    /// On the caller, without threshold: sequential until a large call comes, which this one is or isn't known to be.
    Probe { is_large: bool },
    /// On the caller, with a threshold: the first join enters the pool.
    Outside,
    /// In the pool, with a threshold: every join forks.
    Inside,
    /// In the pool, without threshold: joins fork for some levels.
    Levels,
    /// On one thread: the right side first, and the twin where the path's number says so.
    Adversary { path: u64 },
}

impl<'a> Forks<'a> {
    /// Runs a recursion from its outermost call `f` on.
    ///
    /// # Cost
    /// A few nanoseconds for small recursions; neither the pool nor a clock is touched.
    #[inline]
    pub fn enter<R>(region: Region<'_>, f: impl FnOnce(Forks<'_>) -> R) -> R {
        let mode = Mode::outermost(&region);
        let _probe = (matches!(mode, Mode::Probe { .. })).then(|| probe::start(region.site));
        f(Forks {
            region: &region,
            mode,
            depth: 0,
        })
    }

    /// Should the twin run instead of this call?
    #[inline]
    pub fn is_leaf(&self) -> bool {
        match self.mode {
            Mode::Leaf => true,
            Mode::Probe { .. } => self.depth >= DEEP || probe::is_futile(),
            Mode::Outside | Mode::Inside => self.depth >= DEEP,
            Mode::Levels => self.depth >= self.region.site.levels() && (self.depth >= DEEP || !self.is_heavy()),
            Mode::Adversary { path } => self.depth >= DEEP / 4 || path % 8 == 0,
        }
    }

    /// Should the twin run instead of this call, because `size` is below `threshold` or for other reasons?
    #[inline]
    pub fn is_below(&self, size: impl ToSize, threshold: impl ToSize) -> bool {
        let is_small = size.to_size() < threshold.to_size() && !matches!(self.mode, Mode::Adversary { .. });
        is_small || self.is_leaf()
    }

    /// Runs both calls, at the same time where that pays.
    ///
    /// Returns the result of `a`, and a claim on that of `b`: the program that drops it unclaimed has not run `b` as far
    /// as it can tell. Where nothing forks, `b` runs when it is claimed.
    ///
    /// # Panics
    /// If `a` panics, whatever `b` does; a panic in `b` is raised when it is claimed.
    #[inline]
    pub fn join<A: Send, B: Send, FB: FnOnce(Forks<'_>) -> B + Send>(
        self,
        a: impl FnOnce(Forks<'_>) -> A + Send,
        b: FB,
    ) -> (A, Claim<'a, B, FB>) {
        self.join_unless(|_| false, a, b)
    }

    /// Runs both calls as [`join`](Self::join) does, but doesn't start `b` any more once `is_final` says that the result
    /// of `a` makes it unnecessary.
    ///
    /// # Panics
    /// As [`join`](Self::join). Claiming a call that `is_final` has ruled out panics.
    #[inline]
    pub fn join_unless<A: Send, B: Send, FB: FnOnce(Forks<'_>) -> B + Send>(
        self,
        is_final: impl FnOnce(&A) -> bool + Send,
        a: impl FnOnce(Forks<'_>) -> A + Send,
        b: FB,
    ) -> (A, Claim<'a, B, FB>) {
        let deeper = Forks {
            depth: self.depth + 1,
            ..self
        };
        match self.mode {
            Mode::Leaf => (a(self), Claim::pending(b, self)),
            Mode::Probe { is_large } => {
                probe::tick();
                if (is_large || probe::is_worth_forking(2)) && probe::can_fork(&self) {
                    let then = Instant::now();
                    let joined = self
                        .region
                        .enter(|| Forks { depth: 0, ..self }.fork(Mode::Levels, is_final, a, b));
                    probe::resume(then);
                    return joined;
                }
                let before = probe::ticks();
                let first = a(Forks {
                    mode: Mode::Probe { is_large: false },
                    ..deeper
                });
                let is_large = probe::is_worth_forking(probe::ticks() - before);
                (
                    first,
                    Claim::pending(
                        b,
                        Forks {
                            mode: Mode::Probe { is_large },
                            ..deeper
                        },
                    ),
                )
            }
            Mode::Outside if self.region.threads() == 1 => {
                let leaf = Forks {
                    mode: Mode::Leaf,
                    ..self
                };
                (a(leaf), Claim::pending(b, leaf))
            }
            Mode::Outside => self.region.enter(|| self.fork(Mode::Inside, is_final, a, b)),
            Mode::Inside => self.fork(Mode::Inside, is_final, a, b),
            Mode::Levels if self.is_leaf() => (a(deeper), Claim::pending(b, deeper)),
            Mode::Levels if deeper.depth >= self.region.site.levels() => self.fork_last_level(is_final, a, b),
            Mode::Levels => self.fork(Mode::Levels, is_final, a, b),
            Mode::Adversary { path } => {
                let mut paths = Random::new(path);
                let [left, right] = [(); 2].map(|()| Mode::Adversary { path: paths.next() });
                let second = run(b, Forks { mode: right, ..deeper });
                (a(Forks { mode: left, ..deeper }), Claim::done(second))
            }
        }
    }

    /// Forks where the calls below run the twin, and learns from how long they take.
    fn fork_last_level<A: Send, B: Send, FB: FnOnce(Forks<'_>) -> B + Send>(
        self,
        is_final: impl FnOnce(&A) -> bool + Send,
        a: impl FnOnce(Forks<'_>) -> A + Send,
        b: FB,
    ) -> (A, Claim<'a, B, FB>) {
        let then = Instant::now();
        let joined = self.fork(Mode::Levels, is_final, a, b);
        let took = then.elapsed();
        let site = self.region.site;
        if took > LONG && site.levels() <= self.depth + 1 {
            site.set_levels((self.depth + 2).min(MOST_LEVELS));
        } else if self.is_heavy() {
            // A site that was called heavy by accident is so no longer.
            site.learn(took.as_nanos() as f32 / 2.0);
        }
        joined
    }

    /// Do single calls take so long that a fork for each is nothing?
    fn is_heavy(&self) -> bool {
        self.region.site.raw_cost() > HEAVY
    }

    /// Offers `b` to thieves and runs `a`.
    fn fork<A: Send, B: Send, FB: FnOnce(Forks<'_>) -> B + Send>(
        self,
        mode: Mode,
        is_final: impl FnOnce(&A) -> bool + Send,
        a: impl FnOnce(Forks<'_>) -> A + Send,
        b: FB,
    ) -> (A, Claim<'a, B, FB>) {
        let deeper = Forks {
            region: self.region,
            mode,
            depth: self.depth + 1,
        };
        // Stays set if `a` panics.
        let is_ruled_out = AtomicBool::new(false);
        let (first, second) = rayon::join_context(
            |_| {
                let guard = RuleOut(&is_ruled_out);
                let first = a(deeper);
                std::mem::forget(guard);
                is_ruled_out.store(is_final(&first), Ordering::Relaxed);
                first
            },
            |context| {
                let is_stolen = context.migrated() && mode == Mode::Levels;
                let forks = if is_stolen {
                    Forks { depth: 0, ..deeper }
                } else {
                    deeper
                };
                (!is_ruled_out.load(Ordering::Relaxed)).then(|| run(b, forks))
            },
        );
        (first, second.map_or_else(Claim::ruled_out, Claim::done))
    }
}

/// Sets its flag when it is dropped.
struct RuleOut<'a>(&'a AtomicBool);

impl Drop for RuleOut<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Runs a side whose panic may never be seen.
fn run<B>(b: impl FnOnce(Forks<'_>) -> B, forks: Forks<'_>) -> Result<B, Panic> {
    catch_unwind(AssertUnwindSafe(|| b(forks)))
}

impl Mode {
    /// Is this how recursions with a threshold run, or those without? Some modes are neither's.
    fn has_threshold(self) -> Option<bool> {
        match self {
            Self::Outside | Self::Inside => Some(true),
            Self::Probe { .. } | Self::Levels => Some(false),
            Self::Leaf | Self::Adversary { .. } => None,
        }
    }

    #[inline]
    fn outermost(region: &Region<'_>) -> Self {
        match executor::current() {
            Executor::Serial => Self::Leaf,
            Executor::Adversarial { seed } => Self::Adversary {
                path: Random::new(seed).next() | 1,
            },
            Executor::Rayon if region.threshold.is_some() => Self::Outside,
            Executor::Rayon => Self::Probe { is_large: false },
        }
    }
}
