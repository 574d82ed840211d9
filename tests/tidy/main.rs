//! Ties what belongs together: each error has a test, a page, a corrected example and a place that reports it, and all
//! texts keep the rules.

mod commands;
mod docs;
mod errors;
mod laws;
mod pages;
mod pictures;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use divvy_compiler::options::{Spec, TABLE};

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder with this ending.
pub(crate) fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
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

pub(crate) fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
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
