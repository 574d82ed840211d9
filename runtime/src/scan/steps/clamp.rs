//! Sums between bounds: `min(max(v + b, lo), hi)`.
//!
//! # Overflow
//! The step computes in a wide type, where nothing overflows, and keeps the values of `v` for which the loop itself doesn't
//! leave its own type. They are an interval, as everything the loop goes through grows with `v`. Any other value is
//! unknown, so a known result is the loop's also where the loop would wrap silently.

use super::{Operand, Step};
use crate::laws::Associative;
use crate::ops::Add;
use std::marker::PhantomData;

/// A number that sums between bounds can be computed with.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no number that a carried value can be computed with",
    label = "integers and floats are"
)]
pub trait Clamped: Copy + Send + Sync {
    /// What the step is computed in.
    type Wide: Copy + PartialOrd + Send + Sync + std::fmt::Debug;

    /// 0
    const ZERO: Self::Wide;
    /// The least value.
    const LEAST: Self::Wide;
    /// The greatest value.
    const GREATEST: Self::Wide;

    /// The same number.
    fn wide(self) -> Self::Wide;
    /// The same number, which is one of the type.
    fn narrow(wide: Self::Wide) -> Self;
    /// `a + b`
    fn plus(a: Self::Wide, b: Self::Wide) -> Self::Wide;
    /// `a - b`
    fn minus(a: Self::Wide, b: Self::Wide) -> Self::Wide;
    /// The greater one, as the loop has it.
    fn greater(a: Self::Wide, b: Self::Wide) -> Self::Wide;
    /// The lesser one, as the loop has it.
    fn lesser(a: Self::Wide, b: Self::Wide) -> Self::Wide;
    /// Can this be computed with?
    fn is_known(wide: Self::Wide) -> bool;
}

macro_rules! integers {
    ($wide:ty: $($t:ty)*) => {$(
        impl Clamped for $t {
            type Wide = $wide;

            const ZERO: $wide = 0;
            const LEAST: $wide = <$t>::MIN as $wide;
            const GREATEST: $wide = <$t>::MAX as $wide;

            #[inline]
            fn wide(self) -> $wide {
                self as $wide
            }

            #[inline]
            fn narrow(wide: $wide) -> Self {
                wide as $t
            }

            #[inline]
            fn plus(a: $wide, b: $wide) -> $wide {
                a.wrapping_add(b)
            }

            #[inline]
            fn minus(a: $wide, b: $wide) -> $wide {
                a.wrapping_sub(b)
            }

            #[inline]
            fn greater(a: $wide, b: $wide) -> $wide {
                a.max(b)
            }

            #[inline]
            fn lesser(a: $wide, b: $wide) -> $wide {
                a.min(b)
            }

            #[inline]
            fn is_known(_: $wide) -> bool {
                true
            }
        }
    )*};
}

integers! { i64: u8 u16 u32 i8 i16 i32 }
integers! { i128: u64 usize i64 isize }

macro_rules! floats {
    ($($t:ty)*) => {$(
        impl Clamped for $t {
            type Wide = $t;

            const ZERO: $t = -0.0;
            const LEAST: $t = <$t>::NEG_INFINITY;
            const GREATEST: $t = <$t>::INFINITY;

            #[inline]
            fn wide(self) -> $t {
                self
            }

            #[inline]
            fn narrow(wide: $t) -> Self {
                wide
            }

            #[inline]
            fn plus(a: $t, b: $t) -> $t {
                a + b
            }

            #[inline]
            fn minus(a: $t, b: $t) -> $t {
                a - b
            }

            // A NaN operand is ignored, a NaN value replaced.
            #[inline]
            fn greater(a: $t, b: $t) -> $t {
                a.max(b)
            }

            #[inline]
            fn lesser(a: $t, b: $t) -> $t {
                a.min(b)
            }

            #[inline]
            fn is_known(wide: $t) -> bool {
                !wide.is_nan()
            }
        }
    )*};
}

floats! { f32 f64 }

/// A [`Clamp`] with sums.
#[derive(Clone, Copy, Debug)]
pub enum Sums {}

/// A [`Clamp`] without sums: exact for floats, too.
#[derive(Clone, Copy, Debug)]
pub enum Order {}

/// `min(max(v + by, lo), hi)`.
#[derive(Clone, Debug)]
pub struct Clamp<T: Clamped, How = Sums> {
    by: T::Wide,
    lo: T::Wide,
    hi: T::Wide,
    /// The least and the greatest value for which the loop doesn't overflow.
    known: (T::Wide, T::Wide),
    how: PhantomData<How>,
}

impl<T: Clamped> Clamp<T> {
    /// The identity.
    #[inline]
    pub fn of(_: &T) -> Self
    where
        T: Associative<Add>,
    {
        Self::identity()
    }

    /// The identity, for floats that may be rounded differently.
    #[inline]
    pub fn rounded(_: &T) -> Self {
        Self::identity()
    }

    /// `v += value`
    #[inline]
    #[allow(clippy::should_implement_trait)] // named like the operator it stands for
    pub fn add(&mut self, value: impl Operand<T>) {
        self.shift(value.value().wide());
        self.narrow_known();
    }

    /// `v -= value`
    #[inline]
    #[allow(clippy::should_implement_trait)] // named like the operator it stands for
    pub fn sub(&mut self, value: impl Operand<T>) {
        self.shift(T::minus(T::ZERO, value.value().wide()));
        self.narrow_known();
    }

    /// `v = v.saturating_add(value)`
    #[inline]
    pub fn saturating_add(&mut self, value: impl Operand<T>) {
        self.shift(value.value().wide());
        self.bound(T::LEAST, T::GREATEST);
    }

    /// `v = v.saturating_sub(value)`
    #[inline]
    pub fn saturating_sub(&mut self, value: impl Operand<T>) {
        self.shift(T::minus(T::ZERO, value.value().wide()));
        self.bound(T::LEAST, T::GREATEST);
    }

    #[inline]
    fn shift(&mut self, by: T::Wide) {
        self.by = T::plus(self.by, by);
        self.lo = T::plus(self.lo, by);
        self.hi = T::plus(self.hi, by);
    }

    /// Behind a sum: the values for which it doesn't overflow.
    #[inline]
    fn narrow_known(&mut self) {
        self.keep(T::LEAST, T::GREATEST);
        self.bound(T::LEAST, T::GREATEST);
    }
}

impl<T: Clamped> Clamp<T, Order> {
    /// The identity, without sums.
    #[inline]
    pub fn order(_: &T) -> Self {
        Self::identity()
    }
}

impl<T: Clamped, How> Clamp<T, How> {
    #[inline]
    fn identity() -> Self {
        Self {
            by: T::ZERO,
            lo: T::LEAST,
            hi: T::GREATEST,
            known: (T::LEAST, T::GREATEST),
            how: PhantomData,
        }
    }

    /// `v = v.max(value)`
    #[inline]
    pub fn max(&mut self, value: impl Operand<T>) {
        let value = value.value().wide();
        self.lo = T::greater(self.lo, value);
        self.hi = T::greater(self.hi, value);
    }

    /// `v = v.min(value)`
    #[inline]
    pub fn min(&mut self, value: impl Operand<T>) {
        let value = value.value().wide();
        self.lo = T::lesser(self.lo, value);
        self.hi = T::lesser(self.hi, value);
    }

    /// `v = value`
    #[inline]
    pub fn set(&mut self, value: impl Operand<T>) {
        self.lo = value.value().wide();
        self.hi = self.lo;
    }

    #[inline]
    fn bound(&mut self, lo: T::Wide, hi: T::Wide) {
        self.lo = T::lesser(T::greater(self.lo, lo), hi);
        self.hi = T::lesser(T::greater(self.hi, lo), hi);
    }

    /// Keeps only the values that the step takes to somewhere between these.
    #[inline]
    fn keep(&mut self, least: T::Wide, greatest: T::Wide) {
        if self.hi > greatest {
            let most = if self.lo > greatest {
                // No value does.
                T::LEAST
            } else {
                T::minus(greatest, self.by)
            };
            self.known.1 = T::lesser(self.known.1, most);
            if self.lo > greatest {
                self.known.0 = T::GREATEST;
            }
        }
        if self.lo < least {
            self.known.0 = T::greater(self.known.0, T::minus(least, self.by));
            if self.hi < least {
                self.known = (T::GREATEST, T::LEAST);
            }
        }
    }

    /// This step, then a later one.
    #[inline]
    pub fn compose(&mut self, later: Self) {
        self.keep(later.known.0, later.known.1);
        self.by = T::plus(self.by, later.by);
        self.lo = T::plus(self.lo, later.by);
        self.hi = T::plus(self.hi, later.by);
        self.bound(later.lo, later.hi);
    }

    /// Applies the step; unknown if the loop would overflow, or computes with NaN.
    #[inline]
    pub fn apply(&self, carried: &mut T) -> bool {
        let value = carried.wide();
        let moved = T::plus(value, self.by);
        *carried = T::narrow(T::lesser(T::greater(moved, self.lo), self.hi));
        [moved, self.lo, self.hi].into_iter().all(T::is_known) && self.known.0 <= value && value <= self.known.1
    }
}

impl<T: Clamped, How> Step<T> for Clamp<T, How> {
    #[inline]
    fn compose(&mut self, later: Self) {
        self.compose(later);
    }

    #[inline]
    fn apply(&self, carried: &mut T) -> bool {
        self.apply(carried)
    }
}
