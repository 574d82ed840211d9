//! What each float mode costs beside the plain loop: `cargo bench -p divvy-benches --bench floats`, or some of the lines:
//! `-- 100000`, `-- "sum 1000"`.

use divvy::{Associative, Floats, Monoid, ops};
use divvy_benches::measure::order;
use std::hint::black_box;
use std::time::Instant;

const ROUNDS: usize = 81;

/// A loop's calls in one measurement have this many terms together, at least.
const TERMS: usize = 200_000;

const MODES: [&str; 4] = ["ordered", "tree", "exact", "any"];

#[derive(Clone, Copy)]
struct Complex {
    re: f64,
    im: f64,
}

impl std::ops::AddAssign for Complex {
    fn add_assign(&mut self, other: Complex) {
        self.re += other.re;
        self.im += other.im;
    }
}

impl Associative<ops::Rounded<ops::Add>> for Complex {
    fn combine(left: &mut Complex, right: Complex) {
        *left += right;
    }
}

impl Monoid<ops::Rounded<ops::Add>> for Complex {
    fn identity() -> Complex {
        Complex { re: -0.0, im: -0.0 }
    }
}

impl Floats for Complex {
    type Parts = [f64; 2];

    fn into_parts(self) -> [f64; 2] {
        [self.re, self.im]
    }

    fn from_parts([re, im]: [f64; 2]) -> Complex {
        Complex { re, im }
    }
}

/// The same function without an attribute and in each mode.
macro_rules! kernel {
    ($name:ident: $($mode:ident)*; |$xs:ident, $ys:ident| $body:block) => {
        mod $name {
            #[allow(unused_imports)] // one of them adds complex numbers
            use super::Complex;

            #[inline(never)]
            pub(crate) fn plain($xs: &[f64], $ys: &[f64]) -> f64 $body

            $(pub(crate) mod $mode {
                #[allow(unused_imports)]
                use super::super::Complex;

                #[divvy::par_reduce(float = $mode)]
                #[inline(never)]
                pub(crate) fn run($xs: &[f64], $ys: &[f64]) -> f64 $body
            })*

            pub(crate) const VERSIONS: &[(&str, fn(&[f64], &[f64]) -> f64)] =
                &[$((stringify!($mode), $mode::run)),*];
        }
    };
}

kernel!(sum: ordered tree exact any; |xs, _ys| {
    let mut sum = 0.0;
    for x in xs {
        sum += x;
    }
    sum
});

kernel!(product: ordered tree any; |xs, _ys| {
    let mut product = 1.0;
    for x in xs {
        product *= 1.0 + x * 1e-9;
    }
    product
});

kernel!(dot: ordered tree exact any; |xs, ys| {
    let mut dot = 0.0;
    for (x, y) in xs.iter().zip(ys) {
        dot += x * y;
    }
    dot
});

kernel!(mean: ordered tree exact any; |xs, _ys| {
    let (mut sum, mut count) = (0.0, 0);
    for x in xs {
        sum += x;
        count += 1;
    }
    sum / f64::from(count)
});

kernel!(complex: ordered tree exact any; |xs, ys| {
    let mut sum = Complex { re: 0.0, im: 0.0 };
    for (x, y) in xs.iter().zip(ys) {
        sum += Complex { re: *x, im: *y };
    }
    sum.re + sum.im
});

kernel!(chain: ordered tree exact any; |xs, _ys| {
    xs.iter().sum::<f64>()
});

kernel!(heavy: ordered tree exact any; |xs, ys| {
    let mut sum = 0.0;
    for (x, y) in xs.iter().zip(ys) {
        sum += (x * y).sin().exp();
    }
    sum
});

type Version = fn(&[f64], &[f64]) -> f64;

/// A name, the plain function, the modes, and the lengths of the inputs.
type Kernel = (
    &'static str,
    Version,
    &'static [(&'static str, Version)],
    &'static [usize],
);

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

/// The plain function's nanoseconds a term, and the medians of the modes' ratios to it, each taken within a round. Each
/// round has another order: after a version that stays on the caller the pool's other threads are asleep.
fn measure(plain: Version, modes: &[(&str, Version)], xs: &[f64], ys: &[f64]) -> (f64, Vec<f64>) {
    let calls = TERMS.div_ceil(xs.len());
    let versions: Vec<Version> = std::iter::once(plain).chain(modes.iter().map(|mode| mode.1)).collect();
    let mut rounds = Vec::new();
    for round in 0..ROUNDS {
        let mut times = vec![0.0; versions.len()];
        for at in order(versions.len(), round) {
            let then = Instant::now();
            for _ in 0..calls {
                black_box(versions[at](black_box(xs), black_box(ys)));
            }
            times[at] = then.elapsed().as_secs_f64();
        }
        rounds.push(times);
    }
    let nanoseconds = median(rounds.iter().map(|times| times[0]).collect()) * 1e9 / (calls * xs.len()) as f64;
    let ratio = |at: usize| median(rounds.iter().map(|times| times[at] / times[0]).collect());
    (nanoseconds, (1..versions.len()).map(ratio).collect())
}

fn main() {
    let (flags, wanted): (Vec<String>, Vec<String>) = std::env::args()
        .skip(1)
        .partition(|argument| argument.starts_with("--"));
    if !flags.iter().any(|flag| flag == "--bench") {
        return;
    }
    println!("times of the plain loop on the same input, less is faster: medians of the ratios of {ROUNDS} rounds");
    println!("loop               terms threads  plain ns/term | ordered    tree   exact     any | tree : any");
    const LIGHT: &[usize] = &[1_000, 100_000, 10_000_000];
    let kernels: [Kernel; 8] = [
        ("sum", sum::plain, sum::VERSIONS, LIGHT),
        ("sum, all sizes", sum::plain, sum::VERSIONS, LIGHT),
        ("complex sum", complex::plain, complex::VERSIONS, LIGHT),
        ("chain sum", chain::plain, chain::VERSIONS, LIGHT),
        ("product", product::plain, product::VERSIONS, LIGHT),
        ("dot product", dot::plain, dot::VERSIONS, LIGHT),
        ("mean", mean::plain, mean::VERSIONS, LIGHT),
        ("sum of exp(sin)", heavy::plain, heavy::VERSIONS, &[1_000, 1_000_000]),
    ];
    for (name, plain, modes, lengths) in kernels {
        for &n in lengths {
            let line = format!("{name} {n} ");
            if !wanted.is_empty() && !wanted.iter().any(|part| line.contains(&format!("{part} "))) {
                continue;
            }
            let xs: Vec<f64> = match name {
                // both signs, and exponents from -300 to 300
                "sum, all sizes" => (0..n)
                    .map(|i| (((i * 7919) % 1009) as f64 / 977.0 - 0.5) * 10f64.powi((i * 7907 % 601) as i32 - 300))
                    .collect(),
                _ => (0..n).map(|i| ((i * 7919) % 1009) as f64 / 977.0 - 0.5).collect(),
            };
            let ys: Vec<f64> = xs.iter().map(|x| x * 1.7 + 0.1).collect();
            for threads in [1, 2] {
                let pool = rayon::ThreadPoolBuilder::new()
                    .num_threads(threads)
                    .build()
                    .expect("a pool");
                let (nanoseconds, ratios) = pool.install(|| measure(plain, modes, &xs, &ys));
                let of = |mode: &str| {
                    let at = modes.iter().position(|(name, _)| *name == mode)?;
                    Some(ratios[at])
                };
                print!("{name:<15} {n:>8} {threads:>7} {nanoseconds:>14.2} |");
                for mode in MODES {
                    match of(mode) {
                        Some(ratio) => print!(" {ratio:>7.2}"),
                        None => print!("       -"),
                    }
                }
                let tree = of("tree").zip(of("any")).map_or(f64::NAN, |(tree, any)| tree / any);
                println!(" | {tree:>10.2}");
            }
        }
    }
}
