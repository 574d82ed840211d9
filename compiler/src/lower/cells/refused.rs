//! Why is what a name stands for no cell: which of its parts has no law?

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Expr, Local, Pat, Stmt};

use super::lookups::{self, Done, Lookup};
use super::parts::is_always;
use super::{Cells, Law, Only, Part, PartNames, lent, named, path};
use crate::lower::accesses::{self, Access, Touch};
use crate::lower::choices::Choice;
use crate::lower::places::{Place, place_of};
use crate::lower::updates::Target;
use crate::lower::uses;

/// What stands in the way.
#[derive(Debug)]
pub(crate) struct Refused {
    /// The table, map or `Option`.
    pub(crate) place: Place,
    /// The part, as it is written.
    pub(crate) part: String,
    /// Where it is touched.
    pub(crate) at: TokenStream,
    pub(crate) obstacle: Obstacle,
}

#[derive(Debug)]
pub(crate) enum Obstacle {
    /// It becomes something by no known operation.
    Unknown,
    /// The last value stays, and a piece can't tell whether it has written one.
    Overwritten,
    /// It is looked at, here and in these places.
    Read(Vec<TokenStream>),
    /// A method may change it.
    Called(String),
    /// This operation updates it, and before it that one.
    Mixed(TokenStream, TokenStream),
}

/// The obstacle to a cell that `local` names.
pub(crate) fn of_local(local: &Local, rest: &[Stmt]) -> Option<Refused> {
    let (name, value) = named(local)?;
    let cells = lent(value)?;
    let shown = match value {
        // a name that the user hasn't written
        Expr::Reference(reference) if name == "cell" => reference.expr.to_token_stream().to_string().replace(' ', ""),
        _ => name.to_string(),
    };
    search(
        cells,
        &vec![(name.to_string(), Vec::new())],
        &shown,
        Done::Several(rest),
    )
}

/// The obstacle to what is looked up in a map, and updated there.
pub(crate) fn of_lookup(stmt: &Expr) -> Option<Refused> {
    let Lookup { cells, found } = Lookup::looks(stmt)?;
    let (pattern, done) = found?;
    search(cells, &lookups::names(pattern)?, &shown(pattern), done)
}

/// The name of all that is found.
fn shown(pattern: &Pat) -> String {
    match pattern {
        Pat::Ident(name) => name.ident.to_string(),
        _ => String::new(),
    }
}

/// The obstacle to what an `Option` holds.
pub(crate) fn of_choice(choice: &Choice<'_>) -> Option<Refused> {
    let (place, _) = place_of(choice.target)?;
    let cells = Cells {
        place,
        target_expr: choice.target,
        target: Target::Held,
        parts: Vec::new(),
        operands: Vec::new(),
        start: Some(choice.first),
    };
    let names = lookups::names(choice.pattern)?;
    search(cells, &names, &shown(choice.pattern), Done::Several(choice.stmts))
}

fn search<'a>(mut cells: Cells<'a>, names: &PartNames, shown: &str, done: Done<'a>) -> Option<Refused> {
    let found = match done {
        Done::One(update) => accesses::of_expressions(&[update], &Only(names)),
        Done::Several(updates) => accesses::of_statements(updates, &Only(names)),
    };
    let mut reads = Vec::new();
    let place = cells.place.clone();
    let refused = |access: &Access<'_>, obstacle| {
        let fields = path(&access.place).unwrap_or_default();
        let whole = if shown.is_empty() { &access.place.root } else { shown };
        let part = std::iter::once(whole).chain(fields.iter().map(String::as_str));
        Some(Refused {
            place: place.clone(),
            part: part.collect::<Vec<_>>().join("."),
            at: access.at.clone(),
            obstacle,
        })
    };
    for access in &found.list {
        let law = match (&access.touch, Law::of(access, &found, names)) {
            (Touch::Read, _) => {
                reads.push(access);
                continue;
            }
            (Touch::Method { name, .. }, _) => return refused(access, Obstacle::Called(name.to_string())),
            (
                Touch::Write {
                    node: Expr::Assign(assign),
                },
                _,
            ) if uses::uses(&assign.right, &access.place.root) => {
                return refused(access, Obstacle::Unknown);
            }
            (Touch::BorrowMut, None) => return None,
            (_, None) => return refused(access, Obstacle::Unknown),
            (_, Some(law)) => law,
        };
        let (_, to) = names.iter().find(|(name, _)| *name == access.place.root)?;
        let part = Part {
            path: [to.clone(), path(&access.place)?].concat(),
            is_always: match done {
                Done::One(_) => true,
                Done::Several(updates) => is_always(access, &law, updates),
            },
            law,
        };
        if let Some(known) = cells.parts.iter().find(|known| !known.fits(&part)) {
            return refused(access, Obstacle::Mixed(part.operator(), known.operator()));
        }
        if matches!(part.law, Law::Last(_)) && !cells.starts(&part, &|_| true) {
            return refused(access, Obstacle::Overwritten);
        }
        cells.take(part)?;
    }
    let looks = |access: &&Access<'_>| {
        let fields = path(&access.place).unwrap_or_default();
        let is_part = |part: &Part<'_>| part.path.iter().zip(&fields).all(|(a, b)| a == b);
        cells.target == Target::Entry || cells.parts.iter().any(is_part)
    };
    let read = *reads.first().filter(|first| looks(first))?;
    let name = |access: &Access<'_>| (access.place.root.clone(), path(&access.place));
    let others = reads.iter().filter(|other| name(other) == name(read));
    refused(read, Obstacle::Read(others.map(|other| other.at.clone()).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_without_a_law_is_named() {
        for (text, want) in [
            (
                "let s = &mut t[k]; s.n += 1; s.total = f(s.total, x);",
                Some(("s.total", "Unknown")),
            ),
            (
                "let s = &mut t[k]; s.n += 1; s.last = x;",
                Some(("s.last", "Overwritten")),
            ),
            (
                "let e = t.entry(k).or_default(); e.n += 1; if ok { e.last = x; }",
                Some(("e.last", "Overwritten")),
            ),
            (
                "let e = t.entry(k).or_default(); e.n += 1; e.feed(x);",
                Some(("e", "Called(\"feed\")")),
            ),
            (
                "let e = t.entry(k).or_default(); e.n += 1; if e.n > 3 { m += 1; }",
                Some(("e.n", "Read")),
            ),
            (
                "let e = t.entry(k).or_default(); e.n += 1; e.n = e.n.max(x);",
                Some(("e.n", "Mixed(TokenStream")),
            ),
            (
                "let e = t.entry(k).or_default(); e.n += 1; e.n /= 2;",
                Some(("e.n", "Unknown")),
            ),
            ("let e = t.entry(k).or_default(); e.n += 1; f(e);", None),
            (
                "let cell = &mut t[k]; (*cell).total = 2 * (*cell).total + x;",
                Some(("t[k].total", "Unknown")),
            ),
        ] {
            let block: syn::Block = syn::parse_str(&format!("{{ {text} }}")).unwrap();
            let Stmt::Local(local) = &block.stmts[0] else {
                panic!("{text}")
            };
            let found = of_local(local, &block.stmts[1..]);
            let found = found.map(|refused| (refused.part, format!("{:?}", refused.obstacle)));
            let is_it = match (&found, want) {
                (Some((part, obstacle)), Some((wanted, what))) => part == wanted && obstacle.starts_with(what),
                (found, want) => found.is_none() && want.is_none(),
            };
            assert!(is_it, "{text}: {found:?}");
        }
    }
}
