//! Generation: tokens from plans. Nothing here can fail.

pub(crate) mod chains;
pub(crate) mod divide;
mod iterations;
pub(crate) mod joins;
mod leaf;
mod lints;
pub(crate) mod reduce;
pub(crate) mod region;
pub(crate) mod scans;
pub(crate) mod sorts;
pub(crate) mod source;
pub(crate) mod statements;
pub(crate) mod twin;
