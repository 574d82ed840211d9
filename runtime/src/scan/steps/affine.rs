//! Linear recurrences: `a * v + b`.

use super::{Number, Operand, Step};
use crate::laws::Associative;
use crate::ops::Add;

/// `scale * v + shift`, or a constant.
///
/// Integers wrap: exact modulo two to their width. Floats round; a result that isn't finite is unknown, as the parts of a
/// step leave the numbers earlier than the values it is applied to.
#[derive(Clone, Debug)]
pub struct Affine<T> {
    scale: T,
    shift: T,
    is_set: bool,
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

    /// `v = value`
    #[inline]
    pub fn set(&mut self, value: impl Operand<T>) {
        self.shift = value.value();
        self.is_set = true;
    }

    /// This step, then a later one.
    #[inline]
    pub fn compose(&mut self, later: Self) {
        if later.is_set {
            *self = later;
        } else {
            self.scale = self.scale.times(later.scale);
            self.shift = self.shift.times(later.scale).plus(later.shift);
        }
    }

    /// Applies the step; unknown if the result is a float that isn't finite.
    #[inline]
    pub fn apply(&self, carried: &mut T) -> bool {
        *carried = if self.is_set {
            self.shift
        } else {
            self.scale.times(*carried).plus(self.shift)
        };
        carried.is_known()
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
