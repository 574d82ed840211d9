//! Is an accumulator of `reduce(variable: Op)` read anywhere but in its own updates?
//!
//! What an update looks like is the user's business: an assignment to the variable, a method called on it, a call that gets
//! it by `&mut`, or an `if` that does nothing else. Anything else that reads it sees a partial result.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprForLoop, Macro, Stmt};

use crate::lower::places::place_of;
use crate::lower::updates::is_compound;
use crate::lower::uses;

/// The tokens of such reads, in order.
pub(crate) fn reads(kernel: &ExprForLoop, name: &str) -> Vec<TokenStream> {
    let mut reads = Reads {
        name,
        found: Vec::new(),
    };
    reads.visit_block(&kernel.body);
    reads.found
}

struct Reads<'n> {
    name: &'n str,
    found: Vec<TokenStream>,
}

impl Reads<'_> {
    fn is_place(&self, expr: &Expr) -> bool {
        place_of(expr).is_some_and(|(place, _)| place.root == self.name)
    }

    fn is_lent(&self, expr: &Expr) -> bool {
        matches!(expr, Expr::Reference(reference) if reference.mutability.is_some() && self.is_place(&reference.expr))
    }

    /// True for an expression that updates the variable.
    fn updates(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Assign(assign) => self.is_place(&assign.left),
            Expr::Binary(binary) => is_compound(&binary.op) && self.is_place(&binary.left),
            Expr::Call(call) => call.args.iter().any(|argument| self.is_lent(argument)),
            Expr::MethodCall(call) => call.args.iter().any(|argument| self.is_lent(argument)),
            _ => false,
        }
    }

    /// True if the block does nothing but update the variable.
    fn only_updates(&self, block: &Block) -> bool {
        block.stmts.iter().all(|stmt| match stmt {
            Stmt::Expr(expr @ Expr::MethodCall(call), _) => self.is_place(&call.receiver) || self.updates(expr),
            Stmt::Expr(Expr::If(branch), _) => self.only_branches(branch),
            Stmt::Expr(expr, _) => self.updates(expr),
            _ => false,
        })
    }

    fn only_branches(&self, branch: &syn::ExprIf) -> bool {
        self.only_updates(&branch.then_branch)
            && match &branch.else_branch {
                None => true,
                Some((_, otherwise)) => match &**otherwise {
                    Expr::Block(block) => self.only_updates(&block.block),
                    Expr::If(branch) => self.only_branches(branch),
                    _ => false,
                },
            }
    }
}

impl<'a> Visit<'a> for Reads<'_> {
    fn visit_stmt(&mut self, node: &'a Stmt) {
        match node {
            Stmt::Expr(Expr::MethodCall(call), Some(_)) if self.is_place(&call.receiver) => {
                call.args.iter().for_each(|argument| self.visit_expr(argument));
            }
            _ => visit::visit_stmt(self, node),
        }
    }

    fn visit_arm(&mut self, node: &'a syn::Arm) {
        self.visit_pat(&node.pat);
        match &*node.body {
            Expr::MethodCall(call) if self.is_place(&call.receiver) => {
                call.args.iter().for_each(|argument| self.visit_expr(argument));
            }
            body => self.visit_expr(body),
        }
    }

    fn visit_expr(&mut self, node: &'a Expr) {
        match node {
            _ if self.updates(node) => {}
            Expr::If(branch) if self.only_branches(branch) => {}
            Expr::Path(_) if self.is_place(node) => {
                self.found.push(node.to_token_stream());
            }
            _ => visit::visit_expr(self, node),
        }
    }

    fn visit_macro(&mut self, node: &'a Macro) {
        if uses::occurs(node.tokens.clone(), self.name) {
            self.found.push(node.tokens.clone());
        }
    }

    fn visit_item(&mut self, _: &'a syn::Item) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_outside_the_updates_are_found() {
        for (body, want) in [
            ("{ acc = merge(acc, x); }", ""),
            ("{ acc.merge(x); }", ""),
            ("{ merge(&mut acc, x); }", ""),
            ("{ if x > acc { acc = x; } }", ""),
            ("{ if x > 3 { acc = acc.join(x); } else { n += 1; } }", ""),
            ("{ match x { 0 => acc.merge(x), _ => {} } }", ""),
            ("{ acc = merge(acc, x); out.push(acc); }", "acc"),
            ("{ if acc > 3 { n += 1; } acc = merge(acc, x); }", "acc"),
            ("{ acc.merge(x); n = acc.len(); }", "acc"),
            ("{ acc.merge(x); n = acc.len(); log!(acc); }", "acc; acc"),
            ("{ acc = merge(acc, x); log!(\"{acc}\"); }", "\"{acc}\""),
        ] {
            let kernel: ExprForLoop = syn::parse_str(&format!("for x in xs {body}")).unwrap();
            let found: Vec<String> = reads(&kernel, "acc").iter().map(TokenStream::to_string).collect();
            assert_eq!(found.join("; "), want, "{body}");
        }
    }
}
