//! The corrected examples of the guide's page an error: each compiles and gives the right answer.

#[path = "corrected/accumulator_read.rs"]
mod accumulator_read;
#[path = "corrected/async_function.rs"]
mod async_function;
#[path = "corrected/atomic_in_body.rs"]
mod atomic_in_body;
#[path = "corrected/bad_value.rs"]
mod bad_value;
#[path = "corrected/const_function.rs"]
mod const_function;
#[path = "corrected/dependent_call.rs"]
mod dependent_call;
#[path = "corrected/dependent_statement.rs"]
mod dependent_statement;
#[path = "corrected/duplicate_option.rs"]
mod duplicate_option;
#[path = "corrected/early_exit.rs"]
mod early_exit;
#[path = "corrected/field_without_operation.rs"]
mod field_without_operation;
#[path = "corrected/input_in_body.rs"]
mod input_in_body;
#[path = "corrected/laws.rs"]
mod laws;
#[path = "corrected/lock_held.rs"]
mod lock_held;
#[path = "corrected/lock_in_body.rs"]
mod lock_in_body;
#[path = "corrected/loop_carried.rs"]
mod loop_carried;
#[path = "corrected/missing_bound.rs"]
mod missing_bound;
#[path = "corrected/mixed_operations.rs"]
mod mixed_operations;
#[path = "corrected/mutable_borrow.rs"]
mod mutable_borrow;
#[path = "corrected/nested_too_deep.rs"]
mod nested_too_deep;
#[path = "corrected/no_identity.rs"]
mod no_identity;
#[path = "corrected/no_iterations.rs"]
mod no_iterations;
#[path = "corrected/no_loop.rs"]
mod no_loop;
#[path = "corrected/no_monoid.rs"]
mod no_monoid;
#[path = "corrected/no_recursion.rs"]
mod no_recursion;
#[path = "corrected/no_size.rs"]
mod no_size;
#[path = "corrected/not_a_function.rs"]
mod not_a_function;
#[path = "corrected/not_a_struct.rs"]
mod not_a_struct;
#[path = "corrected/not_a_test.rs"]
mod not_a_test;
#[path = "corrected/not_an_operation.rs"]
mod not_an_operation;
#[path = "corrected/nothing_to_reduce.rs"]
mod nothing_to_reduce;
#[path = "corrected/nothing_to_scan.rs"]
mod nothing_to_scan;
#[path = "corrected/one_call.rs"]
mod one_call;
#[path = "corrected/one_statement.rs"]
mod one_statement;
#[path = "corrected/ordered_chain.rs"]
mod ordered_chain;
#[path = "corrected/output_in_body.rs"]
mod output_in_body;
#[path = "corrected/place_written.rs"]
mod place_written;
#[path = "corrected/replayed_use.rs"]
mod replayed_use;
#[path = "corrected/shared_mut.rs"]
mod shared_mut;
#[path = "corrected/static_in_body.rs"]
mod static_in_body;
#[path = "corrected/two_variables.rs"]
mod two_variables;
#[path = "corrected/unknown_method.rs"]
mod unknown_method;
#[path = "corrected/unknown_operation.rs"]
mod unknown_operation;
#[path = "corrected/unknown_option.rs"]
mod unknown_option;
#[path = "corrected/unsafe_function.rs"]
mod unsafe_function;
#[path = "corrected/wrong_attribute.rs"]
mod wrong_attribute;
#[path = "corrected/wrong_attribute_option.rs"]
mod wrong_attribute_option;
