//! Fibonacci numbers by the definition: nothing but calls.

use divvy::par_divide;

/// The `n`-th Fibonacci number.
#[par_divide(twin = fib_seq)]
pub(crate) fn fib(n: u32) -> u64 {
    if n < 2 {
        return u64::from(n);
    }
    fib(n - 1) + fib(n - 2)
}
