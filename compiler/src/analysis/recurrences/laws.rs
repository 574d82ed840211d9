//! A carried value with the law of a monoid: `acc = merge(acc, x)`, `word.push(c)`.
//!
//! A piece starts from the identity and makes its updates as they are written; the law joins what it has with what is
//! carried in. Where a piece sets the value to something that doesn't depend on it (`word.clear()`), what is carried in
//! doesn't matter any more.
//!
//! While the slice is made, each update is the assignment `acc += (n, operands)`, so that nothing else need know how it is
//! written.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::visit::Visit;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprForLoop, Stmt};

use crate::lower::places::place_of;
use crate::lower::steps::{NoStep, Why};
use crate::lower::updates::{Operation, is_compound, strip};
use crate::lower::uses;

/// The law of a carried value.
#[derive(Clone, Debug)]
pub(crate) enum Law {
    /// The operation that the user named.
    Named(syn::Path),
    /// The operation of its updates, and where one is.
    Operation(Operation, TokenStream),
}

/// The updates of one variable as they are written.
#[derive(Debug, Default)]
pub(super) struct Updates(Vec<Expr>);

/// Puts assignments for the updates of `variable`.
pub(super) fn take_out(node: &mut ExprForLoop, variable: &Ident) -> Updates {
    let mut take = TakeOut {
        variable: variable.to_string(),
        name: variable,
        updates: Updates::default(),
    };
    take.visit_block_mut(&mut node.body);
    take.updates
}

/// The body with its updates as they are written, and `flag = true` where the variable is set.
pub(super) fn put_back(
    body: &Block,
    variable: &Ident,
    updates: &Updates,
    flag: Option<&Ident>,
) -> Result<Block, NoStep> {
    let mut put = PutBack {
        variable: variable.to_string(),
        updates,
        flag,
        stray: None,
    };
    let mut body = body.clone();
    put.visit_block_mut(&mut body);
    match put.stray {
        Some(at) if flag.is_some() => Err(NoStep { at, why: Why::Use }),
        _ => Ok(body),
    }
}

struct TakeOut<'n> {
    variable: String,
    name: &'n Ident,
    updates: Updates,
}

impl TakeOut<'_> {
    fn is_it(&self, expr: &Expr) -> bool {
        place_of(expr).is_some_and(|(place, _)| place.depth() == 0 && place.root == self.variable)
    }

    fn is_whole(&self, expr: &Expr) -> bool {
        match strip(expr) {
            Expr::MethodCall(call) if call.method == "clone" && call.args.is_empty() => self.is_whole(&call.receiver),
            expr => place_of(expr).is_some_and(|(place, _)| place.is_variable() && place.root == self.variable),
        }
    }

    fn uses(&self, expr: &Expr) -> bool {
        uses::uses(expr, &self.variable)
    }

    /// What an update takes besides the variable.
    fn operands(&self, node: &Expr) -> Option<Vec<Expr>> {
        let operands: Vec<&Expr> = match node {
            Expr::MethodCall(call) if self.is_it(&call.receiver) => call.args.iter().collect(),
            Expr::Call(call) => {
                let (first, rest) = call
                    .args
                    .iter()
                    .collect::<Vec<_>>()
                    .split_first()
                    .map(|(f, r)| (*f, r.to_vec()))?;
                let lent = matches!(first, Expr::Reference(r) if r.mutability.is_some() && self.is_it(&r.expr));
                lent.then_some(rest)?
            }
            Expr::Binary(binary) if is_compound(&binary.op) && self.is_it(&binary.left) => vec![&binary.right],
            Expr::Assign(assign) if self.is_whole(&assign.left) => match strip(&assign.right) {
                Expr::Call(call) if call.args.len() == 2 && self.is_whole(&call.args[0]) => vec![&call.args[1]],
                Expr::MethodCall(call) if self.is_whole(&call.receiver) && call.method != "clone" => {
                    call.args.iter().collect()
                }
                Expr::Binary(binary) if self.is_whole(&binary.left) => vec![&binary.right],
                _ => return None,
            },
            _ => return None,
        };
        let is_apart = operands.iter().all(|operand| !self.uses(operand));
        is_apart.then(|| operands.into_iter().cloned().collect())
    }

    fn take(&mut self, node: &mut Expr) {
        let name = self.name;
        if let Expr::MethodCall(call) = &*node
            && call.method == "clear"
            && call.args.is_empty()
            && self.is_whole(&call.receiver)
        {
            *node = syn::parse_quote!(#name = ::core::default::Default::default());
            return;
        }
        let Some(operands) = self.operands(node) else { return };
        let number = syn::Index::from(self.updates.0.len());
        let update: Expr = syn::parse_quote!(#name += (#number, #(#operands),*));
        self.updates.0.push(std::mem::replace(node, update));
    }
}

impl VisitMut for TakeOut<'_> {
    fn visit_stmt_mut(&mut self, node: &mut Stmt) {
        visit_mut::visit_stmt_mut(self, node);
        if let Stmt::Expr(expr, _) = node {
            self.take(expr);
        }
    }

    fn visit_arm_mut(&mut self, node: &mut syn::Arm) {
        visit_mut::visit_arm_mut(self, node);
        self.take(&mut node.body);
    }

    fn visit_expr_closure_mut(&mut self, _: &mut syn::ExprClosure) {}

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

struct PutBack<'n> {
    variable: String,
    updates: &'n Updates,
    flag: Option<&'n Ident>,
    /// Something else that looks at the variable, or changes it.
    stray: Option<TokenStream>,
}

impl PutBack<'_> {
    fn is_whole(&self, expr: &Expr) -> bool {
        place_of(expr).is_some_and(|(place, _)| place.is_variable() && place.root == self.variable)
    }
}

impl VisitMut for PutBack<'_> {
    fn visit_block_mut(&mut self, node: &mut Block) {
        for mut stmt in std::mem::take(&mut node.stmts) {
            match &mut stmt {
                Stmt::Expr(Expr::Assign(assign), _)
                    if self.is_whole(&assign.left) && !uses::uses(&assign.right, &self.variable) =>
                {
                    let flag = self.flag;
                    node.stmts.push(stmt);
                    node.stmts
                        .extend(flag.map(|flag| -> Stmt { syn::parse_quote!(#flag = true;) }));
                    continue;
                }
                Stmt::Expr(Expr::Binary(binary), _) if is_compound(&binary.op) && self.is_whole(&binary.left) => {
                    if let Expr::Tuple(tuple) = &*binary.right
                        && let Some(Expr::Lit(literal)) = tuple.elems.first()
                        && let syn::Lit::Int(number) = &literal.lit
                        && let Some(update) = number.base10_parse().ok().and_then(|n: usize| self.updates.0.get(n))
                    {
                        let update = update.clone();
                        node.stmts.push(syn::parse_quote!(#update;));
                        continue;
                    }
                    self.stray.get_or_insert_with(|| binary.op.to_token_stream());
                }
                _ => {}
            }
            visit_mut::visit_stmt_mut(self, &mut stmt);
            node.stmts.push(stmt);
        }
    }

    fn visit_expr_mut(&mut self, node: &mut Expr) {
        if self.stray.is_none() && place_of(node).is_some_and(|(place, _)| place.root == self.variable) {
            self.stray = Some(node.to_token_stream());
        }
        visit_mut::visit_expr_mut(self, node);
    }

    fn visit_macro_mut(&mut self, node: &mut syn::Macro) {
        if uses::occurs(node.tokens.clone(), &self.variable) {
            self.stray.get_or_insert_with(|| node.to_token_stream());
        }
    }
}

/// True if everything that the loop does to `variable` besides reading it is an update or sets it.
pub(super) fn is_updated_only(node: &ExprForLoop, variable: &Ident) -> bool {
    struct Lent<'n>(&'n str, bool);
    impl<'a> Visit<'a> for Lent<'_> {
        fn visit_expr_reference(&mut self, node: &'a syn::ExprReference) {
            self.1 |= node.mutability.is_some() && uses::uses(&node.expr, self.0);
            syn::visit::visit_expr_reference(self, node);
        }
    }
    let mut node = node.clone();
    take_out(&mut node, variable);
    let name = variable.to_string();
    let mut lent = Lent(&name, false);
    lent.visit_block(&node.body);
    !lent.1
}
