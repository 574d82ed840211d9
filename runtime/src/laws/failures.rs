//! Sums and products of values that may be missing: the first failure is the result.

use super::Associative;
use crate::ops::{Add, Mul};

macro_rules! absorbing {
    ($($op:ty)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<T: Associative<$op>, E> Associative<$op> for Result<T, E> {
            const ABSORBS: bool = true;

            #[inline]
            fn is_absorbing(&self) -> bool {
                self.is_err()
            }

            #[inline]
            fn combine(left: &mut Self, right: Self) {
                match (left.as_mut(), right) {
                    (Ok(left), Ok(right)) => T::combine(left, right),
                    (Ok(_), failure) => *left = failure,
                    (Err(_), _) => {}
                }
            }
        }

        #[diagnostic::do_not_recommend]
        impl<T: Associative<$op>> Associative<$op> for Option<T> {
            const ABSORBS: bool = true;

            #[inline]
            fn is_absorbing(&self) -> bool {
                self.is_none()
            }

            #[inline]
            fn combine(left: &mut Self, right: Self) {
                match (left.as_mut(), right) {
                    (Some(left), Some(right)) => T::combine(left, right),
                    (Some(_), None) => *left = None,
                    (None, _) => {}
                }
            }
        }
    )*};
}

absorbing! { Add Mul }
