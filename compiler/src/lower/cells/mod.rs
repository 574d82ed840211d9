//! Which parts of a table's cell, or of a map's value, are updated, each by an operation of its own?
//!
//! `let c = &mut cells[k]; c.n += 1; c.most = c.most.max(x);` and `let e = map.entry(k).or_insert((0, 0)); e.0 += 1;
//! e.1 += x;`. What the name stands for is looked at as the loop itself is: each of its parts must be an accumulator.
//! Of functions that are refused, statements on one part of an element are given such names, and it is tried again.

pub(crate) mod elements;

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::{Expr, ExprMethodCall, Local, Member, Pat, Stmt};

use crate::lower::NodeId;
use crate::lower::accesses::{self, Access, Outside, Touch};
use crate::lower::choices::{Choice, Then};
use crate::lower::guards::{self, Guard};
use crate::lower::lent::leaves;
use crate::lower::places::{Place, Step, indices_of, place_of};
use crate::lower::updates::{self, Operation, Target, Update, strip};

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

/// A part of a cell and its law.
#[derive(Clone, Debug)]
pub(crate) struct Part<'a> {
    /// The fields that lead to it.
    pub(crate) path: Vec<String>,
    pub(crate) law: Law<'a>,
    /// Whatever the conditions, it is updated wherever its cell is looked up.
    is_always: bool,
}

#[derive(Clone, Debug)]
pub(crate) enum Law<'a> {
    Update(Update<'a>),
    /// Replaced by something better, with the other members; those of one idiom stand together.
    Guarded(Box<Guard<'a>>, PartNames),
}

/// The names that stand for parts of a cell, each with the fields that lead there.
pub(crate) type PartNames = Vec<(String, Vec<String>)>;

/// The fields that lead to the part that an expression names.
pub(crate) fn reached(names: &PartNames, expr: &Expr) -> Option<Vec<String>> {
    let (place, _) = place_of(expr)?;
    let (_, to) = names.iter().find(|(name, _)| *name == place.root)?;
    Some([to.clone(), path(&place)?].concat())
}

impl Part<'_> {
    /// The tokens that name the operation.
    pub(crate) fn operator(&self) -> TokenStream {
        match &self.law {
            Law::Update(update) => update.operator.clone(),
            Law::Guarded(guard, _) => guard.comparison.to_token_stream(),
        }
    }

    /// True if both parts may be of one loop: they are apart, or of the same law.
    pub(crate) fn fits(&self, other: &Self) -> bool {
        let is_apart = !self.path.iter().zip(&other.path).all(|(a, b)| a == b);
        is_apart
            || self.path == other.path
                && match (&self.law, &other.law) {
                    (Law::Update(a), Law::Update(b)) => {
                        a.target == b.target && a.operation.family() == b.operation.family()
                    }
                    (Law::Guarded(a, _), Law::Guarded(b, _)) => text(a) == text(b),
                    _ => false,
                }
    }
}

/// What two idioms must share to be the same one.
fn text(guard: &Guard<'_>) -> String {
    let members = guard.members.iter().map(|m| m.place.to_string()).collect::<Vec<_>>();
    let (key, op) = (guard.key, &guard.comparison);
    quote::quote!(#key #op).to_string() + &members.join(" ")
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
        cells.add(access, &found.guards, &names, rest)?;
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
    fn add(&mut self, access: &Access<'a>, guards: &[Guard<'a>], names: &PartNames, stmts: &[Stmt]) -> Option<()> {
        let law = match &access.touch {
            Touch::Read => return Some(()),
            Touch::Update(update) if update.target == Target::Whole => Law::Update(update.clone()),
            Touch::Update(update) if matches!(update.target, Target::Element(_)) && update.extremum.is_none() => {
                Law::Update(update.clone())
            }
            Touch::Guarded(number) if guards[*number].strict && guards[*number].rest.is_empty() => {
                Law::Guarded(Box::new(guards[*number].clone()), names.clone())
            }
            _ => return None,
        };
        let (_, to) = names.iter().find(|(name, _)| *name == access.place.root)?;
        let path = [to.clone(), path(&access.place)?].concat();
        let is_always = is_always(access, &law, stmts);
        self.take(Part { path, law, is_always })
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

    /// True if a new value may be made in each piece: for a sum it is zero, for the best of all anything that all pieces
    /// agree on, or the first candidate itself.
    fn starts(&self, part: &Part<'_>, is_constant: &dyn Fn(&Expr) -> bool) -> bool {
        let Some(start) = self.start else { return true };
        let Some(start) = part_of(start, &part.path) else {
            return false;
        };
        match &part.law {
            Law::Update(update) if update.extremum.is_none() => updates::is_empty_value(start),
            _ => is_constant(start) || self.starts_with_operand(part),
        }
    }

    /// True if the part of a new value is what its first update takes: that update changes nothing then.
    pub(crate) fn starts_with_operand(&self, part: &Part<'_>) -> bool {
        let operands = match &part.law {
            Law::Update(update) => &update.operands,
            Law::Guarded(guard, _) => &guard.evaluated,
        };
        let start = self.start.and_then(|start| part_of(start, &part.path));
        part.is_always && start.is_some_and(|start| operands.iter().any(|o| guards::plain(o) == guards::plain(start)))
    }
}

/// What an `Option` holds, if its parts are updated where there is something, and are the first operands else:
/// `match range { Some((low, high)) => Some((low.min(x), high.max(x))), None => Some((x, x)) }`
pub(crate) fn of_choice<'a>(choice: &Choice<'a>) -> Option<Cells<'a>> {
    let mut names = PartNames::new();
    paths(choice.pattern, &mut Vec::new(), &mut names)?;
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
        _ => {
            let found = accesses::of_statements(choice.stmts, &Only(&names));
            // the first item of a piece does nothing but make the value: so may the others do nothing else
            let updates = |stmt: &Stmt| matches!(stmt, Stmt::Expr(expr, _) if found.list.iter().any(|access| access.node == NodeId::of(expr)));
            if !choice.stmts.iter().all(updates) {
                return None;
            }
            for access in &found.list {
                let is_read = matches!(access.touch, Touch::Read);
                cells
                    .add(access, &found.guards, &names, choice.stmts)
                    .filter(|()| !is_read)?;
            }
        }
    }
    let is_first = |part: &Part<'_>| {
        let subtracts = matches!(&part.law, Law::Update(update) if update.operation == Operation::Sub);
        !subtracts && cells.starts_with_operand(part)
    };
    (!cells.parts.is_empty() && cells.parts.iter().all(is_first)).then_some(cells)
}

/// True if the statement that updates the part is one of these, and nothing leads around it.
fn is_always(access: &Access<'_>, law: &Law<'_>, stmts: &[Stmt]) -> bool {
    let is_alone = match law {
        Law::Update(_) => true,
        // the candidates and one side of the comparison: there is no other condition
        Law::Guarded(guard, _) => guard.evaluated.len() == guard.members.len() + 1,
    };
    let is_it = |stmt: &Stmt| matches!(stmt, Stmt::Expr(expr, _) if NodeId::of(expr) == access.node);
    is_alone && stmts.iter().any(is_it) && !stmts.iter().take_while(|stmt| !is_it(stmt)).any(leaves)
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

/// What the fields lead to in a value that is just made; a default for what is not named.
pub(crate) fn part_of<'e>(value: &'e Expr, path: &[String]) -> Option<&'e Expr> {
    let Some((field, path)) = path.split_first() else {
        return Some(value);
    };
    match strip(value) {
        Expr::Tuple(tuple) => part_of(tuple.elems.get(field.parse::<usize>().ok()?)?, path),
        Expr::Struct(made) => {
            let named = |member: &Member| member.to_token_stream().to_string() == *field;
            let found = made.fields.iter().find(|f| named(&f.member)).map(|f| &f.expr);
            part_of(
                found.or(made.rest.as_deref())?,
                if found.is_some() { path } else { &[] },
            )
        }
        // the parts of a default are defaults
        other => updates::is_empty_value(other).then_some(other),
    }
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
