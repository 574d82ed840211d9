//! Through which array of indices does a subscript go?
//!
//! `out[slot[i]]` goes through `slot`, and so do `out[k]` after `let k = slot[i] as usize;` and in
//! `for (i, &k) in slot.iter().enumerate()`. A cast to a narrow type may make two indices one, so it ends the way.

use std::collections::BTreeMap;

use syn::visit::{self, Visit};
use syn::{Expr, ExprForLoop, Pat};

use super::places::{Place, place_of};
use super::subscripts::is_wide;
use super::updates::strip;

/// Where the loop finds the indices.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum At {
    /// `slot[i]`, somewhere in its body.
    Subscript,
    /// Its source gives them, one an iteration, from the first one on.
    Source,
}

/// What the names in a loop's body have to do with arrays of indices.
#[derive(Debug, Default)]
pub(crate) struct Ways<'a> {
    /// Variables of the loop's pattern, each with the array of which it is an item.
    items: BTreeMap<String, Place>,
    /// Names declared in the body: how often, and the value of a `let`.
    declared: BTreeMap<String, (usize, Option<&'a Expr>)>,
}

impl<'a> Ways<'a> {
    /// Of a loop.
    pub(crate) fn of(node: &'a ExprForLoop) -> Self {
        let mut ways = Ways::default();
        items(&node.pat, &node.expr, &mut ways.items);
        ways.visit_block(&node.body);
        ways
    }

    /// The array that `subscript` goes through.
    pub(crate) fn through(&self, subscript: &Expr) -> Option<(Place, At)> {
        match subscript {
            Expr::Paren(e) => self.through(&e.expr),
            Expr::Group(e) => self.through(&e.expr),
            Expr::Cast(e) if is_wide(&e.ty) => self.through(&e.expr),
            Expr::Unary(e) if matches!(e.op, syn::UnOp::Deref(_)) => self.through(&e.expr),
            // `usize::from(k)`, `usize::try_from(k)`
            Expr::Call(call) if call.args.len() == 1 => {
                let Expr::Path(path) = &*call.func else { return None };
                let name = path.path.segments.last()?.ident.to_string();
                ["from", "try_from"]
                    .contains(&name.as_str())
                    .then(|| self.through(&call.args[0]))?
            }
            Expr::MethodCall(call) => ["unwrap", "expect", "into", "try_into", "clone", "to_owned"]
                .contains(&call.method.to_string().as_str())
                .then(|| self.through(&call.receiver))?,
            Expr::Index(index) => {
                let (place, _) = place_of(&index.expr)?;
                (place.depth() == 0).then_some((place, At::Subscript))
            }
            Expr::Path(path) => {
                let name = path.path.get_ident()?.to_string();
                match (self.declared.get(&name), self.items.get(&name)) {
                    // a name that is declared twice may stand for either
                    (Some((1, Some(value))), None) => self.through(value),
                    (None, Some(array)) => Some((array.clone(), At::Source)),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

impl<'a> Visit<'a> for Ways<'a> {
    fn visit_local(&mut self, node: &'a syn::Local) {
        let value = node
            .init
            .as_ref()
            .filter(|init| init.diverge.is_none())
            .map(|init| &*init.expr);
        let pattern = match &node.pat {
            Pat::Type(typed) => &typed.pat,
            pattern => pattern,
        };
        visit::visit_local(self, node);
        if let Pat::Ident(ident) = pattern
            && ident.mutability.is_none()
            && let Some(declared) = self.declared.get_mut(&ident.ident.to_string())
        {
            declared.1 = value;
        }
    }

    fn visit_pat_ident(&mut self, node: &'a syn::PatIdent) {
        self.declared.entry(node.ident.to_string()).or_default().0 += 1;
        visit::visit_pat_ident(self, node);
    }

    fn visit_item(&mut self, _: &'a syn::Item) {}
}

/// The names in a loop's pattern that stand for the items of arrays.
fn items(pattern: &Pat, source: &Expr, found: &mut BTreeMap<String, Place>) {
    let source = strip(source);
    match (pattern, source) {
        (Pat::Paren(pattern), _) => items(&pattern.pat, source, found),
        (Pat::Reference(pattern), _) => items(&pattern.pat, source, found),
        (Pat::Tuple(tuple), Expr::MethodCall(call)) if tuple.elems.len() == 2 => {
            match (call.method.to_string().as_str(), call.args.first()) {
                ("enumerate", None) => items(&tuple.elems[1], &call.receiver, found),
                ("zip", Some(other)) => {
                    items(&tuple.elems[0], &call.receiver, found);
                    items(&tuple.elems[1], other, found);
                }
                _ => {}
            }
        }
        (Pat::Ident(ident), Expr::MethodCall(call)) if call.args.is_empty() => {
            let name = call.method.to_string();
            if ["iter", "copied", "cloned", "into_iter"].contains(&name.as_str()) {
                items(&Pat::Ident(ident.clone()), &call.receiver, found);
            }
        }
        (Pat::Ident(ident), Expr::Reference(reference)) => items(&Pat::Ident(ident.clone()), &reference.expr, found),
        (Pat::Ident(ident), Expr::Path(_) | Expr::Field(_)) if ident.mutability.is_none() => {
            if let Some((place, _)) = place_of(source) {
                found.insert(ident.ident.to_string(), place);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subscripts_lead_to_the_array_of_indices() {
        for (text, want) in [
            ("for i in 0..n { out[slot[i]] = 1; }", Some("slot")),
            (
                "for i in 0..n { out[self.slot[2 * i] as usize] = 1; }",
                Some("self.slot"),
            ),
            ("for &k in &slot { out[k] = 1; }", Some("slot")),
            (
                "for (i, k) in slot.iter().enumerate() { out[*k as usize] = i; }",
                Some("slot"),
            ),
            (
                "for (x, &k) in xs.iter().zip(&slot) { out[usize::from(k)] = *x; }",
                Some("slot"),
            ),
            (
                "for i in 0..n { let k = slot[i]; let k2 = k as usize; out[k2] = i; }",
                Some("slot"),
            ),
            ("for i in 0..n { let k = slot[i]; let k = slot[k]; out[k] = i; }", None),
            ("for i in 0..n { out[slot[i] as u8 as usize] = i; }", None),
            ("for i in 0..n { out[slot[i] / 2] = i; }", None),
            ("for k in slot.iter().map(f) { out[k] = 1; }", None),
            ("for &k in &slot { for k in 0..3 { out[k] = 1; } }", None),
        ] {
            struct Subscript<'a>(Option<&'a Expr>);
            impl<'a> Visit<'a> for Subscript<'a> {
                fn visit_expr_assign(&mut self, node: &'a syn::ExprAssign) {
                    if let Expr::Index(index) = &*node.left {
                        self.0 = Some(&index.index);
                    }
                }
            }
            let node: ExprForLoop = syn::parse_str(text).unwrap();
            let mut subscript = Subscript(None);
            subscript.visit_expr_for_loop(&node);
            let found = Ways::of(&node).through(subscript.0.unwrap());
            assert_eq!(found.map(|(place, _)| place.to_string()).as_deref(), want, "{text}");
        }
    }
}
