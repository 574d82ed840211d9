//! Stages: the ways to learn what a piece does to the carried values without running the loop on it.

use super::peek::Peek;
use std::marker::PhantomData;

/// What a piece does to the carried values of one stage; false if that is unknown.
pub(super) type Summary<'a, C> = Box<dyn Fn(&mut C) -> bool + Send + 'a>;

/// The stages of a scan.
pub trait Stages<S, C>: Sync {
    /// How many there are.
    fn count(&self) -> usize;

    /// Are the carried values computed in order, without summaries?
    fn is_in_order(&self) -> bool {
        false
    }

    /// Summarises `piece` for one stage. `carried` is what is carried into the piece, final for earlier stages; `initial` what is
    /// carried into the loop.
    fn summarise<'a>(&'a self, stage: usize, initial: &C, carried: &C, piece: Peek<'_, S>) -> Summary<'a, C>
    where
        C: 'a;

    /// The carried values behind `piece`, from those in front of it.
    fn in_order(&self, carried: C, piece: Peek<'_, S>) -> C {
        let _ = piece;
        carried
    }
}

/// No stage: nothing but the loop itself knows what is carried.
#[derive(Debug, Clone, Copy)]
pub struct Nothing;

impl<S, C> Stages<S, C> for Nothing {
    fn count(&self) -> usize {
        0
    }

    fn summarise<'a>(&'a self, _: usize, _: &C, _: &C, _: Peek<'_, S>) -> Summary<'a, C>
    where
        C: 'a,
    {
        Box::new(|_| false)
    }
}

/// Earlier stages, and one that builds on them.
#[derive(Debug)]
pub struct Then<B, A> {
    pub(super) before: B,
    pub(super) stage: A,
}

/// One stage.
pub trait Stage<S, C>: Sync {
    /// Summarises a piece, see [`Stages::summarise`].
    fn summarise<'a>(&'a self, initial: &C, carried: &C, piece: Peek<'_, S>) -> Summary<'a, C>
    where
        C: 'a;
}

impl<S, C, B: Stages<S, C>, A: Stage<S, C>> Stages<S, C> for Then<B, A> {
    fn count(&self) -> usize {
        self.before.count() + 1
    }

    fn summarise<'a>(&'a self, stage: usize, initial: &C, carried: &C, piece: Peek<'_, S>) -> Summary<'a, C>
    where
        C: 'a,
    {
        if stage == self.before.count() {
            self.stage.summarise(initial, carried, piece)
        } else {
            self.before.summarise(stage, initial, carried, piece)
        }
    }
}

/// A stage whose summaries are step functions.
pub struct Steps<F, G, Sum> {
    pub(super) summarise: F,
    pub(super) apply: G,
    pub(super) sum: PhantomData<fn() -> Sum>,
}

impl<S, C, F, G, Sum> Stage<S, C> for Steps<F, G, Sum>
where
    F: for<'c, 's> Fn(&'c C, Peek<'s, S>) -> Sum + Sync,
    G: for<'c> Fn(Sum, &'c mut C) -> bool + Sync,
    Sum: Clone + Send,
{
    fn summarise<'a>(&'a self, _initial: &C, carried: &C, piece: Peek<'_, S>) -> Summary<'a, C>
    where
        C: 'a,
    {
        let sum = (self.summarise)(carried, piece);
        Box::new(move |carried| (self.apply)(sum.clone(), carried))
    }
}

/// A stage of finitely many states: a summary says where each of them leads.
pub struct Automaton<L, K, Get, Run, Put> {
    pub(super) states: L,
    pub(super) get: Get,
    pub(super) run: Run,
    pub(super) put: Put,
    pub(super) state: PhantomData<fn() -> K>,
}

impl<S, C, L, K, Get, Run, Put> Stage<S, C> for Automaton<L, K, Get, Run, Put>
where
    L: AsRef<[K]> + Sync,
    K: Clone + PartialEq + Send + Sync,
    Get: for<'c> Fn(&'c C) -> K + Sync,
    Run: for<'c, 's> Fn(&'c C, K, Peek<'s, S>) -> K + Sync,
    Put: for<'c> Fn(K, &'c mut C) + Sync,
{
    fn summarise<'a>(&'a self, initial: &C, carried: &C, piece: Peek<'_, S>) -> Summary<'a, C>
    where
        C: 'a,
    {
        let mut table: Vec<(K, K)> = Vec::new();
        let initial = (self.get)(initial);
        for state in self.states.as_ref().iter().chain([&initial]) {
            if table.iter().all(|(from, _)| from != state) {
                table.push((state.clone(), (self.run)(carried, state.clone(), piece)));
            }
        }
        Box::new(move |carried| {
            let state = (self.get)(carried);
            let Some((_, to)) = table.iter().find(|(from, _)| *from == state) else {
                return false;
            };
            (self.put)(to.clone(), carried);
            true
        })
    }
}

/// The carried values, computed in order by a loop that does nothing else.
pub struct InOrder<F> {
    pub(super) walk: F,
}

impl<S, C, F> Stages<S, C> for InOrder<F>
where
    F: for<'s> Fn(C, Peek<'s, S>) -> C + Sync,
{
    fn count(&self) -> usize {
        0
    }

    fn is_in_order(&self) -> bool {
        true
    }

    fn summarise<'a>(&'a self, _: usize, _: &C, _: &C, _: Peek<'_, S>) -> Summary<'a, C>
    where
        C: 'a,
    {
        Box::new(|_| false)
    }

    fn in_order(&self, carried: C, piece: Peek<'_, S>) -> C {
        (self.walk)(carried, piece)
    }
}
