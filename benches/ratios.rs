//! Ratios of the six kernels as tables: `cargo bench --bench ratios`, or `cargo bench --bench ratios -- tune` for the
//! cutoffs of the versions by hand.
//!
//! The versions take turns in every round and a ratio is taken within its round, so what else the machine does hits all
//! of them alike. The tables show medians over the rounds.

mod suite;

use std::sync::Barrier;
use std::time::Duration;

use rayon::{ThreadPool, ThreadPoolBuilder};
use suite::{Kernel, Version};

const ROUNDS: usize = 31;
const SMALL_ROUNDS: usize = 301;
const SMALL_RUNS: u64 = 64 * 8;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |word: &str| arguments.iter().any(|argument| argument == word);
    if !has("--bench") {
        // `cargo test --benches`: the answers are compared while the kernels are set up
        suite::small();
    } else if has("tune") {
        tune();
    } else {
        small();
        large();
    }
}

/// The overhead of a call on 16 elements, outside of any pool.
fn small() {
    println!("small input, one call, nanoseconds (median of {SMALL_ROUNDS} rounds)");
    println!(
        "{:<16} {:>12} {:>10} {:>10} {:>10}",
        "kernel", "input", "sequential", "divvy", "overhead"
    );
    for kernel in suite::small() {
        let per_call = |version| nanoseconds(kernel.time(version, SMALL_RUNS)) / SMALL_RUNS as f64;
        let rounds: Vec<[f64; 2]> = (0..SMALL_ROUNDS)
            .map(|_| [Version::Sequential, Version::Divvy].map(per_call))
            .collect();
        let median_of = |what: fn(&[f64; 2]) -> f64| median(rounds.iter().map(what).collect());
        println!(
            "{:<16} {:>12} {:>10.1} {:>10.1} {:>+10.1}",
            kernel.name,
            kernel.input,
            median_of(|[sequential, _]| *sequential),
            median_of(|[_, divvy]| *divvy),
            median_of(|[sequential, divvy]| divvy - sequential),
        );
    }
    println!();
}

/// Speedups over the sequential version with one thread and with two.
fn large() {
    let (one, two) = (pool(1), pool(2));
    println!("large input, times as fast as the sequential version (median of {ROUNDS} rounds)");
    println!("{:<43} | {:<17} | {:<26}", "", "1 thread", "2 threads");
    println!(
        "{:<16} {:>14} {:>11} | {:>8} {:>8} | {:>8} {:>8} {:>8} {:>13}",
        "kernel", "input", "sequential", "by hand", "divvy", "plain", "by hand", "divvy", "divvy:by hand"
    );
    for kernel in suite::large() {
        let rounds: Vec<Round> = (0..ROUNDS)
            .map(|round| Round::run(&kernel, &one, &two, round))
            .collect();
        let median_of = |what: fn(&Round) -> f64| median(rounds.iter().map(what).collect());
        println!(
            "{:<16} {:>14} {:>8.2} ms | {:>8.3} {:>8.3} | {:>8.3} {:>8.3} {:>8.3} {:>13.3}",
            kernel.name,
            kernel.input,
            median_of(|r| r.sequential / 1e6),
            median_of(|r| r.sequential / r.by_hand_1),
            median_of(|r| r.sequential / r.divvy_1),
            median_of(|r| 2.0 * r.sequential / r.plain_2),
            median_of(|r| r.sequential / r.by_hand_2),
            median_of(|r| r.sequential / r.divvy_2),
            median_of(|r| r.by_hand_2 / r.divvy_2),
        );
    }
    println!();
    println!("plain: two threads run the sequential version at the same time, twice the work in that time");
}

/// The times of one round, in nanoseconds.
#[derive(Default)]
struct Round {
    sequential: f64,
    by_hand_1: f64,
    divvy_1: f64,
    plain_2: f64,
    by_hand_2: f64,
    divvy_2: f64,
}

impl Round {
    /// Runs all versions, each round beginning with another one.
    fn run(kernel: &Kernel, one: &ThreadPool, two: &ThreadPool, round: usize) -> Self {
        let mut times = Self::default();
        let on = |pool: &ThreadPool, version| nanoseconds(pool.install(|| kernel.time(version, 1)));
        for step in 0..6 {
            match (step + round) % 6 {
                0 => times.sequential = on(one, Version::Sequential),
                1 => times.by_hand_1 = on(one, Version::ByHand),
                2 => times.divvy_1 = on(one, Version::Divvy),
                3 => times.plain_2 = nanoseconds(plain(kernel)),
                4 => times.by_hand_2 = on(two, Version::ByHand),
                _ => times.divvy_2 = on(two, Version::Divvy),
            }
        }
        times
    }
}

/// Two threads that don't know of each other run the sequential version: the time of the slower one.
fn plain(kernel: &Kernel) -> Duration {
    let start = Barrier::new(2);
    let run = || {
        start.wait();
        kernel.time(Version::Sequential, 1)
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(run);
        let here = run();
        here.max(other.join().expect("a kernel runs to its end"))
    })
}

/// Tries the cutoffs of the versions by hand on two threads.
fn tune() {
    let two = pool(2);
    for kernel in suite::large() {
        let mut times: Vec<Vec<f64>> = vec![Vec::new(); kernel.cutoffs.len()];
        for _ in 0..ROUNDS {
            for (times, &cutoff) in times.iter_mut().zip(kernel.cutoffs) {
                times.push(nanoseconds(two.install(|| kernel.time_by_hand(cutoff))));
            }
        }
        println!("{} (in use: {})", kernel.name, kernel.cutoff);
        for (times, cutoff) in times.into_iter().zip(kernel.cutoffs) {
            println!("{cutoff:>10} {:>10.3} ms", median(times) / 1e6);
        }
    }
}

fn pool(threads: usize) -> ThreadPool {
    ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .expect("a machine with threads")
}

fn nanoseconds(time: Duration) -> f64 {
    time.as_nanos() as f64
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
