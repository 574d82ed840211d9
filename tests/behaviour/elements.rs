//! Calls on elements and ranges of one list, by constant and by variable indices, against their sequential twins.

use divvy::par_divide;

use crate::{CUTOFF, LENGTHS, numbers, same};

#[derive(Clone, Debug, PartialEq)]
struct T {
    v: Vec<u64>,
    kids: Vec<T>,
    four: Option<Box<[T; 2]>>,
}
impl T {
    #[par_divide(twin = a_seq)]
    fn a(&mut self, i: usize, j: usize) -> u64 {
        self.v.push(i as u64);
        if self.kids.len() <= i.max(j) || self.v.len() > 3 {
            return 1;
        }
        self.kids[i].a(j, i) + self.kids[j].a(i, j) * 3
    }
    #[par_divide(twin = b_seq)]
    fn b(&mut self) {
        match &mut self.four {
            Some(pair) => {
                pair[0].b();
                pair[1].b();
            }
            None => self.v.push(7),
        }
    }
    #[par_divide(twin = c_seq)]
    fn c(&mut self, k: u64) {
        if self.kids.len() == 2 {
            let (x, y) = (k + 1, k * 2);
            self.kids[0].c(x);
            self.v.push(x);
            self.kids[1].c(y);
        } else {
            self.v.push(k);
        }
    }
}
#[par_divide(twin = d_seq)]
fn d(t: &mut T, k: u64) {
    t.v.push(k);
    if t.kids.len() > 1 {
        let n = t.kids.len();
        d(&mut t.kids[0], k + 1);
        d(&mut t.kids[n - 1], k + 2);
    }
}

fn make(numbers: &mut impl Iterator<Item = u64>, d: u32) -> T {
    let n = numbers.next().unwrap_or(0);
    let mut some = |n: u64| -> Vec<T> { (0..n).map(|_| make(numbers, d - 1)).collect() };
    let (kids, pair) = if d == 0 {
        (vec![], vec![])
    } else {
        (some(n % 4), some(2 * (n / 4 % 2)))
    };
    let four = <[T; 2]>::try_from(pair).ok().map(Box::new);
    T { v: vec![], kids, four }
}

#[test]
fn elements_of_one_list() {
    let mut numbers = numbers(5, 4_000, 1_000).into_iter();
    for depth in [0, 1, 3, 5] {
        let t = make(&mut numbers, depth);
        for (i, j) in [(0, 1), (1, 1), (2, 0)] {
            let changed = |by: &dyn Fn(&mut T) -> u64| {
                let mut tree = t.clone();
                (by(&mut tree), tree)
            };
            same(
                "by variables",
                || changed(&|t| t.a_seq(i, j)),
                || changed(&|t| t.a(i, j)),
            );
            let unit = |by: fn(&mut T)| {
                let mut tree = t.clone();
                by(&mut tree);
                tree
            };
            same("of an array", || unit(T::b_seq), || unit(T::b));
            same("with a statement between", || unit(|t| t.c_seq(1)), || unit(|t| t.c(1)));
            same("first and last", || unit(|t| d_seq(t, 5)), || unit(|t| d(t, 5)));
        }
    }
}

/// The last element comes to the place that it has in the order; the lesser ones are before it.
fn partition<T: PartialOrd>(v: &mut [T]) -> usize {
    let last = v.len() - 1;
    let mut place = 0;
    for i in 0..last {
        if v[i] < v[last] {
            v.swap(i, place);
            place += 1;
        }
    }
    v.swap(place, last);
    place
}

#[par_divide(threshold = CUTOFF, twin = plain_quick)]
fn quick(v: &mut [(u64, usize)]) {
    if v.len() < 2 {
        return;
    }
    let p = partition(v);
    quick(&mut v[..p]);
    quick(&mut v[p + 1..]);
}

#[par_divide(twin = plain_quick_of_any)]
fn quick_of_any<T: PartialOrd + Send>(v: &mut [T]) {
    if v.len() > 1 {
        let p = partition(v);
        let (low, rest) = v.split_at_mut(p);
        let (_, high) = rest.split_first_mut().unwrap();
        quick_of_any(low);
        quick_of_any(high);
    }
}

/// How often a greater one stands before a lesser one, when both halves are in order: puts all in order.
fn merged(v: &mut [u64], middle: usize) -> u64 {
    let (left, right) = (v[..middle].to_vec(), v[middle..].to_vec());
    let (mut i, mut j, mut crossed) = (0, 0, 0);
    for place in v {
        if j == right.len() || i < left.len() && left[i] <= right[j] {
            *place = left[i];
            i += 1;
        } else {
            *place = right[j];
            j += 1;
            crossed += (left.len() - i) as u64;
        }
    }
    crossed
}

#[par_divide(threshold = CUTOFF, twin = plain_inversions)]
fn inversions(v: &mut [u64]) -> u64 {
    if v.len() < 2 {
        return 0;
    }
    let middle = v.len() / 2;
    let left = inversions(&mut v[..middle]);
    let right = inversions(&mut v[middle..]);
    left + right + merged(v, middle)
}

/// The element between the two parts is changed behind the calls.
#[par_divide(twin = plain_numbered)]
fn numbered(v: &mut [u64], first: u64) -> u64 {
    if v.is_empty() {
        return first;
    }
    let middle = v.len() / 2;
    let below = numbered(&mut v[..middle], first * 2 % 1009);
    let above = numbered(&mut v[middle + 1..], first * 3 % 1013);
    v[middle] ^= below.wrapping_add(above);
    v[middle] % 1009
}

#[test]
fn ranges_of_one_list() {
    for &n in LENGTHS {
        let start = numbers(6, n, 1_000);
        let what = format!("n = {n}");
        // equal ones are told apart by where they come from
        let pairs: Vec<_> = start.iter().enumerate().map(|(i, x)| (x / 10, i)).collect();
        let changed = |by: fn(&mut [(u64, usize)])| {
            let mut v = pairs.clone();
            by(&mut v);
            v
        };
        same(&what, || changed(plain_quick), || changed(quick));
        same(&what, || changed(plain_quick_of_any), || changed(quick_of_any));
        let changed = |by: &dyn Fn(&mut [u64]) -> u64| {
            let mut v = start.clone();
            (by(&mut v), v)
        };
        same(&what, || changed(&plain_inversions), || changed(&inversions));
        same(
            &what,
            || changed(&|v| plain_numbered(v, 5)),
            || changed(&|v| numbered(v, 5)),
        );
    }
}

/// At some levels the parts have elements in common: there the second call finds what the first one has left.
#[par_divide(threshold = 2, twin = plain_overlapping)]
fn overlapping(v: &mut [u64], reach: usize, by: u64) {
    let n = v.len();
    if n < 2 {
        for x in v.iter_mut() {
            *x = x.wrapping_mul(31).wrapping_add(by);
        }
        return;
    }
    let middle = n / 2;
    let end = if n % 3 == 0 {
        (middle + reach).min(n - 1)
    } else {
        middle
    };
    overlapping(&mut v[..end], reach, by * 2 % 1009);
    overlapping(&mut v[middle..], reach, by * 3 % 1013);
}

/// Three parts, the first of which lies in one of the others.
#[par_divide(twin = plain_crossed)]
fn crossed(v: &mut [u64], from: usize, by: u64) -> u64 {
    let n = v.len();
    if n < 2 {
        return v.iter_mut().fold(by, |sum, x| {
            *x = x.wrapping_mul(31).wrapping_add(sum);
            sum ^ *x
        });
    }
    let (from, to) = (n * from % (n - 1), n - n / 2);
    let first = crossed(&mut v[from..from + 1], from + 1, by);
    let second = crossed(&mut v[..to], from + 2, by + 1);
    let third = crossed(&mut v[to..], from + 3, by + 2);
    first.wrapping_mul(3) ^ second.wrapping_mul(5) ^ third
}

#[test]
fn ranges_that_overlap_at_some_levels() {
    for &n in LENGTHS {
        let start = numbers(7, n, 1_000);
        let changed = |by: &dyn Fn(&mut [u64]) -> u64| {
            let mut v = start.clone();
            (by(&mut v), v)
        };
        for reach in [0, 1, 3] {
            let plain = |v: &mut [u64]| {
                plain_overlapping(v, reach, 5);
                0_u64
            };
            let parallel = |v: &mut [u64]| {
                overlapping(v, reach, 5);
                0_u64
            };
            let what = format!("n = {n}, reach {reach}");
            same(&what, || changed(&plain), || changed(&parallel));
            same(
                &what,
                || changed(&|v| plain_crossed(v, reach, 5)),
                || changed(&|v| crossed(v, reach, 5)),
            );
        }
    }
}
