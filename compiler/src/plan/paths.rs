//! Do two expressions of a function both run, or only one of them?

use syn::visit::{self, Visit};
use syn::{Block, Expr};

use crate::lower::NodeId;

/// True unless they stand in different branches, or a branch that leaves the function holds the earlier one.
pub(crate) fn may_both_run(block: &Block, earlier: &Expr, later: &Expr) -> bool {
    let mut branches = Branches {
        wanted: [NodeId::of(earlier), NodeId::of(later)],
        around: Vec::new(),
        found: [const { Vec::new() }; 2],
    };
    branches.visit_block(block);
    let [earlier, later] = &branches.found;
    let common = earlier.iter().zip(later).take_while(|(a, b)| a.0 == b.0 && a.1 == b.1);
    let common = common.count();
    let are_apart = matches!((earlier.get(common), later.get(common)), (Some(a), Some(b)) if a.0 == b.0);
    let is_left = earlier[common..].iter().any(|branch| branch.2);
    !are_apart && !is_left
}

/// A branch: where it forks, its number, and whether it leaves the function.
type Branch = (NodeId, usize, bool);

struct Branches {
    wanted: [NodeId; 2],
    around: Vec<Branch>,
    found: [Vec<Branch>; 2],
}

impl Branches {
    fn inside(&mut self, node: &Expr, number: usize, leaves: bool, visit: impl FnOnce(&mut Self)) {
        self.around.push((NodeId::of(node), number, leaves));
        visit(self);
        self.around.pop();
    }
}

/// Does what is visited return?
fn returns(visit: impl FnOnce(&mut Returns)) -> bool {
    let mut returns = Returns(false);
    visit(&mut returns);
    returns.0
}

struct Returns(bool);

impl<'a> Visit<'a> for Returns {
    fn visit_expr_return(&mut self, _: &'a syn::ExprReturn) {
        self.0 = true;
    }

    fn visit_expr_closure(&mut self, _: &'a syn::ExprClosure) {}

    fn visit_item(&mut self, _: &'a syn::Item) {}
}

impl<'a> Visit<'a> for Branches {
    fn visit_expr(&mut self, node: &'a Expr) {
        for (wanted, found) in self.wanted.iter().zip(&mut self.found) {
            if *wanted == NodeId::of(node) {
                found.clone_from(&self.around);
            }
        }
        match node {
            Expr::If(branch) => {
                self.visit_expr(&branch.cond);
                let leaves = returns(|it| it.visit_block(&branch.then_branch));
                self.inside(node, 0, leaves, |it| it.visit_block(&branch.then_branch));
                if let Some((_, otherwise)) = &branch.else_branch {
                    let leaves = returns(|it| it.visit_expr(otherwise));
                    self.inside(node, 1, leaves, |it| it.visit_expr(otherwise));
                }
            }
            Expr::Match(choice) => {
                self.visit_expr(&choice.expr);
                for (number, arm) in choice.arms.iter().enumerate() {
                    let leaves = returns(|it| it.visit_arm(arm));
                    self.inside(node, number, leaves, |it| it.visit_arm(arm));
                }
            }
            _ => visit::visit_expr(self, node),
        }
    }

    fn visit_item(&mut self, _: &'a syn::Item) {}
}
