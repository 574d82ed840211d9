//! What does a kernel's body do to the variables outside it?
//!
//! The result is a list of accesses in the order of the source, each with the place, the way it is touched and the
//! tokens that do it, beside the exits and the effects that no variable shows.

mod effects;
mod macros;
mod meanings;
mod scopes;
mod touches;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use syn::visit::Visit;
use syn::{Expr, ExprForLoop, Stmt};

use crate::lower::NodeId;
use crate::lower::bests::Best;
use crate::lower::cells::Cells;
use crate::lower::cells::refused::Refused;
use crate::lower::guards::Guard;
use crate::lower::places::Place;
use crate::lower::subscripts::{Polynomial, Subscript};
use crate::lower::updates::Update;
use crate::lower::{chains, inductions, replays};

pub(crate) use touches::only_looks;

/// How a place is touched.
#[derive(Debug)]
pub(crate) enum Touch<'a> {
    /// Its value is used.
    Read,
    /// It is overwritten: `x = e`, `x /= e`.
    Write {
        /// The statement.
        node: &'a Expr,
    },
    /// It accumulates.
    Update(Update<'a>),
    /// It is replaced by something better, together with other places.
    Guarded(usize),
    /// It is an `Option` that is replaced by something better.
    Best(usize),
    /// Parts of its cells accumulate, under a name for the cell.
    Cells(usize),
    /// `&mut x`, or a `&mut` variable passed on.
    BorrowMut,
    /// A method of unknown effect is called on it.
    Method {
        /// The method.
        name: Ident,
        /// Its result is not used.
        is_statement: bool,
    },
}

/// One access to a place outside the kernel.
#[derive(Debug)]
pub(crate) struct Access<'a> {
    /// The place.
    pub(crate) place: Place,
    /// How it is touched.
    pub(crate) touch: Touch<'a>,
    /// The node that does it.
    pub(crate) node: NodeId,
    /// The tokens that do it, for messages.
    pub(crate) at: TokenStream,
    /// Which elements, if it is about elements.
    pub(crate) subscript: Option<Subscript>,
}

/// A way out of the loop.
#[derive(Debug)]
pub(crate) struct Exit {
    /// As it is written.
    pub(crate) what: &'static str,
    /// Where it leads.
    pub(crate) leads: Leads,
    /// Its tokens.
    pub(crate) at: TokenStream,
}

/// Where a way out of the loop leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Leads {
    /// Behind the loop.
    Behind,
    /// Out of the function.
    Out,
    /// To a loop or block around this one.
    Around,
    /// Out of the loop or the function, from inside the arguments of a macro.
    OutOfMacro,
    /// The same, by what a macro of this name is made of.
    ByMacro,
}

/// An effect that depends on the order of the iterations and that no variable shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Effect {
    /// Something is put out: it is printed, sent, logged, or the program ends.
    Output,
    /// Files or directories are changed.
    Files,
    /// Something is read from where others read, too.
    Input,
    /// A lock is taken.
    Lock,
    /// An atomic is updated.
    Atomic,
    /// A variable of which every thread has its own is used.
    ThreadLocal,
    /// A variable of the whole program is changed.
    Static,
}

/// An effect with the call's name and tokens.
pub(crate) type Effected = (Effect, String, TokenStream);

/// Everything that a body does.
#[derive(Debug, Default)]
pub(crate) struct Accesses<'a> {
    /// In source order.
    pub(crate) list: Vec<Access<'a>>,
    /// The "better than" idioms that `Touch::Guarded` counts.
    pub(crate) guards: Vec<Guard<'a>>,
    /// The "better than" idioms on an `Option` that `Touch::Best` counts.
    pub(crate) bests: Vec<Best<'a>>,
    /// The cells that `Touch::Cells` counts.
    pub(crate) cells: Vec<Cells<'a>>,
    /// What looks like cells, with a part that has no law.
    pub(crate) refused: Vec<Refused>,
    /// What the variables of loops inside run over, where that is known.
    pub(crate) ranges: BTreeMap<String, (Polynomial, Polynomial)>,
    /// The ways out.
    pub(crate) exits: Vec<Exit>,
    /// The effects.
    pub(crate) effects: Vec<Effected>,
    /// The variables that are called as functions.
    pub(crate) called: Vec<Ident>,
    /// The calls of macros of which nothing is known: one may hide a `break` or a `return`.
    pub(crate) unknown_macros: Vec<TokenStream>,
    /// The nodes that were left out, each with the number of accesses and of exits before it.
    pub(crate) skipped: Vec<(NodeId, usize, usize)>,
}

/// What the walker has to know about a variable outside the kernel.
pub(crate) trait Outside {
    /// True if the name is a variable declared outside the kernel.
    fn is_variable(&self, name: &str) -> bool;
    /// True if the variable is a `&mut`, which passing on borrows mutably.
    fn is_mutable_reference(&self, name: &str) -> bool;
    /// True if something may be changed through the variable.
    fn may_change(&self, name: &str) -> bool;
    /// True if the variable is known to hold a list: the elements that its methods give are those of its indices.
    fn is_list(&self, _: &str) -> bool {
        false
    }
    /// True if calls and macros are to be taken to change what they might.
    fn is_wary(&self) -> bool {
        false
    }
}

/// Lists the accesses of a loop's body.
pub(crate) fn of_loop<'a>(node: &'a ExprForLoop, outside: &dyn Outside) -> Accesses<'a> {
    walk(outside, |walker| {
        walker.alone = Some(replays::alone(&node.body));
        for closure in chains::closures_of_header(&node.expr) {
            walker.visit_expr(closure);
        }
        walker.bind(&node.pat);
        walker.mean_items(&node.pat, &node.expr);
        walker.induction = inductions::of_loop(node).map(|induction| induction.name.to_string());
        walker
            .labels
            .extend(node.label.as_ref().map(|l| l.name.ident.to_string()));
        walker.visit_block(&node.body);
    })
}

/// Visits once more where something looked like the better of two that is none.
fn walk<'a>(outside: &dyn Outside, visit: impl Fn(&mut Walker<'a, '_>)) -> Accesses<'a> {
    let mut no_guards = BTreeSet::new();
    loop {
        let mut walker = Walker::new(outside);
        walker.no_guards = no_guards.clone();
        visit(&mut walker);
        let found = walker.found;
        let known = no_guards.len();
        let broken = found.guards.iter().filter(|guard| !guard.holds(&found.list));
        no_guards.extend(broken.map(|guard| guard.node));
        if no_guards.len() == known {
            return found;
        }
    }
}

/// Lists the accesses of closures and other expressions.
pub(crate) fn of_expressions<'a>(expressions: &[&'a Expr], outside: &dyn Outside) -> Accesses<'a> {
    walk(outside, |walker| {
        expressions.iter().for_each(|expression| walker.visit_expr(expression));
    })
}

/// Lists the accesses of a function's whole body.
pub(crate) fn of_block<'a>(node: &'a syn::Block, outside: &dyn Outside) -> Accesses<'a> {
    let mut walker = Walker::new(outside);
    walker.visit_block(node);
    walker.found
}

/// Lists the accesses of some statements.
pub(crate) fn of_statements<'a>(nodes: &'a [Stmt], outside: &dyn Outside) -> Accesses<'a> {
    let mut walker = Walker::new(outside);
    nodes.iter().for_each(|node| walker.visit_stmt(node));
    walker.found
}

/// Lists the accesses of an expression, all but those in the nodes `skip`.
pub(crate) fn of_expr_without<'a>(node: &'a Expr, outside: &dyn Outside, skip: &BTreeSet<NodeId>) -> Accesses<'a> {
    let mut walker = Walker::new(outside);
    walker.skip = skip.clone();
    walker.visit_expr(node);
    walker.found
}

/// Lists the accesses of a statement among others, all but those in the nodes `skip`: a `continue` leaves it.
pub(crate) fn of_statement<'a>(node: &'a Stmt, outside: &dyn Outside, skip: &BTreeSet<NodeId>) -> Accesses<'a> {
    let mut walker = Walker::new(outside);
    walker.skip = skip.clone();
    walker.is_unit = true;
    walker.visit_stmt(node);
    walker.found
}

/// The same of a value.
pub(crate) fn of_value<'a>(node: &'a Expr, outside: &dyn Outside, skip: &BTreeSet<NodeId>) -> Accesses<'a> {
    let mut walker = Walker::new(outside);
    walker.skip = skip.clone();
    walker.is_unit = true;
    walker.visit_expr(node);
    walker.found
}

struct Walker<'a, 'o> {
    outside: &'o dyn Outside,
    /// What is visited is a part of a loop's body, not the whole of it: a `continue` leaves it.
    is_unit: bool,
    /// Nodes that are passed by.
    skip: BTreeSet<NodeId>,
    /// Names declared inside, scope by scope; the kernel's pattern is the first.
    locals: Vec<BTreeMap<String, scopes::Bound>>,
    /// What some of them are, by the number of scopes around them.
    meanings: BTreeMap<(usize, String), meanings::Meaning>,
    /// How many iterations have a number of which something is known.
    numbers: usize,
    /// The kernel's induction variable.
    induction: Option<String>,
    /// Labels of the kernel itself.
    labels: Vec<String>,
    /// Loops inside the body around the current place.
    loops: usize,
    /// Labels of loops and blocks inside the body.
    inner_labels: Vec<String>,
    /// `let`s around the current place whose values are computed there.
    values: usize,
    /// Closures around the current place.
    closures: usize,
    /// Inside an `unsafe` block.
    is_unsafe: bool,
    /// What only looks like the better of two.
    no_guards: BTreeSet<NodeId>,
    /// The calls of methods whose result nobody uses, where that is known of all calls.
    alone: Option<BTreeSet<NodeId>>,
    found: Accesses<'a>,
}

impl<'a, 'o> Walker<'a, 'o> {
    fn new(outside: &'o dyn Outside) -> Self {
        Walker {
            outside,
            is_unit: false,
            skip: BTreeSet::new(),
            locals: vec![BTreeMap::new()],
            meanings: BTreeMap::new(),
            numbers: 0,
            induction: None,
            labels: Vec::new(),
            loops: 0,
            inner_labels: Vec::new(),
            values: 0,
            closures: 0,
            is_unsafe: false,
            no_guards: BTreeSet::new(),
            alone: None,
            found: Accesses::default(),
        }
    }
}
