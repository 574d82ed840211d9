//! `for_each` and `fold` are loops: they are rewritten into that form before anything else looks at them.
//!
//! `CHAIN.for_each(|x| BODY)` is `for x in CHAIN BODY`, and `CHAIN.fold(INIT, |acc, x| E)` is
//! `{ let mut acc = INIT; for x in CHAIN { acc = E; } acc }`. A `fold` that is not what the function returns, and whose
//! operation can't be read off its closure, stays.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::Visit;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Block, Expr, ExprClosure, ExprForLoop, ExprMethodCall, ItemFn, Pat, Stmt, Token, Type};

use super::NodeId;
use super::accesses::{self, Outside, Touch};
use super::bindings::{bindings, renamed};
use super::chains::{self, Evidence};
use super::updates::{self, Operation, Target};
use super::uses;
use super::variables::{self, Variable};
use crate::diagnostics::ends;

/// The accumulator of a `fold` that is given a function by its name.
pub(crate) const FOLDED: &str = "folded_so_far";

/// Rewrites the calls that may become kernels; `fold` where the attribute takes loops that accumulate.
pub(crate) fn normalise(function: &mut ItemFn, accumulates: bool) {
    if !is_marked(function) {
        let tail = chains::in_tail(function);
        let mut declared = Declared(Vec::new());
        declared.visit_block(&function.block);
        let normalise = &mut Normalise {
            tail,
            accumulates,
            variables: declared.0,
        };
        normalise.visit_block_mut(&mut function.block);
    }
}

/// With `#[par]` anywhere, only what is marked becomes a kernel.
pub(super) fn is_marked(function: &ItemFn) -> bool {
    let mut marked = HasMark(false);
    marked.visit_block(&function.block);
    marked.0
}

/// True if something is marked to be left sequential.
pub(crate) fn is_left_out(function: &ItemFn) -> bool {
    struct LeftAlone(bool);

    impl<'a> Visit<'a> for LeftAlone {
        fn visit_attribute(&mut self, attribute: &'a Attribute) {
            self.0 |= attribute.path().is_ident("seq");
        }

        fn visit_item(&mut self, _: &'a syn::Item) {}
    }

    let mut alone = LeftAlone(false);
    alone.visit_block(&function.block);
    alone.0
}

struct HasMark(bool);

impl<'a> Visit<'a> for HasMark {
    fn visit_attribute(&mut self, attribute: &'a Attribute) {
        self.0 |= attribute.path().is_ident("par");
    }

    fn visit_item(&mut self, _: &'a syn::Item) {}
}

/// The variables that the function declares, but for names that it declares more than once.
struct Declared(Vec<Variable>);

impl<'a> Visit<'a> for Declared {
    fn visit_local(&mut self, node: &'a syn::Local) {
        let value = node.init.as_ref().map(|init| &*init.expr);
        for mut variable in variables::of_let(&node.pat, value) {
            if self.0.iter().any(|known| known.name == variable.name) {
                variable.init = None;
            }
            self.0.push(variable);
        }
        syn::visit::visit_local(self, node);
    }

    fn visit_item(&mut self, _: &'a syn::Item) {}
}

struct Normalise {
    tail: BTreeSet<NodeId>,
    accumulates: bool,
    variables: Vec<Variable>,
}

pub(super) fn is_left_alone(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|a| a.path().is_ident("seq"))
}

impl VisitMut for Normalise {
    fn visit_expr_mut(&mut self, node: &mut Expr) {
        if let Expr::MethodCall(call) = node
            && is_left_alone(&call.attrs)
        {
            return;
        }
        visit_mut::visit_expr_mut(self, node);
        let Expr::MethodCall(call) = node else { return };
        if chains::evidence(&call.receiver, &self.variables) < Evidence::Strong {
            return;
        }
        let replacement = match (call.method.to_string().as_str(), call.args.len()) {
            ("for_each", 1) => for_each(call),
            ("fold", 2) if self.accumulates => fold(call, self.tail.contains(&NodeId::of(call))),
            _ => None,
        };
        if let Some(replacement) = replacement {
            *node = replacement;
        }
    }

    fn visit_local_mut(&mut self, node: &mut syn::Local) {
        if !is_left_alone(&node.attrs) {
            visit_mut::visit_local_mut(self, node);
        }
    }

    fn visit_expr_for_loop_mut(&mut self, _: &mut ExprForLoop) {}

    fn visit_expr_while_mut(&mut self, _: &mut syn::ExprWhile) {}

    fn visit_expr_loop_mut(&mut self, _: &mut syn::ExprLoop) {}

    fn visit_expr_closure_mut(&mut self, _: &mut ExprClosure) {}

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

fn for_each(call: &ExprMethodCall) -> Option<Expr> {
    let Expr::Closure(closure) = &call.args[0] else {
        return None;
    };
    let mut body = body(closure)?;
    let item = closure.inputs.first().filter(|_| closure.inputs.len() == 1)?;
    if let Some(Stmt::Expr(_, semicolon @ None)) = body.stmts.last_mut() {
        *semicolon = Some(Token![;](call.method.span()));
    }
    let leaves = returns(&body);
    if leaves {
        Continue.visit_block_mut(&mut body);
    }
    Some(Expr::ForLoop(for_loop(call, item, body, leaves)))
}

pub(super) fn for_loop(call: &ExprMethodCall, item: &Pat, mut body: Block, labelled: bool) -> ExprForLoop {
    let chain = &call.receiver;
    let pattern = match item {
        Pat::Type(typed) => {
            let name = Ident::new("item", Span::mixed_site());
            let (pattern, ty) = (&typed.pat, &typed.ty);
            body.stmts.insert(0, syn::parse_quote!(let #pattern: #ty = #name;));
            syn::parse_quote!(#name)
        }
        other => other.clone(),
    };
    let mut node: ExprForLoop = match labelled {
        true => {
            let label = label();
            syn::parse_quote!(#label: for _ in #chain #body)
        }
        false => syn::parse_quote!(for _ in #chain #body),
    };
    *node.pat = pattern;
    node.for_token.span = call.method.span();
    node
}

fn label() -> syn::Lifetime {
    syn::Lifetime::new("'item", Span::mixed_site())
}

/// The body as a block.
pub(super) fn body(closure: &ExprClosure) -> Option<Block> {
    if closure.asyncness.is_some() {
        return None;
    }
    Some(match &*closure.body {
        Expr::Block(block) if block.label.is_none() && block.attrs.is_empty() => block.block.clone(),
        other => syn::parse_quote!({ #other }),
    })
}

/// True if the closure's body returns from the middle.
pub(super) fn returns(body: &Block) -> bool {
    struct Returns(bool);
    impl<'a> Visit<'a> for Returns {
        fn visit_expr_return(&mut self, _: &'a syn::ExprReturn) {
            self.0 = true;
        }

        fn visit_expr_try(&mut self, _: &'a syn::ExprTry) {
            self.0 = true;
        }

        fn visit_expr_closure(&mut self, _: &'a ExprClosure) {}

        fn visit_item(&mut self, _: &'a syn::Item) {}
    }
    let mut returns = Returns(false);
    returns.visit_block(body);
    returns.0
}

/// `return` in the closure goes on with the next item.
struct Continue;

impl VisitMut for Continue {
    fn visit_expr_mut(&mut self, node: &mut Expr) {
        visit_mut::visit_expr_mut(self, node);
        if let Expr::Return(leave) = node {
            let label = label();
            *node = match &leave.expr {
                None => syn::parse_quote!(continue #label),
                Some(value) => syn::parse_quote!({ #value; continue #label }),
            };
        }
    }

    fn visit_expr_closure_mut(&mut self, _: &mut ExprClosure) {}

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

fn fold(call: &ExprMethodCall, in_tail: bool) -> Option<Expr> {
    let start = &call.args[0];
    let Folding {
        declared,
        ty,
        node,
        names,
    } = folding(call, &call.args[1])?;
    // several values in a fold are carried along, as in a loop
    if !in_tail && names.len() == 1 && !is_recognised(&node, &names) {
        return None;
    }
    let ty = ty.or_else(|| turbofish(call));
    let ty = ty.map(|ty| quote::quote!(: #ty));
    let result: Expr = match &names[..] {
        [one] => syn::parse_quote!(#one),
        several => syn::parse_quote!((#(#several),*)),
    };
    Some(syn::parse_quote!({
        let #declared #ty = #start;
        #node
        #result
    }))
}

/// A fold as a loop.
pub(super) struct Folding {
    /// The accumulator's pattern.
    pub(super) declared: Pat,
    /// Its type, if the closure says it.
    pub(super) ty: Option<Type>,
    pub(super) node: ExprForLoop,
    /// The accumulator's names.
    pub(super) names: Vec<Ident>,
}

/// The loop for a fold by `function`.
pub(super) fn folding(call: &ExprMethodCall, function: &Expr) -> Option<Folding> {
    let (mut declared, ty, item, mut body, mut names): (Pat, _, Pat, _, Vec<Ident>) = match function {
        Expr::Closure(closure) => {
            let [acc, item] = &closure.inputs.iter().collect::<Vec<_>>()[..] else {
                return None;
            };
            let (acc, ty) = match acc {
                Pat::Type(typed) => (&*typed.pat, Some((*typed.ty).clone())),
                other => (*other, None),
            };
            let body = body(closure)?;
            if returns(&body) {
                return None;
            }
            let names = bindings(acc).into_iter().map(|b| b.ident).collect();
            (mutable(acc)?, ty, (*item).clone(), body, names)
        }
        function if matches!(updates::strip(function), Expr::Path(_)) => {
            let here = |name: &str| Ident::new(name, Span::mixed_site().located_at(ends(function).0));
            let (acc, item) = (here(FOLDED), here("item"));
            let body: Block = syn::parse_quote!({ #function(#acc, #item) });
            (
                syn::parse_quote!(mut #acc),
                None,
                syn::parse_quote!(#item),
                body,
                vec![acc],
            )
        }
        _ => return None,
    };
    if names.is_empty() {
        return None;
    }
    for name in names.iter_mut().filter(|name| is_in_chain(call, name)) {
        let other = other_name(call, name);
        body = renamed(&body, name, &other)?;
        rebind(&mut declared, name, &other);
        *name = other;
    }
    unshadow(&mut body, &names, call)?;
    assign(&mut body, &names, call.method.span())?;
    let node = for_loop(call, &item, body, false);
    Some(Folding {
        declared,
        ty,
        node,
        names,
    })
}

/// `let sum = sum + x;` in the body is a variable of another name, so that the accumulator can be set behind it.
fn unshadow(body: &mut Block, names: &[Ident], call: &ExprMethodCall) -> Option<()> {
    for at in 0..body.stmts.len() {
        let Stmt::Local(local) = &body.stmts[at] else { continue };
        let bound = bindings(&local.pat).into_iter().map(|b| b.ident);
        let shadowing: Vec<Ident> = bound.filter(|name| names.contains(name)).collect();
        for name in shadowing {
            let mut text = format!("{name}_now");
            while uses::occurs(call.to_token_stream(), &text) || uses::occurs(body.to_token_stream(), &text) {
                text.push('_');
            }
            let other = Ident::new(&text, name.span());
            let behind = Block {
                brace_token: body.brace_token,
                stmts: body.stmts.split_off(at + 1),
            };
            body.stmts.extend(renamed(&behind, &name, &other)?.stmts);
            if let Stmt::Local(local) = &mut body.stmts[at] {
                rebind(&mut local.pat, &name, &other);
            }
        }
    }
    Some(())
}

/// True if the chain uses the name for something else: a loop in which an accumulator had it would hide that.
fn is_in_chain(call: &ExprMethodCall, name: &Ident) -> bool {
    uses::occurs(call.receiver.to_token_stream(), &name.to_string())
}

/// A name that doesn't occur in the call.
fn other_name(call: &ExprMethodCall, name: &Ident) -> Ident {
    let mut other = format!("{name}_so_far");
    while uses::occurs(call.to_token_stream(), &other) {
        other.push('_');
    }
    Ident::new(&other, name.span())
}

/// The pattern binds another name.
fn rebind(pattern: &mut Pat, old: &Ident, new: &Ident) {
    match pattern {
        Pat::Ident(ident) if ident.ident == *old => ident.ident = new.clone(),
        Pat::Tuple(tuple) => tuple.elems.iter_mut().for_each(|elem| rebind(elem, old, new)),
        Pat::Type(typed) => rebind(&mut typed.pat, old, new),
        _ => {}
    }
}

/// The law of a `reduce`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reduction {
    /// That of an operation.
    By(Operation),
    /// That of an order.
    Extremum,
}

/// The law by which `CHAIN.reduce(f)` may be done in pieces, if it can be read off `f`.
pub(crate) fn reduction(call: &ExprMethodCall) -> Option<Reduction> {
    if call.method != "reduce" || call.args.len() != 1 {
        return None;
    }
    let Folding { node, names, .. } = folding(call, &call.args[0])?;
    let found = accesses::of_loop(&node, &Accumulators(&names));
    match &found.list[..] {
        [access] => match &access.touch {
            Touch::Update(update) if update.target == Target::Whole && access.place.is_variable() => {
                match (&update.extremum, update.operation, update.swapped) {
                    (Some(_), ..) => Some(Reduction::Extremum),
                    (None, Operation::Sub, _) | (None, _, true) => None,
                    (None, operation, false) => Some(Reduction::By(operation)),
                }
            }
            _ => None,
        },
        _ => None,
    }
}

fn turbofish(call: &ExprMethodCall) -> Option<Type> {
    match call.turbofish.as_ref()?.args.first()? {
        syn::GenericArgument::Type(Type::Infer(_)) => None,
        syn::GenericArgument::Type(ty) => Some(ty.clone()),
        _ => None,
    }
}

/// The accumulator's pattern with every name `mut`: a name or a tuple of names.
fn mutable(pattern: &Pat) -> Option<Pat> {
    match pattern {
        Pat::Ident(ident) if ident.by_ref.is_none() && ident.subpat.is_none() => {
            let name = &ident.ident;
            Some(syn::parse_quote!(mut #name))
        }
        Pat::Tuple(tuple) => {
            let names: Option<Vec<Pat>> = tuple.elems.iter().map(mutable).collect();
            let names = names.filter(|_| tuple.elems.iter().all(|p| matches!(p, Pat::Ident(_))))?;
            Some(syn::parse_quote!((#(#names),*)))
        }
        _ => None,
    }
}

/// The closure's value becomes an assignment to the accumulators.
fn assign(body: &mut Block, names: &[Ident], at: Span) -> Option<()> {
    let value = match body.stmts.pop()? {
        Stmt::Expr(value, None) => value,
        _ => return None,
    };
    body.stmts.extend(assigned(value, names, at)?);
    Some(())
}

fn assigned(mut value: Expr, names: &[Ident], at: Span) -> Option<Vec<Stmt>> {
    match &mut value {
        Expr::Block(block) if block.label.is_none() => {
            assign(&mut block.block, names, at)?;
            return Some(vec![Stmt::Expr(value, None)]);
        }
        // `if a > b { a } else { b }` is the larger of the two
        Expr::If(branch) if matches!((names, &branch.then_branch.stmts[..]), ([name], [Stmt::Expr(Expr::Path(path), None)]) if path.path.is_ident(name)) =>
        {
            let name = &names[0];
            return Some(vec![syn::parse_quote!(#name = #value;)]);
        }
        Expr::If(branch) => {
            assign(&mut branch.then_branch, names, at)?;
            let (_, otherwise) = branch.else_branch.as_mut()?;
            let stmts = assigned((**otherwise).clone(), names, at)?;
            match &stmts[..] {
                // nothing is left to do
                [] => branch.else_branch = None,
                [Stmt::Expr(block @ (Expr::Block(_) | Expr::If(_)), None)] => {
                    let empty = matches!(block, Expr::Block(b) if b.block.stmts.is_empty());
                    if empty {
                        branch.else_branch = None;
                    } else {
                        **otherwise = block.clone();
                    }
                }
                stmts => **otherwise = syn::parse_quote!({ #(#stmts)* }),
            }
            return Some(vec![Stmt::Expr(value, None)]);
        }
        Expr::Match(choice) => {
            for arm in &mut choice.arms {
                let stmts = assigned((*arm.body).clone(), names, at)?;
                *arm.body = syn::parse_quote!({ #(#stmts)* });
            }
            return Some(vec![Stmt::Expr(value, None)]);
        }
        _ => {}
    }
    let is = |expr: &Expr, name: &Ident| matches!(expr, Expr::Path(path) if path.path.is_ident(name));
    let set = |name: &Ident, value: &Expr| {
        // an error about the update is shown where the value is
        let mut name_here = name.clone();
        name_here.set_span(name.span().located_at(ends(value).0));
        (!is(value, name)).then(|| syn::parse_quote!(#name_here = #value;))
    };
    match (names, &value) {
        ([name], Expr::Tuple(values)) if !values.elems.is_empty() => {
            let fields = values.elems.iter().enumerate();
            let apart = fields
                .clone()
                .all(|(j, value)| only_field(value.to_token_stream(), name, j));
            let stmts = fields.filter_map(|(j, value)| {
                let mut name_here = name.clone();
                name_here.set_span(name.span().located_at(ends(value).0));
                let field = syn::Index::from(j);
                let place: Expr = syn::parse_quote!(#name_here.#field);
                (place.to_token_stream().to_string() != value.to_token_stream().to_string())
                    .then(|| syn::parse_quote!(#place = #value;))
            });
            apart.then(|| stmts.collect())
        }
        ([name], value) => Some(set(name, value).into_iter().collect()),
        (several, Expr::Tuple(values)) if values.elems.len() == several.len() => {
            // each is set from its own old value only
            let apart = several.iter().enumerate().all(|(i, name)| {
                values
                    .elems
                    .iter()
                    .enumerate()
                    .all(|(j, value)| i == j || !uses::occurs(value.to_token_stream(), &name.to_string()))
            });
            if !apart {
                // at once, each from the old values of the others
                let values = &values.elems;
                return Some(vec![syn::parse_quote!((#(#several),*) = (#values);)]);
            }
            let each = several.iter().zip(&values.elems);
            Some(each.filter_map(|(name, value)| set(name, value)).collect())
        }
        _ => None,
    }
}

/// True if all of `name` that occurs is its field `field`.
fn only_field(tokens: TokenStream, name: &Ident, field: usize) -> bool {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(ident) if ident == *name => {
                let dot = tokens.next().is_some_and(|t| t.to_string() == ".");
                if !dot || tokens.peek().is_none_or(|t| t.to_string() != field.to_string()) {
                    return false;
                }
            }
            TokenTree::Group(group) if !only_field(group.stream(), name, field) => return false,
            _ => {}
        }
    }
    true
}

/// The accumulators of a fold, for the walker.
struct Accumulators<'n>(&'n [Ident]);

impl Outside for Accumulators<'_> {
    fn is_variable(&self, name: &str) -> bool {
        self.0.iter().any(|ident| ident == name)
    }

    fn is_mutable_reference(&self, _: &str) -> bool {
        false
    }

    fn may_change(&self, name: &str) -> bool {
        self.is_variable(name)
    }
}

/// True if all that happens to the accumulators are updates.
fn is_recognised(node: &ExprForLoop, names: &[Ident]) -> bool {
    let found = accesses::of_loop(node, &Accumulators(names));
    !found.list.is_empty()
        && found
            .list
            .iter()
            .all(|access| matches!(access.touch, Touch::Update(_) | Touch::Guarded(_) | Touch::Best(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normal(text: &str) -> String {
        let mut function: ItemFn = syn::parse_str(&format!("fn f() {{ let r = {text}; r }}")).unwrap();
        normalise(&mut function, true);
        function.block.stmts[0].to_token_stream().to_string()
    }

    #[test]
    fn folds_whose_operation_can_be_read_off_are_loops() {
        for (text, want) in [
            (
                "xs.iter().fold(7, |acc, &x| acc + x)",
                "let r = { let mut acc = 7 ; for & x in xs . iter () { acc = acc + x ; } acc } ;",
            ),
            (
                "xs.iter().map(f).fold(0, usize::max)",
                "let r = { let mut folded_so_far = 0 ; for item in xs . iter () . map (f) { folded_so_far = usize :: max (folded_so_far , item) ; } folded_so_far } ;",
            ),
            (
                "xs.iter().fold((0, 1), |(s, p), x| (s + x, p * x))",
                "let r = { let (mut s , mut p) = (0 , 1) ; for x in xs . iter () { s = s + x ; p = p * x ; } (s , p) } ;",
            ),
            (
                "a.iter().fold(a[0], |a, x| a + x)",
                "let r = { let mut a_so_far = a [0] ; for x in a . iter () { a_so_far = a_so_far + x ; } a_so_far } ;",
            ),
            (
                "s.iter().fold((0, 1), |(s, p), x| (s + x, p * x))",
                "let r = { let (mut s_so_far , mut p) = (0 , 1) ; for x in s . iter () { s_so_far = s_so_far + x ; p = p * x ; } (s_so_far , p) } ;",
            ),
            (
                "xs.iter().fold((0, 1), |acc, x| (acc.0 + x, acc.1))",
                "let r = { let mut acc = (0 , 1) ; for x in xs . iter () { acc . 0 = acc . 0 + x ; } acc } ;",
            ),
            (
                "xs.iter().fold((0, 0), |(a, b), x| (x, b + a))",
                "let r = { let (mut a , mut b) = (0 , 0) ; for x in xs . iter () { (a , b) = (x , b + a) ; } (a , b) } ;",
            ),
            (
                "xs.iter().fold((0, 0), |(run, best), x| { let run = f(run, x); (run, best.max(run)) })",
                "let r = { let (mut run , mut best) = (0 , 0) ; for x in xs . iter () { let run_now = f (run , x) ; \
                 run = run_now ; best = best . max (run_now) ; } (run , best) } ;",
            ),
            (
                "xs.iter().fold(0, |n, x| if x > 3 { n + 1 } else { n })",
                "let r = { let mut n = 0 ; for x in xs . iter () { if x > 3 { n = n + 1 ; } } n } ;",
            ),
            (
                "xs.iter().fold(Vec::new(), |mut v, x| { v.push(x); v })",
                "let r = { let mut v = Vec :: new () ; for x in xs . iter () { v . push (x) ; } v } ;",
            ),
        ] {
            assert_eq!(normal(text), want, "{text}");
        }
    }

    #[test]
    fn the_law_of_a_reduce_is_read_off_its_function() {
        for (text, want) in [
            (
                "a.iter().map(|x| x + b).reduce(|a, b| a + b)",
                Some(Reduction::By(Operation::Add)),
            ),
            ("xs.iter().reduce(|a, b| a + b)", Some(Reduction::By(Operation::Add))),
            ("xs.iter().reduce(f64::max)", Some(Reduction::Extremum)),
            ("xs.iter().reduce(|a, b| a.min(b))", Some(Reduction::Extremum)),
            ("xs.iter().reduce(|a, b| b + a)", None),
            ("xs.iter().reduce(|a, b| a - b)", None),
            ("xs.iter().reduce(gcd)", None),
        ] {
            assert_eq!(reduction(&syn::parse_str(text).unwrap()), want, "{text}");
        }
    }

    #[test]
    fn other_folds_stay() {
        for text in [
            "xs.iter().fold(0, |acc, x| acc / x)",
            "xs.iter().fold((0, 0), |acc, x| (acc.1, acc.0 + x))",
            "xs.iter().fold(0, |acc, x| { if x { return acc; } acc + x })",
            "acc.iter().fold(0, |acc, x| { let acc = acc + x; acc })",
            "tree.fold(0, |acc, x| acc + x)",
            "xs.iter().fold(0, f)",
        ] {
            assert!(normal(text).contains("fold ("), "{text}");
        }
    }
}
