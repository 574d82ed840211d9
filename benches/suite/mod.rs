//! Six kernels, each in three versions: sequential, by hand in rayon, divvy.
//!
//! The versions by hand are written for speed, with a cutoff as their last argument; `ratios -- tune` tries cutoffs, and
//! the best one stands in the kernel's file. The divvy versions have no threshold.

mod argmax;
mod fib;
mod histogram;
mod merge_sort;
mod sum_of_squares;
mod tree_sum;

use std::fmt::Debug;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Who wrote the parallel part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Version {
    Sequential,
    ByHand,
    Divvy,
}

/// One run: which version, with which cutoff for the one by hand, and how often. Returns the time of all runs.
type Timed = Box<dyn Fn(Version, usize, u64) -> Duration + Sync>;

/// One kernel on one input.
pub(crate) struct Kernel {
    /// Its name.
    pub(crate) name: &'static str,
    /// Its input, in words.
    pub(crate) input: String,
    /// The best cutoff of the version by hand.
    pub(crate) cutoff: usize,
    /// Cutoffs worth a try.
    pub(crate) cutoffs: &'static [usize],
    timed: Timed,
}

impl Kernel {
    /// A kernel from its versions; `prepare` makes the input of one run and is not timed.
    ///
    /// # Panics
    /// If the versions' answers differ.
    fn new<I, A: PartialEq + Debug>(
        name: &'static str,
        input: String,
        (cutoff, cutoffs): (usize, &'static [usize]),
        prepare: impl Fn() -> I + Sync + 'static,
        sequential: impl Fn(I) -> A + Sync + 'static,
        by_hand: impl Fn(I, usize) -> A + Sync + 'static,
        divvy: impl Fn(I) -> A + Sync + 'static,
    ) -> Self {
        let expected = sequential(prepare());
        assert!(
            expected == by_hand(prepare(), cutoff),
            "{name} by hand gives another answer"
        );
        assert!(expected == divvy(prepare()), "{name} with divvy gives another answer");
        Self {
            name,
            input,
            cutoff,
            cutoffs,
            timed: Box::new(move |version, cutoff, runs| match version {
                Version::Sequential => time(runs, &prepare, &sequential),
                Version::ByHand => time(runs, &prepare, |input| by_hand(input, cutoff)),
                Version::Divvy => time(runs, &prepare, &divvy),
            }),
        }
    }

    /// The time of so many runs of a version.
    pub(crate) fn time(&self, version: Version, runs: u64) -> Duration {
        (self.timed)(version, self.cutoff, runs)
    }

    /// The time of one run by hand with another cutoff.
    pub(crate) fn time_by_hand(&self, cutoff: usize) -> Duration {
        (self.timed)(Version::ByHand, cutoff, 1)
    }
}

/// Times so many runs, in batches of inputs prepared beforehand.
fn time<I, A>(runs: u64, prepare: impl Fn() -> I, run: impl Fn(I) -> A) -> Duration {
    const BATCH: u64 = 64;
    let mut total = Duration::ZERO;
    let mut left = runs;
    while left > 0 {
        let batch = left.min(BATCH);
        let inputs: Vec<I> = (0..batch).map(|_| black_box(prepare())).collect();
        let mut answers = Vec::with_capacity(inputs.len());
        let start = Instant::now();
        for input in inputs {
            answers.push(black_box(run(input)));
        }
        total += start.elapsed();
        left -= batch;
    }
    total
}

/// All kernels on large input.
pub(crate) fn large() -> Vec<Kernel> {
    vec![
        sum_of_squares::kernel(16 << 20),
        argmax::kernel(16 << 20),
        histogram::kernel(32 << 20),
        fib::kernel(34),
        merge_sort::kernel(1 << 20),
        tree_sum::kernel(1 << 20),
    ]
}

/// All kernels on 16 elements; of the Fibonacci numbers the 16th.
pub(crate) fn small() -> Vec<Kernel> {
    vec![
        sum_of_squares::kernel(16),
        argmax::kernel(16),
        histogram::kernel(16),
        fib::kernel(16),
        merge_sort::kernel(16),
        tree_sum::kernel(16),
    ]
}

/// `n` pseudo-random numbers, the same on every run.
///
/// Source: xorshift64*, S. Vigna, "An experimental exploration of Marsaglia's xorshift generators, scrambled", 2016.
fn random(n: usize) -> impl Iterator<Item = u64> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    std::iter::repeat_with(move || {
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        state.wrapping_mul(0x2545_f491_4f6c_dd1d)
    })
    .take(n)
}
