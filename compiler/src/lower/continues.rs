//! Loops whose iterations end early, `if c { continue; } REST`, as loops with a condition: `if !c { REST }`.
//!
//! What an iteration does then stands under the condition that it depends on, where a carried value's steps are looked for.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprIf, ItemFn, Label, Stmt, parse_quote};

use super::counting::conditions::opposite;

/// Writes them so; true if there were any.
pub(crate) fn normalise(function: &mut ItemFn) -> bool {
    let mut normalise = Normalise(false);
    normalise.visit_block_mut(&mut function.block);
    normalise.0
}

struct Normalise(bool);

impl VisitMut for Normalise {
    fn visit_expr_for_loop_mut(&mut self, node: &mut syn::ExprForLoop) {
        if under_conditions(&mut node.body, node.label.as_ref()) {
            self.0 = true;
            // a label that nothing leads to any more would be a warning
            node.label
                .take_if(|label| !mentions(node.body.to_token_stream(), label));
        }
        visit_mut::visit_expr_for_loop_mut(self, node);
    }

    fn visit_expr_closure_mut(&mut self, _: &mut syn::ExprClosure) {}

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

fn mentions(tokens: TokenStream, label: &Label) -> bool {
    let mut before = None;
    tokens.into_iter().any(|token| {
        let is_quoted = matches!(&before, Some(TokenTree::Punct(punct)) if punct.as_char() == '\'');
        let is_it = match &token {
            TokenTree::Ident(name) => is_quoted && *name == label.name.ident,
            TokenTree::Group(group) => mentions(group.stream(), label),
            _ => false,
        };
        before = Some(token);
        is_it
    })
}

/// Puts what stands behind a `continue` of the loop with this body under the opposite of its condition.
fn under_conditions(body: &mut Block, label: Option<&Label>) -> bool {
    let skips = |stmt: &Stmt| match stmt {
        Stmt::Expr(Expr::If(branch), _) => skipped(branch, label).is_some(),
        _ => false,
    };
    let Some(at) = body.stmts.iter().position(skips) else {
        return false;
    };
    let mut rest: Block = parse_quote!({});
    rest.stmts = body.stmts.split_off(at + 1);
    under_conditions(&mut rest, label);
    let Some(Stmt::Expr(Expr::If(branch), _)) = body.stmts.pop() else {
        unreachable!("what was found")
    };
    let (condition, goes_on) = skipped(&branch, label).expect("what was found");
    let before = goes_on.split_last().map_or(&[][..], |(_, before)| before);
    let negated = opposite(&branch.cond).filter(|_| before.is_empty());
    let node: Expr = match negated {
        Some(negated) => parse_quote!(if #negated #rest),
        None => parse_quote!(if #condition { #(#before)* } else #rest),
    };
    body.stmts.push(Stmt::Expr(node, None));
    true
}

/// `if CONDITION { STATEMENTS continue; }`
fn skipped<'b>(branch: &'b ExprIf, label: Option<&Label>) -> Option<(&'b Expr, &'b [Stmt])> {
    let stmts = &branch.then_branch.stmts[..];
    let Some(Stmt::Expr(Expr::Continue(jump), _)) = stmts.last() else {
        return None;
    };
    let is_own = jump.label.is_none() || jump.label.as_ref() == label.map(|label| &label.name);
    (is_own && branch.else_branch.is_none()).then_some((&branch.cond, stmts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_passed_over_stands_under_a_condition() {
        for (text, want) in [
            (
                "if x == last { continue; } last = x; n += 1;",
                "{ if x != last { last = x ; n += 1 ; } }",
            ),
            (
                "let y = f(x); if y < 0.0 { continue } s += y;",
                "{ let y = f (x) ; if ! (y < 0.0) { s += y ; } }",
            ),
            (
                "if a { n += 1; continue 'all; } if b { continue; } s += x;",
                "{ if a { n += 1 ; } else { if ! (b) { s += x ; } } }",
            ),
            (
                "if a { continue 'other; } s += x;",
                "{ if a { continue 'other ; } s += x ; }",
            ),
            (
                "if a { continue; } else { n += 1; } s += x;",
                "{ if a { continue ; } else { n += 1 ; } s += x ; }",
            ),
        ] {
            let mut function: ItemFn = syn::parse_str(&format!("fn f() {{ 'all: for x in xs {{ {text} }} }}")).unwrap();
            normalise(&mut function);
            let Stmt::Expr(Expr::ForLoop(node), _) = &function.block.stmts[0] else {
                panic!("{text} is in a loop")
            };
            assert_eq!(node.body.to_token_stream().to_string(), want, "{text}");
        }
    }
}
