//! What a function's name stands for where no operation of that name is declared.
//!
//! In `acc = merge(acc, x)` nothing but the types can tell whether `merge` is an operation. The generated code imports
//! the name over [`operation`](enum@operation): a type that stands beside the function takes its place, and where there
//! is none, the law is asked of a type that has none, and says what is missing.

use super::{Associative, Commutative, Monoid};

/// The operation of a function that has none.
#[allow(non_camel_case_types)] // operations are called like their functions
#[derive(Debug)]
pub enum operation {}

/// Nobody implements it. A trait on the operation, as rustc tells what is missing of the innermost type.
#[diagnostic::on_unimplemented(
    message = "nobody said that this function is associative",
    label = "updates what all iterations share",
    note = "a `const fn` is tried while it is compiled: a wrong claim shows three values for which it is false",
    note = "pieces of the loop can be combined only if f(a, f(b, c)) is f(f(a, b), c) for this function",
    note = "if it is, write `#[associative(identity = ..)]` before the function; if another function joins what two pieces make, name that one: `reduce(VARIABLE: FUNCTION)`; else mark the loop or chain `#[seq]`, or remove the attribute if it is the only one"
)]
pub trait Declared<T> {}

impl<T> Associative<operation> for T
where
    operation: Declared<T>,
{
    fn combine(_: &mut Self, _: Self) {
        unreachable!("nothing is declared")
    }
}

impl<T> Monoid<operation> for T
where
    operation: Declared<T>,
{
    fn identity() -> Self {
        unreachable!("nothing is declared")
    }
}

impl<T> Commutative<operation> for T where operation: Declared<T> {}
