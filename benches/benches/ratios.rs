//! All kernels as tables, JSON and pictures; `benches/README.md` says how to run it.

use std::path::Path;
use std::time::Duration;

use divvy_benches::kernels::{self, Kernel, Kind};
use divvy_benches::measure::{Effort, Machine};
use divvy_benches::{report, small};

const USAGE: &str = "cargo bench -p divvy-benches --bench ratios -- [--quick] [--seconds S] [--least] [--largest] [--write] [tune | small] [KERNEL..]";

struct Arguments {
    quick: bool,
    /// Least times in place of medians.
    least: bool,
    /// Only the largest input of each kernel.
    largest: bool,
    /// Writes the results into the repository.
    write: bool,
    seconds: f64,
    task: Option<String>,
    words: Vec<String>,
}

impl Arguments {
    fn parse(arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut parsed = Self {
            quick: false,
            least: false,
            largest: false,
            write: false,
            seconds: 2.0,
            task: None,
            words: Vec::new(),
        };
        let mut arguments = arguments.filter(|argument| argument != "--bench");
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--quick" => (parsed.quick, parsed.seconds) = (true, 0.3),
                "--least" => parsed.least = true,
                "--largest" => parsed.largest = true,
                "--write" => parsed.write = true,
                "--seconds" => {
                    let seconds = arguments.next().and_then(|seconds| seconds.parse().ok());
                    parsed.seconds = seconds.ok_or("--seconds needs a number")?;
                }
                "tune" | "small" | "small-of" if parsed.task.is_none() => parsed.task = Some(argument),
                word if word.starts_with('-') => return Err(format!("no option {word}")),
                _ => parsed.words.push(argument),
            }
        }
        Ok(parsed)
    }

    fn effort(&self) -> Effort {
        Effort {
            time: Duration::from_secs_f64(self.seconds),
            least: if self.quick { 5 } else { 9 },
            most: if self.quick { 9 } else { 61 },
            by_least: self.least,
        }
    }

    fn sizes(&self, kernel: &Kernel) -> Vec<usize> {
        let all = kernel.sizes;
        match (self.largest, self.quick) {
            (true, _) => all[all.len() - 1..].to_vec(),
            (_, true) => vec![all[0], all[all.len() / 2], all[all.len() - 1]],
            _ => all.to_vec(),
        }
    }
}

fn main() {
    if !std::env::args().any(|argument| argument == "--bench") {
        return; // `cargo test --benches`: the library's tests compare the answers
    }
    let arguments = Arguments::parse(std::env::args().skip(1)).unwrap_or_else(|error| {
        eprintln!("{error}\n{USAGE}");
        std::process::exit(2);
    });
    let kernels = kernels::chosen(&arguments.words);
    match arguments.task.as_deref() {
        Some("tune") => tune(&kernels),
        Some("small-of") => small::run(&arguments.words[0], arguments.quick),
        Some(_) => print!("{}", report::small_table(&smalls(&kernels, &arguments))),
        None => all(&kernels, &arguments),
    }
}

fn smalls(kernels: &[Kernel], arguments: &Arguments) -> Vec<small::Small> {
    kernels
        .iter()
        .map(|kernel| small::measure(kernel, arguments.quick))
        .collect()
}

fn all(kernels: &[Kernel], arguments: &Arguments) {
    let machine = Machine::new();
    if !machine.has_c() {
        eprintln!("no gcc with OpenMP: no C versions");
    }
    // no time is taken before all answers of inputs that are quick to compute are compared; the others are before theirs
    for kernel in kernels {
        machine.check(kernel, &(kernel.case)(kernel.sizes[1]));
    }
    let smalls = smalls(kernels, arguments);
    let mut rows = Vec::new();
    for kernel in kernels {
        for size in arguments.sizes(kernel) {
            eprint!("\r{:<40}", format!("{} {size}", kernel.name));
            rows.push(machine.measure(kernel, size, arguments.effort()));
        }
    }
    eprintln!("\r{:<40}", "");
    let tables = [
        report::small_table(&smalls),
        report::large_table(&rows),
        report::c_table(&rows),
        report::bars(&rows, &smalls),
    ]
    .join("\n");
    println!("{}\n{tables}", report::size_table(&rows));
    if arguments.write {
        write(&tables, &rows, &smalls);
    }
}

/// Puts the results where the README and the guide show them.
fn write(tables: &str, rows: &[divvy_benches::measure::Row], smalls: &[small::Small]) {
    const MARKS: [&str; 2] = ["<!-- results -->\n", "<!-- end of results -->\n"];
    let benches = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = benches.join("README.md");
    let text = std::fs::read_to_string(&readme).expect("benches/README.md");
    let (before, rest) = text.split_once(MARKS[0]).expect("a mark before the results");
    let (_, after) = rest.split_once(MARKS[1]).expect("a mark behind the results");
    let text = format!("{before}{}```text\n{tables}```\n{}{after}", MARKS[0], MARKS[1]);
    let pictures = benches.join("../guide/src/pictures");
    for (path, text) in [
        (readme, text),
        (benches.join("results.json"), report::json(rows, smalls)),
        (pictures.join("recursions.svg"), report::plot(rows, Kind::Recursion)),
        (pictures.join("loops.svg"), report::plot(rows, Kind::Loop)),
    ] {
        std::fs::write(&path, text).expect("the repository is writable");
        eprintln!("written: {}", path.display());
    }
}

/// Tries the cutoffs of the versions by hand on two threads.
fn tune(kernels: &[Kernel]) {
    let machine = Machine::new();
    for kernel in kernels {
        let case = (kernel.case)(kernel.sizes[kernel.sizes.len() - 1]);
        println!("{}, {} (in use: {})", kernel.name, case.input, case.cutoff);
        for (cutoff, time) in machine.tune(&case, 15) {
            println!("{cutoff:>10} {time:>10.3} ms");
        }
    }
}
