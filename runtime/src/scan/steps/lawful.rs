//! Updates by a monoid of any type: `acc = merge(acc, x)`, `word.push(c)`.

use super::Step;
use crate::laws::Law;

/// `v op b`, or `b` where the value was set.
#[derive(Clone, Debug)]
pub struct Lawful<T> {
    law: Law<T>,
    value: T,
    is_set: bool,
}

impl<T> Lawful<T> {
    /// What updates have made of the identity, or, if `is_set`, of whatever was there.
    #[inline]
    pub fn new(law: &Law<T>, value: T, is_set: bool) -> Self {
        Self {
            law: *law,
            value,
            is_set,
        }
    }

    /// Applies the step; always known.
    #[inline]
    pub fn apply(self, carried: &mut T) -> bool {
        if self.is_set {
            *carried = self.value;
        } else {
            self.law.combine(carried, self.value);
        }
        true
    }
}

impl<T: Clone> Step<T> for Lawful<T> {
    #[inline]
    fn compose(&mut self, later: Self) {
        self.is_set |= later.is_set;
        if later.is_set {
            self.value = later.value;
        } else {
            self.law.combine(&mut self.value, later.value);
        }
    }

    #[inline]
    fn apply(&self, carried: &mut T) -> bool {
        self.clone().apply(carried)
    }
}
