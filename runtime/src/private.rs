//! Clones of what `private(..)` names.

/// What every piece or child can have a clone of.
#[diagnostic::on_unimplemented(
    message = "`private(..)` gives each piece a clone, and a `{Self}` can't be cloned",
    label = "`Clone` is missing",
    note = "what one iteration leaves in a private variable must not matter to the next: if it does, the answer depends on where the loop is cut; then take the variable out of `private(..)`"
)]
pub trait Private {
    /// Of a slice a `Vec`, of other types themselves.
    type Own;

    /// A clone.
    fn own(&self) -> Self::Own;
}

impl<T: ToOwned + ?Sized> Private for T {
    type Own = T::Owned;

    #[inline]
    fn own(&self) -> T::Owned {
        self.to_owned()
    }
}

/// A clone of a private variable.
///
/// # Cost
/// That of the clone.
#[inline]
pub fn own<T: Private + ?Sized>(value: &T) -> T::Own {
    value.own()
}
