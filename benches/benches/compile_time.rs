//! How long a crate with 100 annotated functions takes to build, beside the same crate by hand in rayon.
//!
//! `cargo bench -p divvy-benches --bench compile_time [-- ROUNDS]`. Dependencies are built beforehand; rounds are interleaved.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use divvy_benches::measure::median;

#[path = "compile_time/functions.rs"]
mod functions;

use functions::FUNCTIONS;

/// How often each of the functions occurs, under another name.
const COPIES: usize = 10;

const MERGE: &str = "pub fn merge(v: &mut [u32], _: usize) { v.sort_unstable(); }\n";

struct Crate {
    name: &'static str,
    folder: PathBuf,
    text: String,
}

impl Crate {
    /// Writes the crate and builds what it depends on.
    fn new(name: &'static str, dependency: &str, text: String) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(folder.join("src")).expect("a folder");
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[dependencies]\n{dependency}\n[workspace]\n"
        );
        fs::write(folder.join("Cargo.toml"), manifest).expect("a manifest");
        let made = Self { name, folder, text };
        for mode in MODES {
            made.write("0");
            made.build(mode);
        }
        made
    }

    /// One of the functions differs with `salt`.
    fn write(&self, salt: &str) {
        let text = self.text.replace("x / 3", &format!("x / 3 + {salt}"));
        fs::write(self.folder.join("src/lib.rs"), text).expect("a file");
    }

    fn build(&self, mode: Mode) -> Times {
        let mut command = Command::new(env!("CARGO"));
        command
            .args(mode.arguments)
            .args(["--quiet", "--offline"])
            .current_dir(&self.folder);
        command
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .env_remove("RUSTFLAGS");
        command.env("CARGO_INCREMENTAL", if mode.is_incremental { "1" } else { "0" });
        let (start, before) = (Instant::now(), processor_time());
        let output = command.output().expect("cargo");
        let times = [start.elapsed().as_secs_f64(), processor_time() - before];
        assert!(
            output.status.success(),
            "{}: {}",
            self.name,
            String::from_utf8_lossy(&output.stderr)
        );
        times
    }
}

/// Seconds by the clock, and seconds of all processors.
type Times = [f64; 2];

#[derive(Clone, Copy)]
struct Mode {
    name: &'static str,
    arguments: &'static [&'static str],
    is_incremental: bool,
}

const MODES: [Mode; 4] = [
    Mode {
        name: "check",
        arguments: &["check"],
        is_incremental: false,
    },
    Mode {
        name: "debug",
        arguments: &["build"],
        is_incremental: false,
    },
    Mode {
        name: "debug, one function changed",
        arguments: &["build"],
        is_incremental: true,
    },
    Mode {
        name: "release",
        arguments: &["build", "--release"],
        is_incremental: false,
    },
];

/// Seconds that ended children have used so far; 0 where the system doesn't say.
fn processor_time() -> f64 {
    const TICKS: f64 = 100.0;
    let text = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let numbers = text.rsplit(')').next().unwrap_or_default().split_whitespace();
    // user and system time of the children: the 16th and 17th field, counted from the process's number
    numbers
        .skip(13)
        .take(2)
        .filter_map(|ticks| ticks.parse::<f64>().ok())
        .sum::<f64>()
        / TICKS
}

fn main() {
    if !std::env::args().any(|argument| argument == "--bench") {
        return; // `cargo test --benches`
    }
    let rounds = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(7);
    let (mut annotated, mut plain, mut by_hand) = (
        String::from("use divvy::*;\nuse std::collections::HashMap;\n") + MERGE,
        String::from("use std::collections::HashMap;\n") + MERGE,
        String::from("use rayon::prelude::*;\nuse std::collections::HashMap;\n") + MERGE,
    );
    for copy in 0..COPIES {
        for (number, (attribute, function, hand)) in FUNCTIONS.iter().enumerate() {
            let name = format!("function_{number}_{copy}");
            let function = function.replace("NAME", &name);
            let _ = writeln!(
                annotated,
                "#[{attribute}]
{function}"
            );
            let _ = writeln!(plain, "{function}");
            let _ = writeln!(by_hand, "{}", hand.replace("NAME", &name));
        }
    }
    let divvy = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let divvy = format!(
        "divvy = {{ path = {:?} }}",
        divvy.canonicalize().expect("the workspace")
    );
    let crates = [
        Crate::new("hundred-plain", "", plain),
        Crate::new("hundred-by-hand", "rayon = \"1\"", by_hand),
        Crate::new("hundred-annotated", &divvy, annotated),
    ];
    println!("100 functions, {rounds} rounds, medians; processor time is that of all threads together");
    println!("{:<28} | {:<36} | {:<36}", "", "by the clock", "processor time");
    println!(
        "{:<28} | {:>9} {:>9} {:>9} {:>6} | {:>9} {:>9} {:>9} {:>6}",
        "build", "plain", "by hand", "divvy", "ratio", "plain", "by hand", "divvy", "ratio"
    );
    for mode in MODES {
        let mut rounds_times: Vec<[Times; 3]> = Vec::new();
        for round in 0..rounds {
            let mut times = [[0.0; 2]; 3];
            for step in 0..3 {
                let at = (step + round) % 3;
                crates[at].write(&format!("{}", round + 1));
                times[at] = crates[at].build(mode);
            }
            rounds_times.push(times);
        }
        print!("{:<28}", mode.name);
        for which in 0..2 {
            let of = |at: usize| median(rounds_times.iter().map(|times| times[at][which]));
            let ratio = median(rounds_times.iter().map(|times| times[2][which] / times[1][which]));
            print!(" | {:>7.2} s {:>7.2} s {:>7.2} s {ratio:>6.2}", of(0), of(1), of(2));
        }
        println!();
    }
}
