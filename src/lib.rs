//! Annotate an ordinary sequential function, get a parallel one with the same answer, or a compile error that teaches.
#![forbid(unsafe_code)]

pub use divvy_macros::{par_divide, par_for, par_reduce};
pub use divvy_runtime::executor::{Executor, with};
pub use divvy_runtime::laws::{Associative, Commutative, Monoid};
pub use divvy_runtime::ops;

/// What generated code calls. Not for use by hand: it changes with the macros.
#[doc(hidden)]
pub mod __private {
    pub use divvy_runtime::generated::*;
}
