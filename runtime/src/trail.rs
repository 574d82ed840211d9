//! Arrays that carry a value along: `a[i] = f(a[i - 1], ..)`.
//!
//! The element before a piece's first one belongs to the piece before. Its value is a carried value; a [`Trail`] is a
//! [`Part`] that also answers for that one index.

use crate::parts::Part;
use std::ops::{Index, IndexMut};

/// A part, and the element just before it.
#[derive(Debug)]
pub struct Trail<'a, T> {
    part: Part<'a, T>,
    before: Option<T>,
}

impl<'a, T: Copy> Part<'a, T> {
    /// This part, with the value of the element before the first iteration's: what the iteration before the first one
    /// wrote. `None` if there is no such element; asking for it panics then.
    #[inline]
    pub fn after(self, before: Option<T>) -> Trail<'a, T> {
        Trail { part: self, before }
    }
}

impl<T: Copy> Trail<'_, T> {
    /// The length of the whole slice.
    #[inline]
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.part.len()
    }

    /// What the last of the first `count` iterations of this piece wrote, or what was before them if `count` is 0.
    #[inline]
    pub fn carried(&self, count: usize) -> Option<T> {
        match count.checked_sub(1) {
            None => self.before,
            Some(last) => self.part.of_iteration(last).copied(),
        }
    }
}

impl<T> Index<usize> for Trail<'_, T> {
    type Output = T;

    #[inline]
    #[track_caller]
    fn index(&self, index: usize) -> &T {
        match self.part.get(index) {
            Some(element) => element,
            None => match &self.before {
                Some(before) if self.part.is_before(index) => before,
                _ => self.part.out_of_bounds(index),
            },
        }
    }
}

impl<T> IndexMut<usize> for Trail<'_, T> {
    #[inline]
    #[track_caller]
    fn index_mut(&mut self, index: usize) -> &mut T {
        &mut self.part[index]
    }
}

/// The element that an iteration before the first one would have written, `stride` before the element `first`, if there is
/// one.
#[inline]
pub fn before<T: Copy>(slice: &[T], first: i128, stride: i128) -> Option<T> {
    slice.get(usize::try_from(first.checked_sub(stride)?).ok()?).copied()
}

/// Some value of the type of what is inside: a step is made from its type alone.
#[inline]
pub fn inside<T: Copy + Default>(carried: &Option<T>) -> T {
    carried.unwrap_or_default()
}
