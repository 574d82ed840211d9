//! Ranges of integers and characters.

use super::{IntoSource, Source};
use std::ops::{Range, RangeInclusive};

/// Values of a range that can be counted.
///
/// Sealed by usefulness: implemented for all integers and `char`.
trait Step: Copy + PartialOrd {
    /// The number of values in `start..end`, at most `usize::MAX`.
    fn distance(start: Self, end: Self) -> usize;

    /// The value `n` places after this one; the caller knows that it exists.
    fn forward(self, n: usize) -> Self;
}

macro_rules! integers {
    ($($t:ty as $unsigned:ty),*) => {$(
        impl Step for $t {
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

macro_rules! ranges {
    ($($t:ty, ($above:literal, $below:literal);)*) => {$(
        impl IntoIterator for Span<$t> {
            type Item = $t;
            type IntoIter = Range<$t>;

            #[inline]
            fn into_iter(self) -> Self::IntoIter {
                self.0
            }
        }

        impl Source for Span<$t> {
            #[inline]
            fn len(&self) -> usize {
                Step::distance(self.0.start, self.0.end)
            }

            #[inline]
            fn split_at(self, index: usize) -> (Self, Self) {
                // A backward range is empty and stays what it is.
                let middle = if index == 0 { self.0.start } else { Step::forward(self.0.start, index) };
                (Self(self.0.start..middle), Self(middle..self.0.end))
            }
        }

        impl IntoSource for Range<$t> {
            type Source = Span<$t>;

            #[inline]
            fn into_source(self) -> Self::Source {
                Span(self)
            }
        }

        impl IntoIterator for SpanInclusive<$t> {
            type Item = $t;
            type IntoIter = RangeInclusive<$t>;

            #[inline]
            fn into_iter(self) -> Self::IntoIter {
                self.0
            }
        }

        impl Source for SpanInclusive<$t> {
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
                if index == 0 {
                    (Self(RangeInclusive::new($above, $below)), self)
                } else if index == self.len() && index != usize::MAX {
                    (self, Self(RangeInclusive::new($above, $below)))
                } else {
                    let (start, end) = self.0.into_inner();
                    let last = Step::forward(start, index - 1);
                    (Self(start..=last), Self(Step::forward(last, 1)..=end))
                }
            }
        }

        impl IntoSource for RangeInclusive<$t> {
            type Source = SpanInclusive<$t>;

            #[inline]
            fn into_source(self) -> Self::Source {
                SpanInclusive(self)
            }
        }
    )*};
}

ranges! {
    u8, (1, 0); u16, (1, 0); u32, (1, 0); u64, (1, 0); u128, (1, 0); usize, (1, 0);
    i8, (1, 0); i16, (1, 0); i32, (1, 0); i64, (1, 0); i128, (1, 0); isize, (1, 0);
    char, ('b', 'a');
}
