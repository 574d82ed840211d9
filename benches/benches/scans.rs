//! Loops that carry values along: the sequential function, the same text with the attribute, and two passes by hand.
//!
//! `cargo bench -p divvy-benches --bench scans`; with names or parts of names behind `--`, those loops alone. The versions take
//! turns in every round, and a ratio is taken within its round. "2 plain" is what the machine gives: two threads that don't
//! know of each other run the sequential function at the same time, twice the work in that time.
//!
//! The last table is the roofline of the prefix sum: how many bytes a second each version reads and writes, beside
//! a plain copy of as many numbers.

use std::hint::black_box;
use std::sync::Mutex;
use std::time::Instant;

use divvy::{par_reduce, par_scan};
use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

const ROUNDS: usize = 61;

#[par_scan(twin = prefix_sum_plain)]
fn prefix_sum(xs: &[u64], sums: &mut [u64]) {
    let mut sum = 0;
    for (x, out) in xs.iter().zip(sums) {
        sum += x;
        *out = sum;
    }
}

#[par_reduce(twin = best_stretch_plain)]
fn best_stretch(xs: &[i64]) -> i64 {
    let (mut here, mut best) = (0, 0);
    for x in xs {
        here = (here + x).max(0);
        best = best.max(here);
    }
    best
}

#[par_reduce(twin = is_balanced_plain)]
fn is_balanced(text: &[u8]) -> bool {
    let mut depth = 0i64;
    for c in text {
        match c {
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}

#[par_reduce(twin = count_fields_plain)]
fn count_fields(text: &[u8]) -> usize {
    let (mut quoted, mut fields) = (false, 0);
    for c in text {
        match c {
            b'"' => quoted = !quoted,
            b',' | b'\n' if !quoted => fields += 1,
            _ => {}
        }
    }
    fields
}

#[par_reduce(float = tree, twin = highest_level_plain)]
fn highest_level(xs: &[f64]) -> f64 {
    let (mut level, mut highest) = (0.0, 0.0);
    for x in xs {
        level = 0.75 * level + x;
        highest = f64::max(highest, level);
    }
    highest
}

/// The two passes: a summary of each of as many pieces as threads, then the loop on each from what is carried into it.
fn two_passes<T: Sync, C: Copy + Send + Sync, R: Send>(
    items: &[T],
    start: C,
    summarise: impl Fn(&[T]) -> C + Sync + Send,
    compose: impl Fn(C, C) -> C,
    leaf: impl Fn(C, &[T]) -> R + Sync,
) -> Vec<R> {
    let size = items.len().div_ceil(rayon::current_num_threads()).max(1);
    let summaries: Vec<C> = items.par_chunks(size).map(summarise).collect();
    let mut carried = Vec::with_capacity(summaries.len());
    let mut before = start;
    for summary in summaries {
        carried.push(before);
        before = compose(before, summary);
    }
    items
        .par_chunks(size)
        .zip(carried)
        .map(|(piece, before)| leaf(before, piece))
        .collect()
}

fn prefix_sum_by_hand(xs: &[u64], sums: &mut [u64]) {
    let size = xs.len().div_ceil(rayon::current_num_threads()).max(1);
    let totals: Vec<u64> = xs.par_chunks(size).map(|xs| xs.iter().sum()).collect();
    let mut before = Vec::with_capacity(totals.len());
    let mut sum = 0;
    for total in totals {
        before.push(sum);
        sum += total;
    }
    let pieces = xs.par_chunks(size).zip(sums.par_chunks_mut(size));
    pieces.zip(before).for_each(|((xs, sums), mut sum)| {
        for (x, out) in xs.iter().zip(sums) {
            sum += x;
            *out = sum;
        }
    });
}

fn best_stretch_by_hand(xs: &[i64]) -> i64 {
    let passes = two_passes(
        xs,
        (0, 0),
        |xs| xs.iter().fold((0, 0), |(sum, here), x| (sum + x, (here + x).max(0))),
        |before: (i64, i64), piece| (0, (before.1 + piece.0).max(piece.1)),
        |(_, mut here), xs| {
            let mut best = 0;
            for x in xs {
                here = (here + x).max(0);
                best = best.max(here);
            }
            best
        },
    );
    passes.into_iter().max().unwrap_or(0)
}

fn is_balanced_by_hand(text: &[u8]) -> bool {
    let change = |c: &u8| match c {
        b'(' => 1,
        b')' => -1,
        _ => 0,
    };
    let passes = two_passes(
        text,
        0,
        |text| text.iter().map(change).sum::<i64>(),
        |before, change| before + change,
        |mut depth, text| {
            for c in text {
                match c {
                    b'(' => depth += 1,
                    b')' => depth -= 1,
                    _ => {}
                }
                if depth < 0 {
                    break;
                }
            }
            depth
        },
    );
    passes.iter().all(|depth| *depth >= 0) && passes.last().is_none_or(|depth| *depth == 0)
}

fn count_fields_by_hand(text: &[u8]) -> usize {
    let passes = two_passes(
        text,
        false,
        |text| text.iter().filter(|c| **c == b'"').count() % 2 == 1,
        |before, flips| before ^ flips,
        |mut quoted, text| {
            let mut fields = 0;
            for c in text {
                match c {
                    b'"' => quoted = !quoted,
                    b',' | b'\n' if !quoted => fields += 1,
                    _ => {}
                }
            }
            fields
        },
    );
    passes.into_iter().sum()
}

fn highest_level_by_hand(xs: &[f64]) -> f64 {
    let passes = two_passes(
        xs,
        (1.0, 0.0),
        |xs| xs.iter().fold((1.0, 0.0), |(a, b), x| (a * 0.75, b * 0.75 + x)),
        |before: (f64, f64), piece| (1.0, before.1 * piece.0 + piece.1),
        |(_, mut level), xs| {
            let mut highest = 0.0;
            for x in xs {
                level = 0.75 * level + x;
                highest = f64::max(highest, level);
            }
            highest
        },
    );
    passes.into_iter().fold(0.0, f64::max)
}

fn random(n: usize) -> impl Iterator<Item = u64> {
    (0..n as u64).map(|i| {
        i.wrapping_mul(0x9e37_79b9_7f4a_7c15)
            .rotate_left(17)
            .wrapping_mul(0xbf58_476d_1ce4_e5b9)
            >> 32
    })
}

/// Brackets that are balanced at the end, with something between them.
fn nested(n: usize) -> Vec<u8> {
    let mut text = Vec::with_capacity(n);
    let mut open = 0;
    for x in random(n) {
        let c = match x % 8 {
            _ if n - text.len() <= open => b')',
            0 | 1 => b'(',
            2..=4 if open > 0 => b')',
            _ => b'x',
        };
        match c {
            b'(' => open += 1,
            b')' => open -= 1,
            _ => {}
        }
        text.push(c);
    }
    text
}

fn nanoseconds<R>(f: impl FnOnce() -> R) -> f64 {
    let then = Instant::now();
    black_box(f());
    then.elapsed().as_nanos() as f64
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

type Version<'a, R> = &'a (dyn Fn() -> R + Sync);

struct Bench {
    pools: [ThreadPool; 2],
    /// Answers are compared on small inputs, and nothing is timed.
    is_test: bool,
    names: Vec<String>,
}

impl Bench {
    fn size(&self, n: usize) -> usize {
        if self.is_test { n >> 10 } else { n }
    }

    /// A row: the three versions, in a pool of one thread and in one of two.
    fn row<R: PartialEq + Send>(&self, name: &str, [plain, by_hand, divvy]: [Version<'_, R>; 3]) {
        if !self.names.is_empty() && !self.names.iter().any(|wanted| name.contains(wanted.as_str())) {
            return;
        }
        let [one, two] = &self.pools;
        let want = plain();
        for pool in &self.pools {
            assert!(pool.install(by_hand) == want, "{name} by hand");
            assert!(pool.install(divvy) == want, "{name}");
        }
        if self.is_test {
            return;
        }
        let versions: [&dyn Fn() -> f64; 6] = [
            &|| nanoseconds(plain),
            &|| one.install(|| nanoseconds(by_hand)),
            &|| one.install(|| nanoseconds(divvy)),
            &|| nanoseconds(|| two.join(|| black_box(plain()), || black_box(plain()))) / 2.0,
            &|| two.install(|| nanoseconds(by_hand)),
            &|| two.install(|| nanoseconds(divvy)),
        ];
        let times = in_turns(&versions);
        let of = |version: usize| times.iter().map(move |t| t[version]);
        print!("{name:<22} {:>8.2} ms", median(of(0).collect()) / 1e6);
        for version in 1..6 {
            print!(
                " | {:>9.3}",
                median(of(0).zip(of(version)).map(|(a, b)| a / b).collect())
            );
        }
        println!(" | {:>9.3}", median(of(4).zip(of(5)).map(|(a, b)| a / b).collect()));
    }

    /// What each version of the prefix sum moves a second, beside a copy.
    fn roofline(&self, n: usize) {
        let name = "roofline";
        if !self.names.is_empty() && !self.names.iter().any(|wanted| name.contains(wanted.as_str())) {
            return;
        }
        let xs: Vec<u64> = random(n).collect();
        let sums = Mutex::new(vec![0; n]);
        let with = |f: &(dyn Fn(&[u64], &mut [u64]) + Sync)| f(&xs, &mut sums.lock().expect("nobody panics"));
        let copy_in_two = |xs: &[u64], out: &mut [u64]| {
            let size = n.div_ceil(rayon::current_num_threads()).max(1);
            let pieces = xs.par_chunks(size).zip(out.par_chunks_mut(size));
            pieces.for_each(|(xs, out)| out.copy_from_slice(xs));
        };
        let [one, two] = &self.pools;
        let copy = |xs: &[u64], out: &mut [u64]| out.copy_from_slice(xs);
        let versions: [&dyn Fn() -> f64; 7] = [
            &|| nanoseconds(|| with(&copy)),
            &|| nanoseconds(|| with(&prefix_sum_plain)),
            &|| one.install(|| nanoseconds(|| with(&prefix_sum_by_hand))),
            &|| one.install(|| nanoseconds(|| with(&prefix_sum))),
            &|| two.install(|| nanoseconds(|| with(&copy_in_two))),
            &|| two.install(|| nanoseconds(|| with(&prefix_sum_by_hand))),
            &|| two.install(|| nanoseconds(|| with(&prefix_sum))),
        ];
        if self.is_test {
            versions.iter().for_each(|version| _ = version());
            return;
        }
        // what is read and written for a number; a summary reads it once more, and one piece needs none
        let once = 16.0;
        let rows: [(&str, f64, usize); 7] = [
            ("1 copy", once, 0),
            ("1 plain", once, 0),
            ("1 by hand, 2 passes", once + 8.0, 0),
            ("1 divvy, 1 pass", once, 0),
            ("2 copy", once, 4),
            ("2 by hand, 2 passes", once + 8.0, 4),
            ("2 divvy, a third twice", once + 8.0 / 3.0, 4),
        ];
        let times = in_turns(&versions);
        println!("\nroofline: prefix sum of {n} u64, medians");
        println!(
            "{:<24} {:>9} {:>9} {:>16}",
            "threads, version", "time", "GB/s", "of such a copy"
        );
        for (version, (name, bytes, copy)) in rows.into_iter().enumerate() {
            let time = median(times.iter().map(|t| t[version]).collect());
            let rate = bytes * n as f64 / time;
            let copied = median(times.iter().map(|t| once * n as f64 / t[copy]).collect());
            println!("{name:<24} {:>6.2} ms {rate:>9.2} {:>16.2}", time / 1e6, rate / copied);
        }
    }
}

/// The times of all versions, round by round; each round begins with another one.
fn in_turns<const N: usize>(versions: &[&dyn Fn() -> f64; N]) -> Vec<[f64; N]> {
    let mut times = vec![[0.0; N]; ROUNDS];
    for (round, times) in times.iter_mut().enumerate() {
        for step in 0..N {
            let version = (step + round) % N;
            times[version] = versions[version]();
        }
    }
    times
}

fn prefix_sums(bench: &Bench, name: &str, n: usize) {
    let xs: Vec<u64> = random(n).collect();
    // every call overwrites the same memory; two at a time need two
    let outs = Mutex::new(vec![vec![0; n], vec![0; n]]);
    let with = |f: fn(&[u64], &mut [u64])| {
        let mut out = outs.lock().expect("nobody panics").pop().expect("two at a time");
        f(&xs, &mut out);
        let seen = (out.first().copied(), out.get(n / 3).copied(), out.last().copied());
        outs.lock().expect("nobody panics").push(out);
        seen
    };
    bench.row(
        name,
        [&|| with(prefix_sum_plain), &|| with(prefix_sum_by_hand), &|| {
            with(prefix_sum)
        }],
    );
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let is_test = !arguments.iter().any(|argument| argument == "--bench");
    let bench = Bench {
        pools: [1, 2].map(|threads| ThreadPoolBuilder::new().num_threads(threads).build().expect("threads")),
        is_test,
        names: arguments
            .into_iter()
            .filter(|argument| !argument.starts_with('-'))
            .collect(),
    };
    if !is_test {
        println!("times as fast as the sequential function, medians of {ROUNDS} rounds");
        println!(
            "{:<22} {:>11} | {:>9} | {:>9} | {:>9} | {:>9} | {:>9} | {:>9}",
            "loop", "plain", "1 by hand", "1 divvy", "2 plain", "2 by hand", "2 divvy", "divvy:hand"
        );
    }
    prefix_sums(&bench, "prefix sum 8 Mi u64", bench.size(8 << 20));
    prefix_sums(&bench, "prefix sum 64 Ki u64", bench.size(64 << 10));
    let xs: Vec<i64> = random(bench.size(8 << 20)).map(|x| (x % 1000) as i64 - 500).collect();
    bench.row(
        "maximum subarray 8 Mi",
        [&|| best_stretch_plain(&xs), &|| best_stretch_by_hand(&xs), &|| {
            best_stretch(&xs)
        }],
    );
    let text = nested(bench.size(16 << 20));
    bench.row(
        "brackets 16 MiB",
        [&|| is_balanced_plain(&text), &|| is_balanced_by_hand(&text), &|| {
            is_balanced(&text)
        }],
    );
    let text: Vec<u8> = random(bench.size(16 << 20))
        .map(|x| b"\"xxx,xxx,xxxxxx\nabcdefg\"xxx,xxx"[(x % 31) as usize])
        .collect();
    bench.row(
        "CSV fields 16 MiB",
        [&|| count_fields_plain(&text), &|| count_fields_by_hand(&text), &|| {
            count_fields(&text)
        }],
    );
    let xs: Vec<f64> = random(bench.size(8 << 20)).map(|x| (x % 1024) as f64).collect();
    // rounded to what all three agree on
    let rounded = |highest: f64| (highest * 1e6).round();
    bench.row(
        "affine tree 8 Mi f64",
        [
            &|| rounded(highest_level_plain(&xs)),
            &|| rounded(highest_level_by_hand(&xs)),
            &|| rounded(highest_level(&xs)),
        ],
    );
    bench.roofline(bench.size(8 << 20));
}
