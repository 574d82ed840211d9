//! All items of a chain in order: what `collect` and the adaptors that count items start from.
//!
//! A panic ends the items as it would end the sequential chain: it goes on only when somebody asks for the item at which
//! it happened, so a `collect` into a `Result` that fails before, or a `take` that ends before, never sees it.

use super::{Chain, Rounding};
use crate::reduce::reduce_until;
use crate::source::{Owned, Source, source};
use std::any::Any;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::vec;

impl<S: Source, I: Iterator<Item: Send>, P: Fn(S) -> I + Sync, R: Rounding> Chain<'_, S, P, R> {
    /// As [`Iterator::collect`].
    #[inline]
    pub fn collect<B: FromIterator<I::Item>>(self) -> B {
        let (items, panic) = self.list();
        match panic {
            None => items.into_iter().collect(),
            Some(_) => Gathered::new(items, panic).into_iter().collect(),
        }
    }

    /// The items as a source.
    #[inline]
    pub fn gather(self) -> Gathered<I::Item> {
        let (items, panic) = self.list();
        Gathered::new(items, panic)
    }

    /// The items up to the first one that `holds` doesn't hold for, as a source.
    #[inline]
    pub fn take_while<F: Fn(&I::Item) -> bool + Sync>(self, holds: F) -> Gathered<I::Item> {
        self.map_while(|item| holds(&item).then_some(item))
    }

    /// What `map` makes of the items up to the first one that it makes nothing of, as a source.
    #[inline]
    pub fn map_while<T: Send, F: Fn(I::Item) -> Option<T> + Sync>(self, map: F) -> Gathered<T> {
        let items = self.items;
        let leaf = |mut list: Vec<T>, piece| {
            let map_piece = || {
                for item in items(piece) {
                    match map(item) {
                        Some(mapped) => list.push(mapped),
                        None => return true,
                    }
                }
                false
            };
            let exit = match catch_unwind(AssertUnwindSafe(map_piece)) {
                Ok(is_last) => is_last.then_some(None),
                Err(panic) => Some(Some(panic)),
            };
            (list, exit)
        };
        let append = |left: &mut Vec<T>, mut right| left.append(&mut right);
        let (list, exit) = reduce_until(self.region, self.source, Vec::new(), leaf, |_| Vec::new(), append);
        Gathered::new(list, exit.flatten())
    }

    /// The items from the first one on that `passes` doesn't hold for, as a source. What `passes` says is asked in order.
    #[inline]
    pub fn skip_while<F: Fn(&I::Item) -> bool>(self, passes: F) -> Gathered<I::Item> {
        let (mut items, panic) = self.list();
        let skipped = items.iter().take_while(|item| passes(item)).count();
        items.drain(..skipped);
        Gathered::new(items, panic)
    }

    #[inline]
    fn list(self) -> (Vec<I::Item>, Option<Panic>) {
        let items = self.items;
        let leaf = |mut list: Vec<I::Item>, piece| {
            let ended = catch_unwind(AssertUnwindSafe(|| list.extend(items(piece))));
            (list, ended.err())
        };
        reduce_until(
            self.region,
            self.source,
            Vec::new(),
            leaf,
            |_| Vec::new(),
            |left, mut right| left.append(&mut right),
        )
    }
}

type Panic = Box<dyn Any + Send>;

/// The items of a chain, and the panic behind them if there was one.
pub struct Gathered<T> {
    items: Owned<T>,
    panic: Option<Panic>,
}

impl<T> fmt::Debug for Gathered<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gathered").finish_non_exhaustive()
    }
}

impl<T: Send> Gathered<T> {
    fn new(items: Vec<T>, panic: Option<Panic>) -> Self {
        Self {
            items: source(items),
            panic,
        }
    }
}

impl<T: Send> IntoIterator for Gathered<T> {
    type Item = T;
    type IntoIter = GatheredItems<T>;

    #[inline]
    fn into_iter(self) -> GatheredItems<T> {
        GatheredItems {
            items: self.items.into_iter(),
            panic: self.panic,
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T: Send> Source for Gathered<T> {
    #[inline]
    fn len(&self) -> usize {
        self.items.len() + usize::from(self.panic.is_some())
    }

    fn split_at(self, index: usize) -> (Self, Self) {
        if index > self.items.len() {
            return (self, Self::new(Vec::new(), None));
        }
        let (left, right) = self.items.split_at(index);
        (
            Self {
                items: left,
                panic: None,
            },
            Self {
                items: right,
                panic: self.panic,
            },
        )
    }
}

/// The iterator of [`Gathered`]; panics at the place where the chain did.
pub struct GatheredItems<T> {
    items: vec::IntoIter<T>,
    panic: Option<Panic>,
}

impl<T> fmt::Debug for GatheredItems<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GatheredItems").finish_non_exhaustive()
    }
}

impl<T> Iterator for GatheredItems<T> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        let item = self.items.next();
        if item.is_none()
            && let Some(panic) = self.panic.take()
        {
            resume_unwind(panic);
        }
        item
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let len = self.items.len() + usize::from(self.panic.is_some());
        (len, Some(len))
    }
}

impl<T> DoubleEndedIterator for GatheredItems<T> {
    #[inline]
    fn next_back(&mut self) -> Option<T> {
        if let Some(panic) = self.panic.take() {
            resume_unwind(panic);
        }
        self.items.next_back()
    }
}

impl<T> ExactSizeIterator for GatheredItems<T> {}
