//! What holds for any tokens at all.

use divvy_compiler::{Attribute, expand, expand_in_editor};
use proc_macro2::{TokenStream, TokenTree};

/// Nested deeper than this is not looked at: rustc's parser has its limits too.
const DEEPEST: usize = 60;

fn depth(tokens: &TokenStream) -> usize {
    let of = |token: TokenTree| match token {
        TokenTree::Group(group) => 1 + depth(&group.stream()),
        _ => 0,
    };
    tokens.clone().into_iter().map(of).max().unwrap_or(0)
}

/// Operators count too: `!!!!x` nests as deep as it is long.
fn longest_run(tokens: &TokenStream) -> usize {
    let (mut longest, mut run) = (0, 0);
    for token in tokens.clone() {
        match token {
            TokenTree::Punct(_) => run += 1,
            TokenTree::Group(group) => {
                longest = longest.max(longest_run(&group.stream()));
                run += 1;
            }
            _ => run += 1,
        }
        longest = longest.max(run);
    }
    longest
}

fn count(tokens: &TokenStream) -> usize {
    let of = |token: TokenTree| match token {
        TokenTree::Group(group) => 1 + count(&group.stream()),
        _ => 1,
    };
    tokens.clone().into_iter().map(of).sum()
}

/// Expands and checks: no panic, the function comes back, what is written parses, and its size is linear.
///
/// `None` if the tokens are not what this is about: nested too deep, or no tokens at all.
pub(crate) fn check(attribute: Attribute, args: &str, item: &str) -> Option<bool> {
    let (args, item) = (args.parse::<TokenStream>().ok()?, item.parse::<TokenStream>().ok()?);
    if depth(&item) > DEEPEST || longest_run(&item) > 5000 || depth(&args) > DEEPEST {
        return None;
    }
    let output = expand(attribute, args.clone(), item.clone());
    let (inside, outside) = (count(&item) + count(&args), count(&output));
    assert!(
        outside <= 4000 + 60 * inside,
        "{attribute} makes {outside} tokens of {inside}: {item}"
    );
    let text = output.to_string();
    assert!(
        !text.contains("bug in divvy"),
        "{attribute}({args}) fails inside on {item}"
    );
    let is_function = syn::parse2::<syn::ItemFn>(item.clone()).is_ok();
    if is_function {
        // as it is, and with what editors are given
        let mut outputs = vec![output];
        if !args.is_empty() {
            outputs.push(expand_in_editor(attribute, args.clone(), item.clone()));
        }
        for output in outputs {
            let text = output.to_string();
            if let Err(error) = syn::parse2::<syn::File>(output) {
                panic!("{attribute}({args}) writes what does not parse ({error}) of {item}: {text}");
            }
        }
    } else if syn::parse2::<syn::Item>(item.clone()).is_err() {
        // what is wrong with the options is said all the same
        assert!(
            text.starts_with(&item.to_string()),
            "{attribute} changes what does not parse: {item}"
        );
    }
    Some(is_function)
}
