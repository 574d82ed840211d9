//! Does the body do something whose order would show, or leave the loop early?

use crate::diagnostics::{self, Diagnostics};
use crate::lower::accesses::{Accesses, Effect};
use crate::options::Options;

/// Reports the effects that were not relaxed.
pub(crate) fn check(found: &Accesses<'_>, options: &Options, diagnostics: &mut Diagnostics) {
    for (effect, name, at) in &found.effects {
        let (kind, allowed, what, word) = match effect {
            Effect::Output => (diagnostics::OUTPUT_IN_BODY, options.relax_io, "prints", "io"),
            Effect::Lock => (diagnostics::LOCK_IN_BODY, options.relax_locks, "takes a lock", "locks"),
            Effect::Atomic => (
                diagnostics::ATOMIC_IN_BODY,
                options.relax_atomics,
                "updates an atomic",
                "atomics",
            ),
        };
        if allowed {
            continue;
        }
        let error = diagnostics.report(kind, at, format!("`{name}` {what} in the body"));
        match effect {
            Effect::Output => error
                .note("its lines would come in another order on every run")
                .help("collect what is to be printed and print it afterwards"),
            Effect::Lock => error
                .note("who gets locks first depends on the schedule, and so does what is done under them")
                .help("accumulate into a variable of this function instead, it needs no lock"),
            Effect::Atomic => error
                .note("what the other iterations see depends on the schedule")
                .help("accumulate into a variable of this function instead, it needs no atomic"),
        };
        error.help(format!("if any order will do: `relax({word})`"));
    }
}

/// Reports the ways out of the loop.
pub(crate) fn check_exits(found: &Accesses<'_>, diagnostics: &mut Diagnostics) {
    for exit in &found.exits {
        diagnostics
            .report(diagnostics::EARLY_EXIT, &exit.at, format!("`{}` leaves the loop early", exit.what))
            .note("later iterations may already have run when an earlier one leaves, so their effects would have to be undone")
            .help("compute a value for every iteration and look for the first one afterwards, or mark this loop `#[seq]`");
    }
}
