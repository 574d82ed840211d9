//! Which functions are called `min` or `add` and are not the minimum or the sum?
//!
//! Those that the function declares itself: their calls are put in parentheses, `(max)(a, b)`, so that nobody takes them
//! for the operation of that name. And those of types and modules that aren't the standard library's, `Self::max(a, b)`.

use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ItemFn};

use super::bindings::bindings;
use super::primitives;
use super::uses::Names;
use crate::attribute::Attribute;
use crate::diagnostics::ends;

const KNOWN: &[&str] = &["min", "max", "clamp"];

/// What a type that is only known by its bounds offers under these names is [`Ord`]'s or `PartialOrd`'s.
const OF_GENERICS: &[&str] = &["min", "max", "clamp", "lt", "le", "gt", "ge"];

const TRAITS: &[&str] = &[
    "Add",
    "Sub",
    "Mul",
    "Neg",
    "Not",
    "Rem",
    "BitAnd",
    "BitOr",
    "BitXor",
    "Ord",
    "PartialOrd",
    "cmp",
];

const OPERATORS: &[&str] = &["add", "sub", "mul", "neg", "not", "rem", "bitand", "bitor", "bitxor"];

/// True for functions whose path says what they do: those of the primitive types and of the standard traits, and those
/// that are called the minimum or the maximum. `add(a, b)` and `Self::add(a, b)` may be anything.
pub(crate) fn is_of_std(path: &syn::ExprPath) -> bool {
    if let Some(of) = &path.qself
        && of.position == 0
    {
        return primitives::is_primitive(&of.ty);
    }
    let mut segments = path.path.segments.iter().rev().map(|segment| segment.ident.to_string());
    let name = segments.next().unwrap_or_default();
    match segments.next() {
        None => KNOWN.contains(&name.as_str()),
        Some(of) if of.len() == 1 && of.starts_with(char::is_uppercase) => OF_GENERICS.contains(&name.as_str()),
        Some(of) => TRAITS.contains(&of.as_str()) || primitives::is_name(&of),
    }
}

/// True for `h.add(x)`: a method of that name may be any trait's that is in scope, the operators' traits seldom are.
pub(crate) fn is_operator(method: &syn::Ident) -> bool {
    OPERATORS.iter().any(|name| method == name)
}

/// Puts such functions in parentheses where they are called, and where a `fold` is given them; the function itself, too,
/// unless its calls are what the attribute is about.
pub(crate) fn normalise(function: &mut ItemFn, attribute: Attribute) {
    let mut own = Own {
        names: Names::new(),
        types: unordered(&function.sig.generics),
    };
    own.visit_item_fn(function);
    if attribute == Attribute::Divide {
        own.names.remove(&function.sig.ident.to_string());
    }
    if !own.names.is_empty() || !own.types.is_empty() {
        Parentheses(&own).visit_block_mut(&mut function.block);
    }
}

/// The type parameters whose bounds, as far as they are known, are not those of an order: their `max` is another trait's.
fn unordered(generics: &syn::Generics) -> Names {
    let orders = ["Ord", "PartialOrd", "Float", "FloatCore", "Real"];
    let is_order = |bound: &syn::TypeParamBound| {
        matches!(bound, syn::TypeParamBound::Trait(bound)
            if bound.path.segments.last().is_some_and(|last| orders.iter().any(|order| last.ident == order)))
    };
    let predicates = || generics.where_clause.iter().flat_map(|clause| &clause.predicates);
    let is_ordered = |param: &syn::TypeParam| {
        let of_param = |predicate: &syn::WherePredicate| match predicate {
            syn::WherePredicate::Type(of) => {
                let is_param = matches!(&of.bounded_ty, syn::Type::Path(path) if path.path.is_ident(&param.ident));
                is_param && of.bounds.iter().any(is_order)
            }
            _ => false,
        };
        param.bounds.iter().any(is_order) || predicates().any(of_param)
    };
    let unordered = generics.type_params().filter(|param| !is_ordered(param));
    unordered.map(|param| param.ident.to_string()).collect()
}

/// What a function declares that is called like a known one.
struct Own {
    /// Functions, variables and imports.
    names: Names,
    /// Type parameters.
    types: Names,
}

impl Own {
    fn add(&mut self, name: String) {
        if KNOWN.contains(&name.as_str()) {
            self.names.insert(name);
        }
    }

    fn has(&self, path: &syn::Path) -> bool {
        let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        match &segments[..] {
            [name] => self.names.contains(name),
            [of, name] => self.types.contains(of) && OF_GENERICS.contains(&name.as_str()),
            _ => false,
        }
    }

    /// What a `use` brings in, but under its own name from where the standard library's are.
    fn imported(&mut self, tree: &syn::UseTree, of_std: bool) {
        match tree {
            syn::UseTree::Path(path) => {
                let is_std = ["std", "core", "cmp"].iter().any(|name| path.ident == name);
                self.imported(&path.tree, is_std || of_std);
            }
            syn::UseTree::Name(name) if !of_std => self.add(name.ident.to_string()),
            syn::UseTree::Rename(rename) => self.add(rename.rename.to_string()),
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| self.imported(tree, of_std)),
            syn::UseTree::Name(_) | syn::UseTree::Glob(_) => {}
        }
    }
}

impl<'a> Visit<'a> for Own {
    fn visit_pat(&mut self, node: &'a syn::Pat) {
        bindings(node).into_iter().for_each(|b| self.add(b.ident.to_string()));
    }

    fn visit_item_fn(&mut self, node: &'a ItemFn) {
        self.add(node.sig.ident.to_string());
        visit::visit_item_fn(self, node);
    }

    fn visit_item_use(&mut self, node: &'a syn::ItemUse) {
        self.imported(&node.tree, false);
    }
}

struct Parentheses<'o>(&'o Own);

impl Parentheses<'_> {
    fn put(&self, function: &mut Expr) {
        if let Expr::Path(path) = function
            && self.0.has(&path.path)
        {
            *function = Expr::Paren(syn::ExprParen {
                attrs: Vec::new(),
                paren_token: syn::token::Paren(ends(path).0),
                expr: Box::new(Expr::Path(path.clone())),
            });
        }
    }
}

impl VisitMut for Parentheses<'_> {
    fn visit_expr_call_mut(&mut self, node: &mut syn::ExprCall) {
        visit_mut::visit_expr_call_mut(self, node);
        self.put(&mut node.func);
    }

    fn visit_expr_method_call_mut(&mut self, node: &mut syn::ExprMethodCall) {
        visit_mut::visit_expr_method_call_mut(self, node);
        if node.method == "fold" || node.method == "reduce" {
            node.args
                .iter_mut()
                .last()
                .into_iter()
                .for_each(|function| self.put(function));
        }
    }
}
