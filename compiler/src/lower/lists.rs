//! `vec![f(a), f(b)]` becomes an array's `Vec`, so that what is computed in it can be seen; what `format!` is given is
//! computed before.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ItemFn, parse_quote};

/// Expands the lists that have an element for which `is_seen` holds.
pub(crate) fn expand(function: &mut ItemFn, is_seen: impl Fn(&Expr) -> bool) {
    let mut lists = Lists(&is_seen);
    lists.visit_block_mut(&mut function.block);
}

/// Takes the arguments of `format!` that mention `name` out of it.
pub(crate) fn open_formats(function: &mut ItemFn, name: &str) {
    Formats(name).visit_block_mut(&mut function.block);
}

struct Formats<'n>(&'n str);

impl Formats<'_> {
    fn opened(&self, call: &syn::Macro) -> Option<Expr> {
        let arguments = Punctuated::<Expr, syn::Token![,]>::parse_terminated;
        let mut arguments = arguments.parse2(call.tokens.clone()).ok()?;
        let calls = |expr: &Expr| contains(expr.to_token_stream(), self.0);
        if !call.path.is_ident("format") || !arguments.iter().skip(1).any(calls) {
            return None;
        }
        let (mut names, mut values) = (Vec::new(), Vec::new());
        for argument in arguments.iter_mut().skip(1) {
            let argument = match argument {
                Expr::Assign(named) => &mut *named.right,
                argument => argument,
            };
            if matches!(argument, Expr::Path(_) | Expr::Lit(_)) {
                continue;
            }
            let name = format_ident!("argument_{}", names.len(), span = Span::mixed_site());
            let value = std::mem::replace(argument, parse_quote!(#name));
            // the macro itself only looks
            values.push(match calls(&value) {
                true => value,
                false => parse_quote!(&#value),
            });
            names.push(name);
        }
        let (path, arguments) = (&call.path, &arguments);
        Some(parse_quote!({ let (#(#names,)*) = (#(#values,)*); #path!(#arguments) }))
    }
}

impl VisitMut for Formats<'_> {
    fn visit_expr_mut(&mut self, node: &mut Expr) {
        if let Expr::Macro(call) = node
            && let Some(opened) = self.opened(&call.mac)
        {
            *node = opened;
        }
        visit_mut::visit_expr_mut(self, node);
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

/// True if the name stands somewhere in the tokens.
fn contains(tokens: TokenStream, name: &str) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == name,
        TokenTree::Group(group) => contains(group.stream(), name),
        _ => false,
    })
}

struct Lists<'s>(&'s dyn Fn(&Expr) -> bool);

impl VisitMut for Lists<'_> {
    fn visit_expr_mut(&mut self, node: &mut Expr) {
        if let Expr::Macro(call) = node
            && call.mac.path.is_ident("vec")
            && let tokens = &call.mac.tokens
            && let Ok(list) = syn::parse2::<syn::ExprArray>(quote!([#tokens]))
            && list.elems.iter().any(self.0)
        {
            *node = parse_quote!(::std::vec::Vec::from(#list));
        }
        visit_mut::visit_expr_mut(self, node);
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}
