//! The best by any comparison: several parts one after the other, functions that compare, and what is best of nothing.

use std::cmp::Ordering;

use divvy::par_reduce;

use crate::{LENGTHS, numbers, same};

/// Something with parts that are often equal.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Spot<T> {
    y: T,
    x: T,
    at: usize,
}

fn spots(seed: u64, n: usize) -> Vec<Spot<i64>> {
    let [ys, xs] = [1, 2].map(|k| numbers(seed * 7 + k, n, 4));
    let both = ys.iter().zip(&xs).enumerate();
    both.map(|(at, (y, x))| Spot {
        y: *y as i64,
        x: *x as i64,
        at,
    })
    .collect()
}

/// Floats among which there are NaN, infinities and both zeros.
fn odd(seed: u64, n: usize) -> Vec<f64> {
    const ODD: [f64; 8] = [f64::NAN, 1.0, f64::NAN, -0.0, 0.0, -1.0, 2.0, f64::INFINITY];
    numbers(seed, n, 8).iter().map(|k| ODD[*k as usize]).collect()
}

fn odd_spots(seed: u64, n: usize) -> Vec<Spot<f64>> {
    let both = odd(seed, n).into_iter().zip(odd(seed + 100, n)).enumerate();
    both.map(|(at, (y, x))| Spot { y, x, at }).collect()
}

/// The bits, so that a NaN is what it is.
fn bits(spot: Spot<f64>) -> (u64, u64, usize) {
    (spot.y.to_bits(), spot.x.to_bits(), spot.at)
}

mod one_part_after_the_other {
    use super::*;

    #[par_reduce(threshold = 8, twin = plain)]
    fn extremes<T: PartialOrd + Copy + Send + Sync>(spots: &[Spot<T>], start: Spot<T>) -> [Spot<T>; 6] {
        let (mut lowest, mut last, mut nested, mut turned) = (start, start, start, start);
        let (mut pair, mut last_pair) = (start, start);
        for p in spots {
            if p.y < lowest.y || p.y == lowest.y && p.x < lowest.x {
                lowest = *p;
            }
            if p.y > last.y || (p.x >= last.x && last.y == p.y) {
                last = *p;
            }
            if p.y < nested.y || p.y == nested.y && (p.x > nested.x || p.x == nested.x && p.at > nested.at) {
                nested = *p;
            }
            if turned.y == p.y && turned.x < p.x || turned.y > p.y {
                turned = *p;
            }
            if (p.y, p.x) < (pair.y, pair.x) {
                pair = *p;
            }
            if (p.y, p.x, p.at) >= (last_pair.y, last_pair.x, last_pair.at) {
                last_pair = *p;
            }
        }
        [lowest, last, nested, turned, pair, last_pair]
    }

    #[par_reduce(threshold = 8, twin = plain_by_index)]
    fn by_index(spots: &[Spot<i64>]) -> (usize, usize) {
        let (mut low, mut high) = (0, 0);
        for i in 1..spots.len() {
            if spots[i].y < spots[low].y || spots[i].y == spots[low].y && spots[i].x < spots[low].x {
                low = i;
            }
            if i % 3 > 0 && (spots[i].y > spots[high].y || spots[i].y == spots[high].y && spots[i].x >= spots[high].x) {
                high = i;
            }
        }
        (low, high)
    }

    #[test]
    fn one_part_after_the_other() {
        for &n in LENGTHS {
            for seed in 0..4 {
                let found = spots(seed, n);
                for y in [0, 2, 9] {
                    let start = Spot { y, x: 1, at: 77 };
                    same("extremes", || plain(&found, start), || extremes(&found, start));
                }
                same("by index", || plain_by_index(&found), || by_index(&found));
            }
        }
    }

    #[test]
    fn a_nan_in_a_later_part_stays_where_the_loop_leaves_it() {
        for n in (0..20).chain([40, 200]) {
            for seed in 0..20 {
                let found = odd_spots(seed, n);
                for (y, x) in [
                    (0.0, 0.0),
                    (f64::NAN, 0.0),
                    (1.0, f64::NAN),
                    (f64::INFINITY, f64::INFINITY),
                ] {
                    let start = Spot { y, x, at: 77 };
                    let all = |spots: [Spot<f64>; 6]| spots.map(bits);
                    same(
                        "extremes",
                        || all(plain(&found, start)),
                        || all(extremes(&found, start)),
                    );
                }
            }
        }
    }
}

mod functions_that_compare {
    use super::*;

    fn less(a: &Spot<i64>, b: &Spot<i64>) -> bool {
        (a.y, a.x) < (b.y, b.x)
    }

    fn by_x(a: &Spot<i64>, b: &Spot<i64>) -> Ordering {
        a.x.cmp(&b.x).then_with(|| b.y.cmp(&a.y))
    }

    fn closer(center: &Spot<i64>, a: &Spot<i64>, b: &Spot<i64>) -> bool {
        a.x.abs_diff(center.x) < b.x.abs_diff(center.x)
    }

    impl Spot<i64> {
        fn is_better_than(&self, other: &Self) -> bool {
            self.x >= other.x
        }
    }

    #[par_reduce(threshold = 8, twin = plain)]
    fn all(spots: &[Spot<i64>], center: &Spot<i64>) -> [usize; 6] {
        let (mut least, mut first, mut near, mut good, mut chained, mut total) = (0, 0, 0, 0, 0, 0);
        for (i, p) in spots.iter().enumerate() {
            if less(p, &spots[least]) {
                least = i;
            }
            if by_x(&spots[i], &spots[first]) == Ordering::Less {
                first = i;
            }
            if closer(center, p, &spots[near]) {
                near = i;
            }
            if p.is_better_than(&spots[good]) {
                good = i;
            }
            let x = p.x as f64;
            if p.y
                .cmp(&spots[chained].y)
                .reverse()
                .then_with(|| p.x.cmp(&spots[chained].x))
                .is_lt()
            {
                chained = i;
            }
            if x.total_cmp(&(spots[total].x as f64)) != Ordering::Less {
                total = i;
            }
        }
        [least, first, near, good, chained, total]
    }

    #[par_reduce(threshold = 8, twin = plain_floats)]
    fn floats(xs: &[f64], start: usize) -> (usize, usize) {
        let (mut least, mut greatest) = (start, start);
        for i in 0..xs.len() {
            if xs[i].partial_cmp(&xs[least]).unwrap() == Ordering::Less {
                least = i;
            }
            if xs[i].partial_cmp(&xs[greatest]).unwrap_or(Ordering::Equal).is_gt() {
                greatest = i;
            }
        }
        (least, greatest)
    }

    #[test]
    fn functions_that_compare() {
        for &n in LENGTHS {
            for seed in 0..4 {
                let found = spots(seed, n);
                let center = Spot { y: 0, x: 1, at: 0 };
                same("all", || plain(&found, &center), || all(&found, &center));
                let xs: Vec<f64> = found.iter().map(|p| p.x as f64).collect();
                same("floats", || plain_floats(&xs, 0), || floats(&xs, 0));
                let xs = odd(seed, n);
                same("NaN", || plain_floats(&xs, 0), || floats(&xs, 0));
            }
        }
    }
}

mod items_by_their_numbers {
    use super::*;

    fn reach(p: &Spot<i64>, far: i64) -> i64 {
        (p.x - far).abs()
    }

    #[par_reduce(threshold = 8, twin = plain)]
    fn all(spots: &[Spot<i64>], pairs: &[(i64, i64)], far: i64) -> [usize; 6] {
        let (mut item, mut named, mut computed, mut part, mut zipped) = (0, 0, 0, 0, 0);
        let mut held = 0;
        for (i, p) in spots.iter().enumerate().skip(1) {
            if p.y < spots[item].y {
                item = i;
            }
        }
        for i in 1..spots.len() {
            let p = &spots[i];
            let y = p.y;
            if y > spots[named].y || y == spots[named].y && p.x > spots[named].x {
                named = i;
            }
            let d = reach(p, far);
            if d <= reach(&spots[computed], far) {
                computed = i;
            }
            // the best one's key has a name, too
            let least = reach(&spots[held], far);
            if d < least {
                held = i;
            }
        }
        for (i, &(y, x)) in pairs.iter().enumerate().rev() {
            if y < pairs[part].0 || y == pairs[part].0 && x > pairs[part].1 {
                part = i;
            }
        }
        for (i, (a, b)) in pairs.iter().zip(spots).enumerate() {
            if a.0 < pairs[zipped].0 || a.0 == pairs[zipped].0 && b.x < spots[zipped].x {
                zipped = i;
            }
        }
        [item, named, computed, part, zipped, held]
    }

    #[test]
    fn items_by_their_numbers() {
        for &n in LENGTHS {
            for seed in 0..4 {
                let found = spots(seed, n);
                let pairs: Vec<(i64, i64)> = found.iter().map(|p| (p.x, p.y)).collect();
                same("all", || plain(&found, &pairs, 2), || all(&found, &pairs, 2));
            }
        }
    }
}

mod the_best_of_nothing {
    use super::*;

    type Found<T> = (Option<usize>, T);

    #[par_reduce(threshold = 8, twin = plain)]
    fn all<T: PartialOrd + Copy + Send + Sync>(xs: &[T], start: T, on: u64) -> Vec<Found<T>> {
        let (mut at, mut most) = (None, start);
        let (mut last, mut least) = (None, start);
        let (mut inside, mut found) = (None, None);
        let (mut sentinel, mut low) = (usize::MAX, start);
        let (mut first, mut high, mut high_at) = (true, start, 0);
        let (mut some, mut any) = (start, false);
        let mut index = usize::MAX;
        for (i, x) in xs.iter().enumerate() {
            if at.is_none() || *x > most {
                at = Some(i);
                most = *x;
            }
            if (i as u64 + on) % 3 == 0 && (last.is_none() || least >= *x) {
                least = *x;
                last = Some(i);
            }
            if found.is_none_or(|found| *x > found) {
                inside = Some(i);
                found = Some(*x);
            }
            if sentinel == usize::MAX || x < &low {
                sentinel = i;
                low = *x;
            }
            if first || *x > high {
                first = false;
                high = *x;
                high_at = i;
            }
            if (i as u64 + on) % 5 == 0 && (!any || *x <= some) {
                some = *x;
                any = true;
            }
            if index == usize::MAX || xs[i] > xs[index] {
                index = i;
            }
        }
        vec![
            (at, most),
            (last, least),
            (inside, found.unwrap_or(start)),
            (Some(sentinel), low),
            (first.then_some(high_at), high),
            (any.then_some(0), some),
            (Some(index), start),
        ]
    }

    #[par_reduce(threshold = 8, twin = plain_zero)]
    fn zero_is_none(xs: &[i64], start: i64) -> (i64, usize, i64, usize) {
        let (mut least, mut at, mut most, mut last) = (start, 0, start, 0);
        for (i, &x) in xs.iter().enumerate() {
            if least == 0 || x < least {
                least = x;
                at = i;
            }
            if x >= most || most == 0 {
                most = x;
                last = i;
            }
        }
        (least, at, most, last)
    }

    #[par_reduce(threshold = 8, twin = plain_texts)]
    fn texts(words: &[String]) -> (Option<String>, usize, Option<usize>) {
        let (mut longest, mut length, mut at) = (None, 0, None);
        let mut short: Option<String> = None;
        for (i, word) in words.iter().enumerate() {
            if longest.is_none() || word.len() > length {
                longest = Some(word.clone());
                length = word.len();
            }
            if short.as_ref().is_none_or(|s| word.len() < s.len()) {
                short = Some(word.clone());
                at = Some(i);
            }
        }
        (longest.or(short), length, at)
    }

    #[test]
    fn the_best_of_nothing() {
        for &n in LENGTHS {
            for seed in 0..4 {
                let xs = numbers(seed, n, 5);
                for on in [0, 1, 2] {
                    same("numbers", || plain(&xs, 2, on), || all(&xs, 2, on));
                }
                let xs: Vec<i64> = xs.iter().map(|x| *x as i64 - 2).collect();
                for start in [0, -1, 3] {
                    same("zero", || plain_zero(&xs, start), || zero_is_none(&xs, start));
                }
                let words: Vec<String> = numbers(seed, n, 6).iter().map(|k| "x".repeat(*k as usize)).collect();
                same("texts", || plain_texts(&words), || texts(&words));
            }
        }
    }

    #[test]
    fn a_nan_is_the_best_of_nothing_and_of_nothing_else() {
        for n in (0..20).chain([40, 200]) {
            for seed in 0..20 {
                let xs = odd(seed, n);
                let bits = |found: Vec<Found<f64>>| -> Vec<(Option<usize>, u64)> {
                    found.into_iter().map(|(at, x)| (at, x.to_bits())).collect()
                };
                for start in [0.0, f64::NAN] {
                    same("NaN", || bits(plain(&xs, start, 1)), || bits(all(&xs, start, 1)));
                }
            }
        }
    }
}
