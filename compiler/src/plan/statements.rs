//! Why do no two statements of a function run side by side?

use syn::ItemFn;

use crate::analysis::independence::{Footprint, Names, Reason};
use crate::diagnostics::{self, Diagnostic, Diagnostics};
use crate::lower::accesses::Effect;
use crate::lower::recursion::{Call, Recursion};
use crate::plan::divide::Failure;

/// Reports a function that calls itself more than once.
pub(crate) fn recursive(function: &ItemFn, diagnostics: &mut Diagnostics) {
    let Some(recursion) = Recursion::of(function).filter(|recursion| recursion.parameters.is_some()) else {
        return;
    };
    let (calls, _) = recursion.calls(&function.block);
    if let [_, second, ..] = calls[..] {
        let name = &function.sig.ident;
        diagnostics
            .report(
                diagnostics::WRONG_ATTRIBUTE,
                second.node,
                format!("`{name}` calls itself: its calls are what could run at the same time"),
            )
            .note("at each call `#[par_join]` would fork again, however small the rest; a recursion needs a cutoff")
            .help("use `#[par_divide]`, which finds one");
    }
}

/// Reports the first reason why the statements stay where they are.
pub(crate) fn report(
    function: &ItemFn,
    marks: &Recursion,
    is_picked: bool,
    failures: &[Failure],
    diagnostics: &mut Diagnostics,
) {
    if let Some(failure) = failures.first() {
        return of_failure(failure, diagnostics);
    }
    let (calls, _) = marks.calls(&function.block);
    let outermost: Vec<_> = calls.iter().filter(|call| !is_inside(call, &calls)).collect();
    let innermost: Vec<_> = calls
        .iter()
        .filter(|call| !calls.iter().any(|other| is_inside(other, &[**call])))
        .collect();
    match (&outermost[..], is_picked) {
        ([], _) => diagnostics
            .report(
                diagnostics::ONE_STATEMENT,
                &function.sig.ident,
                format!(
                    "no statement of `{}` does enough for a thread of its own",
                    function.sig.ident
                ),
            )
            .note("what counts is a statement that calls a function or runs a loop")
            .help("remove the attribute, or pick the statements by hand: `#[fork] let x = ..;`"),
        ([only], true) => diagnostics
            .report(
                diagnostics::ONE_STATEMENT,
                &marks.shown(only.node),
                "this is the only statement with `#[fork]`",
            )
            .note("a statement runs beside another one that has the mark too")
            .help("mark the other statement as well, or remove the mark: all independent ones are found"),
        ([only], false) if innermost.len() < 2 => of_only(only, marks, diagnostics),
        (several, _) => {
            let several = if several.len() < 2 { &innermost[..] } else { several };
            let names = Names::of_statements(function, Default::default()).0;
            let exit = several.iter().find_map(|call| {
                let footprint = Footprint::of(call.node, &names);
                let exit = footprint.accesses.exits.into_iter().find(|exit| exit.what != "?")?;
                Some((call, exit))
            });
            let first = several.iter().find_map(|call| {
                let footprint = Footprint::of(call.node, &names);
                let place = footprint.gives_first_value(&names)?.to_string();
                Some((call, place))
            });
            match exit {
                None if first.is_some() => {
                    let (call, place) = first.expect("there is one");
                    diagnostics
                        .report(
                            diagnostics::ONE_STATEMENT,
                            &marks.shown(call.node),
                            format!("this statement gives `{place}` its first value"),
                        )
                        .note("on another thread a variable can be changed, but not be given its first value")
                        .help(format!("let the statement return it: `let {place} = {{ .. }};`"))
                }
                Some((call, exit)) => diagnostics
                    .report(
                        diagnostics::EARLY_EXIT,
                        &exit.at,
                        format!(
                            "`{}` leaves from inside a statement that could run beside others",
                            exit.what
                        ),
                    )
                    .note(format!(
                        "the statement in line {} would run on another thread, from where this function can't be left",
                        diagnostics::line(&marks.shown(call.node))
                    ))
                    .help("give the statement a value that says whether to leave, and leave after it"),
                None => diagnostics
                    .report(
                        diagnostics::ONE_STATEMENT,
                        &marks.shown(several[1].node),
                        format!(
                            "this statement and the one in line {} are on different paths",
                            diagnostics::line(&marks.shown(several[0].node))
                        ),
                    )
                    .note("two statements that are to run at the same time must both be reached")
                    .help("remove the attribute: only one of the two ever runs"),
            }
        }
    };
}

fn of_only<'d>(only: &Call<'_>, marks: &Recursion, diagnostics: &'d mut Diagnostics) -> &'d mut Diagnostic {
    diagnostics
        .report(
            diagnostics::ONE_STATEMENT,
            &marks.shown(only.node),
            "this is the only statement that does enough for a thread of its own",
        )
        .note("a statement can run at the same time as another one that calls a function or runs a loop")
        .help("a loop that accumulates is for `#[par_reduce]`, one that writes elements for `#[par_for]`")
}

fn is_inside(call: &Call<'_>, others: &[Call<'_>]) -> bool {
    struct Search<'a, 'c> {
        node: &'c syn::Expr,
        found: bool,
        _life: std::marker::PhantomData<&'a ()>,
    }
    impl<'a> syn::visit::Visit<'a> for Search<'a, '_> {
        fn visit_expr(&mut self, node: &'a syn::Expr) {
            self.found |= std::ptr::eq(self.node, node);
            syn::visit::visit_expr(self, node);
        }
    }
    others
        .iter()
        .filter(|other| !std::ptr::eq(other.node, call.node))
        .any(|other| {
            let mut search = Search {
                node: call.node,
                found: false,
                _life: std::marker::PhantomData,
            };
            syn::visit::Visit::visit_expr(&mut search, other.node);
            search.found
        })
}

fn of_failure(failure: &Failure, diagnostics: &mut Diagnostics) {
    let (at, earlier) = (&failure.at, failure.earlier);
    let own = diagnostics::line(at);
    let lines = if own == earlier {
        format!("both in line {own}")
    } else {
        format!("lines {earlier} and {own}")
    };
    match &failure.reason {
        Reason::SharedMut { place } => {
            diagnostics
                .report(
                    diagnostics::SHARED_MUT,
                    at,
                    format!("`{place}` may be changed here while line {earlier} uses it"),
                )
                .note(format!("both statements ({lines}) get the same `{place}`, and one of them may change it"))
                .help("give each a part of its own (`split_at_mut`, fields), or remove the attribute: these run one after another");
        }
        Reason::Overlap { place } => {
            diagnostics
                .report(
                    diagnostics::SHARED_MUT,
                    at,
                    format!("this statement and line {earlier} get parts of `{place}` that overlap"),
                )
                .note(format!(
                    "an element that is in both parts is changed by both statements ({lines})"
                ))
                .help(format!(
                    "let the parts end where the next one starts: `{place}[..middle]` and `{place}[middle..]`"
                ));
        }
        Reason::Dependent { variable, line } => {
            diagnostics
                .report(
                    diagnostics::DEPENDENT_STATEMENT,
                    at,
                    format!("this statement needs `{variable}`, which line {line} gives"),
                )
                .note(format!(
                    "{}: what needs another one's result can't run at the same time, and no other two are independent",
                    if own == *line {
                        format!("both in line {own}")
                    } else {
                        format!("lines {line} and {own}")
                    }
                ))
                .help("remove the attribute: these statements run one after another");
        }
        Reason::Between { place, line } => {
            diagnostics
                .report(
                    diagnostics::DEPENDENT_STATEMENT,
                    at,
                    format!("`{place}` is used here and in line {line}, and one of them may change it"),
                )
                .note(format!(
                    "to run beside line {earlier}, this statement would have to overtake line {line}"
                ))
                .help("move that line before the first statement or behind this one");
        }
        Reason::Effects { effect, calls } => {
            for (name, at) in calls.iter() {
                of_effect(*effect, name, at, diagnostics);
            }
        }
        Reason::Exit { what, line } => {
            diagnostics
                .report(
                    diagnostics::EARLY_EXIT,
                    at,
                    format!("this statement writes, but the `{what}` in line {line} may leave before it"),
                )
                .note(format!(
                    "run beside line {earlier}, its writes would be seen although it was never reached"
                ))
                .help("let it return what it writes; if its writes may be seen then, too: `relax(late_writes)`");
        }
    }
}

fn of_effect(effect: Effect, name: &str, at: &proc_macro2::TokenStream, diagnostics: &mut Diagnostics) {
    let (kind, what, note, word) = match effect {
        Effect::Output => (
            diagnostics::OUTPUT_IN_BODY,
            "puts something out, and so does another statement",
            "side by side, the two would put it out in another order on every run",
            Some("io"),
        ),
        Effect::Files => (
            diagnostics::OUTPUT_IN_BODY,
            "changes files, and so does another statement",
            "side by side, the two would change them in another order on every run",
            Some("io"),
        ),
        Effect::Input => (
            diagnostics::INPUT_IN_BODY,
            "reads input, and so does another statement",
            "which of the two gets which part of the input depends on the schedule",
            Some("io"),
        ),
        Effect::Lock => (
            diagnostics::LOCK_IN_BODY,
            "takes a lock, and so does another statement",
            "who gets locks first depends on the schedule, and so does what is done under them",
            Some("locks"),
        ),
        Effect::Atomic => (
            diagnostics::ATOMIC_IN_BODY,
            "updates an atomic, and so does another statement",
            "what the other statement sees depends on the schedule",
            Some("atomics"),
        ),
        Effect::ThreadLocal | Effect::Static => (
            diagnostics::STATIC_IN_BODY,
            "is a static variable that another statement uses, too",
            "what each of the two finds in it depends on the schedule",
            None,
        ),
    };
    let error = diagnostics
        .report(kind, at, format!("`{name}` {what}"))
        .note(note)
        .help("collect it in a variable of the statement, and use it behind both");
    if let Some(word) = word {
        error.help(format!("if any order will do, the option `relax({word})` allows it"));
    }
}
