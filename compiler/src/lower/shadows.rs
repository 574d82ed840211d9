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

/// Puts the calls of such functions in parentheses.
pub(crate) fn normalise(function: &mut ItemFn) {
    let mut own = Own(Names::new());
    own.visit_item_fn(function);
    if !own.0.is_empty() {
        Parentheses(&own.0).visit_block_mut(&mut function.block);
    }
}

/// The names of functions and variables that the function declares, as far as they are known ones.
struct Own(Names);

impl Own {
    fn add(&mut self, name: String) {
        if KNOWN.contains(&name.as_str()) {
            self.0.insert(name);
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
}

struct Parentheses<'n>(&'n Names);

impl VisitMut for Parentheses<'_> {
    fn visit_expr_call_mut(&mut self, node: &mut syn::ExprCall) {
        visit_mut::visit_expr_call_mut(self, node);
        let is_own = |path: &syn::ExprPath| {
            path.path
                .get_ident()
                .is_some_and(|name| self.0.contains(&name.to_string()))
        };
        if let Expr::Path(path) = &*node.func
            && is_own(path)
        {
            *node.func = syn::parse_quote!((#path));
        }
    }
}
