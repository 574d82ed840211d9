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

/// Where each of finitely many states leads.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Table<K>(Vec<(K, K)>);

impl<K: Clone + PartialEq> Table<K> {
    /// Runs from each of the states, once from equal ones.
    pub(super) fn of(states: impl IntoIterator<Item = K>, mut run: impl FnMut(K) -> K) -> Self {
        let mut table: Vec<(K, K)> = Vec::new();
        for from in states {
            if table.iter().all(|(known, _)| *known != from) {
                let to = run(from.clone());
                table.push((from, to));
            }
        }
        Self(table)
    }

    /// Where a state leads, if it is one of those.
    pub(super) fn apply(&self, state: &K) -> Option<&K> {
        self.0.iter().find(|(from, _)| from == state).map(|(_, to)| to)
    }

    /// The states that something leads to, each once: states that come together stay together.
    pub(super) fn ends(&self) -> impl Iterator<Item = &K> {
        let is_first = move |at: usize, to: &K| self.0[..at].iter().all(|(_, known)| known != to);
        let ends = self.0.iter().enumerate();
        ends.filter(move |(at, (_, to))| is_first(*at, to))
            .map(|(_, (_, to))| to)
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
        let table = Table::of(states, |state| (self.run)(carried, state, piece));
        let possible = table.ends().map(|state| {
            let mut behind = carried.clone();
            (self.put)(state.clone(), &mut behind);
            behind
        });
        let possible = possible.collect();
        Summary {
            apply: Box::new(move |carried| match table.apply(&(self.get)(carried)) {
                Some(state) => {
                    (self.put)(state.clone(), carried);
                    true
                }
                None => false,
            }),
            possible,
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

#[cfg(test)]
mod tests {
    use super::Table;
    use proptest::prelude::*;

    /// Where each state goes with each of four letters.
    fn automata() -> impl Strategy<Value = Vec<[u8; 4]>> {
        (1..9u8).prop_flat_map(|states| {
            let row = prop::array::uniform4(0..states);
            prop::collection::vec(row, usize::from(states))
        })
    }

    fn text() -> impl Strategy<Value = Vec<u8>> {
        prop::collection::vec(0..4u8, 0..6)
    }

    fn run(automaton: &[[u8; 4]], state: u8, text: &[u8]) -> u8 {
        text.iter().fold(state, |state, letter| {
            automaton[usize::from(state)][usize::from(*letter)]
        })
    }

    /// One, then the other.
    fn composed(first: &Table<u8>, later: &Table<u8>) -> Table<u8> {
        let behind = |state: u8| {
            let between = first.apply(&state).expect("a state of the first");
            *later.apply(between).expect("where the first leads")
        };
        Table::of(first.0.iter().map(|(from, _)| *from), behind)
    }

    proptest! {
        #[test]
        fn tables_are_runs_and_compose(automaton in automata(), first in text(), second in text(), third in text()) {
            let states = 0..automaton.len() as u8;
            let table = |text: &[u8]| Table::of(states.clone(), |state| run(&automaton, state, text));
            let (a, b, c) = (table(&first), table(&second), table(&third));
            let whole = table(&[&first[..], &second, &third].concat());
            prop_assert_eq!(&composed(&composed(&a, &b), &c), &whole);
            prop_assert_eq!(&composed(&a, &composed(&b, &c)), &whole);
            for state in states.clone() {
                let texts = [&first, &second, &third];
                let carried = texts.into_iter().fold(state, |state, text| run(&automaton, state, text));
                prop_assert_eq!(whole.apply(&state), Some(&carried));
            }
            prop_assert_eq!(whole.apply(&200), None);
        }

        #[test]
        fn what_is_possible_is_enough(automaton in automata(), first in text(), second in text()) {
            let states = 0..automaton.len() as u8;
            let a = Table::of(states.clone(), |state| run(&automaton, state, &first));
            let all = Table::of(states, |state| run(&automaton, state, &second));
            let some = Table::of(a.ends().copied(), |state| run(&automaton, state, &second));
            prop_assert_eq!(composed(&a, &some), composed(&a, &all));
            // states that have come together stay together
            prop_assert!(some.ends().count() <= a.ends().count());
        }
    }
}
