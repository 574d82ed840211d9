//! Float modes: what `float = ordered` and `float = exact` make of an accumulator that rounds.
//!
//! ```text
//! ordered   a piece run apart lists its terms, and they are added one by one in the sequential order
//! tree      a fixed tree of additions            (crate::reduce, Region::tree)
//! exact     a piece adds without rounding, and the result is rounded once
//! any       added as it comes                    (the law of ops::Rounded)
//! ```
//! Which accumulators round is true of their types, so rustc decides: [`in_order`] and [`exactly`] give a [`Choice`] whose
//! `law` is the type's own one where it has one, and else, one `Deref` further, that of the mode. All these laws have the
//! same methods, so the leaf is the same text for counts and for sums of floats.

mod chunks;
mod exact;
mod ordered;
mod regrouped;
mod superaccumulator;
mod term;

pub use exact::{Exact, ExactLaw, Floats};
pub use ordered::{InOrderLaw, InOrderNet, Signed, Terms};
pub use regrouped::{Net, NetLaw};
pub use superaccumulator::Superaccumulator;
pub use term::{Binary, ByReference, ByValue, Compound, Step, Term};

use crate::laws::{Law, Monoid};
use crate::ops::Add;
use std::marker::PhantomData;
use std::ops::Deref;

/// The mode `float = ordered`.
#[derive(Debug, Clone, Copy)]
pub enum Ordered {}

/// The mode `float = exact`.
#[derive(Debug, Clone, Copy)]
pub enum RoundedOnce {}

/// An accumulator of type `T` under `Op`, whose updates are spelled as `Form`: which law has it?
#[derive(Debug)]
pub struct Choice<Op, Form, Mode, T>(Rounding<Op, Form, Mode, T>);

/// What a [`Choice`] comes to where `T` is no monoid under `Op`.
#[derive(Debug)]
pub struct Rounding<Op, Form, Mode, T>(PhantomData<(Op, Form, Mode)>, PhantomData<fn() -> T>);

impl<Op, Form, Mode, T> Deref for Choice<Op, Form, Mode, T> {
    type Target = Rounding<Op, Form, Mode, T>;

    #[inline]
    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

/// The choice for an accumulator in a loop with `float = ordered`.
#[inline]
pub fn in_order<Op, Form, T>(_: &T) -> Choice<Op, Form, Ordered, T> {
    Choice(Rounding(PhantomData, PhantomData))
}

/// The choice for an accumulator in a loop with `float = exact`.
#[inline]
pub fn exactly<Op, Form, T>(_: &T) -> Choice<Op, Form, RoundedOnce, T> {
    Choice(Rounding(PhantomData, PhantomData))
}

impl<Op, Form, Mode, T: Monoid<Op>> Choice<Op, Form, Mode, T> {
    /// The law of the type: nothing is rounded.
    #[inline]
    pub fn law(&self) -> Law<T> {
        Law::new(|_| T::identity(), T::combine)
    }

    /// The same for an accumulator from which is subtracted, too.
    #[inline]
    pub fn net(&self) -> NetLaw<T> {
        NetLaw::new(self.law())
    }
}

impl<Op, Form, T> Rounding<Op, Form, Ordered, T> {
    /// The law that keeps the order.
    #[inline]
    pub fn law(&self) -> InOrderLaw<Op, Form, T>
    where
        Form: Step<Op, T>,
    {
        InOrderLaw::new()
    }

    /// The same for an accumulator from which is subtracted, too.
    #[inline]
    pub fn net(&self) -> InOrderNet<Form, T> {
        InOrderNet::new()
    }
}

impl<Op, Form, T> Rounding<Op, Form, RoundedOnce, T> {
    /// The law that rounds once.
    #[inline]
    pub fn law(&self) -> ExactLaw<Op, T>
    where
        T: Exact<Op>,
    {
        ExactLaw::new()
    }

    /// The same for an accumulator from which is subtracted, too.
    #[inline]
    pub fn net(&self) -> ExactLaw<Add, T>
    where
        T: Exact<Add>,
    {
        ExactLaw::new()
    }
}
