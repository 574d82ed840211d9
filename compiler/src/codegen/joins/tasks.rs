//! A group's tasks as the closures of nested joins.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Expr, Stmt, Type};

use super::layout::{Layout, Leaf, arrange};
use super::{Carrier, Joins, visit_expr};
use crate::lower::NodeId;
use crate::plan::divide::{Group, Member};

/// What a closure evaluates, and the type to write down for it.
pub(super) struct Body {
    pub(super) value: TokenStream,
    pub(super) ty: Option<Type>,
}
impl Joins<'_> {
    /// The statements that join, one a group; what they take from `stmts` stays there.
    pub(super) fn joins(
        &mut self,
        groups: &[Group],
        layouts: &[Layout],
        mut tasks: BTreeMap<(usize, usize), Expr>,
        stmts: &[Stmt],
    ) -> Vec<TokenStream> {
        let mut joins = Vec::new();
        for (number, (group, layout)) in groups.iter().zip(layouts).enumerate() {
            self.joined += 1;
            let bodies: Vec<_> = group
                .members
                .iter()
                .enumerate()
                .map(|(member, plan)| {
                    let task = tasks.remove(&(number, member)).expect("every member has its task");
                    let lets: Vec<_> = plan.moved.iter().map(|n| &stmts[*n]).collect();
                    self.body(plan, task, &lets)
                })
                .collect();
            let at = Span::mixed_site().located_at(group.members[0].span);
            let hoisted = group.hoisted.iter().map(|n| &stmts[*n]);
            let (declare, pattern) = (&layout.declare, &layout.pattern);
            let (ambient, forks) = self.surroundings(at);
            let join = self.join(&bodies, &group.members, layout.settles, &forks);
            joins.push(quote_spanned!(at=> #(#hoisted)* #(let #declare;)* #ambient let #pattern = #join;));
        }
        joins
    }

    /// What forks here, and the statement that finds it again inside a task.
    pub(super) fn surroundings(&self, at: Span) -> (TokenStream, TokenStream) {
        let forks = &self.forks;
        if self.fork.is_none() && self.in_task {
            let (runtime, region) = (&self.runtime, &self.region);
            let ambient = quote_spanned!(at=> let #forks = #runtime::Forks::mutual(#region););
            return (ambient, quote!(#forks));
        }
        (TokenStream::new(), quote!(#forks))
    }

    /// A task as what a closure evaluates.
    fn body(&mut self, plan: &Member, mut task: Expr, lets: &[&Stmt]) -> Body {
        let was_in_task = std::mem::replace(&mut self.in_task, true);
        if plan.is_call {
            visit_expr(self, &mut task);
        } else {
            self.value(&mut task);
        }
        self.in_task = was_in_task;
        let carrier = self.carrier.clone().filter(|_| plan.has_question);
        let task = without_parens(task);
        let value = match &carrier {
            Some(Carrier { wrap, .. }) => quote!(#wrap(#task)),
            None => task.to_token_stream(),
        };
        let value = if lets.is_empty() {
            value
        } else {
            quote!({ #(#lets)* #value })
        };
        Body {
            value,
            ty: carrier.map(|c| c.ty),
        }
    }

    pub(super) fn closure(&self, body: &Body, span: Span) -> TokenStream {
        let at = Span::mixed_site().located_at(span);
        let value = &body.value;
        let is_used = self.fork.is_some() && mentions(value.clone(), &self.forks);
        let forks = if is_used {
            self.forks.to_token_stream()
        } else {
            quote_spanned!(at=> _)
        };
        match &body.ty {
            Some(ty) => quote_spanned!(at=> |#forks| -> #ty { #value }),
            None => quote_spanned!(at=> |#forks| #value),
        }
    }

    /// `forks.join(..)` of all bodies, the ones inside joined again.
    fn join(&self, bodies: &[Body], members: &[Member], settles: bool, forks: &TokenStream) -> TokenStream {
        let middle = bodies.len().div_ceil(2);
        let span = members[0].span;
        let at = Span::mixed_site().located_at(span);
        let left = self.side(&bodies[..middle], &members[..middle], settles);
        let right = self.side(&bodies[middle..], &members[middle..], settles);
        let method = Ident::new("join", at);
        quote_spanned!(at=> #forks.#method(#left, #right))
    }

    fn side(&self, bodies: &[Body], members: &[Member], settles: bool) -> TokenStream {
        let span = members[0].span;
        let [body] = bodies else {
            let at = Span::mixed_site().located_at(span);
            let inside = Joins::inside(self, at);
            let join = self.join(bodies, members, settles, &self.forks.to_token_stream());
            let take = Ident::new(if settles { "settle" } else { "claim" }, at);
            let value = quote_spanned!(at=> { #inside let (first, second) = #join; (first, second.#take()) });
            return self.closure(&Body { value, ty: None }, span);
        };
        self.closure(body, span)
    }

    fn inside(&self, at: Span) -> TokenStream {
        if self.fork.is_some() {
            return TokenStream::new();
        }
        let (forks, runtime, region) = (&self.forks, &self.runtime, &self.region);
        quote_spanned!(at=> let #forks = #runtime::Forks::mutual(#region);)
    }

    pub(super) fn layout(&mut self, group: &Group, unused: &BTreeSet<NodeId>) -> Layout {
        const ROLES: [&str; 8] = [
            "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth",
        ];
        let leaf = |(number, member): (usize, &Member)| Leaf {
            name: {
                // the place where rustc finds fault with the value's type
                let mut name = self.free.free(ROLES.get(number).copied().unwrap_or("next"));
                name.set_span(Span::mixed_site().located_at(member.span));
                name
            },
            is_unused: unused.contains(&member.node),
            has_question: member.has_question,
            span: Span::mixed_site().located_at(member.span),
        };
        let leaves: Vec<_> = group.members.iter().enumerate().map(leaf).collect();
        let settles = group.may_leave;
        let mut layout = Layout {
            pattern: TokenStream::new(),
            declare: Vec::new(),
            places: Vec::new(),
            settles,
        };
        layout.pattern = arrange(&leaves, true, settles, &mut layout, self.free);
        layout
    }
}

pub(super) fn mentions(tokens: TokenStream, name: &Ident) -> bool {
    tokens.into_iter().any(|token| match token {
        proc_macro2::TokenTree::Ident(ident) => ident == *name,
        proc_macro2::TokenTree::Group(group) => mentions(group.stream(), name),
        _ => false,
    })
}
/// The expression inside its parentheses, which mean nothing where it stands alone.
pub(super) fn without_parens(expr: Expr) -> Expr {
    match expr {
        Expr::Paren(paren) => without_parens(*paren.expr),
        other => other,
    }
}
