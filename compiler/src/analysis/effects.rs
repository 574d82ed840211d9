//! Does the body do something whose order would show, or leave the loop early?

use quote::ToTokens;
use syn::{Expr, ItemFn};

use crate::diagnostics::{self, Diagnostic, Diagnostics};
use crate::lower::accesses::{Accesses, Effect, Exit, Leads};
use crate::lower::kernels::Kernel;
use crate::lower::variables::Holds;
use crate::options::Options;

/// Reports the effects that were not relaxed.
pub(crate) fn check(found: &Accesses<'_>, options: &Options, diagnostics: &mut Diagnostics) {
    for (effect, name, at) in &found.effects {
        let (kind, allowed, what, word) = match effect {
            Effect::Output => (
                diagnostics::OUTPUT_IN_BODY,
                options.relax_io,
                if name.ends_with('!') { "prints" } else { "sends" },
                "io",
            ),
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
                .note("its output would come in another order on every run")
                .help("collect it, and put it out after the loop"),
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

/// Reports the ways out of the loop that can't be taken from a leaf.
pub(crate) fn check_exits(
    function: &ItemFn,
    kernel: &Kernel<'_>,
    found: &Accesses<'_>,
    writes_elements: bool,
    options: &Options,
    diagnostics: &mut Diagnostics,
) {
    let writes = !options.relax_late_writes && (writes_elements || writes_through(&kernel.node.expr, kernel));
    let opaque = function
        .sig
        .output
        .to_token_stream()
        .into_iter()
        .any(|token| token.to_string() == "impl");
    for exit in &found.exits {
        let what = exit.what;
        match exit.leads {
            Leads::Around => report(diagnostics, exit, format!("`{what}` leaves this loop for one around it"))
                .note("what stands between the two loops would have to be left from inside a piece of the inner one")
                .help("set a variable, leave the inner loop by `break`, and go on from there"),
            Leads::OutOfMacro => report(diagnostics, exit, "a macro call leaves the loop".to_string())
                .note("a `?` or `return` among a macro's arguments can't be rewritten, as the macro may do anything with it")
                .help("compute the value in a `let` before the call"),
            Leads::Out if opaque => report(diagnostics, exit, format!("`{what}` leaves the loop of a function that returns an `impl` type"))
                .note("the value has to be carried out of a piece of the loop, and its type has no name")
                .help("name the type, for example with a `Box<dyn ..>`, or mark this loop `#[seq]`"),
            Leads::Out | Leads::Behind if writes => report(diagnostics, exit, format!("`{what}` leaves a loop that writes to elements"))
                .note("pieces further right may already have written when an earlier one leaves")
                .help("if what lies behind the exit may be overwritten: `relax(late_writes)`; else mark this loop `#[seq]`"),
            Leads::Out | Leads::Behind => continue,
        };
    }
}

fn report<'d>(diagnostics: &'d mut Diagnostics, exit: &Exit, headline: String) -> &'d mut Diagnostic {
    diagnostics.report(diagnostics::EARLY_EXIT, &exit.at, headline)
}

/// True if the loop's source hands out `&mut` elements.
fn writes_through(source: &Expr, kernel: &Kernel<'_>) -> bool {
    match source {
        Expr::Reference(reference) => reference.mutability.is_some(),
        Expr::Paren(paren) => writes_through(&paren.expr, kernel),
        Expr::MethodCall(call) => {
            let method = call.method.to_string();
            method.ends_with("_mut")
                || (method != "iter" && writes_through(&call.receiver, kernel))
                || (method == "zip" && call.args.iter().any(|argument| writes_through(argument, kernel)))
        }
        Expr::Path(path) => path
            .path
            .get_ident()
            .and_then(|ident| kernel.variable(&ident.to_string()))
            .is_some_and(|variable| variable.holds == Holds::Mutable),
        _ => false,
    }
}
