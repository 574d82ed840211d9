//! Sources of one item, or of the same ones again and again: what chains and zips have at their ends.

use super::{IntoSource, Owned, Source};
use std::iter;
use std::option;

macro_rules! few {
    ($($t:ty)*) => {$(
        impl<T> IntoSource for $t {
            type Source = Owned<T>;

            fn into_source(self) -> Owned<T> {
                Owned::new(self.into_iter().collect())
            }
        }
    )*};
}

few! { Option<T> option::IntoIter<T> iter::Once<T> iter::Empty<T> }

/// The items of a source again and again, as [`Iterator::cycle`].
#[derive(Debug, Clone)]
pub struct Cycle<S> {
    round: S,
    /// Where in a round it starts.
    from: usize,
    /// `usize::MAX` for all there are.
    len: usize,
}

impl<S: Source> Cycle<S> {
    pub(super) fn new(round: S) -> Self {
        let len = if round.is_empty() { 0 } else { usize::MAX };
        Self { round, from: 0, len }
    }
}

impl<S: Source<IntoIter: Clone> + Clone> IntoIterator for Cycle<S> {
    type Item = S::Item;
    type IntoIter = iter::Take<iter::Chain<S::IntoIter, iter::Cycle<S::IntoIter>>>;

    fn into_iter(self) -> Self::IntoIter {
        let (_, first) = self.round.clone().split_at(self.from);
        let others = self.round.into_iter().cycle();
        first.into_iter().chain(others).take(self.len)
    }
}

impl<S: Source<IntoIter: Clone> + Clone> Source for Cycle<S> {
    fn len(&self) -> usize {
        self.len
    }

    fn split_at(self, index: usize) -> (Self, Self) {
        let round = self.round.len().max(1);
        let right = Self {
            round: self.round.clone(),
            from: (self.from + index % round) % round,
            len: if self.len == usize::MAX {
                self.len
            } else {
                self.len - index
            },
        };
        (Self { len: index, ..self }, right)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::source;

    #[test]
    fn rounds_go_on_wherever_they_are_cut() {
        let items = [1, 2, 3];
        let cycle = || source(&items).cycle().skip(1);
        let whole: Vec<_> = cycle().into_iter().take(10).collect();
        for at in 0..10 {
            let (left, right) = cycle().split_at(at);
            let joined: Vec<_> = left.into_iter().chain(right.into_iter().take(10 - at)).collect();
            assert_eq!(joined, whole, "cut at {at}");
        }
        assert_eq!(source(&items[..0]).cycle().into_iter().count(), 0);
    }

    #[test]
    fn one_item_or_none() {
        assert_eq!(source(Some(3)).len(), 1);
        assert_eq!(source(None::<u8>).len(), 0);
        assert_eq!(source(iter::once(3)).into_iter().sum::<u8>(), 3);
    }
}
