//! Which variables does every iteration overwrite before it reads them?
//!
//! Such a variable carries nothing from one iteration to the next (Tu and Padua's privatizable scalar): each leaf may
//! have its own, and after the loop it holds the last iteration's value. A variable that is only written, in some
//! iterations or in all, holds the last value written.

use std::collections::BTreeMap;

use quote::ToTokens;
use syn::{Block, Expr, Stmt};

use crate::lower::accesses::{Access, Accesses, Touch};
use crate::lower::kernels::Kernel;
use crate::lower::places::{Place, Step, place_of};
use crate::lower::uses;
use crate::lower::variables::{Holds, Variable};
use crate::options::Options;

/// Why a variable may be each leaf's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Private {
    /// It has no value before the loop, so every iteration gives it one.
    Undeclared,
    /// Every iteration overwrites it first, or the user says so.
    Overwritten,
    /// No iteration reads it.
    OnlyWritten,
}

/// The variables that are each leaf's own, by name.
pub(crate) fn analyze(kernel: &Kernel<'_>, found: &Accesses<'_>, options: &Options) -> Vec<(String, Private)> {
    let mut privates: Vec<(String, Private)> = Vec::new();
    // once a name: a long body mentions some of them in every line, and others in one of very many
    let mut by_name: BTreeMap<&str, Vec<&Access<'_>>> = BTreeMap::new();
    let mut names = Vec::new();
    for access in &found.list {
        let about = by_name.entry(&access.place.root).or_default();
        if about.is_empty() {
            names.push(&access.place.root);
        }
        about.push(access);
    }
    let mut first: BTreeMap<String, &Stmt> = BTreeMap::new();
    for stmt in &kernel.node.body.stmts {
        let mut mentioned = uses::Names::new();
        uses::of_tokens(stmt.to_token_stream(), &mut mentioned);
        mentioned.into_iter().for_each(|name| {
            first.entry(name).or_insert(stmt);
        });
    }
    for name in names {
        let Some(variable) = kernel.variable(name) else {
            continue;
        };
        if options.private.iter().any(|ident| ident == name) {
            privates.push((name.clone(), Private::Overwritten));
        } else if let Some(private) = of_variable(first.get(name).copied(), variable, &by_name[name.as_str()]) {
            privates.push((name.clone(), private));
        }
    }
    privates
}

/// The fields that are only written: each holds the last value written.
pub(crate) fn fields<'f>(kernel: &Kernel<'_>, found: &'f Accesses<'f>) -> Vec<(&'f Place, &'f Expr)> {
    let assigned = |access: &'f Access<'f>| match access.touch {
        Touch::Write {
            node: Expr::Assign(assign),
        } if access.subscript.is_none() && place_of(&assign.left).is_some() => Some(&*assign.left),
        _ => None,
    };
    let mut fields: Vec<(&Place, &Expr)> = Vec::new();
    for access in &found.list {
        let place = &access.place;
        let is_field = !place.is_variable() && place.depth() == 0 && kernel.variable(&place.root).is_some();
        let (Some(left), true) = (assigned(access), is_field) else {
            continue;
        };
        // `*x = y` is a variable's
        let has_name = place.steps.iter().any(|step| matches!(step, Step::Field(_)));
        let is_seen = fields.iter().any(|(known, _)| known.is_same(place));
        let about = || found.list.iter().filter(|other| other.place.overlaps(place));
        if has_name && !is_seen && about().all(|other| other.place.is_same(place) && assigned(other).is_some()) {
            fields.push((place, left));
        }
    }
    fields
}

/// What the variable is, of which `first` is the first statement that mentions it and `own` are all accesses.
fn of_variable(first: Option<&Stmt>, variable: &Variable, own: &[&Access<'_>]) -> Option<Private> {
    let name = &variable.name;
    if variable.holds != Holds::Value || !(variable.mutable || variable.undefined) {
        return None;
    }
    let changes = |touch: &Touch<'_>| match touch {
        Touch::Write { .. } => true,
        Touch::Method { name, .. } => name == "clear",
        _ => false,
    };
    if !own.iter().any(|access| changes(&access.touch)) {
        return None;
    }
    if first.is_some_and(|stmt| overwrites_first(stmt, name) == Some(true)) {
        return Some(if variable.undefined {
            Private::Undeclared
        } else {
            Private::Overwritten
        });
    }
    let only_written = own.iter().all(|access| {
        let plain = |node: &Expr| matches!(node, Expr::Assign(assign) if is_variable(&assign.left, name));
        access.place.is_variable() && matches!(access.touch, Touch::Write { node } if plain(node))
    });
    (only_written && !variable.undefined).then_some(Private::OnlyWritten)
}

fn is_variable(expr: &Expr, name: &str) -> bool {
    place_of(expr).is_some_and(|(place, _)| place.is_variable() && place.root == name)
}

/// Whether the first thing that happens to the variable is that it is overwritten: `None` if nothing happens to it.
fn overwrites(block: &Block, name: &str) -> Option<bool> {
    block.stmts.iter().find_map(|stmt| overwrites_first(stmt, name))
}

fn overwrites_first(stmt: &Stmt, name: &str) -> Option<bool> {
    match stmt {
        Stmt::Expr(expr, _) => overwrites_in(expr, name),
        other => uses::occurs(other.to_token_stream(), name).then_some(false),
    }
}

fn overwrites_in(expr: &Expr, name: &str) -> Option<bool> {
    if !uses::occurs(expr.to_token_stream(), name) {
        return None;
    }
    Some(match expr {
        Expr::Assign(assign) if is_variable(&assign.left, name) => !uses::occurs(assign.right.to_token_stream(), name),
        Expr::MethodCall(call) if call.method == "clear" && call.args.is_empty() => is_variable(&call.receiver, name),
        Expr::Block(block) if block.label.is_none() => overwrites(&block.block, name) == Some(true),
        Expr::If(branch) => {
            let otherwise = branch.else_branch.as_ref().map(|(_, e)| overwrites_in(e, name));
            !uses::occurs(branch.cond.to_token_stream(), name)
                && overwrites(&branch.then_branch, name) == Some(true)
                && otherwise == Some(Some(true))
        }
        Expr::Match(choice) => {
            !uses::occurs(choice.expr.to_token_stream(), name)
                && choice.arms.iter().all(|arm| {
                    !uses::occurs(arm.pat.to_token_stream(), name) && overwrites_in(&arm.body, name) == Some(true)
                })
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_thing_decides() {
        for (text, want) in [
            ("{ t = x; y += t; }", Some(true)),
            ("{ let a = 1; t = a; if t > 3 { t = 3; } }", Some(true)),
            ("{ if c { t = 1; } else { t = 2; } f(t); }", Some(true)),
            ("{ match c { 0 => t = 1, _ => { t = 2; } } }", Some(true)),
            ("{ t.clear(); t.push(1); }", Some(true)),
            ("{ if c { t = 1; } f(t); }", Some(false)),
            ("{ t = t + 1; }", Some(false)),
            ("{ f(t); t = 1; }", Some(false)),
            ("{ println!(\"{t}\"); t = 1; }", Some(false)),
            ("{ if c { continue; } t = 1; }", Some(true)),
            ("{ f(x); }", None),
        ] {
            assert_eq!(overwrites(&syn::parse_str(text).unwrap(), "t"), want, "{text}");
        }
    }
}
