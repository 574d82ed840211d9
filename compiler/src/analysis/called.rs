//! What do the closures and functions do that a loop or a chain calls, as far as they are written in the same function?

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Expr, Ident, ItemFn};

use crate::analysis::closures::{self, InSight};
use crate::analysis::locks::Region;
use crate::diagnostics::{self, Diagnostics};
use crate::lower::accesses::{self, Accesses, Effect, Effected};
use crate::lower::uses::{self, Names};
use crate::lower::variables::Variable;
use crate::options::Options;

/// Reports the effects of `code`, and of what is written in the same function and called there, that were not relaxed.
pub(crate) fn check_effects(
    functions: &Functions<'_>,
    variables: &[Variable],
    found: &Accesses<'_>,
    code: &impl ToTokens,
    options: &Options,
    diagnostics: &mut Diagnostics,
) {
    let mut all = found.effects.clone();
    all.extend(effects(functions, variables, code));
    super::effects::check(&all, Region::Loop, options, diagnostics);
}

/// The effects of the closures in `variables` and of the `functions` that `code` uses, and of those that these use.
fn effects(functions: &Functions<'_>, variables: &[Variable], code: &impl ToTokens) -> Vec<Effected> {
    let mut names = Names::new();
    uses::of_tokens(code.to_token_stream(), &mut names);
    let mut next: Vec<String> = names.iter().cloned().collect();
    let mut effects = Vec::new();
    while let Some(name) = next.pop() {
        let mut used = Names::new();
        let variable = variables.iter().rev().find(|variable| variable.name == name);
        match variable.map(|variable| &variable.init) {
            Some(Some(value)) => {
                effects.extend(of_stream(&name, value, code.to_token_stream()));
                let mut closures = Closures(Vec::new());
                closures.visit_expr(value);
                for closure in closures.0 {
                    effects.extend(accesses::of_expressions(&[closure], &InSight(variables)).effects);
                    uses::of_tokens(closure.to_token_stream(), &mut used);
                }
                if let Expr::Path(_) = value {
                    uses::of_tokens(value.to_token_stream(), &mut used);
                }
            }
            Some(None) => {}
            None => {
                for item in functions.0.iter().filter(|item| item.sig.ident == name) {
                    effects.extend(accesses::of_block(&item.block, &InSight(&[])).effects);
                    uses::of_tokens(item.block.to_token_stream(), &mut used);
                }
            }
        }
        next.extend(used.into_iter().filter(|name| names.insert(name.clone())));
    }
    effects
}

/// `let input = stdin();`, used in `code`: whoever uses it next gets the next line.
fn of_stream(name: &str, value: &Expr, code: TokenStream) -> Option<Effected> {
    let call = match value {
        Expr::MethodCall(call) if call.method == "lock" => &*call.receiver,
        value => value,
    };
    let Expr::Call(stream) = call else { return None };
    let found = accesses::of_expressions(&[call], &InSight(&[]));
    let (effect, ..) = found.effects.into_iter().next()?;
    let is_stream = stream.args.is_empty() && matches!(effect, Effect::Input | Effect::Output);
    let at = occurrence(name, code.clone()).map_or(code, |ident| ident.to_token_stream());
    is_stream.then(|| (effect, name.to_string(), at))
}

/// Where the name stands first.
fn occurrence(name: &str, code: TokenStream) -> Option<Ident> {
    code.into_iter().find_map(|token| match token {
        TokenTree::Ident(ident) if ident == name => Some(ident),
        TokenTree::Group(group) => occurrence(name, group.stream()),
        _ => None,
    })
}

/// Reports the variables that are called and may change what they hold.
pub(crate) fn check(function: &ItemFn, variables: &[Variable], found: &Accesses<'_>, diagnostics: &mut Diagnostics) {
    let mut reported: Vec<&Ident> = Vec::new();
    for name in &found.called {
        if !closures::is_changing(function, name, variables) || reported.contains(&name) {
            continue;
        }
        reported.push(name);
        let help = match variables.iter().rev().find(|v| name == &v.name) {
            Some(Variable {
                init: Some(Expr::Closure(_)),
                ..
            }) => format!("write what `{name}` does in the place of its call, or mark the loop `#[seq]`"),
            _ => format!(
                "ask for `impl Fn(..) + Sync` instead; or collect what `{name}` is given, and call it in a loop marked `#[seq]`"
            ),
        };
        diagnostics
            .report(
                diagnostics::MUTABLE_BORROW,
                name,
                format!("every call of `{name}` may change what it holds"),
            )
            .note("it is an `FnMut`, so what a call does may depend on the calls before")
            .help(help);
    }
}

/// The functions that are declared inside another one.
pub(crate) struct Functions<'a>(Vec<&'a ItemFn>);

impl<'a> Functions<'a> {
    /// Looks for them.
    pub(crate) fn of(function: &'a ItemFn) -> Self {
        let mut functions = Functions(Vec::new());
        functions.visit_block(&function.block);
        functions
    }
}

impl<'a> Visit<'a> for Functions<'a> {
    fn visit_item_fn(&mut self, node: &'a ItemFn) {
        self.0.push(node);
        visit::visit_item_fn(self, node);
    }
}

/// The closures in an expression.
struct Closures<'a>(Vec<&'a Expr>);

impl<'a> Visit<'a> for Closures<'a> {
    fn visit_expr(&mut self, node: &'a Expr) {
        match node {
            Expr::Closure(_) => self.0.push(node),
            _ => visit::visit_expr(self, node),
        }
    }
}
