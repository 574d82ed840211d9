//! Which names does a slice need, backward from its targets?

use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprForLoop, Stmt};

use super::{changed, roots};
use crate::lower::bindings::bindings;
use crate::lower::places::indices_of;
use crate::lower::updates::is_compound;
use crate::lower::uses::{self, Names};

/// Finds the names that are needed, one round at a time.
pub(super) struct Demand {
    pub(super) needed: Names,
    /// Those of which nobody has seen yet that they are.
    pub(super) fresh: Vec<String>,
    /// What the conditions around the current place use.
    pub(super) conditions: Vec<Names>,
    /// How often something needed was changed.
    pub(super) hits: usize,
    /// Jumps of the loop that is looked at decide about something.
    pub(super) jumps_count: bool,
}

impl Demand {
    pub(super) fn is_needed(&self, names: &Names) -> bool {
        names.iter().any(|name| self.needed.contains(name))
    }

    /// Something needed depends on these, and on the conditions around.
    pub(super) fn need(&mut self, names: Names) {
        self.hits += 1;
        names.into_iter().for_each(|name| self.need_name(name));
        let conditions: Vec<_> = self.conditions.iter().flatten().cloned().collect();
        conditions.into_iter().for_each(|name| self.need_name(name));
    }

    pub(super) fn need_name(&mut self, name: String) {
        if self.needed.insert(name.clone()) {
            self.fresh.push(name);
        }
    }

    pub(super) fn under(&mut self, condition: Names, inside: impl FnOnce(&mut Self)) {
        self.conditions.push(condition);
        inside(self);
        self.conditions.pop();
    }

    /// A loop in the body: where it changes something needed, its jumps decide too.
    pub(super) fn inner(&mut self, condition: Names, body: &Block) {
        self.under(condition, |d| {
            let (hits, before) = (d.hits, std::mem::replace(&mut d.jumps_count, false));
            d.visit_block(body);
            if d.hits > hits {
                d.jumps_count = true;
                d.visit_block(body);
            }
            d.jumps_count = before;
        });
    }
}

impl<'a> Visit<'a> for Demand {
    /// From the last statement to the first: what is needed was mostly computed before, so one round finds it all.
    fn visit_block(&mut self, node: &'a Block) {
        node.stmts.iter().rev().for_each(|stmt| self.visit_stmt(stmt));
    }

    fn visit_local(&mut self, node: &'a syn::Local) {
        let bound: Names = bindings(&node.pat).iter().map(|b| b.ident.to_string()).collect();
        let Some(init) = &node.init else { return };
        let used = uses::of_expr(&init.expr);
        if self.is_needed(&bound) {
            self.need(value_uses(&init.expr));
        }
        self.visit_expr(&init.expr);
        if let Some((_, otherwise)) = &init.diverge {
            self.under(used, |d| d.visit_expr(otherwise));
        }
    }

    fn visit_expr_if(&mut self, node: &'a syn::ExprIf) {
        self.visit_expr(&node.cond);
        self.under(uses::of_expr(&node.cond), |d| {
            d.visit_block(&node.then_branch);
            if let Some((_, otherwise)) = &node.else_branch {
                d.visit_expr(otherwise);
            }
        });
    }

    fn visit_expr_let(&mut self, node: &'a syn::ExprLet) {
        let bound: Names = bindings(&node.pat).iter().map(|b| b.ident.to_string()).collect();
        if self.is_needed(&bound) {
            self.need(uses::of_expr(&node.expr));
        }
        self.visit_expr(&node.expr);
    }

    fn visit_expr_match(&mut self, node: &'a syn::ExprMatch) {
        self.visit_expr(&node.expr);
        let mut condition = uses::of_expr(&node.expr);
        for arm in &node.arms {
            if let syn::Pat::Guard(guard) = &arm.pat {
                condition.extend(uses::of_expr(&guard.guard));
            }
        }
        self.under(condition, |d| {
            for arm in &node.arms {
                let bound: Names = bindings(&arm.pat).iter().map(|b| b.ident.to_string()).collect();
                if d.is_needed(&bound) {
                    d.need(Names::new());
                }
                d.visit_expr(&arm.body);
            }
        });
    }

    fn visit_expr_for_loop(&mut self, node: &'a ExprForLoop) {
        let bound: Names = bindings(&node.pat).iter().map(|b| b.ident.to_string()).collect();
        let header = uses::of_expr(&node.expr);
        if self.is_needed(&bound) {
            self.need(header.clone());
        }
        self.inner(header, &node.body);
    }

    fn visit_expr_while(&mut self, node: &'a syn::ExprWhile) {
        self.visit_expr(&node.cond);
        self.inner(uses::of_expr(&node.cond), &node.body);
    }

    fn visit_expr_loop(&mut self, node: &'a syn::ExprLoop) {
        self.inner(Names::new(), &node.body);
    }

    fn visit_expr_continue(&mut self, _: &'a syn::ExprContinue) {
        self.need(Names::new());
        self.hits -= 1;
    }

    fn visit_expr_break(&mut self, node: &'a syn::ExprBreak) {
        if self.jumps_count {
            self.need(Names::new());
            self.hits -= 1;
        }
        visit::visit_expr_break(self, node);
    }

    fn visit_expr_return(&mut self, node: &'a syn::ExprReturn) {
        if self.jumps_count {
            self.need(Names::new());
            self.hits -= 1;
        }
        visit::visit_expr_return(self, node);
    }

    fn visit_expr_closure(&mut self, _: &'a syn::ExprClosure) {}

    fn visit_item(&mut self, _: &'a syn::Item) {}

    fn visit_expr(&mut self, node: &'a Expr) {
        if self.is_needed(&changed(node)) {
            self.need(match node {
                Expr::Assign(assign) => {
                    let mut names = value_uses(&assign.right);
                    names.extend(indices_of(&assign.left).into_iter().flat_map(uses::of_expr));
                    names.extend(roots(&assign.left));
                    names
                }
                Expr::Binary(binary) if is_compound(&binary.op) => {
                    let mut names = value_uses(&binary.right);
                    names.extend(uses::of_expr(&binary.left));
                    names
                }
                _ => uses::of_expr(node),
            });
        }
        visit::visit_expr(self, node);
    }
}

/// What a value is made of: the statements in its blocks count only where they decide about that.
pub(super) fn value_uses(value: &Expr) -> Names {
    match value {
        Expr::Paren(paren) => value_uses(&paren.expr),
        Expr::Block(block) if block.label.is_none() => tail_uses(&block.block),
        Expr::If(branch) => {
            let mut names = uses::of_expr(&branch.cond);
            names.extend(tail_uses(&branch.then_branch));
            if let Some((_, otherwise)) = &branch.else_branch {
                names.extend(value_uses(otherwise));
            }
            names
        }
        Expr::Match(choice) => {
            let mut names = uses::of_expr(&choice.expr);
            for arm in &choice.arms {
                if let syn::Pat::Guard(guard) = &arm.pat {
                    names.extend(uses::of_expr(&guard.guard));
                }
                names.extend(value_uses(&arm.body));
            }
            names
        }
        other => uses::of_expr(other),
    }
}

pub(super) fn tail_uses(block: &Block) -> Names {
    match block.stmts.last() {
        Some(Stmt::Expr(value, None)) => value_uses(value),
        _ => Names::new(),
    }
}
