//! The numbers that steps compute with.

use crate::laws::Associative;
use crate::ops::Add;
use std::num::Wrapping;

/// A ring: integers wrap, floats round.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no number that a carried value can be computed with",
    label = "integers, `Wrapping` integers and floats are"
)]
pub trait Number: Copy + Send + Sync {
    /// 0
    const ZERO: Self;
    /// 1
    const ONE: Self;

    /// `self + other`
    #[must_use]
    fn plus(self, other: Self) -> Self;

    /// `self - other`
    #[must_use]
    fn minus(self, other: Self) -> Self;

    /// `self * other`
    #[must_use]
    fn times(self, other: Self) -> Self;

    /// Can this be believed? Not where rounding has left the numbers.
    #[inline]
    fn is_known(self) -> bool {
        true
    }
}

/// Numbers that can be divided: floats.
#[diagnostic::on_unimplemented(
    message = "a carried `{Self}` that is divided can't be computed in pieces",
    label = "integers are rounded at each division, so two can't be made one",
    note = "mark the loop `#[seq]`, or carry the dividend along and divide a copy of it"
)]
pub trait Quotient: Number {
    /// `self / other`
    #[must_use]
    fn over(self, other: Self) -> Self;
}

impl Quotient for f32 {
    #[inline]
    fn over(self, other: Self) -> Self {
        self / other
    }
}

impl Quotient for f64 {
    #[inline]
    fn over(self, other: Self) -> Self {
        self / other
    }
}

/// Numbers whose sums may be regrouped: not floats.
///
/// A name for `Associative<ops::Add>`; its absence is reported as that of the law.
pub trait Exact: Associative<Add> {}

impl<T: Associative<Add>> Exact for T {}

macro_rules! integers {
    ($($t:ty)*) => {$(
        impl Number for $t {
            const ZERO: Self = 0;
            const ONE: Self = 1;

            #[inline]
            fn plus(self, other: Self) -> Self {
                self.wrapping_add(other)
            }

            #[inline]
            fn minus(self, other: Self) -> Self {
                self.wrapping_sub(other)
            }

            #[inline]
            fn times(self, other: Self) -> Self {
                self.wrapping_mul(other)
            }
        }

        impl Number for Wrapping<$t> {
            const ZERO: Self = Wrapping(0);
            const ONE: Self = Wrapping(1);

            #[inline]
            fn plus(self, other: Self) -> Self {
                self + other
            }

            #[inline]
            fn minus(self, other: Self) -> Self {
                self - other
            }

            #[inline]
            fn times(self, other: Self) -> Self {
                self * other
            }
        }
    )*};
}

integers! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }

macro_rules! floats {
    ($($t:ty)*) => {$(
        impl Number for $t {
            // x + -0.0 is x for every x, -0.0 included.
            const ZERO: Self = -0.0;
            const ONE: Self = 1.0;

            #[inline]
            fn plus(self, other: Self) -> Self {
                self + other
            }

            #[inline]
            fn minus(self, other: Self) -> Self {
                self - other
            }

            #[inline]
            fn times(self, other: Self) -> Self {
                self * other
            }

            #[inline]
            fn is_known(self) -> bool {
                self.is_finite()
            }
        }
    )*};
}

floats! { f32 f64 }
