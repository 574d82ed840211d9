//! The region that a kernel runs in: its site and its options, as the runtime takes them.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Type;

use crate::diagnostics::ends;
use crate::names::call_at;
use crate::options::{Float, Options};

/// `static SITE: Site = ..;`
pub(crate) fn site(name: &Ident, function: &str, at: Span, runtime: &TokenStream) -> TokenStream {
    let line = u32::try_from(at.start().line).unwrap_or(0);
    let at = Span::mixed_site().located_at(at);
    quote_spanned!(at=> static #name: #runtime::Site = #runtime::Site::new(#function, ::core::file!(), #line);)
}

/// `Region::new(&SITE).threshold(..)..`
pub(crate) fn region(site: &Ident, options: &Options, runtime: &TokenStream) -> TokenStream {
    of_site(&quote!(&#site), options, runtime)
}

/// The region of the site that an expression gives.
pub(crate) fn of_site(site: &TokenStream, options: &Options, runtime: &TokenStream) -> TokenStream {
    let threshold = options.threshold.iter().map(|e| quote!(.threshold(#e)));
    let grain = options.grain.iter().map(|e| quote!(.grain(#e)));
    let pool = options.pool.iter().map(|e| quote!(.pool(#e)));
    let shape = match options.float {
        Some(Float::Tree) => quote!(.tree()),
        Some(Float::Ordered) => quote!(.ordered()),
        Some(Float::Exact | Float::Any) | None => TokenStream::new(),
    };
    quote!(#runtime::Region::new(#site) #(#threshold)* #(#grain)* #(#pool)* #shape)
}

/// `shared(&x, shared(&y, callee))`: a callee that has no type where threads can't share `x` or `y`.
pub(crate) fn sharing(shared: &[TokenStream], callee: TokenStream, runtime: &TokenStream) -> TokenStream {
    shared.iter().rev().fold(callee, |callee, value| {
        let at = ends(value);
        let and = quote_spanned!(at.0=> &);
        call_at(quote!(#runtime::shared), quote!(#and #value, #callee), at)
    })
}

/// `taken_along(&x, callee)`: a callee that has no type where `x`, which a way out takes along, is no copy.
pub(crate) fn taking_along(taken: &[Ident], callee: TokenStream, runtime: &TokenStream) -> TokenStream {
    taken.iter().rev().fold(callee, |callee, value| {
        let at = ends(value);
        let and = quote_spanned!(at.0=> &);
        call_at(quote!(#runtime::taken_along), quote!(#and #value, #callee), at)
    })
}

/// The same for values of these types.
pub(crate) fn sharing_types(types: &[&Type], callee: TokenStream, runtime: &TokenStream) -> TokenStream {
    types.iter().rev().fold(callee, |callee, ty| {
        let at = ends(ty);
        let open = quote_spanned!(at.0=> ::core::marker::PhantomData::<);
        let close = quote_spanned!(at.1=> >);
        call_at(quote!(#runtime::shared_type), quote!(#open #ty #close, #callee), at)
    })
}
