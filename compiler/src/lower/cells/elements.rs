//! Which statements are about one part of an element, or keep the better of two in it?
//!
//! `cells[k].n += 1;`, `cells[k] = cells[k].max(x);` and `if x > cells[k].most { cells[k].most = x; }` are written with a name
//! for the element, `let cell = &mut cells[k]; cell.n += 1;`.

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprAssign, ExprMethodCall, ItemFn, Stmt, parse_quote, parse_quote_spanned};

use crate::diagnostics::ends;
use crate::lower::choices::in_some;
use crate::lower::guards::{self, Substitute};
use crate::lower::inductions;
use crate::lower::lent::is_plain;
use crate::lower::places::{indices_of, place_of};
use crate::lower::updates::{self, strip};
use crate::lower::uses;

/// Gives a name to elements of which a part is updated, or the better of two is kept; true if there are any.
pub(crate) fn normalise(function: &mut ItemFn) -> bool {
    let mut normalise = Normalise {
        inductions: Vec::new(),
        any: false,
    };
    normalise.visit_block_mut(&mut function.block);
    normalise.any
}

struct Normalise {
    /// The induction variables of the loops around the current place.
    inductions: Vec<Option<String>>,
    any: bool,
}

impl Normalise {
    /// True for an element that no other iteration of the outermost loop has, `out[i]`.
    fn is_own(&self, element: &Expr) -> bool {
        let Some(Some(name)) = self.inductions.first() else {
            return false;
        };
        let mut indices = indices_of(element).into_iter();
        indices.any(|index| matches!(strip(index), Expr::Path(path) if path.path.is_ident(name)))
    }
}

impl VisitMut for Normalise {
    fn visit_expr_for_loop_mut(&mut self, node: &mut syn::ExprForLoop) {
        self.inductions
            .push(inductions::of_loop(node).map(|induction| induction.name.to_string()));
        visit_mut::visit_expr_for_loop_mut(self, node);
        self.inductions.pop();
    }

    fn visit_stmt_mut(&mut self, node: &mut Stmt) {
        let element = match &*node {
            Stmt::Expr(expr, _) => {
                element_of(expr).filter(|element| !self.inductions.is_empty() && !self.is_own(element))
            }
            _ => None,
        };
        let Some(named) = element.and_then(|element| with_name(node, element)) else {
            return visit_mut::visit_stmt_mut(self, node);
        };
        *node = named;
        self.any = true;
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
        Expr::MethodCall(call) if is_first(call) => behind_fields(&call.receiver),
        Expr::If(_) | Expr::Match(_) => {
            let mut changed = Changed(Vec::new());
            changed.visit_expr(stmt);
            let elements: Vec<&Expr> = changed.0.into_iter().collect::<Option<_>>()?;
            let (first, others) = elements.split_first()?;
            others.iter().all(|other| text(other) == text(first)).then_some(*first)
        }
        _ => None,
    }
}

/// `cells[k].get_or_insert(x)`
fn is_first(call: &ExprMethodCall) -> bool {
    ["get_or_insert", "get_or_insert_with"]
        .iter()
        .any(|name| call.method == name)
}

/// The elements that a statement changes by assignments, or lends; `None` for another place.
struct Changed<'a>(Vec<Option<&'a Expr>>);

impl<'a> Visit<'a> for Changed<'a> {
    fn visit_expr(&mut self, node: &'a Expr) {
        match node {
            Expr::Assign(assign) => self.0.push(behind_fields(&assign.left)),
            Expr::Binary(update) if updates::is_compound(&update.op) => self.0.push(behind_fields(&update.left)),
            Expr::Reference(lent) if lent.mutability.is_some() => self.0.push(behind_fields(&lent.expr)),
            Expr::MethodCall(call) if is_first(call) || call.method == "as_mut" => {
                self.0.push(behind_fields(&call.receiver));
            }
            _ => {}
        }
        visit::visit_expr(self, node);
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

/// `t[k] = t[k].max(x)`, `t[k] = Some(x)`, `t[k] = t[k].or(Some(x))`
fn updates_itself(assign: &ExprAssign) -> bool {
    let is_target = |expr: &Expr| text(expr) == text(&assign.left);
    let is_choice = match strip(&assign.right) {
        Expr::MethodCall(call) => ["or", "map_or"].iter().any(|name| call.method == name),
        Expr::If(_) | Expr::Match(_) => true,
        value => in_some(value).is_some(),
    };
    // a part, or what becomes something else: that is refused with the part's name
    let is_part = matches!(strip(&assign.left), Expr::Field(_));
    is_part
        || is_choice
        || looks_up(&assign.right, &text(&assign.left))
        || updates::of_value(&assign.left, &assign.right, &is_target).is_some()
}

/// True if the element with this text is part of the expression.
fn looks_up(expr: &Expr, element: &str) -> bool {
    struct Search<'t>(&'t str, bool);
    impl<'a> Visit<'a> for Search<'_> {
        fn visit_expr(&mut self, node: &'a Expr) {
            self.1 |= node.to_token_stream().to_string() == self.0;
            visit::visit_expr(self, node);
        }
    }
    let mut search = Search(element, false);
    search.visit_expr(expr);
    search.1
}

fn text(expr: &Expr) -> String {
    strip(expr).to_token_stream().to_string()
}

/// The statement on a name for the element.
fn with_name(stmt: &Stmt, element: &Expr) -> Option<Stmt> {
    let Stmt::Expr(stmt, _) = stmt else { return None };
    let at = ends(element).0;
    let cell = Ident::new("cell", Span::mixed_site().located_at(at));
    let (place, same) = (place_of(element)?.0, element.to_token_stream().to_string());
    let mut named = stmt.clone();
    // only under the other conditions is there such an element
    let mut before = Vec::new();
    match &mut named {
        Expr::If(branch) => {
            let conditions: Vec<Expr> = guards::conjuncts(&branch.cond).into_iter().cloned().collect();
            let at = conditions.iter().position(|part| looks_up(part, &same))?;
            let (first, [asked, others @ ..]) = conditions.split_at(at) else {
                return None;
            };
            if at > 0 && branch.else_branch.is_some() {
                return None;
            }
            *branch.cond = parse_quote!(#asked #(&& #others)*);
            before = first.to_vec();
        }
        Expr::Match(looks) if !looks_up(&looks.expr, &same) => return None,
        _ => {}
    }
    // the index is computed once, and nothing else that could be seen is
    let is_lone = match &named {
        Expr::Binary(_) | Expr::MethodCall(_) => true,
        Expr::Assign(assign) => in_some(&assign.right).is_some_and(is_plain),
        _ => false,
    };
    if !is_lone && !indices_of(element).into_iter().all(is_plain) {
        return None;
    }
    Substitute(&mut |part: &Expr| {
        let is_it = part.to_token_stream().to_string() == same;
        is_it.then(|| parse_quote_spanned!(at=> (*#cell)))
    })
    .visit_expr_mut(&mut named);
    // what is looked up elsewhere in the table can't be while the element is lent
    if uses::uses(&named, &place.root) {
        return None;
    }
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
            (
                "if x > t[k] && ok { t[k] = x; }",
                Some("{ let cell = & mut t [k] ; if x > (* cell) && ok { (* cell) = x ; } ; }"),
            ),
            (
                "match t[k] { Some(b) if b >= x => {} _ => t[k] = Some(x) }",
                Some(
                    "{ let cell = & mut t [k] ; match (* cell) { Some (b) if b >= x => { } _ => (* cell) = Some (x) } ; }",
                ),
            ),
            (
                "t[f(x)].get_or_insert(x);",
                Some("{ let cell = & mut t [f (x)] ; (* cell) . get_or_insert (x) ; }"),
            ),
            ("if let Some(v) = next { t[k] = Some(v); }", None),
            ("match next { Some(v) => t[k] = Some(v), None => {} }", None),
            ("if t[k].is_none() { t[k] = Some(x); n = x; }", None),
            ("t[next()] = t[next()].max(x);", None),
            ("t[k].n += t[j].n;", None),
            ("t[k] += x;", None),
        ] {
            let stmt: Stmt = syn::parse_str(text).unwrap();
            let Stmt::Expr(expr, _) = &stmt else { panic!("{text}") };
            let named = element_of(expr).and_then(|element| with_name(&stmt, element));
            assert_eq!(
                named.map(|stmt| stmt.to_token_stream().to_string()).as_deref(),
                want,
                "{text}"
            );
        }
    }
}
