//! Which parts of a table's cell, or of a map's value, are updated, each by an operation of its own?
//!
//! `let c = &mut cells[k]; c.n += 1; c.most = c.most.max(x);` and `let e = map.entry(k).or_insert((0, 0)); e.0 += 1;
//! e.1 += x;`. What the name stands for is looked at as the loop itself is: each of its parts must be an accumulator.
//! Of functions that are refused, statements on one part of an element are given such names, and it is tried again.

pub(crate) mod elements;
pub(crate) mod lookups;
mod parts;
pub(crate) mod refused;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{Expr, ExprMethodCall, Local, Pat, Stmt};

use self::parts::is_always;
pub(crate) use self::parts::{Law, Part, PartNames, part_of};
use crate::diagnostics::ends;
use crate::lower::NodeId;
use crate::lower::accesses::{self, Access, Accesses, Outside, Touch};
use crate::lower::choices::{Choice, Then};
use crate::lower::places::{Place, Step, indices_of, place_of};
use crate::lower::updates::{self, Operation, Target, Update, strip};
use crate::names::respanned;

/// The parts of the cells of one table that some statements update.
#[derive(Debug)]
pub(crate) struct Cells<'a> {
    /// The table or map.
    pub(crate) place: Place,
    /// Its expression.
    pub(crate) target_expr: &'a Expr,
    /// A cell, so many indices down, the value of a key, or what an `Option` holds.
    pub(crate) target: Target,
    pub(crate) parts: Vec<Part<'a>>,
    /// What is evaluated besides: the indices or the key.
    pub(crate) operands: Vec<&'a Expr>,
    /// What a value is before its first update.
    pub(crate) start: Option<&'a Expr>,
}

/// The fields that lead to the part that an expression names.
pub(crate) fn reached(names: &PartNames, expr: &Expr) -> Option<Vec<String>> {
    let (place, _) = place_of(expr)?;
    let (_, to) = names.iter().find(|(name, _)| *name == place.root)?;
    Some([to.clone(), path(&place)?].concat())
}

/// Some names alone.
struct Only<'n>(&'n PartNames);

impl Outside for Only<'_> {
    fn is_variable(&self, name: &str) -> bool {
        self.0.iter().any(|(own, _)| own == name)
    }

    fn is_mutable_reference(&self, _: &str) -> bool {
        true
    }

    fn may_change(&self, _: &str) -> bool {
        true
    }

    fn is_wary(&self) -> bool {
        true
    }
}

/// The cell that `local` names, if the statements behind it only accumulate in it.
pub(crate) fn recognise<'a>(
    local: &'a Local,
    rest: &'a [Stmt],
    is_constant: &dyn Fn(&Expr) -> bool,
) -> Option<Cells<'a>> {
    let (name, value) = named(local)?;
    let mut cells = lent(value)?;
    let names = vec![(name.to_string(), Vec::new())];
    let found = accesses::of_statements(rest, &Only(&names));
    for access in &found.list {
        cells.add(access, &found, &names, rest)?;
    }
    let reads = found.list.iter().filter(|access| matches!(access.touch, Touch::Read));
    let is_read = reads.map(|access| path(&access.place)).any(|read| {
        let read = read.unwrap_or_default();
        let is_updated = |part: &Part<'_>| part.path.iter().zip(&read).all(|(a, b)| a == b);
        // a piece that starts without the map's values doesn't know what else is in them
        cells.target == Target::Entry || cells.parts.iter().any(is_updated)
    });
    let starts = cells.parts.iter().all(|part| cells.starts(part, is_constant));
    (!cells.parts.is_empty() && !is_read && starts).then_some(cells)
}

impl<'a> Cells<'a> {
    /// Takes in what is done to the part that is reached through one of the names.
    fn add(&mut self, access: &Access<'a>, found: &Accesses<'a>, names: &PartNames, stmts: &[Stmt]) -> Option<()> {
        if matches!(access.touch, Touch::Read) {
            return Some(());
        }
        let law = Law::of(access, found, names)?;
        let is_always = is_always(access, &law, stmts);
        self.take_at(access, law, is_always, names)
    }

    fn take(&mut self, part: Part<'a>) -> Option<()> {
        if !self.parts.iter().all(|known| known.fits(&part)) {
            return None;
        }
        if !self.parts.iter().any(|known| known.path == part.path) {
            self.parts.push(part);
        }
        Some(())
    }

    /// Takes in the updates that some statements are: the first item of a piece does nothing but make the value, so the
    /// others may do nothing else.
    fn only_updated(&mut self, stmts: &'a [Stmt], names: &PartNames) -> Option<()> {
        let found = accesses::of_statements(stmts, &Only(names));
        let is_update = |expr: &Expr| found.list.iter().any(|access| access.node == NodeId::of(expr));
        let is_read = found.list.iter().any(|access| matches!(access.touch, Touch::Read));
        if is_read
            || !stmts
                .iter()
                .all(|stmt| matches!(stmt, Stmt::Expr(expr, _) if is_update(expr)))
        {
            return None;
        }
        found.list.iter().try_for_each(|access| {
            let law = Law::of(access, &found, names)?;
            let is_always = is_always(access, &law, stmts);
            self.take_at(access, law, is_always, names)
        })
    }

    /// The same of one update.
    fn updated_by(&mut self, update: &'a Expr, names: &PartNames) -> Option<()> {
        let found = accesses::of_expressions(&[update], &Only(names));
        let [access] = &found.list[..] else { return None };
        let law = Law::of(access, &found, names)?;
        let is_it = access.node == NodeId::of(update);
        is_it.then(|| self.take_at(access, law, true, names))?
    }

    /// Takes in a part under the name that it is reached by.
    fn take_at(&mut self, access: &Access<'a>, law: Law<'a>, is_always: bool, names: &PartNames) -> Option<()> {
        let (_, to) = names.iter().find(|(name, _)| *name == access.place.root)?;
        let path = [to.clone(), path(&access.place)?].concat();
        self.take(Part { path, law, is_always })
    }

    /// True if all parts of a value that is made are what their updates take.
    fn start_with_first(&self) -> bool {
        self.parts.iter().all(|part| {
            let subtracts = matches!(&part.law, Law::Update(update) if update.operation == Operation::Sub);
            !subtracts && self.starts_with_operand(part)
        })
    }

    /// The tokens that name the first operation.
    pub(crate) fn operator(&self) -> TokenStream {
        match self.parts.first() {
            Some(part) => part.operator(),
            // the first value of a key stays
            None => respanned(quote!(insert), ends(self.target_expr).0),
        }
    }
}

/// What an `Option` holds, if its parts are updated where there is something, and are the first operands else:
/// `match range { Some((low, high)) => Some((low.min(x), high.max(x))), None => Some((x, x)) }`
pub(crate) fn of_choice<'a>(choice: &Choice<'a>) -> Option<Cells<'a>> {
    let names = lookups::names(choice.pattern)?;
    let (place, _) = place_of(choice.target)?;
    let mut cells = Cells {
        place,
        target_expr: choice.target,
        target: Target::Held,
        parts: Vec::new(),
        operands: vec![choice.first],
        start: Some(choice.first),
    };
    match choice.then {
        Then::New(Expr::Tuple(values)) => {
            for (number, value) in values.elems.iter().enumerate() {
                let path = vec![number.to_string()];
                let (name, _) = names.iter().find(|(_, to)| *to == path)?;
                let is_it = |expr: &Expr| {
                    place_of(strip(expr)).is_some_and(|(place, _)| place.root == *name && path_is_empty(&place))
                };
                let update = updates::of_value(choice.target, value, &is_it)?;
                cells.operands.extend(update.operands.clone());
                let update = Update {
                    target: Target::Whole,
                    ..update
                };
                cells.take(Part {
                    path,
                    law: Law::Update(update),
                    is_always: true,
                })?;
            }
        }
        _ if choice.stmts.is_empty() => return None,
        _ => cells.only_updated(choice.stmts, &names)?,
    }
    (!cells.parts.is_empty() && cells.start_with_first()).then_some(cells)
}

fn path_is_empty(place: &Place) -> bool {
    path(place).is_some_and(|path| path.is_empty())
}

/// The names that the pattern gives to parts, each with the fields that lead there.
fn paths(pattern: &Pat, to: &mut Vec<String>, names: &mut PartNames) -> Option<()> {
    match pattern {
        Pat::Wild(_) => {}
        Pat::Ident(name) if name.subpat.is_none() => names.push((name.ident.to_string(), to.clone())),
        Pat::Paren(inner) => paths(&inner.pat, to, names)?,
        Pat::Type(typed) => paths(&typed.pat, to, names)?,
        Pat::Tuple(parts) => {
            for (number, part) in parts.elems.iter().enumerate() {
                to.push(number.to_string());
                paths(part, to, names)?;
                to.pop();
            }
        }
        _ => return None,
    }
    Some(())
}

/// The fields behind the name, if nothing else leads there.
fn path(place: &Place) -> Option<Vec<String>> {
    let fields = place.steps.iter().filter(|step| **step != Step::Deref);
    fields
        .map(|step| match step {
            Step::Field(name) => Some(name.clone()),
            _ => None,
        })
        .collect()
}

fn named(local: &Local) -> Option<(&Ident, &Expr)> {
    let Pat::Ident(pattern) = &local.pat else { return None };
    let init = local.init.as_ref().filter(|init| init.diverge.is_none())?;
    let is_plain = pattern.by_ref.is_none() && pattern.subpat.is_none() && local.attrs.is_empty();
    is_plain.then(|| (&pattern.ident, strip(&init.expr)))
}

/// `&mut cells[i][j]`, `map.entry(k).or_insert(START)`
fn lent(value: &Expr) -> Option<Cells<'_>> {
    let (target_expr, target, operands, start) = match value {
        Expr::Reference(reference) if reference.mutability.is_some() => {
            let element = strip(&reference.expr);
            let (table, depth) = table(element).filter(|(_, depth)| *depth > 0)?;
            (table, Target::Element(depth), indices_of(element), None)
        }
        Expr::MethodCall(or) => {
            let Expr::MethodCall(entry) = strip(&or.receiver) else {
                return None;
            };
            let start = inserted(or)?;
            let is_entry = entry.method == "entry" && entry.args.len() == 1;
            is_entry.then(|| (&*entry.receiver, Target::Entry, vec![&entry.args[0]], start))?
        }
        _ => return None,
    };
    let (place, _) = place_of(target_expr).filter(|(place, _)| place.depth() == 0)?;
    Some(Cells {
        place,
        target_expr,
        target,
        parts: Vec::new(),
        operands,
        start,
    })
}

/// What the call makes of a vacant entry; nothing for a default.
fn inserted(or: &ExprMethodCall) -> Option<Option<&Expr>> {
    match (or.method.to_string().as_str(), or.args.first()) {
        ("or_default", None) => Some(None),
        ("or_insert", Some(value)) => Some(Some(value)),
        ("or_insert_with", Some(Expr::Closure(closure))) if closure.inputs.is_empty() => Some(Some(&closure.body)),
        ("or_insert_with", Some(Expr::Path(path))) => path
            .path
            .segments
            .last()
            .is_some_and(|s| s.ident == "default")
            .then_some(None),
        _ => None,
    }
}

/// The table of an element that is nothing but indexed, and how often.
fn table(element: &Expr) -> Option<(&Expr, usize)> {
    match strip(element) {
        Expr::Index(index) => table(&index.expr).map(|(table, depth)| (table, depth + 1)),
        other => place_of(other).map(|_| (other, 0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_may_start_with_a_candidate_that_is_taken_in_any_case() {
        for (text, want) in [
            ("let e = m.entry(k).or_insert(x); *e = (*e).max(x);", true),
            ("let e = m.entry(k).or_insert(x); if x > *e { *e = x; }", true),
            (
                "let e = m.entry(k).or_insert((x, 0)); e.0 = e.0.min(x); if ok { e.1 += 1; }",
                true,
            ),
            (
                "let e = m.entry(k).or_insert(i64::MIN); if ok { *e = (*e).max(x); }",
                true,
            ),
            ("let e = m.entry(k).or_insert(x); if ok { *e = (*e).max(x); }", false),
            ("let e = m.entry(k).or_insert(x); if ok && x > *e { *e = x; }", false),
            (
                "let e = m.entry(k).or_insert(x); if ok { continue; } *e = (*e).max(x);",
                false,
            ),
            ("let e = m.entry(k).or_insert(x); check!(x); *e = (*e).max(x);", false),
            ("let e = m.entry(k).or_insert(y); *e = (*e).max(x);", false),
            ("let e = m.entry(k).or_insert(1); *e += x;", false),
            (
                "let e = m.entry(k).or_insert((0, 0)); e.0 += x; if e.1 > 3 { n += 1; }",
                false,
            ),
            ("let e = m.entry(k).or_insert((0, 0)); e.0 += x; f(e);", false),
        ] {
            let block: syn::Block = syn::parse_str(&format!("{{ {text} }}")).unwrap();
            let Stmt::Local(local) = &block.stmts[0] else {
                panic!("{text}")
            };
            let is_constant = |value: &Expr| matches!(value, Expr::Path(path) if path.path.segments.len() > 1);
            let found = recognise(local, &block.stmts[1..], &is_constant);
            assert_eq!(found.is_some(), want, "{text}");
        }
    }

    #[test]
    fn what_is_held_is_made_in_each_piece_and_nothing_else_is_done() {
        for (text, want) in [
            (
                "if let Some((a, b)) = &mut m { *a = (*a).min(x); *b += x; } else { m = Some((x, x)); }",
                true,
            ),
            (
                "match m { Some((a, n)) => m = Some((a.max(x), n + 1)), None => m = Some((x, 1)) }",
                true,
            ),
            (
                "if let Some((a, _)) = &mut m { *a = (*a).min(x); } else { m = Some((x, i)); }",
                true,
            ),
            (
                "if let Some((a, b)) = &mut m { *a = (*a).min(x); n += 1; } else { m = Some((x, x)); }",
                false,
            ),
            (
                "if let Some((a, b)) = &mut m { *a ^= x; if ok { break; } } else { m = Some((x, x)); }",
                false,
            ),
            (
                "if let Some((a, b)) = &mut m { if ok { *a = (*a).min(x); } } else { m = Some((x, x)); }",
                false,
            ),
            (
                "match m { Some((a, n)) => m = Some((a.max(x), n + 1)), None => m = Some((x, 2)) }",
                false,
            ),
            (
                "match m { Some((a, b)) => m = Some((b.max(x), a.max(x))), None => m = Some((x, x)) }",
                false,
            ),
            (
                "match m { Some((a, b)) => m = Some((a - x, b)), None => m = Some((x, x)) }",
                false,
            ),
        ] {
            let expr: Expr = syn::parse_str(text).unwrap();
            let found = Choice::of(&expr).and_then(|choice| of_choice(&choice).map(|_| ()));
            assert_eq!(found.is_some(), want, "{text}");
        }
    }
}
