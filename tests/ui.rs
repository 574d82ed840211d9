//! What the user reads when something stands in the way: `tests/ui/<error>/<situation>.rs`, one situation a file.
//!
//! `TRYBUILD=overwrite cargo test --test ui` writes the texts anew.

#[test]
fn errors_read_as_reviewed() {
    trybuild::TestCases::new().compile_fail("tests/ui/*/*.rs");
}
