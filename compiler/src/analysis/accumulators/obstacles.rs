//! What else happens to places that a loop changes, and stands in the way of running it in pieces?

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Expr, ExprAssign};

use super::{Accumulator, Cluster, Law, cells, methods, operator};
use crate::analysis::{mutations, operations};
use crate::diagnostics::{self, line};
use crate::lower::accesses::{Access, Touch};
use crate::lower::folds::FOLDED;
use crate::lower::places::Place;
use crate::lower::updates::strip;
use crate::lower::variables::Variable;
use crate::print::print;

impl<'a> Cluster<'a, '_, '_> {
    /// Everything else that happens to places that change.
    pub(super) fn obstacles(&mut self, accesses: &[&'a Access<'a>], accumulators: &[Accumulator<'a>]) {
        // what is read, to tell a carried value from one that is only kept
        let mut reads: BTreeMap<String, TokenStream> = BTreeMap::new();
        for access in accesses.iter().filter(|a| matches!(a.touch, Touch::Read)) {
            reads
                .entry(access.place.root.clone())
                .or_insert_with(|| access.at.clone());
        }
        for access in accesses {
            if let Some(accumulator) = accumulators.iter().find(|a| a.place.overlaps(&access.place)) {
                self.beside_updates(access, accumulator);
            } else {
                self.alone(access, &reads, accumulators);
            }
        }
    }

    fn beside_updates(&mut self, access: &Access<'_>, accumulator: &Accumulator<'_>) {
        let name = &accumulator.place;
        let update = operator(&accumulator.law, self.found);
        match &access.touch {
            Touch::Update(_) | Touch::Guarded(_) | Touch::Best(_) | Touch::Cells(_) => {}
            Touch::Write { .. } if self.once(name) => {
                let why = self.why_no_recurrence(name);
                self.diagnostics
                    .report(
                        diagnostics::LOOP_CARRIED,
                        &access.at,
                        format!("`{name}` is overwritten in the loop that updates it"),
                    )
                    .note(format!(
                        "`{update}` in line {} needs what the iteration before left in `{name}`",
                        line(&update)
                    ))
                    .notes(why)
                    .help("mark this loop `#[seq]`, or use a variable declared inside the loop");
            }
            Touch::Read | Touch::Method { .. } | Touch::BorrowMut if self.once(name) => {
                let why = self.why_no_recurrence(name);
                let elsewhere = self.read_elsewhere(name, &access.at);
                let error = self
                    .diagnostics
                    .report(
                        diagnostics::ACCUMULATOR_READ,
                        &access.at,
                        format!("`{name}` is read in the loop that updates it"),
                    )
                    .note(format!(
                        "what it holds here depends on all iterations before this one ({} `{update}` in line {})",
                        match accumulator.law {
                            Law::Member(_) | Law::Best(_) => "replaced where that is better by",
                            _ => "updated by",
                        },
                        line(&update)
                    ));
                error.notes(elsewhere).notes(why);
                error.help(format!("use `{name}` only after the loop, or mark this loop `#[seq]`"));
            }
            _ => {}
        }
    }

    /// The other lines that read the place.
    fn read_elsewhere(&self, place: &Place, here: &TokenStream) -> Option<String> {
        let reads = self.found.list.iter().filter(|access| {
            let reads = matches!(access.touch, Touch::Read | Touch::Method { .. } | Touch::BorrowMut);
            reads && access.place.overlaps(place)
        });
        diagnostics::also_read(reads.map(|access| line(&access.at)), line(here))
    }

    fn alone(&mut self, access: &Access<'_>, reads: &BTreeMap<String, TokenStream>, accumulators: &[Accumulator<'_>]) {
        let place = &access.place;
        let is_cell =
            !matches!(access.touch, Touch::Read) && self.found.refused.iter().any(|r| r.place.overlaps(place));
        if is_cell && self.once(place) && cells::report(place, self.found, self.diagnostics) {
            return;
        }
        match &access.touch {
            Touch::Write { node } => {
                if self.once(place) {
                    self.written(access, node, reads);
                }
            }
            Touch::BorrowMut => {
                if self.once(place) {
                    let name = place.without_elements();
                    let ways_out = self.ways_out(&name);
                    self.diagnostics
                        .report(
                            diagnostics::MUTABLE_BORROW,
                            &access.at,
                            format!("every iteration may change `{name}` through `&mut`"),
                        )
                        .note("what an iteration finds in it depends on the ones before, so they can't run at the same time")
                        .help(ways_out);
                }
            }
            Touch::Method {
                name: method,
                is_statement,
            } => {
                let variable = self.kernel.variable(&place.root);
                let updates_parts = accumulators.iter().any(|a| a.place.root == place.root);
                // `self.visit(..)` in the function `visit` of a `&mut self`
                let is_recursion = place.root == "self" && place.is_variable() && *method == self.function.sig.ident;
                let changes = *is_statement
                    || is_recursion
                    || mutations::changes_by_name(&method.to_string())
                    || mutations::gives_the_next(&method.to_string())
                    || !(updates_parts || mutations::changed_elsewhere(self.function, &place.root, self.kernel.id));
                if changes && variable.is_some() && self.once(place) && !self.unknown_by_method(access) {
                    self.diagnostics
                        .report(
                            diagnostics::UNKNOWN_METHOD,
                            &access.at,
                            format!("`{method}` may change `{place}`, which all iterations share"),
                        )
                        .note(format!(
                            "`{}` is mutable, and what an iteration finds in it depends on the ones before",
                            place.root
                        ))
                        .helps(methods::ways_out(self.kernel, access, method, *is_statement));
                }
            }
            Touch::Read | Touch::Update(_) | Touch::Guarded(_) | Touch::Best(_) | Touch::Cells(_) => {}
        }
    }

    /// What to do about a place that is passed on to be changed.
    fn ways_out(&self, name: &Place) -> String {
        let root = &name.root;
        let variable = self.kernel.variable(root).filter(|_| name.is_variable());
        let combined = match variable.and_then(Variable::collection) {
            Some(_) => format!("if it is only appended to: `reduce({root}: Append)`"),
            None => format!("if two of them combine: `reduce({root}: OPERATION)`"),
        };
        format!(
            "make a new `{name}` inside the loop; if what it holds doesn't matter to the next iteration: `private({root})`; {combined}"
        )
    }

    /// `acc = function(acc, x)`, by a function of which nothing is known.
    fn unknown(&mut self, access: &Access<'_>, assign: &ExprAssign, called: &Expr, name: &Place) {
        let function = strip(called).to_token_stream().to_string().replace(' ', "");
        // a type of the operation's name can stand beside a free function alone
        let is_free = self.kernel.variable(&function).is_none() && !is_associated(called);
        let root = &*name.root;
        let is_fold = root == FOLDED;
        let headline = match is_fold {
            true => format!("`{function}` folds the items, and nobody said that it is associative"),
            false => format!("`{function}` updates `{name}`, and nobody said that it is associative"),
        };
        let error = self
            .diagnostics
            .report(diagnostics::UNKNOWN_OPERATION, &access.at, headline)
            .note(format!(
                "pieces of the loop can be combined only if {function}(a, {function}(b, c)) is {function}({function}(a, b), c)"
            ));
        if is_free && !matches!(*assign.left, Expr::Path(_)) {
            let (place, local) = (
                print(&assign.left),
                methods::last_field(name).unwrap_or_else(|| "value".to_string()),
            );
            error.help(format!(
                "if it is, write `#[associative(identity = ..)]` before `{function}`, and let the loop update a variable: `let mut {local} = {place};` before it, and `{place} = {local};` behind it"
            ));
            return;
        }
        match (is_free, is_fold) {
            (true, true) => error.help(format!(
                "if it is, write `#[associative(identity = ..)]` before `{function}`, `fold(.., |acc, x| {function}(acc, x))` here, and `reduce(acc: {function})` in the attribute's parentheses"
            )),
            (true, false) => error.help(format!(
                "if it is, write `#[associative(identity = ..)]` before `{function}` and `reduce({root}: {function})` in the attribute's parentheses"
            )),
            (false, _) => error.help(format!(
                "write what `{function}` does in the place of its call; or, if it is associative, make a free function of it, with `#[associative(identity = ..)]` before it and `reduce({}: {})` in the attribute's parentheses",
                if is_fold { "acc" } else { root },
                function.rsplit("::").next().unwrap_or_default(),
            )),
        };
    }

    fn written(&mut self, access: &Access<'_>, node: &Expr, reads: &BTreeMap<String, TokenStream>) {
        let place = &access.place;
        let why = self.why_no_recurrence(place);
        let name = place.without_elements();
        if place.depth() > 0 {
            self.diagnostics
                .report(
                    diagnostics::PLACE_WRITTEN,
                    &access.at,
                    format!("which elements of `{name}` this touches can't be told"),
                )
                .note("which elements different iterations write can't be told apart here")
                .help(format!(
                    "write through `{name}.iter_mut()` as the loop's source, or mark this loop `#[seq]`"
                ));
            return;
        }
        match node {
            Expr::Binary(binary) => {
                let op = binary.op.to_token_stream();
                self.diagnostics
                    .report(
                        diagnostics::NO_MONOID,
                        &op,
                        format!("`{op}` on `{name}` is no associative operation"),
                    )
                    .note("partial results of it can't be combined: (a op b) op c is not a op (b op c)")
                    .notes(why)
                    .help("mark this loop `#[seq]`");
            }
            Expr::Assign(assign) if calls_with(&assign.right, &name) => {
                let Expr::Call(call) = &*assign.right else {
                    unreachable!("calls_with saw a call")
                };
                self.unknown(access, assign, &call.func, &name);
            }
            Expr::Assign(assign) if methods::operation(assign).is_some() && self.unknown_by_method(access) => {}
            _ => {
                let error = self.diagnostics.report(
                    diagnostics::LOOP_CARRIED,
                    &access.at,
                    format!("`{name}` is carried from one iteration into the next"),
                );
                let (here, read) = (line(&access.at), reads.get(&place.root).map(line));
                match read {
                    Some(read) if read != here => error.note(format!(
                        "an iteration reads in line {read} what an earlier one wrote in line {here}, so they can't run at the same time"
                    )),
                    _ => error.note("an iteration needs what the one before wrote, so they can't run at the same time"),
                };
                error.notes(why);
                error.help(format!(
                    "if every iteration sets `{name}` before it is read, declare it inside the loop; else mark this loop `#[seq]`"
                ));
            }
        }
    }
}

/// `f(.., name, ..)`
fn calls_with(value: &Expr, name: &Place) -> bool {
    let Expr::Call(call) = value else { return false };
    call.args.iter().any(|argument| {
        let argument = match argument {
            Expr::Reference(reference) => &reference.expr,
            other => other,
        };
        crate::lower::places::place_of(argument).is_some_and(|(place, _)| place.is_same(name))
    })
}

/// `Self::merge`, `Summary::merge`, `u64::abs_diff`
fn is_associated(function: &Expr) -> bool {
    let Expr::Path(path) = strip(function) else {
        return false;
    };
    let of = path.path.segments.iter().rev().nth(1);
    of.is_some_and(|of| operations::is_type(&of.ident))
}
