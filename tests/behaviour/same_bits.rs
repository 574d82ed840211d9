//! Carried floats with `float = tree`: the same bits whatever the number of threads, and in each call.

use divvy::{Executor, par_reduce, par_scan, with};

use crate::numbers;

/// No eighths: every addition rounds.
fn samples(seed: u64, n: usize) -> Vec<f64> {
    numbers(seed, n, 100_000)
        .into_iter()
        .map(|x| x as f64 / 7.0 - 5_000.0)
        .collect()
}

/// A sum that never forgets, and an accumulator beside it.
#[par_scan(float = tree)]
fn sums(xs: &[f64], start: f64) -> (Vec<f64>, f64) {
    let mut sum = start;
    let mut total = 0.1;
    let mut sums = Vec::new();
    for x in xs {
        sum += x / 3.0;
        total += sum * x;
        sums.push(sum);
    }
    (sums, total)
}

/// A filter that forgets, with an accumulator that doesn't.
#[par_scan(float = tree)]
fn smoothed(xs: &[f64], out: &mut [f64]) -> (f64, f64) {
    let mut level = 3.0;
    let mut energy = 0.0;
    for i in 0..xs.len() {
        level = 0.7 * level + 0.3 * xs[i];
        energy += level * level;
        out[i] = level;
    }
    (level, energy)
}

/// A bounded sum that is only looked at.
#[par_reduce(float = tree)]
fn drained(xs: &[f64]) -> (f64, f64, f64) {
    let mut level = 0.0;
    let (mut highest, mut area) = (0.0, 0.0);
    for x in xs {
        level = f64::max(level + x, 0.0);
        highest = f64::max(highest, level);
        area += level / 9.0;
    }
    (level, highest, area)
}

/// Two values, each made of both.
#[par_scan(float = tree)]
fn swung(pushes: &[f64]) -> (Vec<f64>, f64) {
    let (mut place, mut speed) = (1.0, 0.0);
    let mut work = 0.0;
    let mut places = Vec::new();
    for push in pushes {
        let next = speed + 1e-4 * push - 0.01 * place;
        place += 0.1 * speed;
        speed = next;
        work += push * speed;
        places.push(place);
    }
    (places, work)
}

fn bits(values: impl IntoIterator<Item = f64>) -> Vec<u64> {
    values.into_iter().map(f64::to_bits).collect()
}

/// Every pool, every seed and every call gives the same bits.
fn agrees(what: &str, run: impl Fn() -> Vec<u64> + Sync + Send) {
    let want = with(Executor::Serial, &run);
    for call in 0..3 {
        assert_eq!(want, run(), "{what}, call {call}");
    }
    for threads in [1, 2, 3, 8] {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("a pool");
        for call in 0..3 {
            assert_eq!(want, pool.install(&run), "{what}, {threads} threads, call {call}");
        }
    }
    for seed in 0..20 {
        let hostile = with(Executor::Adversarial { seed }, &run);
        assert_eq!(want, hostile, "{what}, adversarial seed {seed}");
    }
}

#[test]
fn trees_have_the_same_bits_everywhere() {
    for n in (0..=40).chain([1_000]) {
        let xs = samples(n as u64 + 1, n);
        agrees(&format!("sums, n = {n}"), || {
            let (sums, total) = sums(&xs, 0.3);
            bits(sums.into_iter().chain([total]))
        });
        agrees(&format!("smoothed, n = {n}"), || {
            let mut out = vec![0.0; n];
            let (level, energy) = smoothed(&xs, &mut out);
            bits(out.into_iter().chain([level, energy]))
        });
        agrees(&format!("drained, n = {n}"), || {
            let (level, highest, area) = drained(&xs);
            bits([level, highest, area])
        });
        agrees(&format!("swung, n = {n}"), || {
            let (places, work) = swung(&xs);
            bits(places.into_iter().chain([work]))
        });
    }
}
