//! Does everything that happens to a variable happen where a slice can see it?
//!
//! A closure or a macro's arguments may change it, and a variable of the same name inside the body may be meant.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprForLoop, Macro, Stmt};

use crate::analysis::{mutations, slicing};
use crate::lower::formats::{self, Arguments};
use crate::lower::places::place_of;
use crate::lower::uses::{self, Names};

/// The variables that closures or macro calls may change, and those of which others have the name.
pub(super) fn out_of_sight(kernel: &ExprForLoop) -> Names {
    let mut search = Search {
        inside: false,
        found: Names::new(),
    };
    search.visit_pat(&kernel.pat);
    search.visit_block(&kernel.body);
    search.found
}

/// Where the body may change variables that a carried value is computed from, without saying so in a way that a slice
/// sees: through a borrow, a closure, a macro or interior mutability.
pub(super) struct Hidden(Vec<Change>);

/// One such place.
struct Change {
    /// Its number among all.
    number: usize,
    /// The variable; any that there is, if nobody knows.
    name: Option<String>,
    /// What it is called.
    on: String,
    at: TokenStream,
}

impl Hidden {
    /// All such places of a body, by the names that they change.
    pub(super) fn of(body: &Block) -> Self {
        let mut changes = Changes {
            is_inside: false,
            found: Vec::new(),
        };
        changes.visit_block(body);
        changes
            .found
            .sort_by(|a, b| (&a.name, a.number).cmp(&(&b.name, b.number)));
        Hidden(changes.found)
    }

    /// The first change of one of the variables.
    pub(super) fn change_of(&self, needed: &Names) -> Option<(String, TokenStream)> {
        let first = |name: Option<&String>| {
            let start = self.0.partition_point(|change| change.name.as_ref() < name);
            self.0.get(start).filter(|change| change.name.as_ref() == name)
        };
        let found = needed.iter().map(|name| first(Some(name))).chain([first(None)]);
        let found = found.flatten().min_by_key(|change| change.number)?;
        Some((found.on.clone(), found.at.clone()))
    }
}

/// A block with a label: what is left of a slice may be skipped by a `break` that the slice doesn't contain.
pub(super) fn labelled(body: &Block) -> Option<TokenStream> {
    struct Labels(Option<TokenStream>);
    impl<'a> Visit<'a> for Labels {
        fn visit_expr_block(&mut self, node: &'a syn::ExprBlock) {
            if let Some(label) = &node.label {
                self.0.get_or_insert_with(|| label.name.to_token_stream());
            }
            visit::visit_expr_block(self, node);
        }
    }
    let mut labels = Labels(None);
    labels.visit_block(body);
    labels.0
}

struct Changes {
    /// In a closure.
    is_inside: bool,
    found: Vec<Change>,
}

impl Changes {
    fn change(&mut self, name: &str, at: &impl ToTokens) {
        self.found.push(Change {
            number: self.found.len(),
            name: Some(name.to_string()),
            on: name.to_string(),
            at: at.to_token_stream(),
        });
    }

    fn change_place(&mut self, place: &Expr, at: &impl ToTokens) {
        match place_of(place) {
            Some((place, _)) => self.change(&place.root, at),
            None => uses::of_expr(place).iter().for_each(|name| self.change(name, at)),
        }
    }
}

impl<'a> Visit<'a> for Changes {
    fn visit_stmt(&mut self, node: &'a Stmt) {
        // called for what it does, which a slice leaves out
        if let Stmt::Expr(Expr::MethodCall(call), Some(_)) = node
            && !mutations::changes_by_name(&call.method.to_string())
        {
            self.change_place(&call.receiver, &call.method);
        }
        visit::visit_stmt(self, node);
    }

    fn visit_expr(&mut self, node: &'a Expr) {
        match node {
            Expr::Reference(reference) if reference.mutability.is_some() => self.change_place(&reference.expr, node),
            Expr::MethodCall(call) if call.method.to_string().ends_with("_mut") => {
                self.change_place(&call.receiver, &call.method);
            }
            _ if self.is_inside => {
                let changed = slicing::changed(node);
                changed.iter().for_each(|name| self.change(name, node));
            }
            _ => {}
        }
        visit::visit_expr(self, node);
    }

    fn visit_expr_closure(&mut self, node: &'a syn::ExprClosure) {
        let before = std::mem::replace(&mut self.is_inside, true);
        visit::visit_expr_closure(self, node);
        self.is_inside = before;
    }

    fn visit_pat_ident(&mut self, node: &'a syn::PatIdent) {
        if node.by_ref.is_some() && node.mutability.is_some() {
            self.found.push(Change {
                number: self.found.len(),
                name: None,
                on: node.ident.to_string(),
                at: node.to_token_stream(),
            });
        }
        visit::visit_pat_ident(self, node);
    }

    fn visit_macro(&mut self, node: &'a Macro) {
        let name = node.path.segments.last().map(|segment| segment.ident.to_string());
        if !name.is_some_and(|name| LOOKS.contains(&name.as_str())) {
            let mut names = Names::new();
            uses::of_tokens(node.tokens.clone(), &mut names);
            names.iter().for_each(|name| self.change(name, node));
        }
    }

    fn visit_item(&mut self, _: &'a syn::Item) {}
}

struct Search {
    /// In a closure, or among a macro's arguments.
    inside: bool,
    found: Names,
}

impl Search {
    fn hidden(&mut self, inside: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.inside, true);
        inside(self);
        self.inside = before;
    }
}

impl<'a> Visit<'a> for Search {
    fn visit_pat_ident(&mut self, node: &'a syn::PatIdent) {
        self.found.insert(node.ident.to_string());
        visit::visit_pat_ident(self, node);
    }

    fn visit_expr(&mut self, node: &'a Expr) {
        if self.inside {
            self.found.extend(slicing::changed(node));
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
            uses::of_tokens(node.tokens.clone(), &mut self.found);
            return;
        }
        match formats::arguments(node) {
            Arguments::Expressions(expressions) => self.hidden(|s| {
                for expression in &expressions {
                    let mut search = Search {
                        inside: true,
                        found: Names::new(),
                    };
                    search.visit_expr(expression);
                    s.found.extend(search.found);
                }
            }),
            Arguments::Tokens(_) => uses::of_tokens(node.tokens.clone(), &mut self.found),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_that_a_slice_leaves_out_are_found() {
        for (body, want) in [
            ("{ let mut y = x; y += 4; v += y; }", false),
            ("{ let mut y = x; bump!(y, 4); v += y; }", true),
            ("{ let mut y = x; let mut f = || y = 9; f(); v += y; }", true),
            ("{ let mut y = x; let r = &mut y; *r += 5; v += y; }", true),
            ("{ for z in &mut y { *z += 3; } v += y[0]; }", true),
            (
                "{ match y { Some(ref mut z) => *z += 3, None => {} } v += y.len(); }",
                true,
            ),
            ("{ y.set(5); v += y.get(); }", true),
            ("{ z.set(5); assert!(y > 3); v += y; }", false),
        ] {
            let hidden = Hidden::of(&syn::parse_str(body).unwrap());
            let found = hidden.change_of(&Names::from(["y".to_string()]));
            assert_eq!(found.is_some(), want, "{body}");
        }
        assert!(labelled(&syn::parse_str("{ 'b: { if x { break 'b; } v += 1; } }").unwrap()).is_some());
    }

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
            assert_eq!(!out_of_sight(&kernel).contains("v"), want, "{body}");
        }
    }
}
