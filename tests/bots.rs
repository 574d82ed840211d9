//! The programs of `examples/bots` at small sizes: the answers are those of their sequential twins.

#[path = "../examples/bots/fft.rs"]
mod fft;
#[path = "../examples/bots/fib.rs"]
mod fib;
#[path = "../examples/bots/health.rs"]
mod health;
#[path = "../examples/bots/nqueens.rs"]
mod nqueens;
#[path = "../examples/bots/sort.rs"]
mod sort;
#[path = "../examples/bots/sparselu.rs"]
mod sparselu;
#[path = "../examples/bots/strassen.rs"]
mod strassen;
#[path = "../examples/bots/uts.rs"]
mod uts;

use std::fmt::Debug;

use divvy::{Executor, with};

/// The same answer in pools of 1, 2 and 8 threads, and from an adversary.
fn same<T: PartialEq + Debug + Send>(sequential: impl FnOnce() -> T, parallel: impl Fn() -> T + Send + Sync) {
    let want = sequential();
    for threads in [1, 2, 8] {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("a pool");
        assert!(want == pool.install(&parallel), "{threads} threads");
    }
    for seed in 0..3 {
        assert!(
            want == with(Executor::Adversarial { seed }, &parallel),
            "adversarial seed {seed}"
        );
    }
}

#[test]
fn fib_counts() {
    same(|| fib::fib_seq(22), || fib::fib(22));
    assert_eq!(fib::fib(22), 17_711);
}

#[test]
fn nqueens_counts() {
    for n in [0, 1, 4, 8] {
        same(
            || nqueens::count_seq(&mut Vec::new(), n),
            || nqueens::count(&mut Vec::new(), n),
        );
    }
    assert_eq!(nqueens::count(&mut Vec::new(), 8), 92);
}

#[test]
fn sort_sorts() {
    for n in [0, 1, 1000, 1025, 20_000] {
        let numbers = sort::numbers(n);
        same(
            || sort::sorted(&numbers, sort::sort_seq),
            || sort::sorted(&numbers, sort::sort),
        );
        let mut sorted = numbers.clone();
        sorted.sort_unstable();
        assert!(sort::sorted(&numbers, sort::sort) == sorted);
    }
    let (a, b) = (sort::numbers(5000), sort::numbers(3000));
    let [a, b] = [a, b].map(|numbers| sort::sorted(&numbers, sort::sort));
    let merged = |merge: fn(&[u32], &[u32], &mut [u32])| {
        let mut out = vec![0; a.len() + b.len()];
        merge(&a, &b, &mut out);
        out
    };
    same(|| merged(sort::merge_seq), || merged(sort::merge));
}

#[test]
fn strassen_multiplies() {
    for n in [1, 32, 64, 128] {
        let (a, b) = (strassen::Matrix::example(n, 1), strassen::Matrix::example(n, 2));
        same(|| strassen::multiply_seq(&a, &b), || strassen::multiply(&a, &b));
    }
}

#[test]
fn fft_transforms_to_the_same_bits() {
    for n in [1, 64, 2048] {
        let signal = fft::signal(n);
        same(|| fft::transform_seq(&signal), || fft::transform(&signal));
    }
}

#[test]
fn uts_counts() {
    for seed in [1, 19] {
        let root = uts::Node::root(seed);
        same(|| uts::count_seq(&root), || uts::count(&root));
    }
}

#[test]
fn health_simulates() {
    let country = health::Village::example(4, 3);
    same(
        || health::simulate(country.clone(), 12, |village| village.step_seq()),
        || health::simulate(country.clone(), 12, |village| village.step()),
    );
}

#[test]
fn sparselu_factors_to_the_same_bits() {
    for blocks in [1, 2, 7] {
        let matrix = sparselu::Sparse::example(blocks, 6);
        same(
            || sparselu::factored(matrix.clone(), sparselu::factor_seq),
            || sparselu::factored(matrix.clone(), sparselu::factor),
        );
    }
}
