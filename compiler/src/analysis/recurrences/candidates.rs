//! Which places does a loop carry along?

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Ident;
use syn::Expr;

use super::laws::Law;
use super::{exchanges, hidden, laws};
use crate::analysis::{named, privates};
use crate::lower::accesses::{Access, Accesses, Touch};
use crate::lower::kernels::Kernel;
use crate::lower::places::{Place, place_of};
use crate::lower::updates::{Operation, Target};
use crate::names::FreeNames;
use crate::options::Options;

/// Methods that give something made of a copied value, which they leave as it is.
const LOOKS: &[&str] = &[
    "and_then",
    "expect",
    "filter",
    "is_ascii_alphabetic",
    "is_ascii_digit",
    "is_ascii_whitespace",
    "is_alphabetic",
    "is_alphanumeric",
    "is_numeric",
    "is_positive",
    "is_negative",
    "is_whitespace",
    "map",
    "map_or_else",
    "ok_or",
    "unwrap",
    "unwrap_or_default",
    "unwrap_or_else",
    "zip",
];

/// The places that an iteration finds as the one before has left them, and that are no accumulators.
pub(super) fn candidates(kernel: &Kernel<'_>, found: &Accesses<'_>, options: &Options) -> Vec<(Place, Expr)> {
    let privates = privates::analyze(kernel, found, options);
    let mut candidates: Vec<(Place, Expr)> = Vec::new();
    let out_of_sight = hidden::out_of_sight(kernel.node);
    let mut by_root: BTreeMap<&str, Vec<&Access<'_>>> = BTreeMap::new();
    for access in &found.list {
        by_root.entry(&access.place.root).or_default().push(access);
    }
    // no two candidates are parts of one another
    let mut taken: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    for (variable, _) in &options.reduce {
        let root = variable.to_string();
        let is_whole =
            |a: &&Access<'_>| a.place.root == root && changes(&a.touch) || matches!(a.touch, Touch::Method { .. });
        if !named::reads(kernel.node, &root).is_empty()
            && found.list.iter().any(|a| is_whole(&a))
            && kernel.variable(&root).is_some_and(|v| !v.undefined)
            && !out_of_sight.contains(&root)
            && laws::is_updated_only(kernel.node, variable)
        {
            let steps = Vec::new();
            let place = Place { root, steps };
            taken.entry(place.root.clone()).or_default().push(place.clone());
            candidates.push((place, syn::parse_quote!(#variable)));
        }
    }
    let is_option = |name: &str| kernel.variable(name).is_some_and(exchanges::is_option);
    let exchanges = exchanges::nodes(kernel.node, &is_option);
    let is_exchange = |access: &Access<'_>| exchanges.contains(&access.node);
    let changed: Vec<&Access<'_>> = found
        .list
        .iter()
        .filter(|a| changes(&a.touch) || is_exchange(a))
        .collect();
    // what is replaced together with a candidate is one as well, as the candidate depends on it
    loop {
        let known = candidates.len();
        let mut seen = BTreeSet::new();
        for access in &changed {
            let place = &access.place;
            if !seen.insert(place) {
                continue;
            }
            let named = options.private.iter().chain(options.reduce.iter().map(|(v, _)| v));
            if place.depth() > 0
                || taken
                    .get(&place.root)
                    .is_some_and(|known| known.iter().any(|known| known.overlaps(place)))
                || privates.iter().any(|(name, _)| *name == place.root)
                || named.clone().any(|name| *name == place.root)
                || kernel.variable(&place.root).is_none_or(|v| v.undefined)
            {
                continue;
            }
            let of_root = by_root.get(place.root.as_str()).into_iter().flatten().copied();
            let about: Vec<_> = of_root.filter(|a| a.place.overlaps(place)).collect();
            let whole = |a: &&Access<'_>| {
                let is_part = a.place.steps.len() > place.steps.len() && !a.place.is_same(place);
                if is_part && matches!(a.touch, Touch::Read) {
                    return true;
                }
                a.place.is_same(place)
                    && match &a.touch {
                        _ if is_exchange(a) => true,
                        Touch::Update(update) => {
                            a.subscript.is_none()
                                && (update.operation != Operation::Append || is_set_anew(kernel, place))
                        }
                        Touch::Method { name, is_statement } if name == "clear" => *is_statement,
                        Touch::Method { name, is_statement } => {
                            !is_statement && LOOKS.contains(&name.to_string().as_str())
                        }
                        Touch::Best(number) => !found.bests[*number].is_called,
                        Touch::Cells(_) | Touch::BorrowMut => false,
                        _ => true,
                    }
            };
            let is_coupled = about.iter().any(|access| match access.touch {
                Touch::Guarded(number) => found.guards[number].members.iter().any(|member| {
                    let of_root = taken.get(&member.place.root);
                    of_root.is_some_and(|known| known.iter().any(|known| known.is_same(&member.place)))
                }),
                _ => false,
            });
            if about.iter().all(whole) && (is_coupled || is_carried(&about)) && !out_of_sight.contains(&place.root) {
                taken.entry(place.root.clone()).or_default().push(place.clone());
                candidates.push((place.clone(), target_of(access, found)));
            }
        }
        if candidates.len() == known {
            break;
        }
    }
    candidates
}

/// True if the loop empties or sets a collection that it appends to: so what is carried along stays small.
pub(super) fn is_set_anew(kernel: &Kernel<'_>, place: &Place) -> bool {
    struct Anew<'p>(&'p Place, bool);
    impl<'a> syn::visit::Visit<'a> for Anew<'_> {
        fn visit_expr(&mut self, node: &'a Expr) {
            let is_it = |e: &Expr| place_of(e).is_some_and(|(p, _)| p.is_same(self.0));
            self.1 |= match node {
                Expr::Assign(assign) => is_it(&assign.left) && !crate::lower::uses::uses(&assign.right, &self.0.root),
                Expr::MethodCall(call) => call.method == "clear" && is_it(&call.receiver),
                Expr::Reference(reference) => reference.mutability.is_some() && is_it(&reference.expr),
                _ => false,
            };
            syn::visit::visit_expr(self, node);
        }
    }
    let mut anew = Anew(place, false);
    syn::visit::Visit::visit_block(&mut anew, &kernel.node.body);
    anew.1
}

/// The monoid that the place's updates are of, if they are no steps of numbers.
///
/// Sums of the user's own types have the law that is declared for them.
pub(super) fn law_of(kernel: &Kernel<'_>, found: &Accesses<'_>, place: &Place, options: &Options) -> Option<Law> {
    if let Some((_, path)) = options
        .reduce
        .iter()
        .find(|(v, _)| place.is_variable() && *v == place.root)
    {
        return Some(Law::Named(path.clone()));
    }
    let about = found.list.iter().filter(|a| a.place.is_same(place));
    let mut updates = about.filter_map(|a| match &a.touch {
        Touch::Update(update) if update.target == Target::Whole => Some(update),
        _ => None,
    });
    let first = updates.next()?;
    let is_own = place.is_variable()
        && kernel
            .variable(&place.root)
            .is_some_and(|v| v.is_of_own_type(options.float.is_none()));
    let has_law = match first.operation {
        Operation::Append | Operation::Combine => true,
        Operation::Add | Operation::Mul => is_own && updates.all(|update| update.operation == first.operation),
        _ => false,
    };
    has_law.then(|| Law::Operation(first.operation, first.operator.clone()))
}

pub(super) fn changes(touch: &Touch<'_>) -> bool {
    matches!(
        touch,
        Touch::Write { .. } | Touch::Update(_) | Touch::Guarded(_) | Touch::Best(_)
    )
}

/// True if no single law describes what happens to the place.
pub(super) fn is_carried(about: &[&Access<'_>]) -> bool {
    let mut laws: Vec<Operation> = Vec::new();
    let mut idioms = 0;
    for access in about {
        match &access.touch {
            Touch::Update(update) => {
                let family = update.operation.family();
                if !laws.contains(&family) {
                    laws.push(family);
                }
            }
            Touch::Guarded(_) | Touch::Best(_) => idioms = 1,
            _ => return true,
        }
    }
    laws.len() + idioms > 1
}

/// The place as the user writes it where it is changed.
pub(super) fn target_of(access: &Access<'_>, found: &Accesses<'_>) -> Expr {
    match &access.touch {
        Touch::Update(update) => update.target_expr.clone(),
        Touch::Best(number) => found.bests[*number].target.clone(),
        Touch::Guarded(number) => found.guards[*number]
            .members
            .iter()
            .find(|m| m.place == access.place)
            .map_or_else(|| place_expr(&access.place), |m| m.target.clone()),
        Touch::Write { node } => match node {
            Expr::Assign(assign) if place_of(&assign.left).is_some() => (*assign.left).clone(),
            Expr::Binary(binary) => (*binary.left).clone(),
            Expr::Assign(assign) => match &*assign.left {
                Expr::Tuple(tuple) => tuple
                    .elems
                    .iter()
                    .find(|e| place_of(e).is_some_and(|(p, _)| p.is_same(&access.place)))
                    .cloned()
                    .unwrap_or_else(|| place_expr(&access.place)),
                _ => place_expr(&access.place),
            },
            _ => place_expr(&access.place),
        },
        _ => place_expr(&access.place),
    }
}

pub(super) fn place_expr(place: &Place) -> Expr {
    syn::parse_str(&place.to_string()).expect("a place is an expression")
}

/// The name inside the leaf: its own if it is a variable.
pub(super) fn local(place: &Place, target: &Expr, names: &mut FreeNames) -> Ident {
    use crate::lower::places::Step;
    let (_, root) = place_of(target).expect("what is changed is a place");
    match place.steps.iter().rev().find(|step| !matches!(step, Step::Deref)) {
        Some(Step::Field(name)) => names.free(&format!(
            "{}_{}",
            root.to_string().trim_start_matches("r#"),
            name.trim_start_matches("r#")
        )),
        // no closure has a parameter of that name
        _ if root == "self" => names.free("this"),
        _ => root,
    }
}
