//! Which names does a pattern bind?

use proc_macro2::Ident;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Pat};

/// One name that a pattern binds.
#[derive(Clone, Debug)]
pub(crate) struct Binding {
    /// The name.
    pub(crate) ident: Ident,
    /// `mut name`
    pub(crate) mutable: bool,
}

/// The names that `pattern` binds, in order; an or-pattern's names once for each arm.
///
/// A lone name that starts with a capital letter is a constant or a variant, not a binding, as in rustc's own lints.
pub(crate) fn bindings(pattern: &Pat) -> Vec<Binding> {
    struct Collect(Vec<Binding>);
    impl<'ast> Visit<'ast> for Collect {
        fn visit_pat_ident(&mut self, node: &'ast syn::PatIdent) {
            let capital = node.ident.to_string().starts_with(|c: char| c.is_uppercase());
            if !capital || node.subpat.is_some() {
                self.0.push(Binding {
                    ident: node.ident.clone(),
                    mutable: node.mutability.is_some(),
                });
            }
            visit::visit_pat_ident(self, node);
        }

        fn visit_expr(&mut self, _: &'ast syn::Expr) {}
    }
    let mut collect = Collect(Vec::new());
    collect.visit_pat(pattern);
    collect.0
}

/// Puts `_` for the names that aren't kept.
pub(crate) fn unbind(pattern: &mut Pat, is_kept: &dyn Fn(&str) -> bool) {
    struct Unbind<'k>(&'k dyn Fn(&str) -> bool);
    impl VisitMut for Unbind<'_> {
        fn visit_field_pat_mut(&mut self, node: &mut syn::FieldPat) {
            visit_mut::visit_field_pat_mut(self, node);
            if matches!(*node.pat, Pat::Wild(_)) && node.colon_token.is_none() {
                node.colon_token = Some(Default::default());
            }
        }

        fn visit_pat_mut(&mut self, node: &mut Pat) {
            match node {
                Pat::Ident(ident) if ident.subpat.is_none() && !(self.0)(&ident.ident.to_string()) => {
                    *node = syn::parse_quote!(_);
                }
                _ => visit_mut::visit_pat_mut(self, node),
            }
        }
    }
    Unbind(is_kept).visit_pat_mut(pattern);
}

/// True if a pattern in the block gives one of the names another meaning.
///
/// The parameters of closures don't count: they are seen by the closures alone.
pub(crate) fn binds(block: &Block, names: &[Ident]) -> bool {
    struct Binds<'n>(&'n [Ident], bool);
    impl<'a> Visit<'a> for Binds<'_> {
        fn visit_pat_ident(&mut self, node: &'a syn::PatIdent) {
            self.1 |= self.0.contains(&node.ident);
            visit::visit_pat_ident(self, node);
        }

        fn visit_expr_closure(&mut self, _: &'a syn::ExprClosure) {}

        fn visit_item(&mut self, _: &'a syn::Item) {}
    }
    let mut binds = Binds(names, false);
    binds.visit_block(block);
    binds.1
}

#[cfg(test)]
mod tests {
    use syn::parse::Parser;

    use super::*;

    #[test]
    fn finds_the_names_in_every_kind_of_pattern() {
        for (text, want) in [
            ("(a, mut b)", "a b"),
            ("Some(Point { x, y: [first, .., rest @ ..] })", "x first rest"),
            ("&(ref a, _) | &(_, ref a)", "a a"),
            ("None", ""),
            ("whole @ MAX", "whole"),
            ("1..=9", ""),
        ] {
            let pattern = Pat::parse_multi.parse_str(text).unwrap();
            let names: Vec<_> = bindings(&pattern).iter().map(|b| b.ident.to_string()).collect();
            assert_eq!(names.join(" "), want, "{text}");
        }
    }
}
