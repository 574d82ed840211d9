//! Which `if` keeps the better of two candidates?
//!
//! `if A op B { members = candidates }` where `B` is about the members and becomes `A` when each member is replaced by
//! its candidate: `if d < best { best = d; at = i; }`, `if v[i] > v[top] { top = i; }`. Two partial results are then
//! compared by `B` on one against `B` on the other. `orders` says which conditions are such comparisons. A float NaN never
//! wins against a number; where it gets in all the same, as the first one of all, it is set aside.

mod comparisons;
mod orders;
mod texts;

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::{BinOp, Expr, ExprIf, Stmt};

pub(crate) use comparisons::{Compared, compared};
pub(crate) use orders::Order;
pub(crate) use texts::{Substitute, mentions, plain};

use super::NodeId;
use super::accesses::{Access, Touch};
use super::places::{Place, place_of};
use super::updates::strip;
use orders::Reader;

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
    /// When a candidate is better.
    pub(crate) order: Order,
    /// The same as it is written.
    pub(crate) condition: &'a Expr,
    /// The places replaced together.
    pub(crate) members: Vec<Member<'a>>,
    /// What is evaluated besides: the condition without the members' side, and the candidates.
    pub(crate) evaluated: Vec<&'a Expr>,
    /// What the best so far is compared by.
    pub(crate) looked_at: Vec<&'a Expr>,
    /// The functions that compare.
    pub(crate) called: Vec<&'a Expr>,
    /// The other statements of the branch.
    pub(crate) rest: Vec<&'a Stmt>,
    /// The whole `if`.
    pub(crate) node: NodeId,
}

/// What is known of the names around an `if`.
pub(crate) trait Scope {
    /// True for variables that outlive the iteration.
    fn is_outer(&self, name: &Ident) -> bool;
    /// True for names that the iteration declares: partial results can't be compared by what they stand for.
    fn is_local(&self, name: &str) -> bool;
    /// The expression in terms of the iteration's number and what is outside, and the names outside that have to be the
    /// same now as they were when it was computed; with what was `computed` by calls, or elements and their parts only.
    fn meaning(&self, _: &Expr, _computed: bool) -> Option<(Expr, Vec<String>)> {
        None
    }
}

/// Recognises the idiom.
pub(crate) fn recognise<'a>(node: &'a ExprIf, scope: &dyn Scope) -> Option<Guard<'a>> {
    if node.else_branch.is_some() {
        return None;
    }
    let mut members = Vec::new();
    let mut values = Vec::new();
    let mut rest = Vec::new();
    for stmt in &node.then_branch.stmts {
        match stmt {
            Stmt::Expr(expr @ Expr::Assign(assign), _) => match place_of(&assign.left) {
                Some((place, root)) if scope.is_outer(&root) && place.depth() == 0 => {
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
    let [condition] = comparisons[..] else {
        return None;
    };
    if evaluated.iter().any(|e| matches!(e, Expr::Let(_))) || values.iter().any(|v| mentions(v)) {
        return None;
    }
    let mut reader = Reader::new(&members, &values, scope);
    let order = reader.read(condition)?;
    let Reader {
        evaluated: compared,
        looked_at,
        called,
        ..
    } = reader;
    evaluated.extend(compared);
    Some(Guard {
        order,
        condition,
        members,
        evaluated,
        looked_at,
        called,
        rest,
        node: NodeId::of(node),
    })
}

impl Guard<'_> {
    /// True if what is compared changes with the members alone.
    ///
    /// Two partial results are compared after their pieces: a member that is more than the best so far, such as a sum
    /// that starts again below zero, says nothing then about what came with it.
    pub(crate) fn holds(&self, accesses: &[Access<'_>]) -> bool {
        let text = self.text();
        let is_compared = |member: &Member<'_>| text.contains(&format!("\"best {}\"", member.place));
        let members = |place: &Place| {
            self.members
                .iter()
                .filter(|m| m.place.overlaps(place))
                .collect::<Vec<_>>()
        };
        let compared = |place: &Place| {
            members(place).into_iter().any(is_compared) || self.looked_at.iter().any(|best| mentions(best, place))
        };
        accesses.iter().all(|access| match access.touch {
            Touch::Guarded(_) => true,
            // a member alone is what its own updates make of it, and these are looked at together
            _ if !members(&access.place).is_empty() => self.members.len() == 1 || !compared(&access.place),
            Touch::Read => true,
            _ => !compared(&access.place),
        })
    }

    /// What two idioms must share to be about the same order.
    pub(crate) fn text(&self) -> String {
        let named = |role: &str, number: usize| -> Expr {
            let name = format!("{role} {}", self.members[number].place);
            syn::parse_quote!(#name)
        };
        let better = self.order.better(&|n| named("candidate", n), &|n| named("best", n));
        let vacant = self.order.is_vacant(&|n| named("best", n));
        let vacant = vacant.map(|vacant| vacant.to_token_stream().to_string());
        better.to_token_stream().to_string() + &vacant.unwrap_or_default()
    }

    /// The tokens that name what is done, for messages.
    pub(crate) fn operator(&self) -> TokenStream {
        match &self.order.simple {
            Some((_, op)) => op.to_token_stream(),
            None => self.condition.to_token_stream(),
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn recognised(text: &str) -> Option<(String, bool)> {
        let Expr::If(node) = syn::parse_str(text).unwrap() else {
            panic!("no if")
        };
        let outer = ["best", "at", "low", "self"];
        struct Names<'n>(&'n [&'n str]);
        impl Scope for Names<'_> {
            fn is_outer(&self, name: &Ident) -> bool {
                self.0.iter().any(|outer| name == outer)
            }

            fn is_local(&self, name: &str) -> bool {
                name == "i"
            }
        }
        let guard = recognise(&node, &Names(&outer))?;
        Some((guard.operator().to_string(), guard.order.strict))
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
    fn so_are_other_orders_and_what_is_best_of_nothing() {
        for (condition, then, strict) in [
            ("d.y < best.y || d.y == best.y && d.x < best.x", "best = d", true),
            ("d.y == best.y && best.x <= d.x || best.y > d.y", "best = d", false),
            ("d.total_cmp(&best).is_lt()", "best = d", true),
            (
                "v[i].y.cmp(&v[at].y).then(v[i].x.cmp(&v[at].x)).is_lt()",
                "at = i",
                true,
            ),
            ("gt(&d, &best)", "best = d", false),
            ("d.is_cheaper_than(&best)", "best = d", false),
            ("by_cost(&best, &d) == Ordering::Greater", "best = d", false),
            ("at == usize::MAX || d < best", "best = d; at = i", true),
            ("at.is_none() || d <= best", "best = d; at = Some(i)", false),
            ("!at || d < best", "best = d; at = true", true),
            ("at.is_none_or(|b| d < b)", "best = i; at = Some(d)", true),
        ] {
            let text = format!("if ok(i) && ({condition}) {{ {then} }}");
            let found = recognised(&text).map(|(_, strict)| strict);
            assert_eq!(found, Some(strict), "{text}");
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
            "if d > best + 1 { best = d; }",
            "if d > 2 * best { best = d; }",
            "if far(&d, &best) { best = d; }",
            "if less(&v[i], &d, &best) { best = d; }",
            "if less(&w[i], &v[i], &v[at]) { at = i; }",
            "if d.y < best.y || d.x < best.x { best = d; }",
            "if d.y < best.y && d.x < best.x { best = d; }",
            "if d.y <= best.y || d.y == best.y && d.x < best.x { best = d; }",
            "if d.y < best.y || d.z == best.z && d.x < best.x { best = d; }",
            "if d.y < best.y || d.y != best.y && d.x < best.x { best = d; }",
            "if d.y < best.y || d.y == best.y { best = d; }",
            "if d.y < best.y || d.y == best.y && ok(i) && d.x < best.x { best = d; }",
            "if d.y < best.y || d.y == best.y && d.x < best.x || d.z < best.z { best = d; }",
            "if d.partial_cmp(&best).unwrap_or(Ordering::Equal) != Ordering::Greater { best = d; }",
            "if d.y.partial_cmp(&best.y).unwrap_or(Ordering::Equal).then(d.x.cmp(&best.x)).is_lt() { best = d; }",
            "if d.partial_cmp(&best).unwrap_or(Ordering::Less).is_lt() { best = d; }",
            "if d.cmp(&best) == Ordering::Equal { best = d; }",
            "if at == LAST || d < best + 1 { best = d; at = i; }",
            "if at == last || d < best { best = d; at = i; }",
            "if at.is_none() || d < best { best = d; at = pick(i); }",
            "if at || d < best { best = d; at = ok(i); }",
            "if !at || d < best { best = d; at = false; }",
            "if at.is_none() || ok(i) && d < best { best = d; at = Some(i); }",
            "if at.is_some() || d < best { best = d; at = Some(i); }",
            "if at.is_none_or(|b| d < b + 1) { best = i; at = Some(d); }",
            "if v[i] - i < v[at] - i { at = i; }",
            "if best - w[i] < x - w[i] { best = x; }",
        ] {
            assert_eq!(recognised(text), None, "{text}");
        }
    }
}
