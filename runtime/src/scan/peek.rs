//! A look at a piece that the loop runs over later.

use crate::parts::WithParts;
use crate::source::{Again, Source};

/// A piece of a source, as those see it who only look.
#[derive(Debug)]
pub struct Peek<'s, S>(&'s S);

impl<S> Clone for Peek<'_, S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S> Copy for Peek<'_, S> {}

impl<'s, S> Peek<'s, S> {
    #[inline]
    pub(super) fn new(piece: &'s S) -> Self {
        Self(piece)
    }
}

impl<'s, S: Again> Peek<'s, S> {
    /// The last item only; nothing if there is none.
    #[inline]
    pub fn last(self) -> std::option::IntoIter<<S::Seen<'s> as IntoIterator>::Item> {
        self.0.latest().into_iter()
    }
}

impl<'s, S: Source, P> Peek<'s, WithParts<S, P>> {
    /// The piece of the source, and the parts.
    #[inline]
    pub fn apart(self) -> (Peek<'s, S>, &'s P) {
        let (source, parts) = self.0.shared();
        (Peek(source), parts)
    }
}

impl<'s, S: Again> IntoIterator for Peek<'s, S> {
    type Item = <S::Seen<'s> as IntoIterator>::Item;
    type IntoIter = <S::Seen<'s> as IntoIterator>::IntoIter;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.0.again().into_iter()
    }
}
