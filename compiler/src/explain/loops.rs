//! What is said about a loop or an iterator chain: its source, what it carries along, what it writes, its ways out.

use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{ExprForLoop, ExprMethodCall, ItemFn};

use super::{Explanation, code};
use crate::analysis::accumulators::{Accumulator, Law};
use crate::analysis::privates::Private;
use crate::analysis::recurrences::{Carried, Family, Recurrences, Stage};
use crate::analysis::replays::Replayed;
use crate::analysis::writes::Written;
use crate::lower::NodeId;
use crate::lower::accesses::{Accesses, Leads, Touch};
use crate::lower::kernels::Kernel;
use crate::lower::updates::{Extremum, Operation, Target, Update};
use crate::plan::chains::Chains;
use crate::plan::reduce::LoopPlan;
use crate::print::{print, print_short};

/// How long a piece of code may get in a sentence.
const MOST: usize = 60;

/// About the loops and chains of a function, in the order of the source.
pub(crate) fn of_kernels(function: &ItemFn, plans: &[LoopPlan], chains: &Chains, sorts: &[NodeId]) -> Vec<Explanation> {
    let mut listed = Listed {
        plans,
        chains,
        sorts,
        found: Vec::new(),
    };
    listed.visit_block(&function.block);
    listed.found
}

struct Listed<'p> {
    plans: &'p [LoopPlan],
    chains: &'p Chains,
    sorts: &'p [NodeId],
    found: Vec<Explanation>,
}

impl<'a> Visit<'a> for Listed<'_> {
    fn visit_expr_for_loop(&mut self, node: &'a ExprForLoop) {
        let plan = self.plans.iter().find(|plan| plan.id == NodeId::of(node));
        self.found.extend(plan.and_then(|plan| plan.explanation.clone()));
        visit::visit_expr_for_loop(self, node);
    }

    fn visit_expr_method_call(&mut self, node: &'a ExprMethodCall) {
        if self.sorts.contains(&NodeId::of(node)) {
            let what = format!("a slice is sorted by rayon's `par_{}`", node.method);
            self.found.push(Explanation::new(print_short(node, MOST), what));
        }
        if self.chains.contains_key(&NodeId::of(node)) {
            self.found.push(of_chain(node));
        }
        visit::visit_expr_method_call(self, node);
    }

    fn visit_item(&mut self, _: &'a syn::Item) {}
}

/// About a loop that is cut into pieces.
pub(crate) fn of_loop(
    kernel: &Kernel<'_>,
    found: &Accesses<'_>,
    accumulators: &[Accumulator<'_>],
    (written, replayed): (&[Written], &[Replayed]),
    recurrences: &Recurrences,
) -> Explanation {
    let (pattern, source) = (
        print_short(&kernel.node.pat, MOST),
        print_short(&kernel.node.expr, MOST),
    );
    let mut about = Explanation::new(
        format!("for {pattern} in {source}"),
        format!("{} is cut into pieces", code(&source)),
    );
    for array in written {
        about.fact(writes(array, found));
    }
    for later in replayed {
        let place = code(&later.place.to_string());
        about.fact(format!(
            "{place}: what is put into it is computed in parallel, and put there in the sequential order"
        ));
    }
    for accumulator in accumulators {
        about.fact(carried(accumulator, found));
    }
    for value in &recurrences.carried {
        about.fact(along(value, recurrences));
    }
    for exit in &found.exits {
        let exit = match exit.leads {
            Leads::Behind => format!(
                "`{}` ends the loop at the iteration at which the sequential one does",
                exit.what
            ),
            _ => format!(
                "`{}` leaves with what the sequential loop leaves with: the first one counts",
                exit.what
            ),
        };
        if !about.facts.contains(&exit) {
            about.fact(exit);
        }
    }
    about
}

/// About an iterator chain whose source is cut into pieces.
fn of_chain(call: &ExprMethodCall) -> Explanation {
    let mut first = &*call.receiver;
    while let syn::Expr::MethodCall(inner) = first {
        if crate::lower::chains::adaptor(inner).is_none() {
            break;
        }
        first = &inner.receiver;
    }
    let source = print_short(first, MOST);
    let mut about = Explanation::new(print_short(call, MOST), format!("{} is cut into pieces", code(&source)));
    let method = call.method.to_string();
    about.fact(match method.as_str() {
        "any" | "all" | "find" | "find_map" | "position" => {
            format!("`{method}` gives the first answer in the sequential order, later pieces are told to stop")
        }
        "for_each" => "every piece runs the original chain".to_string(),
        "sum" | "count" => format!("every piece runs the original chain, the parts of `{method}` are added up (`ops::Add`)"),
        "product" => "every piece runs the original chain, the parts of `product` are multiplied (`ops::Mul`)".to_string(),
        "min" | "max" => {
            let (kept, op) = if method == "min" { ("first", "Min") } else { ("last", "Max") };
            format!("every piece runs the original chain, the parts are joined by `{method}` (`ops::{op}`), of equal values the {kept} one stays")
        }
        "min_by_key" | "min_by" | "max_by_key" | "max_by" => {
            let kept = if method.starts_with("min") { "first" } else { "last" };
            format!("every piece runs the original chain, of the parts of `{method}` the better one stays, of equal ones the {kept}")
        }
        _ => format!("every piece runs the original chain, the parts of `{method}` are joined in order"),
    });
    about
}

/// A value that is carried along: how a piece is summarised before it is run.
fn along(value: &Carried, recurrences: &Recurrences) -> String {
    let place = code(&value.place.to_string());
    let how = recurrences.stages.iter().find_map(|stage| match stage {
        Stage::Steps { variables, .. } => {
            let (_, family, _) = variables.iter().find(|(local, ..)| *local == value.local)?;
            Some(match family {
                Family::Last => "the last value set".to_string(),
                Family::Shift => "a running sum".to_string(),
                Family::Affine => "`a * v + b`".to_string(),
                Family::Clamp => "a running sum between bounds".to_string(),
                Family::Order => "a running minimum or maximum".to_string(),
                Family::Bits => "operations on bits".to_string(),
                Family::Modular => "`(a * v + b) % m`".to_string(),
            })
        }
        Stage::Linear { variables, .. } => {
            let is_it = variables.iter().any(|(name, _)| *name == value.local);
            is_it.then(|| {
                format!(
                    "by linear forms of {} values that depend on each other",
                    variables.len()
                )
            })
        }
        Stage::Law { variable, .. } => (*variable == value.local).then(|| "by the law of its operation".to_string()),
        Stage::Automaton { variables, states, .. } => {
            let at = variables.iter().position(|local| *local == value.local)?;
            Some(match states[at].len() {
                1 => "an automaton of one state".to_string(),
                several => format!("an automaton of {several} states"),
            })
        }
    });
    let how = how.unwrap_or_else(|| "a value that is handed on".to_string());
    format!("{place}: carried along, {how}; the pieces are summarised first, then run from what comes in")
}

fn writes(array: &Written, found: &Accesses<'_>) -> String {
    let mut places: Vec<String> = Vec::new();
    let elements = found
        .list
        .iter()
        .filter(|a| a.subscript.is_some() && a.place.overlaps(&array.place));
    for access in elements.filter(|a| !matches!(a.touch, Touch::Read)) {
        let place = match &access.touch {
            Touch::Update(update) => print_short(update.element, MOST),
            _ => print_short(&assigned(&access.at), MOST),
        };
        if !places.contains(&place) {
            places.push(place);
        }
    }
    let places: Vec<_> = places.iter().map(|place| code(place)).collect();
    let checked = match array.stride.number() {
        Some(_) => "",
        None => "; that they don't overlap is checked at run time",
    };
    format!(
        "{}: every iteration writes elements of its own{checked}",
        places.join(", ")
    )
}

/// The place in front of an assignment.
fn assigned(at: &proc_macro2::TokenStream) -> proc_macro2::TokenStream {
    match syn::parse2::<syn::Expr>(at.clone()) {
        Ok(syn::Expr::Assign(assign)) => assign.left.to_token_stream(),
        Ok(syn::Expr::Binary(binary)) => binary.left.to_token_stream(),
        _ => at.clone(),
    }
}

fn carried(accumulator: &Accumulator<'_>, found: &Accesses<'_>) -> String {
    let place = code(&accumulator.place.to_string());
    match &accumulator.law {
        Law::Operation(update) if accumulator.subtracts && !accumulator.adds && update.target == Target::Whole => {
            format!(
                "{place}{}: what is subtracted is added up, and subtracted once",
                part(update)
            )
        }
        Law::Operation(update) => format!("{place}{}: {}", part(update), joined(update.operation)),
        Law::Extremum(update) => {
            let kept = match extremum(update) {
                Some(call) if call.later_wins(update.operation) => "last",
                _ => "first",
            };
            let name = if update.operation == Operation::Max {
                "max"
            } else {
                "min"
            };
            format!(
                "{place}{}: joined by `{name}`, of equal values the {kept} one stays",
                part(update)
            )
        }
        Law::Member(number) => {
            let guard = &found.guards[*number];
            let ties = match (&guard.order.simple, guard.order.strict) {
                (_, true) => ", of equal ones the first",
                (Some(_), false) => ", of equal ones the last",
                (None, false) => "",
            };
            let by = match &guard.order.simple {
                Some((key, op)) => format!("{} {}", print(op), print_short(key, MOST)),
                None => print_short(guard.condition, MOST),
            };
            format!("{place}: the better one by {} stays{ties}", code(&by))
        }
        Law::Cells(numbers) => {
            let of = numbers.iter().flat_map(|number| &found.cells[*number].parts);
            let mut parts: Vec<String> = of
                .map(|part| code(&format!("{} {}", part.path.join("."), print(&part.operator()))))
                .collect();
            parts.dedup();
            let by = match found.cells[numbers[0]].target {
                Target::Entry => "key by key",
                Target::Held => "from the first one on",
                _ => "element by element",
            };
            match parts.is_empty() {
                true => format!("{place}, {by}: only made where there is none"),
                false => format!("{place}, {by}: each part by its own operation, {}", parts.join(", ")),
            }
        }
        Law::Best(number) => {
            let best = &found.bests[*number];
            format!(
                "{place}: the better one by {} of what is found stays",
                code(&print(&best.comparison))
            )
        }
        Law::Named(path) => format!("{place}: joined by {}", code(&print(path))),
        Law::Private(Private::Undeclared) => format!("{place}: each iteration has its own"),
        Law::Private(Private::Overwritten) => {
            format!("{place}: each leaf has its own, that of the last iteration is kept")
        }
        Law::Private(Private::OnlyWritten) => format!("{place}: only written, the last value is kept"),
    }
}

/// The call by which minima or maxima are compared.
fn extremum<'u>(update: &'u Update<'_>) -> Option<&'u Extremum> {
    update.extremum.as_ref()
}

fn part(update: &Update<'_>) -> &'static str {
    match update.target {
        Target::Whole => "",
        Target::Element(_) => ", element by element",
        Target::Entry => ", key by key",
        Target::Held => ", from the first one on",
    }
}

/// The operation in the user's spelling, with its name in `ops`.
fn joined(operation: Operation) -> String {
    let marker = operation.marker();
    let how = match operation {
        Operation::Add | Operation::Sub | Operation::SignedAdd => "added up",
        Operation::Mul => "multiplied",
        Operation::WrappingAdd | Operation::SaturatingAdd => "added up",
        Operation::WrappingMul => "multiplied",
        Operation::BitAnd | Operation::And => "joined by and",
        Operation::BitOr | Operation::Or => "joined by or",
        Operation::BitXor => "joined by exclusive or",
        Operation::Append => "joined in order",
        Operation::Union => "united, of equal keys the later one counts",
        Operation::Combine => "combined in order",
        Operation::Min => "joined by `min`",
        Operation::Max => "joined by `max`",
    };
    format!("{how} (`ops::{marker}`)")
}
