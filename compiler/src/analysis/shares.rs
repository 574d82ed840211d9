//! What do all pieces of a kernel look at that threads might not be able to share?
//!
//! Whether a type is `Sync` only the compiler knows. Its error would be about a closure that the user didn't write, so
//! the generated code asks for the variables themselves, where they are used. It asks only for those of which the text
//! leaves it open: never for numbers, slices of them and the like. Nor for what mentions a type parameter of the
//! function: there the compiler's own error says which bound to add.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Expr, FnArg, Generics, ItemFn, Pat, ReturnType, Type, TypeParamBound};

use crate::lower::accesses::{Accesses, Touch};
use crate::lower::places::{Place, Step, place_of};
use crate::lower::recursion::Recursion;
use crate::lower::variables::{Holds, Variable};

/// The places, each as the user writes it first.
pub(crate) fn analyze(generics: &Generics, variables: &[Variable], found: &Accesses<'_>) -> Vec<TokenStream> {
    let mut shared: Vec<(Place, TokenStream)> = Vec::new();
    for access in &found.list {
        let root = &access.place.root;
        let Some(variable) = variables.iter().rev().find(|v| v.name == *root) else {
            continue;
        };
        let all_read = || {
            let mut overlapping = found.list.iter().filter(|other| other.place.root == *root);
            overlapping.all(|other| matches!(other.touch, Touch::Read))
        };
        if variable.undefined || !is_open(variable, variables, generics) || !all_read() {
            continue;
        }
        let Some((place, tokens)) = syn::parse2(access.at.clone()).ok().as_ref().and_then(captured) else {
            continue;
        };
        if place.root == *root && !shared.iter().any(|(known, _)| known.is_same(&place)) {
            shared.push((place, tokens));
        }
    }
    shared.into_iter().map(|(_, tokens)| tokens).collect()
}

/// What tasks of a method that takes `&self` first look at through `self`, or call the method on, as the user writes it:
/// what they look at later is of the same types, as a rule. `own` are the names that belong to the tasks.
pub(crate) fn of_calls(tasks: &[&Expr], recursion: &Recursion, own: &BTreeSet<String>) -> Option<TokenStream> {
    struct Search<'s> {
        recursion: &'s Recursion,
        own: BTreeSet<String>,
        shared: Option<TokenStream>,
    }

    impl Search<'_> {
        fn add(&mut self, expr: &Expr) {
            if let Some((place, tokens)) = captured(expr)
                && !self.own.contains(&place.root)
            {
                self.shared.get_or_insert(tokens);
            }
        }
    }

    impl<'a> Visit<'a> for Search<'_> {
        fn visit_expr(&mut self, node: &'a Expr) {
            let is_self = place_of(node).is_some_and(|(place, _)| place.root == "self");
            let receiver = self.recursion.call(node).and_then(|call| call.receiver);
            match receiver {
                Some(receiver) => self.add(receiver),
                None if is_self => return self.add(node),
                None => {}
            }
            visit::visit_expr(self, node);
        }

        fn visit_item(&mut self, _: &'a syn::Item) {}
    }

    if recursion.receiver != Some(Holds::Shared) {
        return None;
    }
    let mut search = Search {
        recursion,
        own: with_bound(tasks, own),
        shared: None,
    };
    tasks.iter().for_each(|task| search.visit_expr(task));
    search.shared
}

/// The first type of a shared parameter for which the tasks' calls are handed something that is not their own.
pub(crate) fn of_arguments<'f>(
    tasks: &[&Expr],
    function: &'f ItemFn,
    recursion: &Recursion,
    own: &BTreeSet<String>,
) -> Option<&'f Type> {
    recursion.parameters.as_ref()?;
    let own = with_bound(tasks, own);
    let typed = function.sig.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(typed) => Some(&*typed.ty),
        FnArg::Receiver(_) => None,
    });
    let is_open = |ty: &&Type| {
        let is_shared = matches!(ty, Type::Reference(reference) if reference.mutability.is_none());
        is_shared && !mentions(ty, &function.sig.generics) && is_open_type(ty)
    };
    let open: Vec<_> = typed.enumerate().filter(|(_, ty)| is_open(ty)).collect();
    let calls = tasks.iter().filter_map(|task| recursion.first_call(task));
    let mut handed = calls.flat_map(|call| {
        let skip = usize::from(call.receiver.is_none() && recursion.receiver.is_some());
        open.iter()
            .filter(move |(number, _)| {
                let given = call.arguments.iter().nth(number + skip);
                given.is_some_and(|given| matches!(given, Expr::Path(_) | Expr::Reference(_)))
            })
            .filter_map(move |(number, ty)| {
                let given = match call.arguments.iter().nth(number + skip)? {
                    Expr::Reference(reference) => &reference.expr,
                    given => given,
                };
                captured(given).map(|(place, _)| (place, *ty))
            })
    });
    handed.find(|(place, _)| !own.contains(&place.root)).map(|(_, ty)| ty)
}

/// The names with those that the tasks bind.
pub(crate) fn with_bound(tasks: &[&Expr], own: &BTreeSet<String>) -> BTreeSet<String> {
    struct Bound(BTreeSet<String>);

    impl<'a> Visit<'a> for Bound {
        fn visit_pat_ident(&mut self, node: &'a syn::PatIdent) {
            self.0.insert(node.ident.to_string());
            visit::visit_pat_ident(self, node);
        }
    }

    let mut bound = Bound(own.clone());
    tasks.iter().for_each(|task| bound.visit_expr(task));
    bound.0
}

/// Types in a function's signature that seem to be for one thread only. Whether they are, the compiler says.
#[derive(Debug, Default)]
pub(crate) struct ForOne {
    /// Of parameters, with their names; without one, values of the type are handed on by every call.
    types: Vec<(Option<Ident>, Type)>,
}

impl ForOne {
    /// Those of `function`; of one that is a recursion each call hands the parameters on, and gives the result back.
    pub(crate) fn of(function: &ItemFn, is_recursion: bool) -> ForOne {
        let mut types = Vec::new();
        let generics = &function.sig.generics;
        for input in &function.sig.inputs {
            let FnArg::Typed(typed) = input else { continue };
            let (ty, name) = (
                &*typed.ty,
                match &*typed.pat {
                    Pat::Ident(ident) => Some(ident.ident.clone()),
                    _ => None,
                },
            );
            let is_lent = matches!(ty, Type::Reference(_)) && names(ty, FOR_ONE);
            let is_for_one = is_lent || names(ty, FOR_ONE_AS_VALUES) || has_pointer(ty);
            if is_for_one && !mentions(ty, generics) && (is_recursion || name.is_some()) {
                types.push((name.filter(|_| !is_recursion), ty.clone()));
            }
        }
        if let ReturnType::Type(_, ty) = &function.sig.output
            && is_recursion
            && (names(ty, FOR_ONE_AS_VALUES) || has_pointer(ty))
            && !mentions(ty, generics)
        {
            types.push((None, (**ty).clone()));
        }
        ForOne { types }
    }

    /// Those that matter to closures with these bodies.
    pub(crate) fn types<'t>(&self, mut bodies: impl Iterator<Item = &'t TokenStream> + Clone) -> Vec<&Type> {
        let used = |name: &Ident| bodies.any(|body| any_ident(body.clone(), &|ident| ident == name));
        let mut used = used;
        self.types
            .iter()
            .filter(|(name, _)| name.as_ref().is_none_or(&mut used))
            .map(|(_, ty)| ty)
            .collect()
    }
}

fn names(ty: &Type, known: &[&str]) -> bool {
    any_ident(ty.to_token_stream(), &|ident| known.iter().any(|name| ident == name))
}

fn has_pointer(ty: &Type) -> bool {
    struct Pointers(bool);

    impl<'a> Visit<'a> for Pointers {
        fn visit_type_ptr(&mut self, _: &'a syn::TypePtr) {
            self.0 = true;
        }
    }

    let mut pointers = Pointers(false);
    pointers.visit_type(ty);
    pointers.0
}

fn any_ident(tokens: TokenStream, is: &dyn Fn(&Ident) -> bool) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => is(&ident),
        TokenTree::Group(group) => any_ident(group.stream(), is),
        _ => false,
    })
}

/// What a closure with this expression borrows: the place at its start, up to where it is looked into.
fn captured(expr: &Expr) -> Option<(Place, TokenStream)> {
    match expr {
        Expr::MethodCall(call) => captured(&call.receiver),
        Expr::Index(index) => captured(&index.expr),
        Expr::Paren(paren) => captured(&paren.expr),
        Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Deref(_)) => captured(&unary.expr),
        Expr::Field(field) => {
            let (place, _) = place_of(expr)?;
            if place.depth() > 0 {
                return captured(&field.base);
            }
            // `(*x).y`: a part of what a pointer leads to
            (!place.steps.contains(&Step::Deref)).then(|| (place, expr.to_token_stream()))
        }
        _ => place_of(expr).map(|(place, _)| (place, expr.to_token_stream())),
    }
}

/// True if the text leaves open whether threads may share the variable.
fn is_open(variable: &Variable, variables: &[Variable], generics: &Generics) -> bool {
    match (&variable.ty, &variable.init) {
        _ if variable.name == "self" => true,
        (Some(ty), _) => !mentions(ty, generics) && is_open_type(ty),
        (None, Some(init)) => is_open_value(init, variables, generics),
        (None, None) => false,
    }
}

fn mentions(ty: &Type, generics: &Generics) -> bool {
    let is_parameter = |ident: &Ident| generics.type_params().any(|parameter| parameter.ident == *ident);
    any_ident(ty.to_token_stream(), &is_parameter) || matches!(ty, Type::ImplTrait(_))
}

fn is_open_type(ty: &Type) -> bool {
    match ty {
        Type::Reference(reference) => is_open_type(&reference.elem),
        Type::Paren(paren) => is_open_type(&paren.elem),
        Type::Group(group) => is_open_type(&group.elem),
        Type::Slice(slice) => is_open_type(&slice.elem),
        Type::Array(array) => is_open_type(&array.elem),
        Type::Tuple(tuple) => tuple.elems.iter().any(is_open_type),
        Type::Ptr(_) => true,
        // of functions the compiler's own error is the better one
        Type::TraitObject(object) => !object.bounds.iter().any(|bound| is(bound, "Sync") || is(bound, "Fn")),
        Type::Path(path) if path.qself.is_none() => {
            let Some(last) = path.path.segments.last() else {
                return false;
            };
            let name = last.ident.to_string();
            let arguments = match &last.arguments {
                syn::PathArguments::AngleBracketed(list) => list.args.iter().collect(),
                _ => Vec::new(),
            };
            !SHARED.contains(&name.as_str())
                || arguments
                    .iter()
                    .any(|argument| matches!(argument, syn::GenericArgument::Type(ty) if is_open_type(ty)))
        }
        _ => false,
    }
}

fn is(bound: &TypeParamBound, name: &str) -> bool {
    matches!(bound, TypeParamBound::Trait(bound) if bound.path.segments.last().is_some_and(|s| s.ident == name))
}

/// Types of the standard library that threads may share if they may share what is in them.
const SHARED: &[&str] = &[
    "Arc",
    "AtomicBool",
    "AtomicI32",
    "AtomicI64",
    "AtomicIsize",
    "AtomicU32",
    "AtomicU64",
    "AtomicUsize",
    "BTreeMap",
    "BTreeSet",
    "BinaryHeap",
    "Box",
    "Cow",
    "Duration",
    "HashMap",
    "HashSet",
    "Instant",
    "Mutex",
    "Option",
    "Ordering",
    "OsStr",
    "OsString",
    "Path",
    "PathBuf",
    "PhantomData",
    "Range",
    "RangeInclusive",
    "Regex",
    "Result",
    "RwLock",
    "String",
    "Vec",
    "VecDeque",
    "Wrapping",
    "bool",
    "char",
    "f32",
    "f64",
    "i128",
    "i16",
    "i32",
    "i64",
    "i8",
    "isize",
    "str",
    "u128",
    "u16",
    "u32",
    "u64",
    "u8",
    "usize",
];

/// Types of the standard library that are for one thread.
const FOR_ONE: &[&str] = &[
    "Cell",
    "LazyCell",
    "NonNull",
    "OnceCell",
    "Rc",
    "RefCell",
    "UnsafeCell",
    "Weak",
];

/// Those that are for one thread even when they are given away.
const FOR_ONE_AS_VALUES: &[&str] = &["NonNull", "Rc", "Weak"];

/// True for values of which the text gives the type away as one that may be for one thread.
///
/// Of others the compiler may not know the type yet, and asking for it would be an error of its own.
fn is_open_value(value: &Expr, variables: &[Variable], generics: &Generics) -> bool {
    match value {
        Expr::Paren(paren) => is_open_value(&paren.expr, variables, generics),
        Expr::Reference(reference) => is_open_value(&reference.expr, variables, generics),
        Expr::Cast(cast) => matches!(*cast.ty, Type::Ptr(_)) && !mentions(&cast.ty, generics),
        // `Rc::new(..)`
        Expr::Call(call) => match &*call.func {
            Expr::Path(path) => {
                let segments = &path.path.segments;
                segments.len() >= 2 && FOR_ONE.iter().any(|name| segments[segments.len() - 2].ident == name)
            }
            _ => false,
        },
        Expr::MethodCall(call) if call.method == "clone" => is_open_value(&call.receiver, variables, generics),
        Expr::Path(path) => {
            let name = path.path.get_ident().map(ToString::to_string);
            let known = variables.iter().rev().find(|v| Some(&v.name) == name.as_ref());
            // what is declared by itself, `let x = x;`, is another one
            known.is_some_and(|v| {
                v.ty.as_ref()
                    .is_some_and(|ty| !mentions(ty, generics) && is_open_type(ty))
            })
        }
        _ => false,
    }
}
