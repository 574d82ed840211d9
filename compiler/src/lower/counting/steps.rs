//! The steps before `continue` and at the end of the body, taken out of it.

use quote::ToTokens;
use syn::{Block, Expr, Ident, Stmt, parse_quote};

use super::conditions::variable;
use crate::lower::updates::strip;
use crate::lower::uses;

/// Leaves the loop where the last statement of an iteration sets the flag.
pub(super) struct Tail<'f> {
    pub(super) flag: &'f Ident,
    /// The value that ends the loop.
    pub(super) ends: bool,
    pub(super) leave: Vec<Stmt>,
    pub(super) hit: Ident,
    /// The flag is used in another way.
    pub(super) others: bool,
}

impl Tail<'_> {
    pub(super) fn block(&mut self, block: &mut Block) {
        let Some((last, others)) = block.stmts.split_last_mut() else {
            return;
        };
        let name = self.flag.to_string();
        self.others |= others.iter().any(|stmt| uses::occurs(stmt.to_token_stream(), &name));
        self.stmt(last);
    }

    pub(super) fn stmt(&mut self, stmt: &mut Stmt) {
        let name = self.flag.to_string();
        let node = match stmt {
            Stmt::Expr(node, _) => node,
            other => {
                self.others |= uses::occurs(other.to_token_stream(), &name);
                return;
            }
        };
        match node {
            Expr::Assign(assign) if variable(&assign.left) == Some(self.flag) => {
                let (flag, hit, leave) = (self.flag, &self.hit, &self.leave);
                let value = &assign.right;
                self.others |= uses::occurs(value.to_token_stream(), &name);
                let truth = matches!(strip(value), Expr::Lit(lit) if matches!(&lit.lit, syn::Lit::Bool(b) if b.value == self.ends));
                let is_end: Expr = if self.ends {
                    parse_quote!(#hit)
                } else {
                    parse_quote!(!#hit)
                };
                *node = match truth {
                    true => parse_quote!({ #flag = #value; #(#leave)* }),
                    false => parse_quote!({ let #hit = #value; #flag = #hit; if #is_end { #(#leave)* } }),
                };
            }
            Expr::If(branch) => {
                self.others |= uses::occurs(branch.cond.to_token_stream(), &name);
                self.block(&mut branch.then_branch);
                if let Some((_, otherwise)) = &mut branch.else_branch {
                    let mut stmt = Stmt::Expr((**otherwise).clone(), None);
                    self.stmt(&mut stmt);
                    if let Stmt::Expr(node, _) = stmt {
                        **otherwise = node;
                    }
                }
            }
            Expr::Block(block) if block.label.is_none() => self.block(&mut block.block),
            Expr::Match(choice) => {
                self.others |= uses::occurs(choice.expr.to_token_stream(), &name);
                for arm in &mut choice.arms {
                    let mut stmt = Stmt::Expr((*arm.body).clone(), None);
                    self.stmt(&mut stmt);
                    if let Stmt::Expr(node, _) = stmt {
                        *arm.body = node;
                    }
                }
            }
            other => self.others |= uses::occurs(other.to_token_stream(), &name),
        }
    }
}
