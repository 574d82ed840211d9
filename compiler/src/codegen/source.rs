//! A loop's header as a source that can be cut: the adaptors become the runtime's, what they stand on stays the user's.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Expr, ExprMethodCall};

use crate::diagnostics::ends;
use crate::names::{call_at, respanned};

/// The source for the header `expr`.
pub(crate) fn source(expr: &Expr, runtime: &TokenStream) -> TokenStream {
    match expr {
        // from a `macro_rules!` macro
        Expr::Group(inner) => source(&inner.expr, runtime),
        Expr::Paren(inner) => source(&inner.expr, runtime),
        Expr::MethodCall(call) => adaptor(call, runtime).unwrap_or_else(|| {
            let call = root(call, runtime);
            call.unwrap_or_else(|| cuttable(expr, runtime))
        }),
        _ => cuttable(expr, runtime),
    }
}

fn cuttable(expr: &Expr, runtime: &TokenStream) -> TokenStream {
    call_at(quote!(#runtime::source), expr.to_token_stream(), ends(expr))
}

/// The source for a variable of a type that the text doesn't tell: a list of its items if only rayon can cut it.
pub(crate) fn of_any_type(expr: &Expr, runtime: &TokenStream) -> TokenStream {
    let at = ends(expr);
    let choose = respanned(quote!(|kinds| kinds.kind()), at.0);
    let items = call_at(quote!(#runtime::listed), quote!(#expr, #choose), at);
    call_at(quote!(#runtime::source), items, at)
}

/// The source if its items are not `&mut`.
pub(crate) fn read_only(source: &TokenStream, at: (Span, Span), runtime: &TokenStream) -> TokenStream {
    let look = respanned(quote!(|items| items.are_read()), at.0);
    call_at(quote!(#runtime::read_only), quote!(#source, #look), at)
}

/// `.enumerate()`, `.zip(..)`, ...
fn adaptor(call: &ExprMethodCall, runtime: &TokenStream) -> Option<TokenStream> {
    let method = &call.method;
    let arguments: Vec<TokenStream> = match (method.to_string().as_str(), call.args.len()) {
        ("enumerate" | "rev" | "copied" | "cloned" | "cycle", 0) => Vec::new(),
        ("zip" | "chain", 1) => vec![source(&call.args[0], runtime)],
        ("skip" | "take" | "step_by", 1) => {
            let count = &call.args[0];
            vec![quote!(#count)]
        }
        _ => return None,
    };
    let inner = source(&call.receiver, runtime);
    Some(quote_spanned!(method.span()=> #runtime::Source::#method(#inner, #(#arguments),*)))
}

/// Sources that std gives out only as iterators that can't be cut, or without the constant that their size is: the whole
/// slice is taken out of one.
fn root(call: &ExprMethodCall, runtime: &TokenStream) -> Option<TokenStream> {
    let (receiver, method) = (&call.receiver, &call.method);
    let size = call.args.first().filter(|_| call.args.len() == 1)?;
    let (whole, is_shared) = match method.to_string().as_str() {
        "chunks_mut" | "chunks_exact_mut" | "rchunks_mut" => (method.clone(), false),
        "chunks" | "chunks_exact" | "windows" => (Ident::new("chunks", method.span()), true),
        _ => return None,
    };
    let size = match (is_constant(size), is_shared) {
        (true, _) => quote_spanned!(method.span()=> || #size),
        (false, false) => size.to_token_stream(),
        (false, true) => return None,
    };
    Some(quote_spanned!(method.span()=> #runtime::#method(#receiver.#whole(::core::primitive::usize::MAX), #size)))
}

/// True for literals and for names that constants have.
fn is_constant(size: &Expr) -> bool {
    match size {
        Expr::Lit(_) => true,
        Expr::Path(path) => path.path.segments.last().is_some_and(|last| {
            let name = last.ident.to_string();
            let is_capital = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
            last.arguments.is_none()
                && name.starts_with(|c: char| c.is_ascii_uppercase())
                && name.chars().all(is_capital)
        }),
        _ => false,
    }
}
