//! Each accepted form against its sequential twin: lengths 0, 1 and around the cutoff, pools of 1, 2 and 8 threads,
//! hostile cuts, and the serial executor.

// the forms are written in all their spellings
#![allow(clippy::all)]

mod accesses;
mod accumulators;
mod ahead;
mod around;
mod attempts;
mod automata;
mod backtracking;
mod branches;
mod by_turns;
mod calls;
mod carried;
mod carried_forms;
mod cells;
mod chains;
mod children;
mod choices;
mod claims;
mod collectors;
mod combinations;
mod companions;
mod comparisons;
mod copied;
mod counting;
mod depths;
mod elements;
mod elsewhere;
mod ends;
mod exits;
mod extrema;
mod floats;
mod forgetting;
mod forward;
mod functions;
mod gathered;
mod habits;
mod in_place;
mod inputs;
mod lawful;
mod lengths;
mod lent;
mod linear;
mod macros;
mod named_sources;
mod nesting;
mod offsets;
mod offspring;
mod operations;
mod orders;
mod overflow;
mod prefix_forms;
mod previous;
mod programs;
mod ranks;
mod receivers;
mod recurrences;
mod recursions;
mod relaxed;
mod replays;
mod rounding;
mod same_bits;
mod scanned;
mod scans;
mod sorts;
mod sources;
mod spellings;
mod statements;
mod streams;
mod stretches;
mod uniques;
mod updates;
mod wholes;
mod writes;

use std::fmt::Debug;
use std::panic::{AssertUnwindSafe, catch_unwind};

use divvy::{Executor, with};

/// The threshold that the tests set, so that lengths around it are cheap.
pub(crate) const CUTOFF: usize = 8;

/// Lengths worth trying.
pub(crate) const LENGTHS: &[usize] = &[0, 1, 2, 3, CUTOFF - 1, CUTOFF, CUTOFF + 1, 40, 1_000];

/// The value, or the panic.
pub(crate) fn catch<T>(f: impl FnOnce() -> T) -> std::thread::Result<T> {
    catch_unwind(AssertUnwindSafe(f))
}

/// The value, or that it panicked.
fn outcome<T>(f: impl FnOnce() -> T) -> Option<T> {
    catch(f).ok()
}

/// The parallel function gives what the sequential one gives, on every executor.
pub(crate) fn same<T: PartialEq + Debug + Send>(
    what: &str,
    sequential: impl Fn() -> T,
    parallel: impl Fn() -> T + Sync + Send,
) {
    let want = outcome(&sequential);
    assert_eq!(want, outcome(&parallel), "{what}, outside a pool");
    assert_eq!(want, with(Executor::Serial, || outcome(&parallel)), "{what}, serial");
    for threads in [1, 2, 8] {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("a pool");
        for _ in 0..3 {
            assert_eq!(want, pool.install(|| outcome(&parallel)), "{what}, {threads} threads");
        }
    }
    for seed in 0..40 {
        let hostile = with(Executor::Adversarial { seed }, || outcome(&parallel));
        assert_eq!(want, hostile, "{what}, adversarial seed {seed}");
    }
}

/// Deterministic numbers below `below`.
pub(crate) fn numbers(seed: u64, n: usize, below: u64) -> Vec<u64> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    (0..n)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state % below
        })
        .collect()
}

/// Deterministic fractions from -50 to 75.
pub(crate) fn floats(seed: u64, n: usize) -> Vec<f64> {
    let fraction = |x: u64| x as f64 / 8.0 - 50.0;
    numbers(seed, n, 1_000).into_iter().map(fraction).collect()
}
