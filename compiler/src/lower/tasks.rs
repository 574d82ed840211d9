//! What could be handed to another thread?
//!
//! A task is an expression that is evaluated whenever the code around it is, and that holds a recursive call: the call
//! itself, or the whole conditional, loop or chain around a call that not every evaluation makes. Inside a task there may
//! be smaller ones, its parts.

use syn::{Expr, ExprMethodCall, Stmt};

use super::recursion::Recursion;
use super::{units, updates};

/// Tasks run side by side only if they stand no more than so many statements apart: planning compares all that are near each
/// other, and takes time in proportion to the function's length.
pub(crate) const REACH: usize = 128;

/// An expression that could run on another thread.
#[derive(Clone, Debug)]
pub(crate) struct Task<'a> {
    /// The expression.
    pub(crate) node: &'a Expr,
    /// The tasks inside that are evaluated whenever this one is.
    pub(crate) parts: Vec<Task<'a>>,
}

/// Adaptors that only remember their closure: a chain can't be cut behind them.
const LAZY: &[&str] = &[
    "chain",
    "cloned",
    "copied",
    "enumerate",
    "filter",
    "filter_map",
    "flat_map",
    "flatten",
    "fuse",
    "inspect",
    "into_iter",
    "iter",
    "iter_mut",
    "map",
    "map_while",
    "peekable",
    "rev",
    "scan",
    "skip",
    "skip_while",
    "step_by",
    "take",
    "take_while",
    "zip",
];

impl Recursion {
    /// The outermost tasks of a statement, in evaluation order.
    pub(crate) fn tasks_of_statement<'a>(&self, statement: &'a Stmt) -> Vec<Task<'a>> {
        match statement {
            Stmt::Local(local) => local.init.iter().flat_map(|init| self.tasks(&init.expr)).collect(),
            Stmt::Expr(expr, _) => self.tasks(expr),
            Stmt::Item(_) | Stmt::Macro(_) => Vec::new(),
        }
    }

    /// The outermost tasks of an expression, in evaluation order.
    pub(crate) fn tasks<'a>(&self, expr: &'a Expr) -> Vec<Task<'a>> {
        if !self.is_in(expr) {
            return Vec::new();
        }
        if let Some(call) = self.call(expr) {
            let receiver = call.receiver.into_iter();
            let parts = receiver.chain(call.arguments).flat_map(|e| self.tasks(e)).collect();
            return vec![Task { node: expr, parts }];
        }
        // a mark is the whole task, wherever it stands
        let whole = |parts| match self.is_mark {
            true => parts,
            false => vec![Task { node: expr, parts }],
        };
        match expr {
            Expr::If(e) => whole(self.tasks(&e.cond)),
            Expr::Match(e) => whole(self.tasks(&e.expr)),
            Expr::ForLoop(e) => whole(self.tasks(&e.expr)),
            Expr::Block(_) if self.is_mark => units::only_statement(expr).map_or(Vec::new(), |e| self.tasks(e)),
            Expr::While(_) | Expr::Loop(_) | Expr::Block(_) | Expr::Unsafe(_) => whole(Vec::new()),
            Expr::Binary(e) if is_lazy(&e.op) => whole(self.tasks(&e.left)),
            // a condition that binds: what it matches is evaluated first
            Expr::Let(e) => self.tasks(&e.expr),
            Expr::MethodCall(call) if self.in_closures(call) => whole(self.chain_parts(call)),
            Expr::Call(call) if call.args.iter().any(|a| self.is_deferred(a)) => whole(
                call.args
                    .iter()
                    .filter(|a| !self.is_deferred(a))
                    .flat_map(|a| self.tasks(a))
                    .collect(),
            ),
            _ => children(expr).into_iter().flat_map(|child| self.tasks(child)).collect(),
        }
    }

    /// True if the argument runs the calls in it later, or never, or often.
    fn is_deferred(&self, argument: &Expr) -> bool {
        matches!(argument, Expr::Closure(_) | Expr::Path(_)) && self.is_in(argument)
    }

    /// True if a method in the chain takes a closure with a call.
    fn in_closures(&self, call: &ExprMethodCall) -> bool {
        call.args.iter().any(|a| self.is_deferred(a))
            || matches!(&*call.receiver, Expr::MethodCall(inner) if self.in_closures(inner))
    }

    fn chain_parts<'a>(&self, call: &'a ExprMethodCall) -> Vec<Task<'a>> {
        let arguments = call
            .args
            .iter()
            .filter(|a| !self.is_deferred(a))
            .flat_map(|a| self.tasks(a));
        let receiver = match &*call.receiver {
            // `xs.iter().map(f).sum()` is only run by `sum`
            Expr::MethodCall(inner) if self.in_closures(inner) && is_unfinished(inner) => self.chain_parts(inner),
            receiver => self.tasks(receiver),
        };
        receiver.into_iter().chain(arguments).collect()
    }
}

/// True if a method of this name only remembers its closure, on an iterator.
pub(crate) fn is_lazy_adaptor(name: &str) -> bool {
    LAZY.contains(&name)
}

/// True if the chain up to `call` may be an iterator that nothing has run yet.
pub(crate) fn is_unfinished(call: &ExprMethodCall) -> bool {
    LAZY.iter().any(|name| call.method == name) && is_iterator(&call.receiver)
}

/// True if only iterators have a method of this name with so many arguments.
pub(crate) fn takes_iterator(call: &ExprMethodCall) -> bool {
    match call.method.to_string().as_str() {
        "collect" | "count" | "last" | "max" | "min" | "product" | "sum" => call.args.is_empty(),
        "max_by" | "max_by_key" | "min_by" | "min_by_key" | "partition" => call.args.len() == 1,
        "fold" => call.args.len() == 2,
        _ => false,
    }
}

/// True if the chain starts an iterator somewhere; `Option` has a `map` too.
pub(crate) fn is_iterator(expr: &Expr) -> bool {
    match expr {
        Expr::Paren(paren) => is_iterator(&paren.expr),
        Expr::Range(_) => true,
        Expr::MethodCall(call) => {
            let name = call.method.to_string();
            let starts = name.starts_with("iter") || name.starts_with("into_iter") || name == "drain";
            let starts = starts
                || matches!(
                    name.as_str(),
                    "chars" | "bytes" | "lines" | "windows" | "chunks" | "values" | "keys"
                );
            starts || is_iterator(&call.receiver)
        }
        _ => false,
    }
}

fn is_lazy(op: &syn::BinOp) -> bool {
    matches!(op, syn::BinOp::And(_) | syn::BinOp::Or(_))
}

/// The operands that are evaluated whenever `expr` is, in order.
fn children(expr: &Expr) -> Vec<&Expr> {
    match expr {
        Expr::Array(e) => e.elems.iter().collect(),
        Expr::Tuple(e) => e.elems.iter().collect(),
        // the right side first
        Expr::Assign(e) => vec![&e.right, &e.left],
        Expr::Binary(e) => {
            let is_assignment = updates::is_compound(&e.op);
            if is_assignment {
                vec![&e.right, &e.left]
            } else {
                vec![&e.left, &e.right]
            }
        }
        Expr::Break(e) => e.expr.iter().map(|e| &**e).collect(),
        Expr::Call(e) => std::iter::once(&*e.func).chain(&e.args).collect(),
        Expr::Cast(e) => vec![&e.expr],
        Expr::Field(e) => vec![&e.base],
        Expr::Group(e) => vec![&e.expr],
        Expr::Index(e) => vec![&e.expr, &e.index],
        Expr::MethodCall(e) => std::iter::once(&*e.receiver).chain(&e.args).collect(),
        Expr::Paren(e) => vec![&e.expr],
        Expr::Range(e) => e.start.iter().chain(&e.end).map(|e| &**e).collect(),
        Expr::Reference(e) => vec![&e.expr],
        Expr::Repeat(e) => vec![&e.expr],
        Expr::Return(e) => e.expr.iter().map(|e| &**e).collect(),
        Expr::Struct(e) => e
            .fields
            .iter()
            .map(|f| &f.expr)
            .chain(e.rest.iter().map(|e| &**e))
            .collect(),
        Expr::Try(e) => vec![&e.expr],
        Expr::Unary(e) => vec![&e.expr],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;

    use super::*;

    /// The tasks of an expression in a function `f`, with their parts in brackets.
    fn tasks(text: &str) -> String {
        fn show(tasks: &[Task<'_>]) -> String {
            let one = |task: &Task<'_>| {
                let parts = if task.parts.is_empty() {
                    String::new()
                } else {
                    format!("[{}]", show(&task.parts))
                };
                task.node.to_token_stream().to_string().replace(' ', "") + &parts
            };
            tasks.iter().map(one).collect::<Vec<_>>().join("; ")
        }
        let function = syn::parse_str(&format!("fn f(n: u8) {{ f(1); {text} }}")).unwrap();
        let recursion = Recursion::of(&function).unwrap();
        show(&recursion.tasks(&syn::parse_str(text).unwrap()))
    }

    #[test]
    fn a_task_is_a_call_or_the_whole_conditional_around_it() {
        for (text, want) in [
            ("g(1) + f(2)? * f(3)", "f(2); f(3)"),
            ("f(f(1))", "f(f(1))[f(1)]"),
            ("S { a: Some(Box::new(f(1))), b: [f(2)] }", "f(1); f(2)"),
            ("if f(1) { f(2) } else { 0 }", "iff(1){f(2)}else{0}[f(1)]"),
            ("if a { 1 } else { 0 }", ""),
            ("a || f(1)", "a||f(1)"),
            (
                "x.map_or(0, |n| f(n)) + y.map_or(0, f)",
                "x.map_or(0,|n|f(n)); y.map_or(0,f)",
            ),
            (
                "xs.iter().map(|x| f(x)).sum::<u8>()",
                "xs.iter().map(|x|f(x)).sum::<u8>()",
            ),
            ("a.map(f).max(b.map(f))", "a.map(f).max(b.map(f))[a.map(f); b.map(f)]"),
            ("f(1).into_iter().map(|x| x + 1).collect::<Vec<_>>()", "f(1)"),
            ("x[f(1)] = f(2)", "f(2); f(1)"),
        ] {
            assert_eq!(tasks(text), want, "{text}");
        }
    }
}
