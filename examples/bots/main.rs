//! Eight programs of the kind of the Barcelona OpenMP Tasks Suite, as plain sequential Rust with an attribute.
//!
//! `cargo run --release --example bots` runs each one and its sequential twin, compares the answers and says how long both
//! took.

mod fft;
mod fib;
mod health;
mod nqueens;
mod sort;
mod sparselu;
mod strassen;
mod uts;

use std::time::Instant;

/// Runs both versions and compares their answers.
fn compare<T: PartialEq>(name: &str, sequential: impl FnOnce() -> T, parallel: impl FnOnce() -> T) {
    let start = Instant::now();
    let want = sequential();
    let alone = start.elapsed();
    let start = Instant::now();
    let got = parallel();
    let together = start.elapsed();
    let verdict = if want == got { "same answer" } else { "ANOTHER ANSWER" };
    println!("{name:10} sequential {alone:>12.3?}  parallel {together:>12.3?}  {verdict}");
}

fn main() {
    compare("fib", || fib::fib_seq(36), || fib::fib(36));
    compare(
        "nqueens",
        || nqueens::count_seq(&mut Vec::new(), 11),
        || nqueens::count(&mut Vec::new(), 11),
    );

    let numbers = sort::numbers(3_000_000);
    compare(
        "sort",
        || sort::sorted(&numbers, sort::sort_seq),
        || sort::sorted(&numbers, sort::sort),
    );

    let (a, b) = (strassen::Matrix::example(512, 1), strassen::Matrix::example(512, 2));
    compare(
        "strassen",
        || strassen::multiply_seq(&a, &b),
        || strassen::multiply(&a, &b),
    );

    let signal = fft::signal(1 << 19);
    compare("fft", || fft::transform_seq(&signal), || fft::transform(&signal));

    let root = uts::Node::root(19);
    compare("uts", || uts::count_seq(&root), || uts::count(&root));

    let country = health::Village::example(6, 5);
    compare(
        "health",
        || health::simulate(country.clone(), 60, |village| village.step_seq()),
        || health::simulate(country.clone(), 60, |village| village.step()),
    );

    let matrix = sparselu::Sparse::example(24, 40);
    compare(
        "sparselu",
        || sparselu::factored(matrix.clone(), sparselu::factor_seq),
        || sparselu::factored(matrix.clone(), sparselu::factor),
    );
}
