//! The plan of an accumulating loop: its slots, how each starts and is joined, and the edits to the body.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::visit_mut::VisitMut;
use syn::{BinOp, Expr};

use crate::analysis::accumulators::{Accumulator, Law};
use crate::diagnostics::ends;
use crate::lower::NodeId;
use crate::lower::accesses::{Accesses, Touch};
use crate::lower::guards::{Guard, Substitute};
use crate::lower::kernels::Kernel;
use crate::lower::places::{Place, Step, place_of};
use crate::lower::updates::{Target, Update};
use crate::lower::variables::Holds;
use crate::names::{FreeNames, located, respanned};
use crate::options::{Float, Options};

/// One value that a leaf carries along.
#[derive(Debug)]
pub(crate) struct Slot {
    /// Its name inside the leaf.
    pub(crate) local: Ident,
    /// What is checked or made before the loop: the law.
    pub(crate) setup: TokenStream,
    /// The value that the first leaf starts from.
    pub(crate) start: TokenStream,
    /// Where the result goes; a new variable of the name `local` if nowhere.
    pub(crate) store: Option<TokenStream>,
    /// What other leaves start from, given a reference `local` to a current value.
    pub(crate) fresh: TokenStream,
    /// How two results are joined, `left_local` being a `&mut` and `right_local` a value.
    pub(crate) combine: TokenStream,
    /// What is done with the result after the loop.
    pub(crate) after: TokenStream,
    /// It only tells whether a leaf found anything.
    pub(crate) is_flag: bool,
}

impl Slot {
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

fn plain(ident: &Ident) -> String {
    ident.to_string().trim_start_matches("r#").to_string()
}

/// One change to the loop's body.
#[derive(Clone, Debug)]
pub(crate) enum Edit {
    /// The place is a variable of the leaf.
    Rename { place: Place, local: Ident },
    /// `acc -= x` adds `x` to what is subtracted once after the loop.
    Subtract { local: Ident },
    /// The flag is set when this has run.
    Mark { flag: Ident },
}

/// What is done with one loop.
#[derive(Debug)]
pub(crate) struct LoopPlan {
    /// The loop.
    pub(crate) id: NodeId,
    /// What its leaves carry along.
    pub(crate) slots: Vec<Slot>,
    /// The changes to its body.
    pub(crate) edits: BTreeMap<NodeId, Vec<Edit>>,
}

/// Plans one loop.
pub(crate) fn plan(
    kernel: &Kernel<'_>,
    found: &Accesses<'_>,
    accumulators: &[Accumulator<'_>],
    options: &Options,
    runtime: &TokenStream,
    names: &mut FreeNames,
) -> LoopPlan {
    let plan = LoopPlan {
        id: kernel.id,
        slots: Vec::new(),
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
    let locals: Vec<Ident> = accumulators.iter().map(|a| planner.local(a)).collect();
    for (at, accumulator) in accumulators.iter().enumerate() {
        planner.accumulator(at, accumulator, &locals);
    }
    planner.plan
}

struct Planner<'a> {
    kernel: &'a Kernel<'a>,
    found: &'a Accesses<'a>,
    accumulators: &'a [Accumulator<'a>],
    options: &'a Options,
    runtime: &'a TokenStream,
    names: &'a mut FreeNames,
    plan: LoopPlan,
}

impl Planner<'_> {
    /// The accumulator's name inside the leaf: its own if it is a variable.
    fn local(&mut self, accumulator: &Accumulator<'_>) -> Ident {
        let place = &accumulator.place;
        let (_, root) = place_of(&accumulator.target).expect("an accumulator is a place");
        match place.steps.iter().rev().find(|step| !matches!(step, Step::Deref)) {
            Some(Step::Field(name)) => self
                .names
                .free(&format!("{}_{}", plain(&root), name.trim_start_matches("r#"))),
            _ => root,
        }
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

    fn is_own_variable(&self, accumulator: &Accumulator<'_>) -> bool {
        accumulator.place.is_variable()
            && self
                .kernel
                .variable(&accumulator.place.root)
                .is_some_and(|v| v.holds != Holds::Mutable)
    }

    fn accumulator(&mut self, at: usize, accumulator: &Accumulator<'_>, locals: &[Ident]) {
        let local = &locals[at];
        let target = self.target(accumulator);
        self.edits_of(accumulator, local);
        let own = self.is_own_variable(accumulator);
        match &accumulator.law {
            Law::Operation(update) => {
                let law = self.law_of(update, &target);
                if accumulator.adds {
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
                let law = quote_spanned!(span=> #monoid::<#path, _>(&#target_here));
                self.monoid_slot(accumulator, local, &target, law, own);
            }
            Law::Extremum(update) => self.extremum_slot(accumulator, local, &target, update, own),
            Law::Member(number) => self.member_slot(at, accumulator, locals, &target, *number, own),
        }
    }

    /// The call that makes the accumulator's law, at the user's operator.
    fn law_of(&self, update: &Update<'_>, target: &TokenStream) -> TokenStream {
        let runtime = self.runtime;
        let marker = update.operation.marker();
        let mut op = quote!(#runtime::ops::#marker);
        if update.operation.may_round()
            && let Some(Float::Tree | Float::Any) = self.options.float
        {
            op = quote!(#runtime::ops::Rounded<#op>);
        }
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
        let law_name = format_ident!("law_{}", plain(local), span = Span::mixed_site());
        let slot = Slot {
            local: local.clone(),
            setup: quote_spanned!(Span::mixed_site()=> let #law_name = #law;),
            start: if own {
                accumulator.target.to_token_stream()
            } else {
                quote!(#law_name.take(&mut #target))
            },
            store: Some(target.clone()),
            fresh: quote!(#law_name.fresh(#local)),
            combine: TokenStream::new(),
            after: TokenStream::new(),
            is_flag: false,
        };
        let (left, right) = (slot.left(), slot.right());
        self.plan.slots.push(Slot {
            combine: quote!(#law_name.combine(#left, #right);),
            ..slot
        });
    }

    /// What is subtracted, added up.
    fn subtrahend_slot(&mut self, of: &Ident, target: &TokenStream, law: TokenStream) {
        let local = format_ident!("{}_minus", plain(of), span = Span::mixed_site());
        let law_name = format_ident!("law_{}", local, span = Span::mixed_site());
        let slot = Slot {
            local: local.clone(),
            setup: quote_spanned!(Span::mixed_site()=> let #law_name = #law;),
            start: quote!(#law_name.fresh(&#target)),
            store: None,
            fresh: quote!(#law_name.fresh(#local)),
            combine: TokenStream::new(),
            after: quote!(#target -= #local;),
            is_flag: false,
        };
        let (left, right) = (slot.left(), slot.right());
        self.plan.slots.push(Slot {
            combine: quote!(#law_name.combine(#left, #right);),
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
        let flag = (extremum.later_wins(update.operation) && !primitive).then(|| self.flag(local));
        let slot = Slot {
            local: local.clone(),
            setup: {
                let span = ends(&update.operator).0;
                let (lattice, target) = (
                    respanned(quote!(#runtime::lattice), span),
                    located(target.clone(), span),
                );
                quote_spanned!(span=> #lattice(&#target);)
            },
            start: if own {
                accumulator.target.to_token_stream()
            } else {
                clone(&quote!(&#target))
            },
            store: Some(target.clone()),
            fresh: clone(&quote!(#local)),
            combine: TokenStream::new(),
            after: TokenStream::new(),
            is_flag: false,
        };
        let (left, right) = (slot.left(), slot.right());
        let current = if primitive {
            quote!((*#left))
        } else {
            clone(&quote!(&*#left))
        };
        let better = extremum.call(&current, &right.to_token_stream());
        let combine = match &flag {
            None => quote!(*#left = #better;),
            Some(flag) => {
                let right_flag = side("right", flag);
                quote!(if #right_flag { *#left = #better; })
            }
        };
        self.plan.slots.push(Slot { combine, ..slot });
        if let Some(flag) = flag {
            self.mark(accumulator, &flag);
            self.flag_slot(flag);
        }
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
            local: local.clone(),
            setup: TokenStream::new(),
            start: if own {
                accumulator.target.to_token_stream()
            } else {
                clone(&quote!(&#target))
            },
            store: Some(target.clone()),
            fresh: clone(&quote!(#local)),
            combine,
            after: TokenStream::new(),
            is_flag: false,
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
            local: flag,
            setup: TokenStream::new(),
            start: quote!(false),
            store: Some(quote!(_)),
            fresh: quote!(false),
            combine: TokenStream::new(),
            after: TokenStream::new(),
            is_flag: true,
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
        let named = matches!(accumulator.law, Law::Named(_));
        let renamed = !accumulator.place.is_variable();
        for access in self.found.list.iter().filter(|a| a.place.is_same(&accumulator.place)) {
            if renamed && !named {
                let rename = Edit::Rename {
                    place: accumulator.place.clone(),
                    local: local.clone(),
                };
                self.edit(access.node, rename);
            }
            if let Touch::Update(update) = &access.touch
                && update.operation == crate::lower::updates::Operation::Sub
            {
                let local = format_ident!("{}_minus", plain(local), span = Span::mixed_site());
                self.edit(access.node, Edit::Subtract { local });
            }
        }
    }
}

fn clone(reference: &TokenStream) -> TokenStream {
    quote!(::core::clone::Clone::clone(#reference))
}

/// Makes the planned changes to a loop's body.
pub(crate) struct Edits<'e>(pub(crate) &'e BTreeMap<NodeId, Vec<Edit>>);

impl VisitMut for Edits<'_> {
    fn visit_expr_mut(&mut self, node: &mut Expr) {
        let edits = self.0.get(&NodeId::of(node)).cloned().unwrap_or_default();
        syn::visit_mut::visit_expr_mut(self, node);
        for edit in edits {
            apply(edit, node);
        }
    }
}

fn apply(edit: Edit, node: &mut Expr) {
    match edit {
        Edit::Rename { place, local } => {
            let rename = &mut |expr: &Expr| {
                let (found, _) = place_of(expr)?;
                (found.depth() == 0 && found.is_same(&place)).then(|| syn::parse_quote!(#local))
            };
            Substitute(rename).visit_expr_mut(node);
        }
        Edit::Subtract { local } => match node {
            Expr::Binary(binary) => {
                *binary.left = syn::parse_quote!(#local);
                if let BinOp::SubAssign(op) = binary.op {
                    binary.op = BinOp::AddAssign(syn::Token![+=](op.spans));
                }
            }
            Expr::Assign(assign) => {
                let Expr::Binary(difference) = &*assign.right else {
                    return;
                };
                let subtrahend = &difference.right;
                *node = syn::parse_quote!(#local = #local + #subtrahend);
            }
            _ => {}
        },
        Edit::Mark { flag } => match node {
            Expr::If(guard) => guard.then_branch.stmts.push(syn::parse_quote!(#flag = true;)),
            other => *other = syn::parse_quote!({ #other; #flag = true; }),
        },
    }
}
