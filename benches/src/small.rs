//! The cost of a call on small input, outside of any pool, in a fresh process.

use std::process::Command;
use std::time::Duration;

use crate::case::{Run, Who};
use crate::kernels::{self, Kernel};
use crate::measure::median;

const ROUNDS: usize = 301;

/// What a call on small input costs.
#[derive(Clone, Debug)]
pub struct Small {
    /// The kernel.
    pub kernel: Kernel,
    /// The input, in words.
    pub input: String,
    /// Nanoseconds of the sequential function.
    pub plain: f64,
    /// Nanoseconds more with the attribute.
    pub overhead: f64,
    /// Whether rayon's pool was created.
    pub is_pool_created: bool,
}

/// Measures in a process of its own; `None` if that isn't this program.
///
/// # Panics
/// If the process can't be run.
pub fn measure(kernel: &Kernel, quick: bool) -> Small {
    let program = std::env::current_exe().expect("a program has a path");
    let mut command = Command::new(program);
    command.args(["--bench", "small-of", kernel.name]);
    if quick {
        command.arg("--quick");
    }
    let output = command.output().expect("this program runs again");
    let text = String::from_utf8_lossy(&output.stdout);
    let numbers: Vec<f64> = text
        .split_whitespace()
        .filter_map(|number| number.parse().ok())
        .collect();
    let [plain, overhead, created] = numbers[..] else {
        panic!("{}: {text}{}", kernel.name, String::from_utf8_lossy(&output.stderr));
    };
    Small {
        kernel: *kernel,
        input: (kernel.case)(kernel.small).input,
        plain,
        overhead,
        is_pool_created: created != 0.0,
    }
}

/// The measurement itself, in this process; prints three numbers.
///
/// # Panics
/// If there is no such kernel.
pub fn run(name: &str, quick: bool) {
    let kernel = kernels::all()
        .into_iter()
        .find(|kernel| kernel.name == name)
        .expect("a kernel's name");
    let case = (kernel.case)(kernel.small);
    let call = |who, calls| {
        let run = Run {
            threads: 1,
            cutoff: case.cutoff,
            calls,
        };
        case.by(who).expect("every kernel has this version").time(run)
    };
    let mut calls = 64;
    while calls < 1 << 12 && call(Who::Plain, calls) < Duration::from_micros(100) {
        calls *= 2;
    }
    let per_call = |who| call(who, calls).as_nanos() as f64 / calls as f64;
    let rounds: Vec<[f64; 2]> = (0..if quick { 31 } else { ROUNDS })
        .map(|round| {
            // turns about who comes first
            if round % 2 == 0 {
                let plain = per_call(Who::Plain);
                [plain, per_call(Who::Divvy)]
            } else {
                let divvy = per_call(Who::Divvy);
                [per_call(Who::Plain), divvy]
            }
        })
        .collect();
    let plain = median(rounds.iter().map(|[plain, _]| *plain));
    let overhead = median(rounds.iter().map(|[plain, divvy]| divvy - plain));
    // the global pool can be built once only
    let created = rayon::ThreadPoolBuilder::new().num_threads(1).build_global().is_err();
    println!("{plain} {overhead} {}", u8::from(created));
}
