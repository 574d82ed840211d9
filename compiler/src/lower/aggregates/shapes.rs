//! What a tuple or a struct is made of.

use proc_macro2::Span;
use syn::{Expr, Member, Pat, Path, Type, parse_quote, parse_quote_spanned};

use crate::lower::places::place_of;
use crate::lower::spread::{is_same, is_whole};
use crate::lower::updates::strip;

/// Values, each with the number of the part that it is for.
pub(super) type Values = Vec<(usize, Expr)>;

/// The parts of a tuple or of a struct.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    /// The struct's name.
    path: Option<Path>,
    members: Vec<Member>,
}

impl Shape {
    pub(super) fn tuple(count: usize) -> Self {
        Shape {
            path: None,
            members: (0..count).map(Member::from).collect(),
        }
    }

    /// The shape of a literal.
    pub(super) fn of_value(value: &Expr) -> Option<Self> {
        match strip(value) {
            Expr::Tuple(tuple) if tuple.elems.len() > 1 => Some(Shape::tuple(tuple.elems.len())),
            Expr::Struct(literal) if is_whole(literal) => Some(Shape {
                path: Some(literal.path.clone()),
                members: literal.fields.iter().map(|field| field.member.clone()).collect(),
            }),
            _ => None,
        }
    }

    /// The shape of a type.
    pub(super) fn of_type(ty: &Type) -> Option<Self> {
        match ty {
            Type::Tuple(tuple) if tuple.elems.len() > 1 => Some(Shape::tuple(tuple.elems.len())),
            _ => None,
        }
    }

    /// The shape of what a pattern takes apart.
    pub(super) fn of_pattern(pattern: &Pat) -> Option<Self> {
        match pattern {
            Pat::Tuple(tuple) if !tuple.elems.iter().any(|p| matches!(p, Pat::Rest(_))) => {
                Some(Shape::tuple(tuple.elems.len()))
            }
            _ => None,
        }
    }

    pub(super) fn position(&self, member: &Member) -> Option<usize> {
        self.members.iter().position(|known| known == member)
    }

    pub(super) fn members(&self) -> &[Member] {
        &self.members
    }

    /// `whole.0`, `whole.1`
    pub(super) fn fields(&self, whole: &Expr) -> Vec<Expr> {
        let whole = strip(whole);
        self.members.iter().map(|member| parse_quote!(#whole.#member)).collect()
    }

    /// The literal that is made of these parts.
    pub(super) fn literal(&self, parts: &[Expr], at: Span) -> Expr {
        // ours, so that nobody is told of parentheses that weren't written
        let at = Span::mixed_site().located_at(at);
        match &self.path {
            None => parse_quote_spanned!(at=> (#(#parts),*)),
            Some(path) => {
                let members = &self.members;
                // in parentheses, for it may stand in a condition
                parse_quote_spanned!(at=> (#path { #(#members: #parts),* }))
            }
        }
    }

    /// What a whole of another shape gives to which member, if it is of the same kind.
    pub(super) fn paired(&self, other: &Shape, parts: Vec<Expr>) -> Option<Values> {
        let is_struct = (self.path.is_some(), other.path.is_some());
        let fits = is_struct.0 == is_struct.1 && self.members.len() == other.members.len();
        let pairs = other.members.iter().zip(parts);
        pairs
            .map(|(member, part)| Some((self.position(member)?, part)))
            .collect::<Option<_>>()
            .filter(|_| fits)
    }

    /// The types of the members of a tuple.
    pub(super) fn types(&self, ty: &Type) -> Vec<Type> {
        match ty {
            Type::Tuple(tuple) if tuple.elems.len() == self.members.len() => tuple.elems.iter().cloned().collect(),
            _ => Vec::new(),
        }
    }

    /// What a literal of this shape gives to which member, in the order in which it is computed.
    ///
    /// With `..rest` the literal leaves the other members as `rest` has them.
    pub(super) fn values(&self, value: &Expr, rest: Option<&Expr>) -> Option<Values> {
        match (strip(value), &self.path) {
            (Expr::Tuple(tuple), None) if tuple.elems.len() == self.members.len() => {
                Some(tuple.elems.iter().cloned().enumerate().collect())
            }
            (Expr::Struct(literal), Some(_)) => {
                match (&literal.rest, rest) {
                    (Some(others), Some(rest)) if is_same(others, rest) => {}
                    (None, _) if literal.fields.len() == self.members.len() => {}
                    _ => return None,
                }
                let fields = literal.fields.iter();
                fields
                    .map(|field| Some((self.position(&field.member)?, field.expr.clone())))
                    .collect()
            }
            _ => None,
        }
    }
}

/// The variable that an expression is.
pub(super) fn variable(expr: &Expr) -> Option<String> {
    let (place, _) = place_of(strip(expr))?;
    place.is_variable().then_some(place.root)
}
