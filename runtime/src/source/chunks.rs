//! Chunks of slices, which can be cut between any two chunks.
//!
//! The standard iterators over mutable chunks can't be cloned, so generated code calls `xs.chunks_mut(usize::MAX)`, which
//! keeps the receiver and its auto-dereferencing as the user wrote it, and hands over the one chunk with the size asked for.
//! Those over shared chunks can be, but a size that the text tells is a constant to the compiler only if it is one here,
//! too: see [`Size`].

use super::Source;
use std::slice;

/// How large chunks are: a number, or a closure that says it, which is a constant where it is inlined: a leaf over chunks of
/// three is then as fast as the loop over them.
pub trait Size: Copy + Send {
    /// The number.
    fn get(self) -> usize;
}

impl Size for usize {
    #[inline]
    fn get(self) -> usize {
        self
    }
}

impl<F: Fn() -> usize + Copy + Send> Size for F {
    #[inline]
    fn get(self) -> usize {
        self()
    }
}

macro_rules! sources {
    ($($(#[$doc:meta])* $name:ident, $method:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name<'a, T, Z = usize> {
            whole: &'a mut [T],
            size: Z,
        }

        impl<T, Z: Size> $name<'_, T, Z> {
            #[inline]
            pub(super) fn shared(&self) -> (&[T], usize) {
                (self.whole, self.size.get())
            }
        }

        impl<'a, T, Z: Size> IntoIterator for $name<'a, T, Z> {
            type Item = &'a mut [T];
            type IntoIter = slice::$name<'a, T>;

            #[inline]
            fn into_iter(self) -> Self::IntoIter {
                self.whole.$method(self.size.get())
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

impl<T: Send, Z: Size> Source for ChunksMut<'_, T, Z> {
    #[inline]
    fn len(&self) -> usize {
        self.whole.len().div_ceil(self.size.get())
    }

    fn split_at(self, index: usize) -> (Self, Self) {
        let middle = index.saturating_mul(self.size.get()).min(self.whole.len());
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

impl<T: Send, Z: Size> Source for ChunksExactMut<'_, T, Z> {
    #[inline]
    fn len(&self) -> usize {
        self.whole.len() / self.size.get()
    }

    fn split_at(self, index: usize) -> (Self, Self) {
        let (left, right) = self.whole.split_at_mut(index * self.size.get());
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

impl<T: Send, Z: Size> Source for RChunksMut<'_, T, Z> {
    #[inline]
    fn len(&self) -> usize {
        self.whole.len().div_ceil(self.size.get())
    }

    fn split_at(self, index: usize) -> (Self, Self) {
        let middle = self.whole.len().saturating_sub(index.saturating_mul(self.size.get()));
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

macro_rules! shared_sources {
    ($($(#[$doc:meta])* $name:ident, $method:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name<'a, T, Z> {
            whole: &'a [T],
            size: Z,
        }

        impl<T, Z: Copy> Clone for $name<'_, T, Z> {
            #[inline]
            fn clone(&self) -> Self {
                Self { ..*self }
            }
        }

        impl<'a, T, Z: Size> IntoIterator for $name<'a, T, Z> {
            type Item = &'a [T];
            type IntoIter = slice::$name<'a, T>;

            #[inline]
            fn into_iter(self) -> Self::IntoIter {
                self.whole.$method(self.size.get())
            }
        }
    )*};
}

shared_sources! {
    /// Chunks, the last one may be shorter.
    Chunks, chunks;
    /// Chunks of exactly one size.
    ChunksExact, chunks_exact;
    /// All runs of so many elements, which overlap.
    Windows, windows;
}

impl<T: Sync, Z: Size> Source for Chunks<'_, T, Z> {
    #[inline]
    fn len(&self) -> usize {
        self.whole.len().div_ceil(self.size.get())
    }

    fn split_at(self, index: usize) -> (Self, Self) {
        let middle = index.saturating_mul(self.size.get()).min(self.whole.len());
        let (left, right) = self.whole.split_at(middle);
        let Self { size, .. } = self;
        (Self { whole: left, size }, Self { whole: right, size })
    }
}

impl<T: Sync, Z: Size> Source for ChunksExact<'_, T, Z> {
    #[inline]
    fn len(&self) -> usize {
        self.whole.len() / self.size.get()
    }

    fn split_at(self, index: usize) -> (Self, Self) {
        let (left, right) = self.whole.split_at(index * self.size.get());
        let Self { size, .. } = self;
        (Self { whole: left, size }, Self { whole: right, size })
    }
}

impl<T: Sync, Z: Size> Source for Windows<'_, T, Z> {
    #[inline]
    fn len(&self) -> usize {
        (self.whole.len() + 1).saturating_sub(self.size.get())
    }

    fn split_at(self, index: usize) -> (Self, Self) {
        let (whole, Self { size, .. }) = (self.whole, self);
        // the last window of the left one ends where the first of the right one would
        let left = match index {
            0 => &whole[..0],
            _ => &whole[..index + size.get() - 1],
        };
        let right = &whole[index..];
        (Self { whole: left, size }, Self { whole: right, size })
    }
}

/// An iterator over one chunk that holds everything.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be cut into pieces",
    label = "these are not chunks or windows of a slice",
    note = "collect them into a `Vec` first, `let items: Vec<_> = items.collect();`, or read them in batches: `divvy::stream(items)`"
)]
pub trait Whole<'a> {
    /// What it is a slice of.
    type Element: 'a;

    /// Everything.
    fn whole(self) -> &'a [Self::Element];
}

impl<'a, T> Whole<'a> for slice::Chunks<'a, T> {
    type Element = T;

    #[inline]
    fn whole(mut self) -> &'a [T] {
        self.next().unwrap_or_default()
    }
}

/// The source of `xs.chunks(size)`, from the iterator over one chunk that holds everything.
///
/// # Panics
/// If `size` is 0.
pub fn chunks<'a, W: Whole<'a>, Z: Size>(whole: W, size: Z) -> Chunks<'a, W::Element, Z> {
    Chunks {
        whole: whole.whole(),
        size: checked(size),
    }
}

/// The source of `xs.chunks_exact(size)`, from the same.
///
/// # Panics
/// If `size` is 0.
pub fn chunks_exact<'a, W: Whole<'a>, Z: Size>(whole: W, size: Z) -> ChunksExact<'a, W::Element, Z> {
    let Chunks { whole, size } = chunks(whole, size);
    let full = whole.len() / size.get() * size.get();
    ChunksExact {
        whole: &whole[..full],
        size,
    }
}

/// The source of `xs.windows(size)`, from the same.
///
/// # Panics
/// If `size` is 0.
pub fn windows<'a, W: Whole<'a>, Z: Size>(whole: W, size: Z) -> Windows<'a, W::Element, Z> {
    assert!(size.get() != 0, "window size must be non-zero");
    Windows {
        whole: whole.whole(),
        size,
    }
}

fn checked<Z: Size>(size: Z) -> Z {
    assert!(size.get() != 0, "chunk size must be non-zero");
    size
}

/// The source of `xs.chunks_mut(size)`, from the iterator over one chunk that holds everything.
///
/// # Panics
/// If `size` is 0.
pub fn chunks_mut<T, Z: Size>(mut whole: slice::ChunksMut<'_, T>, size: Z) -> ChunksMut<'_, T, Z> {
    ChunksMut {
        whole: whole.next().unwrap_or_default(),
        size: checked(size),
    }
}

/// The source of `xs.chunks_exact_mut(size)`, from the iterator whose remainder holds everything.
///
/// # Panics
/// If `size` is 0.
pub fn chunks_exact_mut<T, Z: Size>(whole: slice::ChunksExactMut<'_, T>, size: Z) -> ChunksExactMut<'_, T, Z> {
    let size = checked(size);
    let whole = whole.into_remainder();
    let full = whole.len() / size.get() * size.get();
    ChunksExactMut {
        whole: &mut whole[..full],
        size,
    }
}

/// The source of `xs.rchunks_mut(size)`, from the iterator over one chunk that holds everything.
///
/// # Panics
/// If `size` is 0.
pub fn rchunks_mut<T, Z: Size>(mut whole: slice::RChunksMut<'_, T>, size: Z) -> RChunksMut<'_, T, Z> {
    RChunksMut {
        whole: whole.next().unwrap_or_default(),
        size: checked(size),
    }
}
