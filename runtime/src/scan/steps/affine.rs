//! Linear recurrences: `a * v + b`.

use super::{BitString, Number, Operand, Quotient, Step};
use crate::laws::Associative;
use crate::ops::Add;
use crate::parts::{Wide, wide};

/// `scale * v + shift`, or a constant.
///
/// Integers wrap: exact modulo two to their width. Floats round; a result that isn't finite is unknown, as the parts of a
/// step leave the numbers earlier than the values it is applied to.
#[derive(Clone, Debug)]
pub struct Affine<T> {
    scale: T,
    shift: T,
    is_set: bool,
    /// Has there been a shift by more places than there are bits?
    is_unknown: bool,
}

impl<T: Number> Affine<T> {
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

    #[inline]
    fn identity() -> Self {
        Self {
            scale: T::ONE,
            shift: T::ZERO,
            is_set: false,
            is_unknown: false,
        }
    }

    /// `v += value`
    #[inline]
    #[allow(clippy::should_implement_trait)] // named like the operator it stands for
    pub fn add(&mut self, value: impl Operand<T>) {
        self.shift = self.shift.plus(value.value());
    }

    /// `v -= value`
    #[inline]
    #[allow(clippy::should_implement_trait)] // named like the operator it stands for
    pub fn sub(&mut self, value: impl Operand<T>) {
        self.shift = self.shift.minus(value.value());
    }

    /// `v *= value`
    #[inline]
    #[allow(clippy::should_implement_trait)] // named like the operator it stands for
    pub fn mul(&mut self, value: impl Operand<T>) {
        let value = value.value();
        self.scale = self.scale.times(value);
        self.shift = self.shift.times(value);
    }

    /// `v = value - v`
    #[inline]
    pub fn rsub(&mut self, value: impl Operand<T>) {
        self.neg();
        self.shift = self.shift.plus(value.value());
    }

    /// `v = -v`
    #[inline]
    #[allow(clippy::should_implement_trait)] // named like the operator it stands for
    pub fn neg(&mut self) {
        self.scale = T::ZERO.minus(self.scale);
        self.shift = T::ZERO.minus(self.shift);
    }

    /// `v <<= places`: by that power of two.
    #[inline]
    #[allow(clippy::should_implement_trait)] // named like the operator it stands for
    pub fn shl(&mut self, places: impl Wide)
    where
        T: BitString,
    {
        let places = wide(places);
        self.is_unknown |= !(0..i128::from(T::WIDTH)).contains(&places);
        self.scale = self.scale.shifted(places as u32);
        self.shift = self.shift.shifted(places as u32);
    }

    /// `v /= value`
    #[inline]
    #[allow(clippy::should_implement_trait)] // named like the operator it stands for
    pub fn div(&mut self, value: impl Operand<T>)
    where
        T: Quotient,
    {
        let value = value.value();
        self.scale = self.scale.over(value);
        self.shift = self.shift.over(value);
    }

    /// A step of its own that changes nothing, for a part of an update.
    #[inline]
    #[must_use]
    pub fn same(&self) -> Self {
        Self::identity()
    }

    /// `v = left(v) + right(v)`
    #[inline]
    pub fn plus(&mut self, left: Self, right: Self) {
        self.compose(Self {
            scale: left.slope().plus(right.slope()),
            shift: left.shift.plus(right.shift),
            is_set: left.is_set && right.is_set,
            is_unknown: left.is_unknown | right.is_unknown,
        });
    }

    /// `v = left(v) - right(v)`
    #[inline]
    pub fn minus(&mut self, left: Self, mut right: Self) {
        right.neg();
        self.plus(left, right);
    }

    /// What the value is multiplied by.
    #[inline]
    fn slope(&self) -> T {
        if self.is_set { T::ZERO } else { self.scale }
    }

    /// `v = value`
    #[inline]
    pub fn set(&mut self, value: impl Operand<T>) {
        self.shift = value.value();
        self.is_set = true;
    }

    /// This step, then a later one.
    #[inline]
    pub fn compose(&mut self, later: Self) {
        let is_unknown = self.is_unknown | later.is_unknown;
        if later.is_set {
            *self = later;
        } else {
            self.scale = self.scale.times(later.scale);
            self.shift = self.shift.times(later.scale).plus(later.shift);
        }
        self.is_unknown = is_unknown;
    }

    /// Applies the step; unknown if the result is a float that isn't finite.
    #[inline]
    pub fn apply(&self, carried: &mut T) -> bool {
        *carried = if self.is_set {
            self.shift
        } else {
            self.scale.times(*carried).plus(self.shift)
        };
        carried.is_known() && !self.is_unknown
    }
}

impl<T: Number> Step<T> for Affine<T> {
    #[inline]
    fn compose(&mut self, later: Self) {
        self.compose(later);
    }

    #[inline]
    fn apply(&self, carried: &mut T) -> bool {
        self.apply(carried)
    }
}
