//! What is touched inside the calls of macros?

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::Expr;
use syn::visit::Visit;

use super::{Effect, Leads, Touch, Walker};
use crate::lower::formats::{self, Arguments};
use crate::lower::places::{Place, place_of};

/// Macros that take values, or references to them, and that the code goes on behind, or that panic.
const LOOKS: &[&str] = &[
    "assert",
    "assert_eq",
    "assert_ne",
    "cfg",
    "column",
    "concat",
    "dbg",
    "debug",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "env",
    "eprint",
    "eprintln",
    "error",
    "event",
    "file",
    "format",
    "format_args",
    "include_bytes",
    "include_str",
    "info",
    "json",
    "line",
    "log",
    "matches",
    "module_path",
    "option_env",
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

/// Macros that leave the function or the loop, by what they are usually called.
const LEAVES: &[&str] = &["bail", "ensure", "throw", "try"];

impl<'a> Walker<'a, '_> {
    pub(super) fn call_of_macro(&mut self, call: &syn::Macro, is_statement: bool) {
        let name = formats::name(call);
        let is_known = LOOKS.contains(&name.as_str());
        self.effect_of_macro(call, is_statement);
        if is_called_like_a_jump(&name, self.loops == 0) {
            self.exit("return", Leads::ByMacro, call);
        } else if !is_known && self.closures == 0 {
            self.found.unknown_macros.push(call.to_token_stream());
        }
        match formats::arguments(call) {
            Arguments::Expressions(expressions) => {
                // these expressions are parsed anew, so nothing in them can be edited
                for (n, expression) in expressions.iter().enumerate() {
                    if n == 0 && matches!(name.as_str(), "write" | "writeln") {
                        self.written_by_macro(expression, call);
                    }
                    let mut names = NamesIn::default();
                    names.visit_expr(expression);
                    for ident in &names.0 {
                        self.read_ident(ident);
                    }
                    let evaluated = match expression {
                        // `format!("{total}", total = a + b)`
                        Expr::Assign(named) if is_known => &named.right,
                        expression => expression,
                    };
                    self.done_by_macro(evaluated, call);
                    if !self.outside.is_wary() && !is_known {
                        self.given_to_macro(expression, call, is_statement);
                    }
                }
            }
            Arguments::Tokens(idents) => {
                if self.leaves(call.tokens.clone(), self.loops > 0) {
                    self.exit("?", Leads::OutOfMacro, call);
                }
                for ident in &idents {
                    let name = ident.to_string();
                    let place = Place::of_variable(&name);
                    let may_change = self.is_outer(&name) && self.outside.may_change(&name);
                    self.read_ident(ident);
                    if may_change && self.outside.is_wary() {
                        self.push(place, Touch::BorrowMut, ident, ident);
                    } else if may_change && !is_known {
                        self.push(place, given(call, is_statement, ident), ident, call);
                    }
                }
            }
        }
    }

    /// What an argument of a macro does if it is evaluated: `assert!(seen.insert(x))` changes `seen`.
    fn done_by_macro(&mut self, expression: &Expr, call: &syn::Macro) {
        let mut walker = Walker {
            locals: self.locals.clone(),
            induction: self.induction.clone(),
            labels: self.labels.clone(),
            loops: self.loops,
            inner_labels: self.inner_labels.clone(),
            closures: self.closures,
            ..Walker::new(self.outside)
        };
        walker.visit_expr(expression);
        let found = walker.found;
        if let Some(exit) = found.exits.first() {
            let leads = match exit.leads {
                Leads::ByMacro => Leads::ByMacro,
                _ => Leads::OutOfMacro,
            };
            self.exit("?", leads, call);
        }
        self.found.effects.extend(found.effects);
        self.found.unknown_macros.extend(found.unknown_macros);
        for access in found.list {
            let touch = match access.touch {
                Touch::Read => continue,
                Touch::Method { name, .. } if !self.outside.is_wary() => Touch::Method {
                    name,
                    is_statement: false,
                },
                _ => Touch::BorrowMut,
            };
            self.push(access.place, touch, expression, &access.at);
        }
    }

    /// True if the tokens of a macro that takes no expressions hold a jump out of the loop; `in_loop` if they stand in a
    /// loop inside.
    fn leaves(&self, tokens: TokenStream, in_loop: bool) -> bool {
        let mut tokens = tokens.into_iter().peekable();
        let mut is_header = false;
        while let Some(token) = tokens.next() {
            let leaves = match &token {
                TokenTree::Punct(punct) => punct.as_char() == '?',
                TokenTree::Group(group) => {
                    let is_body = is_header && group.delimiter() == Delimiter::Brace;
                    is_header &= !is_body;
                    self.leaves(group.stream(), in_loop || is_body)
                }
                TokenTree::Ident(ident) if ident == "loop" || ident == "while" || ident == "for" => {
                    is_header = true;
                    false
                }
                TokenTree::Ident(ident) if ident == "break" || ident == "continue" => {
                    let has_label = tokens
                        .next_if(|next| matches!(next, TokenTree::Punct(punct) if punct.as_char() == '\''))
                        .and_then(|_| tokens.peek().map(TokenTree::to_string));
                    match has_label {
                        Some(label) => !self.inner_labels.contains(&label),
                        None => ident == "break" && !in_loop,
                    }
                }
                TokenTree::Ident(ident) => ident == "return",
                TokenTree::Literal(_) => false,
            };
            if leaves {
                return true;
            }
        }
        false
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
        let touch = given(call, is_statement, &ident);
        // the names were read as those of any argument
        self.push(place, touch, argument, call);
    }

    /// `write!(out, ..)` changes `out`.
    pub(super) fn written_by_macro(&mut self, target: &Expr, call: &syn::Macro) {
        let target = match target {
            Expr::Reference(reference) => &reference.expr,
            other => other,
        };
        match self.outer_place(target) {
            Some(place) if self.outside.may_change(&place.root) => self.push(place, Touch::BorrowMut, call, call),
            Some(_) => self.effect(Effect::Output, &format!("{}!", formats::name(call)), call),
            None => {}
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

/// What a macro may do to a variable that it gets.
fn given<'a>(call: &syn::Macro, is_statement: bool, variable: &Ident) -> Touch<'a> {
    let last = call.path.segments.last();
    let name = last.map_or_else(|| variable.clone(), |last| last.ident.clone());
    Touch::Method { name, is_statement }
}

/// True if a macro of this name hides a jump: `ensure!(..)`, `unwrap_or_return!(..)`. `breaks` if a `break` leaves the loop.
fn is_called_like_a_jump(name: &str, breaks: bool) -> bool {
    let name = name.trim_start_matches("r#");
    let mut words = name.split('_');
    let is_exit = |word: &str| LEAVES.contains(&word);
    let (first, last) = (words.next().unwrap_or_default(), words.next_back());
    // `polars_bail`, `ensure_eq`, `try` and `or_return`, but no `try_read`
    is_exit(name)
        || first != "try" && is_exit(first)
        || last.is_some_and(is_exit)
        || name.starts_with("return_")
        || name.ends_with("_or_return")
        || breaks && (name.starts_with("break_") || name.ends_with("_or_break"))
}
