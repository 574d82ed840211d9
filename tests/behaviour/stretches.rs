//! Loops that write at several places of one slice, which may turn out to overlap.

mod two_halves {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::par_for;

    #[par_for(threshold = 8, twin = plain)]
    fn f(a: &[u64], out: &mut [u64]) {
        let n = a.len();
        for i in 0..n {
            out[i] = a[i];
            out[i + n] = a[i] * 2;
        }
    }

    #[test]
    fn two_halves() {
        for &n in SIZES {
            let v = numbers(1, n, 50);
            let r = |f: fn(&[u64], &mut [u64])| {
                let mut o = vec![0; 2 * n];
                f(&v, &mut o);
                o
            };
            same("1", || r(plain), || r(f));
        }
    }
}

mod strides_and_rows_of_variable_width {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::par_for;

    #[par_for(threshold = 8, twin = plain)]
    fn f(a: &[u64], out: &mut [u64], k: usize) {
        for i in (0..a.len()).step_by(k) {
            out[i] = a[i];
        }
    }
    #[par_for(threshold = 8, twin = plain2)]
    fn f2(a: &[u64], out: &mut [u64], k: usize) {
        for i in 0..a.len() {
            out[k * i] = a[i];
            out[k * i + 1] = a[i] + 1;
        }
    }

    #[test]
    fn strides_and_rows_of_variable_width() {
        for &n in SIZES {
            let v = numbers(1, n, 50);
            for k in 1..4 {
                let r = |f: fn(&[u64], &mut [u64], usize)| {
                    let mut o = vec![0; n * 3];
                    f(&v, &mut o, k);
                    o
                };
                same("1", || r(plain), || r(f));
                same("2", || r(plain2), || r(f2));
            }
        }
    }
}

mod butterflies_swaps_and_planes {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::par_for;

    #[par_for(threshold = 8, twin = plain)]
    fn butterfly(a: &mut [i64], half: usize) {
        for i in 0..half {
            let (x, y) = (a[i], a[i + half]);
            a[i] = x + y;
            a[i + half] = x - y;
        }
    }
    #[par_for(threshold = 8, twin = plain2)]
    fn swap_halves(a: &mut [i64]) {
        let n = a.len();
        let h = n / 2;
        for i in 0..h {
            let t = a[i];
            a[i] = a[i + h];
            a[i + h] = t;
        }
    }
    #[par_for(threshold = 8, twin = plain3)]
    fn reverse(a: &mut [i64]) {
        let n = a.len();
        for i in 0..n / 2 {
            a.swap(i, n - 1 - i);
        }
    }
    #[par_for(threshold = 8, twin = plain4)]
    fn planes(rgb: &[[u8; 3]], out: &mut [u8]) {
        let n = rgb.len();
        for (i, p) in rgb.iter().enumerate() {
            out[i] = p[0];
            out[n + i] = p[1];
            out[2 * n + i] = p[2];
        }
    }

    #[test]
    fn butterflies_swaps_and_planes() {
        for &n in SIZES {
            let v: Vec<i64> = numbers(1, n, 50).iter().map(|x| *x as i64).collect();
            for h in [n / 2, n / 3, n] {
                let r = |f: fn(&mut [i64], usize)| {
                    let mut o = v.clone();
                    f(&mut o, h);
                    o
                };
                same("1", || r(plain), || r(butterfly));
            }
            let r = |f: fn(&mut [i64])| {
                let mut o = v.clone();
                f(&mut o);
                o
            };
            same("2", || r(plain2), || r(swap_halves));
            same("3", || r(plain3), || r(reverse));
            let p: Vec<[u8; 3]> = v.iter().map(|x| [*x as u8, 1, 2]).collect();
            let r = |f: fn(&[[u8; 3]], &mut [u8])| {
                let mut o = vec![0; 3 * n];
                f(&p, &mut o);
                o
            };
            same("4", || r(plain4), || r(planes));
        }
    }
}

mod pairs_planes_mirrors_and_offsets {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::{par_for, par_reduce};

    #[par_for(threshold = 8, twin = p1)]
    fn sort_pairs(a: &mut [i64]) {
        let mut i = 0;
        while i + 1 < a.len() {
            if a[i] > a[i + 1] {
                a.swap(i, i + 1);
            }
            i += 2;
        }
    }
    #[par_for(threshold = 8, twin = p2)]
    fn planes(rgb: &[[u8; 3]], out: &mut [u8]) {
        let n = rgb.len();
        for (i, p) in rgb.iter().enumerate() {
            for c in 0..3 {
                out[c * n + i] = p[c];
            }
        }
    }
    #[par_for(threshold = 8, twin = p3)]
    fn halves(a: &mut [i64], h: usize) {
        for i in 0..h {
            a[i] += a[i + h];
        }
    }
    #[par_for(threshold = 8, twin = p4)]
    fn flip(img: &mut [i64], w: usize) {
        let h = img.len() / w;
        for y in 0..h / 2 {
            for x in 0..w {
                img.swap(y * w + x, (h - 1 - y) * w + x);
            }
        }
    }
    #[par_for(threshold = 8, twin = p5)]
    fn deinterleave(a: &[i64], out: &mut [i64]) {
        let half = a.len() / 2;
        for i in 0..half {
            out[i] = a[2 * i];
            out[half + i] = a[2 * i + 1];
        }
    }
    #[par_for(threshold = 8, twin = p6)]
    fn haar(a: &[i64], out: &mut [i64], half: usize) {
        for i in 0..half {
            let (x, y) = (a[2 * i], a[2 * i + 1]);
            out[i] = x + y;
            out[i + half] = x - y;
        }
    }
    #[par_reduce(threshold = 8, twin = p7)]
    fn mirrored(n: usize) -> (Vec<u64>, u64) {
        let mut k = vec![0; 2 * n + 1];
        let mut s = 0u64;
        for i in 1..=n {
            let v = (i * i) as u64;
            k[n + i] = v;
            k[n - i] = v;
            s += 2 * v;
        }
        k[n] = 7;
        (k, s + 7)
    }
    #[par_for(threshold = 8, twin = p8)]
    fn strided(a: &[i64], out: &mut [i64], k: usize) {
        for i in 0..a.len() {
            out[k * i] = a[i];
            out[k * i + 1] = a[i] + 1;
            out[k * i] += 3;
        }
    }
    #[par_for(threshold = 8, twin = p9)]
    fn soa(a: &[[i64; 2]], out: &mut Vec<i64>, x0: usize, y0: usize) {
        for (i, p) in a.iter().enumerate() {
            out[x0 + i] = p[0];
            out[y0 + i] = p[1];
        }
    }

    #[test]
    fn pairs_planes_mirrors_and_offsets() {
        for &n in SIZES {
            let v: Vec<i64> = numbers(1, n, 50).iter().map(|x| *x as i64).collect();
            let w: Vec<i64> = numbers(2, 4 * n, 50).iter().map(|x| *x as i64).collect();
            let r = |f: fn(&mut [i64])| {
                let mut o = v.clone();
                f(&mut o);
                o
            };
            same("1", || r(p1), || r(sort_pairs));
            let p: Vec<[u8; 3]> = v.iter().map(|x| [*x as u8, 1, 2]).collect();
            let r = |f: fn(&[[u8; 3]], &mut [u8])| {
                let mut o = vec![0; 3 * n];
                f(&p, &mut o);
                o
            };
            same("2", || r(p2), || r(planes));
            for h in [n, n / 2, n / 3 + 1] {
                let r = |f: fn(&mut [i64], usize)| {
                    let mut o = v.clone();
                    f(&mut o, h);
                    o
                };
                same("3", || r(p3), || r(halves));
            }
            for h in [1, 2, 3] {
                let r = |f: fn(&mut [i64], usize)| {
                    let mut o = v.clone();
                    f(&mut o, h);
                    o
                };
                same("4", || r(p4), || r(flip));
            }
            let r = |f: fn(&[i64], &mut [i64])| {
                let mut o = vec![0; n];
                f(&v, &mut o);
                o
            };
            same("5", || r(p5), || r(deinterleave));
            let r = |f: fn(&[i64], &mut [i64], usize)| {
                let mut o = w.clone();
                f(&w, &mut o, n);
                o
            };
            same("6", || r(p6), || r(haar));
            same("7", || p7(n), || mirrored(n));
            for k in [1, 2, 3, 4] {
                let r = |f: fn(&[i64], &mut [i64], usize)| {
                    let mut o = w.clone();
                    f(&v, &mut o, k);
                    o
                };
                same("8", || r(p8), || r(strided));
            }
            let p: Vec<[i64; 2]> = v.iter().map(|x| [*x, 1]).collect();
            for (x, y) in [(0, n), (n, 0), (0, 0), (2, 3), (n + 1, 0), (5, 5 + n)] {
                let r = |f: fn(&[[i64; 2]], &mut Vec<i64>, usize, usize)| {
                    let mut o = w.clone();
                    f(&p, &mut o, x, y);
                    o
                };
                same("9", || r(p9), || r(soa));
            }
        }
    }
}

mod from_the_last_row_to_the_first {
    use crate::{numbers, same};
    use divvy::par_for;

    #[par_for(threshold = 8, twin = p1)]
    fn flip_into(src: &[i64], out: &mut [i64], w: usize, h: usize) {
        for y in 0..h {
            for x in 0..w {
                out[(h - 1 - y) * w + x] = src[y * w + x];
            }
        }
    }
    #[par_for(threshold = 8, twin = p2)]
    fn flip_rows(src: &[i64], out: &mut [i64], w: usize, h: usize) {
        for y in 0..h {
            let to = h - 1 - y;
            out[to * w..(to + 1) * w].copy_from_slice(&src[y * w..(y + 1) * w]);
        }
    }
    #[par_for(threshold = 8, twin = p3)]
    fn first_two(out: &mut [i64], w: usize, h: usize) {
        for y in 0..h {
            out[y * w] = 1;
            out[y * w + 1] = 2;
        }
    }
    #[par_for(threshold = 8, twin = p4)]
    fn rot(out: &mut [i64]) {
        let n = out.len();
        for i in 0..n / 2 {
            let t = out[i];
            out[i] = out[n - 1 - i];
            out[n - 1 - i] = t;
        }
    }
    #[par_for(threshold = 8, twin = p5)]
    fn mid(out: &mut [i64]) {
        let n = out.len();
        for i in 0..(n + 1) / 2 {
            let t = out[i] + 1;
            out[i] = t + out[n - 1 - i];
            out[n - 1 - i] += t;
        }
    }
    #[par_for(threshold = 8, twin = p6)]
    fn all(out: &mut [i64]) {
        let n = out.len();
        for i in 0..n {
            let t = out[i] + 1;
            out[i] = t + out[n - 1 - i];
            out[n - 1 - i] += t;
        }
    }

    #[test]
    fn from_the_last_row_to_the_first() {
        for &n in &[0usize, 1, 2, 3, 7, 8, 9, 40, 333] {
            let w: Vec<i64> = numbers(2, 6 * n, 50).iter().map(|x| *x as i64).collect();
            for k in [0, 1, 2, 3, 6] {
                let r = |f: fn(&[i64], &mut [i64], usize, usize)| {
                    let mut o = w.clone();
                    f(&w, &mut o, k, n);
                    o
                };
                same("1", || r(p1), || r(flip_into));
                same("2", || r(p2), || r(flip_rows));
                let r = |f: fn(&mut [i64], usize, usize)| {
                    let mut o = w.clone();
                    f(&mut o, k, n);
                    o
                };
                same("3", || r(p3), || r(first_two));
            }
            for v in [&w[..n], &w[..5 * n]] {
                let r = |f: fn(&mut [i64])| {
                    let mut o = v.to_vec();
                    f(&mut o);
                    o
                };
                same("4", || r(p4), || r(rot));
                same("5", || r(p5), || r(mid));
                same("6", || r(p6), || r(all));
            }
        }
    }
}

mod one_formula_for_two_halves {
    use crate::{LENGTHS as SIZES, floats, same};
    use divvy::par_for;

    use std::ops::*;
    trait Num:
        Copy + Send + Sync + Add<Output = Self> + Mul<Output = Self> + Sub<Output = Self> + Div<Output = Self>
    {
    }
    impl Num for f64 {}
    struct S<T> {
        d1: Vec<T>,
        d2: Vec<T>,
        prb: Vec<T>,
        prs: Vec<T>,
        n: usize,
    }
    impl<T: Num> S<T> {
        #[par_for(threshold = 8, twin = plain)]
        fn solve_preconditioner(&mut self, b: &[T], x: &mut [T]) {
            let (_, p) = (0, self.n);
            for i in 0..p {
                x[i] = (self.d1[i] * b[i] - self.d2[i] * b[i + p]) / self.prs[i];
                x[i + p] = (self.prb[i] * b[i + p] - self.d2[i] * b[i]) / self.prs[i];
            }
        }
    }

    #[test]
    fn one_formula_for_two_halves() {
        for &n in SIZES {
            let v = floats(1, n);
            let b = floats(2, 2 * n);
            let r = |f: fn(&mut S<f64>, &[f64], &mut [f64])| {
                let mut s = S {
                    d1: v.clone(),
                    d2: v.clone(),
                    prb: v.clone(),
                    prs: v.iter().map(|x| x + 100.0).collect(),
                    n,
                };
                let mut x = b.clone();
                f(&mut s, &b, &mut x);
                x
            };
            same("a", || r(S::plain), || r(S::solve_preconditioner));
        }
    }
}

mod rows_of_blocks {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::par_for;

    fn enlarge(v: u16) -> [u8; 3] {
        [(v >> 11) as u8, (v >> 5) as u8 & 63, v as u8 & 31]
    }
    fn decode_block(src: &[u8], dest: &mut [u8]) {
        let c0 = u16::from(src[0]) | (u16::from(src[1]) << 8);
        let t = enlarge(c0);
        for i in 0..16 {
            dest[i * 3..][..3].copy_from_slice(&t);
            dest[i * 3] ^= src[2 + i / 4];
        }
    }
    #[par_for(private(decoded_block), threshold = 8, twin = plain)]
    fn decode_row(source: &[u8], dest: &mut [u8]) {
        assert!(source.len() % 8 == 0);
        let block_count = source.len() / 8;
        assert!(dest.len() >= block_count * 48);
        let mut decoded_block = [0u8; 48];
        for (x, encoded_block) in source.chunks(8).enumerate() {
            decode_block(encoded_block, &mut decoded_block);
            for line in 0..4 {
                let offset = (block_count * line + x) * 12;
                dest[offset..offset + 12].copy_from_slice(&decoded_block[line * 12..(line + 1) * 12]);
            }
        }
    }

    #[test]
    fn rows_of_blocks() {
        for &n in SIZES {
            let s: Vec<u8> = numbers(1, n * 8, 256).iter().map(|x| *x as u8).collect();
            let r = |f: fn(&[u8], &mut [u8])| {
                let mut d = vec![0; n * 48];
                f(&s, &mut d);
                d
            };
            same("1", || r(plain), || r(decode_row));
        }
    }
}

mod fields_conditions_and_overlaps {
    use crate::{LENGTHS as SIZES, numbers, same};
    use divvy::{par_for, par_reduce};

    // stretches: conditional writes, ranges, struct fields, overlapping args, panics
    struct S {
        buf: Vec<i64>,
        n: usize,
        w: usize,
    }
    impl S {
        #[par_for(threshold = 4, twin = p1)]
        fn f1(&mut self, a: &[i64]) {
            for i in 0..self.n {
                if a[i] % 2 == 0 {
                    self.buf[i] = a[i];
                } else {
                    self.buf[self.n + i] += a[i];
                }
            }
        }
        #[par_for(threshold = 4, twin = p2)]
        fn f2(&mut self, off: usize) {
            let w = self.w;
            for y in 0..self.n {
                for x in 0..w {
                    self.buf[y * w + x] += 1;
                    self.buf[off + y * w + x] -= 2;
                }
            }
        }
        #[par_reduce(threshold = 4, twin = p3)]
        fn f3(&mut self, lo: usize, hi: usize) -> i64 {
            let mut s = 0;
            for i in 0..self.n {
                self.buf[lo + i] = i as i64;
                s += self.buf[lo + i];
                self.buf[hi - i] = -(i as i64);
            }
            s
        }
        #[par_for(threshold = 4, twin = p4)]
        fn f4(&mut self, at: usize) {
            let w = self.w;
            for y in 0..self.n {
                self.buf[y * w..(y + 1) * w].fill(y as i64);
                self.buf[at + y] = 7;
            }
        }
    }
    #[par_for(threshold = 4, twin = p5)]
    fn f5(v: &mut [i64], n: usize, k: usize) {
        for i in (0..n).rev() {
            v[i] += 1;
            v[k + i] *= 2;
        }
    }
    #[par_for(threshold = 4, twin = p6)]
    fn f6(v: &mut [i64], n: usize, k: usize) {
        for i in (0..n).step_by(2) {
            v[i] += 1;
            v[i + 1] -= 1;
            v[k + i] *= 2;
        }
    }
    #[par_for(threshold = 4, twin = p7)]
    fn f7(v: &mut [i64], a: usize, b: usize, n: usize) {
        for i in 0..n {
            v.swap(a + i, b + i);
        }
    }

    #[test]
    fn fields_conditions_and_overlaps() {
        for &n in SIZES {
            let a: Vec<i64> = numbers(1, n, 50).iter().map(|x| *x as i64).collect();
            let mk = |w| S {
                buf: numbers(4, 4 * n, 99).iter().map(|x| *x as i64).collect(),
                n,
                w,
            };
            let r = |f: fn(&mut S, &[i64])| {
                let mut s = mk(2);
                f(&mut s, &a);
                s.buf
            };
            same("1", || r(S::p1), || r(S::f1));
            for off in [0, 1, 2, 3, n, 2 * n, 2 * n + 1] {
                for w in [0, 1, 2] {
                    let r = |f: fn(&mut S, usize)| {
                        let mut s = mk(w);
                        f(&mut s, off);
                        s.buf
                    };
                    same("2", || r(S::p2), || r(S::f2));
                    same("4", || r(S::p4), || r(S::f4));
                }
            }
            for (lo, hi) in [(0, 2 * n), (n, n), (2 * n, n), (0, n), (1, 2), (n, 4 * n), (0, 3 * n)] {
                let r = |f: fn(&mut S, usize, usize) -> i64| {
                    let mut s = mk(2);
                    let x = f(&mut s, lo, hi);
                    (x, s.buf)
                };
                same("3", || r(S::p3), || r(S::f3));
                let r = |f: fn(&mut [i64], usize, usize)| {
                    let mut s = mk(2);
                    f(&mut s.buf, n, hi);
                    s.buf
                };
                same("5", || r(p5), || r(f5));
                same("6", || r(p6), || r(f6));
                let r = |f: fn(&mut [i64], usize, usize, usize)| {
                    let mut s = mk(2);
                    f(&mut s.buf, lo, hi, n);
                    s.buf
                };
                same("7", || r(p7), || r(f7));
            }
        }
    }
}
