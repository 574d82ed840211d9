//! Laws: which operations may be regrouped, as traits on the type and as values that the driver can carry.
//!
//! A *law* is a promise about a type and an operation. Only true instances are implemented here: unsigned
//! `saturating_add` is associative, the signed one isn't, and float addition isn't either.
//!
//! Generated code asks for a law once per accumulator ([`monoid`], [`elementwise`], [`keyed`]) and gets a [`Law`], a
//! value whose methods need no bounds; a law that doesn't hold is therefore one error at one place.

mod aside;
mod collections;
mod elementwise;
mod failures;
mod held;
mod keyed;
mod lattice;
mod numbers;
mod tables;
pub mod unknown;
mod unordered;

pub use aside::Aside;
pub use elementwise::{
    Cell, Cells, Depth1, Depth2, Depth3, Element, Elementwise, Nested, Shape, Shaped, cells, elementwise,
};
pub use held::{HeldLattice, held_lattice};
pub use keyed::{Keyed, keyed};
pub use lattice::{ByFloat, ByOrd, Lattice, found, last, lattice};
pub use tables::{Comparable, Distinct, Table, comparable, distinct_values};
pub use unordered::{Unordered, is_nan};

/// `Self` is associative under `Op`: `(a op b) op c` equals `a op (b op c)` for all values.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not associative under `{Op}`",
    label = "regrouping this can change the answer, or nothing says that it can't",
    note = "floats: (1e16 + 1.0) - 1e16 is 0.0, and (1e16 - 1e16) + 1.0 is 1.0; choose how the sum is rounded, in `#[par_reduce]`: `float = ordered` (the bits of the sequential program; not in tables, maps and `Option`s), `float = tree` (the same bits at every thread count), `float = exact` (once, at the end; not in tables, maps and `Option`s) or `float = any` (fastest)",
    note = "generic types: add the bound, for example `T: divvy::Monoid<divvy::ops::Add>`",
    note = "other types: if it is true of all their values, implement `divvy::Associative` and `divvy::Monoid`; else mark the loop `#[seq]`, or remove the attribute if it is the only one"
)]
pub trait Associative<Op>: Sized {
    /// There are values that [`is_absorbing`](Associative::is_absorbing) says yes to.
    const ABSORBS: bool = false;

    /// Whether combining anything with this value on the left leaves it as it is, so that the rest need not be known.
    #[inline]
    fn is_absorbing(&self) -> bool {
        false
    }

    /// Combines two partial results; `left` comes earlier in the sequence and receives the result.
    fn combine(left: &mut Self, right: Self);
}

/// `Self` is a monoid under `Op`: associative, and `identity` changes nothing on either side.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not associative under `{Op}`, or has no identity",
    label = "regrouping this can change the answer, or nothing says that it can't",
    note = "floats: (1e16 + 1.0) - 1e16 is 0.0, and (1e16 - 1e16) + 1.0 is 1.0; choose how the sum is rounded, in `#[par_reduce]`: `float = ordered` (the bits of the sequential program; not in tables, maps and `Option`s), `float = tree` (the same bits at every thread count), `float = exact` (once, at the end; not in tables, maps and `Option`s) or `float = any` (fastest)",
    note = "generic types: add the bound, for example `T: divvy::Monoid<divvy::ops::Add>`",
    note = "other types: if it is true of all their values, implement `divvy::Associative` and `divvy::Monoid`; else mark the loop `#[seq]`, or remove the attribute if it is the only one"
)]
pub trait Monoid<Op>: Associative<Op> {
    /// The value that changes nothing when combined with another.
    fn identity() -> Self;
}

/// `Self` is commutative under `Op`: `a op b` equals `b op a` for all values.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not commutative under `{Op}`",
    label = "taking this out of order can change the answer",
    note = "`x + acc` puts what comes later in front: pieces can be combined only if a + b is b + a for all values; where that is true, implement `divvy::Commutative`; else mark the loop `#[seq]`, or remove the attribute if it is the only one"
)]
pub trait Commutative<Op>: Associative<Op> {}

/// What a piece starts from and how two partial results combine, for accumulators of type `T`.
///
/// A plain value with two function pointers: whoever holds one needs no bounds on `T`.
#[derive(Debug)]
pub struct Law<T> {
    fresh: fn(&T) -> T,
    combine: fn(&mut T, T),
}

impl<T> Clone for Law<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Law<T> {}

impl<T> Law<T> {
    /// A law from its two functions.
    ///
    /// `fresh(x)` must be an identity of `combine` for all values of the shape of `x`, and `combine` associative.
    pub const fn new(fresh: fn(&T) -> T, combine: fn(&mut T, T)) -> Self {
        Self { fresh, combine }
    }

    /// An identity of the shape of `like`.
    #[inline]
    pub fn fresh(&self, like: &T) -> T {
        (self.fresh)(like)
    }

    /// Combines two partial results; `left` comes earlier in the sequence and receives the result.
    #[inline]
    pub fn combine(&self, left: &mut T, right: T) {
        (self.combine)(left, right);
    }

    /// Moves the value out of a place and leaves an identity there.
    #[inline]
    pub fn take(&self, place: &mut T) -> T {
        let identity = self.fresh(place);
        std::mem::replace(place, identity)
    }
}

/// The law of an accumulator that is one value, such as `sum += x`.
#[inline]
pub fn monoid<Op, T: Monoid<Op>>(_: &T) -> Law<T> {
    Law::new(|_| T::identity(), T::combine)
}

/// Checks that an operation may be taken out of order, as `acc = x op acc` does.
#[inline]
pub fn commutative<Op, T: Commutative<Op>>(_: &T) {}
