//! Which variables does a loop combine by a free function, `acc = merge(acc, x)`?
//!
//! `#[associative]` puts a type of the function's name beside the function, and one `use` imports both. Whether there is
//! such a type is nothing that the text shows: the generated code asks for it, see `plan::slots::monoids`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use proc_macro2::Ident;
use syn::{Expr, PathArguments};

use super::recurrences::Functions;
use crate::lower::accesses::{Access, Accesses, Touch};
use crate::lower::kernels::Kernel;
use crate::lower::places::place_of;
use crate::lower::primitives;
use crate::lower::updates::strip;
use crate::lower::uses;
use crate::options::Options;

/// The options, with the functions by which the loop combines as operations of their variables.
pub(crate) fn options<'o>(
    kernel: &Kernel<'_>,
    found: &Accesses<'_>,
    functions: &Functions,
    options: &'o Options,
) -> Cow<'o, Options> {
    let mut by_root: BTreeMap<&str, Vec<&Access<'_>>> = BTreeMap::new();
    for access in &found.list {
        by_root.entry(&access.place.root).or_default().push(access);
    }
    let named = |name: &Ident| {
        let variables = options.reduce.iter().map(|(variable, _)| variable);
        variables.chain(&options.private).any(|variable| variable == name)
    };
    let combined: Vec<_> = by_root
        .values()
        .filter_map(|about| operation(kernel, about))
        .filter(|(variable, function)| !named(variable) && !is_declared_here(function, kernel, functions))
        .collect();
    if combined.is_empty() {
        return Cow::Borrowed(options);
    }
    let mut options = options.clone();
    for (variable, function) in combined {
        options.asked.push(variable.clone());
        options.reduce.push((variable, function));
    }
    Cow::Owned(options)
}

/// The variable and the function, if all that changes the variable are calls of that function.
fn operation(kernel: &Kernel<'_>, about: &[&Access<'_>]) -> Option<(Ident, syn::Path)> {
    let mut changes = about.iter().filter(|access| !matches!(access.touch, Touch::Read));
    let (variable, function) = combination(changes.next()?)?;
    kernel.variable(&variable.to_string()).filter(|v| !v.undefined)?;
    let is_same = |access: &&Access<'_>| combination(access).is_some_and(|(_, other)| other == function);
    changes.all(is_same).then_some((variable, function))
}

/// `acc = path(acc, x)` or `acc = path(x, acc)`
fn combination(access: &Access<'_>) -> Option<(Ident, syn::Path)> {
    let Touch::Write {
        node: Expr::Assign(assign),
    } = access.touch
    else {
        return None;
    };
    let Expr::Path(variable) = &*assign.left else {
        return None;
    };
    let variable = variable.path.get_ident()?;
    let Expr::Call(call) = strip(&assign.right) else {
        return None;
    };
    let Expr::Path(function) = strip(&call.func) else {
        return None;
    };
    let is_it = |argument: &Expr| {
        matches!(argument, Expr::Path(_)) && place_of(argument).is_some_and(|(place, _)| place.is_same(&access.place))
    };
    let name = variable.to_string();
    let fits = call.args.len() == 2
        && call.args.iter().filter(|argument| is_it(argument)).count() == 1
        && call.args.iter().filter(|argument| uses::uses(argument, &name)).count() == 1;
    (fits && function.qself.is_none()).then_some(())?;
    Some((variable.clone(), importable(&function.path)?))
}

/// The path as a `use` takes it; none of types, which a `use` can't see into.
fn importable(path: &syn::Path) -> Option<syn::Path> {
    if path.segments.iter().any(|segment| is_type(&segment.ident)) {
        return None;
    }
    let mut path = path.clone();
    for segment in &mut path.segments {
        segment.arguments = PathArguments::None;
    }
    Some(path)
}

/// `Self`, `Summary`, `u64`, `str`
pub(crate) fn is_type(name: &Ident) -> bool {
    let name = name.to_string();
    name.starts_with(char::is_uppercase) || primitives::is_name(&name) || name == "str"
}

/// A closure, or a function in the body: what it does is read off its text.
fn is_declared_here(function: &syn::Path, kernel: &Kernel<'_>, functions: &Functions) -> bool {
    function.get_ident().is_some_and(|name| {
        let name = name.to_string();
        kernel.variable(&name).is_some() || functions.has(&name)
    })
}
