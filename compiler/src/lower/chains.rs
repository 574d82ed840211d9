//! Which expressions are iterator chains?
//!
//! A chain is a source, adaptors on it, and a terminal: `xs.iter().map(f).sum()`. Methods of other types have the same
//! names (`Option::map`, `f64::max`, `str::find`), so something in the chain has to show that it is an iterator: where
//! it starts, or an adaptor that only iterators have.

use std::collections::BTreeSet;

use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Expr, ExprMethodCall, Ident, ItemFn, Stmt};

use super::NodeId;
use super::variables::{self, Holds, Variable};

/// A chain that may be rewritten.
pub(crate) struct Chain<'a> {
    /// The call of the terminal.
    pub(crate) node: &'a ExprMethodCall,
    /// Its name for the generator.
    pub(crate) id: NodeId,
    /// It is part of what the function returns at its end.
    pub(crate) in_tail: bool,
    /// The variables in sight, inner declarations last.
    pub(crate) variables: Vec<Variable>,
}

/// Methods that lend or give an iterator.
const SOURCES: &[&str] = &[
    "array_windows",
    "bytes",
    "char_indices",
    "chars",
    "chunk_by",
    "chunks",
    "chunks_exact",
    "chunks_exact_mut",
    "chunks_mut",
    "drain",
    "into_iter",
    "into_keys",
    "into_values",
    "iter",
    "iter_mut",
    "keys",
    "lines",
    "rchunks",
    "rchunks_exact",
    "rchunks_mut",
    "rsplit",
    "split",
    "split_ascii_whitespace",
    "split_inclusive",
    "split_terminator",
    "split_whitespace",
    "splitn",
    "values",
    "values_mut",
    "windows",
];

/// What an adaptor does to the items of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Adaptor {
    /// One item for one item, whatever the others are.
    OneForOne,
    /// Some items for one item, whatever the others are.
    SomeForOne,
    /// It counts items, or pairs them with others.
    Counts,
    /// It leaves out all items from the first one on that a function decides on, or all before it.
    Bounds,
    /// It remembers what came before.
    Remembers,
}

/// True for methods that lend or give an iterator.
pub(crate) fn is_source(call: &ExprMethodCall) -> bool {
    SOURCES.iter().any(|name| call.method == name)
}

/// What the method is as an adaptor.
pub(crate) fn adaptor(call: &ExprMethodCall) -> Option<Adaptor> {
    Some(match (call.method.to_string().as_str(), call.args.len()) {
        ("map" | "inspect", 1) | ("copied" | "cloned", 0) => Adaptor::OneForOne,
        ("filter" | "filter_map" | "flat_map", 1) | ("flatten", 0) => Adaptor::SomeForOne,
        ("enumerate" | "rev", 0) | ("zip" | "chain" | "skip" | "take" | "step_by", 1) => Adaptor::Counts,
        ("take_while" | "skip_while" | "map_while", 1) => Adaptor::Bounds,
        ("scan", 2) | ("peekable" | "fuse" | "cycle", 0) => Adaptor::Remembers,
        _ => return None,
    })
}

/// True if the method ends a chain in a way that the runtime knows.
pub(crate) fn is_terminal(call: &ExprMethodCall) -> bool {
    matches!(
        (call.method.to_string().as_str(), call.args.len()),
        (
            "sum" | "product" | "count" | "min" | "max" | "last" | "collect" | "unzip",
            0
        ) | (
            "min_by"
                | "max_by"
                | "min_by_key"
                | "max_by_key"
                | "any"
                | "all"
                | "find"
                | "find_map"
                | "position"
                | "partition",
            1
        )
    )
}

/// True if the method ends a chain, but one that can't be done in pieces.
pub(crate) fn is_ordered_terminal(call: &ExprMethodCall) -> bool {
    matches!(
        (call.method.to_string().as_str(), call.args.len()),
        ("try_fold" | "fold", 2)
            | (
                "reduce" | "try_for_each" | "for_each" | "nth" | "rposition" | "is_sorted_by" | "is_sorted_by_key",
                1
            )
            | ("is_sorted", 0)
    )
}

/// How sure it is that an expression is an iterator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Evidence {
    /// Nothing says so.
    No,
    /// It has adaptors, which `Option` has too.
    Weak,
    /// Only iterators look like this.
    Strong,
}

/// How sure it is that the expression is an iterator.
pub(crate) fn evidence(expr: &Expr, variables: &[Variable]) -> Evidence {
    match expr {
        Expr::Paren(paren) if matches!(*paren.expr, Expr::Range(_)) => Evidence::Strong,
        Expr::Paren(paren) => evidence(&paren.expr, variables),
        // rayon's own chains are parallel already
        Expr::MethodCall(call) if is_parallel(call) => Evidence::No,
        expr => sequential_evidence(expr, variables),
    }
}

/// The same for what is no chain of rayon's.
fn sequential_evidence(expr: &Expr, variables: &[Variable]) -> Evidence {
    match expr {
        Expr::Paren(_) => evidence(expr, variables),
        Expr::MethodCall(call) if is_source(call) => Evidence::Strong,
        Expr::MethodCall(call) => match adaptor(call) {
            Some(Adaptor::OneForOne | Adaptor::SomeForOne) => {
                let only_iterators = call.method == "flat_map" || call.method == "filter_map";
                let own = if only_iterators {
                    Evidence::Strong
                } else {
                    Evidence::Weak
                };
                own.max(sequential_evidence(&call.receiver, variables))
            }
            Some(Adaptor::Counts) if call.method != "zip" && call.method != "rev" => Evidence::Strong,
            Some(Adaptor::Counts) => Evidence::Weak.max(sequential_evidence(&call.receiver, variables)),
            Some(Adaptor::Bounds | Adaptor::Remembers) => Evidence::Strong,
            None => Evidence::No,
        },
        // `divvy::stream(..)`
        Expr::Call(call) if call.args.len() == 1 => match &*call.func {
            Expr::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "stream") => {
                Evidence::Strong
            }
            _ => Evidence::No,
        },
        Expr::Path(_) => match variables::named(expr, variables) {
            Some((Variable { init: Some(init), .. }, before)) => evidence(init, before),
            _ => Evidence::No,
        },
        _ => Evidence::No,
    }
}

fn is_parallel(call: &ExprMethodCall) -> bool {
    let name = call.method.to_string();
    let below = matches!(&*call.receiver, Expr::MethodCall(inner) if is_parallel(inner));
    below || name.starts_with("par_") || name.starts_with("into_par_")
}

/// True if the call ends a chain, or at least what the function returns looks so.
pub(crate) fn is_chain(call: &ExprMethodCall, in_tail: bool, variables: &[Variable]) -> bool {
    let only_iterators = matches!(
        call.method.to_string().as_str(),
        "sum"
            | "product"
            | "collect"
            | "min_by_key"
            | "max_by_key"
            | "min_by"
            | "max_by"
            | "position"
            | "find_map"
            | "any"
            | "all"
            | "partition"
    );
    let needed = if in_tail && only_iterators {
        Evidence::Weak
    } else {
        Evidence::Strong
    };
    (is_terminal(call) || is_ordered_terminal(call)) && evidence(&call.receiver, variables) >= needed
}

/// Where a chain starts that looks like one only by the names of its adaptors: `it` in `it.map(f).max()`.
pub(crate) fn opaque(terminal: &ExprMethodCall) -> Option<&Expr> {
    let first = adaptors(terminal).pop().filter(|_| is_terminal(terminal))?;
    Some(&first.receiver)
}

/// The calls in the function's last expression, through blocks and branches to what they end with.
pub(crate) fn in_tail(function: &ItemFn) -> BTreeSet<NodeId> {
    struct Tail(BTreeSet<NodeId>);
    impl<'a> Visit<'a> for Tail {
        fn visit_block(&mut self, node: &'a syn::Block) {
            if let Some(Stmt::Expr(last, None)) = node.stmts.last() {
                self.visit_expr(last);
            }
        }

        fn visit_expr_method_call(&mut self, node: &'a ExprMethodCall) {
            self.0.insert(NodeId::of(node));
            visit::visit_expr_method_call(self, node);
        }

        fn visit_expr_closure(&mut self, _: &'a syn::ExprClosure) {}
    }
    let mut tail = Tail(BTreeSet::new());
    tail.visit_block(&function.block);
    tail.0
}

/// The receivers of a chain's adaptors, from the terminal down to the source.
pub(crate) fn adaptors(terminal: &ExprMethodCall) -> Vec<&ExprMethodCall> {
    adaptors_of(&terminal.receiver)
}

/// The adaptors of an iterator, from the last one down to the source.
pub(crate) fn adaptors_of(items: &Expr) -> Vec<&ExprMethodCall> {
    let mut found = Vec::new();
    let mut at = items;
    loop {
        match at {
            Expr::Paren(paren) => at = &paren.expr,
            Expr::MethodCall(call) if adaptor(call).is_some() => {
                found.push(call);
                at = &call.receiver;
            }
            _ => return found,
        }
    }
}

/// The function that makes the items one after another, `from_fn` in `zip(a, from_fn(|| ..).take(n))`.
pub(crate) fn generator(items: &Expr) -> Option<&Ident> {
    match items {
        Expr::Paren(paren) => generator(&paren.expr),
        Expr::MethodCall(call) if adaptor(call).is_some() => {
            let others = call.args.iter().find_map(generator);
            generator(&call.receiver).or(others)
        }
        Expr::Call(call) => {
            let Expr::Path(path) = &*call.func else { return None };
            let name = &path.path.segments.last()?.ident;
            let is_known = ["from_fn", "successors", "repeat_with"]
                .iter()
                .any(|known| name == known);
            (is_known && matches!(call.args.last(), Some(Expr::Closure(_)))).then_some(name)
        }
        _ => None,
    }
}

/// The expressions that a chain's adaptors and its terminal are given and that they run for the items.
pub(crate) fn closures(terminal: &ExprMethodCall) -> Vec<&Expr> {
    let mut found: Vec<&Expr> = terminal.args.iter().collect();
    found.extend(of_adaptors(adaptors(terminal)));
    found
}

/// The same for the header of a loop.
pub(crate) fn closures_of_header(header: &Expr) -> Vec<&Expr> {
    of_adaptors(adaptors_of(header))
}

fn of_adaptors(calls: Vec<&ExprMethodCall>) -> Vec<&Expr> {
    calls
        .into_iter()
        .flat_map(|call| match adaptor(call) {
            Some(Adaptor::OneForOne | Adaptor::SomeForOne | Adaptor::Bounds) => call.args.iter().collect(),
            // another chain beside this one
            Some(Adaptor::Counts) => call.args.iter().flat_map(closures_of_header).collect(),
            _ => Vec::new(),
        })
        .collect()
}

/// A variable in the place of a closure that may change what it holds.
pub(crate) fn is_changing_function(name: &Ident, variables: &[Variable]) -> bool {
    let variable = variables.iter().rev().find(|v| name == &v.name);
    variable.is_some_and(|v| {
        let text = v.ty.as_ref().map(|ty| ty.to_token_stream().to_string());
        let is_closure = v.mutable && matches!(v.init, Some(Expr::Closure(_)));
        v.holds == Holds::Mutable || is_closure || text.is_some_and(|text| text.contains("FnMut"))
    })
}
