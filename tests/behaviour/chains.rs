//! Iterator chains: every terminal, every adaptor, and where they stand.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use divvy::par_reduce;

use crate::{CUTOFF, LENGTHS, numbers, same};

/// A function of one list, and the test that compares it with its twin; numbers are 1 to 90.
macro_rules! chains {
    ($($name:ident, $plain:ident, $test:ident, |$xs:ident| -> $result:ty { $($body:tt)* })*) => {$(
        #[par_reduce(threshold = CUTOFF, twin = $plain)]
        fn $name($xs: &[u64]) -> $result {
            $($body)*
        }

        #[test]
        fn $test() {
            for &length in LENGTHS {
                let mut xs = numbers(length as u64, length, 90);
                xs.iter_mut().for_each(|x| *x += 1);
                same(&format!("length {length}"), || $plain(&xs), || $name(&xs));
            }
        }
    )*};
}

chains! {
    sum, plain_sum, sums, |xs| -> u64 { xs.iter().map(|x| x * 3).sum() }
    product, plain_product, products, |xs| -> u64 { xs.iter().take(9).map(|x| x % 7 + 1).product() }
    count, plain_count, counts, |xs| -> usize { xs.iter().filter(|x| **x % 3 == 1).count() }
    min, plain_min, minima, |xs| -> Option<u64> { xs.iter().copied().min() }
    max, plain_max, maxima, |xs| -> u64 { xs.iter().map(|x| x ^ 5).max().unwrap_or(1) * 2 }
    keys, plain_keys, extrema_by_key_keep_the_right_one_of_equals, |xs| -> [Option<(usize, u64)>; 2] {
        let least = xs.iter().copied().enumerate().min_by_key(|(_, x)| x / 9);
        [least, xs.iter().copied().enumerate().max_by_key(|(_, x)| x / 9)]
    }
    by, plain_by, extrema_by_comparison, |xs| -> [Option<(usize, u64)>; 2] {
        let least = xs.iter().copied().enumerate().min_by(|a, b| (a.1 % 7).cmp(&(b.1 % 7)));
        [least, xs.iter().copied().enumerate().max_by(|a, b| (a.1 % 7).cmp(&(b.1 % 7)))]
    }
    last, plain_last, the_last_one, |xs| -> Option<&u64> { xs.iter().filter(|x| **x < 40).last() }
    any, plain_any, any_and_all, |xs| -> (bool, bool) {
        (xs.iter().any(|&x| x == 17), xs.iter().all(|&x| x != 23))
    }
    find, plain_find, matches, |xs| -> (Option<&u64>, Option<u64>, Option<usize>) {
        let first = xs.iter().find(|&&x| x > 85);
        let second = xs.iter().find_map(|x| x.checked_sub(87));
        (first, second, xs.iter().filter(|x| **x != 1).position(|x| x % 31 == 0))
    }
    hidden, plain_hidden, panics_behind_a_match_are_not_seen, |xs| -> (bool, Option<u64>) {
        let bad = |x: u64| { assert!(x != 33, "reached"); x };
        (xs.iter().any(|&x| bad(x) > 80), xs.iter().map(|&x| bad(x)).find(|x| x % 8 == 0))
    }
    list, plain_list, lists, |xs| -> Vec<String> { xs.iter().filter(|x| **x > 9).map(u64::to_string).collect() }
    set, plain_set, sets_and_maps, |xs| -> (BTreeSet<u64>, HashMap<u64, usize>) {
        let latest: HashMap<_, _> = xs.iter().enumerate().map(|(i, x)| (*x, i)).collect();
        (xs.iter().copied().collect(), latest)
    }
    bounded, plain_bounded, up_to_the_first_and_from_it_on, |xs| -> (usize, Vec<u64>, Option<u64>) {
        let is_small = |x: &&u64| **x < 80;
        let halves = xs.iter().map(|x| x - 1).skip_while(|x| x % 5 != 0).map_while(|x| x.checked_sub(3));
        let numbered: Vec<u64> = halves.enumerate().map(|(i, x)| x + i as u64).collect();
        (xs.iter().take_while(is_small).count(), numbered, xs.iter().copied().take_while(|x| *x != 9).find(|x| *x > 70))
    }
    unseen, plain_unseen, panics_behind_a_bound_are_not_seen, |xs| -> Vec<u64> {
        let bad = |x: u64| { assert!(x != 33, "reached"); x };
        xs.iter().map(|x| bad(*x)).take_while(|x| *x != 60).map(|x| bad(x + 1)).skip_while(|x| x % 4 != 0).collect()
    }
    endless, plain_endless, bounds_of_what_has_no_end, |xs| -> (u64, u64) {
        let limit = xs.len() as u64 * 50;
        ((1..).map(|x| x * x).take_while(|x| *x < limit).sum(), (1_u64..).take_while(|x| x * x < limit).product())
    }
    common, plain_common, common_beginnings, |xs| -> usize {
        xs.iter().zip(xs.iter().skip(1)).take_while(|(x, y)| (*x ^ *y) & 15 != 0).count()
    }
    bounded_header, plain_bounded_header, bounds_in_a_header, |xs| -> u64 {
        let mut sum = 0;
        for (i, x) in xs.iter().skip_while(|x| **x < 50).enumerate() {
            sum += i as u64 * x;
        }
        fn is_small(x: &&u64) -> bool { **x < 80 }
        for x in xs.iter().rev().take_while(is_small) {
            sum ^= x;
        }
        sum
    }
    text, plain_text, strings, |xs| -> String {
        let text = xs.iter().map(|x| char::from(*x as u8 + 32)).collect::<String>();
        text.chars().rev().filter(|c| c.is_alphanumeric()).collect()
    }
    fails, plain_fails, the_first_failure_wins, |xs| -> Result<Vec<u64>, usize> {
        xs.iter().enumerate().map(|(i, x)| if *x == 44 { Err(i) } else { Ok(*x) }).collect()
    }
    fails_first, plain_fails_first, a_panic_behind_a_failure_is_not_seen, |xs| -> Option<Vec<u64>> {
        xs.iter().map(|x| { assert!(*x != 3); (*x != 44).then_some(*x) }).collect()
    }
    fails_sum, plain_fails_sum, sums_of_results, |xs| -> Result<u64, usize> {
        let all: u64 = xs.iter().map(|x| x.checked_mul(2)).sum::<Option<u64>>().unwrap_or(0);
        let some = xs.iter().enumerate().map(|(i, x)| { assert!(*x != 3); if *x == 44 { Err(i) } else { Ok(*x) } }).sum::<Result<u64, usize>>()?;
        Ok(all + some)
    }
    parts, plain_parts, unzip_and_partition, |xs| -> (Vec<u64>, BTreeSet<bool>, Vec<u64>) {
        let (tens, odd): (Vec<u64>, Vec<bool>) = xs.iter().map(|x| (x / 10, x % 2 == 1)).unzip();
        let (low, high) = xs.iter().partition::<Vec<u64>, _>(|x| **x < 30);
        (tens, odd.into_iter().collect(), [high, low].concat())
    }
    numbered, plain_numbered, enumerate_behind_map, |xs| -> Vec<(usize, u64)> {
        xs.iter().map(|x| x * 2).enumerate().filter(|(i, _)| i % 3 == 1).collect()
    }
    renumbered, plain_renumbered, enumerate_behind_filter, |xs| -> Vec<(usize, u64)> {
        xs.iter().filter(|x| **x % 2 == 0).enumerate().map(|(i, x)| (i, *x)).skip(3).step_by(2).collect()
    }
    zipped, plain_zipped, zip_behind_map_and_filter, |xs| -> u64 {
        let straight: u64 = xs.iter().map(|x| x + 1).zip(xs.iter().rev().map(|y| y * 2)).map(|(a, b)| a * b).sum();
        straight + xs.iter().filter(|x| **x > 30).zip(xs.iter().filter(|y| **y % 2 == 0)).map(|(a, b)| a * b).sum::<u64>()
    }
    joined, plain_joined, chain_behind_map, |xs| -> usize {
        xs.iter().map(|x| x + 1).chain(xs.iter().map(|y| y * 2)).chain([7]).filter(|x| *x > 9).count()
    }
    backwards, plain_backwards, rev_behind_flat_map, |xs| -> (Option<u64>, Vec<u64>) {
        let found = xs.iter().flat_map(|x| [*x, x + 1]).rev().find(|x| x % 7 == 0);
        (found, xs.iter().map(|x| x + 1).filter(|x| x % 2 == 0).rev().collect())
    }
    backwards_part, plain_backwards_part, what_rev_never_reaches_is_not_seen, |xs| -> Option<u64> {
        xs.iter().enumerate().filter(|(_, x)| **x > 4).map(|(_, x)| { assert!(*x != 50); x * 2 }).rev().find(|x| x % 3 == 0)
    }
    taken, plain_taken, what_take_leaves_is_not_seen, |xs| -> Vec<u64> {
        xs.iter().map(|x| { assert!(*x != 2); x * 2 }).filter(|x| x % 3 == 0).take(5).collect()
    }
    nested, plain_nested, closures_that_move, |xs| -> u64 {
        let (k, name) = (xs.len() as u64, xs.len().to_string());
        xs.iter().flat_map(move |x| { let n = name.len() as u64; (0..*x).map(move |y| y * k + n) }).sum()
    }
    inspected, plain_inspected, options_of_options, |xs| -> u64 {
        let some: Vec<Option<u64>> = xs.iter().map(|x| x.checked_sub(20)).collect();
        some.iter().flatten().copied().inspect(|x| assert!(*x < 90)).filter_map(|x| x.checked_sub(9)).map(|x| x * x).sum()
    }
    again, plain_again, a_chain_on_a_chain, |xs| -> Option<String> {
        xs.iter().map(|x| x.to_string()).collect::<Vec<_>>().iter().max_by_key(|s| s.len()).cloned()
    }
    branches, plain_branches, chains_in_branches, |xs| -> u64 {
        if xs.len() > 3 {
            match xs.first() {
                Some(0..40) => xs.iter().sum(),
                _ => xs.iter().map(|x| x * 2).sum::<u64>() / 3,
            }
        } else {
            0
        }
    }
    folded, plain_folded, folds, |xs| -> (u64, u64, usize, BTreeMap<u64, usize>) {
        let (low, high) = xs.iter().fold((u64::MAX, 3), |(low, high), &x| (low.min(x), high.max(x)));
        let sum = xs.iter().fold(7, |sum, x| { let y = x / 2; sum + y });
        let odd = xs.iter().map(|x| x % 9).filter(|x| x % 2 == 1).fold(0, |n, x| if x > 3 { n + 1 } else { n });
        let counts = xs.iter().fold(BTreeMap::new(), |mut counts, x| { *counts.entry(x % 5).or_insert(0) += 1; counts });
        (low ^ high, sum + xs.iter().copied().fold(0, u64::max), odd, counts)
    }
    reduced, plain_reduced, reduce_by_a_known_operation, |xs| -> [Option<u64>; 3] {
        let most = xs.iter().copied().reduce(u64::max);
        let all = xs.iter().map(|x| x % 11).reduce(|a, b| a + b);
        [most, all, xs.iter().copied().reduce(|low, x| low.min(x))]
    }
    fields, plain_fields, folds_over_fields, |xs| -> (u64, Vec<u64>) {
        xs.iter().fold((0, Vec::new()), |mut acc, x| { acc.0 += x; acc.1.push(x * 2); acc })
    }
    each, plain_each, for_each_accumulates, |xs| -> (u64, Vec<usize>) {
        let (mut sum, mut large) = (0, Vec::new());
        xs.iter().enumerate().filter(|(_, x)| **x != 8).for_each(|(i, &x)| {
            if x < 20 {
                return;
            }
            sum += x;
            if x > 70 {
                large.push(i);
            }
        });
        (sum, large)
    }
    header, plain_header, adaptors_in_a_header, |xs| -> (u64, Vec<u64>, Option<usize>) {
        let (mut sum, mut seen) = (0, vec![]);
        for x in xs.iter().filter(|x| **x > 3).map(|x| x * 2) {
            sum += x;
            seen.push(x);
        }
        for (i, x) in xs.iter().map(|x| x / 2).enumerate() {
            if x == 44 {
                return (i as u64, vec![], Some(i));
            }
        }
        (sum, seen, None)
    }
    left_alone, plain_left_alone, a_chain_with_memory_beside_one_without, |xs| -> u64 {
        let mut seen = BTreeSet::new();
        let firsts: Vec<u64> = xs.iter().copied().filter(|x| seen.insert(*x)).collect();
        #[seq]
        let doubled: Vec<u64> = firsts.iter().map(|x| x * 2).collect();
        doubled.iter().sum()
    }
}

struct Grid {
    width: usize,
    cells: Vec<u8>,
    weight: fn(u8) -> u32,
}

impl Grid {
    #[par_reduce(threshold = CUTOFF, twin = plain_weights)]
    fn weights(&self) -> u32 {
        self.cells.iter().copied().map(self.weight).sum()
    }

    #[par_reduce(threshold = CUTOFF, twin = plain_rows)]
    fn rows(&self) -> Vec<usize> {
        self.cells.chunks(self.width).map(|row| self.filled(row)).collect()
    }

    fn filled(&self, row: &[u8]) -> usize {
        row.iter().filter(|&&c| c > 9).count() + self.width
    }
}

#[test]
fn methods_and_functions_in_fields() {
    let cells = numbers(5, 300, 90).iter().map(|x| *x as u8).collect();
    let grid = Grid {
        width: 7,
        cells,
        weight: |c| u32::from(c) + 1,
    };
    same("weights", || grid.plain_weights(), || grid.weights());
    same("rows", || grid.plain_rows(), || grid.rows());
}

#[par_reduce(threshold = CUTOFF, twin = plain_passed)]
fn passed<F: Fn(u64) -> u64 + Sync>(xs: &[u64], f: F, keep: &(dyn Fn(&u64) -> bool + Sync)) -> u64 {
    let total: u64 = xs.iter().copied().map(&f).sum();
    total + xs.iter().copied().map(f).filter(keep).max().unwrap_or_default()
}

#[test]
fn functions_in_variables() {
    let xs = numbers(8, 300, 90);
    let (f, keep) = (|x| x * 3, |x: &u64| x % 2 == 0);
    same("functions", || plain_passed(&xs, f, &keep), || passed(&xs, f, &keep));
}

#[par_reduce(threshold = CUTOFF, twin = plain_generic)]
fn generic<T: Clone + Send + Sync + PartialOrd, const N: usize>(xs: &[T; N], low: &T) -> Vec<T> {
    xs.iter().filter(|x| *x >= low).cloned().collect()
}

#[test]
fn generic_items() {
    let xs: [String; 40] = std::array::from_fn(|i| (i * 37 % 40).to_string());
    same(
        "strings",
        || plain_generic(&xs, &"2".to_string()),
        || generic(&xs, &"2".to_string()),
    );
}

#[par_reduce(threshold = CUTOFF, twin = plain_changed)]
fn changed(xs: &mut Vec<u64>) -> u64 {
    xs.iter_mut()
        .map(|x| {
            *x += 1;
            *x
        })
        .sum()
}

#[test]
fn sources_may_be_written_through() {
    let run = |f: fn(&mut Vec<u64>) -> u64| {
        let mut xs = numbers(9, 500, 90);
        (f(&mut xs), xs)
    };
    same("in place", || run(plain_changed), || run(changed));
}

#[par_reduce(threshold = CUTOFF, float = tree)]
fn norm(xs: &[f64]) -> f64 {
    xs.iter().map(|x| x * x).sum::<f64>().sqrt()
}

#[test]
fn floats_have_the_same_bits_everywhere() {
    let xs: Vec<f64> = numbers(3, 9_000, 1 << 20).iter().map(|x| *x as f64 / 1e3).collect();
    let want = norm(&xs);
    same("norm", || want, || norm(&xs));
    let plain = xs.iter().map(|x| x * x).sum::<f64>().sqrt();
    assert!((want - plain).abs() < 1e-9 * plain);
}

#[par_reduce(threshold = CUTOFF, twin = plain_reused)]
fn reused(x: &[u64], s: &[u64], max: &[u64]) -> (u64, (u64, usize), u64, Option<u64>, Vec<u64>) {
    let sum = x.iter().fold(0, |x, y| x + y);
    let both = s
        .iter()
        .zip(x)
        .fold((s.len() as u64, 0), |(s, n), (a, b)| (s + a * b, n + 1));
    let most = max.iter().fold(u64::MIN, |max, &v| max.max(v));
    let least = x.iter().map(|v| v + most).reduce(|x, most| x.min(most));
    let even = s.iter().fold(Vec::new(), |mut s, v| {
        if v % 2 == 0 {
            s.push(vec![*v; 2][1]);
        }
        s
    });
    (sum, both, most, least, even)
}

#[test]
fn folds_that_give_a_name_another_meaning() {
    for &n in LENGTHS {
        let [x, s, max] = [1, 2, 3].map(|seed| numbers(seed, n, 90));
        same(
            &format!("length {n}"),
            || plain_reused(&x, &s, &max),
            || reused(&x, &s, &max),
        );
    }
}

#[par_reduce(twin = plain_behind_the_first)]
fn behind_the_first(text: &str, sign: char) -> (bool, usize) {
    let mut characters = text.chars();
    let has_sign = characters.any(|c| c == sign);
    let mut bytes = 0;
    for c in characters {
        bytes += c.len_utf8();
    }
    (has_sign, bytes)
}

#[par_reduce(twin = plain_rest)]
fn rest(xs: &[u64], wanted: u64) -> (Option<u64>, u64) {
    let mut items = xs.iter();
    let found = items.find(|x| **x == wanted).copied();
    (found, items.sum())
}

#[test]
fn iterators_go_on_where_a_search_has_stopped() {
    for &n in LENGTHS {
        let xs = numbers(9, n, 50);
        let text: String = xs.iter().map(|x| char::from(b'0' + *x as u8)).collect();
        for wanted in [0, 7, 60] {
            same(
                &format!("rest of {n}"),
                || plain_rest(&xs, wanted),
                || rest(&xs, wanted),
            );
            let sign = char::from(b'0' + wanted as u8);
            same(
                &format!("{n} characters"),
                || plain_behind_the_first(&text, sign),
                || behind_the_first(&text, sign),
            );
        }
    }
}

/// What there is and how much of it.
#[derive(Debug, Default, PartialEq)]
struct Digest {
    count: usize,
    text: String,
}

impl FromIterator<u64> for Digest {
    fn from_iter<I: IntoIterator<Item = u64>>(items: I) -> Self {
        let mut digest = Digest::default();
        for x in items {
            digest.count += 1;
            digest.text.push_str(&x.to_string());
        }
        digest
    }
}

/// The first five, and nothing behind them.
#[derive(Debug, PartialEq)]
struct Five(Vec<u64>);

impl FromIterator<u64> for Five {
    fn from_iter<I: IntoIterator<Item = u64>>(items: I) -> Self {
        Five(items.into_iter().take(5).collect())
    }
}

chains! {
    digest, plain_digest, types_of_ones_own, |xs| -> Digest { xs.iter().filter(|x| **x % 3 != 1).map(|x| x * 2).collect() }
    digests, plain_digests, types_of_ones_own_in_lets, |xs| -> (Digest, Digest, usize) {
        let even: Digest = xs.iter().copied().filter(|x| x % 2 == 0).collect();
        let all = xs.iter().map(|x| x + 1).collect::<Digest>();
        let length = xs.iter().map(|x| x / 2).collect::<Digest>().text.len();
        (even, all, length)
    }
    digest_or_not, plain_digest_or_not, a_type_of_ones_own_in_a_result, |xs| -> Result<Digest, u64> {
        xs.iter().map(|x| if *x == 44 { Err(*x) } else { Ok(x + 1) }).collect()
    }
    deque, plain_deque, deques_and_boxed_slices, |xs| -> (VecDeque<u64>, Box<[u64]>) {
        let mut deque: VecDeque<u64> = xs.iter().map(|x| x * 3).collect();
        deque.push_front(7);
        (deque, xs.iter().rev().map(|x| x + 2).collect::<Box<[u64]>>())
    }
    boxed, plain_boxed, a_boxed_slice_at_the_end, |xs| -> Box<[String]> { xs.iter().map(u64::to_string).collect() }
    broken, plain_broken, a_panic_in_the_middle_of_a_list, |xs| -> Vec<u64> {
        xs.iter().map(|x| { assert!(*x != 44, "reached"); x * 2 }).collect()
    }
    broken_deque, plain_broken_deque, a_panic_in_the_middle_of_a_deque, |xs| -> VecDeque<u64> {
        xs.iter().map(|x| { assert!(*x != 44, "reached"); x * 2 }).collect::<VecDeque<_>>()
    }
    five, plain_five, what_a_type_does_not_ask_for_is_not_seen, |xs| -> Five {
        xs.iter().map(|x| { assert!(*x != 44, "reached"); x * 2 }).collect()
    }
}
