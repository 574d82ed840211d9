//! Loops that count by hand: `while` and `loop` with an index.

mod steps_before_a_continue {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::par_reduce;

    #[par_reduce(threshold = 8, twin = plain)]
    fn f(xs: &[u64]) -> u64 {
        let mut i = 0;
        let mut s = 0u64;
        while i < xs.len() {
            if xs[i] % 3 == 0 {
                i += 1;
                continue;
            }
            s += xs[i];
            i += 1;
        }
        s + i as u64
    }

    #[test]
    fn steps_before_a_continue() {
        for &n in SIZES {
            let v = numbers(1, n, 50);
            same("1", || plain(&v), || f(&v));
        }
    }
}

mod left_early {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::par_reduce;

    #[par_reduce(threshold = 8, twin = plain)]
    fn f(xs: &[u64]) -> usize {
        let mut i = 0;
        while i < xs.len() {
            if xs[i] == 17 {
                break;
            }
            i += 1;
        }
        i
    }
    #[par_reduce(threshold = 8, twin = plain2)]
    fn f2(xs: &[u64]) -> (u64, usize) {
        let mut i = 0;
        let mut s = 0u64;
        while i < xs.len() {
            if xs[i] == 17 {
                break;
            }
            s += xs[i];
            i += 1;
        }
        (s, i)
    }
    #[par_reduce(threshold = 8, twin = plain3)]
    fn f3(xs: &[u64]) -> Option<usize> {
        let mut i = 0;
        while i < xs.len() {
            if xs[i] == 17 {
                return Some(i);
            }
            i += 1;
        }
        None
    }

    #[test]
    fn left_early() {
        for &n in SIZES {
            let v = numbers(1, n, 50);
            same("1", || plain(&v), || f(&v));
            same("2", || plain2(&v), || f2(&v));
            same("3", || plain3(&v), || f3(&v));
        }
    }
}

mod a_flag_in_the_condition {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::par_reduce;

    #[par_reduce(threshold = 8, twin = plain)]
    fn f(xs: &[u64]) -> bool {
        let mut i = 0;
        let mut found = false;
        while i < xs.len() && !found {
            if xs[i] == 17 {
                found = true;
            }
            i += 1;
        }
        found
    }

    #[test]
    fn a_flag_in_the_condition() {
        for &n in SIZES {
            let v = numbers(1, n, 50);
            same("1", || plain(&v), || f(&v));
        }
    }
}

mod a_search_in_the_condition {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::par_reduce;

    #[par_reduce(threshold = 8, twin = plain)]
    fn f(xs: &[u64]) -> usize {
        let mut i = 0;
        while i < xs.len() && xs[i] != 17 {
            i += 1;
        }
        i
    }

    #[test]
    fn a_search_in_the_condition() {
        for &n in SIZES {
            let v = numbers(1, n, 50);
            same("1", || plain(&v), || f(&v));
        }
    }
}

mod downward {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::par_reduce;

    #[par_reduce(threshold = 8, twin = plain)]
    fn f(xs: &[u64]) -> u64 {
        let mut i = xs.len();
        let mut s = 0u64;
        while i > 0 {
            i -= 1;
            s += xs[i] * i as u64;
        }
        s + i as u64
    }
    #[par_reduce(threshold = 8, twin = plain2)]
    fn f2(xs: &[u64]) -> u64 {
        let mut i = xs.len();
        let mut s = 0u64;
        while i > 0 {
            s += xs[i - 1] * i as u64;
            i -= 1;
        }
        s + i as u64
    }
    #[par_reduce(threshold = 8, twin = plain3)]
    fn f3(xs: &[u64]) -> u64 {
        let mut i = xs.len() as i64 - 1;
        let mut s = 0u64;
        while i >= 0 {
            s += xs[i as usize] * i as u64;
            i -= 1;
        }
        s + (i + 1) as u64
    }

    #[test]
    fn downward() {
        for &n in SIZES {
            let v = numbers(1, n, 50);
            same("1", || plain(&v), || f(&v));
            same("2", || plain2(&v), || f2(&v));
            same("3", || plain3(&v), || f3(&v));
        }
    }
}

mod a_loop_that_breaks_first {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::par_reduce;

    #[par_reduce(threshold = 8, twin = plain)]
    fn f(xs: &[u64]) -> u64 {
        let mut i = 0;
        let mut s = 0u64;
        loop {
            if i >= xs.len() {
                break;
            }
            s += xs[i];
            i += 1;
        }
        s + i as u64
    }

    #[test]
    fn a_loop_that_breaks_first() {
        for &n in SIZES {
            let v = numbers(1, n, 50);
            same("1", || plain(&v), || f(&v));
        }
    }
}

mod steps_bounds_and_exits_in_all_their_spellings {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::{par_for, par_reduce};

    #[par_reduce(threshold = 8, twin = p1)]
    fn f1(xs: &[u64], k: usize) -> (u64, usize) {
        let mut i = 0;
        let mut s = 0u64;
        while i < xs.len() {
            if xs[i] == 17 {
                i += k;
                break;
            }
            if xs[i] % 3 == 0 {
                i += k;
                continue;
            }
            s += xs[i];
            i += k;
        }
        (s, i)
    }
    #[par_reduce(threshold = 8, twin = p2)]
    fn f2(b: &[u64]) -> (u64, usize, usize) {
        let mut i = 0;
        let mut words = 0;
        let mut last = 0;
        while i < b.len() {
            let c = b[i];
            i += 1;
            if c > 40 {
                continue;
            }
            if c == 39 {
                break;
            }
            words += c;
            last = i;
        }
        (words, i, last)
    }
    #[par_reduce(threshold = 8, twin = p3)]
    fn f3(b: &[u64]) -> (u64, usize) {
        let mut i = 0;
        let mut s = 0;
        while i + 3 <= b.len() {
            s += b[i] * b[i + 1] + b[i + 2];
            i += 3;
        }
        (s, i)
    }
    #[par_reduce(threshold = 8, twin = p4)]
    fn f4(b: &[u64]) -> (u64, usize) {
        let mut i = 0;
        let mut s = 0;
        while i + 1 < b.len() {
            s += b[i] * b[i + 1];
            i += 1;
        }
        (s, i)
    }
    #[par_reduce(threshold = 8, twin = p5)]
    fn f5(b: &[u64], lo: usize) -> (u64, usize) {
        let mut i = b.len();
        let mut s = 0;
        while i > lo {
            let x = b[i - 1];
            if x == 13 {
                break;
            }
            i -= 1;
            s += x * i as u64;
        }
        (s, i)
    }
    #[par_reduce(threshold = 8, twin = p6)]
    fn f6(b: &[u64], lo: usize) -> (u64, usize) {
        let mut i = b.len();
        let mut s = 0;
        while i != 0 {
            i -= 1;
            if b[i] == 13 {
                break;
            }
            if b[i] == 14 {
                continue;
            }
            s += b[i] * i as u64;
        }
        (s, i + lo)
    }
    #[par_reduce(threshold = 8, twin = p7)]
    fn f7(b: &[i64]) -> (i64, i64) {
        let mut i = b.len() as i64 - 1;
        let mut s = 0;
        while i >= 0 && b[i as usize] != 13 {
            s += b[i as usize];
            i -= 1;
        }
        (s, i)
    }
    #[par_reduce(threshold = 8, twin = p8)]
    fn f8(b: &[i64]) -> (bool, usize) {
        let mut i = 0;
        let mut ok = true;
        while ok && i < b.len() {
            ok = b[i] != 13;
            i += 1;
        }
        (ok, i)
    }
    #[par_reduce(threshold = 8, twin = p9)]
    fn f9(b: &[i64]) -> (bool, usize, i64) {
        let mut i = 0;
        let mut s = 0;
        let mut done = false;
        while !done && i < b.len() {
            s += b[i];
            if b[i] == 13 {
                s += 5;
                done = true;
            } else {
                s += 1;
            }
            i += 1;
        }
        (done, i, s)
    }
    #[par_reduce(threshold = 8, twin = p10)]
    fn f10(b: &[i64]) -> (i64, usize) {
        let mut i = 3;
        let mut s = 0;
        loop {
            if i >= b.len() || b[i] == 13 {
                break;
            }
            s += b[i];
            i += 2;
        }
        (s, i)
    }
    #[par_reduce(threshold = 8, twin = p11)]
    fn f11(b: &[i64]) -> Option<usize> {
        let mut i = 0;
        while i < b.len() {
            match b[i] {
                13 => return Some(i),
                14 => break,
                15 => {
                    i += 1;
                    continue;
                }
                _ => {}
            }
            i += 1;
        }
        if i < b.len() { Some(i + 1000) } else { None }
    }
    #[par_reduce(threshold = 8, twin = p12)]
    fn f12(n: usize) -> u32 {
        let mut c = 0;
        let mut i = 2usize;
        while i <= n >> 1 {
            if n % i == 0 {
                c += 1;
            }
            i += 1;
        }
        c + i as u32
    }
    #[par_for(threshold = 8, twin = p13)]
    fn f13(out: &mut [i64]) {
        let mut i = 0;
        while i < out.len() {
            let x = i as i64;
            i += 1;
            out[i - 1] += x;
        }
    }
    #[par_for(threshold = 8, twin = p14)]
    fn f14(out: &mut [i64]) {
        let mut i = out.len();
        while i > 0 {
            i -= 1;
            out[i] += i as i64;
        }
    }

    #[test]
    fn steps_bounds_and_exits_in_all_their_spellings() {
        for &n in SIZES {
            let v = numbers(1, n, 50);
            let w: Vec<i64> = v.iter().map(|x| *x as i64).collect();
            same("1", || p1(&v, 3), || f1(&v, 3));
            same("2", || p2(&v), || f2(&v));
            same("3", || p3(&v), || f3(&v));
            same("4", || p4(&v), || f4(&v));
            for k in [0, 1, 5, 100] {
                same("5", || p5(&v, k), || f5(&v, k));
            }
            same("6", || p6(&v, 1), || f6(&v, 1));
            same("7", || p7(&w), || f7(&w));
            same("8", || p8(&w), || f8(&w));
            same("9", || p9(&w), || f9(&w));
            same("10", || p10(&w), || f10(&w));
            same("11", || p11(&w), || f11(&w));
            same("12", || p12(n), || f12(n));
            let r = |f: fn(&mut [i64])| {
                let mut o = w.clone();
                f(&mut o);
                o
            };
            same("13", || r(p13), || r(f13));
            same("14", || r(p14), || r(f14));
        }
    }
}

mod corners {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::par_reduce;

    // counting corner cases: index used after, shadowed, in closures, labels, nested, n changes, types
    #[par_reduce(threshold = 8, twin = p1)]
    fn f1(xs: &[u64]) -> (u64, usize) {
        let mut i = 0;
        let mut s = 0;
        while i < xs.len() {
            let y = {
                let x = xs[i] as usize;
                x as u64
            };
            i += 1;
            s += y + i as u64;
        }
        (s, i)
    }
    #[par_reduce(threshold = 8, twin = p3)]
    fn f3(_: &[u64]) -> (u64, u8) {
        let mut i = 250u8;
        let mut s = 0u64;
        while i < 255 {
            s += i as u64;
            i += 1;
        }
        (s, i)
    }
    #[par_reduce(threshold = 8, twin = p4)]
    fn f4(n: i32) -> (i64, i32) {
        let mut i = n;
        let mut s = 0i64;
        while i >= -20 {
            s += i as i64;
            i -= 1;
        }
        (s, i)
    }
    #[par_reduce(threshold = 8, twin = p5)]
    fn f5(n: i32) -> (i64, i32) {
        let mut i = -n;
        let mut s = 0i64;
        while i <= n {
            s += (i * i) as i64;
            i += 3;
        }
        (s, i)
    }
    #[par_reduce(threshold = 8, twin = p6)]
    fn f6(xs: &[u64]) -> (Vec<usize>, usize) {
        let mut i = 0;
        let mut out = vec![];
        'a: while i < xs.len() {
            for k in 0..3 {
                if xs[i] == k {
                    i += 1;
                    continue 'a;
                }
                if xs[i] == 47 {
                    break 'a;
                }
            }
            out.push(i);
            i += 1;
        }
        (out, i)
    }
    #[par_reduce(threshold = 8, twin = p7)]
    fn f7(xs: &[u64], f: impl Fn(usize) -> u64 + Sync) -> u64 {
        let mut i = xs.len();
        let mut m = 0;
        while i > 3 {
            i -= 1;
            let v = f(i) + xs[i];
            if v > m {
                m = v;
            }
        }
        m + i as u64
    }
    #[par_reduce(threshold = 8, twin = p8)]
    fn f8(xs: &[u64]) -> (bool, bool, usize) {
        let mut i = 0;
        let mut a = false;
        let b = true;
        while i < xs.len() && !a && b {
            if xs[i] > 45 {
                a = true;
            }
            i += 1;
        }
        (a, b, i)
    }
    #[par_reduce(threshold = 8, twin = p9)]
    fn f9(xs: &[u64]) -> (bool, usize, u64) {
        let mut i = 0;
        let mut a = xs.len() > 300;
        let mut s = 0;
        while !a && i < xs.len() {
            s += xs[i];
            i += 1;
            a = s_is(xs, i);
        }
        (a, i, s)
    }
    fn s_is(xs: &[u64], i: usize) -> bool {
        xs[i - 1] == 45
    }
    #[par_reduce(threshold = 8, twin = p10)]
    fn f10(xs: &[u64]) -> (u64, usize) {
        let n = xs.len() / 2;
        let mut i = 0;
        let mut s = 0;
        while i < n && i + 3 < xs.len() {
            s += xs[i] * xs[i + 3];
            i += 1;
        }
        (s, i)
    }
    #[par_reduce(threshold = 8, twin = p11)]
    fn f11(xs: &[u64]) -> Option<u64> {
        let mut i = 0;
        let mut s = 0u64;
        while i < xs.len() {
            let x = xs.get(i + 1)?;
            s += x;
            i += 1;
            if *x == 44 {
                return None;
            }
        }
        Some(s)
    }
    #[par_reduce(threshold = 8, twin = p12)]
    fn f12(xs: &[u64]) -> (u64, usize) {
        let mut i = 0;
        let mut s = 0;
        while i < xs.len() {
            if xs[i] == 49 {
                i = i + 1;
                break;
            } else if xs[i] == 3 {
                i = i + 1;
                continue;
            }
            s ^= xs[i];
            i = i + 1;
        }
        (s, i)
    }
    #[par_reduce(threshold = 8, twin = p13)]
    fn f13(xs: &[u64]) -> (u64, usize) {
        let mut lo = 0;
        let hi = xs.len();
        let mut s = 0;
        while lo < hi {
            match xs[lo] {
                7 => {
                    lo += 1;
                    continue;
                }
                8 => break,
                _ => s += 1,
            }
            lo += 1;
        }
        (s, lo)
    }

    #[test]
    fn corners() {
        for &n in SIZES {
            for seed in 1..4 {
                let v = numbers(seed, n, 50);
                same("1", || p1(&v), || f1(&v));
                same("3", || p3(&v), || f3(&v));
                same("4", || p4(n as i32), || f4(n as i32));
                same("5", || p5(n as i32), || f5(n as i32));
                same("6", || p6(&v), || f6(&v));
                same("7", || p7(&v, |i| i as u64), || f7(&v, |i| i as u64));
                same("8", || p8(&v), || f8(&v));
                same("9", || p9(&v), || f9(&v));
                same("10", || p10(&v), || f10(&v));
                same("11", || p11(&v), || f11(&v));
                same("12", || p12(&v), || f12(&v));
                same("13", || p13(&v), || f13(&v));
            }
        }
    }
}

mod conditions_about_the_element_before {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::par_reduce;

    #[par_reduce(threshold = 8, twin = plain)]
    fn f(xs: &[u64]) -> (u64, usize) {
        let mut i = xs.len();
        let mut s = 0;
        while i > 0 && xs[i - 1] != 3 {
            i -= 1;
            s += xs[i];
        }
        (s, i)
    }
    #[par_reduce(threshold = 8, twin = plain2)]
    fn f2(xs: &[u64]) -> usize {
        let mut i = xs.len();
        while i > 0 && xs[i - 1] < 40 {
            i -= 1;
        }
        i
    }

    #[test]
    fn conditions_about_the_element_before() {
        for &n in SIZES {
            let v = numbers(1, n, 50);
            same("1", || plain(&v), || f(&v));
            same("2", || plain2(&v), || f2(&v));
        }
    }
}

mod steps_that_lead_nowhere {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::par_reduce;

    #[par_reduce(threshold = 8, twin = plain)]
    fn f(xs: &[u64], k: usize) -> (u64, usize) {
        let mut i = 0;
        let mut s = 0;
        while i < xs.len() {
            s += xs[i];
            if xs[i] % 5 == 0 || k == 0 {
                break;
            }
            i += k;
        }
        (s, i)
    }
    #[par_reduce(threshold = 8, twin = plain2)]
    fn f2(n: i64, k: i64) -> (u64, i64) {
        let mut i = 0;
        let mut s = 0u64;
        while i < n {
            if i < -10 {
                break;
            }
            s += 1;
            i += k;
        }
        (s, i)
    }
    #[par_reduce(threshold = 8, twin = plain3)]
    fn f3(xs: &[u64]) -> (u64, u8) {
        let mut i = 0u8;
        let mut s = 0;
        while i <= 252 {
            if i as usize >= xs.len() {
                break;
            }
            s += xs[i as usize];
            i += 7;
        }
        (s, i)
    }

    #[test]
    fn steps_that_lead_nowhere() {
        for &n in SIZES {
            let v = numbers(1, n, 50);
            for k in 0..4 {
                same("1", || plain(&v, k), || f(&v, k));
            }
            for k in [-3, -1, 1, 2] {
                same("2", || plain2(n as i64, k), || f2(n as i64, k));
            }
            same("3", || plain3(&v), || f3(&v));
        }
    }
}

mod wide {
    use divvy::par_reduce;

    /// More than half of what an `i8` holds lies between the bounds.
    #[par_reduce(threshold = 4, twin = plain)]
    fn wide(end: i8) -> (i64, i8) {
        let mut i = -100i8;
        let mut sum = 0;
        while i < end {
            sum += i64::from(i);
            i += 7;
        }
        (sum, i)
    }

    #[test]
    fn a_range_wider_than_half_the_type() {
        for end in -101..=i8::MAX - 7 {
            assert_eq!(wide(end), plain(end), "{end}");
        }
    }
}
