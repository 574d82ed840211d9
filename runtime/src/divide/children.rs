//! Loops over children: the calls of a loop as joins of its halves, down to single iterations.

use super::claim::Panic;
use super::{Forks, Mode, deep};
use crate::source::{Owned, Source, source};
use std::convert::Infallible;
use std::panic::resume_unwind;
use std::vec::IntoIter;

impl Forks<'_> {
    /// Folds `source` from `start` on with `leaf`, whose calls go on with the `Forks` it is given.
    ///
    /// Halves are joined down to single children, or down to where [`is_leaf`](Self::is_leaf) says that the calls run the
    /// twin. `fresh` and `combine` are those of [`reduce`](fn@crate::reduce::reduce).
    ///
    /// # Cost
    /// One `fresh` and one `combine` for every join.
    ///
    /// # Panics
    /// With the panic of the leftmost child that has one.
    #[inline]
    pub fn reduce<S: Source, A: Send>(
        self,
        source: S,
        start: A,
        leaf: impl Fn(Forks<'_>, A, S) -> A + Sync,
        fresh: impl Fn(&A) -> A + Sync,
        combine: impl Fn(&mut A, A) + Sync,
    ) -> A {
        let leaf = |forks: Forks<'_>, acc, piece| (leaf(forks, acc, piece), None::<Infallible>);
        self.reduce_until(source, start, leaf, fresh, combine).0
    }

    /// As [`reduce`](Self::reduce) for loops that may be left early: `leaf` also says how, and nothing of what lies right
    /// of the leftmost exit is seen.
    ///
    /// # Panics
    /// With the panic of the leftmost child that has one, unless an exit lies left of it.
    #[inline]
    pub fn reduce_until<S: Source, A: Send, E: Send>(
        self,
        source: S,
        start: A,
        leaf: impl Fn(Forks<'_>, A, S) -> (A, Option<E>) + Sync,
        fresh: impl Fn(&A) -> A + Sync,
        combine: impl Fn(&mut A, A) + Sync,
    ) -> (A, Option<E>) {
        let children = Children {
            leaf: &leaf,
            fresh: &fresh,
            combine: &combine,
        };
        children.run(self, source, start)
    }

    /// Where the call of an only child stands: one level deeper, although nothing is joined.
    #[inline]
    fn alone(self) -> Self {
        match self.place.mode() {
            Mode::Leaf => self,
            mode => self.deeper(mode),
        }
    }
}

/// What a variable may be that each child has a clone of.
pub trait PutBack: ToOwned {
    /// Makes it what the clone has become.
    fn put_back(&mut self, own: Self::Owned);
}

impl<T: Clone> PutBack for T {
    #[inline]
    fn put_back(&mut self, own: T) {
        *self = own;
    }
}

impl<T: Clone> PutBack for [T] {
    fn put_back(&mut self, own: Vec<T>) {
        for (place, value) in self.iter_mut().zip(own) {
            *place = value;
        }
    }
}

/// After an early exit, as after the sequential one: what the child that left has made of its clone.
#[inline]
pub fn put_back<T: PutBack + ?Sized>(variable: &mut T, own: T::Owned) {
    variable.put_back(own);
}

/// What a piece of the loop comes to: the accumulators, and how it was left if that was early.
type Piece<A, E> = (A, Option<E>);

/// What generated code hands over.
struct Children<'a, S, A, E> {
    leaf: &'a (dyn Fn(Forks<'_>, A, S) -> Piece<A, E> + Sync + 'a),
    fresh: &'a (dyn Fn(&A) -> A + Sync + 'a),
    combine: &'a (dyn Fn(&mut A, A) + Sync + 'a),
}

impl<S: Source, A: Send, E: Send> Children<'_, S, A, E> {
    fn run(&self, forks: Forks<'_>, source: S, start: A) -> Piece<A, E> {
        if forks.is_leaf() {
            return (self.leaf)(forks, start, source);
        }
        let len = source.len();
        if len <= 1 {
            let forks = forks.alone();
            return match forks.place.mode() {
                Mode::Inside | Mode::SizedInside if forks.is_leaf() => {
                    deep::on_large_stack(|| (self.leaf)(forks, start, source))
                }
                Mode::Deep => {
                    let forks = forks.deeper(Mode::Leaf);
                    deep::on_large_stack(|| (self.leaf)(forks, start, source))
                }
                _ => (self.leaf)(forks, start, source),
            };
        }
        self.halves(forks, source, len / 2, start)
    }

    fn halves(&self, forks: Forks<'_>, source: S, middle: usize, start: A) -> Piece<A, E> {
        let fresh = (self.fresh)(&start);
        let (front, back) = source.split_at(middle);
        let ((mut acc, exit), rest) = forks.join_unless(
            |(_, exit): &Piece<A, E>| exit.is_some(),
            |forks| self.run(forks, front, start),
            |forks| self.run(forks, back, fresh),
        );
        if exit.is_some() {
            return (acc, exit);
        }
        let (right, exit) = rest.claim();
        (self.combine)(&mut acc, right);
        (acc, exit)
    }
}

impl<'a> Forks<'a> {
    /// `items.map(f)`, computed side by side where that pays and in order while it is taken where not.
    ///
    /// # Panics
    /// A panic in a child is raised when its result is taken.
    pub fn children<I: IntoIterator, R: Send, F: Fn(Forks<'_>, I::Item) -> R + Sync>(
        self,
        items: I,
        f: F,
    ) -> Results<'a, I::Item, R, F>
    where
        I::Item: Send,
    {
        let items: Vec<_> = items.into_iter().collect();
        if items.len() <= 1 || self.is_leaf() {
            return Results(State::Pending(items.into_iter(), f, self.alone()));
        }
        let one = |forks: Forks<'_>, item| super::run(|forks| f(forks, item), forks);
        let results = self.reduce(
            source(items),
            Vec::new(),
            |forks, mut results: Vec<_>, piece| {
                results.extend(piece.into_iter().map(|item| one(forks, item)));
                results
            },
            |_| Vec::new(),
            |results, more| results.extend(more),
        );
        Results(State::Done(results.into_iter()))
    }

    /// `items.map(f)` of an array.
    ///
    /// # Panics
    /// With the panic of the leftmost child that has one.
    pub fn array<T: Send, R: Send, const N: usize>(
        self,
        items: [T; N],
        f: impl Fn(Forks<'_>, T) -> R + Sync,
    ) -> [R; N] {
        let mut results = self.children(items, f);
        std::array::from_fn(|_| results.next().expect("every item has a result"))
    }

    /// `items.find_map(f)`; calls behind the first match may run, unseen.
    ///
    /// # Panics
    /// With the panic of the leftmost child that has one, unless a match lies left of it.
    pub fn find_child<I: IntoIterator, R: Send>(
        self,
        items: I,
        f: impl Fn(Forks<'_>, I::Item) -> Option<R> + Sync,
    ) -> Option<R>
    where
        I::Item: Send,
    {
        if self.is_leaf() {
            return items.into_iter().find_map(|item| f(self, item));
        }
        let items: Vec<_> = items.into_iter().collect();
        let leaf =
            |forks: Forks<'_>, (), piece: Owned<I::Item>| ((), piece.into_iter().find_map(|item| f(forks, item)));
        self.reduce_until(source(items), (), leaf, |()| (), |(), ()| ()).1
    }

    /// `items.any(f)`, as [`find_child`](Self::find_child).
    ///
    /// # Panics
    /// As [`find_child`](Self::find_child).
    pub fn any_child<I: IntoIterator>(self, items: I, f: impl Fn(Forks<'_>, I::Item) -> bool + Sync) -> bool
    where
        I::Item: Send,
    {
        self.find_child(items, |forks, item| f(forks, item).then_some(()))
            .is_some()
    }
}

impl Forks<'_> {
    /// `items.all(f)`, as [`find_child`](Self::find_child).
    ///
    /// # Panics
    /// As [`find_child`](Self::find_child).
    pub fn all_children<I: IntoIterator>(self, items: I, f: impl Fn(Forks<'_>, I::Item) -> bool + Sync) -> bool
    where
        I::Item: Send,
    {
        !self.any_child(items, |forks, item| !f(forks, item))
    }
}

/// What the calls over the children come to, in order.
#[must_use = "calls that were not run yet are run when their results are taken"]
pub struct Results<'a, T, R, F>(State<'a, T, R, F>);

enum State<'a, T, R, F> {
    Pending(IntoIter<T>, F, Forks<'a>),
    Done(IntoIter<Result<R, Panic>>),
}

impl<T, R, F: Fn(Forks<'_>, T) -> R> Iterator for Results<'_, T, R, F> {
    type Item = R;

    #[inline]
    fn next(&mut self) -> Option<R> {
        match &mut self.0 {
            State::Pending(items, f, forks) => items.next().map(|item| f(*forks, item)),
            State::Done(results) => results.next().map(|r| r.unwrap_or_else(|panic| resume_unwind(panic))),
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        match &self.0 {
            State::Pending(items, ..) => items.size_hint(),
            State::Done(results) => results.size_hint(),
        }
    }
}

impl<T, R, F: Fn(Forks<'_>, T) -> R> DoubleEndedIterator for Results<'_, T, R, F> {
    #[inline]
    fn next_back(&mut self) -> Option<R> {
        match &mut self.0 {
            State::Pending(items, f, forks) => items.next_back().map(|item| f(*forks, item)),
            State::Done(results) => results
                .next_back()
                .map(|r| r.unwrap_or_else(|panic| resume_unwind(panic))),
        }
    }
}

impl<T, R, F: Fn(Forks<'_>, T) -> R> ExactSizeIterator for Results<'_, T, R, F> {}
