//! Are the written elements those of distinct indices, because `unique(slot)` says so?

use syn::Expr;

use crate::analysis::replays::Replayed;
use crate::diagnostics::{self, Diagnostics};
use crate::lower::accesses::{Access, Accesses};
use crate::lower::indirect::{At, Ways};
use crate::lower::kernels::Kernel;
use crate::lower::places::{Place, indices_of, place_of};
use crate::lower::replays;
use crate::lower::subscripts::{Polynomial, Subscript};
use crate::options::Options;

/// An array of indices that has to be looked through before the loop.
#[derive(Debug)]
pub(crate) struct Unique {
    /// Which of the option's arrays it is.
    pub(crate) number: usize,
    /// The array, as the user writes it.
    pub(crate) target: Expr,
    /// Which of its elements the loop uses.
    pub(crate) used: Used,
}

/// Which elements of an array of indices a loop uses.
#[derive(Debug)]
pub(crate) enum Used {
    /// Perhaps all of them.
    All,
    /// The first ones, one an iteration.
    Source,
    /// One an iteration, by the induction variable.
    Subscript(Polynomial),
}

/// The array of indices through which all writes to `place` go.
pub(crate) fn through(kernel: &Kernel<'_>, place: &Place) -> Option<(Place, At)> {
    let ways = Ways::of(kernel.node);
    let mut found = None;
    for call in replays::calls(&kernel.node.body, place) {
        let target = match call.node {
            Expr::Assign(assign) => &assign.left,
            Expr::Binary(binary) => &binary.left,
            Expr::MethodCall(method) => &method.receiver,
            _ => return None,
        };
        let way = ways.through(indices_of(target).first()?)?;
        if found.as_ref().is_some_and(|known| *known != way) {
            return None;
        }
        found = Some(way);
    }
    found
}

/// The writes to an array that go through one that the user says is `unique`.
pub(crate) fn of_array(
    kernel: &Kernel<'_>,
    found: &Accesses<'_>,
    place: &Place,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<(Replayed, Unique)> {
    let (array, at) = through(kernel, place)?;
    let (number, target) = options
        .unique
        .iter()
        .enumerate()
        .find(|(_, target)| place_of(target).is_some_and(|(unique, _)| unique.is_same(&array)))?;
    let calls: Vec<_> = replays::calls(&kernel.node.body, place)
        .iter()
        .map(replays::Call::id)
        .collect();
    let about = |access: &&Access<'_>| access.place.overlaps(place);
    if let Some(other) = found.list.iter().filter(about).find(|a| !calls.contains(&a.node)) {
        diagnostics
            .report(
                diagnostics::PLACE_WRITTEN,
                &other.at,
                format!("`{place}` is read in the loop that writes to it through `{array}`"),
            )
            .note("its elements are written in an order of their own, so none can be read until the loop is over")
            .help(format!(
                "read from a copy of `{place}` if what it held before the loop is meant, or mark this loop `#[seq]`"
            ));
    }
    let unique = Unique {
        number,
        target: target.clone(),
        used: match at {
            At::Source => Used::Source,
            At::Subscript => subscript(&array, found).map_or(Used::All, Used::Subscript),
        },
    };
    let replayed = Replayed {
        place: place.clone(),
        target: syn::parse_str(&place.to_string()).expect("a place is an expression"),
        calls,
    };
    Some((replayed, unique))
}

/// The only subscript of an array, if it is one that can be counted with.
fn subscript(array: &Place, found: &Accesses<'_>) -> Option<Polynomial> {
    let mut subscripts = found
        .list
        .iter()
        .filter(|access| access.subscript.is_some() && access.place.without_elements().is_same(array))
        .map(|access| match &access.subscript {
            Some(Subscript::Elements { lower, .. }) if !lower.has_inner() => Some(lower.clone()),
            _ => None,
        });
    let first = subscripts.next()??;
    let same = subscripts.all(|other| other.as_ref() == Some(&first));
    let stride = first.stride()?.number()?;
    (same && stride != 0).then_some(first)
}
