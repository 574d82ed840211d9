//! The last value: `prev = x`, forward fill.

use super::{Operand, Step};

/// `v`, a value that was set, or a value unless `v` is equal to it.
#[derive(Clone, Debug)]
pub struct Last<T> {
    value: Option<T>,
    /// What is equal to the value stays.
    equal: Option<fn(&T, &T) -> bool>,
}

impl<T: Clone> Last<T> {
    /// The identity.
    #[inline]
    pub fn of(_: &T) -> Self {
        Self {
            value: None,
            equal: None,
        }
    }

    /// `v = value`
    #[inline]
    pub fn set(&mut self, value: impl Operand<T>) {
        self.value = Some(value.value());
        self.equal = None;
    }

    /// `if v != value { v = value }`
    #[inline]
    pub fn meet(&mut self, value: impl Operand<T>)
    where
        T: PartialEq,
    {
        let value = value.value();
        match &self.value {
            None => {
                self.value = Some(value);
                self.equal = Some(T::eq);
            }
            // whatever is there, it is equal to this one
            Some(known) if *known == value => {}
            Some(_) => self.set(value),
        }
    }

    /// This step, then a later one.
    #[inline]
    pub fn compose(&mut self, later: Self) {
        match (&self.value, &later.value, later.equal) {
            (_, None, _) => {}
            (Some(known), Some(value), Some(equal)) if equal(known, value) => {}
            (Some(_), Some(_), Some(_)) => {
                self.value = later.value;
                self.equal = None;
            }
            (None, Some(_), _) | (Some(_), Some(_), None) => *self = later,
        }
    }

    /// Applies the step; always known.
    #[inline]
    pub fn apply(&self, carried: &mut T) -> bool {
        let stays = |value: &T| self.equal.is_some_and(|equal| equal(carried, value));
        if let Some(value) = self.value.as_ref().filter(|value| !stays(value)) {
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
