//! What users type: every variable, package, test, script and flag that the docs name exists.

use std::path::Path;

use crate::docs::docs;
use crate::{files, root, text};

fn manifests() -> String {
    [
        "Cargo.toml",
        "compiler/Cargo.toml",
        "macros/Cargo.toml",
        "runtime/Cargo.toml",
        "programs/Cargo.toml",
        "fuzz/Cargo.toml",
        "benches/Cargo.toml",
    ]
    .map(|path| text(&root().join(path)))
    .concat()
}

/// The commands of a text: what stands behind each of `starts`, up to the end of the code or of the line.
fn commands<'a>(text: &'a str, start: &'a str) -> impl Iterator<Item = Vec<String>> + 'a {
    text.match_indices(start).map(move |(at, _)| {
        let rest = &text[at..];
        // a command in backticks may be broken into two lines
        let is_quoted = text[..at].lines().last().unwrap_or_default().matches('`').count() % 2 == 1;
        let whole = match is_quoted {
            true => rest.split('`').next().unwrap_or_default().replace('\n', " "),
            false => rest.lines().next().unwrap_or_default().to_string(),
        };
        let command = whole.split(['`', '#', '&', ';', '|']).next().unwrap_or_default();
        command.split_whitespace().map(String::from).collect()
    })
}

#[test]
fn every_environment_variable_that_the_docs_name_exists() {
    let sources: String = ["runtime/src", "compiler/src", "tests"]
        .iter()
        .flat_map(|folder| files(folder, ".rs"))
        .map(|path| text(&path))
        .collect();
    for path in docs() {
        for word in text(&path).split(|c: char| !(c.is_ascii_uppercase() || c == '_')) {
            if word.starts_with("DIVVY_") && word.len() > 6 {
                let known = sources.contains(&format!("\"{word}\""));
                assert!(known, "{} names the variable {word}", path.display());
            }
        }
    }
}

#[test]
fn every_cargo_command_that_the_docs_name_exists() {
    let manifests = manifests();
    let mut seen = 0;
    for path in docs() {
        for words in commands(&text(&path), "cargo ") {
            for pair in words.windows(2).take_while(|pair| pair[0] != "--") {
                let (flag, name) = (pair[0].as_str(), pair[1].as_str());
                let exists = match flag {
                    "--test" => [files("tests", ".rs"), files("runtime/tests", ".rs")]
                        .concat()
                        .iter()
                        .any(|f| {
                            f.file_stem().is_some_and(|stem| stem == name) || f.ends_with(format!("{name}/main.rs"))
                        }),
                    "--example" => {
                        root().join("examples").join(name).exists()
                            || root().join("examples").join(format!("{name}.rs")).exists()
                    }
                    "--bin" => {
                        let bins = root().join("programs/src/bin");
                        bins.join(name).exists() || bins.join(format!("{name}.rs")).exists()
                    }
                    "-p" | "--bench" | "--features" => manifests.contains(&format!("\"{name}\"")),
                    "run" if words.contains(&"fuzz".to_string()) => {
                        root().join(format!("fuzz/fuzz_targets/{name}.rs")).exists()
                    }
                    _ => continue,
                };
                assert!(exists, "{} names `{flag} {name}`", path.display());
                seen += 1;
            }
            flags_exist(&words, &path);
        }
    }
    assert!(seen > 30, "{seen} names were looked up");
}

/// What stands behind `--` is for the program that is run.
fn flags_exist(words: &[String], path: &Path) {
    let Some(at) = words.iter().position(|word| word == "--") else {
        return;
    };
    let has = |flag: &str, name: &str| words.windows(2).any(|pair| pair[0] == flag && pair[1] == name);
    let source = match () {
        () if has("--bin", "soak") => "programs/src/bin/soak",
        () if has("-p", "divvy-programs") => "programs/src",
        () if has("--bench", "ratios") => "benches/benches",
        () => return,
    };
    let source: String = files(source, ".rs").iter().map(|path| text(path)).collect();
    for flag in words[at + 1..].iter().filter(|word| word.starts_with("--")) {
        assert!(
            source.contains(&format!("\"{flag}\"")),
            "{} gives {} the flag {flag}",
            path.display(),
            words[..at].join(" ")
        );
    }
}

#[test]
fn every_flag_of_the_random_functions_that_the_docs_name_exists() {
    let programs = text(&root().join("programs/src/main.rs"));
    let prove = text(&root().join("tests/prove"));
    for path in docs() {
        let text = text(&path);
        for code in crate::docs::in_backticks(&text).filter(|code| code.starts_with("--")) {
            let flag = code.split([' ', '=']).next().unwrap_or_default();
            let known = programs.contains(&format!("\"{flag}\""))
                || prove.contains(&format!("{flag})"))
                || ["--release", "--lib", "--doc"].contains(&flag);
            assert!(known, "{} names the flag `{flag}`", path.display());
        }
    }
}

#[test]
fn every_script_that_the_docs_name_exists_and_takes_its_flags() {
    let mut seen = 0;
    for path in docs() {
        let text_of_it = text(&path);
        for folder in ["tests/", ".ci/", "fuzz/", "benches/"] {
            for (at, _) in text_of_it.match_indices(&format!("`{folder}")) {
                let code = text_of_it[at + 1..].split('`').next().unwrap_or_default();
                let mut words = code.split_whitespace();
                let name = words.next().unwrap_or_default();
                if name.contains(['<', '*', '{']) {
                    continue;
                }
                assert!(root().join(name).exists(), "{} names {name}", path.display());
                seen += 1;
                let flags: Vec<&str> = words.filter(|word| word.starts_with("--")).collect();
                if !flags.is_empty() {
                    let script = text(&root().join(name));
                    for flag in flags {
                        assert!(
                            script.contains(&format!("{flag})")),
                            "{} gives {name} the flag {flag}",
                            path.display()
                        );
                    }
                }
            }
        }
    }
    assert!(seen > 10, "{seen} paths were looked up");
}
