//! Which variables that a loop only reads can a leaf have copies of?
//!
//! A leaf sees what is around the loop through references. LLVM doesn't know that what the loop writes isn't what they lead to,
//! and reads them again in every iteration; and what it knows of a number in the loop as it stands, for instance that it is
//! the length of a slice, it doesn't know behind a reference. A copy is what the loop itself has.

use std::collections::BTreeSet;

use proc_macro2::Ident;
use syn::visit::{self, Visit};
use syn::{BinOp, Block, Expr, Stmt, Type};

use crate::lower::accesses::{Accesses, Touch};
use crate::lower::kernels::Kernel;
use crate::lower::primitives;
use crate::lower::updates::strip;
use crate::lower::variables::{Holds, Variable};

/// A variable that each leaf has a copy of.
#[derive(Debug)]
pub(crate) struct Copied {
    /// Its name.
    pub(crate) name: Ident,
    /// What it is the length of.
    pub(crate) list: Option<Ident>,
}

/// The variables that are read and nothing else, in the order in which they are first named, and whose types can be copied.
pub(crate) fn copied(kernel: &Kernel<'_>, found: &Accesses<'_>) -> Vec<Copied> {
    let mut uses = Uses::default();
    uses.visit_expr(&kernel.node.expr);
    // a header computes with numbers of its own, and before the pieces
    uses.by_value.clear();
    uses.inside.clear();
    uses.visit_block(&kernel.node.body);
    let Uses {
        order,
        inside,
        by_value,
        bounds,
        bound,
        ..
    } = uses;
    let is_only_read = |name: &str| {
        let mut of = found.list.iter().filter(|access| access.place.root == name).peekable();
        of.peek().is_some()
            && of.all(|access| access.place.is_variable() && matches!(access.touch, Touch::Read))
            && !bound.contains(name)
    };
    let mut copied = Vec::new();
    for name in order {
        let text = name.to_string();
        let Some(at) = kernel.variables.iter().rposition(|variable| variable.name == text) else {
            continue;
        };
        let (variable, before) = (&kernel.variables[at], &kernel.variables[..at]);
        if variable.holds == Holds::Mutable || variable.undefined || !is_only_read(&text) {
            continue;
        }
        let list = length(variable, before).filter(|list| {
            let is_same = |v: &Variable| *list == v.name;
            let is_another = kernel.variables[at + 1..].iter().any(is_same) || bound.contains(&list.to_string());
            // what a leaf doesn't look at, threads need not be able to share
            !is_another && inside.contains(&list.to_string())
        });
        // what isn't `Copy` and used by value in a loop is an error of rustc's already
        if list.is_some() || variable.is_primitive() || by_value.contains(&text) || bounds.contains(&text) {
            copied.push(Copied { name, list });
        }
    }
    copied
}

/// The slice of which the variable is the length: one that stays what it is, behind a shared reference.
fn length(variable: &Variable, before: &[Variable]) -> Option<Ident> {
    let Expr::MethodCall(call) = strip(variable.init.as_ref()?) else {
        return None;
    };
    let Expr::Path(list) = &*call.receiver else { return None };
    let list = list.path.get_ident()?;
    let of = before.iter().rev().find(|variable| *list == variable.name)?;
    let is_length = call.method == "len" && call.args.is_empty() && !variable.mutable && !of.mutable;
    (is_length && of.ty.as_ref().is_some_and(is_shared_list)).then(|| list.clone())
}

/// `&[T]`, `&[T; N]`, `&str`, `&Vec<T>`, `&String`
fn is_shared_list(ty: &Type) -> bool {
    let Type::Reference(reference) = ty else { return false };
    let is_list = match &*reference.elem {
        Type::Slice(_) | Type::Array(_) => true,
        Type::Path(path) => {
            let last = path.path.segments.last().map(|last| last.ident.to_string());
            last.is_some_and(|last| ["str", "String", "Vec"].contains(&&*last))
        }
        _ => false,
    };
    reference.mutability.is_none() && is_list
}

/// What a loop does with the variables that it names.
#[derive(Default)]
struct Uses {
    /// Their names, each once.
    order: Vec<Ident>,
    /// Those in the body.
    inside: BTreeSet<String>,
    /// Those that operators and functions take by value.
    by_value: BTreeSet<String>,
    /// Those that are one end of a range whose other end is a literal: integers.
    bounds: BTreeSet<String>,
    /// The names that are declared inside.
    bound: BTreeSet<String>,
    /// What is visited leaves the loop, and may take along what can't be copied.
    leaves: bool,
}

impl Uses {
    fn by_value<'a>(&mut self, values: impl IntoIterator<Item = &'a Expr>) {
        if !self.leaves {
            self.by_value.extend(values.into_iter().filter_map(name));
        }
    }

    fn leaving(&mut self, leaves: bool, inside: impl FnOnce(&mut Self)) {
        let around = self.leaves;
        self.leaves |= leaves;
        inside(self);
        self.leaves = around;
    }
}

/// The name that an expression is.
fn name(expr: &Expr) -> Option<String> {
    match strip(expr) {
        Expr::Path(path) => path.path.get_ident().map(ToString::to_string),
        _ => None,
    }
}

impl<'a> Visit<'a> for Uses {
    fn visit_expr(&mut self, node: &'a Expr) {
        match node {
            Expr::Path(path) => {
                if let Some(name) = path.path.get_ident() {
                    self.inside.insert(name.to_string());
                    if !self.order.contains(name) {
                        self.order.push(name.clone());
                    }
                }
            }
            Expr::Binary(binary) if !compares(&binary.op) => self.by_value([&*binary.left, &*binary.right]),
            Expr::Assign(assign) => self.by_value([&*assign.right]),
            Expr::Cast(cast) => self.by_value([&*cast.expr]),
            Expr::Call(call) => self.by_value(&call.args),
            Expr::MethodCall(call) => self.by_value(&call.args),
            Expr::Index(index) => self.by_value([&*index.index]),
            Expr::Range(range) => {
                let ends = [&range.start, &range.end].map(|end| end.as_deref());
                if let [Some(start), Some(end)] = ends {
                    let literal = |expr: &Expr| primitives::number(expr).is_some();
                    let named = match (literal(start), literal(end)) {
                        (true, _) => name(end),
                        (_, true) => name(start),
                        _ => None,
                    };
                    self.bounds.extend(named);
                }
            }
            _ => {}
        }
        self.leaving(is_exit(node), |uses| visit::visit_expr(uses, node));
    }

    fn visit_block(&mut self, node: &'a Block) {
        let leaves = matches!(node.stmts.last(), Some(Stmt::Expr(last, _)) if is_exit(last));
        self.leaving(leaves, |uses| visit::visit_block(uses, node));
    }

    fn visit_pat_ident(&mut self, node: &'a syn::PatIdent) {
        self.bound.insert(node.ident.to_string());
        visit::visit_pat_ident(self, node);
    }

    fn visit_item(&mut self, _: &'a syn::Item) {}
}

fn is_exit(expr: &Expr) -> bool {
    matches!(expr, Expr::Return(_) | Expr::Break(_))
}

/// True for operators that look at their operands through references.
fn compares(op: &BinOp) -> bool {
    use BinOp::{Eq, Ge, Gt, Le, Lt, Ne};
    matches!(op, Eq(_) | Ne(_) | Lt(_) | Le(_) | Gt(_) | Ge(_))
}
