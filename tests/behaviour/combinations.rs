//! Every source with every accumulator and every exit: one function a source and exit, in which all accumulators stand.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use divvy::{Monoid, associative, par_reduce, stream};

use crate::{CUTOFF, LENGTHS, numbers, same};

/// Sum, wrapping product, minimum, maximum, where the maximum is.
type Numbers = (u64, u64, u64, u64, (u64, u64));
/// Count, list, text, table, map, flags.
type Others = (usize, Vec<u64>, String, [u64; 8], BTreeMap<u64, u64>, bool, bool);
type Found = Result<(Numbers, Others), u64>;

fn checked(v: u64, stop: u64) -> Result<u64, u64> {
    if v % 100 == stop { Err(v) } else { Ok(v) }
}

macro_rules! combined {
    (@one $name:ident $plain:ident |$xs:ident, $text:ident, $stop:ident| [$($before:tt)*] $pattern:pat in $source:expr, $v:ident = $value:expr => $($exit:tt)*) => {
        #[par_reduce(threshold = CUTOFF, twin = $plain)]
        pub(super) fn $name($xs: &[u64], $text: &str, $stop: u64) -> Found {
            let (mut sum, mut product, mut least, mut most) = (0u64, 3u64, u64::MAX, 7u64);
            let (mut best, mut at) = (0, 0);
            let (mut count, mut list, mut words, mut table) = (0, Vec::new(), String::new(), [0u64; 8]);
            let (mut map, mut some, mut every) = (BTreeMap::new(), false, true);
            $($before)*
            for $pattern in $source {
                let $v: u64 = $value;
                $($exit)*
                sum += $v;
                product = product.wrapping_mul($v | 1);
                least = least.min($v);
                if $v > most {
                    most = $v;
                }
                if $v % 17 > best {
                    best = $v % 17;
                    at = $v;
                }
                count += 1;
                list.push($v);
                words.push_str(if $v % 2 == 0 { "even " } else { "odd" });
                table[($v % 8) as usize] += $v;
                *map.entry($v % 5).or_insert(0) += $v;
                if $v % 64 == 63 {
                    some = true;
                }
                every = every && $v < 900;
            }
            Ok(((sum, product, least, most, (best, at)), (count, list, words, table, map, some, every)))
        }
    };
    ($($test:ident: |$xs:ident, $text:ident, $stop:ident| $({ $($before:tt)* })? $pattern:pat in $source:expr => $value:expr;)*) => {$(
        mod $test {
            use super::*;

            combined! { @one whole plain_whole |$xs, $text, $stop| [$($($before)*)?] $pattern in $source, v = $value => let _ = $stop; }
            combined! { @one continued plain_continued |$xs, $text, $stop| [$($($before)*)?] $pattern in $source, v = $value => if v % 3 == $stop % 3 { continue; } }
            combined! { @one broken plain_broken |$xs, $text, $stop| [$($($before)*)?] $pattern in $source, v = $value => if v % 100 == $stop { break; } }
            combined! { @one returned plain_returned |$xs, $text, $stop| [$($($before)*)?] $pattern in $source, v = $value => if v % 100 == $stop { return Err(v + 1); } }
            combined! { @one failed plain_failed |$xs, $text, $stop| [$($($before)*)?] $pattern in $source, v = $value => let v = checked(v, $stop)? + 1; }
        }

        #[test]
        fn $test() {
            for &length in LENGTHS {
                for (seed, stop) in [(5, 97), (17, 33)] {
                    let xs = numbers(length as u64 + seed, length, 1_000);
                    let text: String = xs.iter().map(|x| ["a", "é", " ", "\n", "xyz ", "0"][*x as usize % 6]).collect();
                    let what = format!("length {length}, seed {seed}, stop {stop}");
                    same(&what, || $test::plain_whole(&xs, &text, stop), || $test::whole(&xs, &text, stop));
                    same(&what, || $test::plain_continued(&xs, &text, stop), || $test::continued(&xs, &text, stop));
                    same(&what, || $test::plain_broken(&xs, &text, stop), || $test::broken(&xs, &text, stop));
                    same(&what, || $test::plain_returned(&xs, &text, stop), || $test::returned(&xs, &text, stop));
                    same(&what, || $test::plain_failed(&xs, &text, stop), || $test::failed(&xs, &text, stop));
                }
            }
        }
    )*};
}

/// The same with two of the exits.
macro_rules! combined_with_two {
    ($($test:ident: |$xs:ident, $text:ident, $stop:ident| $({ $($before:tt)* })? $pattern:pat in $source:expr => $value:expr;)*) => {$(
        mod $test {
            use super::*;

            combined! { @one continued plain_continued |$xs, $text, $stop| [$($($before)*)?] $pattern in $source, v = $value => if v % 3 == $stop % 3 { continue; } }
            combined! { @one returned plain_returned |$xs, $text, $stop| [$($($before)*)?] $pattern in $source, v = $value => if v % 100 == $stop { return Err(v + 1); } }
        }

        #[test]
        fn $test() {
            for &length in LENGTHS {
                for (seed, stop) in [(5, 97), (17, 33)] {
                    let xs = numbers(length as u64 + seed, length, 1_000);
                    let text: String = xs.iter().map(|x| ["a", "é", " ", "\n", "xyz ", "0"][*x as usize % 6]).collect();
                    let what = format!("length {length}, seed {seed}, stop {stop}");
                    same(&what, || $test::plain_continued(&xs, &text, stop), || $test::continued(&xs, &text, stop));
                    same(&what, || $test::plain_returned(&xs, &text, stop), || $test::returned(&xs, &text, stop));
                }
            }
        }
    )*};
}

combined! {
    every_range: |xs, text, stop| i in 0..xs.len() => xs[i] + text.len() as u64;
    every_inclusive_range: |xs, text, stop| i in 1..=xs.len() => xs[i - 1] + text.len() as u64 % 3;
    every_reversed_range: |xs, text, stop| i in (0..xs.len()).rev() => xs[i] + text.len() as u64 % 3;
    every_stepped_range: |xs, text, stop| i in (0..xs.len()).step_by(3) => xs[i] + text.len() as u64 % 3;
    every_slice: |xs, text, stop| x in xs.iter() => *x + text.len() as u64 % 3;
    every_vec: |xs, text, stop| x in xs.to_vec() => x + text.len() as u64 % 3;
    every_enumerate: |xs, text, stop| (i, x) in xs.iter().enumerate() => *x + i as u64 + text.len() as u64 % 3;
    every_zip: |xs, text, stop| (x, b) in xs.iter().zip(text.bytes()) => *x + u64::from(b);
    every_chunk: |xs, text, stop| c in xs.chunks(3) => c[0] + c.len() as u64 + text.len() as u64 % 3;
    every_window: |xs, text, stop| w in xs.windows(2) => w[0] + w[1] + text.len() as u64 % 3;
    every_char: |xs, text, stop| c in text.chars() => u64::from(u32::from(c)) + xs.len() as u64 % 3;
    every_byte: |xs, text, stop| b in text.bytes() => u64::from(b) + xs.len() as u64 % 3;
    every_line: |xs, text, stop| l in text.lines() => l.len() as u64 * 37 + xs.len() as u64 % 3;
    every_word: |xs, text, stop| w in text.split_whitespace() => w.len() as u64 * 37 + xs.len() as u64 % 3;
    every_deque: |xs, text, stop| x in VecDeque::from_iter(xs) => *x + text.len() as u64 % 3;
    every_map: |xs, text, stop| (k, v) in xs.iter().map(|x| (*x, x / 2)).collect::<BTreeMap<_, _>>() => k + v + text.len() as u64 % 3;
}

combined_with_two! {
    every_item_behind_the_first: |xs, text, stop| x in xs.iter().skip(3) => *x + text.len() as u64 % 3;
    every_one_of_the_first: |xs, text, stop| x in xs.iter().take(500) => *x + text.len() as u64 % 3;
    every_link_of_a_chain: |xs, text, stop| x in xs.iter().chain(xs.iter().take(9)) => *x + text.len() as u64 % 3;
    every_nested_zip: |xs, text, stop| ((x, k), b) in xs.iter().zip(1_u64..).zip(text.bytes()) => *x + k + u64::from(b);
    every_chunk_from_the_end: |xs, text, stop| c in xs.rchunks(3) => c[0] + c.len() as u64 + text.len() as u64 % 3;
    every_exact_chunk: |xs, text, stop| c in xs.chunks_exact(3) => c[0] + c[2] + text.len() as u64 % 3;
    every_char_with_its_place: |xs, text, stop| (place, c) in text.char_indices() => place as u64 + u64::from(u32::from(c)) + xs.len() as u64 % 3;
    every_part: |xs, text, stop| p in text.split('a') => p.len() as u64 * 37 + xs.len() as u64 % 3;
    every_element_of_a_set: |xs, text, stop| x in xs.iter().copied().collect::<BTreeSet<u64>>() => x + text.len() as u64 % 3;
    every_key: |xs, text, stop| k in BTreeMap::from_iter(xs.iter().map(|x| (*x, 1_u8))).keys() => *k + text.len() as u64 % 3;
    every_item_of_a_bound_iterator: |xs, text, stop| { let items = xs.iter(); } x in items => *x + text.len() as u64 % 3;
    every_item_that_a_header_makes: |xs, text, stop| x in xs.iter().filter(|x| **x % 7 != 0).map(|x| x + 1) => x + text.len() as u64 % 3;
    every_item_of_a_stream: |xs, text, stop| x in stream(xs.iter()) => *x + text.len() as u64 % 3;
}

/// A counting loop with each of the exits.
macro_rules! counted {
    ($($name:ident $plain:ident |$xs:ident, $stop:ident, $v:ident| { $($exit:tt)* })*) => {$(
        #[par_reduce(threshold = CUTOFF, twin = $plain)]
        fn $name($xs: &[u64], $stop: u64) -> Result<(usize, u64, Vec<u64>, BTreeMap<u64, u64>, u64), u64> {
            let (mut sum, mut list, mut map, mut most) = (0, Vec::new(), BTreeMap::new(), 0);
            let mut i = 0;
            while i < $xs.len() {
                let $v = $xs[i] ^ 1;
                i += 1;
                $($exit)*
                sum += $v;
                list.push($v);
                *map.entry($v % 5).or_insert(0) += $v;
                most = most.max($v);
            }
            Ok((i, sum, list, map, most))
        }
    )*};
}

counted! {
    counted_on plain_counted_on |xs, stop, v| { if v % 3 == stop % 3 { continue; } }
    counted_broken plain_counted_broken |xs, stop, v| { if v % 100 == stop { break; } }
    counted_returned plain_counted_returned |xs, stop, v| { if v % 100 == stop { return Err(v + 1); } }
    counted_failed plain_counted_failed |xs, stop, v| { let v = checked(v, stop)? + 1; }
}

#[test]
fn every_turn_of_a_while_with_an_exit() {
    for &length in LENGTHS {
        for (seed, stop) in [(3, 97), (3, 50), (8, 200)] {
            let xs = numbers(length as u64 + seed, length, 1_000);
            let what = format!("length {length}, seed {seed}, stop {stop}");
            same(&what, || plain_counted_on(&xs, stop), || counted_on(&xs, stop));
            same(&what, || plain_counted_broken(&xs, stop), || counted_broken(&xs, stop));
            same(
                &what,
                || plain_counted_returned(&xs, stop),
                || counted_returned(&xs, stop),
            );
            same(&what, || plain_counted_failed(&xs, stop), || counted_failed(&xs, stop));
        }
    }
}

#[par_reduce(threshold = CUTOFF, twin = plain_values)]
fn values(map: &HashMap<u64, u64>) -> (u64, u64, Option<u64>, usize, [u64; 8], bool) {
    let (mut sum, mut product, mut most, mut count) = (0, 3u64, None, 0);
    let (mut table, mut some) = ([0; 8], false);
    for v in map.values() {
        if v % 3 == 0 {
            continue;
        }
        sum += v;
        product = product.wrapping_mul(v | 1);
        most = most.max(Some(*v));
        count += 1;
        table[(v % 8) as usize] += v;
        some |= v % 64 == 63;
    }
    (sum, product, most, count, table, some)
}

#[test]
fn every_value_of_a_hash_map() {
    for &length in LENGTHS {
        let map: HashMap<u64, u64> = numbers(9, length, 1_000)
            .into_iter()
            .map(|x| (x, x * 7 % 1_000))
            .collect();
        same(&format!("length {length}"), || plain_values(&map), || values(&map));
    }
}

#[par_reduce(threshold = CUTOFF, twin = plain_counted)]
fn counted(xs: &[u64], stop: u64) -> (u64, Vec<u64>, String, BTreeMap<u64, u64>, u64) {
    let (mut sum, mut list, mut words, mut map, mut most) = (0, Vec::new(), String::new(), BTreeMap::new(), 0);
    let mut i = 0;
    while i < xs.len() {
        let v = xs[i] ^ stop;
        sum += v;
        list.push(v);
        words.push_str(if v % 2 == 0 { "even " } else { "odd" });
        *map.entry(v % 5).or_insert(0) += v;
        most = most.max(v);
        i += 1;
    }
    (sum, list, words, map, most)
}

#[test]
fn every_turn_of_a_while() {
    for &length in LENGTHS {
        let xs = numbers(length as u64, length, 300);
        for stop in [1_000, 17] {
            same(
                &format!("length {length}, stop {stop}"),
                || plain_counted(&xs, stop),
                || counted(&xs, stop),
            );
        }
    }
}

/// Differences, products, bits, a table, a table of rows, what stands behind a reference, the parts of a pair.
type Places = ((u64, u64), (u64, u64, u64), Vec<u64>, Vec<Vec<u64>>, (u64, u64));

macro_rules! places {
    ($($name:ident $plain:ident |$stop:ident, $v:ident| { $($exit:tt)* })*) => {$(
        #[par_reduce(threshold = CUTOFF, twin = $plain)]
        fn $name(xs: &[u64], outer: &mut u64, $stop: u64) -> Result<Places, u64> {
            let (mut left, mut power) = (1_u64 << 40, 3_u64);
            let (mut ones, mut zeros, mut parity) = (1_u64, u64::MAX, 5_u64);
            let mut table = vec![1_u64; 8];
            let mut grid = vec![vec![0_u64; 4]; 3];
            let mut pair = (1_u64, 2_u64);
            for $v in xs.iter().copied() {
                $($exit)*
                left -= $v;
                power *= if $v % 331 == 0 { 2 } else { 1 };
                ones |= $v;
                zeros &= !$v;
                parity ^= $v;
                table[($v % 8) as usize] += 1;
                grid[($v % 3) as usize][($v % 4) as usize] += $v;
                *outer += $v;
                pair.0 += $v;
                pair.1 = pair.1.max($v);
            }
            Ok(((left, power), (ones, zeros, parity), table, grid, pair))
        }
    )*};
}

places! {
    places plain_places |stop, v| { let _ = stop; }
    places_on plain_places_on |stop, v| { if v % 3 == stop % 3 { continue; } }
    places_broken plain_places_broken |stop, v| { if v % 100 == stop { break; } }
    places_returned plain_places_returned |stop, v| { if v % 100 == stop { return Err(v + 1); } }
    places_failed plain_places_failed |stop, v| { let v = checked(v, stop)? + 1; }
}

#[test]
fn accumulators_in_places_with_every_exit() {
    for &length in LENGTHS {
        for (seed, stop) in [(3, 97), (3, 50), (8, 200)] {
            let xs = numbers(length as u64 + seed, length, 1_000);
            let run = |f: fn(&[u64], &mut u64, u64) -> Result<Places, u64>| {
                let mut outer = 4;
                (f(&xs, &mut outer, stop), outer)
            };
            let what = format!("length {length}, seed {seed}, stop {stop}");
            same(&what, || run(plain_places), || run(places));
            same(&what, || run(plain_places_on), || run(places_on));
            same(&what, || run(plain_places_broken), || run(places_broken));
            same(&what, || run(plain_places_returned), || run(places_returned));
            same(&what, || run(plain_places_failed), || run(places_failed));
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Monoid)]
struct Summary {
    #[monoid(add)]
    count: u64,
    #[monoid(min)]
    low: u64,
    #[monoid(max)]
    high: u64,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Totals {
    sum: u64,
    largest: u64,
    log: Vec<u64>,
}

#[associative(identity = 0, commutative)]
fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// A map, a set and a list; lists by key; fields; an operation, a struct that is a monoid, a best one.
type Gathered = (
    (BTreeMap<u64, u64>, BTreeSet<u64>, Vec<u64>),
    BTreeMap<u64, Vec<u64>>,
    Totals,
    (u64, Summary, Option<u64>),
);

macro_rules! gathered {
    ($($name:ident $plain:ident |$stop:ident, $v:ident| { $($exit:tt)* })*) => {$(
        #[par_reduce(threshold = CUTOFF, twin = $plain)]
        fn $name(xs: &[u64], $stop: u64) -> Result<Gathered, u64> {
            let mut latest = BTreeMap::from([(100, 3)]);
            let mut seen = BTreeSet::from([2]);
            let mut list = vec![7];
            let mut lists: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
            let mut totals = Totals::default();
            let mut common = 0;
            let mut summary = Summary { count: 10, low: u64::MAX, high: 0 };
            let mut best: Option<u64> = None;
            for $v in xs.iter().copied() {
                $($exit)*
                latest.insert($v % 7, $v);
                seen.insert($v / 2);
                list.extend([$v, 1]);
                lists.entry($v % 5).or_default().push($v);
                totals.sum += $v;
                totals.largest = totals.largest.max($v);
                totals.log.push($v);
                common = gcd(common, $v);
                summary = summary.combine(Summary { count: 1, low: $v, high: $v });
                best = Some(best.map_or($v, |b| b.max($v)));
            }
            Ok(((latest, seen, list), lists, totals, (common, summary, best)))
        }
    )*};
}

gathered! {
    gathered plain_gathered |stop, v| { let _ = stop; }
    gathered_on plain_gathered_on |stop, v| { if v % 3 == stop % 3 { continue; } }
    gathered_broken plain_gathered_broken |stop, v| { if v % 100 == stop { break; } }
    gathered_returned plain_gathered_returned |stop, v| { if v % 100 == stop { return Err(v + 1); } }
    gathered_failed plain_gathered_failed |stop, v| { let v = checked(v, stop)? + 1; }
}

#[test]
fn accumulators_that_gather_with_every_exit() {
    for &length in LENGTHS {
        for (seed, stop) in [(3, 97), (3, 50), (8, 200)] {
            let xs = numbers(length as u64 + seed, length, 1_000);
            let run = |f: fn(&[u64], u64) -> Result<Gathered, u64>| f(&xs, stop);
            let what = format!("length {length}, seed {seed}, stop {stop}");
            same(&what, || run(plain_gathered), || run(gathered));
            same(&what, || run(plain_gathered_on), || run(gathered_on));
            same(&what, || run(plain_gathered_broken), || run(gathered_broken));
            same(&what, || run(plain_gathered_returned), || run(gathered_returned));
            same(&what, || run(plain_gathered_failed), || run(gathered_failed));
        }
    }
}
