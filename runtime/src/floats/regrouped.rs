//! Accumulators that don't round, in the words of the modes: what is added goes straight into the partial result.

use crate::laws::Law;
use std::mem;
use std::ops::{Add, AddAssign, Mul, MulAssign, Sub};

impl<T> Law<T> {
    /// What the first leaf starts from.
    #[inline]
    pub fn start(&self, value: T) -> T {
        value
    }

    /// The same for a place that can't be moved out of.
    #[inline]
    pub fn start_at(&self, place: &mut T) -> T {
        self.take(place)
    }

    /// What the program goes on with.
    #[inline]
    pub fn finish(&self, found: T) -> T {
        found
    }

    /// `acc += term`
    #[inline]
    pub fn add_assign<V>(&self, acc: &mut T, term: V)
    where
        T: AddAssign<V>,
    {
        *acc += term;
    }

    /// `acc = acc + term`
    #[inline]
    pub fn add<V>(&self, acc: &mut T, term: V)
    where
        T: Add<V, Output = T>,
    {
        let old = self.take(acc);
        *acc = old + term;
    }

    /// `acc *= term`
    #[inline]
    pub fn mul_assign<V>(&self, acc: &mut T, term: V)
    where
        T: MulAssign<V>,
    {
        *acc *= term;
    }

    /// `acc = acc * term`
    #[inline]
    pub fn mul<V>(&self, acc: &mut T, term: V)
    where
        T: Mul<V, Output = T>,
    {
        let old = self.take(acc);
        *acc = old * term;
    }
}

/// What was added and what was subtracted: a piece that is run apart can't go below its identity.
#[derive(Debug, Clone)]
pub struct Net<T> {
    plus: T,
    minus: T,
}

/// The law of an accumulator with `acc -= term`.
#[derive(Debug)]
pub struct NetLaw<T>(Law<T>);

impl<T> NetLaw<T> {
    #[inline]
    pub(super) fn new(law: Law<T>) -> Self {
        Self(law)
    }

    /// What the first leaf starts from.
    #[inline]
    pub fn start(&self, value: T) -> Net<T> {
        let minus = self.0.fresh(&value);
        Net { plus: value, minus }
    }

    /// The same for a place that can't be moved out of.
    #[inline]
    pub fn start_at(&self, place: &mut T) -> Net<T> {
        self.start(self.0.take(place))
    }

    /// What a piece starts from that is run apart.
    #[inline]
    pub fn fresh(&self, like: &Net<T>) -> Net<T> {
        Net {
            plus: self.0.fresh(&like.plus),
            minus: self.0.fresh(&like.minus),
        }
    }

    /// Combines two partial results.
    #[inline]
    pub fn combine(&self, left: &mut Net<T>, right: Net<T>) {
        self.0.combine(&mut left.plus, right.plus);
        self.0.combine(&mut left.minus, right.minus);
    }

    /// What the program goes on with.
    #[inline]
    pub fn finish(&self, found: Net<T>) -> T
    where
        T: Sub<Output = T>,
    {
        found.plus - found.minus
    }

    /// `acc += term`
    #[inline]
    pub fn add_assign<V>(&self, acc: &mut Net<T>, term: V)
    where
        T: AddAssign<V>,
    {
        acc.plus += term;
    }

    /// `acc = acc + term`
    #[inline]
    pub fn add<V>(&self, acc: &mut Net<T>, term: V)
    where
        T: Add<V, Output = T>,
    {
        let identity = self.0.fresh(&acc.plus);
        acc.plus = mem::replace(&mut acc.plus, identity) + term;
    }

    /// `acc -= term`
    #[inline]
    pub fn sub_assign<V>(&self, acc: &mut Net<T>, term: V)
    where
        T: AddAssign<V>,
    {
        acc.minus += term;
    }

    /// `acc = acc - term`
    #[inline]
    pub fn sub<V>(&self, acc: &mut Net<T>, term: V)
    where
        T: Add<V, Output = T>,
    {
        let identity = self.0.fresh(&acc.minus);
        acc.minus = mem::replace(&mut acc.minus, identity) + term;
    }
}
