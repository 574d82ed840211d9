//! The fork-join driver of recursions: decides at every join whether the two sides may run at the same time.
//!
//! ```text
//! threshold given    fork at every node above it, in the pool
//! a size             the largest size that is not worth a fork is learned: below it the twin runs
//! neither            run on the caller as written, and look at the clock now and then; a call at the right place enters
//!                    the pool and forks for a few levels, below which the twin runs; at a place whose calls have all
//!                    been short, the twin runs at once
//! ```
//! A stolen side forks for some levels again, so there is something to steal while there are thieves (thief splitting). How
//! many levels is learned per site: after a call whose subtrees at the last level took long, one more.

mod ambient;
mod children;
mod claim;
mod deep;
mod hostile;
mod settled;
mod sized;
mod sizes;
mod statements;
mod watch;
mod watches;

pub use ambient::{Ambient, apart, as_twin, in_twin};
pub use children::{PutBack, Results, put_back};
pub use claim::{Claim, Outcome};
pub(crate) use settled::Calls;
pub use sized::{Cutoff, Leaf};
pub(crate) use sizes::Sizes;
pub(crate) use statements::Worth;
pub use watch::Watch;
pub use watches::Watches;

use crate::executor::{self, Executor};
use crate::region::{Region, ToSize};
use claim::Panic;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Joins nested deeper than this run the twin: its frames are the smallest, and a deep recursion is a narrow one.
const DEEP: u16 = 400;

/// Recursions that are as deep as this are narrow.
const NARROW: u16 = 48;

/// Subtrees at the last level that take longer than this are worth one more level.
const LONG: Duration = Duration::from_millis(1);

/// Levels of forks beyond those that give every thread a call. A fork costs more than it takes: behind each of them a
/// recursion over a tree in memory waits for a path of nodes that the processor would have asked for while it was busy.
const SPARE: u32 = 3;

/// The same below a stolen call: its thief is hungry, and there may be others.
const SPARE_OF_STOLEN: u32 = 1;

/// Nanoseconds between two joins from which on every join forks.
const HEAVY: f32 = 5_000.0;

/// The bit of a [`Place`] that says that no join lies between the call and this place.
const IS_CALL: u64 = 1 << 8;

/// One call in a parallel recursion: knows whether the twin should run, and joins the calls below it.
///
/// Two machine words, so that it travels in registers.
#[derive(Debug, Clone, Copy)]
pub struct Forks<'a> {
    region: &'a Region<'a>,
    place: Place,
}

/// Where a call stands, in one word: its mode, the joins above it since the last steal, and a number: what the adversary
/// decides there, else the size of the call.
#[derive(Debug, Clone, Copy)]
struct Place(u64);

impl Place {
    #[inline]
    fn new(mode: Mode, depth: u16, path: u32) -> Self {
        Self(mode as u64 | u64::from(depth) << 16 | u64::from(path) << 32)
    }

    #[inline]
    fn mode(self) -> Mode {
        const MODES: [Mode; 16] = [
            Mode::Leaf,
            Mode::Watched,
            Mode::Large,
            Mode::Outside,
            Mode::Inside,
            Mode::Levels,
            Mode::Adversary,
            Mode::Statements,
            Mode::SizedProbe,
            Mode::SizedLarge,
            Mode::SizedInside,
            Mode::Deep,
            Mode::Leaf,
            Mode::Leaf,
            Mode::Leaf,
            Mode::Leaf,
        ];
        MODES[(self.0 & 15) as usize]
    }

    #[inline]
    fn depth(self) -> u16 {
        (self.0 >> 16) as u16
    }

    /// For the adversary.
    #[inline]
    fn path(self) -> u32 {
        (self.0 >> 32) as u32
    }

    #[inline]
    fn with_mode(self, mode: Mode) -> Self {
        Self(self.0 & !0xff | mode as u64)
    }

    #[inline]
    fn with_depth(self, depth: u16) -> Self {
        Self::new(self.mode(), depth, self.path())
    }

    #[inline]
    fn with_path(self, path: u32) -> Self {
        Self::new(self.mode(), self.depth(), path)
    }

    /// Below a join.
    #[inline]
    fn deeper(self, mode: Mode) -> Self {
        Self((self.0 + (1 << 16)) & !IS_CALL).with_mode(mode)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// The twin runs.
    Leaf,
    /// On the caller, without a size: as written, but watched.
    Watched,
    /// The same, and this call is a large one: its first join enters the pool.
    Large,
    /// On the caller, with a threshold: the first join enters the pool.
    Outside,
    /// In the pool, with a threshold: every join forks.
    Inside,
    /// In the pool, without threshold: joins fork for some levels.
    Levels,
    /// On one thread: the sides in hostile order, and the twin where the path's number says so.
    Adversary,
    /// Independent statements: a join forks, unless the last one didn't pay.
    Statements,
    /// On the caller, with a size: sequential until the left side of a join was a long one.
    SizedProbe,
    /// The same, and this call is a long one: its first join enters the pool.
    SizedLarge,
    /// In the pool, with a size: every join above the learned size forks.
    SizedInside,
    /// On a worker whose stack is used up: the next join goes on with a large one.
    Deep,
}

impl<'a> Forks<'a> {
    /// Runs a recursion from its outermost call `f` on.
    ///
    /// # Cost
    /// Small recursions never touch the pool. Where calls have all been short, the clock is read once a call, some 25
    /// nanoseconds; where that isn't known yet, calls are counted, about a nanosecond each, and the clock is looked at now
    /// and then.
    #[inline]
    pub fn enter<R>(region: Region<'_>, f: impl FnOnce(Forks<'_>) -> R) -> R {
        let (place, _guard) = outermost(&region);
        f(Forks { region: &region, place })
    }

    /// Should the twin run instead of this call?
    #[inline]
    pub fn is_leaf(&self) -> bool {
        match self.place.mode() {
            Mode::Leaf | Mode::Watched => true,
            Mode::Large => false,
            Mode::Outside | Mode::Inside | Mode::SizedProbe | Mode::SizedLarge | Mode::SizedInside => {
                self.place.depth() >= DEEP
            }
            Mode::Levels => {
                u32::from(self.place.depth()) >= self.region.site.levels()
                    && (self.place.depth() >= DEEP || !self.is_heavy())
            }
            Mode::Statements | Mode::Deep => false,
            Mode::Adversary => self.place.depth() >= DEEP / 4 || self.place.is_hostile_leaf(),
        }
    }

    /// Should the twin run instead of this call, because `size` is below `threshold` or for other reasons?
    #[inline]
    pub fn is_below(&self, size: impl ToSize, threshold: impl ToSize) -> bool {
        let is_small = size.to_size() < threshold.to_size() && self.place.mode() != Mode::Adversary;
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
        self.join_apart(is_final, a, b)
    }

    /// A join in a frame of its own, so that those of the sequential part stay small.
    #[inline(never)]
    fn join_apart<A: Send, B: Send, FB: FnOnce(Forks<'_>) -> B + Send>(
        self,
        is_final: impl FnOnce(&A) -> bool + Send,
        a: impl FnOnce(Forks<'_>) -> A + Send,
        b: FB,
    ) -> (A, Claim<'a, B, FB>) {
        match self.place.mode() {
            Mode::Leaf | Mode::Watched => in_order(a, b, self),
            Mode::Large if self.region.threads() == 1 => in_order(a, b, self.deeper(Mode::Leaf)),
            Mode::Large => self.region.enter(|| {
                self.region.site.begin_levels(self.levels_for_all() + SPARE);
                Forks {
                    place: self.place.with_depth(0),
                    ..self
                }
                .fork(Mode::Levels, is_final, a, b)
            }),
            Mode::Outside if self.region.threads() == 1 => in_order(a, b, self.deeper(Mode::Leaf)),
            Mode::Outside => self.region.enter(|| {
                deep::note_start();
                self.fork(Mode::Inside, is_final, a, b)
            }),
            Mode::Deep => self.on_large_stack(is_final, a, b),
            Mode::Inside | Mode::SizedInside if self.uses_up_stack() => self.on_large_stack(is_final, a, b),
            Mode::Inside => self.fork(Mode::Inside, is_final, a, b),
            Mode::Levels if self.is_leaf() => in_order(a, b, self.deeper(Mode::Levels)),
            Mode::Levels if u32::from(self.place.depth()) + 1 >= self.region.site.levels() => {
                self.fork_last_level(is_final, a, b)
            }
            Mode::Levels => self.fork(Mode::Levels, is_final, a, b),
            Mode::Statements => self.join_statements(is_final, a, b),
            Mode::SizedProbe => self.join_sized_probe(a, b),
            Mode::SizedLarge => self.region.enter(|| {
                deep::note_start();
                self.fork(Mode::SizedInside, is_final, a, b)
            }),
            Mode::SizedInside => self.join_sized(is_final, a, b),
            Mode::Adversary => self.join_hostile(is_final, a, b),
        }
    }

    /// The call below a join of this one.
    #[inline]
    fn deeper(self, mode: Mode) -> Self {
        Self {
            place: self.place.deeper(mode),
            ..self
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
        if took > LONG {
            site.want_more_levels();
        } else if self.is_heavy() {
            // A site that was called heavy by accident is so no longer.
            site.learn(took.as_nanos() as f32 / 2.0);
        }
        joined
    }

    /// Would more joins be too much for a worker's stack? For one that has taken calls from others, that may be soon.
    #[inline]
    fn uses_up_stack(&self) -> bool {
        let depth = self.place.depth();
        depth >= NARROW && (depth + 2 >= DEEP || deep::is_stack_used())
    }

    /// Runs both sides in order, with a stack of their own.
    fn on_large_stack<A: Send, B: Send, FB: FnOnce(Forks<'_>) -> B + Send>(
        self,
        is_final: impl FnOnce(&A) -> bool + Send,
        a: impl FnOnce(Forks<'_>) -> A + Send,
        b: FB,
    ) -> (A, Claim<'a, B, FB>) {
        let deeper = self.deeper(Mode::Leaf);
        deep::on_large_stack(|| {
            let first = a(deeper);
            let second = (!is_final(&first)).then(|| run(b, deeper));
            (first, second.map_or_else(Claim::ruled_out, Claim::done))
        })
    }

    /// Do single calls take so long that a fork for each is nothing?
    fn is_heavy(&self) -> bool {
        self.region.site.raw_cost() > HEAVY
    }

    /// So many levels of forks, and there is a call for every thread.
    fn levels_for_all(&self) -> u32 {
        self.region.threads().ilog2()
    }

    /// The call with at least so many levels of forks below it, unless there are fewer in all.
    fn with_levels_left(self, left: u32) -> Self {
        let deepest = self.region.site.levels().saturating_sub(left) as u16;
        Self {
            place: self.place.with_depth(self.place.depth().min(deepest)),
            ..self
        }
    }

    /// Offers `b` to thieves and runs `a`.
    fn fork<A: Send, B: Send, FB: FnOnce(Forks<'_>) -> B + Send>(
        self,
        mode: Mode,
        is_final: impl FnOnce(&A) -> bool + Send,
        a: impl FnOnce(Forks<'_>) -> A + Send,
        b: FB,
    ) -> (A, Claim<'a, B, FB>) {
        let (first, second, _) = self.fork_watched(mode, is_final, a, b);
        (first, second)
    }

    /// The same; also says whether `b` was stolen.
    fn fork_watched<A: Send, B: Send, FB: FnOnce(Forks<'_>) -> B + Send>(
        self,
        mode: Mode,
        is_final: impl FnOnce(&A) -> bool + Send,
        a: impl FnOnce(Forks<'_>) -> A + Send,
        b: FB,
    ) -> (A, Claim<'a, B, FB>, bool) {
        let deeper = self.deeper(mode);
        // Stays set if `a` panics.
        let is_ruled_out = AtomicBool::new(false);
        let (first, (second, is_stolen)) = rayon::join_context(
            |_| {
                let guard = RuleOut(&is_ruled_out);
                let first = a(deeper);
                std::mem::forget(guard);
                is_ruled_out.store(is_final(&first), Ordering::Relaxed);
                first
            },
            |context| {
                if context.migrated() {
                    deep::note_start();
                }
                let is_stolen = context.migrated() && mode == Mode::Levels;
                let forks = if is_stolen {
                    deeper.with_levels_left(self.levels_for_all() + SPARE_OF_STOLEN)
                } else {
                    deeper
                };
                let second = (!is_ruled_out.load(Ordering::Relaxed)).then(|| run(b, forks));
                (second, context.migrated())
            },
        );
        (first, second.map_or_else(Claim::ruled_out, Claim::done), is_stolen)
    }
}

/// Runs the left side, and the right one when it is claimed.
#[inline]
fn in_order<'a, A, B, FB: FnOnce(Forks<'_>) -> B>(
    a: impl FnOnce(Forks<'_>) -> A,
    b: FB,
    forks: Forks<'a>,
) -> (A, Claim<'a, B, FB>) {
    (a(forks), Claim::pending(b, forks))
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
            Self::Watched | Self::Large | Self::Levels | Self::Deep => Some(false),
            Self::SizedProbe | Self::SizedLarge | Self::SizedInside => Some(false),
            Self::Leaf | Self::Adversary | Self::Statements => None,
        }
    }
}

/// Learns from an outermost call at its end.
enum Guard {
    Nothing,
    Settled { _guard: settled::Guard },
    Watch { _guard: watch::Guard },
}

/// Where the outermost call stands, and the watch over it.
#[inline]
fn outermost(region: &Region<'_>) -> (Place, Guard) {
    let at = |mode| Place::new(mode, 0, 0);
    match executor::current() {
        Executor::Serial => (at(Mode::Leaf), Guard::Nothing),
        Executor::Adversarial { seed } => (Place::hostile(seed), Guard::Nothing),
        Executor::Rayon if region.threshold.is_some() => (at(Mode::Outside), Guard::Nothing),
        Executor::Rayon => match settled::start(region.site) {
            Some(_guard) => (at(Mode::Leaf), Guard::Settled { _guard }),
            None => {
                let (mode, _guard) = watch::start(region);
                (at(mode), Guard::Watch { _guard })
            }
        },
    }
}
