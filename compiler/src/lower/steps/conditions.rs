//! Conditions of which only a part looks at the old value.

use syn::{BinOp, Expr, UnOp, parse_quote};

use crate::lower::updates::strip;

/// `if A && B { a } else { b }` as two choices, one in the other, where only `A` is about the old value: then each
/// of them is a step or none.
///
/// What is evaluated in another order gives the same, unless it panics: then a summary is not known.
pub(super) fn apart(condition: &Expr, then: &Expr, otherwise: &Expr, is_about: &dyn Fn(&Expr) -> bool) -> Option<Expr> {
    match strip(condition) {
        Expr::Unary(not) if matches!(not.op, UnOp::Not(_)) => {
            let inner = strip(&not.expr);
            Some(parse_quote!(if #inner { #otherwise } else { #then }))
        }
        Expr::Binary(binary) => {
            let is_and = match binary.op {
                BinOp::And(_) => true,
                BinOp::Or(_) => false,
                _ => return None,
            };
            let mut operands = Vec::new();
            flatten(condition, is_and, &mut operands);
            let (about, apart): (Vec<Expr>, Vec<Expr>) = operands.into_iter().partition(|operand| is_about(operand));
            // what it binds may be used in any of the others
            if about.iter().any(|operand| matches!(operand, Expr::Let(_))) {
                return None;
            }
            let joined = |operands: Vec<Expr>| {
                operands.into_iter().reduce(|left, right| match is_and {
                    true => parse_quote!(#left && #right),
                    false => parse_quote!(#left || #right),
                })
            };
            let (about, apart) = (joined(about)?, joined(apart)?);
            let inner: Expr = parse_quote!(if #about { #then } else { #otherwise });
            Some(match is_and {
                true => parse_quote!(if #apart { #inner } else { #otherwise }),
                false => parse_quote!(if #apart { #then } else { #inner }),
            })
        }
        _ => None,
    }
}

/// The operands of a chain of `&&` or of `||`.
fn flatten(condition: &Expr, is_and: bool, operands: &mut Vec<Expr>) {
    match strip(condition) {
        Expr::Binary(binary) if is_and && matches!(binary.op, BinOp::And(_)) => {
            flatten(&binary.left, is_and, operands);
            flatten(&binary.right, is_and, operands);
        }
        Expr::Binary(binary) if !is_and && matches!(binary.op, BinOp::Or(_)) => {
            flatten(&binary.left, is_and, operands);
            flatten(&binary.right, is_and, operands);
        }
        other => operands.push(other.clone()),
    }
}
