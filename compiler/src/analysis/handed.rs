//! Does an iteration change what it was handed, where others see it?
//!
//! Items may be `&mut` without a sign of it in the loop's header: `for x in cells { *x += 1; }` over a `Vec<&mut u64>`.
//! What can only be changed through a reference tells it: a binding that isn't `mut`, or one that is dereferenced.

use std::collections::BTreeMap;

use syn::visit::{self, Visit};
use syn::{Expr, Pat, Type, UnOp};

use super::mutations;
use crate::lower::accesses::only_looks;
use crate::lower::bindings::bindings;
use crate::lower::updates::is_compound;

/// True if `body` changes something through the names that the patterns bind.
pub(crate) fn is_changed<'p>(patterns: impl IntoIterator<Item = &'p Pat>, body: &Expr) -> bool {
    let mut search = Search::default();
    patterns.into_iter().for_each(|pattern| search.add(pattern));
    search.visit_expr(body);
    search.found
}

/// True if `body` passes one of the names that the patterns bind to a call, as it is.
pub(crate) fn is_handed_on<'p>(patterns: impl IntoIterator<Item = &'p Pat>, body: &Expr) -> bool {
    calls(patterns, body, |search, value, is_argument| {
        is_argument && search.is_item(value)
    })
}

/// True if `body` passes anything of what the patterns bind to a call, or calls a method of it.
pub(crate) fn is_given<'p>(patterns: impl IntoIterator<Item = &'p Pat>, body: &Expr) -> bool {
    calls(patterns, body, |search, value, _| search.is_of_item(value))
}

/// True if `body` has a call with an argument, or a receiver, of which `is_it` is true.
fn calls<'p>(
    patterns: impl IntoIterator<Item = &'p Pat>,
    body: &Expr,
    is_it: impl Fn(&Search, &Expr, bool) -> bool,
) -> bool {
    struct Calls<F>(Search, F, bool);
    impl<'a, F: Fn(&Search, &Expr, bool) -> bool> Visit<'a> for Calls<F> {
        fn visit_expr_call(&mut self, node: &'a syn::ExprCall) {
            self.2 |= node.args.iter().any(|argument| self.1(&self.0, argument, true));
            visit::visit_expr_call(self, node);
        }

        fn visit_expr_method_call(&mut self, node: &'a syn::ExprMethodCall) {
            self.2 |= self.1(&self.0, &node.receiver, false);
            self.2 |= node.args.iter().any(|argument| self.1(&self.0, argument, true));
            visit::visit_expr_method_call(self, node);
        }
    }
    let mut calls = Calls(Search::default(), is_it, false);
    patterns.into_iter().for_each(|pattern| calls.0.add(pattern));
    calls.visit_expr(body);
    calls.2
}

/// True if a type speaks of mutable references.
pub(crate) fn lends(ty: &Type) -> bool {
    struct Lends(bool);
    impl<'a> Visit<'a> for Lends {
        fn visit_type_reference(&mut self, node: &'a syn::TypeReference) {
            self.0 |= node.mutability.is_some();
            visit::visit_type_reference(self, node);
        }
    }
    let mut lends = Lends(false);
    lends.visit_type(ty);
    lends.0
}

/// The names that stand for items or parts of them, and whether they are `mut`.
#[derive(Default)]
struct Search {
    items: BTreeMap<String, bool>,
    found: bool,
}

impl Search {
    fn add(&mut self, pattern: &Pat) {
        let bound = bindings(pattern).into_iter();
        self.items.extend(bound.map(|b| (b.ident.to_string(), b.mutable)));
    }

    /// True if a change of `place` is one of something behind a reference.
    fn is_behind(&self, place: &Expr) -> bool {
        let (mut steps, mut is_deref, mut at) = (0, false, place);
        loop {
            at = match at {
                Expr::Paren(paren) => &paren.expr,
                Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => {
                    (steps, is_deref) = (steps + 1, true);
                    &unary.expr
                }
                Expr::Field(field) => {
                    (steps, is_deref) = (steps + 1, false);
                    &field.base
                }
                Expr::Index(index) => {
                    (steps, is_deref) = (steps + 1, false);
                    &index.expr
                }
                // `x.split(',').next()` changes what `split` has made
                Expr::MethodCall(call) if steps > 0 && only_looks(&call.method.to_string()) => return false,
                Expr::MethodCall(call) => {
                    (steps, is_deref) = (steps + 1, false);
                    &call.receiver
                }
                _ => break,
            };
        }
        let Expr::Path(path) = at else {
            return false;
        };
        let item = path.path.get_ident().and_then(|name| self.items.get(&name.to_string()));
        item.is_some_and(|mutable| is_deref || steps > 0 && !mutable)
    }

    /// True if the value is an item.
    fn is_item(&self, value: &Expr) -> bool {
        matches!(value, Expr::Path(_)) && self.is_of_item(value)
    }

    /// True if the value is an item, or borrowed from one.
    fn is_of_item(&self, value: &Expr) -> bool {
        match value {
            Expr::Paren(paren) => self.is_of_item(&paren.expr),
            Expr::Reference(reference) => self.is_of_item(&reference.expr),
            Expr::Unary(unary) => self.is_of_item(&unary.expr),
            Expr::Field(field) => self.is_of_item(&field.base),
            Expr::Index(index) => self.is_of_item(&index.expr),
            Expr::MethodCall(call) => self.is_of_item(&call.receiver),
            Expr::Path(path) => {
                let name = path.path.get_ident();
                name.is_some_and(|name| self.items.contains_key(&name.to_string()))
            }
            _ => false,
        }
    }
}

impl<'a> Visit<'a> for Search {
    fn visit_expr_assign(&mut self, node: &'a syn::ExprAssign) {
        self.found |= self.is_behind(&node.left);
        visit::visit_expr_assign(self, node);
    }

    fn visit_expr_binary(&mut self, node: &'a syn::ExprBinary) {
        self.found |= is_compound(&node.op) && self.is_behind(&node.left);
        visit::visit_expr_binary(self, node);
    }

    fn visit_expr_reference(&mut self, node: &'a syn::ExprReference) {
        self.found |= node.mutability.is_some() && self.is_behind(&node.expr);
        visit::visit_expr_reference(self, node);
    }

    fn visit_expr_method_call(&mut self, node: &'a syn::ExprMethodCall) {
        // a `str` and an iterator have these, too, and are not changed
        let looks = ["replace", "take"].iter().any(|name| node.method == name);
        self.found |= !looks && mutations::changes_by_name(&node.method.to_string()) && {
            let called: Expr = Expr::MethodCall(node.clone());
            self.is_behind(&called)
        };
        visit::visit_expr_method_call(self, node);
    }

    fn visit_local(&mut self, node: &'a syn::Local) {
        visit::visit_local(self, node);
        if node.init.as_ref().is_some_and(|init| self.is_of_item(&init.expr)) {
            self.add(&node.pat);
        }
    }

    fn visit_expr_let(&mut self, node: &'a syn::ExprLet) {
        if self.is_of_item(&node.expr) {
            self.add(&node.pat);
        }
        visit::visit_expr_let(self, node);
    }

    fn visit_expr_match(&mut self, node: &'a syn::ExprMatch) {
        if self.is_of_item(&node.expr) {
            node.arms.iter().for_each(|arm| self.add(&arm.pat));
        }
        visit::visit_expr_match(self, node);
    }

    fn visit_expr_for_loop(&mut self, node: &'a syn::ExprForLoop) {
        if self.is_of_item(&node.expr) {
            self.add(&node.pat);
        }
        visit::visit_expr_for_loop(self, node);
    }

    fn visit_item(&mut self, _: &'a syn::Item) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_of_items_show_through_references_only() {
        for (text, want) in [
            ("for x in xs { *x += 1; }", true),
            ("for mut x in xs { *x += 1; }", true),
            ("for x in xs { x.count = 1; }", true),
            ("for x in xs { x.push(1); }", true),
            ("for x in xs { x.list[0].n += 1; }", true),
            ("for x in xs { change(&mut *x); }", true),
            ("for (_, x) in xs { for c in x { *c = 0; } }", true),
            ("for x in xs { if let Some(y) = x { *y = 0; } }", true),
            ("for x in xs { let y = &mut x[1..]; y[0] = 1; }", true),
            ("for x in xs { x.parts_mut().push(1); }", true),
            ("for x in xs { x.split_at_mut(1).0[0] = 1; }", true),
            ("for x in xs { if x.split(',').next().is_none() { return; } }", false),
            ("for x in xs { last = x.name.trim().chars().rev().next(); }", false),
            ("for mut x in xs { x.count = 1; x.push(1); x = next(); }", false),
            ("for x in xs { let mut y = x; y[0] = 1; change(&mut y); }", false),
            ("for x in xs { let mut y = *x; y += 1; sum += y; }", false),
            (
                "for x in xs { all.push(x.replace('a', \"b\")); total[x] += x.len(); }",
                false,
            ),
        ] {
            let node: syn::ExprForLoop = syn::parse_str(text).unwrap();
            let body = Expr::Block(syn::ExprBlock {
                attrs: Vec::new(),
                label: None,
                block: node.body.clone(),
            });
            assert_eq!(is_changed([&*node.pat], &body), want, "{text}");
        }
    }
}
