//! Terms: what is added to an accumulator, and how the program spells that.

use crate::ops::{Add, Mul};
use std::ops;

/// How a [`Term`] is given: as the value.
#[derive(Debug, Clone, Copy)]
pub enum ByValue {}

/// How a [`Term`] is given: as a reference to it.
#[derive(Debug, Clone, Copy)]
pub enum ByReference {}

/// What may stand on the right of `sum += term` where the terms are kept: a `T` or a `&T`. `How` is inferred.
#[diagnostic::on_unimplemented(
    message = "a sum of `{T}` can't keep a term of type `{Self}`",
    label = "with `float = ordered` and `float = exact` a term has the type of the sum, or is a reference to it",
    note = "make it a `{T}` first, by its constructor or, if it has one, by `{T}::from(..)`"
)]
pub trait Term<T, How> {
    /// The term itself.
    fn own(self) -> T;
}

impl<T> Term<T, ByValue> for T {
    #[inline]
    fn own(self) -> T {
        self
    }
}

impl<T: Copy> Term<T, ByReference> for &T {
    #[inline]
    fn own(self) -> T {
        *self
    }
}

/// How an update is spelled: `sum += term`.
#[derive(Debug, Clone, Copy)]
pub enum Compound {}

/// How an update is spelled: `sum = sum + term`.
#[derive(Debug, Clone, Copy)]
pub enum Binary {}

/// One update of an accumulator, as it is spelled.
pub trait Step<Op, T> {
    /// Updates `acc` by `term`.
    fn step(acc: &mut T, term: T);
}

impl<T: ops::AddAssign> Step<Add, T> for Compound {
    #[inline]
    fn step(acc: &mut T, term: T) {
        *acc += term;
    }
}

impl<T: ops::MulAssign> Step<Mul, T> for Compound {
    #[inline]
    fn step(acc: &mut T, term: T) {
        *acc *= term;
    }
}

impl<T: Clone + ops::Add<Output = T>> Step<Add, T> for Binary {
    #[inline]
    fn step(acc: &mut T, term: T) {
        *acc = acc.clone() + term;
    }
}

impl<T: Clone + ops::Mul<Output = T>> Step<Mul, T> for Binary {
    #[inline]
    fn step(acc: &mut T, term: T) {
        *acc = acc.clone() * term;
    }
}
