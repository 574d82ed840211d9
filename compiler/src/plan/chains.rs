//! Which chains are rewritten?
//!
//! Those that the function returns must be; those elsewhere are left as they are if something stands in the way and
//! there is another kernel.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Expr, ExprMethodCall, ItemFn};

use crate::analysis::bounds;
use crate::analysis::called;
use crate::analysis::closures::{self, InSight};
use crate::analysis::effects;
use crate::analysis::shares;
use crate::diagnostics::{self, Diagnostics};
use crate::lower::NodeId;
use crate::lower::accesses;
use crate::lower::chains::{self, Adaptor, Chain, Evidence};
use crate::lower::folds;
use crate::lower::uses;
use crate::lower::variables::{self, Variable};
use crate::options::Options;

use super::endless;

/// Chains by their last calls.
pub(crate) type Chains = BTreeMap<NodeId, Chosen>;

/// What is known of a chain that is rewritten.
#[derive(Debug, Default)]
pub(crate) struct Chosen {
    /// What its closures look at and threads might not be able to share.
    pub(crate) shared: Vec<TokenStream>,
    /// That its items are not `&mut` is for their type to say.
    pub(crate) is_for_types: bool,
}

/// The chains to rewrite; what stands in the way of the others is reported where it matters.
pub(crate) fn choose(
    function: &ItemFn,
    chains: &[Chain<'_>],
    has_loops: bool,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Chains {
    let mut chosen = Chains::new();
    let mut elsewhere = Diagnostics::new();
    let declared = called::Functions::of(function);
    for chain in chains {
        let mut obstacles = Diagnostics::new();
        let known = check(function, &declared, chain, options, &mut obstacles);
        match (obstacles.is_empty(), chain.in_tail) {
            (true, _) => drop(chosen.insert(chain.id, known)),
            (false, true) => diagnostics.append(obstacles),
            (false, false) => elsewhere.append(obstacles),
        }
    }
    if chosen.is_empty() && !has_loops {
        diagnostics.append(elsewhere);
    }
    chosen
}

fn check(
    function: &ItemFn,
    declared: &called::Functions<'_>,
    chain: &Chain<'_>,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Chosen {
    order(chain, diagnostics);
    goes_on(function, chain, diagnostics);
    bounds::check_chain(function, chain, diagnostics);
    let closures = chains::closures(chain.node);
    let found = accesses::of_expressions(&closures, &InSight(&chain.variables));
    called::check_effects(declared, &chain.variables, &found, chain.node, options, diagnostics);
    called::check(function, &chain.variables, &found, diagnostics);
    effects::check_stop(function, chain, options, diagnostics);
    closures::check(function, &closures, &chain.variables, &found, diagnostics);
    Chosen {
        shared: shares::analyze(&function.sig.generics, &chain.variables, &found),
        is_for_types: effects::is_chain_for_types(function, chain, options),
    }
}

/// Reports steps that need the items before them.
fn order(chain: &Chain<'_>, diagnostics: &mut Diagnostics) {
    let terminal = chain.node;
    if chains::is_ordered_terminal(terminal) && folds::reduction(terminal).is_none() {
        let method = &terminal.method;
        let error = diagnostics.report(
            diagnostics::ORDERED_CHAIN,
            method,
            format!("`{method}` takes the items one after another"),
        );
        error
            .note("what it does with an item depends on the items before, and no operation says how pieces are joined");
        match method.to_string().as_str() {
            "reduce" => error.help("write `max()`, `min_by(..)`, `sum()`, or a `fold` with a known operation"),
            _ => error
                .help("write a `for` loop with an accumulator that is updated by one operation, such as `sum += x`"),
        };
    }
    generated(&terminal.receiver, diagnostics);
    for call in chains::adaptors(terminal) {
        let method = &call.method;
        let made = |argument: &Expr| !is_function(argument);
        match chains::adaptor(call) {
            Some(Adaptor::Remembers) if call.method == "scan" => {
                diagnostics
                    .report(
                        diagnostics::ORDERED_CHAIN,
                        method,
                        "`scan` carries a value along in a way that can't be followed",
                    )
                    .note("it is read as a loop if its function is a closure that ends in `Some(..)` or `None`")
                    .help("write the loop: `for x in items { sum += x; out.push(sum); }` under `#[par_scan]`");
            }
            Some(Adaptor::Remembers) => remembers(call, diagnostics),
            Some(Adaptor::OneForOne | Adaptor::SomeForOne | Adaptor::Bounds) if call.args.iter().any(made) => {
                diagnostics
                    .report(
                        diagnostics::ORDERED_CHAIN,
                        &call.args,
                        format!("`{method}` is given a function that is made on the spot"),
                    )
                    .note("every piece would make a function of its own, and what that remembers would be lost")
                    .help("write a closure that calls it: `|x| f(x)`, or bind it to a variable before");
            }
            _ => {}
        }
    }
    if diagnostics.is_empty() {
        endless::check(&terminal.receiver, &chain.variables, diagnostics);
    }
}

/// Reports the steps of a loop's header that need the items before them.
pub(crate) fn order_of_header(header: &Expr, variables: &[Variable], diagnostics: &mut Diagnostics) {
    generated(header, diagnostics);
    for call in chains::adaptors_of(header) {
        let is_iterator = chains::evidence(&call.receiver, variables) == Evidence::Strong;
        // `cycle` is a source of its own
        if is_iterator && chains::adaptor(call) == Some(Adaptor::Remembers) && call.method != "cycle" {
            remembers(call, diagnostics);
        }
    }
    if diagnostics.is_empty() {
        endless::check(header, variables, diagnostics);
    }
}

/// Reports a search through an iterator that something else goes on with: where the search stops only it knows.
fn goes_on(function: &ItemFn, chain: &Chain<'_>, diagnostics: &mut Diagnostics) {
    let terminal = chain.node;
    let borrows = ["all", "any", "find", "find_map", "position"]
        .iter()
        .any(|name| terminal.method == name);
    let Some((items, _)) = variables::named(&terminal.receiver, &chain.variables).filter(|_| borrows && !chain.in_tail)
    else {
        return;
    };
    let occurrences = |tokens: TokenStream| uses::count(tokens, &items.name);
    let declared = usize::from(items.init.is_some());
    if occurrences(function.block.to_token_stream()) <= occurrences(terminal.to_token_stream()) + declared {
        return;
    }
    let (method, name) = (&terminal.method, &items.name);
    diagnostics
        .report(
            diagnostics::ORDERED_CHAIN,
            method,
            format!("`{method}` takes the items one after another"),
        )
        .note(format!(
            "`{name}` is used elsewhere, too, and goes on where this search has stopped"
        ))
        .help(format!(
            "search in an iterator of its own, such as `{name}.clone()`, or mark the statement `#[seq]`"
        ));
}

fn remembers(call: &ExprMethodCall, diagnostics: &mut Diagnostics) {
    let method = &call.method;
    diagnostics
        .report(
            diagnostics::ORDERED_CHAIN,
            method,
            format!("`{method}` remembers the items before"),
        )
        .note("a piece of the chain can't know what the pieces before it have seen")
        .help("collect what comes before it in one statement, and go on from there in the next one");
}

/// Reports items that are made one after another.
fn generated(items: &Expr, diagnostics: &mut Diagnostics) {
    let Some(function) = chains::generator(items) else {
        return;
    };
    diagnostics
        .report(
            diagnostics::ORDERED_CHAIN,
            function,
            format!("`{function}` makes the items one after another"),
        )
        .note("what its closure gives may depend on the calls before, so the items can't be cut into pieces")
        .help(format!(
            "let them be made in order and shared out as they come: `divvy::stream({function}(..))`; or loop over a range and compute each item from its number"
        ));
}

/// A closure, the name of a function, or a reference to one.
fn is_function(argument: &Expr) -> bool {
    match argument {
        Expr::Closure(_) | Expr::Path(_) | Expr::Field(_) => true,
        Expr::Reference(reference) => is_function(&reference.expr),
        Expr::Paren(paren) => is_function(&paren.expr),
        _ => false,
    }
}
