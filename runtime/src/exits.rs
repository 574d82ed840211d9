//! Ways out of a loop: what `break`, `return` and `?` in a leaf become.

use std::convert::Infallible;
use std::ops::ControlFlow;

/// How a loop was left early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit<R> {
    /// By `break`: what stands behind the loop goes on.
    Break,
    /// By `return` or `?`: the function returns this.
    Return(R),
}

/// What a leaf's loop or a statement gives at its end where macros are called that nothing is known of: a `break` or
/// `return` that one of them hides doesn't fit. Rustc's error shows this name at the macro's `break`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoMacroLeavesHere;

/// What may stand before a `?`: the standard library's own, as its trait can't be named on stable Rust.
#[diagnostic::on_unimplemented(
    message = "`?` on `{Self}` can't leave a parallel loop",
    label = "only `Option`, `Result` and `ControlFlow` can",
    note = "take it apart by `match` and leave with a `return`, or make it an `Option` or a `Result` first"
)]
pub trait Branch {
    /// The value without the failure.
    type Output;
    /// The failure without the value.
    type Residual;
    /// The same with another value.
    type With<U>;

    /// Either the value, or the failure.
    fn branch(self) -> ControlFlow<Self::Residual, Self::Output>;

    /// A value that is no failure.
    fn with<U>(value: U) -> Self::With<U>;
}

impl<T> Branch for Option<T> {
    type Output = T;
    type Residual = Option<Infallible>;
    type With<U> = Option<U>;

    #[inline]
    fn branch(self) -> ControlFlow<Self::Residual, T> {
        match self {
            Some(value) => ControlFlow::Continue(value),
            None => ControlFlow::Break(None),
        }
    }

    #[inline]
    fn with<U>(value: U) -> Option<U> {
        Some(value)
    }
}

impl<T, E> Branch for Result<T, E> {
    type Output = T;
    type Residual = Result<Infallible, E>;
    type With<U> = Result<U, E>;

    #[inline]
    fn branch(self) -> ControlFlow<Self::Residual, T> {
        match self {
            Ok(value) => ControlFlow::Continue(value),
            Err(error) => ControlFlow::Break(Err(error)),
        }
    }

    #[inline]
    fn with<U>(value: U) -> Result<U, E> {
        Ok(value)
    }
}

impl<B, C> Branch for ControlFlow<B, C> {
    type Output = C;
    type Residual = ControlFlow<B, Infallible>;
    type With<U> = ControlFlow<B, U>;

    #[inline]
    fn branch(self) -> ControlFlow<Self::Residual, C> {
        match self {
            ControlFlow::Continue(value) => ControlFlow::Continue(value),
            ControlFlow::Break(end) => ControlFlow::Break(ControlFlow::Break(end)),
        }
    }

    #[inline]
    fn with<U>(value: U) -> ControlFlow<B, U> {
        ControlFlow::Continue(value)
    }
}

/// What a function may return that has a `?` with such a failure.
#[diagnostic::on_unimplemented(
    message = "a function that returns `{Self}` can't have this `?`",
    label = "the failure doesn't convert into what the function returns",
    note = "`.ok()?` makes an `Option` of a `Result`, `.ok_or(ERROR)?` a `Result` of an `Option`"
)]
pub trait FromFailure<Residual> {
    /// The failure as the function's result.
    fn from_failure(residual: Residual) -> Self;
}

impl<T> FromFailure<Option<Infallible>> for Option<T> {
    #[inline]
    fn from_failure(_: Option<Infallible>) -> Self {
        None
    }
}

impl<T, E, F: From<E>> FromFailure<Result<Infallible, E>> for Result<T, F> {
    #[inline]
    fn from_failure(residual: Result<Infallible, E>) -> Self {
        let Err(error) = residual;
        Err(F::from(error))
    }
}

impl<B, C> FromFailure<ControlFlow<B, Infallible>> for ControlFlow<B, C> {
    #[inline]
    fn from_failure(residual: ControlFlow<B, Infallible>) -> Self {
        let ControlFlow::Break(end) = residual;
        ControlFlow::Break(end)
    }
}

/// What stands before a `?`, taken apart.
#[inline]
pub fn branch<T: Branch>(tried: T) -> ControlFlow<T::Residual, T::Output> {
    tried.branch()
}

/// The failure behind a `?`, as a way out of the loop.
#[inline]
pub fn failed<R: FromFailure<Residual>, Residual>(residual: Residual) -> Option<Exit<R>> {
    Some(Exit::Return(R::from_failure(residual)))
}
