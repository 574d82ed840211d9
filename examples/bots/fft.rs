//! The discrete Fourier transform by halves: the even places and the odd ones.
//!
//! Source: Cooley and Tukey, "An algorithm for the machine calculation of complex Fourier series", Math. Comput. 19 (1965).

use std::f64::consts::TAU;

use divvy::par_divide;

/// Transforms up to this length are not cut any further.
const SMALL: usize = 64;

/// A complex number: its real and its imaginary part.
pub(crate) type Complex = (f64, f64);

/// A signal of length `n`.
pub(crate) fn signal(n: usize) -> Vec<Complex> {
    (0..n)
        .map(|i| ((i * i % 127) as f64 / 64.0, (i % 31) as f64 / 16.0))
        .collect()
}

/// The transform of a signal whose length is a power of two.
#[par_divide(twin = transform_seq)]
pub(crate) fn transform(signal: &[Complex]) -> Vec<Complex> {
    let n = signal.len();
    if n <= 1 {
        return signal.to_vec();
    }
    if n <= SMALL {
        return (0..n).map(|k| term(signal, k)).collect();
    }
    let even: Vec<Complex> = signal.iter().step_by(2).copied().collect();
    let odd: Vec<Complex> = signal.iter().skip(1).step_by(2).copied().collect();
    let even = transform(&even);
    let odd = transform(&odd);
    let mut out = vec![(0.0, 0.0); n];
    let (low, high) = out.split_at_mut(n / 2);
    for (k, (low, high)) in low.iter_mut().zip(high).enumerate() {
        let turned = times(odd[k], root(k, n));
        *low = (even[k].0 + turned.0, even[k].1 + turned.1);
        *high = (even[k].0 - turned.0, even[k].1 - turned.1);
    }
    out
}

/// The `k`-th term by the definition.
fn term(signal: &[Complex], k: usize) -> Complex {
    let n = signal.len();
    let mut sum = (0.0, 0.0);
    for (i, x) in signal.iter().enumerate() {
        let y = times(*x, root(i * k % n, n));
        sum = (sum.0 + y.0, sum.1 + y.1);
    }
    sum
}

/// The `k`-th of the n-th roots of one, clockwise.
fn root(k: usize, n: usize) -> Complex {
    let (sin, cos) = (-TAU * k as f64 / n as f64).sin_cos();
    (cos, sin)
}

fn times(a: Complex, b: Complex) -> Complex {
    (a.0 * b.0 - a.1 * b.1, a.0 * b.1 + a.1 * b.0)
}
