//! The environment variable `DIVVY_EXECUTOR`, in processes of their own: of all executors only rayon makes threads, so the
//! others run where there can be none.

#![cfg(target_os = "linux")]

use std::process::{Command, Output};
use std::thread::sleep;
use std::time::Duration;

use divvy::{Executor, par_divide, par_join, par_reduce, par_scan, with};

/// Says which form a child runs.
const CHILD: &str = "DIVVY_TEST_EXECUTORS";

const FORMS: [&str; 4] = ["loop", "scan", "recursion", "join"];

#[par_reduce(threshold = 2)]
fn order(n: usize) -> Vec<usize> {
    let mut seen = Vec::new();
    for i in 0..n {
        seen.push(i);
    }
    seen
}

#[par_scan(threshold = 2, twin = sums_seq)]
fn sums(n: u64) -> Vec<u64> {
    let mut sums = Vec::new();
    let mut sum = 0;
    for i in 0..n {
        sum += i;
        sums.push(sum);
    }
    sums
}

#[par_divide(threshold = 2, twin = fib_seq)]
fn fib(n: u32) -> u64 {
    if n < 2 {
        return n.into();
    }
    fib(n - 1) + fib(n - 2)
}

fn slowly(n: u64) -> u64 {
    sleep(Duration::from_millis(20));
    n + 1
}

#[par_join(twin = both_seq)]
fn both(n: u64) -> (u64, u64) {
    let left = slowly(n);
    let right = slowly(2 * n);
    (left, right)
}

fn run(form: &str) {
    match form {
        "loop" => assert_eq!(order(10_000), (0..10_000).collect::<Vec<_>>()),
        "scan" => assert_eq!(sums(10_000), sums_seq(10_000)),
        "recursion" => assert_eq!(fib(20), fib_seq(20)),
        "join" => assert_eq!(both(5), both_seq(5)),
        _ => panic!("`{form}` is none of {FORMS:?}"),
    }
}

fn threads() -> usize {
    std::fs::read_dir("/proc/self/task")
        .expect("the list of threads")
        .count()
}

/// Runs in a process of its own: says how many threads a form made.
#[test]
fn in_a_process_of_its_own() {
    let Ok(form) = std::env::var(CHILD) else { return };
    let before = threads();
    run(&form);
    println!("made {} threads", threads() - before);
    assert_eq!(with(Executor::Serial, || order(9)).len(), 9);
}

fn child(form: &str, executor: &str) -> Output {
    let mut command = Command::new(std::env::current_exe().expect("the path of this test"));
    command.args(["--exact", "in_a_process_of_its_own", "--nocapture", "--test-threads=1"]);
    command
        .env(CHILD, form)
        .env("DIVVY_EXECUTOR", executor)
        .output()
        .expect("the test runs")
}

#[test]
fn the_environment_chooses_the_executor() {
    for form in FORMS {
        for executor in ["serial", "adversarial:3", "adversarial:4"] {
            let output = child(form, executor);
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            assert!(
                output.status.success() && text.contains("made 0 threads"),
                "{form}, {executor}: {text}"
            );
        }
        let text = String::from_utf8_lossy(&child(form, "rayon").stdout).into_owned();
        assert!(
            !text.contains("made 0 threads") && text.contains("made "),
            "{form}: {text}"
        );
    }
}

#[test]
fn an_unknown_executor_is_named_with_the_known_ones() {
    let output = child("loop", "parallel");
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success());
    for word in ["DIVVY_EXECUTOR", "parallel", "serial", "rayon", "adversarial"] {
        assert!(text.contains(word), "{word} is missing in {text}");
    }
}
