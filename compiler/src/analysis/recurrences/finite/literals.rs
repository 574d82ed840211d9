//! Which values may a name have under a condition, if those are few literals: `c == '"' || c == '\''`, `'"' | '\'' => ..`?

use syn::parse::Parser;
use syn::{BinOp, Expr, ExprMatch, Pat};

use crate::lower::guards::conjuncts;
use crate::lower::places::place_of;
use crate::lower::updates::strip;

/// A name and the literals that it may be.
pub(super) type Literals = (String, Vec<Expr>);

/// What a condition says about names.
pub(super) fn of_condition(condition: &Expr) -> Vec<Literals> {
    conjuncts(condition).into_iter().filter_map(one_of).collect()
}

/// What an arm says about names: its pattern and its guard.
pub(super) fn of_arm(choice: &ExprMatch, pattern: &Pat) -> Vec<Literals> {
    let mut found = Vec::new();
    of_pattern(pattern, Some(&choice.expr), &mut found);
    found
}

/// `c == 'a' || c == 'b'`, `matches!(c, 'a' | 'b')`
fn one_of(condition: &Expr) -> Option<Literals> {
    match strip(condition) {
        Expr::Binary(either) if matches!(either.op, BinOp::Or(_)) => {
            let (name, mut values) = one_of(&either.left)?;
            let (other, more) = one_of(&either.right)?;
            values.extend(more);
            (name == other).then_some((name, values))
        }
        Expr::Binary(same) if matches!(same.op, BinOp::Eq(_)) => {
            let (name, literal) = match (strip(&same.left), strip(&same.right)) {
                (name, literal @ Expr::Lit(_)) | (literal @ Expr::Lit(_), name) => (name, literal),
                _ => return None,
            };
            Some((name_of(name)?, vec![literal.clone()]))
        }
        Expr::Macro(call) if call.mac.path.is_ident("matches") => {
            let parser = |input: syn::parse::ParseStream<'_>| {
                let asked: Expr = input.parse()?;
                input.parse::<syn::Token![,]>()?;
                let pattern = Pat::parse_multi_with_leading_vert(input)?;
                Ok((asked, pattern))
            };
            let (asked, pattern) = parser.parse2(call.mac.tokens.clone()).ok()?;
            Some((name_of(&asked)?, all(&pattern)?))
        }
        _ => None,
    }
}

/// The variable itself, or what is behind a reference.
fn name_of(expr: &Expr) -> Option<String> {
    let (place, _) = place_of(expr)?;
    let is_whole = place.depth() == 0
        && !place
            .steps
            .iter()
            .any(|step| matches!(step, crate::lower::places::Step::Field(_)));
    is_whole.then_some(place.root)
}

fn of_pattern(pattern: &Pat, value: Option<&Expr>, found: &mut Vec<Literals>) {
    match (pattern, value.map(strip)) {
        (Pat::Guard(guard), value) => {
            of_pattern(&guard.pat, value, found);
            found.extend(of_condition(&guard.guard));
        }
        (Pat::Tuple(patterns), Some(Expr::Tuple(values))) if patterns.elems.len() == values.elems.len() => {
            for (pattern, value) in patterns.elems.iter().zip(&values.elems) {
                of_pattern(pattern, Some(value), found);
            }
        }
        (Pat::Ident(name), _) => {
            let values = name.subpat.as_ref().and_then(|(_, pattern)| all(pattern));
            found.extend(values.map(|values| (name.ident.to_string(), values)));
        }
        (pattern, Some(value)) => found.extend(name_of(value).zip(all(pattern))),
        _ => {}
    }
}

/// The literals of a pattern that is nothing else.
fn all(pattern: &Pat) -> Option<Vec<Expr>> {
    match pattern {
        Pat::Lit(literal) => Some(vec![Expr::Lit(literal.clone())]),
        Pat::Or(cases) => {
            let lists: Option<Vec<_>> = cases.cases.iter().map(all).collect();
            Some(lists?.concat())
        }
        Pat::Paren(inner) => all(&inner.pat),
        Pat::Reference(inner) => all(&inner.pat),
        _ => None,
    }
}
