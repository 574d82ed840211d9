//! One assignment to a whole as several to its parts, in an order in which they mean the same.

use proc_macro2::Span;
use syn::visit::{self, Visit};
use syn::{Block, Expr, Pat, Stmt, parse_quote, parse_quote_spanned};

use super::shapes::Values;
use crate::analysis::mutations;
use crate::lower::bindings::bindings;
use crate::lower::places::place_of;
use crate::lower::spread::{is_hidden_in, is_same, is_simple, overlaps, places_in};
use crate::lower::updates::strip;
use crate::names::FreeNames;

/// An assignment to several places at once.
pub(super) struct Assigned<'a> {
    /// The places.
    pub(super) targets: Vec<Expr>,
    /// Which of them are given which values by an expression, if it shows that.
    pub(super) values: &'a dyn Fn(&Expr) -> Option<Values>,
    /// The assignment's.
    pub(super) at: Span,
}

impl Assigned<'_> {
    /// What assigns to the places one by one.
    pub(super) fn stmts(&self, value: &Expr, names: &mut FreeNames) -> Option<Vec<Stmt>> {
        let is_target = |target: &Expr| matches!(target, Expr::Infer(_)) || is_simple(target);
        if !self.targets.iter().all(is_target) {
            return None;
        }
        let roots: Vec<String> = self.targets.iter().filter_map(|t| Some(place_of(t)?.0.root)).collect();
        let mut hides = Hides {
            roots: &roots,
            any: false,
        };
        hides.visit_expr(value);
        let is_hidden = hides.any || roots.iter().any(|root| is_hidden_in(value, root));
        (!is_hidden).then(|| self.of_value(value, names)).flatten()
    }

    fn of_value(&self, value: &Expr, names: &mut FreeNames) -> Option<Vec<Stmt>> {
        if let Some(values) = (self.values)(value) {
            return Some(self.in_order(&values, names));
        }
        let stmt = match strip(value) {
            Expr::If(branch) => {
                let mut branch = branch.clone();
                branch.then_branch = self.of_block(&branch.then_branch, names)?;
                let (_, otherwise) = branch.else_branch.as_mut()?;
                let stmts = self.of_value(otherwise, names)?;
                **otherwise = parse_quote!({ #(#stmts)* });
                Expr::If(branch)
            }
            Expr::Match(choice) => {
                let mut choice = choice.clone();
                for arm in &mut choice.arms {
                    let stmts = self.of_value(&arm.body, names)?;
                    *arm.body = parse_quote!({ #(#stmts)* });
                }
                Expr::Match(choice)
            }
            Expr::Block(block) if block.label.is_none() => {
                let mut block = block.clone();
                block.block = self.of_block(&block.block, names)?;
                Expr::Block(block)
            }
            Expr::Continue(_) | Expr::Break(_) | Expr::Return(_) => {
                return Some(vec![Stmt::Expr(value.clone(), Some(Default::default()))]);
            }
            _ => return None,
        };
        Some(vec![Stmt::Expr(stmt, None)])
    }

    fn of_block(&self, block: &Block, names: &mut FreeNames) -> Option<Block> {
        let (last, before) = block.stmts.split_last()?;
        let mut stmts = before.to_vec();
        match last {
            Stmt::Expr(Expr::Continue(_) | Expr::Break(_) | Expr::Return(_), _) => stmts.push(last.clone()),
            Stmt::Expr(value, None) => stmts.extend(self.of_value(value, names)?),
            _ => return None,
        }
        Some(Block {
            brace_token: block.brace_token,
            stmts,
        })
    }

    /// All values are computed before a place that one of them reads is assigned to.
    fn in_order(&self, values: &[(usize, Expr)], names: &mut FreeNames) -> Vec<Stmt> {
        let at = self.at;
        let mut stmts = Vec::new();
        let mut late = Vec::new();
        let mut left: Vec<(&Expr, &Expr)> = values.iter().map(|(n, value)| (&self.targets[*n], value)).collect();
        left.retain(|(target, value)| !is_same(target, value));
        let may_wait = left.iter().all(|(_, value)| is_calm(value));
        while !left.is_empty() {
            let is_read = |(number, target): (usize, &Expr)| {
                let mut others = left.iter().enumerate().filter(|(other, _)| *other != number);
                others.any(|(_, (_, value))| places_in(value).iter().any(|place| overlaps(place, target)))
            };
            // one that no other one reads comes first
            let mut numbers = (0..left.len()).filter(|_| may_wait);
            let free = numbers.find(|number| !is_read((*number, left[*number].0)));
            let is_needed = free.is_none() && is_read((0, left[0].0));
            let (target, value) = left.remove(free.unwrap_or(0));
            if is_needed {
                let next = names.free("next");
                stmts.push(parse_quote_spanned!(at=> let #next = #value;));
                late.push(parse_quote_spanned!(at=> #target = #next;));
            } else {
                stmts.push(parse_quote_spanned!(at=> #target = #value;));
            }
        }
        stmts.extend(late);
        stmts
    }
}

/// True if it doesn't matter when the value is computed, as long as what it reads is the same.
fn is_calm(value: &Expr) -> bool {
    struct Calm(bool);
    impl<'a> Visit<'a> for Calm {
        fn visit_expr(&mut self, node: &'a Expr) {
            self.0 &= match node {
                Expr::MethodCall(call) => !mutations::changes_by_name(&call.method.to_string()),
                Expr::Call(_) | Expr::Macro(_) | Expr::Try(_) | Expr::Return(_) | Expr::Break(_) => false,
                Expr::Assign(_) | Expr::Block(_) | Expr::Loop(_) | Expr::Closure(_) => false,
                _ => true,
            };
            visit::visit_expr(self, node);
        }
    }
    let mut calm = Calm(true);
    calm.visit_expr(value);
    calm.0
}

/// Does an expression borrow one of these variables, or use its name for something else?
struct Hides<'r> {
    roots: &'r [String],
    any: bool,
}

impl<'a> Visit<'a> for Hides<'_> {
    fn visit_pat(&mut self, node: &'a Pat) {
        self.any |= bindings(node).iter().any(|b| self.roots.contains(&b.ident.to_string()));
    }

    fn visit_expr_reference(&mut self, node: &'a syn::ExprReference) {
        self.any |= place_of(&node.expr).is_some_and(|(place, _)| self.roots.contains(&place.root));
        visit::visit_expr_reference(self, node);
    }
}
