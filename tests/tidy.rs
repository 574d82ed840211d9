//! Ties what belongs together: each error has a test and a place that reports it, and all texts keep the rules.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use divvy_compiler::diagnostics::ALL;
use divvy_compiler::options::{Spec, TABLE};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder with this ending.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)
            .expect("a folder")
            .map(|e| e.expect("an entry").path())
        {
            if entry.is_dir() {
                folders.push(entry);
            } else if entry.to_string_lossy().ends_with(ending) {
                found.push(entry);
            }
        }
    }
    found.sort();
    found
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The errors of ours in a `.stderr` file: headline, name, and the lines below.
fn errors(stderr: &str) -> Vec<(String, String, String)> {
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
            assert!(below.contains("help: "), "{at}: [{name}] shows no way out");
            for word in ["must be", "invalid", "illegal", "panicked"] {
                assert!(
                    !headline.contains(word),
                    "{at}: [{name}] says `{word}` where it could name the obstacle"
                );
            }
        }
    }
}

#[test]
fn no_error_names_what_the_user_did_not_write() {
    for path in files("tests/ui", ".stderr") {
        let text = text(&path);
        assert!(!text.contains("bug in divvy"), "{}", path.display());
        for (_, name, below) in errors(&text) {
            for ours in ["__private", "law_", "left_", "right_"] {
                assert!(!below.contains(ours), "{}: [{name}] shows {ours}", path.display());
            }
        }
    }
}

#[test]
fn every_option_that_the_docs_name_exists() {
    let known: BTreeSet<&str> = TABLE.iter().map(|spec| spec.name).collect();
    for path in ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "src/lib.rs"].map(|p| root().join(p)) {
        let text = text(&path);
        for attribute in ["#[par_divide(", "#[par_join(", "#[par_reduce("] {
            for (at, _) in text.match_indices(attribute) {
                let arguments = &text[at + attribute.len()..];
                let name: String = arguments
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                assert!(
                    known.contains(name.as_str()),
                    "{} uses the option `{name}`",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn option_names_are_distinct_and_documented() {
    let names: BTreeSet<&str> = TABLE.iter().map(|spec| spec.name).collect();
    assert_eq!(names.len(), TABLE.len());
    for spec in TABLE {
        assert!(!spec.on.is_empty() && !spec.doc.is_empty() && Spec::find(spec.name).is_some());
    }
}

#[test]
fn there_is_no_unsafe_code() {
    for folder in ["src", "macros/src", "compiler/src", "runtime/src"] {
        let lib = text(&root().join(folder).join("lib.rs"));
        assert!(lib.contains("#![forbid(unsafe_code)]"), "{folder}/lib.rs");
    }
}
