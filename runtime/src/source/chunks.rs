//! Chunks of mutable slices, which can be cut between any two chunks.
//!
//! The standard iterators can't be cloned, so generated code calls `xs.chunks_mut(usize::MAX)`, which keeps the
//! receiver and its auto-dereferencing as the user wrote it, and hands over the one chunk with the size asked for.

use super::Source;
use std::slice;

macro_rules! sources {
    ($($(#[$doc:meta])* $name:ident, $method:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name<'a, T> {
            whole: &'a mut [T],
            size: usize,
        }

        impl<T> $name<'_, T> {
            #[inline]
            pub(super) fn shared(&self) -> (&[T], usize) {
                (self.whole, self.size)
            }
        }

        impl<'a, T> IntoIterator for $name<'a, T> {
            type Item = &'a mut [T];
            type IntoIter = slice::$name<'a, T>;

            #[inline]
            fn into_iter(self) -> Self::IntoIter {
                self.whole.$method(self.size)
            }
        }
    )*};
}

sources! {
    /// Mutable chunks, the last one may be shorter.
    ChunksMut, chunks_mut;
    /// Mutable chunks of exactly one size.
    ChunksExactMut, chunks_exact_mut;
    /// Mutable chunks from the end on, the last one (at the front of the slice) may be shorter.
    RChunksMut, rchunks_mut;
}

impl<T: Send> Source for ChunksMut<'_, T> {
    #[inline]
    fn len(&self) -> usize {
        self.whole.len().div_ceil(self.size)
    }

    fn split_at(self, index: usize) -> (Self, Self) {
        let middle = index.saturating_mul(self.size).min(self.whole.len());
        let (left, right) = self.whole.split_at_mut(middle);
        (
            Self {
                whole: left,
                size: self.size,
            },
            Self {
                whole: right,
                size: self.size,
            },
        )
    }
}

impl<T: Send> Source for ChunksExactMut<'_, T> {
    #[inline]
    fn len(&self) -> usize {
        self.whole.len() / self.size
    }

    fn split_at(self, index: usize) -> (Self, Self) {
        let (left, right) = self.whole.split_at_mut(index * self.size);
        (
            Self {
                whole: left,
                size: self.size,
            },
            Self {
                whole: right,
                size: self.size,
            },
        )
    }
}

impl<T: Send> Source for RChunksMut<'_, T> {
    #[inline]
    fn len(&self) -> usize {
        self.whole.len().div_ceil(self.size)
    }

    fn split_at(self, index: usize) -> (Self, Self) {
        let middle = self.whole.len().saturating_sub(index.saturating_mul(self.size));
        let (right, left) = self.whole.split_at_mut(middle);
        (
            Self {
                whole: left,
                size: self.size,
            },
            Self {
                whole: right,
                size: self.size,
            },
        )
    }
}

fn checked(size: usize) -> usize {
    assert!(size != 0, "chunk size must be non-zero");
    size
}

/// The source of `xs.chunks_mut(size)`, from the iterator over one chunk that holds everything.
///
/// # Panics
/// If `size` is 0.
pub fn chunks_mut<T>(mut whole: slice::ChunksMut<'_, T>, size: usize) -> ChunksMut<'_, T> {
    ChunksMut {
        whole: whole.next().unwrap_or_default(),
        size: checked(size),
    }
}

/// The source of `xs.chunks_exact_mut(size)`, from the iterator whose remainder holds everything.
///
/// # Panics
/// If `size` is 0.
pub fn chunks_exact_mut<T>(whole: slice::ChunksExactMut<'_, T>, size: usize) -> ChunksExactMut<'_, T> {
    let size = checked(size);
    let whole = whole.into_remainder();
    let full = whole.len() / size * size;
    ChunksExactMut {
        whole: &mut whole[..full],
        size,
    }
}

/// The source of `xs.rchunks_mut(size)`, from the iterator over one chunk that holds everything.
///
/// # Panics
/// If `size` is 0.
pub fn rchunks_mut<T>(mut whole: slice::RChunksMut<'_, T>, size: usize) -> RChunksMut<'_, T> {
    RChunksMut {
        whole: whole.next().unwrap_or_default(),
        size: checked(size),
    }
}
