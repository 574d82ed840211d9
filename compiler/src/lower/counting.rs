//! Which `while` loops count?
//!
//! `while i < n { ..; i += 1; }` with an unchanging `n` is a `for` loop over `i..n`, after which `i` is `n`. Such loops
//! are rewritten into that form before anything else looks at them: up and down, by any step, with the step anywhere at
//! the top of the body, before a `continue` or a `break`, and with more in the condition than the bound.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, BinOp, Block, Expr, ExprWhile, Ident, ItemFn, Stmt, UnOp, parse_quote, parse_quote_spanned};

use super::places::place_of;
use super::updates::strip;
use super::{jumps, uses};
use crate::analysis::mutations;
use crate::diagnostics;
use crate::names::FreeNames;

/// Rewrites the counting loops that may become kernels.
pub(crate) fn normalise(function: &mut ItemFn, names: &mut FreeNames) {
    let mut normalise = Normalise { inside: false, names };
    normalise.visit_block_mut(&mut function.block);
}

struct Normalise<'n> {
    /// Inside a loop: only what is marked `#[par]` may become a kernel.
    inside: bool,
    names: &'n mut FreeNames,
}

fn has(attributes: &[Attribute], name: &str) -> bool {
    attributes.iter().any(|a| a.path().is_ident(name))
}

impl VisitMut for Normalise<'_> {
    fn visit_expr_mut(&mut self, node: &mut Expr) {
        let counting = match node {
            Expr::While(counting) => Some(counting.clone()),
            Expr::Loop(endless) => as_while(endless),
            _ => None,
        };
        if let Some(counting) = counting {
            let wanted = has(&counting.attrs, "par") || !(self.inside || has(&counting.attrs, "seq"));
            if wanted && let Some(replacement) = as_for(&counting, Some(self.names)) {
                *node = replacement;
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

/// `loop { if i >= n { break; } .. }` is `while i < n { .. }`.
fn as_while(endless: &syn::ExprLoop) -> Option<ExprWhile> {
    let (Stmt::Expr(Expr::If(leave), _), rest) = endless.body.stmts.split_first()? else {
        return None;
    };
    let [Stmt::Expr(Expr::Break(jump), _)] = &leave.then_branch.stmts[..] else {
        return None;
    };
    if leave.else_branch.is_some() || jump.label.is_some() || jump.expr.is_some() {
        return None;
    }
    let (attrs, label, condition) = (&endless.attrs, &endless.label, opposite(&leave.cond)?);
    let token = syn::Token![while](endless.loop_token.span);
    Some(parse_quote!(#(#attrs)* #label #token #condition { #(#rest)* }))
}

/// What holds where the condition doesn't.
fn opposite(condition: &Expr) -> Option<Expr> {
    let condition = strip(condition);
    if let Expr::Binary(binary) = condition {
        let (left, right) = (&binary.left, &binary.right);
        let both = || Some((opposite(left)?, opposite(right)?));
        let opposite: Option<Expr> = match binary.op {
            BinOp::Lt(_) => Some(parse_quote!(#left >= #right)),
            BinOp::Le(_) => Some(parse_quote!(#left > #right)),
            BinOp::Gt(_) => Some(parse_quote!(#left <= #right)),
            BinOp::Ge(_) => Some(parse_quote!(#left < #right)),
            BinOp::Eq(_) => Some(parse_quote!(#left != #right)),
            BinOp::Ne(_) => Some(parse_quote!(#left == #right)),
            BinOp::Or(_) => both().map(|(left, right)| parse_quote!(#left && #right)),
            _ => None,
        };
        if opposite.is_some() {
            return opposite;
        }
    }
    match condition {
        Expr::Unary(not) if matches!(not.op, UnOp::Not(_)) => Some((*not.expr).clone()),
        Expr::Let(_) => None,
        other => Some(parse_quote!(!(#other))),
    }
}

/// The expression as an operand of any operator.
fn operand(expr: &Expr) -> TokenStream {
    match expr {
        Expr::Path(_)
        | Expr::Lit(_)
        | Expr::MethodCall(_)
        | Expr::Call(_)
        | Expr::Field(_)
        | Expr::Paren(_)
        | Expr::Index(_) => expr.to_token_stream(),
        other => quote!((#other)),
    }
}

/// How far the index may go.
struct Bound<'a> {
    index: &'a Ident,
    /// `c` in `i + c < n`.
    ahead: Option<&'a Expr>,
    end: &'a Expr,
    is_upward: bool,
    /// The end itself is reached.
    inclusive: bool,
}

/// The bounds that a comparison may be: of what stands on its left, and on its right.
fn bounds(condition: &Expr) -> Vec<Bound<'_>> {
    let Expr::Binary(condition) = strip(condition) else {
        return Vec::new();
    };
    let (left, right) = (strip(&condition.left), strip(&condition.right));
    let bound = |index, end, is_first: bool| {
        let (index, ahead) = counted(index)?;
        let (is_less, inclusive) = match condition.op {
            BinOp::Lt(_) => (true, false),
            BinOp::Le(_) => (true, true),
            BinOp::Gt(_) => (false, false),
            BinOp::Ge(_) => (false, true),
            // down to 0
            BinOp::Ne(_) if number(end) == Some(0) && is_first && ahead.is_none() => (false, false),
            _ => return None,
        };
        let is_upward = is_less == is_first;
        (is_upward || ahead.is_none()).then_some(Bound {
            index,
            ahead,
            end,
            is_upward,
            inclusive,
        })
    };
    [bound(left, right, true), bound(right, left, false)]
        .into_iter()
        .flatten()
        .collect()
}

/// `i` or `i + c`.
fn counted(expr: &Expr) -> Option<(&Ident, Option<&Expr>)> {
    match strip(expr) {
        Expr::Binary(sum) if matches!(sum.op, BinOp::Add(_)) => Some((variable(&sum.left)?, Some(&sum.right))),
        other => Some((variable(other)?, None)),
    }
}

fn variable(expr: &Expr) -> Option<&Ident> {
    match strip(expr) {
        Expr::Path(path) => path.path.get_ident(),
        _ => None,
    }
}

fn number(expr: &Expr) -> Option<u64> {
    match strip(expr) {
        Expr::Lit(lit) => match &lit.lit {
            syn::Lit::Int(number) => number.base10_parse().ok(),
            _ => None,
        },
        _ => None,
    }
}

/// How far `i += k;`, `i -= k;` or `i = i + k;` goes, and whether upward.
fn step<'s>(stmt: &'s Stmt, index: &Ident) -> Option<(&'s Expr, bool)> {
    let is_index = |expr: &Expr| variable(expr) == Some(index);
    match stmt {
        Stmt::Expr(Expr::Binary(step), Some(_)) if is_index(&step.left) => match step.op {
            BinOp::AddAssign(_) => Some((&step.right, true)),
            BinOp::SubAssign(_) => Some((&step.right, false)),
            _ => None,
        },
        Stmt::Expr(Expr::Assign(step), Some(_)) if is_index(&step.left) => match strip(&step.right) {
            Expr::Binary(sum) if is_index(&sum.left) => match sum.op {
                BinOp::Add(_) => Some((&sum.right, true)),
                BinOp::Sub(_) => Some((&sum.right, false)),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

/// The conjuncts of a condition, in their order.
fn conjuncts<'a>(condition: &'a Expr, all: &mut Vec<&'a Expr>) {
    match strip(condition) {
        Expr::Binary(both) if matches!(both.op, BinOp::And(_)) => {
            conjuncts(&both.left, all);
            conjuncts(&both.right, all);
        }
        other => all.push(other),
    }
}

/// `i < a && i < b` is `i < min(a, b)`.
fn merged(counting: &ExprWhile, conditions: &[&Expr]) -> Option<ExprWhile> {
    fn end(condition: &Expr) -> Option<(&Ident, &Expr)> {
        let is_less = matches!(condition, Expr::Binary(binary) if matches!(binary.op, BinOp::Lt(_)));
        let bound = bounds(condition).into_iter().next().filter(|_| is_less)?;
        bound.ahead.is_none().then_some((bound.index, bound.end))
    }
    let [first, second, others @ ..] = conditions else {
        return None;
    };
    let ((index, a), (same, b)) = (end(first)?, end(second)?);
    let mut merged = counting.clone();
    *merged.cond = parse_quote!(#index < ::core::cmp::Ord::min(#a, #b) #(&& #others)*);
    (index == same).then_some(merged)
}

/// The variable that a loop seems to count with, though not by one step in every iteration.
pub(crate) fn uneven(condition: &Expr, body: &Block) -> Option<Ident> {
    struct Steps<'i>(&'i Ident, bool);
    impl<'a> Visit<'a> for Steps<'_> {
        fn visit_stmt(&mut self, node: &'a Stmt) {
            self.1 |= step(node, self.0).is_some();
            visit::visit_stmt(self, node);
        }
    }
    let mut conditions = Vec::new();
    conjuncts(condition, &mut conditions);
    let mut bounds = conditions.into_iter().flat_map(bounds);
    bounds.find_map(|bound| {
        let mut steps = Steps(bound.index, false);
        steps.visit_block(body);
        steps.1.then(|| bound.index.clone())
    })
}

/// The `for` loop that does the same; with `names` also of loops that are left early.
pub(crate) fn as_for(counting: &ExprWhile, names: Option<&mut FreeNames>) -> Option<Expr> {
    let mut conditions = Vec::new();
    conjuncts(&counting.cond, &mut conditions);
    if conditions.iter().any(|condition| matches!(condition, Expr::Let(_))) {
        return None;
    }
    if let Some(merged) = merged(counting, &conditions) {
        return as_for(&merged, names);
    }
    let (at, bound, place, (by, is_upward)) = conditions.iter().enumerate().find_map(|(at, condition)| {
        bounds(condition).into_iter().find_map(|bound| {
            let (place, step) = counting
                .body
                .stmts
                .iter()
                .enumerate()
                .find_map(|(place, stmt)| Some((place, step(stmt, bound.index)?)))?;
            Some((at, bound, place, step))
        })
    })?;
    let is_flag = |condition: &Expr| match condition {
        Expr::Unary(not) => matches!(not.op, UnOp::Not(_)) && variable(&not.expr).is_some(),
        other => variable(other).is_some(),
    };
    if is_upward != bound.is_upward || !conditions[..at].iter().all(|condition| is_flag(condition)) {
        return None;
    }
    let is_unit = number(by) == Some(1);
    if !is_unit && (!is_upward || number(by) == Some(0)) {
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
    if number(by).is_some() {
        return Some(forward);
    }
    // a step that turns out not to lead towards the end; floats get the error of the range
    let mut as_written = counting.clone();
    as_written.attrs.retain(|a| !a.path().is_ident("par"));
    as_written.attrs.push(parse_quote!(#[seq]));
    let by = operand(by);
    Some(parse_quote!(if #by > ::core::default::Default::default() #forward else { #as_written }))
}

/// The `for` loop, and what the index is after it.
fn emit(counting: &ExprWhile, bound: &Bound<'_>, loops: &Counting<'_, '_>, flags: &[&Expr], body: &Block) -> Expr {
    let (attrs, label, token) = (&counting.attrs, &counting.label, &counting.while_token);
    let token = syn::Token![for](token.span);
    let (index, is_unit) = (bound.index, number(loops.by) == Some(1));
    let by = operand(loops.by);
    // where it stands alone, and where it is one operand of several
    let (last_of_range, end) = match bound.ahead {
        None => (bound.end.to_token_stream(), operand(bound.end)),
        Some(ahead) => {
            let (end, ahead) = (operand(bound.end), operand(ahead));
            (quote!(#end - #ahead), quote!((#end - #ahead)))
        }
    };
    let (range, last): (TokenStream, TokenStream) = match (bound.is_upward, bound.inclusive) {
        (true, false) => (quote!(#index..#last_of_range), last_of_range.clone()),
        (true, true) => (quote!(#index..=#last_of_range), quote!(#end + 1)),
        (false, false) if loops.is_behind => (quote!((#last_of_range..#index).rev()), last_of_range.clone()),
        (false, false) => {
            let first = match number(bound.end) {
                Some(number) => proc_macro2::Literal::u64_unsuffixed(number + 1).to_token_stream(),
                None => quote!(#end + 1),
            };
            (quote!((#first..=#index).rev()), last_of_range.clone())
        }
        (false, true) => (quote!((#last_of_range..=#index).rev()), quote!(#end - 1)),
    };
    let (range, last) = match is_unit {
        true => (range, last),
        false => {
            let steps = match number(loops.by) {
                Some(_) => by.clone(),
                None => quote!(#by as usize),
            };
            // one step behind the last item: differences could be more than a signed type holds
            let [items, item] = ["items", "item"].map(|name| Ident::new(name, Span::mixed_site()));
            let step = if bound.is_upward { quote!(+) } else { quote!(-) };
            (
                quote!((#range).step_by(#steps)),
                quote!({
                    let mut #items = (#range).step_by(#steps);
                    #items.nth(#items.size_hint().0 - 1).map_or(#index, |#item| #item #step #by)
                }),
            )
        }
    };
    let condition = {
        let (index, end) = (bound.index, bound.end);
        let index = match bound.ahead {
            None => quote!(#index),
            Some(ahead) => {
                let ahead = operand(ahead);
                quote!(#index + #ahead)
            }
        };
        match (bound.is_upward, bound.inclusive) {
            (true, false) => quote!(#index < #end),
            (true, true) => quote!(#index <= #end),
            (false, false) => quote!(#index > #end),
            (false, true) => quote!(#index >= #end),
        }
    };
    match &loops.at {
        None if is_unit && bound.is_upward && bound.ahead.is_none() && flags.is_empty() => parse_quote!({
            #(#attrs)* #label #token #index in #range #body
            #[allow(unused_assignments)]
            if #condition { #index = #last; }
        }),
        None => parse_quote!({
            if #condition #(&& #flags)* {
                #(#attrs)* #label #token #index in #range #body
                #[allow(unused_assignments)]
                { #index = #last; }
            }
        }),
        // what the index would be without an exit may be more than its type holds: it is asked for only then
        Some(at) => parse_quote!({
            if #condition #(&& #flags)* {
                let mut #at = ::core::option::Option::None;
                #(#attrs)* #label #token #index in #range #body
                #[allow(unused_assignments)]
                {
                    #index = match #at {
                        ::core::option::Option::Some(#at) => #at,
                        ::core::option::Option::None => #last,
                    };
                }
            }
        }),
    }
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

/// Leaves the loop where the last statement of an iteration sets the flag.
struct Tail<'f> {
    flag: &'f Ident,
    /// The value that ends the loop.
    ends: bool,
    leave: Vec<Stmt>,
    hit: Ident,
    /// The flag is used in another way.
    others: bool,
}

impl Tail<'_> {
    fn block(&mut self, block: &mut Block) {
        let Some((last, others)) = block.stmts.split_last_mut() else {
            return;
        };
        let name = self.flag.to_string();
        self.others |= others.iter().any(|stmt| uses::occurs(stmt.to_token_stream(), &name));
        self.stmt(last);
    }

    fn stmt(&mut self, stmt: &mut Stmt) {
        let name = self.flag.to_string();
        let node = match stmt {
            Stmt::Expr(node, _) => node,
            other => {
                self.others |= uses::occurs(other.to_token_stream(), &name);
                return;
            }
        };
        match node {
            Expr::Assign(assign) if variable(&assign.left) == Some(self.flag) => {
                let (flag, hit, leave) = (self.flag, &self.hit, &self.leave);
                let value = &assign.right;
                self.others |= uses::occurs(value.to_token_stream(), &name);
                let truth = matches!(strip(value), Expr::Lit(lit) if matches!(&lit.lit, syn::Lit::Bool(b) if b.value == self.ends));
                let is_end: Expr = if self.ends {
                    parse_quote!(#hit)
                } else {
                    parse_quote!(!#hit)
                };
                *node = match truth {
                    true => parse_quote!({ #flag = #value; #(#leave)* }),
                    false => parse_quote!({ let #hit = #value; #flag = #hit; if #is_end { #(#leave)* } }),
                };
            }
            Expr::If(branch) => {
                self.others |= uses::occurs(branch.cond.to_token_stream(), &name);
                self.block(&mut branch.then_branch);
                if let Some((_, otherwise)) = &mut branch.else_branch {
                    let mut stmt = Stmt::Expr((**otherwise).clone(), None);
                    self.stmt(&mut stmt);
                    if let Stmt::Expr(node, _) = stmt {
                        **otherwise = node;
                    }
                }
            }
            Expr::Block(block) if block.label.is_none() => self.block(&mut block.block),
            Expr::Match(choice) => {
                self.others |= uses::occurs(choice.expr.to_token_stream(), &name);
                for arm in &mut choice.arms {
                    let mut stmt = Stmt::Expr((*arm.body).clone(), None);
                    self.stmt(&mut stmt);
                    if let Stmt::Expr(node, _) = stmt {
                        *arm.body = node;
                    }
                }
            }
            other => self.others |= uses::occurs(other.to_token_stream(), &name),
        }
    }
}

/// True if the expression has the same value in every iteration.
fn is_fixed(expr: &Expr, index: &Ident, body: &Block) -> bool {
    let lengths = lengths_in(expr);
    !may_differ(expr)
        && names_in(expr).iter().all(|name| {
            let is_length = lengths.iter().any(|(root, _)| root == name);
            let changes = mutations::changes(body, &name.to_string());
            name != index && (!changes || is_length && !resizes(body, name, &lengths))
        })
}

/// True if it may be another value each time, whatever the loop does.
fn may_differ(expr: &Expr) -> bool {
    struct Differs(bool);
    impl<'a> Visit<'a> for Differs {
        fn visit_expr_method_call(&mut self, node: &'a syn::ExprMethodCall) {
            let name = node.method.to_string();
            self.0 |= mutations::changes_by_name(&name) || name == "load" || name.starts_with("fetch_");
            visit::visit_expr_method_call(self, node);
        }
    }
    let mut differs = Differs(false);
    differs.visit_expr(expr);
    differs.0
}

/// The lists whose lengths an expression asks for: their variables and texts.
fn lengths_in(expr: &Expr) -> Vec<(Ident, String)> {
    struct Lengths {
        asked: Vec<(Ident, String)>,
        /// What is looked at in another way.
        others: Vec<Ident>,
    }
    impl<'a> Visit<'a> for Lengths {
        fn visit_expr(&mut self, node: &'a Expr) {
            match node {
                Expr::MethodCall(call) if call.method == "len" && call.args.is_empty() => {
                    match place_of(&call.receiver) {
                        Some((place, root)) if place.depth() == 0 => {
                            self.asked
                                .push((root, strip(&call.receiver).to_token_stream().to_string()));
                        }
                        _ => visit::visit_expr(self, node),
                    }
                }
                _ => {
                    self.others.extend(place_of(node).map(|(_, root)| root));
                    visit::visit_expr(self, node);
                }
            }
        }
    }
    let mut lengths = Lengths {
        asked: Vec::new(),
        others: Vec::new(),
    };
    lengths.visit_expr(expr);
    let others = lengths.others;
    lengths.asked.retain(|(root, _)| !others.contains(root));
    lengths.asked
}

/// True unless all that the body does with these lists is to look at them and to write to their elements.
fn resizes(body: &Block, name: &Ident, lists: &[(Ident, String)]) -> bool {
    const KEEP: &[&str] = &["len", "is_empty", "swap", "get", "iter", "first", "last", "contains"];
    struct Resizes<'n> {
        name: &'n Ident,
        lists: &'n [(Ident, String)],
        found: bool,
    }
    impl Resizes<'_> {
        fn is_list(&self, expr: &Expr) -> bool {
            let text = strip(expr).to_token_stream().to_string();
            self.lists.iter().any(|(_, list)| *list == text)
        }
    }
    impl<'a> Visit<'a> for Resizes<'_> {
        fn visit_expr(&mut self, node: &'a Expr) {
            match node {
                Expr::Index(index) if self.is_list(&index.expr) => self.visit_expr(&index.index),
                Expr::MethodCall(call)
                    if KEEP.iter().any(|name| call.method == name) && self.is_list(&call.receiver) =>
                {
                    call.args.iter().for_each(|argument| self.visit_expr(argument));
                }
                // another field of the same
                Expr::Field(field) => self.found |= self.is_list(node) || self.is_list(&field.base),
                Expr::Path(path) => self.found |= path.path.is_ident(self.name),
                _ => visit::visit_expr(self, node),
            }
        }

        fn visit_macro(&mut self, node: &'a syn::Macro) {
            self.found |= uses::occurs(node.tokens.clone(), &self.name.to_string());
        }
    }
    let mut resizes = Resizes {
        name,
        lists,
        found: false,
    };
    resizes.visit_block(body);
    resizes.found
}

/// True if a pattern in the block gives one of the names another meaning.
///
/// The parameters of closures don't count: no jump out of the loop is among what they are seen by.
fn binds(block: &Block, names: &[Ident]) -> bool {
    struct Binds<'n>(&'n [Ident], bool);
    impl<'a> Visit<'a> for Binds<'_> {
        fn visit_pat_ident(&mut self, node: &'a syn::PatIdent) {
            self.1 |= self.0.contains(&node.ident);
            visit::visit_pat_ident(self, node);
        }

        fn visit_expr_closure(&mut self, _: &'a syn::ExprClosure) {}

        fn visit_item(&mut self, _: &'a syn::Item) {}
    }
    let mut binds = Binds(names, false);
    binds.visit_block(block);
    binds.1
}

/// True if something that goes by a name of its own is called: a closure may change what it has captured.
fn calls_a_name(expr: &Expr) -> bool {
    struct Calls(bool);
    impl<'a> Visit<'a> for Calls {
        fn visit_expr_call(&mut self, node: &'a syn::ExprCall) {
            self.0 |= variable(&node.func).is_some();
            visit::visit_expr_call(self, node);
        }
    }
    let mut calls = Calls(false);
    calls.visit_expr(expr);
    calls.0
}

/// The variables that an expression is about.
fn names_in(expr: &Expr) -> Vec<Ident> {
    struct Names(Vec<Ident>);
    impl<'a> Visit<'a> for Names {
        fn visit_expr(&mut self, node: &'a Expr) {
            self.0.extend(place_of(node).map(|(_, root)| root));
            visit::visit_expr(self, node);
        }
    }
    let mut names = Names(Vec::new());
    names.visit_expr(expr);
    names.0
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
