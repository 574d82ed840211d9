//! Calls that are made in the sequential order while what they are given is computed in parallel: `replay(image)`.
//!
//! The piece that is the sequential program so far makes its calls at once. A piece that runs apart takes its calls down,
//! and they are made when it is joined with the pieces before it. So one thread runs the plain loop, and with several the
//! calls of the earlier pieces are made while later ones are still being computed.

use std::{fmt, mem};

/// A call as it is taken down: what is called, and what it is given.
type Call<V, A> = (fn(&mut V, A), A);

/// The calls on a `V`, as an accumulator of a loop; `A` is what they are given.
pub struct Calls<'v, V: ?Sized, A> {
    /// Where calls are made at once; none in a piece that runs apart.
    target: Option<&'v mut V>,
    /// What is to be called later.
    pending: Vec<Call<V, A>>,
}

impl<V: ?Sized, A> fmt::Debug for Calls<'_, V, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Calls")
            .field("at_once", &self.target.is_some())
            .field("pending", &self.pending.len())
            .finish()
    }
}

impl<'v, V: ?Sized, A> Calls<'v, V, A> {
    /// Calls that are made at once.
    #[inline]
    pub fn on(target: &'v mut V) -> Self {
        Calls {
            target: Some(target),
            pending: Vec::new(),
        }
    }

    /// Calls that are taken down.
    #[inline]
    pub fn later() -> Self {
        Calls {
            target: None,
            pending: Vec::new(),
        }
    }

    /// Makes a call, now or later.
    #[inline]
    pub fn make(&mut self, given: A, call: fn(&mut V, A)) {
        match &mut self.target {
            Some(target) => call(target, given),
            None => {
                // out of the struct for a moment: as its address goes nowhere, the optimizer can tell that `target` stays
                // what it is in the loop around, and leaves the loop that calls at once as it would be without us
                let mut pending = mem::take(&mut self.pending);
                pending.push((call, given));
                self.pending = pending;
            }
        }
    }

    /// These calls, then the others.
    pub fn then(&mut self, mut later: Self) {
        match &mut self.target {
            Some(target) => later.pending.into_iter().for_each(|(call, given)| call(target, given)),
            None => self.pending.append(&mut later.pending),
        }
    }
}

/// What calls of several kinds are given: one of two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Either<L, R> {
    /// The first kind.
    Left(L),
    /// One of the others.
    Right(R),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_made_in_order_at_once_or_when_joined() {
        let mut log = Vec::new();
        let mut first = Calls::on(&mut log);
        let (mut second, mut third) = (Calls::later(), Calls::later());
        third.make(5, Vec::push);
        second.make(2, Vec::push);
        second.make(3, |log, n| log.extend([n, n + 1]));
        first.make(1, Vec::push);
        second.then(third);
        first.then(second);
        first.make(6, Vec::push);
        assert_eq!(log, [1, 2, 3, 4, 5, 6]);
    }
}
