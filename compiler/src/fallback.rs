//! What is emitted when something stands in the way: the errors, and the user's function as it was.

use proc_macro2::TokenStream;
use quote::quote;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute as SynAttribute, ExprForLoop, ExprLoop, ExprMethodCall, ExprWhile, ItemFn, Local};

use crate::attribute::Attribute;
use crate::diagnostics::Diagnostics;

/// The rewritten function, or else the errors beside the user's own.
pub(crate) fn finish(item: TokenStream, output: Option<TokenStream>, diagnostics: Diagnostics) -> TokenStream {
    match output {
        Some(output) if diagnostics.is_empty() => output,
        _ => {
            let errors = diagnostics.to_tokens();
            let item = without_markers(item);
            quote!(#item #errors)
        }
    }
}

/// A bug of ours, said as an error at the attribute; the user's function stays.
pub(crate) fn internal_error(attribute: Attribute, item: TokenStream) -> TokenStream {
    let item = without_markers(item);
    let text = format!(
        "divvy {} could not compile {attribute}: this is a bug in divvy, not in this function",
        env!("CARGO_PKG_VERSION")
    );
    quote!(#item ::core::compile_error! { #text })
}

/// The item without `#[par]`, `#[seq]` and `#[fork]`, which only our attributes understand.
fn without_markers(item: TokenStream) -> TokenStream {
    match syn::parse2::<ItemFn>(item.clone()) {
        Ok(mut function) => {
            StripMarkers.visit_item_fn_mut(&mut function);
            quote!(#function)
        }
        Err(_) => item,
    }
}

/// True for an attribute that marks a loop or a statement for us.
pub(crate) fn is_marker(attribute: &SynAttribute) -> bool {
    ["par", "seq", "fork"]
        .iter()
        .any(|name| attribute.path().is_ident(name))
}

/// Takes the markers off loops and statements.
pub(crate) struct StripMarkers;

impl VisitMut for StripMarkers {
    fn visit_expr_for_loop_mut(&mut self, node: &mut ExprForLoop) {
        node.attrs.retain(|a| !is_marker(a));
        visit_mut::visit_expr_for_loop_mut(self, node);
    }

    fn visit_expr_while_mut(&mut self, node: &mut ExprWhile) {
        node.attrs.retain(|a| !is_marker(a));
        visit_mut::visit_expr_while_mut(self, node);
    }

    fn visit_expr_loop_mut(&mut self, node: &mut ExprLoop) {
        node.attrs.retain(|a| !is_marker(a));
        visit_mut::visit_expr_loop_mut(self, node);
    }

    fn visit_expr_method_call_mut(&mut self, node: &mut ExprMethodCall) {
        node.attrs.retain(|a| !is_marker(a));
        visit_mut::visit_expr_method_call_mut(self, node);
    }

    fn visit_local_mut(&mut self, node: &mut Local) {
        node.attrs.retain(|a| !is_marker(a));
        visit_mut::visit_local_mut(self, node);
    }
}
