//! Loops over every kind of source.

use std::collections::{BTreeMap, BTreeSet};

use divvy::par_reduce;

use crate::{CUTOFF, LENGTHS, numbers, same};

/// A function that lists what a loop sees, in order.
macro_rules! lists {
    ($name:ident, $plain:ident, $test:ident, |$xs:ident, $n:ident| $pattern:pat in $source:expr => $item:expr) => {
        #[par_reduce(threshold = CUTOFF, twin = $plain)]
        fn $name($xs: &[u64], $n: usize) -> Vec<String> {
            let mut seen = Vec::new();
            for $pattern in $source {
                seen.push(format!("{:?}", $item));
            }
            seen
        }

        #[test]
        fn $test() {
            for &length in LENGTHS {
                let xs = numbers(length as u64, length, 1_000);
                for n in [1, 2, 3, 7] {
                    same(
                        &format!("length {length}, n = {n}"),
                        || $plain(&xs, n),
                        || $name(&xs, n),
                    );
                }
            }
        }
    };
}

lists!(by_slice, plain_slice, slices, |xs, n| x in xs => (x, n));
lists!(by_iter, plain_iter, iterators, |xs, n| &x in xs.iter() => (x, n));
lists!(by_range, plain_range, ranges, |xs, n| i in n..xs.len() => xs[i]);
lists!(by_inclusive, plain_inclusive, inclusive_ranges, |xs, n| i in -3i64..=xs.len() as i64 - n as i64 => i);
lists!(by_bytes, plain_bytes, small_integers, |xs, n| i in 0u8..(xs.len() % 256) as u8 => (i, n));
lists!(by_reverse, plain_reverse, reversed, |xs, n| (i, x) in xs.iter().rev().enumerate() => (i, x, n));
lists!(by_reverse_range, plain_reverse_range, reversed_ranges, |xs, n| i in (n..xs.len()).rev() => i);
lists!(by_enumerate, plain_enumerate, enumerated, |xs, n| (i, x) in xs.iter().enumerate().rev() => (i, x, n));
lists!(by_zip, plain_zip, zipped, |xs, n| (a, b) in xs.iter().zip(&xs[xs.len().min(n)..]) => (a, b));
lists!(by_zips, plain_zips, nested_zips, |xs, n| ((a, i), b) in xs.iter().zip(n..).zip(xs.iter().skip(n)) => (a, i, b));
lists!(by_chunks, plain_chunks, chunks, |xs, n| c in xs.chunks(n) => c);
lists!(by_exact, plain_exact, exact_chunks, |xs, n| c in xs.chunks_exact(n) => c);
lists!(by_rchunks, plain_rchunks, chunks_from_the_end, |xs, n| c in xs.rchunks(n) => c);
lists!(by_windows, plain_windows, windows, |xs, n| (i, w) in xs.windows(n).enumerate() => (i, w));
lists!(by_skip, plain_skip, skipped_and_taken, |xs, n| x in xs.iter().skip(n).take(5 * n) => x);
lists!(by_drain, plain_drain, drained, |xs, n| x in xs.to_vec().drain(xs.len().min(n)..) => x);
lists!(by_deque_drain, plain_deque_drain, drained_deques, |xs, n| x in std::collections::VecDeque::from_iter(xs).drain(xs.len().min(n)..) => x);
lists!(by_matches, plain_matches, matches_in_texts, |xs, n| (at, part) in format!("{xs:?}{n}").match_indices("2, ") => (at, part));
lists!(by_found, plain_found, found_in_texts, |xs, n| part in format!("{xs:?}{n}").matches(['1', '2']) => part);
lists!(by_rsplit, plain_rsplit, split_from_the_end, |xs, n| part in format!("{xs:?}{n}").rsplit(", ") => part);
lists!(by_indices, plain_indices, characters_with_positions, |xs, n| (at, c) in format!("{xs:?}é{n}").char_indices() => (at, c));
lists!(by_split, plain_split, split_texts, |xs, n| part in format!("{xs:?}{n}").split(", ") => part);
lists!(by_keys, plain_keys, keys_of_maps, |xs, n| k in BTreeMap::from_iter(xs.iter().map(|x| (x, n))).keys() => k);
lists!(by_set, plain_set, sets, |xs, n| x in &BTreeSet::from_iter(xs) => (x, n));
lists!(by_step, plain_step, steps, |xs, n| i in (1..xs.len()).step_by(n) => i);
lists!(by_chain, plain_chain, chained, |xs, n| x in xs.iter().chain(xs.iter().take(n)) => x);
lists!(by_copied, plain_copied, copied, |xs, n| x in xs.iter().copied() => x + n as u64);
lists!(by_vec, plain_vec, vectors_by_value, |xs, n| x in xs.to_vec() => (x, n));
lists!(by_into, plain_into, into_iter, |xs, n| (x, n) in xs.to_vec().into_iter().zip([n; 500]) => (x, n));
lists!(by_literals, plain_literals, ranges_of_unknown_type, |xs, n| (i, x) in (0..300).zip(xs) => (i, x, n));
lists!(by_array, plain_array, arrays, |xs, n| x in [xs.len(), n, 3] => x);

#[par_reduce(threshold = CUTOFF, twin = plain_in_place)]
fn in_place(xs: &mut Vec<u64>, ys: &mut [u64], n: usize) -> (u64, Vec<usize>) {
    let mut sum = 0;
    let mut large = Vec::new();
    for (i, (x, block)) in xs.iter_mut().zip(ys.chunks_mut(n)).enumerate() {
        *x += 1;
        block[0] = *x;
        sum += *x;
        if *x > 500 {
            large.push(i);
        }
    }
    for y in ys {
        *y *= 2;
        sum += *y;
    }
    (sum, large)
}

#[test]
fn sources_may_be_written_through() {
    for &length in LENGTHS {
        for n in [1, 3] {
            let run = |f: fn(&mut Vec<u64>, &mut [u64], usize) -> (u64, Vec<usize>)| {
                let (mut xs, mut ys) = (numbers(1, length, 1_000), numbers(2, length * 2, 1_000));
                (f(&mut xs, &mut ys, n), xs, ys)
            };
            same(
                &format!("length {length}, n = {n}"),
                || run(plain_in_place),
                || run(in_place),
            );
        }
    }
}

#[par_reduce(threshold = CUTOFF, twin = plain_bound)]
fn bound(xs: &[u64]) -> (Vec<u64>, u64) {
    let mut seen = Vec::new();
    let items = xs.iter();
    for x in items {
        seen.push(*x);
    }
    let pairs = xs.chunks(2);
    let mut sum = 0;
    for pair in pairs {
        sum += pair[0] * 3;
    }
    (seen, sum)
}

#[test]
fn iterators_bound_before_the_loop() {
    for &length in LENGTHS {
        let xs = numbers(length as u64, length, 1_000);
        same(&format!("length {length}"), || plain_bound(&xs), || bound(&xs));
    }
}

#[par_reduce(threshold = CUTOFF, twin = plain_sorted_out)]
fn sorted_out(points: &mut Vec<u64>, limit: u64, stop: u64) -> Option<u64> {
    let (mut near, mut far) = (Vec::new(), Vec::new());
    for point in points.drain(1..) {
        if point == stop {
            return Some(point);
        }
        if point <= limit {
            near.push(point);
        } else {
            far.push(point);
        }
    }
    points.append(&mut near);
    points.append(&mut far);
    None
}

#[test]
fn drained_elements_are_gone_also_behind_an_exit() {
    for &length in LENGTHS {
        for stop in [1_001, 500, 3] {
            let start = numbers(length as u64, length + 1, 1_000);
            let run = |f: fn(&mut Vec<u64>, u64, u64) -> Option<u64>| {
                let mut points = start.clone();
                let found = f(&mut points, 400, stop);
                (found, points)
            };
            same(
                &format!("length {length}, stop {stop}"),
                || run(plain_sorted_out),
                || run(sorted_out),
            );
        }
    }
}

mod the_first_item_at_the_end {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::par_reduce;

    #[par_reduce(threshold = 8, twin = p1)]
    fn f1(p: &[(i64, i64)]) -> i64 {
        let mut area = 0;
        for (a, b) in p.iter().zip(p.iter().skip(1).chain(p.iter().take(1))) {
            area += a.0 * b.1 - a.1 * b.0;
        }
        area
    }
    #[par_reduce(threshold = 8, twin = p2)]
    fn f2(p: &[(i64, i64)]) -> i64 {
        p.iter()
            .zip(p.iter().skip(1).chain(p.first()))
            .map(|(a, b)| a.0 * b.1 - a.1 * b.0)
            .sum()
    }

    #[test]
    fn the_first_item_at_the_end() {
        for &n in SIZES {
            let v: Vec<(i64, i64)> = numbers(1, n, 50).iter().map(|x| (*x as i64, *x as i64 % 7)).collect();
            same("1", || p1(&v), || f1(&v));
            same("2", || p2(&v), || f2(&v));
        }
    }
}

mod again_and_again {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::{par_for, par_reduce};

    #[par_reduce(threshold = 8, twin = p1)]
    fn f1(p: &[(i64, i64)]) -> i64 {
        p.iter()
            .zip(p.iter().cycle().skip(1))
            .map(|(a, b)| a.0 * b.1 - a.1 * b.0)
            .sum()
    }
    #[par_reduce(threshold = 8, twin = p2)]
    fn f2(p: &[u8], key: &[u8]) -> Vec<u8> {
        p.iter().zip(key.iter().cycle()).map(|(a, b)| a ^ b).collect()
    }
    #[par_for(threshold = 8, twin = p3)]
    fn f3(p: &mut [u8], key: &[u8]) {
        for (a, k) in p.iter_mut().zip(key.iter().cycle()) {
            *a ^= *k;
        }
    }

    #[test]
    fn again_and_again() {
        for &n in SIZES {
            let v: Vec<(i64, i64)> = numbers(1, n, 50).iter().map(|x| (*x as i64, *x as i64 % 7)).collect();
            same("1", || p1(&v), || f1(&v));
            let d: Vec<u8> = v.iter().map(|x| x.0 as u8).collect();
            for k in [&d[..0], &d[..n.min(3)], &d[..]] {
                same("2", || p2(&d, k), || f2(&d, k));
                let r = |f: fn(&mut [u8], &[u8])| {
                    let mut e = d.clone();
                    f(&mut e, k);
                    e
                };
                same("3", || r(p3), || r(f3));
            }
        }
    }
}
