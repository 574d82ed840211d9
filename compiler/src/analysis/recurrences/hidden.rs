//! Does everything that happens to a variable happen where a slice can see it?
//!
//! A closure or a macro's arguments may change it, and a variable of the same name inside the body may be meant.

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Expr, ExprForLoop, Macro};

use crate::analysis::slicing;
use crate::lower::formats::{self, Arguments};

/// True if closures and macro calls leave the variable alone, and no other one has its name.
pub(super) fn is_in_plain_sight(kernel: &ExprForLoop, name: &str) -> bool {
    let mut search = Search {
        name,
        inside: false,
        found: false,
    };
    search.visit_pat(&kernel.pat);
    search.visit_block(&kernel.body);
    !search.found
}

struct Search<'n> {
    name: &'n str,
    /// In a closure, or among a macro's arguments.
    inside: bool,
    found: bool,
}

impl Search<'_> {
    fn hidden(&mut self, inside: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.inside, true);
        inside(self);
        self.inside = before;
    }
}

impl<'a> Visit<'a> for Search<'_> {
    fn visit_pat_ident(&mut self, node: &'a syn::PatIdent) {
        self.found |= node.ident == self.name;
        visit::visit_pat_ident(self, node);
    }

    fn visit_expr(&mut self, node: &'a Expr) {
        if self.inside && slicing::changed(node).contains(self.name) {
            self.found = true;
        }
        visit::visit_expr(self, node);
    }

    fn visit_expr_closure(&mut self, node: &'a syn::ExprClosure) {
        node.inputs.iter().for_each(|input| self.visit_pat(input));
        self.hidden(|s| s.visit_expr(&node.body));
    }

    fn visit_expr_async(&mut self, node: &'a syn::ExprAsync) {
        self.hidden(|s| visit::visit_expr_async(s, node));
    }

    fn visit_macro(&mut self, node: &'a Macro) {
        let name = node.path.segments.last().map(|segment| segment.ident.to_string());
        if !name.is_some_and(|name| LOOKS.contains(&name.as_str())) {
            // what another macro does with the name is anybody's guess
            self.found |= occurs(node.tokens.clone(), self.name);
            return;
        }
        match formats::arguments(node) {
            Arguments::Expressions(expressions) => self.hidden(|s| {
                for expression in &expressions {
                    let mut search = Search {
                        name: s.name,
                        inside: true,
                        found: false,
                    };
                    search.visit_expr(expression);
                    s.found |= search.found;
                }
            }),
            Arguments::Tokens(_) => self.found |= occurs(node.tokens.clone(), self.name),
        }
    }

    fn visit_item(&mut self, _: &'a syn::Item) {}
}

/// Macros of the standard library that only look at their arguments.
const LOOKS: &[&str] = &[
    "assert",
    "assert_eq",
    "assert_ne",
    "dbg",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "eprint",
    "eprintln",
    "format",
    "format_args",
    "matches",
    "panic",
    "print",
    "println",
    "todo",
    "unimplemented",
    "unreachable",
    "vec",
    "write",
    "writeln",
];

fn occurs(tokens: TokenStream, name: &str) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == name,
        TokenTree::Group(group) => occurs(group.stream(), name),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_slice_cannot_see_is_found() {
        for (body, want) in [
            ("{ v += x; out.push(v); }", true),
            ("{ v += x; assert!(v > 0, \"{v}\"); }", true),
            ("{ row.iter().for_each(|y| v += y); }", false),
            ("{ row.iter().map(|y| y + v).max(); v += 1; }", true),
            ("{ v += x; { let mut v = 0; v += 1; } }", false),
            ("{ v += x; if let Some(v) = y { f(v); } }", false),
            ("{ v += 1; log!(\"{}\", { v += 1; v }); }", false),
            ("{ bump! { v } v += 1; }", false),
        ] {
            let kernel: ExprForLoop = syn::parse_str(&format!("for x in xs {body}")).unwrap();
            assert_eq!(is_in_plain_sight(&kernel, "v"), want, "{body}");
        }
    }
}
