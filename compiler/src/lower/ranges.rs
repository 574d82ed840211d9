//! Which variables are ranges, so that a loop over one counts?
//!
//! `for i in rows` with `rows: Range<usize>` is `for i in rows.start..rows.end`, and so is `for i in rows.clone()`, also
//! behind a reference.

use std::collections::BTreeMap;

use syn::visit_mut::{self, VisitMut};
use syn::{Expr, GenericArgument, Ident, ItemFn, PathArguments, RangeLimits, Type, parse_quote};

use super::primitives;
use super::updates::strip;
use super::variables::{self, Variable};

/// Writes out the ranges in the headers of loops.
pub(crate) fn normalise(function: &mut ItemFn) {
    let mut ranges = Ranges(BTreeMap::new());
    for variable in variables::of_function(function) {
        let is_range = is_range(&variable);
        *ranges.0.entry(variable.name).or_insert(true) &= is_range;
    }
    WriteOut(&ranges).visit_block_mut(&mut function.block);
}

/// The variables of a function, and whether all of a name are ranges.
struct Ranges(BTreeMap<String, bool>);

/// True for a `Range` of integers, or a reference to one. What an inclusive range holds after its end was reached isn't said.
fn is_range(variable: &Variable) -> bool {
    fn by_type(ty: &Type) -> bool {
        match ty {
            Type::Reference(reference) => reference.mutability.is_none() && by_type(&reference.elem),
            Type::Path(path) => path.path.segments.last().is_some_and(|last| match &last.arguments {
                PathArguments::AngleBracketed(of) if last.ident == "Range" => {
                    matches!(of.args.first(), Some(GenericArgument::Type(ty)) if primitives::is_integer(ty))
                }
                _ => false,
            }),
            _ => false,
        }
    }
    let by_value = match variable.init.as_ref().map(strip) {
        Some(Expr::Range(range)) => {
            let is_closed = range.start.is_some() && range.end.is_some();
            is_closed && matches!(range.limits, RangeLimits::HalfOpen(_))
        }
        _ => false,
    };
    variable.ty.as_ref().map_or(by_value, by_type)
}

struct WriteOut<'r>(&'r Ranges);

impl WriteOut<'_> {
    /// The variable that the expression is, or is a copy of, if that is a range.
    fn range<'e>(&self, expr: &'e Expr) -> Option<&'e Ident> {
        match strip(expr) {
            Expr::Path(path) => {
                let name = path.path.get_ident()?;
                (self.0.0.get(&name.to_string()) == Some(&true)).then_some(name)
            }
            Expr::MethodCall(call) if call.method == "clone" => self.range(&call.receiver),
            _ => None,
        }
    }

    /// The range at the start of a loop's header.
    fn write_out(&self, source: &mut Expr) {
        if let Some(range) = self.range(source) {
            *source = parse_quote!(#range.start..#range.end);
        } else if let Expr::MethodCall(call) = source {
            self.write_out(&mut call.receiver);
            if let Expr::Range(range) = &*call.receiver {
                *call.receiver = parse_quote!((#range));
            }
        }
    }
}

impl VisitMut for WriteOut<'_> {
    fn visit_expr_for_loop_mut(&mut self, node: &mut syn::ExprForLoop) {
        self.write_out(&mut node.expr);
        visit_mut::visit_expr_for_loop_mut(self, node);
    }

    fn visit_expr_closure_mut(&mut self, _: &mut syn::ExprClosure) {}

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;

    use super::*;

    #[test]
    fn ranges_in_variables_are_written_out() {
        for (text, want) in [
            ("fn f(r: Range<usize>) { for i in r {} }", "r . start .. r . end"),
            (
                "fn f(r: &std::ops::Range<u32>) { for i in r.clone() {} }",
                "r . start .. r . end",
            ),
            (
                "fn f(r: Range<i64>) { for i in r.rev() {} }",
                "(r . start .. r . end) . rev ()",
            ),
            (
                "fn f(r: Range<usize>) { for i in r.clone().step_by(2) {} }",
                "(r . start .. r . end) . step_by (2)",
            ),
            ("fn f(r: Range<T>) { for i in r {} }", "r"),
            ("fn f(r: RangeInclusive<usize>) { for i in r {} }", "r"),
            (
                "fn f(r: Range<usize>, rs: &[R]) { for r in rs { g(r) } for i in r {} }",
                "rs",
            ),
            ("fn f(r: Vec<usize>) { for i in r {} }", "r"),
        ] {
            let mut function: ItemFn = syn::parse_str(text).unwrap();
            normalise(&mut function);
            let Some(syn::Stmt::Expr(Expr::ForLoop(node), _)) = function.block.stmts.first() else {
                panic!("{text} starts with a loop")
            };
            assert_eq!(node.expr.to_token_stream().to_string(), want, "{text}");
        }
        let mut function: ItemFn = parse_quote!(
            fn f(a: usize) {
                let r = a..9;
                for i in r.clone() {}
            }
        );
        normalise(&mut function);
        assert!(
            function
                .to_token_stream()
                .to_string()
                .contains("in r . start .. r . end")
        );
    }
}
