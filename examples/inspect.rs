//! Two small functions to look at: `cargo expand --example inspect` shows what the attributes make of them.
//!
//! Run, it calls them with every executor: `cargo run --example inspect`.

use divvy::{Executor, par_divide, par_reduce};

#[par_reduce]
fn sum_of_squares(xs: &[u64]) -> u64 {
    let mut sum = 0;
    for x in xs {
        sum += x * x;
    }
    sum
}

#[par_divide(threshold = 20)]
fn fib(n: u32) -> u64 {
    if n < 2 {
        return u64::from(n);
    }
    fib(n - 1) + fib(n - 2)
}

fn main() {
    let xs: Vec<u64> = (0..100_000).collect();
    for executor in [
        Executor::Serial,
        Executor::Rayon,
        Executor::Adversarial { seed: 1 },
        Executor::Adversarial { seed: 2 },
    ] {
        let (sum, fib) = divvy::with(executor, || (sum_of_squares(&xs), fib(25)));
        println!("{executor:?}: {sum}, {fib}");
    }
}
