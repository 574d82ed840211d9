//! Loops that carry values along: the user's loop is the leaf, and a copy of what decides about the carried values
//! summarises a piece.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Block, ExprForLoop, Lifetime};

use crate::analysis::recurrences::{Family, Stage};
use crate::codegen::leaf::{Leaf, leaf};
use crate::codegen::reduce::Driver;
use crate::codegen::{chains, iterations, region};
use crate::diagnostics::ends;
use crate::names::respanned;
use crate::options::{Float, Options};
use crate::plan::exits;
use crate::plan::reduce::{LoopPlan, Scan};
use crate::plan::slots::law_name;

/// The driver's call for an edited loop, with what comes before and after it.
pub(crate) fn call(
    kernel: &mut ExprForLoop,
    plan: &LoopPlan,
    scan: &Scan,
    driver: &Driver,
    options: &Options,
    runtime: &TokenStream,
) -> TokenStream {
    let summaries = Summaries {
        kernel: kernel.clone(),
        plan,
        scan,
        options,
        runtime,
        at: Span::mixed_site().located_at(kernel.for_token.span),
    };
    let stages: TokenStream = match &scan.in_order {
        Some(body) => summaries.walk("in_order", body),
        None => scan.stages.iter().map(|stage| summaries.stage(stage)).collect(),
    };
    let forgetting = scan.forgetting.as_ref().map(|body| summaries.walk("forgetting", body));
    let stages = quote!(#stages #forgetting);
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
    let count = Ident::new("count", Span::mixed_site());
    let carried_parameters = scan.carried.iter().map(|c| match (&c.local, &c.array) {
        (local, None) => quote!(mut #local),
        (local, Some(_)) => quote!(#local),
    });
    let carried_out = scan.carried.iter().map(|c| match (&c.local, &c.array) {
        (local, None) => quote!(#local),
        (_, Some(array)) => quote!(#array.carried(#count)),
    });
    let trails: Vec<_> = scan
        .carried
        .iter()
        .filter_map(|c| {
            let (local, array) = (&c.local, c.array.as_ref()?);
            Some(quote!(let mut #array = #array.after(#local);))
        })
        .collect();
    let counted = (!trails.is_empty()).then(|| quote!(let #count = #runtime::Source::len(&#piece);));
    let laws = scan.carried.iter().filter_map(|c| {
        let (name, law) = (law_name(&c.local), c.law.as_ref()?);
        Some(quote!(let #name = #law;))
    });
    let before = quote!(#before #(#laws)*);
    let carried_start = scan.carried.iter().map(|c| &c.start);
    let carried_store = scan.carried.iter().map(|c| &c.store);
    let first = &driver.first;

    let ended = Ident::new("carried", Span::mixed_site());
    let values = quote!(((#(#carried_out,)*), #values));
    let stored = quote!((#ended, #store));
    let put_back = quote! {
        #[allow(unused_assignments)] // the last value may not be wanted
        { (#(#carried_store,)*) = #ended; }
    };
    let result = match &plan.exits {
        None => values,
        Some(exits) => {
            let exit = exits.name();
            quote!((#values, #exit))
        }
    };
    let new = region::taking_along(&plan.taken_along, quote_spanned!(at=> #runtime::Scan::new), runtime);
    let new = region::sharing(&plan.shared, new, runtime);
    let new = match scan.in_order {
        Some(_) => new,
        None => summaries.admitted(new),
    };
    let run = |method: &str| {
        let method = Ident::new(method, at);
        quote_spanned! {at=>
            #new(#first #source, (#(#carried_start,)*))
                #stages
                .#method(
                    #start,
                    |(#(#carried_parameters,)*), #parameters, #piece| {
                        #opening
                        #counted
                        #(#trails)*
                        #body
                        #result
                    },
                    #identity,
                    #combine,
                )
        }
    };
    let call = match &plan.exits {
        None => {
            let run = run("run");
            quote_spanned! {at=>
                let #ended;
                #stored = #run;
                #put_back
                #after
            }
        }
        Some(exits) => {
            let (exit, leave, run) = (exits.name(), exits.after(runtime), run("run_until"));
            quote_spanned! {at=>
                let #ended;
                let #exit;
                (#stored, #exit) = #run;
                #put_back
                #after
                #leave
            }
        }
    };
    quote_spanned!(at=> #before #call)
}

/// What summaries are generated from.
struct Summaries<'a> {
    /// The loop as it was before its exits were rewritten.
    kernel: ExprForLoop,
    plan: &'a LoopPlan,
    scan: &'a Scan,
    options: &'a Options,
    runtime: &'a TokenStream,
    at: Span,
}

impl Summaries<'_> {
    /// A loop that computes the carried values and nothing else.
    fn walk(&self, method: &str, body: &Block) -> TokenStream {
        let (method, piece) = (Ident::new(method, self.at), chains::piece());
        let (lets, body) = (self.lets(&[]), self.body(body, false));
        let carried: Vec<_> = self.scan.carried.iter().map(|c| &c.local).collect();
        quote_spanned! {self.at=>
            .#method(|(#(mut #carried,)*), #piece| {
                #lets
                #body
                (#(#carried,)*)
            })
        }
    }

    fn stage(&self, stage: &Stage) -> TokenStream {
        let piece = chains::piece();
        match stage {
            Stage::Steps {
                variables,
                known,
                body,
                only_last,
            } => {
                let names: Vec<&Ident> = variables.iter().map(|(name, ..)| name).collect();
                let used: Vec<&Ident> = names.iter().copied().chain(known).collect();
                let (pattern, own) = (self.pattern(used), self.pattern(names.iter().copied()));
                let lets = self.lets(known);
                let made = variables.iter().map(|(name, family, first)| {
                    let of = self.constructor(*family, first, name);
                    quote!(let mut #name = #of;)
                });
                let applied = names.iter().map(|name| {
                    let (after, runtime) = (summary_of(name), self.runtime);
                    if self.is_element(name) {
                        quote!(#runtime::some(#after, #name))
                    } else {
                        quote!(#runtime::Step::apply(&#after, #name))
                    }
                });
                let summaries: Vec<_> = names.iter().map(|name| summary_of(name)).collect();
                let body = self.body(&iterations::apart(body, variables), *only_last);
                quote_spanned! {self.at=>
                    .steps(
                        |#pattern, #piece| {
                            #lets
                            #(#made)*
                            #body
                            (#(#names,)*)
                        },
                        |(#(#summaries,)*), #own| #(#applied)&&*,
                    )
                }
            }
            Stage::Law {
                variable,
                is_set,
                known,
                body,
            } => {
                let runtime = self.runtime;
                let used: Vec<&Ident> = std::iter::once(variable).chain(known).collect();
                let (pattern, own) = (self.pattern(used), self.pattern([variable]));
                let (lets, body) = (self.lets(known), self.body(body, false));
                let (law, after) = (law_name(variable), summary_of(variable));
                quote_spanned! {self.at=>
                    .steps(
                        |#pattern, #piece| {
                            #lets
                            #[allow(unused_mut)] // some are only set anew
                            let (mut #variable, mut #is_set) = (#law.fresh(#variable), false);
                            #body
                            #runtime::Lawful::new(&#law, #variable, #is_set)
                        },
                        |#after, #own| #after.apply(#variable),
                    )
                }
            }
            Stage::Linear { variables, known, body } => {
                let runtime = self.runtime;
                let names: Vec<&Ident> = variables.iter().map(|(name, _)| name).collect();
                let used: Vec<&Ident> = names.iter().copied().chain(known).collect();
                let (pattern, own) = (self.pattern(used), self.pattern(names.iter().copied()));
                let (lets, body) = (self.lets(known), self.body(body, false));
                let count = names.len();
                let made = variables.iter().enumerate().map(|(number, (name, first))| {
                    let (of, span) = (self.function("linear", first), ends(first).0);
                    let name = crate::names::located(quote!(#name), span);
                    quote_spanned!(span=> #of::<_, #count>(#name, #number))
                });
                quote_spanned! {self.at=>
                    .steps(
                        |#pattern, #piece| {
                            #lets
                            let (#(mut #names,)*) = (#(#made,)*);
                            #body
                            #runtime::Linear::new([#(#names),*])
                        },
                        |after, #own| after.apply([#(#names),*]),
                    )
                }
            }
            Stage::Automaton {
                variables,
                states,
                known,
                body,
            } => {
                let (pattern, own, lets) = (self.pattern(known), self.pattern(variables), self.lets(known));
                let all = joint(states);
                let body = self.body(body, false);
                let ends: Vec<_> = variables.iter().map(summary_of).collect();
                quote_spanned! {self.at=>
                    .automaton(
                        [#((#all)),*],
                        |#own| (#(::core::clone::Clone::clone(#variables),)*),
                        |#pattern, (#(mut #variables,)*), #piece| {
                            #lets
                            #body
                            (#(#variables,)*)
                        },
                        |(#(#ends,)*), #own| { #(*#variables = #ends;)* },
                    )
                }
            }
        }
    }

    /// The carried values as a pattern, those that are not used left out.
    fn pattern<'i>(&self, used: impl IntoIterator<Item = &'i Ident>) -> TokenStream {
        let used: Vec<_> = used.into_iter().collect();
        let names = self.scan.carried.iter().map(|c| {
            let local = &c.local;
            if used.contains(&local) {
                quote!(#local)
            } else {
                quote!(_)
            }
        });
        quote!((#(#names,)*))
    }

    /// `summed(&v, callee)`: a callee that has no type where the carried values are none that the steps can do with.
    fn admitted(&self, callee: TokenStream) -> TokenStream {
        let steps = self.scan.stages.iter().flat_map(|stage| match stage {
            Stage::Steps { variables, .. } => variables
                .iter()
                .map(|(name, family, first)| (name, *family, first))
                .collect(),
            Stage::Linear { variables, .. } => variables
                .iter()
                .map(|(name, first)| (name, Family::Affine, first))
                .collect(),
            Stage::Automaton { .. } | Stage::Law { .. } => Vec::new(),
        });
        steps.fold(callee, |callee, (name, family, first)| {
            let runtime = self.runtime;
            let is_for_integers = matches!(family, Family::Bits | Family::Modular);
            let carried = self.scan.carried.iter().find(|c| c.local == *name);
            let carried = carried.filter(|c| c.is_open || (c.is_primitive && is_for_integers));
            let function = match family {
                Family::Last => return callee,
                Family::Shift => "summed",
                Family::Affine => "scaled",
                Family::Clamp => "bounded",
                Family::Order => "compared",
                Family::Bits => "masked",
                Family::Modular => "reduced",
            };
            let Some(carried) = carried else { return callee };
            let span = ends(first).0;
            let function = Ident::new(function, span);
            let place = match &carried.array {
                Some(_) => carried.start.clone(),
                None => carried.store.clone(),
            };
            let mut value = quote_spanned!(span=> &#place);
            if carried.array.is_some() {
                value = quote_spanned!(span=> &#runtime::inside(#value));
            }
            let value = crate::names::located(value, span);
            crate::names::call_at(quote!(#runtime::#function), quote!(#value, #callee), (span, span))
        })
    }

    /// The slices that the loop writes to, to look at, and copies of carried values that are known.
    fn lets(&self, known: &[Ident]) -> TokenStream {
        let piece = chains::piece();
        let parts = &self.plan.parts;
        let apart = (!parts.is_empty()).then(|| {
            let locals = parts.iter().map(|part| &part.local);
            quote! {
                #[allow(unused)] // not every summary looks at what is written
                let (#piece, (#(#locals,)*)) = #piece.apart();
            }
        });
        quote! {
            #apart
            #(#[allow(unused_mut)] let mut #known = ::core::clone::Clone::clone(#known);)*
        }
    }

    /// `shift(v)`, at the user's operator: that is where an error about its law belongs.
    fn constructor(&self, family: Family, first: &TokenStream, name: &Ident) -> TokenStream {
        let runtime = self.runtime;
        let how = self.rounding();
        let function = match family {
            Family::Last => "of".to_string(),
            Family::Shift => format!("shift{how}"),
            Family::Affine => format!("affine{how}"),
            Family::Clamp => format!("clamp{how}"),
            Family::Order => "between".to_string(),
            Family::Bits => "bits".to_string(),
            Family::Modular => "modular".to_string(),
        };
        let span = ends(first).0;
        let function = Ident::new(&function, span);
        let path = match family {
            Family::Last => quote!(#runtime::Last::#function),
            _ => quote!(#runtime::#function),
        };
        let path = respanned(path, span);
        let name = if self.is_element(name) {
            let inside = respanned(quote!(#runtime::inside), span);
            let name = crate::names::located(quote!(#name), span);
            quote_spanned!(span=> &#inside(#name))
        } else {
            crate::names::located(quote!(#name), span)
        };
        quote_spanned!(span=> #path(#name))
    }

    /// What the names of the functions that make steps end with.
    fn rounding(&self) -> &'static str {
        match self.options.float {
            Some(Float::Tree | Float::Any) => "_rounded",
            // all that could be computed in order is
            Some(Float::Ordered) => "_ordered",
            Some(Float::Exact) | None => "",
        }
    }

    /// A function that makes steps, at the user's operator.
    fn function(&self, name: &str, first: &TokenStream) -> TokenStream {
        let (runtime, span) = (self.runtime, ends(first).0);
        let function = Ident::new(&format!("{name}{}", self.rounding()), span);
        respanned(quote!(#runtime::#function), span)
    }

    /// True if the carried value is an element of an array, which may not exist.
    fn is_element(&self, name: &Ident) -> bool {
        self.scan.carried.iter().any(|c| c.local == *name && c.array.is_some())
    }

    /// The loop over a piece with what decides alone.
    fn body(&self, body: &Block, only_last: bool) -> TokenStream {
        let mut body = body.clone();
        let label = match &self.kernel.label {
            Some(label) => label.name.clone(),
            None => Lifetime::new("'summary", Span::mixed_site()),
        };
        exits::only_leave(&mut body, &label, self.runtime);
        let (pattern, items) = (&self.kernel.pat, &self.kernel.expr);
        let piece = chains::piece();
        let items = match &**items {
            syn::Expr::Path(_) if only_last => quote!(#piece.last()),
            items => quote!(#items),
        };
        quote! {
            #[allow(unused, clippy::all)] // a copy of the loop below, without what has no influence here
            #label: for #pattern in #items #body
        }
    }
}

fn summary_of(name: &Ident) -> Ident {
    let plain = name.to_string().trim_start_matches("r#").to_string();
    format_ident!("{plain}_after", span = Span::mixed_site())
}

/// All joint states.
fn joint(states: &[Vec<syn::Expr>]) -> Vec<TokenStream> {
    let mut all = vec![TokenStream::new()];
    for values in states {
        all = all
            .iter()
            .flat_map(|before| values.iter().map(move |value| quote!(#before #value,)))
            .collect();
    }
    all
}
