//! The environment variable `DIVVY_EXECUTOR`, in processes of their own.

use std::process::{Command, Output};

use divvy::{Executor, par_reduce, with};

const CHILD: &str = "DIVVY_TEST_EXECUTORS";

#[par_reduce(threshold = 2)]
fn order(n: usize) -> Vec<usize> {
    let mut seen = Vec::new();
    for i in 0..n {
        seen.push(i);
    }
    seen
}

#[cfg(target_os = "linux")]
fn threads() -> usize {
    std::fs::read_dir("/proc/self/task")
        .expect("the list of threads")
        .count()
}

/// Runs in a process of its own: says how many threads the loop made.
#[cfg(target_os = "linux")]
#[test]
fn in_a_process_of_its_own() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    let before = threads();
    assert_eq!(order(10_000), (0..10_000).collect::<Vec<_>>());
    println!("made {} threads", threads() - before);
    assert_eq!(with(Executor::Serial, || order(9)).len(), 9);
}

#[cfg(target_os = "linux")]
fn child(executor: &str) -> Output {
    let mut command = Command::new(std::env::current_exe().expect("the path of this test"));
    command.args(["--exact", "in_a_process_of_its_own", "--nocapture", "--test-threads=1"]);
    command
        .env(CHILD, "1")
        .env("DIVVY_EXECUTOR", executor)
        .output()
        .expect("the test runs")
}

#[cfg(target_os = "linux")]
#[test]
fn the_environment_chooses_the_executor() {
    for executor in ["serial", "adversarial:3"] {
        let output = child(executor);
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(
            output.status.success() && text.contains("made 0 threads"),
            "{executor}: {text}"
        );
    }
    let text = String::from_utf8_lossy(&child("rayon").stdout).into_owned();
    assert!(!text.contains("made 0 threads") && text.contains("made "), "{text}");
}

#[cfg(target_os = "linux")]
#[test]
fn an_unknown_executor_is_named_with_the_known_ones() {
    let output = child("parallel");
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success());
    for word in ["DIVVY_EXECUTOR", "parallel", "serial", "rayon", "adversarial"] {
        assert!(text.contains(word), "{word} is missing in {text}");
    }
}
