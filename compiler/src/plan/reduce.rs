//! The plan of an accumulating loop: its slots, how each starts and is joined, and the edits to the body.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::Expr;
use syn::visit_mut::VisitMut;

use crate::analysis::accumulators::{Accumulator, Law};
use crate::analysis::copied::{Copied, copied};
use crate::analysis::lends;
use crate::analysis::recurrences::{self, Family, Recurrences, Stage};
use crate::analysis::writes::Written;
use crate::diagnostics::ends;
use crate::explain::Explanation;
use crate::lower::NodeId;
use crate::lower::accesses::{Access, Accesses, Touch};
use crate::lower::guards::Substitute;
use crate::lower::inductions;
use crate::lower::kernels::Kernel;
use crate::lower::places::{Place, Step, place_of};
use crate::lower::subscripts::{self, Polynomial};
use crate::lower::updates::{Operation, Target, Update};
use crate::lower::variables::{Holds, Variable};
use crate::names::{FreeNames, located, respanned};
use crate::options::{Float, Options};
use crate::plan::edits::Edit;
use crate::plan::exits::Exits;
use crate::plan::rounding;
use crate::plan::slots::{Slot, clone, law_name, plain};
use crate::plan::uniques::Check;

/// A slice of which each iteration writes its own stretch.
#[derive(Debug)]
pub(crate) struct Part {
    /// Its name inside the leaf.
    pub(crate) local: Ident,
    /// The slice.
    pub(crate) target: TokenStream,
    /// Its elements, borrowed.
    pub(crate) lent: TokenStream,
    /// The trait of the method that lends them, if it is one.
    pub(crate) import: TokenStream,
    /// What is computed before any slice is borrowed.
    pub(crate) setup: TokenStream,
    /// The lowest element that the first iteration touches.
    pub(crate) first: TokenStream,
    /// How far the next iteration's elements are.
    pub(crate) stride: TokenStream,
    /// How many elements an iteration touches from there on.
    pub(crate) width: TokenStream,
    /// The same of the other places that it touches.
    pub(crate) others: Vec<[TokenStream; 3]>,
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
    /// The call that makes its law.
    pub(crate) law: Option<TokenStream>,
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
    /// The same, where the loop may forget where it began.
    pub(crate) forgetting: Option<syn::Block>,
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
    /// The header, if it is for the type of its items to say that they are not `&mut`.
    pub(crate) is_for_types: Option<(Span, Span)>,
    /// The header is a variable of a type that isn't one of std's, as far as the text tells.
    pub(crate) is_of_own_type: bool,
    /// What a leaf declares first.
    pub(crate) lets: TokenStream,
    /// The variables that it has copies of, if it names them.
    pub(crate) copied: Vec<Copied>,
    /// What is asked of the region for the sake of the slices.
    pub(crate) sequential: TokenStream,
    /// The values that it carries along.
    pub(crate) scan: Option<Scan>,
    /// What all pieces look at and threads might not be able to share.
    pub(crate) shared: Vec<TokenStream>,
    /// What its ways out take along, of which the text doesn't show whether it is copied.
    pub(crate) taken_along: Vec<Ident>,
    /// What the option `explain` says about it.
    pub(crate) explanation: Option<Explanation>,
    /// Its ways out.
    pub(crate) exits: Option<Exits>,
    /// Macros are called in it of which nothing is known.
    pub(crate) has_unknown_macros: bool,
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
        is_for_types: None,
        is_of_own_type: lends::is_of_own_type(&kernel.node.expr, &kernel.variables),
        lets: TokenStream::new(),
        copied: copied(kernel, found),
        sequential: TokenStream::new(),
        scan: None,
        shared: Vec::new(),
        taken_along: Vec::new(),
        explanation: None,
        exits: None,
        has_unknown_macros: !found.unknown_macros.is_empty(),
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
    pub(crate) kernel: &'a Kernel<'a>,
    pub(crate) found: &'a Accesses<'a>,
    pub(crate) accumulators: &'a [Accumulator<'a>],
    pub(crate) options: &'a Options,
    pub(crate) runtime: &'a TokenStream,
    pub(crate) names: &'a mut FreeNames,
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
            // no closure has a parameter of that name
            _ if root == "self" => self.names.free("this"),
            _ => root,
        }
    }

    /// The values that are carried along.
    fn scan(&mut self, found: Recurrences) {
        let mut slots = Vec::new();
        for carried in &found.carried {
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
                    law: None,
                });
                continue;
            }
            let variable = self.kernel.variable(&carried.place.root);
            let own = carried.place.is_variable() && variable.is_some_and(|v| v.holds != Holds::Mutable);
            let runtime = self.runtime;
            let law = carried.law.as_ref().map(|law| {
                let (op, at) = match law {
                    recurrences::Law::Named(path) => {
                        return self.law_by_name(path, &carried.place, &target.to_token_stream());
                    }
                    recurrences::Law::Operation(operation, at) => {
                        let marker = operation.marker();
                        (quote!(#runtime::ops::#marker), at.clone())
                    }
                };
                let span = ends(&at).0;
                let (monoid, target) = (
                    respanned(quote!(#runtime::monoid), span),
                    located(target.to_token_stream(), span),
                );
                quote_spanned!(span=> #monoid::<#op, _>(&#target))
            });
            slots.push(CarriedSlot {
                law,
                local: carried.local.clone(),
                is_primitive: variable.is_some_and(Variable::is_primitive),
                is_open: !carried.place.is_variable() || variable.is_some_and(|v| v.is_typed() && !v.is_primitive()),
                start: if own { quote!(#target) } else { clone(&quote!(&#target)) },
                store: quote!(#target),
                array: None,
            });
            let is_behind = variable.is_some_and(|v| v.holds == Holds::Mutable);
            let is_own_name = |access: &Access<'_>| {
                let are_variables = carried.place.is_variable() && access.place.is_variable();
                are_variables && carried.place.root != "self" && !is_behind
            };
            let is_renamed = |access: &&Access<'_>| !is_own_name(access);
            let found = self.found.list.iter().filter(|a| a.place.overlaps(&carried.place));
            for access in found.filter(is_renamed) {
                let rename = Edit::Rename {
                    local: carried.local.clone(),
                    place: carried.place.clone(),
                };
                self.edit(access.node, rename);
            }
        }
        let mut stages = found.stages;
        let (mut in_order, mut forgetting) = match self.options.float {
            Some(Float::Ordered) => (found.in_order, None),
            Some(Float::Tree) => (None, found.in_order.filter(|_| may_forget(&slots, &stages))),
            _ => (None, None),
        };
        stages
            .iter_mut()
            .map(Stage::body_mut)
            .chain(&mut in_order)
            .chain(&mut forgetting)
            .for_each(|body| self.name_parts(body));
        self.plan.scan = Some(Scan {
            carried: slots,
            stages,
            in_order,
            forgetting,
        });
    }

    /// The slices that are fields have names of their own, as in the leaf.
    fn name_parts(&self, body: &mut syn::Block) {
        let place = |part: &Part| Some(place_of(&syn::parse2(part.target.clone()).ok()?)?.0);
        let places: Vec<(Place, &Ident)> = self
            .plan
            .parts
            .iter()
            .filter_map(|part| Some((place(part)?, &part.local)))
            .filter(|(place, _)| !place.is_variable())
            .collect();
        Substitute(&mut |expr: &Expr| {
            let (place, _) = place_of(expr).filter(|(place, _)| place.depth() == 0)?;
            let (_, local) = places.iter().find(|(part, _)| part.is_same(&place))?;
            Some(syn::parse_quote!(#local))
        })
        .visit_block_mut(body);
    }

    /// A slice that is cut together with the source.
    fn part(&mut self, array: &Written) {
        let local = self.local(&array.place, &array.target);
        let induction = inductions::of_loop(self.kernel.node).expect("a subscript is over an induction variable");
        let number = syn::parse2::<syn::LitInt>(induction.first.clone())
            .ok()
            .and_then(|n| n.base10_parse().ok());
        let start = subscripts::wide(&induction.first, self.runtime);
        let start = if induction.is_behind {
            quote!((#start - 1))
        } else {
            start
        };
        let first_of = |lowest: &Polynomial| {
            let known = number
                .filter(|_| !induction.is_behind)
                .and_then(|first| lowest.at(first));
            known.as_ref().unwrap_or(lowest).to_tokens(&start, self.runtime)
        };
        let mut setup = TokenStream::new();
        let mut before = |role: &str, value: TokenStream| {
            let number = |expr: &Expr| matches!(expr, Expr::Lit(_));
            if syn::parse2::<Expr>(value.clone()).is_ok_and(|expr| match &expr {
                Expr::Unary(negated) => number(&negated.expr),
                expr => number(expr),
            }) {
                return value;
            }
            let name = format_ident!("{role}_{}", plain(&local), span = Span::mixed_site());
            setup.extend(quote!(let #name = #value;));
            name.to_token_stream()
        };
        let mut stretch = |role: &str, lowest: &Polynomial, stride: &Polynomial, width: &Polynomial| {
            let nothing = TokenStream::new();
            let first = before(&format!("first{role}"), first_of(lowest));
            let stride = before(&format!("stride{role}"), stride.to_tokens(&nothing, self.runtime));
            [first, stride, width.to_tokens(&nothing, self.runtime)]
        };
        let [first, stride, width] = stretch("", &array.lowest, &array.stride, &array.width);
        let others: Vec<_> = array
            .others
            .iter()
            .enumerate()
            .map(|(n, other)| stretch(&format!("_{}", n + 2), &other.lowest, &other.stride, &other.width))
            .collect();
        if array.stride.number().is_none() && others.is_empty() {
            let one = array.width.number() == Some(1) || array.width == array.stride;
            self.plan.sequential.extend(match one {
                true => quote!(.unless(#stride <= 0)),
                // downward, or a number of elements in rows of unknown width
                false => quote!(.unless(#stride == 0 || #width > #stride.abs())),
            });
        }
        if !array.place.is_variable() || array.place.root == "self" {
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
        let (lent, import) = match self.asked_elements(&array.place, &target) {
            Some(asked) => asked,
            None => (quote!(&mut #target[..]), TokenStream::new()),
        };
        self.plan.parts.push(Part {
            local,
            target,
            lent,
            import,
            setup,
            first,
            stride,
            width,
            others,
            is_chained: false,
        });
    }

    /// The elements of what is written to, borrowed by a method of its type where the text doesn't show that it is a slice or
    /// a list: the error about another type then says what is missing. Comes with the trait of the method.
    fn asked_elements(&self, place: &Place, target: &TokenStream) -> Option<(TokenStream, TokenStream)> {
        let variable = self.kernel.variable(&place.root)?;
        if variable.is_list() && place.is_variable() {
            return None;
        }
        // a variable that isn't `mut` but written to is a reference
        let behind = match (variable.mutable, place.is_variable()) {
            (true, _) => quote!(),
            (false, true) => quote!(*),
            (false, false) if variable.holds == Holds::Mutable => quote!(),
            (false, false) => return None,
        };
        let access = self.found.list.iter().find(|access| access.place.overlaps(place));
        let at = access.map_or(Span::mixed_site(), |access| ends(&access.at).0);
        let runtime = self.runtime;
        let import = respanned(quote!(use #runtime::Lend as _;), at);
        Some((quote_spanned!(at=> (&mut #behind #target).elements()), import))
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
            && self.kernel.variable(&accumulator.place.root).is_some_and(|v| {
                v.holds != Holds::Mutable && (v.is_primitive() || !self.kernel.captured.contains(&v.name))
            })
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
            Law::Operation(update) if accumulator.subtracts && update.target != Target::Whole => {
                let net = Update {
                    operation: Operation::SignedAdd,
                    ..update.clone()
                };
                if self.is_slice(accumulator, &net) {
                    self.cells_slot(accumulator, local, &net);
                } else {
                    let law = self.law_of(&net, &target);
                    self.monoid_slot(accumulator, local, &target, law, own);
                }
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
                let law = self.law_by_name(path, &accumulator.place, &target);
                self.monoid_slot(accumulator, local, &target, law, own);
            }
            Law::Extremum(update) => self.extremum_slot(accumulator, local, &target, update, own),
            Law::Best(number) => self.best_slot(local, &target, &self.found.bests[*number], own),
            Law::Cells(numbers) => self.parts_slot(accumulator, local, &target, numbers, own),
            Law::Private(private) => self.private_slot(accumulator, local, *private),
            Law::Member(number) => self.member_slot(at, accumulator, locals, &target, *number, own),
        }
    }

    pub(crate) fn edit(&mut self, node: NodeId, edit: Edit) {
        self.plan.edits.entry(node).or_default().push(edit);
    }

    /// The edits at every place where the accumulator is updated.
    fn edits_of(&mut self, accumulator: &Accumulator<'_>, local: &Ident) {
        let rounds =
            matches!(&accumulator.law, Law::Operation(update) if rounding::mode(update, self.options).is_some());
        for access in self.found.list.iter().filter(|a| a.place.is_same(&accumulator.place)) {
            // `*out += s` may stand beside `out.push_str(s)`
            if !(accumulator.place.is_variable() && access.place.is_variable()) || accumulator.place.root == "self" {
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
                && update.target == Target::Whole
            {
                let local = format_ident!("{}_minus", plain(local), span = Span::mixed_site());
                self.edit(access.node, Edit::Subtract { local });
            }
        }
    }
}

/// Do the steps multiply, which may make a value forget what it was, and can the values be compared bit by bit?
fn may_forget(carried: &[CarriedSlot], stages: &[Stage]) -> bool {
    let multiplies = stages.iter().any(|stage| match stage {
        Stage::Steps { variables, .. } => variables.iter().any(|(_, family, _)| *family == Family::Affine),
        Stage::Linear { .. } => true,
        Stage::Law { .. } | Stage::Automaton { .. } => false,
    });
    multiplies && carried.len() <= 4 && carried.iter().all(|slot| slot.is_primitive)
}
