//! The guide's page an error: written from the registry and the tests, `DIVVY_BLESS=1 cargo test --test tidy`.

use std::fs;
use std::path::{Path, PathBuf};

use divvy_compiler::diagnostics::{ALL, Kind, Text};

use crate::{files, root, text};

/// A sentence from a note.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string());
    format!("{}{}.", first.unwrap_or_default(), letters.as_str())
}

/// What the test is about, from its file's name.
fn situation(path: &Path) -> String {
    path.file_stem()
        .expect("a test has a name")
        .to_string_lossy()
        .replace('_', " ")
}

/// The guide's page about an error: from the registry, the test of the example, and the corrected example.
fn page(kind: &Kind) -> String {
    let (name, known) = (kind.name, Text::of(kind.name).expect("every error has texts"));
    let up = "../../../..";
    let mut page = format!(
        "# `{name}`\n\n{}\n\n\
         ```rust,ignore\n{{{{#include {up}/tests/ui/{name}/{example}.rs}}}}\n```\n\n\
         ```text\n{{{{#include {up}/tests/ui/{name}/{example}.stderr}}}}\n```\n\n\
         ## Why\n\n{}\n\n## The way out\n\n{}\n\n\
         ```rust,ignore\n{{{{#include {up}/tests/corrected/{name}.rs}}}}\n```\n",
        kind.when,
        sentence(known.why),
        sentence(known.way_out),
        example = known.example,
    );
    let folder = root().join("tests/ui").join(name);
    let others = files("tests/ui", ".rs")
        .into_iter()
        .filter(|path| path.parent() == Some(&folder) && path.file_stem().is_some_and(|stem| stem != known.example));
    for path in others {
        let file = path
            .file_stem()
            .expect("a test has a name")
            .to_string_lossy()
            .into_owned();
        page.push_str(&format!(
            "\n## Also: {}\n\n```rust,ignore\n{{{{#include {up}/tests/ui/{name}/{file}.rs}}}}\n```\n\n\
             ```text\n{{{{#include {up}/tests/ui/{name}/{file}.stderr}}}}\n```\n",
            situation(&path)
        ));
    }
    page
}

/// The guide's list of errors.
fn list() -> String {
    let mut list = String::from(
        "# Errors\n\nThe name in brackets behind an error's headline leads here. What is true of types is asked of \
         rustc, whose errors are [on a page of their own](errors/laws.md).\n\n| error | when |\n|---|---|\n",
    );
    for kind in ALL {
        list.push_str(&format!("| [`{0}`](errors/{0}.md) | {1} |\n", kind.name, kind.when));
    }
    list
}

#[test]
fn every_error_has_its_page() {
    let folder = root().join("guide/src/reference");
    let mut pages: Vec<(PathBuf, String)> = ALL
        .iter()
        .map(|kind| (folder.join("errors").join(format!("{}.md", kind.name)), page(kind)))
        .collect();
    pages.push((folder.join("errors.md"), list()));
    let summary = text(&root().join("guide/src/SUMMARY.md"));
    for (path, page) in &pages {
        if std::env::var_os("DIVVY_BLESS").is_some() {
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
            fs::write(path, page).expect("a page is writable");
        }
        let is = fs::read_to_string(path).unwrap_or_default();
        assert!(
            is == *page,
            "{}: write it with DIVVY_BLESS=1 cargo test --test tidy",
            path.display()
        );
        let link = path
            .strip_prefix(root().join("guide/src"))
            .expect("a page of the guide");
        assert!(
            summary.contains(&format!("({})", link.display())),
            "the guide's SUMMARY.md has no link to {}",
            link.display()
        );
    }
    for path in files("guide/src/reference/errors", ".md") {
        let known = path.ends_with("laws.md") || pages.iter().any(|(page, _)| *page == path);
        assert!(known, "{} is about no error", path.display());
    }
}

#[test]
fn every_error_has_a_corrected_example_that_runs() {
    let list = text(&root().join("tests/corrected.rs"));
    for kind in ALL {
        let file = format!("corrected/{}.rs", kind.name);
        assert!(
            list.contains(&format!("\"{file}\"")),
            "tests/corrected.rs has no module for {file}"
        );
        let corrected = text(&root().join("tests").join(file));
        assert!(
            corrected.contains("#[test]") || corrected.contains("#[par_test("),
            "{} is not run",
            kind.name
        );
    }
}
