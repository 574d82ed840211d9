//! Which errors about a body may be consequences of an option that couldn't be read?
//!
//! The other options hold, and the body is looked at with them. What the broken one might have cured is not reported: it
//! is asked again when the option is mended.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use syn::ext::IdentExt;

use crate::diagnostics::{self, Diagnostic, Kind};

/// An option that couldn't be read.
#[derive(Clone, Debug)]
pub(crate) struct Broken {
    /// The option's name, or the one that is nearest to what was written.
    name: Option<&'static str>,
    /// The names in its value.
    words: BTreeSet<String>,
}

/// What `relax` permits.
const RELAXED: &[&Kind] = &[
    diagnostics::LOCK_IN_BODY,
    diagnostics::LOCK_HELD,
    diagnostics::ATOMIC_IN_BODY,
    diagnostics::OUTPUT_IN_BODY,
    diagnostics::EARLY_EXIT,
];

/// What depends on how each variable of a loop is dealt with, without naming it.
const ABOUT_ALL: &[&Kind] = &[
    diagnostics::NOTHING_TO_REDUCE,
    diagnostics::NOTHING_TO_SCAN,
    diagnostics::WRONG_ATTRIBUTE,
    diagnostics::ONE_CALL,
    diagnostics::ONE_STATEMENT,
    diagnostics::EARLY_EXIT,
];

/// What has to do with rounding.
const ROUNDED: &[&Kind] = &[
    diagnostics::LOOP_CARRIED,
    diagnostics::ACCUMULATOR_READ,
    diagnostics::MIXED_OPERATIONS,
    diagnostics::ORDERED_CHAIN,
    diagnostics::NO_MONOID,
    diagnostics::NOTHING_TO_REDUCE,
    diagnostics::NOTHING_TO_SCAN,
    diagnostics::WRONG_ATTRIBUTE,
];

impl Broken {
    /// The option in these tokens.
    pub(super) fn new(name: Option<&'static str>, tokens: &TokenStream) -> Self {
        let mut words = BTreeSet::new();
        collect(tokens.clone(), &mut words);
        Broken { name, words }
    }

    /// True if the error might not be there if the option could be read.
    pub(crate) fn may_cause(&self, error: &Diagnostic) -> bool {
        let kind = error.kind();
        match self.name {
            Some("threshold" | "grain" | "pool" | "explain" | "twin" | "crate" | "identity" | "commutative") => false,
            Some("threads" | "seeds") => false,
            Some("size") => kind == diagnostics::NO_SIZE,
            Some("relax") => RELAXED.contains(&kind),
            Some("float") => ROUNDED.contains(&kind),
            Some("reduce" | "private" | "replay" | "unique") => self.is_about(error),
            _ => RELAXED.contains(&kind) || ROUNDED.contains(&kind) || self.is_about(error),
        }
    }

    /// True if the error is about a variable that the option names, or may be.
    fn is_about(&self, error: &Diagnostic) -> bool {
        ABOUT_ALL.contains(&error.kind()) || self.words.len() < 2 || self.words.iter().any(|word| error.mentions(word))
    }
}

fn collect(tokens: TokenStream, words: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(word) => {
                words.insert(word.unraw().to_string());
            }
            TokenTree::Group(group) => collect(group.stream(), words),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}
