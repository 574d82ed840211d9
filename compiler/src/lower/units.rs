//! Which statements of a function do enough to be worth a thread of their own?
//!
//! A unit is the value of a `let`, the right side of an assignment, or a whole expression statement that calls a function
//! or runs a loop; where such an expression stands alone, its operands are units too. `#[fork]` on statements picks them
//! by hand. Units are marked in the syntax tree by a call of a name that nothing else has, so that they are found
//! wherever they stand, as the calls of a recursion are.

use proc_macro2::{Ident, Span};
use syn::visit::Visit;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprCall, ExprMethodCall, ExprPath, ItemFn, Stmt};

use super::formats::{self, Arguments};
use super::recursion::Recursion;
use super::tasks::{is_lazy_adaptor, is_unfinished};
use super::updates;
use crate::diagnostics;
use crate::fallback;

/// Marks the units of `function`; true if the user picked them.
pub(crate) fn mark(function: &mut ItemFn, name: &Ident) -> bool {
    let mut picks = Picks { name, found: false };
    picks.visit_block_mut(&mut function.block);
    if !picks.found {
        let mut marker = Marker { name, loops: 0 };
        marker.block(&mut function.block);
    }
    picks.found
}

/// Takes the marks away again, what they stand around stays.
pub(crate) struct Unmark<'r>(pub(crate) &'r Recursion);

impl VisitMut for Unmark<'_> {
    fn visit_expr_mut(&mut self, node: &mut Expr) {
        while self.0.call(node).is_some() {
            let Expr::Call(call) = node else { return };
            let Some(inner) = call.args.pop() else { return };
            *node = inner;
        }
        visit_mut::visit_expr_mut(self, node);
    }

    fn visit_stmt_mut(&mut self, node: &mut Stmt) {
        if let Stmt::Expr(expr, Some(_)) = node
            && self.0.call(expr).is_some()
            && let Some(inner) = only_statement(unmarked(expr, self.0))
        {
            *expr = inner.clone();
        }
        visit_mut::visit_stmt_mut(self, node);
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

/// What the mark around a unit stands around.
pub(crate) fn unmarked<'a>(expr: &'a Expr, marks: &Recursion) -> &'a Expr {
    match marks.call(expr) {
        Some(call) => call.arguments.first().map_or(expr, |inner| unmarked(inner, marks)),
        None => expr,
    }
}

fn wrap(node: &mut Expr, name: &Ident) {
    let mut name = name.clone();
    name.set_span(Span::mixed_site().located_at(diagnostics::ends(node).0));
    let inner = std::mem::replace(node, Expr::PLACEHOLDER);
    *node = Expr::Call(ExprCall {
        attrs: Vec::new(),
        func: Box::new(Expr::Path(ExprPath {
            attrs: Vec::new(),
            qself: None,
            path: name.into(),
        })),
        paren_token: syn::token::Paren::default(),
        args: [inner].into_iter().collect(),
    });
}

/// `unit(x.go())` becomes `unit({ x.go(); })`: a method whose result nobody uses is called for what it changes.
fn as_statement(node: &mut Expr, name: &Ident) {
    let Expr::Call(call) = node else { return };
    if !matches!(&*call.func, Expr::Path(path) if path.path.is_ident(name)) {
        return;
    }
    let Some(inner @ Expr::MethodCall(_)) = call.args.first_mut() else {
        return;
    };
    let statement = Stmt::Expr(
        std::mem::replace(inner, Expr::PLACEHOLDER),
        Some(syn::token::Semi::default()),
    );
    *inner = Expr::Block(syn::ExprBlock {
        attrs: Vec::new(),
        label: None,
        block: Block {
            brace_token: syn::token::Brace::default(),
            stmts: vec![statement],
        },
    });
}

/// The expression in a block of one expression statement.
pub(crate) fn only_statement(node: &Expr) -> Option<&Expr> {
    match node {
        Expr::Block(block) if block.label.is_none() && block.attrs.is_empty() => match &block.block.stmts[..] {
            [Stmt::Expr(inner, Some(_))] => Some(inner),
            _ => None,
        },
        _ => None,
    }
}

struct Marker<'n> {
    name: &'n Ident,
    /// Loops around the current place; in them only statements are units.
    loops: usize,
}

impl Marker<'_> {
    fn block(&mut self, block: &mut Block) {
        for stmt in &mut block.stmts {
            match stmt {
                Stmt::Local(local) => {
                    if let Some(init) = &mut local.init {
                        self.value(&mut init.expr);
                    }
                }
                Stmt::Expr(expr, semi) => {
                    self.value(expr);
                    if semi.is_some() {
                        as_statement(expr, self.name);
                    }
                }
                Stmt::Item(_) | Stmt::Macro(_) => {}
            }
        }
    }

    /// Marks the units in an expression that is evaluated whenever its statement is.
    fn value(&mut self, node: &mut Expr) {
        match node {
            // a reference to a value that ends with its task would dangle
            Expr::Reference(e) => self.referred(&mut e.expr),
            Expr::Try(e) => self.value(&mut e.expr),
            Expr::Paren(e) => self.value(&mut e.expr),
            Expr::Group(e) => self.value(&mut e.expr),
            Expr::Return(e) => e.expr.iter_mut().for_each(|e| self.value(e)),
            Expr::Assign(e) => self.value(&mut e.right),
            Expr::Binary(e) if updates::is_compound(&e.op) => self.value(&mut e.right),
            Expr::Tuple(e) => e.elems.iter_mut().for_each(|e| self.value(e)),
            Expr::Array(e) => e.elems.iter_mut().for_each(|e| self.value(e)),
            Expr::Struct(e) => e.fields.iter_mut().for_each(|field| self.value(&mut field.expr)),
            Expr::Range(e) => e.start.iter_mut().chain(&mut e.end).for_each(|e| self.value(e)),
            Expr::Call(e) if is_constructor(e) => e.args.iter_mut().for_each(|e| self.value(e)),
            Expr::Closure(_) | Expr::Async(_) | Expr::Const(_) | Expr::Await(_) | Expr::Break(_) => {}
            node => {
                self.inside(node);
                if works(node) {
                    wrap(node, self.name);
                }
            }
        }
    }

    /// Marks the units in what a reference is to: a place is no value that a task could give.
    fn referred(&mut self, node: &mut Expr) {
        match node {
            Expr::Index(e) => {
                self.referred(&mut e.expr);
                self.value(&mut e.index);
            }
            Expr::Field(e) => self.referred(&mut e.base),
            Expr::Unary(e) if matches!(e.op, syn::UnOp::Deref(_)) => self.value(&mut e.expr),
            Expr::Paren(e) => self.referred(&mut e.expr),
            node => self.value(node),
        }
    }

    /// Marks smaller units inside of one.
    fn inside(&mut self, node: &mut Expr) {
        match node {
            Expr::Block(e) => self.block(&mut e.block),
            Expr::If(e) => {
                self.block(&mut e.then_branch);
                if let Some((_, otherwise)) = &mut e.else_branch {
                    self.inside(otherwise);
                }
            }
            Expr::Match(e) => e.arms.iter_mut().for_each(|arm| match &mut *arm.body {
                Expr::Block(body) => self.block(&mut body.block),
                body => self.value(body),
            }),
            Expr::ForLoop(e) => self.looped(&mut e.body),
            Expr::While(e) => self.looped(&mut e.body),
            Expr::Loop(e) => self.looped(&mut e.body),
            _ if self.loops > 0 => {}
            Expr::Binary(e) if !matches!(e.op, syn::BinOp::And(_) | syn::BinOp::Or(_)) => {
                self.operands(vec![&mut e.left, &mut e.right]);
            }
            Expr::Call(e) => self.operands(e.args.iter_mut().collect()),
            Expr::MethodCall(e) => {
                let receiver = Some(&mut *e.receiver).filter(|r| matches!(r, Expr::Call(_) | Expr::MethodCall(_)));
                self.operands(receiver.into_iter().chain(&mut e.args).collect());
            }
            _ => {}
        }
    }

    fn looped(&mut self, body: &mut Block) {
        self.loops += 1;
        self.block(body);
        self.loops -= 1;
    }

    /// Two or more operands that do something are units.
    fn operands(&mut self, mut operands: Vec<&mut Expr>) {
        operands.retain(|operand| works(operand));
        match &mut operands[..] {
            [one] => self.inside(one),
            several => several.iter_mut().for_each(|operand| self.value(operand)),
        }
    }
}

/// Marks the statements with `#[fork]`.
struct Picks<'n> {
    name: &'n Ident,
    found: bool,
}

impl Picks<'_> {
    fn value(&mut self, node: &mut Expr) {
        match node {
            Expr::Reference(e) => self.value(&mut e.expr),
            Expr::Try(e) => self.value(&mut e.expr),
            Expr::Paren(e) => self.value(&mut e.expr),
            Expr::Assign(e) => self.value(&mut e.right),
            Expr::Binary(e) if updates::is_compound(&e.op) => self.value(&mut e.right),
            Expr::Return(e) => e.expr.iter_mut().for_each(|e| self.value(e)),
            node => wrap(node, self.name),
        }
    }
}

impl VisitMut for Picks<'_> {
    fn visit_stmt_mut(&mut self, node: &mut Stmt) {
        visit_mut::visit_stmt_mut(self, node);
        if !fallback::take_fork(node) {
            return;
        }
        self.found = true;
        match node {
            Stmt::Local(local) => {
                if let Some(init) = &mut local.init {
                    self.value(&mut init.expr);
                }
            }
            Stmt::Expr(expr, semi) => {
                self.value(expr);
                if semi.is_some() {
                    as_statement(expr, self.name);
                }
            }
            Stmt::Item(_) | Stmt::Macro(_) => {}
        }
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

/// `Some(x)`, `Point(x, y)`: nothing is computed.
fn is_constructor(call: &ExprCall) -> bool {
    matches!(&*call.func, Expr::Path(path) if path.path.segments.last().is_some_and(|last| {
        last.ident.to_string().starts_with(char::is_uppercase)
    }))
}

/// `Vec::with_capacity(8)`, `Rng::new(1)`
fn is_fresh_value(call: &ExprCall) -> bool {
    let Expr::Path(path) = &*call.func else { return false };
    let Some(last) = path.path.segments.last() else {
        return false;
    };
    let name = last.ident.to_string();
    let constants = call.args.iter().all(|argument| matches!(argument, Expr::Lit(_)));
    path.path.segments.len() > 1
        && (name == "with_capacity" || constants && ["new", "default", "from", "seed"].contains(&name.as_str()))
}

/// `std::cmp::max(a, b)`, `mem::swap(a, b)`: functions of the standard library that cost next to nothing.
fn is_cheap_function(call: &ExprCall) -> bool {
    let Expr::Path(path) = &*call.func else { return false };
    let names: Vec<_> = path.path.segments.iter().map(|s| s.ident.to_string()).collect();
    let known = |names: &[&str], last: &String| names.contains(&last.as_str());
    match &names[..] {
        [last] => known(&["max", "min"], last) && call.args.len() == 2,
        [.., module, last] if module == "cmp" => known(&["max", "min"], last),
        [.., module, last] if module == "mem" => known(&["replace", "size_of", "swap", "take"], last),
        _ => false,
    }
}

/// True if the expression calls a function of unknown cost or runs a loop, now and not later.
pub(crate) fn works(expr: &Expr) -> bool {
    let mut search = Work(false);
    search.visit_expr(expr);
    search.0
}

struct Work(bool);

impl<'a> Visit<'a> for Work {
    fn visit_expr_call(&mut self, node: &'a ExprCall) {
        self.0 |= !is_constructor(node) && !is_fresh_value(node) && !is_cheap_function(node);
        node.args.iter().for_each(|argument| self.visit_expr(argument));
    }

    fn visit_expr_method_call(&mut self, node: &'a ExprMethodCall) {
        let name = node.method.to_string();
        self.visit_expr(&node.receiver);
        if is_lazy_adaptor(&name) && is_unfinished(node) {
            return;
        }
        // `a.max(b)` compares two values, `xs.iter().max()` runs through them all
        let is_cheap = match name.as_str() {
            "min" | "max" => !node.args.is_empty(),
            name => CHEAP.contains(&name) || is_lazy_adaptor(name),
        };
        self.0 |= !is_cheap;
        for argument in &node.args {
            match argument {
                Expr::Closure(closure) => self.visit_expr(&closure.body),
                Expr::Path(path) if is_lazy_adaptor(&name) => {
                    let last = path.path.segments.last();
                    self.0 |= last.is_some_and(|last| last.ident.to_string().starts_with(char::is_lowercase));
                }
                argument => self.visit_expr(argument),
            }
        }
    }

    fn visit_expr_for_loop(&mut self, _: &'a syn::ExprForLoop) {
        self.0 = true;
    }

    fn visit_expr_while(&mut self, _: &'a syn::ExprWhile) {
        self.0 = true;
    }

    fn visit_expr_loop(&mut self, _: &'a syn::ExprLoop) {
        self.0 = true;
    }

    fn visit_macro(&mut self, node: &'a syn::Macro) {
        if let Arguments::Expressions(expressions) = formats::arguments(node) {
            self.0 |= expressions.iter().any(works);
        }
    }

    fn visit_expr_closure(&mut self, _: &'a syn::ExprClosure) {}

    fn visit_expr_async(&mut self, _: &'a syn::ExprAsync) {}

    fn visit_item(&mut self, _: &'a syn::Item) {}
}

/// Methods of the standard library that cost next to nothing, or no more than what they are given.
const CHEAP: &[&str] = &[
    "abs",
    "abs_diff",
    "as_bytes",
    "as_deref",
    "as_deref_mut",
    "as_mut",
    "as_mut_slice",
    "as_ref",
    "as_slice",
    "as_str",
    "borrow",
    "bytes",
    "capacity",
    "ceil",
    "char_indices",
    "chars",
    "checked_add",
    "checked_div",
    "checked_mul",
    "checked_rem",
    "checked_sub",
    "chunks",
    "chunks_exact",
    "chunks_mut",
    "clamp",
    "clear",
    "clone",
    "cmp",
    "contains_key",
    "count_ones",
    "default",
    "div_ceil",
    "end",
    "eq",
    "err",
    "expect",
    "first",
    "first_mut",
    "floor",
    "ge",
    "get",
    "get_mut",
    "gt",
    "insert",
    "into",
    "is_empty",
    "is_err",
    "is_none",
    "is_ok",
    "is_some",
    "keys",
    "last",
    "last_mut",
    "le",
    "leading_zeros",
    "len",
    "lines",
    "lt",
    "ne",
    "next",
    "not",
    "ok",
    "ok_or",
    "partial_cmp",
    "pop",
    "pow",
    "powi",
    "push",
    "push_back",
    "push_front",
    "push_str",
    "rem_euclid",
    "replace",
    "reserve",
    "round",
    "saturating_add",
    "saturating_mul",
    "saturating_sub",
    "signum",
    "split",
    "split_at",
    "split_at_mut",
    "split_first",
    "split_last",
    "split_whitespace",
    "sqrt",
    "start",
    "swap",
    "to_owned",
    "to_string",
    "to_vec",
    "trailing_zeros",
    "trim",
    "unwrap",
    "unwrap_or",
    "unwrap_or_default",
    "unwrap_or_else",
    "values",
    "windows",
    "wrapping_add",
    "wrapping_mul",
    "wrapping_sub",
];

#[cfg(test)]
mod tests {
    use quote::{ToTokens, format_ident};

    use super::*;

    fn marked(text: &str) -> String {
        let mut function: ItemFn = syn::parse_str(&format!("fn f() {{ {text} }}")).unwrap();
        mark(&mut function, &format_ident!("U"));
        let stmts = function.block.stmts.iter().map(|s| s.to_token_stream().to_string());
        stmts.collect::<String>().replace(' ', "")
    }

    #[test]
    fn statements_that_do_something_are_units() {
        for (text, want) in [
            ("let a = f(x);", "leta=U(f(x));"),
            ("let a = f(x)?;", "leta=U(f(x))?;"),
            ("let a = &f(x);", "leta=&U(f(x));"),
            ("let a = &xs[f(x)];", "leta=&xs[U(f(x))];"),
            ("let a = &f(x).y[..f(z)];", "leta=&U(f(x)).y[..U(f(z))];"),
            ("let n = xs.len() - 1;", "letn=xs.len()-1;"),
            ("let v = Vec::with_capacity(n);", "letv=Vec::with_capacity(n);"),
            ("let it = xs.iter().map(|x| f(x));", "letit=xs.iter().map(|x|f(x));"),
            ("let m = xs.iter().max();", "letm=U(xs.iter().max());"),
            ("let m = a.max(b);", "letm=a.max(b);"),
            ("let m = std::cmp::max(a, b);", "letm=std::cmp::max(a,b);"),
            ("let m = max(f(a), b);", "letm=U(max(f(a),b));"),
            ("let v = x.map(f);", "letv=U(x.map(f));"),
            ("let (a, b) = (f(x), g(y));", "let(a,b)=(U(f(x)),U(g(y)));"),
            ("Some(f(x) + g(y))", "Some(U(U(f(x))+U(g(y))))"),
            ("h(f(x), 1)", "U(h(f(x),1))"),
            ("self.total += f(x);", "self.total+=U(f(x));"),
            ("for x in xs { v.push(x); }", "U(forxinxs{v.push(x);})"),
            (
                "for x in xs { v.push(f(x) + g(x)); }",
                "U(forxinxs{U({v.push(f(x)+g(x));});})",
            ),
            ("x.go(f(y), g(z));", "U({x.go(U(f(y)),U(g(z)));});"),
            ("if c { f(x); }", "U(ifc{U(f(x));})"),
        ] {
            assert_eq!(marked(text), want, "{text}");
        }
    }

    #[test]
    fn picked_statements_are_the_only_units() {
        let text = "#[fork] let a = x + 1; let b = f(x); #[fork] self.b.go()?; if c { #[fork] g(); }";
        assert_eq!(marked(text), "leta=U(x+1);letb=f(x);U(self.b.go())?;ifc{U(g());}");
    }
}
