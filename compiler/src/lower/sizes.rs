//! What is the size of a call, as far as the types of its parameters tell?
//!
//! The length of the first sequence among the parameters, else the first integer.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{FnArg, GenericArgument, ItemFn, Pat, PathArguments, Type};

use super::primitives::is_integer;

const SEQUENCES: &[&str] = &[
    "Vec", "VecDeque", "String", "str", "BTreeMap", "HashMap", "BTreeSet", "HashSet",
];

/// The size as an expression over the parameters' names.
pub(crate) fn default_size(function: &ItemFn) -> Option<TokenStream> {
    let parameters: Vec<_> = function
        .sig
        .inputs
        .iter()
        .filter_map(|input| match input {
            FnArg::Typed(typed) => match &*typed.pat {
                Pat::Ident(ident) if ident.subpat.is_none() => Some((&ident.ident, &*typed.ty)),
                _ => None,
            },
            FnArg::Receiver(_) => None,
        })
        .collect();
    let sequence = parameters.iter().find_map(|(name, ty)| {
        Some(match kind(ty)? {
            Kind::Sequence => quote!(#name.len()),
            Kind::Range => quote!(#name.end.saturating_sub(#name.start)),
            Kind::RangeInclusive => quote!(#name.end().saturating_sub(*#name.start())),
            Kind::Integer => return None,
        })
    });
    sequence.or_else(|| {
        parameters
            .iter()
            .find(|(_, ty)| kind(ty) == Some(Kind::Integer))
            .map(|(name, _)| quote!(#name))
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Sequence,
    Range,
    RangeInclusive,
    Integer,
}

fn kind(ty: &Type) -> Option<Kind> {
    match ty {
        Type::Reference(reference) => kind(&reference.elem).filter(|kind| *kind != Kind::Integer),
        Type::Paren(paren) => kind(&paren.elem),
        Type::Group(group) => kind(&group.elem),
        Type::Slice(_) | Type::Array(_) => Some(Kind::Sequence),
        Type::Path(path) => {
            let last = path.path.segments.last()?;
            let name = last.ident.to_string();
            let argument = match &last.arguments {
                PathArguments::AngleBracketed(arguments) => arguments.args.first(),
                _ => None,
            };
            match (name.as_str(), argument) {
                ("Box", Some(GenericArgument::Type(inner))) => kind(inner).filter(|kind| *kind == Kind::Sequence),
                ("Range", Some(GenericArgument::Type(of))) => is_integer(of).then_some(Kind::Range),
                ("RangeInclusive", Some(GenericArgument::Type(of))) => is_integer(of).then_some(Kind::RangeInclusive),
                (name, _) if SEQUENCES.contains(&name) => Some(Kind::Sequence),
                (_, None) if is_integer(ty) => Some(Kind::Integer),
                _ => None,
            }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sequence_comes_before_an_integer() {
        for (text, want) in [
            ("fn f(n: usize, v: &mut [u8]) {}", Some("v . len ()")),
            ("fn f(x: f64, depth: u32, n: u64) {}", Some("depth")),
            ("fn f(node: &Node, n: &u32) {}", None),
            ("fn f(r: Range<f64>) {}", None),
            ("fn f((x, y): (u8, u8), s: &str) {}", Some("s . len ()")),
            (
                "fn f(r: std::ops::Range<u64>) {}",
                Some("r . end . saturating_sub (r . start)"),
            ),
        ] {
            let function: ItemFn = syn::parse_str(text).unwrap();
            assert_eq!(
                default_size(&function).map(|t| t.to_string()).as_deref(),
                want,
                "{text}"
            );
        }
    }
}
