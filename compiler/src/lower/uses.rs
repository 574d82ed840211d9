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

/// True if the name occurs in the tokens other than as a field's.
pub(crate) fn occurs(tokens: TokenStream, name: &str) -> bool {
    any_name(tokens, &mut |found| found == name)
}

/// How often the name occurs in the tokens other than as a field's.
pub(crate) fn count(tokens: TokenStream, name: &str) -> usize {
    let mut count = 0;
    any_name(tokens, &mut |found| {
        count += usize::from(found == name);
        false
    });
    count
}

/// The names that occur in the tokens.
pub(crate) fn of_tokens(tokens: TokenStream, names: &mut Names) {
    any_name(tokens, &mut |found| {
        names.insert(found.to_string());
        false
    });
}

/// Is there a name that passes the test? Fields' names are none; those in the braces of string literals are.
fn any_name(tokens: TokenStream, test: &mut dyn FnMut(&str) -> bool) -> bool {
    let mut dots = 0;
    tokens.into_iter().any(|token| {
        // `..name` is not a field
        let is_field = dots == 1;
        dots = match &token {
            TokenTree::Punct(punct) if punct.as_char() == '.' => dots + 1,
            _ => 0,
        };
        match token {
            TokenTree::Ident(ident) => !is_field && test(&ident.to_string()),
            TokenTree::Group(group) => any_name(group.stream(), test),
            TokenTree::Literal(literal) => literal.to_string().split('{').skip(1).any(|rest| {
                let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_'));
                end.is_some_and(|end| end > 0 && test(&rest[..end]))
            }),
            TokenTree::Punct(_) => false,
        }
    })
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
