//! Values in an `Option`, kept, replaced or added to depending on what is there, and assignments of several parts at once.

use std::fmt::Debug;

use divvy::par_reduce;

use crate::{CUTOFF, LENGTHS, numbers, same};

/// With a NaN now and then.
fn floats(seed: u64, n: usize) -> Vec<f64> {
    let float = |k: u64| if k == 0 { f64::NAN } else { k as f64 - 6.0 };
    numbers(seed, n, 12).into_iter().map(float).collect()
}

fn ints(seed: u64, n: usize) -> Vec<i64> {
    numbers(seed, n, 41).into_iter().map(|k| k as i64 - 20).collect()
}

/// Both functions on items of all lengths; compared by their text, so that NaN is NaN.
fn on<X: Sync, T: Debug>(items: fn(u64, usize) -> Vec<X>, functions: &[(&str, fn(&[X]) -> T, fn(&[X]) -> T)]) {
    for (what, plain, parallel) in functions {
        for &n in LENGTHS {
            for seed in 1..4 {
                let xs = items(seed, n);
                let text = |f: &fn(&[X]) -> T| format!("{:?}", f(&xs));
                same(&format!("{what}, {n} items"), || text(plain), || text(parallel));
            }
        }
    }
}

#[par_reduce(threshold = CUTOFF, twin = plain_kept)]
fn kept(xs: &[f64]) -> Option<f64> {
    let mut best: Option<f64> = None;
    for &x in xs {
        best = match best {
            Some(b) if b >= x => Some(b),
            _ => Some(x),
        };
    }
    best
}

#[par_reduce(threshold = CUTOFF, twin = plain_lower)]
fn lower(xs: &[f64]) -> Option<f64> {
    let mut best = None;
    for &x in xs {
        best = match best {
            None => Some(x),
            Some(b) => Some(if x < b { x } else { b }),
        };
    }
    best
}

#[par_reduce(threshold = CUTOFF, twin = plain_mapped)]
fn mapped(xs: &[f64]) -> Option<f64> {
    let mut best: Option<f64> = None;
    for &x in xs {
        best = Some(best.map_or(x, |b| b.max(x)));
    }
    best
}

#[par_reduce(threshold = CUTOFF, twin = plain_borrowed)]
fn borrowed(xs: &[f64]) -> Option<f64> {
    let mut best: Option<f64> = None;
    for &x in xs {
        match best.as_mut() {
            Some(b) => {
                if x > *b {
                    *b = x;
                }
            }
            None => best = Some(x),
        }
    }
    best
}

#[par_reduce(threshold = CUTOFF, twin = plain_looked_into)]
fn looked_into(xs: &[f64]) -> Option<f64> {
    let mut best: Option<f64> = Some(3.0);
    for &x in xs {
        if let Some(b) = &mut best {
            if *b < x {
                *b = x
            }
        } else {
            best = Some(x)
        }
    }
    best
}

#[test]
fn matched_and_mapped() {
    on(
        floats,
        &[
            ("kept", plain_kept, kept),
            ("lower", plain_lower, lower),
            ("mapped", plain_mapped, mapped),
            ("borrowed", plain_borrowed, borrowed),
            ("looked into", plain_looked_into, looked_into),
        ],
    );
}

#[par_reduce(threshold = CUTOFF, twin = plain_place_kept)]
fn place_kept(xs: &[f64]) -> Option<(usize, f64)> {
    let mut best: Option<(usize, f64)> = None;
    for (i, &x) in xs.iter().enumerate() {
        match best {
            Some((_, b)) if b >= x => {}
            _ => best = Some((i, x)),
        }
    }
    best
}

#[par_reduce(threshold = CUTOFF, twin = plain_place)]
fn place(xs: &[f64]) -> Option<(usize, f64)> {
    let mut best = None;
    for (i, &x) in xs.iter().enumerate() {
        match best {
            None => best = Some((i, x)),
            Some((_, b)) if x > b => best = Some((i, x)),
            Some(_) => {}
        }
    }
    best
}

#[test]
fn places_of_the_best() {
    on(
        floats,
        &[("kept", plain_place_kept, place_kept), ("replaced", plain_place, place)],
    );
}

#[derive(Debug)]
struct Longest {
    text: String,
    length: u32,
}

#[par_reduce(threshold = CUTOFF, twin = plain_not_copied)]
fn not_copied(xs: &[i64]) -> Option<Longest> {
    let mut best: Option<Longest> = None;
    for &x in xs {
        let new = Longest {
            text: format!("{x}"),
            length: x.count_ones(),
        };
        best = match best {
            Some(old) if old.length >= new.length => Some(old),
            _ => Some(new),
        };
    }
    best.filter(|best| !best.text.is_empty())
}

#[test]
fn what_cannot_be_copied() {
    on(ints, &[("longest", plain_not_copied, not_copied)]);
}

#[derive(Debug, Default, Clone)]
struct Found {
    best: Option<(usize, i64)>,
    low: Option<i64>,
    sum: Option<i64>,
    text: Option<String>,
}

impl Found {
    #[par_reduce(threshold = CUTOFF, twin = plain_look)]
    fn look(&mut self, xs: &[i64]) {
        for (i, &x) in xs.iter().enumerate() {
            match self.best {
                Some((_, b)) if b >= x => {}
                _ => self.best = Some((i, x)),
            }
            self.low = match self.low {
                Some(l) if l <= x => Some(l),
                _ => Some(x),
            };
            match self.sum {
                Some(ref mut s) => *s += x,
                None => self.sum = Some(x),
            }
            if x > 10 {
                self.text.get_or_insert_with(String::new).push_str("+");
            }
        }
    }
}

/// The best that can't be cloned, in a field of a variable and behind a reference.
#[derive(Debug, Default)]
struct Shelf {
    best: Option<Longest>,
    first: Option<Longest>,
}

impl Shelf {
    #[par_reduce(threshold = CUTOFF, twin = plain_fill)]
    fn fill(&mut self, xs: &[i64]) {
        for &x in xs {
            let length = x.count_ones();
            if self.best.as_ref().is_none_or(|b| length > b.length) {
                self.best = Some(Longest {
                    text: format!("{x}"),
                    length,
                });
            }
            if x > 3 && self.first.is_none() {
                self.first = Some(Longest {
                    text: x.to_string(),
                    length,
                });
            }
        }
    }
}

#[par_reduce(threshold = CUTOFF, twin = plain_filled)]
fn filled(xs: &[i64]) -> Shelf {
    let mut shelf = Shelf::default();
    for &x in xs {
        let length = x.count_ones();
        match &shelf.best {
            Some(b) if b.length >= length => {}
            _ => {
                shelf.best = Some(Longest {
                    text: format!("{x}"),
                    length,
                })
            }
        }
    }
    shelf
}

#[test]
fn in_fields_without_clone() {
    let fill = |fill: fn(&mut Shelf, &[i64]), xs: &[i64]| {
        let mut shelf = Shelf::default();
        fill(&mut shelf, xs);
        fill(&mut shelf, &[5, 300]);
        format!("{shelf:?}")
    };
    for &n in LENGTHS {
        let xs = ints(6, n);
        same("fields", || fill(Shelf::plain_fill, &xs), || fill(Shelf::fill, &xs));
    }
    on(ints, &[("a variable's field", plain_filled, filled)]);
}

#[test]
fn in_fields() {
    let look = |f: fn(&mut Found, &[i64]), xs: &[i64]| {
        let mut found = Found {
            low: Some(-17),
            ..Found::default()
        };
        f(&mut found, xs);
        format!("{found:?}")
    };
    for &n in LENGTHS {
        let xs = ints(5, n);
        same("fields", || look(Found::plain_look, &xs), || look(Found::look, &xs));
    }
}

#[par_reduce(threshold = CUTOFF, twin = plain_sums)]
fn sums(xs: &[i64]) -> [Option<i64>; 4] {
    let (mut a, mut b, mut c, mut d) = (None, None, None, None);
    for &x in xs {
        a = Some(a.unwrap_or(0) + x);
        if x > 0 {
            *b.get_or_insert(0) += x;
        }
        c = match c {
            Some(all) => Some(all ^ x),
            None => Some(x),
        };
        if let Some(product) = &mut d {
            *product *= x % 2;
        } else {
            d = Some(x % 2);
        }
    }
    [a, b, c, d]
}

#[par_reduce(threshold = CUTOFF, twin = plain_both_ends)]
fn both_ends(xs: &[i64]) -> (Option<i64>, Option<i64>, Option<Vec<i64>>) {
    let (mut low, mut high, mut all) = (None, None, None);
    for &x in xs {
        low = Some(low.map_or(x, |l: i64| l.min(x)));
        high = Some(match high {
            Some(h) => std::cmp::max(h, x),
            None => x,
        });
        if x > 15 {
            all.get_or_insert_with(Vec::new).push(x);
        }
    }
    (low, high, all)
}

#[test]
fn sums_and_extrema_from_the_first_one_on() {
    on(ints, &[("sums", plain_sums, sums)]);
    on(ints, &[("both ends", plain_both_ends, both_ends)]);
}

#[derive(Debug)]
struct Range {
    low: i64,
    high: i64,
    n: usize,
}

#[par_reduce(threshold = CUTOFF, twin = plain_parts)]
fn parts(xs: &[i64]) -> (Range, (i64, i64), [i64; 2], (i64, i64), i64) {
    let mut range = Range {
        low: i64::MAX,
        high: i64::MIN,
        n: 0,
    };
    let (mut low, mut high) = (i64::MAX, i64::MIN);
    let mut pair = (0, 0);
    let mut bits = [0, 7];
    let mut last = 0;
    for &x in xs {
        range = Range {
            low: range.low.min(x),
            high: range.high.max(x),
            n: range.n + 1,
        };
        (low, high) = (low.min(x), high.max(x));
        let (sum, squares) = pair;
        pair = (sum + x, squares + x * x);
        bits = [bits[0] ^ x, bits[1] ^ (x << 1)];
        (_, last) = (0, x);
    }
    (range, (low, high), bits, pair, last)
}

#[test]
fn parts_that_are_assigned_at_once() {
    on(ints, &[("parts", plain_parts, parts)]);
}

type Pair = Option<(i64, i64)>;

#[par_reduce(threshold = CUTOFF, twin = plain_pairs)]
fn pairs(xs: &[i64]) -> (Pair, Pair, Option<(i64, usize)>, Option<i64>) {
    let mut matched: Pair = None;
    let mut compared: Pair = None;
    let mut highest: Option<(i64, usize)> = None;
    let mut mapped = None;
    for (i, &x) in xs.iter().enumerate() {
        matched = match matched {
            None => Some((x, x)),
            Some((low, sum)) => Some((low.min(x), sum + x)),
        };
        if let Some((low, high)) = compared.as_mut() {
            if x < *low {
                *low = x;
            }
            if x > *high {
                *high = x;
            }
        } else {
            compared = Some((x, x));
        }
        if let Some((most, at)) = &mut highest {
            if x > *most {
                *most = x;
                *at = i;
            }
        } else {
            highest = Some((x, i));
        }
        mapped = mapped.map(|m: i64| m.max(x)).or(Some(x));
    }
    (matched, compared, highest, mapped)
}

#[derive(Debug)]
struct Bounds {
    low: (f64, f64),
    high: (f64, f64),
    n: usize,
    first: usize,
}

#[par_reduce(threshold = CUTOFF, twin = plain_bounds)]
fn bounds(xs: &[f64]) -> Option<Bounds> {
    let mut bounds: Option<Bounds> = None;
    for (i, &x) in xs.iter().enumerate() {
        let y = x * 7.0 % 5.0;
        match &mut bounds {
            Some(b) => {
                b.low.0 = b.low.0.min(x);
                b.low.1 = b.low.1.min(y);
                b.high.0 = b.high.0.max(x);
                b.high.1 = b.high.1.max(y);
                b.n += 1;
            }
            None => {
                bounds = Some(Bounds {
                    low: (x, y),
                    high: (x, y),
                    n: 1,
                    first: i,
                })
            }
        }
    }
    bounds.filter(|b| b.first < b.n)
}

#[test]
fn several_parts_of_what_is_held() {
    on(ints, &[("pairs", plain_pairs, pairs)]);
    on(floats, &[("bounds", plain_bounds, bounds)]);
}
