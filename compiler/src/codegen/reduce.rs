//! `#[par_reduce]` and `#[par_for]`: each kernel becomes one call of the runtime's `reduce`, with the user's own loop as the leaf.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::visit::Visit;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprForLoop, ItemFn};

use crate::attribute::Attribute;
use crate::codegen::leaf::{Leaf, leaf};
use crate::codegen::{chains, lints, region, scans, sorts, source, twin};
use crate::diagnostics::{self, Diagnostics};
use crate::explain;
use crate::fallback::{self, StripMarkers};
use crate::lower::bindings::bindings;
use crate::lower::cells::elements;
use crate::lower::{
    NodeId, aggregates, attempts, continues, counting, ends, folds, ignored, inlining, keys, lengths, lent, marks,
    offsets, previous, ranges, scalars, scanned, shadows, spread, written,
};
use crate::names::{self, FreeNames};
use crate::options::{Float, Options};
use crate::plan::chains::{Chains, Chosen};
use crate::plan::edits::Edits;
use crate::plan::loops;
use crate::plan::reduce::LoopPlan;

/// Writes a function in another way, if it can be.
struct Rewriting {
    /// The second one is the function before anything was rewritten.
    rewrites: fn(&mut ItemFn, &ItemFn, &mut FreeNames) -> bool,
    /// What was carried from iteration to iteration no longer is: `#[par_for]` may take the loop, and it was a scan's.
    settles: bool,
}

/// What a function is written as if there are no plans for it as it is.
const REWRITINGS: [Rewriting; 10] = [
    // what goes along with the iterations is computed in each
    Rewriting {
        rewrites: |function, _, names| offsets::normalise(function, names),
        settles: true,
    },
    // equal marks in tables may be set in any order
    Rewriting {
        rewrites: |function, _, _| marks::normalise(function),
        settles: false,
    },
    // texts are written to by calls
    Rewriting {
        rewrites: |function, _, _| written::normalise(function),
        settles: false,
    },
    // folds that may fail are loops that may be left
    Rewriting {
        rewrites: |function, _, _| attempts::normalise(function),
        settles: false,
    },
    // what is appended last is carried along
    Rewriting {
        rewrites: |function, _, names| previous::normalise(function, names),
        settles: false,
    },
    // lengths of what is appended to are running sums
    Rewriting {
        rewrites: |function, _, names| lengths::normalise(function, names),
        settles: false,
    },
    // what stands behind a `continue` is under a condition
    Rewriting {
        rewrites: |function, _, _| continues::normalise(function),
        settles: false,
    },
    // elements of arrays are variables
    Rewriting {
        rewrites: |function, _, names| scalars::normalise(function, names),
        settles: false,
    },
    // parts of what is carried along are carried each for itself
    Rewriting {
        rewrites: aggregates::normalise,
        settles: false,
    },
    // elements that are updated have names
    Rewriting {
        rewrites: |function, _, _| elements::normalise(function),
        settles: false,
    },
];

/// The plans for the function as it is; if there are none, as it may be written instead.
fn plans(
    (function, original): (&mut ItemFn, &ItemFn),
    attribute: Attribute,
    scans: bool,
    options: &Options,
    runtime: &TokenStream,
    names: &mut FreeNames,
    reported: &mut Diagnostics,
) -> Option<loops::Plans> {
    let mut found = Diagnostics::new();
    let mut plans = loops::plans(function, attribute, scans, options, runtime, names, &mut found);
    let mut scans = scans;
    for Rewriting { rewrites, settles } in REWRITINGS {
        let is_for_it = settles || attribute != Attribute::For;
        if plans.is_none() && is_for_it && rewrites(function, original, names) {
            scans |= settles;
            let mut again = Diagnostics::new();
            plans = loops::plans(function, attribute, scans, options, runtime, names, &mut again);
            // of an element that is changed in two ways the first attempt saw only that it is changed
            let is_clearer = || {
                let is_place = |name: &&str| *name == diagnostics::PLACE_WRITTEN.name;
                let names_another = |name: &&str| *name == diagnostics::WRONG_ATTRIBUTE.name;
                found.names().iter().all(is_place) && !again.names().iter().any(is_place)
                    || again.names().iter().all(names_another)
                    || again.is_part_of(&found)
            };
            if plans.is_some() || is_clearer() {
                found = again;
            }
        }
    }
    reported.append(found);
    plans
}

/// Rewrites the function, or reports why not.
pub(crate) fn function(
    mut function: ItemFn,
    attribute: Attribute,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<TokenStream> {
    let runtime = names::runtime(options);
    let mut names = FreeNames::new(&function);
    let original = function.clone();
    shadows::normalise(&mut function, attribute);
    ignored::normalise(&mut function);
    inlining::normalise(&mut function);
    keys::normalise(&mut function);
    ranges::normalise(&mut function);
    ends::normalise(&mut function, &mut names);
    lent::normalise(&mut function);
    spread::normalise(&mut function);
    counting::normalise(&mut function, &mut names);
    // these modes keep the order of a variable's terms, not of a table's
    if matches!(options.float, Some(Float::Ordered | Float::Exact)) {
        scalars::normalise(&mut function, &mut names);
    }
    let scans = attribute != Attribute::For && scanned::normalise(&mut function, &mut names);
    let before = lints::operations(&function);
    folds::normalise(&mut function, attribute != Attribute::For);
    // those of the user's, and of closures of the user's
    let own = lints::operations(&original) + lints::operations(&function) - before;
    let short = names.free("rt").to_token_stream();
    let loops::Plans {
        loops: plans,
        chains,
        sorts,
    } = plans(
        (&mut function, &original),
        attribute,
        scans,
        options,
        &short,
        &mut names,
        diagnostics,
    )?;
    lints::allow(&mut function, own);
    let name = original.sig.ident.to_string();
    let explained = options
        .explain
        .then(|| explain::of_kernels(&function, &plans, &chains, &sorts));
    let undeclared = plans.iter().flat_map(|plan| plan.undeclared.clone()).collect();
    let mut rewrite = Rewrite {
        plans,
        chains,
        sorts,
        undeclared,
        options,
        runtime,
        short,
        site: names.free("SITE"),
        function: name,
    };
    rewrite.visit_block_mut(&mut function.block);
    StripMarkers.visit_item_fn_mut(&mut function);
    Unused(&rewrite.undeclared).visit_block_mut(&mut function.block);
    if let Some(parts) = explained {
        explain::document(&mut function, attribute, options, &parts);
    }
    let twin = twin::twin(original, None, options);
    Some(quote!(#function #twin))
}

struct Rewrite<'o> {
    plans: Vec<LoopPlan>,
    chains: Chains,
    sorts: Vec<NodeId>,
    options: &'o Options,
    /// The runtime's path.
    runtime: TokenStream,
    /// The name that it has inside a region.
    short: TokenStream,
    site: Ident,
    function: String,
    /// Variables that kernels declare anew.
    undeclared: Vec<Ident>,
}

/// Takes out the declarations of variables that have no value before the kernels and are declared anew in them, unless
/// something else uses them.
struct Unused<'n>(&'n [Ident]);

impl VisitMut for Unused<'_> {
    fn visit_block_mut(&mut self, node: &mut syn::Block) {
        let mut used = Used(Vec::new());
        // what the kernels have become is not looked into
        used.visit_block(node);
        node.stmts.retain(|stmt| match stmt {
            syn::Stmt::Local(local) if local.init.is_none() => {
                let names = bindings(&local.pat);
                !names
                    .iter()
                    .all(|b| self.0.contains(&b.ident) && !used.0.contains(&b.ident))
            }
            _ => true,
        });
        visit_mut::visit_block_mut(self, node);
    }
}

/// The names that expressions use.
struct Used(Vec<Ident>);

impl<'a> Visit<'a> for Used {
    fn visit_ident(&mut self, ident: &'a Ident) {
        self.0.push(ident.clone());
    }

    fn visit_pat_ident(&mut self, _: &'a syn::PatIdent) {}

    fn visit_token_stream(&mut self, tokens: &'a TokenStream) {
        for token in tokens.clone() {
            match token {
                proc_macro2::TokenTree::Ident(ident) => self.0.push(ident),
                proc_macro2::TokenTree::Group(group) => self.visit_token_stream(&group.stream()),
                _ => {}
            }
        }
    }

    fn visit_expr(&mut self, node: &'a Expr) {
        if !matches!(node, Expr::Verbatim(_)) {
            syn::visit::visit_expr(self, node);
        }
    }
}

impl VisitMut for Rewrite<'_> {
    fn visit_expr_mut(&mut self, node: &mut Expr) {
        let plan = match node {
            Expr::ForLoop(kernel) => self.plans.iter().position(|plan| plan.id == NodeId::of(kernel)),
            _ => None,
        };
        match (plan, node) {
            (Some(at), node) => {
                let plan = self.plans.swap_remove(at);
                let Expr::ForLoop(kernel) = node else {
                    unreachable!("a plan is for a loop")
                };
                *node = Expr::Verbatim(self.kernel(kernel, &plan));
            }
            (None, node) => {
                visit_mut::visit_expr_mut(self, node);
                if let Expr::MethodCall(call) = node
                    && let Some(chosen) = self.chains.get(&NodeId::of(call))
                {
                    *node = self.chain(&self.runtime, chosen).terminal(call);
                } else if let Expr::MethodCall(call) = node
                    && self.sorts.contains(&NodeId::of(call))
                {
                    *node = sorts::sort(call, self.options, &self.runtime);
                }
            }
        }
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

impl Rewrite<'_> {
    /// What chains are generated from, where the runtime has this path.
    fn chain<'c>(&'c self, runtime: &'c TokenStream, chosen: &'c Chosen) -> chains::Context<'c> {
        chains::Context {
            runtime,
            options: self.options,
            site: &self.site,
            function: &self.function,
            shared: &chosen.shared,
            is_for_types: chosen.is_for_types,
        }
    }

    fn kernel(&self, kernel: &mut ExprForLoop, plan: &LoopPlan) -> TokenStream {
        let (path, runtime) = (&self.runtime, &self.short);
        let at = Span::mixed_site().located_at(kernel.for_token.span);
        edit(kernel, plan);
        let site = region::site(&self.site, &self.function, at, runtime);
        let region = region::region(&self.site, self.options, runtime);
        let sequential = &plan.sequential;
        let pipe = self.chain(runtime, &Chosen::default()).pipe(&kernel.expr);
        let source = match plan.is_of_own_type {
            true => source::of_any_type(&kernel.expr, runtime),
            false => pipe.source,
        };
        let piece = chains::piece();
        *kernel.expr = pipe.items.unwrap_or_else(|| syn::parse_quote!(#piece));
        let sharing = |callee| {
            let callee = region::taking_along(&plan.taken_along, callee, runtime);
            region::sharing(&plan.shared, callee, runtime)
        };
        let driver = Driver {
            reduce: sharing(quote_spanned!(at=> #runtime::reduce)),
            reduce_until: sharing(quote_spanned!(at=> #runtime::reduce_until)),
            first: quote_spanned!(at=> #region #sequential,),
            source: Some(source),
            forks: None,
            is_ambient: false,
            lets: TokenStream::new(),
            kept: Vec::new(),
        };
        let call = match &plan.scan {
            Some(scan) => scans::call(kernel, plan, scan, &driver, self.options, runtime),
            None => call(kernel, plan, &driver, runtime),
        };
        quote_spanned! {at=>
            {
                use #path as #runtime;
                #site
                #call
            }
        }
    }
}

/// What runs a loop.
pub(crate) struct Driver {
    /// What is called for a loop that runs to its end.
    pub(crate) reduce: TokenStream,
    /// What is called for one that may be left.
    pub(crate) reduce_until: TokenStream,
    /// The arguments before the source.
    pub(crate) first: TokenStream,
    /// The source, if the loop's header is what is left of it; else it is made from the header.
    pub(crate) source: Option<TokenStream>,
    /// The leaf's parameter before the others.
    pub(crate) forks: Option<Ident>,
    /// The leaf's calls find out where they stand from the thread.
    pub(crate) is_ambient: bool,
    /// What the leaf declares first.
    pub(crate) lets: TokenStream,
    /// What the leaf has of its own that an early exit keeps, and the variables that it is put back into.
    pub(crate) kept: Vec<(Ident, Ident)>,
}

/// Makes the planned changes to a loop's body.
pub(crate) fn edit(kernel: &mut ExprForLoop, plan: &LoopPlan) {
    Edits(&plan.edits).visit_block_mut(&mut kernel.body);
    StripMarkers.visit_block_mut(&mut kernel.body);
    for name in &plan.undeclared {
        kernel
            .body
            .stmts
            .insert(0, syn::parse_quote!(#[allow(unused_mut)] let mut #name;));
    }
    kernel.attrs.retain(|a| !fallback::is_marker(a));
}

/// The driver's call for an edited loop, with what comes before and after it.
pub(crate) fn call(kernel: &mut ExprForLoop, plan: &LoopPlan, driver: &Driver, runtime: &TokenStream) -> TokenStream {
    let Leaf {
        at,
        piece,
        source,
        before,
        after,
        opening,
        body,
        start,
        parameters,
        values,
        identity,
        combine,
        store,
    } = leaf(kernel, plan, driver, runtime);
    let first = &driver.first;
    let result = match &plan.exits {
        None => values,
        Some(exits) => {
            let exit = exits.name();
            let own = driver.kept.iter().map(|(own, _)| own);
            match driver.kept.is_empty() {
                true => quote!((#values, #exit)),
                false => quote!((#values, #exit.map(|#exit| (#exit, (#(#own,)*))))),
            }
        }
    };
    let is_plain = plan.slots.is_empty() && driver.forks.is_none() && !plan.has_unknown_macros;
    let whole = quote_spanned!(at=> { #opening #body #result });
    let whole = match &driver.forks {
        Some(forks) if driver.is_ambient => quote_spanned!(at=> #forks.below(|| #whole)),
        _ => whole,
    };
    let forks = driver.forks.iter();
    let closures = quote_spanned!(at=> |#(#forks,)* #parameters, #piece| #whole, #identity, #combine,);
    let call = match &plan.exits {
        None if is_plain => {
            let reduce = &driver.reduce;
            quote_spanned! {at=>
                #reduce(#first #source, (), |(), #piece| { #opening #body }, |()| (), |(), ()| {});
            }
        }
        None => {
            let reduce = &driver.reduce;
            quote_spanned! {at=>
                #store = #reduce(#first #source, #start, #closures);
                #after
            }
        }
        Some(exits) => {
            let (exit, leave, reduce) = (exits.name(), exits.after(runtime), &driver.reduce_until);
            let (own, kept): (Vec<_>, Vec<_>) = driver.kept.iter().cloned().unzip();
            let put_back = (!kept.is_empty()).then(|| {
                quote_spanned! {at=>
                    let #exit = #exit.map(|(#exit, (#(#own,)*))| {
                        #(#runtime::put_back(&mut *#kept, #own);)*
                        #exit
                    });
                }
            });
            quote_spanned! {at=>
                let #exit;
                (#store, #exit) = #reduce(#first #source, #start, #closures);
                #put_back
                #after
                #leave
            }
        }
    };
    quote_spanned!(at=> #before #call)
}
