//! What does a statement do with an `Option`, depending on what it holds?
//!
//! `match best { Some(b) if x > b => best = Some(x), None => best = Some(x), _ => {} }` and its many other spellings, by
//! `if let`, by a new value `best = match best { .. }`, by `map_or`, and through a reference to what is inside, are a
//! [`Choice`]: what a `None` becomes, and what becomes of a value.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::{Block, Expr, ExprIf, ExprMatch, ExprMethodCall, Pat, Stmt, parse_quote};

use super::bindings::bindings;
use super::lent::only;
use super::places::place_of;
use super::updates::strip;

/// The statement, taken apart.
#[derive(Debug)]
pub(crate) struct Choice<'a> {
    /// The `Option`, as it stands on the left of an assignment or is looked into.
    pub(crate) target: &'a Expr,
    /// How it is looked into: the place, or `.as_ref()` of it.
    pub(crate) view: Expr,
    /// What is found inside.
    pub(crate) pattern: &'a Pat,
    /// What a `None` becomes: this in a `Some`.
    pub(crate) first: &'a Expr,
    /// What becomes of a value.
    pub(crate) then: Then<'a>,
    /// The statements that do it, where these are all that is done.
    pub(crate) stmts: &'a [Stmt],
}

/// What becomes of the value inside.
#[derive(Debug)]
pub(crate) enum Then<'a> {
    /// It stays.
    Keep,
    /// It is replaced by an expression: another value, or one that is made of it.
    New(&'a Expr),
    /// A statement changes it in place.
    Change(&'a Expr),
    /// Several statements do something to it.
    Several,
    /// One or the other.
    If(&'a Expr, Box<Then<'a>>, Box<Then<'a>>),
}

impl<'a> Choice<'a> {
    /// The choice that an expression is.
    pub(crate) fn of(expr: &'a Expr) -> Option<Self> {
        match expr {
            Expr::Match(node) => of_match(node, &Within::Statement(looked_into(&node.expr).0)),
            Expr::If(node) => match &*node.cond {
                Expr::Let(found) => of_if(node, &Within::Statement(looked_into(&found.expr).0)),
                _ => None,
            },
            Expr::Assign(assign) => {
                let whole = Within::Value(&assign.left);
                match strip(&assign.right) {
                    Expr::Match(node) => of_match(node, &whole),
                    Expr::If(node) => of_if(node, &whole),
                    Expr::MethodCall(call) if call.method == "map_or" => of_map_or(call, &whole),
                    Expr::MethodCall(call) if call.method == "or" => of_map(call, &assign.left),
                    Expr::Call(_) => of_some(&assign.left, &assign.right),
                    _ => None,
                }
            }
            _ => None,
        }
        .filter(|choice: &Choice<'_>| place_of(choice.target).is_some_and(|(place, _)| place.depth() == 0))
    }
}

/// What the branches of a choice are.
#[derive(Clone, Copy)]
enum Within<'a> {
    /// Statements that may assign to this `Option`.
    Statement(&'a Expr),
    /// The new value of this `Option`.
    Value(&'a Expr),
    /// What the new value of this `Option` holds.
    Held(&'a Expr),
}

/// `best = Some(match best { None => x, Some(b) => .. })`, `best = Some(best.map_or(x, |b| ..))`
fn of_some<'a>(target: &'a Expr, value: &'a Expr) -> Option<Choice<'a>> {
    let within = Within::Held(target);
    match strip(in_some(value)?) {
        Expr::Match(node) => of_match(node, &within),
        Expr::If(node) => of_if(node, &within),
        Expr::MethodCall(call) if call.method == "map_or" => of_map_or(call, &within),
        _ => None,
    }
}

fn of_map_or<'a>(call: &'a syn::ExprMethodCall, within: &Within<'a>) -> Option<Choice<'a>> {
    let (Some(none), Some(Expr::Closure(closure))) = (call.args.first(), call.args.get(1)) else {
        return None;
    };
    let pattern = closure.inputs.first().filter(|_| closure.inputs.len() == 1)?;
    choice(
        &call.receiver,
        pattern,
        none,
        then(&closure.body, pattern, within)?,
        within,
    )
}

/// `best = best.map(|b| b.max(x)).or(Some(x))`
fn of_map<'a>(or: &'a syn::ExprMethodCall, target: &'a Expr) -> Option<Choice<'a>> {
    let Expr::MethodCall(map) = strip(&or.receiver) else {
        return None;
    };
    let (true, Some(Expr::Closure(closure))) = (map.method == "map", map.args.first()) else {
        return None;
    };
    let pattern = closure.inputs.first().filter(|_| closure.inputs.len() == 1)?;
    let within = Within::Held(target);
    let first = in_some(or.args.first()?)?;
    choice(
        &map.receiver,
        pattern,
        first,
        then(&closure.body, pattern, &within)?,
        &within,
    )
}

fn of_match<'a>(node: &'a ExprMatch, within: &Within<'a>) -> Option<Choice<'a>> {
    let (mut none, mut some): (Option<&Expr>, Option<(&Pat, Then<'_>)>) = (None, None);
    // from the last arm to the first: what an arm leaves open, those behind it decide
    for arm in node.arms.iter().rev() {
        let (pattern, guard) = match &arm.pat {
            Pat::Guard(guarded) => (&*guarded.pat, Some(&*guarded.guard)),
            pattern => (pattern, None),
        };
        match (inside(pattern)?, guard) {
            (Found::None, None) => none = Some(&arm.body),
            (Found::Anything, None) => {
                none = Some(&arm.body);
                some = Some((pattern, then(&arm.body, pattern, within)?));
            }
            (Found::Some(inner), None) => some = Some((inner, then(&arm.body, inner, within)?)),
            (Found::Some(inner), Some(guard)) => {
                let (_, otherwise) = some?;
                let taken = then(&arm.body, inner, within)?;
                some = Some((inner, Then::If(guard, Box::new(taken), Box::new(otherwise))));
            }
            _ => return None,
        }
    }
    let (pattern, then) = some?;
    let found = choice(&node.expr, pattern, none?, then, within)?;
    let mut some = node
        .arms
        .iter()
        .filter(|arm| matches!(inside(&arm.pat), Some(Found::Some(_))));
    let stmts = match (some.next().map(|arm| &*arm.body), some.next(), node.arms.len()) {
        (Some(Expr::Block(block)), None, 2) => &block.block.stmts[..],
        _ => &[],
    };
    Some(Choice { stmts, ..found })
}

fn of_if<'a>(node: &'a ExprIf, within: &Within<'a>) -> Option<Choice<'a>> {
    let Expr::Let(found) = &*node.cond else { return None };
    let Found::Some(pattern) = inside(&found.pat)? else {
        return None;
    };
    let (_, none) = node.else_branch.as_ref()?;
    let then = of_block(&node.then_branch, pattern, within)?;
    let found = choice(&found.expr, pattern, none, then, within)?;
    Some(Choice {
        stmts: &node.then_branch.stmts,
        ..found
    })
}

/// Puts the parts together, if they are about the same `Option`.
fn choice<'a>(
    looked: &'a Expr,
    pattern: &'a Pat,
    none: &'a Expr,
    then: Then<'a>,
    within: &Within<'a>,
) -> Option<Choice<'a>> {
    let (place, by_reference) = looked_into(looked);
    let (target, first) = match within {
        Within::Statement(_) => {
            let (target, value) = assigned(none)?;
            (target, in_some(value)?)
        }
        Within::Value(target) => (*target, in_some(only(none)?)?),
        Within::Held(target) => (*target, only(none)?),
    };
    let is_same = place_of(place)?.0.is_same(&place_of(target)?.0);
    is_same.then(|| Choice {
        target,
        view: if by_reference { as_ref(place) } else { place.clone() },
        pattern,
        first,
        then,
        stmts: &[],
    })
}

/// `place.as_ref()`
pub(crate) fn as_ref(place: &Expr) -> Expr {
    let mut call: ExprMethodCall = parse_quote!(place.as_ref());
    *call.receiver = place.clone();
    Expr::MethodCall(call)
}

/// `best` in `&best`, `&mut best`, `best.as_mut()`, and whether it is borrowed.
fn looked_into(expr: &Expr) -> (&Expr, bool) {
    match strip(expr) {
        Expr::Reference(reference) => (&reference.expr, true),
        Expr::MethodCall(call)
            if call.args.is_empty() && ["as_ref", "as_mut"].iter().any(|name| call.method == name) =>
        {
            (&call.receiver, true)
        }
        other => (other, false),
    }
}

enum Found<'a> {
    None,
    /// `Some(pattern)`
    Some(&'a Pat),
    Anything,
}

/// `None`, or anything.
pub(crate) fn inside_none(pattern: &Pat) -> bool {
    matches!(inside(pattern), Some(Found::None | Found::Anything))
}

/// `x` in `Some(x)`
pub(crate) fn inside_some(pattern: &Pat) -> Option<&Pat> {
    match inside(pattern)? {
        Found::Some(inner) => Some(inner),
        _ => None,
    }
}

fn inside(pattern: &Pat) -> Option<Found<'_>> {
    match pattern {
        Pat::Wild(_) => Some(Found::Anything),
        Pat::Ident(name) if name.ident == "None" => Some(Found::None),
        Pat::Path(path) if path.path.segments.last().is_some_and(|s| s.ident == "None") => Some(Found::None),
        Pat::TupleStruct(some) if some.path.is_ident("Some") && some.elems.len() == 1 => {
            Some(Found::Some(&some.elems[0]))
        }
        Pat::Paren(inner) => inside(&inner.pat),
        _ => None,
    }
}

fn then<'a>(body: &'a Expr, pattern: &Pat, within: &Within<'a>) -> Option<Then<'a>> {
    match (strip(body), within) {
        (Expr::Block(block), _) if block.label.is_none() => of_block(&block.block, pattern, within),
        (Expr::If(branch), _) => {
            let taken = of_block(&branch.then_branch, pattern, within)?;
            let otherwise = match &branch.else_branch {
                Some((_, otherwise)) => then(otherwise, pattern, within)?,
                None => matches!(within, Within::Statement(_)).then_some(Then::Keep)?,
            };
            Some(Then::If(&branch.cond, Box::new(taken), Box::new(otherwise)))
        }
        (Expr::Tuple(unit), Within::Statement(_)) if unit.elems.is_empty() => Some(Then::Keep),
        (body, Within::Statement(target)) => of_statement(body, pattern, target),
        (body, Within::Value(target)) if same_place(body, target) => Some(Then::Keep),
        (body, Within::Value(_)) => match strip(in_some(body)?) {
            Expr::If(_) | Expr::Block(_) => then(in_some(body)?, pattern, &Within::Held(body)),
            value => Some(if is_bound(value, pattern) {
                Then::Keep
            } else {
                Then::New(value)
            }),
        },
        (value, Within::Held(_)) => Some(if is_bound(value, pattern) {
            Then::Keep
        } else {
            Then::New(value)
        }),
    }
}

fn of_block<'a>(block: &'a Block, pattern: &Pat, within: &Within<'a>) -> Option<Then<'a>> {
    match (&block.stmts[..], within) {
        ([], Within::Statement(_)) => Some(Then::Keep),
        ([Stmt::Expr(expr, _)], _) => then(expr, pattern, within),
        (_, Within::Statement(_)) => Some(Then::Several),
        _ => None,
    }
}

/// `best = Some(x)`, `*b = x`, `*b += x`
fn of_statement<'a>(body: &'a Expr, pattern: &Pat, target: &Expr) -> Option<Then<'a>> {
    let is_inside = |place: &Expr| {
        let name = bindings(pattern);
        matches!((&name[..], place_of(place)), ([name], Some((place, _))) if name.ident == place.root)
    };
    match body {
        Expr::Assign(assign) if is_inside(&assign.left) => Some(Then::New(&assign.right)),
        Expr::Assign(assign) if same_place(&assign.left, target) => Some(Then::New(in_some(&assign.right)?)),
        Expr::Binary(binary) if is_inside(&binary.left) => Some(Then::Change(body)),
        _ => None,
    }
}

/// The assignment that a branch is, and its value.
fn assigned(branch: &Expr) -> Option<(&Expr, &Expr)> {
    match only(branch)? {
        Expr::Assign(assign) => Some((&assign.left, &assign.right)),
        _ => None,
    }
}

/// `x` in `Some(x)`
pub(crate) fn in_some(value: &Expr) -> Option<&Expr> {
    match strip(value) {
        Expr::Call(call) if call.args.len() == 1 => {
            matches!(&*call.func, Expr::Path(path) if path.path.is_ident("Some")).then_some(&call.args[0])
        }
        _ => None,
    }
}

fn same_place(a: &Expr, b: &Expr) -> bool {
    matches!((place_of(a), place_of(b)), (Some((a, _)), Some((b, _))) if a.is_same(&b))
}

/// True if the value is what the pattern has found.
fn is_bound(value: &Expr, pattern: &Pat) -> bool {
    fn name(pattern: &Pat) -> Option<&Ident> {
        match pattern {
            Pat::Ident(name) => Some(&name.ident),
            _ => None,
        }
    }
    let is_name = matches!((strip(value), name(pattern)), (Expr::Path(path), Some(name)) if path.path.is_ident(name));
    is_name || value.to_token_stream().to_string() == pattern.to_token_stream().to_string()
}
