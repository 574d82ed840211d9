//! The corrected examples of the guide's page about what rustc says of types.

#[path = "laws/carried_floats.rs"]
mod carried_floats;
#[path = "laws/carried_types.rs"]
mod carried_types;
#[path = "laws/elements.rs"]
mod elements;
#[path = "laws/exact_sums.rs"]
mod exact_sums;
#[path = "laws/items_before_an_exit.rs"]
mod items_before_an_exit;
#[path = "laws/kept_in_cells.rs"]
mod kept_in_cells;
#[path = "laws/no_order.rs"]
mod no_order;
#[path = "laws/not_associative.rs"]
mod not_associative;
#[path = "laws/not_commutative.rs"]
mod not_commutative;
#[path = "laws/one_thread.rs"]
mod one_thread;
#[path = "laws/question_marks.rs"]
mod question_marks;
#[path = "laws/saturating.rs"]
mod saturating;
#[path = "laws/seen_twice.rs"]
mod seen_twice;
#[path = "laws/sizes.rs"]
mod sizes;
#[path = "laws/sources.rs"]
mod sources;
#[path = "laws/tables.rs"]
mod tables;
#[path = "laws/taken_along.rs"]
mod taken_along;
#[path = "laws/terms.rs"]
mod terms;
#[path = "laws/undeclared.rs"]
mod undeclared;
