//! Are a loop's items `&mut`, so that what an iteration does to them is seen from outside?

use quote::ToTokens;
use syn::{Expr, ExprMethodCall, GenericArgument, PathArguments, Type};

use super::handed;
use crate::lower::chains;
use crate::lower::primitives;
use crate::lower::variables::{self, Holds, Variable};

/// Methods whose items are shared, or the loop's own, also those of a `&mut`.
const LOOKS: &[&str] = &[
    "bytes",
    "char_indices",
    "chars",
    "chunks",
    "chunks_exact",
    "drain",
    "iter",
    "keys",
    "lines",
    "rchunks",
    "split_whitespace",
    "values",
    "windows",
];

/// Lists of the standard library.
const LISTS: &[&str] = &[
    "BTreeMap",
    "BTreeSet",
    "BinaryHeap",
    "HashMap",
    "HashSet",
    "LinkedList",
    "Range",
    "RangeInclusive",
    "Vec",
    "VecDeque",
];

/// Other types of the standard library that hold values, or are some.
const HOLDERS: &[&str] = &["Box", "Option", "String"];

/// True if the elements of the variable are known to be `&mut`.
fn holds_mutable(list: &Expr, variables: &[Variable]) -> bool {
    match variables::named(list, variables).and_then(|(variable, _)| variable.ty.as_ref()) {
        Some(Type::Reference(reference)) => handed::lends(&reference.elem),
        Some(ty) => handed::lends(ty),
        None => false,
    }
}

/// True if the loop's source hands out `&mut` elements.
pub(crate) fn writes_through(source: &Expr, variables: &[Variable]) -> bool {
    match source {
        Expr::Reference(reference) => reference.mutability.is_some(),
        Expr::Paren(paren) => writes_through(&paren.expr, variables),
        Expr::MethodCall(call) => {
            let method = call.method.to_string();
            method.ends_with("_mut")
                || (method == "drain" && holds_mutable(&call.receiver, variables))
                || (passes_on(call) && writes_through(&call.receiver, variables))
                || (method == "zip" && call.args.iter().any(|argument| writes_through(argument, variables)))
        }
        other => variables::named(other, variables).is_some_and(|(variable, _)| {
            variable.holds == Holds::Mutable || variable.ty.as_ref().is_some_and(handed::lends)
        }),
    }
}

/// True if the items are `&`, or values of their own that hold no `&mut`: no iteration changes through them what others see.
pub(crate) fn only_shares(source: &Expr, variables: &[Variable]) -> bool {
    match source {
        Expr::Reference(reference) => reference.mutability.is_none(),
        Expr::Range(_) => true,
        Expr::Group(inner) => only_shares(&inner.expr, variables),
        Expr::Paren(inner) => only_shares(&inner.expr, variables),
        Expr::MethodCall(call) => {
            LOOKS.iter().any(|name| call.method == name) && call.method != "drain"
                || is_plain_adaptor(call)
                    && only_shares(&call.receiver, variables)
                    && (!joins(call) || call.args.iter().all(|argument| only_shares(argument, variables)))
        }
        other => {
            variables::named(other, variables).is_some_and(|(variable, before)| match (&variable.ty, &variable.init) {
                (Some(Type::Reference(reference)), _) => reference.mutability.is_none(),
                (Some(ty), _) => holds_none(ty),
                (None, Some(init)) => !matches!(init, Expr::Path(_)) && only_shares(init, before),
                (None, None) => false,
            })
        }
    }
}

/// True for types of the standard library of which the text shows that no `&mut` is in them.
pub(crate) fn holds_none(ty: &Type) -> bool {
    match ty {
        Type::Array(array) => holds_none(&array.elem),
        Type::Slice(slice) => holds_none(&slice.elem),
        Type::Paren(paren) => holds_none(&paren.elem),
        Type::Reference(reference) => reference.mutability.is_none(),
        Type::Tuple(tuple) => tuple.elems.iter().all(holds_none),
        Type::Path(path) => {
            let Some(last) = path.path.segments.last() else {
                return false;
            };
            let is_known = LISTS.iter().chain(HOLDERS).any(|name| last.ident == name);
            match &last.arguments {
                PathArguments::None => is_known || primitives::is_primitive(ty),
                PathArguments::AngleBracketed(types) => {
                    is_known
                        && types
                            .args
                            .iter()
                            .all(|of| matches!(of, GenericArgument::Type(ty) if holds_none(ty)))
                }
                PathArguments::Parenthesized(_) => false,
            }
        }
        _ => false,
    }
}

/// True if the source is a variable, or a reference to one, of a type with a name that is none of std's.
pub(crate) fn is_of_own_type(source: &Expr, variables: &[Variable]) -> bool {
    fn is_own(ty: &Type) -> bool {
        match ty {
            Type::Group(group) => is_own(&group.elem),
            Type::Paren(paren) => is_own(&paren.elem),
            Type::Reference(reference) => is_own(&reference.elem),
            Type::Path(path) => path
                .path
                .segments
                .last()
                .is_some_and(|last| LISTS.iter().chain(HOLDERS).all(|name| last.ident != name)),
            _ => false,
        }
    }
    match source {
        Expr::Group(inner) => is_of_own_type(&inner.expr, variables),
        Expr::Paren(inner) => is_of_own_type(&inner.expr, variables),
        Expr::Reference(reference) => is_of_own_type(&reference.expr, variables),
        other => {
            variables::named(other, variables).is_some_and(|(variable, _)| variable.ty.as_ref().is_some_and(is_own))
        }
    }
}

/// True if the method's items are those of what it is called on.
fn passes_on(call: &ExprMethodCall) -> bool {
    call.method == "into_iter" || chains::adaptor(call).is_some()
}

/// True if the items of what the method gives are those of what it is called on, not what a function makes of them.
pub(crate) fn is_plain_adaptor(call: &ExprMethodCall) -> bool {
    let by_function = ["map", "filter_map", "flat_map", "scan", "map_while"];
    passes_on(call) && !by_function.iter().any(|name| call.method == name)
}

/// True if the items of the method's argument are handed out, too.
pub(crate) fn joins(call: &ExprMethodCall) -> bool {
    call.method == "zip" || call.method == "chain"
}

/// True if the text says whether the items are `&mut`; else their type has to.
pub(crate) fn is_told(source: &Expr, variables: &[Variable]) -> bool {
    match source {
        Expr::Reference(_) | Expr::Range(_) | Expr::Lit(_) => true,
        Expr::Group(inner) => is_told(&inner.expr, variables),
        Expr::Paren(inner) => is_told(&inner.expr, variables),
        Expr::MethodCall(call) => {
            let method = call.method.to_string();
            let partner = method != "zip" || call.args.iter().all(|argument| is_told(argument, variables));
            partner
                && (LOOKS.contains(&method.as_str()) && method != "drain"
                    || passes_on(call) && is_told(&call.receiver, variables))
        }
        other => {
            variables::named(other, variables).is_some_and(|(variable, before)| match (&variable.ty, &variable.init) {
                (Some(ty), _) => variable.holds != Holds::Value || tells(ty),
                (None, Some(init)) => !matches!(init, Expr::Path(_)) && is_told(init, before),
                (None, None) => false,
            })
        }
    }
}

/// True for lists of std's, whose items their own text names.
fn tells(ty: &Type) -> bool {
    match ty {
        Type::Array(_) => true,
        Type::Path(path) => path.path.segments.last().is_some_and(|last| {
            let known = LISTS.iter().any(|name| last.ident == name);
            known
                && !last
                    .arguments
                    .to_token_stream()
                    .into_iter()
                    .any(|token| token.to_string() == "_")
        }),
        _ => false,
    }
}
