//! Choices between updates in plainer words.
//!
//! A carried value that decides about its own update is followed where the decision is an `if` on a comparison. What is
//! written in other ways is written so for the analysis, and so is what leaves the loop: nothing behind it is seen, so
//! that the summary may go on as it likes. The loop itself stays as it is.

use syn::visit_mut::{self, VisitMut};
use syn::{Arm, BinOp, Block, Expr, ExprForLoop, ExprMatch, Ident, Pat, Stmt, parse_quote};

use crate::lower::updates::strip;
use crate::lower::uses::{self, Names};

/// The loop in plainer words about the variables, if there are any.
pub(super) fn plainer(node: &ExprForLoop, carried: &Names) -> Option<ExprForLoop> {
    let mut node = node.clone();
    let mut writer = Writer {
        carried,
        is_changed: false,
        loops: 0,
    };
    writer.visit_block_mut(&mut node.body);
    writer.is_changed.then_some(node)
}

struct Writer<'n> {
    carried: &'n Names,
    is_changed: bool,
    /// Loops of the body around the current place: a `break` may leave one of them.
    loops: usize,
}

impl Writer<'_> {
    fn is_about(&self, expr: &Expr) -> bool {
        uses::of_expr(expr).iter().any(|name| self.carried.contains(name))
    }

    /// True if the arm is left out: a condition on a carried value that only decides whether the loop ends.
    fn is_way_out(&self, choice: &ExprMatch, arm: &Arm) -> bool {
        let Pat::Guard(guard) = &arm.pat else { return false };
        self.leaves(&arm.body) && (self.is_about(&choice.expr) || self.is_about(&guard.guard))
    }

    fn leaves(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Return(_) => true,
            Expr::Break(_) => self.loops == 0,
            Expr::Block(block) if block.label.is_none() => match &block.block.stmts[..] {
                [Stmt::Expr(last, _)] => self.leaves(last),
                _ => false,
            },
            _ => false,
        }
    }

    fn choice(&mut self, choice: &mut ExprMatch) -> Option<Expr> {
        let arms = choice.arms.len();
        if arms > 1 {
            let is_way_out: Vec<bool> = choice.arms.iter().map(|arm| self.is_way_out(choice, arm)).collect();
            let mut ways = is_way_out.into_iter();
            choice.arms.retain(|_| ways.next() != Some(true));
        }
        self.is_changed |= choice.arms.len() < arms;
        match &choice.arms[..] {
            [arm] if matches!(arm.pat, Pat::Wild(_)) && self.is_about(&choice.expr) => {
                self.is_changed = true;
                Some((*arm.body).clone())
            }
            _ if self.is_about(&choice.expr) => {
                let branches = of_ordering(choice)?;
                self.is_changed = true;
                Some(branches)
            }
            _ => None,
        }
    }
}

impl VisitMut for Writer<'_> {
    fn visit_expr_mut(&mut self, node: &mut Expr) {
        let is_loop = matches!(node, Expr::ForLoop(_) | Expr::While(_) | Expr::Loop(_));
        self.loops += usize::from(is_loop);
        visit_mut::visit_expr_mut(self, node);
        self.loops -= usize::from(is_loop);
        let plainer = match node {
            Expr::Match(choice) => self.choice(choice),
            Expr::Binary(_) | Expr::MethodCall(_) => {
                let plainer = without_or_greater(node).filter(|_| self.is_about(node));
                self.is_changed |= plainer.is_some();
                plainer
            }
            _ => None,
        };
        if let Some(plainer) = plainer {
            *node = plainer;
        }
    }

    fn visit_expr_closure_mut(&mut self, _: &mut syn::ExprClosure) {}

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

/// `match a.cmp(&b) { Ordering::Less => .., Ordering::Equal => .., Ordering::Greater => .. }` as comparisons.
fn of_ordering(choice: &ExprMatch) -> Option<Expr> {
    let Expr::MethodCall(call) = strip(&choice.expr) else {
        return None;
    };
    if call.method != "cmp" || call.args.len() != 1 {
        return None;
    }
    let block = |body: &Expr| -> Block {
        match body {
            Expr::Block(block) if block.label.is_none() => block.block.clone(),
            other => parse_quote!({ #other }),
        }
    };
    let mut arms = choice.arms.iter().rev();
    let last = arms.next()?;
    if !matches!(last.pat, Pat::Wild(_)) {
        // the last of the three is what is left
        let mut all: Vec<&str> = Vec::new();
        for arm in &choice.arms {
            all.extend(orderings(&arm.pat)?);
        }
        if ["Less", "Equal", "Greater"].iter().any(|name| !all.contains(name)) {
            return None;
        }
    }
    let mut value = block(&last.body);
    for arm in arms {
        let names = orderings(&arm.pat)?;
        let has = |name: &str| names.contains(&name);
        let asked = match (has("Less"), has("Equal"), has("Greater")) {
            (true, false, false) => "is_lt",
            (true, true, false) => "is_le",
            (false, true, false) => "is_eq",
            (false, true, true) => "is_ge",
            (false, false, true) => "is_gt",
            (true, false, true) => "is_ne",
            _ => return None,
        };
        let asked = Ident::new(asked, call.method.span());
        let then = block(&arm.body);
        value = parse_quote!({ if #call.#asked() #then else #value });
    }
    match &value.stmts[..] {
        [Stmt::Expr(expr, None)] => Some(expr.clone()),
        _ => None,
    }
}

/// The orderings that a pattern takes.
fn orderings(pattern: &Pat) -> Option<Vec<&'static str>> {
    match pattern {
        Pat::Path(path) => named(&path.path.segments.last()?.ident),
        Pat::Ident(name) if name.subpat.is_none() && name.by_ref.is_none() => named(&name.ident),
        Pat::Or(cases) => {
            let lists: Option<Vec<_>> = cases.cases.iter().map(orderings).collect();
            Some(lists?.concat())
        }
        Pat::Paren(inner) => orderings(&inner.pat),
        _ => None,
    }
}

fn named(name: &Ident) -> Option<Vec<&'static str>> {
    let all = ["Less", "Equal", "Greater"];
    all.into_iter().find(|known| name == known).map(|known| vec![known])
}

/// `v.is_none() || x > v.unwrap()`, `v.is_none_or(|b| x > b)` and `v.map_or(true, |b| x > b)`: nothing is less than
/// anything, so this is `Some(x) > v`.
fn without_or_greater(node: &Expr) -> Option<Expr> {
    match node {
        Expr::Binary(either) if matches!(either.op, BinOp::Or(_)) => {
            let Expr::MethodCall(asked) = strip(&either.left) else {
                return None;
            };
            let option = (asked.method == "is_none" && asked.args.is_empty()).then_some(&*asked.receiver)?;
            let unwrapped = |expr: &Expr| match strip(expr) {
                Expr::MethodCall(call) => {
                    (call.method == "unwrap" && call.args.is_empty() || call.method == "expect")
                        && *call.receiver == *option
                }
                _ => false,
            };
            greater(strip(&either.right), option, &unwrapped)
        }
        Expr::MethodCall(call) => {
            let closure = match (
                call.method.to_string().as_str(),
                &call.args.iter().collect::<Vec<_>>()[..],
            ) {
                ("is_none_or", [Expr::Closure(closure)]) => closure,
                ("map_or", [Expr::Lit(literal), Expr::Closure(closure)]) if matches!(&literal.lit, syn::Lit::Bool(truth) if truth.value) => {
                    closure
                }
                _ => return None,
            };
            let [Pat::Ident(name)] = &closure.inputs.iter().collect::<Vec<_>>()[..] else {
                return None;
            };
            let is_inner = |expr: &Expr| matches!(strip(expr), Expr::Path(path) if path.path.is_ident(&name.ident));
            greater(strip(&closure.body), &call.receiver, &is_inner)
        }
        _ => None,
    }
}

/// `x > inner` as `Some(x) > option`.
fn greater(comparison: &Expr, option: &Expr, is_inner: &dyn Fn(&Expr) -> bool) -> Option<Expr> {
    let Expr::Binary(comparison) = comparison else {
        return None;
    };
    let (x, op): (&Expr, BinOp) = match comparison.op {
        BinOp::Gt(_) if is_inner(&comparison.right) => (&comparison.left, parse_quote!(>)),
        BinOp::Ge(_) if is_inner(&comparison.right) => (&comparison.left, parse_quote!(>=)),
        BinOp::Lt(_) if is_inner(&comparison.left) => (&comparison.right, parse_quote!(>)),
        BinOp::Le(_) if is_inner(&comparison.left) => (&comparison.right, parse_quote!(>=)),
        _ => return None,
    };
    (uses::of_expr(x).is_disjoint(&uses::of_expr(option))).then(|| parse_quote!(Some(#x) #op #option))
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::ToTokens;

    #[test]
    fn choices_are_comparisons() {
        for (body, want) in [
            (
                "{ match x { 1 => v += 1, 2 if v == 0 => return None, 2 => v -= 1, _ => {} } }",
                Some("{ match x { 1 => v += 1 , 2 => v -= 1 , _ => { } } }"),
            ),
            (
                "{ match v { Some(y) if y > x => break, _ => v = Some(x) } }",
                Some("{ v = Some (x) }"),
            ),
            ("{ for y in x { match y { 1 if v > 0 => break, _ => v += 1 } } }", None),
            ("{ match x { 1 if y > 0 => return, _ => v += 1 } }", None),
            (
                "{ match x.cmp(&v) { Ordering::Greater => { v = x; } Ordering::Less | Ordering::Equal => {} } }",
                Some("{ if x . cmp (& v) . is_gt () { v = x ; } else { } }"),
            ),
            (
                "{ match v.cmp(&x) { Less => v = x, Equal => n += 1, _ => {} } }",
                Some(
                    "{ if v . cmp (& x) . is_lt () { v = x } else { if v . cmp (& x) . is_eq () { n += 1 } else { } } }",
                ),
            ),
            ("{ match x.cmp(&y) { Less => v = x, _ => {} } }", None),
            (
                "{ if v.is_none() || x > v.unwrap() { v = Some(x); } }",
                Some("{ if Some (x) > v { v = Some (x) ; } }"),
            ),
            (
                "{ if v.is_none_or(|b| b <= x) { v = Some(x); } }",
                Some("{ if Some (x) >= v { v = Some (x) ; } }"),
            ),
            ("{ if v.is_none_or(|b| b > x) { v = Some(x); } }", None),
            ("{ if w.is_none_or(|b| b < x) { v = Some(x); } }", None),
        ] {
            let node: ExprForLoop = syn::parse_str(&format!("for x in xs {body}")).unwrap();
            let found = plainer(&node, &Names::from(["v".to_string()]));
            let text = found.map(|node| node.body.to_token_stream().to_string());
            assert_eq!(text.as_deref(), want, "{body}");
        }
    }
}
