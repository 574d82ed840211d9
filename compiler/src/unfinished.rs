//! Is the function still being typed?
//!
//! rust-analyzer repairs what doesn't parse yet before a macro sees it: it closes what is open, and puts an identifier of
//! its own where one is missing. And a body that ends in a `let` or an assignment can't be all of a function that
//! returns a number: rustc says so, and that it has no loop yet is no news.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Expr, ItemFn, ReturnType, Stmt, Type};

use crate::diagnostics::{self, Diagnostic};
use crate::lower::primitives;
use crate::lower::updates::is_compound;

/// What rust-analyzer writes where a name is missing.
const REPAIR: &str = "__ra_fixup";

/// True if an editor has repaired the item.
pub(crate) fn is_repaired(item: &TokenStream) -> bool {
    item.clone().into_iter().any(|token| match token {
        TokenTree::Ident(name) => name == REPAIR,
        TokenTree::Group(group) => is_repaired(&group.stream()),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

/// True if the function returns a value that its body doesn't give yet, whatever its types are.
pub(crate) fn lacks_its_value(function: &ItemFn) -> bool {
    let ReturnType::Type(_, ty) = &function.sig.output else {
        return false;
    };
    is_value(ty) && function.block.stmts.last().is_none_or(is_no_value)
}

/// True if the error says that something isn't there, which may come.
pub(crate) fn is_of_absence(error: &Diagnostic) -> bool {
    [
        diagnostics::NO_LOOP,
        diagnostics::NO_RECURSION,
        diagnostics::ONE_CALL,
        diagnostics::ONE_STATEMENT,
        diagnostics::NOTHING_TO_REDUCE,
        diagnostics::NOTHING_TO_SCAN,
    ]
    .contains(&error.kind())
}

/// True for types that can't be `()`, not even under another name.
fn is_value(ty: &Type) -> bool {
    let known = [
        "Box", "BTreeMap", "BTreeSet", "HashMap", "HashSet", "Option", "Result", "String", "Vec", "VecDeque",
    ];
    match ty {
        Type::Paren(paren) => is_value(&paren.elem),
        Type::Tuple(tuple) => !tuple.elems.is_empty(),
        Type::Reference(_) | Type::Slice(_) | Type::Array(_) => true,
        Type::Path(path) => {
            let last = path.path.segments.last();
            primitives::is_primitive(ty) || last.is_some_and(|last| known.iter().any(|name| last.ident == name))
        }
        _ => false,
    }
}

fn is_no_value(last: &Stmt) -> bool {
    match last {
        Stmt::Local(_) | Stmt::Item(_) => true,
        Stmt::Expr(Expr::Assign(_), Some(_)) => true,
        Stmt::Expr(Expr::Binary(binary), Some(_)) => is_compound(&binary.op),
        Stmt::Expr(Expr::ForLoop(_), _) => true,
        Stmt::Expr(Expr::Path(_) | Expr::Field(_) | Expr::Lit(_), Some(_)) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_that_are_being_typed_are_known() {
        for (text, want) in [
            ("fn f() -> u64 { let mut sum = 0; }", true),
            ("fn f() -> u64 { let mut sum = 0; sum += 1; }", true),
            ("fn f() -> Vec<u64> { }", true),
            ("fn f() -> (u64, u64) { for x in xs { n += x; } }", true),
            ("fn f() -> u64 { let mut sum = 0; sum }", false),
            ("fn f() -> u64 { let sum = 0; return sum; }", false),
            ("fn f() -> u64 { exit(); }", false),
            ("fn f() -> Self::Output { let mut sum = 0; }", false),
            ("fn f() { let mut sum = 0; }", false),
            ("fn f() -> () { let mut sum = 0; }", false),
        ] {
            let function: ItemFn = syn::parse_str(text).unwrap();
            assert_eq!(lacks_its_value(&function), want, "{text}");
        }
    }
}
