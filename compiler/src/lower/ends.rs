//! Which adaptors in a loop's header end it?
//!
//! `for x in items.take_while(|x| x.is_ok()) { .. }` is `for x in items { if !x.is_ok() { break; } .. }`: what follows the
//! first item that is refused is not looked at. `map_while` is the same with a value.

use quote::{ToTokens, quote_spanned};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprClosure, ExprForLoop, ItemFn, Pat, Stmt, parse_quote_spanned};

use super::kernels::has;
use super::uses;
use crate::diagnostics::ends;
use crate::names::FreeNames;

/// Writes them so in the loops that may become kernels.
pub(crate) fn normalise(function: &mut ItemFn, names: &mut FreeNames) {
    Normalise { inside: false, names }.visit_block_mut(&mut function.block);
}

struct Normalise<'n> {
    /// Inside a loop: only what is marked `#[par]` may become a kernel.
    inside: bool,
    names: &'n mut FreeNames,
}

impl VisitMut for Normalise<'_> {
    fn visit_expr_mut(&mut self, node: &mut Expr) {
        if let Expr::ForLoop(node) = node {
            let wanted = has(&node.attrs, "par") || !(self.inside || has(&node.attrs, "seq"));
            if wanted {
                while spell_out(node, self.names) {}
            }
        }
        let is_loop = matches!(node, Expr::While(_) | Expr::ForLoop(_) | Expr::Loop(_));
        let before = self.inside;
        self.inside |= is_loop;
        visit_mut::visit_expr_mut(self, node);
        self.inside = before;
    }

    fn visit_expr_closure_mut(&mut self, _: &mut ExprClosure) {}

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

/// Takes the last adaptor out of the header, if it ends the loop.
fn spell_out(node: &mut ExprForLoop, names: &mut FreeNames) -> bool {
    let Expr::MethodCall(call) = &*node.expr else {
        return false;
    };
    let is_mapped = call.method == "map_while";
    let Some(Expr::Closure(closure)) = call.args.first().filter(|_| is_mapped || call.method == "take_while") else {
        return false;
    };
    let Some(argument) = plain(closure) else { return false };
    let at = ends(&call.method).0;
    let item = names.free("item");
    let item = syn::Ident::new(&item.to_string(), at);
    let (pattern, body) = (&node.pat, &closure.body);
    let asks: Vec<Stmt> = if is_mapped {
        parse_quote_spanned! {at=>
            let #item = { let #argument = #item; #body };
            let ::core::option::Option::Some(#pattern) = #item else { break };
        }
    } else {
        let goes_on = quote_spanned!(at=> { let #argument = &#item; #body });
        parse_quote_spanned!(at=> if !#goes_on { break; } let #pattern = #item;)
    };
    let receiver = (*call.receiver).clone();
    node.body.stmts.splice(0..0, asks);
    *node.pat = parse_quote_spanned!(at=> #item);
    *node.expr = receiver;
    true
}

/// The argument of a closure whose body may stand in the loop.
fn plain(closure: &ExprClosure) -> Option<&Pat> {
    let body = closure.body.to_token_stream();
    let leaves = uses::occurs(body.clone(), "return") || body.to_string().contains('?');
    let argument = closure.inputs.first().filter(|_| closure.inputs.len() == 1)?;
    (!leaves && closure.asyncness.is_none()).then_some(argument)
}
