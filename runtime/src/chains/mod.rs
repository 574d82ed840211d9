//! Iterator chains: a source, the user's adaptors on each piece of it, and a terminal that combines the pieces.
//!
//! [`chain`] takes the adaptors as one closure from a piece to an iterator over it. The methods of [`Chain`] are called
//! like the terminals of [`Iterator`] and return what those return: the first of equal minima, the last of equal maxima,
//! the first match, items in order; where a terminal stops early, panics right of that place are never seen.

mod exact;
mod gather;
mod items;
mod ordered;

pub use exact::{ExactChain, ExactTotal};
pub use gather::{Gathered, GatheredItems};
pub use items::{items, numbered, reversed, zipped};
pub use ordered::OrderedChain;

use crate::laws::{Associative, Lattice};
use crate::ops::{Add, Mul, Rounded};
use crate::reduce::{reduce, reduce_until};
use crate::region::Region;
use crate::source::Source;
use std::cmp::Ordering;
use std::iter::{Product, Sum};
use std::marker::PhantomData;

/// How sums and products of a chain may be regrouped.
pub trait Rounding {
    /// The operation of `sum`.
    type Sum;
    /// The operation of `product`.
    type Product;
}

/// Not at all, unless that changes nothing.
#[derive(Debug, Clone, Copy)]
pub enum Exactly {}

impl Rounding for Exactly {
    type Sum = Add;
    type Product = Mul;
}

/// As if rounding didn't matter: what `float = tree` and `float = any` ask for.
#[derive(Debug, Clone, Copy)]
pub enum Freely {}

impl Rounding for Freely {
    type Sum = Rounded<Add>;
    type Product = Rounded<Mul>;
}

/// An iterator chain without its terminal.
#[must_use = "chains do nothing without a terminal"]
#[derive(Debug)]
pub struct Chain<'r, S, P, R = Exactly> {
    region: Region<'r>,
    source: S,
    /// From a piece of the source to the items that the adaptors make of it.
    items: P,
    rounding: PhantomData<R>,
}

/// The chain of `source` and the adaptors in `items`.
#[inline]
pub fn chain<S: Source, I: Iterator, P: Fn(S) -> I + Sync>(region: Region<'_>, source: S, items: P) -> Chain<'_, S, P> {
    Chain {
        region,
        source,
        items,
        rounding: PhantomData,
    }
}

impl<'r, S, P> Chain<'r, S, P> {
    /// The same chain, whose sums and products may round differently.
    #[inline]
    pub fn rounded(self) -> Chain<'r, S, P, Freely> {
        Chain {
            region: self.region,
            source: self.source,
            items: self.items,
            rounding: PhantomData,
        }
    }

    /// The same chain, whose sums and products are those of the sequential program.
    #[inline]
    pub fn in_order(self) -> OrderedChain<'r, S, P> {
        OrderedChain::new(self)
    }

    /// The same chain, whose sums are rounded once.
    #[inline]
    pub fn exactly(self) -> ExactChain<'r, S, P> {
        ExactChain::new(self)
    }
}

impl<S: Source, I: Iterator, P: Fn(S) -> I + Sync, R: Rounding> Chain<'_, S, P, R> {
    /// As [`Iterator::sum`].
    #[inline]
    pub fn sum<T: Sum<I::Item> + Associative<R::Sum> + Send>(self) -> T {
        self.total::<R::Sum, T>(I::sum)
    }

    /// As [`Iterator::product`].
    #[inline]
    pub fn product<T: Product<I::Item> + Associative<R::Product> + Send>(self) -> T {
        self.total::<R::Product, T>(I::product)
    }

    #[inline]
    fn total<Op, T: Associative<Op> + Send>(self, of_piece: impl Fn(I) -> T + Sync) -> T {
        let combine = |left: &mut Option<T>, right: Option<T>| match (left.as_mut(), right) {
            (Some(left), Some(right)) => T::combine(left, right),
            (None, right) => *left = right,
            (Some(_), None) => {}
        };
        let (region, source, items) = (self.region, self.source, self.items);
        let leaf = |mut acc: Option<T>, piece: S| {
            combine(&mut acc, Some(of_piece(items(piece))));
            acc
        };
        let total = if T::ABSORBS {
            let leaf = |acc: Option<T>, piece: S| {
                let acc = leaf(acc, piece);
                let is_final = acc.as_ref().is_some_and(T::is_absorbing);
                (acc, is_final.then_some(()))
            };
            reduce_until(region, source, None, leaf, |_| None, combine).0
        } else {
            reduce(region, source, None, leaf, |_| None, combine)
        };
        total.expect("the first piece has a total")
    }

    /// As [`Iterator::count`].
    #[inline]
    pub fn count(self) -> usize {
        let items = self.items;
        let leaf = |count: usize, piece| count + items(piece).count();
        reduce(self.region, self.source, 0, leaf, |_| 0, |left, right| *left += right)
    }

    /// As [`Iterator::last`].
    #[inline]
    pub fn last(self) -> Option<I::Item>
    where
        I::Item: Send,
    {
        self.best(I::last, |_, later| later)
    }

    /// As [`Iterator::min`].
    #[inline]
    pub fn min(self) -> Option<I::Item>
    where
        I::Item: Ord + Send,
    {
        self.best(I::min, smaller(Ord::cmp))
    }

    /// As [`Iterator::max`].
    #[inline]
    pub fn max(self) -> Option<I::Item>
    where
        I::Item: Ord + Send,
    {
        self.best(I::max, larger(Ord::cmp))
    }

    /// As [`Iterator::min_by`]; the comparison must be a total order.
    #[inline]
    pub fn min_by<F: Fn(&I::Item, &I::Item) -> Ordering + Sync>(self, compare: F) -> Option<I::Item>
    where
        I::Item: Send,
    {
        self.best(|items| items.min_by(&compare), smaller(&compare))
    }

    /// As [`Iterator::max_by`]; the comparison must be a total order.
    #[inline]
    pub fn max_by<F: Fn(&I::Item, &I::Item) -> Ordering + Sync>(self, compare: F) -> Option<I::Item>
    where
        I::Item: Send,
    {
        self.best(|items| items.max_by(&compare), larger(&compare))
    }

    /// As [`Iterator::min_by_key`].
    #[inline]
    pub fn min_by_key<K: Ord + Send, F: Fn(&I::Item) -> K + Sync>(self, key: F) -> Option<I::Item>
    where
        I::Item: Send,
    {
        let keyed = |item: I::Item| (key(&item), item);
        let found = self.best(|items| items.map(keyed).min_by(by_key), smaller(by_key));
        found.map(|(_, item)| item)
    }

    /// As [`Iterator::max_by_key`].
    #[inline]
    pub fn max_by_key<K: Ord + Send, F: Fn(&I::Item) -> K + Sync>(self, key: F) -> Option<I::Item>
    where
        I::Item: Send,
    {
        let keyed = |item: I::Item| (key(&item), item);
        let found = self.best(|items| items.map(keyed).max_by(by_key), larger(by_key));
        found.map(|(_, item)| item)
    }

    /// As [`Iterator::reduce`], by the operation `Op`.
    #[inline]
    pub fn reduce_by<Op, F: Fn(I::Item, I::Item) -> I::Item + Sync>(self, combine: F) -> Option<I::Item>
    where
        I::Item: Associative<Op> + Send,
    {
        self.best(|items| items.reduce(&combine), &combine)
    }

    /// As [`Iterator::reduce`], by a minimum or maximum.
    #[inline]
    pub fn reduce_to_extremum<How, F: Fn(I::Item, I::Item) -> I::Item + Sync>(self, better: F) -> Option<I::Item>
    where
        I::Item: Lattice<How> + Send,
    {
        self.best(|items| items.reduce(&better), &better)
    }

    /// The best of the pieces' best items, `better` getting the earlier one first.
    #[inline]
    fn best<T: Send>(self, of_piece: impl Fn(I) -> Option<T> + Sync, better: impl Fn(T, T) -> T + Sync) -> Option<T> {
        let items = self.items;
        let of_two = |left: Option<T>, right: Option<T>| match (left, right) {
            (Some(left), Some(right)) => Some(better(left, right)),
            (left, right) => left.or(right),
        };
        reduce(
            self.region,
            self.source,
            None,
            |acc, piece| of_two(acc, of_piece(items(piece))),
            |_| None,
            |left, right| *left = of_two(left.take(), right),
        )
    }

    /// As [`Iterator::any`].
    #[inline]
    pub fn any<F: Fn(I::Item) -> bool + Sync>(self, is_it: F) -> bool {
        self.first(|mut items| items.any(&is_it).then_some(())).is_some()
    }

    /// As [`Iterator::all`].
    #[inline]
    pub fn all<F: Fn(I::Item) -> bool + Sync>(self, holds: F) -> bool {
        self.first(|mut items| (!items.all(&holds)).then_some(())).is_none()
    }

    /// As [`Iterator::find`].
    #[inline]
    pub fn find<F: Fn(&I::Item) -> bool + Sync>(self, is_it: F) -> Option<I::Item>
    where
        I::Item: Send,
    {
        self.first(|mut items| items.find(&is_it))
    }

    /// As [`Iterator::find_map`].
    #[inline]
    pub fn find_map<T: Send, F: Fn(I::Item) -> Option<T> + Sync>(self, look: F) -> Option<T> {
        self.first(|mut items| items.find_map(&look))
    }

    /// What is found in the first piece in which something is.
    #[inline]
    fn first<T: Send>(self, of_piece: impl Fn(I) -> Option<T> + Sync) -> Option<T> {
        let items = self.items;
        let leaf = |(), piece| ((), of_piece(items(piece)));
        reduce_until(self.region, self.source, (), leaf, |()| (), |(), ()| ()).1
    }

    /// As [`Iterator::position`].
    #[inline]
    pub fn position<F: Fn(I::Item) -> bool + Sync>(self, is_it: F) -> Option<usize> {
        let items = self.items;
        let leaf = |mut before: usize, piece| {
            let found = items(piece).any(|item| {
                let found = is_it(item);
                before += usize::from(!found);
                found
            });
            (before, found.then_some(()))
        };
        let (position, found) = reduce_until(self.region, self.source, 0, leaf, |_| 0, |left, right| *left += right);
        found.map(|()| position)
    }

    /// As [`Iterator::unzip`].
    #[inline]
    pub fn unzip<A: Send, B: Send, FromA, FromB>(self) -> (FromA, FromB)
    where
        I: Iterator<Item = (A, B)>,
        FromA: Default + Extend<A>,
        FromB: Default + Extend<B>,
    {
        let items = self.items;
        self::both(self.region, self.source, |lists, piece| lists.extend(items(piece)))
    }

    /// As [`Iterator::partition`].
    #[inline]
    pub fn partition<B, F>(self, is_left: F) -> (B, B)
    where
        F: Fn(&I::Item) -> bool + Sync,
        B: Default + Extend<I::Item>,
        I::Item: Send,
    {
        let items = self.items;
        self::both(self.region, self.source, |lists: &mut (Vec<_>, Vec<_>), piece| {
            for item in items(piece) {
                if is_left(&item) {
                    lists.0.push(item);
                } else {
                    lists.1.push(item);
                }
            }
        })
    }
}

/// Two lists, filled piece by piece.
#[inline]
fn both<S: Source, A: Send, B: Send, FromA, FromB>(
    region: Region<'_>,
    source: S,
    fill: impl Fn(&mut (Vec<A>, Vec<B>), S) + Sync,
) -> (FromA, FromB)
where
    FromA: Default + Extend<A>,
    FromB: Default + Extend<B>,
{
    let (left, right) = reduce(
        region,
        source,
        (Vec::new(), Vec::new()),
        |mut lists, piece| {
            fill(&mut lists, piece);
            lists
        },
        |_| (Vec::new(), Vec::new()),
        |left, mut right| {
            left.0.append(&mut right.0);
            left.1.append(&mut right.1);
        },
    );
    let mut found = (FromA::default(), FromB::default());
    found.0.extend(left);
    found.1.extend(right);
    found
}

/// The first of equal items.
fn smaller<T>(compare: impl Fn(&T, &T) -> Ordering) -> impl Fn(T, T) -> T {
    move |left, right| match compare(&left, &right) {
        Ordering::Greater => right,
        _ => left,
    }
}

/// The last of equal items.
fn larger<T>(compare: impl Fn(&T, &T) -> Ordering) -> impl Fn(T, T) -> T {
    move |left, right| match compare(&left, &right) {
        Ordering::Greater => left,
        _ => right,
    }
}

fn by_key<K: Ord, T>(left: &(K, T), right: &(K, T)) -> Ordering {
    left.0.cmp(&right.0)
}
