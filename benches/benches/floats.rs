//! What each float mode costs: `cargo bench --bench floats`.

use std::hint::black_box;
use std::time::{Duration, Instant};

use divvy::par_reduce;

const ROUNDS: usize = 31;

macro_rules! modes {
    ($($mode:ident)*) => {
        mod light {
            $(pub(crate) mod $mode {
                #[divvy::par_reduce(float = $mode)]
                #[inline(never)]
                pub(crate) fn run(xs: &[f64], ys: &[f64]) -> f64 {
                    let mut dot = 0.0;
                    for (x, y) in xs.iter().zip(ys) {
                        dot += x * y;
                    }
                    dot
                }
            })*
        }

        mod heavy {
            $(pub(crate) mod $mode {
                #[divvy::par_reduce(float = $mode)]
                #[inline(never)]
                pub(crate) fn run(xs: &[f64], ys: &[f64]) -> f64 {
                    let mut sum = 0.0;
                    for (x, y) in xs.iter().zip(ys) {
                        sum += (x * y).sin().exp();
                    }
                    sum
                }
            })*
        }
    };
}

modes! { ordered tree exact any }

#[par_reduce(float = any, twin = plain_light)]
#[inline(never)]
fn _light(xs: &[f64], ys: &[f64]) -> f64 {
    let mut dot = 0.0;
    for (x, y) in xs.iter().zip(ys) {
        dot += x * y;
    }
    dot
}

#[par_reduce(float = any, twin = plain_heavy)]
#[inline(never)]
fn _heavy(xs: &[f64], ys: &[f64]) -> f64 {
    let mut sum = 0.0;
    for (x, y) in xs.iter().zip(ys) {
        sum += (x * y).sin().exp();
    }
    sum
}

type Version = fn(&[f64], &[f64]) -> f64;

/// A name, its versions, and the lengths of its inputs.
type Kernel = (&'static str, &'static [(&'static str, Version)], &'static [usize]);

/// The median times of all versions, each round beginning with another one.
fn medians(pool: &rayon::ThreadPool, versions: &[(&str, Version)], xs: &[f64], ys: &[f64]) -> Vec<Duration> {
    let mut times = vec![Vec::new(); versions.len()];
    for round in 0..ROUNDS {
        for at in 0..versions.len() {
            let at = (at + round) % versions.len();
            let run = versions[at].1;
            times[at].push(pool.install(|| {
                let then = Instant::now();
                black_box(run(black_box(xs), black_box(ys)));
                then.elapsed()
            }));
        }
    }
    times
        .into_iter()
        .map(|mut times| {
            times.sort();
            times[ROUNDS / 2]
        })
        .collect()
}

fn main() {
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    println!("times of the plain loop on the same input; less is faster (medians of {ROUNDS} rounds)");
    println!("loop                 n threads   plain ns/term | ordered   tree  exact    any");
    let kernels: [Kernel; 2] = [
        (
            "dot product",
            &[
                ("plain", plain_light),
                ("ordered", light::ordered::run),
                ("tree", light::tree::run),
                ("exact", light::exact::run),
                ("any", light::any::run),
            ],
            &[1_000, 1_000_000, 16_000_000],
        ),
        (
            "sum of exp(sin)",
            &[
                ("plain", plain_heavy),
                ("ordered", heavy::ordered::run),
                ("tree", heavy::tree::run),
                ("exact", heavy::exact::run),
                ("any", heavy::any::run),
            ],
            &[1_000, 1_000_000],
        ),
    ];
    for (name, versions, lengths) in kernels {
        for &n in lengths {
            let xs: Vec<f64> = (0..n).map(|i| ((i * 7919) % 1009) as f64 / 977.0 - 0.5).collect();
            let ys: Vec<f64> = xs.iter().map(|x| x * 1.7 + 0.1).collect();
            for threads in [1, 2] {
                let pool = rayon::ThreadPoolBuilder::new()
                    .num_threads(threads)
                    .build()
                    .expect("a pool");
                let times = medians(&pool, versions, &xs, &ys);
                let ratio = |at: usize| times[at].as_secs_f64() / times[0].as_secs_f64();
                println!(
                    "{name:<15} {n:>8} {threads:>7} {:>15.2} | {:>7.2} {:>6.2} {:>6.2} {:>6.2}",
                    times[0].as_nanos() as f64 / n as f64,
                    ratio(1),
                    ratio(2),
                    ratio(3),
                    ratio(4)
                );
            }
        }
    }
}
