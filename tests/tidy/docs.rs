//! What users read: every option, variable, command and error that it names exists, and one thing has one name.

use std::collections::BTreeSet;
use std::path::PathBuf;

use divvy_compiler::diagnostics::ALL;
use divvy_compiler::options::{Spec, TABLE};

use crate::errors::errors;
use crate::{files, root, text};

/// Words that mean one thing elsewhere and another here, and the word that is ours.
const WORDS: &[(&str, &str)] = &[
    ("neutral", "identity"),
    ("reducer", "monoid"),
    ("counter variable", "induction variable"),
    ("data race", "dependence"),
    ("chunk of", "leaf or piece"),
    ("serial version", "twin"),
    ("spawn", "fork"),
    ("batch", "grain"),
    ("helper", "the thing's own name"),
];

#[test]
fn errors_and_guide_use_one_word_for_one_thing() {
    let mut said: Vec<(String, String)> = Vec::new();
    for path in files("tests/ui", ".stderr") {
        for (headline, _, below) in errors(&text(&path)) {
            let ours: Vec<_> = below
                .lines()
                .map(str::trim)
                .filter(|line| line.starts_with("note: ") || line.starts_with("help: "))
                .collect();
            said.push((path.display().to_string(), format!("{headline}\n{}", ours.join("\n"))));
        }
    }
    said.extend(docs().into_iter().map(|path| (path.display().to_string(), text(&path))));
    for (at, text) in said {
        let prose = text.to_lowercase();
        for (word, ours) in WORDS {
            assert!(!prose.contains(word), "{at} says `{word}`, elsewhere it is {ours}");
        }
    }
}

/// Everything that users read, but for the pages that only include other files.
fn docs() -> Vec<PathBuf> {
    let mut docs: Vec<_> = [
        "README.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "src/lib.rs",
        "macros/src/lib.rs",
    ]
    .map(|path| root().join(path))
    .into();
    docs.extend(files("guide/src", ".md"));
    docs.extend(files("src", ".md"));
    docs.extend(files("macros/docs", ".md"));
    docs
}

/// The arguments of our attributes in a text, one string for each attribute.
fn arguments(text: &str) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    for attribute in divvy_compiler::Attribute::ALL {
        let open = format!("{}(", attribute.name());
        for (at, _) in text.match_indices(&open) {
            // `#[par_reduce(` or `#[path::par_reduce(`
            if !text[..at].ends_with("#[") && !text[..at].ends_with("::") {
                continue;
            }
            let mut depth = 1;
            let inside = text[at + open.len()..].chars().take_while(|c| {
                depth += match c {
                    '(' => 1,
                    ')' => -1,
                    _ => 0,
                };
                depth > 0
            });
            found.push((attribute.name(), inside.collect()));
        }
    }
    found
}

#[test]
fn every_option_that_the_docs_name_exists() {
    for path in docs() {
        for (attribute, arguments) in arguments(&text(&path)) {
            let mut depth = 0;
            let tops = arguments.chars().filter(|c| {
                depth += match c {
                    '(' | '[' => 1,
                    ')' | ']' => -1,
                    _ => 0,
                };
                depth == 0 && *c != ')' && *c != ']'
            });
            let tops: String = tops.collect();
            for option in tops
                .split(',')
                .map(str::trim)
                .filter(|option| !option.is_empty() && *option != "..")
            {
                let name: String = option
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                let spec = Spec::find(&name);
                assert!(
                    spec.is_some_and(|spec| spec.on.iter().any(|on| on.name() == attribute)),
                    "{} uses the option `{name}` of `{attribute}`",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn every_option_has_an_example_in_the_reference() {
    let reference = text(&root().join("src/options.md"));
    for spec in TABLE {
        assert!(
            reference.contains(&format!("## `{}`", spec.name)),
            "the guide's reference of options says nothing about `{}`",
            spec.name
        );
        for attribute in spec.on.iter().take(1) {
            let used = arguments(&reference)
                .iter()
                .any(|(on, inside)| inside.contains(spec.name) && spec.on.iter().any(|a| a.name() == *on));
            assert!(used, "`{}` of {attribute} has no example", spec.name);
        }
    }
}

/// The words in backticks of a text.
fn in_backticks(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2).filter(|word| !word.contains('\n'))
}

#[test]
fn every_environment_variable_and_command_that_the_docs_name_exists() {
    let sources: String = ["runtime/src", "compiler/src", "tests"]
        .iter()
        .flat_map(|folder| files(folder, ".rs"))
        .filter(|path| !path.ends_with("tidy.rs"))
        .map(|path| text(&path))
        .collect();
    let manifests: String = [
        "Cargo.toml",
        "compiler/Cargo.toml",
        "runtime/Cargo.toml",
        "fuzz/Cargo.toml",
        "benches/Cargo.toml",
    ]
    .map(|path| text(&root().join(path)))
    .concat();
    for path in docs() {
        let text = text(&path);
        for word in text.split(|c: char| !(c.is_ascii_uppercase() || c == '_')) {
            if word.starts_with("DIVVY_") && word.len() > 6 {
                // the only one that is read by the tests of this file, too
                let known = sources.contains(&format!("\"{word}\""));
                assert!(known, "{} names the variable {word}", path.display());
            }
        }
        for (at, _) in text.match_indices("cargo ") {
            let line = text[at..].lines().next().unwrap_or_default();
            let line = line.split(['`', '#', '&', ';']).next().unwrap_or_default();
            let words: Vec<_> = line.split_whitespace().collect();
            for pair in words.windows(2) {
                let exists = match pair[0] {
                    "--test" => [files("tests", ".rs"), files("runtime/tests", ".rs")]
                        .concat()
                        .iter()
                        .any(|f| {
                            f.file_stem().is_some_and(|stem| stem == pair[1])
                                || f.ends_with(format!("{}/main.rs", pair[1]))
                        }),
                    "--example" => {
                        root().join("examples").join(pair[1]).exists()
                            || root().join("examples").join(format!("{}.rs", pair[1])).exists()
                    }
                    "--bench" | "--features" => manifests.contains(pair[1]),
                    _ => true,
                };
                assert!(exists, "{} names `{} {}`", path.display(), pair[0], pair[1]);
            }
        }
    }
}

#[test]
fn every_error_that_the_guide_names_exists() {
    let known: BTreeSet<&str> = ALL.iter().map(|kind| kind.name).collect();
    for path in docs() {
        let text = text(&path);
        for (at, _) in text.match_indices("errors/") {
            let name: String = text[at + 7..]
                .chars()
                .take_while(|c| c.is_ascii_lowercase() || *c == '_')
                .collect();
            let is_page = text[at + 7 + name.len()..].starts_with(".md");
            assert!(
                !is_page || name == "laws" || known.contains(name.as_str()),
                "{} links to {name}",
                path.display()
            );
        }
    }
    let readme = text(&root().join("README.md"));
    for kind in ALL {
        let listed = in_backticks(&readme).any(|word| word == kind.name);
        assert!(listed, "README.md's table has no row for `{}`", kind.name);
    }
}

#[test]
fn links_of_the_guide_lead_somewhere() {
    for path in files("guide/src", ".md") {
        let text = text(&path);
        for (at, _) in text.match_indices("](") {
            let link = text[at + 2..].split([')', '#']).next().unwrap_or_default();
            if link.is_empty() || link.contains("://") || link == ".." {
                continue;
            }
            let target = path.parent().expect("a folder").join(link);
            assert!(target.exists(), "{} links to {link}", path.display());
        }
        for (at, _) in text.match_indices("{{#include ") {
            let file = text[at + 11..].split(['}', ':']).next().unwrap_or_default();
            let target = path.parent().expect("a folder").join(file);
            assert!(target.exists(), "{} includes {file}", path.display());
        }
    }
}

#[test]
fn every_page_with_examples_is_tested() {
    let tested = text(&root().join("src/examples.rs"));
    let mut pages = files("guide/src", ".md");
    pages.extend(files("macros/docs", ".md"));
    for path in pages {
        let has_examples = text(&path)
            .lines()
            .any(|line| line.starts_with("```rust") && line != "```rust,ignore");
        let name = path.strip_prefix(root()).expect("a file of ours").display().to_string();
        assert!(
            !has_examples || tested.contains(&format!("\"../{name}\"")),
            "src/examples.rs doesn't test {name}"
        );
    }
}

#[test]
fn editors_find_every_option_and_word() {
    let items = text(&root().join("src/__private/editor.rs"));
    for spec in TABLE.iter().filter(|spec| spec.name != "crate") {
        for attribute in spec.on {
            let module = format!("pub mod {} {{", attribute.name());
            assert!(
                items.contains(&module),
                "src/__private/editor.rs has no module for {attribute}"
            );
        }
        assert!(
            items.contains(&format!("/// {}\n", spec.doc)),
            "src/__private/editor.rs says something else about `{}` than the table: {}",
            spec.name,
            spec.doc
        );
        for word in spec.words().iter().chain([&spec.name]) {
            let is_there = items
                .lines()
                .any(|line| line.trim().trim_end_matches('{').trim() == *word);
            assert!(is_there, "src/__private/editor.rs has no item `{word}`");
        }
    }
}

#[test]
fn every_form_names_tests_that_exist() {
    let page = text(&root().join("guide/src/reference/forms.md"));
    let mut is_tested = false;
    let mut rows = 0;
    for line in page.lines() {
        if line.starts_with("| form |") {
            is_tested = line.ends_with("| tests |");
        }
        if !is_tested || !line.starts_with("| ") || line.starts_with("| form |") {
            continue;
        }
        let cell = line.trim_end_matches('|').rsplit(" | ").next().unwrap_or("");
        let named: Vec<&str> = in_backticks(cell).collect();
        assert!(!named.is_empty(), "no test is named for {line}");
        for name in named {
            let (file, function) = name
                .split_once("::")
                .unwrap_or_else(|| panic!("`{name}` is no `file::function`"));
            let tests = text(&root().join(format!("tests/behaviour/{file}.rs")));
            // a function, one in a module, or the name of one that a macro makes
            let spellings = [
                format!("#[test]\nfn {function}()"),
                format!("#[test]\n    fn {function}()"),
                format!(", {function}, |"),
                format!("\n    {function}: |"),
            ];
            let exists = spellings.iter().any(|spelling| tests.contains(spelling));
            assert!(exists, "there is no test `{name}`");
        }
        rows += 1;
    }
    assert!(rows > 30, "the tables of forms have {rows} rows");
}

/// An example of the README that doesn't compile, and the error below it, is a situation in `tests/ui`.
#[test]
fn the_errors_in_the_readme_are_those_that_rustc_shows() {
    let readme = text(&root().join("README.md"));
    let mut blocks = readme.split("```").skip(1).step_by(2).peekable();
    let mut shown = 0;
    while let Some(block) = blocks.next() {
        let Some(example) = block.strip_prefix("rust,compile_fail\n") else {
            continue;
        };
        let printed = blocks.peek().and_then(|next| next.strip_prefix("text\n"));
        let printed = printed
            .expect("an error stands below the example")
            .trim_end_matches("...\n");
        let situation = files("tests/ui", ".rs")
            .into_iter()
            .find(|path| text(path).starts_with(example));
        let situation = situation.unwrap_or_else(|| panic!("no test in tests/ui has the README's\n{example}"));
        let rustc = text(&situation.with_extension("stderr"));
        let (printed, rustc) = (unplaced(printed), unplaced(&rustc));
        assert!(
            rustc.starts_with(&printed),
            "README.md shows\n{printed}\nrustc\n{rustc}"
        );
        shown += 1;
    }
    assert!(shown > 1, "there are some");
}

/// An error without what depends on where the code stands: the file's name, and the margin that its length makes.
fn unplaced(error: &str) -> String {
    let lines = error.lines().map(|line| match line.trim_start().strip_prefix("--> ") {
        Some(place) => format!("--> {}", place.rsplit_once(".rs:").map_or(place, |(_, at)| at)),
        None => line.trim().to_string(),
    });
    lines.collect::<Vec<_>>().join("\n")
}
