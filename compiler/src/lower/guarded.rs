//! `if c { total += f(x); }`: a call that runs only under a condition, while what is done with its result has to stay.
//!
//! The statement is cut in two: `let value = if c { Some(f(x)) } else { None };`, which changes nothing and may run beside
//! other calls, and `if let Some(value) = value { total += value; }`. Where the rest uses what the condition binds, the
//! condition is looked at again, so it must be one that only looks.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprIf, Stmt, parse_quote};

use super::NodeId;
use super::accesses;
use super::bindings::{bindings, unbind};
use super::recursion::{Call, Recursion};
use super::tasks::Task;
use super::uses;
use crate::analysis::independence::{Code, Footprint, Names, Unit, of_overtaking};

/// The two statements that stand for an `if` around one call.
pub(crate) fn cut(
    statement: &Stmt,
    recursion: &Recursion,
    names: &Names,
    value: impl FnOnce() -> Ident,
) -> Option<Vec<Stmt>> {
    let Stmt::Expr(Expr::If(node), _) = statement else {
        return None;
    };
    if node
        .else_branch
        .as_ref()
        .is_some_and(|(_, otherwise)| recursion.is_in(otherwise))
        || recursion.is_in(&node.cond)
    {
        return None;
    }
    let Branch { lets, kept, call } = branch(&node.then_branch, recursion, names)?;
    let id = NodeId::of(call.node);
    let condition = Footprint::of(&node.cond, names);
    let only_looks = condition.is_pure(names);
    // a branch that leaves makes the calls behind it another path
    let branch = accesses::of_block(&node.then_branch, names);
    let stays = branch.exits.iter().all(|exit| exit.what == "?");
    if !stays || !condition.accesses.exits.is_empty() {
        return None;
    }
    let bound = bound(&node.cond);
    let uses_bound = |tokens: TokenStream| bound.iter().any(|name| uses::occurs(tokens.clone(), name));
    let value = value();
    let mut rest = node.clone();
    rest.then_branch = replaced(&node.then_branch, id, &parse_quote!(#value));
    rest.then_branch.stmts.splice(..lets.len(), kept);
    let again = uses_bound(rest.then_branch.to_token_stream()) || rest.else_branch.is_some();
    // what is looked at once more must be as it was
    let is_same = only_looks && Footprint::of(call.node, names).is_pure(names);
    if again && !(is_same && may_repeat(&node.cond)) {
        return None;
    }
    let (cond, then, call) = (&node.cond, &rest.then_branch, call.node);
    let some = quote!(::core::option::Option::Some);
    let none = quote!(::core::option::Option::None);
    let asked = only_binding(cond, quote!(#(#lets)* #call));
    let ask = quote!(if #asked { #(#lets)* #some(#call) } else { #none });
    let ask: Stmt = parse_quote!(let #value = #ask;);
    let tell: Expr = if again {
        let otherwise = rest
            .else_branch
            .as_ref()
            .map(|(token, otherwise)| quote!(#token #otherwise));
        let cond = only_binding(cond, then.to_token_stream());
        parse_quote!(if #cond { if let #some(#value) = #value #then } #otherwise)
    } else {
        parse_quote!(if let #some(#value) = #value #then)
    };
    Some(vec![ask, Stmt::Expr(tell, None)])
}

/// The two statements that stand for one whose value is an `if` with calls in its branches:
/// `let (branch, value) = if c { (0, None) } else { (1, Some(f(x))) };`, and the statement with what that says in the
/// places of the conditions and the calls. A pattern is matched again where it binds.
pub(crate) fn cut_value(
    statement: &Stmt,
    recursion: &Recursion,
    names: &Names,
    mut free: impl FnMut(&str) -> Ident,
) -> Option<Vec<Stmt>> {
    let mut rest = statement.clone();
    let (node, tell) = match (statement, &mut rest) {
        (Stmt::Expr(Expr::If(node), _), Stmt::Expr(Expr::If(copy), _)) => (node, copy),
        (Stmt::Local(local), Stmt::Local(copy)) => match (&local.init, &mut copy.init) {
            (Some(init), Some(copy)) if init.diverge.is_none() => match (&*init.expr, &mut *copy.expr) {
                (Expr::If(node), Expr::If(copy)) => (node, copy),
                _ => return None,
            },
            _ => return None,
        },
        (Stmt::Expr(Expr::Return(node), _), Stmt::Expr(Expr::Return(copy), _)) => {
            match (node.expr.as_deref(), copy.expr.as_deref_mut()) {
                (Some(Expr::If(node)), Some(Expr::If(copy))) => (node, copy),
                _ => return None,
            }
        }
        _ => return None,
    };
    let block: Block = parse_quote!({ #node });
    let (calls, _) = recursion.calls(&block);
    if calls.is_empty() || node.else_branch.is_none() {
        return None;
    }
    let is_pure = |call: &Call<'_>| Footprint::of(call.node, names).is_pure(names);
    let mut cut = Cut {
        branch: free("branch"),
        value: free("value"),
        branches: 0,
        is_asked: false,
        changes: !calls.iter().all(is_pure),
        recursion,
        names,
    };
    let mut ask = node.clone();
    cut.branches_of(node, &mut ask, tell)?;
    let value = &cut.value;
    let branch = match cut.is_asked {
        true => cut.branch.to_token_stream(),
        false => quote!(_),
    };
    Some(vec![parse_quote!(let (#branch, #value) = #ask;), rest])
}

struct Cut<'c> {
    branch: Ident,
    value: Ident,
    /// How many there were so far.
    branches: usize,
    /// A condition has become one about the number of the branch.
    is_asked: bool,
    /// A call changes something: a pattern may not match again.
    changes: bool,
    recursion: &'c Recursion,
    names: &'c Names,
}

impl Cut<'_> {
    /// Makes what asks and what tells of an `if` and those behind its `else`.
    fn branches_of(&mut self, node: &ExprIf, ask: &mut ExprIf, tell: &mut ExprIf) -> Option<()> {
        let condition = Footprint::of(&node.cond, self.names);
        let only_looks = condition.is_pure(self.names) && condition.accesses.exits.is_empty();
        let (then_number, branch) = (self.branches, self.branch.clone());
        if !only_looks || self.recursion.is_in(&node.cond) {
            return None;
        }
        match &*node.cond {
            Expr::Let(_) if may_repeat(&node.cond) && !self.changes => {}
            cond if bound(cond).is_empty() => {
                self.is_asked = true;
                *tell.cond = parse_quote!(#branch == #then_number);
            }
            _ => return None,
        }
        self.branch_of(&node.then_branch, &mut ask.then_branch, &mut tell.then_branch)?;
        let (_, otherwise) = node.else_branch.as_ref()?;
        let [ask_else, tell_else] =
            [&mut *ask, &mut *tell].map(|copy| copy.else_branch.as_mut().map(|(_, e)| &mut **e));
        match (&**otherwise, ask_else?, tell_else?) {
            (Expr::If(node), Expr::If(ask), Expr::If(tell)) => self.branches_of(node, ask, tell)?,
            (Expr::Block(node), Expr::Block(ask), Expr::Block(tell)) => {
                self.branch_of(&node.block, &mut ask.block, &mut tell.block)?;
            }
            _ => return None,
        }
        let asked = ask.then_branch.to_token_stream();
        *ask.cond = only_binding(&node.cond, asked);
        Some(())
    }

    fn branch_of(&mut self, block: &Block, ask: &mut Block, tell: &mut Block) -> Option<()> {
        let number = self.branches;
        self.branches += 1;
        let (calls, values) = self.recursion.calls(block);
        if calls.len() + values == 0 {
            *ask = parse_quote!({ (#number, ::core::option::Option::None) });
            return Some(());
        }
        let Branch { lets, kept, call } = branch(block, self.recursion, self.names)?;
        let (node, value) = (call.node, &self.value);
        *ask = parse_quote!({ #(#lets)* (#number, ::core::option::Option::Some(#node)) });
        *tell = replaced(
            block,
            NodeId::of(node),
            &parse_quote!(::core::option::Option::unwrap(#value)),
        );
        tell.stmts.splice(..lets.len(), kept);
        Some(())
    }
}

/// A branch that begins with a call: what only prepares it, and the call.
struct Branch<'a> {
    lets: &'a [Stmt],
    /// Those that what is done with the result needs, too.
    kept: Vec<Stmt>,
    call: Call<'a>,
}

/// The call that the branch begins with, if it has no other and changes nothing.
fn branch<'a>(block: &'a Block, recursion: &Recursion, names: &Names) -> Option<Branch<'a>> {
    let (calls, values) = recursion.calls(block);
    let ([call], 0) = (&calls[..], values) else { return None };
    let id = NodeId::of(call.node);
    let is_it = |tasks: &[Task<'_>]| matches!(tasks, [task] if NodeId::of(task.node) == id);
    let at = block
        .stmts
        .iter()
        .position(|stmt| is_it(&recursion.tasks_of_statement(stmt)))?;
    let (lets, rest) = block.stmts.split_at(at);
    let before = Unit::Statement(&rest[0]).accesses(names, &BTreeSet::from([id]));
    let is_early = before.skipped.iter().all(|(_, _, exits)| *exits == 0);
    let footprint = Footprint::of(call.node, names);
    // what its statement computes before it is computed behind it
    let code = Code {
        accesses: &before.list,
        effects: &before.effects,
        exits: Vec::new(),
    };
    let is_free = footprint.accesses.exits.is_empty() && of_overtaking(names, &footprint, &code).is_ok();
    let prepares = |stmt: &Stmt| {
        let found = Unit::Statement(stmt).accesses(names, &BTreeSet::new());
        let is_let =
            matches!(stmt, Stmt::Local(local) if local.init.as_ref().is_some_and(|init| init.diverge.is_none()));
        is_let && found.exits.is_empty() && found.effects.is_empty() && !names.any_write(&found.list)
    };
    let result = Ident::new("result", Span::mixed_site());
    let after = replaced(block, id, &parse_quote!(#result));
    let mut tokens: TokenStream = after.stmts[at..].iter().map(ToTokens::to_token_stream).collect();
    let mut kept = Vec::new();
    for stmt in lets.iter().rev() {
        let declared = Unit::Statement(stmt).declares();
        if declared.iter().any(|name| uses::occurs(tokens.clone(), name)) {
            tokens.extend(stmt.to_token_stream());
            kept.insert(0, stmt.clone());
        }
    }
    // what is computed twice must not change in between
    let is_kept = kept.is_empty() || footprint.is_pure(names) && kept.iter().all(costs_nothing);
    let is_branch = is_early && is_free && is_kept && lets.iter().all(prepares);
    is_branch.then_some(Branch {
        lets,
        kept,
        call: *call,
    })
}

/// True for a `let` that may as well be computed twice.
fn costs_nothing(stmt: &Stmt) -> bool {
    fn is_cheap(expr: &Expr) -> bool {
        match expr {
            Expr::Lit(_) | Expr::Path(_) => true,
            Expr::Binary(e) => is_cheap(&e.left) && is_cheap(&e.right),
            Expr::Cast(e) => is_cheap(&e.expr),
            Expr::Field(e) => is_cheap(&e.base),
            Expr::Index(e) => is_cheap(&e.expr) && is_cheap(&e.index),
            Expr::Paren(e) => is_cheap(&e.expr),
            Expr::Reference(e) => e.mutability.is_none() && is_cheap(&e.expr),
            Expr::Tuple(e) => e.elems.iter().all(is_cheap),
            Expr::Unary(e) => is_cheap(&e.expr),
            _ => false,
        }
    }
    matches!(stmt, Stmt::Local(local) if local.init.as_ref().is_some_and(|init| is_cheap(&init.expr)))
}

/// The names that an `if let` binds.
pub(super) fn bound(condition: &Expr) -> Vec<String> {
    struct Bound(Vec<String>);
    impl<'a> Visit<'a> for Bound {
        fn visit_expr_let(&mut self, node: &'a syn::ExprLet) {
            self.0.extend(bindings(&node.pat).iter().map(|b| b.ident.to_string()));
            visit::visit_expr_let(self, node);
        }

        fn visit_expr_closure(&mut self, _: &'a syn::ExprClosure) {}
    }
    let mut bound = Bound(Vec::new());
    bound.visit_expr(condition);
    bound.0
}

/// The condition, binding only what it uses itself and what `used` mentions.
fn only_binding(condition: &Expr, used: TokenStream) -> Expr {
    struct Unbind {
        kept: Vec<String>,
    }
    impl VisitMut for Unbind {
        fn visit_expr_let_mut(&mut self, node: &mut syn::ExprLet) {
            unbind(&mut node.pat, &|name| self.kept.iter().any(|kept| kept == name));
        }

        fn visit_expr_closure_mut(&mut self, _: &mut syn::ExprClosure) {}
    }
    let bound = bound(condition);
    let is_used = |name: &String| {
        struct Values(TokenStream);
        impl<'a> Visit<'a> for Values {
            fn visit_expr_let(&mut self, node: &'a syn::ExprLet) {
                self.0.extend(node.expr.to_token_stream());
            }

            fn visit_expr(&mut self, node: &'a Expr) {
                match node {
                    Expr::Binary(_) | Expr::Let(_) | Expr::Paren(_) => visit::visit_expr(self, node),
                    other => self.0.extend(other.to_token_stream()),
                }
            }
        }
        let mut values = Values(TokenStream::new());
        values.visit_expr(condition);
        uses::occurs(used.clone(), name) || uses::occurs(values.0, name)
    };
    // what is no binding is a constant or a variant, which stays
    let mut condition = condition.clone();
    let (kept, gone): (Vec<_>, Vec<_>) = bound.into_iter().partition(is_used);
    if !gone.is_empty() {
        let constants = constants(&condition, &kept, &gone);
        Unbind {
            kept: kept.into_iter().chain(constants).collect(),
        }
        .visit_expr_mut(&mut condition);
    }
    condition
}

/// The lone names in the condition's patterns that bind nothing.
fn constants(condition: &Expr, kept: &[String], gone: &[String]) -> Vec<String> {
    struct Lone(Vec<String>);
    impl<'a> Visit<'a> for Lone {
        fn visit_pat_ident(&mut self, node: &'a syn::PatIdent) {
            self.0.push(node.ident.to_string());
            visit::visit_pat_ident(self, node);
        }
    }
    let mut lone = Lone(Vec::new());
    lone.visit_expr(condition);
    lone.0.retain(|name| !kept.contains(name) && !gone.contains(name));
    lone.0
}

/// True if the condition moves nothing out of its place, as far as the text tells.
fn may_repeat(condition: &Expr) -> bool {
    match condition {
        Expr::Binary(binary) if matches!(binary.op, syn::BinOp::And(_)) => {
            may_repeat(&binary.left) && may_repeat(&binary.right)
        }
        Expr::Let(binding) => match &*binding.expr {
            Expr::Reference(reference) => reference.mutability.is_none(),
            Expr::MethodCall(call) => {
                let name = call.method.to_string();
                matches!(
                    name.as_str(),
                    "as_ref" | "as_deref" | "get" | "first" | "last" | "split_first" | "split_last"
                ) || name.starts_with("checked_")
            }
            _ => false,
        },
        _ => true,
    }
}

/// The block with another expression in the call's place.
fn replaced(original: &Block, call: NodeId, value: &Expr) -> Block {
    struct Number {
        wanted: NodeId,
        seen: usize,
        found: Option<usize>,
    }
    impl<'a> Visit<'a> for Number {
        fn visit_expr(&mut self, node: &'a Expr) {
            if NodeId::of(node) == self.wanted {
                self.found = Some(self.seen);
            }
            self.seen += 1;
            visit::visit_expr(self, node);
        }
    }
    struct Put<'v> {
        left: usize,
        value: &'v Expr,
    }
    impl VisitMut for Put<'_> {
        fn visit_expr_mut(&mut self, node: &mut Expr) {
            if self.left == 0 {
                *node = self.value.clone();
                self.left = usize::MAX;
                return;
            }
            self.left -= 1;
            visit_mut::visit_expr_mut(self, node);
        }
    }
    let mut number = Number {
        wanted: call,
        seen: 0,
        found: None,
    };
    number.visit_block(original);
    // the copy has the same shape: its call is found by its number
    let mut copy = original.clone();
    if let Some(left) = number.found {
        Put { left, value }.visit_block_mut(&mut copy);
    }
    copy
}
