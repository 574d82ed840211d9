//! Step functions: what one iteration, and by composition a whole piece, does to a carried value.
//!
//! Each family is closed under composition and has a representation of fixed size:
//!
//! | family | functions of `v` |
//! |---|---|
//! | [`Last`] | `v`, `c` |
//! | [`Shift`] | `v + b`, `c` |
//! | [`Affine`] | `a * v + b` |
//! | [`Clamp`] | `min(max(v + b, lo), hi)` |
//! | [`Between`] | `min(max(v, lo), hi)` |
//! | [`Bits`] | `((v << s) & m) ^ b` |
//! | [`Modular`] | `(a * v + b) mod m` |
//! | [`Linear`] | several `v`, each `a * v + a' * v' + .. + b` |
//! | [`Lawful`] | `v op b`, `c`, by the law of a monoid |
//!
//! A step starts as the identity: `Shift::of(&carried)` takes the type of the carried value, its value doesn't matter. The
//! methods named like operators append an operation. `compose` appends a whole step; `apply` applies the step to a carried
//! value and says false if it doesn't know the result, which costs time and nothing else.
//!
//! An `Option` as carried value: [`some`] applies a step to what is inside, and doesn't know what becomes of `None`;
//! make the step from any value of the type inside.

mod admitted;
mod affine;
mod between;
mod bits;
mod clamp;
mod last;
mod lawful;
mod linear;
mod modular;
mod numbers;
mod shift;

pub use admitted::{
    Bounded, Compared, Masked, Reduced, Scaled, Summed, affine, affine_ordered, affine_rounded, between, bits, bounded,
    clamp, clamp_ordered, clamp_rounded, compared, linear, linear_ordered, linear_rounded, masked, modular, reduced,
    scaled, shift, shift_ordered, shift_rounded, summed,
};
pub use affine::Affine;
pub use between::{Between, Oddities, Ordered};
pub use bits::{BitString, Bits};
pub use clamp::{Clamp, Clamped};
pub use last::Last;
pub use lawful::Lawful;
pub use linear::{Form, Linear};
pub use modular::{Modular, Residue};
pub use numbers::{Exact, Number, Quotient};
pub use shift::{Shift, Shifted};

/// An operand of a step: a value or a reference to one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no operand for a carried value of type `{T}`",
    label = "a `{T}` or a reference to one is",
    note = "make it a `{T}` first, by its constructor or, if it has one, by `{T}::from(..)`"
)]
pub trait Operand<T> {
    /// The value.
    fn value(self) -> T;
}

impl<T> Operand<T> for T {
    #[inline]
    fn value(self) -> T {
        self
    }
}

impl<T: Clone> Operand<T> for &T {
    #[inline]
    fn value(self) -> T {
        self.clone()
    }
}

/// What a piece does to one carried value.
pub trait Step<T>: Sized {
    /// This step, then a later one.
    fn compose(&mut self, later: Self);

    /// Applies the step. False if the result is unknown; the value is unspecified then.
    #[must_use]
    fn apply(&self, carried: &mut T) -> bool;
}

/// Applies a step to the inside of a carried `Option`; what becomes of `None` is unknown.
#[inline]
#[must_use]
pub fn some<T>(step: impl Step<T>, carried: &mut Option<T>) -> bool {
    carried.as_mut().is_some_and(|carried| step.apply(carried))
}
