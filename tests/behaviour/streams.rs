//! Sources that can't be cut: `stream(it)`.

use std::cell::Cell;
use std::io::{BufRead, Cursor};
use std::sync::atomic::{AtomicUsize, Ordering};

use divvy::{Executor, par_for, par_reduce, stream, with};

use crate::{LENGTHS, same};

/// Lengths at which batches end, and some that take the pool.
fn lengths() -> impl Iterator<Item = usize> {
    LENGTHS.iter().copied().chain([2_048, 40_000])
}

/// An iterator that nobody can cut.
fn numbers(n: usize) -> impl Iterator<Item = u64> + Send {
    let mut state = 7u64;
    (0..n).map(move |_| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1);
        state >> 33
    })
}

#[par_reduce(twin = statistics_twin)]
fn statistics(n: usize) -> (u64, u64, Vec<u64>, Option<usize>) {
    let (mut sum, mut largest, mut odd, mut at) = (0, 0, Vec::new(), None);
    for (i, x) in stream(numbers(n)).enumerate() {
        sum += x;
        largest = largest.max(x);
        if x % 2 == 1 {
            odd.push(x);
        }
        at = Some(i);
    }
    (sum, largest, odd, at)
}

#[test]
fn accumulators_over_a_stream() {
    for n in lengths() {
        same(&format!("n = {n}"), || statistics_twin(n), || statistics(n));
    }
}

#[par_reduce(twin = parse_twin)]
fn parse(text: &str) -> Result<(u64, usize), String> {
    let (mut sum, mut longest) = (0, 0);
    for line in stream(Cursor::new(text).lines()) {
        let line = line.map_err(|e| e.to_string())?;
        if line.is_empty() {
            continue;
        }
        if line == "end" {
            break;
        }
        longest = longest.max(line.len());
        sum += line.parse::<u64>().map_err(|e| format!("{line}: {e}"))?;
    }
    Ok((sum, longest))
}

#[test]
fn the_lines_of_a_reader_and_exits() {
    for n in lengths() {
        for (at, odd) in [(n + 1, "7"), (n / 2, "x"), (n / 3, "end"), (n / 4, "")] {
            let lines: Vec<String> = numbers(n)
                .enumerate()
                .map(|(i, x)| {
                    if i == at || i == at + 10 {
                        odd.to_string()
                    } else {
                        x.to_string()
                    }
                })
                .collect();
            let text = lines.join("\n");
            same(
                &format!("n = {n}, {odd:?} at {at}"),
                || parse_twin(&text),
                || parse(&text),
            );
        }
    }
}

#[par_reduce(float = tree)]
fn sum_of_stream(n: usize) -> f64 {
    let mut sum = 0.0;
    for x in stream(numbers(n)) {
        sum += 1.0 / (x as f64 + 0.1);
    }
    sum
}

#[par_reduce(float = tree)]
fn sum_of_slice(xs: &[u64]) -> f64 {
    let mut sum = 0.0;
    for &x in xs {
        sum += 1.0 / (x as f64 + 0.1);
    }
    sum
}

#[test]
fn a_tree_over_a_stream_is_the_same_everywhere() {
    for n in [0, 1, 1_024, 1_025, 5_000, 32 * 1_024, 33_000, 100_000] {
        let bits = sum_of_stream(n).to_bits();
        same(&format!("n = {n}"), || bits, || sum_of_stream(n).to_bits());
    }
}

#[test]
fn a_tree_over_a_long_stream_is_the_tree_over_a_slice() {
    // from 64 blocks on those of a slice are as long as those of a stream, of which nobody knows the length
    for n in [0, 1, 64 * 1_024, 66_000, 100_000] {
        let xs: Vec<u64> = numbers(n).collect();
        same(
            &format!("n = {n}"),
            || sum_of_slice(&xs).to_bits(),
            || sum_of_stream(n).to_bits(),
        );
    }
}

#[par_for(twin = copy_twin)]
fn copy(out: &mut [u64], n: usize) {
    for (i, x) in stream(numbers(n)).enumerate() {
        out[i] = x + i as u64;
    }
}

#[test]
fn writes_over_a_stream() {
    for n in lengths() {
        for room in [n, n + 3, n.saturating_sub(1)] {
            let run = |f: fn(&mut [u64], usize)| {
                let mut out = vec![0; room];
                f(&mut out, n);
                out
            };
            same(&format!("n = {n}, {room}"), || run(copy_twin), || run(copy));
        }
    }
}

#[par_reduce(twin = chained_twin)]
fn chained(n: usize) -> (u64, Vec<u64>) {
    let squares = stream(numbers(n))
        .map(|x| x % 1000)
        .filter(|x| x % 3 == 0)
        .map(|x| x * x)
        .sum();
    let pairs = stream(numbers(n))
        .zip(0..50_000)
        .take(45_000)
        .map(|(x, i)| x + i)
        .collect();
    (squares, pairs)
}

#[test]
fn chains_over_a_stream() {
    for n in lengths() {
        same(&format!("n = {n}"), || chained_twin(n), || chained(n));
    }
}

#[par_reduce(twin = failing_twin)]
fn failing(n: usize, bad: usize, stop: usize) -> usize {
    let mut seen = 0;
    for i in stream((0..n).inspect(|i| assert_ne!(*i, bad, "a broken reader"))) {
        if i == stop {
            break;
        }
        seen += 1;
    }
    seen
}

#[test]
fn a_panic_of_the_reader_shows_where_it_would() {
    for n in lengths() {
        for (bad, stop) in [(n / 2, n), (n / 2, n / 3), (n / 2, (n / 2).saturating_sub(1)), (0, 0)] {
            same(
                &format!("n = {n}, {bad}, {stop}"),
                || failing_twin(n, bad, stop),
                || failing(n, bad, stop),
            );
        }
    }
}

#[par_reduce]
fn first_large(read: &AtomicUsize, limit: usize) -> Option<usize> {
    for i in stream((0..).inspect(|_| {
        read.fetch_add(1, Ordering::Relaxed);
    })) {
        if i > limit {
            return Some(i);
        }
    }
    None
}

#[test]
fn an_endless_stream_is_not_read_for_ever() {
    for limit in [0, 1, 100, 50_000, 300_000] {
        let read = AtomicUsize::new(0);
        // an adversary reads on
        let found = with(Executor::Rayon, || first_large(&read, limit));
        assert_eq!(found, Some(limit + 1));
        // two batches, and what was read before
        assert!(read.load(Ordering::Relaxed) <= limit + 2 + 2 * (1 << 15), "{limit}");
    }
}

#[test]
fn the_thread_of_the_caller_may_be_the_only_one() {
    let seen = Cell::new(0);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
    seen.set(pool.install(|| statistics(10_000).2.len()));
    assert_eq!(seen.get(), statistics_twin(10_000).2.len());
}
