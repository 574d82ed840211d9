//! Which types and values are numbers, characters or truth values, by the text?

use syn::{Expr, Type};

use super::updates::strip;

const INTEGERS: &[&str] = &[
    "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize",
];

const OTHERS: &[&str] = &["f32", "f64", "bool", "char"];

/// True for the name of a type of numbers, characters or truth values.
pub(crate) fn is_name(name: &str) -> bool {
    INTEGERS.contains(&name) || OTHERS.contains(&name)
}

/// `u64`, `bool`
pub(crate) fn is_primitive(ty: &Type) -> bool {
    name(ty).is_some_and(|name| is_name(&name))
}

/// True for the name of a type of integers.
pub(crate) fn is_integer_name(name: &str) -> bool {
    INTEGERS.contains(&name)
}

/// `u64`, `isize`
pub(crate) fn is_integer(ty: &Type) -> bool {
    is_named(ty, INTEGERS)
}

/// True for a type of one of these names.
pub(crate) fn is_named(ty: &Type, names: &[&str]) -> bool {
    name(ty).is_some_and(|name| names.contains(&name.as_str()))
}

fn name(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) => path.path.get_ident().map(ToString::to_string),
        _ => None,
    }
}

/// `1`, `-0.5`, `x as u8`, `f64::INFINITY`
pub(crate) fn is_primitive_value(value: &Expr) -> bool {
    match value {
        Expr::Lit(lit) => !matches!(lit.lit, syn::Lit::Str(_) | syn::Lit::ByteStr(_) | syn::Lit::CStr(_)),
        Expr::Cast(cast) => is_primitive(&cast.ty),
        Expr::Unary(unary) => !matches!(unary.op, syn::UnOp::Deref(_)) && is_primitive_value(&unary.expr),
        Expr::Paren(paren) => is_primitive_value(&paren.expr),
        // `i32::MIN`, `f64::INFINITY`
        Expr::Path(path) => {
            let segments = &path.path.segments;
            segments.len() >= 2 && is_name(&segments[segments.len() - 2].ident.to_string())
        }
        _ => false,
    }
}

/// The number that a literal stands for.
pub(crate) fn number(expr: &Expr) -> Option<u64> {
    match strip(expr) {
        Expr::Lit(literal) => match &literal.lit {
            syn::Lit::Int(int) => int.base10_parse().ok(),
            _ => None,
        },
        _ => None,
    }
}
