//! Joins: the groups of a block become calls of the runtime's `join`, and each task's place takes its result.

mod chains;
mod children;
mod clones;
mod extract;
mod layout;
mod mapped;
mod tasks;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ItemFn, ReturnType, Stmt, Type, parse_quote};

use crate::analysis::independence::{Names, Unit};
use crate::analysis::shares::ForOne;
use crate::explain::Explanation;
use crate::lower::NodeId;
use crate::lower::arguments::Arguments;
use crate::lower::backtracking::Backtracking;
use crate::lower::collectors::{Collector, Parting};
use crate::lower::guarded;
use crate::lower::recursion::{Form, Recursion};
use crate::lower::units::Unmark;
use crate::lower::ways_out;
use crate::names::FreeNames;
use crate::plan::divide::{Context, Failure, Group, groups};
pub(crate) use children::{Loops, type_of_parameter};
use extract::{Extract, Split};

/// The type that a `?` leaves a task with, and what wraps the value of a task that doesn't leave.
#[derive(Clone, Debug)]
struct Carrier {
    ty: Type,
    wrap: TokenStream,
}

impl Carrier {
    /// `Option<_>` and `Result<_, ..>` can be told by their names; what another one is its type says.
    fn of(function: &ItemFn, runtime: &TokenStream) -> Option<Carrier> {
        let ReturnType::Type(_, ty) = &function.sig.output else {
            return None;
        };
        let Type::Path(path) = &**ty else { return None };
        let by_type = || Carrier {
            ty: parse_quote!(<#path as #runtime::Branch>::With<_>),
            wrap: quote!(<#path as #runtime::Branch>::with),
        };
        let mut named = path.clone();
        let last = named.path.segments.last_mut()?;
        let wrap = match last.ident.to_string().as_str() {
            "Option" => quote!(::core::option::Option::Some),
            "Result" => quote!(::core::result::Result::Ok),
            _ => return Some(by_type()),
        };
        let syn::PathArguments::AngleBracketed(arguments) = &mut last.arguments else {
            return Some(by_type());
        };
        *arguments.args.first_mut()? = parse_quote!(_);
        Some(Carrier {
            ty: Type::Path(named),
            wrap,
        })
    }
}

/// What the joins of statements need.
pub(crate) struct Statements<'c> {
    /// The variables, for statements that overtake others.
    pub(crate) safe: &'c Names,
    /// The user picked the statements.
    pub(crate) is_picked: bool,
    /// What is written may be seen although the function was left before.
    pub(crate) may_write_late: bool,
    /// The start of each join: its site and its options.
    pub(crate) region: &'c dyn Fn(&Ident, &Ident, Span) -> TokenStream,
}

/// Code from a split on is written twice, so a function has no more of them.
const MOST_SPLITS: usize = 4;

/// Rewrites a function's body.
pub(crate) struct Joins<'c> {
    recursion: &'c Recursion,
    names: &'c Names,
    /// The statements' joins, if it is no recursion.
    statements: Option<Statements<'c>>,
    free: &'c mut FreeNames,
    /// The variable that forks.
    forks: Ident,
    /// The rewritten function, if it is another one than the user's.
    fork: Option<Ident>,
    carrier: Option<Carrier>,
    collectors: Vec<Collector>,
    /// The loops over children.
    pub(crate) loops: Loops<'c>,
    /// Types that are for one thread.
    for_one: ForOne,
    may_split: bool,
    /// What is bound inside the closure of the task at hand, if it is in one.
    inside: Option<BTreeSet<String>>,
    /// How often code was written in two versions, for slices whose parts may overlap.
    splits: usize,
    /// What the option `explain` says about the groups.
    pub(crate) explained: Vec<Explanation>,
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
        loops: Loops<'c>,
        free: &'c mut FreeNames,
    ) -> Self {
        let forks = free.free("forks");
        let fork = (recursion.form == Form::Free).then(|| free.free("fork"));
        Joins {
            recursion,
            names,
            statements: None,
            free,
            forks,
            fork,
            carrier: Carrier::of(function, &loops.runtime),
            collectors: Collector::of(function, recursion, &loops.runtime),
            loops,
            for_one: ForOne::of(function, !recursion.is_mark),
            may_split: true,
            inside: None,
            splits: 0,
            explained: Vec::new(),
            joined: 0,
            failures: Vec::new(),
        }
    }

    /// A rewriter of a function whose units are marked.
    pub(crate) fn of_statements(
        function: &ItemFn,
        marks: &'c Recursion,
        names: &'c Names,
        statements: Statements<'c>,
        loops: Loops<'c>,
        free: &'c mut FreeNames,
    ) -> Self {
        Joins {
            statements: Some(statements),
            ..Joins::new(function, marks, names, loops, free)
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
        // a condition that is asked early overtakes the calls
        let asked = ways_out::ask_first(block, self.recursion, self.safe());
        let is_limited = asked.as_ref().is_some_and(|(_, is_limited)| *is_limited);
        if let Some((asked, _)) = asked {
            *block = asked;
        }
        let mut groups = self.groups_of(block, is_limited);
        let mut variants = Vec::new();
        if self.statements.is_none() {
            let (cut, given) = (self.cut_guarded(block), self.arguments_first(block));
            let parted = [Some(&*block), cut.as_ref(), given.as_ref()].map(|block| self.part_collectors(block?));
            variants.extend([cut, given].into_iter().chain(parted));
            if let Some(apart) = self.on_clones(block) {
                let cut = self.cut_guarded(&apart);
                let parted = [Some(&apart), cut.as_ref()].map(|block| self.part_collectors(block?));
                variants.extend([Some(apart), cut].into_iter().chain(parted));
            }
        }
        for other in variants.into_iter().flatten() {
            let failures = self.failures.len();
            let more = self.groups_of(&other, is_limited);
            if members(&more) > members(&groups) {
                *block = other;
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

    /// The groups of a block; `is_limited` if not all conditions were put before its calls that could be.
    fn groups_of(&mut self, block: &Block, is_limited: bool) -> Vec<Group> {
        let units: Vec<_> = block.stmts.iter().map(Unit::Statement).collect();
        // no call starts before a condition that may keep it from running
        let end = is_limited
            .then(|| ways_out::unasked(&block.stmts, self.recursion, self.safe()))
            .flatten();
        self.groups(&units, end.unwrap_or(units.len()))
    }

    /// The variables, as far as tasks that overtake other code go.
    fn safe(&self) -> &'c Names {
        self.statements
            .as_ref()
            .map_or(self.names, |statements| statements.safe)
    }

    /// The block with its calls under conditions taken out of what is done with their results.
    fn cut_guarded(&mut self, block: &Block) -> Option<Block> {
        let last = block.stmts.len().saturating_sub(1);
        let mut stmts = Vec::new();
        let mut is_cut = false;
        for (number, stmt) in block.stmts.iter().enumerate() {
            let is_value = number == last && matches!(stmt, Stmt::Expr(_, None));
            let (recursion, names) = (self.recursion, self.names);
            let free = &mut self.free;
            let mut made = |name: &str| {
                let name = free.free(name);
                names.make(&name);
                name
            };
            let cut = (!is_value)
                .then(|| guarded::cut(stmt, recursion, names, || made("value")))
                .flatten();
            let cut = cut.or_else(|| guarded::cut_value(stmt, recursion, names, made));
            is_cut |= cut.is_some();
            stmts.extend(cut.unwrap_or_else(|| vec![stmt.clone()]));
        }
        is_cut.then_some(Block {
            brace_token: block.brace_token,
            stmts,
        })
    }

    /// The block with its calls on clones of the private variables.
    fn on_clones(&mut self, block: &Block) -> Option<Block> {
        let privates = self.loops.shared_privates();
        if privates.is_empty() {
            return None;
        }
        let (recursion, names) = (self.recursion, self.names);
        let runtime = self.loops.runtime.clone();
        let backtracking = Backtracking {
            privates: &privates,
            recursion,
            names,
            runtime: &runtime,
        };
        backtracking.apart(block, || self.free.free("own"))
    }

    /// The block with calls that fill collections of their own.
    fn part_collectors(&mut self, block: &Block) -> Option<Block> {
        self.parting(|parting| parting.later_calls(block))
    }

    /// The block with the arguments of calls computed before what stands between the calls.
    fn arguments_first(&mut self, block: &Block) -> Option<Block> {
        let (recursion, names) = (self.recursion, self.names);
        let free = &mut |name: &str| self.made(name);
        Arguments { recursion, names, free }.first(block)
    }

    /// A name that is free, for a variable that a statement declares.
    fn made(&mut self, name: &str) -> Ident {
        let name = self.free.free(name);
        self.names.make(&name);
        name
    }

    fn parting<R>(&mut self, part: impl FnOnce(Parting<'_>) -> R) -> R {
        let (free, names) = (&mut *self.free, self.names);
        part(Parting {
            collectors: &self.collectors,
            recursion: self.recursion,
            names,
            free: &mut |name| {
                let name = free.free(name);
                names.make(&name);
                name
            },
        })
    }

    /// From the group on there are two versions: one for parts that don't overlap, which is only known at run time, and
    /// one in order.
    fn split_block(&mut self, block: &mut Block, mut group: Group) {
        self.splits += 1;
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
        if self.statements.is_some() {
            // what is verbatim is not looked at again
            Unmark(self.recursion).visit_block_mut(&mut apart);
            Unmark(self.recursion).visit_block_mut(&mut in_order);
        }
        let condition = &split.condition;
        block.stmts.extend(before);
        block.stmts.push(Stmt::Expr(
            Expr::Verbatim(quote!(if #condition #apart else #in_order)),
            None,
        ));
    }

    /// The groups among the units before `end`.
    fn groups(&mut self, units: &[Unit<'_>], end: usize) -> Vec<Group> {
        let context = Context {
            recursion: self.recursion,
            names: self.names,
            safe: self.safe(),
            end,
            may_write_late: self
                .statements
                .as_ref()
                .is_some_and(|statements| statements.may_write_late),
            carries_question: self.carrier.is_some(),
            may_split: self.may_split && self.splits < MOST_SPLITS,
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
        let groups = self.groups(&[Unit::Value(expr)], 1);
        if groups.is_empty() {
            return;
        }
        let mut in_order = expr.clone();
        let split = groups.iter().position(|group| !group.split.is_empty());
        self.splits += usize::from(split.is_some());
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
        let early = clones::between(tasks.values(), self.recursion, self.free, |clones| {
            clones.visit_expr_mut(expr)
        });
        let joins = self.joins(&groups, &layouts, tasks, &[]);
        if split.is_none() {
            // the value may begin with a block, so it is no statement to be parsed
            let mut block: Block = parse_quote!({ #early #(#joins)* });
            block.stmts.push(Stmt::Expr(expr.clone(), None));
            *expr = Expr::Block(syn::ExprBlock {
                attrs: Vec::new(),
                label: None,
                block,
            });
            return;
        }
        visit_expr(self, expr);
        let may_split = std::mem::replace(&mut self.may_split, false);
        self.value(&mut in_order);
        self.may_split = may_split;
        if self.statements.is_some() {
            Unmark(self.recursion).visit_expr_mut(expr);
            Unmark(self.recursion).visit_expr_mut(&mut in_order);
        }
        let condition = &parts.condition;
        // finished: nothing in it is to be looked at again
        *expr = Expr::Verbatim(quote!({ if #condition { #early #(#joins)* #expr } else { #in_order } }));
    }

    /// Joins the groups of a block; the statements `gone` are left out.
    fn statements(&mut self, stmts: &mut Vec<Stmt>, groups: Vec<Group>, split: &Split, gone: &[usize]) {
        let unused = unused(stmts);
        let layouts: Vec<_> = groups.iter().map(|group| self.layout(group, &unused)).collect();
        let mut extract = Extract::new(&groups, &layouts, split);
        // the statement of each group's last task
        let mut last = vec![0; groups.len()];
        for (number, stmt) in stmts.iter_mut().enumerate() {
            extract.visit_stmt_mut(stmt);
            extract.met.drain(..).for_each(|group| last[group] = number);
        }
        let tasks = extract.tasks;
        let mut early = Vec::new();
        for (number, group) in groups.iter().enumerate() {
            let own = tasks.range((number, 0)..(number + 1, 0)).map(|(_, task)| task);
            let clones = clones::between(own, self.recursion, self.free, |clones| {
                let between = &mut stmts[group.at..=last[number].max(group.at)];
                between.iter_mut().for_each(|stmt| clones.visit_stmt_mut(stmt));
            });
            early.push(clones);
        }
        let joins = self.joins(&groups, &layouts, tasks, stmts);
        let joins: Vec<_> = early
            .into_iter()
            .zip(joins)
            .map(|(early, join)| quote!(#early #join))
            .collect();
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

    /// Keeps what `explain` says; a block that has two versions is explained once.
    fn explain(&mut self, about: impl FnOnce() -> Option<Explanation>) {
        if self.loops.options.explain
            && let Some(about) = about()
            && !self.explained.contains(&about)
        {
            self.explained.push(about);
        }
    }

    fn picked(&self) -> bool {
        self.statements.as_ref().is_some_and(|statements| statements.is_picked)
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
            Expr::Binary(binary) => !is_lazy(&binary.op) && !crate::lower::updates::is_compound(&binary.op),
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
    if joins.statements.is_some() {
        // where statements are joined, no loop joins in each iteration
        let is_loop = matches!(node, Expr::ForLoop(_) | Expr::While(_) | Expr::Loop(_));
        if !(is_loop && joins.joined > 0 && !joins.picked()) {
            visit_mut::visit_expr_mut(joins, node);
        }
        return;
    }
    if joins.children(node) || joins.child_chain(node) || joins.chain(node) {
        return;
    }
    match node {
        Expr::Path(path) if joins.recursion.is_value(path) => joins.rename(node),
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
fn members(groups: &[Group]) -> usize {
    groups.iter().map(|group| group.members.len()).sum()
}
/// The expression statements whose value nobody uses.
fn unused(stmts: &[Stmt]) -> BTreeSet<NodeId> {
    let last = stmts.len().saturating_sub(1);
    let is_unused = |(number, stmt): (usize, &Stmt)| match stmt {
        Stmt::Expr(expr, semi) if semi.is_some() || number != last => Some(NodeId::of(expr)),
        _ => None,
    };
    stmts.iter().enumerate().filter_map(is_unused).collect()
}

#[cfg(test)]
mod tests;
