//! What all pieces of a region look at, and a check at compile time that threads may share it.
//!
//! That a closure may be shared is what rayon asks for, but an error about it would speak of closures that the user
//! didn't write, far from the variable that is the cause. So the generated code names such variables one by one, in the
//! callee of the region's call: where one of them can't be shared, the call has no type, and the compiler says nothing
//! more about it.

use std::marker::PhantomData;

/// Threads may share values of this type.
///
/// `How` makes two implementations of one: with a single one the compiler would choose it without looking at its bounds,
/// and [`Of`](Shared::Of) would be known even where they don't hold.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be shared by threads that run at the same time",
    label = "every piece of the work needs it, and pieces run on several threads",
    note = "what is changed through shared references without a lock is for one thread: `Rc`, `Cell`, `RefCell`, and what has them in a field, however deep; so are raw pointers",
    note = "take out what is needed before: `let value = cell.get();` or `let list: &[_] = &rc;`, or hold it by `Arc`, an atomic or a `Mutex`",
    note = "type parameters and `dyn` types need the bound: `T: Sync`, `dyn Trait + Sync`"
)]
pub trait Shared<How> {
    /// `F`
    type Of<F>;

    /// The value itself.
    fn of<F>(value: F) -> Self::Of<F>;
}

/// How values are shared that may be.
#[derive(Debug)]
pub enum Freely {}

/// How no value is.
#[derive(Debug)]
pub enum NotAtAll {}

/// Nothing is.
pub(crate) trait Nothing {}

#[diagnostic::do_not_recommend]
impl<T: Sync + ?Sized> Shared<Freely> for T {
    type Of<F> = F;

    #[inline(always)]
    fn of<F>(value: F) -> F {
        value
    }
}

#[diagnostic::do_not_recommend]
impl<T: Nothing + ?Sized> Shared<NotAtAll> for T {
    type Of<F> = F;

    #[inline(always)]
    fn of<F>(value: F) -> F {
        value
    }
}

/// `callee`, if threads may share `value`.
///
/// # Examples
///
/// ```
/// # use divvy_runtime::shared::shared;
/// fn twice(x: u32) -> u32 {
///     2 * x
/// }
/// let table = vec![1, 2, 3];
/// assert_eq!(shared(&table, twice)(21), 42);
/// ```
///
/// ```compile_fail
/// # use divvy_runtime::shared::shared;
/// # fn twice(x: u32) -> u32 { 2 * x }
/// let table = std::rc::Rc::new([1, 2, 3]);
/// shared(&table, twice)(21);
/// ```
#[inline(always)]
pub fn shared<T: Shared<How> + ?Sized, How, F>(_value: &T, callee: F) -> T::Of<F> {
    T::of(callee)
}

/// `callee`, if threads may share values of the type `T`.
#[inline(always)]
pub fn shared_type<T: Shared<How> + ?Sized, How, F>(_of: PhantomData<T>, callee: F) -> T::Of<F> {
    T::of(callee)
}

/// What gives something away: a type of its own, so that rustc proposes nothing for the type that is given away.
#[derive(Debug)]
pub enum WayOut {}

/// A way out of a loop may take a `T` along, although all pieces look at it: only copies can be.
///
/// `How` makes two implementations of one, as in [`Shared`].
#[diagnostic::on_unimplemented(
    message = "a `return` moves a `{T}` out of the loop",
    label = "the pieces of the loop share this, so none of them can give it away",
    note = "return a clone of it, `return Some((name.clone(), i))`; or leave the loop by `break`, and return it behind the loop"
)]
pub trait Takes<T, How> {
    /// `F`
    type Of<F>;

    /// The value itself.
    fn of<F>(value: F) -> Self::Of<F>;
}

#[diagnostic::do_not_recommend]
impl<T: Copy> Takes<T, Freely> for WayOut {
    type Of<F> = F;

    #[inline(always)]
    fn of<F>(value: F) -> F {
        value
    }
}

#[diagnostic::do_not_recommend]
impl<T: Nothing> Takes<T, NotAtAll> for WayOut {
    type Of<F> = F;

    #[inline(always)]
    fn of<F>(value: F) -> F {
        value
    }
}

/// `callee`, if a way out of the loop may take `value` along.
#[inline(always)]
pub fn taken_along<T, How, F>(_value: &T, callee: F) -> <WayOut as Takes<T, How>>::Of<F>
where
    WayOut: Takes<T, How>,
{
    <WayOut as Takes<T, How>>::of(callee)
}
