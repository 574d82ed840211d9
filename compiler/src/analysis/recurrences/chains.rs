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
use crate::lower::places::{Place, place_of};
use crate::names::FreeNames;

/// Makes the array's elements variables: `before`, and a local for the own element.
///
/// An iteration that ends early would leave the last step out, and elements that stay elements can't be followed: such a
/// body is refused.
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
    let is_followed = !ends_early(node) && !is_indexed(node, &array.written.place);
    node.body.stmts.insert(0, syn::parse_quote!(let mut #element = #own;));
    node.body.stmts.push(if is_followed {
        syn::parse_quote!(#before = #element;)
    } else {
        // not to be followed: the element is taken as it was, and as it will be
        syn::parse_quote!(#before = (#element, #before);)
    });
}

/// True if elements of the array are still there, in a form that was not understood.
fn is_indexed(node: &ExprForLoop, array: &Place) -> bool {
    struct Indexed<'a> {
        array: &'a Place,
        found: bool,
    }
    impl<'a> Visit<'a> for Indexed<'_> {
        fn visit_expr_index(&mut self, node: &'a syn::ExprIndex) {
            self.found |= place_of(&node.expr).is_some_and(|(place, _)| place.overlaps(self.array));
            visit::visit_expr_index(self, node);
        }

        fn visit_macro(&mut self, node: &'a syn::Macro) {
            self.found |= node.tokens.to_string().contains(&self.array.root);
        }
    }
    let mut indexed = Indexed { array, found: false };
    indexed.visit_block(&node.body);
    indexed.found
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
