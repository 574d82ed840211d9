//! `VecDeque` by reference.

use super::{IntoSource, Source};
use std::collections::{VecDeque, vec_deque};
use std::iter;
use std::ops::Range;
use std::slice;

/// A shared `VecDeque`, or a part of it, as a source.
#[derive(Debug)]
pub struct Deque<'a, T> {
    whole: &'a VecDeque<T>,
    part: Range<usize>,
}

impl<T> Clone for Deque<'_, T> {
    fn clone(&self) -> Self {
        Self {
            whole: self.whole,
            part: self.part.clone(),
        }
    }
}

impl<'a, T> IntoIterator for Deque<'a, T> {
    type Item = &'a T;
    type IntoIter = vec_deque::Iter<'a, T>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.whole.range(self.part)
    }
}

impl<T: Sync> Source for Deque<'_, T> {
    #[inline]
    fn len(&self) -> usize {
        self.part.len()
    }

    fn split_at(self, index: usize) -> (Self, Self) {
        let Range { start, end } = self.part;
        let middle = start + index;
        (
            Self {
                whole: self.whole,
                part: start..middle,
            },
            Self {
                whole: self.whole,
                part: middle..end,
            },
        )
    }
}

impl<'a, T> IntoSource for &'a VecDeque<T> {
    type Source = Deque<'a, T>;

    #[inline]
    fn into_source(self) -> Self::Source {
        Deque {
            whole: self,
            part: 0..self.len(),
        }
    }
}

/// A mutable `VecDeque`, or a part of it, as a source: its two slices one after the other.
#[derive(Debug)]
pub struct DequeMut<'a, T> {
    front: &'a mut [T],
    back: &'a mut [T],
}

impl<T> DequeMut<'_, T> {
    #[inline]
    pub(super) fn shared(&self) -> (&[T], &[T]) {
        (self.front, self.back)
    }
}

impl<'a, T> IntoIterator for DequeMut<'a, T> {
    type Item = &'a mut T;
    type IntoIter = iter::Chain<slice::IterMut<'a, T>, slice::IterMut<'a, T>>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.front.iter_mut().chain(self.back)
    }
}

impl<T: Send> Source for DequeMut<'_, T> {
    #[inline]
    fn len(&self) -> usize {
        self.front.len() + self.back.len()
    }

    fn split_at(self, index: usize) -> (Self, Self) {
        let in_front = index.min(self.front.len());
        let (front, rest) = self.front.split_at_mut(in_front);
        let (back, behind) = self.back.split_at_mut(index - in_front);
        (
            Self { front, back },
            Self {
                front: rest,
                back: behind,
            },
        )
    }
}

impl<'a, T> IntoSource for &'a mut VecDeque<T> {
    type Source = DequeMut<'a, T>;

    #[inline]
    fn into_source(self) -> Self::Source {
        let (front, back) = self.as_mut_slices();
        DequeMut { front, back }
    }
}
