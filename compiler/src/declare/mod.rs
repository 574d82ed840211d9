//! Laws of the user's own: operations declared by a function, and structs that combine field by field.

mod constant;
pub(crate) mod fields;
pub(crate) mod matrix;
pub(crate) mod operation;
