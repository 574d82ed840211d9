//! Which law does a part of a cell follow, and may its values start anew in each piece?

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Expr, Member};

use super::Cells;
use crate::lower::NodeId;
use crate::lower::accesses::{Access, Accesses, Touch};
use crate::lower::bests::Best;
use crate::lower::choices::in_some;
use crate::lower::guards::{self, Guard};
use crate::lower::updates::{self, Target, Update, strip};

/// A part of a cell and its law.
#[derive(Clone, Debug)]
pub(crate) struct Part<'a> {
    /// The fields that lead to it.
    pub(crate) path: Vec<String>,
    pub(crate) law: Law<'a>,
    /// Whatever the conditions, it is updated wherever its cell is looked up.
    pub(super) is_always: bool,
}

#[derive(Clone, Debug)]
pub(crate) enum Law<'a> {
    Update(Update<'a>),
    /// Replaced by something better, with the other members; those of one idiom stand together.
    Guarded(Box<Guard<'a>>, PartNames),
    /// An `Option` that keeps the better of two.
    Best(Box<Best<'a>>),
    /// Overwritten: the last value stays.
    Last(Last<'a>),
}

/// A part that is overwritten.
#[derive(Clone, Debug)]
pub(crate) struct Last<'a> {
    /// The new value.
    value: &'a Expr,
    /// The assignment.
    at: TokenStream,
    /// The value is a `Some`: a piece that has assigned nothing has none.
    pub(crate) is_some: bool,
}

/// The names that stand for parts of a cell, each with the fields that lead there.
pub(crate) type PartNames = Vec<(String, Vec<String>)>;

impl<'a> Law<'a> {
    /// The law that an access to a part follows.
    pub(super) fn of(access: &Access<'a>, found: &Accesses<'a>, names: &PartNames) -> Option<Self> {
        Some(match &access.touch {
            Touch::Update(update) if matches!(update.target, Target::Whole | Target::Held) => {
                Law::Update(update.clone())
            }
            Touch::Update(update) if matches!(update.target, Target::Element(_)) && update.extremum.is_none() => {
                Law::Update(update.clone())
            }
            Touch::Guarded(number) => {
                let guard = &found.guards[*number];
                let is_one = guard.order.strict && guard.order.simple.is_some();
                (is_one && guard.rest.is_empty()).then(|| Law::Guarded(Box::new(guard.clone()), names.clone()))?
            }
            Touch::Best(number) => Law::Best(Box::new(found.bests[*number].clone())),
            Touch::Write {
                node: Expr::Assign(assign),
            } => Law::Last(Last {
                value: &assign.right,
                at: assign.eq_token.to_token_stream(),
                is_some: in_some(&assign.right).is_some(),
            }),
            _ => return None,
        })
    }

    /// What its updates take, any of which may be what a new value is.
    fn operands(&self) -> &[&'a Expr] {
        match self {
            Law::Update(update) => &update.operands,
            Law::Guarded(guard, _) => &guard.evaluated,
            Law::Best(best) => &best.evaluated,
            Law::Last(last) => std::slice::from_ref(&last.value),
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Law::Update(a), Law::Update(b)) => a.target == b.target && a.operation.family() == b.operation.family(),
            (Law::Guarded(a, _), Law::Guarded(b, _)) => a.text() == b.text() && members(a) == members(b),
            (Law::Best(a), Law::Best(b)) => a.is_first == b.is_first && a.order() == b.order(),
            (Law::Last(a), Law::Last(b)) => a.is_some == b.is_some,
            _ => false,
        }
    }

    /// True if nothing is an `Option`'s value in a piece that has seen none.
    fn is_in_option(&self) -> bool {
        match self {
            Law::Update(update) => update.target == Target::Held,
            Law::Best(_) => true,
            Law::Last(last) => last.is_some,
            Law::Guarded(..) => false,
        }
    }

    /// True if a piece's own part starts from an identity.
    pub(crate) fn has_identity(&self) -> bool {
        self.is_in_option() || matches!(self, Law::Update(update) if update.extremum.is_none())
    }
}

impl Part<'_> {
    /// The tokens that name the operation.
    pub(crate) fn operator(&self) -> TokenStream {
        match &self.law {
            Law::Update(update) => update.operator.clone(),
            Law::Guarded(guard, _) => guard.operator(),
            Law::Best(best) => best.operator.clone(),
            Law::Last(last) => last.at.clone(),
        }
    }

    /// True if both parts may be of one loop: they are apart, or of the same law.
    pub(super) fn fits(&self, other: &Self) -> bool {
        let is_apart = !self.path.iter().zip(&other.path).all(|(a, b)| a == b);
        is_apart || self.path == other.path && self.law.is_same(&other.law)
    }
}

/// The places that are replaced together.
fn members(guard: &Guard<'_>) -> Vec<String> {
    guard.members.iter().map(|member| member.place.to_string()).collect()
}

impl<'a> Cells<'a> {
    /// True if a new value may be made in each piece: for a sum it is zero, for the best of all anything that all pieces
    /// agree on, or the first candidate itself.
    pub(super) fn starts(&self, part: &Part<'_>, is_constant: &dyn Fn(&Expr) -> bool) -> bool {
        match &part.law {
            // nothing tells whether a piece has assigned to a cell of its copy
            Law::Last(last) if !last.is_some && matches!(self.target, Target::Element(_)) => return false,
            Law::Last(last) if !last.is_some => return part.is_always,
            _ => {}
        }
        let Some(start) = self.start else { return true };
        let Some(start) = part_of(start, &part.path) else {
            return false;
        };
        match part.law.has_identity() {
            true => is_identity(start),
            false => is_constant(start) || self.starts_with_operand(part),
        }
    }

    /// True if the part of a new value is what its first update takes: that update changes nothing then.
    pub(crate) fn starts_with_operand(&self, part: &Part<'_>) -> bool {
        let start = self.start.and_then(|start| part_of(start, &part.path));
        let is_it = |operand: &&Expr| start.is_some_and(|start| guards::plain(operand) == guards::plain(start));
        part.is_always && part.law.operands().iter().any(is_it)
    }

    /// What the part of a new value is; `Some(None)` if that isn't seen.
    fn start_of(&self, part: &Part<'_>) -> Option<Option<&'a Expr>> {
        self.start.map(|start| part_of(start, &part.path))
    }

    /// True if one loop may have both: the parts follow the same laws, and a value that either makes is right for the other.
    pub(crate) fn fits(&self, other: &Cells<'_>) -> bool {
        let fits = |part: &Part<'_>| other.parts.iter().all(|known| part.fits(known));
        self.target == other.target
            && self.parts.iter().all(fits)
            && (self.target != Target::Entry || self.starts_like(other) && other.starts_like(self))
    }

    /// True if the values that the other one makes do for the parts of this one.
    fn starts_like(&self, other: &Cells<'_>) -> bool {
        self.parts.iter().all(|part| {
            let same = other.parts.iter().find(|known| known.path == part.path);
            if let Law::Last(last) = &part.law
                && !last.is_some
            {
                return same.is_some_and(|same| same.is_always);
            }
            match (self.start_of(part), other.start_of(part)) {
                (_, start) if part.law.has_identity() => start.is_none_or(|start| start.is_some_and(is_identity)),
                _ if self.starts_with_operand(part) => same.is_some_and(|same| other.starts_with_operand(same)),
                (Some(Some(mine)), Some(Some(others))) => guards::plain(mine) == guards::plain(others),
                (mine, others) => mine.is_none() && others.is_none(),
            }
        })
    }
}

/// `0`, `Vec::new()`, `None`
fn is_identity(value: &Expr) -> bool {
    let is_none =
        matches!(value, Expr::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "None"));
    is_none || updates::is_empty_value(value)
}

/// True if the statement that updates the part is one of these, and nothing leads around it.
pub(super) fn is_always(access: &Access<'_>, law: &Law<'_>, stmts: &[syn::Stmt]) -> bool {
    use crate::lower::lent::leaves;
    let is_alone = match law {
        Law::Update(_) | Law::Last(_) | Law::Best(_) => true,
        // the candidates and one side of the comparison: there is no other condition
        Law::Guarded(guard, _) => guard.evaluated.len() == guard.members.len() + 1,
    };
    let is_it = |stmt: &syn::Stmt| matches!(stmt, syn::Stmt::Expr(expr, _) if NodeId::of(expr) == access.node);
    is_alone && stmts.iter().any(is_it) && !stmts.iter().take_while(|stmt| !is_it(stmt)).any(leaves)
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
