//! Joins: the groups of a block become calls of the runtime's `join`, and each task's place takes its result.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ItemFn, ReturnType, Stmt, Type, parse_quote};

use crate::analysis::independence::{Footprint, Names, Unit};
use crate::lower::NodeId;
use crate::lower::guarded;
use crate::lower::recursion::{Form, Recursion};
use crate::names::FreeNames;
use crate::plan::divide::{Context, Failure, Group, Member, groups};

/// The type that a `?` leaves a task with, and what wraps the value of a task that doesn't leave.
#[derive(Clone, Debug)]
struct Carrier {
    ty: Type,
    wrap: TokenStream,
}

impl Carrier {
    /// `Option<_>` can be told by its name; everything else is taken for an alias of `Result` with the value's type first.
    fn of(function: &ItemFn) -> Option<Carrier> {
        let ReturnType::Type(_, ty) = &function.sig.output else {
            return None;
        };
        let Type::Path(path) = &**ty else { return None };
        let mut path = path.clone();
        let last = path.path.segments.last_mut()?;
        let wrap = match last.ident.to_string().as_str() {
            "Option" => quote!(::core::option::Option::Some),
            _ => quote!(::core::result::Result::Ok),
        };
        let syn::PathArguments::AngleBracketed(arguments) = &mut last.arguments else {
            return None;
        };
        *arguments.args.first_mut()? = parse_quote!(_);
        Some(Carrier {
            ty: Type::Path(path),
            wrap,
        })
    }
}

/// Rewrites a function's body.
pub(crate) struct Joins<'c> {
    recursion: &'c Recursion,
    names: &'c Names,
    free: &'c mut FreeNames,
    runtime: TokenStream,
    /// The variable that forks.
    forks: Ident,
    /// The rewritten function, if it is another one than the user's.
    fork: Option<Ident>,
    /// The region inside a task, where the surroundings are found again.
    region: TokenStream,
    carrier: Option<Carrier>,
    in_task: bool,
    may_split: bool,
    /// How many groups there were.
    pub(crate) joined: usize,
    /// Why other calls stay where they are.
    pub(crate) failures: Vec<Failure>,
}

impl<'c> Joins<'c> {
    /// A rewriter of the body of `function`.
    pub(crate) fn new(
        function: &ItemFn,
        recursion: &'c Recursion,
        names: &'c Names,
        free: &'c mut FreeNames,
        (runtime, region): (&TokenStream, TokenStream),
    ) -> Self {
        let forks = free.free("forks");
        let fork = (recursion.form == Form::Free).then(|| free.free("fork"));
        Joins {
            recursion,
            names,
            free,
            runtime: runtime.clone(),
            forks,
            fork,
            region,
            carrier: Carrier::of(function),
            in_task: false,
            may_split: true,
            joined: 0,
            failures: Vec::new(),
        }
    }

    /// The variable that forks.
    pub(crate) fn forks(&self) -> &Ident {
        &self.forks
    }

    /// The rewritten function's name.
    pub(crate) fn fork(&self) -> Option<&Ident> {
        self.fork.as_ref()
    }

    /// Rewrites a block whose statements are evaluated one after another.
    pub(crate) fn block(&mut self, block: &mut Block) {
        let mut groups = self.groups_of(block);
        if let Some(cut) = self.cut_guarded(block) {
            let failures = self.failures.len();
            let more = self.groups_of(&cut);
            if members(&more) > members(&groups) {
                *block = cut;
                groups = more;
            } else {
                self.failures.truncate(failures);
            }
        }
        match groups.iter().position(|group| !group.split.is_empty()) {
            Some(at) => return self.split_block(block, groups.into_iter().nth(at).expect("it was found there")),
            None if !groups.is_empty() => self.statements(&mut block.stmts, groups, &Split::default(), &[]),
            None => {}
        }
        block.stmts.iter_mut().for_each(|stmt| self.visit_stmt_mut(stmt));
    }

    fn groups_of(&mut self, block: &Block) -> Vec<Group> {
        let units: Vec<_> = block.stmts.iter().map(Unit::Statement).collect();
        self.groups(&units)
    }

    /// The block with its calls under conditions taken out of what is done with their results.
    fn cut_guarded(&mut self, block: &Block) -> Option<Block> {
        let last = block.stmts.len().saturating_sub(1);
        let mut stmts = Vec::new();
        let mut is_cut = false;
        for (number, stmt) in block.stmts.iter().enumerate() {
            let is_value = number == last && matches!(stmt, Stmt::Expr(_, None));
            let (recursion, names) = (self.recursion, self.names);
            let cut = (!is_value)
                .then(|| guarded::cut(stmt, recursion, names, || self.free.free("value")))
                .flatten();
            is_cut |= cut.is_some();
            stmts.extend(cut.unwrap_or_else(|| vec![stmt.clone()]));
        }
        is_cut.then_some(Block {
            brace_token: block.brace_token,
            stmts,
        })
    }

    /// From the group on there are two versions: one for parts that don't overlap, which is only known at run time, and
    /// one in order.
    fn split_block(&mut self, block: &mut Block, mut group: Group) {
        let at = group.at;
        let hoisted = std::mem::take(&mut group.hoisted);
        let before: Vec<_> = hoisted.iter().map(|number| block.stmts[*number].clone()).collect();
        let rest = block.stmts.iter().enumerate().skip(at);
        let rest = rest
            .filter(|(number, _)| !hoisted.contains(number))
            .map(|(_, stmt)| stmt.clone());
        let mut in_order = Block {
            brace_token: block.brace_token,
            stmts: rest.collect(),
        };
        let split = Split::of(&group, self.free);
        self.statements(&mut block.stmts, vec![group], &split, &hoisted);
        let mut apart = Block {
            brace_token: block.brace_token,
            stmts: block.stmts.split_off(at),
        };
        block.stmts.iter_mut().for_each(|stmt| self.visit_stmt_mut(stmt));
        self.block(&mut apart);
        let may_split = std::mem::replace(&mut self.may_split, false);
        self.block(&mut in_order);
        self.may_split = may_split;
        let condition = &split.condition;
        block.stmts.extend(before);
        block.stmts.push(Stmt::Expr(
            Expr::Verbatim(quote!(if #condition #apart else #in_order)),
            None,
        ));
    }

    fn groups(&mut self, units: &[Unit<'_>]) -> Vec<Group> {
        let context = Context {
            recursion: self.recursion,
            names: self.names,
            carries_question: self.carrier.is_some(),
            may_split: self.may_split,
        };
        groups(units, &context, &mut self.failures)
    }

    /// Rewrites an expression that stands alone: an arm's or a closure's value, a task.
    fn value(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Block(inner) if inner.label.is_none() => self.block(&mut inner.block),
            expr => {
                self.join_in(expr);
                visit_expr(self, expr);
            }
        }
    }

    /// Joins tasks in an expression, in a block around it.
    fn join_in(&mut self, expr: &mut Expr) {
        let groups = self.groups(&[Unit::Value(expr)]);
        if groups.is_empty() {
            return;
        }
        let mut in_order = expr.clone();
        let split = groups.iter().position(|group| !group.split.is_empty());
        let groups = match split {
            Some(at) => groups.into_iter().skip(at).take(1).collect(),
            None => groups,
        };
        let parts = split.map(|_| Split::of(&groups[0], self.free)).unwrap_or_default();
        let none = BTreeSet::new();
        let layouts: Vec<_> = groups.iter().map(|group| self.layout(group, &none)).collect();
        let mut extract = Extract::new(&groups, &layouts, &parts);
        extract.visit_expr_mut(expr);
        let tasks = extract.tasks;
        let joins = self.joins(&groups, &layouts, tasks, &[]);
        if split.is_none() {
            *expr = parse_quote!({ #(#joins)* #expr });
            return;
        }
        visit_expr(self, expr);
        let may_split = std::mem::replace(&mut self.may_split, false);
        self.value(&mut in_order);
        self.may_split = may_split;
        let condition = &parts.condition;
        // finished: nothing in it is to be looked at again
        *expr = Expr::Verbatim(quote!({ if #condition { #(#joins)* #expr } else { #in_order } }));
    }

    /// Joins the groups of a block; the statements `gone` are left out.
    fn statements(&mut self, stmts: &mut Vec<Stmt>, groups: Vec<Group>, split: &Split, gone: &[usize]) {
        let unused = unused(stmts);
        let layouts: Vec<_> = groups.iter().map(|group| self.layout(group, &unused)).collect();
        let mut extract = Extract::new(&groups, &layouts, split);
        stmts.iter_mut().for_each(|stmt| extract.visit_stmt_mut(stmt));
        let tasks = extract.tasks;
        let joins = self.joins(&groups, &layouts, tasks, stmts);
        let mut joins: BTreeMap<usize, Vec<TokenStream>> =
            groups
                .iter()
                .zip(joins)
                .fold(BTreeMap::new(), |mut all, (group, join)| {
                    all.entry(group.at).or_default().push(join);
                    all
                });
        let moved: BTreeSet<_> = groups
            .iter()
            .flat_map(|g| &g.members)
            .flat_map(|m| m.moved.clone())
            .collect();
        let hoisted: BTreeSet<_> = groups
            .iter()
            .flat_map(|g| g.hoisted.clone())
            .chain(gone.iter().copied())
            .collect();
        let mut output: Vec<Stmt> = Vec::new();
        for (number, stmt) in std::mem::take(stmts).into_iter().enumerate() {
            for join in joins.remove(&number).unwrap_or_default() {
                output.push(Stmt::Expr(Expr::Verbatim(join), None));
            }
            let is_gone = matches!(&stmt, Stmt::Expr(Expr::Verbatim(tokens), _) if tokens.is_empty());
            if !is_gone && !moved.contains(&number) && !hoisted.contains(&number) {
                output.push(stmt);
            }
        }
        *stmts = output;
    }

    /// The statements that join, one a group; what they take from `stmts` stays there.
    fn joins(
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
    fn surroundings(&self, at: Span) -> (TokenStream, TokenStream) {
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

    fn closure(&self, body: &Body, span: Span) -> TokenStream {
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

    fn layout(&mut self, group: &Group, unused: &BTreeSet<NodeId>) -> Layout {
        const ROLES: [&str; 8] = [
            "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth",
        ];
        let leaf = |(number, member): (usize, &Member)| Leaf {
            name: self.free.free(ROLES.get(number).copied().unwrap_or("next")),
            is_unused: unused.contains(&member.node),
            has_question: member.has_question,
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

    /// `a || b || c` whose operands run side by side; what is not needed is not seen.
    fn chain(&mut self, expr: &mut Expr) -> bool {
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
        let (ambient, forks) = self.surroundings(at);
        let was_in_task = std::mem::replace(&mut self.in_task, true);
        self.value(&mut first);
        let rest_span = rest
            .iter()
            .find_map(|operand| self.recursion.first_call(operand))
            .map_or(span, |call| call.span());
        let rest = self.lazily(rest, op);
        self.in_task = was_in_task;
        let left = self.closure(
            &Body {
                value: without_parens(first).to_token_stream(),
                ty: None,
            },
            span,
        );
        let right = self.closure(&Body { value: rest, ty: None }, rest_span);
        let (first, second) = (self.free.free("first"), self.free.free("second"));
        let is_final = if matches!(op, syn::BinOp::Or(_)) {
            quote!(*#first)
        } else {
            quote!(!*#first)
        };
        quote_spanned! {at=>
            {
                #ambient
                let (#first, #second) = #forks.join_unless(|#first: &::core::primitive::bool| #is_final, #left, #right);
                #first #op #second.claim()
            }
        }
    }

    /// Calls inside the rewritten function go to the rewritten function.
    fn rename(&self, expr: &mut Expr) {
        let Some(fork) = &self.fork else { return };
        match expr {
            Expr::Call(call) => {
                let Expr::Path(path) = &mut *call.func else { return };
                let last = path.path.segments.last_mut().expect("a path has a segment");
                let at = Span::mixed_site().located_at(last.ident.span());
                last.ident = Ident::new(&fork.to_string(), at);
                let mut forks = self.forks.clone();
                forks.set_span(at);
                call.args.insert(0, parse_quote!(#forks));
            }
            Expr::Path(path) => {
                let arity = self.recursion.parameters.as_ref().map_or(0, Vec::len);
                let at = Span::mixed_site().located_at(path.path.segments[0].ident.span());
                let arguments: Vec<_> = (0..arity).map(|n| format_ident!("argument_{n}", span = at)).collect();
                let mut fork = path.clone();
                fork.path.segments[0].ident = Ident::new(&self.fork.as_ref().expect("it is free").to_string(), at);
                let forks = &self.forks;
                *expr = parse_quote!(|#(#arguments),*| #fork(#forks, #(#arguments),*));
            }
            _ => {}
        }
    }
}

/// What a closure evaluates, and the type to write down for it.
struct Body {
    value: TokenStream,
    ty: Option<Type>,
}

impl VisitMut for Joins<'_> {
    fn visit_block_mut(&mut self, node: &mut Block) {
        self.block(node);
    }

    fn visit_arm_mut(&mut self, node: &mut syn::Arm) {
        visit_mut::visit_pat_mut(self, &mut node.pat);
        self.value(&mut node.body);
    }

    fn visit_expr_closure_mut(&mut self, node: &mut syn::ExprClosure) {
        let carrier = self.carrier.take();
        self.value(&mut node.body);
        self.carrier = carrier;
    }

    fn visit_expr_mut(&mut self, node: &mut Expr) {
        if !self.recursion.is_in(node) {
            return;
        }
        let is_value = match node {
            Expr::Binary(binary) => !is_lazy(&binary.op) && !crate::lower::tasks::is_compound(&binary.op),
            Expr::Call(_) | Expr::MethodCall(_) | Expr::Tuple(_) | Expr::Array(_) | Expr::Struct(_) => true,
            _ => false,
        };
        if is_value {
            self.join_in(node);
        }
        visit_expr(self, node);
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

/// Goes on inside an expression whose own tasks have been looked at.
fn visit_expr(joins: &mut Joins<'_>, node: &mut Expr) {
    let is_call = joins.recursion.call(node).is_some();
    if joins.chain(node) {
        return;
    }
    match node {
        Expr::Path(path) if joins.recursion.is_path(path) => joins.rename(node),
        Expr::Call(call) if is_call => {
            call.args.iter_mut().for_each(|argument| joins.visit_expr_mut(argument));
            joins.rename(node);
        }
        node => visit_mut::visit_expr_mut(joins, node),
    }
}

fn is_lazy(op: &syn::BinOp) -> bool {
    matches!(op, syn::BinOp::And(_) | syn::BinOp::Or(_))
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

fn mentions(tokens: TokenStream, name: &Ident) -> bool {
    tokens.into_iter().any(|token| match token {
        proc_macro2::TokenTree::Ident(ident) => ident == *name,
        proc_macro2::TokenTree::Group(group) => mentions(group.stream(), name),
        _ => false,
    })
}

fn members(groups: &[Group]) -> usize {
    groups.iter().map(|group| group.members.len()).sum()
}

/// The expression inside its parentheses, which mean nothing where it stands alone.
fn without_parens(expr: Expr) -> Expr {
    match expr {
        Expr::Paren(paren) => without_parens(*paren.expr),
        other => other,
    }
}

/// The expression statements whose value nobody uses.
fn unused(stmts: &[Stmt]) -> BTreeSet<NodeId> {
    let last = stmts.len().saturating_sub(1);
    let is_unused = |(number, stmt)| match stmt {
        &Stmt::Expr(ref expr, ref semi) if semi.is_some() || number != last => Some(NodeId::of(expr)),
        _ => None,
    };
    stmts.iter().enumerate().filter_map(is_unused).collect()
}

/// One task's result.
struct Leaf {
    name: Ident,
    is_unused: bool,
    has_question: bool,
}

/// How a task's place gets at its result.
#[derive(Clone, Debug)]
struct Place {
    /// What runs first.
    before: TokenStream,
    /// The value, or what must be done although nobody uses it.
    value: Option<TokenStream>,
    /// The value is a variable.
    is_plain: bool,
    is_unused: bool,
    has_question: bool,
}

impl Place {
    fn expr(&self, as_rvalue: bool) -> Expr {
        let (before, value) = (&self.before, self.value.clone().unwrap_or_default());
        if self.is_unused {
            let question = self.has_question.then(|| quote!(?));
            let semi = self.value.as_ref().map(|_| quote!(;));
            return Expr::Verbatim(quote!(#before #value #question #semi));
        }
        let value = if as_rvalue && self.is_plain {
            quote!(::core::convert::identity(#value))
        } else {
            value
        };
        let question = self.has_question.then(|| quote!(?));
        match before.is_empty() {
            true => parse_quote!(#value #question),
            false => parse_quote!({ #before #value #question }),
        }
    }
}

/// Where the results of a group go.
struct Layout {
    pattern: TokenStream,
    declare: Vec<Ident>,
    places: Vec<Place>,
    settles: bool,
}

/// The pattern for the joined `leaves`; their places are added to the layout.
fn arrange(leaves: &[Leaf], is_claim: bool, settles: bool, layout: &mut Layout, free: &mut FreeNames) -> TokenStream {
    if let [leaf] = leaves {
        let name = &leaf.name;
        let value = (!leaf.is_unused || leaf.has_question).then(|| quote!(#name));
        let pattern = value.clone().unwrap_or_else(|| quote!(_));
        let (is_unused, has_question) = (leaf.is_unused, leaf.has_question);
        layout.places.push(Place {
            before: TokenStream::new(),
            value,
            is_plain: true,
            is_unused,
            has_question,
        });
        return pattern;
    }
    let middle = leaves.len().div_ceil(2);
    let left = arrange(&leaves[..middle], settles, settles, layout, free);
    let at = layout.places.len();
    let right = arrange(&leaves[middle..], settles, settles, layout, free);
    if !is_claim {
        return quote!((#left, #right));
    }
    let first = &mut layout.places[at];
    let right = if let [leaf] = &leaves[middle..] {
        let name = &leaf.name;
        first.value = Some(quote!(#name.claim()));
        first.is_plain = false;
        quote!(#name)
    } else {
        let rest = free.free("rest");
        let before = &first.before;
        first.before = quote!(#right = #rest.claim(); #before);
        let names = idents(right);
        layout.declare.extend(names);
        quote!(#rest)
    };
    quote!((#left, #right))
}

fn idents(tokens: TokenStream) -> Vec<Ident> {
    let of = |token| match token {
        proc_macro2::TokenTree::Ident(ident) if ident != "_" => vec![ident],
        proc_macro2::TokenTree::Group(group) => idents(group.stream()),
        _ => Vec::new(),
    };
    tokens.into_iter().flat_map(of).collect()
}

/// The parts of slices that the tasks of a group are lent.
#[derive(Default)]
struct Split {
    /// Each part's expression and the variable that stands for it.
    parts: BTreeMap<NodeId, Ident>,
    /// `let (Ok([part, ..]), ..) = (slice.get_disjoint_mut([range, ..]), ..)`
    condition: TokenStream,
}

impl Split {
    fn of(group: &Group, free: &mut FreeNames) -> Split {
        let mut parts = BTreeMap::new();
        let (mut patterns, mut values) = (Vec::new(), Vec::new());
        for base in &group.split {
            let lent = group.members.iter().flat_map(|member| &member.parts);
            let lent: Vec<_> = lent.filter(|part| part.base.is_same(base)).collect();
            let names: Vec<_> = lent.iter().map(|_| free.free("part")).collect();
            let ranges = lent.iter().map(|part| part.range());
            let slice = &lent[0].tokens;
            patterns.push(quote!(::core::result::Result::Ok([#(#names),*])));
            values.push(quote!(#slice.get_disjoint_mut([#(#ranges),*])));
            parts.extend(lent.iter().zip(&names).map(|(part, name)| (part.node, name.clone())));
        }
        let condition = match (&patterns[..], &values[..]) {
            ([pattern], [value]) => quote!(let #pattern = #value),
            _ => quote!(let (#(#patterns),*) = (#(#values),*)),
        };
        Split { parts, condition }
    }
}

/// Takes the tasks out of the code and leaves their places.
struct Extract<'s> {
    split: &'s Split,
    places: BTreeMap<NodeId, (usize, usize, Place)>,
    rvalues: BTreeSet<NodeId>,
    tasks: BTreeMap<(usize, usize), Expr>,
}

impl<'s> Extract<'s> {
    fn new(groups: &[Group], layouts: &[Layout], split: &'s Split) -> Extract<'s> {
        let mut places = BTreeMap::new();
        for (number, (group, layout)) in groups.iter().zip(layouts).enumerate() {
            for (at, (member, place)) in group.members.iter().zip(&layout.places).enumerate() {
                places.insert(member.node, (number, at, place.clone()));
            }
        }
        Extract {
            split,
            places,
            rvalues: BTreeSet::new(),
            tasks: BTreeMap::new(),
        }
    }
}

/// Puts the variables for parts of slices in their places.
struct Lend<'s>(&'s Split);

impl VisitMut for Lend<'_> {
    fn visit_expr_mut(&mut self, node: &mut Expr) {
        match self.0.parts.get(&NodeId::of(node)) {
            Some(part) => *node = parse_quote!(#part),
            None => visit_mut::visit_expr_mut(self, node),
        }
    }
}

impl VisitMut for Extract<'_> {
    fn visit_expr_mut(&mut self, node: &mut Expr) {
        let id = NodeId::of(node);
        if let Some((group, member, place)) = self.places.remove(&id) {
            Lend(self.split).visit_expr_mut(node);
            let task = std::mem::replace(node, place.expr(self.rvalues.contains(&id)));
            self.tasks.insert((group, member), task);
            return;
        }
        match node {
            Expr::MethodCall(call) => self.rvalues.insert(NodeId::of(&*call.receiver)),
            Expr::Reference(reference) => self.rvalues.insert(NodeId::of(&*reference.expr)),
            Expr::Field(field) => self.rvalues.insert(NodeId::of(&*field.base)),
            Expr::Index(index) => self.rvalues.insert(NodeId::of(&*index.expr)),
            _ => false,
        };
        visit_mut::visit_expr_mut(self, node);
    }

    fn visit_stmt_mut(&mut self, node: &mut Stmt) {
        visit_mut::visit_stmt_mut(self, node);
        // a place that nobody uses is a statement already
        if let Stmt::Expr(Expr::Verbatim(_), semi) = node {
            *semi = None;
        }
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}
