//! The right side of a join, which the program may claim or not.

use super::Forks;
use super::sized::Timed;
use std::any::Any;
use std::panic::resume_unwind;

/// What a panic carries.
pub(super) type Panic = Box<dyn Any + Send>;

/// The result of the right side of a join.
///
/// The sequential program runs the right call after the left one and may not run it at all (`?`, `&&`). Dropping a claim
/// is that: a result or a panic that nobody claims is never seen.
#[must_use = "the right call counts as run only when it is claimed"]
#[derive(Debug)]
pub struct Claim<'a, B, F>(State<'a, B, F>);

#[derive(Debug)]
enum State<'a, B, F> {
    /// Runs when claimed.
    Pending(F, Forks<'a>),
    /// The same, and the size of both calls together is learned from how long they take.
    Timed(F, Forks<'a>, Timed),
    Done(B),
    Panicked(Panic),
    RuledOut,
}

impl<'a, B, F: FnOnce(Forks<'_>) -> B> Claim<'a, B, F> {
    #[inline]
    pub(super) fn pending(b: F, forks: Forks<'a>) -> Self {
        Self(State::Pending(b, forks))
    }

    pub(super) fn timed(b: F, forks: Forks<'a>, timed: Timed) -> Self {
        Self(State::Timed(b, forks, timed))
    }

    pub(super) fn done(result: Result<B, Panic>) -> Self {
        Self(result.map_or_else(State::Panicked, State::Done))
    }

    pub(super) fn ruled_out() -> Self {
        Self(State::RuledOut)
    }

    /// The result of the right call.
    ///
    /// # Panics
    /// With the panic of the right call.
    #[inline]
    pub fn claim(self) -> B {
        match self.0 {
            State::Pending(b, forks) => b(forks),
            State::Timed(b, forks, timed) => timed.run(forks, b),
            State::Done(result) => result,
            State::Panicked(panic) => resume_unwind(panic),
            State::RuledOut => unreachable!("a call was claimed after the left result had ruled it out"),
        }
    }

    /// Runs the right call now if it has not run yet, and keeps its result or its panic for later.
    ///
    /// For three calls and more: the right call of a join inside another one's right side must not outlive that side, but
    /// the program may still not want its panic.
    #[inline]
    pub fn settle(self) -> Outcome<B> {
        Outcome(match self.0 {
            State::Pending(b, forks) => super::run(b, forks),
            State::Timed(b, forks, timed) => super::run(|forks| timed.run(forks, b), forks),
            State::Done(result) => Ok(result),
            State::Panicked(panic) => Err(panic),
            State::RuledOut => unreachable!("a call was settled after the left result had ruled it out"),
        })
    }
}

/// What the right side of a join came to, which the program may claim or not.
#[must_use = "the right call counts as run only when it is claimed"]
#[derive(Debug)]
pub struct Outcome<B>(Result<B, Panic>);

impl<B> Outcome<B> {
    /// The result of the right call.
    ///
    /// # Panics
    /// With the panic of the right call.
    #[inline]
    pub fn claim(self) -> B {
        self.0.unwrap_or_else(|panic| resume_unwind(panic))
    }
}
