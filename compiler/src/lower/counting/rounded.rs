//! Which loops count in steps that may be rounded?
//!
//! How often `while x <= end { ..; x += step; }` runs is known ahead only if the steps are exact: not in floats, nor in a
//! generic type, which may be one.

use syn::visit::{self, Visit};
use syn::{Block, Expr, Ident, ItemFn, Lit, Type, UnOp};

use super::conditions::{bounds, step};
use crate::lower::guards::conjuncts;
use crate::lower::primitives::{self, number};
use crate::lower::updates::strip;
use crate::lower::uses;
use crate::lower::variables::{self, Variable};

/// The variables of a function, to tell those that may be floats.
pub(crate) struct Rounded {
    variables: Vec<Variable>,
    generics: Vec<Ident>,
}

impl Rounded {
    pub(crate) fn of(function: &ItemFn) -> Rounded {
        let parameters = function.sig.inputs.iter().flat_map(variables::of_parameter);
        let mut rounded = Rounded {
            variables: parameters.collect(),
            generics: function.sig.generics.type_params().map(|of| of.ident.clone()).collect(),
        };
        rounded.visit_block(&function.block);
        rounded
    }

    /// What a loop counts with, if its steps may be rounded.
    pub(crate) fn index<'c>(&self, condition: &'c Expr, body: &Block) -> Option<&'c Ident> {
        conjuncts(condition).into_iter().flat_map(bounds).find_map(|bound| {
            let (by, _) = body.stmts.iter().find_map(|stmt| step(stmt, bound.index))?;
            let index = &bound.index.to_string();
            (self.is_named(index, self.variables.len()) || self.is_value(by, self.variables.len()))
                .then_some(bound.index)
        })
    }

    /// What a loop counts with, if its step is no literal and nothing shows that it is an integer.
    pub(crate) fn unknown<'c>(&self, condition: &'c Expr, body: &Block) -> Option<&'c Ident> {
        conjuncts(condition).into_iter().flat_map(bounds).find_map(|bound| {
            let (by, _) = body.stmts.iter().find_map(|stmt| step(stmt, bound.index))?;
            let all = self.variables.len();
            let is_known = number(by).is_some()
                || self.is_integer_named(&bound.index.to_string(), all)
                || self.is_integer(by, all)
                || self.is_integer(bound.end, all)
                || bound.ahead.is_some_and(|ahead| self.is_integer(ahead, all))
                || is_index(body, bound.index);
            (!is_known).then_some(bound.index)
        })
    }

    /// True if the last of the first variables of this name is an integer by the text.
    fn is_integer_named(&self, name: &str, first: usize) -> bool {
        let Some(at) = self.variables[..first].iter().rposition(|v| v.name == name) else {
            return false;
        };
        match &self.variables[at] {
            Variable { ty: Some(ty), .. } => match ty {
                Type::Reference(reference) => primitives::is_integer(&reference.elem),
                ty => primitives::is_integer(ty),
            },
            Variable { init: Some(init), .. } => self.is_integer(init, at),
            _ => false,
        }
    }

    /// The same of a value made of the first variables.
    fn is_integer(&self, value: &Expr, first: usize) -> bool {
        match strip(value) {
            Expr::Lit(literal) => matches!(&literal.lit, Lit::Int(int) if !int.suffix().starts_with('f')),
            Expr::Unary(unary) => self.is_integer(&unary.expr, first),
            Expr::Binary(binary) => self.is_integer(&binary.left, first) || self.is_integer(&binary.right, first),
            Expr::Cast(cast) => primitives::is_integer(&cast.ty),
            Expr::Path(path) => match path.path.get_ident() {
                Some(name) => self.is_integer_named(&name.to_string(), first),
                // `u64::MAX`
                None => {
                    let segments = &path.path.segments;
                    segments.len() == 2 && primitives::is_integer_name(&segments[0].ident.to_string())
                }
            },
            Expr::Call(call) => match strip(&call.func) {
                // `usize::from(x)`
                Expr::Path(path) if path.path.segments.len() == 2 => {
                    primitives::is_integer_name(&path.path.segments[0].ident.to_string())
                }
                _ => false,
            },
            Expr::MethodCall(call) => match call.method.to_string().as_str() {
                "len" | "count" | "count_ones" | "leading_zeros" | "trailing_zeros" => call.args.is_empty(),
                "isqrt" | "ilog2" | "div_ceil" | "next_power_of_two" => true,
                "min" | "max" | "clamp" | "abs" | "pow" | "clone" => self.is_integer(&call.receiver, first),
                _ => false,
            },
            _ => false,
        }
    }

    /// True if one of the first variables of this name may be a float.
    fn is_named(&self, name: &str, first: usize) -> bool {
        let Some(at) = self.variables[..first].iter().rposition(|v| v.name == name) else {
            return false;
        };
        match &self.variables[at] {
            Variable { ty: Some(ty), .. } => self.is_type(ty),
            Variable { init: Some(init), .. } => self.is_value(init, at),
            _ => false,
        }
    }

    fn is_type(&self, ty: &Type) -> bool {
        match ty {
            Type::Reference(reference) => self.is_type(&reference.elem),
            Type::Path(path) => path
                .path
                .get_ident()
                .is_some_and(|name| name == "f32" || name == "f64" || self.generics.contains(name)),
            _ => false,
        }
    }

    /// The same of a value made of the first variables.
    fn is_value(&self, value: &Expr, first: usize) -> bool {
        match strip(value) {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Float(_) => true,
                Lit::Int(int) => int.suffix().starts_with('f'),
                _ => false,
            },
            Expr::Unary(unary) => !matches!(unary.op, UnOp::Not(_)) && self.is_value(&unary.expr, first),
            Expr::Binary(binary) => self.is_value(&binary.left, first) || self.is_value(&binary.right, first),
            Expr::Cast(cast) => self.is_type(&cast.ty),
            Expr::Path(path) => match path.path.get_ident() {
                Some(name) => self.is_named(&name.to_string(), first),
                None => {
                    path.path.segments.len() == 2 && {
                        let of = &path.path.segments[0].ident;
                        of == "f32" || of == "f64" || self.generics.contains(of)
                    }
                }
            },
            _ => false,
        }
    }
}

impl<'a> Visit<'a> for Rounded {
    fn visit_local(&mut self, node: &'a syn::Local) {
        visit::visit_local(self, node);
        let value = node.init.as_ref().map(|init| &*init.expr);
        self.variables.extend(variables::of_let(&node.pat, value));
    }

    fn visit_item(&mut self, _: &'a syn::Item) {}
}

/// True if the name stands in an index: `xs[i]`, `&xs[i..i + step]`.
fn is_index(body: &Block, name: &Ident) -> bool {
    struct Indices<'n> {
        name: &'n str,
        found: bool,
    }

    impl<'a> Visit<'a> for Indices<'_> {
        fn visit_expr_index(&mut self, node: &'a syn::ExprIndex) {
            self.found |= uses::uses(&node.index, self.name);
            visit::visit_expr_index(self, node);
        }
    }

    let mut indices = Indices {
        name: &name.to_string(),
        found: false,
    };
    indices.visit_block(body);
    indices.found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_and_generic_types_are_told_by_the_text() {
        for (text, want) in [
            ("fn f(hi: f64) { let mut x = 0.0; while x <= hi { x += 1.0; } }", true),
            (
                "fn f(lo: f32, hi: f32) { let mut x = lo; while x < hi { x += 1; } }",
                true,
            ),
            (
                "fn f<T: Num>(lo: T, hi: T) { let mut x = lo; while x < hi { x += T::one(); } }",
                true,
            ),
            (
                "fn f(n: usize) { let mut x = n as f64 / 2.0; while x < 9 { x = x + n; } }",
                true,
            ),
            ("fn f(n: usize) { let mut x = 0; while x < n { x += 1; } }", false),
            (
                "fn f(n: usize, y: f64) { let mut x = 0; while x < n && y < 2.0 { x += 1; } }",
                false,
            ),
            (
                "fn f<T>(xs: &[T]) { let mut i = 0; while i < xs.len() { i += 2; } }",
                false,
            ),
        ] {
            let function: ItemFn = syn::parse_str(text).unwrap();
            let Some(syn::Stmt::Expr(Expr::While(node), _)) = function.block.stmts.last() else {
                panic!("{text}")
            };
            let found = Rounded::of(&function);
            assert_eq!(found.index(&node.cond, &node.body).is_some(), want, "{text}");
        }
    }

    #[test]
    fn an_index_by_a_variable_step_is_an_integer_by_the_text() {
        for (text, want) in [
            ("fn f(k: u32) { let mut x = a(); while x < b() { x += k; } }", false),
            ("fn f(k: &K) { let mut x = 0; while x < b() { x += k.step; } }", false),
            (
                "fn f(k: &K) { let mut x = a(); while x < k.list.len() { x += k.step; } }",
                false,
            ),
            (
                "fn f(k: &K, m: i8) { let mut x = -m - a(); while x < b() { x += k.step; } }",
                false,
            ),
            (
                "fn f(k: &K) { let mut x = a(); while x < b() { g(xs[x]); x += k.step; } }",
                false,
            ),
            ("fn f(k: &K) { let mut x = a(); while x < b() { x += k.step; } }", true),
            (
                "fn f(k: &K) { let mut x = k.first.clone(); while x <= k.last { x = x + k.step.clone(); } }",
                true,
            ),
            (
                "fn f(k: &K) { let mut x = k.first; while x <= k.last { x += 1; } }",
                false,
            ),
        ] {
            let function: ItemFn = syn::parse_str(text).unwrap();
            let Some(syn::Stmt::Expr(Expr::While(node), _)) = function.block.stmts.last() else {
                panic!("{text}")
            };
            let found = Rounded::of(&function);
            assert_eq!(found.unknown(&node.cond, &node.body).is_some(), want, "{text}");
        }
    }
}
