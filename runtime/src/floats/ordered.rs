//! `float = ordered`: the bits of the sequential program, whatever is rounded.
//!
//! A piece that goes on from the running value updates it as the program says. A piece that is run apart lists its terms;
//! combining it into the running value updates that by one term after the other, so every rounding happens to the same two
//! operands as in the sequential program.

use super::term::{Binary, Compound, Step, Term};
use crate::ops::{Add, Mul};
use std::marker::PhantomData;
use std::ops;

/// An accumulator: the running value, or the terms of a piece that is run apart.
#[derive(Debug, Clone)]
pub enum Terms<T, P = T> {
    /// All that came before is in it.
    Running(T),
    /// What is to be done to the running value, in this order.
    Apart(Vec<P>),
}

impl<T, P> Terms<T, P> {
    #[inline]
    fn update(&mut self, term: P, step: impl FnOnce(&mut T, P)) {
        match self {
            Terms::Running(value) => step(value, term),
            Terms::Apart(terms) => terms.push(term),
        }
    }

    fn combine(&mut self, right: Self, step: impl Fn(&mut T, P)) {
        match (self, right) {
            (Terms::Running(value), Terms::Apart(terms)) => terms.into_iter().for_each(|term| step(value, term)),
            (Terms::Apart(left), Terms::Apart(mut right)) => left.append(&mut right),
            (_, Terms::Running(_)) => unreachable!("only the first piece goes on from the running value"),
        }
    }

    #[inline]
    fn finish(self) -> T {
        match self {
            Terms::Running(value) => value,
            Terms::Apart(_) => unreachable!("the first piece goes on from the running value"),
        }
    }
}

/// The law of an accumulator that keeps the order of its updates.
#[derive(Debug)]
pub struct InOrderLaw<Op, Form, T>(PhantomData<(Op, Form)>, PhantomData<fn() -> T>);

impl<Op, Form, T> InOrderLaw<Op, Form, T> {
    #[inline]
    pub(super) fn new() -> Self {
        Self(PhantomData, PhantomData)
    }

    /// What the first leaf starts from.
    #[inline]
    pub fn start(&self, value: T) -> Terms<T> {
        Terms::Running(value)
    }

    /// The same for a place that can't be moved out of.
    #[inline]
    pub fn start_at(&self, place: &mut T) -> Terms<T>
    where
        T: Clone,
    {
        Terms::Running(place.clone())
    }

    /// What a piece starts from that is run apart.
    #[inline]
    pub fn fresh(&self, _: &Terms<T>) -> Terms<T> {
        Terms::Apart(Vec::new())
    }

    /// What the program goes on with.
    #[inline]
    pub fn finish(&self, found: Terms<T>) -> T {
        found.finish()
    }

    /// Brings the terms of the right piece to the left one.
    #[inline]
    pub fn combine(&self, left: &mut Terms<T>, right: Terms<T>)
    where
        Form: Step<Op, T>,
    {
        left.combine(right, Form::step);
    }
}

impl<Form, T> InOrderLaw<Add, Form, T> {
    /// `acc += term`
    #[inline]
    pub fn add_assign<How, V: Term<T, How>>(&self, acc: &mut Terms<T>, term: V)
    where
        T: ops::AddAssign,
    {
        acc.update(term.own(), <Compound as Step<Add, T>>::step);
    }

    /// `acc = acc + term`
    #[inline]
    pub fn add<How, V: Term<T, How>>(&self, acc: &mut Terms<T>, term: V)
    where
        Binary: Step<Add, T>,
    {
        acc.update(term.own(), <Binary as Step<Add, T>>::step);
    }
}

impl<Form, T> InOrderLaw<Mul, Form, T> {
    /// `acc *= term`
    #[inline]
    pub fn mul_assign<How, V: Term<T, How>>(&self, acc: &mut Terms<T>, term: V)
    where
        T: ops::MulAssign,
    {
        acc.update(term.own(), <Compound as Step<Mul, T>>::step);
    }

    /// `acc = acc * term`
    #[inline]
    pub fn mul<How, V: Term<T, How>>(&self, acc: &mut Terms<T>, term: V)
    where
        Binary: Step<Mul, T>,
    {
        acc.update(term.own(), <Binary as Step<Mul, T>>::step);
    }
}

/// A term and whether it is added or subtracted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Signed<T> {
    /// Added.
    Plus(T),
    /// Subtracted.
    Minus(T),
}

/// How `+` and `-` of one accumulator are spelled.
pub trait NetStep<T> {
    /// Adds or subtracts.
    fn step(acc: &mut T, term: Signed<T>);
}

impl<T: ops::AddAssign + ops::SubAssign> NetStep<T> for Compound {
    #[inline]
    fn step(acc: &mut T, term: Signed<T>) {
        match term {
            Signed::Plus(term) => *acc += term,
            Signed::Minus(term) => *acc -= term,
        }
    }
}

impl<T: Clone + ops::Add<Output = T> + ops::Sub<Output = T>> NetStep<T> for Binary {
    #[inline]
    fn step(acc: &mut T, term: Signed<T>) {
        *acc = match term {
            Signed::Plus(term) => acc.clone() + term,
            Signed::Minus(term) => acc.clone() - term,
        };
    }
}

/// The law of an accumulator with `acc -= term` that keeps the order of its updates.
#[derive(Debug)]
pub struct InOrderNet<Form, T>(PhantomData<Form>, PhantomData<fn() -> T>);

impl<Form: NetStep<T>, T> InOrderNet<Form, T> {
    /// Adds or subtracts, or lists that.
    #[inline]
    fn update(acc: &mut Terms<T, Signed<T>>, term: Signed<T>) {
        acc.update(term, Form::step);
    }

    /// Brings the terms of the right piece to the left one.
    #[inline]
    pub fn combine(&self, left: &mut Terms<T, Signed<T>>, right: Terms<T, Signed<T>>) {
        left.combine(right, Form::step);
    }

    /// `acc += term`
    #[inline]
    pub fn add_assign<How, V: Term<T, How>>(&self, acc: &mut Terms<T, Signed<T>>, term: V) {
        Self::update(acc, Signed::Plus(term.own()));
    }

    /// `acc = acc + term`
    #[inline]
    pub fn add<How, V: Term<T, How>>(&self, acc: &mut Terms<T, Signed<T>>, term: V) {
        Self::update(acc, Signed::Plus(term.own()));
    }

    /// `acc -= term`
    #[inline]
    pub fn sub_assign<How, V: Term<T, How>>(&self, acc: &mut Terms<T, Signed<T>>, term: V) {
        Self::update(acc, Signed::Minus(term.own()));
    }

    /// `acc = acc - term`
    #[inline]
    pub fn sub<How, V: Term<T, How>>(&self, acc: &mut Terms<T, Signed<T>>, term: V) {
        Self::update(acc, Signed::Minus(term.own()));
    }
}

impl<Form, T> InOrderNet<Form, T> {
    #[inline]
    pub(super) fn new() -> Self {
        Self(PhantomData, PhantomData)
    }

    /// What the first leaf starts from.
    #[inline]
    pub fn start(&self, value: T) -> Terms<T, Signed<T>> {
        Terms::Running(value)
    }

    /// The same for a place that can't be moved out of.
    #[inline]
    pub fn start_at(&self, place: &mut T) -> Terms<T, Signed<T>>
    where
        T: Clone,
    {
        Terms::Running(place.clone())
    }

    /// What a piece starts from that is run apart.
    #[inline]
    pub fn fresh(&self, _: &Terms<T, Signed<T>>) -> Terms<T, Signed<T>> {
        Terms::Apart(Vec::new())
    }

    /// What the program goes on with.
    #[inline]
    pub fn finish(&self, found: Terms<T, Signed<T>>) -> T {
        found.finish()
    }
}
