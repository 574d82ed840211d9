//! Which loops of the function are to be rewritten?
//!
//! Every outermost loop, also one inside an `if`, a `match` or a block; with a `#[par]` anywhere only the loops that
//! carry one. `#[seq]` leaves a loop alone. Loops inside closures and nested items are not this function's.

use std::collections::BTreeSet;

use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Expr, ExprForLoop, ItemFn};

use super::NodeId;
use super::chains::{self, Chain};
use super::counting;
use super::counting::rounded::Rounded;
use super::sorts;
use super::variables::{self, Variable};
use crate::diagnostics::{self, Diagnostics};

/// A loop that is to be rewritten.
pub(crate) struct Kernel<'a> {
    /// The loop.
    pub(crate) node: &'a ExprForLoop,
    /// Its name for the generator.
    pub(crate) id: NodeId,
    /// The variables in sight, inner declarations last.
    pub(crate) variables: Vec<Variable>,
    /// Those of them that a closure around the loop captures, where that was made by the rewriting: what is moved out of
    /// them would be the closure's own.
    pub(crate) captured: BTreeSet<String>,
}

impl Kernel<'_> {
    /// The variable of this name that the loop sees.
    pub(crate) fn variable(&self, name: &str) -> Option<&Variable> {
        self.variables.iter().rev().find(|v| v.name == name)
    }
}

/// What of a function is to be rewritten.
pub(crate) struct Found<'a> {
    /// The loops.
    pub(crate) kernels: Vec<Kernel<'a>>,
    /// The iterator chains, as far as they are wanted.
    pub(crate) chains: Vec<Chain<'a>>,
    /// The calls that may sort slices.
    pub(crate) sorts: Vec<NodeId>,
    /// Where the first chain starts of which nothing says that it is one.
    pub(crate) opaque: Option<&'a Expr>,
}

/// Finds the loops, the iterator chains and the sorting calls; loops that can't be kernels are reported.
pub(crate) fn find<'a>(function: &'a ItemFn, diagnostics: &mut Diagnostics) -> Found<'a> {
    let mut marked = HasMark(false);
    marked.visit_block(&function.block);
    let parameters = function.sig.inputs.iter().flat_map(variables::of_parameter).collect();
    let mut finder = Finder {
        variables: parameters,
        kernels: Vec::new(),
        chains: Vec::new(),
        sorts: Vec::new(),
        opaque: None,
        tail: chains::in_tail(function),
        rounded: Rounded::of(function),
        chain_mark: None,
        only_marked: marked.0,
        diagnostics,
    };
    finder.visit_block(&function.block);
    Found {
        kernels: finder.kernels,
        chains: finder.chains,
        sorts: finder.sorts,
        opaque: finder.opaque,
    }
}

struct HasMark(bool);

impl<'a> Visit<'a> for HasMark {
    fn visit_attribute(&mut self, attribute: &'a Attribute) {
        self.0 |= attribute.path().is_ident("par");
    }

    fn visit_item(&mut self, _: &'a syn::Item) {}
}

struct Finder<'a, 'd> {
    variables: Vec<Variable>,
    kernels: Vec<Kernel<'a>>,
    chains: Vec<Chain<'a>>,
    sorts: Vec<NodeId>,
    opaque: Option<&'a Expr>,
    /// The calls in what the function returns at its end.
    tail: BTreeSet<NodeId>,
    rounded: Rounded,
    /// What the statement around is marked with: `#[par]` or `#[seq]`.
    chain_mark: Option<bool>,
    only_marked: bool,
    diagnostics: &'d mut Diagnostics,
}

/// True if one of the attributes is this marker.
pub(crate) fn has(attributes: &[Attribute], name: &str) -> bool {
    attributes.iter().any(|a| a.path().is_ident(name))
}

impl<'a> Finder<'a, '_> {
    fn scope(&mut self, inside: impl FnOnce(&mut Self)) {
        let depth = self.variables.len();
        inside(self);
        self.variables.truncate(depth);
    }

    fn only_marked(&mut self, inside: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.only_marked, true);
        inside(self);
        self.only_marked = before;
    }

    fn marked(&mut self, attributes: &[Attribute], inside: impl FnOnce(&mut Self)) {
        let before = self.chain_mark;
        if has(attributes, "par") || has(attributes, "seq") {
            self.chain_mark = Some(has(attributes, "par"));
        }
        inside(self);
        self.chain_mark = before;
    }

    /// A loop without a header that says how often it runs.
    fn endless(
        &mut self,
        attributes: &[Attribute],
        keyword: &dyn quote::ToTokens,
        what: &str,
        condition: Option<&Expr>,
        body: &'a syn::Block,
    ) {
        if has(attributes, "par") || !(self.only_marked || has(attributes, "seq")) {
            let keyword = keyword.to_token_stream();
            let error = self.diagnostics.report(
                diagnostics::NO_ITERATIONS,
                &keyword,
                format!("this `{what}` has no iterations that could be shared out"),
            );
            error.note("how often it runs is known only while it runs, so it can't be cut into pieces");
            if let Some(index) = condition.and_then(|condition| self.rounded.index(condition, body)) {
                error.note(format!(
                    "`{index}` is a float, or may be one: its steps are rounded, so they can't be counted ahead"
                ));
                error.help(format!("count the steps in an integer, and compute `{index}` from it: `for k in 0..steps {{ let {index} = start + k as f64 * step; .. }}`"));
            } else if let Some(index) = condition.and_then(|condition| self.rounded.unknown(condition, body)) {
                error.note(format!(
                    "it would count if `{index}` were an integer, of which the text shows nothing: a float's steps are rounded, and types of your own may have steps of their own"
                ));
                error.help(format!(
                    "if it is one, say so where it is declared, such as `let mut {index}: usize = ..`"
                ));
            } else if let Some(index) = condition.and_then(|condition| counting::conditions::uneven(condition, body)) {
                error.note(format!("a loop that counts has one step of `{index}` for each iteration, at the top of its body or before a `continue`, and a bound that doesn't change"));
            }
            error.help("loop with `for` over a range or a slice, or mark this one `#[seq]`; loops in it may then carry `#[par]`");
        }
        self.only_marked(|f| f.visit_block(body));
    }
}

impl<'a> Visit<'a> for Finder<'a, '_> {
    fn visit_block(&mut self, node: &'a syn::Block) {
        self.scope(|f| visit::visit_block(f, node));
    }

    fn visit_stmt(&mut self, node: &'a syn::Stmt) {
        if let syn::Stmt::Expr(Expr::MethodCall(call), Some(_)) = node
            && !has(&call.attrs, "seq")
            && sorts::is_sort(call, &self.variables)
        {
            self.sorts.push(NodeId::of(call));
        }
        visit::visit_stmt(self, node);
    }

    fn visit_local(&mut self, node: &'a syn::Local) {
        let value = node.init.as_ref().map(|init| &*init.expr);
        if let Some(init) = &node.init {
            self.marked(&node.attrs, |f| f.visit_expr(&init.expr));
            if let Some((_, otherwise)) = &init.diverge {
                self.visit_expr(otherwise);
            }
        }
        self.variables.extend(variables::of_let(&node.pat, value));
    }

    fn visit_expr_if(&mut self, node: &'a syn::ExprIf) {
        self.scope(|f| {
            f.visit_expr(&node.cond);
            f.visit_block(&node.then_branch);
        });
        if let Some((_, otherwise)) = &node.else_branch {
            self.visit_expr(otherwise);
        }
    }

    fn visit_expr_let(&mut self, node: &'a syn::ExprLet) {
        self.visit_expr(&node.expr);
        self.variables.extend(variables::of_pattern(&node.pat));
    }

    fn visit_arm(&mut self, node: &'a syn::Arm) {
        self.scope(|f| {
            f.variables.extend(variables::of_pattern(&node.pat));
            f.visit_expr(&node.body);
        });
    }

    fn visit_expr_for_loop(&mut self, node: &'a ExprForLoop) {
        let is_kernel = has(&node.attrs, "par") || !(self.only_marked || has(&node.attrs, "seq"));
        if is_kernel {
            let variables = self.variables.clone();
            self.kernels.push(Kernel {
                node,
                id: NodeId::of(node),
                variables,
                captured: BTreeSet::new(),
            });
            return;
        }
        self.visit_expr(&node.expr);
        self.scope(|f| {
            f.variables.extend(variables::of_pattern(&node.pat));
            f.only_marked(|f| f.visit_block(&node.body));
        });
    }

    fn visit_expr_while(&mut self, node: &'a syn::ExprWhile) {
        let what = if matches!(*node.cond, Expr::Let(_)) {
            "while let"
        } else {
            "while"
        };
        self.scope(|f| {
            f.visit_expr(&node.cond);
            f.endless(&node.attrs, &node.while_token, what, Some(&node.cond), &node.body);
        });
    }

    fn visit_expr_loop(&mut self, node: &'a syn::ExprLoop) {
        self.endless(&node.attrs, &node.loop_token, "loop", None, &node.body);
    }

    fn visit_expr_method_call(&mut self, node: &'a syn::ExprMethodCall) {
        self.marked(&node.attrs, |f| {
            let id = NodeId::of(node);
            let in_tail = f.tail.contains(&id);
            if f.chain_mark.unwrap_or(!f.only_marked) && chains::is_chain(node, in_tail, &f.variables) {
                f.chains.push(Chain {
                    node,
                    id,
                    in_tail,
                    variables: f.variables.clone(),
                });
            } else if f.opaque.is_none() {
                f.opaque = chains::opaque(node);
            }
            visit::visit_expr_method_call(f, node);
        });
    }

    fn visit_expr_closure(&mut self, _: &'a syn::ExprClosure) {}

    fn visit_expr_async(&mut self, _: &'a syn::ExprAsync) {}

    fn visit_item(&mut self, _: &'a syn::Item) {}
}

/// What a loop is written as instead, given the statements before and behind it.
type Instead<'r> = dyn FnMut(&ExprForLoop, &mut [syn::Stmt], &[syn::Stmt]) -> Option<Expr> + 'r;

/// Writes the loops that are to be rewritten in another way; true if there were any.
pub(crate) fn each_kernel(function: &mut ItemFn, rewrite: &mut Instead<'_>) -> bool {
    let mut marked = HasMark(false);
    marked.visit_block(&function.block);
    let mut each = Each {
        rewrite,
        only_marked: marked.0,
        any: false,
    };
    each.visit_block_mut(&mut function.block);
    each.any
}

struct Each<'r, 'i> {
    rewrite: &'r mut Instead<'i>,
    only_marked: bool,
    any: bool,
}

impl Each<'_, '_> {
    fn is_kernel(&self, node: &ExprForLoop) -> bool {
        has(&node.attrs, "par") || !(self.only_marked || has(&node.attrs, "seq"))
    }
}

impl VisitMut for Each<'_, '_> {
    fn visit_block_mut(&mut self, node: &mut syn::Block) {
        for at in 0..node.stmts.len() {
            let (before, rest) = node.stmts.split_at_mut(at);
            let (stmt, behind) = rest.split_first_mut().expect("a statement");
            if let syn::Stmt::Expr(expr, _) = stmt
                && let Expr::ForLoop(kernel) = expr
                && self.is_kernel(kernel)
                && let Some(rewritten) = (self.rewrite)(kernel, before, behind)
            {
                *expr = rewritten;
                self.any = true;
            }
        }
        visit_mut::visit_block_mut(self, node);
    }

    fn visit_expr_mut(&mut self, node: &mut Expr) {
        let is_loop = match node {
            Expr::ForLoop(kernel) if self.is_kernel(kernel) => return,
            Expr::ForLoop(_) | Expr::While(_) | Expr::Loop(_) => true,
            _ => false,
        };
        let before = self.only_marked;
        self.only_marked |= is_loop;
        visit_mut::visit_expr_mut(self, node);
        self.only_marked = before;
    }

    fn visit_expr_closure_mut(&mut self, _: &mut syn::ExprClosure) {}

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}
