//! Random functions of the language that divvy accepts, and near misses of it: each that the compiler takes is compared
//! with its twin, under every executor and in pools of 1, 2, 3 and 8 threads.
//!
//! ```sh
//! cargo run -p divvy-programs -- [--seed N] [--functions N] [--batch N] [--bodies N] [--carried]
//! ```
//! A batch is one program in `target/programs/`; a function whose answer is wrong is printed. A function that the compiler
//! refuses is counted and never reaches rustc.
#![forbid(unsafe_code)]

mod batch;
mod carried;
mod chains;
mod children;
mod expressions;
mod joins;
mod loops;
mod random;
mod recursions;
mod sources;
mod writes;

use std::process::ExitCode;

use random::Random;

/// One function, and how it is called.
pub(crate) struct Function {
    /// The attribute's name.
    pub(crate) attribute: &'static str,
    /// The attribute's options, without `twin`.
    pub(crate) options: String,
    /// The function without its attribute; its name is `NAME`.
    pub(crate) item: String,
    /// The call, of the function `NAME` on the data `d`.
    pub(crate) call: String,
}

struct Arguments {
    seed: u64,
    functions: usize,
    batch: usize,
    /// Only functions with carried values.
    carried: bool,
    /// Bodies for each shape.
    bodies: usize,
}

fn arguments() -> Arguments {
    let mut found = Arguments {
        seed: 1,
        functions: 300,
        batch: 300,
        carried: false,
        bodies: 10,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut number = || {
            let number = words.next().and_then(|n| n.parse().ok());
            number.unwrap_or_else(|| panic!("a number behind {word}"))
        };
        match word.as_str() {
            "--seed" => found.seed = number(),
            "--functions" => found.functions = number() as usize,
            "--carried" => found.carried = true,
            "--bodies" => found.bodies = number().max(1) as usize,
            "--batch" => found.batch = number() as usize,
            _ => panic!("unknown argument {word}; --seed N --functions N --batch N --bodies N --carried"),
        }
    }
    found
}

fn main() -> ExitCode {
    let arguments = arguments();
    let mut counts = batch::Counts::default();
    let mut left = arguments.functions;
    let mut seed = arguments.seed;
    while left > 0 {
        let count = left.min(arguments.batch);
        let functions: Vec<Function> = (0..count)
            .map(|at| {
                let first = seed.wrapping_mul(1_000_003);
                let shape = first.wrapping_add((at - at % arguments.bodies) as u64);
                let mut random = Random::new(first.wrapping_add(at as u64), shape ^ 0x5eed_0000_0000);
                let kind = Random::new(shape, 0).below(28);
                match kind {
                    _ if arguments.carried => carried::function(&mut random),
                    0..4 => recursions::function(&mut random),
                    4..7 => children::function(&mut random),
                    7..9 => joins::function(&mut random),
                    9..14 => carried::function(&mut random),
                    _ => loops::function(&mut random),
                }
            })
            .collect();
        batch::run(seed, &functions, &mut counts);
        println!("seed {seed}: {counts}");
        left -= count;
        seed += 1;
    }
    match counts.findings {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}
