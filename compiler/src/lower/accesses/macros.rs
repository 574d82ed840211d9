//! What is touched inside the calls of macros?

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::Expr;
use syn::visit::Visit;

use super::{Effect, Leads, Touch, Walker};
use crate::lower::formats::{self, Arguments};
use crate::lower::places::{Place, place_of};

/// Macros that take values, or references to them.
const LOOKS: &[&str] = &[
    "assert",
    "assert_eq",
    "assert_ne",
    "cfg",
    "concat",
    "dbg",
    "debug",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "eprint",
    "eprintln",
    "error",
    "format",
    "format_args",
    "info",
    "json",
    "matches",
    "panic",
    "print",
    "println",
    "span",
    "stringify",
    "todo",
    "trace",
    "unimplemented",
    "unreachable",
    "vec",
    "warn",
    "write",
    "writeln",
];

impl<'a> Walker<'a, '_> {
    pub(super) fn call_of_macro(&mut self, call: &syn::Macro, is_statement: bool) {
        let name = formats::name(call);
        if matches!(name.as_str(), "println" | "print" | "eprintln" | "eprint" | "dbg") {
            self.found
                .effects
                .push((Effect::Output, format!("{name}!"), call.to_token_stream()));
        }
        if leaves_function(call.tokens.clone()) {
            self.exit("?", Leads::OutOfMacro, call);
        }
        match formats::arguments(call) {
            Arguments::Expressions(expressions) => {
                // these expressions are parsed anew, so they are only searched for names
                for (n, expression) in expressions.iter().enumerate() {
                    if n == 0 && matches!(name.as_str(), "write" | "writeln") {
                        self.written_by_macro(expression, call);
                    }
                    let mut names = NamesIn::default();
                    names.visit_expr(expression);
                    for ident in &names.0 {
                        self.read_ident(ident);
                    }
                    if self.outside.is_wary() {
                        self.changed_by_macro(expression);
                    } else if !LOOKS.contains(&name.as_str()) {
                        self.given_to_macro(expression, call, is_statement);
                    }
                }
            }
            Arguments::Tokens(idents) => {
                for ident in &idents {
                    let name = ident.to_string();
                    if self.outside.is_wary() && self.is_outer(&name) && self.outside.may_change(&name) {
                        let place = Place::of_variable(&name);
                        self.push(place, Touch::BorrowMut, ident, ident);
                    } else {
                        self.read_ident(ident);
                    }
                }
            }
        }
    }

    /// `step!(a, x)` may assign to `a`: a macro of the user's gets places, not values. One that gives a value may look at
    /// the place alone, as a method may; a statement hardly does.
    fn given_to_macro(&mut self, argument: &Expr, call: &syn::Macro, is_statement: bool) {
        let Some((place, ident)) = place_of(argument) else {
            return;
        };
        if !self.is_outer(&place.root) || !self.outside.may_change(&place.root) {
            return;
        }
        let name = call.path.segments.last().map_or(ident, |last| last.ident.clone());
        let touch = Touch::Method { name, is_statement };
        // the names were read as those of any argument
        self.push(place, touch, argument, call);
    }

    /// `assert!(seen.insert(x))` changes `seen`.
    fn changed_by_macro(&mut self, expression: &Expr) {
        let found = super::of_expr_without(expression, self.outside, &BTreeSet::new());
        for access in found.list {
            let is_outer = self.is_outer(&access.place.root);
            if is_outer && !matches!(access.touch, Touch::Read) {
                self.push(access.place, Touch::BorrowMut, expression, &access.at);
            }
        }
    }

    /// `write!(out, ..)` changes `out`.
    pub(super) fn written_by_macro(&mut self, target: &Expr, call: &syn::Macro) {
        let target = match target {
            Expr::Reference(reference) => &reference.expr,
            other => other,
        };
        if let Some(place) = self.outer_place(target) {
            self.push(place, Touch::BorrowMut, call, call);
        }
    }
}

/// Every single-segment path in an expression that was parsed from a macro's tokens, and what its strings capture.
#[derive(Default)]
struct NamesIn(Vec<Ident>);

impl<'a> Visit<'a> for NamesIn {
    fn visit_expr_path(&mut self, node: &'a syn::ExprPath) {
        self.0.extend(node.path.get_ident().cloned());
    }

    fn visit_lit_str(&mut self, node: &'a syn::LitStr) {
        self.0.extend(formats::captured(&node.value(), node.span()));
    }

    fn visit_macro(&mut self, node: &'a syn::Macro) {
        match formats::arguments(node) {
            Arguments::Expressions(expressions) => {
                for expression in &expressions {
                    let mut inner = NamesIn::default();
                    inner.visit_expr(expression);
                    self.0.extend(inner.0);
                }
            }
            Arguments::Tokens(idents) => self.0.extend(idents),
        }
    }
}

/// True if there is a `?` or a `return` among a macro's tokens.
fn leaves_function(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        proc_macro2::TokenTree::Punct(punct) => punct.as_char() == '?',
        proc_macro2::TokenTree::Ident(ident) => ident == "return",
        proc_macro2::TokenTree::Group(group) => leaves_function(group.stream()),
        proc_macro2::TokenTree::Literal(_) => false,
    })
}
