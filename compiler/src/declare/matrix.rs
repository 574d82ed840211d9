//! `#[par_test]`: a test that runs under the serial executor, in pools of several sizes and under adversaries.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{Attribute, Expr, ItemFn, Lit, Meta, ReturnType};

use crate::attribute;
use crate::diagnostics::{self, Diagnostics};
use crate::names;
use crate::options::Options;

/// The test that runs the user's one on every executor.
pub(crate) fn compile(function: ItemFn, options: &Options, diagnostics: &mut Diagnostics) -> Option<TokenStream> {
    takes_nothing(&function, diagnostics);
    diagnostics.gate()?;
    let runtime = names::runtime(options);
    let ItemFn {
        attrs, vis, sig, block, ..
    } = &function;
    let (name, shown) = (&sig.ident, sig.ident.unraw().to_string());
    let marker = (!attrs.iter().any(is_test)).then(|| quote!(#[::core::prelude::v1::test]));
    let threads = options
        .threads
        .as_ref()
        .map_or_else(|| quote!([1, 2, 8]), ToTokens::to_token_stream);
    let seeds = options
        .seeds
        .as_ref()
        .map_or_else(|| quote!(32), ToTokens::to_token_stream);
    let panic = match attrs.iter().find(|a| a.path().is_ident("should_panic")) {
        None => quote!(Never),
        Some(attribute) => {
            let text = expected(attribute).map_or_else(|| quote!(""), |text| text.to_token_stream());
            quote!(Expected(#text))
        }
    };
    let body = match &sig.output {
        ReturnType::Default => quote!(|| #block),
        ReturnType::Type(_, output) => quote!(|| -> #output #block),
    };
    let run = quote_spanned!(Span::mixed_site()=>
        #runtime::Matrix {
            test: ::core::concat!(::core::module_path!(), "::", #shown),
            threads: &#threads,
            seeds: #seeds,
            panic: #runtime::Panics::#panic,
        }
        .run(#body)
    );
    Some(quote! {
        #marker
        #(#attrs)*
        #vis fn #name() {
            #run
        }
    })
}

/// Arguments and parameters are reported.
fn takes_nothing(function: &ItemFn, diagnostics: &mut Diagnostics) {
    let signature = &function.sig;
    let name = &signature.ident;
    let (at, what) = if signature.inputs.is_empty() {
        match signature.generics.params.first() {
            None => return,
            Some(parameter) => (parameter.to_token_stream(), "is generic"),
        }
    } else {
        (signature.inputs.to_token_stream(), "takes arguments")
    };
    diagnostics
        .report(diagnostics::NOT_A_TEST, &at, format!("the test `{name}` {what}"))
        .note(format!(
            "{} calls it without any, once for every executor",
            attribute::Attribute::Test
        ))
        .help(format!(
            "make it a plain function, and call that from a test: `fn test_{name}() {{ {name}(..) }}`"
        ));
}

/// `#[test]`, by whatever path.
fn is_test(attribute: &Attribute) -> bool {
    let segments = &attribute.path().segments;
    segments.last().is_some_and(|last| last.ident == "test")
}

/// The text in `#[should_panic(expected = "text")]` or `#[should_panic = "text"]`.
fn expected(attribute: &Attribute) -> Option<Lit> {
    let text = |value: &Expr| match value {
        Expr::Lit(literal) => Some(literal.lit.clone()),
        _ => None,
    };
    match &attribute.meta {
        Meta::Path(_) => None,
        Meta::NameValue(pair) => text(&pair.value),
        Meta::List(list) => {
            let pair: syn::MetaNameValue = list.parse_args().ok()?;
            text(&pair.value)
        }
    }
}
