//! The items of a piece: what stands before the user's adaptors in a leaf.

use crate::source::{Enumerate, Enumerated, Rev, Source, Zip};
use std::iter;

/// The items of a piece.
#[inline]
pub fn items<S: IntoIterator>(piece: S) -> S::IntoIter {
    piece.into_iter()
}

/// What `adapt` makes of a piece, numbered from the piece's first position on: the adaptors keep every item.
#[inline]
pub fn numbered<S: Source, I: Iterator>(piece: Enumerate<S>, adapt: impl FnOnce(S) -> I) -> Enumerated<I> {
    let (first, piece) = piece.apart();
    Enumerated::starting_at(first, adapt(piece))
}

/// What the adaptors make of both sides of a piece, in pairs: they keep every item.
#[inline]
pub fn zipped<A: Source, B: Source, I: Iterator, J: Iterator>(
    piece: Zip<A, B>,
    left: impl FnOnce(A) -> I,
    right: impl FnOnce(B) -> J,
) -> iter::Zip<I, J> {
    let (a, b) = piece.apart();
    left(a).zip(right(b))
}

/// What `adapt` makes of a piece of a reversed source, last to first.
#[inline]
pub fn reversed<S: Source, I: DoubleEndedIterator>(piece: Rev<S>, adapt: impl FnOnce(S) -> I) -> iter::Rev<I> {
    adapt(piece.apart()).rev()
}
