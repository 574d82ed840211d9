//! Variables that go along with the iterations, by the same step in each.

use divvy::{par_for, par_reduce, par_scan};

use crate::{CUTOFF, LENGTHS, numbers, same};

#[par_for(threshold = CUTOFF, twin = plain_interleaved)]
fn interleaved(out: &mut [u64], pairs: &[(u64, u64)], flat: &mut [u64]) {
    let mut k = 0;
    for (a, b) in pairs {
        out[k] = *a;
        k += 1;
        out[k] = *b;
        k += 1;
    }
    let mut at = 3;
    for i in 0..pairs.len() {
        flat[at..at + 2].copy_from_slice(&[pairs[i].0, pairs[i].1]);
        at = at + 2;
    }
}

#[par_for(threshold = CUTOFF, twin = plain_opaque)]
fn opaque(rgb: &[u64], out: &mut [u64], width: usize) -> (usize, usize) {
    let (mut from, mut to) = (0usize, 0usize);
    for _ in 0..rgb.len() / (3 * width) {
        for _ in 0..width {
            out[to] = rgb[from];
            out[to + 1] = rgb[from + 1];
            out[to + 2] = rgb[from + 2];
            out[to + 3] = 255;
            from += 3;
            to += 4;
        }
    }
    (from, to)
}

#[derive(Clone, Debug, PartialEq)]
struct Image {
    data: Vec<u64>,
    width: usize,
    height: usize,
    depth: usize,
}

impl Image {
    #[par_for(threshold = CUTOFF, twin = plain_gradient)]
    fn gradient(&mut self) {
        let mut offset = 0;
        for y in 0..self.height {
            for x in 0..self.width {
                self.data[offset + x] = (x * y) as u64;
            }
            offset += self.width;
        }
    }

    #[par_for(threshold = CUTOFF, twin = plain_planes)]
    fn planes(&mut self) {
        let mut offset = 0;
        for y in 0..self.height {
            for x in 0..self.width {
                self.data[offset] = (x + y) as u64;
                offset += 1;
                let more = self.data[offset] + self.depth as u64;
                self.data[offset] = more;
                offset += 1;
            }
        }
    }
}

#[par_reduce(threshold = CUTOFF, twin = plain_sampled)]
fn sampled(xs: &[u64], stride: usize, first: usize) -> (Vec<u64>, u64, usize) {
    let (mut picked, mut sum, mut at) = (vec![], 0, first);
    for i in 2..xs.len() / stride.max(1) {
        if i % 7 == 5 {
            picked.push(xs[at] + i as u64);
        }
        sum += xs[at];
        at += stride;
    }
    (picked, sum, at)
}

#[par_reduce(threshold = CUTOFF, twin = plain_until_zero)]
fn until_zero(xs: &[u64]) -> Option<u64> {
    let (mut at, mut best) = (0, 0);
    for (number, pair) in xs.chunks_exact(2).enumerate() {
        best = best.max(pair[0] * xs[at]);
        if pair[1] == 0 && number > 20 {
            return None;
        }
        at += 2;
    }
    Some(best)
}

#[par_scan(threshold = CUTOFF, twin = plain_sums_and_places)]
fn sums_and_places(rows: &[[u64; 3]], out: &mut [u64]) -> (Vec<u64>, usize) {
    let (mut total, mut totals, mut at) = (0, vec![], 0);
    for row in rows {
        total += row[1];
        totals.push(total);
        out[at..at + 3].copy_from_slice(row);
        at += 3;
    }
    (totals, at)
}

#[par_for(threshold = CUTOFF, twin = plain_counted)]
fn counted(xs: &[u64], out: &mut [u64]) {
    let (mut i, mut k) = (1, 0);
    while i < xs.len() {
        out[k] = xs[i];
        k += 2;
        i += 1;
    }
}

#[test]
fn pairs_pixels_and_blocks() {
    for &n in LENGTHS {
        let pairs: Vec<(u64, u64)> = numbers(3, n, 50).into_iter().zip(numbers(4, n, 50)).collect();
        let run = |f: fn(&mut [u64], &[(u64, u64)], &mut [u64])| {
            let (mut out, mut flat) = (vec![0; 2 * n + 1], vec![7; 2 * n + 5]);
            f(&mut out, &pairs, &mut flat);
            (out, flat)
        };
        same(&format!("n = {n}"), || run(plain_interleaved), || run(interleaved));
        for width in [1, 2, 5] {
            let rgb = numbers(5, 3 * n, 256);
            let run = |f: fn(&[u64], &mut [u64], usize) -> (usize, usize)| {
                let mut out = vec![1; 4 * n + 2];
                (f(&rgb, &mut out, width), out)
            };
            same(&format!("n = {n}, {width}"), || run(plain_opaque), || run(opaque));
            let image = Image {
                data: numbers(6, n, 9),
                width,
                height: n / (2 * width),
                depth: 3,
            };
            let run = |f: fn(&mut Image)| {
                let mut image = image.clone();
                f(&mut image);
                image
            };
            same(
                &format!("n = {n}, {width}"),
                || run(Image::plain_gradient),
                || run(Image::gradient),
            );
            same(
                &format!("n = {n}, {width}"),
                || run(Image::plain_planes),
                || run(Image::planes),
            );
        }
    }
}

#[test]
fn offsets_that_are_read_beside_accumulators() {
    for &n in LENGTHS {
        let xs = numbers(7, n, 30);
        for (stride, first) in [(1, 0), (3, 1), (0, 0), (2, n)] {
            let what = format!("n = {n}, from {first} by {stride}");
            same(
                &what,
                || plain_sampled(&xs, stride, first),
                || sampled(&xs, stride, first),
            );
        }
        same(&format!("n = {n}"), || plain_until_zero(&xs), || until_zero(&xs));
        let rows: Vec<[u64; 3]> = xs.iter().map(|x| [*x, x + 1, x * 2]).collect();
        let run = |f: fn(&[[u64; 3]], &mut [u64]) -> (Vec<u64>, usize)| {
            let mut out = vec![0; 3 * n];
            (f(&rows, &mut out), out)
        };
        same(
            &format!("n = {n}"),
            || run(plain_sums_and_places),
            || run(sums_and_places),
        );
        let run = |f: fn(&[u64], &mut [u64])| {
            let mut out = vec![0; 2 * n];
            f(&xs, &mut out);
            out
        };
        same(&format!("n = {n}"), || run(plain_counted), || run(counted));
    }
}
