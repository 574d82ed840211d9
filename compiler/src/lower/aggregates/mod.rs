//! Which variables that a loop carries along are wholes, of which each part is carried for itself?
//!
//! `state = (state.0 + x, state.1.max(x)); out.push(state);` is
//! `state.0 = state.0 + x; state.1 = state.1.max(x); out.push((state.0, state.1));`, and the same is done with structs,
//! with `let (low, high) = state;`, with `let next = Point { .. }; cur = next;` and with `(a, b) = (a + x, b + a);`. A
//! whole that is used in a way that doesn't show its parts, `step(&mut state)`, stays one.
//!
//! Source: S. Muchnick, "Advanced Compiler Design and Implementation", 1997, 12.2: scalar replacement of aggregates.

mod assignments;
mod shapes;
mod whole;

use std::collections::BTreeMap;

use proc_macro2::Ident;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ItemFn, Local, Pat, Stmt, parse_quote, parse_quote_spanned};

use self::assignments::Assigned;
use self::shapes::Shape;
use crate::diagnostics::ends;
use crate::lower::bindings::bindings;
use crate::lower::updates::strip;
use crate::lower::uses;
use crate::names::FreeNames;

/// A variable whose parts stand for it.
struct Whole {
    shape: Shape,
    /// The names of its parts, if it is declared inside the loop; outside, they are fields of the variable.
    locals: Option<Vec<Ident>>,
}

impl Whole {
    /// Its parts, as places.
    fn parts(&self, whole: &Expr) -> Vec<Expr> {
        match &self.locals {
            Some(locals) => locals.iter().map(|name| parse_quote!(#name)).collect(),
            None => self.shape.fields(whole),
        }
    }
}

/// Writes the wholes of the function's loops as their parts; true if there are any. `original` is the function before
/// anything was rewritten: literals in it show what wholes are made of.
pub(crate) fn normalise(function: &mut ItemFn, original: &ItemFn, names: &mut FreeNames) -> bool {
    let wholes = whole::find(function, original, names);
    let mut normalise = Normalise {
        wholes,
        names,
        loops: 0,
        any: false,
    };
    normalise.visit_block_mut(&mut function.block);
    normalise.any
}

struct Normalise<'n> {
    wholes: BTreeMap<String, Whole>,
    names: &'n mut FreeNames,
    /// Around the current place.
    loops: usize,
    any: bool,
}

impl Normalise<'_> {
    /// The whole that an expression is.
    fn whole(&self, expr: &Expr) -> Option<&Whole> {
        self.wholes.get(&shapes::variable(expr)?)
    }

    /// What an assignment to a whole, or to a tuple of places, assigns to the parts.
    fn assigned(&mut self, stmt: &Stmt) -> Option<Vec<Stmt>> {
        let Stmt::Expr(Expr::Assign(assign), _) = stmt else {
            return None;
        };
        let (targets, shape) = match &*assign.left {
            Expr::Tuple(tuple) => (tuple.elems.iter().cloned().collect(), Shape::tuple(tuple.elems.len())),
            left => {
                let whole = self.whole(left)?;
                (whole.parts(left), whole.shape.clone())
            }
        };
        let wholes = &self.wholes;
        let assigned = Assigned {
            targets,
            values: &|value| match shapes::variable(value).and_then(|name| wholes.get(&name)) {
                Some(other) => shape.paired(&other.shape, other.parts(value)),
                None => shape.values(value, Some(&assign.left)),
            },
            at: assign.eq_token.spans[0],
        };
        assigned.stmts(&assign.right, self.names)
    }

    /// `let next = (a, b);`, `let (low, high) = state;`
    fn declared(&self, local: &Local) -> Option<Vec<Stmt>> {
        let init = local.init.as_ref().filter(|init| init.diverge.is_none())?;
        let at = ends(local).0;
        let pattern = match &local.pat {
            Pat::Type(typed) => &*typed.pat,
            pattern => pattern,
        };
        let (shape, patterns): (Shape, Vec<Pat>) = match pattern {
            Pat::Ident(name) => {
                let whole = self.wholes.get(&name.ident.to_string())?;
                let mutable = name.mutability;
                let parts = whole.locals.iter().flatten();
                (
                    whole.shape.clone(),
                    parts.map(|part| parse_quote!(#mutable #part)).collect(),
                )
            }
            Pat::Tuple(tuple) if tuple.elems.iter().all(is_plain) => {
                (Shape::of_pattern(pattern)?, tuple.elems.iter().cloned().collect())
            }
            _ => return None,
        };
        let values = match self.whole(&init.expr) {
            Some(other) => shape.paired(&other.shape, other.parts(&init.expr))?,
            None => shape.values(&init.expr, None)?,
        };
        let bound = bindings(pattern);
        let is_apart = |(_, value): &(usize, Expr)| !bound.iter().any(|b| uses::uses(value, &b.ident.to_string()));
        let types = match &local.pat {
            Pat::Type(typed) => shape.types(&typed.ty),
            _ => Vec::new(),
        };
        let let_of = |(number, value): &(usize, Expr)| -> Stmt {
            let pattern = patterns.get(*number);
            match types.get(*number) {
                Some(ty) => parse_quote_spanned!(at=> let #pattern: #ty = #value;),
                None => parse_quote_spanned!(at=> let #pattern = #value;),
            }
        };
        values.iter().all(is_apart).then(|| values.iter().map(let_of).collect())
    }
}

/// True for a name, and for `_`.
fn is_plain(pattern: &Pat) -> bool {
    match pattern {
        Pat::Ident(name) => name.by_ref.is_none() && name.subpat.is_none(),
        pattern => matches!(pattern, Pat::Wild(_)),
    }
}

impl VisitMut for Normalise<'_> {
    fn visit_expr_for_loop_mut(&mut self, node: &mut syn::ExprForLoop) {
        self.loops += 1;
        self.visit_block_mut(&mut node.body);
        self.loops -= 1;
    }

    fn visit_block_mut(&mut self, node: &mut Block) {
        if self.loops == 0 {
            return visit_mut::visit_block_mut(self, node);
        }
        for mut stmt in std::mem::take(&mut node.stmts) {
            let written = match &stmt {
                Stmt::Local(local) => self.declared(local),
                stmt => self.assigned(stmt),
            };
            match written {
                Some(mut parts) => {
                    self.any = true;
                    parts.iter_mut().for_each(|part| self.visit_stmt_mut(part));
                    node.stmts.extend(parts);
                }
                None => {
                    self.visit_stmt_mut(&mut stmt);
                    node.stmts.push(stmt);
                }
            }
        }
    }

    fn visit_expr_mut(&mut self, node: &mut Expr) {
        if self.loops == 0 {
            return visit_mut::visit_expr_mut(self, node);
        }
        if let Expr::Field(field) = node
            && let Some(whole) = self.whole(&field.base)
        {
            if let Some(part) = whole.shape.position(&field.member) {
                let part = whole.parts(&field.base).swap_remove(part);
                *node = part;
            }
            return;
        }
        if let Some(whole) = self.whole(strip(node)) {
            *node = whole.shape.literal(&whole.parts(strip(node)), ends(node).0);
            self.any = true;
            return;
        }
        visit_mut::visit_expr_mut(self, node);
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}
