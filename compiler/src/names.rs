//! Names that generated code may use: the runtime's path, and identifiers that the function does not contain.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};

use crate::options::Options;

/// The path under which generated code finds the runtime, `::divvy::__private` unless `crate = PATH` says otherwise.
pub(crate) fn runtime(options: &Options) -> TokenStream {
    match &options.krate {
        Some(path) => quote!(#path::__private),
        None => quote!(::divvy::__private),
    }
}

/// Hands out names that nothing in the function's tokens has, whatever their hygiene.
pub(crate) struct FreeNames {
    taken: BTreeSet<String>,
    /// The last number that each role got.
    numbers: BTreeMap<String, usize>,
    /// What the user wrote in the place of a name of ours.
    shown: BTreeMap<String, String>,
}

impl FreeNames {
    /// Everything that occurs in `tokens` is taken, names inside macro calls too.
    pub(crate) fn new(tokens: &impl ToTokens) -> Self {
        let mut taken = BTreeSet::new();
        collect(tokens.to_token_stream(), &mut taken);
        FreeNames {
            taken,
            numbers: BTreeMap::new(),
            shown: BTreeMap::new(),
        }
    }

    /// A free name for what the user wrote as `shown`.
    pub(crate) fn standing_for(&mut self, role: &str, shown: String) -> Ident {
        let name = self.free(role);
        self.shown.insert(name.to_string(), shown);
        name
    }

    /// A name as the user knows it.
    pub(crate) fn shown<'n>(&'n self, name: &'n str) -> &'n str {
        self.shown.get(name).map_or(name, String::as_str)
    }

    /// `role` itself if it is free, else `role_2`, `role_3`, ...; the name is taken from then on.
    pub(crate) fn free(&mut self, role: &str) -> Ident {
        let number = self.numbers.entry(role.to_string()).or_default();
        let name = loop {
            *number += 1;
            let name = match *number {
                1 => role.to_string(),
                more => format!("{role}_{more}"),
            };
            if !self.taken.contains(&name) {
                break name;
            }
        };
        self.taken.insert(name.clone());
        Ident::new(&name, Span::mixed_site())
    }
}

fn collect(tokens: TokenStream, taken: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                taken.insert(ident.to_string().trim_start_matches("r#").to_string());
            }
            TokenTree::Group(group) => collect(group.stream(), taken),
            TokenTree::Literal(_) | TokenTree::Punct(_) => {}
        }
    }
}

/// Tokens of ours as if they stood at `span`.
///
/// An expression whose tokens come from several places is shown at the attribute; all of it has to be at `span`.
/// Not for names of local variables, which must keep their own resolution.
pub(crate) fn respanned(tokens: TokenStream, span: Span) -> TokenStream {
    map_spans(tokens, &|_| span)
}

/// `function(arguments)`, shown as if it were the user's tokens from `first` to `last`.
///
/// An error about the call is then the same as one about an argument that is these tokens, and rustc reports it once.
pub(crate) fn call_at(function: TokenStream, arguments: TokenStream, (first, last): (Span, Span)) -> TokenStream {
    let mut call = respanned(function, first);
    let mut arguments = Group::new(Delimiter::Parenthesis, arguments);
    arguments.set_span(last);
    call.extend([TokenTree::Group(arguments)]);
    call
}

/// The user's tokens shown at `span`; what they refer to stays.
pub(crate) fn located(tokens: TokenStream, span: Span) -> TokenStream {
    map_spans(tokens, &|old| old.located_at(span))
}

/// The user's tokens, shown at the attribute; what they refer to stays.
pub(crate) fn unlocated(tokens: TokenStream) -> TokenStream {
    map_spans(tokens, &|old| Span::call_site().resolved_at(old))
}

fn map_spans(tokens: TokenStream, new: &dyn Fn(Span) -> Span) -> TokenStream {
    let at = |mut token: TokenTree| {
        if let TokenTree::Group(group) = &token {
            let mut inner = Group::new(group.delimiter(), map_spans(group.stream(), new));
            inner.set_span(new(group.span()));
            return TokenTree::Group(inner);
        }
        token.set_span(new(token.span()));
        token
    };
    tokens.into_iter().map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_free_name_avoids_what_the_function_contains() {
        let mut names = FreeNames::new(&quote!(
            fn f(leaf: u8) {
                g!(leaf_2, r#SITE);
            }
        ));
        assert_eq!(names.free("leaf"), "leaf_3");
        assert_eq!(names.free("leaf"), "leaf_4");
        assert_eq!(names.free("SITE"), "SITE_2");
        assert_eq!(names.free("piece"), "piece");
    }
}
