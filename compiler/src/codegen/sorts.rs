//! A sorting call on what may be a slice: the type decides in the runtime whose method it is.

use quote::{quote, quote_spanned};
use syn::{Expr, ExprMethodCall};

use crate::names::respanned;
use crate::options::Options;

/// `v.sort_by(f)` as `{ use ..; v.reach(pool).sorting().sort_by(f) }`.
pub(crate) fn sort(call: &ExprMethodCall, options: &Options, runtime: &proc_macro2::TokenStream) -> Expr {
    let ExprMethodCall {
        receiver, method, args, ..
    } = call;
    let pool = match &options.pool {
        Some(pool) => quote!(::core::option::Option::Some(#pool)),
        None => quote!(::core::option::Option::None),
    };
    let at = method.span();
    // of the two one is needed only where the receiver is no slice
    let traits = respanned(
        quote!(#[allow(unused_imports)] use #runtime::{Other as _, Reach as _};),
        at,
    );
    let reach = quote_spanned!(at=> .reach(#pool).sorting());
    syn::parse2(quote!({
        #traits
        #receiver #reach.#method(#args)
    }))
    .expect("a block")
}
