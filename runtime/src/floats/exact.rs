//! `float = exact`: the sum as if with infinitely many digits, rounded once.
//!
//! Addition without rounding is associative and commutative, so pieces may be cut and combined in any way and the bits are
//! always the same. The terms are the floats that the program adds: in `dot += x * y` the product is rounded, as written,
//! and the sum of the rounded products is exact.

use super::superaccumulator::Superaccumulator;
use super::term::Term;
use crate::ops::Add;
use std::marker::PhantomData;
use std::ops::Deref;

/// A type whose values can be combined under `Op` without rounding, and rounded once at the end.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no exact result under `{Op}`",
    label = "only sums of floats can be rounded once, at the end",
    note = "products have ever more digits: choose `float = ordered` (the bits of the sequential program) or `float = tree` (the same bits at every thread count) for them",
    note = "your own types, if they add float by float: implement `divvy::Floats` for them"
)]
pub trait Exact<Op>: Sized {
    /// A partial result without rounding.
    type Partial: Send + Clone;

    /// No terms at all.
    fn nothing() -> Self::Partial;

    /// Adds a term.
    fn add(partial: &mut Self::Partial, term: Self);

    /// Subtracts a term.
    fn subtract(partial: &mut Self::Partial, term: Self);

    /// Adds another partial result.
    fn merge(partial: &mut Self::Partial, other: Self::Partial);

    /// The nearest value.
    fn round(partial: &Self::Partial) -> Self;
}

macro_rules! floats {
    ($($t:ty: $round:ident)*) => {$(
        impl Exact<Add> for $t {
            type Partial = Superaccumulator;

            #[inline]
            fn nothing() -> Superaccumulator {
                Superaccumulator::new()
            }

            #[inline]
            fn add(partial: &mut Superaccumulator, term: Self) {
                partial.add(f64::from(term));
            }

            #[inline]
            fn subtract(partial: &mut Superaccumulator, term: Self) {
                partial.add(f64::from(-term));
            }

            #[inline]
            fn merge(partial: &mut Superaccumulator, other: Superaccumulator) {
                partial.merge(other);
            }

            #[inline]
            fn round(partial: &Superaccumulator) -> Self {
                partial.$round()
            }
        }
    )*};
}

floats! { f64: to_f64 f32: to_f32 }

impl<T: Exact<Add>, const N: usize> Exact<Add> for [T; N] {
    type Partial = [T::Partial; N];

    fn nothing() -> Self::Partial {
        std::array::from_fn(|_| T::nothing())
    }

    #[inline]
    fn add(partial: &mut Self::Partial, term: Self) {
        partial.iter_mut().zip(term).for_each(|(sum, term)| T::add(sum, term));
    }

    #[inline]
    fn subtract(partial: &mut Self::Partial, term: Self) {
        partial
            .iter_mut()
            .zip(term)
            .for_each(|(sum, term)| T::subtract(sum, term));
    }

    fn merge(partial: &mut Self::Partial, other: Self::Partial) {
        partial
            .iter_mut()
            .zip(other)
            .for_each(|(sum, other)| T::merge(sum, other));
    }

    fn round(partial: &Self::Partial) -> Self {
        partial.each_ref().map(T::round)
    }
}

/// A type of floats that adds float by float, such as a complex number or a vector: what `float = exact` needs to know.
///
/// ```
/// #[derive(Clone, Copy)]
/// struct Complex {
///     re: f64,
///     im: f64,
/// }
///
/// impl divvy_runtime::floats::Floats for Complex {
///     type Parts = [f64; 2];
///
///     fn into_parts(self) -> [f64; 2] {
///         [self.re, self.im]
///     }
///
///     fn from_parts([re, im]: [f64; 2]) -> Self {
///         Self { re, im }
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no exact sum",
    label = "nothing says of which floats it is made",
    note = "your own types, if they add float by float: implement `divvy::Floats` for them",
    note = "other types: choose `float = ordered` (the bits of the sequential program)"
)]
pub trait Floats: Sized {
    /// The floats: an array of `f32` or `f64`.
    type Parts: Exact<Add>;

    /// The floats of a value.
    fn into_parts(self) -> Self::Parts;

    /// The value of these floats.
    fn from_parts(parts: Self::Parts) -> Self;
}

impl<T: Floats> Exact<Add> for T {
    type Partial = <T::Parts as Exact<Add>>::Partial;

    #[inline]
    fn nothing() -> Self::Partial {
        T::Parts::nothing()
    }

    #[inline]
    fn add(partial: &mut Self::Partial, term: Self) {
        T::Parts::add(partial, term.into_parts());
    }

    #[inline]
    fn subtract(partial: &mut Self::Partial, term: Self) {
        T::Parts::subtract(partial, term.into_parts());
    }

    #[inline]
    fn merge(partial: &mut Self::Partial, other: Self::Partial) {
        T::Parts::merge(partial, other);
    }

    #[inline]
    fn round(partial: &Self::Partial) -> Self {
        T::from_parts(T::Parts::round(partial))
    }
}

/// The law of an accumulator that is rounded once.
#[derive(Debug)]
pub struct ExactLaw<Op, T>(PhantomData<Op>, Lawless<T>);

impl<Op, T> ExactLaw<Op, T> {
    #[inline]
    pub(super) fn new() -> Self {
        Self(PhantomData, Lawless(PhantomData))
    }
}

/// What the methods of an [`ExactLaw`] are found on if the type has no exact sum: rustc has said so where the law was
/// asked for, and says nothing more. Never called.
#[derive(Debug)]
pub struct Lawless<T>(PhantomData<fn() -> T>);

impl<Op, T> Deref for ExactLaw<Op, T> {
    type Target = Lawless<T>;

    fn deref(&self) -> &Lawless<T> {
        &self.1
    }
}

macro_rules! lawless {
    ($($method:ident)*) => {
        impl<T> Lawless<T> {
            $(pub fn $method<V>(&self, _: &mut T, _: V) {
                unreachable!("there is a compile error")
            })*
        }
    };
}

lawless! { add add_assign sub sub_assign mul mul_assign }

impl<T> Lawless<T> {
    pub fn start(&self, value: T) -> T {
        value
    }

    pub fn start_at(&self, _: &mut T) -> T {
        unreachable!("there is a compile error")
    }

    pub fn fresh(&self, _: &T) -> T {
        unreachable!("there is a compile error")
    }

    pub fn combine(&self, _: &mut T, _: T) {}

    pub fn finish(&self, value: T) -> T {
        value
    }
}

impl<Op, T: Exact<Op>> ExactLaw<Op, T> {
    /// What the first leaf starts from.
    #[inline]
    pub fn start(&self, value: T) -> T::Partial {
        let mut partial = T::nothing();
        T::add(&mut partial, value);
        partial
    }

    /// The same for a place that can't be moved out of.
    #[inline]
    pub fn start_at(&self, place: &mut T) -> T::Partial
    where
        T: Clone,
    {
        self.start(place.clone())
    }

    /// What a piece starts from that is run apart.
    #[inline]
    pub fn fresh(&self, _: &T::Partial) -> T::Partial {
        T::nothing()
    }

    /// Combines two partial results.
    #[inline]
    pub fn combine(&self, left: &mut T::Partial, right: T::Partial) {
        T::merge(left, right);
    }

    /// What the program goes on with.
    #[inline]
    pub fn finish(&self, found: T::Partial) -> T {
        T::round(&found)
    }

    /// `acc += term`
    #[inline]
    pub fn add_assign<How, V: Term<T, How>>(&self, acc: &mut T::Partial, term: V) {
        T::add(acc, term.own());
    }

    /// `acc = acc + term`
    #[inline]
    pub fn add<How, V: Term<T, How>>(&self, acc: &mut T::Partial, term: V) {
        T::add(acc, term.own());
    }

    /// `acc -= term`
    #[inline]
    pub fn sub_assign<How, V: Term<T, How>>(&self, acc: &mut T::Partial, term: V) {
        T::subtract(acc, term.own());
    }

    /// `acc = acc - term`
    #[inline]
    pub fn sub<How, V: Term<T, How>>(&self, acc: &mut T::Partial, term: V) {
        T::subtract(acc, term.own());
    }

    /// `acc *= term`
    #[inline]
    pub fn mul_assign<How, V: Term<T, How>>(&self, acc: &mut T::Partial, term: V) {
        T::add(acc, term.own());
    }

    /// `acc = acc * term`
    #[inline]
    pub fn mul<How, V: Term<T, How>>(&self, acc: &mut T::Partial, term: V) {
        T::add(acc, term.own());
    }
}
