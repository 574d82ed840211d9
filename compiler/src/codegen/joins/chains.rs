//! `a || b || c`: operands that run side by side although not all of them may be wanted.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Expr, parse_quote};

use super::tasks::{Body, without_parens};
use super::{Joins, is_lazy};
use crate::analysis::independence::Footprint;

impl Joins<'_> {
    /// `a || b || c` whose operands run side by side; what is not needed is not seen.
    pub(super) fn chain(&mut self, expr: &mut Expr) -> bool {
        let op = match &*expr {
            Expr::Binary(binary) if is_lazy(&binary.op) => binary.op,
            _ => return false,
        };
        let mut operands = Vec::new();
        flatten(expr, &op, &mut operands);
        let Some(from) = operands.iter().position(|operand| self.recursion.is_in(operand)) else {
            return false;
        };
        let calling = operands.iter().filter(|operand| self.recursion.is_in(operand)).count();
        let is_free = operands[from..].iter().all(|operand| {
            let footprint = Footprint::of(operand, self.names);
            let leaves = footprint.leaves() || footprint.has_question();
            !leaves && footprint.is_pure(self.names) && !matches!(operand, Expr::Let(_))
        });
        if calling < 2 || !is_free {
            return false;
        }
        let mut operands: Vec<Expr> = operands.into_iter().cloned().collect();
        let rest = operands.split_off(from);
        let rest = self.lazily(rest, &op);
        let rest: Expr = syn::parse2(rest).expect("a chain is an expression");
        *expr = operands
            .into_iter()
            .chain([rest])
            .reduce(|a, b| parse_quote!(#a #op #b))
            .expect("there are operands");
        true
    }

    fn lazily(&mut self, mut operands: Vec<Expr>, op: &syn::BinOp) -> TokenStream {
        let rest = operands.split_off(1);
        let mut first = operands.remove(0);
        let is_task = self.recursion.is_in(&first);
        if rest.is_empty() {
            self.value(&mut first);
            return without_parens(first).to_token_stream();
        }
        if !is_task || !rest.iter().any(|operand| self.recursion.is_in(operand)) {
            self.value(&mut first);
            let rest = self.lazily(rest, op);
            return quote!(#first #op #rest);
        }
        self.joined += 1;
        let span = self
            .recursion
            .first_call(&first)
            .map_or_else(Span::call_site, |call| call.span());
        let at = Span::mixed_site().located_at(span);
        self.value(&mut first);
        let rest_span = rest
            .iter()
            .find_map(|operand| self.recursion.first_call(operand))
            .map_or(span, |call| call.span());
        let rest = self.lazily(rest, op);
        let left = self.closure(
            &Body {
                value: without_parens(first).to_token_stream(),
                ty: None,
            },
            span,
        );
        let right = self.closure(&Body { value: rest, ty: None }, rest_span);
        let forks = self.for_threads(self.forks_at(at).to_token_stream(), [&left, &right].into_iter());
        let (first, second) = (self.free.free("first"), self.free.free("second"));
        let is_final = if matches!(op, syn::BinOp::Or(_)) {
            quote!(*#first)
        } else {
            quote!(!*#first)
        };
        quote_spanned! {at=>
            {
                let (#first, #second) = #forks.join_unless(|#first: &::core::primitive::bool| #is_final, #left, #right);
                #first #op #second.claim()
            }
        }
    }
}

fn flatten<'e>(expr: &'e Expr, op: &syn::BinOp, operands: &mut Vec<&'e Expr>) {
    match expr {
        Expr::Binary(binary) if binary.op == *op => {
            flatten(&binary.left, op, operands);
            flatten(&binary.right, op, operands);
        }
        other => operands.push(other),
    }
}
