//! Values that are kept together where a comparison says so: the best of something, and what belongs to it.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{Expr, GenericArgument, PathArguments, Type};

use super::{Slot, clone, plain, side};
use crate::analysis::accumulators::{Accumulator, Law};
use crate::lower::bests::Best;
use crate::lower::guards::Guard;
use crate::lower::primitives::is_integer;
use crate::plan::edits::Edit;
use crate::plan::reduce::Planner;

impl Planner<'_> {
    /// An `Option` that keeps the better of two.
    pub(crate) fn best_slot(&mut self, local: &Ident, target: &TokenStream, best: &Best<'_>, own: bool) {
        let slot = Slot::new(local.clone());
        let (left, right) = (slot.left(), slot.right());
        let view = |option: Expr| best.view_of(&option);
        if best.is_first {
            self.plan.slots.push(Slot {
                start: held(target, own),
                store: Some(target.clone()),
                fresh: quote!(::core::option::Option::None),
                fresh_is_constant: true,
                combine: quote!(if #left.is_none() { *#left = #right; }),
                ..slot
            });
            return;
        }
        let reset = match (self.is_of_integers(best), best.is_kept) {
            (true, _) => None,
            (false, true) => Some(self.reset_slot(local, best, &view(syn::parse_quote!(#local)))),
            (false, false) => {
                self.unordered_slot(local, best, &view(syn::parse_quote!(#local)));
                None
            }
        };
        let (left_view, right_view) = (view(syn::parse_quote!(*#left)), view(syn::parse_quote!(#right)));
        let (pattern, key) = (&best.pattern, &best.key);
        let [right_key, wins] = ["right_key", if best.is_kept { "is_kept" } else { "is_better" }]
            .map(|name| Ident::new(name, Span::mixed_site()));
        let compared = best.compared(&right_key);
        let (if_none, replaces) = match (best.is_kept, reset.map(|flag| side("right", &flag))) {
            (false, _) => (quote!(true), quote!(#wins)),
            (true, None) => (quote!(false), quote!(!#wins)),
            (true, Some(was_reset)) => (quote!(false), quote!(#was_reset || !#wins)),
        };
        self.plan.slots.push(Slot {
            start: held(target, own),
            store: Some(target.clone()),
            fresh: quote!(::core::option::Option::None),
            fresh_is_constant: true,
            combine: quote! {
                if let ::core::option::Option::Some(#pattern) = #right_view {
                    let #right_key = #key;
                    let #wins = match #left_view {
                        ::core::option::Option::Some(#pattern) => #compared,
                        ::core::option::Option::None => #if_none,
                    };
                    if #replaces {
                        *#left = #right;
                    }
                }
            },
            ..slot
        });
    }

    /// What a leaf has to know if the key may be a NaN; comes before the best one, and looks at it.
    fn unordered_slot(&mut self, local: &Ident, best: &Best<'_>, view: &Expr) {
        let runtime = self.runtime;
        let unordered = self.names.free(&format!("{}_unordered", plain(local)));
        let (pattern, key) = (&best.pattern, &best.key);
        let look = quote! {
            if let ::core::option::Option::Some(#pattern) = #view {
                if #runtime::is_nan(&#key) {
                    #unordered.set_aside(&mut #local);
                }
            }
        };
        for access in self.found.list.iter().filter(|a| a.place.is_same(&best.place)) {
            self.edit(access.node, Edit::First(look.clone()));
        }
        let slot = Slot::new(unordered);
        let (left, right, left_best) = (slot.left(), slot.right(), side("left", local));
        self.plan.slots.push(Slot {
            start: quote!(#runtime::Unordered::Running),
            store: Some(quote!(_)),
            fresh: quote!(#runtime::Unordered::Apart(::core::option::Option::None)),
            fresh_is_constant: true,
            combine: quote!(#left.combine(#left_best, #right);),
            ..slot
        });
    }

    /// Whether there was a NaN: it gets in whatever is there, and what comes next gets in behind it, so that a leaf in
    /// which there was one has forgotten what came before.
    fn reset_slot(&mut self, local: &Ident, best: &Best<'_>, view: &Expr) -> Ident {
        let runtime = self.runtime;
        let flag = self.names.free(&format!("{}_unordered", plain(local)));
        let (pattern, key) = (&best.pattern, &best.key);
        let look = quote! {
            if let ::core::option::Option::Some(#pattern) = #view {
                #flag |= #runtime::is_nan(&#key);
            }
        };
        for access in self.found.list.iter().filter(|a| a.place.is_same(&best.place)) {
            self.edit(access.node, Edit::After(look.clone()));
        }
        self.flag_slot(flag.clone());
        flag
    }

    /// True if the text shows that what is kept holds integers and nothing else.
    fn is_of_integers(&self, best: &Best<'_>) -> bool {
        let ty = self.kernel.variable(&best.place.root).and_then(|v| v.ty.as_ref());
        ty.is_some_and(is_of_integers) || matches!(&best.key, Expr::MethodCall(call) if call.method == "len")
    }

    pub(crate) fn member_slot(
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
        // without a best one there is nothing to mistake for one that the piece has found
        let counts = !guard.order.strict && guard.order.vacancy.is_none();
        let flag = (first && counts).then(|| self.flag(local));
        let aside = match first && self.may_set_aside(guard) {
            true => Some(self.aside_slot(local, &group, locals, guard, flag.as_ref())),
            false => None,
        };
        // what only the comparison looks at: nobody reads it after the loop
        let after = (own && group.len() > 1).then(|| quote!(let _ = &#target;));
        let combine = match (first, &aside) {
            (false, _) => TokenStream::new(),
            (true, None) => self.combine_group(&group, locals, guard, flag.as_ref()),
            (true, Some(aside)) => self.combine_aside(&group, locals, guard, flag.as_ref(), aside),
        };
        let nothing = self.nothing(accumulator, guard);
        self.plan.slots.push(Slot {
            setup: TokenStream::new(),
            start: if own {
                accumulator.target.to_token_stream()
            } else {
                clone(&quote!(&#target))
            },
            store: Some(target.clone()),
            fresh_is_constant: nothing.is_some(),
            fresh: nothing.unwrap_or_else(|| clone(&quote!(#local))),
            combine,
            after: after.unwrap_or_default(),
            ..Slot::new(local.clone())
        });
        if let Some(flag) = flag {
            self.mark(accumulator, &flag);
            self.flag_slot(flag);
            if aside.is_some() {
                // it is set where the parts are joined
                self.plan.slots.last_mut().expect("the flag's").combine = TokenStream::new();
            }
        }
    }

    /// What a member is where there is no best one yet, if that can be told from it.
    pub(super) fn nothing(&self, accumulator: &Accumulator<'_>, guard: &Guard<'_>) -> Option<TokenStream> {
        let vacancy = guard.order.vacancy.as_ref()?;
        let is_it = guard.members[vacancy.member].place.is_same(&accumulator.place);
        is_it.then(|| vacancy.nothing.to_token_stream())
    }

    pub(crate) fn is_member(&self, at: usize, number: usize) -> bool {
        let place = &self.accumulators[at].place;
        matches!(self.accumulators[at].law, Law::Member(_))
            && self.found.guards[number].members.iter().any(|m| m.place.is_same(place))
    }

    /// What stands for a member in a condition about the variables of the leaf, or of one of two partial results.
    pub(super) fn standing_for(
        &self,
        group: &[usize],
        locals: &[Ident],
        guard: &Guard<'_>,
        side_of: Side,
    ) -> impl Fn(usize) -> Expr + use<> {
        let names: Vec<Ident> = guard
            .members
            .iter()
            .map(|member| {
                let is_it = |&&n: &&usize| self.accumulators[n].place.is_same(&member.place);
                let at = *group.iter().find(is_it).expect("a member accumulates");
                match side_of {
                    Side::Leaf => locals[at].clone(),
                    Side::Left => side("left", &locals[at]),
                    Side::Right => side("right", &locals[at]),
                }
            })
            .collect();
        move |number| {
            let name = &names[number];
            match side_of {
                Side::Left => syn::parse_quote!((*#name)),
                _ => syn::parse_quote!(#name),
            }
        }
    }

    /// `if right op left { left = right }`
    pub(crate) fn combine_group(
        &self,
        group: &[usize],
        locals: &[Ident],
        guard: &Guard<'_>,
        flag: Option<&Ident>,
    ) -> TokenStream {
        let left = self.standing_for(group, locals, guard, Side::Left);
        let right = self.standing_for(group, locals, guard, Side::Right);
        let seen = flag.map(|flag| {
            let right_flag = side("right", flag);
            quote!(#right_flag &&)
        });
        let moves = group.iter().map(|&n| {
            let (left, right) = (side("left", &locals[n]), side("right", &locals[n]));
            quote!(*#left = #right;)
        });
        let better = guard.order.better(&right, &left);
        let better = match guard.order.is_found(&right).zip(guard.order.is_vacant(&left)) {
            Some((is_right, no_left)) => quote!(#is_right && (#no_left || #better)),
            None => match (&guard.order.simple, &seen) {
                (None, Some(_)) => quote!(#seen (#better)),
                _ => quote!(#seen #better),
            },
        };
        quote!(if #better { #(#moves)* })
    }
}

/// Where a member is looked at.
#[derive(Clone, Copy)]
pub(super) enum Side {
    Leaf,
    Left,
    Right,
}

/// True for types like `Option<(usize, u64)>`.
pub(super) fn is_of_integers(ty: &Type) -> bool {
    match ty {
        Type::Tuple(tuple) => tuple.elems.iter().all(is_of_integers),
        Type::Reference(reference) => is_of_integers(&reference.elem),
        Type::Path(path) => path.path.segments.last().is_some_and(|last| match &last.arguments {
            PathArguments::AngleBracketed(of) if last.ident == "Option" => of
                .args
                .iter()
                .all(|of| matches!(of, GenericArgument::Type(ty) if is_of_integers(ty))),
            PathArguments::None => is_integer(ty),
            _ => false,
        }),
        _ => false,
    }
}
/// What an `Option` holds when the loop starts: a variable is given away, what is elsewhere is taken, whatever its type.
pub(super) fn held(target: &TokenStream, own: bool) -> TokenStream {
    match own {
        true => quote!(#target),
        false => quote!(::core::option::Option::take(&mut #target)),
    }
}
