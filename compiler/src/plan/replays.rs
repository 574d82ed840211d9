//! The plan of calls that are made in order, with arguments computed in parallel.
//!
//! A place's calls are an accumulator of the loop: the first leaf has the place itself and makes its calls at once, the
//! others take theirs down, and joining two leaves makes, or hands on, what the later one took down. At the call the
//! arguments are computed as before and handed over together with a function that makes the call.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::Expr;
use syn::visit_mut::VisitMut;

use crate::analysis::replays::Replayed;
use crate::lower::accesses::{Accesses, Touch};
use crate::lower::bindings::bindings;
use crate::lower::guards::Substitute;
use crate::lower::kernels::Kernel;
use crate::lower::places::{Place, place_of};
use crate::lower::variables::Holds;
use crate::names::FreeNames;
use crate::plan::edits::Edit;
use crate::plan::reduce::LoopPlan;
use crate::plan::slots::Slot;

/// How one call is taken down.
#[derive(Clone, Debug)]
pub(crate) struct Replay {
    /// The place that is called.
    place: Place,
    /// The variable that holds the calls.
    calls: Ident,
    /// Which of the place's calls this is.
    number: usize,
    /// How many there are.
    count: usize,
    /// Variables that lend what lives longer than the loop.
    lasting: BTreeSet<String>,
    runtime: TokenStream,
}

/// Adds the slots and the edits of the replayed places to a loop's plan.
pub(crate) fn plan(
    plan: &mut LoopPlan,
    kernel: &Kernel<'_>,
    found: &Accesses<'_>,
    replayed: &[Replayed],
    runtime: &TokenStream,
    names: &mut FreeNames,
) {
    if replayed.iter().any(|r| !r.calls.is_empty()) {
        plan.sequential.extend(quote!(.bounded()));
    }
    let lasting = lasting(kernel, found);
    for Replayed { place, target, calls } in replayed {
        let last = place.to_string();
        let last = last.rsplit('.').next().unwrap_or_default().trim_start_matches("r#");
        let local = names.free(&format!("{last}_calls"));
        for (number, call) in calls.iter().enumerate() {
            let replay = Replay {
                place: place.clone(),
                calls: local.clone(),
                number,
                count: calls.len(),
                lasting: lasting.clone(),
                runtime: runtime.clone(),
            };
            plan.edits
                .entry(*call)
                .or_default()
                .push(Edit::Replay(Box::new(replay)));
        }
        let memory = memory(kernel, place, target);
        let slot = Slot {
            start: quote!(#runtime::Calls::on(#memory)),
            store: Some(quote!(_)),
            fresh: quote!(#runtime::Calls::later()),
            fresh_is_constant: true,
            ..Slot::new(local)
        };
        let (left, right) = (slot.left(), slot.right());
        plan.slots.push(Slot {
            combine: quote!(#left.then(#right);),
            ..slot
        });
    }
}

/// A `&mut` to what the calls are about.
fn memory(kernel: &Kernel<'_>, place: &Place, target: &Expr) -> TokenStream {
    let variable = kernel.variable(&place.root).filter(|_| place.is_variable());
    match variable {
        Some(v) if v.holds == Holds::Mutable => quote!(&mut *#target),
        // a reference that the text doesn't show: what isn't `mut` can't be lent mutably itself
        Some(v) if !v.mutable && v.holds == Holds::Value => quote!(&mut *#target),
        Some(v) if v.holds == Holds::Shared => quote!(&mut { #target }),
        _ => quote!(&mut #target),
    }
}

/// Variables of which references outlive the iteration: those outside that nothing changes, and those in the loop's
/// pattern if its source lends its items.
fn lasting(kernel: &Kernel<'_>, found: &Accesses<'_>) -> BTreeSet<String> {
    let changed = |name: &str| {
        let mut about = found.list.iter().filter(|access| access.place.root == name);
        about.any(|access| !matches!(access.touch, Touch::Read))
    };
    let mut names: BTreeSet<String> = kernel
        .variables
        .iter()
        .filter(|v| !changed(&v.name))
        .map(|v| v.name.clone())
        .collect();
    for binding in bindings(&kernel.node.pat) {
        names.remove(&binding.ident.to_string());
        if lends(&kernel.node.expr, kernel) {
            names.insert(binding.ident.to_string());
        }
    }
    names
}

/// True if a header's items are references.
fn lends(header: &Expr, kernel: &Kernel<'_>) -> bool {
    match header {
        Expr::Paren(paren) => lends(&paren.expr, kernel),
        Expr::Reference(_) => true,
        Expr::Path(path) => {
            let variable = path
                .path
                .get_ident()
                .and_then(|ident| kernel.variable(&ident.to_string()));
            variable.is_some_and(|v| v.holds == Holds::Shared)
        }
        Expr::MethodCall(call) => {
            let name = call.method.to_string();
            let passes = ["enumerate", "zip", "rev", "skip", "take", "step_by", "chain", "filter"];
            [
                "iter",
                "windows",
                "chunks",
                "chunks_exact",
                "keys",
                "values",
                "lines",
                "split",
                "split_whitespace",
            ]
            .contains(&name.as_str())
                || (passes.contains(&name.as_str()) && lends(&call.receiver, kernel))
        }
        _ => false,
    }
}

impl Replay {
    /// Turns the call into one that is made in its turn.
    pub(crate) fn apply(&self, node: &mut Expr) {
        let mut given = Vec::new();
        let mut call = node.clone();
        match &mut call {
            Expr::Assign(assign) => {
                self.hole(&mut assign.right, &mut given);
                self.indices(&mut assign.left, &mut given);
            }
            Expr::Binary(binary) => {
                self.hole(&mut binary.right, &mut given);
                self.indices(&mut binary.left, &mut given);
            }
            Expr::MethodCall(method) => {
                self.indices(&mut method.receiver, &mut given);
                for argument in &mut method.args {
                    self.hole(argument, &mut given);
                }
            }
            _ => return,
        }
        let target = Ident::new("target", Span::mixed_site());
        let rename = &mut |expr: &Expr| {
            let (found, _) = place_of(expr)?;
            (found.depth() == 0 && found.is_same(&self.place)).then(|| syn::parse_quote!(#target))
        };
        Substitute(rename).visit_expr_mut(&mut call);
        let (values, names): (Vec<_>, Vec<_>) = given.into_iter().unzip();
        let (calls, runtime) = (&self.calls, &self.runtime);
        let given = self.kind(quote!((#(#values,)*)), runtime);
        let pattern = self.kind(quote!((#(#names,)*)), runtime);
        *node = if self.count == 1 {
            syn::parse_quote!(#calls.make(#given, |#target, #pattern| { #call; }))
        } else {
            let all = Ident::new("given", Span::mixed_site());
            syn::parse_quote!(#calls.make(#given, |#target, #all| if let #pattern = #all { #call; }))
        };
    }

    /// What one of several calls is given, or a pattern of it.
    fn kind(&self, of_call: TokenStream, runtime: &TokenStream) -> TokenStream {
        let is_last = self.number + 1 == self.count;
        let innermost = if is_last {
            of_call
        } else {
            quote!(#runtime::Either::Left(#of_call))
        };
        (0..self.number).fold(innermost, |inner, _| quote!(#runtime::Either::Right(#inner)))
    }

    /// The indices on the way to a place, as the call is given them.
    fn indices(&self, place: &mut Expr, given: &mut Vec<(TokenStream, Ident)>) {
        match place {
            Expr::Paren(e) => self.indices(&mut e.expr, given),
            Expr::Group(e) => self.indices(&mut e.expr, given),
            Expr::Unary(e) => self.indices(&mut e.expr, given),
            Expr::Field(e) => self.indices(&mut e.base, given),
            Expr::Index(e) => {
                self.indices(&mut e.expr, given);
                self.hole(&mut e.index, given);
            }
            _ => {}
        }
    }

    /// Takes an expression out of the call and leaves the name under which the call is given it.
    fn hole(&self, argument: &mut Expr, given: &mut Vec<(TokenStream, Ident)>) {
        if matches!(argument, Expr::Lit(_)) {
            return;
        }
        let name = format_ident!("given_{}", given.len() + 1, span = Span::mixed_site());
        let (value, seen): (TokenStream, Expr) = match argument {
            Expr::Reference(reference) if reference.mutability.is_none() => match place_of(&reference.expr) {
                Some((place, _)) if self.lasting.contains(&place.root) => {
                    (argument.to_token_stream(), syn::parse_quote!(#name))
                }
                // what lives no longer than the iteration
                Some(_) => (
                    quote!(::std::borrow::ToOwned::to_owned(#argument)),
                    syn::parse_quote!(&#name),
                ),
                None => (reference.expr.to_token_stream(), syn::parse_quote!(&#name)),
            },
            _ => (argument.to_token_stream(), syn::parse_quote!(#name)),
        };
        given.push((value, name));
        *argument = seen;
    }
}
