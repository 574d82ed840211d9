//! What is done with each loop of a function, under the attribute that stands before it.

use proc_macro2::TokenStream;
use syn::ItemFn;

use crate::analysis::accumulators::{self, Accumulator, Law};
use crate::analysis::closures;
use crate::analysis::effects;
use crate::analysis::privates::Private;
use crate::analysis::writes::{self, Written};
use crate::attribute::Attribute;
use crate::diagnostics::{self, Diagnostics};
use crate::explain;
use crate::lower::accesses::{self, Accesses, Touch};
use crate::lower::inductions;
use crate::lower::kernels::{self, Kernel};
use crate::lower::places::Place;
use crate::lower::{self, NodeId};
use crate::names::FreeNames;
use crate::options::Options;
use crate::plan::chains;
use crate::plan::exits::Exits;
use crate::plan::reduce::{LoopPlan, plan};

/// Plans every kernel, or reports what stands in the way.
pub(crate) fn plans(
    function: &ItemFn,
    attribute: Attribute,
    options: &Options,
    runtime: &TokenStream,
    names: &mut FreeNames,
    diagnostics: &mut Diagnostics,
) -> Option<(Vec<LoopPlan>, Vec<NodeId>)> {
    let (kernels, chains) = kernels::find(function, diagnostics);
    let chains = match attribute {
        Attribute::Reduce => chains::choose(function, &chains, !kernels.is_empty(), options, diagnostics),
        _ => Vec::new(),
    };
    if kernels.is_empty() && chains.is_empty() {
        diagnostics.gate()?;
        let name = &function.sig.ident;
        diagnostics
            .report(diagnostics::NO_LOOP, name, format!("`{name}` has no loop or iterator chain to share out"))
            .note(match attribute {
                Attribute::Reduce => "`#[par_reduce]` looks for `for` loops, and for chains such as `xs.iter().map(f).sum()`, outside closures".to_string(),
                other => format!("`{other}` looks for `for` loops at the top, in blocks and in the branches of `if` and `match`"),
            })
            .help("remove the attribute, or put it on the function whose loop takes the time");
        return None;
    }
    let found: Vec<_> = kernels
        .iter()
        .map(|kernel| accesses::of_loop(kernel.node, kernel))
        .collect();
    let mut plans = Vec::new();
    let mut reduces = !chains.is_empty();
    for (kernel, found) in kernels.iter().zip(&found) {
        let before = diagnostics.names().len();
        effects::check(found, options, diagnostics);
        header(function, kernel, diagnostics);
        let (written, elsewhere) = written(kernel, found, attribute, options, diagnostics);
        effects::check_exits(function, kernel, found, !written.is_empty(), options, diagnostics);
        let accumulators = accumulators::analyze(function, kernel, found, &elsewhere, options, diagnostics);
        let accumulates = accumulators.iter().find(|a| !matches!(a.law, Law::Private(_)));
        let keeps = accumulators
            .iter()
            .any(|a| matches!(a.law, Law::Private(Private::OnlyWritten)));
        reduces |= accumulates.is_some() || keeps || !found.exits.is_empty();
        if let (Attribute::For, Some(accumulator)) = (attribute, accumulates)
            && diagnostics.names().len() == before
        {
            wrong_kind(accumulator, found, diagnostics);
        }
        let exits = Exits::new(&found.exits, &function.sig);
        let plan = plan(kernel, found, &accumulators, &written, options, runtime, names);
        let explanation = options
            .explain
            .then(|| explain::of_loop(kernel, found, &accumulators, &written));
        plans.push(LoopPlan {
            exits,
            explanation,
            ..plan
        });
    }
    if attribute == Attribute::Reduce && !reduces && diagnostics.is_empty() {
        diagnostics
            .report(
                diagnostics::NOTHING_TO_REDUCE,
                &kernels[0].node.for_token,
                "this loop accumulates nothing",
            )
            .note("`#[par_reduce]` needs a value that each iteration adds to, such as `sum += x` or `out.push(x)`")
            .help("a loop that only writes elements of its own is `#[par_for]`'s");
    }
    for (variable, _) in &options.reduce {
        if !kernels
            .iter()
            .any(|kernel| kernel.variable(&variable.to_string()).is_some())
        {
            diagnostics
                .report(
                    diagnostics::BAD_VALUE,
                    variable,
                    format!("no loop sees a variable `{variable}`"),
                )
                .help("`reduce(VARIABLE: OPERATION)` names a variable declared before the loop");
        }
    }
    diagnostics.gate()?; // what may be done
    Some((plans, chains))
}

/// Reports what the adaptors in the loop's header change.
fn header(function: &ItemFn, kernel: &Kernel<'_>, diagnostics: &mut Diagnostics) {
    let closures = lower::chains::closures_of_header(&kernel.node.expr);
    let found = accesses::of_expressions(&closures, kernel);
    closures::check(function, &closures, &kernel.variables, &found, diagnostics);
}

/// Plans a loop over children; what stands in the way is reported. Places in `elsewhere` are dealt with already.
pub(crate) fn of_children(
    function: &ItemFn,
    kernel: &Kernel<'_>,
    elsewhere: &[Place],
    options: &Options,
    runtime: &TokenStream,
    names: &mut FreeNames,
    diagnostics: &mut Diagnostics,
) -> LoopPlan {
    let options = Options {
        relax_late_writes: options.relax_late_writes,
        explain: options.explain,
        ..Options::default()
    };
    let mut found = accesses::of_loop(kernel.node, kernel);
    found
        .list
        .retain(|access| !elsewhere.iter().any(|place| place.overlaps(&access.place)));
    let (written, mut other) = written(kernel, &found, Attribute::Reduce, &options, diagnostics);
    effects::check_exits(function, kernel, &found, !written.is_empty(), &options, diagnostics);
    other.extend(elsewhere.iter().cloned());
    let accumulators = accumulators::analyze(function, kernel, &found, &other, &options, diagnostics);
    let exits = Exits::new(&found.exits, &function.sig);
    let plan = plan(kernel, &found, &accumulators, &written, &options, runtime, names);
    let explanation = options
        .explain
        .then(|| explain::of_loop(kernel, &found, &accumulators, &written));
    LoopPlan {
        exits,
        explanation,
        ..plan
    }
}

/// The arrays that are split between the iterations, and the places about which all is said.
fn written(
    kernel: &Kernel<'_>,
    found: &Accesses<'_>,
    attribute: Attribute,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> (Vec<Written>, Vec<Place>) {
    let induction = inductions::of_loop(kernel.node);
    let (mut written, mut elsewhere) = (Vec::new(), Vec::new());
    for (place, split) in writes::analyze(kernel, induction.as_ref(), found) {
        let named = options
            .private
            .iter()
            .chain(options.reduce.iter().map(|(v, _)| v))
            .any(|v| *v == place.root);
        if named {
            continue;
        }
        match split {
            Ok(array) => {
                elsewhere.push(place);
                written.push(array);
            }
            // a table that every iteration may add to: an accumulator, or an obstacle that is reported as one
            Err(_) if attribute == Attribute::Reduce && is_table(&place, found) => {}
            Err(reason) => {
                writes::report(&place, &reason, induction.as_ref(), diagnostics);
                elsewhere.push(place);
            }
        }
    }
    (written, elsewhere)
}

/// True if elements are only updated, `hist[k] += 1`, or the array is pushed to and the like.
fn is_table(place: &Place, found: &Accesses<'_>) -> bool {
    let elements = found
        .list
        .iter()
        .filter(|access| access.place.overlaps(place) && access.subscript.is_some());
    elements
        .clone()
        .all(|access| !matches!(access.touch, Touch::Write { .. } | Touch::BorrowMut))
        && elements.clone().any(|access| matches!(access.touch, Touch::Update(_)))
}

/// An accumulator under `#[par_for]`.
fn wrong_kind(accumulator: &Accumulator<'_>, found: &Accesses<'_>, diagnostics: &mut Diagnostics) {
    let at = accumulators::operator(&accumulator.law, found);
    diagnostics
        .report(
            diagnostics::WRONG_ATTRIBUTE,
            &at,
            format!("`{}` accumulates", accumulator.place),
        )
        .note("`#[par_for]` is for loops whose iterations only write elements of their own")
        .help("use `#[par_reduce]`, or mark this loop `#[seq]`");
}
