//! Linear recurrences of several values, each made of all of them: `(a, b) = (b, a + b)`.

use super::{Number, Operand, Quotient};

/// A value as a linear form of those carried in: `by[0] * v[0] + by[1] * v[1] + .. + shift`.
///
/// Integers wrap: exact modulo two to their width. Floats round.
#[derive(Clone, Copy, Debug)]
pub struct Form<T, const N: usize> {
    by: [T; N],
    shift: T,
}

impl<T: Number, const N: usize> Form<T, N> {
    /// The carried value of this number.
    #[inline]
    pub fn of(_: &T, number: usize) -> Self {
        let mut by = [T::ZERO; N];
        by[number] = T::ONE;
        Self { by, shift: T::ZERO }
    }

    #[inline]
    fn each(self, change: impl Fn(T) -> T) -> Self {
        Self {
            by: self.by.map(&change),
            shift: change(self.shift),
        }
    }

    /// `value`
    #[inline]
    #[must_use]
    pub fn constant(&self, value: impl Operand<T>) -> Self {
        Self {
            by: [T::ZERO; N],
            shift: value.value(),
        }
    }

    /// `self + other`
    #[inline]
    #[must_use]
    pub fn sum(mut self, other: Self) -> Self {
        for (by, other) in self.by.iter_mut().zip(other.by) {
            *by = by.plus(other);
        }
        self.shift = self.shift.plus(other.shift);
        self
    }

    /// `self - other`
    #[inline]
    #[must_use]
    pub fn difference(self, other: Self) -> Self {
        self.sum(other.negated())
    }

    /// `self + value`
    #[inline]
    #[must_use]
    pub fn plus(mut self, value: impl Operand<T>) -> Self {
        self.shift = self.shift.plus(value.value());
        self
    }

    /// `self - value`
    #[inline]
    #[must_use]
    pub fn minus(mut self, value: impl Operand<T>) -> Self {
        self.shift = self.shift.minus(value.value());
        self
    }

    /// `self * value`
    #[inline]
    #[must_use]
    pub fn times(self, value: impl Operand<T>) -> Self {
        let value = value.value();
        self.each(|part| part.times(value))
    }

    /// `self / value`
    #[inline]
    #[must_use]
    pub fn over(self, value: impl Operand<T>) -> Self
    where
        T: Quotient,
    {
        let value = value.value();
        self.each(|part| part.over(value))
    }

    /// `-self`
    #[inline]
    #[must_use]
    pub fn negated(self) -> Self {
        self.each(|part| T::ZERO.minus(part))
    }

    /// Its value where these are carried in.
    #[inline]
    fn at(&self, carried: &[T; N]) -> T {
        let terms = self.by.iter().zip(carried).map(|(by, value)| by.times(*value));
        terms.fold(self.shift, T::plus)
    }

    /// Itself, behind what has made these forms.
    fn behind(&self, earlier: &[Self; N]) -> Self {
        let terms = self.by.iter().zip(earlier).map(|(by, form)| form.times(*by));
        terms.fold(self.constant(self.shift), Self::sum)
    }
}

/// What a piece does to all values of a group: a matrix and a vector.
#[derive(Clone, Copy, Debug)]
pub struct Linear<T, const N: usize>([Form<T, N>; N]);

impl<T: Number, const N: usize> Linear<T, N> {
    /// What has become of each value.
    #[inline]
    pub fn new(forms: [Form<T, N>; N]) -> Self {
        Self(forms)
    }

    /// This step, then a later one.
    pub fn compose(&mut self, later: &Self) {
        self.0 = later.0.each_ref().map(|form| form.behind(&self.0));
    }

    /// Applies the step; unknown if a result is a float that isn't finite.
    #[must_use]
    pub fn apply(&self, carried: [&mut T; N]) -> bool {
        let before = carried.each_ref().map(|value| **value);
        let after = self.0.each_ref().map(|form| form.at(&before));
        carried.into_iter().zip(after).for_each(|(value, after)| *value = after);
        after.iter().all(|value| value.is_known())
    }
}
