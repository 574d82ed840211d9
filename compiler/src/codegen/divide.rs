//! `#[par_divide]`: the function, its sequential twin, and a version whose independent calls are joined.
//!
//! A free function gets both inside itself, so that nothing new is seen outside. A method can't: its twin is its own body
//! again, chosen by what the runtime says about the calls around it.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, FnArg, GenericParam, ItemFn, Lifetime, Pat, ReturnType, Signature, Type, parse_quote};

use crate::analysis::bounds;
use crate::analysis::effects;
use crate::analysis::independence::Names;
use crate::analysis::locks::{self, Region};
use crate::attribute::Attribute;
use crate::codegen::joins::{Joins, Loops, type_of_parameter};
use crate::codegen::{region, twin};
use crate::diagnostics::{self, Diagnostics};
use crate::explain;
use crate::fallback::StripMarkers;
use crate::lower::collectors::Collector;
use crate::lower::recursion::{Form, Recursion};
use crate::lower::{accesses, generators, ignored, lists, shadows, sizes, variables};
use crate::names::{self, FreeNames};
use crate::options::Options;
use crate::plan::refusals;

/// Rewrites the function, or reports why not.
pub(crate) fn function(mut function: ItemFn, options: &Options, diagnostics: &mut Diagnostics) -> Option<TokenStream> {
    let runtime = names::runtime(options);
    let mut original = function.clone();
    StripMarkers.visit_item_fn_mut(&mut original);
    shadows::normalise(&mut function, Attribute::Divide);
    lists::expand(&mut function, |element| {
        !matches!(element, Expr::Lit(_) | Expr::Path(_))
    });
    let name = function.sig.ident.to_string();
    lists::open_formats(&mut function, &name);
    ignored::normalise(&mut function);
    let Some(recursion) = Recursion::of(&function) else {
        refusals::no_recursion(&function, diagnostics);
        return None;
    };
    let variables = Names::of(&function, &recursion);
    let found = accesses::of_block(&function.block, &variables);
    effects::check(&found.effects, Region::Calls, options, diagnostics);
    bounds::check(&function, &recursion, diagnostics);
    let is_region = |expr: &Expr| recursion.call(expr).is_some();
    locks::check(&function, Region::Calls, &is_region, options, diagnostics);
    let collectors = Collector::of(&function, &recursion, &runtime);
    let size = size(&function, &collectors, options, diagnostics);
    let known = diagnostics.names().len();
    privates(&function, options, diagnostics);
    if diagnostics.names().len() > known {
        return None; // whether calls share anything can't be told
    }

    let mut free = FreeNames::new(&function);
    generators::normalise(&mut function, &recursion, &variables, &mut free);
    let site = free.free("SITE");
    let loops = Loops::of(&function, &recursion, &variables, options, runtime.clone());
    let mut joins = Joins::new(&function, &recursion, &variables, loops, &mut free);
    let mut body = (*function.block).clone();
    joins.block(&mut body);
    StripMarkers.visit_block_mut(&mut body);
    if joins.joined == 0 {
        let (failures, obstacles) = (
            std::mem::take(&mut joins.failures),
            std::mem::take(&mut joins.loops.obstacles),
        );
        refusals::report(
            &function,
            &recursion,
            &variables,
            &failures,
            obstacles,
            &options.private,
            diagnostics,
        );
        return None;
    }
    diagnostics.gate()?; // what it means
    let mut explained = std::mem::take(&mut joins.explained);
    explained.extend(
        collectors
            .iter()
            .map(|collector| explain::of_collector(&collector.name)),
    );
    explained.extend(options.private.iter().map(explain::of_private));
    let (forks, fork) = (joins.forks().clone(), joins.fork().cloned());
    let mut documented = original.clone();
    if options.explain {
        explain::document(&mut documented, Attribute::Divide, options, &explained);
    }
    let parts = Parts {
        original: &documented,
        recursion: &recursion,
        body,
        forks,
        fork,
        site,
        size,
        runtime,
    };
    let function = match recursion.form {
        Form::Free => parts.beside(options, &mut free),
        Form::InPlace => parts.in_place(options, &recursion, &mut free),
    };
    let twin = twin::twin(original, Some(&recursion), options);
    Some(quote!(#function #twin))
}

/// What a threshold is compared with; without one, what the cutoff is learned for.
fn size(
    function: &ItemFn,
    collectors: &[Collector],
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<TokenStream> {
    if let Some(size) = &options.size {
        return Some(size.to_token_stream());
    }
    let mut sized = function.clone();
    let is_beside = |input: &FnArg| {
        let mut bound = variables::of_parameter(input).into_iter();
        bound.any(|variable| {
            let is_private = options.private.iter().any(|name| *name == variable.name);
            is_private || collectors.iter().any(|collector| collector.name == variable.name)
        })
    };
    sized.sig.inputs = sized.sig.inputs.into_iter().filter(|input| !is_beside(input)).collect();
    let size = sizes::default_size(&sized);
    if let (None, Some(threshold)) = (&size, &options.threshold) {
        diagnostics
            .report(diagnostics::NO_SIZE, threshold, format!("`{}` has no size to compare with", function.sig.ident))
            .note("the size is the length of the first slice, `Vec`, string or range among the parameters, else the first integer")
            .help("name it: `size = EXPR`, over the parameters, or leave the threshold out: the cutoff is then found at run time");
    }
    size
}

/// Reports private variables that are no parameters.
fn privates(function: &ItemFn, options: &Options, diagnostics: &mut Diagnostics) {
    for name in &options.private {
        if type_of_parameter(function, name).is_none() {
            diagnostics
                .report(
                    diagnostics::BAD_VALUE,
                    name,
                    format!("`{}` has no parameter `{name}`", function.sig.ident),
                )
                .help("`private(VARIABLE)` names a parameter of which each child gets a clone of its own");
        }
    }
}

/// Hands the watch on to the recursive calls. Those that it doesn't see, in a macro or by name alone, run the twin.
struct Watched<'r> {
    recursion: &'r Recursion,
    watch: &'r Ident,
    /// The watched version's name.
    name: &'r Ident,
}

impl VisitMut for Watched<'_> {
    fn visit_expr_call_mut(&mut self, node: &mut syn::ExprCall) {
        visit_mut::visit_expr_call_mut(self, node);
        if let Expr::Path(path) = &mut *node.func
            && path.path.segments.len() == 1
            && self.recursion.is_path(path)
        {
            let (watch, name) = (self.watch, self.name);
            let callee = &mut path.path.segments[0].ident;
            *callee = Ident::new(&name.to_string(), name.span().located_at(callee.span()));
            node.args.insert(0, parse_quote!(#watch));
        }
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

/// The parts of the output.
struct Parts<'f> {
    original: &'f ItemFn,
    recursion: &'f Recursion,
    body: syn::Block,
    forks: Ident,
    fork: Option<Ident>,
    site: Ident,
    size: Option<TokenStream>,
    runtime: TokenStream,
}

impl Parts<'_> {
    fn at(&self) -> Span {
        Span::mixed_site().located_at(self.original.sig.ident.span())
    }

    /// What the forking version begins with: where the twin or the watched version is to run, it does.
    fn cutoff(&self, options: &Options, watch: &Ident, twin: &TokenStream, watched: &TokenStream) -> TokenStream {
        let (forks, runtime, at) = (&self.forks, &self.runtime, self.at());
        if let (Some(threshold), Some(size)) = (&options.threshold, &self.size) {
            return quote_spanned!(at=> if #forks.is_below(#size, #threshold) { return #twin; });
        }
        let cutoff = match &self.size {
            Some(size) => quote_spanned!(at=> #forks.at(#size)),
            None => quote_spanned!(at=> #forks.cutoff()),
        };
        quote_spanned! {at=>
            let #forks = match #cutoff {
                #runtime::Cutoff::Fork(#forks) => #forks,
                #runtime::Cutoff::Leaf(leaf) => return leaf.run(|| #twin),
                #runtime::Cutoff::Watch(#watch) => return #watched,
                #runtime::Cutoff::Guard(#watch) => return #watched,
            };
        }
    }

    /// Twin and forking function inside the user's.
    fn beside(&self, options: &Options, free: &mut FreeNames) -> TokenStream {
        let (original, body, forks, runtime, site, at) = (
            self.original,
            &self.body,
            &self.forks,
            &self.runtime,
            &self.site,
            self.at(),
        );
        let fork = self.fork.as_ref().expect("a free function has one");
        let (attributes, visibility, block) = (&original.attrs, &original.vis, &original.block);
        let name = &original.sig.ident;
        let turbofish = turbofish(&original.sig);

        let mut outer = original.sig.clone();
        let mut given = Vec::new();
        for input in &mut outer.inputs {
            given.extend(forward(input, free));
        }
        let twin = &original.sig;
        let mut inner = original.sig.clone();
        name_elided_lifetime(&mut inner);
        inner.ident = fork.clone();
        let mut lets = TokenStream::new();
        let mut passed = Vec::new();
        for input in &mut inner.inputs {
            let pattern = match input {
                FnArg::Typed(typed) => typed.pat.clone(),
                FnArg::Receiver(_) => continue,
            };
            let mut forwarded = input.clone();
            passed.extend(forward(&mut forwarded, free));
            if let FnArg::Typed(typed) = &mut forwarded
                && !is_forwardable(&pattern)
            {
                typed.attrs.clear();
                let value = passed.last();
                lets.extend(quote_spanned!(at=> let #pattern = #value;));
                *input = forwarded;
            }
        }
        let watch = [free.free("watch"), free.free("watched")];
        let watched = self.watched(options, &inner, &watch, (&lets, &passed));
        let [watch, watched_name] = &watch;
        inner.inputs.insert(0, parse_quote!(#forks: #runtime::Forks<'_>));
        let region = region::region(&self.site, options, runtime);
        let cutoff = self.cutoff(
            options,
            watch,
            &quote_spanned!(at=> #name #turbofish(#(#passed),*)),
            &quote_spanned!(at=> #watched_name #turbofish(#watch, #(#passed),*)),
        );
        let run = quote_spanned!(at=> |#forks| #fork #turbofish(#forks, #(#given),*));
        let enter = match (&options.threshold, &self.size) {
            (None, Some(size)) => quote_spanned!(at=> #runtime::Forks::enter_sized(#region, #size, #run)),
            _ => quote_spanned!(at=> #runtime::Forks::enter(#region, #run)),
        };
        let site = region::site(site, &name.to_string(), at, runtime);
        let statements = &body.stmts;
        quote_spanned! {at=>
            #(#attributes)*
            #visibility #outer {
                #site
                #[inline(never)]
                #twin #block
                #watched
                #inner {
                    #cutoff
                    #lets
                    #(#statements)*
                }
                #enter
            }
        }
    }

    /// The function as it was written, but watched: every call may turn out to be worth a fork.
    fn watched(
        &self,
        options: &Options,
        inner: &Signature,
        [watch, name]: &[Ident; 2],
        (lets, passed): (&TokenStream, &[Expr]),
    ) -> Option<TokenStream> {
        if options.threshold.is_some() {
            return None;
        }
        let (original, runtime, at) = (self.original, &self.runtime, self.at());
        let fork = self.fork.as_ref().expect("a free function has one");
        let turbofish = turbofish(&original.sig);
        let forks = &self.forks;
        let mut signature = inner.clone();
        signature.ident = name.clone();
        let lifetime = Lifetime::new(&format!("'{watch}"), Span::mixed_site());
        signature.generics.params.insert(0, parse_quote!(#lifetime));
        signature
            .inputs
            .insert(0, parse_quote!(#watch: impl #runtime::Watches<#lifetime>));
        let mut block = (*original.block).clone();
        Watched {
            recursion: self.recursion,
            watch,
            name,
        }
        .visit_block_mut(&mut block);
        let statements = &block.stmts;
        // inlined into the closures of its own body it would hand the watch on through memory
        Some(quote_spanned! {at=>
            #[inline(never)]
            #signature {
                let #watch = match #runtime::Watches::tick(#watch) {
                    ::core::result::Result::Ok(#watch) => #watch,
                    ::core::result::Result::Err(#forks) => return #fork #turbofish(#forks, #(#passed),*),
                };
                #lets
                #(#statements)*
            }
        })
    }

    /// Twin and forking version as the two branches of the user's body.
    fn in_place(&self, options: &Options, recursion: &Recursion, free: &mut FreeNames) -> TokenStream {
        let (original, body, forks, runtime, at) = (self.original, &self.body, &self.forks, &self.runtime, self.at());
        let (visibility, block) = (&original.vis, &original.block);
        let attributes = original.attrs.iter().filter(|a| !a.path().is_ident("inline"));
        let name = &original.sig.ident;
        let mut signature = original.sig.clone();
        let mut lets = TokenStream::new();
        let mut given = Vec::new();
        for input in &mut signature.inputs {
            let FnArg::Typed(typed) = &*input else { continue };
            let pattern = typed.pat.clone();
            if is_forwardable(&pattern) {
                given.extend(forward(&mut input.clone(), free));
            } else {
                let value = forward(input, free);
                lets.extend(quote_spanned!(at=> let #pattern = #value;));
                given.extend(value);
            }
        }
        let turbofish = turbofish(&original.sig);
        let twin = match (recursion.receiver, &recursion.path) {
            (Some(_), _) => {
                // the receiver is the user's own token: a generated `self` would not be it
                let receiver = original.sig.receiver().map(|receiver| receiver.self_token);
                quote_spanned!(at=> #receiver.#name #turbofish(#(#given),*))
            }
            (None, Some(path)) => quote_spanned!(at=> #path #turbofish(#(#given),*)),
            (None, None) => quote_spanned!(at=> #name #turbofish(#(#given),*)),
        };
        let is_leaf = match (&options.threshold, &self.size) {
            (Some(threshold), Some(size)) => quote_spanned!(at=> #forks.is_below(#size, #threshold)),
            _ => quote_spanned!(at=> #forks.is_leaf()),
        };
        let site = region::site(&self.site, &name.to_string(), at, runtime);
        let region = region::region(&self.site, options, runtime);
        let ambient = free.free("ambient");
        let (twin_body, statements) = (&block.stmts, &body.stmts);
        let output = match &original.sig.output {
            ReturnType::Default => quote_spanned!(at=> -> ()),
            output => output.to_token_stream(),
        };
        // inlined into the closures of its own body, the twin would call itself through them
        quote_spanned! {at=>
            #(#attributes)*
            #[inline(never)]
            #visibility #signature {
                if #runtime::in_twin() {
                    #lets
                    #(#twin_body)*
                } else {
                    // in a frame of its own, so that the twin's are those of the original
                    #runtime::apart(move || #output {
                        #site
                        let #ambient = #runtime::Forks::mutual(#region);
                        let #forks = #ambient.forks();
                        if #is_leaf {
                            return #ambient.twin(|| #twin);
                        }
                        #lets
                        #(#statements)*
                    })
                }
            }
        }
    }
}

/// The function's type and constant parameters, for a call of a function that has the same.
fn turbofish(signature: &Signature) -> TokenStream {
    let names: Vec<_> = signature
        .generics
        .params
        .iter()
        .filter_map(|parameter| match parameter {
            GenericParam::Type(ty) => Some(&ty.ident),
            GenericParam::Const(constant) => Some(&constant.ident),
            _ => None,
        })
        .collect();
    if names.is_empty() {
        TokenStream::new()
    } else {
        quote!(::<#(#names),*>)
    }
}

/// True if what the pattern binds makes up the argument again.
fn is_forwardable(pattern: &Pat) -> bool {
    match pattern {
        Pat::Ident(ident) => ident.by_ref.is_none() && ident.subpat.is_none(),
        Pat::Tuple(tuple) => tuple.elems.iter().all(is_forwardable),
        Pat::Paren(paren) => is_forwardable(&paren.pat),
        _ => false,
    }
}

/// The expression that passes a parameter on; a pattern that can't be turned round becomes a name.
fn forward(input: &mut FnArg, free: &mut FreeNames) -> Option<Expr> {
    let FnArg::Typed(typed) = input else { return None };
    if !is_forwardable(&typed.pat) {
        let name = free.free("argument");
        *typed.pat = parse_quote!(#name);
        return Some(parse_quote!(#name));
    }
    StripMut.visit_pat_mut(&mut typed.pat);
    Some(again(&typed.pat))
}

fn again(pattern: &Pat) -> Expr {
    match pattern {
        Pat::Ident(ident) => {
            let name = &ident.ident;
            parse_quote!(#name)
        }
        Pat::Paren(paren) => again(&paren.pat),
        Pat::Tuple(tuple) => {
            let elements = tuple.elems.iter().map(again);
            parse_quote!((#(#elements,)*))
        }
        _ => unreachable!("the pattern is forwardable"),
    }
}

struct StripMut;

impl VisitMut for StripMut {
    fn visit_pat_ident_mut(&mut self, node: &mut syn::PatIdent) {
        node.mutability = None;
    }
}

/// A lifetime that the result takes from the only reference among the parameters is named: one parameter more would
/// make it ambiguous.
fn name_elided_lifetime(signature: &mut Signature) {
    struct Elided<'n> {
        name: &'n Lifetime,
        found: bool,
        replaces: bool,
    }
    impl VisitMut for Elided<'_> {
        fn visit_type_reference_mut(&mut self, node: &mut syn::TypeReference) {
            if node.lifetime.is_none() {
                self.found = true;
                node.lifetime = self.replaces.then(|| self.name.clone());
            }
            visit_mut::visit_type_reference_mut(self, node);
        }

        fn visit_lifetime_mut(&mut self, node: &mut Lifetime) {
            if node.ident == "_" {
                self.found = true;
                if self.replaces {
                    *node = self.name.clone();
                }
            }
        }

        // `Fn(&T) -> &U` has lifetimes of its own
        fn visit_parenthesized_generic_arguments_mut(&mut self, _: &mut syn::ParenthesizedGenericArguments) {}

        fn visit_type_fn_ptr_mut(&mut self, _: &mut syn::TypeFnPtr) {}
    }
    let ReturnType::Type(_, output) = &mut signature.output else {
        return;
    };
    let fresh = Lifetime::new("'input", Span::mixed_site());
    let mut search = Elided {
        name: &fresh,
        found: false,
        replaces: false,
    };
    search.visit_type_mut(output);
    if !search.found {
        return;
    }
    let named = signature.inputs.iter().find_map(|input| match input {
        FnArg::Typed(typed) => first_lifetime(&typed.ty),
        FnArg::Receiver(_) => None,
    });
    let name = named.clone().unwrap_or_else(|| fresh.clone());
    let mut replace = Elided {
        name: &name,
        found: false,
        replaces: true,
    };
    replace.visit_type_mut(output);
    if named.is_none() {
        for input in &mut signature.inputs {
            if let FnArg::Typed(typed) = input {
                replace.visit_type_mut(&mut typed.ty);
            }
        }
        signature.generics.params.insert(0, parse_quote!(#fresh));
    }
}

fn first_lifetime(ty: &Type) -> Option<Lifetime> {
    struct First(Option<Lifetime>);
    impl<'a> syn::visit::Visit<'a> for First {
        fn visit_lifetime(&mut self, node: &'a Lifetime) {
            if self.0.is_none() && node.ident != "_" {
                self.0 = Some(node.clone());
            }
        }
    }
    let mut first = First(None);
    syn::visit::Visit::visit_type(&mut first, ty);
    first.0
}
