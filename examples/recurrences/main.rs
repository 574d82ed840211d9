//! Loops that carry a value along, written as people write them, with one attribute each: `cargo run --release --example
//! recurrences`. Each is compared with its sequential twin and timed against it.

mod finance;
mod outputs;
mod scans;
mod texts;

use std::fmt::Debug;
use std::time::Instant;

/// Deterministic numbers below `below`.
fn numbers(count: usize, below: u64) -> Vec<u64> {
    let mut state = 0x9E37_79B9_7F4A_7C15u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    };
    (0..count).map(|_| next()).collect()
}

/// Runs both, compares their answers and prints the fastest times.
fn compare<T: PartialEq + Debug>(name: &str, sequential: impl Fn() -> T, parallel: impl Fn() -> T) {
    let (mut plain, mut cut) = (f64::INFINITY, f64::INFINITY);
    for _ in 0..5 {
        let start = Instant::now();
        let want = sequential();
        plain = plain.min(start.elapsed().as_secs_f64());
        let start = Instant::now();
        let got = parallel();
        cut = cut.min(start.elapsed().as_secs_f64());
        assert!(want == got, "{name}: {want:?} is not {got:?}");
    }
    println!(
        "{name:26} {:8.2} ms {:8.2} ms {:6.2}x",
        1e3 * plain,
        1e3 * cut,
        plain / cut
    );
}

fn main() {
    let count = std::env::args()
        .nth(1)
        .map_or(4_000_000, |n| n.parse().expect("a number of items"));
    println!("{count} items, {} threads\n", rayon::current_num_threads());
    println!("{:26} {:>11} {:>11} {:>7}", "loop", "sequential", "parallel", "ratio");
    finance::run(count);
    texts::run(count);
    scans::run(count);
    outputs::run(count);
}
