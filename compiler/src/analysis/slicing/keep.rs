//! What of a body does a slice keep?

use std::cell::Cell;

use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprForLoop, Stmt};

use super::{Entangled, More, Search, Syntax, changed, entangled};
use crate::lower::bindings::bindings;
use crate::lower::updates::is_compound;
use crate::lower::uses::Names;

/// What is returned out of the loop is no part of a slice.
pub(super) struct Valueless;

impl VisitMut for Valueless {
    fn visit_expr_return_mut(&mut self, node: &mut syn::ExprReturn) {
        node.expr = None;
    }

    fn visit_expr_closure_mut(&mut self, _: &mut syn::ExprClosure) {}

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}

    fn visit_block_mut(&mut self, node: &mut Block) {
        visit_mut::visit_block_mut(self, node);
    }
}

/// Keeps what is needed.
pub(super) struct Keep<'n> {
    pub(super) needed: &'n Names,
    pub(super) is_outer: &'n dyn Fn(&str) -> bool,
    /// Loops in the body around the current place.
    pub(super) loops: Cell<usize>,
}

impl Keep<'_> {
    pub(super) fn has_needed(&self, names: &Names) -> bool {
        names.iter().any(|name| self.needed.contains(name))
    }

    pub(super) fn block(&self, node: &Block) -> Result<Block, Entangled> {
        let mut stmts = Vec::new();
        for stmt in &node.stmts {
            stmts.extend(self.stmt(stmt)?);
        }
        Ok(Block {
            brace_token: node.brace_token,
            stmts,
        })
    }

    pub(super) fn stmt(&self, node: &Stmt) -> Result<Option<Stmt>, Entangled> {
        match node {
            Stmt::Local(local) => {
                let bound: Names = bindings(&local.pat).iter().map(|b| b.ident.to_string()).collect();
                if self.has_needed(&bound) || self.decides(node) {
                    let mut kept = local.clone();
                    if let Some(init) = &mut kept.init {
                        *init.expr = self.value(&init.expr)?;
                    }
                    let kept = Stmt::Local(kept);
                    self.does_no_more(&kept)?;
                    return Ok(Some(kept));
                }
                Ok(None)
            }
            Stmt::Item(_) => Ok(Some(node.clone())),
            Stmt::Macro(_) => Ok(None),
            Stmt::Expr(expr, semi) => Ok(self.expr(expr)?.map(|kept| {
                let is_block = matches!(
                    kept,
                    Expr::If(_) | Expr::Match(_) | Expr::ForLoop(_) | Expr::While(_) | Expr::Loop(_) | Expr::Block(_)
                );
                Stmt::Expr(
                    kept,
                    if is_block {
                        *semi
                    } else {
                        Some(semi.unwrap_or_default())
                    },
                )
            })),
        }
    }

    pub(super) fn expr(&self, node: &Expr) -> Result<Option<Expr>, Entangled> {
        Ok(match node {
            Expr::Paren(paren) => self.expr(&paren.expr)?,
            Expr::Assign(assign) if self.has_needed(&changed(node)) => {
                let mut kept = assign.clone();
                *kept.right = self.value(&assign.right)?;
                let kept = Expr::Assign(kept);
                self.does_no_more(&kept)?;
                Some(kept)
            }
            Expr::Binary(binary) if is_compound(&binary.op) && self.has_needed(&changed(node)) => {
                let mut kept = binary.clone();
                *kept.right = self.value(&binary.right)?;
                let kept = Expr::Binary(kept);
                self.does_no_more(&kept)?;
                Some(kept)
            }
            Expr::Binary(_) | Expr::MethodCall(_) | Expr::Call(_) if self.has_needed(&changed(node)) => {
                self.does_no_more(node)?;
                Some(node.clone())
            }
            Expr::If(branch) => {
                let then_branch = self.block(&branch.then_branch)?;
                let otherwise = match &branch.else_branch {
                    Some((token, otherwise)) => self.expr(otherwise)?.map(|e| (*token, Box::new(e))),
                    None => None,
                };
                if self.decides(&*branch.cond) {
                    return Err(entangled(&branch.cond));
                }
                if then_branch.stmts.is_empty() && otherwise.is_none() {
                    return Ok(None);
                }
                self.does_no_more(&*branch.cond)?;
                Some(Expr::If(syn::ExprIf {
                    then_branch,
                    else_branch: otherwise,
                    ..branch.clone()
                }))
            }
            Expr::Match(choice) => {
                let mut kept = choice.clone();
                let mut is_empty = true;
                for arm in &mut kept.arms {
                    let body = self.expr(&arm.body)?;
                    is_empty &= body.is_none();
                    *arm.body = match body {
                        Some(body @ Expr::Block(_)) => body,
                        Some(body) => syn::parse_quote!({ #body; }),
                        None => syn::parse_quote!({}),
                    };
                }
                if is_empty {
                    return Ok(None);
                }
                self.does_no_more(&*choice.expr)?;
                Some(Expr::Match(kept))
            }
            Expr::ForLoop(inner) => {
                let body = self.inner(&inner.body)?;
                if body.stmts.is_empty() {
                    return Ok(None);
                }
                self.does_no_more(&*inner.expr)?;
                Some(Expr::ForLoop(ExprForLoop { body, ..inner.clone() }))
            }
            Expr::While(inner) => {
                let body = self.inner(&inner.body)?;
                if body.stmts.is_empty() && !self.decides(&*inner.cond) {
                    return Ok(None);
                }
                self.does_no_more(&*inner.cond)?;
                Some(Expr::While(syn::ExprWhile { body, ..inner.clone() }))
            }
            Expr::Loop(inner) => {
                let body = self.inner(&inner.body)?;
                let has_effect = self.decides(&inner.body);
                has_effect.then(|| Expr::Loop(syn::ExprLoop { body, ..inner.clone() }))
            }
            Expr::Block(inner) => {
                let block = self.block(&inner.block)?;
                (!block.stmts.is_empty()).then(|| Expr::Block(syn::ExprBlock { block, ..inner.clone() }))
            }
            Expr::Continue(_) => Some(node.clone()),
            // what leaves the kernel is no part of the slice, but may be what ends a loop in it
            Expr::Break(_) | Expr::Return(_) => (self.loops.get() > 0).then(|| node.clone()),
            other if self.decides(other) => return Err(entangled(other)),
            _ => None,
        })
    }

    /// A value, without the statements in its blocks that don't decide about it.
    pub(super) fn value(&self, node: &Expr) -> Result<Expr, Entangled> {
        Ok(match node {
            Expr::Block(block) if block.label.is_none() => Expr::Block(syn::ExprBlock {
                block: self.value_block(&block.block)?,
                ..block.clone()
            }),
            Expr::If(branch) => {
                let mut kept = branch.clone();
                kept.then_branch = self.value_block(&branch.then_branch)?;
                if let Some((_, otherwise)) = &mut kept.else_branch {
                    **otherwise = self.value(otherwise)?;
                }
                Expr::If(kept)
            }
            Expr::Match(choice) => {
                let mut kept = choice.clone();
                for arm in &mut kept.arms {
                    *arm.body = self.value(&arm.body)?;
                }
                Expr::Match(kept)
            }
            other => other.clone(),
        })
    }

    pub(super) fn value_block(&self, node: &Block) -> Result<Block, Entangled> {
        let (last, before) = match node.stmts.split_last() {
            Some((Stmt::Expr(tail, None), before)) => (Stmt::Expr(self.value(tail)?, None), before),
            Some((last @ Stmt::Expr(Expr::Continue(_), Some(_)), before)) => (last.clone(), before),
            _ => return Ok(node.clone()),
        };
        let mut stmts = Vec::new();
        for stmt in before {
            stmts.extend(self.stmt(stmt)?);
        }
        stmts.push(last);
        Ok(Block {
            brace_token: node.brace_token,
            stmts,
        })
    }

    /// The body of a loop in the body.
    pub(super) fn inner(&self, body: &Block) -> Result<Block, Entangled> {
        self.loops.set(self.loops.get() + 1);
        let kept = self.block(body);
        self.loops.set(self.loops.get() - 1);
        let jumps_only = |stmt: &Stmt| !self.decides(stmt);
        kept.map(|kept| {
            if kept.stmts.iter().all(jumps_only) {
                syn::parse_quote!({})
            } else {
                kept
            }
        })
    }

    /// True if something needed is changed in it, or the iteration is ended.
    pub(super) fn decides(&self, node: &impl Syntax) -> bool {
        let mut search = Search {
            needed: self.needed,
            found: false,
        };
        node.walk(&mut search);
        search.found
    }

    /// Fails if something else outside the loop is changed in it.
    pub(super) fn does_no_more(&self, node: &impl Syntax) -> Result<(), Entangled> {
        let mut more = More { keep: self, at: None };
        node.walk(&mut more);
        match more.at {
            Some(at) => Err(Entangled { at }),
            None => Ok(()),
        }
    }
}
