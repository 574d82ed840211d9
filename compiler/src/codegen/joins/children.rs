//! Loops over children: the loop as a leaf of joins of its halves, planned as any other accumulating loop.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprForLoop, FnArg, Ident, ItemFn, Pat, Type};

use super::{Joins, visit_expr};
use crate::analysis::independence::Names;
use crate::analysis::shares;
use crate::codegen::reduce::{self, Driver};
use crate::codegen::{chains, region};
use crate::diagnostics::Diagnostics;
use crate::lower::NodeId;
use crate::lower::accesses::{self, Touch};
use crate::lower::arrays::Arrays;
use crate::lower::bindings::bindings;
use crate::lower::gathered::{self, Gathered};
use crate::lower::kernels::{self, Kernel};
use crate::lower::listing::Listing;
use crate::lower::places::Place;
use crate::lower::recursion::Recursion;
use crate::lower::variables::{Holds, Variable};
use crate::names::respanned;
use crate::options::Options;
use crate::plan::loops;
use crate::plan::refusals::shared_receiver;

/// The loops of a function whose iterations call it.
pub(crate) struct Loops<'o> {
    pub(super) function: ItemFn,
    pub(super) options: &'o Options,
    pub(super) runtime: TokenStream,
    /// The function's arrays.
    pub(super) arrays: Arrays,
    /// The variables that each loop sees, by its text.
    variables: BTreeMap<String, Vec<Variable>>,
    /// What stands in the way of the first loop that stays as it is.
    pub(crate) obstacles: Diagnostics,
}

impl<'o> Loops<'o> {
    /// The loops of `function`.
    pub(crate) fn of(
        function: &ItemFn,
        recursion: &Recursion,
        names: &Names,
        options: &'o Options,
        runtime: TokenStream,
    ) -> Self {
        if recursion.is_mark {
            return Loops {
                function: function.clone(),
                options,
                runtime,
                arrays: Arrays::of(function),
                variables: BTreeMap::new(),
                obstacles: Diagnostics::new(),
            };
        }
        let kernels = kernels::find(function, &mut Diagnostics::new()).kernels;
        let mut variables = BTreeMap::new();
        for kernel in kernels {
            let (calls, values) = recursion.calls(&kernel.node.body);
            if calls.len() + values > 0 {
                let mut seen = kernel.variables;
                for variable in &mut seen {
                    if names.is_lent(&variable.name) {
                        variable.holds = Holds::Mutable;
                    }
                }
                variables.insert(text(kernel.node), seen);
            }
        }
        Loops {
            function: function.clone(),
            options,
            runtime,
            arrays: Arrays::of(function),
            variables,
            obstacles: Diagnostics::new(),
        }
    }

    /// What a leaf declares for the variables of which each child has a clone of its own.
    fn privates(&self) -> TokenStream {
        let own = self
            .options
            .private
            .iter()
            .map(|name| own(&self.function, name, &self.runtime));
        own.collect()
    }

    /// The private parameters that are `&mut`.
    pub(super) fn shared_privates(&self) -> Vec<Ident> {
        let is_reference = |name: &&Ident| matches!(type_of_parameter(&self.function, name), Some(Type::Reference(reference)) if reference.mutability.is_some());
        self.options.private.iter().filter(is_reference).cloned().collect()
    }

    /// The clones that an early exit keeps, each with the variable that they are put back into.
    fn kept(&self) -> Vec<(Ident, Ident)> {
        let is_reference = |name: &&Ident| matches!(type_of_parameter(&self.function, name), Some(Type::Reference(_)));
        let names = self.options.private.iter().filter(is_reference);
        names.map(|name| (owned(name), name.clone())).collect()
    }
}

fn text(node: &ExprForLoop) -> String {
    node.to_token_stream().to_string()
}

/// The parameter's type.
pub(crate) fn type_of_parameter<'f>(function: &'f ItemFn, name: &Ident) -> Option<&'f Type> {
    function.sig.inputs.iter().find_map(|input| match input {
        FnArg::Typed(typed) => match &*typed.pat {
            Pat::Ident(ident) if ident.ident == *name => Some(&*typed.ty),
            _ => None,
        },
        FnArg::Receiver(_) => None,
    })
}

/// The clone that the variable `name` refers to in a leaf.
fn owned(name: &Ident) -> Ident {
    Ident::new(&format!("own_{}", name.unraw()), Span::mixed_site())
}

/// `name` as a clone of the variable `name`.
fn own(function: &ItemFn, name: &Ident, runtime: &TokenStream) -> TokenStream {
    let own = owned(name);
    let clone = respanned(quote!(#runtime::own), name.span());
    match type_of_parameter(function, name) {
        Some(Type::Reference(reference)) => {
            let ty = &reference.elem;
            let ty = matches!(&**ty, Type::ImplTrait(_))
                .then(|| quote!(_))
                .unwrap_or_else(|| ty.to_token_stream());
            quote_spanned! {name.span()=>
                let mut #own = #clone(&*#name);
                let #name: &mut #ty = ::core::borrow::BorrowMut::borrow_mut(&mut #own);
            }
        }
        _ => {
            quote_spanned!(name.span()=> #[allow(unused_mut)] let mut #name = #clone(&#name);)
        }
    }
}

impl Joins<'_> {
    /// Rewrites a loop over children; `false` if it stays as it is.
    pub(super) fn children(&mut self, expr: &mut Expr) -> bool {
        let Expr::ForLoop(node) = expr else { return false };
        let Some(variables) = self.loops.variables.get(&text(node)).cloned() else {
            return false;
        };
        let (calls, _) = self.recursion.calls(&node.body);
        if calls.iter().any(|call| shared_receiver(call, self.recursion).is_some()) {
            return false;
        }
        let apart = gathered::gather(node, self.recursion, self.names, self.free);
        if apart.is_some() && may_lack_law(node, &variables, self.names) {
            return self.gathered(expr, apart);
        }
        let mut attempts = vec![node.clone()];
        if let Some(body) = self.parting(|parting| parting.all_calls(&node.body)) {
            attempts.push(ExprForLoop { body, ..node.clone() });
        }
        for mut kernel in attempts {
            if let Some(tokens) = self.child_loop(&mut kernel, &variables) {
                self.joined += 1;
                *expr = Expr::Verbatim(tokens);
                return true;
            }
        }
        self.gathered(expr, apart)
    }

    /// The calls side by side, what is done with their results in order.
    fn gathered(&mut self, expr: &mut Expr, apart: Option<Gathered>) -> bool {
        let Some(Gathered { first, is_filter, rest }) = apart else {
            return false;
        };
        self.joined += 1;
        self.loops.obstacles = Diagnostics::new();
        self.explain(|| Some(crate::explain::of_gathered(&rest)));
        let at = Span::mixed_site().located_at(rest.for_token.span);
        let function = self.of_closure(first, at);
        let mut items = (*rest.expr).clone();
        let shared = shares::of_calls(&[&items], self.recursion, &BTreeSet::new());
        let forks = self.for_threads(self.forks_at(at).to_token_stream(), [&function].into_iter());
        let forks = region::sharing(shared.as_slice(), forks, &self.loops.runtime);
        visit_expr(self, &mut items);
        let mut results = quote_spanned!(at=> #forks.children(#items, #function));
        if is_filter {
            results = quote_spanned!(at=> ::core::iter::Iterator::flatten(#results));
        }
        let ExprForLoop {
            attrs,
            label,
            pat,
            body,
            for_token,
            in_token,
            ..
        } = rest;
        let tokens =
            quote_spanned!(at=> #[allow(unused_mut)] #(#attrs)* #label #for_token #pat #in_token #results #body);
        *expr = Expr::Verbatim(quote_spanned!(at=> { #tokens }));
        true
    }

    fn child_loop(&mut self, node: &mut ExprForLoop, variables: &[Variable]) -> Option<TokenStream> {
        let mut obstacles = Diagnostics::new();
        let short = self.free.free("rt").to_token_stream();
        let private = self.loops.options.private.iter();
        let elsewhere: Vec<_> = private
            .map(|name| Place {
                root: name.to_string(),
                steps: Vec::new(),
            })
            .collect();
        let kernel = Kernel {
            node,
            id: NodeId::of(node),
            variables: variables.to_vec(),
            captured: self.captured(variables),
        };
        let (function, options) = (&self.loops.function, self.loops.options);
        let plan = loops::of_children(
            function,
            &kernel,
            &elsewhere,
            options,
            &short,
            self.free,
            &mut obstacles,
        );
        if !obstacles.is_empty() || !plan.sequential.is_empty() {
            if self.loops.obstacles.is_empty() {
                self.loops.obstacles = obstacles;
            }
            return None;
        }
        let is_plain = plan.edits.is_empty() && plan.exits.is_none() && self.loops.options.private.is_empty();
        self.explain(|| plan.explanation.clone());
        reduce::edit(node, &plan);
        visit_expr(self, &mut node.expr);
        if is_plain {
            self.block(&mut node.body);
        } else {
            Renames(self).visit_block_mut(&mut node.body);
        }
        let at = Span::mixed_site().located_at(node.for_token.span);
        let forks = self.forks_at(at);
        let sharing = self.for_threads(forks.to_token_stream(), [&node.to_token_stream()].into_iter());
        let sharing = region::sharing(&plan.shared, sharing, &short);
        let listing = Listing::of_header(&node.expr, variables);
        let source = (listing != Listing::Cuttable && listing.is_finite(plan.exits.is_some())).then(|| {
            let (piece, items) = (chains::piece(), node.expr.to_token_stream());
            let items = quote_spanned!(at=> ::core::iter::IntoIterator::into_iter(#items));
            *node.expr = syn::parse_quote!(#piece);
            quote_spanned!(at=> #short::source(::core::iter::Iterator::collect::<::std::vec::Vec<_>>(#items)))
        });
        let driver = Driver {
            reduce: quote_spanned!(at=> #sharing.reduce),
            reduce_until: quote_spanned!(at=> #sharing.reduce_until),
            first: TokenStream::new(),
            source,
            is_ambient: self.fork.is_none(),
            lets: self.loops.privates(),
            kept: self.loops.kept(),
            forks: Some(forks),
        };
        let call = reduce::call(node, &plan, &driver, &short);
        let path = &self.loops.runtime;
        Some(quote_spanned! {at=>
            {
                use #path as #short;
                #call
            }
        })
    }

    /// The variables that the closure around captures.
    fn captured(&self, variables: &[Variable]) -> BTreeSet<String> {
        let Some(inside) = &self.inside else {
            return BTreeSet::new();
        };
        let names = variables.iter().map(|variable| variable.name.clone());
        names.filter(|name| !inside.contains(name)).collect()
    }

    /// A closure of one argument that is also given the `Forks` of its calls.
    pub(super) fn of_closure(&mut self, mut closure: syn::ExprClosure, at: Span) -> TokenStream {
        let forks = self.forks_at(at);
        let carrier = self.carrier.take();
        let bound = closure.inputs.iter().flat_map(bindings).map(|b| b.ident.to_string());
        let bound = shares::with_bound(&[&closure.body], &bound.collect());
        let around = self.inside.replace(bound);
        self.value(&mut closure.body);
        self.inside = around;
        self.carrier = carrier;
        let (pattern, body) = (&closure.inputs[0], &closure.body);
        let body = match (&closure.output, self.fork.is_none()) {
            (syn::ReturnType::Type(_, ty), _) if self.fork.is_some() => {
                quote_spanned!(at=> (|| -> #ty { #body })())
            }
            (_, true) => quote_spanned!(at=> #forks.below(|| #body)),
            _ => body.to_token_stream(),
        };
        let body = if has_return(&closure.body) && self.fork.is_some() {
            quote_spanned!(at=> (|| #body)())
        } else {
            body
        };
        quote_spanned!(at=> |#forks, #pattern| #body)
    }
}

/// True if the loop adds or multiplies something that may be no integer: the order of the calls is kept then.
fn may_lack_law(node: &ExprForLoop, variables: &[Variable], names: &Names) -> bool {
    let found = accesses::of_loop(node, names);
    found.list.iter().any(|access| {
        let is_sum = matches!(&access.touch, Touch::Update(update) if update.is_arithmetic());
        let variable = variables.iter().rfind(|variable| variable.name == access.place.root);
        is_sum && !variable.is_some_and(Variable::is_integer)
    })
}

/// True if `return` or `?` leaves the expression.
fn has_return(expr: &Expr) -> bool {
    struct Search(bool);
    impl<'a> syn::visit::Visit<'a> for Search {
        fn visit_expr_return(&mut self, _: &'a syn::ExprReturn) {
            self.0 = true;
        }

        fn visit_expr_try(&mut self, _: &'a syn::ExprTry) {
            self.0 = true;
        }

        fn visit_expr_closure(&mut self, _: &'a syn::ExprClosure) {}

        fn visit_item(&mut self, _: &'a syn::Item) {}
    }
    let mut search = Search(false);
    syn::visit::Visit::visit_expr(&mut search, expr);
    search.0
}

/// Makes calls those of the rewritten function, and nothing else.
struct Renames<'j, 'c>(&'j Joins<'c>);

impl VisitMut for Renames<'_, '_> {
    fn visit_expr_mut(&mut self, node: &mut Expr) {
        let is_call = self.0.recursion.call(node).is_some();
        match node {
            Expr::Path(path) if self.0.recursion.is_value(path) => self.0.rename(node),
            Expr::Call(call) if is_call => {
                call.args.iter_mut().for_each(|argument| self.visit_expr_mut(argument));
                self.0.rename(node);
            }
            node => visit_mut::visit_expr_mut(self, node),
        }
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}
