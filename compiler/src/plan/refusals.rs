//! Why does no call of a recursion run beside another one?

use std::collections::BTreeSet;

use proc_macro2::Ident;
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Expr, ItemFn};

use crate::analysis::independence::{Footprint, Names, Reason};
use crate::diagnostics::{self, Diagnostics};
use crate::lower::accesses::{self, Access, Touch};
use crate::lower::bindings::bindings;
use crate::lower::places::place_of;
use crate::lower::recursion::{Call, Recursion};
use crate::lower::uses;
use crate::lower::variables::Holds;
use crate::plan::divide::Failure;
use crate::plan::paths;
use crate::plan::sharing;

/// Reports a function that doesn't call itself.
pub(crate) fn no_recursion(function: &ItemFn, diagnostics: &mut Diagnostics) {
    let name = &function.sig.ident;
    if let Some((of, call)) = in_macro(function) {
        let of = of
            .segments
            .last()
            .map(|last| last.ident.to_string())
            .unwrap_or_default();
        diagnostics
            .report(
                diagnostics::NO_RECURSION,
                call,
                format!("`{name}` is named inside `{of}!`, which can't be seen into"),
            )
            .note("a macro may do anything with what it is given, so no call in it is known")
            .help(format!(
                "bind the calls before: `let left = {name}(..);`, and give the macro the results"
            ));
        return;
    }
    diagnostics
        .report(diagnostics::NO_RECURSION, name, format!("`{name}` doesn't call itself"))
        .note("`#[par_divide]` runs the recursive calls of a function side by side, or two calls of one other function")
        .help("remove the attribute; a loop that accumulates is for `#[par_reduce]`");
}

/// The macro call that has the function's name among its tokens.
fn in_macro(function: &ItemFn) -> Option<(&syn::Path, &syn::Macro)> {
    struct Search<'a>(String, Option<&'a syn::Macro>);
    impl<'a> Visit<'a> for Search<'a> {
        fn visit_macro(&mut self, node: &'a syn::Macro) {
            if uses::occurs(node.tokens.clone(), &self.0) {
                self.1.get_or_insert(node);
            }
        }

        fn visit_item(&mut self, _: &'a syn::Item) {}
    }
    let mut search = Search(function.sig.ident.to_string(), None);
    search.visit_block(&function.block);
    search.1.map(|call| (&call.path, call))
}

/// Reports why the calls stay where they are. Where something else stands in the way already, only what is true beside it.
pub(crate) fn report(
    function: &ItemFn,
    recursion: &Recursion,
    names: &Names,
    failures: &[Failure],
    obstacles: Diagnostics,
    private: &[Ident],
    diagnostics: &mut Diagnostics,
) {
    let (calls, _) = recursion.calls(&function.block);
    let distinct = distinct(failures);
    for failure in &distinct {
        of_failure(failure, function, &recursion.callee, diagnostics);
    }
    if !distinct.is_empty() || diagnostics.gate().is_none() {
        return;
    }
    let nested = calls.iter().find_map(|call| {
        let inner = call
            .arguments
            .iter()
            .find_map(|argument| recursion.first_call(argument))?;
        Some((call, inner))
    });
    if let Some((outer, inner)) = nested {
        diagnostics
            .report(
                diagnostics::DEPENDENT_CALL,
                outer.node,
                format!("this call needs the result of `{}`", short(inner.node)),
            )
            .note("the inner call has to be finished before the outer one can start")
            .help("remove the attribute: these calls run one after another");
        return;
    }
    let mut repeated = Repeated {
        recursion,
        depth: Vec::new(),
        found: None,
    };
    repeated.visit_block(&function.block);
    if let Some(found) = repeated.found {
        return of_loop(&found, function, recursion, names, obstacles, private, diagnostics);
    }
    of_few(function, recursion, &calls, private, diagnostics);
}

/// One failure for each later call and for each obstacle. What calls do beside computing is reported before.
fn distinct(failures: &[Failure]) -> Vec<&Failure> {
    let (mut calls, mut obstacles) = (BTreeSet::new(), BTreeSet::new());
    let is_new = |failure: &&Failure| {
        let at = diagnostics::ends(&failure.at).0.start();
        let obstacle = match &failure.reason {
            Reason::Effects { .. } => return false,
            Reason::SharedMut { place } => (0, place.clone()),
            Reason::Overlap { place } => (1, place.clone()),
            Reason::Dependent { variable, .. } => (2, variable.clone()),
            Reason::Between { place, .. } => (3, place.clone()),
            Reason::Exit { line, .. } => (4, line.to_string()),
        };
        !calls.contains(&(at.line, at.column)) && obstacles.insert(obstacle) && calls.insert((at.line, at.column))
    };
    failures.iter().filter(is_new).collect()
}

/// True if the place is a parameter that `split_at_mut` can cut: a slice or a `Vec`.
fn is_list(function: &ItemFn, place: &str) -> bool {
    function.sig.inputs.iter().any(|input| {
        let syn::FnArg::Typed(typed) = input else { return false };
        let named = matches!(&*typed.pat, syn::Pat::Ident(name) if name.ident == place);
        let syn::Type::Reference(reference) = &*typed.ty else {
            return false;
        };
        let list = match &*reference.elem {
            syn::Type::Slice(_) | syn::Type::Array(_) => true,
            syn::Type::Path(path) => path.path.segments.last().is_some_and(|last| last.ident == "Vec"),
            _ => false,
        };
        named && list
    })
}

fn of_failure(failure: &Failure, function: &ItemFn, callee: &str, diagnostics: &mut Diagnostics) {
    let at = &failure.at;
    match &failure.reason {
        Reason::SharedMut { place } => {
            let error = diagnostics.report(
                diagnostics::SHARED_MUT,
                at,
                format!("`{place}` is changed by this call and by the one before"),
            );
            error.note(format!(
                "both calls of `{callee}` get the same `{place}`, so the second one may see what the first one wrote"
            ));
            if let Some(help) = sharing::help(function, place) {
                error.help(help);
            } else if place == "self" {
                error.help("let the calls return their results, or split what they change: `let (left, right) = slice.split_at_mut(middle)`");
            } else if is_list(function, place) {
                error.help(format!(
                    "give each call a part of its own: `let (left, right) = {place}.split_at_mut(middle)`, or let the calls return their results"
                ));
            } else {
                error.help(format!(
                    "let each call return what it would leave in `{place}`, and combine the two results; without what `{place}` remembers the calls are independent"
                ));
            }
        }
        Reason::Overlap { place } => {
            diagnostics
                .report(
                    diagnostics::SHARED_MUT,
                    at,
                    format!("this call and the one before get parts of `{place}` that overlap"),
                )
                .note("an element that is in both parts is changed by both calls")
                .help(format!(
                    "let the parts end where the next one starts: `{place}[..middle]` and `{place}[middle..]`"
                ));
        }
        Reason::Dependent { variable, line } => {
            diagnostics
                .report(
                    diagnostics::DEPENDENT_CALL,
                    at,
                    format!("this call needs `{variable}`, which the call in line {line} gives"),
                )
                .note("a call that needs another one's result can't run at the same time")
                .help("remove the attribute, or compute what this call needs without the other one");
        }
        Reason::Between { place, line } => {
            diagnostics
                .report(
                    diagnostics::DEPENDENT_CALL,
                    at,
                    format!("`{place}` is used by this call and by line {line} before it, and one of them changes it"),
                )
                .note("to run beside the earlier call, this one would have to overtake that line")
                .help(format!("if line {line} needs nothing of the earlier call, move it before that one; if this call needs nothing of line {line}, move it behind this call; else remove the attribute"));
        }
        Reason::Effects { .. } => unreachable!("a recursion's effects are reported before"),
        Reason::Exit { what, line } => {
            diagnostics
                .report(
                    diagnostics::EARLY_EXIT,
                    at,
                    format!("this call writes, but the `{what}` in line {line} may leave before it"),
                )
                .note("run beside the earlier call, its writes would be seen although it was never reached")
                .help("let the calls return what they write, or check after both calls");
        }
    }
}

/// A call that runs more than once, and the loop or chain that repeats it.
struct Found<'a> {
    call: Call<'a>,
    repeats: &'a Expr,
}

struct Repeated<'a, 'r> {
    recursion: &'r Recursion,
    depth: Vec<&'a Expr>,
    found: Option<Found<'a>>,
}

impl<'a> Visit<'a> for Repeated<'a, '_> {
    fn visit_expr(&mut self, node: &'a Expr) {
        if let (Some(call), Some(repeats), None) = (self.recursion.call(node), self.depth.last(), &self.found) {
            self.found = Some(Found { call, repeats });
        }
        if let Expr::ForLoop(inner) = node {
            // what a loop runs over is computed once
            self.visit_expr(&inner.expr);
            self.depth.push(node);
            self.visit_block(&inner.body);
            self.depth.pop();
            return;
        }
        let repeats = matches!(node, Expr::While(_) | Expr::Loop(_));
        let chains = matches!(node, Expr::MethodCall(call) if call.args.iter().any(|a| matches!(a, Expr::Closure(_))));
        if repeats || chains {
            self.depth.push(node);
        }
        visit::visit_expr(self, node);
        if repeats || chains {
            self.depth.pop();
        }
    }

    fn visit_item(&mut self, _: &'a syn::Item) {}
}

fn of_loop(
    found: &Found<'_>,
    function: &ItemFn,
    recursion: &Recursion,
    names: &Names,
    obstacles: Diagnostics,
    private: &[Ident],
    diagnostics: &mut Diagnostics,
) {
    let Found { call, repeats } = found;
    let footprint = Footprint::of(call.node, names);
    let own = match repeats {
        Expr::ForLoop(node) => bindings(&node.pat),
        _ => Vec::new(),
    };
    let shared =
        shared_mutable(call, recursion, private).filter(|place| own.iter().all(|binding| binding.ident != place));
    let shared = shared.or_else(|| shared_receiver(call, recursion));
    if let Some(place) = shared {
        let error = diagnostics.report(
            diagnostics::SHARED_MUT,
            call.node,
            format!("every call gets the same `{place}` to change"),
        );
        error.note(format!("a later call may see in `{place}` what an earlier one wrote"));
        match sharing::help(function, &place) {
            Some(help) => error.help(help),
            None => error.help(format!("if the calls change nothing in `{place}`: take it by `&`; else let them return what they would write there, and write it after all of them")),
        };
        return;
    }
    let accesses = accesses::of_expr_without(repeats, names, &BTreeSet::new());
    let is_carried = |access: &&Access<'_>| names.any_write(std::slice::from_ref(*access));
    let carried = accesses
        .list
        .iter()
        .filter(is_carried)
        .find(|access| footprint.uses(&access.place.root));
    if let Some(access) = carried {
        let place = &access.place;
        if let Touch::Method { name, .. } = &access.touch {
            diagnostics
                .report(
                    diagnostics::DEPENDENT_CALL,
                    call.node,
                    format!("this call needs `{place}`, which `{name}` may change"),
                )
                .note(format!("`{place}` can be changed, and nothing in the text says that `{name}` doesn't"))
                .help(format!(
                    "if `{name}` only looks at it: take `{place}` by `&`, or call `{name}` before, in a statement of its own; if each call may have a clone of its own, whose changes are lost: `private({place})`"
                ));
            return;
        }
        diagnostics
            .report(
                diagnostics::DEPENDENT_CALL,
                call.node,
                format!("this call needs `{place}`, which changes from call to call"),
            )
            .note(format!(
                "line {} changes `{place}` for the next call",
                diagnostics::line(&access.at)
            ))
            .help("remove the attribute: these calls run one after another");
        return;
    }
    if !obstacles.is_empty() {
        *diagnostics = obstacles;
        return;
    }
    if let Expr::While(node) = repeats
        && recursion.is_in(&node.cond)
    {
        diagnostics
            .report(
                diagnostics::ONE_CALL,
                call.node,
                format!("`{}` is called in the condition of a loop", recursion.callee),
            )
            .note("the loop asks again when an iteration has ended, so that its calls run one after another")
            .help("remove the attribute: this recursion walks along a single path");
        return;
    }
    diagnostics
        .report(
            diagnostics::ONE_CALL,
            call.node,
            format!("`{}` is called in a loop", recursion.callee),
        )
        .note("it is the only call, and the loop or chain around it is of a kind that is not cut into its children")
        .help(match repeats {
            Expr::MethodCall(_) => {
                "a chain over items, not over calls, is for `#[par_reduce]`: it shares out the items"
            }
            _ => "loop over the children with `for`, or map them: `children.iter().map(|child| ..)`",
        });
}

/// `self` in `self.visit(child)` where the method takes `&mut self`: each call of a loop gets the same.
pub(crate) fn shared_receiver(call: &Call<'_>, recursion: &Recursion) -> Option<String> {
    let (place, _) = place_of(call.receiver?)?;
    let is_shared = recursion.receiver == Some(Holds::Mutable) && place.root == "self" && place.depth() == 0;
    is_shared.then(|| place.to_string())
}

/// The place that a call passes on mutably.
fn shared_mutable(call: &Call<'_>, recursion: &Recursion, private: &[Ident]) -> Option<String> {
    let skip = usize::from(call.receiver.is_none() && recursion.receiver.is_some());
    let holds = recursion.parameters.iter().flatten().copied();
    let arguments = call.arguments.iter().skip(skip).zip(holds).find(|(argument, holds)| {
        let is_private = place_of(argument).is_some_and(|(place, _)| private.iter().any(|name| *name == place.root));
        // `&mut made(x)` is another one for each call
        let is_place = match argument {
            Expr::Reference(reference) => place_of(&reference.expr).is_some(),
            argument => matches!(argument, Expr::Path(_)),
        };
        *holds == Holds::Mutable && !is_private && is_place
    });
    arguments.map(|(argument, _)| match argument {
        Expr::Reference(reference) => reference.expr.to_token_stream().to_string(),
        argument => argument.to_token_stream().to_string(),
    })
}

/// Two calls that both run, and the place that both change.
fn sharing_calls<'c, 'a>(
    function: &ItemFn,
    recursion: &Recursion,
    calls: &'c [Call<'a>],
    private: &[Ident],
) -> Option<(&'c Call<'a>, String, bool)> {
    calls.iter().enumerate().find_map(|(at, later)| {
        let (place, is_private) = match shared_mutable(later, recursion, private) {
            Some(place) => (place, false),
            None => (shared_mutable(later, recursion, &[])?, true),
        };
        let is_shared = |earlier: &&Call<'_>| {
            shared_mutable(earlier, recursion, &[]).as_ref() == Some(&place)
                && paths::may_both_run(&function.block, earlier.node, later.node)
        };
        calls[..at].iter().find(is_shared).map(|_| (later, place, is_private))
    })
}

fn of_few(
    function: &ItemFn,
    recursion: &Recursion,
    calls: &[Call<'_>],
    private: &[Ident],
    diagnostics: &mut Diagnostics,
) {
    let name = &recursion.callee;
    if let Some((call, place, is_private)) = sharing_calls(function, recursion, calls, private) {
        let error = diagnostics.report(
            diagnostics::SHARED_MUT,
            call.node,
            format!("`{place}` is changed by this call and by the one before"),
        );
        error.note(format!(
            "both calls of `{name}` get the same `{place}`, so the second one may see what the first one wrote"
        ));
        match (is_private, sharing::help(function, &place)) {
            (true, _) => error.help(format!(
                "a clone is made for a call in a statement of its own: `let left = {name}(..);`, or `if {name}(..) {{ return ..; }}` for each"
            )),
            (false, Some(help)) => error.help(help),
            (false, None) => error.help(format!(
                "let each call return what it would leave in `{place}`, and combine the two results; without what `{place}` remembers the calls are independent"
            )),
        };
        return;
    }
    match calls {
        [first, _, ..] => diagnostics
            .report(
                diagnostics::ONE_CALL,
                first.node,
                format!("`{name}` is called on different paths, only one of the calls ever runs"),
            )
            .note("two calls that are to run at the same time must both be reached")
            .help("remove the attribute: this recursion walks along a single path"),
        [only] => diagnostics
            .report(
                diagnostics::ONE_CALL,
                only.node,
                format!("`{name}` has a single recursive call"),
            )
            .note("there is no second call that could run at the same time")
            .help("remove the attribute, or split the work in two halves with a call for each"),
        [] => diagnostics
            .report(
                diagnostics::ONE_CALL,
                &function.sig.ident,
                format!("`{name}` is only passed on as a value"),
            )
            .note("where it is called is not seen here")
            .help("call it by its name"),
    };
}

/// An expression's text, cut where it gets long.
fn short(expr: &Expr) -> String {
    let text = expr.to_token_stream().to_string().replace(" (", "(").replace(" ,", ",");
    match text.char_indices().nth(30) {
        Some((at, _)) => format!("{}..", &text[..at]),
        None => text,
    }
}
