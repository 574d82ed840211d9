//! `return Some(names);` out of a loop, where `names` is a variable outside that is given away.
//!
//! All leaves share what is outside, so none of them can give it away. But nothing in such a value is the loop's: it is
//! computed behind the region, where the function returns.

use syn::visit::{self, Visit};
use syn::{Expr, ExprReturn, PatIdent};

use crate::lower::accesses::{Exit, Leads};
use crate::lower::kernels::Kernel;
use crate::lower::primitives;
use crate::lower::variables::{Holds, Variable};

/// The value of the only way out of the function, if it gives a variable away.
pub(super) fn value(found: &[Exit], kernel: &Kernel<'_>) -> Option<Expr> {
    let mut out = found.iter().filter(|exit| exit.leads == Leads::Out);
    out.next().filter(|exit| exit.what == "return")?;
    if out.next().is_some() {
        return None;
    }
    let mut search = Search::default();
    search.visit_expr_for_loop(kernel.node);
    let [Some(value)] = search.returned[..] else {
        return None;
    };
    let mut names = Vec::new();
    let is_plain = made_of(value, &mut names);
    let variables: Option<Vec<&Variable>> = names.iter().map(|name| outside(name, kernel, &search)).collect();
    let gives = |variable: &&Variable| variable.holds == Holds::Value && !is_number(variable);
    (is_plain && variables?.iter().any(gives)).then(|| value.clone())
}

/// A variable that no iteration changes or hides.
fn outside<'k>(name: &str, kernel: &'k Kernel<'_>, search: &Search<'_>) -> Option<&'k Variable> {
    let variable = kernel.variables.iter().rev().find(|variable| variable.name == name)?;
    (!variable.mutable && !search.bound.iter().any(|bound| bound == name)).then_some(variable)
}

fn is_number(variable: &Variable) -> bool {
    variable.ty.as_ref().is_some_and(primitives::is_primitive)
        || variable.init.as_ref().is_some_and(primitives::is_primitive_value)
}

/// True for variables, literals, and what puts them together: their order doesn't matter.
fn made_of(value: &Expr, names: &mut Vec<String>) -> bool {
    match value {
        Expr::Lit(_) => true,
        Expr::Paren(inner) => made_of(&inner.expr, names),
        Expr::Tuple(tuple) => tuple.elems.iter().all(|part| made_of(part, names)),
        Expr::Call(call) => is_variant(&call.func) && call.args.iter().all(|part| made_of(part, names)),
        Expr::Path(path) => {
            let name = path.path.get_ident().filter(|_| !is_variant(value));
            names.extend(name.map(ToString::to_string));
            name.is_some() || is_variant(value)
        }
        _ => false,
    }
}

/// `Some`, `Error::Missing`
fn is_variant(function: &Expr) -> bool {
    let Expr::Path(path) = function else { return false };
    let last = path.path.segments.last().map(|last| last.ident.to_string());
    last.is_some_and(|name| name.starts_with(char::is_uppercase))
}

#[derive(Default)]
struct Search<'a> {
    returned: Vec<Option<&'a Expr>>,
    /// The names that patterns in the loop bind.
    bound: Vec<String>,
}

impl<'a> Visit<'a> for Search<'a> {
    fn visit_expr_return(&mut self, node: &'a ExprReturn) {
        self.returned.push(node.expr.as_deref());
        visit::visit_expr_return(self, node);
    }

    fn visit_pat_ident(&mut self, node: &'a PatIdent) {
        self.bound.push(node.ident.to_string());
        visit::visit_pat_ident(self, node);
    }

    fn visit_item(&mut self, _: &'a syn::Item) {}
}
