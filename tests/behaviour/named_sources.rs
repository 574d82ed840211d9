//! Loops over what has a name, `for x in xs`: by value and by reference; ranges of all integers; parts of texts by every
//! kind of separator.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, LinkedList, VecDeque};

use divvy::{par_for, par_reduce};
use rayon::iter::IntoParallelIterator;

use crate::{CUTOFF, LENGTHS, numbers, same};

/// A deque whose elements lie in two parts.
fn wrapped(xs: &[u64]) -> VecDeque<u64> {
    let (front, back) = xs.split_at(xs.len() / 2);
    let mut deque = VecDeque::from(back.to_vec());
    for x in front.iter().rev() {
        deque.push_front(*x);
    }
    deque
}

/// Every number with three times itself.
fn pairs(xs: &[u64]) -> impl Iterator<Item = (u64, u64)> + '_ {
    xs.iter().map(|x| (*x, x * 3))
}

/// A function that lists what is in its parameter, in order, and the test of it. The collection is made once, so that a
/// hash map has the same order for both functions.
macro_rules! named {
    ($($test:ident: |$xs:ident| $made:expr, $given:ident as [$($type:tt)*], $pattern:pat => $item:expr, $name:ident, $plain:ident;)*) => {$(
        #[par_reduce(threshold = CUTOFF, twin = $plain)]
        fn $name(items: $($type)*) -> Vec<String> {
            let mut seen = Vec::new();
            for $pattern in items {
                seen.push(format!("{:?}", $item));
            }
            seen
        }

        #[test]
        fn $test() {
            for &length in LENGTHS {
                let $xs = numbers(length as u64 + 3, length, 1_000);
                let made = $made;
                same(
                    &format!("length {length}"),
                    || $plain(named!(@$given made)),
                    || $name(named!(@$given made)),
                );
            }
        }
    )*};
    (@value $made:ident) => { $made.clone() };
    (@reference $made:ident) => { &$made };
}

named! {
    vectors: |xs| xs.clone(), value as [Vec<u64>], x => x, by_vec, plain_vec;
    boxed_slices: |xs| xs.clone().into_boxed_slice(), value as [Box<[u64]>], x => x, by_box, plain_box;
    deques: |xs| wrapped(&xs), value as [VecDeque<u64>], x => x, by_deque, plain_deque;
    linked_lists: |xs| LinkedList::from_iter(xs), value as [LinkedList<u64>], x => x, by_links, plain_links;
    hash_maps: |xs| HashMap::<u64, u64>::from_iter(pairs(&xs)), value as [HashMap<u64, u64>], (k, v) => (v, k), by_hash_map, plain_hash_map;
    maps: |xs| BTreeMap::from_iter(pairs(&xs)), value as [BTreeMap<u64, u64>], (k, v) => (v, k), by_map, plain_map;
    hash_sets: |xs| HashSet::<u64>::from_iter(xs), value as [HashSet<u64>], x => x, by_hash_set, plain_hash_set;
    sets: |xs| BTreeSet::from_iter(xs), value as [BTreeSet<u64>], x => x, by_set, plain_set;
    heaps: |xs| BinaryHeap::from(xs), value as [BinaryHeap<u64>], x => x, by_heap, plain_heap;
    vectors_by_reference: |xs| xs.clone(), reference as [&Vec<u64>], x => x, by_vec_ref, plain_vec_ref;
    boxed_slices_by_reference: |xs| xs.clone().into_boxed_slice(), reference as [&Box<[u64]>], x => x, by_box_ref, plain_box_ref;
    deques_by_reference: |xs| wrapped(&xs), reference as [&VecDeque<u64>], x => x, by_deque_ref, plain_deque_ref;
    linked_lists_by_reference: |xs| LinkedList::from_iter(xs), reference as [&LinkedList<u64>], x => x, by_links_ref, plain_links_ref;
    hash_maps_by_reference: |xs| HashMap::<u64, u64>::from_iter(pairs(&xs)), reference as [&HashMap<u64, u64>], (k, v) => (v, k), by_hash_map_ref, plain_hash_map_ref;
    maps_by_reference: |xs| BTreeMap::from_iter(pairs(&xs)), reference as [&BTreeMap<u64, u64>], (k, v) => (v, k), by_map_ref, plain_map_ref;
    hash_sets_by_reference: |xs| HashSet::<u64>::from_iter(xs), reference as [&HashSet<u64>], x => x, by_hash_set_ref, plain_hash_set_ref;
    sets_by_reference: |xs| BTreeSet::from_iter(xs), reference as [&BTreeSet<u64>], x => x, by_set_ref, plain_set_ref;
    heaps_by_reference: |xs| BinaryHeap::from(xs), reference as [&BinaryHeap<u64>], x => x, by_heap_ref, plain_heap_ref;
}

#[par_reduce(threshold = CUTOFF, twin = plain_array)]
fn by_array<const N: usize>(items: [u64; N]) -> (u64, Vec<u64>) {
    let (mut sum, mut seen) = (0, Vec::new());
    for x in items {
        sum += x;
        seen.push(x);
    }
    (sum, seen)
}

#[par_reduce(threshold = CUTOFF, twin = plain_array_ref)]
fn by_array_ref<const N: usize>(items: &[u64; N]) -> (u64, Vec<u64>) {
    let (mut sum, mut seen) = (0, Vec::new());
    for x in items {
        sum += x;
        seen.push(*x);
    }
    (sum, seen)
}

fn check_arrays<const N: usize>() {
    let xs = numbers(7, N, 1_000);
    let array: [u64; N] = std::array::from_fn(|i| xs[i]);
    same(&format!("{N} by value"), || plain_array(array), || by_array(array));
    same(
        &format!("{N} by reference"),
        || plain_array_ref(&array),
        || by_array_ref(&array),
    );
}

#[test]
fn arrays() {
    check_arrays::<0>();
    check_arrays::<1>();
    check_arrays::<{ CUTOFF - 1 }>();
    check_arrays::<CUTOFF>();
    check_arrays::<{ CUTOFF + 1 }>();
    check_arrays::<300>();
}

#[par_reduce(threshold = CUTOFF, twin = plain_letters)]
fn letters(text: String) -> (Vec<char>, usize) {
    let (mut seen, mut bytes) = (Vec::new(), 0);
    let letters = text.chars();
    for c in letters {
        seen.push(c);
        bytes += c.len_utf8();
    }
    (seen, bytes)
}

#[test]
fn letters_of_a_text() {
    for &length in LENGTHS {
        let xs = numbers(length as u64, length, 4);
        let text: String = xs.iter().map(|x| ['a', 'é', '–', ' '][*x as usize]).collect();
        same(
            &format!("length {length}"),
            || plain_letters(text.clone()),
            || letters(text.clone()),
        );
    }
}

/// A type that only rayon knows how to cut.
#[derive(Clone, Debug, PartialEq)]
struct Shelf {
    books: Vec<u64>,
}

impl IntoIterator for Shelf {
    type Item = u64;
    type IntoIter = std::vec::IntoIter<u64>;

    fn into_iter(self) -> Self::IntoIter {
        self.books.into_iter()
    }
}

impl<'a> IntoIterator for &'a Shelf {
    type Item = &'a u64;
    type IntoIter = std::slice::Iter<'a, u64>;

    fn into_iter(self) -> Self::IntoIter {
        self.books.iter()
    }
}

impl<'a> IntoIterator for &'a mut Shelf {
    type Item = &'a mut u64;
    type IntoIter = std::slice::IterMut<'a, u64>;

    fn into_iter(self) -> Self::IntoIter {
        self.books.iter_mut()
    }
}

impl IntoParallelIterator for Shelf {
    type Item = u64;
    type Iter = rayon::vec::IntoIter<u64>;

    fn into_par_iter(self) -> Self::Iter {
        self.books.into_par_iter()
    }
}

impl<'a> IntoParallelIterator for &'a Shelf {
    type Item = &'a u64;
    type Iter = rayon::slice::Iter<'a, u64>;

    fn into_par_iter(self) -> Self::Iter {
        (&self.books[..]).into_par_iter()
    }
}

impl<'a> IntoParallelIterator for &'a mut Shelf {
    type Item = &'a mut u64;
    type Iter = rayon::slice::IterMut<'a, u64>;

    fn into_par_iter(self) -> Self::Iter {
        (&mut self.books[..]).into_par_iter()
    }
}

#[par_reduce(threshold = CUTOFF, twin = plain_shelf)]
fn by_shelf(shelf: Shelf, stop: u64) -> Result<(u64, Vec<u64>), u64> {
    let (mut sum, mut seen) = (0, Vec::new());
    for book in shelf {
        if book == stop {
            return Err(sum_of_digits(book));
        }
        sum += book;
        seen.push(book);
    }
    Ok((sum, seen))
}

fn sum_of_digits(mut x: u64) -> u64 {
    let mut sum = 0;
    while x > 0 {
        sum += x % 10;
        x /= 10;
    }
    sum
}

#[par_reduce(threshold = CUTOFF, twin = plain_shelf_ref)]
fn by_shelf_ref(shelf: &Shelf, other: Shelf) -> (u64, Vec<u64>) {
    let (mut sum, mut seen) = (0, Vec::new());
    for book in shelf {
        sum += book;
        seen.push(*book);
    }
    for book in &other {
        sum += book * 3;
    }
    (sum, seen)
}

#[par_for(threshold = CUTOFF, twin = plain_shelf_mut)]
fn by_shelf_mut(shelf: &mut Shelf) {
    for book in shelf {
        *book = *book * 2 + 1;
    }
}

#[test]
fn types_that_only_rayon_can_cut() {
    for &length in LENGTHS {
        let books = numbers(length as u64 + 2, length, 1_000);
        let shelf = Shelf { books };
        for stop in [2_000, 17] {
            same(
                &format!("length {length}, up to {stop}"),
                || plain_shelf(shelf.clone(), stop),
                || by_shelf(shelf.clone(), stop),
            );
        }
        same(
            &format!("length {length}, by reference"),
            || plain_shelf_ref(&shelf, shelf.clone()),
            || by_shelf_ref(&shelf, shelf.clone()),
        );
        let run = |f: fn(&mut Shelf)| {
            let mut shelf = shelf.clone();
            f(&mut shelf);
            shelf
        };
        same(
            &format!("length {length}, in place"),
            || run(plain_shelf_mut),
            || run(by_shelf_mut),
        );
    }
}

type Changed<'a> = (
    &'a mut HashMap<u64, u64>,
    &'a mut BTreeMap<u64, u64>,
    &'a mut VecDeque<u64>,
    &'a mut LinkedList<u64>,
);

#[par_for(threshold = CUTOFF, twin = plain_hash_map_mut)]
fn by_hash_map_mut(map: &mut HashMap<u64, u64>) {
    for (k, v) in map {
        *v = *v * 2 + *k;
    }
}

#[par_for(threshold = CUTOFF, twin = plain_map_mut)]
fn by_map_mut(map: &mut BTreeMap<u64, u64>) {
    for (k, v) in map {
        *v = *v * 3 + *k;
    }
}

#[par_for(threshold = CUTOFF, twin = plain_values_mut)]
fn by_values_mut(first: &mut HashMap<u64, u64>, second: &mut BTreeMap<u64, u64>) {
    for v in first.values_mut() {
        *v += 1;
    }
    for v in second.values_mut() {
        *v += 7;
    }
}

#[par_reduce(threshold = CUTOFF, twin = plain_lists_mut)]
fn by_lists_mut(deque: &mut VecDeque<u64>, list: &mut LinkedList<u64>) -> u64 {
    let mut sum = 0;
    for x in deque {
        *x += 5;
        sum += *x;
    }
    for x in list {
        *x += 3;
        sum += *x;
    }
    sum
}

#[test]
fn what_is_lent_may_be_changed() {
    for &length in LENGTHS {
        let xs = numbers(length as u64 + 1, length, 1_000);
        let first = HashMap::<u64, u64>::from_iter(pairs(&xs));
        let second = BTreeMap::from_iter(pairs(&xs));
        let (deque, list) = (wrapped(&xs), LinkedList::from_iter(xs.clone()));
        let run = |f: &dyn Fn(Changed<'_>) -> u64| {
            let (mut first, mut second, mut deque, mut list) =
                (first.clone(), second.clone(), deque.clone(), list.clone());
            let sum = f((&mut first, &mut second, &mut deque, &mut list));
            (sum, first, second, deque, list)
        };
        same(
            &format!("length {length}"),
            || {
                run(&|(first, second, deque, list)| {
                    plain_hash_map_mut(first);
                    plain_map_mut(second);
                    plain_values_mut(first, second);
                    plain_lists_mut(deque, list)
                })
            },
            || {
                run(&|(first, second, deque, list)| {
                    by_hash_map_mut(first);
                    by_map_mut(second);
                    by_values_mut(first, second);
                    by_lists_mut(deque, list)
                })
            },
        );
    }
}

/// Ranges of one type: all four kinds, from its least value, to its largest, and backward ones, which are empty.
macro_rules! integers {
    ($($type:ident in $module:ident;)*) => {$(
        mod $module {
            use divvy::par_reduce;

            use crate::{CUTOFF, same};

            #[par_reduce(threshold = CUTOFF, twin = plain_ranges)]
            fn ranges(low: $type, high: $type) -> (Vec<$type>, Vec<$type>, usize) {
                let (mut upward, mut downward, mut count) = (Vec::new(), Vec::new(), 0);
                for i in low..high {
                    upward.push(i);
                }
                for i in low..=high {
                    upward.push(i);
                    count += 1;
                }
                for i in (low..high).rev() {
                    downward.push(i);
                    count += 1;
                }
                for i in (low..=high).rev() {
                    downward.push(i);
                }
                (upward, downward, count)
            }

            pub(super) fn check() {
                for length in [0, 1, 7, 8, 9, 100] {
                    for low in [$type::MIN, 3, $type::MAX - length] {
                        let high = low + length;
                        same(
                            &format!("{low} to {high}"),
                            || plain_ranges(low, high),
                            || ranges(low, high),
                        );
                    }
                }
                same("backward", || plain_ranges(9, 3), || ranges(9, 3));
                same(
                    "to the ends",
                    || plain_ranges($type::MAX, $type::MIN),
                    || ranges($type::MAX, $type::MIN),
                );
            }
        }
    )*};
}

integers! {
    u8 in ranges_of_u8;
    u16 in ranges_of_u16;
    u32 in ranges_of_u32;
    u64 in ranges_of_u64;
    u128 in ranges_of_u128;
    usize in ranges_of_usize;
    i8 in ranges_of_i8;
    i16 in ranges_of_i16;
    i32 in ranges_of_i32;
    i64 in ranges_of_i64;
    i128 in ranges_of_i128;
    isize in ranges_of_isize;
}

#[test]
fn ranges_of_every_integer() {
    ranges_of_u8::check();
    ranges_of_u16::check();
    ranges_of_u32::check();
    ranges_of_u64::check();
    ranges_of_u128::check();
    ranges_of_usize::check();
    ranges_of_i8::check();
    ranges_of_i16::check();
    ranges_of_i32::check();
    ranges_of_i64::check();
    ranges_of_i128::check();
    ranges_of_isize::check();
}

/// A function that lists the parts of a text, and the test of it.
macro_rules! parts {
    ($($test:ident: |$text:ident, $separator:ident, $most:ident| $source:expr, $name:ident, $plain:ident;)*) => {$(
        #[par_reduce(threshold = CUTOFF, twin = $plain)]
        fn $name($text: &str, $separator: &String, $most: usize) -> Vec<String> {
            let mut seen = Vec::new();
            for part in $source {
                seen.push(format!("{:?}", (part, $separator.len(), $most)));
            }
            seen
        }

        #[test]
        fn $test() {
            for &length in LENGTHS {
                let xs = numbers(length as u64 + 9, length, 6);
                let text: String = xs.iter().map(|x| ["a", ",", ";", "é", ", ", "12"][*x as usize]).collect();
                for separator in [",", ", ", "é1", "no"] {
                    let separator = separator.to_string();
                    for most in [0, 1, 2, 50] {
                        same(
                            &format!("length {length}, {separator:?}, at most {most}"),
                            || $plain(&text, &separator, most),
                            || $name(&text, &separator, most),
                        );
                    }
                }
            }
        }
    )*};
}

parts! {
    by_a_string: |text, separator, most| text.split(separator), string, plain_string;
    by_a_borrowed_string: |text, separator, most| text.split(&separator[..]), borrowed, plain_borrowed;
    by_a_string_from_the_end: |text, separator, most| text.rsplit(separator), from_end, plain_from_end;
    by_a_string_that_ends: |text, separator, most| text.split_terminator(separator), terminated, plain_terminated;
    by_a_string_that_stays: |text, separator, most| text.split_inclusive(separator), inclusive, plain_inclusive;
    by_characters: |text, separator, most| text.split([',', ';']), characters, plain_characters;
    by_characters_by_reference: |text, separator, most| text.split(&[',', ';']), references, plain_references;
    by_a_slice_of_characters: |text, separator, most| text.split(&[',', ';'][..]), slice, plain_slice;
    by_a_closure: |text, separator, most| text.split(|c: char| c == ';' || c.is_ascii_digit()), closure, plain_closure;
    by_a_function: |text, separator, most| text.split(char::is_alphabetic), function, plain_function;
    at_most_so_many_by_a_character: |text, separator, most| text.splitn(most, ','), few, plain_few;
    at_most_so_many_by_a_string: |text, separator, most| text.splitn(most, separator), few_by_string, plain_few_by_string;
    at_most_so_many_by_a_closure: |text, separator, most| text.splitn(most, |c: char| c == ';'), few_by_closure, plain_few_by_closure;
    at_most_so_many_from_the_end: |text, separator, most| text.rsplitn(most, &[',', 'a']), last_few, plain_last_few;
    occurrences_of_a_string: |text, separator, most| text.matches(separator), matches, plain_matches;
    places_of_a_string: |text, separator, most| text.match_indices(separator), places, plain_places;
    places_of_characters: |text, separator, most| text.match_indices(&[',', 'é']), places_of_any, plain_places_of_any;
}
