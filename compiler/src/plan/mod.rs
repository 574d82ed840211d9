//! Plans: what is done with each kernel, decided once, before a token is written.

pub(crate) mod chains;
pub(crate) mod divide;
pub(crate) mod edits;
mod endless;
pub(crate) mod exits;
mod given;
pub(crate) mod loops;
pub(crate) mod paths;
pub(crate) mod reduce;
pub(crate) mod refusals;
pub(crate) mod replays;
mod rounding;
mod sharing;
pub(crate) mod slots;
pub(crate) mod statements;
pub(crate) mod uniques;
