//! What can be done about a place that all calls of a recursion change?
//!
//! The way out depends on what it is for, which is told by what the function does with it: marks of what was visited, a
//! memo, a bound, a counter, a cursor, a list that is read while it grows, random numbers.

use std::collections::BTreeMap;

use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Expr, ItemFn};

use crate::diagnostics;
use crate::lower::places::place_of;
use crate::lower::updates;

/// What the function does with the place.
#[derive(Default)]
struct Uses<'p> {
    place: &'p str,
    /// Inside a condition.
    asks: usize,
    /// The methods that are called on it.
    methods: Vec<String>,
    /// The line of a method that looks at a list.
    looked_at: Option<usize>,
    /// The result of `insert` is asked for.
    inserts_first: bool,
    /// `seen[i]` is asked for, and set to `true`.
    flags: [bool; 2],
    /// `memo[i]` is read, and written.
    elements: [bool; 2],
    /// `*best` is compared, and assigned.
    bound: [bool; 2],
    /// `*id += 1`
    counts: bool,
    /// The list that is read at it: `tokens[*pos]`, `text.get(*pos..)`.
    reads: Option<String>,
    /// A list is written at it: `out[*next] = x`.
    writes_at: bool,
    /// `*pos += n`, `*pos = end`
    moves: bool,
    /// How often each element is written, and whether it is ever reset.
    assigns: BTreeMap<String, (usize, bool)>,
}

/// The advice, if what the place is for can be told.
pub(crate) fn help(function: &ItemFn, place: &str) -> Option<String> {
    let mut uses = Uses {
        place,
        ..Uses::default()
    };
    uses.visit_block(&function.block);
    let calls = |names: &[&str]| {
        names
            .iter()
            .any(|name| uses.methods.iter().any(|method| method == name))
    };
    let fills = calls(&["push", "push_back", "push_str", "extend", "append"]);
    if uses.is_undone() {
        return Some(format!(
            "if each call leaves `{place}` as it was, let each have a clone of its own: `private({place})`"
        ));
    }
    if calls(RANDOM) {
        return Some(format!(
            "give each call a generator of its own instead of `{place}`, made from a seed that the call is given"
        ));
    }
    if uses.inserts_first || uses.flags == [true; 2] || calls(&["contains"]) && calls(&["insert"]) {
        return Some(format!(
            "who comes first decides in `{place}`: share atomic flags, `{place}: &[AtomicBool]` and \
             `if {place}[i].swap(true, Relaxed) {{ return .. }}`, and allow them by `relax(atomics)`"
        ));
    }
    if calls(&["get", "contains_key"]) && calls(&["insert"]) || uses.elements == [true; 2] && !fills {
        return Some(format!(
            "without what `{place}` remembers the calls are independent: drop it where that is cheap enough, or fill it \
             in a loop from the smallest case up"
        ));
    }
    if let (Some(list), true, false) = (&uses.reads, uses.moves, uses.writes_at) {
        return Some(format!(
            "where in `{list}` a call starts is known when the one before has ended: find where the parts end first, and give \
             each call its own, `&{list}[start..end]`; else parse in order, and annotate what walks the result"
        ));
    }
    if uses.bound == [true; 2] {
        return Some(format!(
            "return the best of each call and combine the two, or share an atomic, `{place}.fetch_max(value, Relaxed)`, \
             and allow it by `relax(atomics)`"
        ));
    }
    if let (true, Some(line)) = (fills, uses.looked_at) {
        return Some(format!(
            "line {line} reads `{place}`, which holds what the calls before have added: where nothing reads it, each call \
             fills one of its own"
        ));
    }
    uses.counts.then(|| COUNTS.to_string())
}

const COUNTS: &str =
    "let each call count from zero and return how far it got: the counts of the calls before are added then";

/// Methods that give random numbers.
const RANDOM: &[&str] = &[
    "fill_bytes",
    "gen",
    "gen_bool",
    "gen_range",
    "next_f64",
    "next_u32",
    "next_u64",
    "random",
    "random_bool",
    "random_range",
    "sample",
    "shuffle",
];

/// Methods that look at a list.
const LOOKS: &[&str] = &[
    "contains",
    "first",
    "get",
    "is_empty",
    "iter",
    "last",
    "len",
    "starts_with",
    "ends_with",
];

impl Uses<'_> {
    /// True if the function takes back what it does, by the look of it: `cur.push(x); f(cur); cur.pop();`,
    /// `board[i] = x; f(board); board[i] = 0;`.
    fn is_undone(&self) -> bool {
        let shortens = self
            .methods
            .iter()
            .any(|method| method == "pop" || method == "truncate");
        let is_reset = self.assigns.values().any(|(times, is_reset)| *times > 1 && *is_reset);
        shortens || is_reset
    }

    fn is_it(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Path(path) => path.path.is_ident(self.place),
            Expr::Paren(inner) => self.is_it(&inner.expr),
            Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Deref(_)) => self.is_it(&unary.expr),
            _ => false,
        }
    }

    fn is_deref(&self, expr: &Expr) -> bool {
        matches!(expr, Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Deref(_)) && self.is_it(&unary.expr))
    }

    /// True if the index is made of where the cursor stands: `*pos`, `*pos + 1`, `*pos..end`.
    fn is_read_at(&self, index: &Expr) -> bool {
        match index {
            Expr::Binary(e) => self.is_read_at(&e.left) || self.is_read_at(&e.right),
            Expr::Cast(e) => self.is_read_at(&e.expr),
            Expr::Paren(e) => self.is_read_at(&e.expr),
            Expr::Range(e) => e.start.iter().chain(&e.end).any(|end| self.is_read_at(end)),
            index => self.is_deref(index),
        }
    }

    fn read(&mut self, list: &Expr, index: &Expr) {
        if self.reads.is_none() && self.is_read_at(index) {
            self.reads = list_of(list);
        }
    }

    fn is_element(&self, expr: &Expr) -> bool {
        let is_root = place_of(expr).is_some_and(|(place, _)| place.root == self.place);
        is_root && matches!(expr, Expr::Index(_))
    }

    fn ask(&mut self, condition: &Expr) {
        self.asks += 1;
        self.visit_expr(condition);
        self.asks -= 1;
    }
}

/// `text` of `text.as_bytes()`.
fn list_of(list: &Expr) -> Option<String> {
    match list {
        Expr::MethodCall(call) => list_of(&call.receiver),
        list => place_of(list).map(|(place, _)| place.to_string()),
    }
}

impl<'a> Visit<'a> for Uses<'_> {
    fn visit_expr_if(&mut self, node: &'a syn::ExprIf) {
        self.ask(&node.cond);
        self.visit_block(&node.then_branch);
        node.else_branch
            .iter()
            .for_each(|(_, otherwise)| self.visit_expr(otherwise));
    }

    fn visit_expr_method_call(&mut self, node: &'a syn::ExprMethodCall) {
        if self.is_it(&node.receiver) {
            let name = node.method.to_string();
            self.inserts_first |= name == "insert" && self.asks > 0;
            if LOOKS.contains(&name.as_str()) {
                self.looked_at.get_or_insert(diagnostics::line(node));
            }
            self.methods.push(name);
        } else if let Some(index) = node.args.first()
            && (node.method == "get" || node.method == "nth")
        {
            self.read(&node.receiver, index);
        }
        visit::visit_expr_method_call(self, node);
    }

    fn visit_expr_index(&mut self, node: &'a syn::ExprIndex) {
        if self.is_it(&node.expr) {
            self.flags[0] |= self.asks > 0;
            self.elements[0] = true;
        }
        self.read(&node.expr, &node.index);
        visit::visit_expr_index(self, node);
    }

    fn visit_expr_assign(&mut self, node: &'a syn::ExprAssign) {
        if self.is_element(&node.left) {
            let is_true = matches!(&*node.right, Expr::Lit(lit) if matches!(&lit.lit, syn::Lit::Bool(b) if b.value));
            self.flags[1] |= is_true;
            self.elements[1] = true;
            let (times, is_reset) = self.assigns.entry(node.left.to_token_stream().to_string()).or_default();
            *times += 1;
            *is_reset |= matches!(&*node.right, Expr::Lit(_));
            self.visit_expr(&node.right);
            return;
        }
        let is_moved = self.is_deref(&node.left);
        self.bound[1] |= is_moved;
        self.moves |= is_moved;
        self.writes_at |= matches!(&*node.left, Expr::Index(written) if self.is_read_at(&written.index));
        visit::visit_expr_assign(self, node);
    }

    fn visit_expr_binary(&mut self, node: &'a syn::ExprBinary) {
        let is_either = self.is_deref(&node.left) || self.is_deref(&node.right);
        self.bound[0] |= is_either && self.asks > 0;
        let is_number = matches!(&*node.right, Expr::Lit(lit) if matches!(lit.lit, syn::Lit::Int(_)));
        let is_changed = self.is_deref(&node.left) && updates::is_compound(&node.op);
        self.counts |= is_changed && is_number;
        self.moves |= is_changed;
        visit::visit_expr_binary(self, node);
    }

    fn visit_item(&mut self, _: &'a syn::Item) {}
}
