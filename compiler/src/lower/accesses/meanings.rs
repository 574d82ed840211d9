//! What is a name of the iteration, in terms of the iteration's number and of what is outside?
//!
//! In `for (i, p) in points.iter().enumerate()` the item `p` is `points[i]`, as is `let p = &points[i];`. Only what can't
//! have changed since is known: elements and parts of what is outside, and what functions make of them.

use quote::format_ident;
use syn::visit_mut::VisitMut;
use syn::{Expr, Pat, UnOp};

use super::Walker;
use crate::lower::guards::Substitute;
use crate::lower::places::place_of;
use crate::lower::updates::strip;
use crate::lower::uses;

/// What a name is.
#[derive(Clone, Debug)]
pub(super) struct Meaning {
    /// In terms of the numbers of iterations and of names outside.
    value: Expr,
    /// An element or a part of one, not computed.
    is_place: bool,
}

impl Walker<'_, '_> {
    /// The expression with what its names mean, and the names outside that may change.
    pub(super) fn seen_through(&self, expr: &Expr, computed: bool) -> Option<(Expr, Vec<String>)> {
        let mut seen = expr.clone();
        Substitute(&mut |expr: &Expr| {
            let Expr::Path(path) = expr else { return None };
            let meaning = self.known(&path.path.get_ident()?.to_string())?;
            (computed || meaning.is_place).then(|| meaning.value.clone())
        })
        .visit_expr_mut(&mut seen);
        let mut names = uses::of_expr(&seen);
        names.retain(|name| !self.is_local(name) && self.outside.may_change(name));
        Some((seen, names.into_iter().collect()))
    }

    fn known(&self, name: &str) -> Option<&Meaning> {
        let depth = self.locals.iter().rposition(|scope| scope.contains_key(name))?;
        self.meanings.get(&(depth + 1, name.to_string()))
    }

    /// What the expression is, if nothing in it can change before it is looked at again.
    pub(super) fn meaning_of(&self, expr: &Expr) -> Option<Meaning> {
        is_pure(expr).then_some(())?;
        let (value, _) = self.seen_through(expr, true)?;
        let is_known = |name: &String| !self.is_local(name);
        uses::of_expr(&value).iter().all(is_known).then_some(())?;
        let is_place = is_place(&value);
        Some(Meaning { value, is_place })
    }

    /// What the names of the pattern are.
    pub(super) fn mean_parts(&mut self, pattern: &Pat, meaning: Option<Meaning>) {
        let Some(meaning) = meaning else { return };
        match pattern {
            Pat::Ident(name) if name.mutability.is_none() && name.subpat.is_none() => {
                let key = (self.locals.len(), name.ident.to_string());
                self.meanings.insert(key, meaning);
            }
            Pat::Type(typed) => self.mean_parts(&typed.pat, Some(meaning)),
            Pat::Paren(inner) => self.mean_parts(&inner.pat, Some(meaning)),
            Pat::Reference(inner) if inner.mutability.is_none() => self.mean_parts(&inner.pat, Some(meaning)),
            Pat::Tuple(parts) if !parts.elems.iter().any(|part| matches!(part, Pat::Rest(_))) => {
                for (number, part) in parts.elems.iter().enumerate() {
                    let (whole, number) = (&meaning.value, syn::Index::from(number));
                    let value = syn::parse_quote!(#whole.#number);
                    let is_place = meaning.is_place;
                    self.mean_parts(part, Some(Meaning { value, is_place }));
                }
            }
            _ => {}
        }
    }

    /// What the names in the header of a loop are: numbers of iterations, and the items of those numbers.
    pub(super) fn mean_items(&mut self, pattern: &Pat, source: &Expr) {
        let source = counted(source);
        self.numbers += 1;
        let number = format_ident!("__divvy_number_{}", self.numbers);
        let number = Meaning {
            value: syn::parse_quote!(#number),
            is_place: true,
        };
        match (pattern, source) {
            (pattern @ Pat::Ident(_), Expr::Range(_)) => self.mean_parts(pattern, Some(number)),
            (Pat::Tuple(pair), Expr::MethodCall(call)) if call.method == "enumerate" && pair.elems.len() == 2 => {
                self.mean_item(&pair.elems[1], &call.receiver, &number.value);
                self.mean_parts(&pair.elems[0], Some(number));
            }
            _ => {}
        }
    }

    fn mean_item(&mut self, pattern: &Pat, source: &Expr, number: &Expr) {
        let source = strip(source);
        let list = match source {
            Expr::MethodCall(call) if call.method == "zip" && call.args.len() == 1 => {
                if let Pat::Tuple(pair) = pattern
                    && pair.elems.len() == 2
                {
                    self.mean_item(&pair.elems[0], &call.receiver, number);
                    self.mean_item(&pair.elems[1], &call.args[0], number);
                }
                return;
            }
            Expr::MethodCall(call) if ["copied", "cloned"].iter().any(|name| call.method == name) => {
                return self.mean_item(pattern, &call.receiver, number);
            }
            Expr::MethodCall(call) if call.method == "iter" && call.args.is_empty() => strip(&call.receiver),
            Expr::Reference(reference) if reference.mutability.is_none() => strip(&reference.expr),
            source => source,
        };
        let is_list = |name: &str| self.is_outer(name) && self.outside.is_list(name);
        let is_known = place_of(list).is_some_and(|(place, _)| place.is_variable() && is_list(&place.root));
        if is_known {
            let value = syn::parse_quote!(#list[#number]);
            self.mean_parts(pattern, Some(Meaning { value, is_place: true }));
        }
    }
}

/// The header without what passes items over, or turns their order round, behind their numbers.
fn counted(source: &Expr) -> &Expr {
    const KEEP: &[&str] = &[
        "filter",
        "inspect",
        "rev",
        "skip",
        "skip_while",
        "step_by",
        "take",
        "take_while",
    ];
    match strip(source) {
        Expr::MethodCall(call) if KEEP.iter().any(|name| call.method == name) => counted(&call.receiver),
        source => source,
    }
}

/// True for elements, parts and copies of what is there.
fn is_place(expr: &Expr) -> bool {
    match strip(expr) {
        Expr::Path(_) | Expr::Lit(_) => true,
        Expr::Field(field) => is_place(&field.base),
        Expr::Index(index) => is_place(&index.expr) && is_place(&index.index),
        Expr::Reference(reference) => reference.mutability.is_none() && is_place(&reference.expr),
        Expr::Unary(unary) => matches!(unary.op, UnOp::Deref(_)) && is_place(&unary.expr),
        Expr::MethodCall(call) => call.args.is_empty() && call.method == "clone" && is_place(&call.receiver),
        _ => false,
    }
}

/// True if nothing is changed, kept or left by computing it, as far as its text goes.
fn is_pure(expr: &Expr) -> bool {
    use crate::lower::updates::is_compound;
    match strip(expr) {
        Expr::Path(_) | Expr::Lit(_) => true,
        Expr::Field(field) => is_pure(&field.base),
        Expr::Index(index) => is_pure(&index.expr) && is_pure(&index.index),
        Expr::Reference(reference) => reference.mutability.is_none() && is_pure(&reference.expr),
        Expr::Unary(unary) => is_pure(&unary.expr),
        Expr::Cast(cast) => is_pure(&cast.expr),
        Expr::Tuple(parts) => parts.elems.iter().all(is_pure),
        Expr::Binary(binary) => !is_compound(&binary.op) && is_pure(&binary.left) && is_pure(&binary.right),
        Expr::MethodCall(call) => is_pure(&call.receiver) && call.args.iter().all(is_pure),
        Expr::Call(call) => is_pure(&call.func) && call.args.iter().all(is_pure),
        _ => false,
    }
}
