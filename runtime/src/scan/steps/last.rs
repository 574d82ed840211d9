//! The last value: `prev = x`, forward fill.

use super::{Operand, Step};

/// `v` or a value that was set.
#[derive(Clone, Debug)]
pub struct Last<T>(Option<T>);

impl<T: Clone> Last<T> {
    /// The identity.
    #[inline]
    pub fn of(_: &T) -> Self {
        Self(None)
    }

    /// `v = value`
    #[inline]
    pub fn set(&mut self, value: impl Operand<T>) {
        self.0 = Some(value.value());
    }

    /// This step, then a later one.
    #[inline]
    pub fn compose(&mut self, later: Self) {
        if later.0.is_some() {
            self.0 = later.0;
        }
    }

    /// Applies the step; always known.
    #[inline]
    pub fn apply(&self, carried: &mut T) -> bool {
        if let Some(value) = &self.0 {
            carried.clone_from(value);
        }
        true
    }
}

impl<T: Clone> Step<T> for Last<T> {
    #[inline]
    fn compose(&mut self, later: Self) {
        self.compose(later);
    }

    #[inline]
    fn apply(&self, carried: &mut T) -> bool {
        self.apply(carried)
    }
}
