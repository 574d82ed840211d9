//! What is each place that the loop changes: an accumulator with a law, or an obstacle?
//!
//! A place is an accumulator if everything that touches it in the loop is an update by one operation, `acc = acc op x`
//! (Blelloch's reduce), or the "better than" idiom. Any other read makes its value depend on the order of the
//! iterations; any other write carries a value from one iteration to the next.

pub(crate) mod cells;
mod compared;
mod methods;
mod obstacles;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Expr, ItemFn};

use crate::analysis::named;
use crate::analysis::privates::{self, Private};
use crate::analysis::recurrences::Refusal;
use crate::analysis::starts;
use crate::diagnostics::{self, Diagnostics, line};
use crate::lower::accesses::{Access, Accesses, Outside, Touch};
use crate::lower::cells::Part;
use crate::lower::kernels::Kernel;
use crate::lower::places::Place;
use crate::lower::updates::{Operation, Target, Update};
use crate::options::Options;

/// How an accumulator's partial results are made and joined.
#[derive(Debug)]
pub(crate) enum Law<'a> {
    /// By the type's monoid.
    Operation(Update<'a>),
    /// By minimum or maximum.
    Extremum(Update<'a>),
    /// With the other members of a "better than" idiom.
    Member(usize),
    /// By what the `Option` holds.
    Best(usize),
    /// By those of the parts of its cells.
    Cells(Vec<usize>),
    /// By the operation that the user named.
    Named(syn::Path),
    /// The last value stays; every leaf has a variable of its own.
    Private(Private),
}

/// A place that accumulates.
#[derive(Debug)]
pub(crate) struct Accumulator<'a> {
    /// The place.
    pub(crate) place: Place,
    /// The place as the user writes it.
    pub(crate) target: Expr,
    /// Its law.
    pub(crate) law: Law<'a>,
    /// `acc -= x` occurs.
    pub(crate) subtracts: bool,
    /// `acc += x` occurs, or whatever else is not a subtraction.
    pub(crate) adds: bool,
}

impl Outside for Kernel<'_> {
    fn is_variable(&self, name: &str) -> bool {
        self.variable(name).is_some()
    }

    fn is_mutable_reference(&self, name: &str) -> bool {
        self.variable(name)
            .is_some_and(|v| v.holds == crate::lower::variables::Holds::Mutable)
    }

    fn may_change(&self, name: &str) -> bool {
        self.variable(name).is_some_and(|v| v.may_change())
    }

    fn is_list(&self, name: &str) -> bool {
        self.variable(name).is_some_and(|v| v.is_list())
    }
}

/// Classifies what the loop changes, but for the places dealt with `elsewhere`; the obstacles are reported.
pub(crate) fn analyze<'a>(
    function: &ItemFn,
    kernel: &Kernel<'_>,
    found: &'a Accesses<'a>,
    elsewhere: &[Place],
    refused: &[(Place, Refusal)],
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Vec<Accumulator<'a>> {
    let mut cluster = Cluster {
        function,
        kernel,
        found,
        reported: Vec::new(),
        refused,
        diagnostics,
    };
    let mut accumulators = cluster.named(elsewhere, options);
    accumulators.extend(cluster.private(options).into_iter().filter(|private| {
        let is_elsewhere = |p: &Place| p.is_variable() && p.root == private.place.root;
        !elsewhere.iter().any(is_elsewhere)
    }));
    let mut places: Vec<Place> = accumulators.iter().map(|a: &Accumulator<'_>| a.place.clone()).collect();
    places.extend(elsewhere.iter().cloned());
    let free = |access: &&'a Access<'a>| !places.iter().any(|p| p.overlaps(&access.place));
    let accesses: Vec<_> = found.list.iter().filter(free).collect();
    accumulators.extend(cluster.updated(&accesses));
    cluster.compared(&accumulators);
    cluster.obstacles(&accesses, &accumulators);
    accumulators
}

struct Cluster<'a, 'd, 'k> {
    function: &'k ItemFn,
    kernel: &'k Kernel<'k>,
    found: &'a Accesses<'a>,
    /// Places about which something was said already.
    reported: Vec<Place>,
    /// Why carried values are no recurrences.
    refused: &'k [(Place, Refusal)],
    diagnostics: &'d mut Diagnostics,
}

impl<'a> Cluster<'a, '_, '_> {
    /// The accumulators of `reduce(var: Op)`.
    fn named(&mut self, elsewhere: &[Place], options: &Options) -> Vec<Accumulator<'a>> {
        let mut accumulators = Vec::new();
        for (variable, path) in &options.reduce {
            let place = Place {
                root: variable.to_string(),
                steps: Vec::new(),
            };
            let is_elsewhere = elsewhere.iter().any(|p| p.overlaps(&place));
            if !is_elsewhere && self.found.list.iter().any(|access| access.place.overlaps(&place)) {
                let reads = named::reads(self.kernel.node, &place.root);
                if let Some(at) = reads.first() {
                    let op = path.to_token_stream();
                    self.diagnostics
                        .report(
                            diagnostics::ACCUMULATOR_READ,
                            at,
                            format!("`{place}` is read in the loop that updates it"),
                        )
                        .note(format!(
                            "what it holds here depends on all iterations before this one, which `{op}` combines only after the loop"
                        ))
                        .notes(diagnostics::also_read(reads.iter().map(line), line(at)))
                        .help(match self.found.exits.is_empty() {
                            true => format!("use `{place}` only after the loop, or mark this loop `#[seq]`"),
                            false => format!("use `{place}` only after the loop; a check that only ends the loop where nothing changes any more can be left out; or mark this loop `#[seq]`"),
                        });
                }
                accumulators.push(Accumulator {
                    place,
                    target: syn::parse_quote!(#variable),
                    law: Law::Named(path.clone()),
                    subtracts: false,
                    adds: true,
                });
            }
        }
        accumulators
    }

    /// The variables that carry nothing from one iteration to the next.
    fn private(&mut self, options: &Options) -> Vec<Accumulator<'a>> {
        let named = |name: &str| options.reduce.iter().any(|(variable, _)| variable == name);
        let privates = privates::analyze(self.kernel, self.found, options);
        let slot = |(name, private): (String, Private)| {
            let root: Expr = syn::parse_str(&name).expect("a variable's name");
            Accumulator {
                place: Place {
                    root: name,
                    steps: Vec::new(),
                },
                target: root,
                law: Law::Private(private),
                subtracts: false,
                adds: true,
            }
        };
        let fields = privates::fields(self.kernel, self.found)
            .into_iter()
            .filter(|(place, _)| !named(&place.root) && !privates.iter().any(|(name, _)| *name == place.root))
            .map(|(place, left)| Accumulator {
                place: place.clone(),
                target: left.clone(),
                law: Law::Private(Private::OnlyWritten),
                subtracts: false,
                adds: true,
            });
        let fields: Vec<_> = fields.collect();
        let variables = privates.into_iter().filter(|(name, _)| !named(name)).map(slot);
        variables.chain(fields).collect()
    }

    /// The places that are updated, each with one law.
    fn updated(&mut self, accesses: &[&'a Access<'a>]) -> Vec<Accumulator<'a>> {
        let mut accumulators: Vec<Accumulator<'a>> = Vec::new();
        for access in accesses {
            let (law, target, subtracts) = match &access.touch {
                Touch::Update(update) => {
                    let law = match update.extremum {
                        Some(_) => Law::Extremum(update.clone()),
                        None => Law::Operation(update.clone()),
                    };
                    (law, update.target_expr.clone(), update.operation == Operation::Sub)
                }
                Touch::Best(number) => (Law::Best(*number), self.found.bests[*number].target.clone(), false),
                Touch::Cells(number) => {
                    let target = self.found.cells[*number].target_expr.clone();
                    (Law::Cells(vec![*number]), target, false)
                }
                Touch::Guarded(number) => {
                    let guard = &self.found.guards[*number];
                    let member = guard
                        .members
                        .iter()
                        .find(|m| m.place == access.place)
                        .expect("a member's access");
                    (Law::Member(*number), member.target.clone(), false)
                }
                _ => continue,
            };
            match accumulators.iter_mut().find(|a| a.place.overlaps(&access.place)) {
                None => accumulators.push(Accumulator {
                    place: access.place.clone(),
                    target,
                    law,
                    subtracts,
                    adds: !subtracts,
                }),
                Some(known) if known.place.is_same(&access.place) && self.fit(&known.law, &law) => {
                    if let (Law::Cells(known), Law::Cells(new)) = (&mut known.law, &law) {
                        known.extend(new);
                    }
                    if let (Law::Operation(known), Law::Operation(new)) = (&mut known.law, &law)
                        && new.operation == Operation::Append
                    {
                        known.operation = Operation::Append;
                    }
                    if let (Law::Operation(known), Law::Operation(new)) = (&mut known.law, &law) {
                        // one `x + acc` is enough for the law to be needed, and is where it is missed
                        if new.swapped && !known.swapped {
                            known.swapped = true;
                            known.operator = new.operator.clone();
                        }
                    }
                    known.subtracts |= subtracts;
                    known.adds |= !subtracts;
                }
                Some(known) => {
                    let (place, first) = (known.place.clone(), operator(&known.law, self.found));
                    self.mixed(&place, &first, &operator(&law, self.found), &access.at);
                }
            }
        }
        for accumulator in &accumulators {
            self.unsupported(accumulator);
        }
        accumulators
    }

    /// True if two updates of one place are by the same law.
    fn fit(&self, known: &Law<'_>, new: &Law<'_>) -> bool {
        match (known, new) {
            (Law::Operation(a), Law::Operation(b)) => {
                // `out += "text"` and `out.push(c)` both append to a string
                let append = [a.operation, b.operation].contains(&Operation::Append)
                    && [a.operation, b.operation].contains(&Operation::Add);
                a.target == b.target && (append || a.operation.family() == b.operation.family())
            }
            (Law::Extremum(a), Law::Extremum(b)) => {
                let later = |u: &Update<'_>| u.extremum.as_ref().is_some_and(|e| e.later_wins(u.operation));
                a.operation == b.operation && later(a) == later(b)
            }
            (Law::Member(a), Law::Member(b)) => {
                let (a, b) = (&self.found.guards[*a], &self.found.guards[*b]);
                a.text() == b.text()
                    && a.members.len() == b.members.len()
                    && a.members.iter().all(|m| b.members.iter().any(|n| n.place == m.place))
            }
            (Law::Cells(known), Law::Cells(new)) => {
                let mut of_known = known.iter().map(|number| &self.found.cells[*number]);
                of_known.all(|a| new.iter().all(|number| a.fits(&self.found.cells[*number])))
            }
            (Law::Best(a), Law::Best(b)) => self.found.bests[*a].order() == self.found.bests[*b].order(),
            _ => false,
        }
    }

    /// Why the place is no recurrence either, if somebody looked.
    fn why_no_recurrence(&self, place: &Place) -> Option<String> {
        let (_, refusal) = self.refused.iter().find(|(refused, _)| refused.overlaps(place))?;
        Some(refusal.note(place))
    }

    fn mixed(&mut self, place: &Place, first: &TokenStream, second: &TokenStream, at: &TokenStream) {
        if self.once(place) {
            let why = self.why_no_recurrence(place);
            self.diagnostics
                .report(
                    diagnostics::MIXED_OPERATIONS,
                    at,
                    format!(
                        "`{place}` is updated by `{second}` here and by `{first}` in line {}",
                        line(first)
                    ),
                )
                .note("partial results of different operations can't be combined: what comes first makes a difference")
                .notes(why)
                .help("if they are about different totals, use an accumulator of its own for each operation")
                .help("if the later update builds on what the earlier one left, the order counts: mark this loop `#[seq]`");
        }
    }

    /// Updates that are recognised but can't be done in pieces yet.
    fn unsupported(&mut self, accumulator: &Accumulator<'_>) {
        let place = &accumulator.place;
        if let Law::Cells(numbers) = &accumulator.law {
            return self.starts(place, numbers);
        }
        let update = match &accumulator.law {
            Law::Operation(update) | Law::Extremum(update) => update,
            _ => return,
        };
        let at = &update.operator;
        if !matches!(update.target, Target::Whole | Target::Held) && update.extremum.is_some() && self.once(place) {
            self.diagnostics
                .report(
                    diagnostics::NO_MONOID,
                    at,
                    format!("`{at}` on parts of `{place}` has no identity to start from"),
                )
                .note("every piece of the loop starts from a container of identities, and this operation has none")
                .help(
                    "collect the values with `push` or `+=` and apply them after the loop, or mark this loop `#[seq]`",
                );
        }
    }

    /// New values of a map that may be better than what was in it.
    fn starts(&mut self, place: &Place, numbers: &[usize]) {
        let mut cells = numbers.iter().map(|number| &self.found.cells[*number]);
        let wrong = cells.find_map(|cells| starts::wrong(self.function, self.kernel, cells));
        let Some(at) = wrong.map(Part::operator).filter(|_| self.once(place)) else {
            return;
        };
        self.diagnostics
            .report(
                diagnostics::NO_MONOID,
                &at,
                format!("`{at}` on parts of `{place}` has no identity to start from"),
            )
            .note(format!(
                "a piece of the loop doesn't see what `{place}` holds before, so it starts the values of all its keys anew, and a new one may be better"
            ))
            .help(format!(
                "start new values from the worst of all, such as `i64::MIN`, or from the first candidate; or make `{place}`, empty, in this function"
            ));
    }

    /// True the first time for a place.
    fn once(&mut self, place: &Place) -> bool {
        let first = !self.reported.iter().any(|p| p.overlaps(place));
        if first {
            self.reported.push(place.clone());
        }
        first
    }
}

/// The tokens of the operation, for messages and as the place of an error about its law.
pub(crate) fn operator(law: &Law<'_>, found: &Accesses<'_>) -> TokenStream {
    match law {
        Law::Operation(update) | Law::Extremum(update) => update.operator.clone(),
        Law::Member(number) => found.guards[*number].operator(),
        Law::Best(number) => found.bests[*number].operator.clone(),
        Law::Cells(numbers) => found.cells[numbers[0]].operator(),
        Law::Named(path) => path.to_token_stream(),
        Law::Private(_) => TokenStream::new(),
    }
}
