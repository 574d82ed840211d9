//! Sources that can be looked at before a loop runs over them.

use super::range::Step;
use super::{
    Chain, Chars, Chunks, ChunksExact, ChunksExactMut, ChunksMut, Cloned, Copied, Cut, CutBySkipping, Deque, DequeMut,
    Enumerate, Enumerated, IndexedChars, Owned, RChunksMut, Repeated, Rev, Size, Slice, SliceMut, Source, Span,
    SpanFrom, SpanInclusive, StepBy, Windows, Zip,
};
use crate::parts::{Parts, WithParts};
use std::iter;
use std::ops::{Range, RangeFrom, RangeInclusive};
use std::slice;

/// A source whose items can be seen now and iterated by the loop later.
///
/// Law: [`again`](Again::again) shows the items of the source, with `&T` for `&mut T` and clones for owned items.
///
/// A source of your own that is `Clone` shows a clone of itself: `type Seen<'s> = Self where Self: 's`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be looked at before the loop runs over it",
    label = "the loop is run over twice: once for what it carries along, once for the rest",
    note = "ranges, slices, arrays, `Vec`, `VecDeque`, maps and sets, their `iter()`, `iter_mut()` and `chunks()`, and `enumerate`, `zip`, `rev`, `skip`, `take`, `chain`, `step_by`, `copied` and `cloned` of them can be run over twice",
    note = "items by value would have to be cloned: iterate by reference, or derive `Clone` for them"
)]
pub trait Again: Source {
    /// What is seen.
    type Seen<'s>: IntoIterator
    where
        Self: 's;

    /// The items, as those see them who only look.
    fn again(&self) -> Self::Seen<'_>;

    /// The last item; takes constant time where the source can.
    #[inline]
    fn latest(&self) -> Option<<Self::Seen<'_> as IntoIterator>::Item> {
        self.again().into_iter().last()
    }
}

/// The last item of an iterator of known length whose `nth` takes constant time.
#[inline]
fn nth_last<I: Iterator>(mut items: I, len: usize) -> Option<I::Item> {
    items.nth(len.checked_sub(1)?)
}

/// Sources that show clones of themselves.
macro_rules! cloned {
    ($([$($generics:tt)*] $t:ty where [$($bounds:tt)*];)*) => {$(
        impl<$($generics)*> Again for $t where $($bounds)* {
            type Seen<'s> = Self where Self: 's;

            #[inline]
            fn again(&self) -> Self {
                self.clone()
            }

            #[inline]
            fn latest(&self) -> Option<Self::Item> {
                nth_last(self.clone().into_iter(), self.len())
            }
        }
    )*};
}

cloned! {
    ['a, T: Sync] Slice<'a, T> where [];
    ['a, T: Sync] Deque<'a, T> where [];
    [I: CutBySkipping + Send] Cut<I> where [];
    ['a, T: Sync, Z: Size] Chunks<'a, T, Z> where [];
    ['a, T: Sync, Z: Size] ChunksExact<'a, T, Z> where [];
    ['a, T: Sync, Z: Size] Windows<'a, T, Z> where [];
    [T: Clone + Send] Repeated<T> where [];
    [T: Step] Span<T> where [Range<T>: Iterator<Item = T>];
    [T: Step] SpanInclusive<T> where [RangeInclusive<T>: Iterator<Item = T>];
    [T: Step] SpanFrom<T> where [RangeFrom<T>: Iterator<Item = T>];
}

/// Texts: the last character is found from the end.
macro_rules! texts {
    ($($t:ty)*) => {$(
        impl Again for $t {
            type Seen<'s> = Self where Self: 's;

            #[inline]
            fn again(&self) -> Self {
                self.clone()
            }

            #[inline]
            fn latest(&self) -> Option<Self::Item> {
                self.clone().into_iter().next_back()
            }
        }
    )*};
}

texts! { Chars<'_> IndexedChars<'_> }

impl<T: Send> Again for SliceMut<'_, T> {
    type Seen<'s>
        = slice::Iter<'s, T>
    where
        Self: 's;

    #[inline]
    fn again(&self) -> slice::Iter<'_, T> {
        self.shared().iter()
    }

    #[inline]
    fn latest(&self) -> Option<&T> {
        self.shared().last()
    }
}

impl<T: Send> Again for DequeMut<'_, T> {
    type Seen<'s>
        = iter::Chain<slice::Iter<'s, T>, slice::Iter<'s, T>>
    where
        Self: 's;

    #[inline]
    fn again(&self) -> Self::Seen<'_> {
        let (front, back) = self.shared();
        front.iter().chain(back)
    }

    #[inline]
    fn latest(&self) -> Option<&T> {
        let (front, back) = self.shared();
        back.last().or(front.last())
    }
}

macro_rules! chunks {
    ($($name:ident: $chunks:ident, $method:ident;)*) => {$(
        impl<T: Send, Z: Size> Again for $name<'_, T, Z> {
            type Seen<'s> = slice::$chunks<'s, T> where Self: 's;

            #[inline]
            fn again(&self) -> Self::Seen<'_> {
                let (whole, size) = self.shared();
                whole.$method(size)
            }

            #[inline]
            fn latest(&self) -> Option<&[T]> {
                nth_last(self.again(), self.len())
            }
        }
    )*};
}

chunks! {
    ChunksMut: Chunks, chunks;
    ChunksExactMut: ChunksExact, chunks_exact;
    RChunksMut: RChunks, rchunks;
}

impl<T: Send + Clone> Again for Owned<T> {
    type Seen<'s>
        = iter::Cloned<slice::Iter<'s, T>>
    where
        Self: 's;

    #[inline]
    fn again(&self) -> Self::Seen<'_> {
        self.shared().iter().cloned()
    }

    #[inline]
    fn latest(&self) -> Option<T> {
        self.shared().last().cloned()
    }
}

impl<S: Reversed<IntoIter: DoubleEndedIterator>> Again for Rev<S> {
    type Seen<'s>
        = S::Back<'s>
    where
        Self: 's;

    #[inline]
    fn again(&self) -> Self::Seen<'_> {
        self.shared().back()
    }

    #[inline]
    fn latest(&self) -> Option<<Self::Seen<'_> as IntoIterator>::Item> {
        self.again().into_iter().nth(self.len().checked_sub(1)?)
    }
}

impl<'a, T: Copy + 'a, S: Source + IntoIterator<Item = &'a T> + Clone> Again for Copied<S> {
    type Seen<'s>
        = Self
    where
        Self: 's;

    #[inline]
    fn again(&self) -> Self {
        self.clone()
    }

    #[inline]
    fn latest(&self) -> Option<T> {
        nth_last(self.shared().clone().into_iter(), self.len()).copied()
    }
}

impl<'a, T: Clone + 'a, S: Source + IntoIterator<Item = &'a T> + Clone> Again for Cloned<S> {
    type Seen<'s>
        = Self
    where
        Self: 's;

    #[inline]
    fn again(&self) -> Self {
        self.clone()
    }

    #[inline]
    fn latest(&self) -> Option<T> {
        nth_last(self.shared().clone().into_iter(), self.len()).cloned()
    }
}

impl<S: Again> Again for Enumerate<S> {
    type Seen<'s>
        = Enumerated<<S::Seen<'s> as IntoIterator>::IntoIter>
    where
        Self: 's;

    #[inline]
    fn again(&self) -> Self::Seen<'_> {
        let (first, inner) = self.shared();
        Enumerated::starting_at(first, inner.again().into_iter())
    }

    #[inline]
    fn latest(&self) -> Option<<Self::Seen<'_> as IntoIterator>::Item> {
        let (first, inner) = self.shared();
        Some((first + inner.len().checked_sub(1)?, inner.latest()?))
    }
}

impl<A: Again, B: Again> Again for Zip<A, B> {
    type Seen<'s>
        = iter::Zip<<A::Seen<'s> as IntoIterator>::IntoIter, <B::Seen<'s> as IntoIterator>::IntoIter>
    where
        Self: 's;

    #[inline]
    fn again(&self) -> Self::Seen<'_> {
        let (left, right) = self.shared();
        left.again().into_iter().zip(right.again())
    }

    #[inline]
    fn latest(&self) -> Option<<Self::Seen<'_> as IntoIterator>::Item> {
        let (left, right) = self.shared();
        Some((left.latest()?, right.latest()?))
    }
}

impl<A, B> Again for Chain<A, B>
where
    A: Source + Clone,
    B: Source + IntoIterator<Item = A::Item> + Clone,
{
    type Seen<'s>
        = Self
    where
        Self: 's;

    #[inline]
    fn again(&self) -> Self {
        self.clone()
    }

    #[inline]
    fn latest(&self) -> Option<A::Item> {
        self.clone().skip(self.len().checked_sub(1)?).into_iter().next()
    }
}

impl<S: Again> Again for StepBy<S> {
    type Seen<'s>
        = iter::StepBy<<S::Seen<'s> as IntoIterator>::IntoIter>
    where
        Self: 's;

    #[inline]
    fn again(&self) -> Self::Seen<'_> {
        let (inner, step) = self.shared();
        inner.again().into_iter().step_by(step)
    }

    #[inline]
    fn latest(&self) -> Option<<Self::Seen<'_> as IntoIterator>::Item> {
        let (inner, step) = self.shared();
        inner.again().into_iter().nth((self.len().checked_sub(1)?) * step)
    }
}

/// A source whose items can also be seen from last to first.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be looked at from its end before the loop runs over it",
    label = "the loop is run over twice: once for what it carries along, once for the rest"
)]
pub trait Reversed: Source {
    /// What is seen.
    type Back<'s>: IntoIterator
    where
        Self: 's;

    /// The items from last to first.
    fn back(&self) -> Self::Back<'_>;
}

/// Sources that show clones of themselves.
macro_rules! reversed_clones {
    ($([$($generics:tt)*] $t:ty where [$($bounds:tt)*];)*) => {$(
        impl<$($generics)*> Reversed for $t where $($bounds)* {
            type Back<'s> = Rev<Self> where Self: 's;

            #[inline]
            fn back(&self) -> Rev<Self> {
                self.clone().rev()
            }
        }
    )*};
}

reversed_clones! {
    ['a, T: Sync] Slice<'a, T> where [];
    ['a, T: Sync] Deque<'a, T> where [];
    [I: CutBySkipping + Send] Cut<I> where [];
    ['a, T: Sync, Z: Size] Chunks<'a, T, Z> where [];
    ['a, T: Sync, Z: Size] ChunksExact<'a, T, Z> where [];
    ['a, T: Sync, Z: Size] Windows<'a, T, Z> where [];
    [T: Clone + Send] Repeated<T> where [];
    [T: Step] Span<T> where [Range<T>: DoubleEndedIterator<Item = T>];
    [T: Step] SpanInclusive<T> where [RangeInclusive<T>: DoubleEndedIterator<Item = T>];
    ['a] Chars<'a> where [];
    ['a] IndexedChars<'a> where [];
    ['a, T: Copy + 'a, S] Copied<S>
        where [S: Source<IntoIter: DoubleEndedIterator> + IntoIterator<Item = &'a T> + Clone];
    ['a, T: Clone + 'a, S] Cloned<S>
        where [S: Source<IntoIter: DoubleEndedIterator> + IntoIterator<Item = &'a T> + Clone];
    [A, B] Chain<A, B> where [
        A: Source<IntoIter: DoubleEndedIterator> + Clone,
        B: Source<IntoIter: DoubleEndedIterator> + IntoIterator<Item = A::Item> + Clone
    ];
}

/// Sources whose iterators over shared items have two ends.
macro_rules! reversed_iterators {
    ($([$($generics:tt)*] $t:ty: $seen:ty;)*) => {$(
        impl<$($generics)*> Reversed for $t {
            type Back<'s> = iter::Rev<$seen> where Self: 's;

            #[inline]
            fn back(&self) -> Self::Back<'_> {
                self.again().into_iter().rev()
            }
        }
    )*};
}

reversed_iterators! {
    ['a, T: Send] SliceMut<'a, T>: slice::Iter<'s, T>;
    ['a, T: Send] DequeMut<'a, T>: iter::Chain<slice::Iter<'s, T>, slice::Iter<'s, T>>;
    ['a, T: Send, Z: Size] ChunksMut<'a, T, Z>: slice::Chunks<'s, T>;
    ['a, T: Send, Z: Size] ChunksExactMut<'a, T, Z>: slice::ChunksExact<'s, T>;
    ['a, T: Send, Z: Size] RChunksMut<'a, T, Z>: slice::RChunks<'s, T>;
    [T: Send + Clone] Owned<T>: iter::Cloned<slice::Iter<'s, T>>;
}

impl<S: Again + Reversed<IntoIter: DoubleEndedIterator>> Reversed for Rev<S> {
    type Back<'s>
        = S::Seen<'s>
    where
        Self: 's;

    #[inline]
    fn back(&self) -> Self::Back<'_> {
        self.shared().again()
    }
}

impl<S: Reversed> Reversed for Enumerate<S> {
    type Back<'s>
        = iter::Zip<iter::Rev<Range<usize>>, <S::Back<'s> as IntoIterator>::IntoIter>
    where
        Self: 's;

    #[inline]
    fn back(&self) -> Self::Back<'_> {
        let (first, inner) = self.shared();
        (first..first.saturating_add(inner.len())).rev().zip(inner.back())
    }
}

impl<A: Reversed, B: Reversed> Reversed for Zip<A, B> {
    type Back<'s>
        = iter::Zip<<A::Back<'s> as IntoIterator>::IntoIter, <B::Back<'s> as IntoIterator>::IntoIter>
    where
        Self: 's;

    #[inline]
    fn back(&self) -> Self::Back<'_> {
        // Both sides have the same length.
        let (left, right) = self.shared();
        left.back().into_iter().zip(right.back())
    }
}

impl<S: Again, P: Parts> Again for WithParts<S, P> {
    type Seen<'s>
        = S::Seen<'s>
    where
        Self: 's;

    #[inline]
    fn again(&self) -> Self::Seen<'_> {
        self.shared().0.again()
    }

    #[inline]
    fn latest(&self) -> Option<<Self::Seen<'_> as IntoIterator>::Item> {
        self.shared().0.latest()
    }
}
