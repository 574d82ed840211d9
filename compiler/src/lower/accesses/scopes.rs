//! What does a name stand for at this place of the body?

use std::collections::BTreeMap;

use proc_macro2::Ident;
use syn::{Expr, ExprForLoop};

use super::Walker;
use crate::lower::bindings::bindings;
use crate::lower::guards::Scope;
use crate::lower::places::{Place, place_of};
use crate::lower::primitives::number;
use crate::lower::subscripts::{self, Name, Names, Polynomial};
use crate::lower::updates::strip;

/// What a name declared in the body stands for.
#[derive(Clone, Debug)]
pub(super) enum Bound {
    /// Nothing is known.
    Plain,
    /// A value that is a polynomial.
    Value(Polynomial),
    /// A value that is no more than a polynomial.
    AtMost(Polynomial),
    /// The variable of a loop inside, in `Accesses::ranges`.
    Inner,
}

impl Names for Walker<'_, '_> {
    fn resolve(&self, name: &str) -> Name {
        let found = self
            .locals
            .iter()
            .enumerate()
            .rev()
            .find_map(|(depth, scope)| Some((depth, scope.get(name)?)));
        match found {
            Some((0, _)) if self.induction.as_deref() == Some(name) => Name::Induction,
            Some((_, Bound::Value(value))) => Name::Known(value.clone()),
            Some((_, Bound::Inner)) => Name::Inner,
            Some((_, Bound::AtMost(bound))) => Name::AtMost(bound.clone()),
            Some((_, Bound::Plain)) => Name::Local,
            None => Name::Outer,
        }
    }
}

impl Scope for Walker<'_, '_> {
    fn is_outer(&self, name: &Ident) -> bool {
        Walker::is_outer(self, &name.to_string())
    }

    fn is_local(&self, name: &str) -> bool {
        Walker::is_local(self, name)
    }

    fn meaning(&self, expr: &Expr, computed: bool) -> Option<(Expr, Vec<String>)> {
        self.seen_through(expr, computed)
    }
}

/// The variable of `for name in range` and `for (name, ..) in (0..n).enumerate()`, and what it runs over.
fn ranged<'p>(pattern: &'p syn::Pat, source: &'p Expr) -> Option<(&'p syn::PatIdent, &'p syn::ExprRange)> {
    match (pattern, source) {
        (syn::Pat::Ident(ident), Expr::Range(range)) => Some((ident, range)),
        (syn::Pat::Tuple(pair), Expr::MethodCall(call)) if call.method == "enumerate" => {
            let Expr::Range(range) = strip(&call.receiver) else {
                return None;
            };
            let is_from_zero = range.start.as_deref().and_then(number) == Some(0);
            ranged(pair.elems.first()?, strip(&call.receiver)).filter(|_| is_from_zero)
        }
        _ => None,
    }
}

impl<'a> Walker<'a, '_> {
    pub(super) fn bind(&mut self, pattern: &syn::Pat) {
        for name in bindings(pattern) {
            self.declare(name.ident.to_string(), Bound::Plain);
        }
    }

    pub(super) fn declare(&mut self, name: String, bound: Bound) {
        self.meanings.remove(&(self.locals.len(), name.clone()));
        self.locals.last_mut().expect("the body is a scope").insert(name, bound);
    }

    /// `let name = value;` where the value's polynomial is known.
    pub(super) fn bind_value(&mut self, node: &syn::Local) {
        let ident = match &node.pat {
            syn::Pat::Ident(ident) => Some(ident),
            syn::Pat::Type(typed) => match &*typed.pat {
                syn::Pat::Ident(ident) => Some(ident),
                _ => None,
            },
            _ => None,
        };
        let ident = ident.filter(|ident| ident.mutability.is_none() && ident.by_ref.is_none());
        let meaning = node.init.as_ref().and_then(|init| self.meaning_of(&init.expr));
        let (Some(ident), Some(init)) = (ident, &node.init) else {
            self.bind(&node.pat);
            return self.mean_parts(&node.pat, meaning);
        };
        let bound = match subscripts::polynomial(&init.expr, self) {
            Some(value) => Bound::Value(value),
            None => subscripts::at_most(&init.expr, self).map_or(Bound::Plain, Bound::AtMost),
        };
        self.declare(ident.ident.to_string(), bound);
        self.mean_parts(&node.pat, meaning);
    }

    /// `for name in lower..upper` inside the body.
    pub(super) fn bind_range(&mut self, node: &ExprForLoop) {
        self.bind_bounds(node);
        self.mean_items(&node.pat, &node.expr);
    }

    fn bind_bounds(&mut self, node: &ExprForLoop) {
        let Some((ident, range)) = ranged(&node.pat, strip(&node.expr)) else {
            return self.bind(&node.pat);
        };
        self.bind(&node.pat);
        let lower = range.start.as_ref().and_then(|e| subscripts::polynomial(e, self));
        let upper = range.end.as_ref().and_then(|e| subscripts::at_most(e, self));
        let name = ident.ident.to_string();
        let bounds = match range.limits {
            syn::RangeLimits::HalfOpen(_) if ident.mutability.is_none() => lower.zip(upper),
            _ => None,
        };
        // one range a name: the subscripts know inner variables by their names
        let bound = match bounds {
            Some(bounds) if self.found.ranges.get(&name).is_none_or(|known| *known == bounds) => {
                self.found.ranges.insert(name.clone(), bounds);
                Bound::Inner
            }
            _ => Bound::Plain,
        };
        self.declare(name, bound);
    }

    pub(super) fn scope(&mut self, inside: impl FnOnce(&mut Self)) {
        self.locals.push(BTreeMap::new());
        inside(self);
        let depth = self.locals.len();
        self.meanings.retain(|(known, _), _| *known < depth);
        self.locals.pop();
    }

    pub(super) fn is_local(&self, name: &str) -> bool {
        self.locals.iter().any(|scope| scope.contains_key(name))
    }

    pub(super) fn is_outer(&self, name: &str) -> bool {
        !self.is_local(name) && self.outside.is_variable(name)
    }

    /// The place of `expr` if its variable is an outer one.
    pub(super) fn outer_place(&self, expr: &Expr) -> Option<Place> {
        place_of(expr)
            .map(|(place, _)| place)
            .filter(|place| self.is_outer(&place.root))
    }
}
