//! Sources: the sequences that loops run over, which can be cut in two at any place.
//!
//! A piece of a source is iterated by the user's own loop, so its iterator is the standard library's wherever possible.
//! Building or cutting a source does no parallel work.

mod adaptors;
mod again;
mod chunks;
mod cut;
mod deque;
mod few;
mod owned;
mod parallel;
mod range;
mod read_only;
mod slice;
mod stream;
mod strings;
#[cfg(test)]
mod tests;
mod text;

pub use adaptors::{Chain, Cloned, Copied, Enumerate, Enumerated, Rev, StepBy, Zip};
pub use again::{Again, Reversed};
pub use chunks::{
    Chunks, ChunksExact, ChunksExactMut, ChunksMut, RChunksMut, Size, Windows, chunks, chunks_exact, chunks_exact_mut,
    chunks_mut, rchunks_mut, windows,
};
pub use cut::{Cut, CutBySkipping};
pub use deque::{Deque, DequeMut};
pub use few::{Cycle, Repeated};
pub use owned::Owned;
pub use parallel::{AsItIs, Kind, Kinds, Listed, Rayons, Unknown, listed};
pub use range::{Span, SpanFrom, SpanInclusive};
pub use read_only::{Anything, ChangedInOrder, Items, Lent, LentFirst, Others, read_only};
pub use slice::{Slice, SliceMut};
pub use stream::{Stream, stream};
pub use text::{CharIndicesFrom, Chars, IndexedChars};

/// A sequence that can be cut in two at any place.
///
/// Law: for every `i <= len`, the items of `split_at(i).0` followed by those of `split_at(i).1` are the items of the
/// whole, and `split_at(i).0.len() == i`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be cut into pieces",
    label = "this can't be cut in two without running through it",
    note = "ranges, slices, arrays, `Vec`, `VecDeque`, maps and sets, their `iter()` and `chunks()`, and `enumerate`, `zip`, `rev`, `skip`, `take`, `chain`, `step_by`, `copied` and `cloned` of them can be cut",
    note = "collect it into a `Vec` first, `let items: Vec<_> = items.collect();`, or read it in batches: `divvy::stream(items)`"
)]
pub trait Source: IntoIterator + Sized + Send {
    /// Its items are read one after the other, and a cut reads those on its left; the length is only a bound.
    const IS_STREAM: bool = false;

    /// The number of items; `usize::MAX` if there are more.
    fn len(&self) -> usize;

    /// The first `index` items and the others.
    ///
    /// # Panics
    /// May panic if `index > len`.
    fn split_at(self, index: usize) -> (Self, Self);

    /// Is nothing left?
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Items with their positions, as [`Iterator::enumerate`].
    fn enumerate(self) -> Enumerate<Self> {
        Enumerate::new(self)
    }

    /// Pairs with the items of another source, as long as both last, as [`Iterator::zip`].
    fn zip<I: IntoSource<Source: Source>>(self, other: I) -> Zip<Self, I::Source> {
        Zip::new(self, other.into_source())
    }

    /// Last to first, as [`Iterator::rev`].
    fn rev(self) -> Rev<Self>
    where
        Self::IntoIter: DoubleEndedIterator,
    {
        Rev::new(self)
    }

    /// Without the first `n` items, as [`Iterator::skip`].
    #[must_use]
    fn skip(self, n: usize) -> Self {
        let n = n.min(self.len());
        self.split_at(n).1
    }

    /// At most the first `n` items, as [`Iterator::take`].
    #[must_use]
    fn take(self, n: usize) -> Self {
        if n >= self.len() { self } else { self.split_at(n).0 }
    }

    /// Every `step`-th item, from the first on, as [`Iterator::step_by`].
    ///
    /// # Panics
    /// If `step` is 0.
    fn step_by(self, step: usize) -> StepBy<Self> {
        StepBy::new(self, step)
    }

    /// This source, then the other, as [`Iterator::chain`].
    fn chain<I>(self, other: I) -> Chain<Self, I::Source>
    where
        I: IntoSource,
        I::Source: Source + IntoIterator<Item = Self::Item>,
    {
        Chain::new(self, other.into_source())
    }

    /// Its items again and again, as [`Iterator::cycle`].
    fn cycle(self) -> Cycle<Self> {
        Cycle::new(self)
    }

    /// Copies of the items behind references, as [`Iterator::copied`].
    fn copied<'a, T: Copy + 'a>(self) -> Copied<Self>
    where
        Self: IntoIterator<Item = &'a T>,
    {
        Copied::new(self)
    }

    /// Clones of the items behind references, as [`Iterator::cloned`].
    fn cloned<'a, T: Clone + 'a>(self) -> Cloned<Self>
    where
        Self: IntoIterator<Item = &'a T>,
    {
        Cloned::new(self)
    }
}

/// What a loop may run over in parallel: turns into a [`Source`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be cut into pieces",
    label = "this can't be cut in two without running through it",
    note = "ranges, slices, arrays, `Vec`, `VecDeque`, maps and sets, their `iter()` and `chunks()`, and `enumerate`, `zip`, `rev`, `skip`, `take`, `chain`, `step_by`, `copied` and `cloned` of them can be cut",
    note = "collect it into a `Vec` first, `let items: Vec<_> = items.collect();`, or read it in batches: `divvy::stream(items)`"
)]
pub trait IntoSource {
    /// The source. That its items may go to other threads is asked where it is used: an error then names what can't.
    type Source;

    /// Turns into a source. Runs nothing in parallel.
    fn into_source(self) -> Self::Source;
}

impl<S: Source> IntoSource for S {
    type Source = S;

    #[inline]
    fn into_source(self) -> S {
        self
    }
}

/// The source of what stands behind `in` of a loop.
#[inline]
pub fn source<I: IntoSource<Source: Source>>(it: I) -> I::Source {
    it.into_source()
}
