//! Does the body do something whose order would show, or leave the loop early?

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Expr, ExprMethodCall, ItemFn};

use super::locks::Region;
use super::{handed, lends, locals};
use crate::diagnostics::{self, Diagnostic, Diagnostics, Kind};
use crate::lower::accesses::{Accesses, Effect, Effected, Exit, Leads};
use crate::lower::chains::{self, Adaptor, Chain};
use crate::lower::kernels::Kernel;
use crate::lower::places::Place;
use crate::options::Options;

/// How an effect is reported.
struct Report {
    kind: &'static Kind,
    /// What the headline says of the call.
    what: &'static str,
    note: &'static str,
    help: &'static str,
    /// The word that relaxes it, and whether it was given.
    relaxed: Option<(&'static str, bool)>,
}

/// The help for what is put off until the region has ended.
fn put_off(region: Region, in_loop: &'static str, in_recursion: &'static str) -> &'static str {
    match region {
        Region::Calls => in_recursion,
        _ => in_loop,
    }
}

impl Report {
    fn of(effect: Effect, name: &str, region: Region, options: &Options) -> Report {
        match effect {
            Effect::Output if name == "exit" || name == "abort" => Report {
                kind: diagnostics::OUTPUT_IN_BODY,
                what: "ends the program in the body",
                note: "an iteration may end it before an earlier one has run that would end it in another way",
                help: "leave the function by `return`, and end the program behind its call",
                relaxed: Some(("io", options.relax_io)),
            },
            Effect::Output => Report {
                kind: diagnostics::OUTPUT_IN_BODY,
                what: match name {
                    "send" | "try_send" => "sends in the body",
                    _ => "prints in the body",
                },
                note: "its output would come in another order on every run",
                help: put_off(
                    region,
                    "collect it, and put it out after the loop, in a loop marked `#[seq]`",
                    "add it to a `String` that all calls are given as a `&mut`, and put that out behind the outermost call",
                ),
                relaxed: Some(("io", options.relax_io)),
            },
            Effect::Files => Report {
                kind: diagnostics::OUTPUT_IN_BODY,
                what: "changes files in the body",
                note: "they would be changed in another order on every run, also those behind an error or another way out",
                help: put_off(
                    region,
                    "collect what is to be done, and do it after the loop, in a loop marked `#[seq]`",
                    "push what is to be done to a `Vec` that all calls are given as a `&mut`, and do it behind the outermost call",
                ),
                relaxed: Some(("io", options.relax_io)),
            },
            Effect::Input => Report {
                kind: diagnostics::INPUT_IN_BODY,
                what: "reads input in the body",
                note: "which iteration gets which part of the input depends on the schedule",
                help: "read all of it into a `Vec` before the loop, in a loop marked `#[seq]`",
                relaxed: Some(("io", options.relax_io)),
            },
            Effect::Lock if name == "borrow_mut" => Report {
                kind: diagnostics::LOCK_IN_BODY,
                what: "borrows what only one thread can share",
                note: "a `RefCell` is for one thread, and so is the `Rc` that it often is in",
                help: "where one owner is enough, use `Box` and `&mut`; else `Arc` and `Mutex`",
                // not offered: it would only help with a type of another library
                relaxed: options.relax_locks.then_some(("locks", true)),
            },
            Effect::Lock => Report {
                kind: diagnostics::LOCK_IN_BODY,
                what: "takes a lock in the body",
                note: "who gets locks first depends on the schedule, and so does what is done under them",
                help: "accumulate into a variable of this function instead, it needs no lock",
                relaxed: Some(("locks", options.relax_locks)),
            },
            Effect::Atomic => Report {
                kind: diagnostics::ATOMIC_IN_BODY,
                what: "updates an atomic in the body",
                note: "what the other iterations see depends on the schedule",
                help: "accumulate into a variable of this function instead, it needs no atomic",
                relaxed: Some(("atomics", options.relax_atomics)),
            },
            Effect::ThreadLocal => Report {
                kind: diagnostics::STATIC_IN_BODY,
                what: "is another variable in every thread",
                note: "iterations on other threads don't see what this one finds in it or leaves there",
                help: "use a variable of this function instead, or a parameter",
                relaxed: Some(("atomics", options.relax_atomics)),
            },
            Effect::Static => Report {
                kind: diagnostics::STATIC_IN_BODY,
                what: "is changed in the body, and all threads share it",
                note: "several iterations would change it at the same time",
                help: "accumulate into a variable of this function, and change the static after the loop",
                relaxed: None,
            },
        }
    }
}

/// Reports the effects that were not relaxed.
pub(crate) fn check(found: &[Effected], region: Region, options: &Options, diagnostics: &mut Diagnostics) {
    let mut reported = Vec::new();
    for (effect, name, at) in found {
        let report = Report::of(*effect, name, region, options);
        let place = (report.kind.name, diagnostics::ends(at).0.start());
        if report.relaxed.is_some_and(|(_, allowed)| allowed) || reported.contains(&place) {
            continue;
        }
        reported.push(place);
        let error = diagnostics
            .report(report.kind, at, format!("`{name}` {}", report.what))
            .note(report.note)
            .help(report.help);
        if let Some((word, _)) = report.relaxed {
            error.help(format!("if any order will do, the option `relax({word})` allows it"));
        }
    }
}

/// Reports the ways out of the loop that can't be taken from a leaf.
pub(crate) fn check_exits(
    function: &ItemFn,
    kernel: &Kernel<'_>,
    found: &Accesses<'_>,
    written: &[&Place],
    options: &Options,
    diagnostics: &mut Diagnostics,
) {
    let (source, variables) = (&kernel.node.expr, &kernel.variables);
    let changes_items = lends::writes_through(source, variables) || changes_items(kernel);
    let writes = !options.relax_late_writes && (!written.is_empty() || changes_items);
    let are_seen = !written.iter().all(|place| locals::is_own(place, found, variables))
        || changes_items && !locals::are_items_own(source, variables);
    let opaque = function
        .sig
        .output
        .to_token_stream()
        .into_iter()
        .any(|token| token.to_string() == "impl");
    let mut is_told = false;
    for exit in &found.exits {
        let what = exit.what;
        match exit.leads {
            Leads::Around => report(diagnostics, exit, format!("`{what}` leaves this loop for one around it"))
                .note("what stands between the two loops would have to be left from inside a piece of the inner one")
                .help("set a variable, leave the inner loop by `break`, and go on from there"),
            Leads::OutOfMacro => report(diagnostics, exit, "a macro call leaves the loop".to_string())
                .note("a `?`, `return` or `break` among a macro's arguments can't be rewritten, as the macro may do anything with it")
                .help("compute the value in a `let` before the call"),
            Leads::ByMacro => report(diagnostics, exit, "a macro call leaves the loop".to_string())
                .note("by its name it holds a `return` or a `break`, which would leave only this piece of the loop")
                .help("write what it does: `if !(condition) { return Err(..); }`, `let Some(x) = value else { return };`"),
            Leads::Out if opaque => report(diagnostics, exit, format!("`{what}` leaves the loop of a function that returns an `impl` type"))
                .note("the value has to be carried out of a piece of the loop, and its type has no name")
                .help("name the type, for example with a `Box<dyn ..>`, or mark this loop `#[seq]`"),
            Leads::Out if writes && !are_seen => continue,
            // one way out says it for all
            Leads::Out | Leads::Behind if writes && std::mem::replace(&mut is_told, true) => continue,
            Leads::Out | Leads::Behind if writes => report(diagnostics, exit, format!("`{what}` leaves a loop that writes to elements"))
                .note("pieces further right may already have written when an earlier one leaves")
                .help(match exit.leads {
                    Leads::Out => "write to a table that this function makes, `vec![..]`, which nobody sees when it has returned; or, if what lies behind the exit may be overwritten: `relax(late_writes)`",
                    _ => "if what lies behind the exit may be overwritten: `relax(late_writes)`; else mark this loop `#[seq]`",
                }),
            Leads::Out | Leads::Behind => continue,
        };
    }
}

fn report<'d>(diagnostics: &'d mut Diagnostics, exit: &Exit, headline: String) -> &'d mut Diagnostic {
    diagnostics.report(diagnostics::EARLY_EXIT, &exit.at, headline)
}

fn body_of(kernel: &Kernel<'_>) -> Expr {
    Expr::Block(syn::ExprBlock {
        attrs: Vec::new(),
        label: None,
        block: kernel.node.body.clone(),
    })
}

/// True if the body changes what the items lend.
fn changes_items(kernel: &Kernel<'_>) -> bool {
    let body = body_of(kernel);
    let source = &kernel.node.expr;
    let header = chains::closures_of_header(source);
    !lends::only_shares(source, &kernel.variables) && handed::is_changed([&*kernel.node.pat], &body)
        || header.into_iter().any(changes_its_items)
}

/// The loop's header, if only the type of its items can say that no iteration changes what others see before it is known
/// that it runs.
pub(crate) fn is_for_types(kernel: &Kernel<'_>, found: &Accesses<'_>, options: &Options) -> Option<(Span, Span)> {
    let body = body_of(kernel);
    let (header, pattern) = (&kernel.node.expr, &*kernel.node.pat);
    let is_given =
        || handed::is_given([pattern], &body) || chains::closures_of_header(header).into_iter().any(is_given_to);
    let is_told = lends::is_told(header, &kernel.variables) || locals::are_items_own(header, &kernel.variables);
    let is_open = !options.relax_late_writes && !found.exits.is_empty() && !is_told;
    (is_open && is_given()).then(|| diagnostics::ends(header))
}

/// True if a function of a chain gives its items to another one, or isn't written here.
fn is_given_to(function: &Expr) -> bool {
    match function {
        Expr::Closure(closure) => handed::is_given(&closure.inputs, &closure.body),
        _ => true,
    }
}

/// The same for a chain that may stop early.
pub(crate) fn is_chain_for_types(function: &ItemFn, chain: &Chain<'_>, options: &Options) -> bool {
    let closures = chains::closures(chain.node);
    !options.relax_late_writes
        && may_stop(function, chain.node, &closures)
        && !lends::is_told(&chain.node.receiver, &chain.variables)
        && closures.into_iter().any(is_given_to)
}

/// True if a function of a chain, written as a closure, changes what its items lend.
fn changes_its_items(function: &Expr) -> bool {
    match function {
        Expr::Closure(closure) => handed::is_changed(&closure.inputs, &closure.body),
        _ => false,
    }
}

/// True if the items of a chain's source are `&mut`, as its methods say.
fn lends_mutably(source: &Expr) -> bool {
    matches!(source, Expr::MethodCall(call) if call.method.to_string().ends_with("_mut"))
}

/// True if a function that gets `&mut` items may change them: it isn't written here, or hands them on.
fn may_change(function: &Expr) -> bool {
    match function {
        Expr::Closure(closure) => handed::is_handed_on(&closure.inputs, &closure.body),
        _ => true,
    }
}

/// Reports a chain that may stop early, and writes: pieces further right may already have done so.
pub(crate) fn check_stop(function: &ItemFn, chain: &Chain<'_>, options: &Options, diagnostics: &mut Diagnostics) {
    let terminal = chain.node;
    let closures = chains::closures(terminal);
    let lends = chains::adaptors(terminal)
        .into_iter()
        .any(|call| lends_mutably(&call.receiver))
        || lends_mutably(&terminal.receiver);
    // `find` shows an item, it doesn't hand it out
    let looks = terminal.method == "find";
    let changes = |function: &Expr| {
        changes_its_items(function)
            || (lends && !(looks && terminal.args.iter().any(|shown| shown == function)) && may_change(function))
    };
    if options.relax_late_writes || !may_stop(function, terminal, &closures) || !closures.into_iter().any(changes) {
        return;
    }
    let method = &terminal.method;
    diagnostics
        .report(
            diagnostics::EARLY_EXIT,
            method,
            format!("`{method}` stops a chain that writes to elements"),
        )
        .note("pieces further right may already have written when an earlier one stops")
        .help("if what lies behind may be overwritten: `relax(late_writes)`; else mark the statement `#[seq]`");
}

/// True if what ends the chain may not look at all items: a search, or a sum or list of results.
fn may_stop(function: &ItemFn, terminal: &ExprMethodCall, closures: &[&Expr]) -> bool {
    let adaptors = chains::adaptors(terminal);
    let skips = |call: &&ExprMethodCall| matches!(chains::adaptor(call), Some(Adaptor::SomeForOne));
    if adaptors.iter().any(|call| call.method == "take") && adaptors.iter().any(skips) {
        return true;
    }
    if adaptors
        .iter()
        .any(|call| chains::adaptor(call) == Some(Adaptor::Bounds))
    {
        return true;
    }
    match terminal.method.to_string().as_str() {
        "any" | "all" | "find" | "find_map" | "position" => true,
        "collect" | "sum" | "product" => match &terminal.turbofish {
            Some(types) => mentions(types, &["Result", "Option"]),
            None => {
                let is_path = |function: &&Expr| !matches!(function, Expr::Closure(_));
                closures
                    .iter()
                    .any(|closure| mentions(closure, &["Ok", "Err", "Some", "None"]))
                    || closures.iter().any(is_path) && mentions(&function.sig.output, &["Result", "Option"])
            }
        },
        _ => false,
    }
}

fn mentions(tokens: &impl ToTokens, names: &[&str]) -> bool {
    fn found(tokens: TokenStream, names: &[&str]) -> bool {
        tokens.into_iter().any(|token| match token {
            TokenTree::Ident(ident) => names.iter().any(|name| ident == name),
            TokenTree::Group(group) => found(group.stream(), names),
            _ => false,
        })
    }
    found(tokens.to_token_stream(), names)
}
