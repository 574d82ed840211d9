//! The plan of the check that indices are distinct: before the loop, of those that it uses.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use crate::analysis::uniques::{Unique, Used};
use crate::analysis::writes;
use crate::diagnostics::ends;
use crate::lower::inductions;
use crate::lower::kernels::Kernel;
use crate::lower::places::place_of;
use crate::lower::subscripts;
use crate::plan::reduce::LoopPlan;

/// A check of one array of indices.
#[derive(Debug)]
pub(crate) struct Check {
    /// The array, as it is called in a panic.
    name: String,
    target: TokenStream,
    used: TokenStream,
}

impl Check {
    /// The source, checked before it is handed on.
    pub(crate) fn around(&self, region: &TokenStream, source: &TokenStream, runtime: &TokenStream) -> TokenStream {
        let Check { name, target, used } = self;
        let at = Span::mixed_site().located_at(ends(target).0);
        quote_spanned!(at=> #runtime::distinct(#region #source, &#target, #name, #used))
    }
}

/// Adds the checks to a loop's plan, one an array.
pub(crate) fn plan(plan: &mut LoopPlan, kernel: &Kernel<'_>, uniques: &[Unique], runtime: &TokenStream) {
    for unique in uniques {
        let name = place_of(&unique.target).map_or_else(String::new, |(place, _)| place.to_string());
        if plan.checks.iter().all(|check| check.name != name) {
            plan.checks.push(Check {
                name,
                target: unique.target.to_token_stream(),
                used: used(kernel, &unique.used, runtime),
            });
        }
    }
}

fn used(kernel: &Kernel<'_>, used: &Used, runtime: &TokenStream) -> TokenStream {
    let all = quote!(#runtime::Used::All);
    match used {
        Used::All => all,
        Used::Source => quote!(#runtime::Used::From { first: 0, stride: 1 }),
        Used::Subscript(subscript) => {
            let Some(induction) = inductions::of_loop(kernel.node) else {
                return all;
            };
            let stride = subscript.stride().zip(writes::step_of(&induction));
            let Some(stride) = stride.and_then(|(stride, step)| stride.times(&step)) else {
                return all;
            };
            let first = subscripts::wide(&induction.first, runtime);
            let first = if induction.is_behind {
                quote!((#first - 1))
            } else {
                first
            };
            let first = subscript.to_tokens(&first, runtime);
            let stride = stride.to_tokens(&TokenStream::new(), runtime);
            quote!(#runtime::Used::From { first: #first, stride: #stride })
        }
    }
}
