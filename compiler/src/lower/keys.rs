//! Which variables only name what the best one so far is compared by?
//!
//! `let d = dist(&v[i]); let least = dist(&v[m]); if d < least { m = i; }` is `if d < dist(&v[m]) { m = i; }`: where the
//! variable stands right before the comparison and is used there alone, its value may stand in its place. That is the form
//! in which the best by its number is recognised.

use quote::quote;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{BinOp, Block, Expr, ExprForLoop, Ident, ItemFn, Pat, Stmt};

use super::bindings::binds;
use super::updates::strip;
use super::uses;

/// Puts the values of such variables in their places.
pub(crate) fn normalise(function: &mut ItemFn) {
    Normalise { loops: 0 }.visit_block_mut(&mut function.block);
}

struct Normalise {
    loops: usize,
}

impl VisitMut for Normalise {
    fn visit_expr_for_loop_mut(&mut self, node: &mut ExprForLoop) {
        self.loops += 1;
        visit_mut::visit_expr_for_loop_mut(self, node);
        self.loops -= 1;
    }

    fn visit_block_mut(&mut self, node: &mut Block) {
        visit_mut::visit_block_mut(self, node);
        let mut at = 0;
        while self.loops > 0 && at + 1 < node.stmts.len() {
            match put_in(&node.stmts[at], &node.stmts[at + 1], &node.stmts[at + 2..]) {
                Some(compared) => node.stmts.splice(at..at + 2, [compared]).for_each(drop),
                None => at += 1,
            }
        }
    }

    fn visit_expr_closure_mut(&mut self, _: &mut syn::ExprClosure) {}

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

/// The comparison with the value of the variable that is declared before it.
fn put_in(declaration: &Stmt, comparison: &Stmt, rest: &[Stmt]) -> Option<Stmt> {
    let (Stmt::Local(local), Stmt::Expr(Expr::If(_), _)) = (declaration, comparison) else {
        return None;
    };
    let (Pat::Ident(pattern), Some(init)) = (&local.pat, &local.init) else {
        return None;
    };
    let is_plain = pattern.by_ref.is_none() && pattern.mutability.is_none() && pattern.subpat.is_none();
    if !is_plain || init.diverge.is_some() || !local.attrs.is_empty() || leaves(&init.expr) {
        return None;
    }
    let name = &pattern.ident;
    let mut compared = comparison.clone();
    let Stmt::Expr(Expr::If(branch), _) = &mut compared else {
        return None;
    };
    let all = quote!(#comparison #(#rest)*);
    if uses::count(all, &name.to_string()) != 1 || !is_best(&branch.then_branch, &init.expr) {
        return None;
    }
    let Expr::Binary(order) = &mut *branch.cond else {
        return None;
    };
    if !matches!(order.op, BinOp::Lt(_) | BinOp::Le(_) | BinOp::Gt(_) | BinOp::Ge(_)) {
        return None;
    }
    // the other side gives the same before and after: it is a name
    let is_name = |side: &Expr, name: &Ident| matches!(strip(side), Expr::Path(path) if path.path.is_ident(name));
    let is_any = |side: &Expr| matches!(strip(side), Expr::Path(path) if path.path.get_ident().is_some());
    let (side, other) = match is_name(&order.left, name) {
        true => (&mut order.left, &order.right),
        false => (&mut order.right, &order.left),
    };
    if !is_name(side, name) || !is_any(other) {
        return None;
    }
    let value = &init.expr;
    // `a as u64 < b` would be read as a list of generic arguments
    **side = match **value {
        Expr::Call(_) | Expr::MethodCall(_) | Expr::Index(_) | Expr::Field(_) => (**value).clone(),
        _ => syn::parse_quote!((#value)),
    };
    Some(compared)
}

/// True if the block sets a variable that stands as a subscript in the value: the number of the best one.
fn is_best(then: &Block, value: &Expr) -> bool {
    then.stmts.iter().any(|stmt| match stmt {
        Stmt::Expr(Expr::Assign(assign), _) => match strip(&assign.left) {
            Expr::Path(path) => {
                let number = path.path.get_ident();
                number.is_some_and(|number| is_subscript(value, number) && !binds(then, std::slice::from_ref(number)))
            }
            _ => false,
        },
        _ => false,
    })
}

fn is_subscript(value: &Expr, number: &Ident) -> bool {
    struct Subscripts<'n>(&'n Ident, bool);

    impl<'a> Visit<'a> for Subscripts<'_> {
        fn visit_expr_index(&mut self, node: &'a syn::ExprIndex) {
            self.1 |= matches!(strip(&node.index), Expr::Path(path) if path.path.is_ident(self.0));
            visit::visit_expr_index(self, node);
        }
    }

    let mut subscripts = Subscripts(number, false);
    subscripts.visit_expr(value);
    subscripts.1
}

/// True if the value may leave the loop, calls a macro, or has a type that only its use would say.
fn leaves(value: &Expr) -> bool {
    struct Leaves(bool);

    impl<'a> Visit<'a> for Leaves {
        fn visit_expr(&mut self, node: &'a Expr) {
            self.0 |= match node {
                Expr::Try(_)
                | Expr::Return(_)
                | Expr::Break(_)
                | Expr::Continue(_)
                | Expr::Macro(_)
                | Expr::Closure(_)
                | Expr::Block(_)
                | Expr::If(_)
                | Expr::Match(_) => true,
                Expr::MethodCall(call) => {
                    let open = ["parse", "into", "try_into", "collect", "sum", "product"];
                    open.iter().any(|name| call.method == name) && call.turbofish.is_none()
                }
                _ => false,
            };
            visit::visit_expr(self, node);
        }
    }

    let mut found = Leaves(false);
    found.visit_expr(value);
    found.0
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;

    use super::*;

    #[test]
    fn what_names_the_best_ones_key_is_put_in() {
        for (text, want) in [
            (
                "{ let d = f(&v[i]); let least = f(&v[m]); if d < least { m = i; } }",
                true,
            ),
            ("{ let least = v[m].weight; if least > x { m = i; } }", true),
            ("{ let least = f(&v[m]); if d < least { m = i; n += least; } }", false),
            ("{ let least = f(&v[m]); if d < least { m = i; } n += least; }", false),
            ("{ let least = f(&v[m]); if g() < least { m = i; } }", false),
            ("{ let least = f(&v[k]); if d < least { m = i; } }", false),
            ("{ let least = f(&v[m])?; if d < least { m = i; } }", false),
            ("{ let mut least = f(&v[m]); if d < least { m = i; } }", false),
            ("{ let least = f(&v[m]); n += 1; if d < least { m = i; } }", false),
        ] {
            let block: Block = syn::parse_str(text).unwrap();
            let mut node: ExprForLoop = syn::parse_quote!(for i in 0..n #block);
            Normalise { loops: 0 }.visit_expr_for_loop_mut(&mut node);
            let is_put_in = node.body.stmts.len() < block.stmts.len();
            assert_eq!(is_put_in, want, "{}", node.body.to_token_stream());
        }
    }
}
