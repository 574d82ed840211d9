//! How is a place touched: by assignments, by methods, by being passed on?

use proc_macro2::Ident;
use quote::ToTokens;
use syn::Expr;
use syn::visit::Visit;

use super::{Access, Exit, Leads, Touch, Walker};
use crate::analysis::mutations;
use crate::lower::NodeId;
use crate::lower::bests::{self, Best};
use crate::lower::cells;
use crate::lower::cells::lookups::{Done, Lookup};
use crate::lower::choices::Choice;
use crate::lower::guards;
use crate::lower::held;
use crate::lower::places::{Place, Step, indices_of, place_of};
use crate::lower::subscripts;
use crate::lower::updates::{self, Update};
use crate::lower::uses;

impl<'a> Walker<'a, '_> {
    pub(super) fn push<T>(&mut self, place: Place, touch: Touch<'a>, node: &T, at: &dyn ToTokens) {
        self.push_element(place, touch, node, at, None);
    }

    /// An access to `element`, whose place it is.
    pub(super) fn push_element<T>(
        &mut self,
        place: Place,
        touch: Touch<'a>,
        node: &T,
        at: &dyn ToTokens,
        element: Option<&Expr>,
    ) {
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

    pub(super) fn read_ident(&mut self, ident: &Ident) {
        if self.is_outer(&ident.to_string()) {
            let place = Place {
                root: ident.to_string(),
                steps: Vec::new(),
            };
            self.push(place, Touch::Read, ident, ident);
        }
    }

    pub(super) fn update(&mut self, update: Update<'a>, node: &'a Expr) {
        for operand in update.operands.clone() {
            self.visit_expr(operand);
        }
        let place = update.place.clone();
        let element = update.element;
        self.push_element(place, Touch::Update(update), node, node, Some(element));
    }

    pub(super) fn assign(&mut self, node: &'a Expr, left: &'a Expr, right: &'a Expr) {
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

    pub(super) fn write(&mut self, node: &'a Expr, target: &'a Expr) {
        match self.outer_place(target) {
            Some(place) => self.push_element(place, Touch::Write { node }, node, node, Some(target)),
            None => {
                self.change_of_static(target, node);
                if place_of(target).is_none() {
                    self.visit_expr(target);
                }
            }
        }
    }

    /// `let c = &mut cells[k];`, of which the statements behind it update parts.
    pub(super) fn cells(&mut self, local: &'a syn::Local, rest: &'a [syn::Stmt]) -> bool {
        let is_constant = |value: &Expr| {
            let names = uses::of_expr(value);
            let stays = |name: &String| self.outside.is_variable(name) && !self.outside.may_change(name);
            !self.outside.is_wary()
                && names
                    .iter()
                    .all(|name| !self.is_local(name) && (stays(name) || !self.outside.is_variable(name)))
        };
        let Some(cells) = cells::recognise(local, rest, &is_constant) else {
            let refused = cells::refused::of_local(local, rest);
            self.found.refused.extend(refused);
            return false;
        };
        if self.outside.is_wary() || !self.is_outer(&cells.place.root) || !self.only_looks(cells.start) {
            return false;
        }
        for operand in cells.operands.iter().chain(&cells.start) {
            self.visit_expr(operand);
        }
        let (value, number) = (&local.init.as_ref().expect("a value").expr, self.found.cells.len());
        let element = match &**value {
            Expr::Reference(reference) => Some(&*reference.expr),
            _ => None,
        };
        self.push_element(cells.place.clone(), Touch::Cells(number), &**value, value, element);
        self.found.cells.push(cells);
        true
    }

    fn best(&mut self, expr: &'a Expr, best: Best<'a>, at: &dyn ToTokens) {
        for part in &best.evaluated {
            self.visit_expr(part);
        }
        let number = self.found.bests.len();
        self.push(best.place.clone(), Touch::Best(number), expr, at);
        self.found.bests.push(best);
    }

    /// True if making a new value changes nothing: each piece makes its own.
    fn only_looks(&self, made: Option<&Expr>) -> bool {
        let found = super::of_expressions(&made.into_iter().collect::<Vec<_>>(), self.outside);
        let looks = |access: &Access<'_>| matches!(access.touch, Touch::Read);
        found.list.iter().all(looks) && found.exits.is_empty() && found.effects.is_empty()
    }

    /// `match best { Some(b) if x > b => best = Some(x), None => best = Some(x), _ => {} }`, and its like.
    pub(super) fn choice(&mut self, expr: &'a Expr) -> bool {
        if let Expr::Assign(assign) = expr
            && let Some(best) = bests::of_or(assign)
            && self.is_outer(&best.place.root)
        {
            self.best(expr, best, expr);
            return true;
        }
        if self.lookup(expr) {
            return true;
        }
        let Some(choice) = Choice::of(expr) else { return false };
        let is_outer = place_of(choice.target).is_some_and(|(_, root)| self.is_outer(&root.to_string()));
        if !is_outer {
            return false;
        }
        if let Some(update) = held::recognise(&choice) {
            self.update(update, expr);
            return true;
        }
        if let Some(best) = bests::of_choice(&choice).filter(|best| best.is_compared_outside(self)) {
            self.best(expr, best, expr);
            return true;
        }
        let Some(cells) = cells::of_choice(&choice).filter(|cells| self.only_looks(cells.start)) else {
            let refused = cells::refused::of_choice(&choice);
            self.found.refused.extend(refused);
            return false;
        };
        for operand in &cells.operands {
            self.visit_expr(operand);
        }
        self.scope(|w| {
            w.bind(choice.pattern);
            choice.stmts.iter().for_each(|stmt| w.visit_stmt(stmt));
        });
        self.push(cells.place.clone(), Touch::Cells(self.found.cells.len()), expr, expr);
        self.found.cells.push(cells);
        true
    }

    /// `match map.get_mut(&k) { Some(e) => e.1 += x, None => { map.insert(k, (1, x)); } }`, and its like.
    fn lookup(&mut self, expr: &'a Expr) -> bool {
        let Some(Lookup { cells, found }) = Lookup::of(expr) else {
            let refused = cells::refused::of_lookup(expr);
            self.found.refused.extend(refused);
            return false;
        };
        if self.outside.is_wary() || !self.is_outer(&cells.place.root) || !self.only_looks(cells.start) {
            return false;
        }
        for operand in cells.operands.iter().chain(&cells.start) {
            self.visit_expr(operand);
        }
        if let Some((pattern, done)) = found {
            self.scope(|w| {
                w.bind(pattern);
                match done {
                    Done::One(update) => w.visit_expr(update),
                    Done::Several(updates) => updates.iter().for_each(|update| w.visit_stmt(update)),
                }
            });
        }
        self.push(cells.place.clone(), Touch::Cells(self.found.cells.len()), expr, expr);
        self.found.cells.push(cells);
        true
    }

    /// `if d < best { best = d; at = i; }`
    pub(super) fn guard(&mut self, expr: &'a Expr, node: &'a syn::ExprIf) -> bool {
        if let Some(best) = bests::recognise(node, self).filter(|best| best.is_compared_outside(self)) {
            self.best(expr, best, &node.cond);
            return true;
        }
        if self.no_guards.contains(&NodeId::of(node)) {
            return false;
        }
        let Some(guard) = guards::recognise(node, self) else {
            return false;
        };
        let found = &self.found;
        let (accesses, guards, bests) = (found.list.len(), found.guards.len(), found.bests.len());
        let (exits, effects, skipped) = (found.exits.len(), found.effects.len(), found.skipped.len());
        for part in &guard.evaluated {
            self.visit_expr(part);
        }
        guard.called.iter().for_each(|callee| self.callee(callee));
        self.looked_at(&guard);
        for member in &guard.members {
            let at = member.node.to_token_stream();
            self.push(member.place.clone(), Touch::Guarded(guards), expr, &at);
        }
        let rest = guard.rest.clone();
        self.found.guards.push(guard);
        let done = self.found.list.len();
        self.scope(|w| rest.iter().for_each(|stmt| w.visit_stmt(stmt)));
        // a piece takes more candidates for better than the whole loop does: what is done with them must not show
        let found = &mut self.found;
        let looks = |access: &super::Access<'_>| matches!(access.touch, Touch::Read);
        let goes_on = |stmt: &&syn::Stmt| uses::occurs(stmt.to_token_stream(), "continue");
        let is_left = found.exits.len() > exits || rest.iter().any(goes_on);
        if !is_left && found.list[done..].iter().all(looks) {
            return true;
        }
        found.list.truncate(accesses);
        found.guards.truncate(guards);
        found.bests.truncate(bests);
        found.exits.truncate(exits);
        found.effects.truncate(effects);
        found.skipped.truncate(skipped);
        false
    }

    /// What the best one is compared by besides the members: other elements than those of this iteration, perhaps.
    fn looked_at(&mut self, guard: &guards::Guard<'a>) {
        let before = self.found.list.len();
        guard.looked_at.iter().for_each(|expr| self.visit_expr(expr));
        let looked_at = self.found.list.split_off(before);
        let is_member = |access: &Access<'_>| guard.members.iter().any(|m| m.place.overlaps(&access.place));
        self.found
            .list
            .extend(looked_at.into_iter().filter(|access| !is_member(access)));
    }

    pub(super) fn method(&mut self, node: &'a Expr, call: &'a syn::ExprMethodCall, is_statement: bool) {
        let name = call.method.to_string();
        let added = updates::of_method(call).filter(|_| is_statement);
        if let Some(update) = added.or_else(|| updates::of_writing(call))
            && self.is_outer(&update.place.root)
        {
            return self.update(update, node);
        }
        if is_statement
            && let Some(best) = bests::of_call(call)
            && self.is_outer(&best.place.root)
        {
            return self.best(node, best, node);
        }
        if is_statement && self.lookup(node) {
            return;
        }
        self.effect_of_method(&name, call, is_statement);
        if self.swap(&name, node, call) || self.element(&name, node, call) {
            return;
        }
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
            // `self.count()` is no method of the standard library
            let is_own = self.outside.is_wary() && place.is_variable() && place.root == "self";
            let rotates = !is_statement && (name == "rotate_left" || name == "rotate_right");
            // `let part = self.part_mut();` needs no `mut` to be changed
            let may_change = self.outside.may_change(&place.root) || is_statement && mutations::changes_by_name(&name);
            let reads = (READS.contains(&name.as_str()) || rotates) && !is_own || !may_change;
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

    /// `xs.swap(i, j)` writes to `xs[i]` and `xs[j]`, if it is known which elements these are.
    fn swap(&mut self, name: &str, node: &'a Expr, call: &'a syn::ExprMethodCall) -> bool {
        let Some(place) = self.outer_place(&call.receiver) else {
            return false;
        };
        if name != "swap" || call.args.len() != 2 || place.depth() > 0 || self.outside.is_wary() {
            return false;
        }
        let receiver = &call.receiver;
        let elements = call.args.iter().map(|index| indexed(receiver, index));
        let elements: Vec<_> = elements.collect();
        let is_known = |element: &Expr| !matches!(subscripts::subscript(element, self), subscripts::Subscript::Unknown);
        if !elements.iter().all(is_known) {
            return false;
        }
        call.args.iter().for_each(|index| self.visit_expr(index));
        for element in &elements {
            let place = place_of(element).map_or_else(|| place.clone(), |(place, _)| place);
            self.push_element(place, Touch::Write { node }, node, node, Some(element));
        }
        true
    }

    /// `xs.get_mut(i)` is `xs[i]`, if there is one, and if it is known which element that is.
    fn element(&mut self, name: &str, node: &'a Expr, call: &'a syn::ExprMethodCall) -> bool {
        let touch = match name {
            "get" => Touch::Read,
            "get_mut" => Touch::BorrowMut,
            _ => return false,
        };
        let (receiver, Some(index)) = (&call.receiver, call.args.first()) else {
            return false;
        };
        let element = indexed(receiver, index);
        let Some(place) = self
            .outer_place(receiver)
            .filter(|place| self.outside.is_list(&place.root))
        else {
            return false;
        };
        let is_one = place.depth() == 0 && !place.steps.iter().any(|step| matches!(step, Step::Field(_)));
        let is_known = !matches!(subscripts::subscript(&element, self), subscripts::Subscript::Unknown);
        if !is_one || !is_known || matches!(index, Expr::Range(_)) {
            return false;
        }
        self.visit_expr(index);
        let (place, _) = place_of(&element).expect("an element of a place is a place");
        self.push_element(place, touch, node, node, Some(&element));
        true
    }

    /// True if the node is one to be passed by.
    pub(super) fn passes(&mut self, node: &'a Expr) -> bool {
        let id = NodeId::of(node);
        let passes = self.skip.contains(&id);
        if passes {
            let (accesses, exits) = (self.found.list.len(), self.found.exits.len());
            self.found.skipped.push((id, accesses, exits));
        }
        passes
    }

    /// A bare `&mut` variable as an argument is borrowed again, mutably.
    pub(super) fn argument(&mut self, argument: &'a Expr) {
        match self.outer_place(argument) {
            Some(place) if place.is_variable() && self.outside.is_mutable_reference(&place.root) => {
                self.push(place, Touch::BorrowMut, argument, argument);
            }
            _ => self.visit_expr(argument),
        }
    }

    /// What is called: a variable that may change may be an `FnMut`.
    pub(super) fn callee(&mut self, callee: &'a Expr) {
        if let Some((place, name)) = place_of(callee)
            && place.is_variable()
            && self.is_outer(&place.root)
        {
            self.found.called.push(name);
        }
        match self.outer_place(callee) {
            Some(place) if self.outside.is_wary() && self.outside.may_change(&place.root) => {
                self.push(place, Touch::BorrowMut, callee, callee);
            }
            _ => self.visit_expr(callee),
        }
    }

    pub(super) fn exit(&mut self, what: &'static str, leads: Leads, at: &dyn ToTokens) {
        if self.closures == 0 {
            self.found.exits.push(Exit {
                what,
                leads,
                at: at.to_token_stream(),
            });
        }
    }

    pub(super) fn nested_loop(&mut self, label: Option<&syn::Label>, inside: impl FnOnce(&mut Self)) {
        let labels = self.inner_labels.len();
        self.inner_labels.extend(label.map(|l| l.name.ident.to_string()));
        self.loops += 1;
        let values = std::mem::take(&mut self.values);
        inside(self);
        self.values = values;
        self.loops -= 1;
        self.inner_labels.truncate(labels);
    }
}

/// True for methods of the standard library that only look: what they give doesn't let their receiver be changed.
pub(crate) fn only_looks(method: &str) -> bool {
    let is_kind = ["split", "rsplit", "trim", "to_"]
        .iter()
        .any(|kind| method.starts_with(kind));
    READS.contains(&method) || is_kind && !method.ends_with("_mut") && method != "split_off"
}

/// Methods of the standard library that only look, on receivers that may be changed otherwise.
const READS: &[&str] = &[
    "abs",
    "abs_diff",
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
    "checked_div",
    "checked_mul",
    "checked_neg",
    "checked_pow",
    "checked_rem",
    "checked_sub",
    "chunks",
    "chunks_exact",
    "clamp",
    "clone",
    "cloned",
    "cmp",
    "concat",
    "contains",
    "contains_key",
    "copied",
    "cos",
    "count",
    "count_ones",
    "dimensions",
    "div_euclid",
    "ends_with",
    "eq",
    "exp",
    "expect",
    "find",
    "first",
    "floor",
    "fract",
    "ge",
    "get",
    "gt",
    "height",
    "hypot",
    "is_alphabetic",
    "is_alphanumeric",
    "is_ascii_alphabetic",
    "is_ascii_alphanumeric",
    "is_ascii_digit",
    "is_ascii_lowercase",
    "is_ascii_punctuation",
    "is_ascii_uppercase",
    "is_ascii_whitespace",
    "is_control",
    "is_digit",
    "is_empty",
    "is_err",
    "is_finite",
    "is_infinite",
    "is_lowercase",
    "is_nan",
    "is_negative",
    "is_none",
    "is_none_or",
    "is_numeric",
    "is_ok",
    "is_positive",
    "is_some",
    "is_some_and",
    "is_uppercase",
    "is_whitespace",
    "iter",
    "join",
    "keys",
    "last",
    "le",
    "leading_zeros",
    "len",
    "lines",
    "ln",
    "log10",
    "log2",
    "lt",
    "map_or",
    "max",
    "min",
    "mul_add",
    "ncols",
    "ne",
    "nrows",
    "overflowing_add",
    "overflowing_mul",
    "overflowing_sub",
    "partial_cmp",
    "partition_point",
    "pow",
    "powf",
    "powi",
    "range",
    "recip",
    "rem_euclid",
    "round",
    "saturating_add",
    "saturating_mul",
    "saturating_sub",
    "shape",
    "signum",
    "sin",
    "split",
    "split_at",
    "split_first",
    "split_last",
    "split_whitespace",
    "sqrt",
    "starts_with",
    "to_ascii_lowercase",
    "to_ascii_uppercase",
    "to_bits",
    "to_digit",
    "to_owned",
    "to_string",
    "to_vec",
    "trailing_zeros",
    "trim",
    "trunc",
    "unwrap",
    "unwrap_or",
    "values",
    "width",
    "windows",
    "wrapping_add",
    "wrapping_mul",
    "wrapping_neg",
    "wrapping_sub",
];

/// `receiver[index]`. Not by way of tokens: those of a block before a bracket are no indexed expression.
fn indexed(receiver: &Expr, index: &Expr) -> Expr {
    Expr::Index(syn::ExprIndex {
        attrs: Vec::new(),
        expr: Box::new(receiver.clone()),
        bracket_token: syn::token::Bracket::default(),
        index: Box::new(index.clone()),
    })
}
