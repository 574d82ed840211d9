//! What is emitted when something stands in the way: the errors, and the user's function as it was.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::quote;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute as SynAttribute, Expr, ItemFn, Local, Stmt, StmtMacro};

use crate::attribute::Attribute;
use crate::diagnostics::Diagnostics;

/// The rewritten function, or else the errors beside the user's own.
pub(crate) fn finish(
    item: TokenStream,
    twin: Option<Ident>,
    output: Option<TokenStream>,
    diagnostics: Diagnostics,
) -> TokenStream {
    match output {
        Some(output) if diagnostics.is_empty() => output,
        _ => {
            let errors = diagnostics.to_tokens();
            let item = without_markers(item);
            let twin = twin.and_then(|name| under(name, item.clone()));
            quote!(#item #twin #errors)
        }
    }
}

/// The errors beside an item that is not parsed.
pub(crate) fn unparsed(item: TokenStream, diagnostics: &Diagnostics) -> TokenStream {
    let (item, errors) = (without_marker_tokens(item), diagnostics.to_tokens());
    quote!(#item #errors)
}

/// The tokens without `#[par]`, `#[seq]` and `#[fork]`.
fn without_marker_tokens(tokens: TokenStream) -> TokenStream {
    let mut kept = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match (&token, tokens.peek()) {
            (TokenTree::Punct(hash), Some(TokenTree::Group(group)))
                if hash.as_char() == '#' && names_a_marker(group) =>
            {
                tokens.next();
            }
            (TokenTree::Group(group), _) => {
                let mut inside = Group::new(group.delimiter(), without_marker_tokens(group.stream()));
                inside.set_span(group.span());
                kept.push(TokenTree::Group(inside));
            }
            _ => kept.push(token),
        }
    }
    kept.into_iter().collect()
}

fn names_a_marker(group: &Group) -> bool {
    let first = group.stream().into_iter().next();
    group.delimiter() == Delimiter::Bracket
        && matches!(first, Some(TokenTree::Ident(name)) if MARKERS.iter().any(|marker| name == marker))
}

/// The function under the name of its twin, so that those who call the twin get no errors of their own.
fn under(name: Ident, item: TokenStream) -> Option<TokenStream> {
    let mut function = syn::parse2::<ItemFn>(item).ok()?;
    function.sig.ident = name;
    Some(quote!(#[allow(dead_code)] #function))
}

/// A bug of ours, said as an error at the attribute; the user's function stays.
pub(crate) fn internal_error(attribute: Attribute, item: TokenStream) -> TokenStream {
    let item = without_markers(item);
    let text = format!(
        "divvy {} could not compile {attribute}: this is a bug in divvy, not in this function",
        env!("CARGO_PKG_VERSION")
    );
    quote!(#item ::core::compile_error! { #text })
}

/// The item without `#[par]`, `#[seq]` and `#[fork]`, which only our attributes understand.
fn without_markers(item: TokenStream) -> TokenStream {
    match syn::parse2::<ItemFn>(item.clone()) {
        Ok(mut function) => {
            StripMarkers.visit_item_fn_mut(&mut function);
            quote!(#function)
        }
        Err(_) => item,
    }
}

/// What marks a loop or a statement.
const MARKERS: [&str; 3] = ["par", "seq", "fork"];

/// True for an attribute that marks a loop or a statement for us.
pub(crate) fn is_marker(attribute: &SynAttribute) -> bool {
    MARKERS.iter().any(|name| attribute.path().is_ident(name))
}

/// True if the statement had `#[fork]`, which is taken off it.
pub(crate) fn take_fork(statement: &mut Stmt) -> bool {
    let of = |attributes: &mut Vec<SynAttribute>| {
        let before = attributes.len();
        attributes.retain(|attribute| !attribute.path().is_ident("fork"));
        before != attributes.len()
    };
    match statement {
        Stmt::Local(local) => of(&mut local.attrs),
        Stmt::Expr(expr, _) => take_leftmost(expr, &of),
        Stmt::Macro(call) => of(&mut call.attrs),
        Stmt::Item(_) => false,
    }
}

/// An attribute before `a = b` or `a + b` is parsed as one of `a`.
fn take_leftmost(expr: &mut Expr, of: &dyn Fn(&mut Vec<SynAttribute>) -> bool) -> bool {
    let own = attributes(expr).is_some_and(of);
    let left = match expr {
        Expr::Assign(e) => take_leftmost(&mut e.left, of),
        Expr::Binary(e) => take_leftmost(&mut e.left, of),
        Expr::Cast(e) => take_leftmost(&mut e.expr, of),
        _ => false,
    };
    own || left
}

macro_rules! attributes_of {
    ($expr:expr, $($variant:ident)*) => {
        match $expr {
            $(Expr::$variant(e) => Some(&mut e.attrs),)*
            _ => None,
        }
    };
}

/// The attributes of an expression.
fn attributes(expr: &mut Expr) -> Option<&mut Vec<SynAttribute>> {
    attributes_of!(expr, Array Assign Binary Block Break Call Cast Closure Continue Field ForLoop Group If Index Let
        Lit Loop Macro Match MethodCall Paren Path Range Reference Repeat Return Struct Try Tuple Unary Unsafe While)
}

/// Takes the markers off loops and statements.
pub(crate) struct StripMarkers;

impl VisitMut for StripMarkers {
    fn visit_expr_mut(&mut self, node: &mut Expr) {
        if let Some(attributes) = attributes(node) {
            attributes.retain(|a| !is_marker(a));
        }
        visit_mut::visit_expr_mut(self, node);
    }

    fn visit_local_mut(&mut self, node: &mut Local) {
        node.attrs.retain(|a| !is_marker(a));
        visit_mut::visit_local_mut(self, node);
    }

    fn visit_stmt_macro_mut(&mut self, node: &mut StmtMacro) {
        node.attrs.retain(|a| !is_marker(a));
    }
}
