//! Does what all calls or pieces are given have the bound that threads ask for?
//!
//! Of most types only rustc knows. Of `impl Fn(f64) -> f64`, `F: Fn()` and `dyn Fn()` the text says everything: nothing
//! but what is written there is known of them, and a closure need not be `Sync`. The same of the type parameters of the
//! function, if all of their bounds are traits of which it is known that they ask for no other one.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{
    Expr, ExprMethodCall, FnArg, GenericArgument, Generics, ItemFn, Pat, PathArguments, Token, Type, TypeParamBound,
    WherePredicate,
};

use crate::diagnostics::{self, Diagnostics};
use crate::lower::chains::Chain;
use crate::lower::kernels::Kernel;
use crate::lower::recursion::Recursion;
use crate::lower::uses;
use crate::lower::variables::Variable;
use crate::print::print_short;

/// The bounds of a type, as they are written.
type Bounds = Punctuated<TypeParamBound, Token![+]>;

/// Reports parameters that the calls are handed and that threads may not share, or that may not go to another one.
pub(crate) fn check(function: &ItemFn, recursion: &Recursion, diagnostics: &mut Diagnostics) {
    let (calls, _) = recursion.calls(&function.block);
    let handed = |name: &Ident| {
        let mut arguments = calls.iter().flat_map(|call| call.arguments);
        arguments.any(|argument| uses::uses(argument, &name.to_string()))
    };
    for input in &function.sig.inputs {
        if let FnArg::Typed(typed) = input
            && let Pat::Ident(pattern) = &*typed.pat
            && handed(&pattern.ident)
            && let Some(missing) = Missing::of(&typed.ty, &function.sig.generics, false)
        {
            missing.report(&pattern.ident, false, diagnostics);
        }
    }
}

/// Reports parameters that the pieces of a loop look at, and that threads may not share.
pub(crate) fn check_loop(function: &ItemFn, kernel: &Kernel<'_>, diagnostics: &mut Diagnostics) {
    let mut looks = Looks::default();
    looks.header(&kernel.node.expr);
    looks.visit_block(&kernel.node.body);
    looks.check(function, &kernel.variables, diagnostics);
}

/// The same of a chain.
pub(crate) fn check_chain(function: &ItemFn, chain: &Chain<'_>, diagnostics: &mut Diagnostics) {
    let mut looks = Looks::default();
    looks.call(chain.node);
    looks.check(function, &chain.variables, diagnostics);
}

/// What pieces look at: the names in a body, and in a header those of what is run over, not of how long that is.
#[derive(Default)]
struct Looks {
    names: BTreeSet<String>,
    /// Those that are declared inside.
    own: BTreeSet<String>,
}

impl Looks {
    fn header(&mut self, expr: &Expr) {
        match expr {
            Expr::MethodCall(call) => self.call(call),
            Expr::Reference(reference) => self.header(&reference.expr),
            Expr::Paren(paren) => self.header(&paren.expr),
            Expr::Index(index) => self.header(&index.expr),
            Expr::Path(_) | Expr::Closure(_) => self.visit_expr(expr),
            _ => {}
        }
    }

    fn call(&mut self, call: &ExprMethodCall) {
        if call.method == "len" && call.args.is_empty() {
            return;
        }
        self.header(&call.receiver);
        call.args.iter().for_each(|argument| self.header(argument));
    }

    fn check(self, function: &ItemFn, variables: &[Variable], diagnostics: &mut Diagnostics) {
        let generics = &function.sig.generics;
        let mut reported = BTreeSet::new();
        for input in &function.sig.inputs {
            let FnArg::Typed(typed) = input else { continue };
            let Pat::Ident(pattern) = &*typed.pat else { continue };
            let name = pattern.ident.to_string();
            let is_another = || variables.iter().filter(|variable| variable.name == name).count() > 1;
            if !self.names.contains(&name) || self.own.contains(&name) || is_another() {
                continue;
            }
            match Missing::of(&typed.ty, generics, true) {
                Some(missing) => missing.report(&pattern.ident, true, diagnostics),
                None => {
                    for (parameter, missing) in unshared(&typed.ty, generics) {
                        if reported.insert(parameter.to_string()) {
                            missing.report_type(&parameter, &pattern.ident, diagnostics);
                        }
                    }
                }
            }
        }
    }
}

impl<'a> Visit<'a> for Looks {
    fn visit_expr_path(&mut self, node: &'a syn::ExprPath) {
        self.names.extend(node.path.get_ident().map(ToString::to_string));
    }

    fn visit_pat_ident(&mut self, node: &'a syn::PatIdent) {
        self.own.insert(node.ident.to_string());
        visit::visit_pat_ident(self, node);
    }

    fn visit_item(&mut self, _: &'a syn::Item) {}
}

/// The type parameters that are behind a shared reference of this type, of which nothing says that they are `Sync`.
fn unshared(ty: &Type, generics: &Generics) -> Vec<(Ident, Missing)> {
    let Type::Reference(reference) = ty else {
        return Vec::new();
    };
    let is_held =
        |parameter: &&syn::TypeParam| reference.mutability.is_none() && holds(&reference.elem, &parameter.ident);
    let missing = |parameter: &syn::TypeParam| {
        let (bounds, at, is_empty) = bounds_of(parameter, generics);
        let is_known = bounds
            .iter()
            .all(|bound| asks_for_no_other(bound) && !is(bound, "Sync"));
        let sync = Ident::new("Sync", proc_macro2::Span::call_site());
        let complete = match is_empty {
            true => quote!(#at: #sync),
            false => quote!(#at + #sync),
        };
        let missing = Missing {
            at,
            bound: "Sync",
            complete,
        };
        is_known.then(|| (parameter.ident.clone(), missing))
    };
    generics.type_params().filter(is_held).filter_map(missing).collect()
}

/// All bounds of a parameter, where they are written, and whether there are none.
fn bounds_of(parameter: &syn::TypeParam, generics: &Generics) -> (Bounds, TokenStream, bool) {
    let mut bounds = parameter.bounds.clone();
    let (name, own) = (&parameter.ident, &parameter.bounds);
    let mut at = match own.is_empty() {
        true => name.to_token_stream(),
        false => quote!(#name: #own),
    };
    let clauses = generics.where_clause.iter().flat_map(|clause| &clause.predicates);
    for clause in clauses {
        if let WherePredicate::Type(clause) = clause
            && matches!(&clause.bounded_ty, Type::Path(path) if path.path.is_ident(name))
        {
            bounds.extend(clause.bounds.iter().cloned());
            at = clause.to_token_stream();
        }
    }
    let is_empty = bounds.is_empty();
    (bounds, at, is_empty)
}

/// True if threads that share a value of the type share values of the parameter.
fn holds(ty: &Type, parameter: &Ident) -> bool {
    match ty {
        Type::Slice(slice) => holds(&slice.elem, parameter),
        Type::Array(array) => holds(&array.elem, parameter),
        Type::Paren(paren) => holds(&paren.elem, parameter),
        Type::Tuple(tuple) => tuple.elems.iter().any(|ty| holds(ty, parameter)),
        Type::Reference(reference) => holds(&reference.elem, parameter),
        Type::Path(path) if path.qself.is_none() => {
            let Some(last) = path.path.segments.last() else {
                return false;
            };
            let is_container = ["Box", "Option", "Vec", "VecDeque"]
                .iter()
                .any(|name| last.ident == name);
            let holds_one =
                |argument: &GenericArgument| matches!(argument, GenericArgument::Type(ty) if holds(ty, parameter));
            match &last.arguments {
                PathArguments::None => path.path.is_ident(parameter),
                PathArguments::AngleBracketed(types) => is_container && types.args.iter().any(holds_one),
                PathArguments::Parenthesized(_) => false,
            }
        }
        _ => false,
    }
}

/// True for bounds that don't ask for `Sync`, as a trait of the user's may.
fn asks_for_no_other(bound: &TypeParamBound) -> bool {
    let known = [
        "Add",
        "AddAssign",
        "AsRef",
        "Borrow",
        "Clone",
        "Copy",
        "Debug",
        "Default",
        "Display",
        "Div",
        "DivAssign",
        "Eq",
        "From",
        "Hash",
        "Into",
        "Mul",
        "MulAssign",
        "Neg",
        "Ord",
        "PartialEq",
        "PartialOrd",
        "Product",
        "Rem",
        "Send",
        "Sized",
        "Sub",
        "SubAssign",
        "Sum",
        "ToString",
        "TryFrom",
        "TryInto",
    ];
    matches!(bound, TypeParamBound::Lifetime(_)) || known.iter().any(|name| is(bound, name))
}

/// Bounds that lack one.
struct Missing {
    /// Where they are written.
    at: TokenStream,
    /// The one that they lack.
    bound: &'static str,
    /// How they are written with it.
    complete: TokenStream,
}

impl Missing {
    /// The one that `ty` lacks, where calls are given a value, or where pieces look at it.
    fn of(ty: &Type, generics: &Generics, is_looked_at: bool) -> Option<Missing> {
        let (inner, is_lent) = match ty {
            Type::Reference(reference) if reference.mutability.is_some() => return None,
            Type::Reference(reference) => (&*reference.elem, true),
            ty => (ty, false),
        };
        let mut functions = Functions { generics, found: None };
        functions.visit_type(inner);
        let Found { at, bounds, is_object } = functions.found?;
        let has = |name: &str| bounds.iter().any(|bound| is(bound, name));
        // that calls of these change something is said elsewhere
        if is_looked_at && (has("FnMut") || has("FnOnce")) {
            return None;
        }
        // what is `Copy` stays where it is, and the calls look at it
        let bound = if is_lent || is_looked_at || has("Copy") {
            "Sync"
        } else {
            "Send"
        };
        let is_complete = has(bound) || !bounds.iter().all(says_nothing_else);
        let missing = Ident::new(bound, proc_macro2::Span::call_site());
        let complete = match is_object && matches!(inner, Type::TraitObject(_)) {
            true => quote!((#at + #missing)),
            false => quote!(#at + #missing),
        };
        (!is_complete).then_some(Missing { at, bound, complete })
    }

    fn report_type(self, parameter: &Ident, name: &Ident, diagnostics: &mut Diagnostics) {
        let Missing { at, complete, .. } = self;
        diagnostics
            .report(
                diagnostics::MISSING_BOUND,
                &at,
                format!("nothing says that threads may share values of type `{parameter}`"),
            )
            .note(format!(
                "pieces that run at the same time look at the same `{name}`: `{parameter}` has to be `Sync`"
            ))
            .help(format!("add the bound: `{}`", bounds_as_written(&complete)));
    }

    fn report(self, name: &Ident, is_looked_at: bool, diagnostics: &mut Diagnostics) {
        let Missing { at, bound, complete } = self;
        let (headline, note) = match bound {
            "Sync" => (
                format!("nothing says that threads may share `{name}`"),
                match is_looked_at {
                    true => format!("pieces that run at the same time look at the same `{name}`: it has to be `Sync`"),
                    false => {
                        format!("calls that run at the same time are given the same `{name}`: it has to be `Sync`")
                    }
                },
            ),
            _ => (
                format!("nothing says that `{name}` may go to another thread"),
                format!("a call that runs on another thread takes `{name}` with it: it has to be `Send`"),
            ),
        };
        diagnostics
            .report(diagnostics::MISSING_BOUND, &at, headline)
            .note(note)
            .help(format!("add the bound: `{}`", bounds_as_written(&complete)));
    }
}

/// The first bounds of a function in a type.
struct Functions<'g> {
    generics: &'g Generics,
    found: Option<Found>,
}

struct Found {
    at: TokenStream,
    bounds: Bounds,
    is_object: bool,
}

impl Functions<'_> {
    fn take(&mut self, at: TokenStream, bounds: Bounds, is_object: bool) {
        let is_function = ["Fn", "FnMut", "FnOnce"]
            .iter()
            .any(|name| bounds.iter().any(|bound| is(bound, name)));
        if is_function && self.found.is_none() {
            self.found = Some(Found { at, bounds, is_object });
        }
    }

    /// The type parameter with all its bounds; shown are those that say that it is a function.
    fn parameter(&mut self, name: &Ident) {
        if let Some(parameter) = self.generics.type_params().find(|known| known.ident == *name) {
            let (bounds, at, _) = bounds_of(parameter, self.generics);
            self.take(at, bounds, false);
        }
    }
}

impl<'a> Visit<'a> for Functions<'_> {
    fn visit_type(&mut self, node: &'a Type) {
        match node {
            Type::ImplTrait(node) => self.take(node.to_token_stream(), node.bounds.clone(), false),
            Type::TraitObject(node) => self.take(node.to_token_stream(), node.bounds.clone(), true),
            Type::Path(path) => {
                if let Some(name) = path.path.get_ident() {
                    self.parameter(name);
                }
                visit::visit_type(self, node);
            }
            Type::FnPtr(_) => {}
            node => visit::visit_type(self, node),
        }
    }
}

fn is(bound: &TypeParamBound, name: &str) -> bool {
    matches!(bound, TypeParamBound::Trait(bound) if bound.path.segments.last().is_some_and(|s| s.ident == name))
}

/// True for bounds that don't imply others, as a trait of the user's may.
fn says_nothing_else(bound: &TypeParamBound) -> bool {
    let known = ["Clone", "Copy", "Fn", "FnMut", "FnOnce", "Send", "Sized", "Sync"];
    matches!(bound, TypeParamBound::Lifetime(_)) || known.iter().any(|name| is(bound, name))
}

/// Bounds on one line: nothing is compared in there, so an angle bracket belongs to the name before it.
fn bounds_as_written(bounds: &TokenStream) -> String {
    let text = print_short(bounds, 80).replace(" < ", "<").replace(" > +", "> + ");
    text.replace(" >", ">").replace("+  ", "+ ")
}
