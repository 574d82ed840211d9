//! Which steps of a chain wait for the last item of what has none?
//!
//! A step that counts the items that others have left has to have them as a list, `(2..).filter(is_prime).take(10)`, and so
//! has `skip_while`. What is listed must have an end.

use syn::{Expr, ExprMethodCall};

use crate::diagnostics::{self, Diagnostics};
use crate::lower::chains::{self, Adaptor};
use crate::lower::listing::Listing;
use crate::lower::variables::Variable;

/// What is known of the items up to a step.
#[derive(Clone, Copy)]
struct Items {
    is_endless: bool,
    /// One for each of the source.
    keeps_count: bool,
    /// Nothing has been done to them.
    are_of_source: bool,
}

/// Reports the steps of the chain, or of a loop's header, that list what has no end.
pub(crate) fn check(items: &Expr, variables: &[Variable], diagnostics: &mut Diagnostics) {
    of(items, variables, diagnostics);
}

fn of(expr: &Expr, variables: &[Variable], diagnostics: &mut Diagnostics) -> Items {
    match expr {
        Expr::Group(inner) => of(&inner.expr, variables, diagnostics),
        Expr::Paren(inner) if matches!(*inner.expr, Expr::MethodCall(_)) => of(&inner.expr, variables, diagnostics),
        Expr::MethodCall(call) => match chains::adaptor(call) {
            None | Some(Adaptor::Remembers) => source(expr, variables),
            Some(kind) => step(call, kind, variables, diagnostics),
        },
        _ => source(expr, variables),
    }
}

fn source(expr: &Expr, variables: &[Variable]) -> Items {
    Items {
        is_endless: Listing::of_header(expr, variables) == Listing::Endless,
        keeps_count: true,
        are_of_source: true,
    }
}

fn step(call: &ExprMethodCall, kind: Adaptor, variables: &[Variable], diagnostics: &mut Diagnostics) -> Items {
    let before = of(&call.receiver, variables, diagnostics);
    let listed = |is_endless| Items {
        is_endless,
        keeps_count: true,
        are_of_source: true,
    };
    let name = call.method.to_string();
    match (kind, name.as_str()) {
        (Adaptor::OneForOne, _) => Items {
            are_of_source: before.are_of_source && call.args.is_empty(),
            ..before
        },
        (Adaptor::SomeForOne, _) => Items {
            keeps_count: false,
            are_of_source: false,
            ..before
        },
        (Adaptor::Bounds, "skip_while") => {
            list(call, before, diagnostics);
            listed(before.is_endless)
        }
        (Adaptor::Bounds, _) => listed(false),
        (_, "zip") => {
            let other = of(&call.args[0], variables, diagnostics);
            for side in [before, other] {
                if !side.keeps_count {
                    list(call, side, diagnostics);
                }
            }
            Items {
                is_endless: before.is_endless && other.is_endless,
                keeps_count: true,
                are_of_source: before.are_of_source && other.are_of_source,
            }
        }
        (_, "take" | "enumerate") if before.keeps_count => Items {
            is_endless: before.is_endless && name != "take",
            ..before
        },
        _ => {
            if !before.are_of_source {
                list(call, before, diagnostics);
            }
            let mut is_endless = before.is_endless && name != "take";
            if name == "chain" {
                let other = of(&call.args[0], variables, diagnostics);
                if !other.are_of_source {
                    list(call, other, diagnostics);
                }
                is_endless |= other.is_endless;
            }
            listed(is_endless)
        }
    }
}

fn list(call: &ExprMethodCall, items: Items, diagnostics: &mut Diagnostics) {
    if !items.is_endless {
        return;
    }
    let method = &call.method;
    diagnostics
        .report(
            diagnostics::ORDERED_CHAIN,
            method,
            format!("`{method}` takes the items one after another"),
        )
        .note("pieces don't know how many items the pieces before them leave, and a list of them all would have no end")
        .help("give the source an end, `0..n`; or let the items be made in order and shared out as they come: `divvy::stream(..)` around them");
}
