//! Clones of what `private(..)` names.

/// A clone of a private variable: of a slice a `Vec`, of a text a `String`, of other types one of themselves.
///
/// # Cost
/// That of the clone.
#[inline]
pub fn own<T: ToOwned + ?Sized>(value: &T) -> T::Owned {
    value.to_owned()
}
