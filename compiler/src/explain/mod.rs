//! How was a function parallelised? The option `explain` puts the answer into its documentation.
//!
//! The text is made from the plan, not from the generated tokens: for every loop, chain or group of calls what it runs
//! over, what it carries along and by which operation two parts of it are joined, how it may be left, and then what
//! holds for all of them: the cutoff, and what each relaxation gives up. It names no lines, so that it changes only
//! when the plan does.

mod divide;
mod loops;
mod options;

use syn::{Attribute as SynAttribute, ItemFn, parse_quote};

use crate::attribute::Attribute;
use crate::options::Options;
pub(crate) use divide::{of_children, of_collector, of_gathered, of_group, of_private, of_statements};
pub(crate) use loops::{of_kernels, of_loop};

/// What is said about one loop, chain or group of calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Explanation {
    /// What it is about, as code.
    subject: String,
    /// What is done with it.
    what: String,
    /// The facts behind that, one a line.
    facts: Vec<String>,
}

impl Explanation {
    /// About `subject`, the user's own code: it is, or becomes, `what`.
    pub(crate) fn new(subject: impl Into<String>, what: impl Into<String>) -> Self {
        Explanation {
            subject: subject.into(),
            what: what.into(),
            facts: Vec::new(),
        }
    }

    /// Adds a fact.
    pub(crate) fn fact(&mut self, text: impl Into<String>) {
        self.facts.push(text.into());
    }
}

/// Adds the section to the function's documentation.
pub(crate) fn document(function: &mut ItemFn, attribute: Attribute, options: &Options, parts: &[Explanation]) {
    let attributes = section(attribute, options, parts).into_iter().map(|line| {
        let line = if line.is_empty() { line } else { format!(" {line}") };
        parse_quote!(#[doc = #line])
    });
    let attributes: Vec<SynAttribute> = attributes.collect();
    function.attrs.extend(attributes);
}

/// The section, line by line.
fn section(attribute: Attribute, options: &Options, parts: &[Explanation]) -> Vec<String> {
    let mut lines = vec![
        String::new(),
        "# Runs in parallel".to_string(),
        String::new(),
        format!("By `{attribute}`, with the answer of the code as it is written:"),
        String::new(),
    ];
    for part in parts {
        lines.push(format!("- {}: {}", code(&part.subject), part.what));
        lines.extend(part.facts.iter().map(|fact| format!("  - {fact}")));
    }
    lines.push(String::new());
    lines.extend(
        options::facts(attribute, options)
            .into_iter()
            .map(|fact| format!("- {fact}")),
    );
    lines
}

/// A piece of code in running text.
pub(crate) fn code(text: &str) -> String {
    match text.contains('`') {
        true => format!("`` {text} ``"),
        false => format!("`{text}`"),
    }
}

#[cfg(test)]
mod tests;
