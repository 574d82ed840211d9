//! The closure of a scan as the body of a loop: the variables behind its references, and what it leaves by.

use proc_macro2::Ident;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprClosure, Stmt};

use crate::lower::uses;

/// What is in the `Some` of a scan's value; where it is `None`, the loop ends.
pub(super) fn unwrapped(value: Expr) -> Option<Expr> {
    Some(match value {
        Expr::Call(call) if is_named(&call.func, "Some") && call.args.len() == 1 => call.args[0].clone(),
        Expr::Path(_) if is_named(&value, "None") => syn::parse_quote!(break),
        Expr::Paren(inner) => unwrapped(*inner.expr)?,
        Expr::Block(mut block) if block.label.is_none() => {
            unwrapped_block(&mut block.block)?;
            Expr::Block(block)
        }
        Expr::If(mut branch) => {
            unwrapped_block(&mut branch.then_branch)?;
            let (_, otherwise) = branch.else_branch.as_mut()?;
            **otherwise = unwrapped((**otherwise).clone())?;
            Expr::If(branch)
        }
        Expr::Match(mut choice) => {
            for arm in &mut choice.arms {
                *arm.body = unwrapped((*arm.body).clone())?;
            }
            Expr::Match(choice)
        }
        other => syn::parse_quote! {
            match #other {
                ::core::option::Option::Some(item) => item,
                ::core::option::Option::None => break,
            }
        },
    })
}

pub(super) fn unwrapped_block(block: &mut Block) -> Option<()> {
    let Some(Stmt::Expr(value, None)) = block.stmts.pop() else {
        return None;
    };
    block.stmts.push(Stmt::Expr(unwrapped(value)?, None));
    Some(())
}

pub(super) fn is_named(expr: &Expr, name: &str) -> bool {
    matches!(expr, Expr::Path(path) if path.path.segments.last().is_some_and(|s| s.ident == name))
}

/// `?` and `return None` end the loop.
pub(super) struct Leaves {
    pub(super) is_clear: bool,
    /// Loops around the current place.
    pub(super) loops: usize,
}

impl VisitMut for Leaves {
    fn visit_expr_mut(&mut self, node: &mut Expr) {
        let is_loop = matches!(node, Expr::ForLoop(_) | Expr::While(_) | Expr::Loop(_));
        self.loops += usize::from(is_loop);
        visit_mut::visit_expr_mut(self, node);
        self.loops -= usize::from(is_loop);
        match node {
            Expr::Try(question) => {
                let value = &question.expr;
                self.is_clear &= self.loops == 0;
                *node = syn::parse_quote! {
                    match #value {
                        ::core::option::Option::Some(item) => item,
                        ::core::option::Option::None => break,
                    }
                };
            }
            Expr::Return(leave) => {
                let is_none = leave.expr.as_ref().is_some_and(|value| is_named(value, "None"));
                self.is_clear &= is_none && self.loops == 0;
                *node = syn::parse_quote!(break);
            }
            _ => {}
        }
    }

    fn visit_expr_closure_mut(&mut self, _: &mut ExprClosure) {}

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

/// The variable itself instead of the closure's reference to it.
pub(super) struct Direct<'s> {
    pub(super) states: &'s [(Ident, Ident)],
    /// Nothing is left that can't be followed.
    pub(super) is_clear: bool,
}

impl Direct<'_> {
    /// The variable that the expression is a reference to.
    pub(super) fn state(&self, expr: &Expr) -> Option<Ident> {
        match expr {
            Expr::Paren(inner) => self.state(&inner.expr),
            Expr::Path(path) => {
                let name = path.path.get_ident()?;
                let (_, fresh) = self.states.iter().find(|(state, _)| state == name)?;
                let mut fresh = fresh.clone();
                fresh.set_span(fresh.span().located_at(name.span()));
                Some(fresh)
            }
            _ => None,
        }
    }
}

impl VisitMut for Direct<'_> {
    fn visit_expr_mut(&mut self, node: &mut Expr) {
        match node {
            Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Deref(_)) => {
                if let Some(state) = self.state(&unary.expr) {
                    *node = syn::parse_quote!(#state);
                    return;
                }
            }
            Expr::Field(field) => {
                if let Some(state) = self.state(&field.base) {
                    *field.base = syn::parse_quote!(#state);
                    return;
                }
            }
            Expr::MethodCall(call) => {
                if let Some(state) = self.state(&call.receiver) {
                    *call.receiver = syn::parse_quote!(#state);
                }
            }
            Expr::Index(index) => {
                if let Some(state) = self.state(&index.expr) {
                    *index.expr = syn::parse_quote!(#state);
                }
            }
            Expr::Path(_) => {
                if let Some(state) = self.state(node) {
                    *node = syn::parse_quote!(&mut #state);
                }
                return;
            }
            _ => {}
        }
        if let Expr::MethodCall(call) = node
            && self.states.iter().any(|(_, fresh)| is_path(&call.receiver, fresh))
        {
            call.args.iter_mut().for_each(|argument| self.visit_expr_mut(argument));
            return;
        }
        if let Expr::Index(index) = node
            && self.states.iter().any(|(_, fresh)| is_path(&index.expr, fresh))
        {
            self.visit_expr_mut(&mut index.index);
            return;
        }
        visit_mut::visit_expr_mut(self, node);
    }

    fn visit_macro_mut(&mut self, node: &mut syn::Macro) {
        let is_used = |(state, _): &(Ident, Ident)| uses::occurs(node.tokens.clone(), &state.to_string());
        self.is_clear &= !self.states.iter().any(is_used);
    }
}

pub(super) fn is_path(expr: &Expr, name: &Ident) -> bool {
    matches!(expr, Expr::Path(path) if path.path.is_ident(name))
}
