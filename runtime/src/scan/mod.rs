//! The driver of loops that carry values along: prefix sums, recurrences, automata.
//!
//! The user's loop, the leaf, can run on any piece as soon as the values carried into it are known. *Stages* tell what a
//! piece does to them without running the loop on it: a summary, which is cheaper than the loop or at least can be had
//! before the carried values are known. A round of the driver, for `P` threads:
//!
//! ```text
//! leaf of the first piece      |  summaries of the next P - 1 pieces
//! apply the summaries from left to right: what is carried into each piece
//! leaves of those pieces       |  leaf of one more, which nobody summarised
//! ```
//! Nothing but speed hangs on a summary being known: where one isn't (it panicked, it overflowed), the leaf of the piece
//! behind waits for the values that really were carried out.
//!
//! Source: G. Blelloch, "Prefix sums and their applications", CMU-CS-90-190, 1990; the first piece that runs once, and
//! the piece that isn't summarised, are ours.

mod adversary;
mod behind;
mod forgetting;
mod front;
mod lookahead;
mod pace;
mod peek;
mod pieces;
mod probe;
mod stages;
pub mod steps;
#[cfg(test)]
mod tests;
mod tree;

pub use forgetting::{Forgetting, SameBits};
pub use peek::Peek;
pub use stages::{Automaton, Before, InOrder, Nothing, Stage, Stages, Steps, Summary, Then};
pub use tree::{BLOCK, LONGEST, LONGEST_FORGETTING};

use crate::executor::Executor;
use crate::reduce::{Horizon, Outcome, is_small};
use crate::region::Region;
use crate::source::Again;
use std::convert::Infallible;
use std::marker::PhantomData;

/// Earlier stages, and one of finitely many states.
type ThenAutomaton<G, L, K, Get, Run, Put> = Then<G, Automaton<L, K, Get, Run, Put>>;

/// A loop that carries values along, without its leaf.
#[must_use = "a scan does nothing until it is run"]
pub struct Scan<'r, S, C, G = Nothing> {
    region: Region<'r>,
    source: S,
    carried: C,
    stages: G,
}

impl<'r, S: Again, C: Clone + Send + Sync> Scan<'r, S, C> {
    /// A loop over `source` that carries `carried` along.
    #[inline]
    pub fn new(region: Region<'r>, source: S, carried: C) -> Self {
        Self {
            region,
            source,
            carried,
            stages: Nothing,
        }
    }

    /// The carried values can't be summarised: a loop that does nothing else computes them in order, while the leaves run
    /// behind it.
    ///
    /// `walk` computes *all* carried values.
    #[inline]
    pub fn in_order<F>(self, walk: F) -> Scan<'r, S, C, InOrder<F>>
    where
        F: for<'s> Fn(C, Peek<'s, S>) -> C + Sync,
    {
        self.with(InOrder { walk })
    }
}

impl<'r, S: Again, C: Clone + Send + Sync, G> Scan<'r, S, C, G> {
    /// The loop may forget where it began: where two walks come to the same bits, `tree` gives the carried values the bits of
    /// the sequential loop, and nothing is summarised.
    ///
    /// `walk` computes *all* carried values, as in [`Scan::in_order`].
    #[inline]
    pub fn forgetting<F>(self, walk: F) -> Scan<'r, S, C, Forgetting<G, F>>
    where
        C: SameBits,
        F: for<'s> Fn(C, Peek<'s, S>) -> C + Sync,
    {
        let Self {
            region,
            source,
            carried,
            stages,
        } = self;
        Scan {
            region,
            source,
            carried,
            stages: Forgetting { stages, walk },
        }
    }

    #[inline]
    fn with<H>(self, stages: H) -> Scan<'r, S, C, H> {
        Scan {
            region: self.region,
            source: self.source,
            carried: self.carried,
            stages,
        }
    }

    #[inline]
    fn then<A>(self, stage: A) -> Scan<'r, S, C, Then<G, A>> {
        let Self {
            region,
            source,
            carried,
            stages,
        } = self;
        Scan {
            region,
            source,
            carried,
            stages: Then { before: stages, stage },
        }
    }

    /// A stage of step functions.
    ///
    /// `summarise` gets the values carried into the piece, final for earlier stages, of any value for its own;
    /// `apply` says false if the summary doesn't know what becomes of the value.
    #[inline]
    pub fn steps<F, H, Sum>(self, summarise: F, apply: H) -> Scan<'r, S, C, Then<G, Steps<F, H, Sum>>>
    where
        F: for<'c, 's> Fn(&'c C, Peek<'s, S>) -> Sum + Sync,
        H: for<'c> Fn(Sum, &'c mut C) -> bool + Sync,
        Sum: Clone + Send,
    {
        self.then(Steps {
            summarise,
            apply,
            sum: PhantomData,
        })
    }

    /// A stage of finitely many states.
    ///
    /// `states` are all that an iteration may end with. The one carried into the loop needn't be among them. `get` reads
    /// the state, `run` is the loop without anything but the state, `put` writes it back.
    #[inline]
    pub fn automaton<L, K, Get, Run, Put>(
        self,
        states: L,
        get: Get,
        run: Run,
        put: Put,
    ) -> Scan<'r, S, C, ThenAutomaton<G, L, K, Get, Run, Put>>
    where
        L: AsRef<[K]> + Sync,
        K: Clone + PartialEq + Send + Sync,
        Get: for<'c> Fn(&'c C) -> K + Sync,
        Run: for<'c, 's> Fn(&'c C, K, Peek<'s, S>) -> K + Sync,
        Put: for<'c> Fn(K, &'c mut C) + Sync,
    {
        self.then(Automaton {
            states,
            get,
            run,
            put,
            state: PhantomData,
        })
    }
}

impl<S: Again, C: Clone + Send + Sync, G: Stages<S, C>> Scan<'_, S, C, G> {
    /// Runs the loop: returns `leaf(carried, start, source)`.
    ///
    /// `leaf` is the user's loop over one piece, from the values carried into it to those carried out of it. `start`,
    /// `fresh` and `combine` are those of [`reduce`](crate::reduce::reduce()).
    ///
    /// # Panics
    /// A panic in a piece reaches the caller; of several, that of the leftmost piece, which is the sequential one.
    #[inline]
    pub fn run<A: Send>(
        self,
        start: A,
        leaf: impl Fn(C, A, S) -> (C, A) + Sync,
        fresh: impl Fn(&A) -> A + Sync,
        combine: impl Fn(&mut A, A) + Sync,
    ) -> (C, A) {
        if self.is_small() {
            return leaf(self.carried, start, self.source);
        }
        let leaf = |carried, acc, piece| (leaf(carried, acc, piece), None::<Infallible>);
        self.drive(start, &leaf, &fresh, &combine).0
    }

    /// The same for a loop that may be left early, see [`reduce_until`](crate::reduce::reduce_until()).
    ///
    /// # Panics
    /// A panic in a piece reaches the caller unless a piece left of it exits; of several, that of the leftmost piece.
    #[inline]
    pub fn run_until<A: Send, E: Send>(
        self,
        start: A,
        leaf: impl Fn(C, A, S) -> Outcome<(C, A), E> + Sync,
        fresh: impl Fn(&A) -> A + Sync,
        combine: impl Fn(&mut A, A) + Sync,
    ) -> Outcome<(C, A), E> {
        if self.is_small() {
            return leaf(self.carried, start, self.source);
        }
        self.drive(start, &leaf, &fresh, &combine)
    }

    /// Is the loop itself the answer? A tree is one piece only if its first piece is all.
    #[inline]
    fn is_small(&self) -> bool {
        let length = self.source.len();
        is_small(&self.region, length) && (!self.region.is_tree || length <= tree::SHORTEST)
    }

    #[inline(never)]
    fn drive<A: Send, E: Send>(
        self,
        start: A,
        leaf: &(dyn Fn(C, A, S) -> Outcome<(C, A), E> + Sync),
        fresh: &(dyn Fn(&A) -> A + Sync),
        combine: &(dyn Fn(&mut A, A) + Sync),
    ) -> Outcome<(C, A), E> {
        let walk = Walk {
            region: self.region,
            initial: self.carried.clone(),
            stages: &self.stages,
            leaf,
            fresh,
            combine,
            horizon: Horizon::new(),
        };
        walk.run(self.source, self.carried, start)
    }
}

/// Where the loop stands: what is left of it and where that starts, what is carried so far, the accumulators so far.
struct Place<S, C, A> {
    rest: S,
    at: usize,
    carried: C,
    acc: A,
}

/// What generated code hands over, with the closures behind pointers.
struct Walk<'a, S, C, A, E> {
    region: Region<'a>,
    /// What is carried into the loop.
    initial: C,
    stages: &'a (dyn Stages<S, C> + 'a),
    leaf: &'a (dyn Fn(C, A, S) -> Outcome<(C, A), E> + Sync + 'a),
    fresh: &'a (dyn Fn(&A) -> A + Sync + 'a),
    combine: &'a (dyn Fn(&mut A, A) + Sync + 'a),
    horizon: Horizon,
}

impl<S: Again, C: Clone + Send + Sync, A: Send, E: Send> Walk<'_, S, C, A, E> {
    #[inline(never)]
    fn run(&self, source: S, carried: C, acc: A) -> Outcome<(C, A), E> {
        match self.region.executor() {
            executor if self.region.is_tree => self.tree(source, carried, acc, executor),
            Executor::Adversarial { seed } => self.adversary(source, carried, acc, seed),
            Executor::Serial => (self.leaf)(carried, acc, source),
            Executor::Rayon => self.probe(source, carried, acc),
        }
    }
}
