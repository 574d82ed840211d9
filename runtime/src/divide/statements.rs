//! Joins of independent statements, with no recursion around them that could tell their cost beforehand.
//!
//! A join forks, and the site remembers whether that was worth it. Where it wasn't, the statements run in order until one
//! of them takes long. So it is the first call that pays for a small function, and for one that is called once nothing is
//! lost.

use super::{Ambient, Claim, Forks, Mode, Place, in_order};
use crate::executor::{self, Executor};
use crate::reduce::Random;
use crate::region::Region;
use std::time::{Duration, Instant};

/// A join on a worker of the pool that takes less is not worth its fork.
const SHORT: Duration = Duration::from_micros(4);

/// The same for a join that has to enter the pool first.
const SHORT_OUTSIDE: Duration = Duration::from_micros(30);

impl Forks<'_> {
    /// The [`Forks`] of a join of statements.
    #[inline]
    pub fn statements(region: Region<'_>) -> Ambient<'_> {
        let place = match executor::current() {
            Executor::Serial => Place::new(Mode::Leaf, 0, 0),
            Executor::Adversarial { seed } => Place::new(Mode::Adversary, 0, Random::new(seed).next() as u32 | 1),
            Executor::Rayon => Place::new(Mode::Statements, 0, 0),
        };
        Ambient::at(region, place)
    }
}

impl<'a> Forks<'a> {
    /// Runs both sides at the same time, unless the last join here was a short one.
    pub(super) fn join_statements<A: Send, B: Send, FB: FnOnce(Forks<'_>) -> B + Send>(
        self,
        is_final: impl FnOnce(&A) -> bool + Send,
        a: impl FnOnce(Forks<'_>) -> A + Send,
        b: FB,
    ) -> (A, Claim<'a, B, FB>) {
        let site = self.region.site;
        let short = if rayon::current_thread_index().is_some() {
            SHORT
        } else {
            SHORT_OUTSIDE
        };
        let then = Instant::now();
        if site.is_small() {
            let joined = in_order(a, b, self);
            site.set_small(then.elapsed() < short);
            return joined;
        }
        if self.region.threads() == 1 {
            return in_order(a, b, self);
        }
        let joined = self.region.enter(|| self.fork(Mode::Statements, is_final, a, b));
        // of three and more only the outermost join knows them all
        if self.place.depth() == 0 {
            site.set_small(then.elapsed() < short);
        }
        joined
    }
}
