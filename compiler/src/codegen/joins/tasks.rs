//! A group's tasks as the closures of nested joins.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Expr, Stmt, Type};

use syn::visit_mut::VisitMut;

use super::layout::{Layout, Leaf, arrange};
use super::{Carrier, Joins, clones, visit_expr};
use crate::analysis::independence::Unit;
use crate::analysis::shares;
use crate::codegen::region;
use crate::explain;
use crate::lower::units::Unmark;
use crate::lower::{NodeId, uses};
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
            let mut own: Vec<_> = (0..group.members.len())
                .map(|member| tasks.remove(&(number, member)).expect("every member has its task"))
                .collect();
            let is_recursion = self.statements.is_none();
            self.explain(|| match is_recursion {
                true => Some(explain::of_group(group)),
                false => Some(explain::of_statements(group)),
            });
            let lets = group
                .members
                .iter()
                .map(|member| member.moved.iter().map(|n| &stmts[*n]).collect());
            let mut early = clones::early(&mut own, stmts, &group.members, self.recursion, self.free);
            if is_recursion {
                early.extend(self.early_arguments(&mut own, &lets.collect::<Vec<Vec<_>>>()));
            }
            let moved = group.members.iter().flat_map(|member| &member.moved);
            let declared: BTreeSet<_> = moved.flat_map(|n| Unit::Statement(&stmts[*n]).declares()).collect();
            let looking: Vec<_> = own.iter().filter(|_| is_recursion).collect();
            let shared = shares::of_calls(&looking, self.recursion, &declared);
            let handed = shares::of_arguments(&looking, &self.loops.function, self.recursion, &declared).cloned();
            let bodies: Vec<_> = group
                .members
                .iter()
                .zip(own)
                .zip(&layout.places)
                .map(|((plan, task), place)| {
                    let lets: Vec<_> = plan.moved.iter().map(|n| &stmts[*n]).collect();
                    match self.statements {
                        Some(_) => self.statement(plan, task, &lets, place.is_unused),
                        None => self.body(plan, task, &lets),
                    }
                })
                .collect();
            let at = Span::mixed_site().located_at(group.members[0].span);
            let hoisted = group.hoisted.iter().map(|n| &stmts[*n]);
            let (declare, pattern) = (&layout.declare, &layout.pattern);
            let forks = self.forks_at(at);
            let mut for_one = self.for_one.types(bodies.iter().map(|body| &body.value));
            if for_one.is_empty() {
                for_one.extend(&handed);
            }
            let forks = region::sharing_types(&for_one, forks.to_token_stream(), &self.loops.runtime);
            let forks = region::sharing(shared.as_slice(), forks, &self.loops.runtime);
            let join = self.join(&forks, &bodies, &group.members, layout.settles);
            let enter = self.enter(group.members[0].span);
            joins.push(quote_spanned!(at=> #enter #(#hoisted)* #early #(let #declare;)* let #pattern = #join;));
        }
        joins
    }

    /// Arguments like `done.clone()` are computed before the join where a later call takes `done` itself.
    fn early_arguments(&mut self, tasks: &mut [Expr], lets: &[Vec<&Stmt>]) -> TokenStream {
        let mut early = TokenStream::new();
        for number in (0..tasks.len()).rev() {
            let (earlier, later) = tasks.split_at_mut(number + 1);
            let lets = lets[number + 1..].iter().flatten().copied();
            let taken = clones::taken_by(&*later, lets, self.recursion);
            let is_call = self.recursion.call(&earlier[number]).is_some();
            let (Expr::Call(syn::ExprCall { args, .. }) | Expr::MethodCall(syn::ExprMethodCall { args, .. })) =
                &mut earlier[number]
            else {
                continue;
            };
            for argument in args.iter_mut().filter(|_| is_call) {
                let computes = matches!(argument, Expr::MethodCall(_) | Expr::Call(_) | Expr::Macro(_));
                let reads = |name: &String| uses::occurs(argument.to_token_stream(), name);
                if computes && !self.recursion.is_in(argument) && taken.iter().any(reads) {
                    let name = self.free.free("argument");
                    early = quote!(let #name = #argument; #early);
                    *argument = syn::parse_quote!(#name);
                }
            }
        }
        early
    }

    /// The region of a join of statements. A recursion's joins are all in one.
    fn enter(&mut self, span: Span) -> Option<TokenStream> {
        let region = self.statements.as_ref()?.region;
        let (site, statements) = (self.free.free("SITE"), self.free.free("statements"));
        let at = Span::mixed_site().located_at(span);
        let (region, forks) = (region(&site, &statements, at), self.forks_at(at));
        Some(quote_spanned!(at=> #region let #forks = #statements.forks();))
    }

    /// A unit as what a closure evaluates. Of a statement nobody wants the value, so it need not be `Send`.
    fn statement(&mut self, plan: &Member, mut task: Expr, lets: &[&Stmt], is_unused: bool) -> Body {
        Unmark(self.recursion).visit_expr_mut(&mut task);
        let task = without_parens(task);
        let is_block = matches!(
            task,
            Expr::ForLoop(_) | Expr::While(_) | Expr::Loop(_) | Expr::If(_) | Expr::Match(_) | Expr::Block(_)
        );
        let value = match (is_unused, lets.is_empty()) {
            // a `return;` that a macro hides has another type than this
            (true, _) if plan.has_unknown_macros => {
                let (runtime, at) = (&self.loops.runtime, Span::mixed_site().located_at(plan.span));
                let end = quote_spanned!(at=> #runtime::NoMacroLeavesHere);
                quote!({ #(#lets)* #task; #end })
            }
            (true, true) if is_bare_block(&task) => task.to_token_stream(),
            (true, _) if is_block => quote!({ #(#lets)* #task }),
            (true, _) => quote!({ #(#lets)* #task; }),
            (false, true) => task.to_token_stream(),
            (false, false) => quote!({ #(#lets)* #task }),
        };
        let carrier = self.carrier.clone().filter(|_| plan.has_question);
        let value = match &carrier {
            Some(Carrier { wrap, .. }) => quote!(#wrap(#value)),
            None => value,
        };
        Body {
            value,
            ty: carrier.map(|c| c.ty),
        }
    }

    /// A task as what a closure evaluates.
    fn body(&mut self, plan: &Member, mut task: Expr, lets: &[&Stmt]) -> Body {
        let bound = shares::with_bound(&[&task], &declared_by(lets));
        let around = self.inside.replace(bound);
        if plan.is_call {
            visit_expr(self, &mut task);
        } else {
            self.value(&mut task);
        }
        self.inside = around;
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

    /// `forks`, which has no type where a type of the function's is for one thread.
    pub(super) fn for_threads<'b>(
        &self,
        forks: TokenStream,
        bodies: impl Iterator<Item = &'b TokenStream> + Clone,
    ) -> TokenStream {
        region::sharing_types(&self.for_one.types(bodies), forks, &self.loops.runtime)
    }

    /// The variable that forks, where rustc shows the user's call.
    pub(super) fn forks_at(&self, at: Span) -> Ident {
        let mut forks = self.forks.clone();
        forks.set_span(at);
        forks
    }

    /// A side of a join. Calls that are handed no `forks` find out where they stand from the thread.
    pub(super) fn closure(&self, body: &Body, span: Span) -> TokenStream {
        let at = Span::mixed_site().located_at(span);
        let (value, forks) = (&body.value, &self.forks_at(at));
        let ty = body.ty.iter();
        let value = match &body.ty {
            Some(_) => quote_spanned!(at=> { #value }),
            None => value.clone(),
        };
        if self.fork.is_none() && self.statements.is_none() {
            return quote_spanned!(at=> |#forks| #forks.below(|| #(-> #ty)* #value));
        }
        let is_used = uses::occurs(value.clone(), &forks.to_string());
        let forks = if is_used {
            forks.to_token_stream()
        } else {
            quote_spanned!(at=> _)
        };
        quote_spanned!(at=> |#forks| #(-> #ty)* #value)
    }

    /// `forks.join(..)` of all bodies, the ones inside joined again.
    fn join(&self, forks: &TokenStream, bodies: &[Body], members: &[Member], settles: bool) -> TokenStream {
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
            let forks = self.forks_at(at);
            let join = self.join(&forks.to_token_stream(), bodies, members, settles);
            let take = Ident::new(if settles { "settle" } else { "claim" }, at);
            return quote_spanned!(at=> |#forks| { let (first, second) = #join; (first, second.#take()) });
        };
        self.closure(body, span)
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

fn declared_by(lets: &[&Stmt]) -> BTreeSet<String> {
    lets.iter().flat_map(|stmt| Unit::Statement(stmt).declares()).collect()
}

/// True for a loop or block without attributes, which only a statement may have.
fn is_bare_block(task: &Expr) -> bool {
    let attributes = match task {
        Expr::ForLoop(e) => &e.attrs,
        Expr::While(e) => &e.attrs,
        Expr::Block(e) => &e.attrs,
        _ => return false,
    };
    attributes.is_empty()
}

/// The expression inside its parentheses, which mean nothing where it stands alone.
pub(super) fn without_parens(expr: Expr) -> Expr {
    match expr {
        Expr::Paren(paren) => without_parens(*paren.expr),
        other => other,
    }
}
