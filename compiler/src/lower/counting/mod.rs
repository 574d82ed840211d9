//! Which `while` loops count?
//!
//! `while i < n { ..; i += 1; }` with an unchanging `n` is a `for` loop over `i..n`, after which `i` is `n`. Such loops
//! are rewritten into that form before anything else looks at them: up and down, by any step, with the step anywhere at
//! the top of the body, before a `continue` or a `break`, and with more in the condition than the bound.

pub(crate) mod conditions;
mod emitted;
pub(crate) mod endless;
pub(crate) mod fixed;
pub(crate) mod rounded;
mod steps;

use proc_macro2::Span;
use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprWhile, Ident, ItemFn, Stmt, UnOp, parse_quote, parse_quote_spanned};

use self::conditions::{bounds, merged, operand, opposite, step, variable};
use self::emitted::emit;
use self::endless::{Asking, as_while};
use self::fixed::{asks, calls_a_name, is_fixed, names_in};
use self::rounded::Rounded;
use self::steps::Tail;
use crate::analysis::mutations;
use crate::diagnostics;
use crate::lower::bindings::binds;
use crate::lower::guards::conjuncts;
use crate::lower::kernels::has;
use crate::lower::primitives::number;
use crate::lower::uses::Names;
use crate::lower::variables::{self, Variable};
use crate::lower::{jumps, uses};
use crate::names::FreeNames;

/// Rewrites the counting loops that may become kernels.
pub(crate) fn normalise(function: &mut ItemFn, names: &mut FreeNames) {
    let rounded = Rounded::of(function);
    let variables = variables::of_function(function).into_iter();
    let changeable = variables.filter(Variable::may_change).map(|variable| variable.name);
    let mut normalise = Normalise {
        inside: false,
        rounded,
        changeable: changeable.collect(),
        names,
    };
    normalise.visit_block_mut(&mut function.block);
}

struct Normalise<'n> {
    /// Inside a loop: only what is marked `#[par]` may become a kernel.
    inside: bool,
    rounded: Rounded,
    /// The variables that methods may change.
    changeable: Names,
    names: &'n mut FreeNames,
}

impl Normalise<'_> {
    /// True if a bound or a step may be another one each time, as what is asked for it may change.
    fn is_moved(&self, counting: &ExprWhile) -> bool {
        let bounds: Vec<_> = conjuncts(&counting.cond).into_iter().flat_map(bounds).collect();
        let steps = bounds.iter().flat_map(|bound| {
            let stmts = counting.body.stmts.iter();
            stmts.filter_map(|stmt| step(stmt, bound.index).map(|(by, _)| by))
        });
        let ends = bounds
            .iter()
            .flat_map(|bound| bound.ahead.into_iter().chain([bound.end]));
        ends.chain(steps).any(|expr| asks(expr, &self.changeable))
    }
}

impl VisitMut for Normalise<'_> {
    fn visit_expr_mut(&mut self, node: &mut Expr) {
        let asking = match node {
            Expr::While(counting) => Some(Asking {
                counting: counting.clone(),
                gives: None,
            }),
            Expr::Loop(endless) => as_while(endless),
            _ => None,
        };
        if let Some(Asking { counting, gives }) = asking {
            let wanted = has(&counting.attrs, "par") || !(self.inside || has(&counting.attrs, "seq"));
            let counts = wanted
                && self.rounded.index(&counting.cond, &counting.body).is_none()
                && self.rounded.unknown(&counting.cond, &counting.body).is_none()
                && !self.is_moved(&counting);
            if counts && let Some(replacement) = as_for(&counting, Some(self.names)) {
                *node = match gives {
                    Some(value) => parse_quote!({ #replacement #value }),
                    None => replacement,
                };
            }
        }
        let is_loop = matches!(node, Expr::While(_) | Expr::ForLoop(_) | Expr::Loop(_));
        let before = self.inside;
        self.inside |= is_loop;
        visit_mut::visit_expr_mut(self, node);
        self.inside = before;
    }

    fn visit_expr_closure_mut(&mut self, _: &mut syn::ExprClosure) {}

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

/// The `for` loop that does the same; with `names` also of loops that are left early.
pub(crate) fn as_for(counting: &ExprWhile, names: Option<&mut FreeNames>) -> Option<Expr> {
    let conditions = conjuncts(&counting.cond);
    if conditions.iter().any(|condition| matches!(condition, Expr::Let(_))) {
        return None;
    }
    if let Some(merged) = merged(counting, &conditions) {
        return as_for(&merged, names);
    }
    let (at, bound, place, (by, is_upward)) = conditions.iter().enumerate().find_map(|(at, condition)| {
        bounds(condition).into_iter().find_map(|bound| {
            let (place, (by, is_upward)) = counting
                .body
                .stmts
                .iter()
                .enumerate()
                .find_map(|(place, stmt)| Some((place, step(stmt, bound.index)?)))?;
            (is_upward == bound.is_upward).then_some((at, bound, place, (by, is_upward)))
        })
    })?;
    let is_flag = |condition: &Expr| match condition {
        Expr::Unary(not) => matches!(not.op, UnOp::Not(_)) && variable(&not.expr).is_some(),
        other => variable(other).is_some(),
    };
    if !conditions[..at].iter().all(|condition| is_flag(condition)) {
        return None;
    }
    let is_unit = number(by) == Some(1);
    if !is_unit && (bound.may_pass || number(by) == Some(0) || !(is_upward || bound.stays_above(by))) {
        return None;
    }
    let index = bound.index;
    let others: Vec<&Expr> = conditions
        .iter()
        .enumerate()
        .filter(|(n, _)| *n != at)
        .map(|(_, other)| *other)
        .collect();
    let mut loops = Counting {
        index,
        by,
        is_upward,
        // where only what comes behind the step looks at the index, it runs over the new values
        is_behind: !is_upward
            && is_unit
            && !bound.inclusive
            && !counting.body.stmts[..place]
                .iter()
                .any(|stmt| uses::occurs(stmt.to_token_stream(), &index.to_string()))
            && !others
                .iter()
                .any(|other| uses::occurs(other.to_token_stream(), &index.to_string())),
        at: None,
        breaks: names,
    };
    let (body, flags) = loops.body(counting, place, others)?;
    let given = [Some(bound.end), bound.ahead, Some(by)];
    let named = std::iter::once(index.clone()).chain(names_in(by)).collect::<Vec<_>>();
    if binds(&counting.body, &named)
        || given.iter().flatten().any(|expr| calls_a_name(expr))
        || mutations::changes(&body, &index.to_string())
        || !given.iter().flatten().all(|expr| is_fixed(expr, index, &body))
    {
        return None;
    }
    let forward = emit(counting, &bound, &loops, &flags, &body);
    let leads: Expr = match number(by) {
        Some(_) if !bound.may_pass => return Some(forward),
        Some(_) => bound.leads(),
        // a step that turns out not to lead towards the end; floats get the error of the range
        None => {
            let by = operand(by);
            parse_quote!(#by > ::core::default::Default::default())
        }
    };
    let mut as_written = counting.clone();
    as_written.attrs.retain(|a| !a.path().is_ident("par"));
    as_written.attrs.push(parse_quote!(#[seq]));
    Some(parse_quote!(if #leads #forward else { #as_written }))
}

/// A loop whose body is made that of a `for` loop.
struct Counting<'a, 'n> {
    index: &'a Ident,
    by: &'a Expr,
    is_upward: bool,
    /// The index runs over the values behind the step.
    is_behind: bool,
    /// What the index is after the loop, if that is left early.
    at: Option<Ident>,
    breaks: Option<&'n mut FreeNames>,
}

impl Counting<'_, '_> {
    /// What the index is before or behind the step, in terms of the loop's variable.
    fn value(&self, behind: bool) -> Expr {
        let (index, by) = (self.index, operand(self.by));
        match (behind, self.is_behind, self.is_upward) {
            (true, false, true) => parse_quote!(#index + #by),
            (true, false, false) => parse_quote!(#index - #by),
            (false, true, _) => parse_quote!(#index + #by),
            _ => parse_quote!(#index),
        }
    }

    /// `{ at = VALUE; break; }`
    fn leave(&mut self, value: &Expr, label: Option<&syn::Lifetime>, from: Span) -> Option<Vec<Stmt>> {
        let names = self.breaks.as_mut()?;
        // a variable as the user's own
        let here = self.index.span();
        let at = self
            .at
            .get_or_insert_with(|| Ident::new(&names.free("at").to_string(), here));
        Some(parse_quote_spanned!(from=> #at = ::core::option::Option::Some(#value); break #label;))
    }

    /// The body without its step, and the conditions that hold before the first iteration and are not asked again.
    fn body<'c>(
        &mut self,
        counting: &ExprWhile,
        place: usize,
        conditions: Vec<&'c Expr>,
    ) -> Option<(Block, Vec<&'c Expr>)> {
        let own = counting.label.as_ref().map(|label| &label.name);
        let (before, behind) = counting.body.stmts.split_at(place);
        let behind = &behind[1..];
        let mut stmts = before.to_vec();
        let mut later = behind.to_vec();
        let mut flags = Vec::new();
        let mut asked: Vec<Stmt> = Vec::new();
        let (old, new) = (self.value(false), self.value(true));
        let index = self.index.clone();
        jumps::rewrite(&mut stmts, own, &mut |stmts, jump| {
            let steps = stmts.last().is_some_and(|stmt| self.is_step(stmt));
            match (jump, steps) {
                (jumps::Jump::Continue(node), true) => {
                    stmts.pop();
                    stmts.push(*node);
                    Some(())
                }
                // the index stays what it is: nothing tells how often
                (jumps::Jump::Continue(_), false) => None,
                (jumps::Jump::Break(label, from), steps) => {
                    if steps {
                        stmts.pop();
                    }
                    stmts.extend(self.leave(if steps { &new } else { &old }, label.as_ref(), from)?);
                    Some(())
                }
            }
        })?;
        let here: Expr = parse_quote!(#index);
        jumps::rewrite(&mut later, own, &mut |stmts, jump| match jump {
            jumps::Jump::Continue(node) => {
                stmts.push(*node);
                Some(())
            }
            jumps::Jump::Break(label, from) => {
                stmts.extend(self.leave(&here, label.as_ref(), from)?);
                Some(())
            }
        })?;
        for condition in conditions {
            if self.set_last(condition, &mut stmts, &mut later) {
                flags.push(condition);
            } else {
                let leaves = opposite(condition)?;
                let from = diagnostics::ends(condition).0;
                let stmts = self.leave(&self.value(false), None, from)?;
                asked.push(parse_quote_spanned!(from=> if #leaves { #(#stmts)* }));
            }
        }
        let is_used = later
            .iter()
            .any(|stmt| uses::occurs(stmt.to_token_stream(), &index.to_string()));
        if is_used && !self.is_behind {
            stmts.push(parse_quote!(let #index = #new;));
        }
        stmts.extend(later);
        asked.extend(stmts);
        let body = Block {
            brace_token: counting.body.brace_token,
            stmts: asked,
        };
        Some((body, flags))
    }

    fn is_step(&self, stmt: &Stmt) -> bool {
        step(stmt, self.index).is_some_and(|(by, upward)| {
            upward == self.is_upward && by.to_token_stream().to_string() == self.by.to_token_stream().to_string()
        })
    }

    /// `!found` where the last thing that an iteration does is to set `found`: the loop is left there.
    fn set_last(&mut self, condition: &Expr, before: &mut [Stmt], behind: &mut [Stmt]) -> bool {
        let (flag, ends) = match condition {
            Expr::Unary(not) if matches!(not.op, UnOp::Not(_)) => (variable(&not.expr), true),
            other => (variable(other), false),
        };
        let Some(flag) = flag.filter(|_| self.breaks.is_some()) else {
            return false;
        };
        let is_behind = !behind.is_empty();
        let (stmts, rest) = if is_behind { (behind, before) } else { (before, behind) };
        let Some((last, others)) = stmts.split_last_mut() else {
            return false;
        };
        let changes = |stmts: &[Stmt]| {
            let stmts = stmts.to_vec();
            mutations::changes(&parse_quote!({ #(#stmts)* }), &flag.to_string())
        };
        let occurs = |stmts: &[Stmt]| {
            stmts
                .iter()
                .any(|stmt| uses::occurs(stmt.to_token_stream(), &flag.to_string()))
        };
        if occurs(rest) || occurs(others) || !changes(std::slice::from_ref(last)) {
            return false;
        }
        let value: Expr = if is_behind {
            let index = self.index;
            parse_quote!(#index)
        } else {
            self.value(true)
        };
        let Some(leave) = self.leave(&value, None, diagnostics::ends(last).0) else {
            return false;
        };
        let hit = self.breaks.as_mut().expect("there are names").free("is_last");
        let hit = Ident::new(&hit.to_string(), self.index.span());
        let mut replaced = last.clone();
        let mut tail = Tail {
            flag,
            ends,
            leave,
            hit,
            others: false,
        };
        tail.stmt(&mut replaced);
        if tail.others {
            return false;
        }
        *last = replaced;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loops_that_count_are_for_loops() {
        for (text, counts) in [
            ("while i < n { sum += i; i += 1; }", true),
            ("while n >= i { if c { return; } i = i + 1; }", true),
            ("while i < v.len() { sum += v[i]; i += 1; }", true),
            ("while i < n { for x in v { if x { break; } } i += 1; }", true),
            ("while i < v.len() { v.push(1); i += 1; }", false),
            ("while i < v.len() { v[i] = v[i + 1]; v.swap(i, i + 1); i += 1; }", true),
            ("while i < v.len() { v[i].push(1); f(v[i]); i += 1; }", true),
            ("while i < v.len() { v[i] = 1; f(v); i += 1; }", false),
            ("while i < v.len() { v[i] = 1; v = w; i += 1; }", false),
            ("while i < v[0] { v[i] = 1; i += 1; }", false),
            ("while i < self.v.len() { self.v[i] = self.w; i += 1; }", true),
            ("while i < self.v.len() { self.v[i] = 1; self.f(); i += 1; }", false),
            ("while i < n { n -= 1; i += 1; }", false),
            ("while i < n { i += 1; sum += i; }", true),
            ("while i < n { if c { i += 1; } i += 1; }", false),
            ("while i < n { if c { continue; } i += 1; }", false),
            ("while i < n { if c { i += 1; continue; } i += 1; }", true),
            ("while i < n { if c { i += 2; continue; } i += 1; }", false),
            ("while i < n { if c { break; } i += 1; }", true),
            ("'a: while i < n { for x in xs { break 'a; } i += 1; }", true),
            ("while i < n { if c { break 'a; } i += 1; }", false),
            ("while i < n { i += 2; }", true),
            ("while i < n { i += k; }", true),
            ("while i < n { i += k; k += 1; }", false),
            ("while i < n { i -= 1; }", false),
            ("while i > n { i += 1; }", false),
            ("while i > 0 { i -= 1; }", true),
            ("while i >= 0 { i -= 1; }", true),
            ("while i != 0 { i -= 1; }", true),
            ("while i > 0 { i -= 2; }", false),
            ("while i >= 2 { i -= 2; }", true),
            ("while i > 2 { i -= 3; }", true),
            ("while i >= 0 { i -= 2; }", true),
            ("while i >= 1 { i -= 2; }", false),
            ("while i >= n { i -= 2; }", false),
            ("while i != n { i += 1; }", true),
            ("while n != i { i += 1; }", true),
            ("while i != n { i -= 1; }", true),
            ("while i != n { i += 2; }", false),
            ("while i + 1 < n { i += 2; }", true),
            ("while i < n && ok { i += 1; }", true),
            ("while let Some(x) = y && i < n { i += 1; }", false),
            ("while i < i { i += 1; }", false),
            ("while i < n { let k = 1; i += k; }", false),
            ("'a: while i < n { for i in xs { break 'a; } i += 1; }", false),
            ("while i < n { f(|i| i); i += 1; }", true),
            ("while i < n { i += f(); }", false),
            ("while i < n.load(R) { i += 1; }", false),
        ] {
            let Ok(Expr::While(node)) = syn::parse_str(text) else {
                panic!("{text}")
            };
            let mut names = FreeNames::new(&node);
            assert_eq!(as_for(&node, Some(&mut names)).is_some(), counts, "{text}");
        }
    }
}
