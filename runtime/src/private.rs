//! Clones of what `private(..)` names.

/// What every piece or child can have a clone of. (`ToOwned` itself as the bound would ask for `ToOwned`, not for `Clone`.)
pub trait Private {
    /// Of a slice a `Vec`, of a text a `String`, of other types themselves.
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
