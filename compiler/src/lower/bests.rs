//! Which statement keeps the better of two candidates in an `Option`?
//!
//! `if best.is_none_or(|b| x > b) { best = Some(x); }` and its longer form,
//! `if let Some(b) = best { if x > b { best = Some(x); } } else { best = Some(x); }`, or
//! `if best.is_none() || x > best.unwrap() { best = Some(x); }`. A leaf starts from `None`, and two
//! partial results are compared by what the pattern finds in them.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::visit_mut::VisitMut;
use syn::{BinOp, Expr, ExprAssign, ExprIf, ExprMethodCall, Pat, Stmt};

use super::bindings::{bindings, unbind};
use super::choices::{Choice, Then, as_ref, in_some};
use super::guards::{self, Scope, Substitute, plain};
use super::places::{Place, place_of};
use super::updates::strip;
use crate::diagnostics::ends;

/// The idiom.
#[derive(Clone, Debug)]
pub(crate) struct Best<'a> {
    /// The `Option`.
    pub(crate) place: Place,
    /// Its expression.
    pub(crate) target: &'a Expr,
    /// How the `Option` is looked into: the place, or `.as_ref()` of it.
    pub(crate) view: Expr,
    /// What is found in it.
    pub(crate) pattern: Pat,
    /// What is compared, in terms of the pattern's names.
    pub(crate) key: Expr,
    /// The comparison, `candidate op key` or `key op candidate`.
    pub(crate) comparison: BinOp,
    /// The tokens that name what is done, for messages.
    pub(crate) operator: TokenStream,
    /// The candidate stands on the left.
    pub(crate) candidate_first: bool,
    /// What was found stays where the comparison holds, and else goes.
    pub(crate) is_kept: bool,
    /// What was found stays, whatever comes.
    pub(crate) is_first: bool,
    /// A call does it: no assignment shows that the place changes.
    pub(crate) is_called: bool,
    /// What is evaluated besides.
    pub(crate) evaluated: Vec<&'a Expr>,
}

impl Best<'_> {
    /// What two statements must share to be about the same order.
    pub(crate) fn order(&self) -> String {
        let (pattern, key, op) = (&self.pattern, &self.key, &self.comparison);
        let (first, kept) = (self.candidate_first, self.is_kept);
        quote!(#pattern #key #op #first #kept).to_string()
    }

    /// How another `Option` is looked into.
    pub(crate) fn view_of(&self, option: &Expr) -> Expr {
        let mut view = self.view.clone();
        Substitute(&mut |expr: &Expr| {
            let is_it = place_of(expr).is_some_and(|(place, _)| place.is_same(&self.place));
            is_it.then(|| option.clone())
        })
        .visit_expr_mut(&mut view);
        view
    }

    /// True if nothing that the iteration declares is compared but the candidate.
    pub(crate) fn is_compared_outside(&self, scope: &dyn Scope) -> bool {
        let found = bindings(&self.pattern);
        let is_found = |name: &str| found.iter().any(|found| found.ident == name);
        let names = super::uses::of_expr(&self.key);
        names.iter().all(|name| is_found(name) || !scope.is_local(name))
    }

    /// The comparison of what is found, in terms of the pattern's names, with the key of a candidate.
    pub(crate) fn compared(&self, candidate: &Ident) -> TokenStream {
        let (key, op) = (&self.key, &self.comparison);
        match self.candidate_first {
            true => quote!(#candidate #op #key),
            false => quote!(#key #op #candidate),
        }
    }

    /// True where the candidate takes the place of what is found.
    pub(crate) fn replaces(&self, candidate: &Ident) -> TokenStream {
        let compared = self.compared(candidate);
        match self.is_kept {
            true => quote!(!(#compared)),
            false => compared,
        }
    }
}

/// Recognises the idiom.
pub(crate) fn recognise<'a>(node: &'a ExprIf, scope: &dyn Scope) -> Option<Best<'a>> {
    let (view, pattern, comparison, then) = match (&*node.cond, &node.else_branch) {
        (Expr::MethodCall(call), None) if call.args.is_empty() => return first(node, scope),
        (Expr::MethodCall(call), None) => {
            let closure = match (call.method.to_string().as_str(), call.args.len()) {
                ("is_none_or", 1) => &call.args[0],
                ("map_or", 2) if call.args[0].to_token_stream().to_string() == "true" => &call.args[1],
                _ => return None,
            };
            let Expr::Closure(closure) = closure else { return None };
            let pattern = closure.inputs.first().filter(|_| closure.inputs.len() == 1)?;
            (
                (*call.receiver).clone(),
                pattern.clone(),
                Compared::of(&closure.body)?,
                &node.then_branch,
            )
        }
        (Expr::Binary(both), None) if matches!(both.op, BinOp::And(_)) => return first(node, scope),
        (Expr::Binary(either), None) if matches!(either.op, BinOp::Or(_)) => {
            let asked = asks_for_none(&either.left)?;
            let mut compared = Compared::of(&either.right)?;
            let known = Ident::new("known", proc_macro2::Span::mixed_site());
            let mut view = None;
            for side in [&mut compared.left.1, &mut compared.right.1] {
                Substitute(&mut |expr| {
                    let unwrapped = unwrapped(expr, asked)?;
                    view = Some(unwrapped.clone());
                    Some(syn::parse_quote!(#known))
                })
                .visit_expr_mut(side);
            }
            (view?, syn::parse_quote!(#known), compared, &node.then_branch)
        }
        _ => return first(node, scope),
    };
    let [Stmt::Expr(Expr::Assign(assign), _)] = &then.stmts[..] else {
        return None;
    };
    let (place, root) = place_of(&assign.left)?;
    let Expr::Call(some) = &*assign.right else { return None };
    let value = some
        .args
        .first()
        .filter(|_| matches!(&*some.func, Expr::Path(p) if p.path.is_ident("Some")))?;
    if !scope.is_outer(&root) || place.depth() > 0 || !views(&view, &place) {
        return None;
    }
    compare(&assign.left, view, &pattern, value, comparison)
}

/// The choice that keeps what is inside unless the candidate is better.
pub(crate) fn of_choice<'a>(choice: &Choice<'a>) -> Option<Best<'a>> {
    let Then::If(condition, then, otherwise) = &choice.then else {
        return None;
    };
    let (value, is_kept) = match (&**then, &**otherwise) {
        (Then::New(value), Then::Keep) => (value, false),
        (Then::Keep, Then::New(value)) => (value, true),
        _ => return None,
    };
    let same = value.to_token_stream().to_string() == choice.first.to_token_stream().to_string();
    let comparison = Compared::of(condition).filter(|_| same)?;
    let best = compare(choice.target, choice.view.clone(), choice.pattern, value, comparison)?;
    // what can't be copied is looked at where it is
    let view = match is_seen_through(&best.pattern) && is_part(&best.key) && place_of(&best.view).is_some() {
        true => as_ref(&best.view),
        false => best.view.clone(),
    };
    let mut pattern = best.pattern.clone();
    unbind(&mut pattern, &|name| super::uses::uses(&best.key, name));
    Some(Best {
        is_kept,
        view,
        pattern,
        ..best
    })
}

/// True if the pattern fits a reference as well.
fn is_seen_through(pattern: &Pat) -> bool {
    match pattern {
        Pat::Wild(_) => true,
        Pat::Ident(name) => name.by_ref.is_none() && name.subpat.is_none(),
        Pat::Tuple(parts) => parts.elems.iter().all(is_seen_through),
        Pat::Paren(inner) => is_seen_through(&inner.pat),
        _ => false,
    }
}

/// `b`, `b.cost`, `b.len()`: compares as a reference as it does as a value.
fn is_part(key: &Expr) -> bool {
    match key {
        Expr::Path(path) => path.path.get_ident().is_some(),
        Expr::Field(field) => is_part(&field.base),
        Expr::MethodCall(call) => call.args.is_empty() && is_part(&call.receiver),
        Expr::Paren(inner) => is_part(&inner.expr),
        _ => false,
    }
}

/// The idiom, if one side of the comparison is to the pattern what the other one is to the new value.
fn compare<'a>(
    target: &'a Expr,
    view: Expr,
    pattern: &Pat,
    value: &'a Expr,
    comparison: Compared<'a>,
) -> Option<Best<'a>> {
    let (place, _) = place_of(target)?;
    let mut found = Vec::new();
    take_apart(pattern, value, &mut found)?;
    let is_key = |key: &Expr, candidate: &Expr| {
        let mut substituted = key.clone();
        Substitute(&mut |expr| {
            let Expr::Path(path) = expr else { return None };
            let name = path.path.get_ident()?;
            found
                .iter()
                .find(|(known, _)| known == name)
                .map(|(_, value)| (*value).clone())
        })
        .visit_expr_mut(&mut substituted);
        key.to_token_stream().to_string() != substituted.to_token_stream().to_string()
            && plain(&substituted) == plain(candidate)
    };
    let Compared { left, op, right } = comparison;
    let (key, candidate, candidate_first) = if is_key(&right.1, left.0) {
        (right.1, left.0, true)
    } else if is_key(&left.1, right.0) {
        (left.1, right.0, false)
    } else {
        return None;
    };
    Some(Best {
        place,
        target,
        view,
        pattern: pattern.clone(),
        key,
        comparison: op,
        operator: op.to_token_stream(),
        candidate_first,
        is_kept: false,
        is_first: false,
        is_called: false,
        evaluated: vec![candidate, value],
    })
}

/// `if first.is_none() { first = Some(x); }`: of two candidates the first one, whatever they are.
fn first<'a>(node: &'a ExprIf, scope: &dyn Scope) -> Option<Best<'a>> {
    let mut asked = None;
    let mut evaluated = Vec::new();
    for part in guards::conjuncts(&node.cond) {
        match asks_for_none(part) {
            Some(option) if asked.is_none() => asked = Some(option),
            _ => evaluated.push(part),
        }
    }
    let asked = asked.filter(|_| node.else_branch.is_none())?;
    let [Stmt::Expr(Expr::Assign(assign), _)] = &node.then_branch.stmts[..] else {
        return None;
    };
    let (place, root) = place_of(&assign.left)?;
    let Expr::Call(some) = &*assign.right else { return None };
    let value = some
        .args
        .first()
        .filter(|_| matches!(&*some.func, Expr::Path(p) if p.path.is_ident("Some")))?;
    let is_about = scope.is_outer(&root) && place.depth() == 0 && views(asked, &place);
    let mentions = |part: &&Expr| super::uses::uses(part, &place.root) && guards::mentions(part, &place);
    let is_apart = !evaluated.iter().any(mentions) && !evaluated.iter().any(|part| matches!(part, Expr::Let(_)));
    let found = first_of(&assign.left, value, &assign.eq_token).filter(|_| is_about && is_apart)?;
    evaluated.push(value);
    Some(Best {
        view: asked.clone(),
        evaluated,
        ..found
    })
}

/// `first.get_or_insert(x);`, `first.get_or_insert_with(|| x);`
pub(crate) fn of_call(call: &ExprMethodCall) -> Option<Best<'_>> {
    let [argument] = &*call.args.iter().collect::<Vec<_>>() else {
        return None;
    };
    let value = match (call.method.to_string().as_str(), argument) {
        ("get_or_insert", value) => *value,
        ("get_or_insert_with", Expr::Closure(closure)) if closure.inputs.is_empty() => &*closure.body,
        _ => return None,
    };
    let found = first_of(&call.receiver, value, &call.method)?;
    Some(Best {
        is_called: true,
        ..found
    })
}

/// `first = first.or(Some(x))`
pub(crate) fn of_or(assign: &ExprAssign) -> Option<Best<'_>> {
    let Expr::MethodCall(or) = strip(&assign.right) else {
        return None;
    };
    let value = or.args.first().filter(|_| or.method == "or" && or.args.len() == 1)?;
    let (place, _) = place_of(&assign.left)?;
    let is_same = place_of(&or.receiver).is_some_and(|(found, _)| found.is_same(&place));
    let best = first_of(&assign.left, in_some(value)?, &or.method)?;
    is_same.then_some(best)
}

/// What keeps the first value that there is.
fn first_of<'a>(option: &'a Expr, value: &'a Expr, operator: &impl ToTokens) -> Option<Best<'a>> {
    let (place, _) = place_of(option).filter(|(place, _)| place.depth() == 0)?;
    let is_apart = !(super::uses::uses(value, &place.root) && guards::mentions(value, &place));
    is_apart.then(|| Best {
        place,
        target: option,
        view: option.clone(),
        // nothing is better than what was found
        pattern: syn::parse_quote!(_),
        key: syn::parse_quote!(0),
        comparison: BinOp::Lt(syn::Token![<](ends(operator).0)),
        operator: operator.to_token_stream(),
        candidate_first: true,
        is_kept: false,
        is_first: true,
        is_called: false,
        evaluated: vec![value],
    })
}

/// A comparison's sides, as they are written and in terms of the pattern's names.
struct Compared<'a> {
    left: (&'a Expr, Expr),
    op: BinOp,
    right: (&'a Expr, Expr),
}

impl<'a> Compared<'a> {
    fn of(expr: &'a Expr) -> Option<Self> {
        let guards::Compared { left, op, right } = guards::compared(expr)?;
        let is_order = matches!(op, BinOp::Lt(_) | BinOp::Le(_) | BinOp::Gt(_) | BinOp::Ge(_));
        is_order.then(|| Compared {
            left: (left, left.clone()),
            op,
            right: (right, right.clone()),
        })
    }
}

/// `best` in `best.is_none()`
fn asks_for_none(expr: &Expr) -> Option<&Expr> {
    match expr {
        Expr::MethodCall(call) if call.args.is_empty() && call.method == "is_none" => Some(&call.receiver),
        _ => None,
    }
}

/// `best` in `best.unwrap()`, `best.as_ref()` in `best.as_ref().unwrap()`
fn unwrapped<'e>(expr: &'e Expr, best: &Expr) -> Option<&'e Expr> {
    let Expr::MethodCall(call) = expr else { return None };
    let unwraps = call.method == "unwrap" && call.args.is_empty() || call.method == "expect" && call.args.len() == 1;
    let inner = match &*call.receiver {
        Expr::MethodCall(view) if view.method == "as_ref" && view.args.is_empty() => &*view.receiver,
        receiver => receiver,
    };
    (unwraps && inner == best).then_some(&*call.receiver)
}

/// `best`, `&best`, `best.as_ref()`
fn views(view: &Expr, place: &Place) -> bool {
    match view {
        Expr::Reference(reference) => reference.mutability.is_none() && views(&reference.expr, place),
        Expr::MethodCall(call) => call.args.is_empty() && call.method == "as_ref" && views(&call.receiver, place),
        other => place_of(other).is_some_and(|(found, _)| found.is_same(place)),
    }
}

/// What each name of the pattern is in the value.
fn take_apart<'v>(pattern: &Pat, value: &'v Expr, found: &mut Vec<(Ident, &'v Expr)>) -> Option<()> {
    match (pattern, value) {
        (Pat::Wild(_), _) => {}
        (Pat::Ident(name), _) if name.subpat.is_none() => found.push((name.ident.clone(), value)),
        (Pat::Reference(reference), _) => take_apart(&reference.pat, value, found)?,
        (Pat::Paren(paren), _) => take_apart(&paren.pat, value, found)?,
        (Pat::Type(typed), _) => take_apart(&typed.pat, value, found)?,
        (Pat::Tuple(patterns), Expr::Tuple(values)) if patterns.elems.len() == values.elems.len() => {
            for (pattern, value) in patterns.elems.iter().zip(&values.elems) {
                take_apart(pattern, value, found)?;
            }
        }
        _ => return None,
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Best;
    impl Scope for Best {
        fn is_outer(&self, name: &Ident) -> bool {
            name == "best"
        }

        fn is_local(&self, name: &str) -> bool {
            name == "i"
        }
    }

    #[test]
    fn the_better_of_two_in_an_option_is_recognised() {
        for (text, want) in [
            ("if best.is_none_or(|b| x > b) { best = Some(x); }", Some(true)),
            (
                "if best.is_none_or(|(_, most)| reach > most) { best = Some((i, reach)); }",
                Some(true),
            ),
            (
                "if best.as_ref().is_none_or(|b| b.cost >= p.cost) { best = Some(p.clone()); }",
                Some(false),
            ),
            ("if best.map_or(true, |b| x < b) { best = Some(x) }", Some(true)),
            (
                "if let Some(b) = best { if x > b { best = Some(x); } } else { best = Some(x); }",
                Some(true),
            ),
            (
                "if let Some((_, b)) = &best { if *b < x { best = Some((i, x)); } } else { best = Some((i, x)); }",
                Some(false),
            ),
            ("if best.is_none() || x > best.unwrap() { best = Some(x); }", Some(true)),
            (
                "if best.is_none() || (best.as_ref().unwrap().cost >= p.cost) { best = Some(p); }",
                Some(false),
            ),
            (
                "if best.is_none() || c.0 > best.unwrap().0 { best = Some((c.0, i)); }",
                Some(true),
            ),
            (
                "match best { Some(b) if x > b => best = Some(x), None => { best = Some(x); } _ => {} }",
                Some(true),
            ),
            (
                "match &mut best { Some(b) => if x > *b { *b = x; }, None => best = Some(x) }",
                Some(true),
            ),
            (
                "best = match best { None => Some(x), Some(b) => Some(if x < b { x } else { b }) }",
                Some(true),
            ),
            (
                "best = match best { Some((i, b)) if b < x => Some((n, x)), None => Some((n, x)), old => old }",
                None,
            ),
            (
                "best = Some(best.map_or(x, |b| if b < x { x } else { b }))",
                Some(false),
            ),
            ("match best { Some(b) if x > b => {} _ => best = Some(x) }", Some(true)),
            (
                "match best { Some(b) if x > b => best = Some(x), None => best = Some(y), _ => {} }",
                None,
            ),
            (
                "match best { Some(b) if x > b => other = Some(x), None => best = Some(x), _ => {} }",
                None,
            ),
            ("if best.is_none() || x > other.unwrap() { best = Some(x); }", None),
            ("if best.is_none() || x > best.unwrap() { best = Some(y); }", None),
            ("if best.is_none_or(|b| x > b) { best = Some(y); }", None),
            (
                "if best.is_none_or(|(i, _)| reach > most) { best = Some((i, reach)); }",
                None,
            ),
            ("if best.is_some_and(|b| x > b) { best = Some(x); }", None),
            ("if best.is_none_or(|b| x * i > b * i) { best = Some(x); }", None),
            (
                "if let Some(b) = best { if x > b { best = Some(x); } } else { best = Some(0); }",
                None,
            ),
        ] {
            let Ok(node) = syn::parse_str::<Expr>(text) else {
                panic!("{text}")
            };
            let at_once = match &node {
                Expr::If(node) => recognise(node, &Best),
                _ => None,
            };
            let best = at_once.or_else(|| Choice::of(&node).as_ref().and_then(of_choice));
            let found = best.filter(|best| best.is_compared_outside(&Best));
            let found = found.map(|best| best.candidate_first);
            assert_eq!(found, want, "{text}");
        }
    }
}
