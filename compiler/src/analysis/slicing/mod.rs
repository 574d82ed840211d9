//! Which statements of a loop's body decide what some of its variables are?
//!
//! The answer is a program slice (M. Weiser, ICSE 1981): the body without everything that has no influence on the
//! targets. Names stand for variables, whatever the scopes, so a slice errs towards more. Ways out of the loop are no
//! part of it: what comes after one is never seen.

mod demand;
mod keep;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::visit_mut::VisitMut;
use syn::{Block, Expr, ExprForLoop, Stmt};

use self::demand::Demand;
use self::keep::{Keep, Valueless};
use crate::analysis::mutations;
use crate::lower::bindings::bindings;
use crate::lower::places::place_of;
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
