//! Ranges of integers and characters.

use super::{IntoSource, Source};
use std::iter;
use std::ops::{Range, RangeFrom, RangeInclusive};

/// Values of a range that can be counted.
///
/// Implemented for all integers and `char`. Generic, so that the type of `0..9` may be inferred from the loop's body.
pub trait Step: Copy + PartialOrd + Send {
    /// Two values of which the first is above the second.
    const BACKWARD: (Self, Self);

    /// The number of values in `start..end`, at most `usize::MAX`.
    fn distance(start: Self, end: Self) -> usize;

    /// The value `n` places after this one; the caller knows that it exists.
    fn forward(self, n: usize) -> Self;
}

macro_rules! integers {
    ($($t:ty as $unsigned:ty),*) => {$(
        impl Step for $t {
            const BACKWARD: (Self, Self) = (1, 0);

            #[inline]
            fn distance(start: Self, end: Self) -> usize {
                if start < end {
                    // Two's complement: right also where the difference doesn't fit the signed type.
                    usize::try_from(end.wrapping_sub(start) as $unsigned).unwrap_or(usize::MAX)
                } else {
                    0
                }
            }

            #[inline]
            fn forward(self, n: usize) -> Self {
                self.wrapping_add(n as $t)
            }
        }
    )*};
}

integers! {
    u8 as u8, u16 as u16, u32 as u32, u64 as u64, u128 as u128, usize as usize,
    i8 as u8, i16 as u16, i32 as u32, i64 as u64, i128 as u128, isize as usize
}

/// The position of a character among all characters; surrogates are none.
fn ordinal(c: char) -> u32 {
    let code = u32::from(c);
    if code < 0xD800 { code } else { code - 0x800 }
}

impl Step for char {
    const BACKWARD: (Self, Self) = ('b', 'a');

    fn distance(start: Self, end: Self) -> usize {
        ordinal(end).saturating_sub(ordinal(start)) as usize
    }

    fn forward(self, n: usize) -> Self {
        let ordinal = ordinal(self) + n as u32;
        let code = if ordinal < 0xD800 { ordinal } else { ordinal + 0x800 };
        // One past the last character: only as the end of a range, which is exclusive.
        char::from_u32(code).unwrap_or(char::MAX)
    }
}

/// A range `start..end` as a source.
#[derive(Debug, Clone)]
pub struct Span<T>(Range<T>);

/// A range `start..=end` as a source.
#[derive(Debug, Clone)]
pub struct SpanInclusive<T>(RangeInclusive<T>);

/// A range `start..` as a source: as long as a source can be. A piece of it has an end.
#[derive(Debug, Clone)]
pub struct SpanFrom<T> {
    start: T,
    len: usize,
}

impl<T> IntoIterator for Span<T>
where
    Range<T>: Iterator<Item = T>,
{
    type Item = T;
    type IntoIter = Range<T>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.0
    }
}

impl<T: Step> Source for Span<T>
where
    Range<T>: Iterator<Item = T>,
{
    #[inline]
    fn len(&self) -> usize {
        Step::distance(self.0.start, self.0.end)
    }

    #[inline]
    fn split_at(self, index: usize) -> (Self, Self) {
        // A backward range is empty and stays what it is.
        let middle = if index == 0 {
            self.0.start
        } else {
            Step::forward(self.0.start, index)
        };
        (Self(self.0.start..middle), Self(middle..self.0.end))
    }
}

impl<T: Step> IntoSource for Range<T>
where
    Range<T>: Iterator<Item = T>,
{
    type Source = Span<T>;

    #[inline]
    fn into_source(self) -> Self::Source {
        Span(self)
    }
}

impl<T> IntoIterator for SpanInclusive<T>
where
    RangeInclusive<T>: Iterator<Item = T>,
{
    type Item = T;
    type IntoIter = RangeInclusive<T>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.0
    }
}

impl<T: Step> Source for SpanInclusive<T>
where
    RangeInclusive<T>: Iterator<Item = T>,
{
    #[inline]
    fn len(&self) -> usize {
        if self.0.is_empty() {
            0
        } else {
            Step::distance(*self.0.start(), *self.0.end()).saturating_add(1)
        }
    }

    #[inline]
    fn split_at(self, index: usize) -> (Self, Self) {
        // The ends of an inclusive range always exist, also at the bounds of the type.
        let (above, below) = T::BACKWARD;
        if index == 0 {
            (Self(above..=below), self)
        } else if index == self.len() && index != usize::MAX {
            (self, Self(above..=below))
        } else {
            let (start, end) = self.0.into_inner();
            let last = Step::forward(start, index - 1);
            (Self(start..=last), Self(Step::forward(last, 1)..=end))
        }
    }
}

impl<T: Step> IntoSource for RangeInclusive<T>
where
    RangeInclusive<T>: Iterator<Item = T>,
{
    type Source = SpanInclusive<T>;

    #[inline]
    fn into_source(self) -> Self::Source {
        SpanInclusive(self)
    }
}

impl<T> IntoIterator for SpanFrom<T>
where
    RangeFrom<T>: Iterator<Item = T>,
{
    type Item = T;
    type IntoIter = iter::Take<RangeFrom<T>>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        (self.start..).take(self.len)
    }
}

impl<T: Step> Source for SpanFrom<T>
where
    RangeFrom<T>: Iterator<Item = T>,
{
    #[inline]
    fn len(&self) -> usize {
        self.len
    }

    #[inline]
    fn split_at(self, index: usize) -> (Self, Self) {
        let left = Self {
            start: self.start,
            len: index,
        };
        let right = Self {
            start: Step::forward(self.start, index),
            // Without an end it stays so.
            len: if self.len == usize::MAX {
                self.len
            } else {
                self.len - index
            },
        };
        (left, right)
    }
}

impl<T: Step> IntoSource for RangeFrom<T>
where
    RangeFrom<T>: Iterator<Item = T>,
{
    type Source = SpanFrom<T>;

    #[inline]
    fn into_source(self) -> Self::Source {
        SpanFrom {
            start: self.start,
            len: usize::MAX,
        }
    }
}
