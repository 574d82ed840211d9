//! Numbers, `bool`, `char` and durations.

use super::{Associative, Commutative, Monoid};
use crate::ops::{
    Add, And, BitAnd, BitOr, BitXor, Max, Min, Mul, Or, Rounded, SaturatingAdd, SaturatingMul, SignedAdd, WrappingAdd,
    WrappingMul,
};
use std::num::Wrapping;
use std::time::Duration;

/// Commutative monoids: `type under Op: identity, |left, right| combine`.
macro_rules! monoids {
    ($($t:ty, $op:ty: $identity:expr, |$left:ident, $right:ident| $combine:expr;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl Associative<$op> for $t {
            #[inline]
            fn combine($left: &mut Self, $right: Self) {
                $combine
            }
        }

        #[diagnostic::do_not_recommend]
        impl Monoid<$op> for $t {
            #[inline]
            fn identity() -> Self {
                $identity
            }
        }

        #[diagnostic::do_not_recommend]
        impl Commutative<$op> for $t {}
    )*};
}

// Plain `+` and `*`: overflow checks follow the profile, as in the sequential program.
macro_rules! integers {
    ($($t:ty)*) => {$(monoids! {
        $t, Add: 0, |left, right| *left += right;
        $t, Mul: 1, |left, right| *left *= right;
        $t, BitAnd: !0, |left, right| *left &= right;
        $t, BitOr: 0, |left, right| *left |= right;
        $t, BitXor: 0, |left, right| *left ^= right;
        $t, Min: <$t>::MAX, |left, right| *left = (*left).min(right);
        $t, Max: <$t>::MIN, |left, right| *left = (*left).max(right);
        $t, WrappingAdd: 0, |left, right| *left = left.wrapping_add(right);
        $t, WrappingMul: 1, |left, right| *left = left.wrapping_mul(right);
        Wrapping<$t>, Add: Wrapping(0), |left, right| *left += right;
        Wrapping<$t>, Mul: Wrapping(1), |left, right| *left *= right;
        Wrapping<$t>, BitAnd: Wrapping(!0), |left, right| *left &= right;
        Wrapping<$t>, BitOr: Wrapping(0), |left, right| *left |= right;
        Wrapping<$t>, BitXor: Wrapping(0), |left, right| *left ^= right;
        Wrapping<$t>, Min: Wrapping(<$t>::MAX), |left, right| *left = (*left).min(right);
        Wrapping<$t>, Max: Wrapping(<$t>::MIN), |left, right| *left = (*left).max(right);
    })*};
}

integers! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }

// Signed saturation isn't associative: (MAX + 1) - 1 = MAX - 1, but MAX + (1 - 1) = MAX.
/// A saturating operation on integers that are clamped at one end alone: those without a sign.
#[diagnostic::on_unimplemented(
    message = "saturating operations on `{T}` are not associative",
    label = "a signed integer is clamped at both of its ends",
    note = "for `i8`, (100 + 100) - 100 is 127 - 100, which is 27, but 100 + (100 - 100) is 100",
    note = "if only the end result is to be clamped: add up in a wider type, `sum += i64::from(x)`, and clamp it after the loop",
    note = "if every step is to be clamped: compute in a wider type, `level = (level + i64::from(x)).clamp(-128, 127)`"
)]
pub trait ClampedOnce<T> {
    /// What changes nothing.
    const IDENTITY: T;

    /// The result, or the greatest value.
    fn clamped(left: T, right: T) -> T;
}

macro_rules! unsigned {
    ($($t:ty)*) => {$(
        #[diagnostic::do_not_recommend]
        impl ClampedOnce<$t> for SaturatingAdd {
            const IDENTITY: $t = 0;

            #[inline]
            fn clamped(left: $t, right: $t) -> $t {
                left.saturating_add(right)
            }
        }

        #[diagnostic::do_not_recommend]
        impl ClampedOnce<$t> for SaturatingMul {
            const IDENTITY: $t = 1;

            #[inline]
            fn clamped(left: $t, right: $t) -> $t {
                left.saturating_mul(right)
            }
        }
    )*};
}

unsigned! { u8 u16 u32 u64 u128 usize }

/// The instances for saturating operations; an error about a type that has none says why.
macro_rules! saturating {
    ($($op:ty)*) => {$(
        impl<T: Copy> Associative<$op> for T
        where
            $op: ClampedOnce<T>,
        {
            #[inline]
            fn combine(left: &mut Self, right: Self) {
                *left = <$op>::clamped(*left, right);
            }
        }

        impl<T: Copy> Monoid<$op> for T
        where
            $op: ClampedOnce<T>,
        {
            #[inline]
            fn identity() -> Self {
                <$op>::IDENTITY
            }
        }

        impl<T: Copy> Commutative<$op> for T where $op: ClampedOnce<T> {}
    )*};
}

saturating! { SaturatingAdd SaturatingMul }

// What is subtracted from 0 has to be a value.
macro_rules! signed {
    ($($t:ty)*) => {$(monoids! {
        $t, SignedAdd: 0, |left, right| *left += right;
        Wrapping<$t>, SignedAdd: Wrapping(0), |left, right| *left += right;
    })*};
}

signed! { i8 i16 i32 i64 i128 isize }

// -0.0 is the identity of float addition (-0.0 + x is x for every x; 0.0 + -0.0 isn't -0.0).
macro_rules! floats {
    ($($t:ty)*) => {$(monoids! {
        $t, Rounded<Add>: -0.0, |left, right| *left += right;
        $t, Rounded<SignedAdd>: -0.0, |left, right| *left += right;
        $t, Rounded<Mul>: 1.0, |left, right| *left *= right;
    })*};
}

floats! { f32 f64 }

monoids! {
    bool, BitAnd: true, |left, right| *left &= right;
    bool, BitOr: false, |left, right| *left |= right;
    bool, BitXor: false, |left, right| *left ^= right;
    bool, And: true, |left, right| *left &= right;
    bool, Or: false, |left, right| *left |= right;
    bool, Min: true, |left, right| *left &= right;
    bool, Max: false, |left, right| *left |= right;
    char, Min: char::MAX, |left, right| *left = (*left).min(right);
    char, Max: char::MIN, |left, right| *left = (*left).max(right);
    Duration, Add: Duration::ZERO, |left, right| *left += right;
    Duration, Min: Duration::MAX, |left, right| *left = (*left).min(right);
    Duration, Max: Duration::ZERO, |left, right| *left = (*left).max(right);
}

/// What holds exactly holds up to rounding.
macro_rules! rounded {
    ($($op:ty)*) => {$(
        impl<T: Associative<$op>> Associative<Rounded<$op>> for T {
            const ABSORBS: bool = <T as Associative<$op>>::ABSORBS;

            #[inline]
            fn is_absorbing(&self) -> bool {
                <T as Associative<$op>>::is_absorbing(self)
            }

            #[inline]
            fn combine(left: &mut Self, right: Self) {
                <T as Associative<$op>>::combine(left, right);
            }
        }

        impl<T: Monoid<$op>> Monoid<Rounded<$op>> for T {
            #[inline]
            fn identity() -> Self {
                <T as Monoid<$op>>::identity()
            }
        }

        #[diagnostic::do_not_recommend]
        impl<T: Commutative<$op>> Commutative<Rounded<$op>> for T {}
    )*};
}

rounded! { Add Mul SignedAdd }
