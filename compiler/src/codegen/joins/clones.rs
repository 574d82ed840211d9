//! Clones that a unit makes of what a later one takes: `load(paths.clone())` beside `watch(paths)`, `format!("{path}/x")`
//! beside `path`.
//!
//! Side by side, one would read `paths` while the other one takes it, so the clone is made before both.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, Stmt};

use crate::lower::formats::{self, Arguments};
use crate::lower::recursion::Recursion;
use crate::lower::uses;
use crate::names::FreeNames;
use crate::plan::divide::Member;

/// The statements that make the clones; the tasks get their variables.
pub(super) fn early(
    tasks: &mut [Expr],
    stmts: &[Stmt],
    members: &[Member],
    marks: &Recursion,
    free: &mut FreeNames,
) -> TokenStream {
    let mut early = TokenStream::new();
    for number in 0..tasks.len() {
        let lets = members[number + 1..].iter().flat_map(|member| &member.moved);
        let taken = taken_by(&tasks[number + 1..], lets.map(|n| &stmts[*n]), marks);
        let mut own = Declared(BTreeSet::new());
        own.visit_expr(&tasks[number]);
        let mut clones = Clones {
            taken: taken.difference(&own.0).cloned().collect(),
            in_branches: !marks.is_mark,
            free,
            early: &mut early,
        };
        clones.visit_expr_mut(&mut tasks[number]);
    }
    early
}

/// The variables that a task takes, or the `let`s that come with it.
pub(super) fn taken_by<'t>(
    tasks: impl IntoIterator<Item = &'t Expr>,
    lets: impl IntoIterator<Item = &'t Stmt>,
    marks: &Recursion,
) -> BTreeSet<String> {
    let mut taken = Taken {
        marks,
        names: BTreeSet::new(),
    };
    tasks.into_iter().for_each(|task| taken.visit_expr(task));
    lets.into_iter().for_each(|stmt| taken.visit_stmt(stmt));
    taken.names
}

/// The variables that stand alone where a value is taken: arguments, sources of loops, values of `let`s.
struct Taken<'r> {
    marks: &'r Recursion,
    names: BTreeSet<String>,
}

impl Taken<'_> {
    fn value(&mut self, expr: &Expr) {
        self.names.extend(taken(expr).map(|name| name.to_string()));
    }
}

/// The variable that is gone when the value has been taken: `text`, `*boxed`, `text + "!"`.
fn taken(expr: &Expr) -> Option<&Ident> {
    match expr {
        Expr::Path(path) => path.path.get_ident(),
        Expr::Paren(inner) => taken(&inner.expr),
        Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Deref(_)) => taken(&unary.expr),
        Expr::Binary(sum) if matches!(sum.op, syn::BinOp::Add(_)) => {
            let is_text = matches!(&*sum.right, Expr::Reference(_))
                || matches!(&*sum.right, Expr::Lit(lit) if matches!(lit.lit, syn::Lit::Str(_)));
            taken(&sum.left).filter(|_| is_text)
        }
        _ => None,
    }
}

/// Makes the clones between the tasks of a group before all of them: `(f(a), b.clone(), f(b))`.
pub(super) fn between<'t>(
    tasks: impl Iterator<Item = &'t Expr>,
    marks: &Recursion,
    free: &mut FreeNames,
    visit: impl FnOnce(&mut Clones<'_>),
) -> TokenStream {
    let mut early = TokenStream::new();
    visit(&mut Clones {
        taken: taken_by(tasks, [], marks),
        in_branches: false,
        free,
        early: &mut early,
    });
    early
}

impl<'a> Visit<'a> for Taken<'_> {
    fn visit_expr_call(&mut self, node: &'a syn::ExprCall) {
        let is_mark = self.marks.is_mark_call(node);
        if !is_mark {
            node.args.iter().for_each(|argument| self.value(argument));
        }
        visit::visit_expr_call(self, node);
    }

    fn visit_expr_method_call(&mut self, node: &'a syn::ExprMethodCall) {
        node.args.iter().for_each(|argument| self.value(argument));
        if node.method.to_string().starts_with("into_") {
            self.value(&node.receiver);
        }
        visit::visit_expr_method_call(self, node);
    }

    fn visit_expr_for_loop(&mut self, node: &'a syn::ExprForLoop) {
        self.value(&node.expr);
        visit::visit_expr_for_loop(self, node);
    }

    fn visit_local(&mut self, node: &'a syn::Local) {
        node.init.iter().for_each(|init| self.value(&init.expr));
        visit::visit_local(self, node);
    }
}

/// The names that are declared somewhere inside.
struct Declared(BTreeSet<String>);

impl<'a> Visit<'a> for Declared {
    fn visit_pat_ident(&mut self, node: &'a syn::PatIdent) {
        self.0.insert(node.ident.to_string());
        visit::visit_pat_ident(self, node);
    }
}

/// Puts variables in the place of clones, and makes these before.
pub(super) struct Clones<'c> {
    taken: BTreeSet<String>,
    /// Clones under a condition are made, too: of a recursion only the calls that fork make them in vain.
    in_branches: bool,
    free: &'c mut FreeNames,
    early: &'c mut TokenStream,
}

impl Clones<'_> {
    fn is_clone(&self, call: &syn::ExprMethodCall) -> bool {
        let makes = ["clone", "to_vec", "to_owned", "to_string"];
        let of = match &*call.receiver {
            Expr::Path(path) => path.path.get_ident(),
            _ => None,
        };
        makes.iter().any(|name| call.method == name)
            && call.args.is_empty()
            && of.is_some_and(|name| self.taken.contains(&name.to_string()))
    }

    /// A text of variables, one of which is taken.
    fn is_text(&self, call: &syn::Macro) -> bool {
        let is_variable = |argument: &Expr| matches!(argument, Expr::Lit(_) | Expr::Path(_));
        formats::name(call) == "format"
            && matches!(formats::arguments(call), Arguments::Expressions(all) if all.iter().all(is_variable))
            && self.taken.iter().any(|name| uses::occurs(call.tokens.clone(), name))
    }
}

impl VisitMut for Clones<'_> {
    fn visit_expr_mut(&mut self, node: &mut Expr) {
        let is_clone = match &*node {
            Expr::MethodCall(call) => self.is_clone(call),
            Expr::Macro(call) => self.is_text(&call.mac),
            _ => false,
        };
        if !is_clone {
            return visit_mut::visit_expr_mut(self, node);
        }
        let name = self.free.free("clone");
        let early = &mut self.early;
        early.extend(quote!(let #name = #node;));
        *node = syn::parse_quote!(#name);
    }

    fn visit_expr_closure_mut(&mut self, _: &mut syn::ExprClosure) {}

    // a clone in a branch is not always made, in a loop more than once
    fn visit_block_mut(&mut self, node: &mut syn::Block) {
        if self.in_branches {
            visit_mut::visit_block_mut(self, node);
        }
    }

    fn visit_arm_mut(&mut self, node: &mut syn::Arm) {
        if self.in_branches {
            visit_mut::visit_arm_mut(self, node);
        }
    }

    fn visit_expr_for_loop_mut(&mut self, _: &mut syn::ExprForLoop) {}

    fn visit_expr_while_mut(&mut self, _: &mut syn::ExprWhile) {}

    fn visit_expr_loop_mut(&mut self, _: &mut syn::ExprLoop) {}

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}
