//! Annotate an ordinary sequential function, get a parallel one with the same answer, or a compile error that teaches.
//!
//! ```
//! use divvy::{par_divide, par_reduce};
//!
//! #[par_reduce]
//! fn histogram(bytes: &[u8]) -> [u64; 256] {
//!     let mut counts = [0; 256];
//!     for b in bytes {
//!         counts[*b as usize] += 1;
//!     }
//!     counts
//! }
//!
//! #[par_divide]
//! fn fib(n: u32) -> u64 {
//!     if n < 2 {
//!         return u64::from(n);
//!     }
//!     fib(n - 1) + fib(n - 2)
//! }
//!
//! assert_eq!(histogram(b"divide")[b'd' as usize], 2);
//! assert_eq!(fib(20), 6765);
//! ```
//!
//! This page is the specification. The guide (`guide/` in the repository) has a tutorial, how-to pages and a page for every
//! error; the README is the way in.
//!
//! # What there is
//! | item | what it does |
//! |---|---|
//! | [`#[par_reduce]`](macro@par_reduce) | cuts loops and iterator chains that accumulate or look for something |
//! | [`#[par_for]`](macro@par_for) | cuts loops that write elements of their own |
//! | [`#[par_scan]`](macro@par_scan) | cuts loops that carry a value along, such as running sums |
//! | [`#[par_join]`](macro@par_join) | runs independent statements side by side |
//! | [`#[par_divide]`](macro@par_divide) | runs the independent calls of a recursion side by side |
//! | [`#[par_test]`](macro@par_test) | runs a test under every executor |
//! | [`stream`] | lets a loop run over an iterator that can't be cut |
//! | [`#[associative]`](macro@associative) | makes a function an operation, and tests its laws |
//! | [`#[derive(Monoid)]`](derive@Monoid) | combines structs field by field |
//! | [`options`] | what stands in an attribute's parentheses |
//! | [`Associative`], [`Monoid`], [`Commutative`], [`Floats`], [`ops`] | the laws, and the operations that they are about |
//! | [`Sample`], [`Random`] | the values that the laws of your own types are tried on |
//! | [`Executor`], [`with`] | what runs the regions |
//!
//! # Promises
//! 1. **The same answer.** An annotated function returns what its body returns when it runs sequentially: the same value,
//!    first error, first match and order of collected items, and it panics if and only if the sequential one does, at any
//!    thread count and on any schedule. What would cost too much or is not wanted is given up by name, in an option.
//! 2. **No race, no `unsafe`.** Generated code and runtime are safe Rust. The compiler's analysis is there for right answers
//!    and good errors, never for memory safety.
//! 3. **A refusal has a reason.** What can't be proven is a compile error at the user's own line with the reason and the way
//!    out, and the function itself stays as it was written. Nothing is left sequential silently at compile time; what only a
//!    check at run time can show (slices that don't overlap, a stride) falls back to the original code.
//! 4. **Small inputs stay sequential.** They run the original code and never touch the thread pool.
//!
//! # What it rests on
//! A loop that accumulates is a function on a sequence with `f(xs ++ ys) = combine(f(xs), f(ys))`. The sequence is a
//! *source* that can be cut in two at any place, a *leaf* runs the original loop on a piece, and an associative *combine*
//! joins two partial results, left to right. A recursion has its own cuts: the calls.
//!
//! Inside an annotated function `#[seq]` on a loop or statement leaves it as it is; with a `#[par]` anywhere only the loops
//! that carry one are rewritten, inner ones too.
//!
//! # Laws
//! An accumulator may be cut into parts if its operation is associative and has an identity, which makes its type a
//! monoid under that operation. The traits [`Associative`], [`Monoid`] and [`Commutative`] say so, with the operations as
//! types in [`ops`]. Only true instances are there: unsigned `saturating_add`, but not the signed one; no float addition.
//! The generated code asks for the law at the user's operator, so a missing one is an error there. In generic code the
//! bound is the user's to write:
//! ```
//! use divvy::{Monoid, ops, par_reduce};
//! use std::ops::AddAssign;
//!
//! #[par_reduce]
//! fn total<T: Copy + AddAssign + Monoid<ops::Add> + Send + Sync>(xs: &[T], zero: T) -> T {
//!     let mut sum = zero;
//!     for &x in xs {
//!         sum += x;
//!     }
//!     sum
//! }
//! # assert_eq!(total(&[1, 2, 3], 10), 16);
//! ```
//! `min`, `max` and the `if` idiom combine by the user's own comparison, which must be a total order on the values that
//! occur; functions called like a comparison (`is_better(&x, &best)`) are taken to be orders. Of equal candidates the one that the sequential loop keeps is kept. `if x < best` never lets a NaN win.
//!
//! # Executors
//! [`with`] chooses what runs the regions of one thread, the environment variable `DIVVY_EXECUTOR` what runs those of all
//! others: `rayon` (the default), `serial`, or `adversarial:SEED`. The adversary uses one thread, cuts at hostile places
//! and runs the pieces in hostile order, the same way for the same seed. It finds a false law without threads and luck:
//! ```
//! use divvy::{Executor, par_reduce, with};
//!
//! #[par_reduce(twin = longest_seq)]
//! fn longest(words: &[&str]) -> usize {
//!     let mut longest = 0;
//!     for word in words {
//!         longest = longest.max(word.len());
//!     }
//!     longest
//! }
//!
//! let words = ["fork", "join", "steal"];
//! for seed in 0..10 {
//!     assert_eq!(with(Executor::Adversarial { seed }, || longest(&words)), longest_seq(&words));
//! }
//! ```
//!
//! # Panics
//! A panic in the body reaches the caller; of several, the one that comes first in the sequential order. Other pieces may
//! have run by then. An accumulator behind a `&mut` or in a field is moved out during the loop, so after a panic an
//! identity may be found there.
//!
//! In builds with overflow checks a partial result may overflow where the running total doesn't, and the other way
//! round: `i8` values `100, 100, -100` from a start of -100. Without checks the answers are equal.
//!
//! # Cost
//! Work and span are those of fork-join: with n iterations of cost c, work n·c plus one identity and one combine for
//! every *stolen* piece (with `float = tree`, for every block), span O(log n) forks plus the leaves and the combines on one
//! path. A piece that nobody stole goes on from the accumulator of the piece before it, so with one thread the sequential
//! loop runs. A combine of a number costs O(1), of a table or map its size, of a `Vec` the length of its right part. In
//! recursions the twin, which is the original code, runs below the cutoff; the code after the calls is on the span.
//!
//! Without `threshold`, loops and recursions start on the caller and enter the pool only when the measured cost of
//! what is left pays for it. Small inputs never touch the pool.
#![forbid(unsafe_code)]

#[doc(inline)]
pub use divvy_macros::{Monoid, associative, par_divide, par_for, par_join, par_reduce, par_scan, par_test};
pub use divvy_runtime::executor::{Executor, with};
pub use divvy_runtime::floats::Floats;
pub use divvy_runtime::laws::{Associative, Commutative, Monoid};
pub use divvy_runtime::ops;
pub use divvy_runtime::source::{Stream, stream};
pub use divvy_runtime::trial::{Random, Sample};

#[doc = include_str!("options.md")]
pub mod options {}

/// What generated code calls. Not for use by hand: it changes with the macros.
#[doc(hidden)]
pub mod __private {
    pub use divvy_runtime::generated::*;

    pub mod editor;
}

#[cfg(doctest)]
mod examples;
