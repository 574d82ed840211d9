//! Which names mean something else after an expression, or under a pattern?
//!
//! An expression that was put aside may be put in later only if its names still mean the same there.

use syn::visit::{self, Visit};
use syn::{Expr, Macro, Pat};

use crate::analysis::slicing;
use crate::lower::bindings::bindings;
use crate::lower::places::place_of;
use crate::lower::uses::{self, Names};

/// The names that a pattern binds.
pub(super) fn bound_by(pattern: &Pat) -> Names {
    bindings(pattern).iter().map(|b| b.ident.to_string()).collect()
}

/// The names that an expression changes or binds, wherever in it, and all that its macros and closures may change.
pub(super) fn changed_in(node: &Expr) -> Names {
    let mut search = Search(Names::new());
    search.visit_expr(node);
    search.0
}

/// True if the expression may be evaluated twice: it changes nothing, whatever it binds.
pub(super) fn changes_nothing(node: &Expr) -> bool {
    struct Changes(bool);
    impl<'a> Visit<'a> for Changes {
        fn visit_expr(&mut self, node: &'a Expr) {
            self.0 |= !slicing::changed(node).is_empty();
            self.0 |= matches!(node, Expr::Reference(reference) if reference.mutability.is_some());
            self.0 |= matches!(node, Expr::Macro(call) if !call.mac.path.is_ident("matches"));
            visit::visit_expr(self, node);
        }
    }
    let mut changes = Changes(false);
    changes.visit_expr(node);
    !changes.0
}

/// The variable of a place, from the place's text.
pub(super) fn root(place: &str) -> &str {
    place
        .split([' ', '.', '(', ')', '*', '[', ']', '&'])
        .find(|word| !word.is_empty())
        .unwrap_or(place)
}

struct Search(Names);

impl<'a> Visit<'a> for Search {
    fn visit_expr(&mut self, node: &'a Expr) {
        self.0.extend(slicing::changed(node));
        if let Expr::Reference(reference) = node
            && reference.mutability.is_some()
            && let Some((place, _)) = place_of(&reference.expr)
        {
            self.0.insert(place.root);
        }
        visit::visit_expr(self, node);
    }

    fn visit_pat_ident(&mut self, node: &'a syn::PatIdent) {
        self.0.insert(node.ident.to_string());
        visit::visit_pat_ident(self, node);
    }

    fn visit_macro(&mut self, node: &'a Macro) {
        // a macro may assign to what it is given
        uses::of_tokens(node.tokens.clone(), &mut self.0);
    }
}
