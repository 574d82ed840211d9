//! Errors: collected over a stage, shown all at once, each at the user's own tokens.

mod laws;
mod registry;
mod texts;

use std::collections::BTreeSet;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

use crate::print::print_short;

pub use laws::{LAWS, Law};
pub(crate) use registry::*;
pub use registry::{ALL, Category, Kind};
pub use texts::{TEXTS, Text};

/// One error: what stands in the way, why, and the way out.
#[derive(Debug)]
pub struct Diagnostic {
    kind: &'static Kind,
    start: Span,
    end: Span,
    headline: String,
    notes: Vec<String>,
    helps: Vec<String>,
}

impl Diagnostic {
    /// Adds a reason.
    pub fn note(&mut self, text: impl Into<String>) -> &mut Self {
        self.notes.push(text.into());
        self
    }

    /// Adds reasons, if there are any.
    pub fn notes(&mut self, texts: impl IntoIterator<Item = String>) -> &mut Self {
        self.notes.extend(texts);
        self
    }

    /// Adds a way out, as code where possible.
    pub fn help(&mut self, text: impl Into<String>) -> &mut Self {
        self.helps.push(text.into());
        self
    }

    /// Adds ways out.
    pub fn helps(&mut self, texts: impl IntoIterator<Item = String>) -> &mut Self {
        self.helps.extend(texts);
        self
    }

    /// What kind of error this is.
    pub(crate) fn kind(&self) -> &'static Kind {
        self.kind
    }

    /// True if the name occurs in what is said.
    pub(crate) fn mentions(&self, name: &str) -> bool {
        let texts = std::iter::once(&self.headline).chain(&self.notes).chain(&self.helps);
        let is_of_name = |c: char| c.is_alphanumeric() || c == '_';
        let mut words = texts.flat_map(|text| text.split(|c| !is_of_name(c)));
        words.any(|word| word == name)
    }

    /// The text as the user reads it: headline with the error's name, then notes, then helps.
    fn text(&self, is_alone: bool) -> String {
        let mut text = format!("{} [{}]", self.headline, self.kind.name);
        // what a report doesn't say, the registry does
        let known = Text::of(self.kind.name);
        let notes = self.notes.iter().map(String::as_str);
        let why = known.filter(|_| self.notes.is_empty()).map(|known| known.why);
        for note in notes.chain(why) {
            text.push_str(&format!("\n  note: {note}"));
        }
        let helps = self.helps.iter().map(String::as_str);
        let way_out = known.filter(|_| self.helps.is_empty()).map(|known| known.way_out);
        for help in helps.chain(way_out) {
            text.push_str("\n  help: ");
            text.push_str(&match is_alone {
                true => MARKS.iter().fold(help.to_string(), |help, mark| {
                    help.replace(mark, "remove the attribute")
                }),
                false => help.to_string(),
            });
        }
        text
    }
}

/// What leaves a loop sequential, as the helps say it.
const MARKS: [&str; 3] = [
    "mark this loop `#[seq]`",
    "mark the loop `#[seq]`",
    "mark the statement `#[seq]`",
];

/// All errors of one expansion, in the order in which they were found.
#[derive(Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    is_alone: bool,
}

impl Diagnostics {
    /// None yet.
    pub fn new() -> Self {
        Diagnostics::default()
    }

    /// Reports an error of `kind` at `tokens`.
    pub fn report(&mut self, kind: &'static Kind, at: &impl ToTokens, headline: impl Into<String>) -> &mut Diagnostic {
        let (start, end) = ends(at);
        self.report_between(kind, start, end, headline)
    }

    /// Reports an error of `kind` from the token at `start` to the one at `end`.
    pub fn report_between(
        &mut self,
        kind: &'static Kind,
        start: Span,
        end: Span,
        headline: impl Into<String>,
    ) -> &mut Diagnostic {
        self.list.push(Diagnostic {
            kind,
            start,
            end,
            headline: headline.into(),
            notes: Vec::new(),
            helps: Vec::new(),
        });
        self.list.last_mut().expect("one was pushed")
    }

    /// True if these are some of the others, and not all.
    pub fn is_part_of(&self, others: &Diagnostics) -> bool {
        let key = |error: &Diagnostic| {
            let at = error.start.start();
            (error.kind.name, at.line, at.column, error.headline.clone())
        };
        let others: Vec<_> = others.list.iter().map(key).collect();
        let is_known = |error: &Diagnostic| others.contains(&key(error));
        !self.list.is_empty() && self.list.len() < others.len() && self.list.iter().all(is_known)
    }

    /// The errors are about the only loop or chain of a function: with that one left sequential, nothing is shared out, so
    /// it is not a mark that the helps ask for.
    pub(crate) fn are_about_the_only_loop(&mut self) {
        self.is_alone = true;
    }

    /// Forgets the errors of which this is true.
    pub(crate) fn forget(&mut self, is_forgotten: impl Fn(&Diagnostic) -> bool) {
        self.list.retain(|error| !is_forgotten(error));
    }

    /// Adds what was collected apart.
    pub(crate) fn append(&mut self, mut other: Diagnostics) {
        self.list.append(&mut other.list);
        self.is_alone |= other.is_alone;
    }

    /// True if nothing was reported.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Ends a stage: `None` if it reported anything.
    pub fn gate(&self) -> Option<()> {
        self.is_empty().then_some(())
    }

    /// The names of the reported errors, in order.
    pub fn names(&self) -> Vec<&'static str> {
        self.list.iter().map(|d| d.kind.name).collect()
    }

    /// One `compile_error!` an error.
    pub(crate) fn to_tokens(&self) -> TokenStream {
        self.list
            .iter()
            .flat_map(|d| {
                let text = d.text(self.is_alone);
                let start = proc_macro2::Ident::new("x", d.start);
                let end = proc_macro2::Ident::new("x", d.end);
                // `new_spanned` underlines from the first token to the last one
                syn::Error::new_spanned(quote::quote!(#start #end), text).to_compile_error()
            })
            .collect()
    }
}

/// The spans of the first and the last token.
pub(crate) fn ends(tokens: &impl ToTokens) -> (Span, Span) {
    let mut stream = tokens.to_token_stream().into_iter();
    let start = stream.next().map_or_else(Span::call_site, |t| t.span());
    let end = stream.last().map_or(start, |t| t.span());
    (start, end)
}

/// The text of some tokens, cut off where it gets long.
pub(crate) fn short(tokens: &impl ToTokens) -> String {
    print_short(tokens, 40)
}

/// The line in the source at which `tokens` start, for notes that point at a second place.
pub(crate) fn line(tokens: &impl ToTokens) -> usize {
    ends(tokens).0.start().line
}

/// A note about the lines that read something beside the one `here`, if there are any.
pub(crate) fn also_read(lines: impl IntoIterator<Item = usize>, here: usize) -> Option<String> {
    let lines: BTreeSet<usize> = lines.into_iter().filter(|line| *line != here).collect();
    let others: Vec<String> = lines.iter().map(usize::to_string).collect();
    match &others[..] {
        [] => None,
        [one] => Some(format!("it is read in line {one}, too")),
        [all @ .., last] => Some(format!("it is read in the lines {} and {last}, too", all.join(", "))),
    }
}
