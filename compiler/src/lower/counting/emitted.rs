//! The `for` loop that a loop that counts is, and what the index is afterwards.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;
use syn::{Block, Expr, ExprWhile, Ident, parse_quote};

use super::Counting;
use super::conditions::{Bound, operand};
use crate::lower::primitives::number;
use crate::lower::uses;

/// The `for` loop, and what the index is after it.
pub(super) fn emit(
    counting: &ExprWhile,
    bound: &Bound<'_>,
    loops: &Counting<'_, '_>,
    flags: &[&Expr],
    body: &Block,
) -> Expr {
    let (attrs, label, token) = (&counting.attrs, &counting.label, &counting.while_token);
    let token = syn::Token![for](token.span);
    let (index, is_unit) = (bound.index, number(loops.by) == Some(1));
    let (range, last) = match is_unit {
        true => range(bound, loops.is_behind),
        false => stepped(bound, loops),
    };
    let condition = condition(bound);
    // an index that only counts is not used inside, which is no matter for a warning
    let item = match uses::occurs(body.to_token_stream(), &index.to_string()) {
        true => index.clone(),
        false => format_ident!("_{}", index.unraw(), span = Span::mixed_site()),
    };
    match &loops.at {
        None if is_unit && bound.is_upward && bound.ahead.is_none() && flags.is_empty() => parse_quote!({
            #(#attrs)* #label #token #item in #range #body
            #[allow(unused_assignments)]
            if #condition { #index = #last; }
        }),
        None => parse_quote!({
            if #condition #(&& #flags)* {
                #(#attrs)* #label #token #item in #range #body
                #[allow(unused_assignments)]
                { #index = #last; }
            }
        }),
        // what the index would be without an exit may be more than its type holds: it is asked for only then
        Some(at) => parse_quote!({
            if #condition #(&& #flags)* {
                let mut #at = ::core::option::Option::None;
                #(#attrs)* #label #token #item in #range #body
                #[allow(unused_assignments)]
                {
                    #index = match #at {
                        ::core::option::Option::Some(#at) => #at,
                        ::core::option::Option::None => #last,
                    };
                }
            }
        }),
    }
}

/// The indices, and the index after them, of a loop by steps of one.
fn range(bound: &Bound<'_>, is_behind: bool) -> (TokenStream, TokenStream) {
    let index = bound.index;
    // where it stands alone, and where it is one operand of several
    let (alone, end) = match bound.ahead {
        None => (bound.end.to_token_stream(), operand(bound.end)),
        Some(ahead) => {
            let (end, ahead) = (operand(bound.end), operand(ahead));
            (quote!(#end - #ahead), quote!((#end - #ahead)))
        }
    };
    match (bound.is_upward, bound.inclusive) {
        (true, false) => (quote!(#index..#alone), alone),
        (true, true) => (quote!(#index..=#alone), quote!(#end + 1)),
        (false, false) if is_behind => (quote!((#alone..#index).rev()), alone),
        (false, false) => {
            let first = match number(bound.end) {
                Some(number) => Literal::u64_unsuffixed(number + 1).to_token_stream(),
                None => quote!(#end + 1),
            };
            (quote!((#first..=#index).rev()), alone)
        }
        (false, true) => (quote!((#alone..=#index).rev()), quote!(#end - 1)),
    }
}

/// The same of a loop by other steps.
fn stepped(bound: &Bound<'_>, loops: &Counting<'_, '_>) -> (TokenStream, TokenStream) {
    let (index, by) = (bound.index, operand(loops.by));
    let (range, _) = range(bound, loops.is_behind);
    let steps = match number(loops.by) {
        Some(_) => by.clone(),
        None => quote!(#by as usize),
    };
    let sign = if loops.is_upward { quote!(+) } else { quote!(-) };
    // one step behind the last item: differences could be more than a signed type holds
    let [items, item] = ["items", "item"].map(|name| Ident::new(name, Span::mixed_site()));
    let last = quote!({
        let mut #items = (#range).step_by(#steps);
        #items.nth(#items.size_hint().0 - 1).map_or(#index, |#item| #item #sign #by)
    });
    (quote!((#range).step_by(#steps)), last)
}

/// What the loop asks before it begins.
fn condition(bound: &Bound<'_>) -> TokenStream {
    let (index, end) = (bound.index, bound.end);
    let index = match bound.ahead {
        None => quote!(#index),
        Some(ahead) => {
            let ahead = operand(ahead);
            quote!(#index + #ahead)
        }
    };
    match (bound.is_upward, bound.inclusive) {
        (true, false) => quote!(#index < #end),
        (true, true) => quote!(#index <= #end),
        (false, false) => quote!(#index > #end),
        (false, true) => quote!(#index >= #end),
    }
}
