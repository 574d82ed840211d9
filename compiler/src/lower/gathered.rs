//! What of a loop over children can be computed for all of them before the rest is done in order?
//!
//! `for child in children { let cost = f(child); best = match best { .. }; }` can't be cut, whatever `best` is: an
//! iteration needs the one before. Its calls don't. A statement belongs to the first part if it changes nothing but what
//! the first part declares, and touches nothing that the loop changes; so does every call. The rest stays a loop, over
//! what the first part gives.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::visit::Visit;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprClosure, ExprForLoop, Pat, Stmt, parse_quote};

use super::NodeId;
use super::accesses::{self, Accesses};
use super::bindings::{Binding, bindings};
use super::guards::conjuncts;
use super::listing::Listing;
use super::recursion::Recursion;
use super::tasks::Task;
use super::uses;
use crate::analysis::independence::{Names, Unit};
use crate::names::FreeNames;

/// A loop in two parts.
pub(crate) struct Gathered {
    /// What is computed for an item: the variables that the second part needs, as a tuple, or `None` for no iteration.
    pub(crate) first: ExprClosure,
    /// The first part may say that there is no iteration.
    pub(crate) is_filter: bool,
    /// The second part, without its source.
    pub(crate) rest: ExprForLoop,
}

/// The loop in two parts, if each has something to do.
pub(crate) fn gather(
    node: &ExprForLoop,
    recursion: &Recursion,
    names: &Names,
    free: &mut FreeNames,
) -> Option<Gathered> {
    if recursion.is_in(&node.expr) {
        return None;
    }
    let body = without_guard(&node.body, recursion);
    let own: BTreeSet<String> = names_of(&node.pat).collect();
    let changed = changed(&body, &own, names);
    let last = body.stmts.iter().rposition(|stmt| recursion.is_in_statement(stmt))?;
    let mut parts = Parts {
        recursion,
        names,
        changed,
        late: BTreeSet::new(),
        leaves: false,
        mentioned: TokenStream::new(),
        first: Vec::new(),
        rest: Vec::new(),
        values: Vec::new(),
        given: Vec::new(),
        is_filter: false,
    };
    parts.give(bindings(&node.pat));
    for (number, stmt) in body.stmts.iter().enumerate() {
        if recursion.is_in_statement(stmt) {
            parts.call(stmt, free)?;
        } else if number > last {
            parts.behind(stmt);
        } else {
            parts.before(stmt)?;
        }
    }
    let exits = accesses::of_block(&node.body, names).exits;
    let changes = recursion.receiver == Some(super::variables::Holds::Mutable)
        || recursion
            .parameters
            .iter()
            .flatten()
            .any(|holds| *holds == super::variables::Holds::Mutable);
    let is_kept = |what: &str| what == "continue" || what == "?" && !changes;
    let is_left = exits.iter().any(|exit| exit.what != "continue");
    let may_list = Listing::of(&node.expr).is_finite(is_left);
    if !may_list || exits.iter().any(|exit| !is_kept(exit.what)) {
        return None;
    }
    Some(parts.finish(node))
}

struct Parts<'p> {
    recursion: &'p Recursion,
    names: &'p Names,
    /// What the loop changes outside.
    changed: BTreeSet<String>,
    /// What the second part declares, or changes of what the first one declares.
    late: BTreeSet<String>,
    /// The second part so far may leave the loop.
    leaves: bool,
    /// The second part so far.
    mentioned: TokenStream,
    first: Vec<Stmt>,
    rest: Vec<Stmt>,
    values: Vec<Ident>,
    /// What the first part declares.
    given: Vec<Binding>,
    is_filter: bool,
}

impl Parts<'_> {
    /// A statement with calls: they belong to the first part, what is done with their results to the second.
    fn call(&mut self, stmt: &Stmt, free: &mut FreeNames) -> Option<()> {
        let mut calls = Vec::new();
        for task in self.recursion.tasks_of_statement(stmt) {
            collect(task, self.recursion, &mut calls)?;
        }
        // a panic of a call that the sequential program doesn't come to must not be seen
        let skip = calls.iter().map(|call| NodeId::of(*call)).collect();
        let around = Unit::Statement(stmt).accesses(self.names, &skip);
        if self.leaves || around.skipped.iter().any(|(_, _, exits)| *exits > 0) {
            return None;
        }
        let mut rest = stmt.clone();
        for call in calls {
            let footprint = accesses::of_expr_without(call, self.names, &BTreeSet::new());
            if !self.is_free(&footprint) || !footprint.exits.is_empty() {
                return None;
            }
            let value = free.free("value");
            self.first.push(parse_quote!(let #value = #call;));
            Replace {
                wanted: Some(call),
                value: &value,
            }
            .visit_stmt_mut(&mut rest);
            self.values.push(value);
        }
        if self.recursion.is_in_statement(&rest) {
            return None;
        }
        self.behind(&rest);
        Some(())
    }

    /// A statement before the last call.
    fn before(&mut self, stmt: &Stmt) -> Option<()> {
        let found = Unit::Statement(stmt).accesses(self.names, &BTreeSet::new());
        let declared = Unit::Statement(stmt).declares();
        let is_seen = |name: &String| uses::occurs(self.mentioned.clone(), name);
        let shadows = declared.iter().any(is_seen) || self.written(&found).iter().any(is_seen);
        let is_first = self.is_free(&found) && found.effects.is_empty() && !shadows;
        let mut first = stmt.clone();
        let mut skips = Skips {
            // a `continue` of the loop's own is carried over; one with a label leads elsewhere
            is_all: found.exits.iter().all(|exit| exit.at.to_string() == "continue"),
            any: false,
        };
        skips.visit_stmt_mut(&mut first);
        if is_first && skips.is_all {
            self.is_filter |= skips.any;
            self.declare(&first);
            self.first.push(first);
        } else if skips.any || !skips.is_all {
            // whether the call is reached depends on the iterations before
            return None;
        } else {
            self.behind(stmt);
        }
        Some(())
    }

    fn declare(&mut self, stmt: &Stmt) {
        if let Stmt::Local(local) = stmt {
            self.give(bindings(&local.pat));
        }
    }

    fn give(&mut self, bindings: Vec<Binding>) {
        for binding in bindings {
            self.given.retain(|known| known.ident != binding.ident);
            self.given.push(binding);
        }
    }

    fn behind(&mut self, stmt: &Stmt) {
        let found = Unit::Statement(stmt).accesses(self.names, &BTreeSet::new());
        self.leaves |= !found.exits.is_empty();
        self.late.extend(Unit::Statement(stmt).declares());
        self.late.extend(self.written(&found));
        self.mentioned.extend(stmt.to_token_stream());
        self.rest.push(stmt.clone());
    }

    fn written(&self, found: &Accesses<'_>) -> BTreeSet<String> {
        written(found, self.names)
    }

    /// True if it touches nothing that the second part or other iterations change, and changes only what is declared here.
    fn is_free(&self, found: &Accesses<'_>) -> bool {
        let is_own = |name: &String| self.given.iter().any(|binding| binding.ident == name);
        let touched = |name: &String| self.changed.contains(name) || self.late.contains(name);
        !found.list.iter().any(|access| touched(&access.place.root)) && self.written(found).iter().all(is_own)
    }

    fn finish(self, node: &ExprForLoop) -> Gathered {
        let is_used = |binding: &&Binding| uses::occurs(self.mentioned.clone(), &binding.ident.to_string());
        let given: Vec<_> = self.given.iter().filter(is_used).collect();
        let (pattern, first, values) = (&node.pat, &self.first, &self.values);
        let names = given.iter().map(|binding| &binding.ident);
        let result = quote!((#(#names,)* #(#values,)*));
        let result = match self.is_filter {
            true => quote!(::core::option::Option::Some(#result)),
            false => result,
        };
        let closure = parse_quote!(|#pattern| { #(#first)* #result });
        let patterns = given.iter().map(|binding| {
            let (name, mutable) = (&binding.ident, binding.mutable.then(|| quote!(mut)));
            quote!(#mutable #name)
        });
        let pattern: TokenStream = quote!((#(#patterns,)* #(#values,)*));
        let mut rest = node.clone();
        rest.pat = Box::new(syn::parse::Parser::parse2(Pat::parse_single, pattern).expect("a tuple is a pattern"));
        rest.body.stmts = self.rest;
        Gathered {
            first: closure,
            is_filter: self.is_filter,
            rest,
        }
    }
}

/// The calls, or the conversions around them, that a task makes whenever it is evaluated; `None` if there are others.
fn collect<'a>(task: Task<'a>, recursion: &Recursion, calls: &mut Vec<&'a Expr>) -> Option<()> {
    let is_whole = match task.node {
        Expr::Call(_) | Expr::MethodCall(_) => recursion.call(task.node).is_some() || task.parts.is_empty(),
        _ => false,
    };
    if is_whole {
        calls.push(task.node);
        return Some(());
    }
    if task.parts.is_empty() {
        return None;
    }
    task.parts
        .into_iter()
        .try_for_each(|part| collect(part, recursion, calls))
}

fn names_of(pattern: &Pat) -> impl Iterator<Item = String> {
    bindings(pattern).into_iter().map(|binding| binding.ident.to_string())
}

fn written(found: &Accesses<'_>, names: &Names) -> BTreeSet<String> {
    let writes = found
        .list
        .iter()
        .filter(|access| names.any_write(std::slice::from_ref(access)));
    writes.map(|access| access.place.root.clone()).collect()
}

/// What the body changes of what it doesn't declare.
fn changed(body: &Block, pattern: &BTreeSet<String>, names: &Names) -> BTreeSet<String> {
    let mut own = pattern.clone();
    let mut changed = BTreeSet::new();
    for stmt in &body.stmts {
        let found = Unit::Statement(stmt).accesses(names, &BTreeSet::new());
        changed.extend(written(&found, names).into_iter().filter(|name| !own.contains(name)));
        own.extend(Unit::Statement(stmt).declares());
    }
    changed
}

/// `if c { rest }` at the end, with the calls in it, as `if !c { continue; } rest`.
fn without_guard(body: &Block, recursion: &Recursion) -> Block {
    let mut body = body.clone();
    while let Some(Stmt::Expr(Expr::If(node), _)) = body.stmts.last() {
        if node.else_branch.is_some() || recursion.is_in(&node.cond) || !node.attrs.is_empty() {
            break;
        }
        let guards = conjuncts(&node.cond).into_iter().map(|condition| -> Stmt {
            match condition {
                Expr::Let(binding) => {
                    let (pattern, value) = (&binding.pat, &binding.expr);
                    parse_quote!(let #pattern = #value else { continue };)
                }
                condition => parse_quote!(if !(#condition) { continue; }),
            }
        });
        let guards: Vec<_> = guards.collect();
        let inner = node.then_branch.stmts.clone();
        body.stmts.pop();
        body.stmts.extend(guards);
        body.stmts.extend(inner);
    }
    body
}

/// Makes `continue` the end of a closure.
struct Skips {
    /// There is nothing else that leaves.
    is_all: bool,
    /// There was one.
    any: bool,
}

impl VisitMut for Skips {
    fn visit_expr_mut(&mut self, node: &mut Expr) {
        match node {
            Expr::Continue(found) if found.label.is_none() => {
                *node = parse_quote!(return ::core::option::Option::None);
                self.any = true;
            }
            Expr::Continue(_) => self.is_all = false,
            Expr::ForLoop(_) | Expr::While(_) | Expr::Loop(_) => {
                let mut exits = Continues(false);
                exits.visit_expr(node);
                self.is_all &= !exits.0;
            }
            Expr::Closure(_) => {}
            node => visit_mut::visit_expr_mut(self, node),
        }
    }

    fn visit_macro_mut(&mut self, node: &mut syn::Macro) {
        self.is_all &= !uses::occurs(node.tokens.clone(), "continue");
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

struct Continues(bool);

impl<'a> Visit<'a> for Continues {
    fn visit_expr_continue(&mut self, node: &'a syn::ExprContinue) {
        self.0 |= node.label.is_some();
    }
}

/// Puts a variable in the place of the first such expression.
struct Replace<'e> {
    wanted: Option<&'e Expr>,
    value: &'e Ident,
}

impl VisitMut for Replace<'_> {
    fn visit_expr_mut(&mut self, node: &mut Expr) {
        if self.wanted == Some(&*node) {
            let value = self.value;
            self.wanted = None;
            *node = parse_quote!(#value);
            return;
        }
        visit_mut::visit_expr_mut(self, node);
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

#[cfg(test)]
mod tests {
    use syn::{ExprForLoop, ItemFn};

    use super::*;

    fn gathered(body: &str) -> Option<String> {
        let text =
            format!("fn f(n: &N) -> Result<f64, E> {{ let (mut t, mut u) = g(); for k in &n.kids {{ {body} }} t }}");
        let function: ItemFn = syn::parse_str(&text).unwrap();
        let recursion = Recursion::of(&function).unwrap();
        let names = Names::of(&function, &recursion);
        let mut free = FreeNames::new(&function);
        let node: ExprForLoop = syn::parse_str(&format!("for k in &n.kids {{ {body} }}")).unwrap();
        let apart = gather(&node, &recursion, &names, &mut free)?;
        let (first, rest) = (&apart.first, &apart.rest);
        Some(quote!(#first #rest).to_string().replace(' ', ""))
    }

    #[test]
    fn calls_come_first() {
        for (body, want) in [
            (
                "t += f(k)?;",
                "|k|{letvalue=f(k);(value,)}for(value,)in&n.kids{t+=value?;}",
            ),
            (
                "u += 1; let w = k.w; t = t * w + f(k.l) * f(k.r);",
                "|k|{letw=k.w;letvalue=f(k.l);letvalue_2=f(k.r);(w,value,value_2,)}for(w,value,value_2,)in&n.kids{u+=1;t=t*w+value*value_2;}",
            ),
            (
                "if k.w > 1 { t = t.max(f(k)); }",
                "|k|{if!(k.w>1){return::core::option::Option::None;}letvalue=f(k);::core::option::Option::Some((value,))}for(value,)in&n.kids{t=t.max(value);}",
            ),
        ] {
            assert_eq!(gathered(body).as_deref(), Some(want), "{body}");
        }
    }

    #[test]
    fn what_depends_on_other_iterations_stays() {
        for body in [
            "t = f(k, t);",
            "let w = t; t += f(k, w);",
            "if t > 3 { t += f(k); }",
            "if t > 3 { continue; } t += f(k);",
            "t += f(k); if t > 3 { break; }",
            "t += f(k); if t > 3 { return t; }",
            "t += g(k)? + f(k);",
            "let v = f(k)?; t += v * f(k.l);",
            "check(k)?; t += f(k);",
            "t += f(k) + if u { f(k) } else { 0 };",
            "while f(k) > 1 { t += 1; }",
        ] {
            assert_eq!(gathered(body), None, "{body}");
        }
    }
}
