//! What editors need inside the attribute's parentheses: every option's name also stands where it means something.
//!
//! An attribute's arguments are tokens without a meaning, so an editor has nothing to show at them. In the expansion each
//! name is imported from a module that has an item of this name for every option, with its documentation: the editor
//! shows that, and offers the module's other items for a name that is being typed. rustc never sees the imports: they
//! stand under a `cfg` that only rust-analyzer sets. (The idea is from `bon`.)

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::{format_ident, quote};

use crate::attribute::Attribute;
use crate::diagnostics::Diagnostics;
use crate::names;
use crate::options::{self, Spec, split_at_commas};

/// The expansion with the imports at the start of the function's body.
pub(crate) fn with_hints(attribute: Attribute, args: TokenStream, output: TokenStream) -> TokenStream {
    let mut ignored = Diagnostics::new();
    let root = names::runtime(&options::parse(attribute, args.clone(), &mut ignored));
    let paths = paths(attribute, args);
    if paths.is_empty() {
        return output;
    }
    let hints = quote! {
        #[allow(unexpected_cfgs)]
        const _: () = {
            #[cfg(rust_analyzer)]
            {
                #(use #root::editor::#paths as _;)*
            }
        };
    };
    let mut trees: Vec<TokenTree> = output.into_iter().collect();
    let is_one_of =
        |at: usize, signs: &str| matches!(trees.get(at), Some(TokenTree::Punct(p)) if signs.contains(p.as_char()));
    let is_argument = |at: usize| at > 0 && is_one_of(at - 1, "<,=") && is_one_of(at + 1, ">,");
    let keyword = trees
        .iter()
        .position(|tree| matches!(tree, TokenTree::Ident(word) if word == "fn"));
    // the body: a brace behind `fn` that is no generic argument `{N}`
    let body = (keyword.unwrap_or(trees.len())..trees.len()).find(|at| {
        matches!(&trees[*at], TokenTree::Group(group) if group.delimiter() == Delimiter::Brace) && !is_argument(*at)
    });
    let Some(at) = body else {
        return trees.into_iter().collect();
    };
    if let TokenTree::Group(group) = &trees[at] {
        let inner = group.stream();
        let mut body = Group::new(Delimiter::Brace, quote!(#hints #inner));
        body.set_span(group.span());
        trees[at] = body.into();
    }
    trees.into_iter().collect()
}

/// `par_reduce::float`, `par_reduce::float::tree`, ..
fn paths(attribute: Attribute, args: TokenStream) -> Vec<TokenStream> {
    let module = format_ident!("{}", attribute.name());
    let mut paths = Vec::new();
    for part in split_at_commas(args) {
        let mut tokens = part.into_iter();
        let Some(TokenTree::Ident(name)) = tokens.next() else {
            continue;
        };
        // no item can have the name of a keyword
        if syn::parse2::<Ident>(quote!(#name)).is_err() {
            continue;
        }
        paths.push(quote!(#module::#name));
        let has_words = Spec::find(&name.to_string()).is_some_and(|spec| !spec.words().is_empty());
        if has_words {
            let words = words(tokens.collect());
            paths.extend(words.iter().map(|word| quote!(#module::#name::#word)));
        }
    }
    paths
}

/// The words behind an option's name, in parentheses or not.
fn words(tokens: TokenStream) -> Vec<Ident> {
    let of = |token| match token {
        TokenTree::Ident(ident) if syn::parse2::<Ident>(quote!(#ident)).is_ok() => vec![ident],
        TokenTree::Group(group) => words(group.stream()),
        _ => Vec::new(),
    };
    tokens.into_iter().flat_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_and_word_is_imported() {
        let args = quote!(thres, float = tree, relax(io, at), crate = ::x, threshold = 1 << n, =3);
        let paths: Vec<_> = paths(Attribute::Reduce, args)
            .iter()
            .map(|p| p.to_string().replace(' ', ""))
            .collect();
        let want = [
            "par_reduce::thres",
            "par_reduce::float",
            "par_reduce::float::tree",
            "par_reduce::relax",
            "par_reduce::relax::io",
            "par_reduce::relax::at",
            "par_reduce::threshold",
        ];
        assert_eq!(paths, want);
    }

    #[test]
    fn the_imports_stand_in_the_body() {
        let function = quote!(
            fn f<const N: usize>(x: A<{ N }>) -> B<{ N }>
            where
                [u8; N]: C,
            {
                body(N)
            }
        );
        let output = with_hints(Attribute::For, quote!(grain = 3), function);
        let function: syn::ItemFn = syn::parse2(output).unwrap();
        assert_eq!(function.block.stmts.len(), 2);
    }

    #[test]
    fn an_item_before_the_function_is_passed_over() {
        let items = quote!(
            enum op {}
            fn op(a: u8, b: u8) -> u8 {
                a + b
            }
        );
        let output = with_hints(Attribute::Associative, quote!(identity = 0), items);
        let file: syn::File = syn::parse2(output).unwrap();
        let syn::Item::Fn(function) = &file.items[1] else {
            panic!("the function comes second")
        };
        assert_eq!(function.block.stmts.len(), 2);
    }

    #[test]
    fn without_options_nothing_is_added() {
        let function = quote!(
            fn f() {}
        );
        let output = with_hints(Attribute::For, quote!(), function.clone());
        assert_eq!(output.to_string(), function.to_string());
    }
}
