//! Which variables are only names for the place that the next statement updates?
//!
//! `let count = map.entry(word).or_insert(0); *count += 1;` is `*map.entry(word).or_insert(0) += 1;`, and so are its
//! longer forms `map.entry(word).and_modify(|c| *c += 1).or_insert(1);` and
//! `if let Some(c) = map.get_mut(&word) { *c += 1; } else { map.insert(word, 1); }`, also by `match` and with lists. They are written so before anything
//! else looks at the loops' bodies.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{BinOp, Block, Expr, ExprMethodCall, ItemFn, Local, Pat, Stmt, UnOp, parse_quote};

use super::bindings::bindings;
use super::updates::{self, strip};
use super::uses;

/// Writes them in their short form.
pub(crate) fn normalise(function: &mut ItemFn) {
    Normalise.visit_block_mut(&mut function.block);
}

struct Normalise;

impl VisitMut for Normalise {
    fn visit_block_mut(&mut self, node: &mut Block) {
        let mut at = 0;
        while at + 1 < node.stmts.len() {
            if let Some(short) = updated_next(&node.stmts[at..]) {
                node.stmts.splice(at..at + 2, [short]).for_each(drop);
            }
            at += 1;
        }
        visit_mut::visit_block_mut(self, node);
    }

    fn visit_stmt_mut(&mut self, node: &mut Stmt) {
        let short = match node {
            Stmt::Expr(Expr::MethodCall(call), Some(_)) => modified_or_inserted(call),
            Stmt::Expr(Expr::If(branch), _) => found_or_made(branch),
            Stmt::Expr(Expr::Match(choice), _) => matched_or_made(choice),
            _ => None,
        };
        if let Some(short) = short {
            *node = Stmt::Expr(short, Some(Default::default()));
        }
        visit_mut::visit_stmt_mut(self, node);
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

/// `let c = map.entry(k).or_insert(0); *c += 1;`, `let c = &mut cells[k]; *c += 1;`
fn updated_next(stmts: &[Stmt]) -> Option<Stmt> {
    let [Stmt::Local(local), user, rest @ ..] = stmts else {
        return None;
    };
    let (name, value) = declared(local)?;
    let occurs = |stmt: &Stmt| uses::occurs(stmt.to_token_stream(), &name.to_string());
    // up to where the name is declared anew
    let mut later = rest
        .iter()
        .take_while(|stmt| !redeclares(stmt, name))
        .chain(rest.iter().find(|stmt| redeclares(stmt, name)));
    let is_seen = later.any(|stmt| match stmt {
        Stmt::Local(local) => local
            .init
            .as_ref()
            .is_some_and(|init| uses::occurs(init.expr.to_token_stream(), &name.to_string())),
        stmt => occurs(stmt),
    });
    if is_seen || count(user.to_token_stream(), name) != 1 || leaves(user) {
        return None;
    }
    let is_name = |expr: &Expr| matches!(strip(expr), Expr::Path(path) if path.path.is_ident(name));
    // what is behind the reference
    let place: Expr = match value {
        Expr::Reference(reference) => (*reference.expr).clone(),
        value => parse_quote!(*#value),
    };
    let is_behind = |expr: &Expr| matches!(strip(expr), Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) && is_name(&unary.expr));
    let mut user = user.clone();
    match &mut user {
        Stmt::Expr(Expr::Binary(update), Some(_)) if updates::is_compound(&update.op) && is_behind(&update.left) => {
            *update.left = place;
        }
        Stmt::Expr(Expr::MethodCall(call), Some(_)) if is_name(&call.receiver) && is_collecting(call) => {
            *call.receiver = match value {
                Expr::Reference(reference) => (*reference.expr).clone(),
                value => value.clone(),
            };
        }
        _ => return None,
    }
    Some(user)
}

fn redeclares(stmt: &Stmt, name: &Ident) -> bool {
    matches!(stmt, Stmt::Local(local) if bindings(&local.pat).iter().any(|b| b.ident == *name))
}

fn is_collecting(call: &ExprMethodCall) -> bool {
    ["push", "push_str", "push_back", "extend", "insert", "extend_from_slice"]
        .iter()
        .any(|name| call.method == name)
}

/// The variable and the place that it lends.
fn declared(local: &Local) -> Option<(&Ident, &Expr)> {
    let Pat::Ident(pattern) = &local.pat else { return None };
    let init = local.init.as_ref().filter(|init| init.diverge.is_none())?;
    let value = strip(&init.expr);
    let lends = match value {
        Expr::Reference(reference) => {
            reference.mutability.is_some() && matches!(&*reference.expr, Expr::Index(_) | Expr::Field(_))
        }
        value => updates::is_entry(value),
    };
    (lends && pattern.by_ref.is_none() && pattern.subpat.is_none() && local.attrs.is_empty())
        .then_some((&pattern.ident, value))
}

/// How often the name occurs, but for fields.
fn count(tokens: TokenStream, name: &Ident) -> usize {
    tokens
        .into_iter()
        .map(|token| match token {
            TokenTree::Ident(ident) => usize::from(ident == *name),
            TokenTree::Group(group) => count(group.stream(), name),
            TokenTree::Literal(literal) => 2 * usize::from(literal.to_string().contains(&format!("{{{name}"))),
            TokenTree::Punct(_) => 0,
        })
        .sum()
}

/// True if the statement may be left from the middle: the entry would not have been made.
pub(super) fn leaves(stmt: &Stmt) -> bool {
    struct Leaves(bool);
    impl<'a> Visit<'a> for Leaves {
        fn visit_expr(&mut self, node: &'a Expr) {
            self.0 |= matches!(
                node,
                Expr::Return(_) | Expr::Try(_) | Expr::Break(_) | Expr::Continue(_) | Expr::Macro(_)
            );
            visit::visit_expr(self, node);
        }

        fn visit_stmt_macro(&mut self, _: &'a syn::StmtMacro) {
            self.0 = true;
        }
    }
    let mut leaves = Leaves(false);
    leaves.visit_stmt(stmt);
    leaves.0
}

/// `map.entry(k).and_modify(|c| *c += v).or_insert(v);`
fn modified_or_inserted(call: &ExprMethodCall) -> Option<Expr> {
    let Expr::MethodCall(modify) = &*call.receiver else {
        return None;
    };
    let Expr::MethodCall(entry) = &*modify.receiver else {
        return None;
    };
    let is_form = call.method == "or_insert"
        && modify.method == "and_modify"
        && entry.method == "entry"
        && [call, modify, entry].iter().all(|call| call.args.len() == 1);
    let (Some(inserted), Some(Expr::Closure(closure)), true) = (call.args.first(), modify.args.first(), is_form) else {
        return None;
    };
    let Pat::Ident(name) = closure.inputs.first().filter(|_| closure.inputs.len() == 1)? else {
        return None;
    };
    let added = added(&closure.body, &name.ident)?;
    added_to_entry(&entry.receiver, &entry.args[0], added, inserted)
}

/// `if let Some(c) = map.get_mut(&k) { *c += v; } else { map.insert(k, v); }`
fn found_or_made(branch: &syn::ExprIf) -> Option<Expr> {
    let Expr::Let(found) = &*branch.cond else { return None };
    let [Stmt::Expr(update, _)] = &branch.then_branch.stmts[..] else {
        return None;
    };
    found_or_inserted(&found.expr, &found.pat, update, &branch.else_branch.as_ref()?.1)
}

/// `match map.get_mut(&k) { Some(c) => *c += v, None => { map.insert(k, v); } }`
fn matched_or_made(choice: &syn::ExprMatch) -> Option<Expr> {
    let is_none = |pat: &Pat| match pat {
        Pat::Ident(name) => name.ident == "None",
        Pat::Path(path) => path.path.is_ident("None"),
        pat => matches!(pat, Pat::Wild(_)),
    };
    let (some, none) = match &choice.arms[..] {
        [some, none] if is_none(&none.pat) => (some, none),
        [none, some] if is_none(&none.pat) && !matches!(none.pat, Pat::Wild(_)) => (some, none),
        _ => return None,
    };
    found_or_inserted(&choice.expr, &some.pat, &some.body, &none.body)
}

fn found_or_inserted(looked: &Expr, pattern: &Pat, update: &Expr, otherwise: &Expr) -> Option<Expr> {
    let Pat::TupleStruct(some) = pattern else {
        return None;
    };
    let (Some(Pat::Ident(name)), 1) = (some.elems.first(), some.elems.len()) else {
        return None;
    };
    let (Expr::MethodCall(get), Expr::MethodCall(insert)) = (strip(looked), only(otherwise)?) else {
        return None;
    };
    let is_form = some.path.is_ident("Some")
        && get.method == "get_mut"
        && get.args.len() == 1
        && insert.method == "insert"
        && insert.args.len() == 2
        && text(&get.receiver) == text(&insert.receiver);
    let key = insert.args.first().filter(|_| is_form)?;
    let asked = match &get.args[0] {
        Expr::Reference(reference) => &*reference.expr,
        other => other,
    };
    // `get_mut(word)` and `insert(word.to_string(), 1)` are about the same key, too
    let is_same = super::guards::plain(asked) == super::guards::plain(key);
    let (map, inserted) = (&insert.receiver, &insert.args[1]);
    match added(update, &name.ident) {
        _ if !is_same => None,
        Some(added) => added_to_entry(map, key, added, inserted),
        None => {
            let pushed = pushed(update, &name.ident)?;
            let is_first = listed(inserted).is_some_and(|first| text(&first) == text(pushed));
            is_first.then(|| parse_quote!(#map.entry(#key).or_default().push(#pushed)))
        }
    }
}

/// The one expression of a block.
pub(super) fn only(branch: &Expr) -> Option<&Expr> {
    match strip(branch) {
        Expr::Block(block) if block.label.is_none() => match &block.block.stmts[..] {
            [Stmt::Expr(expr, _)] => only(expr),
            _ => None,
        },
        other => Some(other),
    }
}

/// `x` in `list.push(x)`
fn pushed<'e>(update: &'e Expr, name: &Ident) -> Option<&'e Expr> {
    match only(update)? {
        Expr::MethodCall(call) if call.method == "push" && call.args.len() == 1 => {
            matches!(&*call.receiver, Expr::Path(path) if path.path.is_ident(name)).then_some(&call.args[0])
        }
        _ => None,
    }
}

/// `x` in `vec![x]`
fn listed(value: &Expr) -> Option<Expr> {
    match value {
        Expr::Macro(list) if list.mac.path.is_ident("vec") => list.mac.parse_body().ok(),
        _ => None,
    }
}

/// `v` in `*c += v`.
fn added<'e>(update: &'e Expr, name: &Ident) -> Option<&'e Expr> {
    let Expr::Binary(update) = only(update)? else {
        return None;
    };
    let Expr::Unary(target) = strip(&update.left) else {
        return None;
    };
    let is_name = matches!(&*target.expr, Expr::Path(path) if path.path.is_ident(name));
    let is_sum = matches!(update.op, BinOp::AddAssign(_)) && matches!(target.op, UnOp::Deref(_)) && is_name;
    is_sum.then_some(&*update.right)
}

/// `*map.entry(k).or_insert(0) += v`, if what is inserted is what is added.
fn added_to_entry(map: &Expr, key: &Expr, added: &Expr, inserted: &Expr) -> Option<Expr> {
    let is_same = text(added) == text(inserted) && is_plain(added);
    let zero: Expr = match strip(added) {
        Expr::Lit(lit) if matches!(lit.lit, syn::Lit::Float(_)) => parse_quote!(0.0),
        Expr::Lit(_) => parse_quote!(0),
        _ => return is_same.then(|| parse_quote!(*#map.entry(#key).or_default() += #added)),
    };
    is_same.then(|| parse_quote!(*#map.entry(#key).or_insert(#zero) += #added))
}

/// Evaluated twice or once: nobody can tell.
pub(super) fn is_plain(expr: &Expr) -> bool {
    match strip(expr) {
        Expr::Path(_) | Expr::Lit(_) => true,
        Expr::Field(field) => is_plain(&field.base),
        Expr::Unary(unary) => is_plain(&unary.expr),
        Expr::Cast(cast) => is_plain(&cast.expr),
        Expr::Binary(binary) => is_plain(&binary.left) && is_plain(&binary.right),
        _ => false,
    }
}

fn text(expr: &Expr) -> String {
    strip(expr).to_token_stream().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normalised(text: &str) -> String {
        let mut function: ItemFn = syn::parse_str(&format!("fn f() {{ {text} }}")).unwrap();
        normalise(&mut function);
        function.block.to_token_stream().to_string()
    }

    fn plain(text: &str) -> String {
        let block: Block = syn::parse_str(&format!("{{ {text} }}")).unwrap();
        block.to_token_stream().to_string()
    }

    #[test]
    fn what_is_updated_next_is_written_in_its_place() {
        for (text, want) in [
            (
                "let c = map.entry(w).or_insert(0); *c += 1;",
                "*map.entry(w).or_insert(0) += 1;",
            ),
            (
                "let l = map.entry(k).or_insert_with(Vec::new); l.push(x); g();",
                "map.entry(k).or_insert_with(Vec::new).push(x); g();",
            ),
            (
                "let c = map.entry(w).or_insert(0); *c += 1; let c = 3; f(c);",
                "*map.entry(w).or_insert(0) += 1; let c = 3; f(c);",
            ),
            ("let c = &mut h[k as usize]; *c += x;", "h[k as usize] += x;"),
            ("let l = &mut lists[k]; l.push(x);", "lists[k].push(x);"),
            (
                "map.entry(k).and_modify(|c| *c += 1).or_insert(1);",
                "*map.entry(k).or_insert(0) += 1;",
            ),
            (
                "map.entry(k).and_modify(|c| { *c += v; }).or_insert(v);",
                "*map.entry(k).or_default() += v;",
            ),
            (
                "if let Some(c) = map.get_mut(&k) { *c += 1; } else { map.insert(k, 1); }",
                "*map.entry(k).or_insert(0) += 1;",
            ),
            (
                "if let Some(c) = map.get_mut(k) { *c += 1 } else { map.insert(k.clone(), 1); }",
                "*map.entry(k.clone()).or_insert(0) += 1;",
            ),
        ] {
            assert_eq!(normalised(text), plain(want), "{text}");
        }
    }

    #[test]
    fn what_is_done_with_it_besides_stays() {
        for text in [
            "let c = map.entry(w).or_insert(0); *c += 1; f(c);",
            "let c = map.entry(w).or_insert(0); *c += x?;",
            "let c = map.entry(w).or_insert(0); *c += 1; let c = *c; f(c);",
            "let c = map.entry(w).or_insert(0); g(); *c += 1;",
            "let c = map.entry(w).or_insert(3); *c += 1;",
            "let c = map.entry(w).or_insert(0); *c = *c + 1;",
            "let c = &mut h; *c += x;",
            "map.entry(k).or_default().push(x);",
            "map.entry(k).or_insert(0).max(x);",
            "map.entry(k).and_modify(|c| *c += 1).or_insert(2);",
            "map.entry(k).and_modify(|c| *c += f()).or_insert(f());",
            "if let Some(c) = map.get_mut(&k) { *c += 1; } else { map.insert(j, 1); }",
            "if let Some(c) = map.get_mut(&k) { *c += 1; } else { other.insert(k, 1); }",
        ] {
            assert_eq!(normalised(text), plain(text), "{text}");
        }
    }
}
