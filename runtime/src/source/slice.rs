//! Slices and what lends one: arrays, `Vec`, boxed slices, and the iterators over them.

use super::{IntoSource, Source};
use std::slice;

/// A shared slice as a source.
#[derive(Debug)]
pub struct Slice<'a, T>(&'a [T]);

impl<T> Clone for Slice<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Slice<'_, T> {}

impl<'a, T> IntoIterator for Slice<'a, T> {
    type Item = &'a T;
    type IntoIter = slice::Iter<'a, T>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<T: Sync> Source for Slice<'_, T> {
    #[inline]
    fn len(&self) -> usize {
        self.0.len()
    }

    #[inline]
    fn split_at(self, index: usize) -> (Self, Self) {
        let (left, right) = self.0.split_at(index);
        (Self(left), Self(right))
    }
}

/// A mutable slice as a source.
#[derive(Debug)]
pub struct SliceMut<'a, T>(&'a mut [T]);

impl<T> SliceMut<'_, T> {
    #[inline]
    pub(super) fn shared(&self) -> &[T] {
        self.0
    }
}

impl<'a, T> IntoIterator for SliceMut<'a, T> {
    type Item = &'a mut T;
    type IntoIter = slice::IterMut<'a, T>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter_mut()
    }
}

impl<T: Send> Source for SliceMut<'_, T> {
    #[inline]
    fn len(&self) -> usize {
        self.0.len()
    }

    #[inline]
    fn split_at(self, index: usize) -> (Self, Self) {
        let (left, right) = self.0.split_at_mut(index);
        (Self(left), Self(right))
    }
}

macro_rules! shared {
    ($([$($generics:tt)*] $t:ty: |$it:ident| $slice:expr;)*) => {$(
        impl<'a, T, $($generics)*> IntoSource for $t {
            type Source = Slice<'a, T>;

            #[inline]
            fn into_source(self) -> Self::Source {
                let $it = self;
                Slice($slice)
            }
        }
    )*};
}

shared! {
    [] &'a [T]: |it| it;
    [const N: usize] &'a [T; N]: |it| it;
    [] &'a Vec<T>: |it| it;
    [] &'a Box<[T]>: |it| it;
    [] slice::Iter<'a, T>: |it| it.as_slice();
}

macro_rules! mutable {
    ($([$($generics:tt)*] $t:ty: |$it:ident| $slice:expr;)*) => {$(
        impl<'a, T, $($generics)*> IntoSource for $t {
            type Source = SliceMut<'a, T>;

            #[inline]
            fn into_source(self) -> Self::Source {
                let $it = self;
                SliceMut($slice)
            }
        }
    )*};
}

mutable! {
    [] &'a mut [T]: |it| it;
    [const N: usize] &'a mut [T; N]: |it| it;
    [] &'a mut Vec<T>: |it| it;
    [] &'a mut Box<[T]>: |it| it;
    [] slice::IterMut<'a, T>: |it| it.into_slice();
}
