//! `#[par_divide]`
use crate::diagnostics::Diagnostics;
use crate::options::Options;
use proc_macro2::TokenStream;
use syn::ItemFn;
pub(crate) fn function(_function: ItemFn, _options: &Options, _diagnostics: &mut Diagnostics) -> Option<TokenStream> {
    None
}
