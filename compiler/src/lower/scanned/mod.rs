//! `scan` is a loop that carries a value along: it is rewritten into that form before anything else looks at it.
//!
//! `CHAIN.scan(INIT, |s, x| { *s += x; Some(*s) }).map(f).collect()` is
//! `{ let mut s = INIT; let mut scanned = Vec::new(); for x in CHAIN { s += x; let item = s; scanned.push(f(item)); } scanned }`
//! and what is left of the chain goes on from that list. Adaptors behind the `scan` that take one item after another, and
//! the ends of chains that may stop early, become part of the loop: nothing is computed that the chain would not have asked
//! for.

mod endings;
mod states;

use std::collections::BTreeSet;
use std::slice;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprClosure, ExprForLoop, ExprMethodCall, ItemFn, Pat, Stmt};

use self::endings::{Ending, adapted, applied, folded, integer_turbofish, is_vec, stmts};
use self::states::{Direct, Leaves, unwrapped};
use crate::lower::bindings::{bindings, binds};
use crate::lower::chains::{self, Evidence};
use crate::lower::folds::{self, body, for_loop, is_left_alone, returns};
use crate::lower::places::place_of;
use crate::lower::primitives::is_integer;
use crate::lower::updates::is_compound;
use crate::lower::{NodeId, uses};
use crate::names::FreeNames;

/// Rewrites the scans of the function that can be loops; true if there are any.
pub(crate) fn normalise(function: &mut ItemFn, names: &mut FreeNames) -> bool {
    if folds::is_marked(function) {
        return false;
    }
    let integer = matches!(&function.sig.output, syn::ReturnType::Type(_, ty) if is_integer(ty));
    let tail = chains::in_tail(function);
    let mut normalise = Normalise {
        sums: if integer { tail } else { BTreeSet::new() },
        names,
        rewritten: 0,
    };
    normalise.visit_block_mut(&mut function.block);
    normalise.rewritten > 0
}

struct Normalise<'n> {
    /// Calls of which the text shows that they give an integer.
    sums: BTreeSet<NodeId>,
    names: &'n mut FreeNames,
    rewritten: usize,
}

impl VisitMut for Normalise<'_> {
    fn visit_expr_mut(&mut self, node: &mut Expr) {
        if let Expr::ForLoop(inner) = node
            && !is_left_alone(&inner.attrs)
            && let Some(replacement) = self.header(inner)
        {
            *node = replacement;
            return;
        }
        if let Expr::MethodCall(call) = node {
            if is_left_alone(&call.attrs) {
                return;
            }
            if let Some(replacement) = self.chain(call) {
                *node = replacement;
                return;
            }
        }
        visit_mut::visit_expr_mut(self, node);
    }

    fn visit_local_mut(&mut self, node: &mut syn::Local) {
        if is_left_alone(&node.attrs) {
            return;
        }
        if let (Pat::Type(typed), Some(init)) = (&node.pat, &node.init)
            && is_integer(&typed.ty)
            && let Expr::MethodCall(call) = &*init.expr
        {
            self.sums.insert(NodeId::of(call));
        }
        visit_mut::visit_local_mut(self, node);
    }

    fn visit_expr_for_loop_mut(&mut self, _: &mut ExprForLoop) {}

    fn visit_expr_while_mut(&mut self, _: &mut syn::ExprWhile) {}

    fn visit_expr_loop_mut(&mut self, _: &mut syn::ExprLoop) {}

    fn visit_expr_closure_mut(&mut self, _: &mut ExprClosure) {}

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

/// A scan as a loop.
struct Looped {
    /// What is declared before it.
    declared: Vec<Stmt>,
    /// Its pattern.
    pattern: Pat,
    /// Its statements, up to `let item = ..;`.
    stmts: Vec<Stmt>,
    /// The names that they bind.
    bound: Vec<Ident>,
    label: Option<syn::Label>,
}

impl Looped {
    /// True if these tokens use no name that stands for something else inside the loop.
    fn leaves_alone(&self, tokens: &impl ToTokens) -> bool {
        let tokens = tokens.to_token_stream();
        let is_met = |name: &Ident| uses::occurs(tokens.clone(), &name.to_string());
        !self.bound.iter().any(is_met)
    }

    /// The loop with its declarations and its result.
    fn block(self, scan: &ExprMethodCall, result: Option<&Expr>) -> Expr {
        let body = Block {
            brace_token: Default::default(),
            stmts: self.stmts,
        };
        let mut node = for_loop(scan, &self.pattern, body, false);
        node.label = self.label;
        let declared = &self.declared;
        syn::parse_quote!({
            #(#declared)*
            #node
            #result
        })
    }
}

/// The loop of a scan and what stays behind it.
struct Fused<'c> {
    /// The scan, over what the loop runs over.
    scan: ExprMethodCall,
    looped: Looped,
    /// The calls that are no part of it, the last one first.
    rest: &'c [&'c ExprMethodCall],
    /// What the loop has at its end.
    item: Ident,
}

/// The innermost scan of a chain, and the calls behind it, the last one first.
fn scan_in(last: &ExprMethodCall) -> Option<(&ExprMethodCall, Vec<&ExprMethodCall>)> {
    let mut behind: Vec<&ExprMethodCall> = Vec::new();
    let mut call = last;
    while !is_scan(call) {
        behind.push(call);
        let Expr::MethodCall(receiver) = &*call.receiver else {
            return None;
        };
        call = receiver;
    }
    Some((call, behind))
}

/// `list.into_iter()`
fn items_of(list: Expr, at: Span) -> Expr {
    let into_iter = Ident::new("into_iter", at);
    syn::parse2(quote::quote_spanned!(at=> #list.#into_iter())).expect("a call")
}

/// The rest of a chain on what is there instead of its beginning.
fn behind_it(mut chain: Expr, rest: &[&ExprMethodCall]) -> Expr {
    for call in rest.iter().rev() {
        let mut call = (*call).clone();
        *call.receiver = chain;
        chain = Expr::MethodCall(call);
    }
    chain
}

impl Normalise<'_> {
    /// The chain that ends in `last` without its innermost `scan`.
    fn chain(&mut self, last: &ExprMethodCall) -> Option<Expr> {
        let (scan, behind) = scan_in(last)?;
        let Fused {
            scan,
            mut looped,
            mut rest,
            item,
        } = self.fused(scan, &behind, &TokenStream::new())?;
        let scan = &scan;
        let ending = rest.split_last().and_then(|(next, others)| {
            let ending = self.ending(next, &item).filter(|_| looped.leaves_alone(&next.args))?;
            rest = others;
            Some(ending)
        });
        let is_listed = ending.is_none();
        let ending = ending.unwrap_or_else(|| self.listed(&item, scan.method.span()));
        looped.declared.extend(ending.before);
        looped.stmts.extend(ending.each);
        let list = looped.block(scan, Some(&ending.result));
        let is_list = |call: &ExprMethodCall| call.method == "collect" && is_vec(call);
        if let (true, [collect]) = (is_listed, rest)
            && is_list(collect)
        {
            return Some(list);
        }
        let chain = if is_listed {
            items_of(list, scan.method.span())
        } else {
            list
        };
        Some(behind_it(chain, rest))
    }

    /// A `for` over a chain with a scan in it.
    fn header(&mut self, node: &ExprForLoop) -> Option<Expr> {
        let Expr::MethodCall(last) = &*node.expr else {
            return None;
        };
        let (scan, behind) = scan_in(last)?;
        let body = &node.body;
        let Fused {
            scan,
            mut looped,
            rest,
            item,
        } = self.fused(scan, &behind, &body.to_token_stream())?;
        let scan = &scan;
        let pattern = &node.pat;
        if rest.is_empty() && looped.leaves_alone(body) && node.attrs.is_empty() {
            looped.stmts.push(syn::parse_quote!(let #pattern = #item;));
            looped.stmts.extend(body.stmts.iter().cloned());
            looped.label = node.label.clone();
            return Some(looped.block(scan, None));
        }
        let ending = self.listed(&item, scan.method.span());
        looped.declared.extend(ending.before);
        looped.stmts.extend(ending.each);
        let list = looped.block(scan, Some(&ending.result));
        let name = self.local("scanned", scan.method.span());
        let items = items_of(syn::parse_quote!(#name), scan.method.span());
        let node = ExprForLoop {
            expr: Box::new(behind_it(items, rest)),
            ..node.clone()
        };
        Some(syn::parse_quote!({
            let #name = #list;
            #node
        }))
    }

    /// The loop of a scan with the adaptors behind it, as far as they can be part of it.
    fn fused<'c>(
        &mut self,
        scan: &ExprMethodCall,
        behind: &'c [&'c ExprMethodCall],
        beside: &TokenStream,
    ) -> Option<Fused<'c>> {
        let mut scan = scan.clone();
        if chains::evidence(&scan.receiver, &[]) == Evidence::No {
            return None;
        }
        let item = Ident::new("item", Span::mixed_site());
        let mut first = Vec::new();
        if let Expr::MethodCall(call) = &*scan.receiver
            && scan_in(call).is_some()
        {
            // a scan of what was scanned
            let call = call.clone();
            let mut list = self.chain(&call)?;
            if let Expr::MethodCall(into_iter) = &list
                && into_iter.method == "into_iter"
            {
                list = (*into_iter.receiver).clone();
            }
            let name = self.local("scanned", call.method.span());
            first.push(syn::parse_quote!(let #name = #list;));
            *scan.receiver = items_of(syn::parse_quote!(#name), call.method.span());
        }
        let before = self.before(&mut scan, &item)?;
        let arguments = behind.iter().map(|call| call.args.to_token_stream());
        let beside: TokenStream = arguments.chain([beside.clone()]).collect();
        let mut looped = self.loop_of(&scan, &beside, &item)?;
        looped.declared.splice(0..0, first);
        if !before.is_empty() {
            let pattern = std::mem::replace(&mut looped.pattern, syn::parse_quote!(#item));
            let bind: Stmt = syn::parse_quote!(let #pattern = #item;);
            looped.stmts.splice(0..0, before.into_iter().chain([bind]));
        }
        let scan = &scan;
        let mut rest = behind;
        while let Some((next, others)) = rest.split_last() {
            let Some(step) = adapted(next, &item).filter(|_| looped.leaves_alone(&next.args)) else {
                break;
            };
            looped.stmts.extend(step);
            rest = others;
        }
        self.rewritten += 1;
        Some(Fused {
            scan: scan.clone(),
            looped,
            rest,
            item,
        })
    }

    /// A scan as a loop, up to `let item = ..;`.
    fn loop_of(&mut self, scan: &ExprMethodCall, beside: &TokenStream, item: &Ident) -> Option<Looped> {
        if let Some((closure, carried)) = carrying(scan) {
            let mut looped = mapped(closure, item)?;
            // no other closure's parameter of the same name comes into the loop
            looped
                .bound
                .extend(carried.iter().map(|name| Ident::new(name, Span::call_site())));
            return Some(looped);
        }
        let Expr::Closure(closure) = &scan.args[1] else {
            return None;
        };
        let [state, pattern] = &closure.inputs.iter().collect::<Vec<_>>()[..] else {
            return None;
        };
        let state = match state {
            Pat::Type(typed) => &*typed.pat,
            state => state,
        };
        let mut body = body(closure)?;
        let mut leaves = Leaves {
            is_clear: true,
            loops: 0,
        };
        leaves.visit_block_mut(&mut body);
        if !leaves.is_clear {
            return None;
        }
        // the variables behind the closure's references
        let names: Vec<Ident> = bindings(state).into_iter().map(|b| b.ident).collect();
        let is_plain = |p: &Pat| matches!(p, Pat::Ident(p) if p.by_ref.is_none() && p.subpat.is_none());
        let is_tuple = matches!(state, Pat::Tuple(tuple) if tuple.elems.iter().all(is_plain));
        if !(is_plain(state) || is_tuple) {
            return None;
        }
        let mut states = Vec::new();
        for name in &names {
            if binds(&body, slice::from_ref(name)) || bindings(pattern).iter().any(|b| b.ident == *name) {
                return None;
            }
            let text = name.to_string();
            let others = [scan.receiver.to_token_stream(), beside.clone()];
            let fresh = if others.into_iter().any(|tokens| uses::occurs(tokens, &text)) {
                self.names.free(&format!("{}_carried", text.trim_start_matches("r#")))
            } else {
                name.clone()
            };
            states.push((name.clone(), fresh));
        }
        let mut direct = Direct {
            states: &states,
            is_clear: true,
        };
        direct.visit_block_mut(&mut body);
        let value = match body.stmts.pop()? {
            Stmt::Expr(value, None) => unwrapped(value)?,
            _ => return None,
        };
        if !direct.is_clear {
            return None;
        }
        let init = &scan.args[0];
        let fresh = states.iter().map(|(_, fresh)| fresh);
        let declared: Stmt = match is_tuple {
            true => syn::parse_quote!(let (#(mut #fresh,)*) = #init;),
            false => syn::parse_quote!(let #(mut #fresh)* = #init;),
        };
        let mut stmts = body.stmts;
        stmts.push(syn::parse_quote!(let #item = #value;));
        let mut bound: Vec<Ident> = bindings(pattern).into_iter().map(|b| b.ident).collect();
        bound.extend(declared_in(&stmts));
        Some(Looped {
            declared: vec![declared],
            pattern: (*pattern).clone(),
            stmts,
            bound,
            label: None,
        })
    }

    /// The items in a list.
    fn listed(&mut self, item: &Ident, at: Span) -> Ending {
        let list = self.local("scanned", at);
        Ending {
            before: stmts(quote!(let mut #list = ::std::vec::Vec::new();)),
            each: stmts(quote!(#list.push(#item);)),
            result: syn::parse_quote!(#list),
        }
    }

    /// A new variable, as the user could have written it.
    fn local(&mut self, role: &str, at: Span) -> Ident {
        let mut name = self.names.free(role);
        name.set_span(at);
        name
    }

    /// What stands before the scan and remembers items, `take_while(p)`, as statements of the loop; the scan is one of
    /// what stands before that.
    fn before(&mut self, scan: &mut ExprMethodCall, item: &Ident) -> Option<Vec<Stmt>> {
        let mut steps: Vec<Vec<Stmt>> = Vec::new();
        let (mut count, mut at) = (0, &*scan.receiver);
        while let Expr::MethodCall(call) = at {
            match chains::adaptor(call) {
                None => break,
                Some(chains::Adaptor::Bounds | chains::Adaptor::Remembers) => {
                    steps.push(adapted(call, item)?);
                    count = steps.len();
                }
                Some(_) if count == steps.len() && adapted(call, item).is_none() => {
                    // items are counted, or taken in another order, before something that remembers them
                    let deeper = chains::adaptors(call);
                    let remembers = |kind| matches!(kind, chains::Adaptor::Bounds | chains::Adaptor::Remembers);
                    if deeper.iter().filter_map(|call| chains::adaptor(call)).any(remembers) {
                        return None;
                    }
                    break;
                }
                Some(_) => match adapted(call, item) {
                    Some(step) => steps.push(step),
                    None => break,
                },
            }
            at = &call.receiver;
        }
        steps.truncate(count);
        for _ in 0..count {
            let Expr::MethodCall(call) = &*scan.receiver else {
                return None;
            };
            scan.receiver = call.receiver.clone();
        }
        steps.reverse();
        Some(steps.into_iter().flatten().collect())
    }

    /// The end of a chain that can be part of the loop.
    fn ending(&mut self, call: &ExprMethodCall, item: &Ident) -> Option<Ending> {
        let found = self.local("found", call.method.span());
        let method = call.method.to_string();
        let closure = |argument: &Expr, reference: bool| applied(argument, item, reference);
        let (start, each, result): (Expr, Vec<Stmt>, Expr) = match (method.as_str(), call.args.len()) {
            ("count", 0) => (
                syn::parse_quote!(0usize),
                stmts(quote!(#found += 1;)),
                syn::parse_quote!(#found),
            ),
            ("last", 0) => (
                syn::parse_quote!(::core::option::Option::None),
                stmts(quote!(#found = ::core::option::Option::Some(#item);)),
                syn::parse_quote!(#found),
            ),
            ("sum", 0) if self.sums.contains(&NodeId::of(call)) || integer_turbofish(call) => {
                let start = match &call.turbofish {
                    Some(turbofish) => {
                        let ty = turbofish.args.first()?;
                        syn::parse_quote!(<#ty as ::core::default::Default>::default())
                    }
                    None => syn::parse_quote!(0),
                };
                (start, stmts(quote!(#found += #item;)), syn::parse_quote!(#found))
            }
            ("any", 1) => {
                let test = closure(&call.args[0], false)?;
                let each = stmts(quote!(if #test { #found = true; break; }));
                (syn::parse_quote!(false), each, syn::parse_quote!(#found))
            }
            ("all", 1) => {
                let test = closure(&call.args[0], false)?;
                let each = stmts(quote!(if !(#test) { #found = false; break; }));
                (syn::parse_quote!(true), each, syn::parse_quote!(#found))
            }
            ("find", 1) => {
                let test = closure(&call.args[0], true)?;
                let each = stmts(quote!(if #test { #found = ::core::option::Option::Some(#item); break; }));
                (
                    syn::parse_quote!(::core::option::Option::None),
                    each,
                    syn::parse_quote!(#found),
                )
            }
            ("find_map", 1) => {
                let value = closure(&call.args[0], false)?;
                let each = stmts(quote! {
                    let #item = #value;
                    if #item.is_some() { #found = #item; break; }
                });
                (
                    syn::parse_quote!(::core::option::Option::None),
                    each,
                    syn::parse_quote!(#found),
                )
            }
            ("position", 1) => {
                let test = closure(&call.args[0], false)?;
                let at = self.local("at", call.method.span());
                let each = stmts(quote! {
                    if #test { #found = ::core::option::Option::Some(#at); break; }
                    #at += 1;
                });
                return Some(Ending {
                    before: stmts(quote!(let (mut #found, mut #at) = (::core::option::Option::None, 0usize);)),
                    each,
                    result: syn::parse_quote!(#found),
                });
            }
            ("max", 0) => (
                syn::parse_quote!(::core::option::Option::None),
                stmts(quote!(#found = ::core::cmp::Ord::max(#found, ::core::option::Option::Some(#item));)),
                syn::parse_quote!(#found),
            ),
            ("fold", 2) => return folded(call, item),
            ("for_each", 1) => {
                let value = closure(&call.args[0], false)?;
                return Some(Ending {
                    before: Vec::new(),
                    each: stmts(quote!(#value;)),
                    result: syn::parse_quote!(()),
                });
            }
            _ => return None,
        };
        Some(Ending {
            before: stmts(quote!(let mut #found = #start;)),
            each,
            result,
        })
    }
}

/// A `map` that carries variables along as a loop, up to `let item = ..;`.
fn mapped(closure: &ExprClosure, item: &Ident) -> Option<Looped> {
    let [pattern] = &closure.inputs.iter().collect::<Vec<_>>()[..] else {
        return None;
    };
    let mut body = body(closure)?;
    if returns(&body) {
        return None;
    }
    let Stmt::Expr(value, None) = body.stmts.pop()? else {
        return None;
    };
    let mut stmts = body.stmts;
    let mut bound: Vec<Ident> = bindings(pattern).into_iter().map(|b| b.ident).collect();
    bound.extend(declared_in(&stmts));
    stmts.push(syn::parse_quote!(let #item = #value;));
    let pattern = match pattern {
        Pat::Type(typed) => (*typed.pat).clone(),
        pattern => (*pattern).clone(),
    };
    Some(Looped {
        declared: Vec::new(),
        pattern,
        stmts,
        bound,
        label: None,
    })
}

fn is_scan(call: &ExprMethodCall) -> bool {
    call.method == "scan" && call.args.len() == 2 || carrying(call).is_some()
}

/// The closure of a `map` that changes variables outside it: `.map(|x| { sum += x; sum })`.
fn carrying(call: &ExprMethodCall) -> Option<(&ExprClosure, BTreeSet<String>)> {
    struct Changed(BTreeSet<String>);
    impl<'a> Visit<'a> for Changed {
        fn visit_expr(&mut self, node: &'a Expr) {
            let target = match node {
                Expr::Assign(assign) => Some(&assign.left),
                Expr::Binary(binary) if is_compound(&binary.op) => Some(&binary.left),
                _ => None,
            };
            self.0
                .extend(target.and_then(|t| place_of(t)).map(|(place, _)| place.root));
            visit::visit_expr(self, node);
        }
    }
    let Expr::Closure(closure) = call
        .args
        .first()
        .filter(|_| call.method == "map" && call.args.len() == 1)?
    else {
        return None;
    };
    let Expr::Block(block) = &*closure.body else {
        return None;
    };
    let mut changed = Changed(BTreeSet::new());
    changed.visit_block(&block.block);
    let mut own: Vec<Ident> = closure.inputs.iter().flat_map(bindings).map(|b| b.ident).collect();
    own.extend(declared_in(&block.block.stmts));
    changed.0.retain(|name| !own.iter().any(|own| own == name));
    (!changed.0.is_empty()).then_some((closure, changed.0))
}

/// The names that the statements declare.
fn declared_in(stmts: &[Stmt]) -> Vec<Ident> {
    let locals = stmts.iter().filter_map(|stmt| match stmt {
        Stmt::Local(local) => Some(bindings(&local.pat)),
        _ => None,
    });
    let role = Ident::new("item", Span::mixed_site());
    let names = locals.flatten().map(|b| b.ident);
    names.filter(|name| *name != role).collect()
}
