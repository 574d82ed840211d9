//! The function that an attribute stands before.

use proc_macro2::TokenStream;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, Item, ItemFn, Stmt};

use crate::attribute::Attribute;
use crate::diagnostics::{self, Diagnostics};

/// The annotated function or method, if it is one that can be rewritten.
///
/// Tokens that are no item at all (a half-typed body) give `None` without an error: rustc has its own to say. So does a
/// body that is still to be written.
pub(crate) fn function(attribute: Attribute, item: &TokenStream, diagnostics: &mut Diagnostics) -> Option<ItemFn> {
    let Ok(mut function) = syn::parse2::<ItemFn>(item.clone()) else {
        if let Ok(other) = syn::parse2::<Item>(item.clone())
            && let Some(what) = describe(&other)
        {
            diagnostics
                .report(
                    diagnostics::NOT_A_FUNCTION,
                    &item,
                    format!("{attribute} stands before {what}, not a function"),
                )
                .help(match attribute {
                    Attribute::Test => "put it before a test: a function without arguments",
                    _ => "put it before the function or method whose loops or recursive calls are to run in parallel",
                });
        }
        return None;
    };
    Ungroup.visit_item_fn_mut(&mut function);
    let signature = &function.sig;
    if let Some(asyncness) = &signature.asyncness {
        diagnostics
            .report(
                diagnostics::ASYNC_FUNCTION,
                asyncness,
                format!("`{}` is an `async fn`", signature.ident),
            )
            .note("a future is polled piece by piece by its executor, it can't be forked on a thread pool")
            .help("move the computation into a plain `fn` with the attribute and call that from here");
    }
    if let Some(constness) = &signature.constness {
        diagnostics
            .report(
                diagnostics::CONST_FUNCTION,
                constness,
                format!("`{}` is a `const fn`", signature.ident),
            )
            .note("there are no threads while constants are computed")
            .help("remove `const`, or keep this function and annotate a plain `fn` beside it");
    }
    if let syn::Safety::Unsafe(unsafety) = &signature.safety {
        diagnostics
            .report(
                diagnostics::UNSAFE_FUNCTION,
                unsafety,
                format!("`{}` is an `unsafe fn`", signature.ident),
            )
            .note("what its callers promise holds for one thread; nobody promised it for several")
            .help("annotate a safe function");
    }
    // nothing is written yet: there is nothing to say about it
    (!(diagnostics.is_empty() && is_to_do(&function))).then_some(function)
}

/// True if the body is empty, or a single `todo!()` or `unimplemented!()`.
fn is_to_do(function: &ItemFn) -> bool {
    let call = match &function.block.stmts[..] {
        [] => return true,
        [Stmt::Macro(statement)] => &statement.mac,
        [Stmt::Expr(Expr::Macro(expr), _)] => &expr.mac,
        _ => return false,
    };
    call.path.is_ident("todo") || call.path.is_ident("unimplemented")
}

/// Opens the invisible groups around what a `macro_rules!` macro was given: rustc forgets them on the way back, so that
/// `$a * 2` would become `1 + 1 * 2`. Without them parentheses are printed where they are needed.
struct Ungroup;

impl VisitMut for Ungroup {
    fn visit_expr_mut(&mut self, node: &mut Expr) {
        while let Expr::Group(group) = node {
            *node = std::mem::replace(&mut *group.expr, Expr::PLACEHOLDER);
        }
        visit_mut::visit_expr_mut(self, node);
    }
}

/// What an item is, in words; `None` for tokens that may become a function yet.
pub(crate) fn describe(item: &Item) -> Option<&'static str> {
    Some(match item {
        Item::Struct(_) => "a struct",
        Item::Enum(_) => "an enum",
        Item::Union(_) => "a union",
        Item::Trait(_) | Item::TraitAlias(_) => "a trait",
        Item::Impl(_) => "an `impl` block",
        Item::Mod(_) => "a module",
        Item::Const(_) => "a constant",
        Item::Static(_) => "a static",
        Item::Type(_) => "a type alias",
        Item::Use(_) | Item::ExternCrate(_) => "an import",
        Item::Macro(_) => "a macro call",
        Item::ForeignMod(_) => "an `extern` block",
        _ => return None,
    })
}
