//! Which types of carried values each family of steps takes, asked at compile time.
//!
//! The check stands around what makes the scan, as [`shared`](crate::shared) does: where it fails, the scan has no type,
//! and nothing is said about the steps inside it, which the user didn't write. For the same reason a step is made by
//! a function whose result has no type there.

use super::{
    Affine, Between, BitString, Bits, Clamp, Clamped, Form, Modular, Number, Ordered, Residue, Shift, Shifted,
};
use crate::laws::Associative;
use crate::ops::Add;
use crate::shared::{Freely, NotAtAll, Nothing};

macro_rules! families {
    ($($trait:ident $bound:ident $steps:ident $make:ident $about:literal: $message:literal, $label:literal, $($note:literal),*;)*) => {$(
        #[doc = $about]
        #[diagnostic::on_unimplemented(message = $message, label = $label, $(note = $note),*)]
        pub trait $trait<How> {
            /// The steps.
            type Steps;
            /// `F`
            type Of<F>;

            /// The identity.
            fn identity(&self) -> Self::Steps;

            /// The value itself.
            fn of<F>(value: F) -> Self::Of<F>;
        }

        #[diagnostic::do_not_recommend]
        impl<T: $bound> $trait<Freely> for T {
            type Steps = $steps<T>;
            type Of<F> = F;

            #[inline(always)]
            fn identity(&self) -> $steps<T> {
                $steps::$make(self)
            }

            #[inline(always)]
            fn of<F>(value: F) -> F {
                value
            }
        }

        #[diagnostic::do_not_recommend]
        impl<T: Nothing> $trait<NotAtAll> for T {
            type Steps = ();
            type Of<F> = F;

            #[inline(always)]
            fn identity(&self) {}

            #[inline(always)]
            fn of<F>(value: F) -> F {
                value
            }
        }
    )*};
}

/// Values of which sums give the same however they are regrouped.
#[diagnostic::on_unimplemented(
    message = "carried sums of `{Self}` change when they are regrouped",
    label = "every sum on the way depends on how it was rounded before",
    note = "floats: choose how they are rounded: `float = ordered` (the bits of the sequential program), `float = tree` (the same bits at every thread count) or `float = any` (fastest)",
    note = "`float = exact` is for sums of which only the end is wanted, not for those on the way"
)]
pub trait Regrouped {}

#[diagnostic::do_not_recommend]
impl<T: Associative<Add>> Regrouped for T {}

/// Values of which sums need not be computed in order to have the bits of the sequential program.
#[diagnostic::on_unimplemented(
    message = "the roundings of `{Self}` can't be kept in their order here",
    label = "`float = ordered` computes carried values ahead, and these can't be told from the rest",
    note = "an element made from the one before: carry it along in a variable, `let mut last = a[0]; for .. {{ last = f(last, ..); a[i] = last; }}`",
    note = "or choose `float = tree` (the same bits at every thread count) or `float = any` (fastest)"
)]
pub trait OutOfOrder {}

#[diagnostic::do_not_recommend]
impl<T: Associative<Add>> OutOfOrder for T {}

families! {
    Summed Shifted Shift rounded "Values of which running sums are known before they are computed.":
        "a running sum of `{Self}` can't be computed in pieces",
        "integers, `Wrapping` integers, floats and `Duration` can be carried along in a sum",
        "your own types: carry the numbers in them in variables of their own, or mark the loop `#[seq]`",
        "type parameters: no bound says enough, so write the function for a type of numbers";
    Scaled Number Affine rounded "Values of which linear recurrences are known before they are computed.":
        "`a * x + b` on a carried `{Self}` can't be computed in pieces",
        "integers, `Wrapping` integers and floats can be carried along so",
        "your own types: carry the numbers in them in variables of their own, or mark the loop `#[seq]`",
        "type parameters: no bound says enough, so write the function for a type of numbers";
    Bounded Clamped Clamp rounded "Values of which sums between bounds are known before they are computed.":
        "a sum between bounds of `{Self}` can't be computed in pieces",
        "integers and floats can be carried along so",
        "other types: carry the numbers in them in variables of their own, or mark the loop `#[seq]`";
    Compared Ordered Between of "Values of which minima and maxima between bounds are known before they are computed.":
        "bounds on a carried `{Self}` can't be computed in pieces",
        "numbers, `char` and `bool` can be carried along so, and pairs and `Option`s of them",
        "other types: carry the numbers in them in variables of their own, or mark the loop `#[seq]`";
    Masked BitString Bits of "Values of which shifts, masks and exclusive ors are known before they are computed.":
        "shifts and masks of a carried `{Self}` can't be computed in pieces",
        "integers, `Wrapping` integers and `bool` can be carried along so",
        "other types: carry the number in them in a variable of its own, or mark the loop `#[seq]`";
    Reduced Residue Modular of "Values of which remainders are known before they are computed.":
        "remainders of a carried `{Self}` can't be computed in pieces",
        "integers can be carried along so",
        "other types: carry the number in them in a variable of its own, or mark the loop `#[seq]`";
}

/// `callee`, if carried values of this type are [`Summed`].
#[inline(always)]
pub fn summed<T: Summed<How>, How, F>(_carried: &T, callee: F) -> T::Of<F> {
    T::of(callee)
}

/// `callee`, if carried values of this type are [`Scaled`].
#[inline(always)]
pub fn scaled<T: Scaled<How>, How, F>(_carried: &T, callee: F) -> T::Of<F> {
    T::of(callee)
}

/// `callee`, if carried values of this type are [`Bounded`].
#[inline(always)]
pub fn bounded<T: Bounded<How>, How, F>(_carried: &T, callee: F) -> T::Of<F> {
    T::of(callee)
}

/// `callee`, if carried values of this type are [`Compared`].
#[inline(always)]
pub fn compared<T: Compared<How>, How, F>(_carried: &T, callee: F) -> T::Of<F> {
    T::of(callee)
}

/// `callee`, if carried values of this type are [`Masked`].
#[inline(always)]
pub fn masked<T: Masked<How>, How, F>(_carried: &T, callee: F) -> T::Of<F> {
    T::of(callee)
}

/// `callee`, if carried values of this type are [`Reduced`].
#[inline(always)]
pub fn reduced<T: Reduced<How>, How, F>(_carried: &T, callee: F) -> T::Of<F> {
    T::of(callee)
}

/// The step that changes nothing of a value that is [`Summed`], where sums may be regrouped.
#[inline(always)]
pub fn shift<T: Summed<How> + Regrouped, How>(carried: &T) -> T::Steps {
    carried.identity()
}

/// The step that changes nothing of a value that is [`Summed`], where sums may be rounded differently.
#[inline(always)]
pub fn shift_rounded<T: Summed<How>, How>(carried: &T) -> T::Steps {
    carried.identity()
}

/// The step that changes nothing of a value that is [`Scaled`], where sums may be regrouped.
#[inline(always)]
pub fn affine<T: Scaled<How> + Regrouped, How>(carried: &T) -> T::Steps {
    carried.identity()
}

/// The step that changes nothing of a value that is [`Scaled`], where sums may be rounded differently.
#[inline(always)]
pub fn affine_rounded<T: Scaled<How>, How>(carried: &T) -> T::Steps {
    carried.identity()
}

/// A value that is [`Scaled`] as one of several, where sums may be regrouped.
#[inline(always)]
pub fn linear<T: Number + Regrouped, const N: usize>(carried: &T, number: usize) -> Form<T, N> {
    Form::of(carried, number)
}

/// A value that is [`Scaled`] as one of several, where sums may be rounded differently.
#[inline(always)]
pub fn linear_rounded<T: Number, const N: usize>(carried: &T, number: usize) -> Form<T, N> {
    Form::of(carried, number)
}

/// A value that is [`Scaled`] as one of several, where sums may be regrouped although they are to be rounded in order.
#[inline(always)]
pub fn linear_ordered<T: Number + OutOfOrder, const N: usize>(carried: &T, number: usize) -> Form<T, N> {
    Form::of(carried, number)
}

/// The step that changes nothing of a value that is [`Bounded`], where sums may be regrouped.
#[inline(always)]
pub fn clamp<T: Bounded<How> + Regrouped, How>(carried: &T) -> T::Steps {
    carried.identity()
}

/// The step that changes nothing of a value that is [`Bounded`], where sums may be rounded differently.
#[inline(always)]
pub fn clamp_rounded<T: Bounded<How>, How>(carried: &T) -> T::Steps {
    carried.identity()
}

/// The step that changes nothing of a value that is [`Compared`].
#[inline(always)]
pub fn between<T: Compared<How>, How>(carried: &T) -> T::Steps {
    carried.identity()
}

/// The step that changes nothing of a value that is [`Masked`].
#[inline(always)]
pub fn bits<T: Masked<How>, How>(carried: &T) -> T::Steps {
    carried.identity()
}

/// The step that changes nothing of a value that is [`Reduced`].
#[inline(always)]
pub fn modular<T: Reduced<How>, How>(carried: &T) -> T::Steps {
    carried.identity()
}

/// The step that changes nothing of a value that is [`Summed`], where sums may be regrouped although they are to be rounded
/// in order.
#[inline(always)]
pub fn shift_ordered<T: Summed<How> + OutOfOrder, How>(carried: &T) -> T::Steps {
    carried.identity()
}

/// The step that changes nothing of a value that is [`Scaled`], where sums may be regrouped although they are to be rounded
/// in order.
#[inline(always)]
pub fn affine_ordered<T: Scaled<How> + OutOfOrder, How>(carried: &T) -> T::Steps {
    carried.identity()
}

/// The step that changes nothing of a value that is [`Bounded`], where sums may be regrouped although they are to be rounded
/// in order.
#[inline(always)]
pub fn clamp_ordered<T: Bounded<How> + OutOfOrder, How>(carried: &T) -> T::Steps {
    carried.identity()
}
