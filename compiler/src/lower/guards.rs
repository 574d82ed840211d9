//! Which `if` keeps the better of two candidates?
//!
//! `if A op B { members = candidates }` where `B` is about the members and becomes `A` when each member is replaced by
//! its candidate: `if d < best { best = d; at = i; }`, `if v[i] > v[top] { top = i; }`. Two partial results are then
//! compared by `B` on one against `B` on the other. The comparison must be a total order on the values compared (a
//! float NaN never wins, so it does no harm).

use proc_macro2::Ident;
use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{BinOp, Expr, ExprIf, Stmt};

use super::NodeId;
use super::accesses::{Access, Touch};
use super::places::{Place, place_of};
use super::shadows::is_of_std;
use super::updates::strip;
use crate::diagnostics::ends;

/// A place that is replaced when a better candidate comes.
#[derive(Clone, Debug)]
pub(crate) struct Member<'a> {
    /// The place.
    pub(crate) place: Place,
    /// Its expression.
    pub(crate) target: &'a Expr,
    /// The assignment.
    pub(crate) node: &'a Expr,
}

/// The idiom.
#[derive(Clone, Debug)]
pub(crate) struct Guard<'a> {
    /// What is compared, in terms of the members.
    pub(crate) key: &'a Expr,
    /// The comparison, oriented: `candidate op member`.
    pub(crate) comparison: BinOp,
    /// `<` or `>`: the first of equal candidates stays; else the last one does.
    pub(crate) strict: bool,
    /// The places replaced together.
    pub(crate) members: Vec<Member<'a>>,
    /// What is evaluated besides: the condition without the members' side, and the candidates.
    pub(crate) evaluated: Vec<&'a Expr>,
    /// The other statements of the branch.
    pub(crate) rest: Vec<&'a Stmt>,
    /// The whole `if`.
    pub(crate) node: NodeId,
}

impl Guard<'_> {
    /// True if what is compared changes with the members alone.
    ///
    /// Two partial results are compared after their pieces: a member that is more than the best so far, such as a sum
    /// that starts again below zero, says nothing then about what came with it.
    pub(crate) fn holds(&self, accesses: &[Access<'_>]) -> bool {
        let compared = |place: &Place| mentions(self.key, place);
        let is_member = |place: &Place| self.members.iter().any(|m| m.place.overlaps(place));
        accesses.iter().all(|access| match access.touch {
            Touch::Guarded(_) => true,
            // a member alone is what its own updates make of it, and these are looked at together
            _ if is_member(&access.place) => self.members.len() == 1 || !compared(&access.place),
            Touch::Read => true,
            _ => !compared(&access.place),
        })
    }
}

/// Recognises the idiom; `is_outer` tells the variables that outlive the iteration.
pub(crate) fn recognise<'a>(node: &'a ExprIf, is_outer: &dyn Fn(&Ident) -> bool) -> Option<Guard<'a>> {
    if node.else_branch.is_some() {
        return None;
    }
    let mut members = Vec::new();
    let mut values = Vec::new();
    let mut rest = Vec::new();
    for stmt in &node.then_branch.stmts {
        match stmt {
            Stmt::Expr(expr @ Expr::Assign(assign), _) => match place_of(&assign.left) {
                Some((place, root)) if is_outer(&root) && place.depth() == 0 => {
                    members.push(Member {
                        place,
                        target: &assign.left,
                        node: expr,
                    });
                    values.push(&*assign.right);
                }
                _ => rest.push(stmt),
            },
            _ => rest.push(stmt),
        }
    }
    if members.is_empty() {
        return None;
    }
    let mentions = |expr: &Expr| members.iter().any(|m| mentions(expr, &m.place));
    let mut evaluated = values.clone();
    let (comparisons, others): (Vec<&Expr>, Vec<&Expr>) = conjuncts(&node.cond).into_iter().partition(|e| mentions(e));
    evaluated.extend(others);
    let [comparison] = comparisons[..] else {
        return None;
    };
    let comparison = compared(comparison)?;
    if evaluated.iter().any(|e| matches!(e, Expr::Let(_))) || values.iter().any(|v| mentions(v)) {
        return None;
    }
    let (candidate, key, op) = match (mentions(comparison.left), mentions(comparison.right)) {
        (false, true) => (comparison.left, comparison.right, comparison.op),
        (true, false) => (comparison.right, comparison.left, flipped(comparison.op)?),
        _ => return None,
    };
    let strict = match op {
        BinOp::Lt(_) | BinOp::Gt(_) => true,
        BinOp::Le(_) | BinOp::Ge(_) => false,
        _ => return None,
    };
    let mut substituted = key.clone();
    Substitute(&mut |expr| {
        let (place, _) = place_of(expr)?;
        members
            .iter()
            .position(|m| m.place.is_same(&place))
            .map(|at| values[at].clone())
    })
    .visit_expr_mut(&mut substituted);
    if plain(&substituted) != plain(candidate) {
        return None;
    }
    evaluated.push(candidate);
    Some(Guard {
        key,
        comparison: op,
        strict,
        members,
        evaluated,
        rest,
        node: NodeId::of(node),
    })
}

/// Calls `each` on the operands of a chain of `&&`.
pub(crate) fn conjuncts(condition: &Expr) -> Vec<&Expr> {
    match strip(condition) {
        Expr::Binary(binary) if matches!(binary.op, BinOp::And(_)) => {
            [conjuncts(&binary.left), conjuncts(&binary.right)].concat()
        }
        other => vec![other],
    }
}

/// A comparison, however it is written.
pub(crate) struct Compared<'a> {
    pub(crate) left: &'a Expr,
    pub(crate) op: BinOp,
    pub(crate) right: &'a Expr,
}

/// `a < b`, `a.lt(&b)`, `T::lt(&a, &b)`, `a.cmp(&b).is_lt()`, `a.partial_cmp(&b) == Some(Ordering::Less)`, ...
pub(crate) fn compared(expr: &Expr) -> Option<Compared<'_>> {
    let operator = |name: &str, at: proc_macro2::Span| {
        Some(match name {
            "lt" => BinOp::Lt(syn::Token![<](at)),
            "gt" => BinOp::Gt(syn::Token![>](at)),
            "le" => BinOp::Le(syn::Token![<=](at)),
            "ge" => BinOp::Ge(syn::Token![>=](at)),
            _ => return None,
        })
    };
    match strip(expr) {
        Expr::Binary(binary) => match binary.op {
            BinOp::Eq(_) | BinOp::Ne(_) => {
                let (left, right, is_partial) = asked(&binary.left)?;
                let name = match (ordering(&binary.right, is_partial)?.as_str(), binary.op) {
                    ("Less", BinOp::Eq(_)) => "lt",
                    ("Greater", BinOp::Eq(_)) => "gt",
                    // of two that can't be compared neither is less
                    ("Less", _) if !is_partial => "ge",
                    ("Greater", _) if !is_partial => "le",
                    _ => return None,
                };
                let op = operator(name, ends(&binary.op).0)?;
                Some(Compared { left, op, right })
            }
            op => Some(Compared {
                left: &binary.left,
                op,
                right: &binary.right,
            }),
        },
        Expr::MethodCall(call) if call.args.len() == 1 => Some(Compared {
            left: &call.receiver,
            op: operator(&call.method.to_string(), call.method.span())?,
            right: &call.args[0],
        }),
        Expr::MethodCall(call) if call.args.is_empty() => {
            let (left, right, is_partial) = asked(&call.receiver)?;
            let op = operator(call.method.to_string().strip_prefix("is_")?, call.method.span())?;
            (!is_partial).then_some(Compared { left, op, right })
        }
        Expr::Call(call) if call.args.len() == 2 => {
            let Expr::Path(path) = &*call.func else { return None };
            let name = &path.path.segments.last().filter(|_| is_of_std(path))?.ident;
            Some(Compared {
                left: &call.args[0],
                op: operator(&name.to_string(), name.span())?,
                right: &call.args[1],
            })
        }
        _ => None,
    }
}

/// `a.cmp(&b)`, and whether it is `partial_cmp`.
fn asked(expr: &Expr) -> Option<(&Expr, &Expr, bool)> {
    let Expr::MethodCall(call) = strip(expr) else {
        return None;
    };
    let is_partial = match call.method.to_string().as_str() {
        "cmp" => false,
        "partial_cmp" => true,
        _ => return None,
    };
    Some((
        &call.receiver,
        call.args.first().filter(|_| call.args.len() == 1)?,
        is_partial,
    ))
}

/// `Ordering::Less`, or `Some(Ordering::Less)`.
fn ordering(expr: &Expr, is_partial: bool) -> Option<String> {
    match strip(expr) {
        Expr::Path(path) if !is_partial => Some(path.path.segments.last()?.ident.to_string()),
        Expr::Call(some) if is_partial && some.args.len() == 1 => {
            let is_some = matches!(&*some.func, Expr::Path(path) if path.path.is_ident("Some"));
            ordering(&some.args[0], false).filter(|_| is_some)
        }
        _ => None,
    }
}

/// True if the expression is about the place.
pub(crate) fn mentions(expr: &Expr, place: &Place) -> bool {
    struct Find<'p>(&'p Place, bool);
    impl<'a> syn::visit::Visit<'a> for Find<'_> {
        fn visit_expr(&mut self, node: &'a Expr) {
            match place_of(node) {
                Some((place, _)) if place.overlaps(self.0) => self.1 = true,
                _ => syn::visit::visit_expr(self, node),
            }
        }

        fn visit_macro(&mut self, node: &'a syn::Macro) {
            self.1 |= node.tokens.to_string().contains(self.0.root.as_str());
        }
    }
    let mut find = Find(place, false);
    syn::visit::Visit::visit_expr(&mut find, expr);
    find.1
}

fn flipped(op: BinOp) -> Option<BinOp> {
    Some(match op {
        BinOp::Lt(op) => BinOp::Gt(syn::Token![>](op.spans[0])),
        BinOp::Gt(op) => BinOp::Lt(syn::Token![<](op.spans[0])),
        BinOp::Le(op) => BinOp::Ge(syn::Token![>=](op.spans)),
        BinOp::Ge(op) => BinOp::Le(syn::Token![<=](op.spans)),
        _ => return None,
    })
}

/// Replaces every place for which the function has an answer.
pub(crate) struct Substitute<'f>(pub(crate) &'f mut dyn FnMut(&Expr) -> Option<Expr>);

impl VisitMut for Substitute<'_> {
    fn visit_expr_mut(&mut self, node: &mut Expr) {
        match (self.0)(node) {
            Some(new) => *node = new,
            None => visit_mut::visit_expr_mut(self, node),
        }
    }
}

/// What the field of a tuple or struct that is just made is.
fn part<'e>(made: &'e Expr, member: &syn::Member) -> Option<&'e Expr> {
    match (made, member) {
        (Expr::Tuple(tuple), syn::Member::Unnamed(at)) => tuple.elems.iter().nth(at.index as usize),
        (Expr::Struct(made), member) => {
            let mut fields = made.fields.iter();
            fields.find(|field| field.member == *member).map(|field| &field.expr)
        }
        _ => None,
    }
}

/// The text of an expression without references, dereferences, parentheses and copies, which don't change what it is
/// compared by.
pub(crate) fn plain(expr: &Expr) -> String {
    struct Plain;
    impl VisitMut for Plain {
        fn visit_expr_mut(&mut self, node: &mut Expr) {
            loop {
                if let Expr::Field(field) = node {
                    self.visit_expr_mut(&mut field.base);
                }
                let inner = match node {
                    Expr::Field(field) => match part(&field.base, &field.member) {
                        Some(part) => part,
                        None => break,
                    },
                    Expr::Paren(e) => &*e.expr,
                    Expr::Group(e) => &*e.expr,
                    Expr::Reference(e) => &*e.expr,
                    Expr::Unary(e) if matches!(e.op, syn::UnOp::Deref(_)) => &e.expr,
                    Expr::MethodCall(e)
                        if e.args.is_empty()
                            && ["clone", "to_owned", "to_string", "to_vec", "copied", "cloned"]
                                .iter()
                                .any(|name| e.method == name) =>
                    {
                        &e.receiver
                    }
                    _ => break,
                };
                *node = inner.clone();
            }
            visit_mut::visit_expr_mut(self, node);
        }
    }
    let mut expr = expr.clone();
    Plain.visit_expr_mut(&mut expr);
    expr.to_token_stream().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recognised(text: &str) -> Option<(String, bool)> {
        let Expr::If(node) = syn::parse_str(text).unwrap() else {
            panic!("no if")
        };
        let outer = ["best", "at", "low", "self"];
        let guard = recognise(&node, &|ident| outer.iter().any(|name| ident == name))?;
        Some((guard.comparison.to_token_stream().to_string(), guard.strict))
    }

    #[test]
    fn the_better_of_two_is_recognised_in_its_spellings() {
        for (text, op, strict) in [
            ("if d < best { best = d; }", "<", true),
            ("if best > d { best = d; at = i; }", "<", true),
            ("if *x >= best { at = i; best = *x; }", ">=", false),
            ("if ok(i) && best <= d { best = d; }", ">=", false),
            ("if v[i] > v[at] { at = i; }", ">", true),
            ("if s.len() > best.len() { best = s.clone(); }", ">", true),
            ("if (d, i) < (best, at) { at = i; best = d; }", "<", true),
            ("if e.cost < self.low { self.low = e.cost; }", "<", true),
            ("if score > best.0 { best = (score, path); }", ">", true),
            ("if score >= best.score { best = Found { path, score }; }", ">=", false),
            ("if best.1.0 > *d { best = (path, (d, 1)); }", "<", true),
            ("if T::gt(&v[i], &best) { best = v[i]; at = i; }", ">", true),
            ("if PartialOrd::le(&best, x) { best = *x; }", ">=", false),
            ("if x.lt(&best) { best = *x; }", "<", true),
            ("if best.cmp(&x) == Ordering::Less { best = x; }", ">", true),
            (
                "if x.cmp(&best) != std::cmp::Ordering::Greater { best = x; }",
                "<=",
                false,
            ),
            (
                "if x.partial_cmp(&best) == Some(Ordering::Greater) { best = x; }",
                ">",
                true,
            ),
            ("if x.cost.cmp(&best.cost).is_lt() { best = x; }", "<", true),
        ] {
            assert_eq!(recognised(text), Some((op.to_string(), strict)), "{text}");
        }
    }

    #[test]
    fn other_assignments_under_a_condition_are_not() {
        for text in [
            "if d < best { best = e; }",
            "if d < best.0 { best = (e, d); }",
            "if d < best.cost { best = Found { cost: d + 1 }; }",
            "if d < best { best = best + d; }",
            "if d != best { best = d; }",
            "if d < best { best = d; } else { at = i; }",
            "if c { best = d; }",
            "if d < best && best > 3 { best = d; }",
            "if d.partial_cmp(&best) != Some(Ordering::Less) { best = d; }",
            "if gt(&d, &best) { best = d; }",
            "if d.total_cmp(&best).is_lt() { best = d; }",
        ] {
            assert_eq!(recognised(text), None, "{text}");
        }
    }
}
