//! Collectors: parameters like `out: &mut Vec<T>` or `count: &mut usize` that every call only adds to.
//!
//! A later call may then fill one of its own, which is added where the call stood: the order stays the same.

mod parting;
mod totals;
mod uses;

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::quote;
use syn::{FnArg, ItemFn, Pat, Stmt, Type, parse_quote};

use self::totals::Total;
use self::uses::Uses;
use super::recursion::Recursion;
pub(crate) use parting::Parting;

/// A parameter that is only added to.
#[derive(Debug)]
pub(crate) struct Collector {
    /// The parameter.
    pub(crate) name: Ident,
    /// What it is a reference to.
    ty: Type,
    /// Adds one collection to another.
    add: Add,
}

#[derive(Clone, Debug)]
enum Add {
    Extend,
    PushStr,
    /// Key by key, with the operator of `*counts.entry(key).or_insert(0) += n`; before that, what asks for its law.
    Entries {
        operator: syn::BinOp,
        law: TokenStream,
    },
    /// A number or a truth value.
    Total(Total),
}

impl Collector {
    /// The collectors of a function.
    pub(crate) fn of(function: &ItemFn, recursion: &Recursion, runtime: &TokenStream) -> Vec<Collector> {
        let typed = function.sig.inputs.iter().filter_map(|input| match input {
            FnArg::Typed(typed) => Some(typed),
            FnArg::Receiver(_) => None,
        });
        typed
            .enumerate()
            .filter_map(|(position, typed)| {
                let Pat::Ident(pattern) = &*typed.pat else { return None };
                let Type::Reference(reference) = ungrouped(&typed.ty) else {
                    return None;
                };
                reference.mutability.as_ref()?;
                let (name, ty) = (pattern.ident.clone(), ungrouped(&reference.elem).clone());
                let uses = Uses::of(function, recursion, &name, position);
                let add = match addition(&ty) {
                    Some(add) => uses.of_collection(add, has_keys(&ty), runtime),
                    None => uses.of_total(&ty).map(Add::Total),
                }?;
                Some(Collector { name, ty, add })
            })
            .collect()
    }

    /// What a call starts from that fills one of its own.
    fn start(&self) -> TokenStream {
        match &self.add {
            Add::Total(total) => total.start(&self.ty),
            Add::Extend | Add::PushStr | Add::Entries { .. } => quote!(::core::default::Default::default()),
        }
    }

    /// Adds what a call has filled of its own.
    fn add(&self, own: &Ident) -> Vec<Stmt> {
        let name = &self.name;
        match &self.add {
            Add::Extend => vec![parse_quote!(#name.extend(#own);)],
            Add::PushStr => vec![parse_quote!(#name.push_str(&#own);)],
            Add::Entries { operator, law } => {
                let entries = quote!(for (key, value) in #own { *#name.entry(key).or_default() #operator value; });
                vec![parse_quote!(#law(&#own);), Stmt::Expr(parse_quote!(#entries), None)]
            }
            Add::Total(total) => vec![total.add(name, own)],
        }
    }
}

/// The type itself, where a `macro_rules!` macro has put a group around it.
fn ungrouped(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => ungrouped(&group.elem),
        ty => ty,
    }
}

/// True for sets and maps.
fn has_keys(ty: &Type) -> bool {
    name_of(ty).is_some_and(|name| name.ends_with("Set") || name.ends_with("Map"))
}

/// The last name of a type's path.
fn name_of(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    Some(path.path.segments.last()?.ident.to_string())
}

/// How a collection of this type is added to another one.
fn addition(ty: &Type) -> Option<Add> {
    match name_of(ty)?.as_str() {
        "Vec" | "VecDeque" | "HashSet" | "BTreeSet" | "HashMap" | "BTreeMap" => Some(Add::Extend),
        "String" => Some(Add::PushStr),
        _ => None,
    }
}

/// How often the name occurs, other than as a field's or at the end of a path.
fn occurrences(tokens: TokenStream, name: &Ident) -> usize {
    let (mut dots, mut colons) = (0, 0);
    let of = |token| {
        let is_member = dots == 1 || colons == 2;
        (dots, colons) = match &token {
            TokenTree::Punct(punct) if punct.as_char() == '.' => (dots + 1, 0),
            TokenTree::Punct(punct) if punct.as_char() == ':' => (0, colons + 1),
            _ => (0, 0),
        };
        match token {
            TokenTree::Ident(ident) => usize::from(ident == *name && !is_member),
            TokenTree::Group(group) => occurrences(group.stream(), name),
            TokenTree::Literal(literal) => literal.to_string().matches(&format!("{{{name}")).count(),
            TokenTree::Punct(_) => 0,
        }
    };
    tokens.into_iter().map(of).sum()
}
