//! Which names does a pattern bind?

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Pat};

use super::uses;

/// One name that a pattern binds.
#[derive(Clone, Debug)]
pub(crate) struct Binding {
    /// The name.
    pub(crate) ident: Ident,
    /// `mut name`
    pub(crate) mutable: bool,
    /// `ref name`, `ref mut name`
    pub(crate) by_ref: bool,
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
                    by_ref: node.by_ref.is_some(),
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

/// The block with another name for a variable from outside; `None` if a pattern of the block binds the old one, or a text
/// in it captures it.
pub(crate) fn renamed(block: &Block, old: &Ident, new: &Ident) -> Option<Block> {
    struct Rename<'n>(&'n Ident, &'n Ident);
    impl Rename<'_> {
        fn ident(&self, ident: &mut Ident) {
            if ident == self.0 {
                *ident = Ident::new(&self.1.to_string(), ident.span());
            }
        }

        fn tokens(&self, tokens: TokenStream) -> TokenStream {
            let rename = |mut tree: TokenTree| {
                match &mut tree {
                    TokenTree::Ident(ident) => self.ident(ident),
                    TokenTree::Group(group) => {
                        let mut inner = Group::new(group.delimiter(), self.tokens(group.stream()));
                        inner.set_span(group.span());
                        *group = inner;
                    }
                    TokenTree::Punct(_) | TokenTree::Literal(_) => {}
                }
                tree
            };
            tokens.into_iter().map(rename).collect()
        }
    }
    impl VisitMut for Rename<'_> {
        fn visit_expr_path_mut(&mut self, node: &mut syn::ExprPath) {
            if node.path.get_ident().is_some() {
                self.ident(&mut node.path.segments[0].ident);
            }
        }

        fn visit_field_value_mut(&mut self, node: &mut syn::FieldValue) {
            node.colon_token.get_or_insert_default();
            visit_mut::visit_field_value_mut(self, node);
        }

        fn visit_macro_mut(&mut self, node: &mut syn::Macro) {
            node.tokens = self.tokens(node.tokens.clone());
        }
    }
    let mut block = block.clone();
    Rename(old, new).visit_block_mut(&mut block);
    (!uses::occurs(block.to_token_stream(), &old.to_string())).then_some(block)
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

    #[test]
    fn a_variable_gets_another_name_unless_something_else_has_its_own() {
        let ident = |name: &str| Ident::new(name, proc_macro2::Span::call_site());
        for (text, want) in [
            ("{ a + b.a }", Some("{ n + b . a }")),
            ("{ P { a } }", None),
            ("{ max!(a, 1) }", Some("{ max ! (n , 1) }")),
            ("{ format!(\"{a}\") }", None),
            ("{ let a = a + 1; a }", None),
            ("{ |a| a }", None),
        ] {
            let found = renamed(&syn::parse_str(text).unwrap(), &ident("a"), &ident("n"));
            let found = found.map(|block| block.to_token_stream().to_string());
            assert_eq!(found.as_deref(), want, "{text}");
        }
    }
}
