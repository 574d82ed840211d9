//! Recursions with a size and no threshold: how large a call must be for a fork is learned.
//!
//! The first calls run on the caller: down to the smallest one, and from there up, while every join tells what calls of
//! its size take, until one is worth a fork. From then on a call above the learned size enters the pool at once and forks
//! down to it.

use super::claim::Claim;
use super::sizes::{LONG, SHORT};
use super::watches::Guard;
use super::{DEEP, Forks, IS_CALL, Mode, Place, Watch, watch};
use crate::executor::{self, Executor};
use crate::reduce::is_due;
use crate::region::{Region, ToSize};
use crate::site::Site;
use std::time::{Duration, Instant};

impl Place {
    /// The size of the call, as far as it fits.
    fn size(self) -> usize {
        self.path() as usize
    }

    fn with_size(self, size: usize) -> Self {
        let place = self.with_path(u32::try_from(size).unwrap_or(u32::MAX));
        Self(place.0 | IS_CALL)
    }

    /// Does this place belong to a call whose size is known, with no join between?
    fn is_call(self) -> bool {
        self.0 & IS_CALL != 0
    }
}

/// How a call of a recursion goes on.
#[must_use]
#[derive(Debug)]
pub enum Cutoff<'a> {
    /// Its joins may fork.
    Fork(Forks<'a>),
    /// The twin runs.
    Leaf(Leaf),
    /// As it was written, but watched.
    Watch(Watch<'a>),
    /// As it was written, on a worker, whose stack may be used up.
    Guard(Guard<'a>),
}

/// The twin is to run.
#[must_use]
#[derive(Debug)]
pub struct Leaf {
    /// Whose time for which size is wanted.
    measured: Option<(&'static Site, usize)>,
}

impl Leaf {
    /// Runs the twin.
    #[inline]
    pub fn run<R>(self, twin: impl FnOnce() -> R) -> R {
        match self.measured {
            None => twin(),
            Some((site, size)) => measured(site, size, twin),
        }
    }
}

/// Runs the twin and learns from how long it takes.
#[cold]
fn measured<R>(site: &Site, size: usize, twin: impl FnOnce() -> R) -> R {
    let then = Instant::now();
    let result = twin();
    site.sizes.learn(size, then.elapsed());
    result
}

impl<'a> Forks<'a> {
    /// Runs a recursion that has a size from its outermost call `f` on.
    ///
    /// # Cost
    /// A few nanoseconds for short calls; neither the pool nor, as a rule, a clock is touched.
    #[inline]
    pub fn enter_sized<R>(region: Region<'_>, size: impl ToSize, f: impl FnOnce(Forks<'_>) -> R) -> R {
        let size = size.to_size();
        let is_rayon = matches!(executor::current(), Executor::Rayon);
        if is_rayon && region.site.sizes.is_short(size) && !is_due() {
            let place = Place::new(Mode::Leaf, 0, 0);
            return f(Forks { region: &region, place });
        }
        if is_rayon && region.site.sizes.are_believed() {
            return Forks::enter_believed(region, size, f);
        }
        Forks::enter(region, f)
    }

    /// A size that may well be large.
    #[inline(never)]
    fn enter_believed<R>(region: Region<'_>, size: usize, f: impl FnOnce(Forks<'_>) -> R) -> R {
        let sizes = &region.site.sizes;
        // a size that isn't believed after all leaves a recursion that is watched
        let (_, _guard) = watch::start(&region);
        let start = |mode| Forks {
            region: &region,
            place: Place::new(mode, 0, u32::MAX),
        };
        if !sizes.is_long(size) {
            return f(start(Mode::SizedProbe));
        }
        let threads = region.threads();
        if threads == 1 {
            return f(start(Mode::Leaf));
        }
        let then = Instant::now();
        let result = f(start(Mode::SizedLarge));
        sizes.confirm_long(size, then.elapsed().saturating_mul(threads as u32));
        result
    }

    /// How a call of this size goes on.
    #[inline]
    pub fn at(self, size: impl ToSize) -> Cutoff<'a> {
        match self.place.mode() {
            Mode::SizedProbe | Mode::SizedLarge | Mode::SizedInside => self.at_size(size.to_size()),
            _ => self.cutoff(),
        }
    }

    /// How a call goes on of which no size is known.
    #[inline]
    pub fn cutoff(self) -> Cutoff<'a> {
        if self.place.mode() == Mode::Watched {
            Cutoff::Watch(Watch(self.region))
        } else if self.place.mode() == Mode::Levels && self.is_leaf() {
            Cutoff::Guard(Guard::new(self.region))
        } else if self.is_leaf() {
            Cutoff::Leaf(Leaf { measured: None })
        } else {
            Cutoff::Fork(self)
        }
    }

    fn at_size(self, size: usize) -> Cutoff<'a> {
        let site = self.region.site;
        if size >= self.place.size() && self.place.path() != u32::MAX {
            site.sizes.disbelieve();
            return self.without_size();
        }
        if site.sizes.is_short(size) || self.place.depth() >= DEEP {
            // an outermost call that comes here is one that is to be looked at
            let is_wanted = site.sizes.is_near(size) || self.place.path() == u32::MAX;
            let measured = is_wanted.then_some((site, size));
            return Cutoff::Leaf(Leaf { measured });
        }
        Cutoff::Fork(Forks {
            place: self.place.with_size(size),
            ..self
        })
    }

    /// Goes on as if there were no size.
    #[cold]
    fn without_size(self) -> Cutoff<'a> {
        let mode = match self.place.mode() {
            Mode::SizedProbe => Mode::Watched,
            Mode::SizedLarge => Mode::Large,
            _ => Mode::Levels,
        };
        let place = self.place.with_mode(mode);
        Forks { place, ..self }.cutoff()
    }

    /// A join on the caller: in order, but if the left side took long the right one enters the pool.
    pub(super) fn join_sized_probe<A, B, FB: FnOnce(Forks<'_>) -> B>(
        self,
        a: impl FnOnce(Forks<'_>) -> A,
        b: FB,
    ) -> (A, Claim<'a, B, FB>) {
        let then = Instant::now();
        let deeper = self.deeper(Mode::SizedProbe);
        let first = a(deeper);
        let took = then.elapsed();
        if took > SHORT && self.region.threads() == 1 {
            return (first, Claim::pending(b, self.deeper(Mode::Leaf)));
        }
        if took > LONG {
            self.learn(took);
            return (first, Claim::pending(b, self.deeper(Mode::SizedLarge)));
        }
        let timed = Timed { took, of: self.place };
        (first, Claim::timed(b, deeper, timed))
    }

    /// A join in the pool.
    pub(super) fn join_sized<A: Send, B: Send, FB: FnOnce(Forks<'_>) -> B + Send>(
        self,
        is_final: impl FnOnce(&A) -> bool + Send,
        a: impl FnOnce(Forks<'_>) -> A + Send,
        b: FB,
    ) -> (A, Claim<'a, B, FB>) {
        if !self.place.is_call() || !self.region.site.sizes.is_short(self.place.size() / 2) {
            return self.fork(Mode::SizedInside, is_final, a, b);
        }
        // both sides are leaves as a rule: what is short may have grown
        let then = Instant::now();
        let (first, second, is_stolen) = self.fork_watched(Mode::SizedInside, is_final, a, b);
        if !is_stolen {
            self.learn(then.elapsed());
        }
        (first, second)
    }

    /// Both sides of this join, run in order, took so long.
    fn learn(self, took: Duration) {
        if self.place.is_call() && self.place.path() != u32::MAX {
            self.region.site.sizes.learn(self.place.size(), took);
        }
    }
}

/// What the left side of a join took, and where the join is.
#[derive(Debug)]
pub(super) struct Timed {
    took: Duration,
    of: Place,
}

impl Timed {
    /// Runs the right side and learns what both together take.
    pub(super) fn run<B>(self, forks: Forks<'_>, b: impl FnOnce(Forks<'_>) -> B) -> B {
        let then = Instant::now();
        let result = b(forks);
        let of = Forks {
            place: self.of,
            ..forks
        };
        of.learn(self.took + then.elapsed());
        result
    }
}
