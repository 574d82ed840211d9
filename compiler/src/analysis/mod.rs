//! Analysis: what each place that a kernel touches is to it.

pub(crate) mod accumulators;
pub(crate) mod bounds;
pub(crate) mod called;
pub(crate) mod closures;
pub(crate) mod copied;
pub(crate) mod effects;
pub(crate) mod handed;
pub(crate) mod independence;
pub(crate) mod lends;
pub(crate) mod loans;
pub(crate) mod locals;
pub(crate) mod locks;
pub(crate) mod moves;
pub(crate) mod mutations;
pub(crate) mod named;
pub(crate) mod operations;
pub(crate) mod privates;
pub(crate) mod recurrences;
pub(crate) mod replays;
pub(crate) mod shares;
pub(crate) mod slicing;
pub(crate) mod starts;
pub(crate) mod uniques;
pub(crate) mod writes;
