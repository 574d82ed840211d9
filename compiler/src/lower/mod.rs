//! Lowering: from syntax to kernels, the places they touch and how they touch them.

pub(crate) mod accesses;
pub(crate) mod aggregates;
pub(crate) mod arguments;
pub(crate) mod arrays;
pub(crate) mod attempts;
pub(crate) mod backtracking;
pub(crate) mod bests;
pub(crate) mod bindings;
pub(crate) mod carried;
pub(crate) mod cells;
pub(crate) mod chains;
pub(crate) mod choices;
pub(crate) mod collectors;
pub(crate) mod continues;
pub(crate) mod counting;
pub(crate) mod ends;
pub(crate) mod folds;
pub(crate) mod formats;
pub(crate) mod gathered;
pub(crate) mod generators;
pub(crate) mod guarded;
pub(crate) mod guards;
pub(crate) mod held;
pub(crate) mod ignored;
pub(crate) mod indirect;
pub(crate) mod inductions;
pub(crate) mod inlining;
pub(crate) mod jumps;
pub(crate) mod kernels;
pub(crate) mod keys;
pub(crate) mod lengths;
pub(crate) mod lent;
pub(crate) mod listing;
pub(crate) mod lists;
pub(crate) mod locks;
pub(crate) mod marks;
pub(crate) mod namesakes;
pub(crate) mod offsets;
pub(crate) mod places;
pub(crate) mod previous;
pub(crate) mod primitives;
pub(crate) mod ranges;
pub(crate) mod recursion;
pub(crate) mod replays;
pub(crate) mod scalars;
pub(crate) mod scanned;
pub(crate) mod shadows;
pub(crate) mod sizes;
pub(crate) mod slices;
pub(crate) mod sorts;
pub(crate) mod spread;
pub(crate) mod steps;
pub(crate) mod subscripts;
pub(crate) mod tasks;
pub(crate) mod units;
pub(crate) mod updates;
pub(crate) mod uses;
pub(crate) mod variables;
pub(crate) mod ways_out;
pub(crate) mod written;

/// Names one node of the syntax tree for as long as the tree is neither moved nor rebuilt: from lowering to generation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NodeId(usize);

impl NodeId {
    /// The node's name.
    pub(crate) fn of<T>(node: &T) -> NodeId {
        NodeId(std::ptr::from_ref(node).addr())
    }
}
