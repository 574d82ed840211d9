//! The guide's page an error: written from the registry and the tests, `DIVVY_BLESS=1 cargo test --test tidy`.

use std::fs;
use std::path::{Path, PathBuf};

use divvy_compiler::diagnostics::{ALL, Category, Kind, LAWS, Text};

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

/// A headline of rustc's, as the guide prints it: with `T` for the type, and `Op` for the operation.
fn shown(message: &str) -> String {
    let own = if message.contains("{T}") { "U" } else { "T" };
    message.replace("{Self}", own).replace(['{', '}'], "")
}

/// The guide's page about what rustc says of types: from the list of laws, the tests, and the corrected examples.
fn laws() -> String {
    let up = "../../../..";
    let mut page = String::from(
        "# Laws, sources, threads\n\nWhat is true of types rustc finds out: the generated code carries a bound, at your own \
         tokens. In the headlines below `T` is your type and `Op` an operation of `divvy::ops`.\n",
    );
    let situations: Vec<(PathBuf, String)> = files("tests/ui/laws", ".stderr")
        .into_iter()
        .map(|path| (path.with_extension("rs"), text(&path)))
        .collect();
    let mut told: Vec<PathBuf> = LAWS
        .iter()
        .map(|law| root().join(format!("tests/ui/{}.rs", law.example)))
        .collect();
    for law in LAWS {
        page.push_str(&format!("\n## {}\n\n{}\n\n", law.name, law.when));
        for message in law.messages {
            page.push_str(&format!("- {}\n", shown(message)));
        }
        page.push_str(&format!(
            "\n```rust,ignore\n{{{{#include {up}/tests/ui/{example}.rs}}}}\n```\n\n\
             ```text\n{{{{#include {up}/tests/ui/{example}.stderr}}}}\n```\n\n\
             ### Why\n\n{}\n\n### The way out\n\n{}\n\n\
             ```rust,ignore\n{{{{#include {up}/tests/corrected/laws/{}.rs}}}}\n```\n",
            sentence(law.why),
            sentence(law.way_out),
            law.name,
            example = law.example,
        ));
        for (path, stderr) in &situations {
            let is_of_this = crate::laws::blocks(stderr)
                .iter()
                .any(|block| block.law.name == law.name);
            if !is_of_this || told.contains(path) {
                continue;
            }
            told.push(path.clone());
            let file = path.file_stem().expect("a test has a name").to_string_lossy();
            page.push_str(&format!(
                "\n### Also: {}\n\n```rust,ignore\n{{{{#include {up}/tests/ui/laws/{file}.rs}}}}\n```\n\n\
                 ```text\n{{{{#include {up}/tests/ui/laws/{file}.stderr}}}}\n```\n",
                situation(path)
            ));
        }
    }
    page
}

/// The guide's list of errors, by what they are about.
fn list() -> String {
    let mut list = String::from(
        "# Errors\n\nThe name in brackets behind an error's headline leads here. What is true of types is asked of \
         rustc, whose errors are [on a page of their own](errors/laws.md).\n",
    );
    for category in [Category::Meaning, Category::Written] {
        list.push_str(&format!("\n## {}\n\n| error | when |\n|---|---|\n", category.heading()));
        for kind in ALL.iter().filter(|kind| kind.category == category) {
            list.push_str(&format!("| [`{0}`](errors/{0}.md) | {1} |\n", kind.name, kind.when));
        }
    }
    list.push_str("\n## What rustc says of types\n\n| headline | when |\n|---|---|\n");
    for law in LAWS {
        list.push_str(&format!(
            "| [{}](errors/laws.md#{}) | {} |\n",
            shown(law.messages[0]),
            law.name,
            law.when
        ));
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
    pages.push((folder.join("errors/laws.md"), laws()));
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
        let known = pages.iter().any(|(page, _)| *page == path);
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
        is_run(&file);
    }
    let list = text(&root().join("tests/corrected/laws.rs"));
    for law in LAWS {
        let file = format!("laws/{}.rs", law.name);
        assert!(
            list.contains(&format!("\"{file}\"")),
            "tests/corrected/laws.rs has no module for {file}"
        );
        is_run(&format!("corrected/{file}"));
    }
}

fn is_run(file: &str) {
    let corrected = text(&root().join("tests").join(file));
    assert!(
        corrected.contains("#[test]") || corrected.contains("#[par_test("),
        "{file} has no test"
    );
}
