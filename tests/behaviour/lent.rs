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

mod chains_of_names {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::par_reduce;

    #[par_reduce(threshold = 8, twin = p4)]
    fn f4(xs: &[u64]) -> u64 {
        let evens = xs.iter().filter(|x| *x % 2 == 0);
        let odds = xs.iter().filter(|x| *x % 2 == 1);
        let mut s = 0u64;
        for (a, b) in evens.zip(odds) {
            s += a * b;
        }
        s
    }
    #[par_reduce(threshold = 8, twin = p5)]
    fn f5(xs: &[u64]) -> Vec<u64> {
        let mut out = Vec::new();
        let it = xs.chunks(3).enumerate();
        for (i, c) in it {
            if i % 2 == 0 {
                out.extend_from_slice(c);
            }
        }
        out
    }
    #[par_reduce(threshold = 8, twin = p6)]
    fn f6(xs: Vec<u64>) -> (Vec<u64>, usize) {
        let n = xs.len();
        let it = xs.into_iter().rev();
        let v: Vec<u64> = it.take(5).collect();
        (v, n)
    }
    #[par_reduce(threshold = 8, twin = p7)]
    fn f7(s: &str) -> (usize, usize) {
        let mut lines = s.lines();
        let mut n = 0;
        let mut w = 0;
        while let Some(line) = lines.next() {
            if line.is_empty() {
                continue;
            }
            n += 1;
            w += line.split(' ').count();
        }
        (n, w)
    }
    #[par_reduce(threshold = 8, twin = p8)]
    fn f8(s: &str) -> Option<char> {
        let mut cs = s.chars();
        while let Some(c) = cs.next() {
            if c.is_ascii_digit() {
                return Some(c);
            }
        }
        None
    }
    #[par_reduce(threshold = 8, twin = p9)]
    fn f9(xs: &[u64]) -> u64 {
        let longest = |a: u64, b: u64| if a > b { a } else { b };
        xs.iter().copied().fold(0, longest)
    }
    #[par_reduce(threshold = 8, twin = p10)]
    fn f10(xs: &[u64]) -> u64 {
        let pairs = xs.windows(2);
        let diffs = pairs.map(|w| w[1].abs_diff(w[0]));
        diffs.max().unwrap_or(0)
    }

    #[test]
    fn chains_of_names() {
        for &n in SIZES {
            let v = numbers(1, n, 50);
            let t: String = v
                .iter()
                .map(|x| {
                    if x % 4 == 0 {
                        "\n".to_string()
                    } else {
                        format!("a b{x} ")
                    }
                })
                .collect();
            same("4", || p4(&v), || f4(&v));
            same("5", || p5(&v), || f5(&v));
            same("6", || p6(v.clone()), || f6(v.clone()));
            same("7", || p7(&t), || f7(&t));
            same("8", || p8(&t), || f8(&t));
            same("9", || p9(&v), || f9(&v));
            same("10", || p10(&v), || f10(&v));
        }
    }
}

mod declared_anew {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::par_reduce;

    #[par_reduce(threshold = 8, twin = plain)]
    fn f(xs: &[u64]) -> Option<u64> {
        let it = xs.iter().copied();
        let it = it.filter(|x| x % 3 != 0);
        let mut sum = 0;
        for x in it {
            if x == 17 {
                return None;
            }
            sum += x;
        }
        Some(sum)
    }

    #[test]
    fn declared_anew() {
        for &n in SIZES {
            for most in [16, 50] {
                let v = numbers(1, n, most);
                same("filtered", || plain(&v), || f(&v));
            }
        }
    }
}
