//! What users read: every option, variable, command and error that it names exists, and one thing has one name.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

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
pub(crate) fn docs() -> Vec<PathBuf> {
    let mut docs: Vec<_> = [
        "README.md",
        "benches/README.md",
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
                    '(' | '[' | '{' => 1,
                    ')' | ']' | '}' => -1,
                    _ => 0,
                };
                depth == 0 && !")]}".contains(*c)
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
            every_word_exists(&arguments, &path);
        }
    }
}

/// Options as the text names them: `relax(late_writes)`, `float = tree`, `reduce(best: ops::Max)`.
#[test]
fn every_option_that_the_prose_names_exists() {
    let mut named = 0;
    for path in docs() {
        let text = text(&path);
        let prose: String = text.split("```").step_by(2).collect();
        for code in in_backticks(&prose) {
            let name: String = code
                .chars()
                .take_while(|c| c.is_ascii_lowercase() || *c == '_')
                .collect();
            let rest = &code[name.len()..];
            match Spec::find(&name) {
                Some(spec) if rest.starts_with(" = ") || rest.starts_with('(') => {
                    let is_call = rest.starts_with('(');
                    let takes_list = spec.usage().contains('(');
                    // `size = n` may be code, `size(n)` is no option
                    if is_call == takes_list {
                        every_word_exists(code, &path);
                        named += 1;
                    }
                }
                // what looks like an option that takes a word of one
                None if TABLE
                    .iter()
                    .flat_map(Spec::words)
                    .any(|word| rest == format!("({word})")) =>
                {
                    panic!("{} names `{code}`, and there is no option `{name}`", path.display())
                }
                _ => {}
            }
        }
    }
    assert!(named > 30, "the prose names {named} options");
}

/// The words of the options that have fixed ones: `relax(foo)`, `float = foo`.
fn every_word_exists(text: &str, path: &Path) {
    for spec in TABLE.iter().filter(|spec| !spec.words().is_empty()) {
        for (at, _) in text.match_indices(spec.name) {
            let rest = &text[at + spec.name.len()..];
            let is_whole = !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
            let inside = match rest.strip_prefix('(') {
                Some(list) if is_whole => list.split(')').next().unwrap_or_default(),
                _ if is_whole => match rest.strip_prefix(" = ") {
                    Some(choice) => choice.split(',').next().unwrap_or_default(),
                    None => continue,
                },
                _ => continue,
            };
            for word in inside.split([',', '|', '\\']).map(str::trim) {
                let is_placeholder = word == ".." || word.chars().all(|c| c.is_ascii_uppercase()) || word.is_empty();
                assert!(
                    is_placeholder || spec.words().contains(&word),
                    "{} writes `{word}` in `{}`, which takes {}",
                    path.display(),
                    spec.name,
                    spec.usage()
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

/// Each attribute, derive and marker has a section in the reference, with an example that runs.
#[test]
fn every_attribute_has_a_section_and_an_example() {
    let page = text(&root().join("guide/src/reference/attributes.md"));
    let names = divvy_compiler::Attribute::ALL.iter().map(|attribute| attribute.name());
    for name in names.chain(["derive(Monoid)", "fork", "seq", "par"]) {
        let section = page
            .split("\n## ")
            .find(|section| section.starts_with(&format!("`#[{name}]`")));
        let section = section.unwrap_or_else(|| panic!("guide/src/reference/attributes.md has no section `#[{name}]`"));
        let example = section
            .split("```rust\n")
            .nth(1)
            .and_then(|rest| rest.split("```").next());
        assert!(
            example.is_some_and(|example| example.contains(&format!("#[{name}"))),
            "guide/src/reference/attributes.md shows no example of `#[{name}]`"
        );
    }
}

/// The documentation of each attribute has the headings that apply.
#[test]
fn attributes_are_documented_under_the_same_headings() {
    for path in files("macros/docs", ".md") {
        let page = text(&path);
        for heading in ["Shape", "Options", "Errors", "Panics", "Cost", "Example"] {
            assert!(
                page.contains(&format!("\n# {heading}\n")),
                "{} has no heading `# {heading}`",
                path.display()
            );
        }
    }
}

/// The words in backticks of a text.
pub(crate) fn in_backticks(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2).filter(|word| !word.contains('\n'))
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
    for attribute in divvy_compiler::Attribute::ALL {
        let offered = offered_by(&items, &format!("pub mod {} {{", attribute.name()));
        for spec in TABLE.iter().filter(|spec| spec.name != "crate") {
            let module = offered.lines().any(|line| {
                let line = line.trim();
                line == spec.name || line == format!("{} {{", spec.name)
            });
            assert_eq!(
                module,
                spec.on.contains(attribute),
                "src/__private/editor.rs, module {attribute}: `{}` is there, or it is in the table of options",
                spec.name
            );
            if !module {
                continue;
            }
            assert!(
                offered.contains(&format!("/// {}\n", spec.doc)),
                "src/__private/editor.rs says something else about `{}` than the table: {}",
                spec.name,
                spec.doc
            );
            for word in spec.words() {
                assert!(
                    offered.lines().any(|line| line.trim() == *word),
                    "src/__private/editor.rs has no item `{word}`"
                );
            }
        }
    }
}

/// The body of a module of the editor's items, with those of the macros that it calls.
fn offered_by(items: &str, open: &str) -> String {
    let (_, rest) = items
        .split_once(open)
        .unwrap_or_else(|| panic!("src/__private/editor.rs has no `{open}`"));
    let body = rest.split("\n}").next().unwrap_or_default();
    let mut offered = body.to_string();
    for line in body.lines() {
        if let Some(name) = line.trim().strip_suffix("!();") {
            offered.push_str(&offered_by(items, &format!("macro_rules! {name} {{")));
        }
    }
    offered
}

/// The table of options names all attributes that take one, and the documentation of each attribute has a row for each.
#[test]
fn every_table_of_options_is_whole() {
    let reference = text(&root().join("src/options.md"));
    for spec in TABLE {
        let row = reference
            .lines()
            .find(|line| line.starts_with(&format!("| [`{}", spec.name)))
            .unwrap_or_else(|| panic!("src/options.md has no row for `{}`", spec.name));
        let on = row.split(" | ").nth(1).unwrap_or_default();
        for attribute in divvy_compiler::Attribute::ALL {
            let (all, but) = (on.starts_with("all"), on.split_once(" but "));
            let is_named = in_backticks(on).any(|name| name == attribute.name());
            let is_on = match (all, but) {
                (true, Some(_)) => !is_named,
                (true, None) => true,
                (false, _) => is_named,
            };
            // "all" are those that run something
            let is_parallel = attribute.name().starts_with("par_") && attribute.name() != "par_test";
            assert!(
                is_on == spec.on.contains(attribute) || all && !is_parallel,
                "src/options.md says that `{}` is on {on}",
                spec.name
            );
            let page = text(&root().join(format!("macros/docs/{}.md", attribute.name())));
            assert_eq!(
                page.contains(&format!("\n| [`{}", spec.name)) || page.contains(&format!("\n| `{}", spec.name)),
                spec.on.contains(attribute),
                "macros/docs/{}.md: a row for `{}`",
                attribute.name(),
                spec.name
            );
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

/// The errors that the guide shows are those of tests: a shown line ends in `..` where it is cut, lines may be left out.
#[test]
fn every_error_in_the_guide_is_one_that_rustc_shows() {
    let errors: Vec<Vec<String>> = files("tests/ui", ".stderr")
        .iter()
        .flat_map(|path| {
            let text = format!("\n{}", text(path));
            let blocks = text.split("\nerror").skip(1);
            blocks
                .map(|block| lines_of(&format!("error{block}")))
                .collect::<Vec<_>>()
        })
        .collect();
    let mut shown = 0;
    for path in docs() {
        let text = text(&path);
        let blocks = text.split("```text\n").skip(1);
        for block in blocks.map(|rest| rest.split("```").next().unwrap_or_default()) {
            if !block.starts_with("error") {
                continue;
            }
            let lines = lines_of(block);
            let is_known = errors.iter().any(|error| {
                let mut rest = error.iter();
                lines.iter().enumerate().all(|(number, line)| {
                    let is_it = |known: &String| match line.strip_suffix("..") {
                        Some(beginning) => known.starts_with(beginning),
                        None => known == line,
                    };
                    match number {
                        0 => rest.next().is_some_and(is_it),
                        _ => rest.any(is_it),
                    }
                })
            });
            assert!(
                is_known,
                "{} shows an error that no .stderr in tests/ui has: write it as rustc does now (a line that is cut ends in \
                 `..`), or add the situation to tests/ui\n{block}",
                path.display()
            );
            shown += 1;
        }
    }
    assert!(shown > 3, "the docs show {shown} errors");
}

/// The lines of an error without their places and margins.
fn lines_of(error: &str) -> Vec<String> {
    let lines = error.lines().map(str::trim).filter(|line| {
        let is_margin = line.chars().all(|c| c == '|' || c.is_ascii_digit() || c == ' ');
        !is_margin && !line.starts_with("--> ") && *line != "..."
    });
    lines
        .map(|line| {
            line.trim_start_matches(|c: char| c.is_ascii_digit())
                .trim_start()
                .to_string()
        })
        .collect()
}

/// An error without what depends on where the code stands: the file's name, and the margin that its length makes.
fn unplaced(error: &str) -> String {
    let lines = error.lines().map(|line| match line.trim_start().strip_prefix("--> ") {
        Some(place) => format!("--> {}", place.rsplit_once(".rs:").map_or(place, |(_, at)| at)),
        None => line.trim().to_string(),
    });
    lines.collect::<Vec<_>>().join("\n")
}
