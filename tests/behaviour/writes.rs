//! Loops that write elements of their own.

use divvy::par_for;

use crate::{CUTOFF, LENGTHS, numbers, same};

#[par_for(threshold = CUTOFF, twin = plain_shifted)]
fn shifted(a: &[u64], out: &mut [u64], mirrored: &mut Vec<u64>, pairs: &mut [u64]) {
    let n = a.len();
    for i in 0..n {
        let x = a[i] + 1;
        out[i + 2] = x;
        out[i + 2] += i as u64;
        mirrored[n - 1 - i] ^= x;
        pairs[2 * i] = x;
        if x % 2 == 0 {
            pairs[2 * i + 1] = pairs[2 * i] + 7;
        }
    }
}

#[test]
fn offsets_mirrors_and_strides() {
    for &n in LENGTHS {
        // too short a target panics, in both
        for (extra, pair) in [(2, 2), (5, 3), (1, 2), (2, 1)] {
            let a = numbers(1, n, 1_000);
            let run = |f: fn(&[u64], &mut [u64], &mut Vec<u64>, &mut [u64])| {
                let (mut out, mut mirrored, mut pairs) = (vec![9; n + extra], vec![1; n], vec![3; n * pair]);
                f(&a, &mut out, &mut mirrored, &mut pairs);
                (out, mirrored, pairs)
            };
            same(
                &format!("n = {n}, {extra}, {pair}"),
                || run(plain_shifted),
                || run(shifted),
            );
        }
    }
}

#[par_for(threshold = CUTOFF, twin = plain_ranges)]
fn ranges(out: &mut [u64], back: &mut [u64], blocks: &mut [u64], size: usize) {
    for i in 1..=out.len() {
        out[i - 1] += i as u64;
    }
    for i in (0..back.len()).rev() {
        back[i] = back[i] * 3 + i as u64;
    }
    let n = blocks.len();
    for start in (0..n).step_by(size) {
        let end = (start + size).min(n);
        let mut low = u64::MAX;
        for k in start..end {
            low = low.min(blocks[k]);
        }
        for k in start..end {
            blocks[k] -= low;
        }
    }
}

#[test]
fn inclusive_reversed_and_stepped_ranges() {
    for &n in LENGTHS {
        for size in [1, 2, 7, 100] {
            let start = numbers(2, n, 1_000);
            let run = |f: fn(&mut [u64], &mut [u64], &mut [u64], usize)| {
                let (mut a, mut b, mut c) = (start.clone(), start.clone(), start.clone());
                f(&mut a, &mut b, &mut c, size);
                (a, b, c)
            };
            same(&format!("n = {n}, size {size}"), || run(plain_ranges), || run(ranges));
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Image {
    pixels: Vec<u64>,
    rows: Vec<u64>,
    width: usize,
}

impl Image {
    #[par_for(threshold = 2, twin = plain_paint)]
    fn paint(&mut self, height: usize, grid: &mut [Vec<u64>]) -> usize {
        let mut last = 0;
        for y in 0..height {
            for x in 0..self.width {
                let at = y * self.width + x;
                if x == 2 && y == 1 {
                    continue;
                }
                self.pixels[at] = (self.pixels[y * self.width] + x as u64) * 2;
                grid[y][x % 3] += 1;
            }
            self.rows[y] = y as u64;
            last = y;
        }
        for y in 0..height {
            let row = &mut self.pixels[y * self.width..(y + 1) * self.width];
            row.reverse();
        }
        last
    }
}

#[test]
fn row_major_images_and_grids() {
    for height in [0, 1, 2, 3, 40] {
        // without columns every row is at the same place: the sequential code runs
        for width in [0, 1, 3, 8] {
            let start = Image {
                pixels: numbers(3, height * width + 1, 100),
                rows: vec![0; height],
                width,
            };
            let run = |f: fn(&mut Image, usize, &mut [Vec<u64>]) -> usize| {
                let (mut image, mut grid) = (start.clone(), vec![vec![0; 3]; height]);
                (f(&mut image, height, &mut grid), image, grid)
            };
            same(
                &format!("{height} x {width}"),
                || run(Image::plain_paint),
                || run(Image::paint),
            );
        }
    }
}

#[par_for(threshold = CUTOFF, twin = plain_enumerated)]
fn enumerated(xs: &mut [u64], ys: &mut [u64], n: usize) {
    for (i, x) in xs.iter_mut().enumerate() {
        *x += 1;
        ys[i] = *x;
    }
    for (x, i) in xs.iter_mut().zip(n..) {
        *x *= 2;
        ys[i - n] += *x;
    }
}

#[test]
fn elements_beside_the_source() {
    for &n in LENGTHS {
        let start = numbers(4, n, 100);
        let run = |f: fn(&mut [u64], &mut [u64], usize)| {
            let (mut xs, mut ys) = (start.clone(), start.clone());
            f(&mut xs, &mut ys, 3);
            (xs, ys)
        };
        same(&format!("n = {n}"), || run(plain_enumerated), || run(enumerated));
    }
}

#[par_for(threshold = 2, twin = plain_swap)]
fn swap(image: &[u8], out: &mut [u8], w: usize, h: usize) {
    for y in 0..h {
        for x in 0..w {
            let i = (y * w + x) * 3;
            out[i] = image[i + 2];
            out[i + 1] = image[i + 1];
            out[i + 2] = image[i];
        }
    }
}

#[test]
fn pixels_of_three_bytes() {
    for (w, h) in [(0, 5), (5, 0), (1, 1), (3, 9), (10, 40)] {
        let image: Vec<u8> = numbers(5, w * h * 3, 256).iter().map(|&x| x as u8).collect();
        let run = |f: fn(&[u8], &mut [u8], usize, usize)| {
            let mut out = vec![0; image.len()];
            f(&image, &mut out, w, h);
            out
        };
        same(&format!("{w} x {h}"), || run(plain_swap), || run(swap));
    }
}

#[par_for(threshold = CUTOFF, twin = plain_counted)]
fn counted(out: &mut [u64], xs: &[u64], n: usize, k: usize) {
    for (i, x) in xs.iter().enumerate().take(n) {
        if x % 2 == 0 {
            out[i] = *x;
        } else {
            out[i] = 2;
        }
    }
    for (i, x) in xs.iter().enumerate().skip(k) {
        out[i] += *x * 3;
    }
    for (i, x) in xs.iter().enumerate().skip(k).take(n) {
        out[2 * i + 1] += *x;
    }
}

#[test]
fn positions_of_some_items() {
    for &length in LENGTHS {
        let xs = numbers(3, length, 100);
        for (n, k) in [(0, 0), (3, 1), (900, 5), (2_000, 39), (5, 5_000)] {
            for room in [2 * length + 2, length, length / 2] {
                let run = |f: fn(&mut [u64], &[u64], usize, usize)| {
                    let mut out = vec![9; room];
                    f(&mut out, &xs, n, k);
                    out
                };
                same(
                    &format!("length {length}, {n}, {k}, {room}"),
                    || run(plain_counted),
                    || run(counted),
                );
            }
        }
    }
}

#[par_for(threshold = CUTOFF, twin = plain_collected_writes)]
fn collected_writes(out: &mut [u64], xs: &[u64], stop: u64) -> Option<u64> {
    for (o, x) in out.iter_mut().zip(xs) {
        *o += *x;
    }
    xs.iter().position(|x| *x == stop).map(|at| at as u64)
}

#[test]
fn a_search_beside_writes() {
    for &length in LENGTHS {
        let xs = numbers(4, length, 50);
        let run = |f: fn(&mut [u64], &[u64], u64) -> Option<u64>| {
            let mut out = vec![1; length];
            let found = f(&mut out, &xs, 17);
            (found, out)
        };
        same(
            &format!("length {length}"),
            || run(plain_collected_writes),
            || run(collected_writes),
        );
    }
}

#[par_for(threshold = CUTOFF, twin = plain_mirrored)]
fn mirrored(other: &[u64], out: &mut [u64]) {
    for i in 0..out.len() {
        out[i] ^= other[out.len() - 1 - i];
    }
}

#[test]
fn the_length_of_what_is_written_may_be_looked_at() {
    for &n in LENGTHS {
        let other = numbers(31, n, 1000);
        let run = |f: fn(&[u64], &mut [u64])| {
            let mut out = numbers(32, n, 1000);
            f(&other, &mut out);
            out
        };
        same(&format!("n = {n}"), || run(plain_mirrored), || run(mirrored));
    }
}

#[par_for(threshold = 2, twin = plain_from_the_end)]
fn from_the_end(out: &mut [u64], fours: &mut Vec<u64>, xs: &[u64], size: usize) {
    for (i, (block, part)) in out.rchunks_mut(size).zip(xs.rchunks(size)).enumerate() {
        for (o, x) in block.iter_mut().zip(part) {
            *o = *x * 3 + i as u64;
        }
        block[0] += part.len() as u64;
    }
    for block in fours.rchunks_mut(4) {
        block.reverse();
        block[0] += block.len() as u64;
    }
}

#[par_for(threshold = 2, twin = plain_sums_from_the_end)]
fn sums_from_the_end(sums: &mut [u64], xs: &[u64], size: usize) {
    for (sum, part) in sums.iter_mut().zip(xs.rchunks(size)) {
        *sum = part[0] * 2 + part.len() as u64;
    }
    for (i, part) in xs.rchunks(size).enumerate() {
        sums[i] += part[part.len() - 1];
    }
}

#[test]
fn blocks_from_the_end() {
    for &n in LENGTHS {
        let xs = numbers(6, n, 1_000);
        for size in [1, 2, 3, 7, 2_000] {
            // of different lengths the shorter one counts, and both from their ends
            for room in [n, n + 5, n / 2] {
                let run = |f: fn(&mut [u64], &mut Vec<u64>, &[u64], usize)| {
                    let (mut out, mut fours) = (vec![1; room], xs.clone());
                    f(&mut out, &mut fours, &xs, size);
                    (out, fours)
                };
                let what = format!("n = {n}, size {size}, room {room}");
                same(&what, || run(plain_from_the_end), || run(from_the_end));
                let run = |f: fn(&mut [u64], &[u64], usize)| {
                    let mut sums = vec![1; room];
                    f(&mut sums, &xs, size);
                    sums
                };
                same(&what, || run(plain_sums_from_the_end), || run(sums_from_the_end));
            }
        }
    }
}
