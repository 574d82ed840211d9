//! Where the results of a group go: the pattern that takes them, and what each task's place becomes.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Expr, parse_quote};

use crate::names::FreeNames;

/// One task's result.
pub(super) struct Leaf {
    pub(super) name: Ident,
    pub(super) is_unused: bool,
    pub(super) has_question: bool,
    pub(super) span: Span,
}

/// How a task's place gets at its result.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// What runs first.
    pub(super) before: TokenStream,
    /// The value, or what must be done although nobody uses it.
    pub(super) value: Option<TokenStream>,
    /// The value is a variable.
    pub(super) is_plain: bool,
    pub(super) is_unused: bool,
    pub(super) has_question: bool,
}

impl Place {
    pub(super) fn expr(&self, as_rvalue: bool) -> Expr {
        let (before, value) = (&self.before, self.value.clone().unwrap_or_default());
        if self.is_unused {
            let question = self.has_question.then(|| quote!(?));
            let semi = self.value.as_ref().map(|_| quote!(;));
            return Expr::Verbatim(quote!(#before #value #question #semi));
        }
        let value = if as_rvalue && self.is_plain {
            {
                let at = crate::diagnostics::ends(&value).0;
                quote_spanned!(at=> ::core::convert::identity(#value))
            }
        } else {
            value
        };
        let question = self.has_question.then(|| quote!(?));
        match before.is_empty() {
            true => parse_quote!(#value #question),
            false => parse_quote!({ #before #value #question }),
        }
    }
}

/// Where the results of a group go.
pub(super) struct Layout {
    pub(super) pattern: TokenStream,
    pub(super) declare: Vec<Ident>,
    pub(super) places: Vec<Place>,
    pub(super) settles: bool,
}

/// The pattern for the joined `leaves`; their places are added to the layout.
pub(super) fn arrange(
    leaves: &[Leaf],
    is_claim: bool,
    settles: bool,
    layout: &mut Layout,
    free: &mut FreeNames,
) -> TokenStream {
    if let [leaf] = leaves {
        let name = &leaf.name;
        let value = (!leaf.is_unused || leaf.has_question).then(|| quote!(#name));
        let pattern = value.clone().unwrap_or_else(|| quote!(_));
        let (is_unused, has_question) = (leaf.is_unused, leaf.has_question);
        layout.places.push(Place {
            before: TokenStream::new(),
            value,
            is_plain: true,
            is_unused,
            has_question,
        });
        return pattern;
    }
    let at = leaves[0].span;
    let middle = leaves.len().div_ceil(2);
    let left = arrange(&leaves[..middle], settles, settles, layout, free);
    let place = layout.places.len();
    let right = arrange(&leaves[middle..], settles, settles, layout, free);
    if !is_claim {
        return quote_spanned!(at=> (#left, #right));
    }
    let first = &mut layout.places[place];
    let right = if let [leaf] = &leaves[middle..] {
        let name = &leaf.name;
        first.value = Some(quote_spanned!(leaf.span=> #name.claim()));
        first.is_plain = false;
        quote!(#name)
    } else {
        let mut rest = free.free("rest");
        rest.set_span(leaves[middle].span);
        let before = &first.before;
        let at = leaves[middle].span;
        first.before = quote_spanned!(at=> #right = #rest.claim(); #before);
        let names = idents(right);
        layout.declare.extend(names);
        quote!(#rest)
    };
    quote_spanned!(at=> (#left, #right))
}

pub(super) fn idents(tokens: TokenStream) -> Vec<Ident> {
    let of = |token| match token {
        proc_macro2::TokenTree::Ident(ident) if ident != "_" => vec![ident],
        proc_macro2::TokenTree::Group(group) => idents(group.stream()),
        _ => Vec::new(),
    };
    tokens.into_iter().flat_map(of).collect()
}
