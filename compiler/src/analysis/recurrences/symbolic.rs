//! The body of a slice with every update of the carried variables as steps: what each value is, as a function of the
//! value that is carried in.
//!
//! Locals that are computed from a carried variable are followed symbolically: `let next = here + x` is not kept, but put
//! in wherever `next` is used. What is left of the body doesn't contain the carried variables any more.

use std::collections::BTreeMap;
use std::rc::Rc;

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprMatch, Pat, Stmt};

use super::aliases::{Alias, Aliases};
use super::stale;
use crate::lower::places::{indices_of, place_of};
use crate::lower::steps::{self, Method, NoStep, Step, Why};
use crate::lower::updates::is_compound;
use crate::lower::uses::{self, Names};

/// What happens to one carried variable.
#[derive(Clone, Debug, Default)]
pub(crate) struct Made {
    /// The methods used, each with the tokens of the first place.
    pub(crate) methods: BTreeMap<Method, TokenStream>,
    /// The first operation's tokens.
    pub(crate) first: Option<TokenStream>,
}

/// The body with the updates of `targets` as steps, and what happens to each of them.
pub(crate) fn of_block(body: &Block, targets: &Names) -> Result<(Block, BTreeMap<String, Made>), NoStep> {
    let mut rewriter = Rewriter {
        targets,
        aliases: Aliases::default(),
        versions: targets.iter().map(|t| (t.clone(), 0)).collect(),
        made: targets.iter().map(|t| (t.clone(), Made::default())).collect(),
        places: BTreeMap::new(),
        undefined: Names::new(),
    };
    let block = rewriter.block(body)?;
    Ok((block, rewriter.made))
}

struct Rewriter<'t> {
    targets: &'t Names,
    /// What places hold.
    aliases: Aliases,
    /// Counts the changes of each carried variable.
    versions: BTreeMap<String, usize>,
    made: BTreeMap<String, Made>,
    /// The places that were assigned to, as they are written.
    places: BTreeMap<String, Expr>,
    /// The locals that are declared without a value.
    undefined: Names,
}

/// What places hold at the end of a block.
type Ends = BTreeMap<String, Alias>;

/// What a choice is made by: the names in it, without those that it binds.
fn asked_by(choice: &Expr) -> Names {
    match choice {
        Expr::If(branch) => uses::of_expr(&branch.cond),
        Expr::Match(choice) => {
            let mut names = uses::of_expr(&choice.expr);
            for arm in &choice.arms {
                if let Pat::Guard(guard) = &arm.pat {
                    names.extend(uses::of_expr(&guard.guard));
                }
            }
            names
        }
        _ => Names::new(),
    }
}

/// Takes out `let next;` where nothing uses it any more.
fn without_idle(stmts: &mut Vec<Stmt>) {
    for at in (0..stmts.len()).rev() {
        if let Stmt::Local(local) = &stmts[at]
            && local.init.is_none()
            && let Some(name) = name_of(&local.pat)
        {
            let name = name.to_string();
            let is_used = |stmt: &Stmt| uses::occurs(stmt.to_token_stream(), &name);
            if !stmts[at + 1..].iter().any(is_used) {
                stmts.remove(at);
            }
        }
    }
}

fn text(node: &impl ToTokens) -> String {
    node.to_token_stream().to_string()
}

fn refused<T>(at: &impl ToTokens, why: Why) -> Result<T, NoStep> {
    Err(NoStep {
        at: at.to_token_stream(),
        why,
    })
}

impl Rewriter<'_> {
    fn block(&mut self, node: &Block) -> Result<Block, NoStep> {
        let (mut one, ends) = self.one_of(std::slice::from_ref(&node))?;
        self.forget_ends(&ends);
        Ok(one.pop().expect("one block"))
    }

    /// Blocks of which one is run: each of them finds what was there before them. What places hold at their ends, where
    /// that is something else.
    fn one_of(&mut self, blocks: &[&Block]) -> Result<(Vec<Block>, Vec<Ends>), NoStep> {
        let before = self.versions.clone();
        let mut after = before.clone();
        let (mut done, mut ends) = (Vec::new(), Vec::new());
        for node in blocks {
            self.versions = before.clone();
            let mark = self.aliases.mark();
            let mut declared = Names::new();
            let mut stmts = Vec::new();
            for stmt in &node.stmts {
                if let Stmt::Local(local) = stmt {
                    declared.extend(
                        crate::lower::bindings::bindings(&local.pat)
                            .iter()
                            .map(|b| b.ident.to_string()),
                    );
                }
                stmts.extend(self.stmt(stmt)?);
            }
            without_idle(&mut stmts);
            let mut end = self.aliases.undo(mark);
            end.retain(|place, _| !declared.contains(place));
            ends.push(end);
            for (name, version) in &self.versions {
                let latest = after.get_mut(name).expect("a target");
                *latest = (*latest).max(*version);
            }
            done.push(Block {
                brace_token: node.brace_token,
                stmts,
            });
        }
        self.versions = after;
        Ok((done, ends))
    }

    /// What was set in blocks is one of several values behind them.
    fn forget_ends(&mut self, ends: &[Ends]) {
        for place in ends.iter().flat_map(BTreeMap::keys) {
            self.aliases.set(place.clone(), Some(Alias::Unclear));
        }
    }

    /// What was set in the blocks of a choice is chosen by it: `value_of` makes one value of several, or says that the choice
    /// can't be made once more.
    fn choose_ends(
        &mut self,
        blocks: &[Block],
        ends: &[Ends],
        asked: &Names,
        value_of: impl Fn(Vec<Expr>) -> Option<Expr>,
    ) {
        let changed: Vec<Names> = blocks
            .iter()
            .map(|block| stale::changed_in(&syn::parse_quote!(#block)))
            .collect();
        let is_lasting = changed.iter().all(|changed| changed.is_disjoint(asked));
        let places: std::collections::BTreeSet<&String> = ends.iter().flat_map(BTreeMap::keys).collect();
        let current = |alias: &Alias, changed: &Names| match alias {
            Alias::Value { value, versions }
                if versions.iter().all(|(name, version)| self.versions[name] == *version)
                    && uses::of_expr(value).is_disjoint(changed) =>
            {
                Some((**value).clone())
            }
            _ => None,
        };
        let mut chosen = Vec::new();
        for place in places {
            let values: Option<Vec<Expr>> = ends
                .iter()
                .zip(&changed)
                .map(
                    |(end, changed)| match end.get(place).or_else(|| self.aliases.get(place)) {
                        Some(alias) => current(alias, changed),
                        // what has no value yet on one of the ways has none behind them
                        None => self
                            .places
                            .get(place)
                            .filter(|_| !self.undefined.contains(place))
                            .cloned(),
                    },
                )
                .collect();
            let value = values.filter(|_| is_lasting).and_then(&value_of);
            chosen.push((place.clone(), value));
        }
        for (place, value) in chosen {
            match value {
                Some(value) => self.alias(place, value),
                None => self.aliases.set(place, Some(Alias::Unclear)),
            }
        }
    }

    fn stmt(&mut self, node: &Stmt) -> Result<Vec<Stmt>, NoStep> {
        match node {
            Stmt::Local(local) => {
                let Some(init) = &local.init else {
                    self.bind(&local.pat);
                    self.undefined.extend(stale::bound_by(&local.pat));
                    return Ok(vec![node.clone()]);
                };
                let value = self.resolved(&init.expr);
                self.lose(&stale::changed_in(&init.expr));
                self.bind(&local.pat);
                let value = match (value, name_of(&local.pat), &init.diverge) {
                    (Err(_), Some(name), None) => {
                        self.unclear(name.to_string());
                        return Ok(Vec::new());
                    }
                    (value, ..) => value?,
                };
                match (self.target_in(&value), name_of(&local.pat), &init.diverge) {
                    (None, ..) => Ok(vec![node.clone()]),
                    (Some(_), Some(name), None) => {
                        self.alias(name.to_string(), value);
                        Ok(Vec::new())
                    }
                    (Some(_), None, Some(_)) => match steps::inner(&local.pat) {
                        // what isn't a number leaves the loop
                        Some(name) => {
                            self.alias(name.to_string(), syn::parse_quote!(#value?));
                            Ok(Vec::new())
                        }
                        None => refused(&init.expr, Why::Use),
                    },
                    (Some(_), ..) => refused(&init.expr, Why::Use),
                }
            }
            Stmt::Expr(expr, _) => self.expr(expr),
            Stmt::Item(_) => Ok(vec![node.clone()]),
            Stmt::Macro(_) => Ok(Vec::new()),
        }
    }

    fn expr(&mut self, node: &Expr) -> Result<Vec<Stmt>, NoStep> {
        match node {
            Expr::Assign(assign) => self.assign(node, &assign.left, &assign.right),
            Expr::Binary(binary) if is_compound(&binary.op) => match self.target(&binary.left) {
                Some((target, ident)) => {
                    let operand = self.resolved(&binary.right)?;
                    let steps = steps::of_compound(&binary.op, &operand, &target)?;
                    self.update(&target, &ident, &steps)
                }
                None => {
                    let Some(op) = plain_operator(&binary.op) else {
                        return self.kept(node);
                    };
                    let (left, right) = (&binary.left, &binary.right);
                    let value: Expr = syn::parse_quote!((#left) #op (#right));
                    let value = self.resolved(&value)?;
                    if self.target_in(&value).is_none() {
                        return self.kept(node);
                    }
                    self.places.entry(text(left)).or_insert_with(|| (**left).clone());
                    self.alias(text(left), value);
                    Ok(Vec::new())
                }
            },
            Expr::If(branch) => self.branch(node, branch),
            Expr::Match(choice) => {
                let scrutinee = self.resolved(&choice.expr)?;
                let mut kept = choice.clone();
                if self.target_in(&scrutinee).is_some() {
                    return match steps::as_branches(choice) {
                        Some(Expr::If(branch)) => self.branch(&Expr::If(branch.clone()), &branch),
                        _ => refused(&choice.expr, Why::Condition),
                    };
                }
                self.lose(&stale::changed_in(&choice.expr));
                let mut bodies = Vec::new();
                for arm in &kept.arms {
                    self.lose(&stale::bound_by(&arm.pat));
                    if let Pat::Guard(guard) = &arm.pat {
                        self.clear_of_targets(&guard.guard, Why::Condition)?;
                    }
                    bodies.push(match &*arm.body {
                        Expr::Block(block) => block.block.clone(),
                        other => syn::parse_quote!({ #other; }),
                    });
                }
                let (results, ends) = self.one_of(&bodies.iter().collect::<Vec<_>>())?;
                let bare: ExprMatch = choice.clone();
                self.choose_ends(&results, &ends, &asked_by(node), |values| {
                    let mut choice = bare.clone();
                    for (arm, value) in choice.arms.iter_mut().zip(values) {
                        *arm.body = value;
                        arm.comma.get_or_insert_default();
                    }
                    stale::changes_nothing(&bare.expr).then_some(Expr::Match(choice))
                });
                for (arm, block) in kept.arms.iter_mut().zip(results) {
                    *arm.body = syn::parse_quote!(#block);
                }
                Ok(vec![Stmt::Expr(Expr::Match(kept), None)])
            }
            Expr::Block(inner) => {
                let block = self.block(&inner.block)?;
                Ok(vec![Stmt::Expr(
                    Expr::Block(syn::ExprBlock { block, ..inner.clone() }),
                    None,
                )])
            }
            Expr::ForLoop(inner) => {
                self.clear_of_targets(&inner.expr, Why::Condition)?;
                self.lose(&stale::changed_in(&inner.expr));
                self.lose(&stale::bound_by(&inner.pat));
                let body = self.repeated(&inner.body)?;
                Ok(vec![Stmt::Expr(
                    Expr::ForLoop(syn::ExprForLoop { body, ..inner.clone() }),
                    None,
                )])
            }
            Expr::While(inner) => {
                self.clear_of_targets(&inner.cond, Why::Condition)?;
                self.lose(&stale::changed_in(&inner.cond));
                let body = self.repeated(&inner.body)?;
                Ok(vec![Stmt::Expr(
                    Expr::While(syn::ExprWhile { body, ..inner.clone() }),
                    None,
                )])
            }
            Expr::Loop(inner) => {
                let body = self.repeated(&inner.body)?;
                Ok(vec![Stmt::Expr(
                    Expr::Loop(syn::ExprLoop { body, ..inner.clone() }),
                    None,
                )])
            }
            other => self.kept(other),
        }
    }

    /// A pattern gives names a new meaning.
    fn bind(&mut self, pattern: &Pat) {
        let bound = stale::bound_by(pattern);
        self.aliases.forget(&bound);
        self.lose(&bound);
    }

    /// These names mean something else from here on.
    fn lose(&mut self, names: &Names) {
        self.aliases.lose(names);
    }

    /// True if a place of this variable follows a carried one.
    fn follows(&self, root: &str) -> bool {
        self.aliases.follows(root)
    }

    /// The body of a loop in the body: what earlier rounds leave in locals is not followed.
    fn repeated(&mut self, body: &Block) -> Result<Block, NoStep> {
        let before = self.versions.clone();
        let aliases = self.aliases.len();
        let block = self.block(body)?;
        if self.versions != before && aliases != 0 {
            // an alias made before the loop may be used in its second round
            self.aliases.lose_all();
        }
        if self.aliases.any_unclear() {
            self.block(body)?;
        }
        Ok(block)
    }

    fn assign(&mut self, node: &Expr, left: &Expr, right: &Expr) -> Result<Vec<Stmt>, NoStep> {
        self.places.entry(text(left)).or_insert_with(|| left.clone());
        let value = match self.resolved(right) {
            Err(_) if self.target(left).is_none() && place_of(left).is_some() => {
                self.unclear(text(left));
                return Ok(Vec::new());
            }
            value => value?,
        };
        match self.target(left) {
            Some((target, ident)) => {
                let steps = steps::of_value(&value, &target)?;
                self.update(&target, &ident, &steps)
            }
            None if self.target_in(&value).is_some() => match place_of(left) {
                Some(_) => {
                    self.alias(text(left), value);
                    Ok(Vec::new())
                }
                None => refused(left, Why::Use),
            },
            None => {
                // a place that followed a carried variable holds something else from here on
                if self.aliases.get(&text(left)).is_some() {
                    self.lose(&stale::changed_in(right));
                    self.alias(text(left), value);
                    return Ok(Vec::new());
                }
                if place_of(left).is_some_and(|(place, _)| self.follows(&place.root)) {
                    return refused(node, Why::Use);
                }
                self.kept(node)
            }
        }
    }

    fn branch(&mut self, node: &Expr, branch: &syn::ExprIf) -> Result<Vec<Stmt>, NoStep> {
        let condition = self.resolved(&branch.cond)?;
        if self.target_in(&condition).is_none() {
            let mut kept = branch.clone();
            self.lose(&stale::changed_in(&branch.cond));
            let otherwise = branch.else_branch.as_ref().map(|(_, otherwise)| match &**otherwise {
                Expr::Block(block) => block.block.clone(),
                other => syn::parse_quote!({ #other }),
            });
            let both: Vec<&Block> = std::iter::once(&branch.then_branch).chain(&otherwise).collect();
            let (mut done, mut ends) = self.one_of(&both)?;
            if done.len() == 1 {
                ends.push(Ends::new());
                done.push(syn::parse_quote!({}));
            }
            let condition = &branch.cond;
            self.choose_ends(&done, &ends, &asked_by(node), |values| {
                let [then, otherwise] = &values[..] else { return None };
                stale::changes_nothing(condition)
                    .then(|| syn::parse_quote!(if #condition { #then } else { #otherwise }))
            });
            let mut done = done.into_iter();
            kept.then_branch = done.next().expect("a branch");
            if let (Some((_, otherwise)), Some(block)) = (&mut kept.else_branch, done.next()) {
                **otherwise = syn::parse_quote!(#block);
            }
            return Ok(vec![Stmt::Expr(Expr::If(kept), None)]);
        }
        // the condition looks at a carried variable: `if v < x { v = x; }`
        let Some(left) = assigned(node) else {
            return refused(&branch.cond, Why::Condition);
        };
        let Some(chosen) = value_of(node, &left) else {
            return refused(&branch.cond, Why::Condition);
        };
        let chosen = self.resolved(&chosen)?;
        match self.target(&left) {
            Some((target, ident)) => {
                let steps = steps::of_value(&chosen, &target)?;
                self.update(&target, &ident, &steps)
            }
            None if place_of(&left).is_some() => {
                self.alias(text(&left), chosen);
                Ok(Vec::new())
            }
            None => refused(node, Why::Condition),
        }
    }

    /// Something that has nothing to do with the carried variables.
    fn kept(&mut self, node: &Expr) -> Result<Vec<Stmt>, NoStep> {
        self.clear_of_targets(node, Why::Use)?;
        self.lose(&stale::changed_in(node));
        Ok(vec![Stmt::Expr(node.clone(), Some(Default::default()))])
    }

    fn clear_of_targets(&self, node: &Expr, why: Why) -> Result<(), NoStep> {
        let value = self.resolved(node)?;
        match self.target_in(&value) {
            Some(_) => refused(node, why),
            None => Ok(()),
        }
    }

    fn update(&mut self, target: &str, variable: &Ident, steps: &[Step]) -> Result<Vec<Stmt>, NoStep> {
        *self.versions.get_mut(target).expect("a target") += 1;
        let made = self.made.get_mut(target).expect("a target");
        steps::methods(steps, &mut |method, at| {
            made.methods.entry(method).or_insert_with(|| at.clone());
            made.first.get_or_insert_with(|| at.clone());
        });
        let others = |step: &Step| match step {
            Step::Call { operand, .. } => operand.as_ref().is_some_and(|o| self.target_in(o).is_some()),
            _ => self.targets.len() > 1 && self.targets.iter().any(|t| t != target && mentions(step, t)),
        };
        if let Some(step) = steps.iter().find(|step| others(step)) {
            let mut at = TokenStream::new();
            steps::methods(std::slice::from_ref(step), &mut |_, tokens| at = tokens.clone());
            return refused(&at, Why::Use);
        }
        let tokens = steps::to_tokens(steps, variable);
        let block: Block = syn::parse_quote!({ #tokens });
        Ok(block.stmts)
    }

    fn alias(&mut self, place: String, value: Expr) {
        let names = uses::of_expr(&value);
        let known = names.into_iter().filter_map(|name| self.versions.get_key_value(&name));
        let versions = known.map(|(name, version)| (name.clone(), *version)).collect();
        let value = Rc::new(value);
        self.aliases.set(place, Some(Alias::Value { value, versions }));
    }

    /// The place holds something that can't be followed, which matters only if it is used.
    fn unclear(&mut self, place: String) {
        self.lose(&Names::from([stale::root(&place).to_string()]));
        self.aliases.set(place, Some(Alias::Unclear));
    }

    /// The target that `expr` is.
    fn target(&self, expr: &Expr) -> Option<(String, Ident)> {
        let (place, ident) = place_of(expr)?;
        (place.is_variable() && self.targets.contains(&place.root)).then_some((place.root, ident))
    }

    /// A target that occurs in `expr`.
    fn target_in(&self, expr: &Expr) -> Option<String> {
        uses::of_expr(expr).into_iter().find(|name| self.targets.contains(name))
    }

    /// The expression with everything that follows a carried variable put in.
    fn resolved(&self, expr: &Expr) -> Result<Expr, NoStep> {
        struct PutIn<'a> {
            aliases: &'a Aliases,
            versions: &'a BTreeMap<String, usize>,
            stale: Option<TokenStream>,
        }

        impl PutIn<'_> {
            /// A name that means something else inside the expression, or is used where nothing can be put in.
            fn meets(&mut self, name: &Ident) {
                let text = name.to_string();
                let is_met = self.aliases.follows(&text) || self.aliases.is_used(&text);
                if is_met {
                    self.stale = Some(name.to_token_stream());
                }
            }
        }

        impl VisitMut for PutIn<'_> {
            fn visit_pat_ident_mut(&mut self, node: &mut syn::PatIdent) {
                self.meets(&node.ident);
                visit_mut::visit_pat_ident_mut(self, node);
            }

            fn visit_macro_mut(&mut self, node: &mut syn::Macro) {
                let mut names = Names::new();
                uses::of_tokens(node.tokens.clone(), &mut names);
                if names.iter().any(|name| self.aliases.follows(name)) {
                    self.stale = Some(node.to_token_stream());
                }
            }

            fn visit_expr_path_mut(&mut self, node: &mut syn::ExprPath) {
                // a place that follows a carried variable, as part of a larger one
                if node
                    .path
                    .get_ident()
                    .is_some_and(|name| self.aliases.follows(&name.to_string()))
                {
                    self.stale = Some(node.to_token_stream());
                }
            }

            fn visit_expr_mut(&mut self, node: &mut Expr) {
                let known = place_of(node).filter(|(place, _)| self.aliases.follows(&place.root));
                // another field than those that follow a carried variable
                if let Some((place, _)) = &known
                    && !place.is_variable()
                    && !self.aliases.overlap(place)
                    && !indices_of(node).iter().any(|index| {
                        let names = uses::of_expr(index);
                        names
                            .iter()
                            .any(|name| self.aliases.follows(name) || self.aliases.is_used(name))
                    })
                {
                    return;
                }
                match known.and_then(|_| self.aliases.get(&text(node))) {
                    Some(Alias::Value { value, versions })
                        if versions.iter().all(|(name, version)| self.versions[name] == *version) =>
                    {
                        *node = (**value).clone();
                    }
                    Some(_) => self.stale = Some(node.to_token_stream()),
                    None => visit_mut::visit_expr_mut(self, node),
                }
            }
        }

        let mut put_in = PutIn {
            aliases: &self.aliases,
            versions: &self.versions,
            stale: None,
        };
        let mut resolved = expr.clone();
        put_in.visit_expr_mut(&mut resolved);
        match put_in.stale {
            Some(at) => refused(&at, Why::Use),
            None => Ok(resolved),
        }
    }
}

/// What the branches of an `if` assign to, if they do nothing else.
fn assigned(node: &Expr) -> Option<Expr> {
    let of_block = |block: &Block| match &block.stmts[..] {
        [Stmt::Expr(expr, _)] => assigned(expr),
        _ => None,
    };
    match node {
        Expr::Assign(assign) => Some((*assign.left).clone()),
        Expr::Binary(binary) if is_compound(&binary.op) => Some((*binary.left).clone()),
        Expr::Block(block) if block.label.is_none() => of_block(&block.block),
        Expr::If(branch) => {
            let otherwise = branch
                .else_branch
                .as_ref()
                .and_then(|(_, otherwise)| assigned(otherwise));
            of_block(&branch.then_branch).or(otherwise)
        }
        _ => None,
    }
}

/// What `left` is behind it: the branches as values.
fn value_of(node: &Expr, left: &Expr) -> Option<Expr> {
    let of_block = |block: &Block| match &block.stmts[..] {
        [] => Some(left.clone()),
        [Stmt::Expr(expr, _)] => value_of(expr, left),
        _ => None,
    };
    let is_left = |expr: &Expr| text(expr) == text(left);
    match node {
        Expr::Assign(assign) if is_left(&assign.left) => Some((*assign.right).clone()),
        Expr::Binary(binary) if is_compound(&binary.op) && is_left(&binary.left) => {
            let (right, op) = (&binary.right, plain_operator(&binary.op)?);
            Some(syn::parse_quote!((#left) #op (#right)))
        }
        Expr::Block(block) if block.label.is_none() => of_block(&block.block),
        Expr::If(branch) => {
            let then = of_block(&branch.then_branch)?;
            let otherwise = match &branch.else_branch {
                None => left.clone(),
                Some((_, otherwise)) => value_of(otherwise, left)?,
            };
            let condition = &branch.cond;
            Some(syn::parse_quote!(if #condition { #then } else { #otherwise }))
        }
        _ => None,
    }
}

fn mentions(step: &Step, name: &str) -> bool {
    match step {
        Step::Call { operand, .. } => operand.as_ref().is_some_and(|o| uses::uses(o, name)),
        Step::Both { left, right, .. } => left.iter().chain(right).any(|s| mentions(s, name)),
        Step::If {
            condition,
            then,
            otherwise,
        } => uses::uses(condition, name) || then.iter().chain(otherwise).any(|s| mentions(s, name)),
        Step::Match { choice, arms } => {
            uses::uses(&choice.expr, name) || arms.iter().flatten().any(|s| mentions(s, name))
        }
    }
}

/// The name of a pattern that is one.
fn name_of(pattern: &Pat) -> Option<&Ident> {
    match pattern {
        Pat::Ident(ident) if ident.by_ref.is_none() && ident.subpat.is_none() => Some(&ident.ident),
        Pat::Type(typed) => name_of(&typed.pat),
        _ => None,
    }
}

/// `+` for `+=`.
pub(super) fn plain_operator(op: &syn::BinOp) -> Option<TokenStream> {
    let text = op.to_token_stream().to_string();
    text.strip_suffix('=')?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(body: &str, targets: &[&str]) -> String {
        let targets: Names = targets.iter().map(|t| (*t).to_string()).collect();
        match of_block(&syn::parse_str(body).unwrap(), &targets) {
            Ok((block, _)) => text(&block),
            Err(no) => format!("{:?} at {}", no.why, no.at),
        }
    }

    #[test]
    fn updates_become_steps() {
        for (body, want) in [
            ("{ v += x; }", "{ v . add (x) ; }"),
            (
                "{ let next = v + x; v = next.max(0); }",
                "{ v . add (x) ; v . max (0) ; }",
            ),
            (
                "{ let mut t = v + x; if t < 0 { t = 0; } v = t; }",
                "{ v . add (x) ; v . max (0) ; }",
            ),
            ("{ v += x; if v < 0 { v = 0; } }", "{ v . add (x) ; v . max (0) ; }"),
            (
                "{ if v < 0 { v = x; } else { v += x; } }",
                "{ v . max (0) ; v . add ((x)) ; }",
            ),
            (
                "{ v = if v > 0 { v + x } else { x }; }",
                "{ v . max (0) ; v . add (x) ; }",
            ),
            (
                "{ if x > 0 { v += 1; } else { v = 0; } }",
                "{ if x > 0 { v . add (1) ; } else { v . set (0) ; } }",
            ),
            ("{ *x += v; v = *x; }", "{ v . add ((* x)) ; }"),
            (
                "{ let y = f(x); v = v * a + y; }",
                "{ let y = f (x) ; v . mul (a) ; v . add (y) ; }",
            ),
            ("{ v += x; w = w.max(x); }", "{ v . add (x) ; w . max (x) ; }"),
            (
                "{ let mut t = 0; if x { t = v; } v = t; }",
                "{ let mut t = 0 ; if x { } if x { } else { v . set (t) ; } }",
            ),
            (
                "{ let next; match x { 0 => next = v + 1, _ => next = v } v = next; }",
                "{ match x { 0 => { } , _ => { } } match x { 0 => { v . add (1) ; } _ => { } } }",
            ),
            (
                "{ if x { s.0 = v; } else { v = s.0; } }",
                "{ if x { } else { v . set (s . 0) ; } }",
            ),
        ] {
            assert_eq!(rewritten(body, &["v", "w"]), want, "{body}");
        }
    }

    #[test]
    fn what_cannot_be_followed_is_refused() {
        for (body, want) in [
            ("{ let t = v; v += 1; v = t + 2; }", "Use at t"),
            ("{ let mut t = 0; if x { let y = 1; t = v + y; } v = t; }", "Use at t"),
            ("{ let t; if x { t = v; } else { t = 0; } v = t; }", "Use at t"),
            ("{ let mut t = v; if x { x = false; t += 1; } v = t; }", "Use at t"),
            ("{ let mut t = v; if f(&mut x) { t += 1; } v = t; }", "Use at t"),
            ("{ let mut t = v; if x { v += 1; t = v; } v = t; }", "Use at t"),
            ("{ let mut t = v; if x { t += y; } y = 2; v = t; }", "Use at t"),
            ("{ if v > 3 { v += x; } }", "Condition at v > 3"),
            ("{ match v { 0 => v = 1, _ => {} } }", "Condition at v"),
            ("{ let t = v + x; let x = 5; v = t; }", "Use at t"),
            ("{ let mut y = x; let t = v + y; y += 7; v = t; }", "Use at t"),
            ("{ let t = v + x; { let x = 3; v = t; } }", "Use at t"),
            (
                "{ let t = v + x; match y { Some(x) => v = t, None => {} } }",
                "Use at t",
            ),
            ("{ let t = v + x; if let Some(x) = y { v = t; } }", "Use at x"),
            ("{ let t = v + x; for x in y { v = t; } }", "Use at t"),
            ("{ let t = v + x; swap(&mut x, &mut y); v = t; }", "Use at t"),
            ("{ let t = v + x; v = { let x = 3; t + x }; }", "Use at x"),
            ("{ s.0 = v + 1; let t = s; v = t.0; }", "Use at t"),
            ("{ s.0 += v; s = (x, 3); v = s.0; }", "Use at s = (x , 3)"),
            ("{ v = v * v; }", "Twice at v * v"),
            ("{ v += w; w += 1; }", "Use at +="),
            ("{ for y in x { if v > y { v += y; } } }", "Condition at v > y"),
        ] {
            assert_eq!(rewritten(body, &["v", "w"]), want, "{body}");
        }
    }
}
