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
//! This page is the specification in short. The README is the way in; its table says what is refused and why.
//!
//! # What it rests on
//! A loop that accumulates is a function on a sequence with `f(xs ++ ys) = combine(f(xs), f(ys))`. The sequence is a
//! *source* that can be cut in two at any place, a *leaf* runs the original loop on a piece, and an associative *combine*
//! joins two partial results, left to right. A recursion has its own cuts: the calls.
//!
//! # `#[par_reduce]`
//! Stands on a function or method. Every outermost `for` loop, also one inside an `if`, a `match` or a block, must
//! accumulate or look for something; so must a `while` loop that counts (`while i < n { ..; i += 1; }`). What stands
//! before, between and after the loops runs as it is written.
//!
//! - **Sources**: ranges, slices, arrays, `Vec`, `VecDeque`, maps and sets, by reference and by value, their `iter()`,
//!   `iter_mut()`, `chunks()` and `windows()`, the `lines()`, words and characters of a `str`, and `enumerate`, `zip`, `rev`, `skip`, `take`, `chain`, `step_by`, `copied`
//!   and `cloned` of them.
//! - **Accumulators**: variables, fields and what a `&mut` points to, updated by `+= -= *= |= &= ^=`, by `x = x op e`, by
//!   `wrapping_add`, `wrapping_mul` and `saturating_add`, by `min` and `max` as method, function or `if`, also with further
//!   values that change along (`if x > best { best = x; at = i; }`), by `push`, `push_str`, `extend` and `insert`; elements
//!   of tables (`counts[k] += 1`) and of maps (`*map.entry(k).or_insert(0) += 1`).
//! - **Private variables**: what every iteration overwrites before it reads it is each leaf's own without asking, and holds
//!   the last iteration's value after the loop.
//! - **Exits**: `break`, `return` and `?`, with the sequential answer: the first match, the first error, and the accumulators
//!   as they were there. Later pieces may have started by then; what they did to accumulators, returned or panicked is
//!   never seen, their cost can't be hidden. Pieces behind an exit are told to stop.
//! - The start value may be any. An accumulator is read only after the loop.
//!
//! | option | meaning |
//! |---|---|
//! | [`threshold = EXPR`](#threshold) | below this many iterations the original code runs; without it the runtime finds the cutoff |
//! | [`grain = EXPR`](#grain) | fewest iterations in a leaf |
//! | [`pool = EXPR`](#pool) | the `&rayon::ThreadPool` to run on; without it the current one |
//! | [`float = ordered \| tree \| exact \| any`](#float) | how float `+` and `*` are rounded |
//! | [`reduce(VARIABLE: OPERATION, ..)`](#reduce) | names the operation by which two parts of an accumulator are combined |
//! | [`private(VARIABLE, ..)`](#private) | each leaf works on its own clone of these variables |
//! | [`relax(WORD, ..)`](#relax) | gives up a promise: `any_order`, `late_writes`, `locks`, `atomics`, `io` |
//! | [`twin = NAME`](#twin) | also keeps the original function under NAME |
//! | [`crate = PATH`](#crate) | where the divvy crate is found, for re-exports |
//!
//! Two markers stand on loops: `#[seq]` leaves a loop as it is; with a `#[par]` anywhere, only the loops that carry one are
//! rewritten, inner ones too.
//!
//! ```
//! # use divvy::par_reduce;
//! #[par_reduce]
//! fn sums(rows: &[Vec<u64>]) -> Vec<u64> {
//!     let mut sums = Vec::new();
//!     for row in rows {
//!         let mut sum = 0;
//!         #[par]
//!         for x in row {
//!             sum += x;
//!         }
//!         sums.push(sum);
//!     }
//!     sums
//! }
//! # assert_eq!(sums(&[vec![1, 2], vec![3]]), [3, 3]);
//! ```
//!
//! # `#[par_for]`
//! Stands on a function or method whose outermost loops write elements of their own: `out[i]` with the loop's own index,
//! or the elements that `iter_mut()` hands out. Two iterations that might write the same element are refused. Nothing is
//! combined. The options are those of `#[par_reduce]` except `float` and `reduce`.
//! ```
//! # use divvy::par_for;
//! #[par_for]
//! fn double(xs: &[u64], out: &mut [u64]) {
//!     for i in 0..xs.len() {
//!         out[i] = 2 * xs[i];
//!     }
//! }
//! # let mut out = [0; 3];
//! # double(&[1, 2, 3], &mut out);
//! # assert_eq!(out, [2, 4, 6]);
//! ```
//!
//! # `#[par_divide]`
//! Stands on a recursive function or method with at least two calls of itself that don't need each other's results, or one
//! in a loop or an iterator chain over children.
//! The calls may stand in statements, `let`s, operands, arguments, tuples, struct literals, `match` arms, behind `if let`
//! and in closures such as `map_or(0, |child| f(child))`. What follows the calls is the combine and runs when both are done.
//!
//! A loop over children (`for child in &node.children { total += f(child); }`) is cut into halves down to single children,
//! under the rules of `#[par_reduce]`. `while` loops that take children out of a set (`free ^= bit`) list them first. Of a
//! chain, `map`, `flat_map`, `filter_map`, `for_each`, `any` and `find_map` run their calls side by side; what stands before
//! runs first, what stands behind gets the results in order.
//!
//! A call that stands behind an exit (`f(a)? + f(b)?`, `f(a) || f(b)`) may be started before it is known to be needed. If it
//! isn't, what it returns and whether it panics is never seen; its cost, and that it might not end, can't be hidden.
//!
//! | option | meaning |
//! |---|---|
//! | [`threshold = EXPR`](#threshold) | below this size the original code runs; without it the runtime finds the cutoff |
//! | [`size = EXPR`](#size) | what the threshold is compared with; by default the length of the first slice, `Vec`, `str` or range argument, else the first integer argument |
//! | [`pool = EXPR`](#pool) | as above |
//! | [`private(VARIABLE, ..)`](#private) | each child gets a clone of these parameters |
//! | [`relax(WORD, ..)`](#relax) | as above |
//! | [`twin = NAME`](#twin) | as above |
//! | [`crate = PATH`](#crate) | as above |
//!
//! # Options
//! ### `threshold`
//! An integer of any type; a negative one counts as 0. Below it the pool is not touched.
//! ```
//! # use divvy::par_reduce;
//! #[par_reduce(threshold = 10_000)]
//! fn sum_of_squares(xs: &[u64]) -> u64 {
//!     let mut sum = 0;
//!     for x in xs {
//!         sum += x * x;
//!     }
//!     sum
//! }
//! # assert_eq!(sum_of_squares(&[1, 2, 3]), 14);
//! ```
//!
//! ### `size`
//! ```
//! # use divvy::par_divide;
//! struct Node {
//!     value: u64,
//!     nodes: usize,
//!     children: Option<Box<(Node, Node)>>,
//! }
//!
//! #[par_divide(threshold = 1000, size = node.nodes)]
//! fn sum(node: &Node) -> u64 {
//!     match &node.children {
//!         None => node.value,
//!         Some(pair) => node.value + sum(&pair.0) + sum(&pair.1),
//!     }
//! }
//! # let leaf = |value| Node { value, nodes: 1, children: None };
//! # assert_eq!(sum(&Node { value: 1, nodes: 3, children: Some(Box::new((leaf(2), leaf(3)))) }), 6);
//! ```
//!
//! ### `grain`
//! ```
//! # use divvy::par_reduce;
//! #[par_reduce(grain = 64)]
//! fn even(xs: &[u64]) -> Vec<u64> {
//!     let mut even = Vec::new();
//!     for &x in xs {
//!         if x % 2 == 0 {
//!             even.push(x);
//!         }
//!     }
//!     even
//! }
//! # assert_eq!(even(&[1, 2, 3, 4]), [2, 4]);
//! ```
//!
//! ### `pool`
//! Needs `rayon` in the user's Cargo.toml, for the type.
//! ```
//! # use divvy::par_reduce;
//! #[par_reduce(pool = pool)]
//! fn longest(words: &[String], pool: &rayon::ThreadPool) -> usize {
//!     let mut longest = 0;
//!     for word in words {
//!         longest = longest.max(word.len());
//!     }
//!     longest
//! }
//! # let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().unwrap();
//! # assert_eq!(longest(&["ab".into(), "abc".into()], &pool), 3);
//! ```
//!
//! ### `float`
//! Float addition and multiplication round after every step, so regrouping them changes the last bits. There is no
//! default: a float sum without this option is a compile error. `min` and `max` don't round and need no option.
//!
//! | mode | what comes out | what it costs |
//! |---|---|---|
//! | `ordered` | the bits of the sequential program | the terms are computed in parallel and added one by one, so only the work before the `+` gets faster |
//! | `tree` | the same bits at every thread count, on every run and every machine, but not those of the sequential loop | next to nothing |
//! | `exact` | the exact sum of the terms, rounded once: the order does not matter at all | a few nanoseconds a term |
//! | `any` | grouped as it comes, the last bits may differ from run to run | nothing |
//!
//! Types that don't round (integers, strings, ..) are the same in every mode.
//!
//! *The tree* is fixed by the number of iterations `n` alone and part of the contract. A block has the largest power of two
//! of iterations that is at most `n / 64`, but at least 32 and at most 1024; it is folded from left to right. The first
//! block goes on from the accumulator's start value, every other one starts from `-0.0` (for `*` from `1.0`). Above them, a
//! run of iterations is cut behind the largest power of two of blocks that is shorter than the run, each side is a tree of the
//! same kind, and the two results are combined, the left one first. What an adaptor filters out counts as an iteration.
//!
//! *Ordered* takes what is added, a bounded number of terms ahead, from the other threads, in a type's own `+`: a term is a
//! value of the accumulator's type or a reference to one.
//!
//! *Exact* is about sums: the terms are those of the program, so in `dot += x * y` each product is rounded, as written, and
//! the sum of them is exact, whatever cancels or overflows on the way. Products have no exact mode, and neither have the
//! cells of tables. Types of your own that add float by float implement [`Floats`].
//! ```
//! # use divvy::par_reduce;
//! #[par_reduce(float = tree)]
//! fn dot(xs: &[f64], ys: &[f64]) -> f64 {
//!     let mut sum = 0.0;
//!     for (x, y) in xs.iter().zip(ys) {
//!         sum += x * y;
//!     }
//!     sum
//! }
//! # assert_eq!(dot(&[1.0, 2.0], &[3.0, 4.0]), 11.0);
//! ```
//!
//! ### `reduce`
//! For an accumulator that is updated by a function whose laws the macro can't know. The operation is a function with
//! [`#[associative]`](#associative), or a type of [`ops`], or a marker type of your own for which the accumulator's type
//! implements [`Monoid`].
//! ```
//! use divvy::{associative, par_reduce};
//!
//! #[associative(identity = 0, commutative)]
//! fn gcd(a: u64, b: u64) -> u64 {
//!     if b == 0 { a } else { gcd(b, a % b) }
//! }
//!
//! #[par_reduce(reduce(common: gcd))]
//! fn common_divisor(xs: &[u64]) -> u64 {
//!     let mut common = 0;
//!     for &x in xs {
//!         common = gcd(common, x);
//!     }
//!     common
//! }
//! # assert_eq!(common_divisor(&[12, 18, 30]), 6);
//! ```
//!
//! ### `private`
//! For scratch space that an iteration doesn't read before it has written to it, where the macro can't see that. Each leaf
//! works on a clone.
//! ```
//! # use divvy::par_reduce;
//! #[par_reduce(private(seen))]
//! fn letters(words: &[&str]) -> usize {
//!     let mut seen = [false; 256];
//!     let mut letters = 0;
//!     for word in words {
//!         seen.fill(false);
//!         for b in word.bytes() {
//!             seen[b as usize] = true;
//!         }
//!         letters += seen.iter().filter(|seen| **seen).count();
//!     }
//!     letters
//! }
//! # assert_eq!(letters(&["banana", "fig"]), 6);
//! ```
//! In a recursion: a board that each child changes and puts back. Above the cutoff each child works on a clone, so what an
//! early exit leaves in the board isn't seen.
//! ```
//! # use divvy::par_divide;
//! #[par_divide(private(row))]
//! fn orders(row: &mut Vec<u32>, n: u32) -> u64 {
//!     if row.len() == n as usize {
//!         return 1;
//!     }
//!     let mut found = 0;
//!     for next in 0..n {
//!         if !row.contains(&next) {
//!             row.push(next);
//!             found += orders(row, n);
//!             row.pop();
//!         }
//!     }
//!     found
//! }
//! # assert_eq!(orders(&mut vec![], 4), 24);
//! ```
//!
//! ### `relax`
//! Each word gives up one promise. `locks`, `atomics` and `io` allow locks, atomic updates and output in the body, which show
//! the order of the iterations; the answer is that of the sequential function as far as it doesn't depend on them.
//! `late_writes` allows an exit from a loop that writes through its source, behind which later elements may then have been
//! written. `any_order` allows any match instead of the first; it is a permission, not a promise.
//! ```
//! use std::sync::atomic::{AtomicUsize, Ordering};
//! # use divvy::par_reduce;
//!
//! #[par_reduce(relax(atomics))]
//! fn primes(n: u32, done: &AtomicUsize) -> Vec<u32> {
//!     let mut primes = Vec::new();
//!     for i in 2..n {
//!         if (2..i).all(|d| i % d != 0) {
//!             primes.push(i);
//!         }
//!         done.fetch_add(1, Ordering::Relaxed);
//!     }
//!     primes
//! }
//! # assert_eq!(primes(12, &AtomicUsize::new(0)), [2, 3, 5, 7, 11]);
//! ```
//!
//! ### `twin`
//! ```
//! # use divvy::par_reduce;
//! #[par_reduce(twin = count_seq)]
//! fn count(text: &[u8], byte: u8) -> usize {
//!     let mut n = 0;
//!     for b in text {
//!         if *b == byte {
//!             n += 1;
//!         }
//!     }
//!     n
//! }
//!
//! assert_eq!(count(b"banana", b'a'), count_seq(b"banana", b'a'));
//! ```
//!
//! ### `crate`
//! ```
//! mod prelude {
//!     pub use divvy::*;
//! }
//!
//! #[prelude::par_reduce(crate = crate::prelude)]
//! fn total(xs: &[u32]) -> u32 {
//!     let mut total = 0;
//!     for x in xs {
//!         total += x;
//!     }
//!     total
//! }
//! # fn main() { assert_eq!(total(&[1, 2]), 3); }
//! ```
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
//! ### `#[associative]`
//! Declares that a function `fn merge(a: T, b: T) -> T` is associative. The function stays as it is; beside it there is a
//! type of the same name, the operation, with `T: Associative<merge>` and `T: Monoid<merge>`. `use module::merge` imports
//! both. `T` needs no traits. When two parts are combined, the earlier one comes first.
//!
//! | option | meaning |
//! |---|---|
//! | `identity = EXPR` | what changes nothing on either side; needed. A type without one: combine `Option`s of it |
//! | `commutative` | the arguments may be swapped: `T: Commutative<merge>` |
//! | `crate = PATH` | [as above](#crate) |
//!
//! ```
//! use divvy::{associative, par_reduce};
//!
//! /// Two maps x -> a * x + b, one after the other.
//! #[associative(identity = (1, 0))]
//! fn then(f: (u32, u32), g: (u32, u32)) -> (u32, u32) {
//!     (g.0.wrapping_mul(f.0), g.0.wrapping_mul(f.1).wrapping_add(g.1))
//! }
//!
//! #[par_reduce(reduce(map: then))]
//! fn composed(maps: &[(u32, u32)]) -> (u32, u32) {
//!     let mut map = (1, 0);
//!     for &next in maps {
//!         map = then(map, next);
//!     }
//!     map
//! }
//! # assert_eq!(composed(&[(2, 1), (3, 4)]), (6, 7));
//! ```
//! A test is generated beside the function, under `cfg(test)`: `merge_keeps_its_laws` tries the identity, associativity and,
//! if claimed, commutativity on corner values and random ones, and fails with the counterexample. It does so for numbers,
//! `bool`, `char`, `String`, and tuples, arrays, `Option`, `Box`, `Vec`, `BTreeSet` and `BTreeMap` of them; for other and
//! generic types the test does nothing or isn't there. Combinations that panic are passed over, overflow in builds with overflow
//! checks too; without those checks a wrapped result counts. Declared inside a function, the operation has no test that
//! can be run, and rustc warns about it (`unnameable_test_items`).
//!
//! A `const fn` on integers is tried at compile time too, on small numbers and, if its operators and methods can't overflow,
//! on the bounds of its type. A false claim doesn't compile:
//! ```compile_fail
//! # use divvy::associative;
//! #[associative(identity = 0)]
//! const fn difference(a: i64, b: i64) -> i64 {
//!     a.wrapping_sub(b) // `difference` is not associative: for a = 0, b = 0, c = -1, ...
//! }
//! ```
//!
//! ### `#[derive(Monoid)]`
//! A struct whose values combine field by field, each by the operation in its `#[monoid(..)]`: `add`, `mul`, `min`, `max`,
//! `and`, `or`, `append`, `union`, `combine` (a struct with a derived law again), or a path to an operation. The struct gets
//! the law [`ops::Combine`] and a method `combine`. A loop may write `s = s.combine(x)` or update the fields one by one.
//! ```
//! use divvy::{Monoid, par_reduce};
//!
//! #[derive(Monoid)]
//! struct Summary {
//!     #[monoid(add)]
//!     count: u64,
//!     #[monoid(max)]
//!     high: i32,
//! }
//!
//! #[par_reduce]
//! fn summarise(xs: &[i32]) -> Summary {
//!     let mut all = Summary { count: 0, high: i32::MIN };
//!     for &x in xs {
//!         all = all.combine(Summary { count: 1, high: x });
//!     }
//!     all
//! }
//! # let all = summarise(&[3, 7, 5]);
//! # assert_eq!((all.count, all.high), (3, 7));
//! ```
//! `#[monoid(commutative)]` before the struct lets a loop also write `all = x.combine(all)`, if all fields' operations are
//! commutative; `#[monoid(crate = PATH)]` is [as above](#crate).
//!
//! `min`, `max` and the `if` idiom combine by the user's own comparison, which must be a total order on the values that
//! occur. Of equal candidates the one that the sequential loop keeps is kept. `if x < best` never lets a NaN win.
//!
//! # Executors
//! [`with`] chooses what runs the regions of one thread, the environment variable `DIVVY_EXECUTOR` what runs those of all
//! others: `rayon` (the default), `serial`, or `adversarial:SEED`. The adversary uses one thread, cuts at hostile places
//! and runs the pieces in hostile order, the same way for the same seed. It finds a false law without threads and luck:
//! ```
//! use divvy::{Associative, Executor, Monoid, par_reduce, with};
//!
//! enum Difference {}
//!
//! impl Associative<Difference> for i64 {
//!     fn combine(left: &mut i64, right: i64) {
//!         *left -= right; // not associative
//!     }
//! }
//!
//! impl Monoid<Difference> for i64 {
//!     fn identity() -> i64 {
//!         0
//!     }
//! }
//!
//! fn difference(a: i64, b: i64) -> i64 {
//!     a - b
//! }
//!
//! #[par_reduce(reduce(rest: Difference), twin = rest_seq)]
//! fn rest(all: i64, parts: &[i64]) -> i64 {
//!     let mut rest = all;
//!     for &part in parts {
//!         rest = difference(rest, part);
//!     }
//!     rest
//! }
//!
//! let parts = [1, 2, 3, 4, 5, 6, 7, 8];
//! let adversary = Executor::Adversarial { seed: 1 };
//! assert_ne!(with(adversary, || rest(100, &parts)), rest_seq(100, &parts)); // the false law shows
//! ```
//!
//! # Tests
//! `#[par_test]` runs a test under the sequential program, in a pool of each size, and under adversaries, one after the
//! other and each in a pool of its own. The first executor under which it fails is named, with the command that runs it
//! alone: `DIVVY_EXECUTOR=adversarial:7 cargo test sums`. `#[should_panic]` (then it is to panic under all of them),
//! `#[ignore]` and results work as ever.
//!
//! | option | meaning |
//! |---|---|
//! | `threads = ARRAY` | the sizes of the pools; `[1, 2, 8]` if left out |
//! | `seeds = EXPR` | how many adversaries; 32 if left out |
//! | `crate = PATH` | [as above](#crate) |
//!
//! ```
//! use divvy::{par_reduce, par_test};
//!
//! #[par_reduce]
//! fn sum(xs: &[u64]) -> u64 {
//!     let mut sum = 0;
//!     for x in xs {
//!         sum += x;
//!     }
//!     sum
//! }
//!
//! #[par_test(threads = [1, 2, 8], seeds = 32)]
//! fn sums() {
//!     let xs: Vec<u64> = (0..1000).collect();
//!     assert_eq!(sum(&xs), 999 * 500);
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

pub use divvy_macros::{Monoid, associative, par_divide, par_for, par_reduce, par_test};
pub use divvy_runtime::executor::{Executor, with};
pub use divvy_runtime::floats::Floats;
pub use divvy_runtime::laws::{Associative, Commutative, Monoid};
pub use divvy_runtime::ops;

/// What generated code calls. Not for use by hand: it changes with the macros.
#[doc(hidden)]
pub mod __private {
    pub use divvy_runtime::generated::*;
}

/// The README's examples, as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
