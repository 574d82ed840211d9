//! Arrays in which each iteration writes an element made from the one before: `a[i] = f(a[i - 1], ..)`.
//!
//! The element before is a carried value. In a copy of the body the own element becomes a local, so that what happens to
//! it can be followed like any other.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::visit_mut::VisitMut;
use syn::{Expr, ExprForLoop};

use crate::analysis::writes::Chained;
use crate::lower::guards::Substitute;
use crate::names::FreeNames;

/// Makes the array's elements variables: `before`, and a local for the own element.
///
/// An iteration that ends early would leave the last step out; the body stays as it is then, and is refused.
pub(super) fn unroll(node: &mut ExprForLoop, array: &Chained, before: &Ident, names: &mut FreeNames) {
    let element = names.free(&format!(
        "{}_element",
        array.written.place.root.trim_start_matches("r#")
    ));
    let own = array.own.clone();
    let text = |expr: &Expr| expr.to_token_stream().to_string();
    let mut replace = |expr: &Expr| {
        if !matches!(expr, Expr::Index(_)) {
            return None;
        }
        let text = text(expr);
        if array.owns.contains(&text) {
            Some(syn::parse_quote!(#element))
        } else if array.befores.contains(&text) {
            Some(syn::parse_quote!(#before))
        } else {
            None
        }
    };
    Substitute(&mut replace).visit_block_mut(&mut node.body);
    node.body.stmts.insert(0, syn::parse_quote!(let mut #element = #own;));
    if ends_early(node) {
        // not to be followed: the element is taken as it was, and as it will be
        node.body.stmts.push(syn::parse_quote!(#before = (#element, #before);));
    } else {
        node.body.stmts.push(syn::parse_quote!(#before = #element;));
    }
}

fn ends_early(node: &ExprForLoop) -> bool {
    struct Continues(bool);
    impl<'a> Visit<'a> for Continues {
        fn visit_expr_continue(&mut self, _: &'a syn::ExprContinue) {
            self.0 = true;
        }

        fn visit_expr_closure(&mut self, _: &'a syn::ExprClosure) {}

        fn visit_block(&mut self, node: &'a syn::Block) {
            visit::visit_block(self, node);
        }
    }
    let mut continues = Continues(false);
    continues.visit_block(&node.body);
    continues.0
}
