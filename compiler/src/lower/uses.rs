//! Which names does a piece of syntax use?
//!
//! By name alone, whatever the scopes: it errs towards more. Names inside macro calls and format strings count.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Expr, Macro};

/// A set of variables, by name.
pub(crate) type Names = BTreeSet<String>;

/// The names that an expression uses.
pub(crate) fn of_expr(node: &Expr) -> Names {
    let mut uses = Uses(Names::new());
    uses.visit_expr(node);
    uses.0
}

/// True if the expression uses the name.
pub(crate) fn uses(node: &Expr, name: &str) -> bool {
    of_expr(node).contains(name)
}

struct Uses(Names);

impl<'a> Visit<'a> for Uses {
    fn visit_expr_path(&mut self, node: &'a syn::ExprPath) {
        if let (None, Some(ident)) = (&node.qself, node.path.get_ident()) {
            self.0.insert(ident.to_string());
        }
    }

    fn visit_macro(&mut self, node: &'a Macro) {
        of_tokens(node.tokens.clone(), &mut self.0);
    }

    fn visit_item(&mut self, _: &'a syn::Item) {}

    fn visit_expr(&mut self, node: &'a Expr) {
        match node {
            Expr::Verbatim(tokens) => of_tokens(tokens.clone(), &mut self.0),
            _ => visit::visit_expr(self, node),
        }
    }
}

/// All identifiers, and those that stand in the braces of string literals.
fn of_tokens(tokens: TokenStream, names: &mut Names) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                names.insert(ident.to_string());
            }
            TokenTree::Group(group) => of_tokens(group.stream(), names),
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                let captured = text.split('{').skip(1).filter_map(|rest| {
                    let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_'))?;
                    (end > 0).then(|| rest[..end].to_string())
                });
                names.extend(captured);
            }
            TokenTree::Punct(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_expressions_macros_and_format_strings() {
        let node: Expr = syn::parse_str("f(a.b, Point { x }, m!(c, \"{d:?} {} {{e}}\"), g::h, |k| k + n)").unwrap();
        let names: Vec<_> = of_expr(&node).into_iter().collect();
        assert_eq!(names, ["a", "c", "d", "e", "f", "k", "n", "x"]);
    }
}
