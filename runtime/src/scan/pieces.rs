//! Pieces with their summaries, and what is carried into them.

use super::Walk;
use super::peek::Peek;
use super::stages::{Before, Summary};
use crate::pool;
use crate::reduce::Outcome;
use crate::source::{Again, Source};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::thread;

/// The part of a piece over which all states of an automaton are run.
const SHORT: usize = 256;

/// A piece that waits for its leaf.
pub(super) struct Piece<'a, S, C> {
    pub(super) source: S,
    /// One a stage; `None` while nobody has looked, or if looking panicked.
    summaries: Vec<Option<Summary<'a, C>>>,
}

impl<S, C> Piece<'_, S, C> {
    pub(super) fn new(source: S) -> Self {
        Self {
            source,
            summaries: Vec::new(),
        }
    }

    /// How many stages it is summarised for.
    pub(super) fn stages(&self) -> usize {
        self.summaries.len()
    }

    /// Takes the carried values to the end of the piece, as far as the first `stages` stages are concerned. False if that
    /// is unknown.
    fn apply(&self, stages: usize, carried: &mut C) -> bool {
        self.summaries.len() >= stages
            && self.summaries[..stages]
                .iter()
                .all(|summary| summary.as_ref().is_some_and(|summary| (summary.apply)(carried)))
    }

    /// All that may be carried out of the piece, as far as the last stage that it is summarised for is concerned; empty if
    /// anything may.
    pub(super) fn possible(&self) -> &[C] {
        match self.summaries.last() {
            Some(Some(summary)) => &summary.possible,
            _ => &[],
        }
    }
}

/// A leaf that can run: what is carried in is known.
pub(super) struct Ready<S, C, A, E> {
    /// What comes before the piece and belongs to it.
    beginning: Option<S>,
    /// The piece, with what its leaf starts from; `None` once it runs.
    start: Option<(S, C, A)>,
    /// The positions where the piece starts and ends.
    from: usize,
    to: usize,
    /// How the leaf ended.
    outcome: Option<thread::Result<Outcome<(C, A), E>>>,
}

impl<S, C, A, E> Ready<S, C, A, E> {
    pub(super) fn new(source: S, carried: C, acc: A, from: usize, to: usize) -> Self {
        Self {
            beginning: None,
            start: Some((source, carried, acc)),
            from,
            to,
            outcome: None,
        }
    }

    /// The same with the beginning of the piece apart.
    pub(super) fn behind(mut self, beginning: S) -> Self {
        self.beginning = Some(beginning);
        self
    }
}

/// At most the first `length` items, and the others.
pub(super) fn cut<S: Source>(source: S, length: usize) -> (S, S) {
    let length = length.min(source.len());
    source.split_at(length)
}

/// Runs `f` on all, in parallel, the first ones first.
pub(super) fn each<T: Send>(items: &mut [T], f: &(dyn Fn(&mut T) + Sync)) {
    match items {
        [] => {}
        [item] => f(item),
        _ => {
            let (left, right) = items.split_at_mut(items.len() / 2);
            pool::join(|| each(left, f), |_| each(right, f));
        }
    }
}

impl<'a, S: Again, C: Clone + Send + Sync, A: Send, E: Send> Walk<'a, S, C, A, E> {
    /// Summarises a piece for one stage. What panics is unknown: the leaf will panic at the right place, or not at all.
    pub(super) fn look(&self, stage: usize, carried: &C, piece: &mut Piece<'a, S, C>) {
        self.look_from(stage, carried, &[], piece);
    }

    /// The same where only these values may be carried in, as far as the stage is concerned, if there are any.
    fn look_from(&self, stage: usize, carried: &C, possible: &[C], piece: &mut Piece<'a, S, C>) {
        if piece.summaries.len() > stage {
            return;
        }
        let peek = Peek::new(&piece.source);
        let before = Before {
            initial: &self.initial,
            carried,
            possible,
        };
        let summary = catch_unwind(AssertUnwindSafe(|| self.stages.summarise(stage, before, peek)));
        piece.summaries.push(summary.ok().flatten());
    }

    /// Summarises a piece for the first stage, cut into several if that has finitely many states: all of them over a
    /// short part first, those that are still possible over longer and longer ones. Most automata don't remember for long
    /// where they began.
    pub(super) fn look_along(&self, carried: &C, possible: Vec<C>, piece: Piece<'a, S, C>) -> Vec<Piece<'a, S, C>> {
        let (mut rest, mut length, mut possible) = (piece.source, SHORT, possible);
        let mut pieces = Vec::new();
        loop {
            let is_last = !self.stages.is_finite(0) || possible.len() == 1 || rest.len() <= 2 * length;
            let (front, behind) = cut(rest, if is_last { usize::MAX } else { length });
            let mut piece = Piece::new(front);
            self.look_from(0, carried, &possible, &mut piece);
            possible = piece.possible().to_vec();
            pieces.push(piece);
            if is_last {
                return pieces;
            }
            rest = behind;
            length *= 2;
        }
    }

    /// What is carried into the pieces, as far as that is known for the first `stages` stages: at least into the first.
    pub(super) fn carried_in(&self, stages: usize, carried: C, pieces: &[Piece<'a, S, C>]) -> Vec<C> {
        let mut known = vec![carried];
        for piece in &pieces[..pieces.len() - 1] {
            let Some(carried) = self.applied(stages, &known[known.len() - 1], piece) else {
                break;
            };
            known.push(carried);
        }
        known
    }

    /// What the summaries of the first `stages` stages say is carried out of a piece.
    pub(super) fn applied(&self, stages: usize, carried: &C, piece: &Piece<'a, S, C>) -> Option<C> {
        let apply = AssertUnwindSafe(|| {
            let mut carried = carried.clone();
            piece.apply(stages, &mut carried).then_some(carried)
        });
        if stages == 0 {
            return None;
        }
        catch_unwind(apply).ok().flatten()
    }

    /// What a loop that computes nothing but the carried values says is carried out of a piece.
    pub(super) fn walked(&self, carried: &C, piece: &Piece<'a, S, C>) -> Option<C> {
        let walk = AssertUnwindSafe(|| self.stages.in_order(carried.clone(), Peek::new(&piece.source)));
        catch_unwind(walk).ok()
    }

    /// Runs a leaf at a position that may lie behind an exit.
    pub(super) fn run_ready(&self, ready: &mut Ready<S, C, A, E>) {
        let Some((source, carried, acc)) = ready.start.take() else {
            return;
        };
        if self.horizon.hides(ready.from) {
            return;
        }
        let beginning = ready.beginning.take();
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            let pieces = beginning.into_iter().chain([source]);
            self.leaves(carried, acc, pieces)
        }));
        if !matches!(outcome, Ok((_, None))) {
            self.horizon.lower(ready.to);
        }
        ready.outcome = Some(outcome);
    }

    /// What neighbours come to, up to the first exit or panic; `acc` is what lies left of the first one, if that started
    /// from a fresh value.
    pub(super) fn joined(&self, mut acc: Option<A>, leaves: Vec<Ready<S, C, A, E>>) -> Outcome<(C, A), E> {
        let mut last = None;
        for ready in leaves {
            let outcome = ready
                .outcome
                .expect("only what lies behind an exit or a panic doesn't run");
            let ((carried, right), exit) = outcome.unwrap_or_else(|panic| resume_unwind(panic));
            let all = match acc.take() {
                None => right,
                Some(mut acc) => {
                    (self.combine)(&mut acc, right);
                    acc
                }
            };
            if exit.is_some() {
                return ((carried, all), exit);
            }
            acc = Some(all);
            last = Some(carried);
        }
        let place = last.zip(acc).expect("there is a piece");
        (place, None)
    }
}
