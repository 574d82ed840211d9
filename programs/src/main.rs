//! Random functions of the language that divvy accepts, and near misses of it: each that the compiler takes is compared
//! with its twin, under every executor and in pools of 1, 2, 3 and 8 threads.
//!
//! ```sh
//! cargo run -p divvy-programs -- [--seed N] [--functions N] [--batch N] [--bodies N] [--only FORM,..]
//! ```
//! A batch is one program in `target/programs/`; a function whose answer is wrong is printed. A function that the compiler
//! refuses never reaches rustc: `--functions` are those that were compiled and compared. `--expand N` asks the compiler about
//! N functions and goes no further: what makes it panic, or keeps it busy, is found by the hundred thousand.
#![forbid(unsafe_code)]

mod accumulators;
mod batch;
mod bests;
mod carried;
mod cells;
mod chains;
mod children;
mod collected;
mod comparisons;
mod counting;
mod elements;
mod expressions;
mod impostors;
mod joins;
mod lengths;
mod loops;
mod offsets;
mod prefixes;
mod random;
mod recurrences;
mod recursions;
mod scanned;
mod sources;
mod statements;
mod stretches;
mod tables;
mod wholes;
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
    /// The type whose method it is.
    pub(crate) within: Option<&'static str>,
}

/// Writes a function.
type Form = fn(&mut Random) -> Function;

/// The forms of functions, and how often each is written.
const FORMS: &[(&str, usize, Form)] = &[
    ("recursions", 4, recursions::function),
    ("children", 4, children::function),
    ("joins", 2, joins::function),
    ("carried", 6, carried::function),
    ("scanned", 2, scanned::function),
    ("counting", 4, loops::counting),
    ("named", 2, loops::named),
    ("stretches", 3, stretches::function),
    ("cells", 3, cells::function),
    ("impostors", 3, impostors::function),
    ("prefixes", 3, prefixes::function),
    ("tables", 3, tables::function),
    ("offsets", 3, offsets::function),
    ("lengths", 3, lengths::function),
    ("collected", 4, collected::function),
    ("wholes", 4, wholes::function),
    ("bests", 4, bests::function),
    ("loops", 14, loops::function),
];

struct Arguments {
    seed: u64,
    functions: usize,
    batch: usize,
    /// The forms, all if there are none.
    only: Vec<String>,
    /// Bodies for each shape.
    bodies: usize,
    /// Functions that are only expanded.
    expand: usize,
}

fn arguments() -> Arguments {
    let mut found = Arguments {
        seed: 1,
        functions: 300,
        batch: 300,
        only: Vec::new(),
        bodies: 10,
        expand: 0,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let value = words.next().unwrap_or_else(|| panic!("a value behind {word}"));
        let number = || value.parse().unwrap_or_else(|_| panic!("a number behind {word}"));
        match word.as_str() {
            "--seed" => found.seed = number(),
            "--functions" => found.functions = number() as usize,
            "--only" => found.only = value.split(',').map(String::from).collect(),
            "--bodies" => found.bodies = number().max(1) as usize,
            "--expand" => found.expand = number() as usize,
            "--batch" => found.batch = number() as usize,
            _ => {
                panic!("unknown argument {word}; --seed N --functions N --batch N --bodies N --only FORM,.. --expand N")
            }
        }
    }
    for form in &found.only {
        let is_known = FORMS.iter().any(|(name, ..)| name == form);
        assert!(
            is_known,
            "no form {form} among {:?}",
            FORMS.iter().map(|form| form.0).collect::<Vec<_>>()
        );
    }
    found
}

/// The function at a place of a batch: its form, its shape and its body are chosen one after the other.
fn function(arguments: &Arguments, seed: u64, at: usize) -> Function {
    let first = seed.wrapping_mul(1_000_003);
    let shape = first.wrapping_add((at - at % arguments.bodies) as u64);
    let mut random = Random::new(first.wrapping_add(at as u64), shape ^ 0x5eed_0000_0000);
    let forms: Vec<Form> = FORMS
        .iter()
        .filter(|(name, ..)| arguments.only.is_empty() || arguments.only.iter().any(|form| form == name))
        .flat_map(|&(_, often, form)| std::iter::repeat_n(form, often))
        .collect();
    forms[Random::new(shape, 0).below(forms.len())](&mut random)
}

fn main() -> ExitCode {
    let arguments = arguments();
    let mut counts = batch::Counts::default();
    let mut seed = arguments.seed;
    for at in 0..arguments.expand {
        batch::expand(&function(&arguments, seed, at), at, &mut counts);
    }
    while arguments.expand == 0 && counts.compared < arguments.functions {
        let functions: Vec<Function> = (0..arguments.batch).map(|at| function(&arguments, seed, at)).collect();
        batch::run(seed, &functions, &mut counts);
        println!("seed {seed}: {counts}");
        seed += 1;
    }
    if arguments.expand > 0 {
        println!("{counts}");
    }
    println!("refused: {}", counts.errors());
    match counts.findings {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}
