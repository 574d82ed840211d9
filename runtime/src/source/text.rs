//! The characters of a text.

use super::{IntoSource, Source};
use std::ops::Range;
use std::str::{self, CharIndices};
use std::sync::Arc;

/// Bytes between two marks.
const STRIDE: usize = 4096;

/// A part of a text that can be cut at the `n`-th character.
///
/// Cost: making it counts the characters once; a cut walks over at most [`STRIDE`] bytes, and over none where every
/// character is one byte.
#[derive(Debug, Clone)]
struct Part<'a> {
    whole: &'a str,
    /// The characters before each multiple of the stride, or rather before the last boundary up to there.
    marks: Option<Arc<[usize]>>,
    bytes: Range<usize>,
    /// The same part, in characters.
    chars: Range<usize>,
}

impl<'a> Part<'a> {
    fn new(whole: &'a str) -> Self {
        let (marks, count) = if whole.len() <= STRIDE {
            (None, whole.chars().count())
        } else {
            let mut count = 0;
            let marks: Vec<usize> = (0..whole.len())
                .step_by(STRIDE)
                .map(|at| {
                    let before = count;
                    let [start, end] = [at, at + STRIDE].map(|at| whole.floor_char_boundary(at));
                    count += whole[start..end].chars().count();
                    before
                })
                .collect();
            (Some(marks.into()), count)
        };
        Self {
            whole,
            marks,
            bytes: 0..whole.len(),
            chars: 0..count,
        }
    }

    fn as_str(&self) -> &'a str {
        &self.whole[self.bytes.clone()]
    }

    fn split_at(self, index: usize) -> (Self, Self) {
        let at = self.chars.start + index;
        let byte = self.byte_of(at);
        let left = Self {
            whole: self.whole,
            marks: self.marks.clone(),
            bytes: self.bytes.start..byte,
            chars: self.chars.start..at,
        };
        let right = Self {
            bytes: byte..self.bytes.end,
            chars: at..self.chars.end,
            ..self
        };
        (left, right)
    }

    /// The byte at which the `at`-th character of the whole text starts, which lies in this part or at its end.
    fn byte_of(&self, at: usize) -> usize {
        if self.bytes.len() == self.chars.len() {
            return self.bytes.start + (at - self.chars.start);
        }
        if at == self.chars.end {
            return self.bytes.end;
        }
        let (mut byte, mut before) = (self.bytes.start, self.chars.start);
        if let Some(marks) = &self.marks {
            // The first mark is 0, so there is one up to here.
            let mark = marks.partition_point(|&mark| mark <= at) - 1;
            if marks[mark] > before {
                (byte, before) = (self.whole.floor_char_boundary(mark * STRIDE), marks[mark]);
            }
        }
        let mut rest = self.whole[byte..self.bytes.end].chars();
        if let Some(last) = (at - before).checked_sub(1) {
            rest.nth(last);
        }
        self.bytes.end - rest.as_str().len()
    }
}

/// The characters of a text as a source.
#[derive(Debug, Clone)]
pub struct Chars<'a>(Part<'a>);

impl<'a> IntoIterator for Chars<'a> {
    type Item = char;
    type IntoIter = str::Chars<'a>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.0.as_str().chars()
    }
}

impl Source for Chars<'_> {
    #[inline]
    fn len(&self) -> usize {
        self.0.chars.len()
    }

    fn split_at(self, index: usize) -> (Self, Self) {
        let (left, right) = self.0.split_at(index);
        (Self(left), Self(right))
    }
}

impl<'a> IntoSource for str::Chars<'a> {
    type Source = Chars<'a>;

    fn into_source(self) -> Self::Source {
        Chars(Part::new(self.as_str()))
    }
}

/// The characters of a text with their byte offsets as a source.
#[derive(Debug, Clone)]
pub struct IndexedChars<'a> {
    part: Part<'a>,
    /// The offset of the whole text.
    first: usize,
}

impl<'a> IntoIterator for IndexedChars<'a> {
    type Item = (usize, char);
    type IntoIter = CharIndicesFrom<'a>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        CharIndicesFrom {
            iter: self.part.as_str().char_indices(),
            first: self.first + self.part.bytes.start,
        }
    }
}

impl Source for IndexedChars<'_> {
    #[inline]
    fn len(&self) -> usize {
        self.part.chars.len()
    }

    fn split_at(self, index: usize) -> (Self, Self) {
        let first = self.first;
        let (left, right) = self.part.split_at(index);
        (Self { part: left, first }, Self { part: right, first })
    }
}

impl<'a> IntoSource for CharIndices<'a> {
    type Source = IndexedChars<'a>;

    fn into_source(self) -> Self::Source {
        IndexedChars {
            part: Part::new(self.as_str()),
            first: self.offset(),
        }
    }
}

/// The iterator of [`IndexedChars`]: [`CharIndices`] that starts at any offset.
#[derive(Debug, Clone)]
pub struct CharIndicesFrom<'a> {
    iter: CharIndices<'a>,
    first: usize,
}

impl Iterator for CharIndicesFrom<'_> {
    type Item = (usize, char);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let (offset, c) = self.iter.next()?;
        Some((self.first + offset, c))
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.iter.size_hint()
    }
}

impl DoubleEndedIterator for CharIndicesFrom<'_> {
    #[inline]
    fn next_back(&mut self) -> Option<Self::Item> {
        let (offset, c) = self.iter.next_back()?;
        Some((self.first + offset, c))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Characters of one to four bytes that fall on the marks in every way.
    fn long_text(period: usize) -> String {
        (0..4 * STRIDE)
            .map(|i| {
                if i % period == 0 {
                    ['ä', '–', '𝄞'][i % 3]
                } else {
                    'x'
                }
            })
            .collect()
    }

    #[test]
    fn cuts_long_texts_where_the_loop_would_be() {
        for period in [1, 2, 3, 7, 100, 5000, usize::MAX] {
            let text = long_text(period);
            let items: Vec<(usize, char)> = text.char_indices().collect();
            let len = items.len();
            assert_eq!(text.char_indices().into_source().len(), len);
            let around_marks = (0..len).filter(|&i| items[i].0 % STRIDE < 5 || i % 1009 == 0);
            for index in around_marks.chain([len - 1, len]) {
                let (left, right) = text.char_indices().into_source().split_at(index);
                assert!(left.into_iter().eq(items[..index].iter().copied()), "{index}");
                let half = right.len() / 2;
                let (middle, right) = right.split_at(half);
                assert!(
                    middle.into_iter().eq(items[index..index + half].iter().copied()),
                    "{index}"
                );
                assert!(right.into_iter().eq(items[index + half..].iter().copied()), "{index}");
            }
        }
    }
}
