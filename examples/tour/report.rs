//! Runs jobs in two versions, compares the answers, and prints a table of the times.

use std::io::{IsTerminal, stderr};
use std::path::Path;
use std::time::{Duration, Instant};

const ROUNDS: usize = 5;

/// How the times are taken, for the heading.
pub(crate) fn method() -> String {
    format!("{ROUNDS} rounds a job, both versions in turns, the fastest time of each")
}

struct Row {
    name: &'static str,
    input: String,
    sequential: Duration,
    parallel: Duration,
    is_equal: bool,
}

/// What was measured so far.
pub(crate) struct Report {
    rows: Vec<Row>,
}

impl Report {
    /// An empty table.
    pub(crate) fn new() -> Self {
        Self { rows: Vec::new() }
    }

    /// Runs both versions of a job, each on input of its own; returns the answer of the parallel one.
    ///
    /// Preparing the input, comparing and dropping the answers are not timed.
    pub(crate) fn job<I, A: PartialEq>(
        &mut self,
        name: &'static str,
        input: String,
        prepare: impl Fn() -> I,
        sequential: impl Fn(I) -> A,
        parallel: impl Fn(I) -> A,
    ) -> A {
        let mut row = Row {
            name,
            input,
            sequential: Duration::MAX,
            parallel: Duration::MAX,
            is_equal: true,
        };
        let mut round = 1;
        let answer = loop {
            progress(name, round);
            let (expected, time) = timed(&sequential, prepare());
            row.sequential = row.sequential.min(time);
            let (answer, time) = timed(&parallel, prepare());
            row.parallel = row.parallel.min(time);
            row.is_equal &= answer == expected;
            if round == ROUNDS {
                break answer;
            }
            round += 1;
        };
        if stderr().is_terminal() {
            eprint!("\r{:60}\r", "");
        }
        self.rows.push(row);
        answer
    }

    /// Prints the table.
    pub(crate) fn print(&self) {
        println!();
        println!(
            "{:<18} {:>18} {:>12} {:>12} {:>7}  answers",
            "job", "input", "sequential", "parallel", "ratio"
        );
        for row in &self.rows {
            println!(
                "{:<18} {:>18} {:>9.2} ms {:>9.2} ms {:>6.2}x  {}",
                row.name,
                row.input,
                row.sequential.as_secs_f64() * 1e3,
                row.parallel.as_secs_f64() * 1e3,
                row.sequential.as_secs_f64() / row.parallel.as_secs_f64(),
                if row.is_equal { "equal" } else { "DIFFERENT" },
            );
        }
    }

    /// Were the answers of every job equal in every round?
    pub(crate) fn all_equal(&self) -> bool {
        self.rows.iter().all(|row| row.is_equal)
    }
}

fn timed<I, A>(job: impl Fn(I) -> A, input: I) -> (A, Duration) {
    let start = Instant::now();
    let answer = job(input);
    (answer, start.elapsed())
}

/// Shows what is running: a line that is overwritten, or a line a job where the output is kept.
fn progress(job: &str, round: usize) {
    if stderr().is_terminal() {
        eprint!("\r{:60}\r", format!("{job}: round {round} of {ROUNDS}"));
    } else if round == 1 {
        eprintln!("running {job}");
    }
}

/// A path as seen from the current folder, if it is below.
pub(crate) fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    match path.strip_prefix(here) {
        Ok(below) if below.as_os_str().is_empty() => "the current folder".to_string(),
        Ok(below) => below.display().to_string(),
        Err(_) => path.display().to_string(),
    }
}
