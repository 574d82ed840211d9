//! Every source with every accumulator and every exit: one function a source and exit, in which all accumulators stand.

use std::collections::{BTreeMap, HashMap, VecDeque};

use divvy::par_reduce;

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
    (@one $name:ident $plain:ident |$xs:ident, $text:ident, $stop:ident| $pattern:pat in $source:expr, $v:ident = $value:expr => $($exit:tt)*) => {
        #[par_reduce(threshold = CUTOFF, twin = $plain)]
        pub(super) fn $name($xs: &[u64], $text: &str, $stop: u64) -> Found {
            let (mut sum, mut product, mut least, mut most) = (0u64, 3u64, u64::MAX, 7u64);
            let (mut best, mut at) = (0, 0);
            let (mut count, mut list, mut words, mut table) = (0, Vec::new(), String::new(), [0u64; 8]);
            let (mut map, mut some, mut every) = (BTreeMap::new(), false, true);
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
    ($($test:ident: |$xs:ident, $text:ident, $stop:ident| $pattern:pat in $source:expr => $value:expr;)*) => {$(
        mod $test {
            use super::*;

            combined! { @one whole plain_whole |$xs, $text, $stop| $pattern in $source, v = $value => let _ = $stop; }
            combined! { @one continued plain_continued |$xs, $text, $stop| $pattern in $source, v = $value => if v % 3 == $stop % 3 { continue; } }
            combined! { @one broken plain_broken |$xs, $text, $stop| $pattern in $source, v = $value => if v % 100 == $stop { break; } }
            combined! { @one returned plain_returned |$xs, $text, $stop| $pattern in $source, v = $value => if v % 100 == $stop { return Err(v + 1); } }
            combined! { @one failed plain_failed |$xs, $text, $stop| $pattern in $source, v = $value => let v = checked(v, $stop)? + 1; }
        }

        #[test]
        fn $test() {
            for &length in LENGTHS {
                let xs = numbers(length as u64 + 5, length, 1_000);
                let text: String = xs.iter().map(|x| ["a", "é", " ", "\n", "xyz ", "0"][*x as usize % 6]).collect();
                for stop in [97, 50] {
                    let what = format!("length {length}, stop {stop}");
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
