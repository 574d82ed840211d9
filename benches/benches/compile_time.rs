//! How long a crate with 100 annotated functions takes to build, beside the same crate by hand in rayon.
//!
//! `cargo bench -p divvy-benches --bench compile_time [-- ROUNDS]`. Dependencies are built beforehand; rounds are interleaved.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use divvy_benches::measure::median;
use divvy_compiler::{Attribute, expand};
use proc_macro2::TokenStream;

/// How often each of the functions occurs, under another name.
const COPIES: usize = 10;

/// An attribute, the function, and the function by hand; `NAME` is its name.
const FUNCTIONS: [(Attribute, &str, &str); 10] = [
    (
        Attribute::Reduce,
        "pub fn NAME(xs: &[u64]) -> u64 {
            let mut sum = 0;
            for x in xs { sum += x * x; }
            sum
        }",
        "pub fn NAME(xs: &[u64]) -> u64 {
            xs.par_iter().map(|x| x * x).sum()
        }",
    ),
    (
        Attribute::Reduce,
        "pub fn NAME(bytes: &[u8]) -> [u64; 256] {
            let mut counts = [0; 256];
            for byte in bytes { counts[*byte as usize] += 1; }
            counts
        }",
        "pub fn NAME(bytes: &[u8]) -> [u64; 256] {
            bytes
                .par_iter()
                .fold(|| [0; 256], |mut counts, byte| { counts[*byte as usize] += 1; counts })
                .reduce(|| [0; 256], |mut left, right| {
                    for (l, r) in left.iter_mut().zip(right) { *l += r; }
                    left
                })
        }",
    ),
    (
        Attribute::Reduce,
        "pub fn NAME(xs: &[i64]) -> (usize, i64) {
            let (mut at, mut largest) = (0, i64::MIN);
            for (i, &x) in xs.iter().enumerate() {
                if x > largest { largest = x; at = i; }
            }
            (at, largest)
        }",
        "pub fn NAME(xs: &[i64]) -> (usize, i64) {
            xs.par_iter()
                .enumerate()
                .map(|(i, x)| (i, *x))
                .reduce(|| (0, i64::MIN), |left, right| if right.1 > left.1 { right } else { left })
        }",
    ),
    (
        Attribute::Reduce,
        "pub fn NAME(xs: &[u64]) -> Vec<u64> {
            let mut out = Vec::new();
            for x in xs {
                if x % 3 == 0 { out.push(x / 3); }
            }
            out
        }",
        "pub fn NAME(xs: &[u64]) -> Vec<u64> {
            xs.par_iter().filter(|x| **x % 3 == 0).map(|x| x / 3).collect()
        }",
    ),
    (
        Attribute::Reduce,
        "pub fn NAME<'a>(words: &[&'a str]) -> HashMap<&'a str, u64> {
            let mut counts = HashMap::new();
            for word in words { *counts.entry(*word).or_insert(0) += 1; }
            counts
        }",
        "pub fn NAME<'a>(words: &[&'a str]) -> HashMap<&'a str, u64> {
            words
                .par_iter()
                .fold(HashMap::new, |mut counts, word| { *counts.entry(*word).or_insert(0) += 1; counts })
                .reduce(HashMap::new, |mut left, right| {
                    for (word, count) in right { *left.entry(word).or_insert(0) += count; }
                    left
                })
        }",
    ),
    (
        Attribute::Reduce,
        "pub fn NAME(texts: &[String]) -> Result<u64, std::num::ParseIntError> {
            let mut sum = 0;
            for text in texts { sum += text.parse::<u64>()?; }
            Ok(sum)
        }",
        "pub fn NAME(texts: &[String]) -> Result<u64, std::num::ParseIntError> {
            texts.par_iter().map(|text| text.parse::<u64>()).try_reduce(|| 0, |left, right| Ok(left + right))
        }",
    ),
    (
        Attribute::For,
        "pub fn NAME(y: &mut [f64], a: f64, x: &[f64]) {
            for i in 0..x.len() { y[i] += a * x[i]; }
        }",
        "pub fn NAME(y: &mut [f64], a: f64, x: &[f64]) {
            y.par_iter_mut().zip(x).for_each(|(y, x)| *y += a * x);
        }",
    ),
    (
        Attribute::For,
        "pub fn NAME(out: &mut [f64], heat: &[f64], side: usize) {
            for y in 1..side - 1 {
                for x in 1..side - 1 {
                    let at = y * side + x;
                    out[y * side + x] = 0.25 * (heat[at - 1] + heat[at + 1] + heat[at - side] + heat[at + side]);
                }
            }
        }",
        "pub fn NAME(out: &mut [f64], heat: &[f64], side: usize) {
            out.par_chunks_mut(side).enumerate().skip(1).take(side - 2).for_each(|(y, out)| {
                for x in 1..side - 1 {
                    let at = y * side + x;
                    out[x] = 0.25 * (heat[at - 1] + heat[at + 1] + heat[at - side] + heat[at + side]);
                }
            });
        }",
    ),
    (
        Attribute::Divide,
        "pub fn NAME(n: u32) -> u64 {
            if n < 2 { return u64::from(n); }
            NAME(n - 1) + NAME(n - 2)
        }",
        "pub fn NAME(n: u32) -> u64 {
            if n < 2 { return u64::from(n); }
            if n < 20 { return NAME(n - 1) + NAME(n - 2); }
            let (a, b) = rayon::join(|| NAME(n - 1), || NAME(n - 2));
            a + b
        }",
    ),
    (
        Attribute::Divide,
        "pub fn NAME(v: &mut [u32]) {
            if v.len() < 2 { return; }
            let middle = v.len() / 2;
            let (left, right) = v.split_at_mut(middle);
            NAME(left);
            NAME(right);
            merge(v, middle);
        }",
        "pub fn NAME(v: &mut [u32]) {
            if v.len() < 2 { return; }
            let middle = v.len() / 2;
            let (left, right) = v.split_at_mut(middle);
            if left.len() < 4096 {
                NAME(left);
                NAME(right);
            } else {
                rayon::join(|| NAME(left), || NAME(right));
            }
            merge(v, middle);
        }",
    ),
];

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
    expansion();
    let (mut annotated, mut by_hand) = (
        String::from("use divvy::*;\nuse std::collections::HashMap;\n") + MERGE,
        String::from("use rayon::prelude::*;\nuse std::collections::HashMap;\n") + MERGE,
    );
    for copy in 0..COPIES {
        for (number, (attribute, function, hand)) in FUNCTIONS.iter().enumerate() {
            let name = format!("function_{number}_{copy}");
            let _ = writeln!(annotated, "#[{attribute}]\n{}", function.replace("NAME", &name));
            let _ = writeln!(by_hand, "{}", hand.replace("NAME", &name));
        }
    }
    let divvy = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let divvy = format!(
        "divvy = {{ path = {:?} }}",
        divvy.canonicalize().expect("the workspace")
    );
    let crates = [
        Crate::new("hundred-annotated", &divvy, annotated),
        Crate::new("hundred-by-hand", "rayon = \"1\"", by_hand),
    ];
    println!("100 functions, {rounds} rounds, medians; processor time is that of all threads together");
    println!(
        "{:<28} | {:>9} {:>9} {:>6} | {:>9} {:>9} {:>6}",
        "build", "by hand", "divvy", "ratio", "by hand", "divvy", "ratio"
    );
    for mode in MODES {
        let mut times = [Vec::new(), Vec::new()];
        for round in 0..rounds {
            for step in 0..2 {
                let at = (step + round) % 2;
                crates[at].write(&format!("{}", round + 1));
                times[at].push(crates[at].build(mode));
            }
        }
        let of = |at: usize, which: usize| median(times[at].iter().map(|times| times[which]));
        let ratio = |which: usize| median(times[0].iter().zip(&times[1]).map(|(a, b)| a[which] / b[which]));
        println!(
            "{:<28} | {:>7.2} s {:>7.2} s {:>6.2} | {:>7.2} s {:>7.2} s {:>6.2}",
            mode.name,
            of(1, 0),
            of(0, 0),
            ratio(0),
            of(1, 1),
            of(0, 1),
            ratio(1)
        );
    }
}

/// What the compiler itself takes for a function, in this process.
fn expansion() {
    println!("expansion, milliseconds a function (median of 21), and tokens: as written, expanded");
    for (number, (attribute, function, _)) in FUNCTIONS.iter().enumerate() {
        let item: TokenStream = function.replace("NAME", "function").parse().expect("a function");
        let mut length = 0;
        let times = (0..21).map(|_| {
            let start = Instant::now();
            let output = expand(*attribute, TokenStream::new(), item.clone());
            let time = start.elapsed().as_secs_f64() * 1e3;
            length = tokens(output);
            time
        });
        let time = median(times.collect::<Vec<_>>());
        println!(
            "{number} {attribute:<12} {time:>7.3} {:>5} {length:>5}",
            tokens(item.clone())
        );
    }
    println!();
}

fn tokens(stream: TokenStream) -> usize {
    let of = |token| match token {
        proc_macro2::TokenTree::Group(group) => 2 + tokens(group.stream()),
        _ => 1,
    };
    stream.into_iter().map(of).sum()
}
