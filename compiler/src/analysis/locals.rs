//! Is what a loop writes to the function's own, so that it is gone when the function returns?
//!
//! A later iteration that has run although an earlier one returned has then written where nobody looks any more. What is
//! dropped there is taken to do nothing that is seen.

use quote::quote;
use syn::{Expr, GenericArgument, PathArguments, Type};

use super::lends;
use crate::lower::accesses::{Accesses, Touch};
use crate::lower::places::{Place, Step, place_of};
use crate::lower::primitives::is_primitive_value;
use crate::lower::variables::{Holds, Variable};

/// What a variable holds of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Owned {
    /// Perhaps nothing.
    Nothing,
    /// A list, whose elements may be references.
    List,
    /// All that can be reached through it.
    All,
}

/// True if the elements of the place that the loop writes to are gone when the function returns.
pub(crate) fn is_own(place: &Place, found: &Accesses<'_>, variables: &[Variable]) -> bool {
    let Some(at) = variables.iter().rposition(|variable| variable.name == place.root) else {
        return false;
    };
    match owned(&variables[at], &variables[..at]) {
        Owned::All => true,
        Owned::List => found
            .list
            .iter()
            .filter(|access| access.place.overlaps(place) && !matches!(access.touch, Touch::Read))
            .all(|access| access.place.steps == [Step::Index]),
        Owned::Nothing => false,
    }
}

/// True if the items of the loop's source are such elements, or show nobody what is done to them.
pub(crate) fn are_items_own(source: &Expr, variables: &[Variable]) -> bool {
    let is_all = |list: &Expr| {
        let named = place_of(list).and_then(|(place, _)| {
            let at = variables.iter().rposition(|variable| variable.name == place.root)?;
            Some(owned(&variables[at], &variables[..at]) == Owned::All)
        });
        named.unwrap_or(false)
    };
    match source {
        Expr::Paren(paren) => are_items_own(&paren.expr, variables),
        Expr::Reference(reference) if reference.mutability.is_some() => is_all(&reference.expr),
        Expr::MethodCall(call) if call.method.to_string().ends_with("_mut") => is_all(&call.receiver),
        Expr::MethodCall(call) if lends::is_plain_adaptor(call) => {
            are_items_own(&call.receiver, variables)
                && (!lends::joins(call) || call.args.iter().all(|argument| are_items_own(argument, variables)))
        }
        other => lends::only_shares(other, variables),
    }
}

fn owned(variable: &Variable, before: &[Variable]) -> Owned {
    let by_type = variable.ty.as_ref().map_or(Owned::Nothing, of_type);
    let by_value = variable
        .init
        .as_ref()
        .map_or(Owned::Nothing, |init| of_value(init, before));
    by_type.max(match (&variable.ty, variable.holds) {
        // `let row: &mut [u8] = ..` may be anybody's
        (Some(_), Holds::Mutable | Holds::Shared) => Owned::Nothing,
        _ => by_value,
    })
}

fn of_type(ty: &Type) -> Owned {
    let is_list = match ty {
        Type::Array(_) => true,
        Type::Path(path) => path.path.segments.last().is_some_and(|last| {
            let is_slice = |of: &GenericArgument| matches!(of, GenericArgument::Type(Type::Slice(_)));
            let boxes = || match &last.arguments {
                PathArguments::AngleBracketed(types) => types.args.first().is_some_and(is_slice),
                _ => false,
            };
            last.ident == "Vec" || last.ident == "VecDeque" || last.ident == "Box" && boxes()
        }),
        _ => false,
    };
    match (is_list, ty) {
        (_, Type::Reference(_)) => Owned::Nothing,
        _ if lends::holds_none(ty) => Owned::All,
        (true, _) => Owned::List,
        (false, _) => Owned::Nothing,
    }
}

fn of_value(value: &Expr, before: &[Variable]) -> Owned {
    match value {
        Expr::Paren(paren) => of_value(&paren.expr, before),
        // what can be repeated or cloned has no `&mut` in it
        Expr::Repeat(_) => Owned::All,
        Expr::Array(array) if array.elems.iter().all(is_primitive_value) => Owned::All,
        Expr::Array(_) => Owned::List,
        Expr::Macro(call) if call.mac.path.is_ident("vec") => {
            let tokens = &call.mac.tokens;
            syn::parse2(quote!([#tokens])).map_or(Owned::List, |array: Expr| of_value(&array, before))
        }
        Expr::MethodCall(call) if call.args.is_empty() => match call.method.to_string().as_str() {
            "clone" | "to_vec" | "to_owned" => Owned::All,
            "collect" => match call.turbofish.as_ref().and_then(|types| types.args.first()) {
                Some(GenericArgument::Type(ty)) => of_type(ty),
                _ => Owned::Nothing,
            },
            _ => Owned::Nothing,
        },
        Expr::Call(call) => match &*call.func {
            Expr::Path(path) if path.path.segments.len() > 1 && path.path.segments[0].ident == "Vec" => Owned::List,
            _ => Owned::Nothing,
        },
        // `&mut out[..n]`
        Expr::Reference(reference) if reference.mutability.is_some() => place_of(&reference.expr)
            .and_then(|(place, _)| before.iter().rposition(|variable| variable.name == place.root))
            .map_or(Owned::Nothing, |at| owned(&before[at], &before[..at])),
        _ => Owned::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lower::variables::of_let;

    fn owned_by(text: &str) -> Owned {
        let statement: syn::Stmt = syn::parse_str(text).unwrap();
        let syn::Stmt::Local(local) = statement else {
            panic!("{text} is a let")
        };
        let value = local.init.as_ref().map(|init| &*init.expr);
        let before = of_let(&syn::parse_quote!(mut all), Some(&syn::parse_quote!(vec![0; n])));
        owned(&of_let(&local.pat, value)[0], &before)
    }

    #[test]
    fn what_a_let_makes_is_the_functions_own() {
        for (text, want) in [
            ("let mut v = vec![0; n];", Owned::All),
            ("let mut v = vec![vec![Cell::default(); w]; h];", Owned::All),
            ("let mut v = [1, 2];", Owned::All),
            ("let mut v: Vec<Option<String>> = make();", Owned::All),
            ("let mut v = xs.iter().map(f).collect::<Vec<f64>>();", Owned::All),
            ("let mut v = xs.to_vec();", Owned::All),
            ("let v = &mut all[..n];", Owned::All),
            ("let mut v = vec![a, b];", Owned::List),
            ("let mut v: Vec<Cell> = make();", Owned::List),
            ("let mut v: Vec<&mut u8> = make();", Owned::List),
            ("let mut v = Vec::with_capacity(n);", Owned::List),
            ("let mut v = make();", Owned::Nothing),
            ("let v = &mut xs[..n];", Owned::Nothing),
            ("let v: &mut [u8] = make();", Owned::Nothing),
            ("let v = xs.iter_mut();", Owned::Nothing),
        ] {
            assert_eq!(owned_by(text), want, "{text}");
        }
    }
}
