//! The steps of a method or a function that is applied to the old value.

use proc_macro2::Ident;
use syn::{BinOp, Expr, ExprMethodCall, Stmt, parse_quote};

use super::method::Method;
use super::{NoStep, Step, Why, after, both, no_step, of_value};
use crate::lower::updates::strip;
use crate::lower::uses;

/// `match e { Some(v) => v, None => return .. }`
pub(super) fn is_unwrapping(choice: &syn::ExprMatch) -> bool {
    let leaves = |body: &Expr| {
        let last = match body {
            Expr::Block(block) => match block.block.stmts.last() {
                Some(Stmt::Expr(last, _)) => last,
                _ => return false,
            },
            other => other,
        };
        matches!(last, Expr::Break(_) | Expr::Return(_))
    };
    let [one, other] = &choice.arms[..] else { return false };
    let (some, none) = if is_inner(&one.pat, &one.body) {
        (one, other)
    } else {
        (other, one)
    };
    is_inner(&some.pat, &some.body) && leaves(&none.body)
}

/// `Some(v) => v`
pub(super) fn is_inner(pat: &syn::Pat, body: &Expr) -> bool {
    inner(pat).is_some_and(|name| matches!(strip(body), Expr::Path(path) if path.path.is_ident(name)))
}

/// The name in `Some(name)`.
pub(crate) fn inner(pat: &syn::Pat) -> Option<&Ident> {
    let syn::Pat::TupleStruct(some) = pat else { return None };
    match some.elems.first() {
        Some(syn::Pat::Ident(name)) if some.path.segments.last().is_some_and(|s| s.ident == "Some") => {
            Some(&name.ident)
        }
        _ => None,
    }
}

/// The call in `v.checked_add(x)?`, `v.checked_add(x).ok_or(e)?`, `v.checked_add(x).unwrap()` and `v.checked_add(x).expect("..")`.
pub(super) fn checked(value: &Expr) -> Option<&ExprMethodCall> {
    let call = match value {
        Expr::Try(question) => match strip(&question.expr) {
            Expr::MethodCall(call) if call.method == "ok_or" || call.method == "ok_or_else" => strip(&call.receiver),
            inner => inner,
        },
        Expr::MethodCall(call) if call.method == "unwrap" || call.method == "expect" => strip(&call.receiver),
        Expr::Match(choice) if is_unwrapping(choice) => strip(&choice.expr),
        _ => return None,
    };
    match call {
        Expr::MethodCall(call)
            if ["checked_add", "checked_sub", "checked_mul", "checked_neg"]
                .iter()
                .any(|name| call.method == name) =>
        {
            Some(call)
        }
        _ => None,
    }
}

/// `x.unwrap_or(v)`, `x.or(v)`, `x.map_or(v, |y| y + 1)` and their like, as a choice by what `x` holds.
///
/// `x` may be an `Option` or a `Result`.
pub(super) fn optional(call: &ExprMethodCall) -> Option<Expr> {
    let otherwise = |argument: &Expr| match argument {
        Expr::Closure(closure) if closure.inputs.is_empty() => Some((*closure.body).clone()),
        _ => None,
    };
    let mapped = |argument: &Expr| match argument {
        Expr::Closure(closure) if closure.inputs.len() == 1 => {
            Some((closure.inputs[0].clone(), (*closure.body).clone()))
        }
        _ => None,
    };
    let receiver = &call.receiver;
    if has_open_type(receiver) {
        return None;
    }
    let itself = || (parse_quote!(found), parse_quote!(found));
    let ((pattern, found), missing): ((syn::Pat, Expr), Expr) = match (
        call.method.to_string().as_str(),
        &call.args.iter().collect::<Vec<_>>()[..],
    ) {
        ("unwrap_or", [missing]) => (itself(), (*missing).clone()),
        ("unwrap_or_else", [missing]) => (itself(), otherwise(missing)?),
        ("map_or", [missing, found]) => (mapped(found)?, (*missing).clone()),
        ("map_or_else", [missing, found]) => (mapped(found)?, otherwise(missing)?),
        ("or", [missing]) => {
            return Some(parse_quote!(if (#receiver).is_some() { #receiver } else { #missing }));
        }
        _ => return None,
    };
    Some(
        parse_quote!(match ::core::iter::IntoIterator::into_iter(#receiver).next() {
            ::core::option::Option::Some(#pattern) => #found,
            ::core::option::Option::None => #missing,
        }),
    )
}

/// True if what the expression is asked for decides about its type: a step doesn't ask for one.
fn has_open_type(expr: &Expr) -> bool {
    match strip(expr) {
        Expr::MethodCall(call) => {
            let is_open = ["parse", "into", "try_into", "collect", "sum", "product"];
            call.turbofish.is_none() && is_open.iter().any(|name| call.method == name) || has_open_type(&call.receiver)
        }
        Expr::Try(inner) => has_open_type(&inner.expr),
        _ => false,
    }
}

/// The operator's step; the old value stands on its `left` or not.
pub(super) fn of_operator(op: &BinOp, left: bool) -> Option<Method> {
    Some(match (op, left) {
        (BinOp::Add(_), _) => Method::Add,
        (BinOp::Sub(_), true) => Method::Sub,
        (BinOp::Sub(_), false) => Method::Rsub,
        (BinOp::Mul(_), _) => Method::Mul,
        (BinOp::Rem(_), true) => Method::Rem,
        (BinOp::BitAnd(_) | BinOp::And(_), _) => Method::And,
        (BinOp::BitOr(_) | BinOp::Or(_), _) => Method::Or,
        (BinOp::BitXor(_), _) => Method::Xor,
        (BinOp::Shl(_), true) => Method::Shl,
        (BinOp::Shr(_), true) => Method::Shr,
        (BinOp::Div(_), true) => Method::Div,
        _ => return None,
    })
}

/// `receiver.method(arguments)` or `method(receiver, arguments)`.
pub(super) fn of_call(
    value: &Expr,
    name: &Ident,
    receiver: &Expr,
    arguments: &[&Expr],
    variable: &str,
) -> Result<Vec<Step>, NoStep> {
    let has = |expr: &Expr| uses::uses(expr, variable);
    let name_text = name.to_string();
    let with = |steps, method, operand| after(steps, method, name, operand);
    match (name_text.as_str(), arguments) {
        ("mul_add", [factor, summand]) if has(receiver) && !has(factor) && !has(summand) => {
            let steps = with(of_value(receiver, variable)?, Method::Mul, Some(factor))?;
            with(steps, Method::Add, Some(summand))
        }
        ("clamp", [low, high]) if has(receiver) && !has(low) && !has(high) => {
            let steps = with(of_value(receiver, variable)?, Method::Max, Some(low))?;
            with(steps, Method::Min, Some(high))
        }
        ("wrapping_neg" | "neg", []) => with(of_value(receiver, variable)?, Method::Neg, None),
        ("not", []) => with(of_value(receiver, variable)?, Method::Not, None),
        (_, [argument]) => {
            let (method, commutes) = match name_text.as_str() {
                "wrapping_add" | "add" => (Method::Add, true),
                "wrapping_sub" | "sub" => (Method::Sub, false),
                "wrapping_mul" | "mul" => (Method::Mul, true),
                "saturating_add" => (Method::SaturatingAdd, true),
                "saturating_sub" => (Method::SaturatingSub, false),
                "max" => (Method::Max, true),
                "min" => (Method::Min, true),
                "rem_euclid" => (Method::Rem, false),
                "bitand" => (Method::And, true),
                "bitor" => (Method::Or, true),
                "bitxor" => (Method::Xor, true),
                "rotate_left" => (Method::RotateLeft, false),
                "rotate_right" => (Method::RotateRight, false),
                _ => return no_step(name, Why::Operation),
            };
            match (has(receiver), has(argument)) {
                (true, true) => match method {
                    Method::Add => both(Method::Plus, name, receiver, argument, variable),
                    Method::Sub => both(Method::Minus, name, receiver, argument, variable),
                    _ => no_step(value, Why::Twice),
                },
                (true, false) => with(of_value(receiver, variable)?, method, Some(argument)),
                (false, _) if commutes => with(of_value(argument, variable)?, method, Some(receiver)),
                (false, _) => no_step(name, Why::Operation),
            }
        }
        _ => no_step(name, Why::Operation),
    }
}
