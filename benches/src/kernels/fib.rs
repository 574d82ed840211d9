//! The slow Fibonacci numbers: a call costs next to nothing, so all of the overhead shows.

use divvy::par_divide;

use super::{Kernel, Kind};
use crate::case::{Case, reading};
use crate::twins;

pub(super) const KERNELS: &[Kernel] = &[Kernel {
    name: "fib",
    kind: Kind::Recursion,
    small: 16,
    sizes: &[10, 16, 22, 28, 34],
    case,
}];

twins! {
    recursion #[par_divide]
    fn fib(n: u32) -> u64 {
        if n < 2 {
            return u64::from(n);
        }
        fib(n - 1) + fib(n - 2)
    }
}

fn by_hand(n: u32, cutoff: usize) -> u64 {
    if n as usize <= cutoff {
        return plain::fib(n);
    }
    let (a, b) = rayon::join(|| by_hand(n - 1, cutoff), || by_hand(n - 2, cutoff));
    a + b
}

fn chili(n: u32, scope: &mut chili::Scope<'_>) -> u64 {
    if n < 2 {
        return u64::from(n);
    }
    let (a, b) = scope.join(|scope| chili(n - 1, scope), |scope| chili(n - 2, scope));
    a + b
}

fn case(n: usize) -> Case {
    reading(format!("n = {n}"), n as u32)
        .plain(|n| plain::fib(**n))
        .divvy(|n| parallel::fib(**n))
        .by_hand(20, &[16, 20, 24, 26, 28, 30], |n, cutoff| by_hand(**n, cutoff))
        .chili(|n, scope| chili(**n, scope))
        .c("fib", n, |_, answer| *answer as f64)
        .done()
}
