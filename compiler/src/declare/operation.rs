//! `#[associative(identity = ..)] fn merge(a: T, b: T) -> T`: the function, and an operation of the same name.
//!
//! Functions and types have namespaces of their own, so one `use` imports both. The operation is a type without values,
//! like those in `ops`.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{FnArg, Item, ItemFn, ReturnType, Type};

use super::constant;
use crate::attribute::Attribute;
use crate::diagnostics::{self, Diagnostics};
use crate::names;
use crate::options::Options;
use crate::parse::describe;
use crate::print::print_type;

/// The function and its operation.
pub(crate) fn compile(item: &TokenStream, options: &Options, diagnostics: &mut Diagnostics) -> Option<TokenStream> {
    let function = parse(item, diagnostics)?;
    let of = carrier(&function, diagnostics);
    if options.identity.is_none() {
        no_identity(&function, diagnostics);
    }
    diagnostics.gate()?;
    Some(emit(&function, of?, options))
}

fn parse(item: &TokenStream, diagnostics: &mut Diagnostics) -> Option<ItemFn> {
    if let Ok(function) = syn::parse2::<ItemFn>(item.clone()) {
        return Some(function);
    }
    if let Ok(other) = syn::parse2::<Item>(item.clone())
        && let Some(what) = describe(&other)
    {
        let error = diagnostics.report(
            diagnostics::NOT_A_FUNCTION,
            &item,
            format!("{} stands before {what}, not a function", Attribute::Associative),
        );
        error.help("put it before the function that combines two values: `fn merge(a: T, b: T) -> T`");
        if matches!(other, Item::Struct(_)) {
            error.help("a struct that combines field by field has `#[derive(divvy::Monoid)]`");
        }
    }
    None
}

/// The type whose values the function combines; anything else is reported.
fn carrier<'f>(function: &'f ItemFn, diagnostics: &mut Diagnostics) -> Option<&'f Type> {
    let signature = &function.sig;
    let name = &signature.ident;
    if let Some(asyncness) = &signature.asyncness {
        diagnostics
            .report(
                diagnostics::ASYNC_FUNCTION,
                asyncness,
                format!("`{name}` is an `async fn`"),
            )
            .note("partial results are combined on the spot, there is nobody to poll a future")
            .help("remove `async`");
    }
    if let syn::Safety::Unsafe(unsafety) = &signature.safety {
        diagnostics
            .report(
                diagnostics::UNSAFE_FUNCTION,
                unsafety,
                format!("`{name}` is an `unsafe fn`"),
            )
            .note("the pieces of a loop call it on values of their own, and nobody checks there what it asks for")
            .help("declare a safe function that checks and calls this one");
    }
    let shape = "a function of two values of one type that returns such a value has the shape of an operation";
    let mut types = Vec::new();
    for input in &signature.inputs {
        match input {
            FnArg::Receiver(receiver) => {
                diagnostics
                    .report(
                        diagnostics::NOT_AN_OPERATION,
                        receiver,
                        format!("`{name}` takes `self`"),
                    )
                    .note("an operation is a type beside its function, and an `impl` block can't hold types")
                    .help(format!(
                        "declare a function outside of the `impl` block: `fn {name}(a: T, b: T) -> T`"
                    ));
                return None;
            }
            FnArg::Typed(argument) => types.push(&*argument.ty),
        }
    }
    let [first, second] = types[..] else {
        let count = match types.len() {
            0 => "no arguments".to_string(),
            1 => "one argument".to_string(),
            n => format!("{n} arguments"),
        };
        diagnostics
            .report(
                diagnostics::NOT_AN_OPERATION,
                name,
                format!("`{name}` has {count}, not two"),
            )
            .note(shape)
            .help(format!("write it as `fn {name}(a: T, b: T) -> T`"));
        return None;
    };
    if print_type(first) != print_type(second) {
        diagnostics
            .report(
                diagnostics::NOT_AN_OPERATION,
                second,
                format!(
                    "`{name}` combines two types, `{}` and `{}`",
                    print_type(first),
                    print_type(second)
                ),
            )
            .note("a partial result stands on either side of it")
            .help(format!("give both arguments one type: `fn {name}(a: T, b: T) -> T`"));
        return None;
    }
    match &signature.output {
        ReturnType::Type(_, output) if print_type(output) == print_type(first) => {}
        ReturnType::Type(_, output) => {
            diagnostics
                .report(
                    diagnostics::NOT_AN_OPERATION,
                    output,
                    format!("`{name}` returns `{}`, not `{}`", print_type(output), print_type(first)),
                )
                .note("what it returns is combined again")
                .help(format!("return the arguments' type: `-> {}`", print_type(first)));
            return None;
        }
        ReturnType::Default => {
            diagnostics
                .report(diagnostics::NOT_AN_OPERATION, name, format!("`{name}` returns nothing"))
                .note("what it returns is combined again")
                .help(format!("return the arguments' type: `-> {}`", print_type(first)));
            return None;
        }
    }
    if let Some(parameter) = uncovered(function, first) {
        diagnostics
            .report(
                diagnostics::NOT_AN_OPERATION,
                first,
                format!("`{name}` is an operation on every `{parameter}`"),
            )
            .note("a law is an `impl` for one type or for a generic one such as `Vec<T>`, never for all types")
            .help(format!(
                "declare it for a type of your own that holds one: `struct Best<{parameter}>({parameter});`"
            ));
        return None;
    }
    Some(first)
}

/// The type parameter that the type is, or refers to: orphan rules forbid an `impl` for it.
fn uncovered(function: &ItemFn, of: &Type) -> Option<String> {
    let text = match of {
        Type::Reference(reference) => return uncovered(function, &reference.elem),
        Type::Group(group) => return uncovered(function, &group.elem),
        Type::Paren(paren) => return uncovered(function, &paren.elem),
        Type::ImplTrait(_) => return Some(of.to_token_stream().to_string()),
        other => other.to_token_stream().to_string(),
    };
    function
        .sig
        .generics
        .type_params()
        .map(|p| p.ident.to_string())
        .find(|name| *name == text)
}

fn no_identity(function: &ItemFn, diagnostics: &mut Diagnostics) {
    let name = &function.sig.ident;
    diagnostics
        .report(diagnostics::NO_IDENTITY, name, format!("`{name}` is given no identity"))
        .note("every piece of a loop but the first starts from the value that changes nothing")
        .help(format!(
            "name it: `#[associative(identity = EXPR)]`, with `{name}(EXPR, x)` and `{name}(x, EXPR)` both being `x`"
        ))
        .help("if there is none, combine `Option`s of the type and let `None` be the identity");
}

/// The function as it was, and the operation beside it.
fn emit(function: &ItemFn, of: &Type, options: &Options) -> TokenStream {
    let runtime = names::runtime(options);
    let signature = &function.sig;
    let (visibility, name) = (&function.vis, &signature.ident);
    let (generics, _, bounds) = signature.generics.split_for_impl();
    let identity = options.identity.as_ref().expect("checked before");
    let cfgs: Vec<_> = function.attrs.iter().filter(|a| a.path().is_ident("cfg")).collect();
    let doc = format!("The operation of the function `{name}`.");
    let commutative = options
        .commutative
        .then(|| quote!(#(#cfgs)* impl #generics #runtime::Commutative<#name> for #of #bounds {}));
    let test = test(function, of, options, &runtime, &cfgs);
    let trial = constant::trial(function, of, options, &runtime).map(|trial| quote!(#(#cfgs)* #trial));
    let call = quote_spanned!(Span::mixed_site()=>
        *left = #name(
            ::core::mem::replace(left, <Self as #runtime::Monoid<#name>>::identity()),
            right,
        );
    );
    let combine = quote_spanned!(Span::mixed_site()=> fn combine(left: &mut Self, right: Self) { #call });
    quote! {
        #function

        #(#cfgs)*
        #[doc = #doc]
        #[allow(non_camel_case_types, dead_code, unreachable_pub)]
        #visibility enum #name {}

        #(#cfgs)*
        impl #generics #runtime::Associative<#name> for #of #bounds {
            #[inline]
            #combine
        }

        #(#cfgs)*
        impl #generics #runtime::Monoid<#name> for #of #bounds {
            #[inline]
            fn identity() -> Self {
                #identity
            }
        }

        #commutative
        #trial
        #test
    }
}

/// The test of the claims; none for generic operations, whose types are not known here.
fn test(
    function: &ItemFn,
    of: &Type,
    options: &Options,
    runtime: &TokenStream,
    cfgs: &[&syn::Attribute],
) -> Option<TokenStream> {
    let signature = &function.sig;
    if !signature.generics.params.is_empty() {
        return None;
    }
    let name = &signature.ident;
    let shown = name.unraw().to_string();
    let test = format_ident!("{shown}_keeps_its_laws");
    let commutative = options.commutative;
    let trial = quote_spanned!(Span::mixed_site()=>
        let trial = #runtime::Trial::<#of>::new(#shown, #name, <#of as #runtime::Monoid<#name>>::identity, #commutative);
        (&trial).try_claims();
    );
    Some(quote! {
        #[cfg(test)]
        #(#cfgs)*
        #[::core::prelude::v1::test]
        #[allow(unnameable_test_items, non_snake_case, clippy::needless_borrow)]
        fn #test() {
            #[allow(unused_imports)]
            use #runtime::{Tried as _, Untried as _};
            #trial
        }
    })
}
