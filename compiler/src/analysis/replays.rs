//! Are the calls on a place all that the loop does with it, so that they can be made in order after their arguments?

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Expr, ExprForLoop};

use crate::diagnostics::{self, Diagnostics};
use crate::lower::NodeId;
use crate::lower::accesses::{Access, Accesses, Touch};
use crate::lower::kernels::Kernel;
use crate::lower::places::{Place, indices_of, place_of};
use crate::lower::replays;
use crate::options::Options;
use crate::print::print;

/// A place whose calls are made one after another, in the order of the iterations.
#[derive(Debug)]
pub(crate) struct Replayed {
    /// The place.
    pub(crate) place: Place,
    /// The place as the user writes it.
    pub(crate) target: Expr,
    /// The calls.
    pub(crate) calls: Vec<NodeId>,
}

/// The places of `replay(..)` that the loop calls, but for those that need more than that: these are reported.
pub(crate) fn analyze(
    kernel: &Kernel<'_>,
    found: &Accesses<'_>,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Vec<Replayed> {
    let mut list = Vec::new();
    for target in &options.replay {
        let (place, _) = place_of(target).expect("an option's place");
        if let Some(replayed) = of_place(kernel.node, place, target, found, diagnostics) {
            list.push(replayed);
        }
    }
    list
}

/// The writes to an array whose index is a variable that the loop carries along, `out[k] = x; k += 1`: an ordered
/// compaction.
pub(crate) fn compacted(kernel: &Kernel<'_>, found: &Accesses<'_>, place: &Place) -> Option<Replayed> {
    let calls = replays::calls(&kernel.node.body, place);
    let ids: Vec<_> = calls.iter().map(replays::Call::id).collect();
    let mut about = found.list.iter().filter(|access| access.place.overlaps(place));
    if calls.is_empty() || !about.all(|access| ids.contains(&access.node)) {
        return None;
    }
    let is_carried = |index: &&Expr| {
        place_of(index).is_some_and(|(index, _)| {
            index.depth() == 0
                && found
                    .list
                    .iter()
                    .any(|access| access.place.is_same(&index) && matches!(access.touch, Touch::Update(_)))
        })
    };
    let by_carried = |call: &replays::Call<'_>| match call.node {
        Expr::Assign(assign) => {
            let indices = indices_of(&assign.left);
            indices.len() == 1 && indices.iter().all(is_carried)
        }
        _ => false,
    };
    calls.iter().all(by_carried).then(|| Replayed {
        place: place.clone(),
        target: syn::parse_str(&place.to_string()).expect("a place is an expression"),
        calls: ids,
    })
}

/// The index variable of an ordered compaction, and the first write.
pub(crate) fn filled_along(kernel: &Kernel<'_>, found: &Accesses<'_>, place: &Place) -> Option<(Place, TokenStream)> {
    compacted(kernel, found, place)?;
    let calls = replays::calls(&kernel.node.body, place);
    let Expr::Assign(assign) = calls.first()?.node else {
        return None;
    };
    let (index, _) = place_of(indices_of(&assign.left).first()?)?;
    Some((index, assign.left.to_token_stream()))
}

fn of_place(
    node: &ExprForLoop,
    place: Place,
    target: &Expr,
    found: &Accesses<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Replayed> {
    let calls = replays::calls(&node.body, &place);
    let ids: Vec<_> = calls.iter().map(replays::Call::id).collect();
    let about = || found.list.iter().filter(|access| access.place.overlaps(&place));
    about().next()?;
    if let Some(other) = about().find(|access| !ids.contains(&access.node)) {
        report(&place, other, ids.is_empty(), diagnostics);
    } else if let Some(lent) = calls.iter().find_map(|call| lent(call.node)) {
        diagnostics
            .report(
                diagnostics::REPLAYED_USE,
                lent,
                format!("what this call on `{place}` changes isn't changed yet when the iteration goes on"),
            )
            .note("a replayed call is made later, with what it was given")
            .help("give it a value instead of a `&mut`, or mark this loop `#[seq]`");
    }
    Some(Replayed {
        place,
        target: target.clone(),
        calls: ids,
    })
}

/// A `&mut` among a call's arguments.
fn lent(call: &Expr) -> Option<&Expr> {
    let Expr::MethodCall(call) = call else { return None };
    let is_lent = |argument: &&Expr| matches!(argument, Expr::Reference(reference) if reference.mutability.is_some());
    call.args.iter().find(is_lent)
}

fn report(place: &Place, other: &Access<'_>, is_only_use: bool, diagnostics: &mut Diagnostics) {
    let headline = match &other.touch {
        Touch::Method { name, .. } => format!("`{name}` gives something back, but calls on `{place}` are replayed"),
        Touch::BorrowMut => format!("`{place}` is passed on as `&mut`, which can't be replayed"),
        Touch::Read => format!("`{place}` is read in the loop that replays the calls on it"),
        _ => format!("`{place}` is changed here otherwise than by a call that could be replayed"),
    };
    let error = diagnostics.report(diagnostics::REPLAYED_USE, &other.at, headline);
    if is_only_use {
        error.note("`replay` is for calls whose result nobody uses, such as `image.put_pixel(x, y, color);`");
    } else {
        error.note("the calls of the iterations before are made while this iteration runs, so what it would find isn't there yet");
    }
    let asked = syn::parse2::<syn::ExprMethodCall>(other.at.clone());
    error.help(match asked {
        Ok(call) if call.args.is_empty() && !matches!(other.touch, Touch::BorrowMut) => format!(
            "if no call that is replayed changes what it gives: `let {} = {};` before the loop; else mark this loop `#[seq]`",
            call.method,
            print(&call)
        ),
        _ => "compute what is needed before the loop, or mark this loop `#[seq]`".to_string(),
    });
}
