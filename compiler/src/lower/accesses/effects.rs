//! What is done that no variable shows?
//!
//! By the names of the standard library's methods and functions, and of the usual macros.

use quote::ToTokens;
use syn::{Expr, ExprCall, ExprMethodCall, Macro};

use super::{Effect, Walker};
use crate::analysis::mutations;
use crate::lower::formats;
use crate::lower::uses::{self, Names};

/// Macros of `log`, `tracing` and their like: as statements, they put out a line.
const LOGS: &[&str] = &["debug", "error", "event", "info", "log", "trace", "warn"];

/// Crates whose macros log, wherever they stand.
const LOGGERS: &[&str] = &["defmt", "log", "slog", "tracing"];

/// Macros that read the next values of the standard input.
const INPUTS: &[&str] = &[
    "input",
    "input_interactive",
    "read_line",
    "read_value",
    "readln",
    "scanln",
];

/// The same, if no variable is given to them.
const INPUTS_WITHOUT_SOURCE: &[&str] = &["read", "scan", "try_read", "try_scan"];

/// Methods that read from what others may read from, too.
const READERS: &[&str] = &["read_exact", "read_line", "read_to_end", "read_to_string", "read_until"];

/// Methods that write to what others may write to, too.
const WRITERS: &[&str] = &["write_all", "write_fmt"];

/// Methods of a thread-local variable.
const OF_THREAD: &[&str] = &["replace", "set", "take", "with", "with_borrow", "with_borrow_mut"];

/// Functions of `std::fs` that change what others may see.
const OF_FILES: &[&str] = &[
    "copy",
    "create_dir",
    "create_dir_all",
    "hard_link",
    "remove_dir",
    "remove_dir_all",
    "remove_file",
    "rename",
    "set_permissions",
    "write",
];

impl<'a> Walker<'a, '_> {
    pub(super) fn effect<T: ToTokens>(&mut self, effect: Effect, name: &str, at: &T) {
        self.found
            .effects
            .push((effect, name.to_string(), at.to_token_stream()));
    }

    pub(super) fn effect_of_method(&mut self, name: &str, call: &ExprMethodCall, is_statement: bool) {
        let effect = match (name, call.args.len()) {
            // `stdin().lock()` is seen to be input
            ("lock", 0) if matches!(&*call.receiver, Expr::Call(of) if self.stream(of).is_some()) => return,
            ("lock" | "borrow_mut" | "try_lock" | "write", 0) => Effect::Lock,
            ("send" | "try_send", 1) => Effect::Output,
            (name, 2) if name.starts_with("fetch_") => Effect::Atomic,
            ("store" | "swap", 2) if ends_with_ordering(&call.args[1]) => Effect::Atomic,
            ("compare_exchange" | "compare_exchange_weak", 4) => Effect::Atomic,
            // what is mutable is seen to change
            (name, 1 | 2) if READERS.contains(&name) && self.is_lent(&call.receiver) => Effect::Input,
            (name, 1) if WRITERS.contains(&name) && self.is_lent(&call.receiver) => Effect::Output,
            _ => return self.effect_on_static(name, call, is_statement),
        };
        self.effect(effect, name, call);
    }

    /// `COUNTER.with(|c| ..)`, `LOG.push(x);`
    fn effect_on_static(&mut self, name: &str, call: &ExprMethodCall, is_statement: bool) {
        let Some(variable) = self.name_of_static(&call.receiver) else {
            return;
        };
        let is_function = |argument: &Expr| match argument {
            Expr::Closure(_) => true,
            Expr::Path(path) => path.path.segments.len() > 1,
            _ => false,
        };
        let effect = match (name, call.args.len()) {
            ("with", 1) if !is_function(&call.args[0]) => return,
            ("take", 0) => Effect::ThreadLocal,
            (name, 1) if OF_THREAD.contains(&name) => Effect::ThreadLocal,
            ("read" | "replace" | "swap", _) => return,
            (name, _) if is_statement && mutations::changes_by_name(name) => Effect::Static,
            _ => return,
        };
        self.effect(effect, &variable, call);
    }

    /// `COUNTER += x`, `&mut TABLE`: `target` is changed by the node `at`.
    pub(super) fn change_of_static<T: ToTokens>(&mut self, target: &Expr, at: &T) {
        if let Some(variable) = self.name_of_static(target) {
            self.effect(Effect::Static, &variable, at);
        }
    }

    /// The static variable that `expr` is, or is a part of. It is known by its capitals, or by the `unsafe` that a change of
    /// it needs: of other names outside the function nothing is known.
    fn name_of_static(&self, expr: &Expr) -> Option<String> {
        match expr {
            Expr::Paren(e) => self.name_of_static(&e.expr),
            Expr::Group(e) => self.name_of_static(&e.expr),
            Expr::Field(e) => self.name_of_static(&e.base),
            Expr::Index(e) => self.name_of_static(&e.expr),
            Expr::Unary(e) if matches!(e.op, syn::UnOp::Deref(_)) => self.name_of_static(&e.expr),
            Expr::Path(path) => {
                let name = path.path.segments.last()?.ident.to_string();
                let is_capital = name.contains(char::is_uppercase) && !name.contains(char::is_lowercase);
                let is_variable = path.path.get_ident().is_some() && self.is_known(&name);
                ((is_capital || self.is_unsafe) && !is_variable).then_some(name)
            }
            _ => None,
        }
    }

    /// True if it is a variable of the outside that nothing is changed through, or a reference to one.
    fn is_lent(&self, receiver: &Expr) -> bool {
        match receiver {
            Expr::Paren(e) => self.is_lent(&e.expr),
            Expr::Reference(e) => self.is_lent(&e.expr),
            _ => self
                .outer_place(receiver)
                .is_some_and(|place| !self.outside.may_change(&place.root)),
        }
    }

    /// `stdin()`, `process::exit(1)`
    pub(super) fn effect_of_call(&mut self, call: &ExprCall) {
        let Expr::Path(path) = &*call.func else { return };
        let mut names = path.path.segments.iter().rev().map(|segment| segment.ident.to_string());
        let (Some(name), of) = (names.next(), names.next()) else {
            return;
        };
        let is_of = |module: &str| of.as_ref().is_some_and(|of| of == module);
        let is_of_process = is_of("process");
        let is_free = of.is_none() && !self.is_known(&name) && matches!(call.args.first(), Some(Expr::Lit(_)));
        let effect = match (&*name, call.args.len()) {
            _ if self.stream(call).is_some() => self.stream(call),
            ("exit", 1) if is_of_process || is_free => Some(Effect::Output),
            ("abort", 0) if is_of_process => Some(Effect::Output),
            (name, 1..) if OF_FILES.contains(&name) && is_of("fs") => Some(Effect::Files),
            ("create" | "create_new", 1) if is_of("File") => Some(Effect::Files),
            ("set_var" | "remove_var", 1..) if is_of("env") => Some(Effect::Output),
            _ => None,
        };
        if let Some(effect) = effect {
            self.effect(effect, &name, call);
        }
    }

    /// What is done with the stream of the whole program that the call gives.
    fn stream(&self, call: &ExprCall) -> Option<Effect> {
        let Expr::Path(path) = &*call.func else { return None };
        let last = path.path.segments.last()?.ident.to_string();
        let is_variable = path.path.get_ident().is_some() && self.is_known(&last);
        match &*last {
            _ if is_variable || !call.args.is_empty() => None,
            "stdin" => Some(Effect::Input),
            "stdout" | "stderr" => Some(Effect::Output),
            _ => None,
        }
    }

    /// True if the name is a variable's.
    fn is_known(&self, name: &str) -> bool {
        self.is_local(name) || self.is_outer(name)
    }

    pub(super) fn effect_of_macro(&mut self, call: &Macro, is_statement: bool) {
        let name = formats::name(call);
        let is_of_logger = call.path.segments.len() > 1 && LOGGERS.iter().any(|of| call.path.segments[0].ident == of);
        let logs = LOGS.contains(&&*name) && (is_statement || is_of_logger);
        let prints = name.ends_with("println") || matches!(&*name, "print" | "eprint" | "dbg");
        let reads =
            INPUTS.contains(&&*name) || INPUTS_WITHOUT_SOURCE.contains(&&*name) && !self.is_given_variable(call);
        if logs || prints {
            self.effect(Effect::Output, &format!("{name}!"), call);
        } else if reads {
            self.effect(Effect::Input, &format!("{name}!"), call);
        }
    }

    fn is_given_variable(&self, call: &Macro) -> bool {
        let mut names = Names::new();
        uses::of_tokens(call.tokens.clone(), &mut names);
        names.iter().any(|name| self.is_known(name))
    }
}

fn ends_with_ordering(expr: &Expr) -> bool {
    let Expr::Path(path) = expr else { return false };
    path.path.segments.last().is_some_and(|s| {
        ["Relaxed", "Acquire", "Release", "AcqRel", "SeqCst"]
            .iter()
            .any(|name| s.ident == name)
    })
}
