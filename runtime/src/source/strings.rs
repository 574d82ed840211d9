//! Parts of texts and slices between separators: lines, words, fields, groups.
//!
//! The standard iterators don't give away what is left of the text, so the parts, which are only references, are
//! collected first.
//!
//! Cost: that is a walk through the text on the caller, and two words per part. A loop whose body does no more than the
//! walk doesn't gain; clones of the iterator at every 64th part instead of the parts were no faster.

use super::IntoSource;
use super::owned::owned;
use std::iter::Rev;
use std::slice;
use std::str::{self, CharIndices, Chars, Lines, SplitAsciiWhitespace, SplitWhitespace};

owned! {
    ['a] Lines<'a>: &'a str, |it| it.collect();
    ['a] SplitWhitespace<'a>: &'a str, |it| it.collect();
    ['a] SplitAsciiWhitespace<'a>: &'a str, |it| it.collect();
    ['a] Rev<Lines<'a>>: &'a str, |it| it.collect();
    ['a] Rev<SplitWhitespace<'a>>: &'a str, |it| it.collect();
    ['a] Rev<Chars<'a>>: char, |it| it.collect();
    ['a] Rev<CharIndices<'a>>: (usize, char), |it| it.collect();
    ['a, T: Sync, P: FnMut(&T) -> bool] slice::Split<'a, T, P>: &'a [T], |it| it.collect();
    ['a, T: Sync, P: FnMut(&T) -> bool] slice::SplitInclusive<'a, T, P>: &'a [T], |it| it.collect();
    ['a, T: Sync, P: FnMut(&T) -> bool] slice::SplitN<'a, T, P>: &'a [T], |it| it.collect();
    ['a, T: Sync, P: FnMut(&T) -> bool] slice::RSplitN<'a, T, P>: &'a [T], |it| it.collect();
    ['a, T: Sync, P: FnMut(&T, &T) -> bool] slice::ChunkBy<'a, T, P>: &'a [T], |it| it.collect();
}

/// One line per kind of separator: the trait of all of them has no stable name.
macro_rules! separated {
    ($($name:ident)*) => {$(owned! {
        ['a] str::$name<'a, char>: &'a str, |it| it.collect();
        ['a, 'b] str::$name<'a, &'b str>: &'a str, |it| it.collect();
        ['a, 'b] str::$name<'a, &'b String>: &'a str, |it| it.collect();
        ['a, 'b] str::$name<'a, &'b [char]>: &'a str, |it| it.collect();
        ['a, const N: usize] str::$name<'a, [char; N]>: &'a str, |it| it.collect();
        ['a, 'b, const N: usize] str::$name<'a, &'b [char; N]>: &'a str, |it| it.collect();
        ['a, F: FnMut(char) -> bool] str::$name<'a, F>: &'a str, |it| it.collect();
    })*};
}

separated! { Split SplitInclusive SplitN SplitTerminator Matches RSplit RSplitN }

/// As [`separated`], for the parts with their positions.
macro_rules! matched {
    ($($name:ident)*) => {$(owned! {
        ['a] str::$name<'a, char>: (usize, &'a str), |it| it.collect();
        ['a, 'b] str::$name<'a, &'b str>: (usize, &'a str), |it| it.collect();
        ['a, 'b] str::$name<'a, &'b String>: (usize, &'a str), |it| it.collect();
        ['a, 'b] str::$name<'a, &'b [char]>: (usize, &'a str), |it| it.collect();
        ['a, const N: usize] str::$name<'a, [char; N]>: (usize, &'a str), |it| it.collect();
        ['a, 'b, const N: usize] str::$name<'a, &'b [char; N]>: (usize, &'a str), |it| it.collect();
        ['a, F: FnMut(char) -> bool] str::$name<'a, F>: (usize, &'a str), |it| it.collect();
    })*};
}

matched! { MatchIndices }
