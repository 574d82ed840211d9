//! Variables that are only names: for an iterator, for an operation, for a place that is updated next.

mod iterators_with_adaptors {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::par_reduce;

    #[par_reduce(threshold = 8, twin = plain)]
    fn f(xs: &[u64]) -> u64 {
        let it = xs.iter().skip(2);
        let mut s = 0u64;
        for x in it {
            s += x;
        }
        s
    }
    #[par_reduce(threshold = 8, twin = plain2)]
    fn f2(xs: &[u64], ys: &[u64]) -> u64 {
        let pairs = xs.iter().zip(ys);
        let mut s = 0u64;
        for (x, y) in pairs {
            s += x * y;
        }
        s
    }
    #[par_reduce(threshold = 8, twin = plain3)]
    fn f3(xs: &[u64]) -> u64 {
        let it = xs.iter().map(|x| x * 2);
        it.sum()
    }
    #[par_reduce(threshold = 8, twin = plain4)]
    fn f4(xs: &[u64]) -> u64 {
        let it = xs.iter();
        let it = it.skip(1);
        let it = it.filter(|x| **x % 2 == 0);
        let mut s = 0;
        for x in it {
            s += *x;
        }
        s
    }

    #[test]
    fn iterators_with_adaptors() {
        for &n in SIZES {
            let v = numbers(1, n, 50);
            same("1", || plain(&v), || f(&v));
            same("2", || plain2(&v, &v), || f2(&v, &v));
            same("3", || plain3(&v), || f3(&v));
            same("4", || plain4(&v), || f4(&v));
        }
    }
}

mod iterators_by_reference {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::par_reduce;

    #[par_reduce(threshold = 8, twin = plain)]
    fn f(xs: &[u64]) -> u64 {
        let mut it = xs.iter().skip(2);
        let mut s = 0u64;
        for x in &mut it {
            s += x;
        }
        s
    }

    #[test]
    fn iterators_by_reference() {
        for &n in SIZES {
            let v = numbers(1, n, 50);
            same("1", || plain(&v), || f(&v));
        }
    }
}

mod what_is_left_of_an_iterator {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::par_reduce;

    #[par_reduce(threshold = 8, twin = plain)]
    fn f(xs: &[u64]) -> u64 {
        let mut it = xs.iter();
        let first = *it.next().unwrap_or(&0);
        let mut s = first;
        for x in it.by_ref() {
            s = s.max(*x);
        }
        s
    }

    #[test]
    fn what_is_left_of_an_iterator() {
        for &n in SIZES {
            let v = numbers(1, n, 50);
            same("1", || plain(&v), || f(&v));
        }
    }
}

mod the_first_item_apart {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::par_reduce;

    #[par_reduce(threshold = 8, twin = plain)]
    fn f(xs: &[u64]) -> Option<u64> {
        let mut it = xs.iter();
        let mut best = *it.next()?;
        for x in it {
            if *x > best {
                best = *x;
            }
        }
        Some(best)
    }
    #[par_reduce(threshold = 8, twin = plain2)]
    fn f2(xs: &[u64]) -> Option<u64> {
        let mut it = xs.iter().copied();
        let first = it.next()?;
        Some(it.fold(first, |a, b| a.min(b)))
    }
    #[par_reduce(threshold = 8, twin = plain3)]
    fn f3(xs: &str) -> usize {
        let mut it = xs.chars();
        it.next();
        let mut n = 0;
        for c in it {
            if c == 'a' {
                n += 1;
            }
        }
        n
    }
    #[par_reduce(threshold = 8, twin = plain4)]
    fn f4(xs: &str) -> usize {
        let mut it = xs.lines();
        let header = it.next().unwrap_or("");
        let mut n = 0;
        for l in it {
            if l.len() > header.len() {
                n += 1;
            }
        }
        n
    }

    #[test]
    fn the_first_item_apart() {
        for &n in SIZES {
            let v = numbers(1, n, 50);
            let s: String = v
                .iter()
                .map(|x| {
                    if x % 3 == 0 {
                        'a'
                    } else if x % 5 == 0 {
                        '\n'
                    } else {
                        'c'
                    }
                })
                .collect();
            same("1", || plain(&v), || f(&v));
            same("2", || plain2(&v), || f2(&v));
            same("3", || plain3(&s), || f3(&s));
            same("4", || plain4(&s), || f4(&s));
        }
    }
}

mod the_first_line_apart {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::par_reduce;

    #[par_reduce(threshold = 8, twin = plain3)]
    fn f3(xs: &str) -> usize {
        let mut it = xs.chars();
        it.next();
        let mut n = 0;
        for c in it {
            if c == 'a' {
                n += 1;
            }
        }
        n
    }
    #[par_reduce(threshold = 8, twin = plain4)]
    fn f4(xs: &str) -> usize {
        let mut it = xs.lines();
        let header = it.next().unwrap_or("");
        let mut n = 0;
        for l in it {
            if l.len() > header.len() {
                n += 1;
            }
        }
        n
    }

    #[test]
    fn the_first_line_apart() {
        for &n in SIZES {
            let v = numbers(1, n, 50);
            let s: String = v
                .iter()
                .map(|x| {
                    if x % 3 == 0 {
                        'a'
                    } else if x % 5 == 0 {
                        '\n'
                    } else {
                        'c'
                    }
                })
                .collect();
            same("3", || plain3(&s), || f3(&s));
            same("4", || plain4(&s), || f4(&s));
        }
    }
}

mod a_closure_as_operation {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::par_reduce;

    #[par_reduce(threshold = 8, twin = plain)]
    fn f(xs: &[u64]) -> u64 {
        let add = |a: u64, b: &u64| a + b;
        xs.iter().fold(0, add)
    }

    #[test]
    fn a_closure_as_operation() {
        for &n in SIZES {
            let v = numbers(1, n, 50);
            same("1", || plain(&v), || f(&v));
        }
    }
}

mod words_counted_as_in_the_book {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::par_reduce;
    use std::collections::*;
    #[par_reduce(threshold = 8, twin = plain)]
    fn book(text: &str) -> HashMap<&str, i32> {
        let mut map = HashMap::new();
        for word in text.split_whitespace() {
            let count = map.entry(word).or_insert(0);
            *count += 1;
        }
        map
    }

    #[test]
    fn words_counted_as_in_the_book() {
        for &n in SIZES {
            let t: String = numbers(1, n, 20).iter().map(|x| format!("w{x} ")).collect();
            same("1", || plain(&t), || book(&t));
        }
    }
}

mod lists_and_counts_by_key {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::par_reduce;
    use std::collections::*;
    #[par_reduce(threshold = 8, twin = plain)]
    fn book(xs: &[u64]) -> HashMap<u64, Vec<u64>> {
        let mut map: HashMap<u64, Vec<u64>> = HashMap::new();
        for &x in xs {
            let list = map.entry(x % 5).or_insert_with(Vec::new);
            list.push(x);
        }
        map
    }
    #[par_reduce(threshold = 8, twin = plain2)]
    fn am(xs: &[u64]) -> HashMap<u64, u64> {
        let mut map: HashMap<u64, u64> = HashMap::new();
        for &x in xs {
            map.entry(x % 5).and_modify(|c| *c += 1).or_insert(1);
        }
        map
    }

    #[test]
    fn lists_and_counts_by_key() {
        for &n in SIZES {
            let v = numbers(1, n, 50);
            same("1", || plain(&v), || book(&v));
            same("1", || plain2(&v), || am(&v));
        }
    }
}
