//! Annotate an ordinary sequential function, get a parallel one with the same answer, or a compile error that teaches.
#![forbid(unsafe_code)]

pub use divvy_macros::{par_divide, par_reduce};
