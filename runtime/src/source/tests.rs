//! Every cut of every source gives the same items.

use super::*;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::fmt::Debug;

/// Checks the law of [`Source`] at every cut, and one level below.
fn check<S>(make: impl Fn() -> S, expected: &[S::Item])
where
    S: Source<Item: Debug + PartialEq>,
{
    assert_eq!(make().len(), expected.len());
    assert_eq!(make().is_empty(), expected.is_empty());
    assert_eq!(make().into_iter().collect::<Vec<_>>(), expected);
    for index in 0..=expected.len() {
        let (left, right) = make().split_at(index);
        assert_eq!(
            (left.len(), right.len()),
            (index, expected.len() - index),
            "cut at {index}"
        );
        check_part(left, &expected[..index]);
        check_part(right, &expected[index..]);
        for second in 0..=index {
            let (first, middle) = make().split_at(index).0.split_at(second);
            check_part(first, &expected[..second]);
            check_part(middle, &expected[second..index]);
        }
        for second in index..=expected.len() {
            let (middle, last) = make().split_at(index).1.split_at(second - index);
            check_part(middle, &expected[index..second]);
            check_part(last, &expected[second..]);
        }
    }
}

fn check_part<S: Source<Item: Debug + PartialEq>>(part: S, expected: &[S::Item]) {
    assert_eq!(part.len(), expected.len());
    assert_eq!(part.into_iter().collect::<Vec<_>>(), expected);
}

/// Checks a clonable iterator against the source made from it.
macro_rules! check_like {
    ($iter:expr => $source:expr) => {{
        let expected: Vec<_> = $iter.collect();
        check(|| $source, &expected);
    }};
    ($iter:expr) => {
        check_like!($iter => source($iter))
    };
}

#[test]
fn cuts_ranges_of_all_integers() {
    macro_rules! integers {
        ($($t:ty)*) => {$(
            for len in 0..5 {
                check_like!(<$t>::MIN..<$t>::MIN + len);
                check_like!(<$t>::MAX - len..<$t>::MAX);
                check_like!(<$t>::MAX - len..=<$t>::MAX);
                check_like!(<$t>::MIN..=<$t>::MIN + len);
            }
            check_like!(5..3 as $t);
            check_like!(5..=3 as $t);
            check_like!(5..=4 as $t);
        )*};
    }
    integers! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }
    check_like!(-3..4i8);
    check_like!(i8::MIN..=i8::MAX);
    check_like!('\u{D7FE}'..'\u{E002}');
    check_like!('\u{D7FE}'..='\u{E002}');
    check_like!('\u{10FFFD}'..=char::MAX);
    check_like!('b'..'a');
}

#[test]
fn counts_long_ranges_at_least_to_the_largest_size() {
    assert_eq!(source(0..u128::MAX).len(), usize::MAX);
    assert_eq!(source(i128::MIN..=i128::MAX).len(), usize::MAX);
    assert_eq!(source(0..=u64::MAX).len(), usize::MAX);
    assert_eq!(source(i64::MIN..i64::MAX).len(), usize::MAX);
    let (left, right) = source(0..=u64::MAX).split_at(usize::MAX);
    assert_eq!(left.into_iter().next_back(), Some(u64::MAX - 1));
    assert_eq!(right.into_iter().collect::<Vec<_>>(), [u64::MAX]);
    let (left, right) = source(i64::MIN..i64::MAX).split_at(usize::MAX / 2 + 1);
    assert_eq!((left.into_iter().end, right.into_iter().start), (0, 0));
}

#[test]
fn cuts_ranges_without_end() {
    check_like!((3u8..).take(5) => source(3u8..).take(5));
    check_like!((-2i64..).skip(1).take(4) => source(-2i64..).skip(1).take(4));
    check_like!((0..).zip("parallel".bytes()) => source(0..).zip("parallel".bytes()));
    check_like!("cut".bytes().zip(1u64..) => source("cut".bytes()).zip(1u64..));
    let (left, right) = source(7u32..).split_at(3);
    assert_eq!((left.len(), right.len()), (3, usize::MAX));
    let (left, right) = right.split_at(2);
    assert_eq!(left.into_iter().collect::<Vec<_>>(), [10, 11]);
    assert_eq!(right.into_iter().next(), Some(12));
}

#[test]
fn cuts_slices_arrays_and_vectors() {
    for len in 0..7 {
        let items: Vec<u32> = (10..10 + len).collect();
        check_like!(items.iter());
        check_like!(items.iter() => source(&items));
        check_like!(items.iter() => source(&items[..]));
        let boxed = items.clone().into_boxed_slice();
        check_like!(items.iter() => source(&boxed));
        check_like!(items.iter().rev());
        check_like!(items.clone().into_iter());
        check_like!(items.clone().into_iter() => source(items.clone()));
        check_like!(items.clone().into_iter() => source(items.clone().into_boxed_slice()));
    }
    let array = [1, 2, 3];
    check_like!(array.iter() => source(&array));
    check_like!(array.into_iter() => source(array));
}

#[test]
fn cuts_deques() {
    for rotation in 0..6 {
        let mut items: VecDeque<u32> = (0..6).collect();
        items.rotate_left(rotation);
        items.pop_front();
        items.push_back(9);
        check_like!(items.iter());
        check_like!(items.iter().rev());
        check_like!(items.iter() => source(&items));
        check_like!(items.clone().into_iter() => source(items.clone()));
        for index in 0..=6 {
            let mut copy = items.clone();
            let (left, right) = source(&mut copy).split_at(index);
            assert_eq!((left.len(), right.len()), (index, 6 - index));
            left.into_iter().for_each(|x| *x += 100);
            right.into_iter().for_each(|x| *x += 200);
            let expected: Vec<u32> = items
                .iter()
                .enumerate()
                .map(|(i, x)| x + if i < index { 100 } else { 200 })
                .collect();
            assert_eq!(copy, expected);
        }
    }
}

#[test]
fn cuts_maps_and_sets() {
    let map: BTreeMap<u32, char> = (0..).zip("parallel".chars()).collect();
    check_like!(map.iter() => source(&map));
    check_like!(map.iter());
    check_like!(map.keys());
    check_like!(map.values());
    check_like!(map.range(2..5));
    check_like!(map.clone().into_iter() => source(map.clone()));
    let set: BTreeSet<u32> = map.keys().copied().collect();
    check_like!(set.iter() => source(&set));
    check_like!(set.iter());
    check_like!(set.range(2..));
    check_like!(map.clone().into_values() => source(map.clone().into_values()));
    let map: HashMap<u32, char> = map.into_iter().collect();
    check_like!(map.iter() => source(&map));
    check_like!(map.values());
    let set: HashSet<u32> = set.into_iter().collect();
    check_like!(set.iter() => source(&set));
    check_like!(set.iter());
    check_like!(map.iter());
    check_like!(map.keys());
    check_like!(map.clone().into_iter() => source(map.clone().into_iter()));
    let mut map = map;
    for (_, value) in source(&mut map) {
        *value = 'x';
    }
    assert!(map.values().all(|&value| value == 'x'));
}

#[test]
fn cuts_mutable_slices() {
    let mut array = [1, 2, 3, 4, 5];
    let (left, right) = source(array.iter_mut()).split_at(2);
    left.into_iter().for_each(|x| *x *= 10);
    right.into_iter().for_each(|x| *x *= 100);
    assert_eq!(array, [10, 20, 300, 400, 500]);
    let mut items = vec![1, 2];
    source(&mut items).into_iter().for_each(|x| *x = 7);
    source(&mut items[..1]).into_iter().for_each(|x| *x = 8);
    source(&mut array).into_iter().for_each(|x| *x = 7);
    assert_eq!((items, array), (vec![8, 7], [7; 5]));
}

#[test]
fn cuts_windows_and_chunks() {
    for len in 0..8 {
        let items: Vec<u32> = (0..len).collect();
        for size in [1, 2, 3, 5, 20] {
            check_like!(items.windows(size));
            check_like!(items.chunks(size));
            check_like!(items.chunks_exact(size));
            check_like!(items.rchunks(size));
            check_like!(items.rchunks_exact(size));
            check_like!(items.windows(size).rev());
            check_like!(items.chunks(size) => chunks(items.chunks(usize::MAX), size));
            check_like!(items.chunks_exact(size) => chunks_exact(items.chunks(usize::MAX), size));
            check_like!(items.windows(size) => windows(items.chunks(usize::MAX), size));
            check_like!(items.chunks(size).rev());
            check_like!(items.rchunks_exact(size).rev());
            check_like!(items.chunks(size).rev() => source(items.chunks(size)).rev());
            check_like!(items.windows(size).enumerate() => source(items.windows(size)).enumerate());
        }
    }
}

/// Writes its number into every chunk, from two halves, and compares with the standard iterator.
macro_rules! check_chunks_mut {
    ($method:ident, $len:expr, $size:expr) => {
        let mut expected = vec![0; $len];
        let mut count = 0;
        for (number, chunk) in expected.$method($size).enumerate() {
            chunk.fill(number + 1);
            count += 1;
        }
        for index in 0..=count {
            let mut items = vec![0; $len];
            let source = $method(items.$method(usize::MAX), $size);
            assert_eq!(source.len(), count);
            let (left, right) = source.enumerate().split_at(index);
            assert_eq!((left.len(), right.len()), (index, count - index));
            left.into_iter()
                .chain(right)
                .for_each(|(number, chunk)| chunk.fill(number + 1));
            assert_eq!(items, expected);
        }
    };
}

#[test]
fn cuts_mutable_chunks() {
    for len in 0..8 {
        for size in [1, 2, 3, 5, 20] {
            check_chunks_mut!(chunks_mut, len, size);
            check_chunks_mut!(chunks_exact_mut, len, size);
            check_chunks_mut!(rchunks_mut, len, size);
        }
    }
}

#[test]
#[should_panic(expected = "chunk size must be non-zero")]
fn refuses_chunks_of_no_size() {
    let mut items = [1, 2, 3];
    chunks_mut(items.chunks_mut(usize::MAX), 0);
}

const TEXTS: [&str; 12] = [
    "",
    "a",
    "\n",
    "plain words in a row",
    "  two  words\t",
    "naïve – größer",
    "𝄞 clef, 日本\u{3000}語",
    "e\u{301}\u{200d}",
    "one\ntwo\nthree",
    "one\r\ntwo\r\n\r\nfour\r",
    "\r\n\r\n",
    ",a,,b,",
];

#[test]
fn cuts_texts_into_characters() {
    for text in TEXTS {
        check_like!(text.chars());
        check_like!(text.chars().rev());
        check_like!(text.chars().rev() => source(text.chars()).rev());
        check_like!(text.chars().enumerate() => source(text.chars()).enumerate());
        check_like!(text.chars().zip(text.bytes().rev()) => source(text.chars()).zip(source(text.bytes()).rev()));
        check_like!(text.char_indices());
        check_like!(text.char_indices().rev());
        check_like!(text.char_indices().rev() => source(text.char_indices()).rev());
        check_like!(text.char_indices().skip(2) => source(text.char_indices()).skip(2));
        check_like!(text.char_indices().step_by(3) => source(text.char_indices()).step_by(3));
        check_like!(text.bytes());
        check_like!(text.bytes().rev());
        check_like!(text.bytes().enumerate() => source(text.bytes()).enumerate());
        let begun = || {
            let mut iter = text.char_indices();
            iter.next();
            iter.next_back();
            iter
        };
        check_like!(begun());
    }
}

#[test]
fn cuts_texts_at_separators() {
    for text in TEXTS {
        check_like!(text.lines());
        check_like!(text.lines().rev());
        check_like!(text.lines().enumerate() => source(text.lines()).enumerate());
        check_like!(text.split_whitespace());
        check_like!(text.split_whitespace().rev() => source(text.split_whitespace()).rev());
        check_like!(text.split_ascii_whitespace());
        check_like!(text.split(','));
        check_like!(text.split("\r\n"));
        check_like!(text.split([' ', ',']));
        check_like!(text.split(&[' ', ','][..]));
        check_like!(text.split(char::is_whitespace));
        check_like!(text.split(|c: char| c.is_ascii_punctuation()));
        check_like!(text.split_inclusive('\n'));
        check_like!(text.split_terminator(','));
    }
}

#[test]
fn cuts_slices_at_separators() {
    for len in 0..8 {
        let items: Vec<u32> = (0..len).map(|i| i * 7 % 5).collect();
        check_like!(items.split(|&x| x == 2));
        check_like!(items.split_inclusive(|&x| x == 2));
        check_like!(items.chunk_by(|a, b| a <= b));
    }
}

#[test]
fn cuts_adaptors() {
    for len in 0..6 {
        let items: Vec<u32> = (10..10 + len).collect();
        let others: Vec<u32> = (20..24).collect();
        check_like!(items.iter().enumerate() => source(&items).enumerate());
        check_like!(items.iter().enumerate().rev() => source(&items).enumerate().rev());
        check_like!(items.iter().rev().enumerate() => source(&items).rev().enumerate());
        check_like!(items.iter().zip(&others) => source(&items).zip(&others));
        check_like!(items.iter().zip(&others).rev() => source(&items).zip(&others).rev());
        check_like!(items.iter().zip(others.iter().rev()) => source(&items).zip(source(&others).rev()));
        check_like!(items.iter().zip(0..3u8).enumerate() => source(&items).zip(0..3u8).enumerate());
        check_like!(items.iter().chain(&others) => source(&items).chain(&others));
        check_like!(items.iter().chain(&others).rev() => source(&items).chain(&others).rev());
        check_like!(items.iter().copied() => source(&items).copied());
        check_like!(items.iter().cloned().rev() => source(&items).cloned().rev());
        for n in [0, 1, 3, 9] {
            check_like!(items.iter().skip(n) => source(&items).skip(n));
            check_like!(items.iter().take(n) => source(&items).take(n));
            check_like!(items.iter().enumerate().skip(n).take(2) => source(&items).enumerate().skip(n).take(2));
            check_like!(items.iter().rev().skip(n) => source(&items).rev().skip(n));
            check_like!(items.clone().into_iter().skip(n) => source(items.clone()).skip(n));
        }
        for n in [1, 2, 3, 9] {
            check_like!(items.iter().step_by(n) => source(&items).step_by(n));
            check_like!((0..len as i32).step_by(n) => source(0..len as i32).step_by(n));
            check_like!(items.iter().step_by(n).rev() => source(&items).step_by(n).rev());
            check_like!((0..len).rev().step_by(n) => source(0..len).rev().step_by(n));
            check_like!((0..=len).step_by(n).enumerate() => source(0..=len).step_by(n).enumerate());
        }
    }
}
