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

mod first_and_last_in_fields {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::par_reduce;
    use std::collections::*;
    // first / last / fields / entries
    #[derive(Default, Debug, Clone, PartialEq)]
    struct St {
        first: Option<u64>,
        last: u64,
        name: Option<String>,
        n: usize,
        inner: In,
    }
    #[derive(Default, Debug, Clone, PartialEq)]
    struct In {
        seen: Option<usize>,
        tag: String,
    }
    #[par_reduce(threshold = 8, twin = p1)]
    fn f1(xs: &[u64], init: &St) -> St {
        let mut s = init.clone();
        for (i, x) in xs.iter().enumerate() {
            s.n += 1;
            if x % 5 == 0 {
                s.last = *x;
                s.inner.tag = format!("t{x}");
            }
            if s.name.is_none() {
                s.name = Some(x.to_string());
            }
            if x % 7 == 3 && s.inner.seen.is_none() {
                s.inner.seen = Some(i);
            }
            if x % 3 == 0 {
                if s.first.is_none() {
                    s.first = Some(*x);
                }
            }
        }
        s
    }
    impl St {
        #[par_reduce(threshold = 8, twin = p2)]
        fn f2(&mut self, xs: &[u64]) {
            for x in xs {
                if *x > 25 {
                    self.last = *x;
                }
                if self.first.is_none() {
                    self.first = Some(*x)
                }
                self.n += 1;
            }
        }
    }
    #[par_reduce(threshold = 8, twin = p3)]
    fn f3(xs: &[u64]) -> (HashMap<u64, u64>, BTreeMap<u64, String>) {
        let mut m = HashMap::from([(1, 5)]);
        let mut t: BTreeMap<u64, String> = BTreeMap::new();
        for &x in xs {
            if let Some(c) = m.get_mut(&(x % 6)) {
                *c += x;
            } else {
                m.insert(x % 6, x);
            }
            let s = t.entry(x % 4).or_default();
            s.push_str("a");
            let s = t.entry(x % 3).or_insert_with(String::new);
            s.push('b');
        }
        (m, t)
    }

    #[test]
    fn first_and_last_in_fields() {
        for &n in SIZES {
            for seed in 1..4 {
                let v = numbers(seed, n, 50);
                let a = St::default();
                let b = St {
                    first: Some(9),
                    last: 4,
                    name: None,
                    n: 3,
                    inner: In {
                        seen: None,
                        tag: "q".into(),
                    },
                };
                for i in [&a, &b] {
                    same("1", || p1(&v, i), || f1(&v, i));
                    let r = |f: fn(&mut St, &[u64])| {
                        let mut s = i.clone();
                        f(&mut s, &v);
                        s
                    };
                    same("2", || r(St::p2), || r(St::f2));
                }
                same("3", || p3(&v), || f3(&v));
            }
        }
    }
}
