//! Instructions of a call, counted by valgrind: a ratio that is the same on a busy machine.
//!
//! `cargo bench -p divvy-benches --bench instructions -- check` compares them with `benches/instructions.txt`, `bless`
//! writes that file; without a word they are shown.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::process::{Command, ExitCode};

use divvy_benches::measure::pool;
use divvy_benches::{Run, Who, kernels};

/// Kernels, and which of their sizes.
const COUNTED: [(&str, usize); 16] = [
    ("sum of squares", 2),
    ("dot, any", 2),
    ("saxpy", 2),
    ("argmax", 2),
    ("zip, map, sum", 2),
    ("collatz", 2),
    ("histogram", 2),
    ("filter and push", 2),
    ("find, absent", 2),
    ("parse", 2),
    ("fib", 2),
    ("tree sum", 1),
    ("tree sum, method", 1),
    ("queens", 2),
    ("merge sort", 2),
    ("folder walk", 2),
];

/// By how much a ratio may grow: on one thread of a pool the clock decides what is done, and a counted program is slow.
const TOLERANCE: [f64; 2] = [0.01, 0.25];

const FILE: &str = "instructions.txt";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["run", kernel, size, how] => run(kernel, size.parse().expect("a size"), how),
        ["--test"] => {}
        [] if !std::env::args().any(|argument| argument == "--bench") => {} // `cargo test --benches`
        [] => print!("{}", table(&counts())),
        ["bless"] => {
            let table = table(&counts());
            std::fs::write(path(), &table).expect("the repository is writable");
            print!("{table}");
        }
        ["check"] => return check(),
        _ => {
            eprintln!("cargo bench -p divvy-benches --bench instructions -- [check | bless]");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

fn path() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE)
}

/// One call, in a process that valgrind runs.
fn run(name: &str, size: usize, how: &str) {
    let kernel = kernels::all()
        .into_iter()
        .find(|kernel| kernel.name == name)
        .expect("a kernel");
    let case = (kernel.case)(size);
    let who = if how == "plain" { Who::Plain } else { Who::Divvy };
    let run = Run {
        threads: 1,
        cutoff: case.cutoff,
        calls: 1,
    };
    let contender = case.by(who).expect("every kernel has this version");
    let time = || {
        // the first calls read the environment and learn; only a single call is counted
        contender.time(Run { calls: 16, ..run });
        contender.time(run);
    };
    if how == "pool" {
        pool(1).install(time);
    } else {
        time();
    }
}

/// Instructions of the plain call, of the annotated one under the serial executor, and of it in a pool of one thread.
type Counts = Vec<(String, [u64; 3])>;

fn counts() -> Counts {
    let count = |(name, at): &(&str, usize)| {
        let kernel = kernels::all()
            .into_iter()
            .find(|kernel| kernel.name == *name)
            .expect("a kernel");
        let size = kernel.sizes[*at];
        eprint!("\r{name:<40}");
        (
            format!("{name} {size}"),
            ["plain", "serial", "pool"].map(|how| instructions(name, size, how)),
        )
    };
    let counts = COUNTED.iter().map(count).collect();
    eprint!("\r{:<40}\r", "");
    counts
}

fn instructions(kernel: &str, size: usize, how: &str) -> u64 {
    let program = std::env::current_exe().expect("a program has a path");
    let mut command = Command::new("valgrind");
    command
        .args([
            "--tool=callgrind",
            "--callgrind-out-file=/dev/null",
            "--toggle-collect=*case*once*",
        ])
        .arg(program)
        .args(["run", kernel, &size.to_string(), how]);
    if how == "serial" {
        command.env("DIVVY_EXECUTOR", "serial");
    }
    let output = command.output().expect("valgrind is installed");
    let text = String::from_utf8_lossy(&output.stderr);
    let count = text
        .lines()
        .find_map(|line| line.split_once("Collected :"))
        .and_then(|(_, count)| count.trim().parse().ok());
    count.unwrap_or_else(|| panic!("valgrind counted nothing:\n{text}"))
}

fn ratios([plain, serial, pool]: [u64; 3]) -> [f64; 2] {
    [serial, pool].map(|count| count as f64 / plain as f64)
}

fn table(counts: &Counts) -> String {
    let mut table = format!(
        "{:<28} {:>12} {:>12} {:>12} {:>8} {:>8}\n",
        "instructions of a call", "plain", "serial", "one thread", "serial", "one"
    );
    for (name, counts) in counts {
        let ([plain, serial, pool], [serial_ratio, pool_ratio]) = (counts, ratios(*counts));
        let _ = writeln!(
            table,
            "{name:<28} {plain:>12} {serial:>12} {pool:>12} {serial_ratio:>8.3} {pool_ratio:>8.3}"
        );
    }
    table
}

/// The ratios of a table, by kernel.
fn read(table: &str) -> BTreeMap<String, [f64; 2]> {
    let row = |line: &str| {
        let mut words: Vec<&str> = line.split_whitespace().collect();
        let (pool, serial) = (words.pop()?.parse().ok()?, words.pop()?.parse().ok()?);
        words.truncate(words.len().checked_sub(3)?);
        Some((words.join(" "), [serial, pool]))
    };
    table.lines().filter_map(row).collect()
}

fn check() -> ExitCode {
    let blessed = read(&std::fs::read_to_string(path()).expect("benches/instructions.txt"));
    let counts = counts();
    print!("{}", table(&counts));
    let mut code = ExitCode::SUCCESS;
    for (name, counts) in &counts {
        let Some(blessed) = blessed.get(name) else {
            eprintln!("{name} is not in {FILE}");
            code = ExitCode::FAILURE;
            continue;
        };
        for (at, how) in ["the serial executor", "a pool of one thread"].iter().enumerate() {
            let (is, was) = (ratios(*counts)[at], blessed[at]);
            if is > was * (1.0 + TOLERANCE[at]) {
                eprintln!("{name} under {how}: {is:.3} times the instructions of the plain call, it was {was:.3}");
                code = ExitCode::FAILURE;
            } else if is < was * (1.0 - TOLERANCE[at]) {
                eprintln!("better: {name} under {how}: {is:.3}, it was {was:.3}; `bless` keeps that");
            }
        }
    }
    code
}
