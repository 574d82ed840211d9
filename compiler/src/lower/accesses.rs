//! What does a kernel's body do to the variables outside it?
//!
//! The result is a list of accesses in the order of the source, each with the place, the way it is touched and the
//! tokens that do it, beside the exits and the effects that no variable shows.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Expr, ExprForLoop, Stmt};

use super::NodeId;
use super::bests::{self, Best};
use super::bindings::bindings;
use super::chains;
use super::formats::{self, Arguments};
use super::guards::{self, Guard};
use super::inductions;
use super::places::{Place, indices_of, place_of};
use super::subscripts::{self, Name, Names, Polynomial, Subscript};
use super::updates::{self, Update, strip};

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
    /// Out of the function, from inside the arguments of a macro.
    OutOfMacro,
}

/// An effect that depends on the order of the iterations and that no variable shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    Output,
    Lock,
    Atomic,
}

/// Everything that a body does.
#[derive(Debug, Default)]
pub(crate) struct Accesses<'a> {
    /// In source order.
    pub(crate) list: Vec<Access<'a>>,
    /// The "better than" idioms that `Touch::Guarded` counts.
    pub(crate) guards: Vec<Guard<'a>>,
    /// The "better than" idioms on an `Option` that `Touch::Best` counts.
    pub(crate) bests: Vec<Best<'a>>,
    /// What the variables of loops inside run over, where that is known.
    pub(crate) ranges: BTreeMap<String, (Polynomial, Polynomial)>,
    /// The ways out.
    pub(crate) exits: Vec<Exit>,
    /// The effects, with the call's name and tokens.
    pub(crate) effects: Vec<(Effect, String, TokenStream)>,
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
}

/// Lists the accesses of a loop's body.
pub(crate) fn of_loop<'a>(node: &'a ExprForLoop, outside: &dyn Outside) -> Accesses<'a> {
    let mut walker = Walker::new(outside);
    for closure in chains::closures_of_header(&node.expr) {
        walker.visit_expr(closure);
    }
    walker.bind(&node.pat);
    walker.induction = inductions::of_loop(node).map(|induction| induction.name.to_string());
    walker
        .labels
        .extend(node.label.as_ref().map(|l| l.name.ident.to_string()));
    walker.visit_block(&node.body);
    walker.found
}

/// Lists the accesses of closures and other expressions.
pub(crate) fn of_expressions<'a>(expressions: &[&'a Expr], outside: &dyn Outside) -> Accesses<'a> {
    let mut walker = Walker::new(outside);
    expressions.iter().for_each(|expression| walker.visit_expr(expression));
    walker.found
}

/// Lists the accesses of a function's whole body.
pub(crate) fn of_block<'a>(node: &'a syn::Block, outside: &dyn Outside) -> Accesses<'a> {
    let mut walker = Walker::new(outside);
    walker.visit_block(node);
    walker.found
}

/// Lists the accesses of one statement, all but those in the nodes `skip`.
pub(crate) fn of_statement<'a>(node: &'a Stmt, outside: &dyn Outside, skip: &BTreeSet<NodeId>) -> Accesses<'a> {
    let mut walker = Walker::new(outside);
    walker.skip = skip.clone();
    walker.visit_stmt(node);
    walker.found
}

/// Lists the accesses of an expression, all but those in the nodes `skip`.
pub(crate) fn of_expr_without<'a>(node: &'a Expr, outside: &dyn Outside, skip: &BTreeSet<NodeId>) -> Accesses<'a> {
    let mut walker = Walker::new(outside);
    walker.skip = skip.clone();
    walker.visit_expr(node);
    walker.found
}

struct Walker<'a, 'o> {
    outside: &'o dyn Outside,
    /// Nodes that are passed by.
    skip: BTreeSet<NodeId>,
    /// Names declared inside, scope by scope; the kernel's pattern is the first.
    locals: Vec<BTreeMap<String, Bound>>,
    /// The kernel's induction variable.
    induction: Option<String>,
    /// Labels of the kernel itself.
    labels: Vec<String>,
    /// Loops inside the body around the current place.
    loops: usize,
    /// Labels of loops and blocks inside the body.
    inner_labels: Vec<String>,
    /// Closures around the current place.
    closures: usize,
    found: Accesses<'a>,
}

/// What a name declared in the body stands for.
#[derive(Clone, Debug)]
enum Bound {
    /// Nothing is known.
    Plain,
    /// A value that is a polynomial.
    Value(Polynomial),
    /// A value that is no more than a polynomial.
    AtMost(Polynomial),
    /// The variable of a loop inside, in `Accesses::ranges`.
    Inner,
}

impl Names for Walker<'_, '_> {
    fn resolve(&self, name: &str) -> Name {
        let found = self
            .locals
            .iter()
            .enumerate()
            .rev()
            .find_map(|(depth, scope)| Some((depth, scope.get(name)?)));
        match found {
            Some((0, _)) if self.induction.as_deref() == Some(name) => Name::Induction,
            Some((_, Bound::Value(value))) => Name::Known(value.clone()),
            Some((_, Bound::Inner)) => Name::Inner,
            Some((_, Bound::AtMost(bound))) => Name::AtMost(bound.clone()),
            Some((_, Bound::Plain)) => Name::Local,
            None => Name::Outer,
        }
    }
}

impl<'a, 'o> Walker<'a, 'o> {
    fn new(outside: &'o dyn Outside) -> Self {
        Walker {
            outside,
            skip: BTreeSet::new(),
            locals: vec![BTreeMap::new()],
            induction: None,
            labels: Vec::new(),
            loops: 0,
            inner_labels: Vec::new(),
            closures: 0,
            found: Accesses::default(),
        }
    }

    fn bind(&mut self, pattern: &syn::Pat) {
        for name in bindings(pattern) {
            self.declare(name.ident.to_string(), Bound::Plain);
        }
    }

    fn declare(&mut self, name: String, bound: Bound) {
        self.locals.last_mut().expect("the body is a scope").insert(name, bound);
    }

    /// `let name = value;` where the value's polynomial is known.
    fn bind_value(&mut self, node: &syn::Local) {
        let ident = match &node.pat {
            syn::Pat::Ident(ident) => Some(ident),
            syn::Pat::Type(typed) => match &*typed.pat {
                syn::Pat::Ident(ident) => Some(ident),
                _ => None,
            },
            _ => None,
        };
        let ident = ident.filter(|ident| ident.mutability.is_none() && ident.by_ref.is_none());
        let (Some(ident), Some(init)) = (ident, &node.init) else {
            return self.bind(&node.pat);
        };
        let bound = match subscripts::polynomial(&init.expr, self) {
            Some(value) => Bound::Value(value),
            None => subscripts::at_most(&init.expr, self).map_or(Bound::Plain, Bound::AtMost),
        };
        self.declare(ident.ident.to_string(), bound);
    }

    /// `for name in lower..upper` inside the body.
    fn bind_range(&mut self, node: &ExprForLoop) {
        let (Expr::Range(range), syn::Pat::Ident(ident)) = (strip(&node.expr), &*node.pat) else {
            return self.bind(&node.pat);
        };
        let lower = range.start.as_ref().and_then(|e| subscripts::polynomial(e, self));
        let upper = range.end.as_ref().and_then(|e| subscripts::at_most(e, self));
        let name = ident.ident.to_string();
        let bounds = match range.limits {
            syn::RangeLimits::HalfOpen(_) if ident.mutability.is_none() => lower.zip(upper),
            _ => None,
        };
        // one range a name: the subscripts know inner variables by their names
        let bound = match bounds {
            Some(bounds) if self.found.ranges.get(&name).is_none_or(|known| *known == bounds) => {
                self.found.ranges.insert(name.clone(), bounds);
                Bound::Inner
            }
            _ => Bound::Plain,
        };
        self.declare(name, bound);
    }

    fn scope(&mut self, inside: impl FnOnce(&mut Self)) {
        self.locals.push(BTreeMap::new());
        inside(self);
        self.locals.pop();
    }

    fn is_outer(&self, name: &str) -> bool {
        !self.locals.iter().any(|scope| scope.contains_key(name)) && self.outside.is_variable(name)
    }

    /// The place of `expr` if its variable is an outer one.
    fn outer_place(&self, expr: &Expr) -> Option<Place> {
        place_of(expr)
            .map(|(place, _)| place)
            .filter(|place| self.is_outer(&place.root))
    }

    fn push<T>(&mut self, place: Place, touch: Touch<'a>, node: &T, at: &dyn ToTokens) {
        self.push_element(place, touch, node, at, None);
    }

    /// An access to `element`, whose place it is.
    fn push_element<T>(&mut self, place: Place, touch: Touch<'a>, node: &T, at: &dyn ToTokens, element: Option<&Expr>) {
        let in_element = element.filter(|element| !indices_of(element).is_empty());
        let subscript = in_element.map(|element| subscripts::subscript(element, self));
        self.found.list.push(Access {
            place,
            touch,
            node: NodeId::of(node),
            at: at.to_token_stream(),
            subscript,
        });
    }

    fn read_ident(&mut self, ident: &Ident) {
        if self.is_outer(&ident.to_string()) {
            let place = Place {
                root: ident.to_string(),
                steps: Vec::new(),
            };
            self.push(place, Touch::Read, ident, ident);
        }
    }

    fn update(&mut self, update: Update<'a>, node: &'a Expr) {
        for operand in update.operands.clone() {
            self.visit_expr(operand);
        }
        let place = update.place.clone();
        let element = update.element;
        self.push_element(place, Touch::Update(update), node, node, Some(element));
    }

    fn assign(&mut self, node: &'a Expr, left: &'a Expr, right: &'a Expr) {
        self.visit_expr(right);
        for index in indices_of(left) {
            self.visit_expr(index);
        }
        match left {
            Expr::Tuple(tuple) => tuple.elems.iter().for_each(|e| self.write(node, e)),
            Expr::Array(array) => array.elems.iter().for_each(|e| self.write(node, e)),
            Expr::Infer(_) => {}
            left => self.write(node, left),
        }
    }

    fn write(&mut self, node: &'a Expr, target: &'a Expr) {
        match self.outer_place(target) {
            Some(place) => self.push_element(place, Touch::Write { node }, node, node, Some(target)),
            None if place_of(target).is_none() => self.visit_expr(target),
            None => {}
        }
    }

    /// `if d < best { best = d; at = i; }`
    fn guard(&mut self, expr: &'a Expr, node: &'a syn::ExprIf) -> bool {
        if let Some(best) = bests::recognise(node, &|ident| self.is_outer(&ident.to_string())) {
            for part in &best.evaluated {
                self.visit_expr(part);
            }
            let number = self.found.bests.len();
            self.push(best.place.clone(), Touch::Best(number), expr, &node.cond);
            self.found.bests.push(best);
            return true;
        }
        let Some(guard) = guards::recognise(node, &|ident| self.is_outer(&ident.to_string())) else {
            return false;
        };
        for part in &guard.evaluated {
            self.visit_expr(part);
        }
        let number = self.found.guards.len();
        for member in &guard.members {
            let at = member.node.to_token_stream();
            self.push(member.place.clone(), Touch::Guarded(number), expr, &at);
        }
        let rest = guard.rest.clone();
        self.found.guards.push(guard);
        self.scope(|w| rest.iter().for_each(|stmt| w.visit_stmt(stmt)));
        true
    }

    fn method(&mut self, node: &'a Expr, call: &'a syn::ExprMethodCall, is_statement: bool) {
        let name = call.method.to_string();
        if is_statement
            && let Some(update) = updates::of_method(call)
            && self.is_outer(&update.place.root)
        {
            return self.update(update, node);
        }
        self.effect_of_method(&name, call);
        let place = self.outer_place(&call.receiver);
        if place.is_none() {
            self.visit_expr(&call.receiver);
        }
        for argument in &call.args {
            self.argument(argument);
        }
        // what a method does to its receiver comes after its arguments
        if let Some(place) = place {
            for index in indices_of(&call.receiver) {
                self.visit_expr(index);
            }
            let reads = READS.contains(&name.as_str()) || !self.outside.may_change(&place.root);
            let touch = if reads {
                Touch::Read
            } else {
                Touch::Method {
                    name: call.method.clone(),
                    is_statement,
                }
            };
            self.push_element(place, touch, node, node, Some(&call.receiver));
        }
    }

    /// True if the node is one to be passed by.
    fn passes(&mut self, node: &'a Expr) -> bool {
        let id = NodeId::of(node);
        let passes = self.skip.contains(&id);
        if passes {
            let (accesses, exits) = (self.found.list.len(), self.found.exits.len());
            self.found.skipped.push((id, accesses, exits));
        }
        passes
    }

    fn effect_of_method(&mut self, name: &str, call: &syn::ExprMethodCall) {
        let effect = match (name, call.args.len()) {
            ("lock" | "borrow_mut" | "try_lock" | "write", 0) => Effect::Lock,
            ("send" | "try_send", 1) => Effect::Output,
            (name, 2) if name.starts_with("fetch_") => Effect::Atomic,
            ("store" | "swap", 2) if ends_with_ordering(&call.args[1]) => Effect::Atomic,
            ("compare_exchange" | "compare_exchange_weak", 4) => Effect::Atomic,
            _ => return,
        };
        self.found
            .effects
            .push((effect, name.to_string(), call.to_token_stream()));
    }

    /// A bare `&mut` variable as an argument is borrowed again, mutably.
    fn argument(&mut self, argument: &'a Expr) {
        match self.outer_place(argument) {
            Some(place) if place.is_variable() && self.outside.is_mutable_reference(&place.root) => {
                self.push(place, Touch::BorrowMut, argument, argument);
            }
            _ => self.visit_expr(argument),
        }
    }

    fn exit(&mut self, what: &'static str, leads: Leads, at: &dyn ToTokens) {
        if self.closures == 0 {
            self.found.exits.push(Exit {
                what,
                leads,
                at: at.to_token_stream(),
            });
        }
    }

    fn call_of_macro(&mut self, call: &syn::Macro) {
        let name = formats::name(call);
        if matches!(name.as_str(), "println" | "print" | "eprintln" | "eprint" | "dbg") {
            self.found
                .effects
                .push((Effect::Output, format!("{name}!"), call.to_token_stream()));
        }
        if leaves_function(call.tokens.clone()) {
            self.exit("?", Leads::OutOfMacro, call);
        }
        match formats::arguments(call) {
            Arguments::Expressions(expressions) => {
                // these expressions are parsed anew, so they are only searched for names
                for (n, expression) in expressions.iter().enumerate() {
                    if n == 0 && matches!(name.as_str(), "write" | "writeln") {
                        self.written_by_macro(expression, call);
                    }
                    let mut names = NamesIn::default();
                    names.visit_expr(expression);
                    for ident in &names.0 {
                        self.read_ident(ident);
                    }
                }
            }
            Arguments::Tokens(idents) => idents.iter().for_each(|ident| self.read_ident(ident)),
        }
    }

    /// `write!(out, ..)` changes `out`.
    fn written_by_macro(&mut self, target: &Expr, call: &syn::Macro) {
        let target = match target {
            Expr::Reference(reference) => &reference.expr,
            other => other,
        };
        if let Some(place) = self.outer_place(target) {
            self.push(place, Touch::BorrowMut, call, call);
        }
    }

    fn nested_loop(&mut self, label: Option<&syn::Label>, inside: impl FnOnce(&mut Self)) {
        let labels = self.inner_labels.len();
        self.inner_labels.extend(label.map(|l| l.name.ident.to_string()));
        self.loops += 1;
        inside(self);
        self.loops -= 1;
        self.inner_labels.truncate(labels);
    }
}

/// Every single-segment path in an expression that was parsed from a macro's tokens, and what its strings capture.
#[derive(Default)]
struct NamesIn(Vec<Ident>);

impl<'a> Visit<'a> for NamesIn {
    fn visit_expr_path(&mut self, node: &'a syn::ExprPath) {
        self.0.extend(node.path.get_ident().cloned());
    }

    fn visit_lit_str(&mut self, node: &'a syn::LitStr) {
        self.0.extend(formats::captured(&node.value(), node.span()));
    }

    fn visit_macro(&mut self, node: &'a syn::Macro) {
        match formats::arguments(node) {
            Arguments::Expressions(expressions) => {
                for expression in &expressions {
                    let mut inner = NamesIn::default();
                    inner.visit_expr(expression);
                    self.0.extend(inner.0);
                }
            }
            Arguments::Tokens(idents) => self.0.extend(idents),
        }
    }
}

/// Methods of the standard library that only look, on receivers that may be changed otherwise.
const READS: &[&str] = &[
    "abs",
    "as_bytes",
    "as_deref",
    "as_ref",
    "as_slice",
    "as_str",
    "binary_search",
    "bytes",
    "capacity",
    "ceil",
    "char_indices",
    "chars",
    "checked_add",
    "checked_sub",
    "chunks",
    "chunks_exact",
    "clone",
    "cloned",
    "cmp",
    "concat",
    "contains",
    "contains_key",
    "copied",
    "count",
    "count_ones",
    "ends_with",
    "eq",
    "find",
    "first",
    "floor",
    "ge",
    "get",
    "gt",
    "is_empty",
    "is_none",
    "is_none_or",
    "is_some",
    "is_some_and",
    "iter",
    "join",
    "keys",
    "last",
    "le",
    "len",
    "lines",
    "lt",
    "map_or",
    "max",
    "min",
    "ne",
    "partial_cmp",
    "partition_point",
    "pow",
    "powi",
    "range",
    "rem_euclid",
    "round",
    "saturating_sub",
    "signum",
    "split",
    "split_at",
    "split_first",
    "split_last",
    "split_whitespace",
    "sqrt",
    "starts_with",
    "to_owned",
    "to_string",
    "to_vec",
    "trim",
    "unwrap_or",
    "values",
    "windows",
    "wrapping_add",
    "wrapping_mul",
    "wrapping_sub",
];

fn ends_with_ordering(expr: &Expr) -> bool {
    let Expr::Path(path) = expr else { return false };
    path.path.segments.last().is_some_and(|s| {
        ["Relaxed", "Acquire", "Release", "AcqRel", "SeqCst"]
            .iter()
            .any(|name| s.ident == name)
    })
}

impl<'a> Visit<'a> for Walker<'a, '_> {
    fn visit_block(&mut self, node: &'a syn::Block) {
        self.scope(|w| {
            // items are visible in the whole block
            for stmt in &node.stmts {
                if let Stmt::Item(syn::Item::Const(item)) = stmt {
                    w.declare(item.ident.to_string(), Bound::Plain);
                }
            }
            visit::visit_block(w, node);
        });
    }

    fn visit_item(&mut self, _: &'a syn::Item) {}

    fn visit_local(&mut self, node: &'a syn::Local) {
        if let Some(init) = &node.init {
            self.visit_expr(&init.expr);
            if let Some((_, otherwise)) = &init.diverge {
                self.visit_expr(otherwise);
            }
        }
        self.bind_value(node);
    }

    fn visit_stmt(&mut self, node: &'a Stmt) {
        match node {
            Stmt::Expr(expr, _) if self.passes(expr) => {}
            Stmt::Expr(expr @ Expr::MethodCall(call), Some(_)) => self.method(expr, call, true),
            Stmt::Macro(stmt) => self.call_of_macro(&stmt.mac),
            _ => visit::visit_stmt(self, node),
        }
    }

    fn visit_arm(&mut self, node: &'a syn::Arm) {
        self.scope(|w| {
            w.bind(&node.pat);
            w.visit_pat(&node.pat);
            match &*node.body {
                // `'x' => out.push(c),` is a statement too
                expr @ Expr::MethodCall(call) if updates::of_method(call).is_some() => w.method(expr, call, true),
                body => w.visit_expr(body),
            }
        });
    }

    fn visit_expr_if(&mut self, node: &'a syn::ExprIf) {
        self.scope(|w| {
            w.visit_expr(&node.cond);
            w.visit_block(&node.then_branch);
        });
        if let Some((_, otherwise)) = &node.else_branch {
            self.visit_expr(otherwise);
        }
    }

    fn visit_expr_let(&mut self, node: &'a syn::ExprLet) {
        self.visit_expr(&node.expr);
        self.bind(&node.pat);
    }

    fn visit_expr_closure(&mut self, node: &'a syn::ExprClosure) {
        self.scope(|w| {
            node.inputs.iter().for_each(|input| w.bind(input));
            w.closures += 1;
            let loops = std::mem::take(&mut w.loops);
            w.visit_expr(&node.body);
            w.loops = loops;
            w.closures -= 1;
        });
    }

    fn visit_expr_for_loop(&mut self, node: &'a ExprForLoop) {
        self.visit_expr(&node.expr);
        self.scope(|w| {
            w.bind_range(node);
            w.nested_loop(node.label.as_ref(), |w| w.visit_block(&node.body));
        });
    }

    fn visit_expr_while(&mut self, node: &'a syn::ExprWhile) {
        self.scope(|w| {
            w.visit_expr(&node.cond);
            w.nested_loop(node.label.as_ref(), |w| w.visit_block(&node.body));
        });
    }

    fn visit_expr_loop(&mut self, node: &'a syn::ExprLoop) {
        self.nested_loop(node.label.as_ref(), |w| w.visit_block(&node.body));
    }

    fn visit_expr_block(&mut self, node: &'a syn::ExprBlock) {
        let labels = self.inner_labels.len();
        self.inner_labels
            .extend(node.label.as_ref().map(|l| l.name.ident.to_string()));
        self.visit_block(&node.block);
        self.inner_labels.truncate(labels);
    }

    fn visit_expr(&mut self, node: &'a Expr) {
        match node {
            _ if self.passes(node) => {}
            Expr::If(branch) if self.guard(node, branch) => {}
            Expr::Assign(assign) => match updates::of_assignment(assign) {
                Some(update) if self.is_outer(&update.place.root) => self.update(update, node),
                _ => self.assign(node, &assign.left, &assign.right),
            },
            Expr::Binary(binary) if is_compound(&binary.op) => match updates::of_compound(binary) {
                Some(update) if self.is_outer(&update.place.root) => self.update(update, node),
                _ => {
                    if let Expr::Unary(_) = &*binary.left
                        && place_of(&binary.left).is_none()
                    {
                        self.visit_expr(&binary.left);
                    }
                    self.assign(node, &binary.left, &binary.right);
                }
            },
            Expr::MethodCall(call) => self.method(node, call, false),
            Expr::Macro(call) => self.call_of_macro(&call.mac),
            Expr::Reference(reference) if reference.mutability.is_some() => match self.outer_place(&reference.expr) {
                Some(place) => {
                    for index in indices_of(&reference.expr) {
                        self.visit_expr(index);
                    }
                    self.push_element(place, Touch::BorrowMut, node, node, Some(&reference.expr));
                }
                None => self.visit_expr(&reference.expr),
            },
            Expr::Call(call) => {
                self.visit_expr(&call.func);
                call.args.iter().for_each(|argument| self.argument(argument));
            }
            Expr::Path(_) | Expr::Field(_) | Expr::Index(_) => match place_of(node) {
                Some((place, _)) => {
                    for index in indices_of(node) {
                        self.visit_expr(index);
                    }
                    if self.is_outer(&place.root) {
                        self.push_element(place, Touch::Read, node, node, Some(node));
                    }
                }
                None => visit::visit_expr(self, node),
            },
            Expr::Break(jump) => {
                visit::visit_expr(self, node);
                match &jump.label {
                    Some(label) if self.labels.contains(&label.ident.to_string()) => {
                        self.exit("break", Leads::Behind, node);
                    }
                    Some(label) if self.inner_labels.contains(&label.ident.to_string()) => {}
                    Some(_) => self.exit("break", Leads::Around, node),
                    None if self.loops == 0 => self.exit("break", Leads::Behind, node),
                    None => {}
                }
            }
            Expr::Continue(jump) => {
                if let Some(label) = &jump.label
                    && !self.inner_labels.contains(&label.ident.to_string())
                    && !self.labels.contains(&label.ident.to_string())
                {
                    self.exit("continue", Leads::Around, node);
                }
            }
            Expr::Return(_) => {
                visit::visit_expr(self, node);
                self.exit("return", Leads::Out, node);
            }
            Expr::Try(question) => {
                visit::visit_expr(self, node);
                self.exit("?", Leads::Out, &question.question_token);
            }
            _ => visit::visit_expr(self, node),
        }
    }
}

/// True if there is a `?` or a `return` among a macro's tokens.
fn leaves_function(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        proc_macro2::TokenTree::Punct(punct) => punct.as_char() == '?',
        proc_macro2::TokenTree::Ident(ident) => ident == "return",
        proc_macro2::TokenTree::Group(group) => leaves_function(group.stream()),
        proc_macro2::TokenTree::Literal(_) => false,
    })
}

fn is_compound(op: &syn::BinOp) -> bool {
    use syn::BinOp::*;
    matches!(
        op,
        AddAssign(_)
            | SubAssign(_)
            | MulAssign(_)
            | DivAssign(_)
            | RemAssign(_)
            | BitXorAssign(_)
            | BitAndAssign(_)
            | BitOrAssign(_)
            | ShlAssign(_)
            | ShrAssign(_)
    )
}
