//! Does a way out of the loop give a variable of the function away?
//!
//! `return (n, names)` moves `names`, which the pieces of the loop share. Whether a value is moved or copied is a matter
//! of its type; the text shows it for what was made by `vec![..]`, `Vec::new()`, `collect()` and the like. Of others it
//! is asked of the type.

use std::collections::BTreeSet;

use syn::visit::{self, Visit};
use syn::{Expr, Ident, Type};

use crate::diagnostics::{self, Diagnostics};
use crate::lower::accesses::{Accesses, Touch};
use crate::lower::bindings::bindings;
use crate::lower::kernels::Kernel;
use crate::lower::primitives;
use crate::lower::variables::{Holds, Variable};

/// Reports what is moved out; gives what may be.
pub(crate) fn check(kernel: &Kernel<'_>, found: &Accesses<'_>, diagnostics: &mut Diagnostics) -> Vec<Ident> {
    let mut search = Search {
        inside: bindings(&kernel.node.pat).iter().map(|b| b.ident.to_string()).collect(),
        moved: Vec::new(),
    };
    search.visit_block(&kernel.node.body);
    let only_read = |name: &Ident| {
        let mut about = found.list.iter().filter(|access| name == &access.place.root);
        about.all(|access| matches!(access.touch, Touch::Read))
    };
    let mut open: Vec<Ident> = Vec::new();
    for name in search.moved {
        let variable = kernel.variable(&name.to_string());
        let is_shared = !search.inside.contains(&name.to_string()) && only_read(name);
        let Some(variable) = variable.filter(|_| is_shared) else {
            continue;
        };
        if is_open(variable) && !open.contains(name) {
            open.push(name.clone());
        }
        if is_owned(variable) {
            diagnostics
                .report(
                    diagnostics::EARLY_EXIT,
                    name,
                    format!("`return` moves `{name}` out of the loop"),
                )
                .note(format!(
                    "the pieces of the loop share `{name}`, so none of them can give it away"
                ))
                .help(format!(
                    "return `{name}.clone()`, or leave the loop by `break` and return `{name}` behind it"
                ));
            return Vec::new();
        }
    }
    open
}

/// True if the text doesn't show that the variable is copied.
fn is_open(variable: &Variable) -> bool {
    let is_number = variable.ty.as_ref().is_some_and(primitives::is_primitive)
        || variable.init.as_ref().is_some_and(primitives::is_primitive_value);
    variable.holds == Holds::Value && !variable.undefined && !is_number
}

struct Search<'a> {
    /// Names that the body declares.
    inside: BTreeSet<String>,
    moved: Vec<&'a Ident>,
}

impl<'a> Search<'a> {
    /// The variables that the value of an expression is made of.
    fn parts(&mut self, value: &'a Expr) {
        match value {
            Expr::Path(path) => self.moved.extend(path.path.get_ident()),
            Expr::Paren(e) => self.parts(&e.expr),
            Expr::Tuple(tuple) => tuple.elems.iter().for_each(|e| self.parts(e)),
            Expr::Array(array) => array.elems.iter().for_each(|e| self.parts(e)),
            Expr::Call(call) => call.args.iter().for_each(|e| self.parts(e)),
            Expr::Struct(node) => node.fields.iter().for_each(|field| self.parts(&field.expr)),
            _ => {}
        }
    }
}

impl<'a> Visit<'a> for Search<'a> {
    fn visit_expr_return(&mut self, node: &'a syn::ExprReturn) {
        if let Some(value) = &node.expr {
            self.parts(value);
        }
        visit::visit_expr_return(self, node);
    }

    fn visit_pat(&mut self, node: &'a syn::Pat) {
        self.inside.extend(bindings(node).iter().map(|b| b.ident.to_string()));
    }

    fn visit_expr_closure(&mut self, _: &'a syn::ExprClosure) {}

    fn visit_item(&mut self, _: &'a syn::Item) {}
}

/// True if the text shows that the variable owns something.
fn is_owned(variable: &Variable) -> bool {
    let by_type = match &variable.ty {
        Some(Type::Path(path)) => {
            let last = path.path.segments.last().map(|s| s.ident.to_string());
            let owners = [
                "Vec", "String", "Box", "HashMap", "HashSet", "BTreeMap", "BTreeSet", "VecDeque",
            ];
            last.is_some_and(|last| owners.contains(&last.as_str()))
        }
        _ => false,
    };
    let by_value = match &variable.init {
        Some(Expr::Macro(call)) => call.mac.path.is_ident("vec") || call.mac.path.is_ident("format"),
        Some(Expr::Call(call)) => match &*call.func {
            Expr::Path(path) => {
                let made = path.path.segments.last().map(|s| s.ident.to_string());
                path.path.segments.len() > 1
                    && made.is_some_and(|made| made == "with_capacity" || made == "new")
                    && call.args.len() < 2
            }
            _ => false,
        },
        Some(Expr::MethodCall(call)) => ["collect", "to_vec", "to_string", "to_owned"]
            .iter()
            .any(|name| call.method == name),
        _ => false,
    };
    variable.holds == Holds::Value && (by_type || by_value)
}
