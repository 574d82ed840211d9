//! `#[derive(Monoid)]`: a struct whose values combine field by field, each by the operation that it is given.
//!
//! A product of monoids is a monoid, so the struct's law follows from those of its fields, which the compiler checks at
//! the words of the user's `#[monoid(..)]`.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Data, DeriveInput, Field, Index, Member, Path};

use crate::diagnostics::{self, Diagnostics, ends};

/// The words for operations, and their marker types in `ops`.
const WORDS: &[(&str, &str)] = &[
    ("add", "Add"),
    ("mul", "Mul"),
    ("min", "Min"),
    ("max", "Max"),
    ("and", "And"),
    ("or", "Or"),
    ("append", "Append"),
    ("union", "Union"),
    ("combine", "Combine"),
];

/// One field: how it is reached, its type and its operation.
struct Part<'a> {
    member: Member,
    field: &'a Field,
    operation: TokenStream,
    span: Span,
}

/// The impls, for a struct all of whose fields have an operation; tokens that are no item give nothing.
pub(crate) fn compile(item: &TokenStream, diagnostics: &mut Diagnostics) -> Option<TokenStream> {
    let input = syn::parse2::<DeriveInput>(item.clone()).ok()?;
    let choices = choices(&input, diagnostics);
    let runtime = match &choices.krate {
        Some(path) => quote!(#path::__private),
        None => quote!(::divvy::__private),
    };
    let Data::Struct(data) = &input.data else {
        diagnostics
            .report(
                diagnostics::NOT_A_STRUCT,
                &input.ident,
                format!("`{}` is no struct, so it has no fields to combine", input.ident),
            )
            .note("`#[derive(Monoid)]` combines two values field by field")
            .help("declare how two values combine: `#[associative(identity = ..)] fn merge(a: T, b: T) -> T`");
        return None;
    };
    let parts: Vec<Part<'_>> = data
        .fields
        .iter()
        .enumerate()
        .filter_map(|(at, field)| part(at, field, &runtime, diagnostics))
        .collect();
    diagnostics.gate()?;
    Some(emit(&input, &parts, &choices, &runtime))
}

/// What `#[monoid(..)]` before the struct says.
#[derive(Default)]
struct Choices {
    krate: Option<Path>,
    commutative: bool,
}

fn choices(input: &DeriveInput, diagnostics: &mut Diagnostics) -> Choices {
    let mut choices = Choices::default();
    for attribute in input.attrs.iter().filter(|a| a.path().is_ident("monoid")) {
        let read = attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("commutative") {
                choices.commutative = true;
                return Ok(());
            }
            if meta.path.is_ident("crate") {
                choices.krate = Some(meta.value()?.call(Path::parse_mod_style)?);
                return Ok(());
            }
            Err(meta.error("neither `commutative` nor `crate`"))
        });
        if read.is_err() {
            diagnostics
                .report(
                    diagnostics::BAD_VALUE,
                    attribute,
                    format!("what is said about all of `{}` is not written like this", input.ident),
                )
                .help("write `#[monoid(commutative)]` or `#[monoid(crate = PATH)]` before a struct, and operations before its fields");
        }
    }
    choices
}

fn part<'a>(at: usize, field: &'a Field, runtime: &TokenStream, diagnostics: &mut Diagnostics) -> Option<Part<'a>> {
    let member = match &field.ident {
        Some(name) => Member::Named(name.clone()),
        None => Member::Unnamed(Index::from(at)),
    };
    let shown = member.to_token_stream().to_string();
    let words: Vec<_> = WORDS.iter().map(|(word, _)| format!("`{word}`")).collect();
    let words = words.join(", ");
    let given: Vec<_> = field.attrs.iter().filter(|a| a.path().is_ident("monoid")).collect();
    let attribute = match given[..] {
        [one] => one,
        [] => {
            diagnostics
                .report(
                    diagnostics::FIELD_WITHOUT_OPERATION,
                    field,
                    format!("nothing says how two `{shown}` combine"),
                )
                .note("`#[derive(Monoid)]` combines two values field by field")
                .help(format!(
                    "put `#[monoid(OPERATION)]` before it, with one of {words}, or a path"
                ));
            return None;
        }
        [_, second, ..] => {
            diagnostics
                .report(
                    diagnostics::DUPLICATE_OPTION,
                    second,
                    format!("the operation of `{shown}` is given twice"),
                )
                .help("keep one of the two");
            return None;
        }
    };
    let Ok(path) = attribute.parse_args_with(Path::parse_mod_style) else {
        // a path with type arguments, such as `ops::Rounded<ops::Add>`
        if let Ok(path) = attribute.parse_args::<syn::TypePath>() {
            let span = ends(&path).0;
            return Some(Part {
                member,
                field,
                operation: path.to_token_stream(),
                span,
            });
        }
        diagnostics
            .report(
                diagnostics::BAD_VALUE,
                attribute,
                format!("the operation of `{shown}` is not written like this"),
            )
            .help(format!("write `#[monoid(OPERATION)]` with one of {words}, or a path"));
        return None;
    };
    let span = ends(&path).0;
    let word = path.get_ident().map(ToString::to_string);
    let known = WORDS.iter().find(|(name, _)| word.as_deref() == Some(*name));
    let operation = match known {
        Some((_, marker)) => {
            let marker = proc_macro2::Ident::new(marker, Span::mixed_site());
            quote!(#runtime::ops::#marker)
        }
        None => path.to_token_stream(),
    };
    Some(Part {
        member,
        field,
        operation,
        span,
    })
}

fn emit(input: &DeriveInput, parts: &[Part<'_>], choices: &Choices, runtime: &TokenStream) -> TokenStream {
    let (name, visibility) = (&input.ident, &input.vis);
    let mut generics = input.generics.clone();
    if generics.type_params().next().is_some() {
        let bounds = &mut generics.make_where_clause().predicates;
        for Part { field, operation, .. } in parts {
            let ty = &field.ty;
            bounds.push(syn::parse_quote!(#ty: #runtime::Monoid<#operation>));
            if choices.commutative {
                bounds.push(syn::parse_quote!(#ty: #runtime::Commutative<#operation>));
            }
        }
    }
    let (parameters, arguments, bounds) = generics.split_for_impl();
    let combines = parts.iter().map(
        |Part {
             member,
             field,
             operation,
             span,
         }| {
            let ty = &field.ty;
            let call = quote_spanned!(*span=> <#ty as #runtime::Associative<#operation>>::combine);
            let check = choices.commutative.then(|| {
                let check = quote_spanned!(*span=> #runtime::commutative::<#operation, #ty>);
                quote_spanned!(Span::mixed_site()=> #check(&left.#member);)
            });
            quote_spanned!(Span::mixed_site()=> #check #call(&mut left.#member, right.#member);)
        },
    );
    let identities = parts.iter().map(
        |Part {
             member,
             field,
             operation,
             span,
         }| {
            let ty = &field.ty;
            let call = quote_spanned!(*span=> <#ty as #runtime::Monoid<#operation>>::identity());
            quote!(#member: #call)
        },
    );
    let none = parts
        .is_empty()
        .then(|| quote_spanned!(Span::mixed_site()=> let _ = (left, right);));
    let law = quote!(#runtime::Associative<#runtime::ops::Combine>);
    let combine = quote_spanned!(Span::mixed_site()=>
        fn combine(left: &mut Self, right: Self) {
            #(#combines)*
            #none
        }
    );
    let method = quote_spanned!(Span::mixed_site()=>
        #visibility fn combine(mut self, other: Self) -> Self {
            <Self as #law>::combine(&mut self, other);
            self
        }
    );
    let commutative = choices.commutative.then(
        || quote!(impl #parameters #runtime::Commutative<#runtime::ops::Combine> for #name #arguments #bounds {}),
    );
    quote! {
        #commutative

        impl #parameters #law for #name #arguments #bounds {
            #[inline]
            #combine
        }

        impl #parameters #runtime::Monoid<#runtime::ops::Combine> for #name #arguments #bounds {
            #[inline]
            fn identity() -> Self {
                Self { #(#identities),* }
            }
        }

        impl #parameters #name #arguments #bounds {
            /// Combines two values field by field; `self` comes earlier in the sequence.
            #[allow(dead_code, unreachable_pub)]
            #[inline]
            #[must_use]
            #method
        }
    }
}
