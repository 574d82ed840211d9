//! Compiles and runs every form of `tests/expand`, as the user writes it and as it is expanded.

// clippy looks at the text of an expansion, not at expansions: a leaf's own copy of a number is `let n = n;`
#![allow(clippy::redundant_locals)]

#[path = "expand/better_of_two.rs"]
mod better_of_two;
#[path = "expand/better_of_two.expanded.rs"]
#[rustfmt::skip]
#[allow(clippy::collapsible_if)] // clippy looks at the text of an expansion, not at expansions
mod better_of_two_expanded;
#[path = "expand/carried.rs"]
mod carried;
#[path = "expand/carried.expanded.rs"]
#[rustfmt::skip]
mod carried_expanded;
#[path = "expand/carried_lists.rs"]
mod carried_lists;
#[path = "expand/carried_lists.expanded.rs"]
#[rustfmt::skip]
mod carried_lists_expanded;
#[path = "expand/carried_numbers.rs"]
mod carried_numbers;
#[path = "expand/carried_numbers.expanded.rs"]
#[rustfmt::skip]
mod carried_numbers_expanded;
#[path = "expand/cells.rs"]
mod cells;
#[path = "expand/cells.expanded.rs"]
#[rustfmt::skip]
mod cells_expanded;
#[path = "expand/chains.rs"]
mod chains;
#[path = "expand/chains.expanded.rs"]
#[rustfmt::skip]
mod chains_expanded;
#[path = "expand/choices.rs"]
mod choices;
#[path = "expand/choices.expanded.rs"]
#[rustfmt::skip]
mod choices_expanded;
#[path = "expand/counting.rs"]
mod counting;
#[path = "expand/counting.expanded.rs"]
#[rustfmt::skip]
mod counting_expanded;
#[path = "expand/early_exits.rs"]
mod early_exits;
#[path = "expand/early_exits.expanded.rs"]
#[rustfmt::skip]
mod early_exits_expanded;
#[path = "expand/explained.rs"]
mod explained;
#[path = "expand/explained.expanded.rs"]
#[rustfmt::skip]
mod explained_expanded;
#[path = "expand/firsts_and_lasts.rs"]
mod firsts_and_lasts;
#[path = "expand/firsts_and_lasts.expanded.rs"]
#[rustfmt::skip]
mod firsts_and_lasts_expanded;
#[path = "expand/fields_and_references.rs"]
mod fields_and_references;
#[path = "expand/fields_and_references.expanded.rs"]
#[rustfmt::skip]
mod fields_and_references_expanded;
#[path = "expand/operations.rs"]
mod operations;
#[path = "expand/operations.expanded.rs"]
#[rustfmt::skip]
#[allow(unused_mut)]
mod operations_expanded;
#[path = "expand/replays.rs"]
mod replays;
#[path = "expand/replays.expanded.rs"]
#[rustfmt::skip]
mod replays_expanded;
#[path = "expand/several_accumulators.rs"]
mod several_accumulators;
#[path = "expand/several_accumulators.expanded.rs"]
#[rustfmt::skip]
mod several_accumulators_expanded;
#[path = "expand/statements.rs"]
mod statements;
#[path = "expand/statements.expanded.rs"]
#[rustfmt::skip]
mod statements_expanded;
#[path = "expand/sum_of_squares.rs"]
mod sum_of_squares;
#[path = "expand/sum_of_squares.expanded.rs"]
#[rustfmt::skip]
mod sum_of_squares_expanded;
#[path = "expand/ties.rs"]
mod ties;
#[path = "expand/ties.expanded.rs"]
#[rustfmt::skip]
mod ties_expanded;
#[path = "expand/writes.rs"]
mod writes;
#[path = "expand/writes.expanded.rs"]
#[rustfmt::skip]
mod writes_expanded;
#[path = "expand/backtracking.rs"]
mod backtracking;
#[path = "expand/backtracking.expanded.rs"]
#[rustfmt::skip]
#[allow(clippy::collapsible_if)] // clippy looks at the text of an expansion, not at expansions
mod backtracking_expanded;
#[path = "expand/recursions.rs"]
mod recursions;
#[path = "expand/recursions.expanded.rs"]
#[rustfmt::skip]
mod recursions_expanded;
#[path = "expand/macros.rs"]
mod macros;
#[path = "expand/macros.expanded.rs"]
#[rustfmt::skip]
#[allow(clippy::match_single_binding)] // clippy looks at the text of an expansion
mod macros_expanded;
#[path = "expand/offsets.rs"]
mod offsets;
#[path = "expand/offsets.expanded.rs"]
#[rustfmt::skip]
#[allow(clippy::match_single_binding)] // clippy looks at the text of an expansion
mod offsets_expanded;
#[path = "expand/orders.rs"]
mod orders;
#[path = "expand/orders.expanded.rs"]
#[rustfmt::skip]
#[allow(clippy::collapsible_if, unused_parens)] // they are looked for in the text of an expansion, not in expansions
mod orders_expanded;
#[path = "expand/recurrences.rs"]
mod recurrences;
#[path = "expand/recurrences.expanded.rs"]
#[rustfmt::skip]
mod recurrences_expanded;
#[path = "expand/scans.rs"]
mod scans;
#[path = "expand/scans.expanded.rs"]
#[rustfmt::skip]
mod scans_expanded;
#[path = "expand/float_modes.rs"]
mod float_modes;
#[path = "expand/float_modes.expanded.rs"]
#[rustfmt::skip]
mod float_modes_expanded;
#[path = "expand/shared_values.rs"]
mod shared_values;
#[path = "expand/shared_values.expanded.rs"]
#[rustfmt::skip]
mod shared_values_expanded;
