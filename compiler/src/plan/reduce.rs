//! The plan of an accumulating loop: its slots, how each starts and is joined, and the edits to the body.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::Expr;
use syn::visit::{self, Visit};
use syn::visit_mut::VisitMut;

use crate::analysis::accumulators::{Accumulator, Law};
use crate::analysis::privates::Private;
use crate::analysis::recurrences::{Recurrences, Stage};
use crate::analysis::writes::Written;
use crate::diagnostics::ends;
use crate::explain::Explanation;
use crate::lower::NodeId;
use crate::lower::accesses::{Accesses, Touch};
use crate::lower::bests::Best;
use crate::lower::guards::{Guard, Substitute};
use crate::lower::inductions;
use crate::lower::kernels::Kernel;
use crate::lower::places::{Place, Step, place_of};
use crate::lower::subscripts;
use crate::lower::updates::{Extremum, Operation, Target, Update, strip};
use crate::lower::variables::{Holds, Variable};
use crate::names::{FreeNames, located, respanned};
use crate::options::{Float, Options};
use crate::plan::edits::Edit;
use crate::plan::exits::Exits;
use crate::plan::rounding;
use crate::plan::uniques::Check;

/// One value that a leaf carries along.
#[derive(Debug)]
pub(crate) struct Slot {
    /// Its name inside the leaf.
    pub(crate) local: Ident,
    /// What is checked or made before the loop: the law.
    pub(crate) setup: TokenStream,
    /// The value that the first leaf starts from.
    pub(crate) start: TokenStream,
    /// Where the result goes; a new variable, `result`, if nowhere.
    pub(crate) store: Option<TokenStream>,
    /// What other leaves start from, given a reference `local` to a current value.
    pub(crate) fresh: TokenStream,
    /// How two results are joined, `left_local` being a `&mut` and `right_local` a value.
    pub(crate) combine: TokenStream,
    /// What is done with the result after the loop.
    pub(crate) after: TokenStream,
    /// What other leaves start from does not depend on the current value.
    pub(crate) fresh_is_constant: bool,
}

impl Slot {
    /// One that nothing is known of yet.
    pub(crate) fn new(local: Ident) -> Self {
        Slot {
            local,
            setup: TokenStream::new(),
            start: TokenStream::new(),
            store: None,
            fresh: TokenStream::new(),
            combine: TokenStream::new(),
            after: TokenStream::new(),
            fresh_is_constant: false,
        }
    }

    /// The new variable that the result goes to if `store` is nowhere.
    pub(crate) fn result(&self) -> Ident {
        format_ident!("{}_found", plain(&self.local), span = Span::mixed_site())
    }

    /// The earlier partial result.
    pub(crate) fn left(&self) -> Ident {
        side("left", &self.local)
    }

    /// The later partial result.
    pub(crate) fn right(&self) -> Ident {
        side("right", &self.local)
    }
}

fn side(which: &str, local: &Ident) -> Ident {
    format_ident!("{which}_{}", plain(local), span = Span::mixed_site())
}

/// The name of an accumulator's law.
pub(crate) fn law_name(local: &Ident) -> Ident {
    format_ident!("law_{}", plain(local), span = Span::mixed_site())
}

fn plain(ident: &Ident) -> String {
    ident.to_string().trim_start_matches("r#").to_string()
}

/// A slice of which each iteration writes its own stretch.
#[derive(Debug)]
pub(crate) struct Part {
    /// Its name inside the leaf.
    pub(crate) local: Ident,
    /// The slice.
    pub(crate) target: TokenStream,
    /// What is computed before any slice is borrowed.
    pub(crate) setup: TokenStream,
    /// The lowest element that the first iteration touches.
    pub(crate) first: TokenStream,
    /// How far the next iteration's elements are.
    pub(crate) stride: TokenStream,
    /// Each iteration reads the element that the one before wrote.
    pub(crate) is_chained: bool,
}

/// A value that is carried from one iteration to the next.
#[derive(Debug)]
pub(crate) struct CarriedSlot {
    /// Its type is known before the loop, and the text leaves open whether it is a number.
    pub(crate) is_open: bool,
    /// The text shows that it is a number, a character or a truth value.
    pub(crate) is_primitive: bool,
    /// Its name inside the leaf.
    pub(crate) local: Ident,
    /// The value that the first leaf starts from.
    pub(crate) start: TokenStream,
    /// Where the last value goes.
    pub(crate) store: TokenStream,
    /// The slice of which it is the element before a piece's own.
    pub(crate) array: Option<Ident>,
}

/// The carried values of a loop, and how pieces of it are summarised.
#[derive(Debug)]
pub(crate) struct Scan {
    /// The values.
    pub(crate) carried: Vec<CarriedSlot>,
    /// The summaries, one stage after the other.
    pub(crate) stages: Vec<Stage>,
    /// What decides about all values, where they have to be computed in order.
    pub(crate) in_order: Option<syn::Block>,
}

/// What is done with one loop.
#[derive(Debug)]
pub(crate) struct LoopPlan {
    /// The loop.
    pub(crate) id: NodeId,
    /// What its leaves carry along.
    pub(crate) slots: Vec<Slot>,
    /// The slices that it writes to.
    pub(crate) parts: Vec<Part>,
    /// What is looked through before the loop.
    pub(crate) checks: Vec<Check>,
    /// What a leaf declares first.
    pub(crate) lets: TokenStream,
    /// What is asked of the region for the sake of the slices.
    pub(crate) sequential: TokenStream,
    /// The values that it carries along.
    pub(crate) scan: Option<Scan>,
    /// What all pieces look at and threads might not be able to share.
    pub(crate) shared: Vec<TokenStream>,
    /// What the option `explain` says about it.
    pub(crate) explanation: Option<Explanation>,
    /// Its ways out.
    pub(crate) exits: Option<Exits>,
    /// Variables without a value before the loop: declared anew in each iteration.
    pub(crate) undeclared: Vec<Ident>,
    /// The changes to its body.
    pub(crate) edits: BTreeMap<NodeId, Vec<Edit>>,
}

/// What the analyses say about a loop.
pub(crate) struct Facts<'a> {
    /// The places that accumulate.
    pub(crate) accumulators: &'a [Accumulator<'a>],
    /// The arrays that are split between the iterations.
    pub(crate) written: &'a [Written],
    /// The values that are carried along.
    pub(crate) recurrences: Recurrences,
}

/// Plans one loop.
pub(crate) fn plan(
    kernel: &Kernel<'_>,
    found: &Accesses<'_>,
    facts: Facts<'_>,
    options: &Options,
    runtime: &TokenStream,
    names: &mut FreeNames,
) -> LoopPlan {
    let Facts {
        accumulators,
        written,
        recurrences,
    } = facts;
    let plan = LoopPlan {
        id: kernel.id,
        slots: Vec::new(),
        parts: Vec::new(),
        checks: Vec::new(),
        lets: TokenStream::new(),
        sequential: TokenStream::new(),
        scan: None,
        shared: Vec::new(),
        explanation: None,
        exits: None,
        undeclared: Vec::new(),
        edits: BTreeMap::new(),
    };
    let mut planner = Planner {
        kernel,
        found,
        accumulators,
        options,
        runtime,
        names,
        plan,
    };
    for array in written {
        planner.part(array);
    }
    let locals: Vec<Ident> = accumulators
        .iter()
        .map(|a| planner.local(&a.place, &a.target))
        .collect();
    for (at, accumulator) in accumulators.iter().enumerate() {
        planner.accumulator(at, accumulator, &locals);
    }
    if !recurrences.carried.is_empty() {
        planner.scan(recurrences);
    }
    planner.plan
}

pub(crate) struct Planner<'a> {
    kernel: &'a Kernel<'a>,
    found: &'a Accesses<'a>,
    accumulators: &'a [Accumulator<'a>],
    options: &'a Options,
    pub(crate) runtime: &'a TokenStream,
    names: &'a mut FreeNames,
    pub(crate) plan: LoopPlan,
}

impl Planner<'_> {
    /// The place's name inside the leaf: its own if it is a variable.
    fn local(&mut self, place: &Place, target: &Expr) -> Ident {
        let (_, root) = place_of(target).expect("what is changed is a place");
        match place.steps.iter().rev().find(|step| !matches!(step, Step::Deref)) {
            Some(Step::Field(name)) => self
                .names
                .free(&format!("{}_{}", plain(&root), name.trim_start_matches("r#"))),
            _ => root,
        }
    }

    /// The values that are carried along.
    fn scan(&mut self, recurrences: Recurrences) {
        let mut slots = Vec::new();
        for carried in &recurrences.carried {
            let target = &carried.target;
            if let Some(array) = &carried.array {
                self.part(&array.written);
                let runtime = self.runtime;
                let before = &carried.local;
                let part = self.plan.parts.last_mut().expect("the part just made");
                part.is_chained = true;
                let Part {
                    first,
                    stride,
                    local,
                    setup,
                    ..
                } = part;
                setup.extend(quote!(let #before = #runtime::before(&#target[..], #first, #stride);));
                slots.push(CarriedSlot {
                    local: before.clone(),
                    is_open: true,
                    is_primitive: false,
                    start: quote!(#before),
                    store: quote!(_),
                    array: Some(local.clone()),
                });
                continue;
            }
            let variable = self.kernel.variable(&carried.place.root);
            let own = carried.place.is_variable() && variable.is_some_and(|v| v.holds != Holds::Mutable);
            slots.push(CarriedSlot {
                local: carried.local.clone(),
                is_primitive: variable.is_some_and(Variable::is_primitive),
                is_open: !carried.place.is_variable() || variable.is_some_and(|v| v.is_typed() && !v.is_primitive()),
                start: if own { quote!(#target) } else { clone(&quote!(&#target)) },
                store: quote!(#target),
                array: None,
            });
            if carried.place.is_variable() {
                continue;
            }
            for access in self.found.list.iter().filter(|a| a.place.overlaps(&carried.place)) {
                let rename = Edit::Rename {
                    local: carried.local.clone(),
                    place: carried.place.clone(),
                };
                self.edit(access.node, rename);
            }
        }
        self.plan.scan = Some(Scan {
            carried: slots,
            stages: recurrences.stages,
            in_order: recurrences
                .in_order
                .filter(|_| self.options.float == Some(Float::Ordered)),
        });
    }

    /// A slice that is cut together with the source.
    fn part(&mut self, array: &Written) {
        let local = self.local(&array.place, &array.target);
        let induction = inductions::of_loop(self.kernel.node).expect("a subscript is over an induction variable");
        let number = syn::parse2::<syn::LitInt>(induction.first.clone())
            .ok()
            .and_then(|n| n.base10_parse().ok());
        let lowest = number
            .filter(|_| !induction.is_behind)
            .and_then(|first| array.lowest.at(first));
        let first = subscripts::wide(&induction.first, self.runtime);
        let first = if induction.is_behind {
            quote!((#first - 1))
        } else {
            first
        };
        let first = lowest.as_ref().unwrap_or(&array.lowest).to_tokens(&first, self.runtime);
        let mut setup = TokenStream::new();
        let mut before = |role: &str, value: TokenStream| {
            if syn::parse2::<syn::LitInt>(value.clone()).is_ok() || value.to_string() == "- 1" {
                return value;
            }
            let name = format_ident!("{role}_{}", plain(&local), span = Span::mixed_site());
            setup.extend(quote!(let #name = #value;));
            name.to_token_stream()
        };
        let first = before("first", first);
        let stride = before("stride", array.stride.to_tokens(&TokenStream::new(), self.runtime));
        if array.stride.number().is_none() {
            self.plan.sequential.extend(quote!(.unless(#stride <= 0)));
        }
        if !array.place.is_variable() {
            for access in self.found.list.iter().filter(|a| a.place.overlaps(&array.place)) {
                self.edit(
                    access.node,
                    Edit::Rename {
                        place: array.place.clone(),
                        local: local.clone(),
                    },
                );
            }
        }
        let target = array.target.to_token_stream();
        self.plan.parts.push(Part {
            local,
            target,
            setup,
            first,
            stride,
            is_chained: false,
        });
    }

    /// The memory behind the accumulator, as an expression.
    fn target(&self, accumulator: &Accumulator<'_>) -> TokenStream {
        let target = &accumulator.target;
        let behind_reference = accumulator.place.is_variable()
            && self
                .kernel
                .variable(&accumulator.place.root)
                .is_some_and(|v| v.holds == Holds::Mutable);
        if behind_reference {
            quote!(*#target)
        } else {
            quote!(#target)
        }
    }

    pub(crate) fn is_own_variable(&self, accumulator: &Accumulator<'_>) -> bool {
        accumulator.place.is_variable()
            && self
                .kernel
                .variable(&accumulator.place.root)
                .is_some_and(|v| v.holds != Holds::Mutable)
    }

    fn accumulator(&mut self, at: usize, accumulator: &Accumulator<'_>, locals: &[Ident]) {
        let local = &locals[at];
        let target = self.target(accumulator);
        if !matches!(accumulator.law, Law::Named(_) | Law::Private(_)) {
            self.edits_of(accumulator, local);
        }
        let own = self.is_own_variable(accumulator);
        match &accumulator.law {
            Law::Operation(update) if let Some(mode) = rounding::mode(update, self.options) => {
                self.rounding_slot(accumulator, local, &target, update, mode);
            }
            Law::Operation(update) => {
                let law = self.law_of(update, &target);
                if accumulator.adds && self.is_slice(accumulator, update) {
                    self.cells_slot(accumulator, local, update);
                } else if accumulator.adds {
                    self.monoid_slot(accumulator, local, &target, law.clone(), own);
                }
                if accumulator.subtracts {
                    self.subtrahend_slot(local, &target, law);
                }
            }
            Law::Named(path) => {
                let runtime = self.runtime;
                let span = ends(path).0;
                let (monoid, target_here) = (respanned(quote!(#runtime::monoid), span), located(target.clone(), span));
                let mut law = quote_spanned!(span=> #monoid::<#path, _>(&#target_here));
                if is_called_behind(self.kernel.node, &accumulator.place) {
                    let commutative = respanned(quote!(#runtime::commutative), span);
                    law = quote_spanned!(span=> { #commutative::<#path, _>(&#target_here); #law });
                }
                self.monoid_slot(accumulator, local, &target, law, own);
            }
            Law::Extremum(update) => self.extremum_slot(accumulator, local, &target, update, own),
            Law::Best(number) => self.best_slot(local, &target, &self.found.bests[*number], own),
            Law::Private(private) => self.private_slot(accumulator, local, *private),
            Law::Member(number) => self.member_slot(at, accumulator, locals, &target, *number, own),
        }
    }

    /// The operation's type.
    fn marker(&self, update: &Update<'_>) -> TokenStream {
        let runtime = self.runtime;
        let marker = update.operation.marker();
        let op = quote!(#runtime::ops::#marker);
        match self.options.float {
            Some(Float::Tree | Float::Any) if update.operation.may_round() => quote!(#runtime::ops::Rounded<#op>),
            _ => op,
        }
    }

    /// The call that makes the accumulator's law, at the user's operator.
    fn law_of(&self, update: &Update<'_>, target: &TokenStream) -> TokenStream {
        let runtime = self.runtime;
        let op = self.marker(update);
        let kind = match update.target {
            Target::Whole => quote!(monoid::<#op, _>),
            Target::Element(depth @ 1..=3) => {
                let depth = format_ident!("Depth{depth}");
                quote!(elementwise::<#op, #runtime::#depth<_>>)
            }
            Target::Element(_) => quote!(elementwise::<#op, _>),
            Target::Entry => quote!(keyed::<#op, _>),
        };
        let span = ends(&update.operator).0;
        let target = located(target.clone(), span);
        let of = |law: TokenStream| {
            let law = respanned(quote!(#runtime::#law), span);
            quote_spanned!(span=> #law(&#target))
        };
        let law = of(kind);
        if update.swapped {
            let check = of(quote!(commutative::<#op, _>));
            quote_spanned!(span=> { #check; #law })
        } else {
            law
        }
    }

    fn monoid_slot(
        &mut self,
        accumulator: &Accumulator<'_>,
        local: &Ident,
        target: &TokenStream,
        law: TokenStream,
        own: bool,
    ) {
        let law_name = law_name(local);
        let slot = Slot {
            setup: quote_spanned!(Span::mixed_site()=> let #law_name = #law;),
            start: if own {
                accumulator.target.to_token_stream()
            } else {
                quote!(#law_name.take(&mut #target))
            },
            store: Some(target.clone()),
            fresh: quote!(#law_name.fresh(#local)),
            ..Slot::new(local.clone())
        };
        let (left, right) = (slot.left(), slot.right());
        self.plan.slots.push(Slot {
            combine: quote!(#law_name.combine(#left, #right);),
            ..slot
        });
    }

    /// True if the accumulator is a slice that somebody else owns: it can't be moved out and back.
    fn is_slice(&self, accumulator: &Accumulator<'_>, update: &Update<'_>) -> bool {
        let variable = self.kernel.variable(&accumulator.place.root);
        let lends = |v: &Variable| v.holds == Holds::Mutable && v.is_slice();
        matches!(update.target, Target::Element(1..=3))
            && accumulator.place.is_variable()
            && variable.is_some_and(lends)
    }

    /// A slice whose cells accumulate: the first leaf has the slice itself, the others a list of identities.
    fn cells_slot(&mut self, accumulator: &Accumulator<'_>, local: &Ident, update: &Update<'_>) {
        let runtime = self.runtime;
        let Target::Element(depth) = update.target else { return };
        let how = (1..depth).fold(quote!(#runtime::Cell), |how, _| quote!(#runtime::Nested<#how>));
        let op = self.marker(update);
        let span = ends(&update.operator).0;
        let target = located(accumulator.target.to_token_stream(), span);
        let law = respanned(quote!(#runtime::cells::<#op, #how, _>), span);
        let law_name = format_ident!("law_{}", plain(local), span = Span::mixed_site());
        let cells = format_ident!("{}_cells", plain(local), span = Span::mixed_site());
        let slot = Slot {
            setup: quote_spanned!(Span::mixed_site()=> let #law_name = #law(&*#target);),
            start: quote!(#runtime::Cells::of(&mut *#local)),
            store: Some(quote!(_)),
            fresh: quote!(#law_name.fresh(#cells)),
            ..Slot::new(cells.clone())
        };
        let (left, right) = (slot.left(), slot.right());
        self.plan.lets.extend(quote!(let #local = #cells.slice();));
        self.plan.slots.push(Slot {
            combine: quote!(#law_name.combine(#left, #right);),
            ..slot
        });
    }

    /// A variable of which the last value stays.
    fn private_slot(&mut self, accumulator: &Accumulator<'_>, local: &Ident, private: Private) {
        if private == Private::Undeclared {
            self.plan.undeclared.push(local.clone());
            return;
        }
        let runtime = self.runtime;
        let slot = Slot::new(local.clone());
        let (left, right, result) = (slot.left(), slot.right(), slot.result());
        if private == Private::OnlyWritten {
            let target = &accumulator.target;
            self.plan.slots.push(Slot {
                start: quote!(::core::option::Option::None),
                fresh: quote!(::core::option::Option::None),
                fresh_is_constant: true,
                combine: quote!(#runtime::last(#left, #right);),
                after: quote!(if let ::core::option::Option::Some(#result) = #result { #target = #result; }),
                ..slot
            });
            for access in self.found.list.iter().filter(|a| a.place.is_same(&accumulator.place)) {
                self.edit(access.node, Edit::Written { local: local.clone() });
            }
            return;
        }
        let flag = self.flag(local);
        let right_flag = side("right", &flag);
        // what can't be cloned is an error where the option names it
        let named = self.options.private.iter().find(|name| *name == local);
        let fresh = match named {
            Some(name) => quote_spanned!(name.span()=> ::core::clone::Clone::clone(#name)),
            None => clone(&quote!(#local)),
        };
        self.plan.slots.push(Slot {
            start: accumulator.target.to_token_stream(),
            store: Some(accumulator.target.to_token_stream()),
            fresh,
            combine: quote!(if #right_flag { *#left = #right; }),
            ..slot
        });
        let changes = |touch: &Touch<'_>| !matches!(touch, Touch::Read);
        for access in self
            .found
            .list
            .iter()
            .filter(|a| a.place.root == accumulator.place.root && changes(&a.touch))
        {
            self.edit(access.node, Edit::Change { flag: flag.clone() });
        }
        self.flag_slot(flag);
    }

    /// What is subtracted, added up.
    fn subtrahend_slot(&mut self, of: &Ident, target: &TokenStream, law: TokenStream) {
        let local = format_ident!("{}_minus", plain(of), span = Span::mixed_site());
        let law_name = format_ident!("law_{}", local, span = Span::mixed_site());
        let slot = Slot {
            setup: quote_spanned!(Span::mixed_site()=> let #law_name = #law;),
            start: quote!(#law_name.fresh(&#target)),
            fresh: quote!(#law_name.fresh(#local)),
            ..Slot::new(local.clone())
        };
        let (left, right, result) = (slot.left(), slot.right(), slot.result());
        self.plan.slots.push(Slot {
            combine: quote!(#law_name.combine(#left, #right);),
            after: quote!(#target -= #result;),
            ..slot
        });
    }

    fn extremum_slot(
        &mut self,
        accumulator: &Accumulator<'_>,
        local: &Ident,
        target: &TokenStream,
        update: &Update<'_>,
        own: bool,
    ) {
        let runtime = self.runtime;
        let extremum = update.extremum.as_ref().expect("an extremum");
        let primitive = self
            .kernel
            .variable(&accumulator.place.root)
            .is_some_and(|v| v.is_primitive())
            && own;
        let setup = {
            let span = ends(&update.operator).0;
            let (lattice, target) = (
                respanned(quote!(#runtime::lattice), span),
                located(target.clone(), span),
            );
            quote_spanned!(span=> #lattice(&#target);)
        };
        let start = if own {
            accumulator.target.to_token_stream()
        } else {
            clone(&quote!(&#target))
        };
        if extremum.later_wins(update.operation) && !primitive {
            return self.found_slot(accumulator, local, target, extremum, setup, start);
        }
        let slot = Slot {
            setup,
            start,
            store: Some(target.clone()),
            fresh: clone(&quote!(#local)),
            ..Slot::new(local.clone())
        };
        let (left, right) = (slot.left(), slot.right());
        let current = if primitive {
            quote!((*#left))
        } else {
            clone(&quote!(&*#left))
        };
        let better = extremum.call(&current, &right.to_token_stream());
        self.plan.slots.push(Slot {
            combine: quote!(*#left = #better;),
            ..slot
        });
    }

    /// An extremum of which the last of equal values stays, where equal values can be told apart: a leaf has to know
    /// whether it found one, so its variable is an `Option`.
    fn found_slot(
        &mut self,
        accumulator: &Accumulator<'_>,
        local: &Ident,
        target: &TokenStream,
        extremum: &Extremum,
        setup: TokenStream,
        start: TokenStream,
    ) {
        let runtime = self.runtime;
        let slot = Slot::new(local.clone());
        let (left, right, result) = (slot.left(), slot.right(), slot.result());
        let (earlier, later) = (
            format_ident!("earlier", span = Span::mixed_site()),
            format_ident!("later", span = Span::mixed_site()),
        );
        let better = extremum.call(&quote!(#earlier), &quote!(#later));
        self.plan.slots.push(Slot {
            setup,
            start: quote!(::core::option::Option::Some(#start)),
            fresh: quote!(::core::option::Option::None),
            combine: quote! {
                if let ::core::option::Option::Some(#later) = #right {
                    *#left = ::core::option::Option::Some(match #left.take() {
                        ::core::option::Option::Some(#earlier) => #better,
                        ::core::option::Option::None => #later,
                    });
                }
            },
            after: quote!(#target = #runtime::found(#result);),
            fresh_is_constant: true,
            ..slot
        });
        let (best, next) = (self.names.free("best"), self.names.free("next"));
        for access in self.found.list.iter().filter(|a| a.place.is_same(&accumulator.place)) {
            self.edit(
                access.node,
                Edit::Found {
                    local: local.clone(),
                    extremum: extremum.clone(),
                    best: best.clone(),
                    next: next.clone(),
                },
            );
        }
    }

    /// An `Option` that keeps the better of two.
    fn best_slot(&mut self, local: &Ident, target: &TokenStream, best: &Best<'_>, own: bool) {
        let slot = Slot::new(local.clone());
        let (left, right) = (slot.left(), slot.right());
        let view = |new: Expr| {
            let mut view = best.view.clone();
            let replace = &mut |expr: &Expr| {
                place_of(expr)
                    .is_some_and(|(place, _)| place.is_same(&best.place))
                    .then(|| new.clone())
            };
            Substitute(replace).visit_expr_mut(&mut view);
            view
        };
        let (left_view, right_view) = (view(syn::parse_quote!(*#left)), view(syn::parse_quote!(#right)));
        let (pattern, key, op) = (&best.pattern, &best.key, &best.comparison);
        let (right_key, is_better) = (
            Ident::new("right_key", Span::mixed_site()),
            Ident::new("is_better", Span::mixed_site()),
        );
        let better = if best.candidate_first {
            quote!(#right_key #op #key)
        } else {
            quote!(#key #op #right_key)
        };
        self.plan.slots.push(Slot {
            start: if own { quote!(#target) } else { clone(&quote!(&#target)) },
            store: Some(target.clone()),
            fresh: quote!(::core::option::Option::None),
            fresh_is_constant: true,
            combine: quote! {
                if let ::core::option::Option::Some(#pattern) = #right_view {
                    let #right_key = #key;
                    let #is_better = match #left_view {
                        ::core::option::Option::Some(#pattern) => #better,
                        ::core::option::Option::None => true,
                    };
                    if #is_better {
                        *#left = #right;
                    }
                }
            },
            ..slot
        });
    }

    fn member_slot(
        &mut self,
        at: usize,
        accumulator: &Accumulator<'_>,
        locals: &[Ident],
        target: &TokenStream,
        number: usize,
        own: bool,
    ) {
        let group: Vec<usize> = (0..self.accumulators.len())
            .filter(|&n| self.is_member(n, number))
            .collect();
        let first = group[0] == at;
        let local = &locals[at];
        let guard = &self.found.guards[number];
        let flag = (first && !guard.strict).then(|| self.flag(local));
        let combine = if first {
            self.combine_group(&group, locals, guard, flag.as_ref())
        } else {
            TokenStream::new()
        };
        self.plan.slots.push(Slot {
            setup: TokenStream::new(),
            start: if own {
                accumulator.target.to_token_stream()
            } else {
                clone(&quote!(&#target))
            },
            store: Some(target.clone()),
            fresh: clone(&quote!(#local)),
            combine,
            ..Slot::new(local.clone())
        });
        if let Some(flag) = flag {
            self.mark(accumulator, &flag);
            self.flag_slot(flag);
        }
    }

    fn is_member(&self, at: usize, number: usize) -> bool {
        let place = &self.accumulators[at].place;
        matches!(self.accumulators[at].law, Law::Member(_))
            && self.found.guards[number].members.iter().any(|m| m.place.is_same(place))
    }

    /// `if key(right) op key(left) { left = right }`
    fn combine_group(&self, group: &[usize], locals: &[Ident], guard: &Guard<'_>, flag: Option<&Ident>) -> TokenStream {
        let key = |which: &str, dereference: bool| {
            let mut key = guard.key.clone();
            Substitute(&mut |expr| {
                let (place, _) = place_of(expr)?;
                let at = *group.iter().find(|&&n| self.accumulators[n].place.is_same(&place))?;
                let name = side(which, &locals[at]);
                Some(if dereference {
                    syn::parse_quote!((*#name))
                } else {
                    syn::parse_quote!(#name)
                })
            })
            .visit_expr_mut(&mut key);
            key
        };
        let (left_key, right_key) = (key("left", true), key("right", false));
        let op = &guard.comparison;
        let seen = flag.map(|flag| {
            let right_flag = side("right", flag);
            quote!(#right_flag &&)
        });
        let moves = group.iter().map(|&n| {
            let (left, right) = (side("left", &locals[n]), side("right", &locals[n]));
            quote!(*#left = #right;)
        });
        let better: Expr = syn::parse_quote!(#seen #right_key #op #left_key);
        quote!(if #better { #(#moves)* })
    }

    fn flag(&mut self, of: &Ident) -> Ident {
        self.names.free(&format!("{}_set", plain(of)))
    }

    /// A slot that tells whether a leaf found anything at all.
    fn flag_slot(&mut self, flag: Ident) {
        let slot = Slot {
            start: quote!(false),
            store: Some(quote!(_)),
            fresh: quote!(false),
            fresh_is_constant: true,
            ..Slot::new(flag)
        };
        let (left, right) = (slot.left(), slot.right());
        self.plan.slots.push(Slot {
            combine: quote!(*#left |= #right;),
            ..slot
        });
    }

    fn mark(&mut self, accumulator: &Accumulator<'_>, flag: &Ident) {
        for access in self.found.list.iter().filter(|a| a.place.is_same(&accumulator.place)) {
            self.edit(access.node, Edit::Mark { flag: flag.clone() });
        }
    }

    fn edit(&mut self, node: NodeId, edit: Edit) {
        self.plan.edits.entry(node).or_default().push(edit);
    }

    /// The edits at every place where the accumulator is updated.
    fn edits_of(&mut self, accumulator: &Accumulator<'_>, local: &Ident) {
        let renamed = !accumulator.place.is_variable();
        let rounds =
            matches!(&accumulator.law, Law::Operation(update) if rounding::mode(update, self.options).is_some());
        for access in self.found.list.iter().filter(|a| a.place.is_same(&accumulator.place)) {
            if renamed {
                let rename = Edit::Rename {
                    local: local.clone(),
                    place: accumulator.place.clone(),
                };
                self.edit(access.node, rename);
            }
            if rounds {
                let law = law_name(local);
                self.edit(
                    access.node,
                    Edit::Step {
                        local: local.clone(),
                        law,
                    },
                );
            } else if let Touch::Update(update) = &access.touch
                && update.operation == Operation::Sub
            {
                let local = format_ident!("{}_minus", plain(local), span = Span::mixed_site());
                self.edit(access.node, Edit::Subtract { local });
            }
        }
    }
}

/// True if the loop has an `acc = f(x, acc)`: an order of the arguments that takes commutativity.
fn is_called_behind(node: &syn::ExprForLoop, place: &Place) -> bool {
    struct Behind<'a> {
        place: &'a Place,
        found: bool,
    }

    impl<'a> Visit<'a> for Behind<'_> {
        fn visit_expr_assign(&mut self, node: &'a syn::ExprAssign) {
            let is_place = |e: &Expr| place_of(e).is_some_and(|(p, _)| p.is_same(self.place));
            if is_place(&node.left)
                && let Expr::Call(call) = strip(&node.right)
                && call.args.len() == 2
                && is_place(&call.args[1])
            {
                self.found = true;
            }
            visit::visit_expr_assign(self, node);
        }
    }

    let mut behind = Behind { place, found: false };
    behind.visit_expr_for_loop(node);
    behind.found
}

fn clone(reference: &TokenStream) -> TokenStream {
    quote!(::core::clone::Clone::clone(#reference))
}
