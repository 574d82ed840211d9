//! Is the bound the same in all iterations?

use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Block, Expr, Ident};

use super::conditions::variable;
use crate::analysis::mutations;
use crate::lower::accesses::only_looks;
use crate::lower::places::place_of;
use crate::lower::updates::strip;
use crate::lower::uses::{self, Names};

/// True if the expression has the same value in every iteration.
pub(crate) fn is_fixed(expr: &Expr, index: &Ident, body: &Block) -> bool {
    let lengths = lengths_in(expr);
    !may_differ(expr)
        && names_in(expr).iter().all(|name| {
            let is_length = lengths.iter().any(|(root, _)| root == name);
            let changes = mutations::changes(body, &name.to_string());
            name != index && (!changes || is_length && !resizes(body, name, &lengths))
        })
}

/// True if it may be another value each time, whatever the loop does.
pub(super) fn may_differ(expr: &Expr) -> bool {
    struct Differs(bool);
    impl<'a> Visit<'a> for Differs {
        fn visit_expr_method_call(&mut self, node: &'a syn::ExprMethodCall) {
            let name = node.method.to_string();
            self.0 |= mutations::changes_by_name(&name) || name == "load" || name.starts_with("fetch_");
            visit::visit_expr_method_call(self, node);
        }
    }
    let mut differs = Differs(false);
    differs.visit_expr(expr);
    differs.0
}

/// True if the expression calls a method of one of the variables that isn't known to only look.
pub(super) fn asks(expr: &Expr, changeable: &Names) -> bool {
    struct Asks<'c>(&'c Names, bool);
    impl<'a> Visit<'a> for Asks<'_> {
        fn visit_expr_method_call(&mut self, node: &'a syn::ExprMethodCall) {
            let of = place_of(&node.receiver).map(|(place, _)| place.root);
            self.1 |= of.is_some_and(|of| self.0.contains(&of)) && !only_looks(&node.method.to_string());
            visit::visit_expr_method_call(self, node);
        }
    }
    let mut asks = Asks(changeable, false);
    asks.visit_expr(expr);
    asks.1
}

/// True if the expression is made of numbers, variables, fields and lengths.
pub(crate) fn is_arithmetic(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(_) => true,
        Expr::Paren(inner) => is_arithmetic(&inner.expr),
        Expr::Cast(cast) => is_arithmetic(&cast.expr),
        Expr::Binary(binary) => is_arithmetic(&binary.left) && is_arithmetic(&binary.right),
        Expr::MethodCall(call) => call.method == "len" && call.args.is_empty() && place_of(&call.receiver).is_some(),
        // `f32::MANTISSA_DIGITS`, `Self::WIDTH`
        Expr::Path(path) if path.path.segments.len() > 1 => true,
        other => place_of(other).is_some(),
    }
}

/// The lists whose lengths an expression asks for: their variables and texts.
pub(super) fn lengths_in(expr: &Expr) -> Vec<(Ident, String)> {
    struct Lengths {
        asked: Vec<(Ident, String)>,
        /// What is looked at in another way.
        others: Vec<Ident>,
    }
    impl<'a> Visit<'a> for Lengths {
        fn visit_expr(&mut self, node: &'a Expr) {
            match node {
                Expr::MethodCall(call) if call.method == "len" && call.args.is_empty() => {
                    match place_of(&call.receiver) {
                        Some((place, root)) if place.depth() == 0 => {
                            self.asked
                                .push((root, strip(&call.receiver).to_token_stream().to_string()));
                        }
                        _ => visit::visit_expr(self, node),
                    }
                }
                _ => {
                    self.others.extend(place_of(node).map(|(_, root)| root));
                    visit::visit_expr(self, node);
                }
            }
        }
    }
    let mut lengths = Lengths {
        asked: Vec::new(),
        others: Vec::new(),
    };
    lengths.visit_expr(expr);
    let others = lengths.others;
    lengths.asked.retain(|(root, _)| !others.contains(root));
    lengths.asked
}

/// True unless all that the body does with these lists is to look at them and to write to their elements.
pub(super) fn resizes(body: &Block, name: &Ident, lists: &[(Ident, String)]) -> bool {
    const KEEP: &[&str] = &["len", "is_empty", "swap", "get", "iter", "first", "last", "contains"];
    struct Resizes<'n> {
        name: &'n Ident,
        lists: &'n [(Ident, String)],
        found: bool,
    }
    impl Resizes<'_> {
        fn is_list(&self, expr: &Expr) -> bool {
            let text = strip(expr).to_token_stream().to_string();
            self.lists.iter().any(|(_, list)| *list == text)
        }
    }
    impl<'a> Visit<'a> for Resizes<'_> {
        fn visit_expr(&mut self, node: &'a Expr) {
            match node {
                Expr::Index(index) if self.is_list(&index.expr) => self.visit_expr(&index.index),
                Expr::MethodCall(call)
                    if KEEP.iter().any(|name| call.method == name) && self.is_list(&call.receiver) =>
                {
                    call.args.iter().for_each(|argument| self.visit_expr(argument));
                }
                // another field of the same
                Expr::Field(field) => self.found |= self.is_list(node) || self.is_list(&field.base),
                Expr::Path(path) => self.found |= path.path.is_ident(self.name),
                _ => visit::visit_expr(self, node),
            }
        }

        fn visit_macro(&mut self, node: &'a syn::Macro) {
            self.found |= uses::occurs(node.tokens.clone(), &self.name.to_string());
        }
    }
    let mut resizes = Resizes {
        name,
        lists,
        found: false,
    };
    resizes.visit_block(body);
    resizes.found
}

/// True if something that goes by a name of its own is called: a closure may change what it has captured.
pub(super) fn calls_a_name(expr: &Expr) -> bool {
    struct Calls(bool);
    impl<'a> Visit<'a> for Calls {
        fn visit_expr_call(&mut self, node: &'a syn::ExprCall) {
            self.0 |= variable(&node.func).is_some();
            visit::visit_expr_call(self, node);
        }
    }
    let mut calls = Calls(false);
    calls.visit_expr(expr);
    calls.0
}

/// The variables that an expression is about.
pub(crate) fn names_in(expr: &Expr) -> Vec<Ident> {
    struct Names(Vec<Ident>);
    impl<'a> Visit<'a> for Names {
        fn visit_expr(&mut self, node: &'a Expr) {
            self.0.extend(place_of(node).map(|(_, root)| root));
            visit::visit_expr(self, node);
        }
    }
    let mut names = Names(Vec::new());
    names.visit_expr(expr);
    names.0
}
