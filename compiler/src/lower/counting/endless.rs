//! Which `loop`s ask at their top whether they go on, as a `while` does?

use syn::{Expr, ExprBreak, ExprLoop, ExprWhile, Stmt, parse_quote};

use super::conditions::opposite;
use crate::lower::choices::{inside_none, inside_some};
use crate::lower::jumps::{self, Jump};
use crate::lower::lent::only;

/// A `loop` that is a `while`.
pub(super) struct Asking {
    pub(super) counting: ExprWhile,
    /// What comes after it: the value of the `break`, or a `return`.
    pub(super) gives: Option<Expr>,
}

/// `loop { if i >= n { break; } .. }` and `loop { if i < n { .. } else { break; } }` are `while i < n { .. }`.
pub(super) fn as_while(endless: &ExprLoop) -> Option<Asking> {
    let (first, rest) = endless.body.stmts.split_first()?;
    let Stmt::Expr(Expr::If(asks), _) = first else {
        return None;
    };
    let (condition, stmts, gives): (Expr, Vec<Stmt>, _) = match &asks.else_branch {
        None => {
            let [leave] = &asks.then_branch.stmts[..] else {
                return None;
            };
            (opposite(&asks.cond)?, rest.to_vec(), left(leave)?)
        }
        Some((_, otherwise)) => {
            let leaves = matches!(only(otherwise)?, Expr::Break(jump) if is_plain(jump)) && rest.is_empty();
            let condition = leaves.then(|| (*asks.cond).clone())?;
            (condition, asks.then_branch.stmts.clone(), None)
        }
    };
    // another way out of the loop doesn't give the same
    if gives.is_some() && has_break(&stmts, endless) {
        return None;
    }
    Some(Asking {
        counting: with_condition(endless, &condition, &stmts),
        gives,
    })
}

/// `loop { let Some(x) = items.next() else { break }; .. }` and `loop { match items.next() { Some(x) => .., None => break } }`
/// are `while let Some(x) = items.next() { .. }`.
pub(crate) fn as_while_let(endless: &ExprLoop) -> Option<ExprWhile> {
    let (first, rest) = endless.body.stmts.split_first()?;
    match first {
        Stmt::Local(local) => {
            let init = local.init.as_ref()?;
            let (_, otherwise) = init.diverge.as_ref()?;
            let (pattern, items) = (&local.pat, &init.expr);
            let leaves = matches!(only(otherwise)?, Expr::Break(jump) if is_plain(jump));
            let condition: Expr = parse_quote!(let #pattern = #items);
            leaves.then(|| with_condition(endless, &condition, rest))
        }
        Stmt::Expr(Expr::Match(looks), _) if rest.is_empty() && looks.arms.len() == 2 => {
            let leaves = looks.arms.iter().position(|arm| {
                inside_none(&arm.pat) && matches!(only(&arm.body), Some(Expr::Break(jump)) if is_plain(jump))
            })?;
            let taken = &looks.arms[1 - leaves];
            inside_some(&taken.pat)?;
            let (pattern, items, body) = (&taken.pat, &looks.expr, &taken.body);
            let condition: Expr = parse_quote!(let #pattern = #items);
            let stmts = match &**body {
                Expr::Block(block) if block.label.is_none() => block.block.stmts.clone(),
                other => vec![Stmt::Expr(other.clone(), Some(Default::default()))],
            };
            Some(with_condition(endless, &condition, &stmts))
        }
        _ => None,
    }
}

fn with_condition(endless: &ExprLoop, condition: &Expr, stmts: &[Stmt]) -> ExprWhile {
    let (attrs, label) = (&endless.attrs, &endless.label);
    let token = syn::Token![while](endless.loop_token.span);
    parse_quote!(#(#attrs)* #label #token #condition { #(#stmts)* })
}

fn is_plain(jump: &ExprBreak) -> bool {
    jump.label.is_none() && jump.expr.is_none()
}

/// What is given where the statement leaves the loop, if it does.
fn left(stmt: &Stmt) -> Option<Option<Expr>> {
    match stmt {
        Stmt::Expr(Expr::Break(jump), _) => jump.label.is_none().then(|| jump.expr.as_deref().cloned()),
        Stmt::Expr(leave @ Expr::Return(_), _) => Some(Some(leave.clone())),
        _ => None,
    }
}

fn has_break(stmts: &[Stmt], endless: &ExprLoop) -> bool {
    let label = endless.label.as_ref().map(|label| &label.name);
    let goes_on = jumps::rewrite(&mut stmts.to_vec(), label, &mut |stmts, jump| match jump {
        Jump::Continue(node) => {
            stmts.push(*node);
            Some(())
        }
        Jump::Break(..) => None,
    });
    goes_on.is_none()
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;

    use super::*;

    #[test]
    fn a_loop_that_asks_first_is_a_while() {
        for (text, want) in [
            (
                "loop { if i >= n { break; } i += 1; }",
                Some("while ! (i >= n) { i += 1 ; }"),
            ),
            (
                "loop { if i == n { return s; } i += 1; }",
                Some("while i != n { i += 1 ; } return s"),
            ),
            (
                "loop { if i == n { break s; } i += 1; }",
                Some("while i != n { i += 1 ; } s"),
            ),
            (
                "loop { if i < n { i += 1; } else { break; } }",
                Some("while i < n { i += 1 ; }"),
            ),
            ("loop { if i == n { return s; } if c { break; } i += 1; }", None),
            ("loop { if i < n { i += 1; } else { break; } f(); }", None),
            ("loop { if i < n { i += 1; } else { f(); break; } }", None),
            ("loop { i += 1; if i == n { break; } }", None),
        ] {
            let Ok(Expr::Loop(node)) = syn::parse_str(text) else {
                panic!("{text}")
            };
            let found = as_while(&node).map(|asking| {
                let (counting, gives) = (asking.counting, asking.gives);
                quote::quote!(#counting #gives).to_string()
            });
            assert_eq!(found.as_deref(), want, "{text}");
        }
        for (text, want) in [
            (
                "loop { let Some(x) = it.next() else { break }; s += x; }",
                Some("while let Some (x) = it . next () { s += x ; }"),
            ),
            (
                "loop { match it.next() { None => break, Some(x) => s += x, } }",
                Some("while let Some (x) = it . next () { s += x ; }"),
            ),
            (
                "loop { match it.next() { None => break, Some(x) if x > 0 => s += x } }",
                None,
            ),
            ("loop { match it.next() { None => return, Some(x) => s += x } }", None),
        ] {
            let Ok(Expr::Loop(node)) = syn::parse_str(text) else {
                panic!("{text}")
            };
            let found = as_while_let(&node).map(|node| node.to_token_stream().to_string());
            assert_eq!(found.as_deref(), want, "{text}");
        }
    }
}
