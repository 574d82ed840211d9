//! `if c { total += f(x); }`: a call that runs only under a condition, while what is done with its result has to stay.
//!
//! The statement is cut in two: `let value = if c { Some(f(x)) } else { None };`, which changes nothing and may run beside
//! other calls, and `if let Some(value) = value { total += value; }`. Where the rest uses what the condition binds, the
//! condition is looked at again, so it must be one that only looks.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprIf, Pat, Stmt, parse_quote};

use super::NodeId;
use super::accesses;
use super::bindings::bindings;
use super::recursion::Recursion;
use super::uses;
use crate::analysis::independence::{Footprint, Names, Unit};

/// The two statements that stand for an `if` around one call.
pub(crate) fn cut(
    statement: &Stmt,
    recursion: &Recursion,
    names: &Names,
    value: impl FnOnce() -> Ident,
) -> Option<Vec<Stmt>> {
    let Stmt::Expr(Expr::If(node), _) = statement else {
        return None;
    };
    if node
        .else_branch
        .as_ref()
        .is_some_and(|(_, otherwise)| recursion.is_in(otherwise))
        || recursion.is_in(&node.cond)
    {
        return None;
    }
    let (calls, values) = recursion.calls(&node.then_branch);
    let [call] = calls[..] else { return None };
    let first = node.then_branch.stmts.first()?;
    let tasks = recursion.tasks_of_statement(first);
    let is_first = matches!(&tasks[..], [task] if NodeId::of(task.node) == NodeId::of(call.node));
    let id = NodeId::of(call.node);
    let footprint = Footprint::of(call.node, names);
    let before = Unit::Statement(first).accesses(names, &BTreeSet::from([id]));
    let is_early = before.skipped.iter().all(|(_, _, exits)| *exits == 0);
    let condition = Footprint::of(&node.cond, names);
    let only_looks = condition.is_pure(names) && !condition.leaves() && !condition.has_question();
    // a branch that leaves makes the calls behind it another path
    let branch = accesses::of_block(&node.then_branch, names);
    let stays = branch.exits.iter().all(|exit| exit.what == "?");
    let is_cut = stays && values == 0 && is_first && is_early && footprint.is_pure(names) && only_looks;
    if !is_cut || footprint.leaves() || footprint.has_question() {
        return None;
    }
    let bound = bound(&node.cond);
    let uses_bound = |tokens: TokenStream| bound.iter().any(|name| uses::occurs(tokens.clone(), name));
    let value = value();
    let mut rest = node.clone();
    // the copy has the same shape: its call is found by its number
    let replaced = replace(&mut rest, node, id, &value);
    let again = uses_bound(replaced.then_branch.to_token_stream()) || replaced.else_branch.is_some();
    if again && !may_repeat(&node.cond) {
        return None;
    }
    let (cond, then, call) = (&node.cond, &replaced.then_branch, call.node);
    let some = quote!(::core::option::Option::Some);
    let none = quote!(::core::option::Option::None);
    let asked = only_binding(cond, call.to_token_stream());
    let ask = quote!(if #asked { #some(#call) } else { #none });
    let ask: Stmt = parse_quote!(let #value = #ask;);
    let tell: Expr = if again {
        let otherwise = replaced
            .else_branch
            .as_ref()
            .map(|(token, otherwise)| quote!(#token #otherwise));
        let cond = only_binding(cond, then.to_token_stream());
        parse_quote!(if #cond { if let #some(#value) = #value #then } #otherwise)
    } else {
        parse_quote!(if let #some(#value) = #value #then)
    };
    Some(vec![ask, Stmt::Expr(tell, None)])
}

/// The names that an `if let` binds.
fn bound(condition: &Expr) -> Vec<String> {
    struct Bound(Vec<String>);
    impl<'a> Visit<'a> for Bound {
        fn visit_expr_let(&mut self, node: &'a syn::ExprLet) {
            self.0.extend(bindings(&node.pat).iter().map(|b| b.ident.to_string()));
            visit::visit_expr_let(self, node);
        }

        fn visit_expr_closure(&mut self, _: &'a syn::ExprClosure) {}
    }
    let mut bound = Bound(Vec::new());
    bound.visit_expr(condition);
    bound.0
}

/// The condition, binding only what it uses itself and what `used` mentions.
fn only_binding(condition: &Expr, used: TokenStream) -> Expr {
    struct Unbind {
        kept: Vec<String>,
    }
    impl VisitMut for Unbind {
        fn visit_expr_let_mut(&mut self, node: &mut syn::ExprLet) {
            self.visit_pat_mut(&mut node.pat);
        }

        fn visit_expr_closure_mut(&mut self, _: &mut syn::ExprClosure) {}

        fn visit_field_pat_mut(&mut self, node: &mut syn::FieldPat) {
            visit_mut::visit_field_pat_mut(self, node);
            if matches!(*node.pat, Pat::Wild(_)) && node.colon_token.is_none() {
                node.colon_token = Some(Default::default());
            }
        }

        fn visit_pat_mut(&mut self, node: &mut Pat) {
            match node {
                Pat::Ident(ident) if ident.subpat.is_none() && !self.kept.contains(&ident.ident.to_string()) => {
                    *node = parse_quote!(_);
                }
                _ => visit_mut::visit_pat_mut(self, node),
            }
        }
    }
    let bound = bound(condition);
    let is_used = |name: &String| {
        struct Values(TokenStream);
        impl<'a> Visit<'a> for Values {
            fn visit_expr_let(&mut self, node: &'a syn::ExprLet) {
                self.0.extend(node.expr.to_token_stream());
            }

            fn visit_expr(&mut self, node: &'a Expr) {
                match node {
                    Expr::Binary(_) | Expr::Let(_) | Expr::Paren(_) => visit::visit_expr(self, node),
                    other => self.0.extend(other.to_token_stream()),
                }
            }
        }
        let mut values = Values(TokenStream::new());
        values.visit_expr(condition);
        uses::occurs(used.clone(), name) || uses::occurs(values.0, name)
    };
    // what is no binding is a constant or a variant, which stays
    let mut condition = condition.clone();
    let (kept, gone): (Vec<_>, Vec<_>) = bound.into_iter().partition(is_used);
    if !gone.is_empty() {
        let constants = constants(&condition, &kept, &gone);
        Unbind {
            kept: kept.into_iter().chain(constants).collect(),
        }
        .visit_expr_mut(&mut condition);
    }
    condition
}

/// The lone names in the condition's patterns that bind nothing.
fn constants(condition: &Expr, kept: &[String], gone: &[String]) -> Vec<String> {
    struct Lone(Vec<String>);
    impl<'a> Visit<'a> for Lone {
        fn visit_pat_ident(&mut self, node: &'a syn::PatIdent) {
            self.0.push(node.ident.to_string());
            visit::visit_pat_ident(self, node);
        }
    }
    let mut lone = Lone(Vec::new());
    lone.visit_expr(condition);
    lone.0.retain(|name| !kept.contains(name) && !gone.contains(name));
    lone.0
}

/// True if the condition moves nothing out of its place, as far as the text tells.
fn may_repeat(condition: &Expr) -> bool {
    match condition {
        Expr::Binary(binary) if matches!(binary.op, syn::BinOp::And(_)) => {
            may_repeat(&binary.left) && may_repeat(&binary.right)
        }
        Expr::Let(binding) => match &*binding.expr {
            Expr::Reference(reference) => reference.mutability.is_none(),
            Expr::MethodCall(call) => {
                let name = call.method.to_string();
                matches!(
                    name.as_str(),
                    "as_ref" | "as_deref" | "get" | "first" | "last" | "split_first" | "split_last"
                ) || name.starts_with("checked_")
            }
            _ => false,
        },
        _ => true,
    }
}

/// The copy of an `if` with the variable in the call's place.
fn replace(copy: &mut ExprIf, original: &ExprIf, call: NodeId, value: &Ident) -> ExprIf {
    struct Number {
        wanted: NodeId,
        seen: usize,
        found: Option<usize>,
    }
    impl<'a> Visit<'a> for Number {
        fn visit_expr(&mut self, node: &'a Expr) {
            if NodeId::of(node) == self.wanted {
                self.found = Some(self.seen);
            }
            self.seen += 1;
            visit::visit_expr(self, node);
        }
    }
    struct Put<'v> {
        left: usize,
        value: &'v Ident,
    }
    impl VisitMut for Put<'_> {
        fn visit_expr_mut(&mut self, node: &mut Expr) {
            if self.left == 0 {
                let value = self.value;
                *node = parse_quote!(#value);
                self.left = usize::MAX;
                return;
            }
            self.left -= 1;
            visit_mut::visit_expr_mut(self, node);
        }
    }
    let mut number = Number {
        wanted: call,
        seen: 0,
        found: None,
    };
    number.visit_block(&original.then_branch);
    if let Some(left) = number.found {
        Put { left, value }.visit_block_mut(&mut copy.then_branch);
    }
    copy.clone()
}
