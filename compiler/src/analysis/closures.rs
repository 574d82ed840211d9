//! Do a chain's closures keep anything from one item to the next?
//!
//! Rayon's closures are `Fn`, the standard library's `FnMut`: what a closure changes outside it, it finds at the next
//! item. In a loop the same change may be an accumulator; in a closure nothing says where partial results would go.

use quote::ToTokens;
use syn::{Expr, Ident, ItemFn, Type, WherePredicate};

use crate::analysis::mutations;
use crate::diagnostics::{self, Diagnostics};
use crate::lower::NodeId;
use crate::lower::accesses::{Accesses, Outside, Touch};
use crate::lower::chains;
use crate::lower::variables::{Holds, Variable};

/// The variables in sight of a chain.
pub(crate) struct InSight<'v>(pub(crate) &'v [Variable]);

impl InSight<'_> {
    fn variable(&self, name: &str) -> Option<&Variable> {
        self.0.iter().rev().find(|v| v.name == name)
    }
}

impl Outside for InSight<'_> {
    fn is_variable(&self, name: &str) -> bool {
        self.variable(name).is_some()
    }

    fn is_mutable_reference(&self, name: &str) -> bool {
        self.variable(name).is_some_and(|v| v.holds == Holds::Mutable)
    }

    fn may_change(&self, name: &str) -> bool {
        self.variable(name).is_some_and(Variable::may_change)
    }
}

/// Reports what the closures change outside them.
pub(crate) fn check(
    function: &ItemFn,
    closures: &[&Expr],
    variables: &[Variable],
    found: &Accesses<'_>,
    diagnostics: &mut Diagnostics,
) {
    let mut reported = Vec::new();
    for access in &found.list {
        let place = &access.place;
        let name = place.without_elements();
        let kept = match &access.touch {
            Touch::Read => false,
            Touch::Write { .. } | Touch::Update(_) | Touch::Guarded(_) | Touch::Best(_) => true,
            Touch::Cells(_) | Touch::BorrowMut => true,
            Touch::Method { name, is_statement } => {
                // no loop is left out of the search
                let nowhere = NodeId::of(function);
                *is_statement
                    || mutations::changes_by_name(&name.to_string())
                    || mutations::gives_the_next(&name.to_string())
                    || !mutations::changed_elsewhere(function, &place.root, nowhere)
            }
        };
        if !kept || reported.contains(&name) {
            continue;
        }
        match &access.touch {
            Touch::Cells(_) | Touch::BorrowMut => diagnostics
                .report(
                    diagnostics::MUTABLE_BORROW,
                    &access.at,
                    format!("every item may change `{name}` through `&mut`"),
                )
                .note("what an item finds in it depends on the items before, so they can't be taken at the same time"),
            Touch::Method { name: method, .. } => diagnostics
                .report(
                    diagnostics::UNKNOWN_METHOD,
                    &access.at,
                    format!("`{method}` may change `{name}`, which all items share"),
                )
                .note(format!(
                    "`{}` is mutable, and what an item finds in it depends on the items before",
                    place.root
                )),
            _ => diagnostics
                .report(
                    diagnostics::LOOP_CARRIED,
                    &access.at,
                    format!("`{name}` is carried from one item of the chain to the next"),
                )
                .note("a closure that changes what is outside it needs what the items before left there"),
        }
        .help(format!("if `{name}` adds up or picks the best: write a `for` loop; else do what changes it before, in a statement of its own; or mark the statement `#[seq]`"));
        reported.push(name);
    }
    for closure in closures {
        if let Expr::Path(path) = closure
            && let Some(name) = path.path.get_ident()
            && is_changing(function, name, variables)
        {
            diagnostics
                .report(
                    diagnostics::MUTABLE_BORROW,
                    closure,
                    format!("every call of `{name}` may change what it holds"),
                )
                .note("it is an `FnMut`, so what a call returns may depend on the calls before")
                .help("ask for `Fn(..) + Sync` instead, or mark the statement `#[seq]`");
        }
    }
}

/// True for a variable in the place of a function that may change what it holds.
pub(crate) fn is_changing(function: &ItemFn, name: &Ident, variables: &[Variable]) -> bool {
    chains::is_changing_function(name, variables) || is_of_changing_type(function, name, variables)
}

/// True for a parameter `f: F` where `F: FnMut`.
fn is_of_changing_type(function: &ItemFn, name: &Ident, variables: &[Variable]) -> bool {
    let variable = variables.iter().rev().find(|v| name == &v.name);
    let Some(Type::Path(ty)) = variable.and_then(|v| v.ty.as_ref()) else {
        return false;
    };
    let changes = |bounds: &dyn ToTokens| bounds.to_token_stream().to_string().contains("FnMut");
    let generics = &function.sig.generics;
    let in_list = generics
        .type_params()
        .any(|parameter| ty.path.is_ident(&parameter.ident) && changes(&parameter.bounds));
    let clauses = generics.where_clause.iter().flat_map(|clause| &clause.predicates);
    in_list
        || clauses.into_iter().any(|predicate| match predicate {
            WherePredicate::Type(bound) => {
                matches!(&bound.bounded_ty, Type::Path(path) if path.path == ty.path) && changes(&bound.bounds)
            }
            _ => false,
        })
}
