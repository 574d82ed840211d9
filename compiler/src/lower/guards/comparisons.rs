//! Comparisons, however they are written.

use syn::{BinOp, Expr};

use crate::diagnostics::ends;
use crate::lower::shadows::is_of_std;
use crate::lower::updates::strip;

/// A comparison, however it is written.
pub(crate) struct Compared<'a> {
    pub(crate) left: &'a Expr,
    pub(crate) op: BinOp,
    pub(crate) right: &'a Expr,
}

/// `a < b`, `a.lt(&b)`, `T::lt(&a, &b)`, `a.cmp(&b).is_lt()`, `a.partial_cmp(&b) == Some(Ordering::Less)`, ...
pub(crate) fn compared(expr: &Expr) -> Option<Compared<'_>> {
    let operator = |name: &str, at: proc_macro2::Span| {
        Some(match name {
            "lt" => BinOp::Lt(syn::Token![<](at)),
            "gt" => BinOp::Gt(syn::Token![>](at)),
            "le" => BinOp::Le(syn::Token![<=](at)),
            "ge" => BinOp::Ge(syn::Token![>=](at)),
            _ => return None,
        })
    };
    match strip(expr) {
        Expr::Binary(binary) => match binary.op {
            BinOp::Eq(_) | BinOp::Ne(_) => {
                let (left, right, is_partial) = asked(&binary.left)?;
                let name = match (ordering(&binary.right, is_partial)?.as_str(), binary.op) {
                    ("Less", BinOp::Eq(_)) => "lt",
                    ("Greater", BinOp::Eq(_)) => "gt",
                    // of two that can't be compared neither is less
                    ("Less", _) if !is_partial => "ge",
                    ("Greater", _) if !is_partial => "le",
                    _ => return None,
                };
                let op = operator(name, ends(&binary.op).0)?;
                Some(Compared { left, op, right })
            }
            op => Some(Compared {
                left: &binary.left,
                op,
                right: &binary.right,
            }),
        },
        Expr::MethodCall(call) if call.args.len() == 1 => Some(Compared {
            left: &call.receiver,
            op: operator(&call.method.to_string(), call.method.span())?,
            right: &call.args[0],
        }),
        Expr::MethodCall(call) if call.args.is_empty() => {
            let (left, right, is_partial) = asked(&call.receiver)?;
            let op = operator(call.method.to_string().strip_prefix("is_")?, call.method.span())?;
            (!is_partial).then_some(Compared { left, op, right })
        }
        Expr::Call(call) if call.args.len() == 2 => {
            let Expr::Path(path) = &*call.func else { return None };
            let name = &path.path.segments.last().filter(|_| is_of_std(path))?.ident;
            Some(Compared {
                left: &call.args[0],
                op: operator(&name.to_string(), name.span())?,
                right: &call.args[1],
            })
        }
        _ => None,
    }
}

/// `a.cmp(&b)`, and whether it is `partial_cmp`.
pub(super) fn asked(expr: &Expr) -> Option<(&Expr, &Expr, bool)> {
    let Expr::MethodCall(call) = strip(expr) else {
        return None;
    };
    let is_partial = match call.method.to_string().as_str() {
        "cmp" => false,
        "partial_cmp" => true,
        _ => return None,
    };
    Some((
        &call.receiver,
        call.args.first().filter(|_| call.args.len() == 1)?,
        is_partial,
    ))
}

/// `Ordering::Less`, or `Some(Ordering::Less)`.
pub(super) fn ordering(expr: &Expr, is_partial: bool) -> Option<String> {
    match strip(expr) {
        Expr::Path(path) if !is_partial => Some(path.path.segments.last()?.ident.to_string()),
        Expr::Call(some) if is_partial && some.args.len() == 1 => {
            let is_some = matches!(&*some.func, Expr::Path(path) if path.path.is_ident("Some"));
            ordering(&some.args[0], false).filter(|_| is_some)
        }
        _ => None,
    }
}

/// The comparison with its sides exchanged.
pub(super) fn flipped(op: BinOp) -> Option<BinOp> {
    Some(match op {
        BinOp::Lt(op) => BinOp::Gt(syn::Token![>](op.spans[0])),
        BinOp::Gt(op) => BinOp::Lt(syn::Token![<](op.spans[0])),
        BinOp::Le(op) => BinOp::Ge(syn::Token![>=](op.spans)),
        BinOp::Ge(op) => BinOp::Le(syn::Token![<=](op.spans)),
        _ => return None,
    })
}
