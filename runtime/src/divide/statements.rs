//! Joins of independent statements, with no recursion around them that could tell their cost beforehand.
//!
//! The site remembers what its joins were worth. Where it wasn't a fork, the statements run in order until one of them takes
//! long. Where nobody knows yet, and a fork would be the program's first, the statements begin in order, and a thread is
//! waiting to enter the pool with the second one if the first one takes long: so short ones never create the pool, and of a
//! long join that is called once hardly anything is lost.
//!
//! ```text
//! unknown    in order at first; becomes small or large
//! small      in order, two readings of the clock; unknown again when the first statement was a long one
//! large      forked; small when the statements were short
//! ```

use super::{Ambient, Claim, Forks, Mode, Place, in_order, run};
use crate::executor::{self, Executor};
use crate::region::Region;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, Builder, Thread};
use std::time::{Duration, Instant};

/// A join on a worker of the pool that takes less is not worth its fork.
const SHORT: Duration = Duration::from_micros(4);

/// The same for a join that has to enter the pool first.
const SHORT_OUTSIDE: Duration = Duration::from_micros(30);

/// A first statement that takes this long no longer waits for itself to end.
const PATIENCE: Duration = Duration::from_micros(60);

/// What the joins at one site were worth.
#[derive(Debug)]
pub(crate) struct Worth(AtomicU8);

const UNKNOWN: u8 = 0;
const SMALL: u8 = 1;
const LARGE: u8 = 2;

impl Worth {
    pub(crate) const fn new() -> Self {
        Self(AtomicU8::new(UNKNOWN))
    }

    fn is(&self, worth: u8) -> bool {
        self.0.load(Ordering::Relaxed) == worth
    }

    /// Written only with news, so that threads don't fight for the cache line.
    fn set(&self, worth: u8) {
        if !self.is(worth) {
            self.0.store(worth, Ordering::Relaxed);
        }
    }
}

impl Forks<'_> {
    /// The [`Forks`] of a join of statements.
    #[inline]
    pub fn statements(region: Region<'_>) -> Ambient<'_> {
        let place = match executor::current() {
            Executor::Serial => Place::new(Mode::Leaf, 0, 0),
            Executor::Adversarial { seed } => Place::hostile(seed),
            Executor::Rayon => Place::new(Mode::Statements, 0, 0),
        };
        Ambient::at(region, place)
    }
}

impl<'a> Forks<'a> {
    /// Runs both sides at the same time, unless the last joins here were short ones.
    pub(super) fn join_statements<A: Send, B: Send, FB: FnOnce(Forks<'_>) -> B + Send>(
        self,
        is_final: impl FnOnce(&A) -> bool + Send,
        a: impl FnOnce(Forks<'_>) -> A + Send,
        b: FB,
    ) -> (A, Claim<'a, B, FB>) {
        let worth = &self.region.site.worth;
        let is_outside = rayon::current_thread_index().is_none();
        let short = if is_outside { SHORT_OUTSIDE } else { SHORT };
        let then = Instant::now();
        if worth.is(SMALL) {
            let joined = in_order(a, b, self);
            if then.elapsed() >= short {
                worth.set(UNKNOWN);
            }
            return joined;
        }
        // a pool that was named is there already
        if worth.is(UNKNOWN) && is_outside && self.region.pool.is_none() {
            return self.begin_in_order(is_final, a, b);
        }
        if self.region.threads() == 1 {
            return in_order(a, b, self);
        }
        let (joined, took) = self.region.enter(|| {
            // what it took to come here says nothing about the statements
            let then = Instant::now();
            (self.fork(Mode::Statements, is_final, a, b), then.elapsed())
        });
        // of three and more only the outermost join knows them all
        if self.place.depth() == 0 {
            worth.set(if took < short { SMALL } else { LARGE });
        }
        joined
    }

    /// Runs both sides here, one after the other; the right one begins beside the left one, in the pool, as soon as that
    /// takes long.
    #[cold]
    fn begin_in_order<A: Send, B: Send, FB: FnOnce(Forks<'_>) -> B + Send>(
        self,
        is_final: impl FnOnce(&A) -> bool + Send,
        a: impl FnOnce(Forks<'_>) -> A + Send,
        b: FB,
    ) -> (A, Claim<'a, B, FB>) {
        let deeper = self.deeper(Mode::Statements);
        let waiting = Waiting(Mutex::new(Some(b)));
        let help = || {
            waiting.wait();
            if !waiting.is_there() || self.region.threads() == 1 {
                return None;
            }
            let b = waiting.take()?;
            Some(executor::with(Executor::Rayon, || self.region.enter(|| run(b, deeper))))
        };
        let (first, pending, second, took) = thread::scope(|scope| {
            let helper = Builder::new().spawn_scoped(scope, help).ok();
            let call_off = CallOff {
                waiting: &waiting,
                helper: helper.as_ref().map(|helper| helper.thread().clone()),
            };
            let then = Instant::now();
            let first = a(deeper);
            let took = then.elapsed();
            let pending = waiting.take();
            drop(call_off);
            let second = helper.and_then(|helper| helper.join().ok().flatten());
            (first, pending, second, took)
        });
        let worth = &self.region.site.worth;
        let judge = |took: Duration| worth.set(if took < SHORT_OUTSIDE { SMALL } else { LARGE });
        // what the right side joins is taken for small, too
        judge(took);
        let claim = match (pending, second) {
            (Some(b), _) if !is_final(&first) => {
                let then = Instant::now();
                let second = run(b, deeper);
                judge(took + then.elapsed());
                Claim::done(second)
            }
            (None, Some(second)) => Claim::done(second),
            _ => Claim::ruled_out(),
        };
        (first, claim)
    }
}

/// The right side of a join, for whoever takes it first.
struct Waiting<F>(Mutex<Option<F>>);

impl<F> Waiting<F> {
    fn take(&self) -> Option<F> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn is_there(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// Waits for some time, while nobody has taken it.
    fn wait(&self) {
        let then = Instant::now();
        while self.is_there() && then.elapsed() < PATIENCE {
            thread::park_timeout(PATIENCE);
        }
    }
}

/// Sends the helper home, whatever becomes of the left side.
struct CallOff<'w, F> {
    waiting: &'w Waiting<F>,
    helper: Option<Thread>,
}

impl<F> Drop for CallOff<'_, F> {
    fn drop(&mut self) {
        drop(self.waiting.take());
        if let Some(helper) = &self.helper {
            helper.unpark();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::Site;
    use std::sync::atomic::AtomicUsize;

    #[test]
    fn both_sides_run_once_whatever_is_known() {
        static SITE: Site = Site::new("join", "here", 1);
        let pauses = [0, 0, 200, 200, 200, 0, 0, 0, 200].map(Duration::from_micros);
        for pause in pauses.repeat(3) {
            let counted = AtomicUsize::new(0);
            let one = |_: Forks<'_>| {
                thread::sleep(pause);
                counted.fetch_add(1, Ordering::Relaxed)
            };
            let statements = Forks::statements(Region::new(&SITE));
            let (first, second) = statements.join(one, one);
            assert_eq!(
                (first + second.claim(), counted.load(Ordering::Relaxed)),
                (1, 2),
                "{pause:?}"
            );
        }
    }

    #[test]
    fn a_panic_on_the_left_is_seen_and_the_right_side_is_not() {
        static SITE: Site = Site::new("join", "here", 2);
        for pause in [0, 500].map(Duration::from_micros) {
            let caught = std::panic::catch_unwind(|| {
                let statements = Forks::statements(Region::new(&SITE));
                let left = |_: Forks<'_>| {
                    thread::sleep(pause);
                    panic!("left")
                };
                let ((), second) = statements.join(left, |_: Forks<'_>| panic!("right"));
                second.claim()
            });
            assert_eq!(caught.unwrap_err().downcast_ref(), Some(&"left"));
        }
    }
}
