//! The variables in sight of a kernel, and what their declarations tell.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::Visit;
use syn::{Expr, FnArg, Pat, Type};

use super::bindings::{Binding, bindings};
use super::primitives;

/// Types of the standard library that count, what makes values of any type, and what a method's own type is called.
const NUMBERS: &[&str] = &[
    "Default",
    "Duration",
    "From",
    "Into",
    "Option",
    "Saturating",
    "Some",
    "Wrapping",
    "Zero",
];

/// How a variable holds its value, as far as the text tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// The value itself, or something the text doesn't tell.
    Value,
    /// `&T`
    Shared,
    /// `&mut T`
    Mutable,
}

/// A variable declared outside the kernel.
#[derive(Clone, Debug)]
pub(crate) struct Variable {
    /// Its name.
    pub(crate) name: String,
    /// Declared with `mut`.
    pub(crate) mutable: bool,
    /// Whether it is a reference.
    pub(crate) holds: Holds,
    /// The type written at its declaration.
    pub(crate) ty: Option<Type>,
    /// What it was initialised with, if a `let` of it alone says so.
    pub(crate) init: Option<Expr>,
    /// Declared by a `let` that gives it no value.
    pub(crate) undefined: bool,
}

/// The variable that an expression is, and those declared before it: only these can be in its initialiser, which may use
/// the same name.
pub(crate) fn named<'v>(expr: &Expr, variables: &'v [Variable]) -> Option<(&'v Variable, &'v [Variable])> {
    let Expr::Path(path) = expr else { return None };
    let at = variables.iter().rposition(|v| path.path.is_ident(&v.name))?;
    Some((&variables[at], &variables[..at]))
}

/// A collection of the standard library to which values are appended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Collection {
    /// `Vec`, `VecDeque`
    List,
    /// `String`
    Text,
}

impl Collection {
    fn of_type(ty: &Type) -> Option<Self> {
        match ty {
            Type::Reference(reference) => Collection::of_type(&reference.elem),
            Type::Path(path) => Collection::of_name(&path.path.segments.last()?.ident),
            _ => None,
        }
    }

    fn of_value(value: &Expr) -> Option<Self> {
        match value {
            Expr::Call(call) => match &*call.func {
                Expr::Path(path) => Collection::of_name(&path.path.segments.iter().rev().nth(1)?.ident),
                _ => None,
            },
            Expr::Macro(call) if call.mac.path.is_ident("vec") => Some(Collection::List),
            Expr::Macro(call) if call.mac.path.is_ident("format") => Some(Collection::Text),
            _ => None,
        }
    }

    fn of_name(name: &Ident) -> Option<Self> {
        match name.to_string().as_str() {
            "String" => Some(Collection::Text),
            "Vec" | "VecDeque" => Some(Collection::List),
            _ => None,
        }
    }
}

impl Variable {
    /// The collection that it holds, as far as the text tells.
    pub(crate) fn collection(&self) -> Option<Collection> {
        let by_type = self.ty.as_ref().and_then(Collection::of_type);
        by_type.or_else(|| Collection::of_value(self.init.as_ref()?))
    }

    /// True if something may be changed through it.
    pub(crate) fn may_change(&self) -> bool {
        self.mutable || self.holds == Holds::Mutable
    }

    /// True if the text shows that it is a reference to a slice.
    pub(crate) fn is_slice(&self) -> bool {
        let by_type = matches!(&self.ty, Some(Type::Reference(reference)) if matches!(*reference.elem, Type::Slice(_)));
        // `&mut all[..n]`
        let by_value = match &self.init {
            Some(Expr::Reference(reference)) => {
                matches!(&*reference.expr, Expr::Index(index) if matches!(*index.index, Expr::Range(_)))
            }
            _ => false,
        };
        by_type || (self.ty.is_none() && by_value)
    }

    /// True if the text shows that it is a slice, an array or a `Vec`, or a reference to one.
    pub(crate) fn is_list(&self) -> bool {
        let by_value = |init: &Expr| match init {
            Expr::Array(_) | Expr::Repeat(_) => true,
            Expr::Macro(call) => call.mac.path.is_ident("vec"),
            Expr::MethodCall(call) => call.method == "to_vec",
            _ => false,
        };
        self.is_slice() || self.ty.as_ref().is_some_and(is_list) || self.init.as_ref().is_some_and(by_value)
    }

    /// True if its type is known where it is declared, not only by what is done with it later.
    pub(crate) fn is_typed(&self) -> bool {
        match (&self.ty, &self.init) {
            (Some(ty), _) => !has_gap(ty),
            (None, Some(init)) => has_type(init),
            (None, None) => false,
        }
    }

    /// True if the text shows that it counts in integers, or holds what does.
    pub(crate) fn is_integer(&self) -> bool {
        let text = match (&self.ty, &self.init) {
            (Some(ty), _) if !has_gap(ty) => ty.to_token_stream(),
            (_, Some(init)) => init.to_token_stream(),
            _ => return false,
        };
        let mut kinds = Vec::new();
        numbers(text, &mut kinds);
        kinds.contains(&Number::Integer) && !kinds.contains(&Number::Float)
    }

    /// True if the text shows that its type is none of the standard library's numbers; `by_type` if the type written at its
    /// declaration is believed, which may be another name for one.
    pub(crate) fn is_of_own_type(&self, by_type: bool) -> bool {
        let is_own = |path: &syn::Path| {
            let mut names = path.segments.iter().map(|segment| segment.ident.to_string());
            let of = names.rfind(|name| name.starts_with(char::is_uppercase));
            of.is_some_and(|of| of.len() > 1 && !NUMBERS.contains(&of.as_str()))
        };
        match (&self.ty, &self.init) {
            (_, Some(Expr::Struct(literal))) => is_own(&literal.path),
            (_, Some(Expr::Call(call))) if self.ty.is_none() => {
                matches!(&*call.func, Expr::Path(path) if path.qself.is_none() && is_own(&path.path))
            }
            (Some(Type::Path(path)), init) => {
                let is_number = init.as_ref().is_some_and(primitives::is_primitive_value);
                by_type && !is_number && path.qself.is_none() && is_own(&path.path)
            }
            _ => false,
        }
    }

    /// True if the text shows that it is a number, a character or a truth value: equal values can't be told apart.
    pub(crate) fn is_primitive(&self) -> bool {
        let by_type = self.ty.as_ref().is_some_and(primitives::is_primitive);
        by_type || self.init.as_ref().is_some_and(primitives::is_primitive_value)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Number {
    Integer,
    Float,
}

/// The kinds of numbers that the tokens name, as literals or types.
fn numbers(tokens: TokenStream, kinds: &mut Vec<Number>) {
    for token in tokens {
        let text = token.to_string();
        match token {
            TokenTree::Group(group) => numbers(group.stream(), kinds),
            TokenTree::Literal(_) if text.starts_with(|c: char| c.is_ascii_digit()) => {
                let is_float = matches!(syn::parse_str(&text), Ok(syn::Lit::Float(_)))
                    || text.ends_with("f64")
                    || text.ends_with("f32");
                kinds.push(if is_float { Number::Float } else { Number::Integer });
            }
            TokenTree::Ident(_) if text == "f32" || text == "f64" => kinds.push(Number::Float),
            TokenTree::Ident(_) if primitives::is_name(&text) && text != "bool" && text != "char" => {
                kinds.push(Number::Integer);
            }
            _ => {}
        }
    }
}

/// `&mut [T]`, `[T; N]`, `Vec<T>`
fn is_list(ty: &Type) -> bool {
    match ty {
        Type::Reference(reference) => is_list(&reference.elem),
        Type::Slice(_) | Type::Array(_) => true,
        Type::Path(path) => path.path.segments.last().is_some_and(|last| last.ident == "Vec"),
        _ => false,
    }
}

/// True for types with a `_`.
fn has_gap(ty: &Type) -> bool {
    struct Gaps(bool);

    impl<'a> Visit<'a> for Gaps {
        fn visit_type_infer(&mut self, _: &'a syn::TypeInfer) {
            self.0 = true;
        }
    }

    let mut gaps = Gaps(false);
    gaps.visit_type(ty);
    gaps.0
}

/// True for values that have a type by themselves, if perhaps not yet which of the integers' or floats'.
fn has_type(value: &Expr) -> bool {
    match value {
        Expr::Lit(_) | Expr::Struct(_) | Expr::Index(_) | Expr::Field(_) => true,
        Expr::Cast(cast) => !has_gap(&cast.ty),
        Expr::Paren(paren) => has_type(&paren.expr),
        Expr::Unary(unary) => has_type(&unary.expr),
        // `i64::MAX`
        Expr::Path(path) => path.path.segments.len() > 1,
        // `Money(0)`, `String::new()`, but not `Default::default()`
        Expr::Call(call) => match &*call.func {
            Expr::Path(path) => {
                let names: Vec<_> = path.path.segments.iter().map(|s| s.ident.to_string()).collect();
                match &names[..] {
                    [.., of, name] if name == "new" || name == "default" || name == "zero" => {
                        of.starts_with(char::is_uppercase) && of != "Default" && of != "Zero"
                    }
                    [.., name] => name.starts_with(char::is_uppercase),
                    [] => false,
                }
            }
            _ => false,
        },
        _ => false,
    }
}

/// The reference that a type is.
pub(crate) fn holds(ty: &Type) -> Holds {
    match ty {
        Type::Reference(reference) if reference.mutability.is_some() => Holds::Mutable,
        Type::Reference(_) => Holds::Shared,
        Type::Paren(paren) => holds(&paren.elem),
        Type::Group(group) => holds(&group.elem),
        _ => Holds::Value,
    }
}

/// The variables of a function, parameters first, whatever their scopes.
pub(crate) fn of_function(function: &syn::ItemFn) -> Vec<Variable> {
    struct Declared(Vec<Variable>);
    impl<'a> Visit<'a> for Declared {
        fn visit_local(&mut self, node: &'a syn::Local) {
            let value = node.init.as_ref().map(|init| &*init.expr);
            self.0.extend(of_let(&node.pat, value));
            value.into_iter().for_each(|value| self.visit_expr(value));
        }

        fn visit_pat(&mut self, node: &'a Pat) {
            self.0.extend(of_pattern(node));
        }

        fn visit_item(&mut self, _: &'a syn::Item) {}
    }
    let mut declared = Declared(function.sig.inputs.iter().flat_map(of_parameter).collect());
    declared.visit_block(&function.block);
    declared.0
}

/// The variables that a parameter declares.
pub(crate) fn of_parameter(input: &FnArg) -> Vec<Variable> {
    match input {
        FnArg::Receiver(receiver) => {
            let holds = match &receiver.kind {
                syn::ReceiverKind::Reference(_, _, Some(_)) => Holds::Mutable,
                syn::ReceiverKind::Reference(..) => Holds::Shared,
                syn::ReceiverKind::Typed(_, ty) => holds(ty),
                _ => Holds::Value,
            };
            let mutable = receiver.mutability.is_some();
            vec![Variable {
                name: "self".into(),
                mutable,
                holds,
                ty: None,
                init: None,
                undefined: false,
            }]
        }
        FnArg::Typed(typed) => match &*typed.pat {
            Pat::Ident(ident) => vec![Variable {
                name: ident.ident.to_string(),
                mutable: ident.mutability.is_some(),
                holds: holds(&typed.ty),
                ty: Some((*typed.ty).clone()),
                init: None,
                undefined: false,
            }],
            pattern => of_pattern(pattern),
        },
    }
}

/// The variables that a pattern binds when nothing more is known about their values.
pub(crate) fn of_pattern(pattern: &Pat) -> Vec<Variable> {
    let variable = |binding: &Binding| Variable {
        name: binding.ident.to_string(),
        mutable: binding.mutable && !binding.by_ref,
        holds: match (binding.by_ref, binding.mutable) {
            (true, true) => Holds::Mutable,
            (true, false) => Holds::Shared,
            (false, _) => Holds::Value,
        },
        ty: None,
        init: None,
        undefined: false,
    };
    bindings(pattern).iter().map(variable).collect()
}

/// The variables of `let PATTERN = VALUE`.
pub(crate) fn of_let(pattern: &Pat, value: Option<&Expr>) -> Vec<Variable> {
    match (pattern, value) {
        (Pat::Type(typed), _) => {
            let mut variables = of_let(&typed.pat, value);
            if let [one] = &mut variables[..]
                && matches!(*typed.pat, Pat::Ident(_))
            {
                one.ty = Some((*typed.ty).clone());
                one.holds = holds(&typed.ty);
            }
            variables
        }
        (Pat::Ident(ident), Some(value)) => {
            let holds = match value {
                Expr::Reference(reference) if reference.mutability.is_some() => Holds::Mutable,
                Expr::Reference(_) => Holds::Shared,
                _ => Holds::Value,
            };
            vec![Variable {
                name: ident.ident.to_string(),
                mutable: ident.mutability.is_some(),
                holds,
                ty: None,
                init: Some(value.clone()),
                undefined: false,
            }]
        }
        (Pat::Tuple(tuple), Some(Expr::Tuple(values))) if tuple.elems.len() == values.elems.len() => tuple
            .elems
            .iter()
            .zip(&values.elems)
            .flat_map(|(p, v)| of_let(p, Some(v)))
            .collect(),
        (pattern, value) => {
            let mut variables = of_pattern(pattern);
            variables.iter_mut().for_each(|v| v.undefined = value.is_none());
            variables
        }
    }
}
