//! Sums of a chain with `float = exact`: every piece is added up without rounding, and the result rounded once.

use super::Chain;
use crate::floats::{Exact, Floats};
use crate::laws::Associative;
use crate::ops::{Add, Mul};
use crate::reduce::reduce_until;
use crate::source::Source;
use std::fmt;
use std::iter;
use std::num::Wrapping;
use std::time::Duration;

/// A type whose sums over `Item` may be cut into pieces and are rounded once.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no exact result under `{Op}` of `{Item}`",
    label = "only sums of floats can be rounded once, at the end",
    note = "products have ever more digits: choose `float = ordered` (the bits of the sequential program) or `float = tree` (the same bits at every thread count) for them",
    note = "your own types, if they add float by float: implement `divvy::Floats` for them"
)]
pub trait ExactTotal<Item, Op>: Sized {
    /// A partial result without rounding.
    type Partial: Send;

    /// The items of a piece.
    fn of_piece(items: impl Iterator<Item = Item>) -> Self::Partial;

    /// Combines two partial results; `left` comes earlier.
    fn combine(left: &mut Self::Partial, right: Self::Partial);

    /// Whether nothing behind this changes it.
    #[inline]
    fn is_absorbing(_: &Self::Partial) -> bool {
        false
    }

    /// The result.
    fn round(partial: Self::Partial) -> Self;
}

/// Types that don't round, by their own laws.
macro_rules! lawful {
    ($($op:ident $method:ident: $($t:ty)*;)*) => {$($(
        lawful!(@ $op $method $t, $t, []);
        lawful!(@ $op $method $t, &'a $t, ['a]);
    )*)*};
    (@ $op:ident $method:ident $t:ty, $item:ty, [$($lifetime:lifetime)?]) => {
        impl<$($lifetime)?> ExactTotal<$item, $op> for $t {
            type Partial = $t;

            #[inline]
            fn of_piece(items: impl Iterator<Item = $item>) -> $t {
                items.$method()
            }

            #[inline]
            fn combine(left: &mut $t, right: $t) {
                <$t as Associative<$op>>::combine(left, right);
            }

            #[inline]
            fn round(partial: $t) -> $t {
                partial
            }
        }
    };
}

lawful! {
    Add sum: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize Duration
        Wrapping<u8> Wrapping<u16> Wrapping<u32> Wrapping<u64> Wrapping<u128> Wrapping<usize>
        Wrapping<i8> Wrapping<i16> Wrapping<i32> Wrapping<i64> Wrapping<i128> Wrapping<isize>;
    Mul product: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize
        Wrapping<u8> Wrapping<u16> Wrapping<u32> Wrapping<u64> Wrapping<u128> Wrapping<usize>
        Wrapping<i8> Wrapping<i16> Wrapping<i32> Wrapping<i64> Wrapping<i128> Wrapping<isize>;
}

macro_rules! rounded {
    ([$($generics:tt)*] $t:ty, $item:ty, |$x:ident| $term:expr) => {
        impl<$($generics)*> ExactTotal<$item, Add> for $t {
            type Partial = <$t as Exact<Add>>::Partial;

            #[inline]
            fn of_piece(items: impl Iterator<Item = $item>) -> Self::Partial {
                // a partial result that is handed on from item to item would be moved each time
                let mut partial = <$t as Exact<Add>>::nothing();
                items.for_each(|$x| <$t as Exact<Add>>::add(&mut partial, $term));
                partial
            }

            #[inline]
            fn combine(left: &mut Self::Partial, right: Self::Partial) {
                <$t as Exact<Add>>::merge(left, right);
            }

            #[inline]
            fn round(partial: Self::Partial) -> Self {
                <$t as Exact<Add>>::round(&partial)
            }
        }
    };
}

rounded!([] f64, f64, |x| x);
rounded!(['a] f64, &'a f64, |x| *x);
rounded!([] f32, f32, |x| x);
rounded!(['a] f32, &'a f32, |x| *x);
rounded!([T: Floats] T, T, |x| x);
rounded!(['a, T: Floats + Copy] T, &'a T, |x| *x);

/// Items that may be missing: the first failure is the result.
macro_rules! failing {
    ([$($generics:tt)*] $whole:ty, $item:ty, $ok:ident, $failure:pat => $failed:expr) => {
        impl<T: ExactTotal<Item, Op> + Send, Item, Op, $($generics)*> ExactTotal<$item, Op> for $whole {
            type Partial = (T::Partial, Option<Self>);

            #[inline]
            fn of_piece(items: impl Iterator<Item = $item>) -> Self::Partial {
                let mut failed = None;
                let partial = T::of_piece(items.map_while(|item| match item {
                    $ok(item) => Some(item),
                    $failure => {
                        failed = Some($failed);
                        None
                    }
                }));
                (partial, failed)
            }

            #[inline]
            fn combine(left: &mut Self::Partial, right: Self::Partial) {
                if left.1.is_none() {
                    T::combine(&mut left.0, right.0);
                    left.1 = right.1;
                }
            }

            #[inline]
            fn is_absorbing(partial: &Self::Partial) -> bool {
                partial.1.is_some()
            }

            #[inline]
            fn round((partial, failed): Self::Partial) -> Self {
                failed.unwrap_or_else(|| $ok(T::round(partial)))
            }
        }
    };
}

failing!([] Option<T>, Option<Item>, Some, None => None);
failing!([E: Send] Result<T, E>, Result<Item, E>, Ok, Err(error) => Err(error));

/// A chain whose sums are rounded once.
#[must_use = "chains do nothing without a terminal"]
pub struct ExactChain<'r, S, P>(Chain<'r, S, P>);

impl<S, P> fmt::Debug for ExactChain<'_, S, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExactChain").finish_non_exhaustive()
    }
}

impl<'r, S, P> ExactChain<'r, S, P> {
    pub(super) fn new(chain: Chain<'r, S, P>) -> Self {
        Self(chain)
    }
}

impl<S: Source, I: Iterator, P: Fn(S) -> I + Sync> ExactChain<'_, S, P> {
    /// As [`Iterator::sum`], rounded once.
    #[inline]
    pub fn sum<T: ExactTotal<I::Item, Add>>(self) -> T {
        self.total::<Add, T>()
    }

    /// As [`Iterator::product`], where nothing is rounded.
    #[inline]
    pub fn product<T: ExactTotal<I::Item, Mul>>(self) -> T {
        self.total::<Mul, T>()
    }

    /// As [`Iterator::reduce`], by the operation `Op`, rounded once.
    #[inline]
    pub fn reduce_by<Op, F>(self, _: F) -> Option<I::Item>
    where
        I::Item: ExactTotal<I::Item, Op>,
        F: Fn(I::Item, I::Item) -> I::Item,
    {
        let of_piece = |mut items: I| {
            let first = items.next()?;
            Some(I::Item::of_piece(iter::once(first).chain(items)))
        };
        let found = self.partial(
            of_piece,
            |_: &<I::Item as ExactTotal<I::Item, Op>>::Partial| false,
            I::Item::combine,
        );
        found.map(I::Item::round)
    }

    #[inline]
    fn total<Op, T: ExactTotal<I::Item, Op>>(self) -> T {
        let found = self.partial(|items| Some(T::of_piece(items)), T::is_absorbing, T::combine);
        T::round(found.expect("the first piece has a total"))
    }

    /// The partial results of all pieces, up to one that nothing behind it changes; none if no piece has one.
    #[inline]
    fn partial<A: Send>(
        self,
        of_piece: impl Fn(I) -> Option<A> + Sync,
        is_final: impl Fn(&A) -> bool + Sync,
        combine: impl Fn(&mut A, A) + Sync,
    ) -> Option<A> {
        let Chain {
            region, source, items, ..
        } = self.0;
        let join = |left: &mut Option<A>, right: Option<A>| match (left.as_mut(), right) {
            (Some(left), Some(right)) => combine(left, right),
            (None, right) => *left = right,
            (Some(_), None) => {}
        };
        let leaf = |mut acc: Option<A>, piece: S| {
            join(&mut acc, of_piece(items(piece)));
            let is_final = acc.as_ref().is_some_and(&is_final);
            (acc, is_final.then_some(()))
        };
        reduce_until(region, source, None, leaf, |_| None, join).0
    }
}
