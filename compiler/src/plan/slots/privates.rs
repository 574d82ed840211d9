//! Variables that a leaf has of its own, and flags that tell whether it changed one.

use proc_macro2::Ident;
use quote::{ToTokens, quote, quote_spanned};

use super::{Slot, clone, plain, side};
use crate::analysis::accumulators::Accumulator;
use crate::analysis::privates::Private;
use crate::lower::accesses::Touch;
use crate::names::respanned;
use crate::plan::edits::Edit;
use crate::plan::reduce::Planner;

impl Planner<'_> {
    /// A variable of which the last value stays.
    pub(crate) fn private_slot(&mut self, accumulator: &Accumulator<'_>, local: &Ident, private: Private) {
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
            Some(name) => {
                let own = respanned(quote!(#runtime::own), name.span());
                quote_spanned!(name.span()=> #own(#name))
            }
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

    pub(crate) fn flag(&mut self, of: &Ident) -> Ident {
        self.names.free(&format!("{}_set", plain(of)))
    }

    /// A slot that tells whether a leaf found anything at all.
    pub(crate) fn flag_slot(&mut self, flag: Ident) {
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

    pub(crate) fn mark(&mut self, accumulator: &Accumulator<'_>, flag: &Ident) {
        for access in self.found.list.iter().filter(|a| a.place.is_same(&accumulator.place)) {
            self.edit(access.node, Edit::Mark { flag: flag.clone() });
        }
    }
}
