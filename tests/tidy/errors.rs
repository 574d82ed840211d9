//! Errors: the registry, their tests, the places that report them, and their wording.

use std::collections::BTreeSet;

use divvy_compiler::diagnostics::{ALL, Text};

use crate::docs::in_backticks;
use crate::laws::blocks;
use crate::{files, root, text};

/// The errors of ours in a `.stderr` file: headline, name, and the lines below.
pub(crate) fn errors(stderr: &str) -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    for block in stderr.split("\nerror").map(|block| block.trim_start_matches("error")) {
        let Some(rest) = block.strip_prefix(": ") else { continue };
        let (headline, below) = rest.split_once('\n').unwrap_or((rest, ""));
        if let Some((headline, name)) = headline.strip_suffix(']').and_then(|h| h.rsplit_once(" [")) {
            found.push((headline.to_string(), name.to_string(), below.to_string()));
        }
    }
    found
}

#[test]
fn every_error_has_a_test_in_the_folder_of_its_name() {
    for kind in ALL {
        let folder = root().join("tests/ui").join(kind.name);
        let shown = files("tests/ui", ".stderr")
            .iter()
            .filter(|path| path.parent() == Some(&folder))
            .any(|path| errors(&text(path)).iter().any(|(_, name, _)| name == kind.name));
        assert!(shown, "no test in tests/ui/{} shows [{}]", kind.name, kind.name);
    }
}

#[test]
fn every_error_in_a_test_is_in_the_registry() {
    let known: BTreeSet<&str> = ALL.iter().map(|kind| kind.name).collect();
    for path in files("tests/ui", ".stderr") {
        for (_, name, _) in errors(&text(&path)) {
            assert!(known.contains(name.as_str()), "{} shows [{name}]", path.display());
        }
    }
}

#[test]
fn every_error_is_reported_somewhere() {
    let sources: String = files("compiler/src", ".rs")
        .iter()
        .filter(|path| !path.ends_with("diagnostics/registry.rs"))
        .map(|path| text(path))
        .collect();
    for kind in ALL {
        let constant = kind.name.to_uppercase();
        assert!(
            sources.contains(&format!("diagnostics::{constant}")),
            "{constant} is never reported"
        );
    }
}

#[test]
fn errors_keep_the_rules_of_wording() {
    for path in files("tests/ui", ".stderr") {
        for (headline, name, below) in errors(&text(&path)) {
            let at = path.display();
            assert!(
                headline.chars().count() <= 90,
                "{at}: [{name}] has a long headline: {headline}"
            );
            assert!(!headline.ends_with('.'), "{at}: [{name}] ends in a full stop");
            assert!(
                !headline.starts_with(char::is_uppercase),
                "{at}: [{name}] starts with a capital letter"
            );
            assert!(below.contains("note: "), "{at}: [{name}] doesn't say why");
            assert!(below.contains("help: "), "{at}: [{name}] shows no way out");
            names_the_obstacle(&headline, at);
        }
        for block in blocks(&text(&path)) {
            let (at, headline) = (path.display(), block.headline);
            // what stands for types is the user's
            assert!(block.message.chars().count() <= 90, "{at}: a long headline: {headline}");
            assert!(!headline.ends_with('.'), "{at}: {headline} ends in a full stop");
            assert!(
                !headline.starts_with(char::is_uppercase),
                "{at}: {headline} starts with a capital letter"
            );
            assert!(block.below.contains("= note: "), "{at}: {headline} shows no way out");
            names_the_obstacle(headline, at);
        }
    }
}

fn names_the_obstacle(headline: &str, at: std::path::Display) {
    for word in ["must be", "invalid", "illegal", "panicked"] {
        assert!(
            !headline.contains(word),
            "{at}: `{headline}` says `{word}` where it could name the obstacle"
        );
    }
}

/// An error that the compiler reports has a name. What else has no code of rustc's is rustc's own, by its words.
#[test]
fn every_error_of_ours_has_a_name() {
    for path in files("tests/ui", ".stderr") {
        for line in text(&path).lines().filter(|line| line.starts_with("error: ")) {
            assert!(
                line.ends_with(']') || RUSTC.iter().any(|words| line.contains(words)),
                "{}: an error without a name, or one of rustc's that RUSTC in tests/tidy/errors.rs doesn't list: {line}",
                path.display()
            );
        }
    }
}

/// What rustc says without a code.
const RUSTC: &[&str] = &[
    "future cannot be",
    "closure may outlive",
    "lifetime may not live long enough",
];

#[test]
fn no_error_names_what_the_user_did_not_write() {
    for path in files("tests/ui", ".stderr") {
        let text = text(&path);
        assert!(!text.contains("bug in divvy"), "{}", path.display());
        for (_, name, below) in errors(&text) {
            for ours in ["__private", "law_", "left_", "right_"] {
                assert!(!below.contains(ours), "{}: [{name}] shows {ours}", path.display());
            }
            for spaced in ["& mut ", " :: ", " . ", " < "] {
                let is_code = in_backticks(&below).any(|code| code.contains(spaced) && !is_comparison(code));
                assert!(!is_code, "{}: [{name}] prints code as tokens", path.display());
            }
        }
        for block in blocks(&text) {
            // rustc itself names the trait, and where it stands, in lines of its own
            let said = block.below.lines().filter(|line| {
                let line = line.trim_start();
                let is_ours = line.starts_with("= note: ") && !line.starts_with("= note: required for");
                is_ours || line.contains('^')
            });
            for line in said.chain([block.headline]) {
                for ours in ["__private", "law_", "left_", "right_"] {
                    assert!(!line.contains(ours), "{} shows {ours}: {line}", path.display());
                }
            }
        }
    }
}

/// `a < b`, with nothing that closes it.
fn is_comparison(code: &str) -> bool {
    code.contains(" < ") && !code.contains('>') && !code.contains(" :: ")
}

/// True if `text` looks like `template`, in which `{}` stands for anything.
pub(crate) fn looks_like(text: &str, template: &str) -> bool {
    let mut parts = template.split("{}");
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else {
        return false;
    };
    let parts: Vec<&str> = parts.collect();
    for (number, part) in parts.iter().enumerate() {
        let is_last = number + 1 == parts.len();
        if is_last {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.is_empty()
}

#[test]
fn templates_match_what_they_look_like() {
    assert!(looks_like("`x` is read", "`{}` is read"));
    assert!(looks_like("`a b` by `+=` in line 3", "`{}` by `{}` in line {}"));
    assert!(!looks_like("`x` is written", "`{}` is read"));
    assert!(!looks_like("this loop is long", "this loop"));
}

#[test]
fn every_headline_is_in_the_registry_and_has_a_test() {
    let shown: Vec<_> = files("tests/ui", ".stderr")
        .iter()
        .flat_map(|path| errors(&text(path)))
        .collect();
    let mut seen = BTreeSet::new();
    for (headline, name, _) in &shown {
        let known = Text::of(name).unwrap_or_else(|| panic!("[{name}] has no texts"));
        let template = known.headlines.iter().find(|template| looks_like(headline, template));
        let template = template.unwrap_or_else(|| panic!("[{name}] has no headline like: {headline}"));
        seen.insert((name.as_str(), *template));
    }
    for kind in ALL {
        let known = Text::of(kind.name).unwrap_or_else(|| panic!("[{}] has no texts", kind.name));
        for template in known.headlines {
            assert!(
                seen.contains(&(kind.name, *template)),
                "no test shows [{}]: {template}",
                kind.name
            );
        }
    }
}
