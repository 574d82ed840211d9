//! Stages: the ways to learn what a piece does to the carried values without running the loop on it.

use super::peek::Peek;
use std::marker::PhantomData;

/// What a piece does to the carried values of one stage.
pub struct Summary<'a, C> {
    /// Takes them to the end of the piece; false if that is unknown.
    pub(super) apply: Box<dyn Fn(&mut C) -> bool + Send + 'a>,
    /// All that may be carried out of the piece, as far as the stage is concerned, if that is a finite number of values.
    pub(super) possible: Vec<C>,
}

/// What is known about the values carried into a piece.
pub struct Before<'c, C> {
    /// Those carried into the loop.
    pub(super) initial: &'c C,
    /// Those carried into the piece, final for earlier stages.
    pub(super) carried: &'c C,
    /// All that may be carried into the piece, as far as the stage is concerned; empty if anything may.
    pub(super) possible: &'c [C],
}

/// The stages of a scan.
pub trait Stages<S, C>: Sync {
    /// How many there are.
    fn count(&self) -> usize;

    /// Are the carried values computed in order, without summaries?
    fn is_in_order(&self) -> bool {
        false
    }

    /// Does this stage have finitely many states, of which fewer and fewer are possible along a piece?
    fn is_finite(&self, stage: usize) -> bool {
        let _ = stage;
        false
    }

    /// Summarises a piece for one stage, if there is such a stage.
    fn summarise<'a>(&'a self, stage: usize, before: Before<'_, C>, piece: Peek<'_, S>) -> Option<Summary<'a, C>>
    where
        C: 'a;

    /// The carried values behind `piece`, from those in front of it.
    fn in_order(&self, carried: C, piece: Peek<'_, S>) -> C {
        let _ = piece;
        carried
    }

    /// Have these the same bits? `None` if nobody asks whether the loop forgets where it began.
    fn are_same(&self, one: &C, other: &C) -> Option<bool> {
        let _ = (one, other);
        None
    }
}

/// No stage: nothing but the loop itself knows what is carried.
#[derive(Debug, Clone, Copy)]
pub struct Nothing;

impl<S, C> Stages<S, C> for Nothing {
    fn count(&self) -> usize {
        0
    }

    fn summarise<'a>(&'a self, _: usize, _: Before<'_, C>, _: Peek<'_, S>) -> Option<Summary<'a, C>>
    where
        C: 'a,
    {
        None
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
    /// See [`Stages::is_finite`].
    const IS_FINITE: bool;

    /// See [`Stages::summarise`].
    fn summarise<'a>(&'a self, before: Before<'_, C>, piece: Peek<'_, S>) -> Summary<'a, C>
    where
        C: 'a;
}

impl<S, C, B: Stages<S, C>, A: Stage<S, C>> Stages<S, C> for Then<B, A> {
    fn count(&self) -> usize {
        self.before.count() + 1
    }

    fn is_finite(&self, stage: usize) -> bool {
        if stage == self.before.count() {
            A::IS_FINITE
        } else {
            self.before.is_finite(stage)
        }
    }

    fn summarise<'a>(&'a self, stage: usize, before: Before<'_, C>, piece: Peek<'_, S>) -> Option<Summary<'a, C>>
    where
        C: 'a,
    {
        if stage == self.before.count() {
            Some(self.stage.summarise(before, piece))
        } else {
            self.before.summarise(stage, before, piece)
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
    const IS_FINITE: bool = false;

    fn summarise<'a>(&'a self, before: Before<'_, C>, piece: Peek<'_, S>) -> Summary<'a, C>
    where
        C: 'a,
    {
        let sum = (self.summarise)(before.carried, piece);
        Summary {
            apply: Box::new(move |carried| (self.apply)(sum.clone(), carried)),
            possible: Vec::new(),
        }
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
    C: Clone,
    L: AsRef<[K]> + Sync,
    K: Clone + PartialEq + Send + Sync,
    Get: for<'c> Fn(&'c C) -> K + Sync,
    Run: for<'c, 's> Fn(&'c C, K, Peek<'s, S>) -> K + Sync,
    Put: for<'c> Fn(K, &'c mut C) + Sync,
{
    const IS_FINITE: bool = true;

    fn summarise<'a>(&'a self, before: Before<'_, C>, piece: Peek<'_, S>) -> Summary<'a, C>
    where
        C: 'a,
    {
        let Before {
            initial,
            carried,
            possible,
        } = before;
        let states: Vec<K> = if possible.is_empty() {
            let initial = (self.get)(initial);
            self.states.as_ref().iter().cloned().chain([initial]).collect()
        } else {
            possible.iter().map(&self.get).collect()
        };
        // Where each state leads; states that come together stay together.
        let mut table: Vec<(K, K)> = Vec::with_capacity(states.len());
        let mut possible: Vec<(K, C)> = Vec::new();
        for from in states {
            if table.iter().any(|(known, _)| *known == from) {
                continue;
            }
            let to = (self.run)(carried, from.clone(), piece);
            if possible.iter().all(|(known, _)| *known != to) {
                let mut behind = carried.clone();
                (self.put)(to.clone(), &mut behind);
                possible.push((to.clone(), behind));
            }
            table.push((from, to));
        }
        Summary {
            apply: Box::new(move |carried| {
                let state = (self.get)(carried);
                let Some((_, to)) = table.iter().find(|(from, _)| *from == state) else {
                    return false;
                };
                (self.put)(to.clone(), carried);
                true
            }),
            possible: possible.into_iter().map(|(_, behind)| behind).collect(),
        }
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

    fn summarise<'a>(&'a self, _: usize, _: Before<'_, C>, _: Peek<'_, S>) -> Option<Summary<'a, C>>
    where
        C: 'a,
    {
        None
    }

    fn in_order(&self, carried: C, piece: Peek<'_, S>) -> C {
        (self.walk)(carried, piece)
    }
}
