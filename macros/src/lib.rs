//! The attribute macros of divvy. Their documentation is in the `divvy` crate; what they do is in `divvy-compiler`.
#![forbid(unsafe_code)]

use divvy_compiler::Attribute;
use proc_macro::TokenStream;

/// Declares a function to be an associative operation.
#[proc_macro_attribute]
pub fn associative(args: TokenStream, item: TokenStream) -> TokenStream {
    divvy_compiler::expand(Attribute::Associative, args.into(), item.into()).into()
}

/// Runs the recursive calls of a function side by side.
#[proc_macro_attribute]
pub fn par_divide(args: TokenStream, item: TokenStream) -> TokenStream {
    divvy_compiler::expand(Attribute::Divide, args.into(), item.into()).into()
}

/// Runs the loops of a function that write elements of their own in parallel.
#[proc_macro_attribute]
pub fn par_for(args: TokenStream, item: TokenStream) -> TokenStream {
    divvy_compiler::expand(Attribute::For, args.into(), item.into()).into()
}

/// Runs independent statements of a function side by side.
#[proc_macro_attribute]
pub fn par_join(args: TokenStream, item: TokenStream) -> TokenStream {
    divvy_compiler::expand(Attribute::Join, args.into(), item.into()).into()
}

/// Runs the accumulating loops of a function in parallel.
#[proc_macro_attribute]
pub fn par_reduce(args: TokenStream, item: TokenStream) -> TokenStream {
    divvy_compiler::expand(Attribute::Reduce, args.into(), item.into()).into()
}

/// Runs loops that carry a value along in parallel.
#[proc_macro_attribute]
pub fn par_scan(args: TokenStream, item: TokenStream) -> TokenStream {
    divvy_compiler::expand(Attribute::Scan, args.into(), item.into()).into()
}

/// Runs a test under the sequential program, in pools of several sizes and under adversaries.
#[proc_macro_attribute]
pub fn par_test(args: TokenStream, item: TokenStream) -> TokenStream {
    divvy_compiler::expand(Attribute::Test, args.into(), item.into()).into()
}

/// Combines the values of a struct field by field.
#[proc_macro_derive(Monoid, attributes(monoid))]
pub fn monoid(item: TokenStream) -> TokenStream {
    divvy_compiler::derive_monoid(item.into()).into()
}
