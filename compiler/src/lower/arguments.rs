//! `f(cur.clone()); cur.push(x); f(cur);`: a statement between two calls that only the first one's arguments stand in the
//! way of.
//!
//! They are computed where the call stands, and the call runs behind the statement:
//! `let given = cur.clone(); cur.push(x); f(given); f(cur);`. Where the call runs under a condition, so do they.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{BinOp, Block, Expr, Stmt, parse_quote};

use super::accesses::Accesses;
use super::guarded;
use super::primitives;
use super::recursion::Recursion;
use super::uses;
use crate::analysis::independence::{Code, Footprint, Names, Unit, of_overtaking};

/// Methods that give a value that nothing else is part of.
const COPIES: &[&str] = &["clone", "len", "to_owned", "to_string", "to_vec"];

/// What is known about the function.
pub(crate) struct Arguments<'a> {
    pub(crate) recursion: &'a Recursion,
    pub(crate) names: &'a Names,
    /// Makes a name that is free.
    pub(crate) free: &'a mut dyn FnMut(&str) -> Ident,
}

impl Arguments<'_> {
    /// The block with the arguments of calls computed before what stands between the calls; none if nothing does so.
    pub(crate) fn first(mut self, block: &Block) -> Option<Block> {
        let mut stmts: Vec<Stmt> = Vec::new();
        let mut rest = block.stmts.as_slice();
        let mut is_changed = false;
        while let [stmt, behind @ ..] = rest {
            rest = behind;
            let is_call = |stmt: &Stmt| self.recursion.is_in_statement(stmt);
            let next = behind.iter().position(is_call).filter(|_| is_call(stmt));
            let between = &behind[..next.unwrap_or(0)];
            let parts = match next {
                None => None,
                Some(0) => self.under_condition(stmt),
                Some(_) => self.behind(stmt, between),
            };
            match parts {
                Some((given, call)) => {
                    is_changed = true;
                    stmts.extend(given);
                    stmts.extend_from_slice(between);
                    stmts.push(call);
                    rest = &behind[between.len()..];
                }
                None => stmts.push(stmt.clone()),
            }
        }
        is_changed.then(|| Block {
            brace_token: block.brace_token,
            stmts,
        })
    }

    /// `if c { let mut next = cur.clone(); next.push(x); f(next); }`: the statement that computes the arguments under the
    /// condition, and the one that calls if there are any.
    fn under_condition(&mut self, stmt: &Stmt) -> Option<(Vec<Stmt>, Stmt)> {
        let Stmt::Expr(Expr::If(node), _) = stmt else {
            return None;
        };
        let [before @ .., Stmt::Expr(call, Some(_))] = &node.then_branch.stmts[..] else {
            return None;
        };
        let is_bare = self.recursion.call(call).is_some();
        let is_alone = node.else_branch.is_none() && !self.recursion.is_in(&node.cond);
        let runs_on = |stmt: &Stmt| !self.recursion.is_in_statement(stmt) && self.of_statement(stmt).exits.is_empty();
        let declared: Vec<String> = before
            .iter()
            .flat_map(|stmt| Unit::Statement(stmt).declares())
            .collect();
        if !is_bare || !is_alone || declared.is_empty() || !before.iter().all(runs_on) {
            return None;
        }
        let mut give = self.give(&declared);
        let mut call = call.clone();
        give.visit_expr_mut(&mut call);
        let (given, is_lent) = (give.given, give.is_lent || give.calls != 1);
        let bound = guarded::bound(&node.cond);
        let is_bound = bound.iter().any(|name| uses::occurs(call.to_token_stream(), name));
        if is_lent || is_bound || given.is_empty() {
            return None;
        }
        let (values, given): (Vec<Ident>, Vec<Stmt>) = given.into_iter().unzip();
        let (all, cond) = ((self.free)("given"), &node.cond);
        let ask = parse_quote! {
            let #all = if #cond {
                #(#before)*
                #(#given)*
                ::core::option::Option::Some((#(#values,)*))
            } else {
                ::core::option::Option::None
            };
        };
        let call = parse_quote!(if let ::core::option::Option::Some((#(#values,)*)) = #all { #call; });
        Some((vec![ask], call))
    }

    /// The statements that compute the call's arguments, and the call that may then run behind the others.
    fn behind(&mut self, stmt: &Stmt, between: &[Stmt]) -> Option<(Vec<Stmt>, Stmt)> {
        let written: Vec<String> = between
            .iter()
            .flat_map(|stmt| {
                let found = self.of_statement(stmt);
                let writes = found.list.iter().filter(|access| self.names.is_write(access));
                writes.map(|access| access.place.root.clone()).collect::<Vec<_>>()
            })
            .collect();
        let mut give = self.give(&written);
        let mut call = stmt.clone();
        give.visit_stmt_mut(&mut call);
        let (calls, is_lent) = (give.calls, give.is_lent);
        let given = give.given.into_iter().map(|(_, stmt)| stmt).collect();
        // a call that leaves would have kept the others from running
        let is_one = calls == 1 && !is_lent && self.of_statement(stmt).exits.is_empty();
        let call = [call];
        let may_run = |stmt: &Stmt| may_come_first(self.names, stmt, &call, &|_| false);
        if !is_one || !between.iter().all(may_run) {
            return None;
        }
        let [call] = call;
        Some((given, call))
    }

    /// What gives a call variables in the places of arguments that mention one of these names.
    fn give<'g>(&'g mut self, written: &'g [String]) -> Give<'g> {
        Give {
            recursion: self.recursion,
            written,
            free: &mut *self.free,
            names: self.names,
            given: Vec::new(),
            calls: 0,
            is_lent: false,
        }
    }

    fn of_statement<'s>(&self, stmt: &'s Stmt) -> Accesses<'s> {
        Unit::Statement(stmt).accesses(self.names, &Default::default())
    }
}

/// True if the statement may run before a call that it comes behind, whatever the two do with `ignored` variables.
pub(crate) fn may_come_first(names: &Names, stmt: &Stmt, call: &[Stmt], ignored: &dyn Fn(&str) -> bool) -> bool {
    let mut code = Unit::Statement(stmt).accesses(names, &Default::default());
    code.list.retain(|access| !ignored(&access.place.root));
    let later: Expr = parse_quote!({ #(#call)* });
    let mut footprint = Footprint::of(&later, names);
    footprint.accesses.list.retain(|access| !ignored(&access.place.root));
    let declared = Unit::Statement(stmt).declares();
    let declares = |name: &String| uses::occurs(later.to_token_stream(), name);
    let given = call.iter().flat_map(|stmt| Unit::Statement(stmt).declares());
    let reads = |name: String| uses::occurs(stmt.to_token_stream(), &name);
    let between = Code {
        accesses: &code.list,
        effects: &code.effects,
        exits: Vec::new(),
    };
    code.exits.is_empty()
        && !declared.iter().any(declares)
        && !given.into_iter().any(reads)
        && of_overtaking(names, &footprint, &between).is_ok()
}

/// Puts variables in the places of arguments that mention what is written.
struct Give<'g> {
    recursion: &'g Recursion,
    written: &'g [String],
    free: &'g mut dyn FnMut(&str) -> Ident,
    names: &'g Names,
    /// The variables, and the statements that declare them.
    given: Vec<(Ident, Stmt)>,
    calls: usize,
    /// Something is lent to the call, or it is one that may not run.
    is_lent: bool,
}

/// True for what doesn't evaluate all that is in it, once.
fn may_be_skipped(node: &Expr) -> bool {
    match node {
        Expr::Binary(both) => matches!(both.op, BinOp::And(_) | BinOp::Or(_)),
        Expr::If(_) | Expr::Match(_) | Expr::While(_) | Expr::Loop(_) | Expr::ForLoop(_) | Expr::Closure(_) => true,
        _ => false,
    }
}

impl Give<'_> {
    /// True for a value of its own: a reference would keep what it is to from being changed.
    fn is_owned(&self, value: &Expr) -> bool {
        match value {
            Expr::Lit(_) | Expr::Cast(_) | Expr::Binary(_) | Expr::Index(_) => true,
            Expr::Paren(paren) => self.is_owned(&paren.expr),
            Expr::Unary(unary) => !matches!(unary.op, syn::UnOp::Deref(_)) || primitives::is_primitive_value(value),
            Expr::MethodCall(call) => call.args.is_empty() && COPIES.iter().any(|name| call.method == name),
            Expr::Macro(call) => call.mac.path.is_ident("format") || call.mac.path.is_ident("vec"),
            Expr::Path(path) => path.path.get_ident().is_some_and(|name| self.names.is_value(name)),
            _ => false,
        }
    }
}

impl VisitMut for Give<'_> {
    fn visit_expr_mut(&mut self, node: &mut Expr) {
        if self.recursion.call(node).is_none() {
            self.is_lent |= may_be_skipped(node) && self.recursion.is_in(node);
            return visit_mut::visit_expr_mut(self, node);
        }
        let (Expr::Call(syn::ExprCall { args, .. }) | Expr::MethodCall(syn::ExprMethodCall { args, .. })) = node else {
            return;
        };
        self.calls += 1;
        for argument in args.iter_mut() {
            let tokens = argument.to_token_stream();
            let is_written = self.written.iter().any(|name| uses::occurs(tokens.clone(), name));
            if is_written {
                if !self.is_owned(argument) {
                    self.is_lent = true;
                    return;
                }
                let given = (self.free)("given");
                self.given.push((given.clone(), parse_quote!(let #given = #argument;)));
                *argument = parse_quote!(#given);
            }
        }
    }
}
