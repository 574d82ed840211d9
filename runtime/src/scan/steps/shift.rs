//! Sums with resets: `v + b` and constants.

use super::{Number, Operand, Step};
use crate::laws::Associative;
use crate::ops::Add;
use std::mem;
use std::time::Duration;

/// A number that can be moved by another.
pub trait Shifted: Clone {
    /// The distances, and the values as distances from 0.
    type By: Number;

    /// A value as a distance.
    fn by(self) -> Self::By;

    /// The value at a distance from 0, if there is one.
    fn at(distance: Self::By) -> Option<Self>;
}

impl<T: Number> Shifted for T {
    type By = T;

    #[inline]
    fn by(self) -> T {
        self
    }

    #[inline]
    fn at(distance: T) -> Option<T> {
        distance.is_known().then_some(distance)
    }
}

/// In nanoseconds.
impl Shifted for Duration {
    type By = i128;

    #[inline]
    fn by(self) -> i128 {
        self.as_nanos() as i128
    }

    #[inline]
    fn at(nanoseconds: i128) -> Option<Self> {
        let nanoseconds = u128::try_from(nanoseconds).ok()?;
        let whole = u64::try_from(nanoseconds / 1_000_000_000).ok()?;
        Some(Self::new(whole, (nanoseconds % 1_000_000_000) as u32))
    }
}

/// `v + b`, or a constant.
///
/// Integers wrap, so the step is exact modulo two to their width: right wherever the loop itself doesn't overflow, and
/// where it does, it says so itself or wraps as well.
#[derive(Clone, Debug)]
pub struct Shift<T: Shifted> {
    by: T::By,
    is_set: bool,
}

impl<T: Shifted> Shift<T> {
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
            by: T::By::ZERO,
            is_set: false,
        }
    }

    /// `v += value`
    #[inline]
    #[allow(clippy::should_implement_trait)] // named like the operator it stands for
    pub fn add(&mut self, value: impl Operand<T>) {
        self.by = self.by.plus(value.value().by());
    }

    /// `v -= value`
    #[inline]
    #[allow(clippy::should_implement_trait)] // named like the operator it stands for
    pub fn sub(&mut self, value: impl Operand<T>) {
        self.by = self.by.minus(value.value().by());
    }

    /// `v = value`
    #[inline]
    pub fn set(&mut self, value: impl Operand<T>) {
        self.by = value.value().by();
        self.is_set = true;
    }

    /// This step, then a later one.
    #[inline]
    pub fn compose(&mut self, later: Self) {
        if later.is_set {
            *self = later;
        } else {
            self.by = self.by.plus(later.by);
        }
    }

    /// Begins a step of its own, and returns what was before.
    #[inline]
    #[must_use]
    pub fn begin(&mut self) -> Self {
        mem::replace(self, Self::identity())
    }

    /// Ends a step of its own: what was before, then that.
    #[inline]
    pub fn end(&mut self, before: Self) {
        let own = mem::replace(self, before);
        self.compose(own);
    }

    /// Applies the step; unknown if the result is no value of the type, or a float that isn't finite.
    #[inline]
    pub fn apply(&self, carried: &mut T) -> bool {
        let distance = if self.is_set {
            self.by
        } else {
            carried.clone().by().plus(self.by)
        };
        match T::at(distance) {
            Some(value) => {
                *carried = value;
                true
            }
            None => false,
        }
    }
}

impl<T: Shifted> Step<T> for Shift<T> {
    #[inline]
    fn compose(&mut self, later: Self) {
        self.compose(later);
    }

    #[inline]
    fn apply(&self, carried: &mut T) -> bool {
        self.apply(carried)
    }
}
