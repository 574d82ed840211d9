//! `#[par_test]`: what it runs, and that it finds a false law and says how to see it again.

use std::error::Error;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};

use divvy::{Monoid, ops, par_reduce, par_test};

/// Claims to be a monoid under addition, and isn't: the mean of two means is not that of all.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Mean(i64);

impl std::ops::AddAssign for Mean {
    fn add_assign(&mut self, other: Mean) {
        self.0 = (self.0 + other.0) / 2;
    }
}

impl divvy::Associative<ops::Add> for Mean {
    fn combine(left: &mut Mean, right: Mean) {
        *left += right;
    }
}

impl Monoid<ops::Add> for Mean {
    fn identity() -> Mean {
        Mean(0)
    }
}

#[par_reduce(twin = plain_means)]
fn means(xs: &[i64]) -> Mean {
    let mut mean = Mean(1000);
    for &x in xs {
        mean += Mean(x);
    }
    mean
}

#[par_reduce(twin = plain_total)]
fn total(xs: &[i64]) -> i64 {
    let mut total = 0;
    for &x in xs {
        total += x;
    }
    total
}

fn inputs() -> Vec<i64> {
    (1..100).collect()
}

/// A true law holds everywhere.
#[par_test]
fn a_true_law_passes() {
    assert_eq!(total(&inputs()), plain_total(&inputs()));
}

#[par_test(threads = [1, 2], seeds = 3)]
#[test]
fn a_test_may_return_a_result() -> Result<(), Box<dyn Error>> {
    let seven: i64 = "7".parse()?;
    assert_eq!(total(&[seven, 1]), 8);
    Ok(())
}

#[par_test(threads = [1, 2], seeds = 3)]
#[should_panic(expected = "sum is 4950")]
fn a_test_may_be_expected_to_panic() {
    panic!("sum is {}", total(&inputs()));
}

#[par_test(threads = [1 + 2], seeds = u64::from(1_u32))]
fn options_are_expressions() {
    static RUNS: AtomicUsize = AtomicUsize::new(0);
    let run = RUNS.fetch_add(1, Ordering::Relaxed);
    assert!(run < 3, "the sequential program, one pool and one adversary");
}

/// Run by `a_false_law_is_found_and_can_be_replayed` only.
#[par_test(threads = [1], seeds = 40)]
#[ignore = "fails"]
fn a_false_law() {
    assert_eq!(means(&inputs()), plain_means(&inputs()));
}

/// Run by `a_panic_that_comes_only_sometimes_is_no_pass` only.
#[par_test(threads = [1], seeds = 40)]
#[should_panic(expected = "not equal")]
#[ignore = "fails"]
fn a_panic_under_some_executors() {
    assert!(means(&inputs()) == plain_means(&inputs()), "not equal");
}

/// Run by `a_failure_in_one_pool_names_its_size_and_can_be_replayed` only.
#[par_test(threads = [1, 2, 3], seeds = 2)]
#[ignore = "fails"]
fn a_failure_in_one_pool() {
    assert_ne!(rayon::current_num_threads(), 2);
}

fn child(test: &str, environment: &[(&str, &str)]) -> (Output, String) {
    let mut command = Command::new(std::env::current_exe().expect("the path of this test"));
    command
        .args(["--exact", test, "--ignored", "--test-threads=1"])
        .env_remove("DIVVY_EXECUTOR")
        .env_remove("RAYON_NUM_THREADS")
        .envs(environment.iter().copied());
    let output = command.output().expect("the test runs");
    let text = [&output.stdout[..], &output.stderr]
        .map(String::from_utf8_lossy)
        .concat();
    (output, text)
}

#[test]
fn a_false_law_is_found_and_can_be_replayed() {
    let (output, text) = child("a_false_law", &[]);
    assert!(!output.status.success(), "{text}");
    assert!(
        text.contains("`a_false_law` fails under the adversary with seed "),
        "{text}"
    );
    let (_, environment) = text.split_once("DIVVY_EXECUTOR=").expect("how to run it alone");
    let executor = environment.split_whitespace().next().expect("an executor");
    assert!(executor.starts_with("adversarial:"), "{text}");
    assert!(
        text.contains(&format!("DIVVY_EXECUTOR={executor} cargo test a_false_law")),
        "{text}"
    );

    let (output, text) = child("a_false_law", &[("DIVVY_EXECUTOR", executor)]);
    assert!(!output.status.success() && text.contains("1 failed"), "{text}");
    let (output, text) = child("a_false_law", &[("DIVVY_EXECUTOR", "serial")]);
    assert!(output.status.success() && text.contains("1 passed"), "{text}");
}

#[test]
fn a_panic_that_comes_only_sometimes_is_no_pass() {
    let (output, text) = child("a_panic_under_some_executors", &[]);
    assert!(!output.status.success(), "{text}");
    assert!(text.contains("did not panic"), "{text}");
    assert!(text.contains("fails under the sequential program"), "{text}");
}

#[test]
fn a_failure_in_one_pool_names_its_size_and_can_be_replayed() {
    let (output, text) = child("a_failure_in_one_pool", &[]);
    assert!(!output.status.success(), "{text}");
    assert!(
        text.contains("`a_failure_in_one_pool` fails under rayon, in a pool of 2 threads"),
        "{text}"
    );
    assert!(
        text.contains("DIVVY_EXECUTOR=rayon RAYON_NUM_THREADS=2 cargo test a_failure_in_one_pool"),
        "{text}"
    );
    for (threads, passes) in [("2", false), ("3", true)] {
        let environment = [("DIVVY_EXECUTOR", "rayon"), ("RAYON_NUM_THREADS", threads)];
        let (output, text) = child("a_failure_in_one_pool", &environment);
        assert_eq!(output.status.success(), passes, "{threads}: {text}");
        let count = if passes { "1 passed" } else { "1 failed" };
        assert!(text.contains(count), "{threads}: {text}");
    }
}
