//! Best values that can't be compared, such as a NaN, and those that say that there is none: a piece can't tell whether
//! they are the best so far, and whether what comes behind them is, so it sets them aside.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::Expr;

use super::guards::{Side, is_of_integers};
use super::{Slot, clone, plain, side};
use crate::lower::guards::Guard;
use crate::lower::variables::Variable;
use crate::plan::edits::Edit;
use crate::plan::reduce::Planner;

impl Planner<'_> {
    /// True if there may be something to set aside.
    pub(super) fn may_set_aside(&self, guard: &Guard<'_>) -> bool {
        self.is_odd(guard, &|n| guard.members[n].target.clone()).is_some()
    }

    /// Asks whether the best so far is to be set aside.
    fn is_odd(&self, guard: &Guard<'_>, best: &dyn Fn(usize) -> Expr) -> Option<TokenStream> {
        let runtime = self.runtime;
        let as_written = guard.order.unordered(&|n| guard.members[n].target.clone());
        let keys = guard.order.unordered(best);
        let keys = as_written.iter().zip(keys).filter(|(key, _)| !self.counts(guard, key));
        let mut odd: Vec<TokenStream> = keys.map(|(_, key)| quote!(#runtime::is_nan(&#key))).collect();
        let is_sentinel = guard.order.vacancy.as_ref().is_some_and(|vacancy| vacancy.is_sentinel);
        odd.extend(
            guard
                .order
                .is_vacant(best)
                .filter(|_| is_sentinel)
                .map(ToTokens::into_token_stream),
        );
        (!odd.is_empty()).then(|| quote!(#(#odd)||*))
    }

    /// True if the text shows that the key is an integer.
    fn counts(&self, guard: &Guard<'_>, key: &Expr) -> bool {
        let member = guard.members.iter().find(|m| m.target == key && m.place.is_variable());
        let variable = member.and_then(|member| self.kernel.variable(&member.place.root));
        let is_integer = |v: &Variable| v.is_integer() || v.ty.as_ref().is_some_and(is_of_integers);
        variable.is_some_and(is_integer) || matches!(key, Expr::MethodCall(call) if call.method == "len")
    }

    /// What a leaf has set aside.
    pub(super) fn aside_slot(
        &mut self,
        local: &Ident,
        group: &[usize],
        locals: &[Ident],
        guard: &Guard<'_>,
        flag: Option<&Ident>,
    ) -> Ident {
        let runtime = self.runtime;
        let aside = self.names.free(&format!("{}_aside", plain(local)));
        let here = self.standing_for(group, locals, guard, Side::Leaf);
        let look = {
            let names: Vec<TokenStream> = group.iter().map(|&n| locals[n].to_token_stream()).collect();
            let flag = flag.map(|flag| quote!(#flag = false;));
            self.set_aside(guard, &here, &quote!(#aside), &names, flag)
        };
        let place = &guard.members[0].place;
        for access in self.found.list.iter().filter(|a| a.place.is_same(place)) {
            self.edit(access.node, Edit::First(look.clone()));
        }
        let start = group.iter().map(|&n| {
            let nothing = self.nothing(&self.accumulators[n], guard);
            let local = &locals[n];
            nothing.unwrap_or_else(|| clone(&quote!(#local)))
        });
        let fresh = quote!(#runtime::Aside::apart((#(#start,)*)));
        self.plan.slots.push(Slot {
            start: quote!(#runtime::Aside::Running),
            store: Some(quote!(_)),
            fresh,
            fresh_is_constant: true,
            ..Slot::new(aside.clone())
        });
        aside
    }

    /// `if is_nan(&best) { if let Some(start) = aside.put(|| best.clone()) { best = start; } }`
    fn set_aside(
        &self,
        guard: &Guard<'_>,
        best: &dyn Fn(usize) -> Expr,
        aside: &TokenStream,
        members: &[TokenStream],
        flag: Option<TokenStream>,
    ) -> TokenStream {
        let odd = self.is_odd(guard, best);
        let starts: Vec<Ident> = (0..members.len())
            .map(|n| format_ident!("start_{}", n + 1, span = Span::mixed_site()))
            .collect();
        let clones = members.iter().map(|member| clone(&quote!(&#member)));
        quote! {
            if #odd {
                if let ::core::option::Option::Some((#(#starts,)*)) = #aside.put(|| (#(#clones,)*)) {
                    #(#members = #starts;)*
                    #flag
                }
            }
        }
    }

    /// Brings all that the right leaf has found to the left one, in order.
    pub(super) fn combine_aside(
        &self,
        group: &[usize],
        locals: &[Ident],
        guard: &Guard<'_>,
        flag: Option<&Ident>,
        aside: &Ident,
    ) -> TokenStream {
        let left = self.standing_for(group, locals, guard, Side::Left);
        let right = self.standing_for(group, locals, guard, Side::Right);
        let [left_aside, right_aside] = ["left", "right"].map(|which| side(which, aside));
        let lefts: Vec<Ident> = group.iter().map(|&n| side("left", &locals[n])).collect();
        let rights: Vec<Ident> = group.iter().map(|&n| side("right", &locals[n])).collect();
        let better = guard.order.better(&right, &left);
        let better = match guard.order.is_vacant(&left) {
            Some(no_left) => quote!(#no_left || #better),
            None => better.into_token_stream(),
        };
        let found = match (guard.order.is_found(&right), flag) {
            (Some(is_right), _) => Some(is_right.into_token_stream()),
            (None, flag) => flag.map(|flag| side("right", flag).to_token_stream()),
        };
        let all = quote!(::core::option::Option::Some((#(#rights,)*)));
        let found = match found {
            Some(found) => quote!(if #found { #all } else { ::core::option::Option::None }),
            None => all,
        };
        let behind: Vec<TokenStream> = lefts.iter().map(|left| quote!(*#left)).collect();
        let left_flag = flag.map(|flag| side("left", flag));
        let set = left_flag.as_ref().map(|flag| quote!(*#flag = true;));
        let reset = left_flag.as_ref().map(|flag| quote!(*#flag = false;));
        let look = self.set_aside(guard, &left, &left_aside.to_token_stream(), &behind, reset);
        quote! {
            let found = #found;
            for (#(#rights,)*) in #right_aside.then(found) {
                if #better {
                    #(*#lefts = #rights;)*
                    #set
                    #look
                }
            }
        }
    }
}
