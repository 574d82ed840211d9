//! Does a function that all calls are given, a closure as a rule, have the bound that threads ask for?
//!
//! Of most types only rustc knows. Of `impl Fn(f64) -> f64`, `F: Fn()` and `dyn Fn()` the text says everything: nothing
//! but what is written there is known of them, and a closure need not be `Sync`.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{FnArg, Generics, ItemFn, Pat, Token, Type, TypeParamBound, WherePredicate};

use crate::diagnostics::{self, Diagnostics};
use crate::lower::recursion::Recursion;
use crate::lower::uses;
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
            && let Some(missing) = Missing::of(&typed.ty, &function.sig.generics)
        {
            missing.report(&pattern.ident, diagnostics);
        }
    }
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
    fn of(ty: &Type, generics: &Generics) -> Option<Missing> {
        let (inner, is_lent) = match ty {
            Type::Reference(reference) if reference.mutability.is_some() => return None,
            Type::Reference(reference) => (&*reference.elem, true),
            ty => (ty, false),
        };
        let mut functions = Functions { generics, found: None };
        functions.visit_type(inner);
        let Found { at, bounds, is_object } = functions.found?;
        let has = |name: &str| bounds.iter().any(|bound| is(bound, name));
        // what is `Copy` stays where it is, and the calls look at it
        let bound = if is_lent || has("Copy") { "Sync" } else { "Send" };
        let is_complete = has(bound) || !bounds.iter().all(says_nothing_else);
        let missing = Ident::new(bound, proc_macro2::Span::call_site());
        let complete = match is_object && matches!(inner, Type::TraitObject(_)) {
            true => quote!((#at + #missing)),
            false => quote!(#at + #missing),
        };
        (!is_complete).then_some(Missing { at, bound, complete })
    }

    fn report(self, name: &Ident, diagnostics: &mut Diagnostics) {
        let Missing { at, bound, complete } = self;
        let (headline, note) = match bound {
            "Sync" => (
                format!("nothing says that threads may share `{name}`"),
                format!("calls that run at the same time are given the same `{name}`: it has to be `Sync`"),
            ),
            _ => (
                format!("nothing says that `{name}` may go to another thread"),
                format!("a call that runs on another thread takes `{name}` with it: it has to be `Send`"),
            ),
        };
        diagnostics
            .report(diagnostics::MISSING_BOUND, &at, headline)
            .note(note)
            .help(format!("add the bound: `{}`", print_short(&complete, 80)));
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
        let Some(parameter) = self.generics.type_params().find(|known| known.ident == *name) else {
            return;
        };
        let mut bounds = parameter.bounds.clone();
        let mut at = parameter.to_token_stream();
        let clauses = self.generics.where_clause.iter().flat_map(|clause| &clause.predicates);
        for clause in clauses {
            if let WherePredicate::Type(clause) = clause
                && matches!(&clause.bounded_ty, Type::Path(path) if path.path.is_ident(name))
            {
                bounds.extend(clause.bounds.iter().cloned());
                at = clause.to_token_stream();
            }
        }
        self.take(at, bounds, false);
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
