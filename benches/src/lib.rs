//! Kernels, each in several versions: sequential, with divvy's attribute, by hand in rayon, and in other libraries.
//!
//! The sequential version and the annotated one are the same text ([`twins`]). The versions by hand are written for speed,
//! with a cutoff as their last argument; `ratios -- tune` tries cutoffs; the one in use stands in the kernel's file.
#![forbid(unsafe_code)]

pub mod c;
pub mod case;
pub mod kernels;
pub mod measure;
pub mod report;
pub mod small;
mod twins;

pub use case::{Case, Contender, Run, Who};
pub use kernels::{Kernel, chosen};
