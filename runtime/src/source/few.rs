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

/// Clones of one item, as of [`iter::repeat`] and [`iter::repeat_n`].
#[derive(Debug, Clone)]
pub struct Repeated<T>(iter::RepeatN<T>);

impl<T: Clone> IntoIterator for Repeated<T> {
    type Item = T;
    type IntoIter = iter::RepeatN<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0
    }
}

impl<T: Clone + Send> Source for Repeated<T> {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn split_at(mut self, index: usize) -> (Self, Self) {
        // without an end it stays so
        let behind = match self.0.len() {
            usize::MAX => usize::MAX,
            len => len - index,
        };
        let Some(item) = self.0.next() else {
            return (self.clone(), self);
        };
        let left = iter::repeat_n(item.clone(), index);
        (Self(left), Self(iter::repeat_n(item, behind)))
    }
}

impl<T: Clone> IntoSource for iter::RepeatN<T> {
    type Source = Repeated<T>;

    fn into_source(self) -> Repeated<T> {
        Repeated(self)
    }
}

impl<T: Clone> IntoSource for iter::Repeat<T> {
    type Source = Repeated<T>;

    fn into_source(mut self) -> Repeated<T> {
        let item = self.next().expect("it has no end");
        Repeated(iter::repeat_n(item, usize::MAX))
    }
}

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
    fn one_item_many_times() {
        for len in 0..5 {
            for at in 0..=len {
                let (left, right) = source(iter::repeat_n('x', len)).split_at(at);
                assert_eq!((left.len(), right.len()), (at, len - at));
                assert_eq!(left.into_iter().chain(right).count(), len);
            }
        }
        let (left, right) = source(iter::repeat('x')).take(7).split_at(3);
        assert_eq!(
            (left.len(), right.into_iter().collect::<String>().as_str()),
            (3, "xxxx")
        );
        let (_, rest) = source(iter::repeat('x')).split_at(3);
        assert_eq!(rest.zip(&[1, 2]).into_iter().count(), 2);
    }

    #[test]
    fn one_item_or_none() {
        assert_eq!(source(Some(3)).len(), 1);
        assert_eq!(source(None::<u8>).len(), 0);
        assert_eq!(source(iter::once(3)).into_iter().sum::<u8>(), 3);
    }
}
