//! Expressions as texts: what they are about, what stands in for them, and which are the same.

use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprMethodCall};

use crate::lower::choices::in_some;
use crate::lower::places::{Place, place_of};
use crate::lower::updates::strip;

/// True if the expression is about the place.
pub(crate) fn mentions(expr: &Expr, place: &Place) -> bool {
    struct Find<'p>(&'p Place, bool);
    impl<'a> syn::visit::Visit<'a> for Find<'_> {
        fn visit_expr(&mut self, node: &'a Expr) {
            match place_of(node) {
                Some((place, _)) if place.overlaps(self.0) => self.1 = true,
                _ => syn::visit::visit_expr(self, node),
            }
        }

        fn visit_macro(&mut self, node: &'a syn::Macro) {
            self.1 |= node.tokens.to_string().contains(self.0.root.as_str());
        }
    }
    let mut find = Find(place, false);
    syn::visit::Visit::visit_expr(&mut find, expr);
    find.1
}

/// Replaces every place for which the function has an answer.
pub(crate) struct Substitute<'f>(pub(crate) &'f mut dyn FnMut(&Expr) -> Option<Expr>);

impl VisitMut for Substitute<'_> {
    fn visit_expr_mut(&mut self, node: &mut Expr) {
        match (self.0)(node) {
            Some(new) => *node = new,
            None => visit_mut::visit_expr_mut(self, node),
        }
    }
}

/// What the field of a tuple or struct that is just made is.
fn part<'e>(made: &'e Expr, member: &syn::Member) -> Option<&'e Expr> {
    match (made, member) {
        (Expr::Tuple(tuple), syn::Member::Unnamed(at)) => tuple.elems.iter().nth(at.index as usize),
        (Expr::Struct(made), member) => {
            let mut fields = made.fields.iter();
            fields.find(|field| field.member == *member).map(|field| &field.expr)
        }
        _ => None,
    }
}

fn unwraps(call: &ExprMethodCall) -> bool {
    call.method == "unwrap" || call.method == "expect"
}

/// `option` in `option.as_ref()`
fn viewed(expr: &Expr) -> &Expr {
    match strip(expr) {
        Expr::MethodCall(view) if view.method == "as_ref" && view.args.is_empty() => strip(&view.receiver),
        option => option,
    }
}

/// The text of an expression without references, dereferences, parentheses and copies, which don't change what it is
/// compared by.
pub(crate) fn plain(expr: &Expr) -> String {
    struct Plain;
    impl VisitMut for Plain {
        fn visit_expr_mut(&mut self, node: &mut Expr) {
            loop {
                if let Expr::Field(field) = node {
                    self.visit_expr_mut(&mut field.base);
                }
                let inner = match node {
                    Expr::Field(field) => match part(&field.base, &field.member) {
                        Some(part) => part,
                        None => break,
                    },
                    // what a candidate is found to be in an `Option`
                    Expr::MethodCall(e) if e.args.len() == usize::from(e.method == "expect") && unwraps(e) => {
                        match in_some(viewed(&e.receiver)) {
                            Some(held) => held,
                            None => break,
                        }
                    }
                    Expr::Paren(e) => &*e.expr,
                    Expr::Group(e) => &*e.expr,
                    Expr::Reference(e) => &*e.expr,
                    Expr::Unary(e) if matches!(e.op, syn::UnOp::Deref(_)) => &e.expr,
                    Expr::MethodCall(e)
                        if e.args.is_empty()
                            && ["clone", "to_owned", "to_string", "to_vec", "copied", "cloned"]
                                .iter()
                                .any(|name| e.method == name) =>
                    {
                        &e.receiver
                    }
                    _ => break,
                };
                *node = inner.clone();
            }
            visit_mut::visit_expr_mut(self, node);
        }
    }
    let mut expr = expr.clone();
    Plain.visit_expr_mut(&mut expr);
    expr.to_token_stream().to_string()
}
