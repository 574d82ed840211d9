//! What a function does with a parameter: is it only added to, and handed on to calls of the recursion?

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{BinOp, Expr, ItemFn, Stmt, Type, UnOp};

use super::totals::Total;
use super::{Add, occurrences};
use crate::lower::guards;
use crate::lower::places::Place;
use crate::lower::recursion::Recursion;
use crate::lower::updates::{self, Operation, Target, Update, strip};

const ADDS: &[&str] = &["push", "push_back", "push_str", "extend", "extend_from_slice", "append"];

/// The uses of one parameter.
pub(super) struct Uses<'u> {
    name: &'u Ident,
    recursion: &'u Recursion,
    position: usize,
    has_receiver: bool,
    /// How often it is mentioned.
    all: usize,
    /// How often it is added to as a list is.
    adding: usize,
    /// The same as only a text is.
    writing: usize,
    /// The same as only a set or a map is: into a list or a text something is inserted at its place.
    inserting: usize,
    /// How often it is handed on to a call of the recursion.
    passing: usize,
    /// The operators of updates of entries.
    entries: Vec<(Operation, BinOp)>,
    /// The operations of updates of the whole.
    totals: Vec<Operation>,
    /// How often those mention it.
    totalling: usize,
}

impl<'u> Uses<'u> {
    /// The uses of the parameter `name`, the one at this position.
    pub(super) fn of(function: &ItemFn, recursion: &'u Recursion, name: &'u Ident, position: usize) -> Self {
        let mut uses = Uses {
            name,
            recursion,
            position,
            has_receiver: recursion.receiver.is_some(),
            all: occurrences(function.block.to_token_stream(), name),
            adding: 0,
            writing: 0,
            inserting: 0,
            passing: 0,
            entries: Vec::new(),
            totals: Vec::new(),
            totalling: 0,
        };
        uses.visit_block(&function.block);
        uses
    }

    /// How two collections are joined, if nothing else is done with this one.
    pub(super) fn of_collection(&self, add: Add, has_keys: bool, runtime: &TokenStream) -> Option<Add> {
        let writing = match add {
            Add::PushStr => self.writing,
            _ => 0,
        };
        let inserting = if has_keys { self.inserting } else { 0 };
        let adding = self.adding + writing + inserting;
        if self.all != adding + self.passing + self.entries.len() {
            return None;
        }
        match self.entries.first() {
            None => Some(add),
            Some(_) if adding > 0 => None,
            Some(_) => self.entries_only(runtime),
        }
    }

    /// How two numbers or truth values are joined, if nothing else is done with this one.
    pub(super) fn of_total(&self, ty: &Type) -> Option<Total> {
        let is_all = self.all == self.totalling + self.passing;
        is_all.then(|| Total::of(ty, &self.totals)).flatten()
    }

    /// How two maps are joined of which all entries are updated by one operation.
    fn entries_only(&self, runtime: &TokenStream) -> Option<Add> {
        let (operation, operator) = *self.entries.first()?;
        let is_one = self.entries.iter().all(|(other, _)| *other == operation);
        let marker = operation.marker();
        let at = Span::mixed_site().located_at(operator.span());
        (is_one && operation != Operation::Sub).then(|| Add::Entries {
            operator,
            law: quote_spanned!(at=> let _ = #runtime::keyed::<#runtime::ops::#marker, _>),
        })
    }

    fn is_it(&self, expr: &Expr) -> bool {
        matches!(expr, Expr::Path(path) if path.path.is_ident(self.name))
    }

    /// `*count`
    fn is_value(&self, expr: &Expr) -> bool {
        matches!(strip(expr), Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) && self.is_it(&unary.expr))
    }

    /// Takes an update of the whole in; true if it is one.
    fn total(&mut self, node: &Expr, update: &Update<'_>) -> bool {
        let is_it = update.target == Target::Whole && self.is_value(update.target_expr);
        let is_mentioned = |operand: &&Expr| occurrences(operand.to_token_stream(), self.name) > 0;
        if !is_it || update.operands.iter().any(is_mentioned) {
            return false;
        }
        self.totals.push(update.operation);
        self.totalling += occurrences(node.to_token_stream(), self.name);
        true
    }

    /// `*any = true;` is `|=`, `*all = false;` is `&=`.
    fn flag(&mut self, assign: &syn::ExprAssign) {
        let Expr::Lit(syn::ExprLit {
            lit: syn::Lit::Bool(value),
            ..
        }) = &*assign.right
        else {
            return;
        };
        if self.is_value(&assign.left) {
            self.totals
                .push(if value.value { Operation::Or } else { Operation::And });
            self.totalling += 1;
        }
    }

    /// `if depth > *deepest { *deepest = depth; }`; true if it is one.
    fn extremum(&mut self, node: &syn::ExprIf) -> bool {
        let Some(guard) = guards::recognise(node, self) else {
            return false;
        };
        let [member] = &guard.members[..] else { return false };
        let is_mentioned = |operand: &&Expr| occurrences(operand.to_token_stream(), self.name) > 0;
        let Some((key, comparison)) = &guard.order.simple else {
            return false;
        };
        let is_it = self.is_value(member.target) && self.is_value(key);
        if !is_it || !guard.rest.is_empty() || guard.evaluated.iter().any(is_mentioned) {
            return false;
        }
        self.totals.push(match comparison {
            BinOp::Lt(_) | BinOp::Le(_) => Operation::Min,
            _ => Operation::Max,
        });
        self.totalling += 2;
        true
    }
}

impl guards::Scope for Uses<'_> {
    fn is_outer(&self, name: &Ident) -> bool {
        name == self.name
    }

    // the collector itself is all that is compared
    fn is_local(&self, _: &str) -> bool {
        false
    }
}

impl<'a> Visit<'a> for Uses<'_> {
    fn visit_expr(&mut self, node: &'a Expr) {
        if let Some(call) = self.recursion.call(node) {
            let skip = usize::from(call.receiver.is_none() && self.has_receiver);
            let passed = call.arguments.iter().nth(self.position + skip);
            self.passing += usize::from(passed.is_some_and(|argument| self.is_it(argument)));
        }
        match node {
            Expr::Binary(binary) => {
                let is_sum = matches!(binary.op, BinOp::AddAssign(_));
                self.writing += usize::from(is_sum && self.is_value(&binary.left));
                let update = updates::of_compound(binary);
                let place = Place::of_variable(&self.name.to_string());
                match update {
                    Some(update) if update.target == Target::Entry && update.place == place => {
                        self.entries.push((update.operation, binary.op));
                    }
                    Some(update) => drop(self.total(node, &update)),
                    None => {}
                }
            }
            Expr::Assign(assign) => match updates::of_assignment(assign) {
                Some(update) => drop(self.total(node, &update)),
                None => self.flag(assign),
            },
            Expr::If(guard) if self.extremum(guard) => {
                // the assignment inside belongs to it
                return;
            }
            Expr::MethodCall(call) => {
                let adds = ADDS.iter().any(|name| call.method == name);
                self.adding += usize::from(adds && self.is_it(&call.receiver));
            }
            _ => {}
        }
        visit::visit_expr(self, node);
    }

    fn visit_stmt(&mut self, node: &'a Stmt) {
        // what `insert` returns would tell what is in there
        if let Stmt::Expr(Expr::MethodCall(call), Some(_)) = node {
            self.inserting += usize::from(call.method == "insert" && self.is_it(&call.receiver));
        }
        visit::visit_stmt(self, node);
    }

    // `write!(out, ..)` adds to a text
    fn visit_macro(&mut self, node: &'a syn::Macro) {
        let last = node.path.segments.last();
        let writes = last.is_some_and(|last| last.ident == "write" || last.ident == "writeln");
        let mut tokens = node.tokens.clone().into_iter();
        let is_first = matches!(tokens.next(), Some(TokenTree::Ident(first)) if first == *self.name);
        let is_alone = match tokens.next() {
            Some(TokenTree::Punct(comma)) => comma.as_char() == ',',
            other => other.is_none(),
        };
        self.writing += usize::from(writes && is_first && is_alone);
    }

    fn visit_item(&mut self, _: &'a syn::Item) {}
}
