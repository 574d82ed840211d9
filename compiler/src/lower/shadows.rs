//! Which functions are called `min` or `max` and are not the minimum or maximum?
//!
//! Those that the function declares itself. Their calls are put in parentheses, `(max)(a, b)`, so that nobody takes them
//! for the operation of that name.

use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ItemFn};

use super::bindings::bindings;
use super::uses::Names;

const KNOWN: &[&str] = &["min", "max", "clamp"];

/// Puts the calls of such functions in parentheses.
pub(crate) fn normalise(function: &mut ItemFn) {
    let mut own = Own(Names::new());
    own.visit_item_fn(function);
    if !own.0.is_empty() {
        Parentheses(&own.0).visit_block_mut(&mut function.block);
    }
}

/// The names of functions and variables that the function declares, as far as they are known ones.
struct Own(Names);

impl Own {
    fn add(&mut self, name: String) {
        if KNOWN.contains(&name.as_str()) {
            self.0.insert(name);
        }
    }
}

impl<'a> Visit<'a> for Own {
    fn visit_pat(&mut self, node: &'a syn::Pat) {
        bindings(node).into_iter().for_each(|b| self.add(b.ident.to_string()));
    }

    fn visit_item_fn(&mut self, node: &'a ItemFn) {
        self.add(node.sig.ident.to_string());
        visit::visit_item_fn(self, node);
    }
}

struct Parentheses<'n>(&'n Names);

impl VisitMut for Parentheses<'_> {
    fn visit_expr_call_mut(&mut self, node: &mut syn::ExprCall) {
        visit_mut::visit_expr_call_mut(self, node);
        let is_own = |path: &syn::ExprPath| {
            path.path
                .get_ident()
                .is_some_and(|name| self.0.contains(&name.to_string()))
        };
        if let Expr::Path(path) = &*node.func
            && is_own(path)
        {
            *node.func = syn::parse_quote!((#path));
        }
    }
}
