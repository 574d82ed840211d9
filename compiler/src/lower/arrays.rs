//! Which values are arrays? `map` on an array runs at once and gives as many results, on anything else it doesn't.

use std::collections::BTreeMap;

use syn::visit::{self, Visit};
use syn::{Expr, ExprCall, ItemFn, Type};

use super::variables::{self, Variable};

/// The variables of a function that hold arrays, whatever their scope.
#[derive(Debug)]
pub(crate) struct Arrays {
    /// Whether all variables of a name do.
    known: BTreeMap<String, bool>,
}

impl Arrays {
    /// The arrays of `function`.
    pub(crate) fn of(function: &ItemFn) -> Arrays {
        let mut arrays = Arrays { known: BTreeMap::new() };
        for variable in function.sig.inputs.iter().flat_map(variables::of_parameter) {
            arrays.add(&variable);
        }
        arrays.visit_block(&function.block);
        arrays
    }

    fn add(&mut self, variable: &Variable) {
        let is_array = match &variable.ty {
            Some(ty) => matches!(ty, Type::Array(_)),
            None => variable.init.as_ref().is_some_and(|init| self.is_array(init)),
        };
        let entry = self.known.entry(variable.name.clone()).or_insert(true);
        *entry &= is_array;
    }

    /// True if the text shows that the value is an array.
    pub(crate) fn is_array(&self, value: &Expr) -> bool {
        match value {
            Expr::Array(_) | Expr::Repeat(_) => true,
            Expr::Call(call) => of_function(call).is_some(),
            Expr::MethodCall(call) => {
                let refers = call.method == "each_ref" || call.method == "each_mut";
                refers || call.method == "map" && self.is_array(&call.receiver)
            }
            Expr::Paren(inner) => self.is_array(&inner.expr),
            Expr::Path(path) => {
                let name = path.path.get_ident().map(ToString::to_string);
                name.is_some_and(|name| self.known.get(&name) == Some(&true))
            }
            _ => false,
        }
    }
}

impl<'a> Visit<'a> for Arrays {
    fn visit_local(&mut self, node: &'a syn::Local) {
        visit::visit_local(self, node);
        let value = node.init.as_ref().map(|init| &*init.expr);
        for variable in variables::of_let(&node.pat, value) {
            self.add(&variable);
        }
    }

    fn visit_expr_let(&mut self, node: &'a syn::ExprLet) {
        self.forget(&node.pat);
        visit::visit_expr_let(self, node);
    }

    fn visit_expr_closure(&mut self, node: &'a syn::ExprClosure) {
        node.inputs.iter().for_each(|input| self.forget(input));
        visit::visit_expr_closure(self, node);
    }

    fn visit_expr_for_loop(&mut self, node: &'a syn::ExprForLoop) {
        self.forget(&node.pat);
        visit::visit_expr_for_loop(self, node);
    }

    fn visit_arm(&mut self, node: &'a syn::Arm) {
        self.forget(&node.pat);
        visit::visit_arm(self, node);
    }

    fn visit_item(&mut self, _: &'a syn::Item) {}
}

impl Arrays {
    /// What a pattern binds may be anything.
    fn forget(&mut self, pattern: &syn::Pat) {
        for variable in variables::of_pattern(pattern) {
            self.known.insert(variable.name, false);
        }
    }
}

/// The path of `array::from_fn(|i| ..)`.
pub(crate) fn of_function(call: &ExprCall) -> Option<&syn::ExprPath> {
    let Expr::Path(path) = &*call.func else { return None };
    let names: Vec<_> = path.path.segments.iter().map(|s| s.ident.to_string()).collect();
    (names.ends_with(&["array".to_string(), "from_fn".to_string()]) && call.args.len() == 1).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_shows_what_is_an_array() {
        let function = syn::parse_str(
            "fn f(a: [u8; 2], b: &[u8], c: Option<u8>) {
                let d = [a, a]; let e = d.each_ref(); let g: [u8; 3] = h(); let i = c; let a2 = c;
                if let Some(j) = c { k(j) }
                let l = [1]; for l in b {}
            }",
        );
        let arrays = Arrays::of(&function.unwrap());
        for (value, is_array) in [
            ("a", true),
            ("b", false),
            ("c", false),
            ("d.map(f)", true),
            ("e", true),
            ("g", true),
            ("i", false),
            ("j", false),
            ("l", false),
            ("[b; 2]", true),
            ("std::array::from_fn(|i| i)", true),
            ("iter::from_fn(|| i)", false),
            ("self.kids.each_mut()", true),
            ("self.kids", false),
        ] {
            assert_eq!(arrays.is_array(&syn::parse_str(value).unwrap()), is_array, "{value}");
        }
    }
}
