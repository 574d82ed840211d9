//! The loops of `examples/recurrences` at small sizes: the answers are those of their sequential twins.

#[path = "../examples/recurrences/finance.rs"]
mod finance;
#[path = "../examples/recurrences/outputs.rs"]
mod outputs;
#[path = "../examples/recurrences/scans.rs"]
mod scans;
#[path = "../examples/recurrences/texts.rs"]
mod texts;

use std::fmt::Debug;

use divvy::{Executor, with};

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

/// The same answer in pools of 1, 2 and 8 threads, and from an adversary.
fn compare<T: PartialEq + Debug + Send>(
    name: &str,
    sequential: impl Fn() -> T,
    parallel: impl Fn() -> T + Send + Sync,
) {
    let want = sequential();
    for threads in [1, 2, 8] {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("a pool");
        assert!(want == pool.install(&parallel), "{name}, {threads} threads");
    }
    for seed in 0..3 {
        let hostile = with(Executor::Adversarial { seed }, &parallel);
        assert!(want == hostile, "{name}, adversarial seed {seed}");
    }
}

const COUNTS: &[usize] = &[1, 2, 100, 20_000];

#[test]
fn money_and_readings() {
    COUNTS.iter().for_each(|&count| finance::run(count));
}

#[test]
fn automata_and_hashes() {
    COUNTS.iter().for_each(|&count| texts::run(count));
}

#[test]
fn values_on_the_way() {
    COUNTS.iter().for_each(|&count| scans::run(count));
}

#[test]
fn where_they_go() {
    COUNTS.iter().for_each(|&count| outputs::run(count));
}
