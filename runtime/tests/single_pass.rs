//! Who summarises, and when: nobody on one thread and in small loops, and not for long where a summary costs too much.

use divvy_runtime::generated::*;
use divvy_runtime::scan::steps::Shift;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::sync::atomic::{AtomicUsize, Ordering};

fn pool(threads: usize) -> ThreadPool {
    ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool")
}

/// What was called how often.
#[derive(Default)]
struct Calls {
    leaves: AtomicUsize,
    /// Iterations of all leaves.
    iterations: AtomicUsize,
    summaries: AtomicUsize,
}

impl Calls {
    fn seen(self) -> (usize, usize, usize) {
        (
            self.leaves.into_inner(),
            self.iterations.into_inner(),
            self.summaries.into_inner(),
        )
    }
}

/// Prefix sums, counted.
fn sums(region: Region<'_>, n: u64, calls: &Calls) -> Vec<u64> {
    let ((_,), sums) = Scan::new(region, source(0..n), (7u64,))
        .steps(
            |carried, piece| {
                calls.summaries.fetch_add(1, Ordering::Relaxed);
                let mut sum = Shift::of(&carried.0);
                for x in piece {
                    sum.add(x);
                }
                sum
            },
            |summary, carried| summary.apply(&mut carried.0),
        )
        .run(
            Vec::new(),
            |(mut sum,), mut sums, piece| {
                let before = sums.len();
                for x in piece {
                    sum += x;
                    sums.push(sum);
                }
                calls.leaves.fetch_add(1, Ordering::Relaxed);
                calls.iterations.fetch_add(sums.len() - before, Ordering::Relaxed);
                ((sum,), sums)
            },
            |_| Vec::new(),
            |left, right| left.extend(right),
        );
    sums
}

fn expected(n: u64) -> Vec<u64> {
    (0..n)
        .scan(7, |sum, x| {
            *sum += x;
            Some(*sum)
        })
        .collect()
}

#[test]
fn one_thread_sees_each_item_once() {
    static SITE: Site = Site::new("one thread", file!(), line!());
    let pool = pool(1);
    for n in [0, 1, 2, 100, 5_000, 400_000] {
        for region in [
            Region::new(&SITE).pool(&pool),
            Region::new(&SITE).pool(&pool).threshold(0),
            Region::new(&SITE).pool(&pool).threshold(0).grain(100),
        ] {
            for _ in 0..3 {
                let calls = Calls::default();
                assert_eq!(sums(region, n, &calls), expected(n));
                let (_, iterations, summaries) = calls.seen();
                assert_eq!((iterations, summaries), (n as usize, 0), "n = {n}");
            }
        }
    }
}

#[test]
fn a_small_loop_is_one_leaf() {
    static SITE: Site = Site::new("small", file!(), line!());
    for threads in [1, 2, 8] {
        let pool = pool(threads);
        for n in [0, 1, 2, 100, 999] {
            let calls = Calls::default();
            let region = Region::new(&SITE).pool(&pool).threshold(1_000);
            assert_eq!(sums(region, n, &calls), expected(n));
            assert_eq!(calls.seen(), (1, n as usize, 0), "n = {n}, {threads} threads");
        }
    }
}

#[test]
fn each_iteration_runs_once_on_many_threads() {
    static SITE: Site = Site::new("many threads", file!(), line!());
    for threads in [2, 8] {
        let pool = pool(threads);
        for n in [5_000, 400_000] {
            let calls = Calls::default();
            let region = Region::new(&SITE).pool(&pool).threshold(0);
            assert_eq!(sums(region, n, &calls), expected(n));
            assert_eq!(calls.seen().1, n as usize, "n = {n}, {threads} threads");
        }
    }
}

/// States that never come together: a summary runs the loop from each of them.
const STATES: u8 = 64;

fn turned(state: u8, x: u64) -> u8 {
    let odd = (x % 32) as u8 * 2 + 1;
    state.wrapping_mul(odd).wrapping_add((x % 7) as u8) % STATES
}

fn states(region: Region<'_>, xs: &[u64], calls: &Calls) -> (u8, Vec<u8>) {
    let ((state,), states) = Scan::new(region, source(xs), (3,))
        .automaton(
            (0..STATES).collect::<Vec<u8>>(),
            |carried: &(u8,)| carried.0,
            |_, mut state, piece| {
                calls.summaries.fetch_add(1, Ordering::Relaxed);
                for x in piece {
                    state = turned(state, *x);
                }
                state
            },
            |state, carried| carried.0 = state,
        )
        .run(
            Vec::new(),
            |(mut state,), mut states, piece| {
                for x in piece {
                    state = turned(state, *x);
                    states.push(state);
                }
                ((state,), states)
            },
            |_| Vec::new(),
            |left, right| left.extend(right),
        );
    (state, states)
}

#[test]
fn a_summary_of_sixty_leaves_is_given_up_on_two_threads() {
    static SITE: Site = Site::new("permutations", file!(), line!());
    let xs: Vec<u64> = (0..60_000u64)
        .map(|i| i.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40)
        .collect();
    let mut state = 3;
    let all: Vec<u8> = xs
        .iter()
        .map(|x| {
            state = turned(state, *x);
            state
        })
        .collect();
    let pool = pool(2);
    let mut without = 0;
    for call in 0..40 {
        let calls = Calls::default();
        let result = states(Region::new(&SITE).pool(&pool), &xs, &calls);
        assert_eq!(result, (state, all.clone()), "call {call}");
        without += usize::from(calls.seen().2 == 0);
    }
    // the first calls have to learn it, and some look whether it has become cheaper
    assert!(without >= 5, "{without} of 40 calls took the plain path");
}
