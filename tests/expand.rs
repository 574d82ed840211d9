//! Snapshots: each `tests/expand/<form>.rs` is expanded in this process and compared with `<form>.expanded.rs`.
//!
//! `DIVVY_BLESS=1 cargo test --test expand` writes the snapshots anew. `tests/expanded.rs` compiles and runs both files.

use std::fs;
use std::path::{Path, PathBuf};

use divvy_compiler::{Attribute, expand};
use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{File, ImplItem, Item, Meta};

/// The forms: source files beside which a snapshot stands.
fn forms() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expand");
    let mut forms: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder of forms")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "rs") && !path.to_string_lossy().contains(".expanded."))
        .collect();
    forms.sort();
    forms
}

/// Takes our attribute off a list of attributes: which one it is, and its arguments.
fn take_ours(attributes: &mut Vec<syn::Attribute>) -> Option<(Attribute, TokenStream)> {
    let ours = |a: &syn::Attribute| {
        Attribute::ALL
            .iter()
            .copied()
            .find(|ours| a.path().is_ident(ours.name()))
    };
    let at = attributes.iter().position(|a| ours(a).is_some())?;
    let attribute = attributes.remove(at);
    let args = match &attribute.meta {
        Meta::List(list) => list.tokens.clone(),
        _ => TokenStream::new(),
    };
    Some((ours(&attribute).expect("it was found"), args))
}

/// The file with every annotated function expanded.
fn expanded(source: &str) -> String {
    let mut file: File = syn::parse_str(source).expect("a form parses");
    let mut items = Vec::new();
    for item in file.items {
        match item {
            Item::Fn(mut function) => match take_ours(&mut function.attrs) {
                Some((attribute, args)) => {
                    let tokens = expand(attribute, args, function.to_token_stream());
                    items.extend(syn::parse2::<File>(tokens).expect("an expansion parses").items);
                }
                None => items.push(Item::Fn(function)),
            },
            Item::Impl(mut block) => {
                for member in &mut block.items {
                    if let ImplItem::Fn(method) = member
                        && let Some((attribute, args)) = take_ours(&mut method.attrs)
                    {
                        let tokens = expand(attribute, args, method.to_token_stream());
                        *member = syn::parse2(tokens).expect("an expansion parses");
                    }
                }
                items.push(Item::Impl(block));
            }
            other => items.push(other),
        }
    }
    items.retain(|item| !matches!(item, Item::Use(import) if import.to_token_stream().to_string().contains("divvy")));
    file.items = items;
    // once through text, so that the generated tokens are laid out like the rest
    let file = syn::parse_str(&file.to_token_stream().to_string()).expect("the expanded file parses");
    prettyplease::unparse(&file)
}

#[test]
fn expansions_are_as_reviewed() {
    let bless = std::env::var_os("DIVVY_BLESS").is_some();
    let mut different = Vec::new();
    let forms = forms();
    assert!(!forms.is_empty(), "there are forms");
    for form in forms {
        let source = fs::read_to_string(&form).expect("a form is readable");
        let snapshot = form.with_extension("expanded.rs");
        let new = expanded(&source);
        assert!(!new.contains("compile_error"), "{} is refused:\n{new}", form.display());
        if bless {
            fs::write(&snapshot, new).expect("a snapshot is writable");
        } else if fs::read_to_string(&snapshot).unwrap_or_default() != new {
            different.push(format!("{}:\n{new}", snapshot.display()));
        }
    }
    assert!(
        different.is_empty(),
        "run with DIVVY_BLESS=1 after a look at\n{}",
        different.join("\n")
    );
}

#[test]
fn every_form_is_compiled_and_run_in_both_shapes() {
    let list = include_str!("expanded.rs");
    for form in forms() {
        let name = form
            .file_stem()
            .expect("a form has a name")
            .to_string_lossy()
            .into_owned();
        for file in [format!("expand/{name}.rs"), format!("expand/{name}.expanded.rs")] {
            assert!(
                list.contains(&format!("\"{file}\"")),
                "tests/expanded.rs has no module for {file}"
            );
        }
    }
}

#[test]
fn the_same_tokens_expand_to_the_same_tokens() {
    for form in forms() {
        let source = fs::read_to_string(&form).expect("a form is readable");
        assert_eq!(expanded(&source), expanded(&source), "{}", form.display());
    }
}
