//! Is a lock held while a region runs?
//!
//! A thread that waits for the pieces of a region runs other work of the pool meanwhile. If that work takes the lock that
//! the thread holds, the thread waits for itself (rayon's issue 592). Who else takes the lock, the text can't show, so the
//! guards that it does show are refused: variables and parameters, and temporaries in a header, which live as long as the
//! loop or the `match`.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprMethodCall, FnArg, ItemFn, Local, Pat, Stmt};

use crate::diagnostics::{self, Diagnostics};
use crate::lower::bindings::bindings;
use crate::lower::locks::{Locks, is_guard};
use crate::lower::updates::strip;
use crate::options::Options;
use crate::print::print_short;

/// What runs in pieces, for the messages.
#[derive(Clone, Copy)]
pub(crate) enum Region {
    Loop,
    Calls,
    Statements,
}

impl Region {
    fn runs(self) -> &'static str {
        match self {
            Region::Loop => "the loop runs",
            Region::Calls => "the calls run",
            Region::Statements => "the statements run",
        }
    }

    /// How many of them are needed for somebody to wait.
    fn least(self) -> usize {
        match self {
            Region::Loop | Region::Calls => 1,
            Region::Statements => 2,
        }
    }
}

/// Reports the guards that are alive where a region is.
pub(crate) fn check(
    function: &ItemFn,
    region: Region,
    is_region: &dyn Fn(&Expr) -> bool,
    options: &Options,
    diagnostics: &mut Diagnostics,
) {
    if options.relax_locks {
        return;
    }
    let mut walk = Walk {
        alive: Vec::new(),
        held: Vec::new(),
        locks: Locks::of(function),
        region,
        is_region,
    };
    for input in &function.sig.inputs {
        walk.parameter(input);
    }
    walk.visit_block(&function.block);
    walk.end_of_scope(0);
    for guard in walk.held {
        diagnostics
            .report(
                diagnostics::LOCK_HELD,
                &guard.at,
                format!("the lock `{}` is held while {}", guard.text, region.runs()),
            )
            .help(guard.way_out());
    }
}

/// A lock that is held.
struct Guard {
    /// The variable that holds it, if it has a name.
    name: Option<Ident>,
    text: String,
    at: TokenStream,
    /// It came with the function's arguments.
    is_given: bool,
    /// The regions that it has seen.
    regions: usize,
    is_released: bool,
}

impl Guard {
    fn way_out(&self) -> String {
        let release = match (&self.name, self.is_given) {
            (Some(name), true) => format!("take what is behind the lock, `&T` or `&mut T`, in the place of `{name}`"),
            (Some(name), false) => format!(
                "take out what is needed, for example by `.clone()` or `std::mem::take`, and release the lock before: `drop({name})`"
            ),
            (None, _) => {
                "take out what is needed in a `let` before, for example by `.clone()` or `std::mem::take`".to_string()
            }
        };
        format!("{release}; if no other work of the pool takes this lock: `relax(locks)`")
    }
}

struct Walk<'r> {
    alive: Vec<Guard>,
    held: Vec<Guard>,
    locks: Locks,
    region: Region,
    is_region: &'r dyn Fn(&Expr) -> bool,
}

impl Walk<'_> {
    fn parameter(&mut self, input: &FnArg) {
        let FnArg::Typed(input) = input else { return };
        if is_guard(&input.ty) {
            for binding in bindings(&input.pat) {
                self.begin(Some(binding.ident.clone()), input.to_token_stream(), true);
            }
        }
    }

    fn begin(&mut self, name: Option<Ident>, at: TokenStream, is_given: bool) {
        let text = name.as_ref().map_or_else(|| print_short(&at, 40), Ident::to_string);
        self.alive.push(Guard {
            name,
            text,
            at,
            is_given,
            regions: 0,
            is_released: false,
        });
    }

    /// Guards that were made since there were `depth` of them are released.
    fn end_of_scope(&mut self, depth: usize) {
        let ended = self.alive.split_off(depth);
        let least = self.region.least();
        self.held
            .extend(ended.into_iter().filter(|guard| guard.regions >= least));
    }

    /// The variable's guard is given away.
    fn release(&mut self, name: &Ident) {
        let mut named = self
            .alive
            .iter_mut()
            .rev()
            .filter(|guard| guard.name.as_ref() == Some(name));
        if let Some(guard) = named.next() {
            guard.is_released = true;
        }
    }

    /// The variables of a `let` that hold a lock.
    fn guards_of(&self, local: &Local) -> Vec<Ident> {
        let (pattern, by_type) = match &local.pat {
            Pat::Type(typed) => (&*typed.pat, is_guard(&typed.ty)),
            other => (other, false),
        };
        let value = local.init.as_ref().map(|init| match strip(&init.expr) {
            // a statement's mark stands around it
            Expr::Call(mark) if mark.args.len() == 1 && (self.is_region)(&init.expr) => &mark.args[0],
            value => value,
        });
        match by_type || value.is_some_and(|value| self.locks.taken(value).is_some()) {
            true => bindings(pattern).into_iter().map(|b| b.ident.clone()).collect(),
            false => Vec::new(),
        }
    }

    /// What is looked at while `lock` is held, if there is one.
    fn under(&mut self, lock: Option<&ExprMethodCall>, inside: impl FnOnce(&mut Self)) {
        let depth = self.alive.len();
        if let Some(lock) = lock {
            self.begin(None, lock.to_token_stream(), false);
        }
        inside(self);
        self.end_of_scope(depth);
    }
}

impl<'a> Visit<'a> for Walk<'_> {
    fn visit_block(&mut self, node: &'a Block) {
        let depth = self.alive.len();
        visit::visit_block(self, node);
        self.end_of_scope(depth);
    }

    fn visit_stmt(&mut self, node: &'a Stmt) {
        // temporaries live up to the end of the statement
        let lock = match node {
            Stmt::Expr(expr, _) => self.locks.temporary(strip(expr)),
            Stmt::Local(local) => local
                .init
                .as_ref()
                .and_then(|init| self.locks.temporary(strip(&init.expr))),
            _ => None,
        };
        self.under(lock, |walk| visit::visit_stmt(walk, node));
        if let Stmt::Local(local) = node {
            for name in self.guards_of(local) {
                self.begin(Some(name), local.to_token_stream(), false);
            }
        }
    }

    fn visit_expr(&mut self, node: &'a Expr) {
        let held = match node {
            Expr::ForLoop(node) => self.locks.temporary(&node.expr),
            Expr::Match(node) => self.locks.temporary(&node.expr),
            Expr::Let(node) => self.locks.temporary(&node.expr),
            Expr::If(node) => match &*node.cond {
                Expr::Let(condition) => self.locks.temporary(&condition.expr),
                _ => None,
            },
            _ => None,
        };
        self.under(held, |walk| {
            if (walk.is_region)(node) {
                let held = walk.alive.iter_mut().filter(|guard| !guard.is_released);
                held.for_each(|guard| guard.regions += 1);
            }
            visit::visit_expr(walk, node);
        });
        if let Expr::Call(call) = node {
            for argument in &call.args {
                if let Expr::Path(path) = strip(argument)
                    && let Some(name) = path.path.get_ident()
                {
                    self.release(name);
                }
            }
        }
    }

    fn visit_item(&mut self, _: &'a syn::Item) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(text: &str) -> usize {
        let function: ItemFn = syn::parse_str(&format!(
            "fn f(m: &Mutex<Vec<u64>>, r: &RwLock<Vec<u64>>, xs: &[u64]) {{ {text} }}"
        ))
        .unwrap();
        let mut diagnostics = Diagnostics::new();
        let is_loop = |expr: &Expr| matches!(expr, Expr::ForLoop(_));
        check(&function, Region::Loop, &is_loop, &Options::default(), &mut diagnostics);
        diagnostics.names().len()
    }

    #[test]
    fn guards_are_held_up_to_the_end_of_their_block() {
        for text in [
            "let g = m.lock().unwrap(); for x in xs {}",
            "let mut g = m.lock().expect(\"whole\"); { for x in g.iter_mut() {} }",
            "let g = m.write()?; if xs.len() > 3 { for x in xs {} }",
            "let g = r.read(); for x in xs {}",
            "for x in r.read().iter() {}",
            "let g = m.read().unwrap_or_else(PoisonError::into_inner); for x in xs {}",
            "let Ok(g) = m.try_lock() else { return }; for x in xs {}",
            "let g: MutexGuard<'_, Vec<u64>> = self.list(); for x in xs {}",
            "let g = m.lock(); let g = g.len(); for x in xs {}",
            "for x in xs {} let g = m.lock().unwrap(); for x in xs {} drop(g);",
            "for x in m.lock().unwrap().iter() {}",
            "match m.lock() { Ok(g) => for x in g.iter() {}, Err(_) => {} }",
            "if let Ok(g) = m.lock() { for x in g.iter() {} }",
        ] {
            assert_eq!(held(text), 1, "{text}");
        }
    }

    #[test]
    fn guards_that_were_released_are_not_held() {
        for text in [
            "let g = m.lock().unwrap(); drop(g); for x in xs {}",
            "{ let g = m.lock().unwrap(); } for x in xs {}",
            "let n = m.lock().unwrap().len(); for x in xs {}",
            "let list = m.lock().unwrap().clone(); for x in &list {}",
            "let list = std::mem::take(&mut *m.lock().unwrap()); for x in &list {}",
            "if m.lock().unwrap().is_empty() { for x in xs {} }",
            "for x in xs {} let g = m.lock().unwrap();",
            "let f = || m.lock().unwrap(); for x in xs {}",
            "let n = sensor.read(); for x in xs {}",
            "let g = m.lock().unwrap(); consume(g); for x in xs {}",
        ] {
            assert_eq!(held(text), 0, "{text}");
        }
    }
}
