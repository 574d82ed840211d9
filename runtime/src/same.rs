//! A value that is known in two ways.

/// The second one, which is the same as the first.
///
/// A loop over `0..n` with `let n = xs.len()` before it has no checks of `xs[i]`. A piece of it that sees `n` through a
/// reference has them again, for nothing says there that it is the length: said anew, it is.
///
/// # Cost
/// None.
#[inline(always)]
pub fn same<T>(_: &T, again: T) -> T {
    again
}
