//! Random functions of the language that divvy accepts, and near misses of it: each that the compiler takes is compared
//! with its twin, under every executor and in pools of 1, 2, 3 and 8 threads.
//!
//! ```sh
//! cargo run -p divvy-programs -- [--seed N] [--functions N] [--batch N] [--carried]
//! ```
//! A batch is one program in `target/programs/`; a function whose answer is wrong is printed. A function that the compiler
//! refuses is counted and never reaches rustc.
#![forbid(unsafe_code)]

mod batch;
mod carried;
mod expressions;
mod loops;
mod random;
mod recursions;

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
}

fn arguments() -> Arguments {
    let mut found = Arguments {
        seed: 1,
        functions: 300,
        batch: 300,
        carried: false,
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
            "--batch" => found.batch = number() as usize,
            _ => panic!("unknown argument {word}; --seed N --functions N --batch N --carried"),
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
                let mut random = Random::new(seed.wrapping_mul(1_000_003).wrapping_add(at as u64));
                if arguments.carried {
                    return carried::function(&mut random);
                }
                match random.below(6) {
                    0 => recursions::function(&mut random),
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
