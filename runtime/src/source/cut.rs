//! Standard iterators that skip in constant time: a piece is a clone without the items before and behind it.

use super::{IntoSource, Source};
use std::collections::vec_deque;
use std::iter::{self, Rev};
use std::ops::Range;
use std::slice;
use std::str;

/// A double-ended iterator of known length whose `nth` and `nth_back` take constant time.
pub trait CutBySkipping: Clone + DoubleEndedIterator + ExactSizeIterator {}

/// A standard iterator as a source; every piece is such an iterator again.
#[derive(Debug, Clone)]
pub struct Cut<I>(I);

impl<I: CutBySkipping> IntoIterator for Cut<I> {
    type Item = I::Item;
    type IntoIter = I;

    #[inline]
    fn into_iter(self) -> I {
        self.0
    }
}

impl<I: CutBySkipping + Send> Source for Cut<I> {
    #[inline]
    fn len(&self) -> usize {
        self.0.len()
    }

    fn split_at(self, index: usize) -> (Self, Self) {
        let (mut left, mut right) = (self.0.clone(), self.0);
        if let Some(behind) = right.len().checked_sub(index + 1) {
            left.nth_back(behind);
        }
        if let Some(before) = index.checked_sub(1) {
            right.nth(before);
        }
        (Self(left), Self(right))
    }
}

macro_rules! cut {
    ($([$($generics:tt)*] $t:ty;)*) => {$(
        impl<$($generics)*> CutBySkipping for $t {}

        impl<$($generics)*> IntoSource for $t {
            type Source = Cut<$t>;

            #[inline]
            fn into_source(self) -> Self::Source {
                Cut(self)
            }
        }

        impl<$($generics)*> CutBySkipping for Rev<$t> {}

        impl<$($generics)*> IntoSource for Rev<$t> {
            type Source = Cut<Rev<$t>>;

            #[inline]
            fn into_source(self) -> Self::Source {
                Cut(self)
            }
        }
    )*};
}

cut! {
    ['a, T] slice::Windows<'a, T>;
    ['a, T] slice::Chunks<'a, T>;
    ['a, T] slice::ChunksExact<'a, T>;
    ['a, T] slice::RChunks<'a, T>;
    ['a, T] slice::RChunksExact<'a, T>;
    ['a, T] vec_deque::Iter<'a, T>;
    ['a] str::Bytes<'a>;
}

impl<T> CutBySkipping for slice::Iter<'_, T> {}

/// Iterators that something was taken from before the loop: what is left is cut as they are.
macro_rules! adapted {
    ($([$($generics:tt)*] $t:ty;)*) => {$(
        impl<$($generics)*> CutBySkipping for $t {}

        impl<$($generics)*> IntoSource for $t {
            type Source = Cut<$t>;

            #[inline]
            fn into_source(self) -> Self::Source {
                Cut(self)
            }
        }
    )*};
}

adapted! {
    ['a, T: Copy + 'a, I: CutBySkipping<Item = &'a T>] iter::Copied<I>;
    [I: CutBySkipping] iter::Enumerate<I>;
    [I: CutBySkipping] iter::Skip<I>;
    [I: CutBySkipping] iter::StepBy<I>;
    [I: CutBySkipping] iter::Take<I>;
}

macro_rules! reversed {
    ($([$($generics:tt)*] $t:ty;)*) => {$(
        impl<$($generics)*> CutBySkipping for Rev<$t> {}

        impl<$($generics)*> IntoSource for Rev<$t> {
            type Source = Cut<Rev<$t>>;

            #[inline]
            fn into_source(self) -> Self::Source {
                Cut(self)
            }
        }
    )*};
}

reversed! {
    ['a, T] slice::Iter<'a, T>;
    [] Range<u8>;
    [] Range<u16>;
    [] Range<u32>;
    [] Range<usize>;
    [] Range<i8>;
    [] Range<i16>;
    [] Range<i32>;
    [] Range<isize>;
}
