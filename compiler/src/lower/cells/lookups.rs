//! Which statements look for a key, update the value that is there, and else insert the first one?
//!
//! `match map.get_mut(&k) { Some(e) => e.1 += x, None => { map.insert(k, (1, x)); } }`, the same with `if let`,
//! `map.entry(k).and_modify(|e| e.1 += x).or_insert((1, x));`, `map.entry(k).or_insert(x);` and
//! `if !map.contains_key(&k) { map.insert(k, x); }`.

use quote::ToTokens;
use syn::{Expr, ExprMethodCall, Pat, Stmt, UnOp};

use super::{Cells, PartNames, inserted, paths};
use crate::lower::choices::{inside_none, inside_some};
use crate::lower::guards::plain;
use crate::lower::lent::only;
use crate::lower::places::place_of;
use crate::lower::updates::{Target, strip};

/// A statement that is one.
pub(crate) struct Lookup<'a> {
    pub(crate) cells: Cells<'a>,
    /// What is found, under the names of this pattern, and what is done to it.
    pub(crate) found: Option<(&'a Pat, Done<'a>)>,
}

/// What is done to a value.
#[derive(Clone, Copy)]
pub(crate) enum Done<'a> {
    One(&'a Expr),
    Several(&'a [Stmt]),
}

impl<'a> Done<'a> {
    fn of(body: &'a Expr) -> Self {
        match body {
            Expr::Block(block) if block.label.is_none() => Done::Several(&block.block.stmts),
            update => Done::One(update),
        }
    }
}

impl<'a> Lookup<'a> {
    /// The lookup that a statement is, if what is found is updated as the first value would be.
    pub(crate) fn of(stmt: &'a Expr) -> Option<Self> {
        let Lookup { mut cells, found } = Lookup::looks(stmt)?;
        if let Some((pattern, done)) = found {
            let names = names(pattern)?;
            match done {
                Done::One(update) => cells.updated_by(update, &names)?,
                Done::Several(updates) => cells.only_updated(updates, &names)?,
            }
            if cells.parts.is_empty() || !cells.start_with_first() {
                return None;
            }
        }
        Some(Lookup { cells, found })
    }

    /// The lookup that a statement is by its form.
    pub(super) fn looks(stmt: &'a Expr) -> Option<Self> {
        let (map, key, first, found) = match stmt {
            Expr::Match(looks) => {
                let [a, b] = &looks.arms[..] else { return None };
                let (some, none) = if inside_none(&b.pat) { (a, b) } else { (b, a) };
                let (map, key, first) = inserted_by(&none.body, &looks.expr, "get_mut")?;
                let is_choice = inside_none(&none.pat) && !matches!(a.pat, Pat::Wild(_));
                is_choice.then_some((map, key, first, Some((inside_some(&some.pat)?, Done::of(&some.body)))))?
            }
            Expr::If(branch) => match &*branch.cond {
                Expr::Let(looks) => {
                    let (_, otherwise) = branch.else_branch.as_ref()?;
                    let (map, key, first) = inserted_by(otherwise, &looks.expr, "get_mut")?;
                    let update = Done::Several(&branch.then_branch.stmts);
                    (map, key, first, Some((inside_some(&looks.pat)?, update)))
                }
                Expr::Unary(not) if matches!(not.op, UnOp::Not(_)) && branch.else_branch.is_none() => {
                    let [Stmt::Expr(insert, _)] = &branch.then_branch.stmts[..] else {
                        return None;
                    };
                    let (map, key, first) = inserted_by(insert, &not.expr, "contains_key")?;
                    (map, key, first, None)
                }
                _ => return None,
            },
            Expr::MethodCall(or) => {
                let (entry, found) = match strip(&or.receiver) {
                    Expr::MethodCall(modify) if modify.method == "and_modify" && modify.args.len() == 1 => {
                        let Expr::Closure(closure) = &modify.args[0] else {
                            return None;
                        };
                        let pattern = closure.inputs.first().filter(|_| closure.inputs.len() == 1)?;
                        (strip(&modify.receiver), Some((pattern, Done::of(&closure.body))))
                    }
                    entry => (entry, None),
                };
                let Expr::MethodCall(entry) = entry else { return None };
                let is_entry = entry.method == "entry" && entry.args.len() == 1;
                (
                    &*entry.receiver,
                    entry.args.first().filter(|_| is_entry)?,
                    inserted(or)??,
                    found,
                )
            }
            _ => return None,
        };
        let (place, _) = place_of(map).filter(|(place, _)| place.depth() == 0)?;
        let cells = Cells {
            place,
            target_expr: map,
            target: Target::Entry,
            parts: Vec::new(),
            operands: vec![key],
            start: Some(first),
        };
        Some(Lookup { cells, found })
    }
}

/// The names that a pattern gives to parts.
pub(super) fn names(pattern: &Pat) -> Option<PartNames> {
    let mut names = PartNames::new();
    paths(pattern, &mut Vec::new(), &mut names)?;
    Some(names)
}

/// The map, the key and the value of `map.insert(k, v)`, if `map.get_mut(&k)` has looked for the same.
fn inserted_by<'a>(insert: &'a Expr, looked: &Expr, method: &str) -> Option<(&'a Expr, &'a Expr, &'a Expr)> {
    let (Expr::MethodCall(look), Expr::MethodCall(insert)) = (strip(looked), only(insert)?) else {
        return None;
    };
    let arguments = |call: &ExprMethodCall, name: &str, count| call.method == name && call.args.len() == count;
    if !arguments(look, method, 1) || !arguments(insert, "insert", 2) {
        return None;
    }
    let asked = match &look.args[0] {
        Expr::Reference(reference) => &*reference.expr,
        other => other,
    };
    let text = |expr: &Expr| strip(expr).to_token_stream().to_string();
    let is_same = text(&look.receiver) == text(&insert.receiver) && plain(asked) == plain(&insert.args[0]);
    is_same.then(|| (&*insert.receiver, &insert.args[0], &insert.args[1]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_is_updated_as_if_it_had_been_the_first() {
        for (text, want) in [
            (
                "match m.get_mut(&k) { Some(e) => { *e = (*e).max(x); } None => { m.insert(k, x); } }",
                true,
            ),
            (
                "match m.get_mut(&k) { None => { m.insert(k, (1, x)); } Some((n, s)) => { *n += 1; *s += x; } }",
                true,
            ),
            (
                "if let Some(e) = m.get_mut(&k) { e.0 += x; } else { m.insert(k, (x, 0)); }",
                true,
            ),
            (
                "m.entry(k).and_modify(|e| { e.n += 1; e.last = x; }).or_insert(S { n: 1, last: x, first: x })",
                true,
            ),
            ("m.entry(k).or_insert(x)", true),
            ("if !m.contains_key(&k) { m.insert(k, x); }", true),
            (
                "match m.get_mut(&k) { Some(e) => { *e += x; } None => { m.insert(k, 0); } }",
                false,
            ),
            (
                "match m.get_mut(&k) { Some(e) => { *e = (*e).max(x); } None => { m.insert(j, x); } }",
                false,
            ),
            (
                "match m.get_mut(&k) { Some(e) => { *e = (*e).max(x); n += 1; } None => { m.insert(k, x); } }",
                false,
            ),
            (
                "match m.get_mut(&k) { Some(e) if c => *e = (*e).max(x), None => { m.insert(k, x); } }",
                false,
            ),
            ("if !m.contains_key(&k) { o.insert(k, x); }", false),
            ("if m.contains_key(&k) { m.insert(k, x); }", false),
        ] {
            let stmt: Expr = syn::parse_str(text).unwrap();
            assert_eq!(Lookup::of(&stmt).is_some(), want, "{text}");
        }
    }
}
