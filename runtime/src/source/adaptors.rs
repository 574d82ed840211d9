//! Sources made of other sources.

use super::Source;
use std::iter;

macro_rules! wrappers {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $name<S>(S);

        impl<S> $name<S> {
            pub(super) fn new(inner: S) -> Self {
                Self(inner)
            }

            #[inline]
            pub(super) fn shared(&self) -> &S {
                &self.0
            }
        }
    )*};
}

wrappers! {
    /// A source from last to first.
    Rev;
    /// Copies of the items behind references.
    Copied;
    /// Clones of the items behind references.
    Cloned;
}

impl<S> Rev<S> {
    /// What is reversed.
    #[inline]
    pub(crate) fn apart(self) -> S {
        self.0
    }
}

impl<S: Source<IntoIter: DoubleEndedIterator>> IntoIterator for Rev<S> {
    type Item = S::Item;
    type IntoIter = iter::Rev<S::IntoIter>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter().rev()
    }
}

#[diagnostic::do_not_recommend]
impl<S: Source<IntoIter: DoubleEndedIterator>> Source for Rev<S> {
    #[inline]
    fn len(&self) -> usize {
        self.0.len()
    }

    fn split_at(self, index: usize) -> (Self, Self) {
        let mirrored = self.0.len() - index;
        let (left, right) = self.0.split_at(mirrored);
        (Self(right), Self(left))
    }
}

impl<'a, T: Copy + 'a, S: IntoIterator<Item = &'a T>> IntoIterator for Copied<S> {
    type Item = T;
    type IntoIter = iter::Copied<S::IntoIter>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter().copied()
    }
}

#[diagnostic::do_not_recommend]
impl<'a, T: Copy + 'a, S: Source + IntoIterator<Item = &'a T>> Source for Copied<S> {
    #[inline]
    fn len(&self) -> usize {
        self.0.len()
    }

    fn split_at(self, index: usize) -> (Self, Self) {
        let (left, right) = self.0.split_at(index);
        (Self(left), Self(right))
    }
}

impl<'a, T: Clone + 'a, S: IntoIterator<Item = &'a T>> IntoIterator for Cloned<S> {
    type Item = T;
    type IntoIter = iter::Cloned<S::IntoIter>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter().cloned()
    }
}

#[diagnostic::do_not_recommend]
impl<'a, T: Clone + 'a, S: Source + IntoIterator<Item = &'a T>> Source for Cloned<S> {
    #[inline]
    fn len(&self) -> usize {
        self.0.len()
    }

    fn split_at(self, index: usize) -> (Self, Self) {
        let (left, right) = self.0.split_at(index);
        (Self(left), Self(right))
    }
}

/// Items with their positions in the whole source.
#[derive(Debug, Clone)]
pub struct Enumerate<S> {
    inner: S,
    first: usize,
}

impl<S> Enumerate<S> {
    pub(super) fn new(inner: S) -> Self {
        Self { inner, first: 0 }
    }

    #[inline]
    pub(super) fn shared(&self) -> (usize, &S) {
        (self.first, &self.inner)
    }

    /// The first position, and what is numbered.
    #[inline]
    pub(crate) fn apart(self) -> (usize, S) {
        (self.first, self.inner)
    }
}

impl<S: Source> IntoIterator for Enumerate<S> {
    type Item = (usize, S::Item);
    type IntoIter = Enumerated<S::IntoIter>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        Enumerated {
            iter: self.inner.into_iter(),
            next: self.first,
        }
    }
}

#[diagnostic::do_not_recommend]
impl<S: Source> Source for Enumerate<S> {
    #[inline]
    fn len(&self) -> usize {
        self.inner.len()
    }

    fn split_at(self, index: usize) -> (Self, Self) {
        let (left, right) = self.inner.split_at(index);
        (
            Self {
                inner: left,
                first: self.first,
            },
            Self {
                inner: right,
                first: self.first + index,
            },
        )
    }
}

/// The iterator of [`Enumerate`]: [`iter::Enumerate`] that starts at any position.
#[derive(Debug, Clone)]
pub struct Enumerated<I> {
    iter: I,
    next: usize,
}

impl<I> Enumerated<I> {
    /// Numbers from `first` on.
    #[inline]
    pub(crate) fn starting_at(first: usize, iter: I) -> Self {
        Self { iter, next: first }
    }
}

impl<I: Iterator> Iterator for Enumerated<I> {
    type Item = (usize, I::Item);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let item = self.iter.next()?;
        let position = self.next;
        self.next += 1;
        Some((position, item))
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.iter.size_hint()
    }

    #[inline]
    fn fold<B, F: FnMut(B, Self::Item) -> B>(self, init: B, mut f: F) -> B {
        let mut next = self.next;
        self.iter.fold(init, |acc, item| {
            let position = next;
            next += 1;
            f(acc, (position, item))
        })
    }
}

impl<I: ExactSizeIterator + DoubleEndedIterator> DoubleEndedIterator for Enumerated<I> {
    #[inline]
    fn next_back(&mut self) -> Option<Self::Item> {
        let item = self.iter.next_back()?;
        Some((self.next + self.iter.len(), item))
    }
}

impl<I: ExactSizeIterator> ExactSizeIterator for Enumerated<I> {}

/// Pairs of the items of two sources of the same length.
#[derive(Debug, Clone)]
pub struct Zip<A, B> {
    left: A,
    right: B,
}

impl<A: Source, B: Source> Zip<A, B> {
    /// Cuts off what has no partner.
    pub(super) fn new(left: A, right: B) -> Self {
        let len = left.len().min(right.len());
        Self {
            left: left.take(len),
            right: right.take(len),
        }
    }

    #[inline]
    pub(super) fn shared(&self) -> (&A, &B) {
        (&self.left, &self.right)
    }

    /// Both sides.
    #[inline]
    pub(crate) fn apart(self) -> (A, B) {
        (self.left, self.right)
    }
}

impl<A: Source, B: Source> IntoIterator for Zip<A, B> {
    type Item = (A::Item, B::Item);
    type IntoIter = iter::Zip<A::IntoIter, B::IntoIter>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.left.into_iter().zip(self.right)
    }
}

#[diagnostic::do_not_recommend]
impl<A: Source, B: Source> Source for Zip<A, B> {
    #[inline]
    fn len(&self) -> usize {
        self.left.len()
    }

    fn split_at(self, index: usize) -> (Self, Self) {
        let (left_a, right_a) = self.left.split_at(index);
        let (left_b, right_b) = self.right.split_at(index);
        (
            Self {
                left: left_a,
                right: left_b,
            },
            Self {
                left: right_a,
                right: right_b,
            },
        )
    }
}

/// One source, then another.
#[derive(Debug, Clone)]
pub struct Chain<A, B> {
    first: A,
    second: B,
}

impl<A, B> Chain<A, B> {
    pub(super) fn new(first: A, second: B) -> Self {
        Self { first, second }
    }
}

impl<A: Source, B: Source + IntoIterator<Item = A::Item>> IntoIterator for Chain<A, B> {
    type Item = A::Item;
    type IntoIter = iter::Chain<A::IntoIter, B::IntoIter>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.first.into_iter().chain(self.second)
    }
}

#[diagnostic::do_not_recommend]
impl<A: Source, B: Source + IntoIterator<Item = A::Item>> Source for Chain<A, B> {
    #[inline]
    fn len(&self) -> usize {
        self.first.len().saturating_add(self.second.len())
    }

    fn split_at(self, index: usize) -> (Self, Self) {
        let in_first = index.min(self.first.len());
        let (left_a, right_a) = self.first.split_at(in_first);
        let (left_b, right_b) = self.second.split_at(index - in_first);
        (
            Self {
                first: left_a,
                second: left_b,
            },
            Self {
                first: right_a,
                second: right_b,
            },
        )
    }
}

/// Every `step`-th item of a source.
#[derive(Debug, Clone)]
pub struct StepBy<S> {
    inner: S,
    step: usize,
}

impl<S> StepBy<S> {
    pub(super) fn new(inner: S, step: usize) -> Self {
        assert!(step != 0, "assertion failed: step != 0");
        Self { inner, step }
    }

    #[inline]
    pub(super) fn shared(&self) -> (&S, usize) {
        (&self.inner, self.step)
    }
}

impl<S: Source> IntoIterator for StepBy<S> {
    type Item = S::Item;
    type IntoIter = iter::StepBy<S::IntoIter>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.inner.into_iter().step_by(self.step)
    }
}

#[diagnostic::do_not_recommend]
impl<S: Source> Source for StepBy<S> {
    #[inline]
    fn len(&self) -> usize {
        self.inner.len().div_ceil(self.step)
    }

    fn split_at(self, index: usize) -> (Self, Self) {
        let middle = index.saturating_mul(self.step).min(self.inner.len());
        let (left, right) = self.inner.split_at(middle);
        (
            Self {
                inner: left,
                step: self.step,
            },
            Self {
                inner: right,
                step: self.step,
            },
        )
    }
}
