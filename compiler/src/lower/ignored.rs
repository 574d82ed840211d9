//! Which calls give something that is thrown away, in so many words?
//!
//! `let _ = seen.insert(x);`, `_ = seen.insert(x);` and `drop(seen.insert(x));` are the statement `seen.insert(x);`. Only
//! for calls that add to a collection: what others give may have to be looked at, or rustc warns.

use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ItemFn, Pat, Stmt, parse_quote};

use super::updates;

/// Writes them so in the whole function.
pub(crate) fn normalise(function: &mut ItemFn) {
    Normalise.visit_block_mut(&mut function.block);
}

struct Normalise;

impl VisitMut for Normalise {
    fn visit_stmt_mut(&mut self, node: &mut Stmt) {
        if let Some(value) = ignored(node).filter(|value| adds(value)) {
            *node = Stmt::Expr(value.clone(), Some(Default::default()));
        }
        visit_mut::visit_stmt_mut(self, node);
    }

    fn visit_arm_mut(&mut self, node: &mut syn::Arm) {
        if let Some(value) = dropped(&node.body).filter(|value| adds(value)) {
            *node.body = parse_quote!({ #value; });
        }
        visit_mut::visit_arm_mut(self, node);
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

fn adds(value: &Expr) -> bool {
    matches!(value, Expr::MethodCall(call) if updates::of_method(call).is_some())
}

/// What the statement computes and throws away.
fn ignored(node: &Stmt) -> Option<&Expr> {
    let is_nothing = |pattern: &Pat| match pattern {
        Pat::Type(typed) => matches!(*typed.pat, Pat::Wild(_)),
        pattern => matches!(pattern, Pat::Wild(_)),
    };
    match node {
        Stmt::Local(local) if is_nothing(&local.pat) && local.attrs.is_empty() => {
            let init = local.init.as_ref().filter(|init| init.diverge.is_none())?;
            Some(&init.expr)
        }
        Stmt::Expr(Expr::Assign(assign), Some(_)) if matches!(*assign.left, Expr::Infer(_)) => Some(&assign.right),
        Stmt::Expr(call, _) => dropped(call),
        _ => None,
    }
}

/// `drop(VALUE)`
fn dropped(call: &Expr) -> Option<&Expr> {
    let Expr::Call(call) = call else { return None };
    let Expr::Path(path) = &*call.func else { return None };
    let segments = &path.path.segments;
    let is_std = segments.len() == 1 || segments.iter().any(|segment| segment.ident == "mem");
    let is_drop = is_std && segments.last()?.ident == "drop" && call.args.len() == 1;
    is_drop.then(|| &call.args[0])
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;

    use super::*;

    #[test]
    fn what_is_thrown_away_is_a_statement() {
        for (text, want) in [
            ("let _ = s.insert(x);", "s . insert (x) ;"),
            (
                "_ = s.entry(k).or_default().push(x);",
                "s . entry (k) . or_default () . push (x) ;",
            ),
            ("std::mem::drop(s.insert(k, x));", "s . insert (k , x) ;"),
            ("let _: Option<u8> = s.insert(k, x);", "s . insert (k , x) ;"),
            (
                "match x { 1 => drop(s.insert(x)), _ => {} }",
                "match x { 1 => { s . insert (x) ; } , _ => { } }",
            ),
            ("let _ = s.remove(x);", "let _ = s . remove (x) ;"),
            ("let _x = s.insert(x);", "let _x = s . insert (x) ;"),
            (
                "let _ = s.insert(x) else { return };",
                "let _ = s . insert (x) else { return } ;",
            ),
        ] {
            let mut function: ItemFn = syn::parse_str(&format!("fn f() {{ {text} }}")).unwrap();
            normalise(&mut function);
            assert_eq!(function.block.stmts[0].to_token_stream().to_string(), want, "{text}");
        }
    }
}
