//! Which names stand for another variable than the innermost one of that name?
//!
//! In a function that a `macro_rules!` macro writes, a variable of the macro's and one that it was given may have one name:
//! by their contexts (hygiene) rustc tells them apart. All other questions go by the names alone, so they would take the one
//! for the other: an index of the caller's for that of the macro's loop. Where no name is hidden by a namesake of another
//! context, the names are enough.
//!
//! Contexts can only be asked for by what a span is printed as, `#7 bytes(3..4)`. Spans that are printed in another way, as
//! editors' are, all have one context.

use std::collections::HashMap;

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Expr, FnArg, ItemFn, Macro, Pat};

use super::bindings::bindings;
use crate::diagnostics::{self, Diagnostics};

/// Reports the first such name.
pub(crate) fn report(function: &ItemFn, diagnostics: &mut Diagnostics) {
    let Some(name) = find(function, &context) else { return };
    diagnostics.report(
        diagnostics::TWO_VARIABLES,
        &name,
        format!("`{name}` names two variables, one of a macro and one that it was given"),
    );
}

/// The context that the name was written in, as far as is known.
fn context(name: &Ident) -> Option<String> {
    let span = format!("{:?}", name.span());
    let (context, _) = span.strip_prefix('#')?.split_once(' ')?;
    Some(context.to_string())
}

/// The first use of a name whose innermost variable is of another context.
fn find(function: &ItemFn, context: &dyn Fn(&Ident) -> Option<String>) -> Option<Ident> {
    let mut scopes = Scopes {
        context,
        variables: HashMap::new(),
        bound: Vec::new(),
        found: None,
    };
    for input in &function.sig.inputs {
        if let FnArg::Typed(argument) = input {
            scopes.bind(&argument.pat);
        }
    }
    scopes.visit_block(&function.block);
    scopes.found
}

struct Scopes<'c> {
    context: &'c dyn Fn(&Ident) -> Option<String>,
    /// By name, the contexts of the variables that can be seen, the innermost last.
    variables: HashMap<String, Vec<Option<String>>>,
    /// Their names in the order in which they were bound.
    bound: Vec<String>,
    found: Option<Ident>,
}

impl Scopes<'_> {
    fn bind(&mut self, pattern: &Pat) {
        for binding in bindings(pattern) {
            let (name, context) = (binding.ident.to_string(), (self.context)(&binding.ident));
            self.variables.entry(name.clone()).or_default().push(context);
            self.bound.push(name);
        }
    }

    /// What is bound meanwhile is forgotten.
    fn scope(&mut self, inside: impl FnOnce(&mut Self)) {
        let before = self.bound.len();
        inside(self);
        for name in self.bound.drain(before..) {
            if let Some(contexts) = self.variables.get_mut(&name) {
                contexts.pop();
            }
        }
    }

    fn see(&mut self, name: &Ident) {
        if self.found.is_some() {
            return;
        }
        if let Some(variable) = self
            .variables
            .get(&name.to_string())
            .and_then(|contexts| contexts.last())
            && *variable != (self.context)(name)
        {
            self.found = Some(name.clone());
        }
    }

    fn see_tokens(&mut self, tokens: TokenStream) {
        let mut is_field = false;
        for token in tokens {
            match &token {
                TokenTree::Ident(name) if !is_field => self.see(name),
                TokenTree::Group(group) => self.see_tokens(group.stream()),
                _ => {}
            }
            is_field = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '.');
        }
    }
}

impl<'a> Visit<'a> for Scopes<'_> {
    fn visit_block(&mut self, node: &'a syn::Block) {
        self.scope(|scopes| visit::visit_block(scopes, node));
    }

    fn visit_local(&mut self, node: &'a syn::Local) {
        if let Some(init) = &node.init {
            visit::visit_local_init(self, init);
        }
        self.bind(&node.pat);
    }

    fn visit_expr_for_loop(&mut self, node: &'a syn::ExprForLoop) {
        self.visit_expr(&node.expr);
        self.scope(|scopes| {
            scopes.bind(&node.pat);
            scopes.visit_block(&node.body);
        });
    }

    fn visit_expr_if(&mut self, node: &'a syn::ExprIf) {
        self.scope(|scopes| {
            scopes.visit_expr(&node.cond);
            scopes.visit_block(&node.then_branch);
        });
        if let Some((_, otherwise)) = &node.else_branch {
            self.visit_expr(otherwise);
        }
    }

    fn visit_expr_while(&mut self, node: &'a syn::ExprWhile) {
        self.scope(|scopes| {
            scopes.visit_expr(&node.cond);
            scopes.visit_block(&node.body);
        });
    }

    fn visit_expr_let(&mut self, node: &'a syn::ExprLet) {
        self.visit_expr(&node.expr);
        self.bind(&node.pat);
    }

    fn visit_arm(&mut self, node: &'a syn::Arm) {
        self.scope(|scopes| {
            scopes.bind(&node.pat);
            visit::visit_arm(scopes, node);
        });
    }

    fn visit_expr_closure(&mut self, node: &'a syn::ExprClosure) {
        self.scope(|scopes| {
            node.inputs.iter().for_each(|input| scopes.bind(input));
            scopes.visit_expr(&node.body);
        });
    }

    fn visit_expr_path(&mut self, node: &'a syn::ExprPath) {
        if let (None, Some(name)) = (&node.qself, node.path.get_ident()) {
            self.see(name);
        }
    }

    fn visit_macro(&mut self, node: &'a Macro) {
        self.see_tokens(node.tokens.clone());
    }

    fn visit_item(&mut self, _: &'a syn::Item) {}

    fn visit_expr(&mut self, node: &'a Expr) {
        match node {
            Expr::Verbatim(tokens) => self.see_tokens(tokens.clone()),
            _ => visit::visit_expr(self, node),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What stands on an even line is a macro's.
    fn found(function: &str) -> Option<String> {
        let function: ItemFn = syn::parse_str(function).expect("a function");
        let context = |name: &Ident| Some((name.span().start().line % 2).to_string());
        find(&function, &context).map(|name| name.to_string())
    }

    #[test]
    fn an_index_of_the_caller_is_not_that_of_the_loop() {
        let function = "fn f(xs: &[u64], out: &mut [u64], i: usize) { out[i] = 1; for (
                i, x
            ) in xs.iter().enumerate() { out[i] = 2; } }";
        assert_eq!(found(function).as_deref(), Some("i"));
    }

    #[test]
    fn an_accumulator_of_the_macro_is_not_what_the_pattern_binds() {
        let function = "fn f(
            xs: &[(u64, u64)]) { let mut at = 0; for (
                at, c
            ) in xs { at += c; } }";
        assert_eq!(found(function).as_deref(), Some("at"));
    }

    #[test]
    fn namesakes_that_hide_nothing_are_told_apart() {
        let function = "fn f(
            xs: &[u64]) -> u64 { let mut sum = 0; for x in xs { sum += (
                |x: u64| x * 2
            )(*x); } sum }";
        assert_eq!(found(function), None);
    }
}
