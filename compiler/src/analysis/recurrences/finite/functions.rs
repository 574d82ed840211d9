//! The functions that a function declares itself: what they give can be seen.

use std::collections::BTreeMap;

use syn::visit::{self, Visit};
use syn::{Expr, ItemFn, Pat};

use crate::lower::uses::Names;

/// A function or closure.
#[derive(Clone, Debug)]
pub(super) struct Function {
    pub(super) parameters: Vec<Pat>,
    /// Its body as one expression.
    pub(super) body: Expr,
}

/// Those of a function, by their names; none that is declared twice.
#[derive(Debug, Default)]
pub(crate) struct Functions(BTreeMap<String, Option<Function>>);

impl Functions {
    /// Looks for them.
    pub(crate) fn of(function: &ItemFn) -> Self {
        let mut functions = Functions::default();
        functions.visit_block(&function.block);
        functions
    }

    /// True if there is one of that name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    pub(super) fn get(&self, name: &str) -> Option<&Function> {
        self.0.get(name)?.as_ref()
    }

    fn add(&mut self, name: String, function: Function) {
        let known = self.0.entry(name).and_modify(|known| *known = None);
        known.or_insert(Some(function));
    }
}

impl<'a> Visit<'a> for Functions {
    fn visit_local(&mut self, node: &'a syn::Local) {
        if let (Pat::Ident(name), Some(init)) = (&node.pat, &node.init)
            && let Expr::Closure(closure) = &*init.expr
        {
            let plain = |pattern: &Pat| match pattern {
                Pat::Type(typed) => (*typed.pat).clone(),
                pattern => pattern.clone(),
            };
            let function = Function {
                parameters: closure.inputs.iter().map(plain).collect(),
                body: (*closure.body).clone(),
            };
            self.add(name.ident.to_string(), function);
        }
        visit::visit_local(self, node);
    }

    fn visit_item_fn(&mut self, node: &'a ItemFn) {
        // what is declared as an operation is one, whatever its text does
        let names = |attribute: &syn::Attribute| attribute.path().segments.last().map(|last| last.ident.to_string());
        if node.attrs.iter().filter_map(names).any(|name| name == "associative") {
            return;
        }
        let parameters = node.sig.inputs.iter().map(|input| match input {
            syn::FnArg::Typed(typed) => (*typed.pat).clone(),
            syn::FnArg::Receiver(_) => syn::parse_quote!(_),
        });
        let block = &node.block;
        let function = Function {
            parameters: parameters.collect(),
            body: syn::parse_quote!(#block),
        };
        self.add(node.sig.ident.to_string(), function);
    }
}

/// What a body returns before its end; nothing of closures in it.
pub(super) fn returned(body: &Expr) -> Vec<&Expr> {
    struct Returned<'a>(Vec<&'a Expr>);
    impl<'a> Visit<'a> for Returned<'a> {
        fn visit_expr_return(&mut self, node: &'a syn::ExprReturn) {
            self.0.extend(node.expr.as_deref());
        }

        fn visit_expr_closure(&mut self, _: &'a syn::ExprClosure) {}

        fn visit_item(&mut self, _: &'a syn::Item) {}
    }
    let mut returned = Returned(Vec::new());
    returned.visit_expr(body);
    returned.0
}

/// The names in a pattern that stand for the whole value of `value`, or of its parts, where that is one of `is_it`.
pub(super) fn names_for(pattern: &Pat, value: &Expr, is_it: &dyn Fn(&Expr) -> bool, names: &mut Names) {
    use crate::lower::updates::strip;
    match (pattern, strip(value)) {
        (Pat::Tuple(patterns), Expr::Tuple(values)) if patterns.elems.len() == values.elems.len() => {
            for (pattern, value) in patterns.elems.iter().zip(&values.elems) {
                names_for(pattern, value, is_it, names);
            }
        }
        (Pat::Ident(name), value) if name.by_ref.is_none() && is_it(value) => {
            names.insert(name.ident.to_string());
        }
        (Pat::Guard(guard), value) => names_for(&guard.pat, value, is_it, names),
        (Pat::Or(cases), value) => cases.cases.iter().for_each(|case| names_for(case, value, is_it, names)),
        _ => {}
    }
}
