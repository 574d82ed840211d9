//! `vec![f(a), f(b)]` becomes an array's `Vec`, so that what is computed in it can be seen.

use quote::quote;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ItemFn, parse_quote};

/// Expands the lists that have an element for which `is_seen` holds.
pub(crate) fn expand(function: &mut ItemFn, is_seen: impl Fn(&Expr) -> bool) {
    let mut lists = Lists(&is_seen);
    lists.visit_block_mut(&mut function.block);
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
