//! Which `while` loops take their children out of a set, one by one?
//!
//! `while free != 0 { let bit = ..; free ^= bit; total += f(bit); }` first takes something out of what its condition asks
//! about and then calls with it. If the second part never touches that, the first part may run for all children before:
//! what it gives is kept in a list, and the second part becomes a `for` loop over that. Counting loops become `for` loops
//! over a range (see `counting`).

use std::collections::BTreeSet;

use proc_macro2::Ident;
use quote::{ToTokens, quote};
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprWhile, ItemFn, Stmt, parse_quote};

use super::accesses::{self, Accesses};
use super::bindings::{Binding, bindings};
use super::carried;
use super::counting;
use super::jumps;
use super::recursion::Recursion;
use super::{updates, uses};
use crate::analysis::independence::Names;
use crate::names::FreeNames;

/// Rewrites the loops whose children can be listed first.
pub(crate) fn normalise(function: &mut ItemFn, recursion: &Recursion, names: &Names, free: &mut FreeNames) {
    Normalise { recursion, names, free }.visit_block_mut(&mut function.block);
}

struct Normalise<'n> {
    recursion: &'n Recursion,
    names: &'n Names,
    free: &'n mut FreeNames,
}

impl VisitMut for Normalise<'_> {
    fn visit_expr_mut(&mut self, node: &mut Expr) {
        if let Expr::While(generating) = node {
            let (calls, values) = self.recursion.calls(&generating.body);
            if calls.len() + values > 0 && !self.recursion.is_in(&generating.cond) {
                let replacement = counting::as_for(generating, None).or_else(|| self.as_for(generating));
                if let Some(replacement) = replacement {
                    *node = replacement;
                }
            }
        }
        if let Expr::ForLoop(carrying) = node
            && let Some(distributed) = carried::distribute(carrying, self.recursion, self.names, self.free)
        {
            *node = distributed;
        }
        if let Expr::MethodCall(call) = node {
            self.append(call);
            self.fold(call);
        }
        visit_mut::visit_expr_mut(self, node);
    }

    fn visit_expr_closure_mut(&mut self, _: &mut syn::ExprClosure) {}

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

impl Normalise<'_> {
    /// `all.append(&mut f(x))` is `all.extend(f(x))`: nobody sees what is left of the result.
    fn append(&self, call: &mut syn::ExprMethodCall) {
        let Some(Expr::Reference(reference)) = call.args.first().filter(|_| call.args.len() == 1) else {
            return;
        };
        let is_result = reference.mutability.is_some() && self.recursion.call(&reference.expr).is_some();
        if call.method == "append" && is_result {
            let result = (*reference.expr).clone();
            call.method = Ident::new("extend", call.method.span());
            call.args = [result].into_iter().collect();
        }
    }

    /// `items.fold(0, |sum, x| sum + f(x))` is `items.map(|x| f(x)).fold(0, |sum, value| sum + value)`.
    fn fold(&mut self, fold: &mut syn::ExprMethodCall) {
        let [_, Expr::Closure(closure)] = &*fold.args.iter().collect::<Vec<_>>() else {
            return;
        };
        if fold.method != "fold" || closure.inputs.len() != 2 || self.recursion.is_in(&fold.receiver) {
            return;
        }
        let body: Block = {
            let body = &closure.body;
            parse_quote!({ #body })
        };
        let (calls, values) = self.recursion.calls(&body);
        let tasks = self.recursion.tasks(&closure.body);
        let ([call], 0, [task]) = (&calls[..], values, &tasks[..]) else {
            return;
        };
        let call = call.node.clone();
        let names_in = |pattern: &syn::Pat| bindings(pattern).into_iter().map(|b| b.ident.to_string());
        let uses_sum = names_in(&closure.inputs[0]).any(|name| uses::occurs(call.to_token_stream(), &name));
        if uses_sum || *task.node != call {
            return;
        }
        let value = self.free.free("value");
        let mut rest = closure.clone();
        Replace(&call, parse_quote!(#value)).visit_expr_mut(&mut rest.body);
        let item = &closure.inputs[1];
        if names_in(item).any(|name| uses::occurs(rest.body.to_token_stream(), &name)) {
            return;
        }
        rest.inputs[1] = parse_quote!(#value);
        let receiver = &fold.receiver;
        fold.receiver = parse_quote!(#receiver.map(|#item| #call));
        fold.args[1] = Expr::Closure(rest);
    }

    fn as_for(&mut self, node: &ExprWhile) -> Option<Expr> {
        let first = node.body.stmts.first()?;
        if uses::occurs(node.body.to_token_stream(), "break") || self.recursion.is_in_statement(first) {
            return None;
        }
        let (count, state) = self.generating(node)?;
        let (generating, rest) = node.body.stmts.split_at(count);
        if rest.is_empty() || generating.iter().any(|stmt| self.recursion.is_in_statement(stmt)) {
            return None;
        }
        if !self.is_free(node, generating, rest, &state) {
            return None;
        }
        let mut given = given(node, generating, rest);
        let numbers = mentioned(rest, &state);
        given.extend(numbers.into_iter().map(|ident| Binding {
            ident,
            mutable: false,
            by_ref: false,
        }));
        let items = self.free.free("children");
        let names: Vec<_> = given.iter().map(|binding| &binding.ident).collect();
        let patterns = given.iter().map(|binding| {
            let (name, mutable) = (&binding.ident, binding.mutable.then(|| quote!(mut)));
            quote!(#mutable #name)
        });
        let (attrs, label, cond) = (&node.attrs, &node.label, &node.cond);
        let for_token = syn::Token![for](node.while_token.span);
        let while_token = &node.while_token;
        let (inner, outer) = match label {
            Some(_) => (
                quote!(#[allow(unused_labels)] #label),
                quote!(#[allow(unused_labels)] #label),
            ),
            None => (quote!(), quote!()),
        };
        Some(parse_quote!({
            let mut #items = ::std::vec::Vec::new();
            #[allow(unused_mut)]
            #(#attrs)* #inner #while_token #cond {
                #(#generating)*
                #items.push((#(#names,)*));
            }
            #[allow(unused_mut)]
            #outer #for_token (#(#patterns,)*) in #items {
                #(#rest)*
            }
        }))
    }

    /// How many statements at the start touch what they and the condition change, and what that is.
    fn generating(&self, node: &ExprWhile) -> Option<(usize, BTreeSet<String>)> {
        let stmts = &node.body.stmts;
        let cond = condition(node);
        let asked: Vec<_> = accesses::of_expr_without(cond, self.names, &BTreeSet::new())
            .list
            .iter()
            .map(|access| access.place.root.clone())
            .collect();
        let whole = accesses::of_block(&node.body, self.names);
        let mut state = self.written(&accesses::of_expr_without(cond, self.names, &BTreeSet::new()));
        let written = self.written(&whole);
        state.extend(asked.into_iter().filter(|name| written.contains(name)));
        let mut count = 0;
        loop {
            let only_reads = |stmt: &Stmt, name: &String| {
                is_number(&node.body, name) && !is_number(&of_stmts(std::slice::from_ref(stmt)), name)
            };
            let touches = |stmt: &Stmt| {
                let mut mentioned = state.iter().filter(|name| uses::occurs(stmt.to_token_stream(), name));
                mentioned.any(|name| !(self.recursion.is_in_statement(stmt) && only_reads(stmt, name)))
            };
            let more = stmts.iter().rposition(touches).map_or(0, |last| last + 1);
            let size = state.len();
            if more > count {
                count = more;
                let block = of_stmts(&stmts[..count]);
                state.extend(self.written(&accesses::of_block(&block, self.names)));
            }
            if state.len() == size && more <= count {
                break;
            }
        }
        let is_own = state.iter().all(|name| !self.names.is_lent(name));
        (!state.is_empty() && is_own).then_some((count, state))
    }

    fn written(&self, accesses: &Accesses<'_>) -> BTreeSet<String> {
        let writes = accesses
            .list
            .iter()
            .filter(|access| self.names.any_write(std::slice::from_ref(access)));
        writes.map(|access| access.place.root.clone()).collect()
    }

    /// True if what is listed is left behind. `while i < j { if same { i += 1; continue; } return f(i); }` goes on only where
    /// it lists nothing: without the `return` it would list one item for ever.
    fn goes_on(&self, node: &ExprWhile, generating: &[Stmt], state: &BTreeSet<String>) -> bool {
        let changes = |found: &Accesses<'_>| self.written(found).iter().any(|name| state.contains(name));
        let in_condition = accesses::of_expr_without(condition(node), self.names, &BTreeSet::new());
        changes(&in_condition)
            || generating.iter().any(|stmt| {
                let passes_by = jumps::continues(|search| search.visit_stmt(stmt));
                !passes_by && changes(&accesses::of_statements(std::slice::from_ref(stmt), self.names))
            })
    }

    /// True if the generating part neither leaves nor sees what the rest does.
    fn is_free(&self, node: &ExprWhile, generating: &[Stmt], rest: &[Stmt], state: &BTreeSet<String>) -> bool {
        if !self.goes_on(node, generating, state) {
            return false;
        }
        let (generating, rest) = (of_stmts(generating), of_stmts(rest));
        let first = accesses::of_block(&generating, self.names);
        let leaves = first.exits.iter().any(|exit| exit.what != "continue");
        let changed = self.written(&accesses::of_block(&rest, self.names));
        let is_seen = |name: &String| {
            uses::occurs(generating.to_token_stream(), name) || uses::occurs(node.cond.to_token_stream(), name)
        };
        // a number that is only read comes along as it was
        let is_kept = state.iter().all(|name| {
            !uses::occurs(rest.to_token_stream(), name) || !changed.contains(name) && is_number(&generating, name)
        });
        !leaves && first.effects.is_empty() && is_kept && !changed.iter().any(is_seen)
    }
}

/// What is asked, without the pattern that takes the answer.
fn condition(node: &ExprWhile) -> &Expr {
    match &*node.cond {
        Expr::Let(binding) => &binding.expr,
        cond => cond,
    }
}

pub(super) fn of_stmts(stmts: &[Stmt]) -> Block {
    parse_quote!({ #(#stmts)* })
}

/// Puts another expression in the place of one.
struct Replace<'e>(&'e Expr, Expr);

impl VisitMut for Replace<'_> {
    fn visit_expr_mut(&mut self, node: &mut Expr) {
        match node == self.0 {
            true => *node = self.1.clone(),
            false => visit_mut::visit_expr_mut(self, node),
        }
    }
}

/// Which of the names stand in statements as variables, once each; in macros none can be told.
pub(super) fn mentioned<'s>(stmts: impl IntoIterator<Item = &'s Stmt>, names: &BTreeSet<String>) -> Vec<Ident> {
    let mut mentioned = Mentioned(names, Vec::new());
    stmts.into_iter().for_each(|stmt| mentioned.visit_stmt(stmt));
    mentioned.1
}

struct Mentioned<'n>(&'n BTreeSet<String>, Vec<Ident>);

impl<'a> Visit<'a> for Mentioned<'_> {
    fn visit_expr_path(&mut self, node: &'a syn::ExprPath) {
        if let Some(ident) = node.path.get_ident()
            && self.0.contains(&ident.to_string())
            && !self.1.contains(ident)
        {
            self.1.push(ident.clone());
        }
    }
}

/// True if the block changes the variable by arithmetic alone: `free &= free - 1`, `rest = rest >> 1`.
pub(super) fn is_number(block: &Block, name: &str) -> bool {
    struct Changes<'n> {
        name: &'n str,
        arithmetic: usize,
        others: usize,
    }
    impl<'a> Visit<'a> for Changes<'_> {
        fn visit_expr(&mut self, node: &'a Expr) {
            let is_it = |expr: &Expr| matches!(expr, Expr::Path(path) if path.path.is_ident(self.name));
            match node {
                Expr::Binary(e) if updates::is_compound(&e.op) && is_it(&e.left) => self.arithmetic += 1,
                Expr::Assign(e) if is_it(&e.left) => match matches!(&*e.right, Expr::Binary(_)) {
                    true => self.arithmetic += 1,
                    false => self.others += 1,
                },
                Expr::Reference(e) if e.mutability.is_some() && is_it(&e.expr) => self.others += 1,
                _ => {}
            }
            visit::visit_expr(self, node);
        }

        fn visit_macro(&mut self, node: &'a syn::Macro) {
            self.others += usize::from(uses::occurs(node.tokens.clone(), self.name));
        }
    }
    let mut changes = Changes {
        name,
        arithmetic: 0,
        others: 0,
    };
    changes.visit_block(block);
    changes.arithmetic > 0 && changes.others == 0
}

/// The variables of the generating part that the rest uses.
fn given(node: &ExprWhile, generating: &[Stmt], rest: &[Stmt]) -> Vec<Binding> {
    let of_condition = match &*node.cond {
        Expr::Let(binding) => bindings(&binding.pat),
        _ => Vec::new(),
    };
    let lets = generating.iter().flat_map(|stmt| match stmt {
        Stmt::Local(local) => bindings(&local.pat),
        _ => Vec::new(),
    });
    let is_used = |name: &Ident| {
        rest.iter()
            .any(|stmt| uses::occurs(stmt.to_token_stream(), &name.to_string()))
    };
    let mut given: Vec<Binding> = Vec::new();
    for binding in of_condition.into_iter().chain(lets) {
        if is_used(&binding.ident) {
            given.retain(|known| known.ident != binding.ident);
            given.push(binding);
        }
    }
    given
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normalised(text: &str) -> String {
        let mut function: ItemFn = syn::parse_str(text).unwrap();
        let recursion = Recursion::of(&function).unwrap();
        let names = Names::of(&function, &recursion);
        let mut free = FreeNames::new(&function);
        normalise(&mut function, &recursion, &names, &mut free);
        function.block.to_token_stream().to_string().replace(' ', "")
    }

    #[test]
    fn children_are_listed_before_the_calls() {
        let text = normalised(
            "fn f(all: u32) -> u32 {
                let (mut n, mut free) = (0, all);
                while free != 0 { let bit = free & 1; free ^= bit; n += f(bit); }
                n
            }",
        );
        assert!(
            text.contains("whilefree!=0{letbit=free&1;free^=bit;children.push((bit,));}"),
            "{text}"
        );
        assert!(text.contains("for(bit,)inchildren{n+=f(bit);}"), "{text}");
    }

    #[test]
    fn a_number_comes_along() {
        let text = normalised(
            "fn f(all: u32) -> u32 {
                let (mut n, mut free) = (0, all);
                while free != 0 { let bit = free & 1; free ^= bit; n += f(bit | free); }
                n
            }",
        );
        assert!(text.contains("children.push((bit,free,));"), "{text}");
        assert!(text.contains("for(bit,free,)inchildren{n+=f(bit|free);}"), "{text}");
    }

    #[test]
    fn a_rest_that_touches_the_set_stays() {
        for body in [
            "while free != 0 { let bit = free & 1; free ^= bit; n += f(bit); free &= n; }",
            "while free != 0 { let bit = free & 1; n += f(bit); free ^= bit; }",
            "while free != 0 { let bit = free & n; free ^= bit; n += f(bit); }",
            "while free != 0 { let bit = free & 1; free ^= bit; n += f(bit); if n > 3 { break; } }",
            "while free != 0 { let bit = g(&mut free); free ^= bit; n += f(bit | free); }",
        ] {
            let text = format!("fn f(all: u32) -> u32 {{ let (mut n, mut free) = (0, all); {body} n }}");
            assert!(!normalised(&text).contains("children"), "{body}");
        }
    }
}
