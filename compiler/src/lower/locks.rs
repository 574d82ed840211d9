//! Which expressions take a lock, and which types are guards?

use proc_macro2::{Ident, TokenTree};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Expr, ExprMethodCall, FnArg, ItemFn, Type};

use super::bindings::bindings;
use super::updates::strip;

/// What takes a lock in a function.
pub(crate) struct Locks {
    /// The parameters that are an `RwLock`: `read()` of anything else may read anything, unless its result is unwrapped.
    read_write: Vec<Ident>,
}

impl Locks {
    pub(crate) fn of(function: &ItemFn) -> Self {
        let is_lock = |token| matches!(token, TokenTree::Ident(name) if name == "RwLock");
        let parameters = function.sig.inputs.iter().filter_map(|input| match input {
            FnArg::Typed(input) => Some(input),
            FnArg::Receiver(_) => None,
        });
        let read_write = parameters
            .filter(|input| input.ty.to_token_stream().into_iter().any(is_lock))
            .flat_map(|input| bindings(&input.pat))
            .map(|binding| binding.ident.clone())
            .collect();
        Self { read_write }
    }

    /// The lock that an expression takes and gives back as its value: `m.lock().unwrap()`
    pub(crate) fn taken<'a>(&self, expr: &'a Expr) -> Option<&'a ExprMethodCall> {
        match strip(expr) {
            Expr::Reference(reference) => self.taken(&reference.expr),
            Expr::Try(tried) => self.taken(&tried.expr),
            Expr::MethodCall(call) if self.takes(call) => Some(call),
            Expr::MethodCall(call) if unwraps(call) => self.taken(&call.receiver),
            _ => None,
        }
    }

    /// True for `m.lock()` and `m.read().unwrap()`.
    fn takes(&self, call: &ExprMethodCall) -> bool {
        let is_read = |call: &ExprMethodCall| call.method == "read" && call.args.is_empty();
        let names = ["lock", "try_lock", "write", "upgradable_read"];
        let is_known = |expr: &Expr| match strip(expr) {
            Expr::Path(path) => self.read_write.iter().any(|name| path.path.is_ident(name)),
            _ => false,
        };
        if unwraps(call) {
            return matches!(strip(&call.receiver), Expr::MethodCall(inner) if is_read(inner));
        }
        call.args.is_empty() && names.iter().any(|name| call.method == name)
            || is_read(call) && is_known(&call.receiver)
    }

    /// The lock that a temporary of the expression holds.
    pub(crate) fn temporary<'a>(&self, expr: &'a Expr) -> Option<&'a ExprMethodCall> {
        let mut find = Find {
            locks: self,
            found: None,
        };
        find.visit_expr(expr);
        find.found
    }
}

fn unwraps(call: &ExprMethodCall) -> bool {
    ["unwrap", "expect", "unwrap_or_else", "ok", "map_err"]
        .iter()
        .any(|name| call.method == name)
}

struct Find<'a, 'l> {
    locks: &'l Locks,
    found: Option<&'a ExprMethodCall>,
}

impl<'a> Visit<'a> for Find<'a, '_> {
    fn visit_expr(&mut self, node: &'a Expr) {
        // these have statements or temporaries of their own
        let is_closed = matches!(
            node,
            Expr::Block(_)
                | Expr::Closure(_)
                | Expr::ForLoop(_)
                | Expr::If(_)
                | Expr::Loop(_)
                | Expr::Match(_)
                | Expr::While(_)
        );
        if !is_closed {
            visit::visit_expr(self, node);
        }
    }

    fn visit_expr_method_call(&mut self, node: &'a ExprMethodCall) {
        visit::visit_expr_method_call(self, node);
        if self.found.is_none() && self.locks.takes(node) {
            self.found = Some(node);
        }
    }
}

/// `MutexGuard<T>`, `&mut RwLockReadGuard<T>`
pub(crate) fn is_guard(ty: &Type) -> bool {
    const GUARDS: &[&str] = &[
        "MappedMutexGuard",
        "MappedRwLockReadGuard",
        "MappedRwLockWriteGuard",
        "MutexGuard",
        "ReentrantLockGuard",
        "ReentrantMutexGuard",
        "RwLockReadGuard",
        "RwLockUpgradableReadGuard",
        "RwLockWriteGuard",
    ];
    match ty {
        Type::Reference(reference) => is_guard(&reference.elem),
        Type::Paren(inner) => is_guard(&inner.elem),
        Type::Path(path) => {
            let last = path.path.segments.last();
            last.is_some_and(|last| GUARDS.iter().any(|name| last.ident == name))
        }
        _ => false,
    }
}
