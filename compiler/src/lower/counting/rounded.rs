//! Which loops count in steps that may be rounded?
//!
//! How often `while x <= end { ..; x += step; }` runs is known ahead only if the steps are exact: not in floats, nor in a
//! generic type, which may be one.

use syn::visit::{self, Visit};
use syn::{Block, Expr, Ident, ItemFn, Lit, Type, UnOp};

use super::conditions::{bounds, step};
use crate::lower::guards::conjuncts;
use crate::lower::updates::strip;
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
}
