//! What a chain does with the items of a scan, as statements of the loop.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{Block, Expr, ExprMethodCall, Pat, Stmt};

use crate::lower::folds::{self, Folding, body, returns};
use crate::lower::primitives::is_integer;

/// What becomes of the items of a loop.
pub(super) struct Ending {
    /// What is declared before the loop.
    pub(super) before: Vec<Stmt>,
    /// What is done with an `item`.
    pub(super) each: Vec<Stmt>,
    /// What is there behind the loop.
    pub(super) result: Expr,
}

/// A fold as the end of the loop.
pub(super) fn folded(call: &ExprMethodCall, item: &Ident) -> Option<Ending> {
    let Folding {
        declared,
        ty,
        node,
        names,
    } = folds::folding(call, &call.args[1])?;
    let (start, pattern) = (&call.args[0], &node.pat);
    let ty = ty.map(|ty| quote!(: #ty));
    let mut each = stmts(quote!(let #pattern = #item;));
    each.extend(node.body.stmts);
    Some(Ending {
        before: stmts(quote!(let #declared #ty = #start;)),
        each,
        result: match &names[..] {
            [one] => syn::parse_quote!(#one),
            several => syn::parse_quote!((#(#several),*)),
        },
    })
}

pub(super) fn stmts(tokens: TokenStream) -> Vec<Stmt> {
    let block: Block = syn::parse_quote!({ #tokens });
    block.stmts
}

/// True if the call says that it gives a `Vec`.
pub(super) fn is_vec(call: &ExprMethodCall) -> bool {
    matches!(call.turbofish.as_ref().and_then(|t| t.args.first()),
        Some(syn::GenericArgument::Type(syn::Type::Path(path)))
            if path.path.segments.last().is_some_and(|s| s.ident == "Vec"))
}

pub(super) fn integer_turbofish(call: &ExprMethodCall) -> bool {
    match call.turbofish.as_ref().and_then(|t| t.args.first()) {
        Some(syn::GenericArgument::Type(ty)) => is_integer(ty),
        _ => false,
    }
}

/// What an adaptor does with `item`, as statements of the loop.
pub(super) fn adapted(call: &ExprMethodCall, item: &Ident) -> Option<Vec<Stmt>> {
    let argument = call.args.first().filter(|_| call.args.len() == 1)?;
    Some(match call.method.to_string().as_str() {
        "map" => {
            let value = applied(argument, item, false)?;
            stmts(quote!(let #item = #value;))
        }
        "inspect" => {
            let value = applied(argument, item, true)?;
            stmts(quote!(#value;))
        }
        "filter" => {
            let test = applied(argument, item, true)?;
            stmts(quote!(if !(#test) { continue; }))
        }
        "take_while" => {
            let test = applied(argument, item, true)?;
            stmts(quote!(if !(#test) { break; }))
        }
        "filter_map" | "map_while" => {
            let value = applied(argument, item, false)?;
            let leave = if call.method == "map_while" {
                quote!(break)
            } else {
                quote!(continue)
            };
            stmts(quote! {
                let #item = match #value {
                    ::core::option::Option::Some(#item) => #item,
                    ::core::option::Option::None => #leave,
                };
            })
        }
        _ => return None,
    })
}

/// The function `argument` of `item`, or of a reference to it.
pub(super) fn applied(argument: &Expr, item: &Ident, reference: bool) -> Option<Expr> {
    let item: Expr = if reference {
        syn::parse_quote!(&#item)
    } else {
        syn::parse_quote!(#item)
    };
    match argument {
        Expr::Closure(closure) => {
            let [pattern] = &closure.inputs.iter().collect::<Vec<_>>()[..] else {
                return None;
            };
            let body = body(closure)?;
            if returns(&body) {
                return None;
            }
            let mut stmts: Vec<Stmt> = match pattern {
                Pat::Type(typed) => {
                    let (pattern, ty) = (&typed.pat, &typed.ty);
                    vec![syn::parse_quote!(let #pattern: #ty = #item;)]
                }
                pattern => vec![syn::parse_quote!(let #pattern = #item;)],
            };
            stmts.extend(body.stmts);
            Some(syn::parse_quote!({ #(#stmts)* }))
        }
        Expr::Path(_) => Some(syn::parse_quote!(#argument(#item))),
        _ => None,
    }
}
