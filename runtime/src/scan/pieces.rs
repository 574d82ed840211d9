//! Pieces with their summaries, and what is carried into them.

use super::Walk;
use super::peek::Peek;
use super::stages::Summary;
use crate::reduce::Outcome;
use crate::source::{Again, Source};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::thread;

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

    /// Takes the carried values to the end of the piece, as far as the first `stages` stages are concerned. False if that
    /// is unknown.
    fn apply(&self, stages: usize, carried: &mut C) -> bool {
        self.summaries.len() >= stages
            && self.summaries[..stages]
                .iter()
                .all(|summary| summary.as_ref().is_some_and(|summary| summary(carried)))
    }
}

/// A leaf that can run: what is carried in is known.
pub(super) struct Ready<S, C, A, E> {
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
            start: Some((source, carried, acc)),
            from,
            to,
            outcome: None,
        }
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
            rayon::join(|| each(left, f), || each(right, f));
        }
    }
}

impl<'a, S: Again, C: Clone + Send + Sync, A: Send, E: Send> Walk<'a, S, C, A, E> {
    /// Summarises a piece for one stage. What panics is unknown: the leaf will panic at the right place, or not at all.
    pub(super) fn look(&self, stage: usize, carried: &C, piece: &mut Piece<'a, S, C>) {
        if piece.summaries.len() > stage {
            return;
        }
        let peek = Peek::new(&piece.source);
        let summary = catch_unwind(AssertUnwindSafe(|| {
            self.stages.summarise(stage, &self.initial, carried, peek)
        }));
        piece.summaries.push(summary.ok());
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
        let outcome = catch_unwind(AssertUnwindSafe(|| (self.leaf)(carried, acc, source)));
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
