//! Accumulators that hold nothing until there is a first value: `best = Some(best.map_or(x, |b| b.max(x)))`.

use super::{Associative, ByFloat, ByOrd, Commutative, Monoid};
use crate::ops::Held;

#[diagnostic::do_not_recommend]
impl<Op, T: Associative<Op>> Associative<Held<Op>> for Option<T> {
    #[inline]
    fn combine(left: &mut Self, right: Self) {
        match (left.as_mut(), right) {
            (Some(left), Some(right)) => T::combine(left, right),
            (None, right) => *left = right,
            (Some(_), None) => {}
        }
    }
}

#[diagnostic::do_not_recommend]
impl<Op, T: Associative<Op>> Monoid<Held<Op>> for Option<T> {
    #[inline]
    fn identity() -> Self {
        None
    }
}

#[diagnostic::do_not_recommend]
impl<Op, T: Commutative<Op>> Commutative<Held<Op>> for Option<T> {}

/// An `Option` of which what is held may be compared.
#[diagnostic::on_unimplemented(
    message = "what `{Self}` holds has no order in which the minimum or maximum may be regrouped",
    label = "`Ord` is missing",
    note = "`min` and `max` are associative on types that implement `Ord`, and on `f32` and `f64`"
)]
pub trait HeldLattice<How> {}

#[diagnostic::do_not_recommend]
impl<T: Ord> HeldLattice<ByOrd> for Option<T> {}
impl HeldLattice<ByFloat> for Option<f32> {}
impl HeldLattice<ByFloat> for Option<f64> {}

/// Checks at compile time that the minimum and maximum of what is held may be regrouped; does nothing at run time.
#[inline]
pub fn held_lattice<How, T: HeldLattice<How>>(_: &T) {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::{Append, Max};

    fn joined<Op, T: Associative<Op>>(left: Option<T>, right: Option<T>) -> Option<T> {
        let mut left = left;
        <Option<T> as Associative<Held<Op>>>::combine(&mut left, right);
        left
    }

    #[test]
    fn nothing_is_the_identity() {
        assert_eq!(joined::<Max, i32>(None, None), None);
        assert_eq!(joined::<Max, _>(Some(3), None), Some(3));
        assert_eq!(joined::<Max, _>(None, Some(3)), Some(3));
        assert_eq!(joined::<Max, _>(Some(3), Some(7)), Some(7));
        let [a, b] = ["a", "b"].map(|s| Some(s.to_string()));
        assert_eq!(joined::<Append, _>(a, b), Some("ab".to_string()));
    }
}
