//! Accumulators that keep the smallest or largest value: `best = best.min(x)`.
//!
//! Taking the minimum twice changes nothing, so a piece may start from a clone of the running value and no identity is
//! needed; what is needed is an order in which regrouping is harmless.

/// How a [`Lattice`] is ordered: by [`Ord`].
#[derive(Debug, Clone, Copy)]
pub enum ByOrd {}

/// How a [`Lattice`] is ordered: as floats are, where `min` and `max` pass over NaN.
#[derive(Debug, Clone, Copy)]
pub enum ByFloat {}

/// A type whose minimum and maximum may be regrouped. `How` is inferred.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no order in which the minimum or maximum may be regrouped",
    label = "`Ord` is missing",
    note = "`min` and `max` are associative on types that implement `Ord`, and on `f32` and `f64`"
)]
pub trait Lattice<How> {}

#[diagnostic::do_not_recommend]
impl<T: Ord> Lattice<ByOrd> for T {}
impl Lattice<ByFloat> for f32 {}
impl Lattice<ByFloat> for f64 {}

/// Checks at compile time that the minimum and maximum of `T` may be regrouped; does nothing at run time.
#[inline]
pub fn lattice<How, T: Lattice<How>>(_: &T) {}

/// The extremum that the leaves found; the first leaf starts from one, so there is always one.
#[inline]
pub fn found<T>(best: Option<T>) -> T {
    best.expect("the first leaf starts from a value")
}

/// Keeps the last value that was written.
#[inline]
pub fn last<T>(left: &mut Option<T>, right: Option<T>) {
    if right.is_some() {
        *left = right;
    }
}
