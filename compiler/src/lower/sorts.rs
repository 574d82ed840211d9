//! Which statements sort a slice, by their looks?
//!
//! `v.sort_by(..);` may be a method of a type of the user's own: what it is decides the type of `v`, in the runtime. Here
//! only receivers that can be lent mutably count, as sorting a slice needs that.

use syn::visit::{self, Visit};
use syn::{Expr, ExprMethodCall};

use super::places::place_of;
use super::updates::is_compound;
use super::variables::{Holds, Variable};

/// True if the call sorts its receiver, should that be a slice.
pub(crate) fn is_sort(call: &ExprMethodCall, variables: &[Variable]) -> bool {
    let is_named = matches!(
        (call.method.to_string().as_str(), call.args.len()),
        ("sort" | "sort_unstable", 0)
            | (
                "sort_by" | "sort_by_key" | "sort_by_cached_key" | "sort_unstable_by" | "sort_unstable_by_key",
                1
            )
    );
    is_named
        && call.turbofish.is_none()
        && is_lent(&call.receiver, variables)
        && call.args.iter().all(|argument| may_be_shared(argument, variables))
}

/// A closure that changes nothing, or a function: what several threads may call.
fn may_be_shared(argument: &Expr, variables: &[Variable]) -> bool {
    struct Changes(bool);
    impl<'a> Visit<'a> for Changes {
        fn visit_expr_assign(&mut self, _: &'a syn::ExprAssign) {
            self.0 = true;
        }

        fn visit_expr_binary(&mut self, node: &'a syn::ExprBinary) {
            self.0 |= is_compound(&node.op);
            visit::visit_expr_binary(self, node);
        }

        fn visit_expr_reference(&mut self, node: &'a syn::ExprReference) {
            self.0 |= node.mutability.is_some();
            visit::visit_expr_reference(self, node);
        }
    }
    match argument {
        Expr::Closure(closure) => {
            let mut changes = Changes(false);
            changes.visit_expr(&closure.body);
            !changes.0
        }
        Expr::Path(path) => path
            .path
            .get_ident()
            .is_none_or(|name| variables.iter().all(|v| name != &v.name)),
        _ => false,
    }
}

/// `v`, `self.items`, `rows[k]`, `v[a..b]` of a variable that may be changed.
fn is_lent(receiver: &Expr, variables: &[Variable]) -> bool {
    place_of(receiver).is_some_and(|(place, _)| {
        let variable = variables.iter().rev().find(|v| v.name == place.root);
        variable.is_some_and(|v| v.mutable || v.holds == Holds::Mutable)
    })
}
