//! Which values may a counter have that is kept between bounds: `if need > 0 { need -= 1 }`, `if run == 3 { run = 0 }`?

use syn::visit::{self, Visit};
use syn::{BinOp, Block, Expr, Pat};

use crate::lower::primitives::number;
use crate::lower::updates::strip;

/// Of so many values a counter is small.
const MOST: u64 = 16;

/// The numbers that the variable may have, if the literals that it is compared with or set to are bounds.
pub(super) fn between(body: &Block, is_it: &dyn Fn(&Expr) -> bool, set: &[u64], rises: bool) -> Option<Vec<u64>> {
    let mut bounds = Bounds {
        is_it,
        compared: Vec::new(),
    };
    bounds.visit_block(body);
    let compared = bounds.compared.iter().copied().max()?;
    let highest = match rises {
        true => set.iter().copied().chain([compared]).max()?,
        false => set.iter().copied().max()?,
    };
    (1..=MOST).contains(&highest).then(|| (0..=highest).collect())
}

/// The numbers with which a variable is compared; one more where it may come to be that.
struct Bounds<'i> {
    is_it: &'i dyn Fn(&Expr) -> bool,
    compared: Vec<u64>,
}

impl<'a> Visit<'a> for Bounds<'_> {
    fn visit_expr_binary(&mut self, node: &'a syn::ExprBinary) {
        let is_it = |expr: &Expr| (self.is_it)(strip(expr));
        let (other, beyond) = match &node.op {
            BinOp::Gt(_) | BinOp::Le(_) if is_it(&node.left) => (&node.right, 1),
            BinOp::Lt(_) | BinOp::Ge(_) if is_it(&node.right) => (&node.left, 1),
            BinOp::Eq(_) | BinOp::Ne(_) | BinOp::Lt(_) | BinOp::Ge(_) if is_it(&node.left) => (&node.right, 0),
            BinOp::Eq(_) | BinOp::Ne(_) | BinOp::Gt(_) | BinOp::Le(_) if is_it(&node.right) => (&node.left, 0),
            _ => return visit::visit_expr_binary(self, node),
        };
        self.compared.extend(number(other).map(|n| n.saturating_add(beyond)));
        visit::visit_expr_binary(self, node);
    }

    fn visit_expr_match(&mut self, node: &'a syn::ExprMatch) {
        if (self.is_it)(strip(&node.expr)) {
            for arm in &node.arms {
                self.compared.extend(literals(&arm.pat));
            }
        }
        visit::visit_expr_match(self, node);
    }
}

fn literals(pattern: &Pat) -> Vec<u64> {
    match pattern {
        Pat::Lit(literal) => number(&Expr::Lit(literal.clone())).into_iter().collect(),
        Pat::Or(cases) => cases.cases.iter().flat_map(literals).collect(),
        Pat::Guard(guard) => literals(&guard.pat),
        _ => Vec::new(),
    }
}
