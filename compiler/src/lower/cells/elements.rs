//! Which statements are about one part of an element, or keep the better of two in it?
//!
//! `cells[k].n += 1;`, `cells[k] = cells[k].max(x);` and `if x > cells[k].most { cells[k].most = x; }` are written with a name
//! for the element, `let cell = &mut cells[k]; cell.n += 1;`.

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprAssign, ItemFn, Stmt, parse_quote, parse_quote_spanned};

use crate::diagnostics::ends;
use crate::lower::guards::{self, Substitute};
use crate::lower::lent::is_plain;
use crate::lower::places::{indices_of, place_of};
use crate::lower::updates::{self, strip};
use crate::lower::uses;

/// Gives a name to elements of which a part is updated, or the better of two is kept; true if there are any.
pub(crate) fn normalise(function: &mut ItemFn) -> bool {
    let mut normalise = Normalise { loops: 0, any: false };
    normalise.visit_block_mut(&mut function.block);
    normalise.any
}

struct Normalise {
    /// Around the current place.
    loops: usize,
    any: bool,
}

impl VisitMut for Normalise {
    fn visit_expr_for_loop_mut(&mut self, node: &mut syn::ExprForLoop) {
        self.loops += 1;
        visit_mut::visit_expr_for_loop_mut(self, node);
        self.loops -= 1;
    }

    fn visit_stmt_mut(&mut self, node: &mut Stmt) {
        visit_mut::visit_stmt_mut(self, node);
        let Stmt::Expr(expr, _) = &*node else { return };
        if let Some(named) = element_of(expr).and_then(|element| with_name(expr, element))
            && self.loops > 0
        {
            *node = named;
            self.any = true;
        }
    }

    fn visit_expr_closure_mut(&mut self, _: &mut syn::ExprClosure) {}

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

/// `cells[k]` in `cells[k].n += 1`, `cells[k] = cells[k].max(x)` and `if x > cells[k].most { cells[k].most = x; }`
fn element_of(stmt: &Expr) -> Option<&Expr> {
    match stmt {
        Expr::Binary(update) if updates::is_compound(&update.op) => match strip(&update.left) {
            Expr::Field(field) => behind_fields(&field.base),
            _ => None,
        },
        Expr::Assign(assign) => behind_fields(&assign.left).filter(|_| updates_itself(assign)),
        Expr::If(branch) if branch.else_branch.is_none() => {
            let assigned = branch.then_branch.stmts.iter().map(|stmt| match stmt {
                Stmt::Expr(Expr::Assign(assign), _) => behind_fields(&assign.left),
                _ => None,
            });
            let elements: Vec<&Expr> = assigned.collect::<Option<_>>()?;
            let (first, others) = elements.split_first()?;
            let same = |other: &&Expr| other.to_token_stream().to_string() == first.to_token_stream().to_string();
            others.iter().all(same).then_some(*first)
        }
        _ => None,
    }
}

/// The element that a field is a part of, or itself.
fn behind_fields(place: &Expr) -> Option<&Expr> {
    match strip(place) {
        Expr::Field(field) => behind_fields(&field.base),
        element @ Expr::Index(_) => Some(element),
        _ => None,
    }
}

fn updates_itself(assign: &ExprAssign) -> bool {
    let left = assign.left.to_token_stream().to_string();
    let is_target = |expr: &Expr| strip(expr).to_token_stream().to_string() == left;
    updates::of_value(&assign.left, &assign.right, &is_target).is_some()
}

/// The statement on a name for the element.
fn with_name(stmt: &Expr, element: &Expr) -> Option<Stmt> {
    let cell = Ident::new("cell", Span::mixed_site());
    let (place, same) = (place_of(element)?.0, element.to_token_stream().to_string());
    let mut named = stmt.clone();
    // only under the other conditions is there such an element
    let mut before = Vec::new();
    if let Expr::If(branch) = &mut named {
        let mut conditions: Vec<Expr> = guards::conjuncts(&branch.cond).into_iter().cloned().collect();
        let is_plain = indices_of(element).into_iter().all(is_plain);
        *branch.cond = conditions
            .pop()
            .filter(|last| is_plain && guards::mentions(last, &place))?;
        before = conditions;
    } else if matches!(named, Expr::Assign(_)) && !indices_of(element).into_iter().all(is_plain) {
        return None;
    }
    Substitute(&mut |part: &Expr| {
        let is_it = part.to_token_stream().to_string() == same;
        is_it.then(|| parse_quote!((*#cell)))
    })
    .visit_expr_mut(&mut named);
    // what is looked up elsewhere in the table can't be while the element is lent
    if uses::uses(&named, &place.root) {
        return None;
    }
    let at = ends(element).0;
    let lent: Stmt = parse_quote_spanned!(at=> let #cell = &mut #element;);
    Some(match &before[..] {
        [] => parse_quote!({ #lent #named; }),
        [first, rest @ ..] => parse_quote!(if #first #(&& #rest)* { #lent #named; }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_has_a_name_where_it_is_there() {
        for (text, want) in [
            ("t[k].n += x;", Some("{ let cell = & mut t [k] ; (* cell) . n += x ; }")),
            (
                "t[k] = t[k].max(x);",
                Some("{ let cell = & mut t [k] ; (* cell) = (* cell) . max (x) ; }"),
            ),
            (
                "if ok && x > t[k] { t[k] = x; }",
                Some("if ok { let cell = & mut t [k] ; if x > (* cell) { (* cell) = x ; } ; }"),
            ),
            (
                "if k < t.len() && x > t[k] { t[k] = x; }",
                Some("if k < t . len () { let cell = & mut t [k] ; if x > (* cell) { (* cell) = x ; } ; }"),
            ),
            ("if x > t[k] && ok { t[k] = x; }", None),
            ("t[next()] = t[next()].max(x);", None),
            ("t[k].n += t[j].n;", None),
            ("t[k] += x;", None),
        ] {
            let stmt: Stmt = syn::parse_str(text).unwrap();
            let Stmt::Expr(expr, _) = &stmt else { panic!("{text}") };
            let named = element_of(expr).and_then(|element| with_name(expr, element));
            assert_eq!(
                named.map(|stmt| stmt.to_token_stream().to_string()).as_deref(),
                want,
                "{text}"
            );
        }
    }
}
