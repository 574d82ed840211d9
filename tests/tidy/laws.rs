//! What rustc says of types: each text in the runtime is in the list of laws, and in a test.

use divvy_compiler::diagnostics::{LAWS, Law};

use crate::{files, text};

/// Headlines that are there in case the one before them isn't asked first, and which one that is.
const BEHIND: &[(&str, &str)] = &[
    (
        "the elements of `{Self}` are not associative under `{Op}`",
        "the elements of `{Self}` are not associative under `{Op}`, or have no identity",
    ),
    (
        "`{Self}` is no number that a carried value can be computed with",
        "`a * x + b` on a carried `{Self}` can't be computed in pieces",
    ),
    (
        "`{Self}` is no number that sums between bounds can be computed with",
        "a sum between bounds of `{Self}` can't be computed in pieces",
    ),
    (
        "the values of `{Self}` have no order that a carried value can keep to",
        "bounds on a carried `{Self}` can't be computed in pieces",
    ),
    (
        "`{Self}` can't be looked at from its end before the loop runs over it",
        "`{Self}` can't be looked at before the loop runs over it",
    ),
];

/// An error of rustc's whose headline is ours.
pub(crate) struct Block<'a> {
    pub law: &'static Law,
    pub message: &'static str,
    pub headline: &'a str,
    pub below: &'a str,
}

/// The errors of rustc's in a `.stderr` file whose headlines are ours.
pub(crate) fn blocks(stderr: &str) -> Vec<Block<'_>> {
    let mut found = Vec::new();
    for block in stderr.split("\nerror").map(|block| block.trim_start_matches("error")) {
        let Some((_, rest)) = block.strip_prefix('[').and_then(|rest| rest.split_once("]: ")) else {
            continue;
        };
        let (headline, below) = rest.split_once('\n').unwrap_or((rest, ""));
        let messages = LAWS
            .iter()
            .flat_map(|law| law.messages.iter().map(move |message| (law, *message)));
        // of two that fit, the longer one says more
        let fitting = messages.filter(|(_, message)| is_like(headline, message));
        if let Some((law, message)) = fitting.max_by_key(|(_, message)| message.len()) {
            found.push(Block {
                law,
                message,
                headline,
                below,
            });
        }
    }
    found
}

/// True if a headline looks like the message, whose `{..}` stand for types.
fn is_like(headline: &str, message: &str) -> bool {
    let template: String = message
        .split('{')
        .enumerate()
        .map(|(number, part)| match (number, part.split_once('}')) {
            (0, _) | (_, None) => part.to_string(),
            (_, Some((_, rest))) => format!("{{}}{rest}"),
        })
        .collect();
    crate::errors::looks_like(headline, &template)
}

#[test]
fn messages_match_what_they_look_like() {
    let message = "a sum of `{T}` can't keep a term of type `{Self}`";
    assert!(is_like("a sum of `Complex` can't keep a term of type `f64`", message));
    assert!(!is_like("a sum of `Complex` is kept", message));
}

/// The texts between quotes behind `message = `, or, of those that a macro is given, at the beginnings of lines.
fn messages_in(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in source.match_indices("on_unimplemented(") {
        let rest = &source[at..];
        let message = rest.split_once("message = ").map_or("", |(_, rest)| rest);
        if let Some(quoted) = message.strip_prefix('"') {
            found.push(quoted.split('"').next().unwrap_or_default().to_string());
        }
    }
    if source.contains("message = $message") {
        let lines: Vec<&str> = source.lines().map(str::trim).collect();
        for pair in lines.windows(2) {
            // a line that ends in the documentation of a family, and the line with its message
            if pair[0].ends_with("\":") && pair[1].starts_with('"') {
                found.push(pair[1].trim_matches(['"', ',']).to_string());
            }
        }
    }
    found
}

#[test]
fn every_text_beside_a_trait_is_in_the_list_of_laws() {
    let mut written = Vec::new();
    for path in files("runtime/src", ".rs") {
        for message in messages_in(&text(&path)) {
            assert!(
                LAWS.iter().any(|law| law.messages.contains(&message.as_str())),
                "{}: add the message {message:?} to the law it belongs to, in compiler/src/diagnostics/laws.rs (or \
                 change the one there if this one was reworded), then DIVVY_BLESS=1 cargo test --test tidy",
                path.display()
            );
            written.push(message);
        }
    }
    assert!(written.len() > 30, "{} messages were found", written.len());
    for message in LAWS.iter().flat_map(|law| law.messages) {
        assert!(
            written.iter().any(|written| written == message),
            "compiler/src/diagnostics/laws.rs lists {message:?}, which nothing in runtime/src says: take it out there, or \
             change it into what it says now"
        );
    }
}

#[test]
fn every_text_beside_a_trait_is_in_a_test() {
    let stderrs: Vec<String> = files("tests/ui", ".stderr").iter().map(|path| text(path)).collect();
    let is_shown = |message: &str| {
        stderrs
            .iter()
            .any(|stderr| blocks(stderr).iter().any(|block| block.message == message))
    };
    for message in LAWS.iter().flat_map(|law| law.messages) {
        match BEHIND.iter().find(|(behind, _)| behind == message) {
            Some((_, before)) => assert!(
                is_shown(before) && !is_shown(message),
                "tests show {message:?}, or not {before:?}"
            ),
            None => assert!(
                is_shown(message),
                "no .stderr in tests/ui shows {message:?}: write a situation in tests/ui/laws and its text by \
                 TRYBUILD=overwrite cargo test --test ui"
            ),
        }
    }
}

#[test]
fn every_example_of_a_law_shows_it() {
    for law in LAWS {
        let path = crate::root().join(format!("tests/ui/{}.stderr", law.example));
        let is_shown = blocks(&text(&path)).iter().any(|block| block.law == law);
        assert!(is_shown, "tests/ui/{} doesn't show {}", law.example, law.name);
    }
}
