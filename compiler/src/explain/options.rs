//! What holds for all regions of a function: the cutoff, where they run, and what is given up.

use super::code;
use crate::attribute::Attribute;
use crate::options::{Float, Options};
use crate::print::print;

/// One sentence an option.
pub(super) fn facts(attribute: Attribute, options: &Options) -> Vec<String> {
    let mut facts = vec![cutoff(attribute, options)];
    if let Some(grain) = &options.grain {
        facts.push(format!("a leaf has at least {} iterations", code(&print(grain))));
    }
    facts.push(match &options.pool {
        Some(pool) => format!("it runs on the pool {}", code(&print(pool))),
        None => "it runs on the current thread pool".to_string(),
    });
    facts.extend(options.float.map(|float| rounding(float).to_string()));
    facts.extend(options.replay.iter().map(|place| {
        let place = code(&print(place));
        format!("calls on {place} are made one after another, in the sequential order")
    }));
    facts.extend(options.unique.iter().map(|indices| {
        let indices = code(&print(indices));
        format!("that the indices in {indices} are distinct is checked before a loop")
    }));
    let relaxed = [
        (
            options.relax_any_order,
            "`relax(any_order)`: any match or error will do, not only the first one",
        ),
        (
            options.relax_late_writes,
            "`relax(late_writes)`: what lies behind an early exit may have been written",
        ),
        (
            options.relax_locks,
            "`relax(locks)`: who gets a lock first depends on the schedule",
        ),
        (
            options.relax_atomics,
            "`relax(atomics)`: what an iteration sees in an atomic depends on the schedule",
        ),
        (
            options.relax_io,
            "`relax(io)`: what the iterations print comes in any order",
        ),
    ];
    facts.extend(
        relaxed
            .iter()
            .filter(|(on, _)| *on)
            .map(|(_, text)| (*text).to_string()),
    );
    if let Some(twin) = &options.twin {
        facts.push(format!(
            "the sequential original is kept as {}",
            code(&twin.to_string())
        ));
    }
    facts
}

fn cutoff(attribute: Attribute, options: &Options) -> String {
    let size = options.size.as_ref().map(|size| code(&print(size)));
    match (&options.threshold, attribute) {
        (_, Attribute::Join) => {
            "cutoff: where the statements took next to no time the last time, they run in order".to_string()
        }
        (None, _) => "cutoff: found at run time; small inputs never touch the thread pool".to_string(),
        (Some(threshold), Attribute::Divide) => {
            let size = size.unwrap_or_else(|| "the size of its arguments".to_string());
            format!(
                "cutoff: where {size} is below {} the original code runs",
                code(&print(threshold))
            )
        }
        (Some(threshold), _) => format!(
            "cutoff: below {} iterations the original code runs",
            code(&print(threshold))
        ),
    }
}

fn rounding(float: Float) -> &'static str {
    match float {
        Float::Tree => {
            "`float = tree`: rounded in a fixed tree, the same bits at every thread count, not those of the sequential loop"
        }
        Float::Ordered => "`float = ordered`: the bits of the sequential program, the terms are computed in parallel",
        Float::Exact => "`float = exact`: the exact sum of the terms, rounded once",
        Float::Any => "`float = any`: rounded as it comes, the last bits may differ from run to run",
    }
}
