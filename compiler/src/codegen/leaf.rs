//! What the call of every driver is made of: the source with its checks and parts, how a leaf begins, and its accumulators.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::ExprForLoop;

use crate::analysis::copied::Copied;
use crate::codegen::reduce::Driver;
use crate::codegen::{chains, source};
use crate::lower::uses;
use crate::plan::exits;
use crate::plan::reduce::{LoopPlan, Part};
use crate::plan::slots::Slot;

/// The pieces of a driver's call for one edited loop.
pub(super) struct Leaf {
    /// Where the loop stands.
    pub(super) at: Span,
    /// The leaf's own piece of the source.
    pub(super) piece: Ident,
    /// What is cut: checked, and together with the slices that the loop writes to.
    pub(super) source: TokenStream,
    /// What stands before the call.
    pub(super) before: TokenStream,
    /// What stands behind the call.
    pub(super) after: TokenStream,
    /// What the leaf declares before the loop.
    pub(super) opening: TokenStream,
    /// Its loop.
    pub(super) body: TokenStream,
    /// What the first leaf starts from.
    pub(super) start: TokenStream,
    /// The accumulators as a parameter.
    pub(super) parameters: TokenStream,
    /// The accumulators as a value.
    pub(super) values: TokenStream,
    /// The closure that makes what other leaves start from.
    pub(super) identity: TokenStream,
    /// The closure that joins two results.
    pub(super) combine: TokenStream,
    /// Where the results go.
    pub(super) store: TokenStream,
}

/// The pieces of the call for `kernel`, whose exits and header become what they are in a leaf.
pub(super) fn leaf(kernel: &mut ExprForLoop, plan: &LoopPlan, driver: &Driver, runtime: &TokenStream) -> Leaf {
    let piece = chains::piece();
    let plain = driver.source.clone().unwrap_or_else(|| {
        let source = match plan.is_of_own_type {
            true => source::of_any_type(&kernel.expr, runtime),
            false => source::source(&kernel.expr, runtime),
        };
        *kernel.expr = syn::parse_quote!(#piece);
        source
    });
    let plain = match plan.is_for_types {
        Some(header) => source::read_only(&plain, header, runtime),
        None => plain,
    };
    let checked = plan
        .checks
        .iter()
        .fold(plain, |source, check| check.around(&driver.first, &source, runtime));
    let (source, apart) = with_parts(checked, plan, &piece, runtime);
    let exits = &plan.exits;
    if let Some(exits) = exits {
        let around = plan.has_unknown_macros.then(exits::label);
        exits.rewrite(kernel, around, runtime);
    }
    let declaration = exits.iter().map(|exits| exits.declaration(runtime));
    let (own, lets) = (&plan.lets, &driver.lets);
    let copies = copies(kernel, plan, runtime);

    let slots = &plan.slots;
    let setup = slots.iter().map(|s| &s.setup);
    let parts = plan.parts.iter().map(|part| &part.setup);
    // one is enough for all
    let import = plan
        .parts
        .iter()
        .map(|part| &part.import)
        .find(|import| !import.is_empty());
    let (declare, store) = stores(slots);
    let start = slots.iter().map(|s| &s.start);
    let locals: Vec<_> = slots.iter().map(|s| &s.local).collect();
    let current = slots.iter().map(|s| match s.fresh_is_constant {
        true => quote!(_),
        false => s.local.to_token_stream(),
    });
    let fresh = slots.iter().map(|s| &s.fresh);
    let combine = slots.iter().map(|s| &s.combine);
    let (left, right): (Vec<_>, Vec<_>) = slots.iter().map(|s| (s.left(), s.right())).unzip();
    let after = slots.iter().map(|s| &s.after);
    let at = Span::mixed_site().located_at(kernel.for_token.span);
    let leaf = Leaf {
        at,
        source,
        before: quote_spanned!(at=> #import #(#setup)* #(#parts)* #declare),
        after: quote_spanned!(at=> #(#after)*),
        opening: quote_spanned!(at=> #(#declaration)* #apart #own #lets #copies),
        body: body(kernel, plan, at, runtime),
        start: quote_spanned!(at=> (#(#start,)*)),
        parameters: quote_spanned!(at=> (#(mut #locals,)*)),
        values: quote_spanned!(at=> (#(#locals,)*)),
        identity: quote_spanned!(at=> |(#(#current,)*)| (#(#fresh,)*)),
        combine: quote_spanned!(at=> |(#(#left,)*), (#(#right,)*)| { #(#combine)* }),
        store: quote_spanned!(at=> (#(#store,)*)),
        piece,
    };
    if !(plan.has_unknown_macros && slots.is_empty()) {
        return leaf;
    }
    // a `return;` that a macro hides has another type than this
    let every = every_iteration(at, runtime);
    Leaf {
        start: every.clone(),
        parameters: quote_spanned!(at=> _),
        values: every.clone(),
        identity: quote_spanned!(at=> |_| #every),
        combine: quote_spanned!(at=> |_, _| {}),
        store: quote_spanned!(at=> _),
        ..leaf
    }
}

/// The leaf's own copies of what its loop names.
fn copies(kernel: &ExprForLoop, plan: &LoopPlan, runtime: &TokenStream) -> TokenStream {
    let ExprForLoop { expr: items, body, .. } = kernel;
    let is_named = |copied: &&Copied| uses::occurs(quote!(#items #body), &copied.name.to_string());
    plan.copied
        .iter()
        .filter(is_named)
        .map(|Copied { name, list }| match list {
            Some(list) => quote!(let #name = #runtime::same(&#name, #list.len());),
            None => quote!(let #name = #name;),
        })
        .collect()
}

/// What a leaf's loop gives that nothing but its end has left.
fn every_iteration(at: Span, runtime: &TokenStream) -> TokenStream {
    quote_spanned!(at=> #runtime::NoMacroLeavesHere)
}

/// The loop of a leaf. A `break` that a macro hides would leave one piece alone: where macros are called of which nothing
/// is known, the loop has a value, which a `break` without one doesn't fit.
fn body(kernel: &ExprForLoop, plan: &LoopPlan, at: Span, runtime: &TokenStream) -> TokenStream {
    if !plan.has_unknown_macros {
        return kernel.to_token_stream();
    }
    let ExprForLoop {
        attrs,
        label,
        pat,
        expr,
        body,
        ..
    } = kernel;
    let (items, every) = (Ident::new("items", Span::mixed_site()), every_iteration(at, runtime));
    let whole = quote_spanned! {at=>
        match ::core::iter::IntoIterator::into_iter(#expr) {
            mut #items => {
                let _: #every = #label loop {
                    match ::core::iter::Iterator::next(&mut #items) {
                        ::core::option::Option::Some(#pat) => #body
                        ::core::option::Option::None => break #every,
                    }
                };
            }
        }
    };
    match plan.exits {
        Some(_) => {
            let around = exits::label();
            quote_spanned!(at=> #(#attrs)* #around: { #whole })
        }
        None => quote_spanned!(at=> #(#attrs)* #whole),
    }
}

/// The source cut together with the slices that the loop writes to, and how a leaf takes the two apart.
fn with_parts(
    source: TokenStream,
    plan: &LoopPlan,
    piece: &Ident,
    runtime: &TokenStream,
) -> (TokenStream, TokenStream) {
    if plan.parts.is_empty() {
        return (source, TokenStream::new());
    }
    let locals = plan.parts.iter().map(|part| {
        let local = &part.local;
        if part.is_chained {
            quote!(#local)
        } else {
            quote!(mut #local)
        }
    });
    let parts = plan.parts.iter().map(
        |Part {
             lent,
             first,
             stride,
             width,
             others,
             ..
         }| match &others[..] {
            [] => quote!(#runtime::Part::new(#lent, #first, #stride)),
            others => {
                let others = others
                    .iter()
                    .map(|[first, stride, width]| quote!((#first, #stride, #width)));
                quote!(#runtime::stretches(#lent, [(#first, #stride, #width), #(#others),*]))
            }
        },
    );
    let source = quote!(#runtime::with_parts(#source, (#(#parts,)*)));
    (source, quote!(let (#piece, (#(#locals,)*)) = #piece.apart();))
}

/// Where the results go; a result that is new is declared first.
fn stores(slots: &[Slot]) -> (TokenStream, Vec<TokenStream>) {
    let mut declare = TokenStream::new();
    let mut store = Vec::new();
    for slot in slots {
        store.push(slot.store.clone().unwrap_or_else(|| {
            let result = slot.result();
            declare.extend(quote!(let #result;));
            result.to_token_stream()
        }));
    }
    (declare, store)
}
