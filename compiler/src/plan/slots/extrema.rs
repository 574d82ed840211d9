//! Minima and maxima.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use super::guards::held;
use super::{Slot, clone};
use crate::analysis::accumulators::Accumulator;
use crate::diagnostics::ends;
use crate::lower::updates::{Extremum, Target, Update};
use crate::names::{located, respanned};
use crate::plan::edits::Edit;
use crate::plan::reduce::Planner;

impl Planner<'_> {
    pub(crate) fn extremum_slot(
        &mut self,
        accumulator: &Accumulator<'_>,
        local: &Ident,
        target: &TokenStream,
        update: &Update<'_>,
        own: bool,
    ) {
        let runtime = self.runtime;
        let extremum = update.extremum.as_ref().expect("an extremum");
        let is_held = update.target == Target::Held;
        let primitive = self
            .kernel
            .variable(&accumulator.place.root)
            .is_some_and(|v| v.is_primitive())
            && own;
        let setup = {
            let span = ends(&update.operator).0;
            let lattice = match is_held {
                true => quote!(#runtime::held_lattice),
                false => quote!(#runtime::lattice),
            };
            let (lattice, target) = (respanned(lattice, span), located(target.clone(), span));
            quote_spanned!(span=> #lattice(&#target);)
        };
        let start = match (own, is_held) {
            (true, _) => accumulator.target.to_token_stream(),
            (_, true) => held(target, own),
            _ => clone(&quote!(&#target)),
        };
        if is_held {
            return self.held_slot(local, target, extremum, setup, start);
        }
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

    /// An extremum in an `Option`, of whose values the better one is kept.
    fn held_slot(
        &mut self,
        local: &Ident,
        target: &TokenStream,
        extremum: &Extremum,
        setup: TokenStream,
        start: TokenStream,
    ) {
        let slot = Slot::new(local.clone());
        self.plan.slots.push(Slot {
            setup,
            start,
            store: Some(target.clone()),
            fresh: quote!(::core::option::Option::None),
            fresh_is_constant: true,
            combine: join_found(
                &slot.left().to_token_stream(),
                &slot.right().to_token_stream(),
                extremum,
            ),
            ..slot
        });
    }

    /// An extremum of which the last of equal values stays, where equal values can be told apart: a leaf has to know
    /// whether it found one, so its variable is an `Option`.
    pub(crate) fn found_slot(
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
        let result = slot.result();
        self.plan.slots.push(Slot {
            setup,
            start: quote!(::core::option::Option::Some(#start)),
            fresh: quote!(::core::option::Option::None),
            combine: join_found(
                &slot.left().to_token_stream(),
                &slot.right().to_token_stream(),
                extremum,
            ),
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
}

/// Of the values in two `Option`s, `left` behind a `&mut`, the better one.
pub(super) fn join_found(left: &TokenStream, right: &TokenStream, extremum: &Extremum) -> TokenStream {
    let [earlier, later] = ["earlier", "later"].map(|name| Ident::new(name, Span::mixed_site()));
    let better = extremum.call(&quote!(#earlier), &quote!(#later));
    quote! {
        if let ::core::option::Option::Some(#later) = #right {
            *#left = ::core::option::Option::Some(match #left.take() {
                ::core::option::Option::Some(#earlier) => #better,
                ::core::option::Option::None => #later,
            });
        }
    }
}
