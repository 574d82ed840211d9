//! Does a loop forget where it began?
//!
//! A filter such as `level = 0.9 * level + x` does: from whatever values two walks set out, after some hundred iterations
//! they have the same bits, and from there on they are one. Then nobody has to summarise a piece: a walk through it from any
//! value is right wherever the loop itself comes to the same bits on its way.

use super::pieces::{Piece, Ready, cut};
use super::stages::{Before, Stages, Summary};
use super::{Peek, Walk};
use crate::reduce::Outcome;
use crate::source::Again;

/// Iterations after which two walks are compared for the first time. Part of the contract of `tree`.
const FIRST: usize = 64;

/// They have to meet within this fraction of a piece. Part of the contract of `tree`.
const FRACTION: usize = 4;

/// What is known about a loop's memory.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Memory {
    /// Nothing so far.
    Unknown,
    /// Two walks have met within so many iterations.
    Forgets(usize),
    /// Two walks haven't met within a long piece, or nobody may ask.
    Keeps,
}

impl<'a, S: Again, C: Clone + Send + Sync, A: Send, E: Send> Walk<'a, S, C, A, E> {
    /// What can be known before the first round.
    pub(super) fn memory(&self, carried: &C) -> Memory {
        match self.stages.are_same(carried, carried) {
            Some(_) => Memory::Unknown,
            None => Memory::Keeps,
        }
    }

    /// Walks from two values at once until they meet. Gives the piece back, cut where they were compared.
    pub(super) fn remember(&self, carried: &C, piece: S, is_last: bool) -> (Memory, Vec<S>) {
        let length = piece.len();
        let (mut one, mut other) = (carried.clone(), None);
        let (mut pieces, mut rest, mut walked, mut step) = (Vec::new(), piece, 0, FIRST);
        let mut memory = if is_last { Memory::Keeps } else { Memory::Unknown };
        while walked + step <= length / FRACTION {
            let (front, behind) = cut(rest, step);
            rest = behind;
            walked += step;
            step = walked;
            let front = Piece::new(front);
            let ends = self.walked(&one, &front).and_then(|end| {
                let start = other.as_ref().unwrap_or(&end);
                let other = self.walked(start, &front)?;
                Some((end, other))
            });
            pieces.push(front.source);
            let Some((end, other_end)) = ends else { break };
            // a value that stays where it is says nothing
            let have_met = self.are_same(&end, &other_end) && !self.are_same(&end, carried);
            (one, other) = (end, Some(other_end));
            if have_met {
                memory = Memory::Forgets(walked);
                break;
            }
        }
        pieces.push(rest);
        (memory, pieces)
    }

    fn are_same(&self, one: &C, other: &C) -> bool {
        self.stages.are_same(one, other) == Some(true)
    }

    /// Leaves one after the other.
    pub(super) fn leaves(&self, mut carried: C, mut acc: A, pieces: impl IntoIterator<Item = S>) -> Outcome<(C, A), E> {
        for piece in pieces {
            let exit;
            ((carried, acc), exit) = (self.leaf)(carried, acc, piece);
            if exit.is_some() {
                return ((carried, acc), exit);
            }
        }
        ((carried, acc), None)
    }
}

/// A piece of a loop that forgets: its beginning, over which it forgets, and the rest.
pub(super) struct Forgotten<'a, S, C> {
    beginning: Piece<'a, S, C>,
    rest: Piece<'a, S, C>,
    /// What a walk from somewhere else carried out of the beginning and of the rest.
    ends: Option<(C, C)>,
}

impl<'a, S: Again, C: Clone + Send + Sync> Forgotten<'a, S, C> {
    pub(super) fn new(piece: S, within: usize) -> Self {
        let (beginning, rest) = cut(piece, 2 * within);
        Self {
            beginning: Piece::new(beginning),
            rest: Piece::new(rest),
            ends: None,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.beginning.source.len() + self.rest.source.len()
    }

    /// Walks through it from a guess.
    pub(super) fn look<A: Send, E: Send>(&mut self, walk: &Walk<'a, S, C, A, E>, guess: &C) {
        self.ends = walk.walked(guess, &self.beginning).and_then(|met| {
            let end = walk.walked(&met, &self.rest)?;
            Some((met, end))
        });
    }

    /// What is carried out of it, if a walk through its beginning comes to where the guess came.
    pub(super) fn carried_over<A: Send, E: Send>(&self, walk: &Walk<'a, S, C, A, E>, carried: &C) -> Option<C> {
        let (met, end) = self.ends.as_ref()?;
        let own = walk.walked(carried, &self.beginning)?;
        walk.are_same(&own, met).then(|| end.clone())
    }

    /// It waits for its leaf.
    pub(super) fn ready<A, E>(self, carried: C, acc: A, from: usize) -> Ready<S, C, A, E> {
        let to = from.saturating_add(self.len());
        Ready::new(self.rest.source, carried, acc, from, to).behind(self.beginning.source)
    }
}

/// Stages, and a walk as of [`InOrder`](super::InOrder) for loops that may forget.
pub struct Forgetting<G, F> {
    pub(super) stages: G,
    pub(super) walk: F,
}

impl<S, C: SameBits, G: Stages<S, C>, F> Stages<S, C> for Forgetting<G, F>
where
    F: for<'s> Fn(C, Peek<'s, S>) -> C + Sync,
{
    fn count(&self) -> usize {
        self.stages.count()
    }

    fn is_finite(&self, stage: usize) -> bool {
        self.stages.is_finite(stage)
    }

    fn summarise<'a>(&'a self, stage: usize, before: Before<'_, C>, piece: Peek<'_, S>) -> Option<Summary<'a, C>>
    where
        C: 'a,
    {
        self.stages.summarise(stage, before, piece)
    }

    fn in_order(&self, carried: C, piece: Peek<'_, S>) -> C {
        (self.walk)(carried, piece)
    }

    fn are_same(&self, one: &C, other: &C) -> Option<bool> {
        Some(one.same_bits(other))
    }
}

/// Values that can be compared bit by bit.
pub trait SameBits {
    /// True if nothing tells them apart, not even the sign of a zero.
    fn same_bits(&self, other: &Self) -> bool;
}

macro_rules! floats {
    ($($float:ty)*) => {
        $(impl SameBits for $float {
            #[inline]
            fn same_bits(&self, other: &Self) -> bool {
                self.to_bits() == other.to_bits()
            }
        })*
    };
}

macro_rules! exact {
    ($($exact:ty)*) => {
        $(impl SameBits for $exact {
            #[inline]
            fn same_bits(&self, other: &Self) -> bool {
                self == other
            }
        })*
    };
}

macro_rules! tuples {
    ($(($($part:ident $number:tt),*))*) => {
        $(impl<$($part: SameBits),*> SameBits for ($($part,)*) {
            #[inline]
            fn same_bits(&self, other: &Self) -> bool {
                $(self.$number.same_bits(&other.$number))&&*
            }
        })*
    };
}

floats!(f32 f64);
exact!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize bool char);
tuples!((A 0) (A 0, B 1) (A 0, B 1, C 2) (A 0, B 1, C 2, D 3));
