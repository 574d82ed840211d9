//! The names that generated code uses, in one flat list.

pub use crate::calls::{Calls, Either};
pub use crate::chains::{chain, items, numbered, reversed, zipped};
pub use crate::distinct::{Used, distinct};
pub use crate::divide::{
    Ambient, Claim, Cutoff, Forks, Leaf, Outcome, Results, Watches, apart, as_twin, in_twin, put_back,
};
pub use crate::executor::{Executor, with};
pub use crate::exits::{Branch, Exit, NoMacroLeavesHere, branch, failed};
pub use crate::floats::{Binary, Compound, exactly, in_order};
pub use crate::laws::{
    Aside, Associative, Cell, Cells, Commutative, Depth1, Depth2, Depth3, Elementwise, Keyed, Lattice, Law, Monoid,
    Nested, Table, Unordered, cells, commutative, comparable, distinct_values, elementwise, found, held_lattice,
    is_nan, keyed, last, lattice, monoid, unknown,
};
pub use crate::matrix::{Matrix, Panics};
pub use crate::ops;
pub use crate::parts::{Lend, Part, wide, with_parts};
pub use crate::private::own;
pub use crate::reduce::{reduce, reduce_until};
pub use crate::region::{Region, ToSize};
pub use crate::same::same;
pub use crate::scan::steps::{
    Last, Lawful, Linear, Step, affine, affine_ordered, affine_rounded, between, bits, bounded, clamp, clamp_ordered,
    clamp_rounded, compared, linear, linear_ordered, linear_rounded, masked, modular, reduced, scaled, shift,
    shift_ordered, shift_rounded, some, summed,
};
pub use crate::scan::{Peek, Scan};
pub use crate::shared::{Shared, Takes, WayOut, shared, shared_type, taken_along};
pub use crate::site::Site;
pub use crate::sorts::{Other, Reach};
pub use crate::source::{
    Again, IntoSource, Source, chunks, chunks_exact, chunks_exact_mut, chunks_mut, listed, rchunks_mut, read_only,
    source, windows,
};
pub use crate::stretches::stretches;
pub use crate::trail::{Trail, before, inside};
pub use crate::trial::{Text, Trial, Tried, Untried};
