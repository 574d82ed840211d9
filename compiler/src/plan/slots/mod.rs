//! What a leaf carries along: how each value starts and how two are joined, by the law that it follows.

mod asides;
mod cells;
mod extrema;
mod guards;
mod monoids;
mod privates;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

/// One value that a leaf carries along.
#[derive(Debug)]
pub(crate) struct Slot {
    /// Its name inside the leaf.
    pub(crate) local: Ident,
    /// What is checked or made before the loop: the law.
    pub(crate) setup: TokenStream,
    /// The value that the first leaf starts from.
    pub(crate) start: TokenStream,
    /// Where the result goes; a new variable, `result`, if nowhere.
    pub(crate) store: Option<TokenStream>,
    /// What other leaves start from, given a reference `local` to a current value.
    pub(crate) fresh: TokenStream,
    /// How two results are joined, `left_local` being a `&mut` and `right_local` a value.
    pub(crate) combine: TokenStream,
    /// What is done with the result after the loop.
    pub(crate) after: TokenStream,
    /// What other leaves start from does not depend on the current value.
    pub(crate) fresh_is_constant: bool,
}

impl Slot {
    /// One that nothing is known of yet.
    pub(crate) fn new(local: Ident) -> Self {
        Slot {
            local,
            setup: TokenStream::new(),
            start: TokenStream::new(),
            store: None,
            fresh: TokenStream::new(),
            combine: TokenStream::new(),
            after: TokenStream::new(),
            fresh_is_constant: false,
        }
    }

    /// The new variable that the result goes to if `store` is nowhere.
    pub(crate) fn result(&self) -> Ident {
        format_ident!("{}_found", plain(&self.local), span = Span::mixed_site())
    }

    /// The earlier partial result.
    pub(crate) fn left(&self) -> Ident {
        side("left", &self.local)
    }

    /// The later partial result.
    pub(crate) fn right(&self) -> Ident {
        side("right", &self.local)
    }
}

/// One of two partial results.
pub(crate) fn side(which: &str, local: &Ident) -> Ident {
    format_ident!("{which}_{}", plain(local), span = Span::mixed_site())
}

/// The name of an accumulator's law.
pub(crate) fn law_name(local: &Ident) -> Ident {
    format_ident!("law_{}", plain(local), span = Span::mixed_site())
}

/// The name without `r#`, to make others of.
pub(crate) fn plain(ident: &Ident) -> String {
    ident.to_string().trim_start_matches("r#").to_string()
}

/// `Clone::clone(reference)`
pub(crate) fn clone(reference: &TokenStream) -> TokenStream {
    quote!(::core::clone::Clone::clone(#reference))
}
