//! Which variables are only names for an iterator, or for the operation of a fold?
//!
//! `let pairs = a.iter().zip(b); for (x, y) in pairs { .. }` is `for (x, y) in a.iter().zip(b) { .. }`, and
//! `let add = |a, b| a + b; xs.iter().fold(0, add)` is `xs.iter().fold(0, |a, b| a + b)`: where a variable is used once,
//! its value may stand in its place if making it later changes nothing. Such variables are put in before anything else
//! looks at the loops and chains.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::Visit;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprClosure, ExprForLoop, ExprWhile, ItemFn, Local, Pat, Stmt};

use super::bindings::bindings;
use super::chains::{self, Evidence};
use super::choices::inside_some;
use super::counting::endless::as_while_let;
use super::updates::strip;
use super::uses::{self, Names};
use crate::analysis::mutations;

/// Puts the values of such variables in their places.
pub(crate) fn normalise(function: &mut ItemFn) {
    Normalise.visit_block_mut(&mut function.block);
}

struct Normalise;

impl VisitMut for Normalise {
    fn visit_block_mut(&mut self, node: &mut Block) {
        let mut at = 0;
        while at < node.stmts.len() {
            match put_in(&node.stmts, at) {
                Some(rest) => node.stmts.splice(at.., rest).for_each(drop),
                None => {
                    let is_finished = finish(&mut node.stmts, at).is_some();
                    // what has become a loop's own may now stand in its header
                    match is_finished.then(|| put_in(&node.stmts, at)).flatten() {
                        Some(rest) => node.stmts.splice(at.., rest).for_each(drop),
                        None => {
                            if let (true, Stmt::Local(local)) = (is_finished, &mut node.stmts[at]) {
                                local.attrs.push(syn::parse_quote!(#[allow(unused_mut)]));
                            }
                            at += 1;
                        }
                    }
                }
            }
        }
        visit_mut::visit_block_mut(self, node);
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

/// The statements from `at` on without the declaration that stands there, if it is one of such a variable.
fn put_in(stmts: &[Stmt], at: usize) -> Option<Vec<Stmt>> {
    let Stmt::Local(local) = &stmts[at] else { return None };
    let (name, value) = declared(local)?;
    let rest = &stmts[at + 1..];
    let occurs = |stmt: &Stmt| uses::occurs(stmt.to_token_stream(), &name.to_string());
    let first = rest.iter().position(occurs)?;
    // up to where the name is declared anew
    let scope = rest.iter().position(|stmt| redeclared(stmt, name).is_some());
    let until = scope.unwrap_or(rest.len());
    let seen = &rest[..until];
    let value_of_next = scope.and_then(|at| redeclared(&rest[at], name)).flatten();
    if count(quote::quote!(#(#seen)* #value_of_next), name) != 1 {
        return None;
    }
    let (between, user) = (&rest[..first], &rest[first]);
    if !is_still(value, between, user, name) {
        return None;
    }
    let mut user = user.clone();
    let mut replace = Replace {
        name,
        value,
        replaced: false,
        shadowed: false,
    };
    match &mut user {
        Stmt::Local(local) => local
            .init
            .iter_mut()
            .for_each(|init| replace.visit_expr_mut(&mut init.expr)),
        user => replace.visit_stmt_mut(user),
    }
    let replaced = replace.replaced && !replace.shadowed;
    replaced.then(|| {
        let (before, behind) = (between.iter().cloned(), rest[first + 1..].iter().cloned());
        before.chain([user]).chain(behind).collect()
    })
}

/// Where the last use of an iterator declared at `at` is a loop over it by reference, the loop may have it.
fn finish(stmts: &mut [Stmt], at: usize) -> Option<()> {
    let Stmt::Local(local) = &stmts[at] else { return None };
    let name = iterator(local).cloned()?;
    let occurs = |tokens: TokenStream| uses::occurs(tokens, &name.to_string());
    let is_used = |stmt: &Stmt| match redeclared(stmt, &name) {
        Some(value) => value.is_some_and(|value| occurs(value.to_token_stream())),
        None => occurs(stmt.to_token_stream()),
    };
    let anew = stmts[at + 1..]
        .iter()
        .position(|stmt| redeclared(stmt, &name).is_some());
    let end = anew.map_or(stmts.len(), |anew| at + 2 + anew);
    let last = stmts[at + 1..end].iter().rposition(is_used).map(|last| at + 1 + last);
    let Stmt::Expr(node, _) = last.map(|last| &mut stmts[last])? else {
        return None;
    };
    let is_name = |expr: &Expr| matches!(expr, Expr::Path(path) if path.path.is_ident(&name));
    match node {
        Expr::ForLoop(node) if !occurs(node.body.to_token_stream()) => match strip(&node.expr) {
            Expr::Reference(reference) if reference.mutability.is_some() && is_name(&reference.expr) => {
                *node.expr = (*reference.expr).clone();
            }
            Expr::MethodCall(call) if call.method == "by_ref" && is_name(&call.receiver) => {
                *node.expr = (*call.receiver).clone();
            }
            _ => return None,
        },
        Expr::While(taking) => *node = Expr::ForLoop(taken(taking, &name)?),
        Expr::Loop(endless) => *node = Expr::ForLoop(taken(&as_while_let(endless)?, &name)?),
        _ => return None,
    }
    Some(())
}

/// `while let Some(x) = items.next() { .. }` as the loop that it is over the items.
fn taken(taking: &ExprWhile, name: &Ident) -> Option<ExprForLoop> {
    let Expr::Let(found) = &*taking.cond else { return None };
    let (Some(pattern), Expr::MethodCall(call)) = (inside_some(&found.pat), strip(&found.expr)) else {
        return None;
    };
    let is_name = matches!(&*call.receiver, Expr::Path(path) if path.path.is_ident(name));
    // the items that the pattern doesn't match end the loop
    let takes = call.method == "next" && is_name && is_irrefutable(pattern);
    if !takes || uses::occurs(taking.body.to_token_stream(), &name.to_string()) {
        return None;
    }
    let (attrs, label, token) = (&taking.attrs, &taking.label, syn::Token![for](taking.while_token.span));
    let (items, body) = (&call.receiver, &taking.body);
    Some(syn::parse_quote!(#(#attrs)* #label #token #pattern in #items #body))
}

/// True if the pattern matches every value, as far as its form shows.
fn is_irrefutable(pattern: &Pat) -> bool {
    match pattern {
        Pat::Ident(ident) => ident.subpat.is_none() && !ident.ident.to_string().starts_with(|c: char| c.is_uppercase()),
        Pat::Wild(_) => true,
        Pat::Paren(paren) => is_irrefutable(&paren.pat),
        Pat::Reference(reference) => is_irrefutable(&reference.pat),
        Pat::Tuple(tuple) => tuple.elems.iter().all(is_irrefutable),
        _ => false,
    }
}

/// The variable that is declared here, if it is an iterator.
fn iterator(local: &Local) -> Option<&Ident> {
    let Pat::Ident(pattern) = &local.pat else { return None };
    let init = local.init.as_ref()?;
    let is_iterator = chains::evidence(strip(&init.expr), &[]) == Evidence::Strong;
    is_iterator.then_some(&pattern.ident)
}

/// What the name is declared as, if this statement declares it.
fn redeclared<'s>(stmt: &'s Stmt, name: &Ident) -> Option<Option<&'s Expr>> {
    let Stmt::Local(local) = stmt else { return None };
    let is_it = bindings(&local.pat).iter().any(|b| b.ident == *name);
    is_it.then(|| local.init.as_ref().map(|init| &*init.expr))
}

/// The variable and its value: an iterator, or a closure.
fn declared(local: &Local) -> Option<(&Ident, &Expr)> {
    let Pat::Ident(pattern) = &local.pat else { return None };
    let init = local.init.as_ref().filter(|init| init.diverge.is_none())?;
    let plain = local.attrs.is_empty() && pattern.by_ref.is_none() && pattern.subpat.is_none();
    let value = strip(&init.expr);
    let is_known = match value {
        Expr::Closure(closure) => is_plain(closure),
        Expr::Range(_) => is_lazy(value),
        value => chains::evidence(value, &[]) == Evidence::Strong && is_lazy(value),
    };
    (plain && is_known).then_some((&pattern.ident, value))
}

/// Two arguments, and nothing that is captured by value.
fn is_plain(closure: &ExprClosure) -> bool {
    closure.inputs.len() == 2 && closure.capture.is_none() && closure.asyncness.is_none()
}

/// True if making the iterator does nothing that anybody sees.
fn is_lazy(value: &Expr) -> bool {
    match value {
        Expr::Paren(paren) => is_lazy(&paren.expr),
        Expr::Reference(reference) => is_lazy(&reference.expr),
        Expr::Field(field) => is_lazy(&field.base),
        Expr::Cast(cast) => is_lazy(&cast.expr),
        Expr::Path(_) | Expr::Lit(_) => true,
        Expr::Closure(closure) => closure.capture.is_none() && closure.asyncness.is_none(),
        Expr::Range(range) => range.start.iter().chain(&range.end).all(|bound| is_lazy(bound)),
        Expr::Binary(binary) => is_lazy(&binary.left) && is_lazy(&binary.right),
        Expr::MethodCall(call) => {
            let makes = chains::is_source(call) || chains::adaptor(call).is_some() || call.method == "len";
            let drains = call.method == "drain";
            makes && !drains && is_lazy(&call.receiver) && call.args.iter().all(is_lazy)
        }
        _ => false,
    }
}

/// How often the name occurs.
fn count(tokens: TokenStream, name: &Ident) -> usize {
    let mut found = 0;
    for token in tokens {
        found += match token {
            TokenTree::Ident(ident) => usize::from(ident == *name),
            TokenTree::Group(group) => count(group.stream(), name),
            // once in a format string is as good as a second time
            TokenTree::Literal(literal) => 2 * usize::from(literal.to_string().contains(&format!("{{{name}"))),
            TokenTree::Punct(_) => 0,
        };
    }
    found
}

/// True if what the value is made of is neither changed nor declared anew before it is used.
fn is_still(value: &Expr, between: &[Stmt], user: &Stmt, own: &Ident) -> bool {
    let mut names = Names::new();
    uses::of_tokens(value.to_token_stream(), &mut names);
    let block = |stmts: &[Stmt]| Block {
        brace_token: Default::default(),
        stmts: stmts.to_vec(),
    };
    let before = block(between);
    let user = match user {
        // what it declares comes later
        Stmt::Local(local) => {
            let value = local.init.as_ref().map(|init| &init.expr);
            block(&[syn::parse_quote!(#value;)])
        }
        // the header is made before the body runs
        Stmt::Expr(Expr::ForLoop(_), _) => block(&[]),
        stmt => block(std::slice::from_ref(stmt)),
    };
    let mut declared = Declared(Vec::new());
    declared.visit_block(&before);
    declared.visit_block(&user);
    names.iter().filter(|name| own != name.as_str()).all(|name| {
        let changed = mutations::changes(&before, name) || mutations::changes(&user, name);
        !changed && !declared.0.contains(name)
    })
}

/// The names that are declared in a block, at any depth.
struct Declared(Vec<String>);

impl<'a> Visit<'a> for Declared {
    fn visit_pat(&mut self, node: &'a Pat) {
        self.0.extend(bindings(node).iter().map(|b| b.ident.to_string()));
    }

    fn visit_item(&mut self, _: &'a syn::Item) {}

    fn visit_expr_closure(&mut self, _: &'a ExprClosure) {}
}

/// Puts a value in the place of its variable, where that is run once and at once.
struct Replace<'r> {
    name: &'r Ident,
    value: &'r Expr,
    replaced: bool,
    /// It is used in a place where nothing can be put in.
    shadowed: bool,
}

impl Replace<'_> {
    fn is_name(&self, expr: &Expr) -> bool {
        matches!(expr, Expr::Path(path) if path.path.is_ident(self.name))
    }

    /// `it`, and, as it is not used again, `&mut it` and `it.by_ref()`.
    fn is_use(&self, expr: &Expr) -> bool {
        match strip(expr) {
            Expr::Reference(reference) => reference.mutability.is_some() && self.is_name(&reference.expr),
            Expr::MethodCall(call)
                if call.args.is_empty() && (call.method == "by_ref" || call.method == "into_iter") =>
            {
                self.is_use(&call.receiver)
            }
            other => self.is_name(other),
        }
    }

    fn put_in(&mut self, expr: &mut Expr) {
        let is_closure = matches!(self.value, Expr::Closure(_));
        if !self.replaced && self.is_use(expr) && (!is_closure || self.is_name(expr)) {
            *expr = match self.value {
                Expr::Range(range) => syn::parse_quote!((#range)),
                value => value.clone(),
            };
            self.replaced = true;
        }
    }
}

impl VisitMut for Replace<'_> {
    fn visit_expr_for_loop_mut(&mut self, node: &mut syn::ExprForLoop) {
        if !matches!(self.value, Expr::Closure(_)) {
            self.put_in(&mut node.expr);
        }
        self.visit_expr_mut(&mut node.expr);
    }

    fn visit_expr_method_call_mut(&mut self, node: &mut syn::ExprMethodCall) {
        let method = node.method.to_string();
        match self.value {
            Expr::Closure(_) if method == "fold" || method == "reduce" => {
                node.args.iter_mut().for_each(|argument| self.put_in(argument));
            }
            Expr::Closure(_) => {}
            _ => {
                // `it.next()` takes one item, and leaves the others to nobody
                self.put_in(&mut node.receiver);
                if method == "zip" || method == "chain" {
                    node.args.iter_mut().for_each(|argument| self.put_in(argument));
                }
            }
        }
        visit_mut::visit_expr_method_call_mut(self, node);
    }

    fn visit_pat_mut(&mut self, node: &mut Pat) {
        self.shadowed |= bindings(node).iter().any(|b| b.ident == *self.name);
    }

    fn visit_expr_closure_mut(&mut self, _: &mut ExprClosure) {}

    fn visit_expr_while_mut(&mut self, _: &mut syn::ExprWhile) {}

    fn visit_expr_loop_mut(&mut self, _: &mut syn::ExprLoop) {}

    fn visit_expr_async_mut(&mut self, _: &mut syn::ExprAsync) {}

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normalised(text: &str) -> String {
        let mut function: ItemFn = syn::parse_str(&format!("fn f() {{ {text} }}")).unwrap();
        normalise(&mut function);
        let text = function.block.to_token_stream().to_string();
        text.trim_matches(['{', '}', ' ']).to_string()
    }

    #[test]
    fn a_variable_that_is_used_once_is_put_in() {
        for (text, want) in [
            (
                "let it = xs.iter().skip(2); for x in it { s += x; }",
                "for x in xs.iter().skip(2) { s += x; }",
            ),
            (
                "let mut it = xs.iter().skip(2); for x in &mut it {}",
                "for x in xs.iter().skip(2) {}",
            ),
            (
                "let mut it = xs.iter().skip(2); for x in it.by_ref() {}",
                "for x in xs.iter().skip(2) {}",
            ),
            (
                "let it = 0..n; let mut s = 0; for i in it.rev() {}",
                "let mut s = 0; for i in (0..n).rev() {}",
            ),
            (
                "let a = xs.iter(); let b = a.skip(1); let c = b.map(f); c.sum()",
                "xs.iter().skip(1).map(f).sum()",
            ),
            (
                "let b = ys.iter(); for (x, y) in xs.iter().zip(b) {}",
                "for (x, y) in xs.iter().zip(ys.iter()) {}",
            ),
            (
                "let it = xs.iter(); let it = it.skip(1); let it = it.map(f); it.sum()",
                "xs.iter().skip(1).map(f).sum()",
            ),
            (
                "let xs = xs.iter(); let xs = xs.map(f); xs.sum()",
                "xs.iter().map(f).sum()",
            ),
            (
                "let add = |a, b| a + b; xs.iter().fold(0, add)",
                "xs.iter().fold(0, |a, b| a + b)",
            ),
            (
                "let it = xs.iter().map(f); if c { it.sum() } else { 0 }",
                "if c { xs.iter().map(f).sum() } else { 0 }",
            ),
        ] {
            let want: Block = syn::parse_str(&format!("{{ {want} }}")).unwrap();
            let want = want.to_token_stream().to_string();
            assert_eq!(normalised(text), want.trim_matches(['{', '}', ' ']), "{text}");
        }
    }

    #[test]
    fn the_last_loop_over_an_iterator_has_it() {
        for (text, want) in [
            ("for x in &mut it {}", "for x in it {}"),
            ("for x in it.by_ref() {}", "for x in it {}"),
            (
                "while let Some((i, &x)) = it.next() { f(x) }",
                "for (i, &x) in it { f(x) }",
            ),
            ("for x in &mut it {} it.next();", "for x in &mut it {} it.next();"),
            ("for x in &mut it { it.next(); }", "for x in &mut it { it.next(); }"),
            (
                "while let Some(x) = it.next() { it.next(); }",
                "while let Some(x) = it.next() { it.next(); }",
            ),
            ("while let Some(1) = it.next() {}", "while let Some(1) = it.next() {}"),
        ] {
            let declared = "let mut it = xs.iter(); it.next();";
            // other uses may not need the `mut`
            let allowed = if want == text { "" } else { "#[allow(unused_mut)]" };
            let want: Block = syn::parse_str(&format!("{{ {allowed} {declared} {want} }}")).unwrap();
            let want = want.to_token_stream().to_string();
            assert_eq!(
                normalised(&format!("{declared} {text}")),
                want.trim_matches(['{', '}', ' ']),
                "{text}"
            );
        }
    }

    #[test]
    fn a_variable_whose_value_could_be_another_one_later_stays() {
        for text in [
            "let it = xs.iter().skip(k); k += 1; for x in it {}",
            "let it = xs.iter().skip(1); let xs = ys; for x in it {}",
            "let mut it = xs.iter().skip(1); it.next(); for x in it {}",
            "let it = xs.iter().map(f); for x in ys { it.sum() }",
            "let it = xs.iter().map(f); g(|| it.sum())",
            "let it = xs.iter().skip(next()); h(); for x in it {}",
            "let it = xs.drain(..); h(); for x in it {}",
            "let it = xs.iter().map(f); for it in it.clone() { it }",
            "let it = xs.iter().map(f); println!(\"{it:?}\")",
            "let add = move |a, b| a + b; xs.iter().fold(0, add)",
            "let add = |a, b| a + b; h(add)",
        ] {
            let plain: Block = syn::parse_str(&format!("{{ {text} }}")).unwrap();
            let plain = plain.to_token_stream().to_string();
            assert_eq!(normalised(text), plain.trim_matches(['{', '}', ' ']), "{text}");
        }
    }
}
