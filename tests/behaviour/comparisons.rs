//! The better of two, with comparisons that are calls; the first of all.

mod of_a_generic_type {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::par_reduce;

    #[par_reduce(threshold = 8, twin = plain)]
    fn argmax<T: PartialOrd + Copy + Send + Sync>(v: &[T]) -> usize {
        let mut max = v[0];
        let mut pos = 0;
        for i in 0..v.len() {
            if T::gt(&v[i], &max) {
                max = v[i];
                pos = i;
            }
        }
        pos
    }

    #[test]
    fn of_a_generic_type() {
        for &n in SIZES {
            let v = numbers(1, n, 50);
            same("a", || plain(&v), || argmax(&v));
        }
    }
}

mod methods_of_the_operators {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::par_reduce;

    #[par_reduce(threshold = 8, twin = plain)]
    fn argmax(v: &[u64]) -> (usize, u64) {
        let mut best = u64::MIN;
        let mut pos = usize::MAX;
        for (i, x) in v.iter().enumerate() {
            if x.gt(&best) {
                best = *x;
                pos = i;
            }
        }
        (pos, best)
    }

    #[test]
    fn methods_of_the_operators() {
        for &n in SIZES {
            let v = numbers(1, n, 50);
            same("a", || plain(&v), || argmax(&v));
        }
    }
}

mod functions_of_the_traits {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::par_reduce;

    #[par_reduce(threshold = 8, twin = plain)]
    fn argmin(v: &[u64]) -> (usize, u64) {
        let mut best = v[0];
        let mut pos = 0;
        for i in 1..v.len() {
            if PartialOrd::lt(&v[i], &best) {
                best = v[i];
                pos = i;
            }
        }
        (pos, best)
    }

    #[test]
    fn functions_of_the_traits() {
        for &n in SIZES {
            let v = numbers(1, n, 50);
            same("a", || plain(&v), || argmin(&v));
        }
    }
}

mod orderings {
    use crate::{LENGTHS as SIZES, floats, numbers, same};
    use divvy::par_reduce;

    use std::cmp::Ordering;
    #[derive(Clone, Copy, PartialEq, PartialOrd, Debug)]
    struct P {
        cost: f64,
        at: usize,
    }
    #[par_reduce(threshold = 8, twin = plain)]
    fn f(v: &[f64]) -> Option<f64> {
        let mut best: Option<f64> = None;
        for &x in v {
            if best.is_none_or(|b| x.partial_cmp(&b) == Some(Ordering::Less)) {
                best = Some(x);
            }
        }
        best
    }
    #[par_reduce(threshold = 8, twin = plain2)]
    fn f2(v: &[u64]) -> (u64, usize) {
        let mut best = 0;
        let mut at = 0;
        for (i, x) in v.iter().enumerate() {
            if x.cmp(&best) != Ordering::Less {
                best = *x;
                at = i
            }
        }
        (best, at)
    }
    #[par_reduce(threshold = 8, twin = plain3)]
    fn f3(v: &[P]) -> P {
        let mut best = v[0];
        for x in v {
            if x.partial_cmp(&best) == Some(Ordering::Greater) {
                best = *x
            }
        }
        best
    }
    #[par_reduce(threshold = 8, twin = plain4)]
    fn f4(v: &[P]) -> P {
        let mut best = v[0];
        for x in v.iter().skip(1) {
            if x.cost.lt(&best.cost) {
                best = *x
            }
        }
        best
    }
    #[par_reduce(threshold = 8, twin = plain5)]
    fn f5(v: &[u64]) -> u64 {
        let mut best = &v[0];
        for x in v.iter() {
            if x.cmp(best).is_gt() {
                best = x
            }
        }
        *best
    }
    #[par_reduce(threshold = 8, twin = plain6)]
    fn f6(v: &[u64]) -> u64 {
        let mut best = &v[0];
        for x in v.iter() {
            if best < x {
                best = x
            }
        }
        *best
    }

    #[test]
    fn orderings() {
        for &n in SIZES {
            let v = floats(1, n);
            let u = numbers(1, n, 50);
            let p: Vec<P> = v.iter().enumerate().map(|(at, &cost)| P { cost, at }).collect();
            same("1", || plain(&v), || f(&v));
            same("2", || plain2(&u), || f2(&u));
            same("3", || plain3(&p), || f3(&p));
            same("4", || plain4(&p), || f4(&p));
            same("5", || plain5(&u), || f5(&u));
            same("6", || plain6(&u), || f6(&u));
        }
    }
}

mod the_first_and_the_last {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::par_reduce;

    #[par_reduce(threshold = 8, twin = plain)]
    fn first_and_count(xs: &[i64]) -> (Option<usize>, Option<usize>, usize) {
        let mut first = None;
        let mut last = None;
        let mut n = 0;
        for (i, &x) in xs.iter().enumerate() {
            if x % 7 == 3 {
                if first.is_none() {
                    first = Some(i);
                }
                last = Some(i);
                n += 1;
            }
        }
        (first, last, n)
    }

    #[test]
    fn the_first_and_the_last() {
        for &n in SIZES {
            let o: Vec<i64> = numbers(1, n, 40).iter().map(|x| *x as i64).collect();
            same("1", || plain(&o), || first_and_count(&o));
        }
    }
}
