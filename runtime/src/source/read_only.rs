//! Are the items of a source not `&mut`? Only their type knows where the text doesn't say it.
//!
//! A loop that may be left early must not have changed what lies behind its exit, as far as others see it.

use super::Source;
use std::marker::PhantomData;
use std::ops::Deref;

/// The items of a source: `are_read` is the first one that there is of [`Items`], [`Others`] and [`Anything`].
#[derive(Debug)]
pub struct Items<S>(Others<S>);

/// Items that are not `&mut` themselves, nor in the second place of a pair.
#[derive(Debug)]
pub struct Others<S>(Anything, PhantomData<fn() -> S>);

/// Items that nobody else sees, as far as their type tells.
#[derive(Debug)]
pub struct Anything;

/// What is changed in an item is seen outside of the loop.
pub trait Lent {}

impl<T: ?Sized> Lent for &mut T {}
impl<A, T: ?Sized> Lent for (A, &mut T) {}

/// The same for the first place of a pair.
pub trait LentFirst {}

impl<T: ?Sized, B> LentFirst for (&mut T, B) {}

/// Nothing is.
#[diagnostic::on_unimplemented(
    message = "items of type `{Self}` may be changed in a loop that may be left early",
    label = "pieces further right may already have changed theirs when an earlier one leaves",
    note = "if what lies behind the exit may be changed: `relax(late_writes)`; else mark the loop or chain `#[seq]`, or remove the attribute if it is the only one"
)]
pub trait ChangedInOrder {}

impl<S: Source> Items<S>
where
    S::Item: Lent,
{
    /// They may be written.
    pub fn are_read(&self)
    where
        S::Item: ChangedInOrder,
    {
    }
}

impl<S: Source> Others<S>
where
    S::Item: LentFirst,
{
    /// They may be written.
    pub fn are_read(&self)
    where
        S::Item: ChangedInOrder,
    {
    }
}

impl Anything {
    /// They are.
    pub fn are_read(&self) {}
}

impl<S> Deref for Items<S> {
    type Target = Others<S>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<S> Deref for Others<S> {
    type Target = Anything;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

/// The source, if `look` accepts its items.
#[inline]
pub fn read_only<S: Source>(source: S, look: impl FnOnce(&Items<S>)) -> S {
    look(&Items(Others(Anything, PhantomData)));
    source
}
