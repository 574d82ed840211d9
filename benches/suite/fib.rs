//! The slow Fibonacci numbers: a call costs next to nothing, so all of the overhead shows.

use divvy::par_divide;

use super::Kernel;

#[par_divide]
fn divvy_version(n: u32) -> u64 {
    if n < 2 {
        return u64::from(n);
    }
    divvy_version(n - 1) + divvy_version(n - 2)
}

fn sequential(n: u32) -> u64 {
    if n < 2 {
        return u64::from(n);
    }
    sequential(n - 1) + sequential(n - 2)
}

fn by_hand(n: u32, cutoff: usize) -> u64 {
    if n as usize <= cutoff {
        return sequential(n);
    }
    let (a, b) = rayon::join(|| by_hand(n - 1, cutoff), || by_hand(n - 2, cutoff));
    a + b
}

pub(crate) fn kernel(n: u32) -> Kernel {
    Kernel::new(
        "fib",
        format!("n = {n}"),
        (20, &[16, 20, 24, 26, 28, 30]),
        move || n,
        sequential,
        by_hand,
        divvy_version,
    )
}
