//! Which statements of a loop's body decide what some of its variables are?
//!
//! The answer is a program slice (M. Weiser, ICSE 1981): the body without everything that has no influence on the
//! targets. Names stand for variables, whatever the scopes, so a slice errs towards more. Ways out of the loop are no
//! part of it: what comes after one is never seen.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprForLoop, Stmt};

use crate::analysis::mutations;
use crate::lower::bindings::bindings;
use crate::lower::places::{indices_of, place_of};
use crate::lower::updates::is_compound;
use crate::lower::uses::{self, Names};

/// What decides about some variables.
#[derive(Clone, Debug)]
pub(crate) struct Slice {
    /// The statements.
    pub(crate) body: Block,
    /// The names that occur in deciding, the targets among them.
    pub(crate) needed: Names,
}

/// Something that decides about the targets and does more than that.
#[derive(Debug)]
pub(crate) struct Entangled {
    /// Its tokens.
    pub(crate) at: TokenStream,
}

/// A loop's body with what is asked of each of its statements again and again.
pub(crate) struct Prepared {
    stmts: Vec<Stmt>,
    /// The statements that change or declare a name.
    by_name: BTreeMap<String, Vec<usize>>,
    /// The last statement that changes a name.
    last_change: BTreeMap<String, usize>,
    /// The statements that may end the iteration.
    jumps: Vec<usize>,
    /// The items.
    items: Vec<usize>,
}

impl Prepared {
    /// Looks through the body of a loop.
    pub(crate) fn of(kernel: &ExprForLoop) -> Self {
        let mut body = kernel.body.clone();
        Valueless.visit_block_mut(&mut body);
        let mut prepared = Prepared {
            stmts: Vec::new(),
            by_name: BTreeMap::new(),
            last_change: BTreeMap::new(),
            jumps: Vec::new(),
            items: Vec::new(),
        };
        for (number, stmt) in body.stmts.iter().enumerate() {
            let mut about = About::default();
            about.visit_stmt(stmt);
            for name in &about.changed {
                prepared.last_change.insert(name.clone(), number);
            }
            for name in about.changed.union(&about.declared) {
                prepared.by_name.entry(name.clone()).or_default().push(number);
            }
            if about.jumps {
                prepared.jumps.push(number);
            }
            if let Stmt::Item(_) = stmt {
                prepared.items.push(number);
            }
        }
        prepared.stmts = body.stmts;
        prepared
    }

    /// The slice for the targets; `is_outer` tells the variables declared outside the loop.
    pub(crate) fn slice(&self, targets: &Names, is_outer: &dyn Fn(&str) -> bool) -> Result<Slice, Entangled> {
        let mut demand = Demand {
            needed: Names::new(),
            fresh: Vec::new(),
            conditions: Vec::new(),
            hits: 0,
            jumps_count: false,
        };
        targets.iter().for_each(|name| demand.need_name(name.clone()));
        // from the last statement to the first: what is needed was mostly computed before
        let mut pending: BTreeSet<usize> = BTreeSet::new();
        let mut about: BTreeSet<usize> = BTreeSet::new();
        // what comes behind the last change of something needed decides about nothing
        let mut end = 0;
        loop {
            for name in std::mem::take(&mut demand.fresh) {
                pending.extend(self.by_name.get(&name).into_iter().flatten());
                let last = self.last_change.get(&name).map_or(0, |last| last + 1);
                if last > end {
                    let within = |list: &'_ [usize]| {
                        let from = list.partition_point(|number| *number < end);
                        let to = list.partition_point(|number| *number < last);
                        list[from..to].to_vec()
                    };
                    pending.extend(within(&self.jumps));
                    about.extend(within(&self.items));
                    end = last;
                }
            }
            // the others wait until something behind them is needed
            let Some(number) = pending.range(..end).next_back().copied() else {
                break;
            };
            pending.remove(&number);
            about.insert(number);
            demand.visit_stmt(&self.stmts[number]);
        }
        let keep = Keep {
            needed: &demand.needed,
            is_outer,
            loops: Cell::new(0),
        };
        let mut stmts = Vec::new();
        for number in about {
            stmts.extend(keep.stmt(&self.stmts[number])?);
        }
        let body = Block {
            brace_token: Default::default(),
            stmts,
        };
        Ok(Slice {
            body,
            needed: demand.needed,
        })
    }
}

/// What happens anywhere in a statement.
#[derive(Default)]
struct About {
    changed: Names,
    declared: Names,
    jumps: bool,
}

impl<'a> Visit<'a> for About {
    fn visit_expr(&mut self, node: &'a Expr) {
        self.changed.extend(changed(node));
        self.jumps |= matches!(node, Expr::Continue(_));
        visit::visit_expr(self, node);
    }

    fn visit_pat(&mut self, node: &'a syn::Pat) {
        self.declared.extend(bindings(node).iter().map(|b| b.ident.to_string()));
        visit::visit_pat(self, node);
    }
}

/// What is returned out of the loop is no part of a slice.
struct Valueless;

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

/// The variables that an expression assigns to or changes by a method, if it does: their roots.
pub(crate) fn changed(node: &Expr) -> Names {
    match node {
        Expr::Assign(assign) => roots(&assign.left),
        Expr::Binary(binary) if is_compound(&binary.op) => roots(&binary.left),
        Expr::MethodCall(call) => {
            let mut names = borrowed(call.args.iter());
            if mutations::changes_by_name(&call.method.to_string()) {
                names.extend(roots(&call.receiver));
            }
            names
        }
        Expr::Call(call) => borrowed(call.args.iter()),
        _ => Names::new(),
    }
}

/// The variables that are borrowed mutably as arguments.
fn borrowed<'a>(arguments: impl Iterator<Item = &'a Expr>) -> Names {
    let root = |argument: &Expr| match argument {
        Expr::Reference(reference) if reference.mutability.is_some() => roots(&reference.expr),
        _ => Names::new(),
    };
    arguments.flat_map(root).collect()
}

/// The variables at the roots of what is assigned to.
fn roots(target: &Expr) -> Names {
    match target {
        Expr::Tuple(tuple) => tuple.elems.iter().flat_map(roots).collect(),
        Expr::Array(array) => array.elems.iter().flat_map(roots).collect(),
        other => match place_of(other) {
            Some((place, _)) => Names::from([place.root]),
            None => uses::of_expr(other),
        },
    }
}

/// Finds the names that are needed, one round at a time.
struct Demand {
    needed: Names,
    /// Those of which nobody has seen yet that they are.
    fresh: Vec<String>,
    /// What the conditions around the current place use.
    conditions: Vec<Names>,
    /// How often something needed was changed.
    hits: usize,
    /// Jumps of the loop that is looked at decide about something.
    jumps_count: bool,
}

impl Demand {
    fn is_needed(&self, names: &Names) -> bool {
        names.iter().any(|name| self.needed.contains(name))
    }

    /// Something needed depends on these, and on the conditions around.
    fn need(&mut self, names: Names) {
        self.hits += 1;
        names.into_iter().for_each(|name| self.need_name(name));
        let conditions: Vec<_> = self.conditions.iter().flatten().cloned().collect();
        conditions.into_iter().for_each(|name| self.need_name(name));
    }

    fn need_name(&mut self, name: String) {
        if self.needed.insert(name.clone()) {
            self.fresh.push(name);
        }
    }

    fn under(&mut self, condition: Names, inside: impl FnOnce(&mut Self)) {
        self.conditions.push(condition);
        inside(self);
        self.conditions.pop();
    }

    /// A loop in the body: where it changes something needed, its jumps decide too.
    fn inner(&mut self, condition: Names, body: &Block) {
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
fn value_uses(value: &Expr) -> Names {
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

fn tail_uses(block: &Block) -> Names {
    match block.stmts.last() {
        Some(Stmt::Expr(value, None)) => value_uses(value),
        _ => Names::new(),
    }
}

/// Keeps what is needed.
struct Keep<'n> {
    needed: &'n Names,
    is_outer: &'n dyn Fn(&str) -> bool,
    /// Loops in the body around the current place.
    loops: Cell<usize>,
}

impl Keep<'_> {
    fn has_needed(&self, names: &Names) -> bool {
        names.iter().any(|name| self.needed.contains(name))
    }

    fn block(&self, node: &Block) -> Result<Block, Entangled> {
        let mut stmts = Vec::new();
        for stmt in &node.stmts {
            stmts.extend(self.stmt(stmt)?);
        }
        Ok(Block {
            brace_token: node.brace_token,
            stmts,
        })
    }

    fn stmt(&self, node: &Stmt) -> Result<Option<Stmt>, Entangled> {
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

    fn expr(&self, node: &Expr) -> Result<Option<Expr>, Entangled> {
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
    fn value(&self, node: &Expr) -> Result<Expr, Entangled> {
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

    fn value_block(&self, node: &Block) -> Result<Block, Entangled> {
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
    fn inner(&self, body: &Block) -> Result<Block, Entangled> {
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
    fn decides(&self, node: &impl Syntax) -> bool {
        let mut search = Search {
            needed: self.needed,
            found: false,
        };
        node.walk(&mut search);
        search.found
    }

    /// Fails if something else outside the loop is changed in it.
    fn does_no_more(&self, node: &impl Syntax) -> Result<(), Entangled> {
        let mut more = More { keep: self, at: None };
        node.walk(&mut more);
        match more.at {
            Some(at) => Err(Entangled { at }),
            None => Ok(()),
        }
    }
}

fn entangled(node: &impl ToTokens) -> Entangled {
    Entangled {
        at: node.to_token_stream(),
    }
}

/// What a visitor can be sent into.
trait Syntax {
    fn walk<'a>(&'a self, visitor: &mut impl Visit<'a>);
}

impl Syntax for Expr {
    fn walk<'a>(&'a self, visitor: &mut impl Visit<'a>) {
        visitor.visit_expr(self);
    }
}

impl Syntax for Stmt {
    fn walk<'a>(&'a self, visitor: &mut impl Visit<'a>) {
        visitor.visit_stmt(self);
    }
}

impl Syntax for Block {
    fn walk<'a>(&'a self, visitor: &mut impl Visit<'a>) {
        visitor.visit_block(self);
    }
}

/// Does a node change something needed, or end the iteration?
struct Search<'n> {
    needed: &'n Names,
    found: bool,
}

impl<'a> Visit<'a> for Search<'_> {
    fn visit_expr(&mut self, node: &'a Expr) {
        self.found |= changed(node).iter().any(|name| self.needed.contains(name));
        self.found |= matches!(node, Expr::Continue(_));
        visit::visit_expr(self, node);
    }

    fn visit_expr_closure(&mut self, _: &'a syn::ExprClosure) {}

    fn visit_item(&mut self, _: &'a syn::Item) {}
}

/// Does a node change a variable outside the loop that is not needed?
struct More<'k, 'n> {
    keep: &'k Keep<'n>,
    at: Option<TokenStream>,
}

impl<'a> Visit<'a> for More<'_, '_> {
    fn visit_expr(&mut self, node: &'a Expr) {
        let other = |name: &String| !self.keep.needed.contains(name) && (self.keep.is_outer)(name);
        if self.at.is_none() && changed(node).iter().any(other) {
            self.at = Some(node.to_token_stream());
        }
        visit::visit_expr(self, node);
    }

    fn visit_item(&mut self, _: &'a syn::Item) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slice(body: &str, target: &str) -> String {
        let kernel: ExprForLoop = syn::parse_str(&format!("for x in xs {body}")).unwrap();
        let is_outer = |name: &str| name != "x" && name != "y";
        match Prepared::of(&kernel).slice(&Names::from([target.to_string()]), &is_outer) {
            Ok(slice) => slice.body.to_token_stream().to_string(),
            Err(entangled) => format!("at {}", entangled.at),
        }
    }

    #[test]
    fn what_has_no_influence_is_left_out() {
        for (body, want) in [
            (
                "{ touch(); let y = x + 1; t += y; best = best.max(t); }",
                "{ let y = x + 1 ; t += y ; }",
            ),
            (
                "{ if t < 0 { return None; } if x > 0 { t += 1; n += 1; } }",
                "{ if x > 0 { t += 1 ; } }",
            ),
            (
                "{ let y = if x == 9 { return Err(t) } else { x }; t += y; }",
                "{ let y = if x == 9 { return } else { x } ; t += y ; }",
            ),
            (
                "{ if x == 7 { continue; } t += x; }",
                "{ if x == 7 { continue ; } t += x ; }",
            ),
            (
                "{ match x { '(' => t += 1, ')' => { n += 1; } _ => {} } }",
                "{ match x { '(' => { t += 1 ; } , ')' => { } _ => { } } }",
            ),
            (
                "{ for y in x { if y == 0 { break; } t += y; n += 1; } }",
                "{ for y in x { if y == 0 { break ; } t += y ; } }",
            ),
            ("{ let y = x?; t += y; }", "{ let y = x ? ; t += y ; }"),
            ("{ let y = { n += 1; x }; t += y; }", "{ let y = { x } ; t += y ; }"),
            (
                "{ t = match x { 1 => { n += 1; 0 } _ => { let y = x; t + y } }; }",
                "{ t = match x { 1 => { 0 } _ => { let y = x ; t + y } } ; }",
            ),
            ("{ out.push({ t += 1; t }); }", "at out . push ({ t += 1 ; t })"),
        ] {
            assert_eq!(slice(body, "t"), want, "{body}");
        }
    }
}
