//! Which assignments of a whole are assignments of its parts?
//!
//! `(low, high) = (low.min(x), high.max(x));` is `low = low.min(x); high = high.max(x);`, and
//! `range = Range { low: range.low.min(x), high: range.high.max(x) };` is the same for the fields, as long as none of
//! them looks at another that was assigned before it. Each part can then be an accumulator of its own.

use quote::{ToTokens, quote};
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprAssign, ExprStruct, Ident, ItemFn, Member, Pat, Stmt, parse_quote, parse_quote_spanned};

use super::bindings::bindings;
use super::guards::Substitute;
use super::places::{indices_of, place_of};
use super::updates::strip;
use super::uses;

/// Writes them so in the loops of the function.
pub(crate) fn normalise(function: &mut ItemFn) {
    Normalise { loops: 0 }.visit_block_mut(&mut function.block);
}

struct Normalise {
    /// Around the current place.
    loops: usize,
}

impl Normalise {
    fn inside(&mut self, visit: impl FnOnce(&mut Self)) {
        self.loops += 1;
        visit(self);
        self.loops -= 1;
    }
}

impl VisitMut for Normalise {
    fn visit_expr_for_loop_mut(&mut self, node: &mut syn::ExprForLoop) {
        self.inside(|s| visit_mut::visit_expr_for_loop_mut(s, node));
    }

    fn visit_expr_while_mut(&mut self, node: &mut syn::ExprWhile) {
        self.inside(|s| visit_mut::visit_expr_while_mut(s, node));
    }

    fn visit_block_mut(&mut self, node: &mut Block) {
        visit_mut::visit_block_mut(self, node);
        if self.loops == 0 {
            return;
        }
        let mut at = 0;
        while at < node.stmts.len() {
            if let Some((user, assign)) = taken_apart(&node.stmts[at..]) {
                node.stmts[at + user] = assign;
                node.stmts.remove(at);
            }
            at += 1;
        }
        for stmt in std::mem::take(&mut node.stmts) {
            match &stmt {
                Stmt::Expr(Expr::Assign(assign), Some(_)) if assign.attrs.is_empty() => match parts(assign) {
                    Some(parts) => node.stmts.extend(parts),
                    None => node.stmts.push(stmt),
                },
                _ => node.stmts.push(stmt),
            }
        }
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

/// The assignments of the parts, in order.
fn parts(assign: &ExprAssign) -> Option<Vec<Stmt>> {
    let parts: Vec<(Expr, &Expr)> = match (&*assign.left, strip(&assign.right)) {
        (Expr::Tuple(targets), Expr::Tuple(values)) if targets.elems.len() == values.elems.len() => {
            targets.elems.iter().cloned().zip(&values.elems).collect()
        }
        (whole, Expr::Tuple(values)) => members(whole, values.elems.iter().enumerate().map(numbered)),
        (whole, Expr::Array(values)) => {
            let elements = values.elems.iter().enumerate();
            let element = |(number, value)| {
                let number = proc_macro2::Literal::usize_unsuffixed(number);
                (parse_quote!(#whole[#number]), value)
            };
            elements.map(element).collect()
        }
        (whole, Expr::Struct(values)) if is_whole(values) => members(
            whole,
            values.fields.iter().map(|field| (field.member.clone(), &field.expr)),
        ),
        _ => return None,
    };
    let mut accumulates = matches!(&*assign.left, Expr::Tuple(_));
    for (number, (target, value)) in parts.iter().enumerate() {
        let root = match target {
            Expr::Infer(_) => None,
            target => Some(place_of(target).filter(|_| is_simple(target))?.0.root),
        };
        let read = places_in(value);
        let is_apart = |other: &&Expr| {
            let is_whole = is_same(&assign.left, other);
            !is_whole && parts[..number].iter().all(|(earlier, _)| !overlaps(earlier, other))
        };
        if !read.iter().all(is_apart) || root.is_some_and(|root| is_hidden_in(value, &root)) {
            return None;
        }
        accumulates |= read.iter().any(|other| is_same(target, other));
    }
    let assigned = |(target, value): &(Expr, &Expr)| -> Stmt {
        let at = assign.eq_token.spans[0];
        parse_quote_spanned!(at=> #target = #value;)
    };
    accumulates.then(|| parts.iter().map(assigned).collect())
}

fn numbered((number, value): (usize, &Expr)) -> (Member, &Expr) {
    (Member::from(number), value)
}

fn members<'e>(whole: &Expr, values: impl Iterator<Item = (Member, &'e Expr)>) -> Vec<(Expr, &'e Expr)> {
    let whole = match whole {
        Expr::Unary(_) => quote!((#whole)),
        whole => whole.to_token_stream(),
    };
    values
        .map(|(member, value)| (parse_quote!(#whole.#member), value))
        .collect()
}

/// True for a struct with all its fields; `Shape::Circle { .. }` is a variant, which has none to be assigned.
pub(crate) fn is_whole(values: &ExprStruct) -> bool {
    let of = values.path.segments.iter().rev().nth(1);
    let is_variant = of.is_some_and(|of| of.ident.to_string().starts_with(char::is_uppercase));
    values.rest.is_none() && values.qself.is_none() && !is_variant
}

/// True for a variable and fields of it, and an element whose index is a number.
pub(crate) fn is_simple(target: &Expr) -> bool {
    match target {
        Expr::Path(path) => path.path.get_ident().is_some(),
        Expr::Field(field) => is_simple(&field.base),
        Expr::Paren(inner) => is_simple(&inner.expr),
        Expr::Unary(unary) => matches!(unary.op, syn::UnOp::Deref(_)) && is_simple(&unary.expr),
        Expr::Index(index) => matches!(&*index.index, Expr::Lit(_)) && is_simple(&index.expr),
        _ => false,
    }
}

/// True if both name the same place, `(*r).low` and `r.low`; with indices, if they are written alike.
pub(crate) fn is_same(a: &Expr, b: &Expr) -> bool {
    match (place_of(a), place_of(b)) {
        (Some((a, _)), Some((b, _))) if a.depth() == 0 => a.is_same(&b),
        _ => strip(a).to_token_stream().to_string() == strip(b).to_token_stream().to_string(),
    }
}

/// True if the places may share memory; `r[0]` and `r[1]` don't.
pub(crate) fn overlaps(a: &Expr, b: &Expr) -> bool {
    match (strip(a), strip(b)) {
        (Expr::Index(a), Expr::Index(b)) if matches!((&*a.index, &*b.index), (Expr::Lit(_), Expr::Lit(_))) => {
            overlaps(&a.expr, &b.expr) && (is_same(&a.index, &b.index) || !is_same(&a.expr, &b.expr))
        }
        (a, b) => matches!((place_of(a), place_of(b)), (Some((a, _)), Some((b, _))) if a.overlaps(&b)),
    }
}

/// The places that the value reads.
pub(crate) fn places_in(value: &Expr) -> Vec<&Expr> {
    struct Places<'a>(Vec<&'a Expr>);
    impl<'a> Visit<'a> for Places<'a> {
        fn visit_expr(&mut self, node: &'a Expr) {
            if place_of(node).is_none() {
                return visit::visit_expr(self, node);
            }
            self.0.push(node);
            indices_of(node).into_iter().for_each(|index| self.visit_expr(index));
        }
    }
    let mut places = Places(Vec::new());
    places.visit_expr(value);
    places.0
}

/// `let (a, b) = whole;` and the statement behind it that alone uses the names, `whole = (a + x, b.max(x));`: how far
/// behind, and with the parts in the names' places.
fn taken_apart(stmts: &[Stmt]) -> Option<(usize, Stmt)> {
    let (Stmt::Local(local), rest) = stmts.split_first()? else {
        return None;
    };
    let (Pat::Tuple(pattern), Some(init)) = (&local.pat, &local.init) else {
        return None;
    };
    let is_plain =
        |p: &Pat| matches!(p, Pat::Ident(p) if p.by_ref.is_none() && p.mutability.is_none() && p.subpat.is_none());
    let whole = strip(&init.expr);
    if init.diverge.is_some() || !is_simple(whole) || !pattern.elems.iter().all(is_plain) {
        return None;
    }
    let is_user =
        |stmt: &Stmt| matches!(stmt, Stmt::Expr(Expr::Assign(assign), Some(_)) if is_same(&assign.left, whole));
    let at = rest.iter().position(is_user)?;
    let names: Vec<Ident> = bindings(&local.pat).into_iter().map(|b| b.ident).collect();
    let (root, _) = place_of(whole)?;
    let mentions = |stmt: &Stmt, name: &str| uses::occurs(stmt.to_token_stream(), name);
    let elsewhere = rest.iter().enumerate().filter(|(number, _)| *number != at);
    let is_only = elsewhere
        .clone()
        .all(|(_, stmt)| names.iter().all(|name| !mentions(stmt, &name.to_string())))
        && rest[..at].iter().all(|stmt| !mentions(stmt, &root.root));
    let Stmt::Expr(Expr::Assign(mut assign), semi) = rest[at].clone() else {
        return None;
    };
    if !is_only || names.iter().any(|name| is_hidden_in(&assign.right, &name.to_string())) {
        return None;
    }
    let part = |expr: &Expr| -> Option<Expr> {
        let Expr::Path(path) = expr else { return None };
        let number = names.iter().position(|name| path.path.is_ident(name))?;
        let member = Member::from(number);
        Some(parse_quote!(#whole.#member))
    };
    Substitute(&mut |expr: &Expr| part(expr)).visit_expr_mut(&mut assign.right);
    parts(&assign)?;
    Some((at + 1, Stmt::Expr(Expr::Assign(assign), semi)))
}

/// True if the variable is used where its parts aren't seen: in a macro, or in a closure.
pub(crate) fn is_hidden_in(value: &Expr, name: &str) -> bool {
    struct Hidden<'p>(&'p str, bool);
    impl<'a> Visit<'a> for Hidden<'_> {
        fn visit_macro(&mut self, node: &'a syn::Macro) {
            self.1 |= uses::occurs(node.tokens.clone(), self.0);
        }

        fn visit_expr_closure(&mut self, node: &'a syn::ExprClosure) {
            self.1 |= uses::occurs(node.body.to_token_stream(), self.0);
        }
    }
    let mut hidden = Hidden(name, false);
    hidden.visit_expr(value);
    hidden.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_do_not_look_at_each_other_are_assigned_one_by_one() {
        for (text, want) in [
            (
                "(a, b) = (a.min(x), b.max(x));",
                Some("a = a . min (x) ; b = b . max (x) ;"),
            ),
            (
                "r = (r.0 + x, r.1.max(x));",
                Some("r . 0 = r . 0 + x ; r . 1 = r . 1 . max (x) ;"),
            ),
            (
                "r = [r[0] + x, r[1] ^ x];",
                Some("r [0] = r [0] + x ; r [1] = r [1] ^ x ;"),
            ),
            (
                "s.range = Range { low: s.range.low.min(x), high: x };",
                Some("s . range . low = s . range . low . min (x) ; s . range . high = x ;"),
            ),
            (
                "*r = (r.0 + x, r.1.max(x));",
                Some("(* r) . 0 = r . 0 + x ; (* r) . 1 = r . 1 . max (x) ;"),
            ),
            ("*r = (r.0 + x, f(r));", None),
            ("(i, a) = (i + 1, v[i]);", None),
            ("(a, b) = (b, a + b);", None),
            ("(a, b) = (a + x, b + a);", None),
            ("(_, a) = (x, y);", Some("_ = x ; a = y ;")),
            ("best = (x, y);", None),
            ("r = (r.0 + x, f(r));", None),
            ("r = R { n: r.n + 1, ..r };", None),
            ("r = State::On { n: r.n + 1 };", None),
            ("r = (r.0 + x, items.map(|i| i + r.0));", None),
        ] {
            let Ok(Stmt::Expr(Expr::Assign(assign), _)) = syn::parse_str(text) else {
                panic!("{text}")
            };
            let found = parts(&assign).map(|stmts| {
                stmts
                    .iter()
                    .map(|s| s.to_token_stream().to_string())
                    .collect::<Vec<_>>()
                    .join(" ")
            });
            assert_eq!(found.as_deref(), want, "{text}");
        }
    }
}
