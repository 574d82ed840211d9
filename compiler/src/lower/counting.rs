//! Which `while` loops count?
//!
//! `while i < n { ..; i += 1; }` with an unchanging `n` is a `for` loop over `i..n`, after which `i` is `n`. Such loops
//! are rewritten into that form before anything else looks at them.

use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, BinOp, Expr, ExprWhile, Ident, ItemFn, Stmt};

use super::places::place_of;
use crate::analysis::mutations;

/// Rewrites the counting loops that may become kernels.
pub(crate) fn normalise(function: &mut ItemFn) {
    Normalise { inside: false }.visit_block_mut(&mut function.block);
}

struct Normalise {
    /// Inside a loop: only what is marked `#[par]` may become a kernel.
    inside: bool,
}

fn has(attributes: &[Attribute], name: &str) -> bool {
    attributes.iter().any(|a| a.path().is_ident(name))
}

impl VisitMut for Normalise {
    fn visit_expr_mut(&mut self, node: &mut Expr) {
        if let Expr::While(counting) = node {
            let wanted = has(&counting.attrs, "par") || !(self.inside || has(&counting.attrs, "seq"));
            if wanted && let Some(replacement) = as_for(counting) {
                *node = replacement;
            }
        }
        let is_loop = matches!(node, Expr::While(_) | Expr::ForLoop(_) | Expr::Loop(_));
        let before = self.inside;
        self.inside |= is_loop;
        visit_mut::visit_expr_mut(self, node);
        self.inside = before;
    }

    fn visit_expr_closure_mut(&mut self, _: &mut syn::ExprClosure) {}

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

/// The `for` loop that does the same.
pub(crate) fn as_for(counting: &ExprWhile) -> Option<Expr> {
    let Expr::Binary(condition) = &*counting.cond else {
        return None;
    };
    let (index, end, inclusive) = match condition.op {
        BinOp::Lt(_) => (&condition.left, &condition.right, false),
        BinOp::Le(_) => (&condition.left, &condition.right, true),
        BinOp::Gt(_) => (&condition.right, &condition.left, false),
        BinOp::Ge(_) => (&condition.right, &condition.left, true),
        _ => return None,
    };
    let index = variable(index)?;
    let (last, body) = counting.body.stmts.split_last()?;
    if !is_step(last, index) || names(end).iter().any(|name| name == index) {
        return None;
    }
    let mut inner = counting.body.clone();
    inner.stmts = body.to_vec();
    let unchanged = |name: &Ident| !mutations::changes(&inner, &name.to_string());
    if !unchanged(index) || !names(end).iter().all(unchanged) || jumps(&inner, counting) {
        return None;
    }
    let (attrs, label, token) = (&counting.attrs, &counting.label, &counting.while_token);
    let for_token = syn::Token![for](token.span);
    Some(match inclusive {
        false => syn::parse_quote!({
            #(#attrs)* #label #for_token #index in #index..#end #inner
            #[allow(unused_assignments)]
            if #index < #end { #index = #end; }
        }),
        true => syn::parse_quote!({
            #(#attrs)* #label #for_token #index in #index..=#end #inner
            #[allow(unused_assignments)]
            if #index <= #end { #index = #end + 1; }
        }),
    })
}

fn variable(expr: &Expr) -> Option<&Ident> {
    match expr {
        Expr::Path(path) => path.path.get_ident(),
        Expr::Paren(paren) => variable(&paren.expr),
        _ => None,
    }
}

/// `i += 1;` or `i = i + 1;`
fn is_step(stmt: &Stmt, index: &Ident) -> bool {
    let is_index = |expr: &Expr| variable(expr) == Some(index);
    let is_one = |expr: &Expr| matches!(expr, Expr::Lit(lit) if matches!(&lit.lit, syn::Lit::Int(n) if n.base10_digits() == "1"));
    match stmt {
        Stmt::Expr(Expr::Binary(step), _) => {
            matches!(step.op, BinOp::AddAssign(_)) && is_index(&step.left) && is_one(&step.right)
        }
        Stmt::Expr(Expr::Assign(step), _) => {
            is_index(&step.left)
                && matches!(&*step.right, Expr::Binary(sum)
                    if matches!(sum.op, BinOp::Add(_)) && is_index(&sum.left) && is_one(&sum.right))
        }
        _ => false,
    }
}

/// The variables that an expression is about.
fn names(expr: &Expr) -> Vec<Ident> {
    struct Names(Vec<Ident>);
    impl<'a> Visit<'a> for Names {
        fn visit_expr(&mut self, node: &'a Expr) {
            self.0.extend(place_of(node).map(|(_, root)| root));
            visit::visit_expr(self, node);
        }
    }
    let mut names = Names(Vec::new());
    names.visit_expr(expr);
    names.0
}

/// True if the body goes on or leaves before it has counted.
fn jumps(body: &syn::Block, counting: &ExprWhile) -> bool {
    struct Jumps<'l> {
        label: Option<&'l Ident>,
        loops: usize,
        found: bool,
    }
    impl Jumps<'_> {
        fn jump(&mut self, label: Option<&syn::Lifetime>) {
            self.found |= match label {
                Some(label) => Some(&label.ident) == self.label,
                None => self.loops == 0,
            };
        }

        fn inside(&mut self, body: &syn::Block) {
            self.loops += 1;
            self.visit_block(body);
            self.loops -= 1;
        }
    }
    impl<'a> Visit<'a> for Jumps<'_> {
        fn visit_expr_break(&mut self, node: &'a syn::ExprBreak) {
            self.jump(node.label.as_ref());
        }

        fn visit_expr_continue(&mut self, node: &'a syn::ExprContinue) {
            self.jump(node.label.as_ref());
        }

        fn visit_expr_for_loop(&mut self, node: &'a syn::ExprForLoop) {
            self.inside(&node.body);
        }

        fn visit_expr_while(&mut self, node: &'a ExprWhile) {
            self.inside(&node.body);
        }

        fn visit_expr_loop(&mut self, node: &'a syn::ExprLoop) {
            self.inside(&node.body);
        }

        fn visit_expr_closure(&mut self, _: &'a syn::ExprClosure) {}
    }
    let mut jumps = Jumps {
        label: counting.label.as_ref().map(|l| &l.name.ident),
        loops: 0,
        found: false,
    };
    jumps.visit_block(body);
    jumps.found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loops_that_count_are_for_loops() {
        for (text, counts) in [
            ("while i < n { sum += i; i += 1; }", true),
            ("while n >= i { if c { return; } i = i + 1; }", true),
            ("while i < v.len() { sum += v[i]; i += 1; }", true),
            ("while i < n { for x in v { if x { break; } } i += 1; }", true),
            ("while i < v.len() { v.push(1); i += 1; }", false),
            ("while i < n { n -= 1; i += 1; }", false),
            ("while i < n { i += 1; sum += i; }", false),
            ("while i < n { if c { i += 1; } i += 1; }", false),
            ("while i < n { if c { continue; } i += 1; }", false),
            ("while i < n { if c { break; } i += 1; }", false),
            ("while i < n { i += 2; }", false),
            ("while i < n && ok { i += 1; }", false),
            ("while i < i { i += 1; }", false),
        ] {
            let Ok(Expr::While(node)) = syn::parse_str(text) else {
                panic!("{text}")
            };
            assert_eq!(as_for(&node).is_some(), counts, "{text}");
        }
    }
}
