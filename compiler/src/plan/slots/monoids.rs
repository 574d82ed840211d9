//! Accumulators of an operation: a monoid, whole, by cells or by keys.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::Expr;
use syn::visit::{self, Visit};

use super::{Slot, law_name, plain};
use crate::analysis::accumulators::Accumulator;
use crate::diagnostics::ends;
use crate::lower::places::{Place, place_of};
use crate::lower::updates::{Target, Update, strip};
use crate::lower::variables::{Holds, Variable};
use crate::names::{located, respanned};
use crate::options::Float;
use crate::plan::reduce::Planner;

impl Planner<'_> {
    /// The operation's type.
    pub(crate) fn marker(&self, update: &Update<'_>) -> TokenStream {
        let runtime = self.runtime;
        let marker = update.operation.marker();
        let op = quote!(#runtime::ops::#marker);
        let op = match update.target {
            Target::Held => quote!(#runtime::ops::Held<#op>),
            _ => op,
        };
        match self.options.float {
            Some(Float::Tree | Float::Any) if update.operation.may_round() => quote!(#runtime::ops::Rounded<#op>),
            _ => op,
        }
    }

    /// The call that makes the accumulator's law, at the user's operator.
    pub(crate) fn law_of(&self, update: &Update<'_>, target: &TokenStream) -> TokenStream {
        let runtime = self.runtime;
        let op = self.marker(update);
        let kind = match update.target {
            Target::Whole | Target::Held => quote!(monoid::<#op, _>),
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

    /// The call that makes the law of an operation with a name.
    ///
    /// Where the loop itself names a function, a `use` asks for the operation beside it. If there is none, the name is
    /// that of a type in `unknown`, which is no operation on anything.
    pub(crate) fn law_by_name(&self, path: &syn::Path, place: &Place, target: &TokenStream) -> TokenStream {
        let runtime = self.runtime;
        let span = ends(path).0;
        let (monoid, target) = (respanned(quote!(#runtime::monoid), span), located(target.clone(), span));
        let is_asked = self.options.asked.iter().any(|name| *name == place.root);
        let op = match is_asked {
            true => Ident::new("operation", span).to_token_stream(),
            false => path.to_token_stream(),
        };
        let law = quote_spanned!(span=> #monoid::<#op, _>(&#target));
        let check = is_called_behind(self.kernel.node, place).then(|| {
            let commutative = respanned(quote!(#runtime::commutative), span);
            quote_spanned!(span=> #commutative::<#op, _>(&#target);)
        });
        let import = is_asked.then(|| {
            quote_spanned!(Span::mixed_site()=>
                #[allow(unused_imports)]
                use #runtime::unknown::*;
                #[allow(unused_imports)] // where it imports no operation, that is the error
                use #path as #op;
            )
        });
        match check.is_some() || is_asked {
            true => quote_spanned!(span=> { #import #check #law }),
            false => law,
        }
    }

    pub(crate) fn monoid_slot(
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
    pub(crate) fn is_slice(&self, accumulator: &Accumulator<'_>, update: &Update<'_>) -> bool {
        let variable = self.kernel.variable(&accumulator.place.root);
        let lends = |v: &Variable| v.holds == Holds::Mutable && v.is_slice();
        matches!(update.target, Target::Element(1..=3))
            && accumulator.place.is_variable()
            && variable.is_some_and(lends)
    }

    /// A slice whose cells accumulate: the first leaf has the slice itself, the others a list of identities.
    pub(crate) fn cells_slot(&mut self, accumulator: &Accumulator<'_>, local: &Ident, update: &Update<'_>) {
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

    /// What is subtracted, added up.
    pub(crate) fn subtrahend_slot(&mut self, of: &Ident, target: &TokenStream, law: TokenStream) {
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
