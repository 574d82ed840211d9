//! Chains over children: `children.iter().map(|child| f(child))`, and arrays that are mapped or made by a function.

use std::collections::BTreeSet;

use proc_macro2::Span;
use quote::{ToTokens, quote, quote_spanned};
use syn::{Expr, Ident, PathArguments, parse_quote};

use super::tasks::without_parens;
use super::{Joins, visit_expr};
use crate::analysis::independence::Footprint;
use crate::analysis::shares;
use crate::codegen::region;
use crate::explain;
use crate::lower::arrays;
use crate::lower::tasks::{is_iterator, is_lazy_adaptor, is_unfinished, takes_iterator};

impl Joins<'_> {
    /// Rewrites `items.map(|child| f(child))` and its kind, the rest of the chain takes the results; `false` if there is
    /// no such thing in the chain.
    pub(super) fn child_chain(&mut self, expr: &mut Expr) -> bool {
        let mut behind = Vec::new();
        let Some(link) = self.link(expr, &mut behind, false) else {
            return false;
        };
        let stops_early = |name: &String| SHORT.contains(&name.as_str());
        if behind.iter().any(stops_early) {
            return false;
        }
        self.explain(|| Some(explain::of_children(link)));
        let Mapped { items, function, name } = Mapped::of(link);
        let at = Span::mixed_site().located_at(name.span());
        let shared = shares::of_calls(&[&items, &function], self.recursion, &BTreeSet::new());
        let forks = self.forks_at(at);
        let function = match function {
            Expr::Closure(closure) => self.of_closure(closure, at),
            path => match &self.fork {
                Some(fork) => quote_spanned!(at=> |#forks, child| #fork(#forks, child)),
                None => quote_spanned!(at=> |#forks, child| #forks.below(|| #path(child))),
            },
        };
        let mut items = without_parens(items);
        let forks = self.for_threads(forks.to_token_stream(), [&function].into_iter());
        let forks = region::sharing(shared.as_slice(), forks, &self.loops.runtime);
        visit_expr(self, &mut items);
        self.joined += 1;
        let tokens = match name.to_string().as_str() {
            "map" if self.loops.arrays.is_array(&items) => quote_spanned!(at=> #forks.array(#items, #function)),
            "from_fn" => quote_spanned!(at=> #forks.array(#items, #function)),
            "map" => quote_spanned!(at=> #forks.children(#items, #function)),
            "flat_map" | "filter_map" => {
                quote_spanned!(at=> ::core::iter::Iterator::flatten(#forks.children(#items, #function)))
            }
            "for_each" => {
                quote_spanned!(at=> ::core::iter::Iterator::for_each(#forks.children(#items, #function), ::core::mem::drop))
            }
            "any" => quote_spanned!(at=> #forks.any_child(#items, #function)),
            "all" => quote_spanned!(at=> #forks.all_children(#items, #function)),
            _ => quote_spanned!(at=> #forks.find_child(#items, #function)),
        };
        *link = Expr::Verbatim(tokens);
        true
    }

    /// The link of a chain whose closure calls, with the names of those behind it; if these take an iterator, it is one.
    fn link<'e>(&self, expr: &'e mut Expr, behind: &mut Vec<String>, is_taken: bool) -> Option<&'e mut Expr> {
        if matches!(&*expr, Expr::Call(call) if arrays::of_function(call).is_some() && self.is_free(&call.args[0])) {
            return Some(expr);
        }
        let Expr::MethodCall(call) = &*expr else { return None };
        let takes = ["map", "flat_map", "filter_map", "for_each", "any", "all", "find_map"];
        let is_link = takes.iter().any(|name| call.method == name) && call.args.len() == 1;
        let is_array = call.method == "map" && self.loops.arrays.is_array(&call.receiver);
        let has_items = is_array || is_taken || is_iterator(&call.receiver);
        if is_link && self.is_free(&call.args[0]) && has_items {
            let writes = call.receiver.to_token_stream().to_string().contains("_mut");
            let speculates = call.method == "any" || call.method == "all" || call.method == "find_map";
            return (!(self.recursion.is_in(&call.receiver) || writes && speculates)).then_some(expr);
        }
        behind.push(call.method.to_string());
        let is_taken = takes_iterator(call) || is_taken && is_lazy_adaptor(&call.method.to_string());
        match expr {
            Expr::MethodCall(call) => self.link(&mut call.receiver, behind, is_taken),
            _ => None,
        }
    }

    /// True if the function calls and changes nothing outside.
    fn is_free(&self, argument: &Expr) -> bool {
        match argument {
            Expr::Closure(closure) => {
                let footprint = Footprint::of(argument, self.names);
                let is_lazy = match &*closure.body {
                    Expr::MethodCall(call) => self.recursion.is_in(&closure.body) && is_unfinished(call),
                    _ => false,
                };
                closure.inputs.len() == 1
                    && self.recursion.is_in(&closure.body)
                    && footprint.is_pure(self.names)
                    && !is_lazy
            }
            Expr::Path(path) => self.recursion.is_value(path),
            _ => false,
        }
    }
}

/// The parts of `items.map(function)` and its kind.
struct Mapped {
    items: Expr,
    function: Expr,
    name: Ident,
}

impl Mapped {
    /// `array::from_fn(f)` maps the array of the indices.
    fn of(link: &Expr) -> Mapped {
        match link {
            Expr::MethodCall(call) => Mapped {
                items: (*call.receiver).clone(),
                function: call.args[0].clone(),
                name: call.method.clone(),
            },
            Expr::Call(call) => {
                let mut path = arrays::of_function(call).expect("it is `from_fn`").clone();
                let last = path.path.segments.last_mut().expect("a path has a segment");
                let length = match &last.arguments {
                    PathArguments::AngleBracketed(given) => given.args.get(1).map(ToTokens::to_token_stream),
                    _ => None,
                };
                let (name, length) = (last.ident.clone(), length.unwrap_or_else(|| quote!(_)));
                last.arguments = PathArguments::AngleBracketed(parse_quote!(::<::core::primitive::usize, #length, _>));
                Mapped {
                    items: parse_quote!(#path(|index| index)),
                    function: call.args[0].clone(),
                    name,
                }
            }
            _ => unreachable!("a link is a call"),
        }
    }
}

/// Methods that may leave results untaken.
const SHORT: &[&str] = &[
    "all",
    "any",
    "find",
    "find_map",
    "next",
    "nth",
    "position",
    "take",
    "take_while",
    "map_while",
    "try_fold",
    "try_for_each",
    "zip",
    "scan",
    "peekable",
    "rposition",
    "cmp",
    "eq",
    "lt",
];
