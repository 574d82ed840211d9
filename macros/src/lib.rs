//! The attribute macros of divvy: their documentation, and nothing else; what they do is in `divvy-compiler`.
#![forbid(unsafe_code)]

use divvy_compiler::Attribute;
use proc_macro::TokenStream;

#[doc = include_str!("../docs/associative.md")]
#[proc_macro_attribute]
pub fn associative(args: TokenStream, item: TokenStream) -> TokenStream {
    divvy_compiler::expand_in_editor(Attribute::Associative, args.into(), item.into()).into()
}

#[doc = include_str!("../docs/par_divide.md")]
#[proc_macro_attribute]
pub fn par_divide(args: TokenStream, item: TokenStream) -> TokenStream {
    divvy_compiler::expand_in_editor(Attribute::Divide, args.into(), item.into()).into()
}

#[doc = include_str!("../docs/par_for.md")]
#[proc_macro_attribute]
pub fn par_for(args: TokenStream, item: TokenStream) -> TokenStream {
    divvy_compiler::expand_in_editor(Attribute::For, args.into(), item.into()).into()
}

#[doc = include_str!("../docs/par_join.md")]
#[proc_macro_attribute]
pub fn par_join(args: TokenStream, item: TokenStream) -> TokenStream {
    divvy_compiler::expand_in_editor(Attribute::Join, args.into(), item.into()).into()
}

#[doc = include_str!("../docs/par_reduce.md")]
#[proc_macro_attribute]
pub fn par_reduce(args: TokenStream, item: TokenStream) -> TokenStream {
    divvy_compiler::expand_in_editor(Attribute::Reduce, args.into(), item.into()).into()
}

#[doc = include_str!("../docs/par_scan.md")]
#[proc_macro_attribute]
pub fn par_scan(args: TokenStream, item: TokenStream) -> TokenStream {
    divvy_compiler::expand_in_editor(Attribute::Scan, args.into(), item.into()).into()
}

#[doc = include_str!("../docs/par_test.md")]
#[proc_macro_attribute]
pub fn par_test(args: TokenStream, item: TokenStream) -> TokenStream {
    divvy_compiler::expand_in_editor(Attribute::Test, args.into(), item.into()).into()
}

#[doc = include_str!("../docs/monoid.md")]
#[proc_macro_derive(Monoid, attributes(monoid))]
pub fn monoid(item: TokenStream) -> TokenStream {
    divvy_compiler::derive_monoid(item.into()).into()
}
