//! What is done with each loop of a function, under the attribute that stands before it.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Expr, ItemFn};

use crate::analysis;
use crate::analysis::accumulators::{self, Accumulator, Law};
use crate::analysis::locks::{self, Region};
use crate::analysis::privates::Private;
use crate::analysis::recurrences::{self, Recurrences};
use crate::analysis::replays::Replayed;
use crate::analysis::shares;
use crate::analysis::uniques::Unique;
use crate::analysis::writes::{self, Chained, Written};
use crate::analysis::{bounds, called, closures, effects, operations};
use crate::attribute::Attribute;
use crate::diagnostics::{self, Diagnostics};
use crate::explain;
use crate::lower::accesses::{self, Access, Accesses, Touch};
use crate::lower::inductions;
use crate::lower::kernels::{self, Kernel};
use crate::lower::places::{Place, place_of};
use crate::lower::{self, NodeId};
use crate::names::FreeNames;
use crate::options::Options;
use crate::plan::chains::{self, Chains};
use crate::plan::exits::Exits;
use crate::plan::given;
use crate::plan::reduce::{Facts, LoopPlan, plan};
use crate::plan::{replays, uniques};
use crate::print::print;

/// What is done with a function.
pub(crate) struct Plans {
    /// With its loops.
    pub(crate) loops: Vec<LoopPlan>,
    /// The chains that are rewritten, each with what all of its pieces look at and threads might not be able to share.
    pub(crate) chains: Chains,
    /// The calls that may sort slices.
    pub(crate) sorts: Vec<NodeId>,
}

/// Plans every kernel, or reports what stands in the way; `scans` if a chain did that has become a loop.
pub(crate) fn plans(
    function: &ItemFn,
    attribute: Attribute,
    mut scans: bool,
    options: &Options,
    runtime: &TokenStream,
    names: &mut FreeNames,
    diagnostics: &mut Diagnostics,
) -> Option<Plans> {
    let kernels::Found {
        kernels,
        chains,
        sorts,
        opaque,
    } = kernels::find(function, diagnostics);
    let chains = match attribute {
        Attribute::Reduce | Attribute::Scan => {
            chains::choose(function, &chains, !kernels.is_empty(), options, diagnostics)
        }
        _ => Chains::new(),
    };
    // sorting takes its time without a loop that anybody sees
    let only_sorts = !sorts.is_empty() && attribute != Attribute::Scan;
    if kernels.is_empty() && chains.is_empty() && !only_sorts {
        diagnostics.gate()?;
        let name = &function.sig.ident;
        if lower::folds::is_left_out(function) {
            diagnostics
                .report(
                    diagnostics::NO_LOOP,
                    name,
                    format!("every loop of `{name}` is marked `#[seq]`: nothing is left to share out"),
                )
                .note(format!(
                    "a function with `{attribute}` has at least one loop or chain that runs in parallel"
                ))
                .help(format!("remove `{attribute}` and the marks"));
            return None;
        }
        if let (Some(items), true) = (opaque, attribute != Attribute::For) {
            let text = match print(items) {
                text if text.len() <= 40 => text,
                text => format!("{}..", text.chars().take(30).collect::<String>()),
            };
            diagnostics
                .report(diagnostics::NO_LOOP, items, format!("nothing says that `{text}` can be cut into pieces"))
                .note("a chain is shared out if it starts at something that is known: a range, a list, a text, a map or an iterator over one")
                .help(format!("if `{text}` is an iterator, let its items be shared out as they come: `divvy::stream({text})`; else remove the attribute"));
            return None;
        }
        diagnostics
            .report(diagnostics::NO_LOOP, name, format!("`{name}` has no loop or iterator chain to share out"))
            .note(match attribute {
                Attribute::Reduce => "`#[par_reduce]` looks for `for` loops, and for chains such as `xs.iter().map(f).sum()`, outside closures".to_string(),
                other => format!("`{other}` looks for `for` loops at the top, in blocks and in the branches of `if` and `match`"),
            })
            .help("remove the attribute, or put it on the function whose loop takes the time");
        return None;
    }
    if kernels.len() + chains.len() + sorts.len() == 1 {
        diagnostics.are_about_the_only_loop();
    }
    let found: Vec<_> = kernels
        .iter()
        .map(|kernel| accesses::of_loop(kernel.node, kernel))
        .collect();
    let regions: BTreeSet<NodeId> = kernels
        .iter()
        .map(|kernel| kernel.id)
        .chain(chains.keys().copied())
        .chain(sorts.iter().copied())
        .collect();
    let is_region = |expr: &Expr| match expr {
        Expr::ForLoop(node) => regions.contains(&NodeId::of(node)),
        Expr::MethodCall(node) => regions.contains(&NodeId::of(node)),
        _ => false,
    };
    locks::check(function, Region::Loop, &is_region, options, diagnostics);
    let functions = recurrences::Functions::of(function);
    let declared = called::Functions::of(function);
    let mut plans = Vec::new();
    let mut reduces = !chains.is_empty() || only_sorts;
    // which of `unique(..)` is made use of
    let mut used = BTreeSet::new();
    for (kernel, found) in kernels.iter().zip(&found) {
        let before = diagnostics.names().len();
        let options = &*operations::options(kernel, found, &functions, options);
        called::check_effects(&declared, &kernel.variables, found, kernel.node, options, diagnostics);
        called::check(function, &kernel.variables, found, diagnostics);
        header(function, kernel, diagnostics);
        bounds::check_loop(function, kernel, diagnostics);
        let mut replayed = analysis::replays::analyze(kernel, found, options, diagnostics);
        let places: Vec<Place> = replayed.iter().map(|r| r.place.clone()).collect();
        let split = written(kernel, found, &places, attribute, options, diagnostics);
        let (written, mut elsewhere) = (split.written, split.elsewhere);
        let is_written = |name: &str| {
            let placed = split.unique.iter().map(|(replayed, _)| replayed);
            let later = placed.chain(&split.compacted).map(|replayed| &replayed.place);
            written
                .iter()
                .map(|array| &array.place)
                .chain(later)
                .any(|place| place.root == name)
        };
        let own_of = |array: &analysis::writes::Chained| (array.own.clone(), array.meets.clone());
        let chained: Vec<Place> = split.chained.iter().map(|array| array.written.place.clone()).collect();
        let own_elements: Vec<(Expr, String)> = split.chained.iter().map(own_of).collect();
        let is_plain = |array: &&Written| array.others.is_empty();
        let own: Vec<Place> = written
            .iter()
            .filter(is_plain)
            .map(|array| array.place.clone())
            .collect();
        let recurrences = match attribute {
            Attribute::For => Recurrences::default(),
            _ => {
                let around = recurrences::Around {
                    elsewhere: &places,
                    is_written: &is_written,
                    functions: &functions,
                    own: &own,
                };
                recurrences::analyze(kernel, found, split.chained, &around, options, names)
            }
        };
        for (place, (own, meets)) in chained.iter().zip(&own_elements) {
            if let Some((_, refusal)) = recurrences.refused.iter().find(|(refused, _)| refused.is_same(place)) {
                // the elements have names in the analysis alone
                let name = place.root.trim_start_matches("r#");
                let why = refusal
                    .note(place)
                    .replace(&format!("{name}_element"), &print(own))
                    .replace(&format!("{name}_before"), &format!("{place}[..]"));
                writes::report_chained(place, own, meets, Some(why), diagnostics);
            }
        }
        let settled: Vec<Place> = recurrences.settled().collect();
        scans |= recurrences.flows.is_some();
        if attribute == Attribute::Reduce {
            every_value_is_wanted(&recurrences, names, diagnostics);
        }
        elsewhere.extend(places);
        let (placed, uniques): (Vec<_>, Vec<_>) = split.unique.into_iter().unzip();
        reduces |= !replayed.is_empty();
        replayed.extend(placed);
        replayed.extend(split.compacted);
        used.extend(uniques.iter().map(|unique: &Unique| unique.number));
        let elements: Vec<&Place> = written.iter().map(|array| &array.place).chain(&chained).collect();
        let taken_along = match given::value(&found.exits, kernel) {
            None => analysis::moves::check(kernel, found, diagnostics),
            Some(_) => Vec::new(),
        };
        let reported = diagnostics.names().len();
        let analyze = |elsewhere: &[Place], diagnostics: &mut Diagnostics| {
            let refused = &recurrences.refused;
            accumulators::analyze(function, kernel, found, elsewhere, refused, options, diagnostics)
        };
        let without: Vec<Place> = elsewhere.iter().chain(&settled).cloned().collect();
        let mut accumulators = analyze(&without, diagnostics);
        let is_silent = diagnostics.names().len() == reported;
        if is_silent && !settled.is_empty() && recurrences.carried.is_empty() {
            // those that are no recurrences are accumulators, so nobody has said anything about the others
            accumulators = analyze(&elsewhere, diagnostics);
        }
        effects::check_exits(function, kernel, found, &elements, options, diagnostics);
        let accumulates = accumulators.iter().find(|a| !matches!(a.law, Law::Private(_)));
        let keeps = accumulators
            .iter()
            .any(|a| matches!(a.law, Law::Private(Private::OnlyWritten)));
        reduces |= accumulates.is_some() || keeps || !found.exits.is_empty() || !recurrences.carried.is_empty();
        if let (Attribute::For, Some(accumulator)) = (attribute, accumulates)
            && diagnostics.names().len() == before
        {
            wrong_kind(accumulator, found, diagnostics);
        }
        let exits = Exits::new(&found.exits, kernel, &function.sig);
        let explanation = options
            .explain
            .then(|| explain::of_loop(kernel, found, &accumulators, (&written, &replayed), &recurrences));
        let facts = Facts {
            accumulators: &accumulators,
            written: &written,
            recurrences,
        };
        let mut plan = plan(kernel, found, facts, options, runtime, names);
        replays::plan(&mut plan, kernel, found, &replayed, runtime, names);
        uniques::plan(&mut plan, kernel, &uniques, runtime);
        plans.push(LoopPlan {
            shared: shares::analyze(&function.sig.generics, &kernel.variables, found),
            taken_along,
            is_for_types: effects::is_for_types(kernel, found, options),
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
    if attribute == Attribute::Scan && !scans && diagnostics.is_empty() {
        nothing_to_scan(function, &kernels, diagnostics);
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
    if let Some((_, idle)) = options.unique.iter().enumerate().find(|(n, _)| !used.contains(n))
        && diagnostics.is_empty()
    {
        diagnostics
            .report(diagnostics::BAD_VALUE, idle, "no loop writes to elements through these indices")
            .help("`unique(INDICES)` is for writes such as `out[indices[i]] = value`, with `INDICES` declared before the loop");
    }
    for target in &options.replay {
        let (place, _) = place_of(target).expect("an option's place");
        let is_seen = |found: &Accesses<'_>| found.list.iter().any(|access| access.place.overlaps(&place));
        if !found.iter().any(is_seen) {
            diagnostics
                .report(
                    diagnostics::BAD_VALUE,
                    target,
                    format!("no loop does anything with `{place}`"),
                )
                .help("`replay(VARIABLE_OR_FIELD)` names what is declared before a loop that calls its methods");
        }
    }
    diagnostics.gate()?; // what may be done
    Some(Plans {
        loops: plans,
        chains,
        sorts,
    })
}

/// Reports what the adaptors in the loop's header change.
fn header(function: &ItemFn, kernel: &Kernel<'_>, diagnostics: &mut Diagnostics) {
    chains::order_of_header(&kernel.node.expr, &kernel.variables, diagnostics);
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
    let options = &Options {
        relax_late_writes: options.relax_late_writes,
        explain: options.explain,
        ..Options::default()
    };
    let mut found = accesses::of_loop(kernel.node, kernel);
    found
        .list
        .retain(|access| !elsewhere.iter().any(|place| place.overlaps(&access.place)));
    let split = written(kernel, &found, &[], Attribute::Divide, options, diagnostics);
    let (written, mut other) = (split.written, split.elsewhere);
    for chain in &split.chained {
        writes::report_chained(&chain.written.place, &chain.own, &chain.meets, None, diagnostics);
    }
    let elements: Vec<&Place> = written.iter().map(|array| &array.place).collect();
    effects::check_exits(function, kernel, &found, &elements, options, diagnostics);
    other.extend(elsewhere.iter().cloned());
    let accumulators = accumulators::analyze(function, kernel, &found, &other, &[], options, diagnostics);
    let exits = Exits::new(&found.exits, kernel, &function.sig);
    let explanation = options
        .explain
        .then(|| explain::of_loop(kernel, &found, &accumulators, (&written, &[]), &Recurrences::default()));
    let facts = Facts {
        accumulators: &accumulators,
        written: &written,
        recurrences: Recurrences::default(),
    };
    let plan = plan(kernel, &found, facts, options, runtime, names);
    LoopPlan {
        shared: shares::analyze(&function.sig.generics, &kernel.variables, &found),
        is_for_types: effects::is_for_types(kernel, &found, options),
        exits,
        explanation,
        ..plan
    }
}

/// What becomes of the arrays that a loop writes to.
#[derive(Default)]
struct Split {
    /// Those that are split between the iterations.
    written: Vec<Written>,
    /// Those that are filled from the front, at an index that is carried along.
    compacted: Vec<Replayed>,
    /// Those that hand a value on from element to element.
    chained: Vec<Chained>,
    /// Those of which the elements are distinct because the user says so.
    unique: Vec<(Replayed, Unique)>,
    /// The places about which all is said.
    elsewhere: Vec<Place>,
}

/// What becomes of the arrays that a loop writes to.
fn written(
    kernel: &Kernel<'_>,
    found: &Accesses<'_>,
    replayed: &[Place],
    attribute: Attribute,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Split {
    let induction = inductions::of_loop(kernel.node);
    let mut all = Split::default();
    for (place, split) in writes::analyze(kernel, induction.as_ref(), found) {
        let named = options
            .private
            .iter()
            .chain(options.reduce.iter().map(|(v, _)| v))
            .any(|v| *v == place.root);
        if named || replayed.iter().any(|p| p.overlaps(&place)) {
            continue;
        }
        let reason = match split {
            Ok(array) => {
                all.written.push(array);
                all.elsewhere.push(place);
                continue;
            }
            Err(reason) => reason,
        };
        if let Some(unique) = analysis::uniques::of_array(kernel, found, &place, options, diagnostics) {
            all.unique.push(unique);
        } else if attribute != Attribute::For
            && let Some(chained) = writes::chained(&place, kernel, induction.as_ref(), found)
        {
            all.chained.push(chained);
        } else if attribute == Attribute::Scan
            && let Some(compacted) = analysis::replays::compacted(kernel, found, &place)
        {
            all.compacted.push(compacted);
        } else if matches!(attribute, Attribute::For | Attribute::Reduce)
            && let Some((index, at)) = analysis::replays::filled_along(kernel, found, &place)
        {
            diagnostics
                .report(diagnostics::WRONG_ATTRIBUTE, &at, every_value(&index.to_string()))
                .note(format!(
                    "where an iteration writes to `{place}` depends on how many have written before it"
                ))
                .help("use `#[par_scan]`, which counts ahead, or mark this loop `#[seq]`");
            all.elsewhere.push(index);
        } else if attribute != Attribute::For && is_table(&place, found) {
            // a table that every iteration may add to: an accumulator, or an obstacle that is reported as one
            continue;
        } else {
            let through = analysis::uniques::through(kernel, &place).map(|(array, _)| array);
            if through.is_none() && attribute == Attribute::For && is_only_updated(&place, found) {
                added_to(&place, found, diagnostics);
            } else if !accumulators::cells::report(&place, found, diagnostics) {
                writes::report(
                    &place,
                    &reason,
                    kernel,
                    induction.as_ref(),
                    through.as_ref(),
                    diagnostics,
                );
            }
        }
        all.elsewhere.push(place);
    }
    all
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
        && elements
            .clone()
            .any(|access| matches!(access.touch, Touch::Update(_) | Touch::Cells(_)))
}

/// True if nothing else is done with the elements than to update them.
fn is_only_updated(place: &Place, found: &Accesses<'_>) -> bool {
    let reads = |access: &Access<'_>| matches!(access.touch, Touch::Read) && access.subscript.is_some();
    is_table(place, found)
        && !found
            .list
            .iter()
            .any(|access| access.place.overlaps(place) && reads(access))
}

/// Reports a table whose elements several iterations update, under `#[par_for]`.
fn added_to(place: &Place, found: &Accesses<'_>, diagnostics: &mut Diagnostics) {
    let updates = found.list.iter().filter(|access| access.place.overlaps(place));
    let Some(first) = updates.into_iter().find(|access| access.subscript.is_some()) else {
        return;
    };
    diagnostics
        .report(diagnostics::WRONG_ATTRIBUTE, &first.at, format!("`{place}` accumulates"))
        .note("several iterations may update the same element, and `#[par_for]` is for loops whose iterations only write elements of their own")
        .help("use `#[par_reduce]`, which joins tables element by element, or mark this loop `#[seq]`");
}

fn every_value(of: &str) -> String {
    format!("every iteration's `{of}` is wanted here")
}

/// Under `#[par_reduce]` only the last value of what is carried along may be wanted.
fn every_value_is_wanted(recurrences: &Recurrences, names: &FreeNames, diagnostics: &mut Diagnostics) {
    let Some((value, at)) = &recurrences.flows else { return };
    let value = value.to_string();
    diagnostics
        .report(diagnostics::WRONG_ATTRIBUTE, at, every_value(names.shown(&value)))
        .note("a carried value that flows into what each iteration writes or collects is a scan")
        .help("use `#[par_scan]`, or mark this loop `#[seq]`");
}

/// `#[par_scan]` on loops of which no intermediate value is wanted.
fn nothing_to_scan(function: &ItemFn, kernels: &[Kernel<'_>], diagnostics: &mut Diagnostics) {
    let at = kernels.first().map_or_else(
        || function.sig.ident.to_token_stream(),
        |kernel| kernel.node.for_token.to_token_stream(),
    );
    diagnostics
        .report(
            diagnostics::NOTHING_TO_SCAN,
            &at,
            "no carried value is written or collected here",
        )
        .note("`#[par_scan]` is for loops such as `sum += x; out.push(sum)`, where every intermediate value is wanted")
        .help("use `#[par_reduce]` where only the end result is, and `#[par_for]` where nothing is carried along");
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
