//! The examples of the README, the guide and the attributes' documentation, as tests.

#[doc = include_str!("../macros/docs/par_join.md")]
mod attribute_par_join {}

#[doc = include_str!("../macros/docs/par_scan.md")]
mod attribute_par_scan {}

#[doc = include_str!("../macros/docs/par_test.md")]
mod attribute_par_test {}

#[doc = include_str!("../README.md")]
mod readme {}

#[doc = include_str!("../macros/docs/associative.md")]
mod attribute_associative {}

#[doc = include_str!("../macros/docs/monoid.md")]
mod attribute_monoid {}

#[doc = include_str!("../macros/docs/par_divide.md")]
mod attribute_par_divide {}

#[doc = include_str!("../macros/docs/par_for.md")]
mod attribute_par_for {}

#[doc = include_str!("../macros/docs/par_reduce.md")]
mod attribute_par_reduce {}

#[doc = include_str!("../guide/src/explanation/homomorphism.md")]
mod guide_homomorphism {}

#[doc = include_str!("../guide/src/howto/backtracking.md")]
mod guide_backtracking {}

#[doc = include_str!("../guide/src/howto/exits.md")]
mod guide_exits {}

#[doc = include_str!("../guide/src/howto/floats.md")]
mod guide_floats {}

#[doc = include_str!("../guide/src/howto/images.md")]
mod guide_images {}

#[doc = include_str!("../guide/src/howto/operations.md")]
mod guide_operations {}

#[doc = include_str!("../guide/src/howto/recursion.md")]
mod guide_recursion {}

#[doc = include_str!("../guide/src/howto/scans.md")]
mod guide_scans {}

#[doc = include_str!("../guide/src/howto/statements.md")]
mod guide_statements {}

#[doc = include_str!("../guide/src/howto/testing.md")]
mod guide_testing {}

#[doc = include_str!("../guide/src/howto/tuning.md")]
mod guide_tuning {}

#[doc = include_str!("../guide/src/introduction.md")]
mod guide_introduction {}

#[doc = include_str!("../guide/src/reference/attributes.md")]
mod guide_attributes {}

#[doc = include_str!("../guide/src/tutorial.md")]
mod guide_tutorial {}
