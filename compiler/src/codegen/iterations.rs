//! Sums under conditions, in summaries: a step of its own for each iteration.
//!
//! `match c { b'(' => depth.add(1), b')' => depth.sub(1), _ => {} }` waits for the condition in every iteration, and jumps. What
//! an iteration adds to nothing is a choice between constants, which is computed without a jump and for several iterations at
//! once.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::visit::{self, Visit};
use syn::{Block, Expr, Stmt, parse_quote};

use crate::analysis::recurrences::Family;
use crate::lower::uses;

/// The body with a step of their own for those of the variables that are summed up under a condition.
pub(super) fn apart(body: &Block, variables: &[(Ident, Family, TokenStream)]) -> Block {
    let summed = variables.iter().filter(|(_, family, _)| *family == Family::Shift);
    let summed: Vec<_> = summed.map(|(name, ..)| name).collect();
    let mut search = Conditions {
        names: summed.iter().map(|name| name.to_string()).collect(),
        found: vec![false; summed.len()],
        jumps: false,
    };
    search.visit_block(body);
    if search.jumps {
        return body.clone();
    }
    let summed: Vec<_> = summed
        .into_iter()
        .zip(search.found)
        .filter(|(_, found)| *found)
        .collect();
    let steps = summed.iter().map(|(name, _)| {
        let plain = name.to_string().trim_start_matches("r#").to_string();
        (*name, format_ident!("{plain}_before", span = Span::mixed_site()))
    });
    let (names, before): (Vec<_>, Vec<_>) = steps.unzip();
    if names.is_empty() {
        return body.clone();
    }
    let begins = names
        .iter()
        .zip(&before)
        .map(|(name, before)| -> Stmt { parse_quote!(let #before = #name.begin();) });
    let ends = names
        .iter()
        .zip(&before)
        .map(|(name, before)| -> Stmt { parse_quote!(#name.end(#before);) });
    let own = body.stmts.iter().cloned().map(|stmt| match stmt {
        Stmt::Expr(last, None) if !is_block(&last) => Stmt::Expr(last, Some(Default::default())),
        stmt => stmt,
    });
    Block {
        stmts: begins.chain(own).chain(ends).collect(),
        ..body.clone()
    }
}

/// Which names stand under a condition?
struct Conditions {
    names: Vec<String>,
    found: Vec<bool>,
    /// Something jumps: not every iteration comes to its end.
    jumps: bool,
}

impl<'a> Visit<'a> for Conditions {
    fn visit_expr(&mut self, node: &'a Expr) {
        match node {
            Expr::If(_) | Expr::Match(_) => {
                for (name, found) in self.names.iter().zip(&mut self.found) {
                    *found |= uses::occurs(quote!(#node), name);
                }
            }
            Expr::Break(_) | Expr::Continue(_) | Expr::Return(_) | Expr::Try(_) => self.jumps = true,
            _ => {}
        }
        visit::visit_expr(self, node);
    }

    fn visit_macro(&mut self, node: &'a syn::Macro) {
        let jump = |word| uses::occurs(node.tokens.clone(), word);
        self.jumps |= ["break", "continue", "return"].into_iter().any(jump);
    }
}

/// True for expressions that are statements without a semicolon.
fn is_block(expr: &Expr) -> bool {
    matches!(
        expr,
        Expr::If(_) | Expr::Match(_) | Expr::Block(_) | Expr::ForLoop(_) | Expr::While(_) | Expr::Loop(_)
    )
}
