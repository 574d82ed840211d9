//! Results as text, as JSON and as pictures.

mod bars;
mod json;
mod plot;
mod table;

pub use bars::bars;
pub use json::json;
pub use plot::plot;
pub use table::{c_table, large_table, size_table, small_table};
