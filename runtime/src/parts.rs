//! Written slices that are cut together with the loop's source.
//!
//! A loop that writes `out[stride * i + c]` for its own `i` only touches, in the iterations of one piece, one stretch of
//! `out`. A [`Part`] is that stretch under the indices of the whole slice, so the loop's body stays as it is.

use std::ops::{Index, IndexMut, Range};

use crate::source::Source;

/// A stretch of a slice, indexed as the whole slice.
#[derive(Debug)]
pub struct Part<'a, T> {
    slice: &'a mut [T],
    /// The index of the first element in the whole slice.
    base: usize,
    /// The length of the whole slice.
    whole: usize,
    /// The lowest index that the first iteration touches.
    first: i128,
    /// How far the next iteration's elements are.
    stride: i128,
}

/// What a loop may write to in pieces: it is a slice.
#[diagnostic::on_unimplemented(
    message = "the elements of `{Self}` can't be shared out",
    label = "only slices, arrays and lists can be cut in pieces that are written to at the same time",
    note = "two places of a type of your own may be the same one: write to a slice of its elements, if it has one, or make its rows the loop's source",
    note = "if the writes may be made one after another, with values computed in parallel, name it in `replay(..)`"
)]
pub trait Elements {
    /// One of them.
    type Item;

    /// All of them.
    fn all(&mut self) -> &mut [Self::Item];
}

impl<T> Elements for [T] {
    type Item = T;

    #[inline]
    fn all(&mut self) -> &mut [T] {
        self
    }
}

/// The elements of what a method call leads to from a `&mut`: a list, an array, what derefers to a slice.
pub trait Lend<'a> {
    /// One of them.
    type Item;

    /// All of them.
    fn elements(self) -> &'a mut [Self::Item];
}

impl<'a, E: Elements + ?Sized> Lend<'a> for &'a mut E {
    type Item = E::Item;

    #[inline]
    fn elements(self) -> &'a mut [E::Item] {
        self.all()
    }
}

impl<T> Default for Part<'_, T> {
    fn default() -> Self {
        Part::piece(&mut [], 0, 0, 0, 1)
    }
}

impl<'a, T> Part<'a, T> {
    /// A piece of a slice, from the index `base` of the whole on.
    #[inline]
    pub(crate) fn piece(slice: &'a mut [T], base: usize, whole: usize, first: i128, stride: i128) -> Self {
        Part {
            slice,
            base,
            whole,
            first,
            stride,
        }
    }

    /// The elements, taken out.
    pub(crate) fn take(&mut self) -> &'a mut [T] {
        std::mem::take(&mut self.slice)
    }

    /// Exchanges two elements.
    #[inline]
    #[track_caller]
    pub fn swap(&mut self, a: usize, b: usize) {
        for index in [a, b] {
            if self.get(index).is_none() {
                self.out_of_bounds(index);
            }
        }
        self.slice.swap(a.wrapping_sub(self.base), b.wrapping_sub(self.base));
    }

    /// The whole of a slice of which iteration `k` touches the elements from `first + k * stride` on, fewer than
    /// `stride.abs()` of them.
    #[inline]
    pub fn new(slice: &'a mut [T], first: i128, stride: i128) -> Self {
        let whole = slice.len();
        Part {
            slice,
            base: 0,
            whole,
            first,
            stride,
        }
    }

    /// The length of the whole slice.
    #[inline]
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.whole
    }

    /// The stretches of the first `count` iterations and of the others.
    pub(crate) fn split_at(self, count: usize) -> (Self, Self) {
        let Part {
            slice,
            base,
            whole,
            first,
            stride,
        } = self;
        let next = first.saturating_add(stride.saturating_mul(count as i128));
        // where the elements of the iterations before end, going up or down
        let border = if stride > 0 { next } else { next - stride };
        let at = border.saturating_sub(base as i128).clamp(0, slice.len() as i128) as usize;
        let (low, high) = slice.split_at_mut(at);
        let low = Part {
            slice: low,
            base,
            whole,
            first,
            stride,
        };
        let high = Part {
            slice: high,
            base: base + at,
            whole,
            first,
            stride,
        };
        if stride > 0 {
            (low, Part { first: next, ..high })
        } else {
            (high, Part { first: next, ..low })
        }
    }

    /// The element at an index of the whole slice, if it belongs to this part.
    #[inline]
    pub fn get(&self, index: usize) -> Option<&T> {
        self.slice.get(index.wrapping_sub(self.base))
    }

    /// The same, to be changed.
    #[inline]
    pub fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        self.slice.get_mut(index.wrapping_sub(self.base))
    }

    /// The lowest element that an iteration of this part touches.
    #[inline]
    pub(crate) fn of_iteration(&self, iteration: usize) -> Option<&T> {
        let index = self.first.checked_add(self.stride.checked_mul(iteration as i128)?)?;
        self.get(usize::try_from(index).ok()?)
    }

    /// Is this the index of the element that the iteration before the first one touches?
    #[inline]
    pub(crate) fn is_before(&self, index: usize) -> bool {
        index as i128 == self.first.saturating_sub(self.stride)
    }

    #[inline]
    #[track_caller]
    pub(crate) fn out_of_bounds(&self, index: usize) -> ! {
        out_of_bounds(self.whole, index)
    }
}

/// Takes no part: one whose address is known elsewhere would live in memory, and a loop would read its fields again after
/// every write to its elements.
#[cold]
#[inline(never)]
#[track_caller]
fn out_of_bounds(whole: usize, index: usize) -> ! {
    panic!("index out of bounds: the len is {whole} but the index is {index}")
}

impl<T> Index<usize> for Part<'_, T> {
    type Output = T;

    #[inline]
    #[track_caller]
    fn index(&self, index: usize) -> &T {
        match self.slice.get(index.wrapping_sub(self.base)) {
            Some(element) => element,
            None => self.out_of_bounds(index),
        }
    }
}

impl<T> IndexMut<usize> for Part<'_, T> {
    #[inline]
    #[track_caller]
    fn index_mut(&mut self, index: usize) -> &mut T {
        if index.wrapping_sub(self.base) >= self.slice.len() {
            self.out_of_bounds(index);
        }
        &mut self.slice[index.wrapping_sub(self.base)]
    }
}

impl<T> Index<Range<usize>> for Part<'_, T> {
    type Output = [T];

    #[inline]
    #[track_caller]
    fn index(&self, range: Range<usize>) -> &[T] {
        if range.is_empty() && range.start == range.end {
            return &[];
        }
        match self
            .slice
            .get(range.start.wrapping_sub(self.base)..range.end.wrapping_sub(self.base))
        {
            Some(elements) => elements,
            None => self.out_of_bounds(range.end),
        }
    }
}

impl<T> IndexMut<Range<usize>> for Part<'_, T> {
    #[inline]
    #[track_caller]
    fn index_mut(&mut self, range: Range<usize>) -> &mut [T] {
        if range.start == range.end {
            return &mut [];
        }
        let inside = range.start.wrapping_sub(self.base)..range.end.wrapping_sub(self.base);
        if self.slice.get(inside.clone()).is_none() {
            self.out_of_bounds(range.end);
        }
        &mut self.slice[inside]
    }
}

/// An integer of any type, as a place among all indices.
pub trait Wide {
    /// The same number.
    fn wide(self) -> i128;

    /// Its lowest 64 bits: different numbers of up to 64 bits stay different.
    fn bits(self) -> u64;
}

macro_rules! wide {
    ($($t:ty)*) => {$(
        impl Wide for $t {
            #[inline]
            #[allow(clippy::unnecessary_cast, clippy::cast_lossless)]
            fn wide(self) -> i128 {
                self as i128
            }

            #[inline]
            #[allow(clippy::unnecessary_cast, clippy::cast_lossless)]
            fn bits(self) -> u64 {
                self as u64
            }
        }
    )*};
}

wide!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);

impl<T: Wide + Copy> Wide for &T {
    #[inline]
    fn wide(self) -> i128 {
        (*self).wide()
    }

    #[inline]
    fn bits(self) -> u64 {
        (*self).bits()
    }
}

/// An integer of any type, as a place among all indices.
#[inline]
pub fn wide(index: impl Wide) -> i128 {
    index.wide()
}

/// What is cut together with the source.
pub trait Share: Send + Sized {
    /// What belongs to the first `count` iterations and to the others.
    fn split_at(self, count: usize) -> (Self, Self);

    /// Told how often the loop runs: false if it can't be cut.
    #[inline]
    fn settle(&mut self, _count: usize) -> bool {
        true
    }
}

impl<T: Send> Share for Part<'_, T> {
    #[inline]
    fn split_at(self, count: usize) -> (Self, Self) {
        Part::split_at(self, count)
    }
}

/// Several parts, cut together.
pub trait Parts: Send + Sized {
    /// Told how often the loop runs: false if they can't be cut.
    fn settle(&mut self, count: usize) -> bool;

    /// The parts of the first `count` iterations and of the others.
    fn split_at(self, count: usize) -> (Self, Self);
}

macro_rules! parts {
    ($($t:ident $low:ident $high:ident),*) => {
        impl<$($t: Share),*> Parts for ($($t,)*) {
            #[inline]
            #[allow(non_snake_case)]
            fn settle(&mut self, count: usize) -> bool {
                let ($($t,)*) = self;
                $($t.settle(count))&&*
            }

            #[inline]
            #[allow(non_snake_case)]
            fn split_at(self, count: usize) -> (Self, Self) {
                let ($($t,)*) = self;
                $(let ($low, $high) = $t.split_at(count);)*
                (($($low,)*), ($($high,)*))
            }
        }
    };
}

parts!(A la ha);
parts!(A la ha, B lb hb);
parts!(A la ha, B lb hb, C lc hc);
parts!(A la ha, B lb hb, C lc hc, D ld hd);
parts!(A la ha, B lb hb, C lc hc, D ld hd, E le he);
parts!(A la ha, B lb hb, C lc hc, D ld hd, E le he, F lf hf);
parts!(A la ha, B lb hb, C lc hc, D ld hd, E le he, F lf hf, G lg hg);
parts!(A la ha, B lb hb, C lc hc, D ld hd, E le he, F lf hf, G lg hg, H lh hh);

/// A source and the slices that its iterations write to.
#[derive(Debug)]
pub struct WithParts<S, P> {
    source: S,
    parts: P,
    /// It can't be cut.
    is_whole: bool,
}

/// A source and the slices that its iterations write to, cut together.
#[inline]
pub fn with_parts<S: Source, P: Parts>(source: S, mut parts: P) -> WithParts<S, P> {
    let is_whole = !parts.settle(source.len());
    WithParts {
        source,
        parts,
        is_whole,
    }
}

impl<S, P> WithParts<S, P> {
    /// The same for those who only look.
    #[inline]
    pub(crate) fn shared(&self) -> (&S, &P) {
        (&self.source, &self.parts)
    }

    /// The piece of the source, and the parts.
    #[inline]
    pub fn apart(self) -> (S, P) {
        (self.source, self.parts)
    }
}

impl<S: Source, P> IntoIterator for WithParts<S, P> {
    type Item = S::Item;
    type IntoIter = S::IntoIter;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.source.into_iter()
    }
}

#[diagnostic::do_not_recommend]
impl<S: Source, P: Parts> Source for WithParts<S, P> {
    const IS_STREAM: bool = S::IS_STREAM;

    /// What can't be cut counts as one item: nobody cuts that.
    #[inline]
    fn len(&self) -> usize {
        let len = self.source.len();
        if self.is_whole { len.min(1) } else { len }
    }

    #[inline]
    fn split_at(self, index: usize) -> (Self, Self) {
        let (left, right) = self.source.split_at(index);
        let (low, high) = self.parts.split_at(index);
        (
            WithParts {
                source: left,
                parts: low,
                is_whole: self.is_whole,
            },
            WithParts {
                source: right,
                parts: high,
                is_whole: self.is_whole,
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::source;

    /// Every iteration finds its elements in its own part, wherever the loop is cut.
    fn check(n: usize, length: usize, first: i128, stride: i128, touched: impl Fn(usize) -> Vec<usize>) {
        for cut in 0..=n {
            let mut data: Vec<usize> = vec![usize::MAX; length];
            let whole = with_parts(source(0..n), (Part::new(&mut data, first, stride),));
            let (left, right) = whole.split_at(cut);
            for piece in [right, left] {
                let (piece, (mut part,)) = piece.apart();
                assert_eq!(part.len(), length);
                for i in piece {
                    for at in touched(i) {
                        part[at] = i;
                    }
                }
            }
            for i in 0..n {
                assert!(
                    touched(i).iter().all(|&at| data[at] == i),
                    "{n} {first} {stride} cut at {cut}"
                );
            }
        }
    }

    #[test]
    fn parts_follow_the_iterations() {
        for n in 0..6 {
            check(n, n, 0, 1, |i| vec![i]);
            check(n, n + 3, 2, 1, |i| vec![i + 2]);
            check(n, 2 * n, 0, 2, |i| vec![2 * i, 2 * i + 1]);
            check(n, 3 * n + 1, 1, 3, |i| vec![3 * i + 1, 3 * i + 3]);
            check(n, n, n as i128 - 1, -1, |i| vec![n - 1 - i]);
            check(n, 2 * n, 2 * n as i128 - 2, -2, |i| {
                vec![2 * (n - 1 - i), 2 * (n - 1 - i) + 1]
            });
        }
    }

    #[test]
    #[should_panic(expected = "the len is 3 but the index is 3")]
    fn an_index_behind_the_slice_panics_as_before() {
        let mut data = [0; 3];
        let (_, (mut part,)) = with_parts(source(0..4), (Part::new(&mut data, 0, 1),)).apart();
        part[3] = 1;
    }
}
