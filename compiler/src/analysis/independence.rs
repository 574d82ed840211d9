//! May a task run at the same time as another one, and before the code that stands between them?
//!
//! Bernstein's conditions, on places: neither writes what the other reads or writes. What a task writes must also not
//! show when the code in between leaves early.
//!
//! Source: A. J. Bernstein, "Analysis of programs for parallel processing", IEEE Trans. EC-15 (1966).

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Expr, Ident, ItemFn, Stmt};

use crate::analysis::{loans, mutations};
use crate::diagnostics;
use crate::lower::NodeId;
use crate::lower::accesses::{self, Access, Accesses, Effect, Effected, Outside, Touch};
use crate::lower::bindings::bindings;
use crate::lower::places::{Place, place_of};
use crate::lower::recursion::Recursion;
use crate::lower::slices::{self, Part};
use crate::lower::variables::{self, Holds, Variable};

/// Why two tasks can't run at the same time.
#[derive(Clone, Debug)]
pub(crate) enum Reason {
    /// Both get the same place mutably.
    SharedMut {
        /// The place.
        place: String,
    },
    /// Both get parts of the same place that overlap.
    Overlap {
        /// The place.
        place: String,
    },
    /// The later one needs what the earlier one gives or changes.
    Dependent {
        /// The variable.
        variable: String,
        /// The line of the earlier one.
        line: usize,
    },
    /// What stands between them changes what the later one uses, or the other way round.
    Between {
        /// The place.
        place: String,
        /// The line in between.
        line: usize,
    },
    /// Both have an effect whose order shows.
    Effects {
        /// The effect.
        effect: Effect,
        /// Both calls' names and tokens.
        calls: Box<[(String, TokenStream); 2]>,
    },
    /// What stands between them may leave, and the later one writes.
    Exit {
        /// How it leaves.
        what: &'static str,
        /// The line.
        line: usize,
    },
}

/// The variables of a function, whatever their scope: what is known of a name holds for all its declarations.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    variables: BTreeMap<String, Holding>,
    /// The callee's name and whether it leaves its receiver alone.
    callee: (String, bool),
    /// Calls of anything may change what they get, not only those of the recursion.
    is_wary: bool,
    /// Variables of which methods whose results are used are taken to look only.
    looked_at: BTreeSet<String>,
    /// What variables borrow from.
    loans: loans::Loans,
    /// Effects whose order shows and was not given up.
    effects: BTreeSet<Effect>,
    /// Variables that the rewriting made.
    made: RefCell<BTreeSet<String>>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Holding {
    mutable_reference: bool,
    may_change: bool,
    /// Something of it may outlive the function.
    outlives: bool,
    /// Declared by a `let` without a value.
    undefined: bool,
}

impl Outside for Names {
    fn is_variable(&self, name: &str) -> bool {
        self.variables.contains_key(name) || self.made.borrow().contains(name)
    }

    fn is_mutable_reference(&self, name: &str) -> bool {
        self.variables.get(name).is_some_and(|v| v.mutable_reference)
    }

    fn may_change(&self, name: &str) -> bool {
        self.variables.get(name).is_some_and(|v| v.may_change)
    }

    fn is_wary(&self) -> bool {
        self.is_wary
    }
}

impl Names {
    /// True for a variable declared `mut` that isn't a reference, as far as the text shows.
    pub(crate) fn is_value(&self, name: &Ident) -> bool {
        let variable = self.variables.get(&name.to_string());
        variable.is_some_and(|variable| variable.may_change && !variable.mutable_reference)
    }

    /// A statement that uses `name` comes behind the one that declares it.
    pub(crate) fn make(&self, name: &Ident) {
        self.made.borrow_mut().insert(name.to_string());
    }

    /// The variables that `function` declares; those passed to `&mut` parameters of the recursion are `&mut`.
    pub(crate) fn of(function: &ItemFn, recursion: &Recursion) -> Names {
        let callee = (recursion.callee.clone(), recursion.receiver != Some(Holds::Mutable));
        let mut names = Names {
            callee,
            ..Names::declared_by(function)
        };
        let (calls, _) = recursion.calls(&function.block);
        for call in calls {
            let receiver = call
                .receiver
                .map(|receiver| (receiver, recursion.receiver.unwrap_or(Holds::Value)));
            let skip = usize::from(call.receiver.is_none() && recursion.receiver.is_some());
            let parameters = recursion.parameters.iter().flatten().copied();
            let arguments = call.arguments.iter().skip(skip).zip(parameters);
            for (argument, holds) in receiver.into_iter().chain(arguments) {
                if holds == Holds::Mutable
                    && let Some((place, _)) = place_of(argument)
                {
                    let entry = names.variables.entry(place.root.clone()).or_default();
                    entry.may_change = true;
                    entry.mutable_reference |= place.is_variable();
                }
            }
        }
        names
    }

    fn declared_by(function: &ItemFn) -> Names {
        let mut names = Names::default();
        for variable in function.sig.inputs.iter().flat_map(variables::of_parameter) {
            names.add(&variable);
            names.entry(&variable.name).outlives |= variable.holds != Holds::Value;
        }
        names.visit_block(&function.block);
        names
    }

    fn entry(&mut self, name: &str) -> &mut Holding {
        self.variables.entry(name.to_string()).or_default()
    }

    fn add(&mut self, variable: &Variable) {
        let entry = self.entry(&variable.name);
        entry.mutable_reference |= variable.holds == Holds::Mutable;
        entry.may_change |= variable.may_change();
        entry.undefined |= variable.undefined;
        entry.outlives |= variable.holds == Holds::Mutable;
    }

    /// What the parts of `slice.split_at_mut(n)` are: every name that takes what a method of such a name gives.
    fn lend(&mut self, pattern: &syn::Pat, value: Option<&Expr>) {
        if value.is_some_and(gives_mutable) {
            for binding in bindings(pattern) {
                let entry = self.entry(&binding.ident.to_string());
                entry.mutable_reference = true;
                entry.may_change = true;
                entry.outlives = true;
            }
        }
    }

    /// The variables of a function whose statements are compared: as rustc will, and as is safe where statements change
    /// places. `effects` are those whose order counts.
    ///
    /// Of two statements that run side by side rustc tells if they really share what the text only may; a statement that
    /// overtakes another one it doesn't look at.
    pub(crate) fn of_statements(function: &ItemFn, effects: BTreeSet<Effect>) -> (Names, Names) {
        let mut names = Names::declared_by(function);
        names.is_wary = true;
        names.loans = loans::Loans::of(function);
        names.effects = effects;
        let mut safe = names.clone();
        for name in loans::may_lend(function) {
            let entry = safe.entry(&name);
            *entry = Holding {
                mutable_reference: true,
                may_change: true,
                outlives: true,
                ..*entry
            };
            names.entry(&name).outlives = true;
        }
        let changed = |name: &&String| mutations::changes(&function.block, name) || loans::is_told(function, name);
        let looked_at = names
            .variables
            .keys()
            .filter(|name| names.may_change(name))
            .filter(changed);
        names.looked_at = looked_at.cloned().collect();
        (names, safe)
    }

    /// The recursion, if it is a method that changes its receiver.
    fn changing_method(&self) -> Option<&str> {
        (!self.callee.1).then_some(&*self.callee.0)
    }

    /// True if the access changes its place.
    pub(crate) fn is_write(&self, access: &Access<'_>) -> bool {
        match &access.touch {
            Touch::Read => false,
            Touch::Method { name, is_statement } => {
                let looks = self.looked_at.contains(&access.place.root)
                    && !is_statement
                    && !mutations::changes_by_name(&name.to_string());
                !(looks || self.callee.1 && *name == self.callee.0)
            }
            _ => true,
        }
    }

    /// True if what the access changes is still seen when the function has been left.
    fn is_seen_outside(&self, access: &Access<'_>) -> bool {
        let outlives = self.variables.get(&access.place.root).is_none_or(|v| v.outlives);
        self.is_write(access) && (outlives || !self.is_wary)
    }

    /// True if a variable of this name is a `&mut`, or lent to one.
    pub(crate) fn is_lent(&self, name: &str) -> bool {
        self.variables.get(name).is_some_and(|v| v.mutable_reference)
    }

    /// True if one of the accesses changes its place.
    pub(crate) fn any_write(&self, accesses: &[Access<'_>]) -> bool {
        accesses.iter().any(|access| self.is_write(access))
    }

    fn clashes(&self, a: &Access<'_>, b: &Access<'_>) -> bool {
        let is_asked_twice = self.is_asked_twice(a, b);
        let (a_writes, b_writes) = (self.is_write(a) || is_asked_twice, self.is_write(b) || is_asked_twice);
        let (of_a, of_b) = (&a.place.root, &b.place.root);
        a.place.overlaps(&b.place) && (a_writes || b_writes)
            || self.loans.is_lent(of_b, of_a, a_writes || b_writes)
            || self.loans.is_lent(of_a, of_b, a_writes || b_writes)
    }

    /// True for two calls of one method of which nothing is known: `self.find(a)` and `self.find(b)`. Where only one thing
    /// is asked, a look would need no more than `&`; what compresses its paths as it goes is asked like this.
    fn is_asked_twice(&self, a: &Access<'_>, b: &Access<'_>) -> bool {
        match (&a.touch, &b.touch) {
            (Touch::Method { name, .. }, Touch::Method { name: other, .. }) => name == other && *name != self.callee.0,
            _ => false,
        }
    }

    /// The first place that one of the two changes and the other touches.
    fn conflict<'x>(
        &self,
        one: &[&'x Access<'x>],
        other: &[&'x Access<'x>],
    ) -> Option<(&'x Access<'x>, &'x Access<'x>)> {
        one.iter().copied().find_map(|a| {
            let clash = other.iter().copied().find(|b| self.clashes(a, b));
            clash.map(|b| (a, b))
        })
    }
}

impl<'a> Visit<'a> for Names {
    fn visit_local(&mut self, node: &'a syn::Local) {
        let value = node.init.as_ref().map(|init| &*init.expr);
        variables::of_let(&node.pat, value).iter().for_each(|v| self.add(v));
        self.lend(&node.pat, value);
        visit::visit_local(self, node);
    }

    fn visit_expr_let(&mut self, node: &'a syn::ExprLet) {
        visit::visit_expr_let(self, node);
        self.lend(&node.pat, Some(&node.expr));
    }

    fn visit_pat(&mut self, node: &'a syn::Pat) {
        variables::of_pattern(node).iter().for_each(|v| self.add(v));
    }

    fn visit_item(&mut self, _: &'a syn::Item) {}
}

/// True for `xs.split_at_mut(n)`, `xs.first_mut()?` and the like.
fn gives_mutable(value: &Expr) -> bool {
    match value {
        Expr::MethodCall(call) if call.method == "unwrap" || call.method == "expect" => gives_mutable(&call.receiver),
        Expr::MethodCall(call) => call.method.to_string().ends_with("_mut"),
        Expr::Try(inner) => gives_mutable(&inner.expr),
        Expr::Paren(inner) => gives_mutable(&inner.expr),
        _ => false,
    }
}

/// A statement, or an expression that stands alone.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Unit<'a> {
    /// One of a block's statements.
    Statement(&'a Stmt),
    /// An arm's or a closure's value.
    Value(&'a Expr),
}

impl<'a> Unit<'a> {
    /// What the unit does outside the nodes `skip`.
    pub(crate) fn accesses(self, names: &Names, skip: &BTreeSet<NodeId>) -> Accesses<'a> {
        match self {
            Unit::Statement(statement) => accesses::of_statement(statement, names, skip),
            Unit::Value(value) => accesses::of_value(value, names, skip),
        }
    }

    /// The names that the unit declares.
    pub(crate) fn declares(self) -> Vec<String> {
        match self {
            Unit::Statement(Stmt::Local(local)) => bindings(&local.pat).iter().map(|b| b.ident.to_string()).collect(),
            _ => Vec::new(),
        }
    }
}

/// What a task touches.
#[derive(Debug)]
pub(crate) struct Footprint<'a> {
    /// Its accesses.
    pub(crate) accesses: Accesses<'a>,
    /// The parts of slices that it is lent mutably.
    pub(crate) parts: Vec<Part>,
    /// Its tokens, for lines.
    pub(crate) at: TokenStream,
}

impl<'a> Footprint<'a> {
    /// The footprint of an expression.
    pub(crate) fn of(node: &'a Expr, names: &Names) -> Footprint<'a> {
        Footprint {
            accesses: accesses::of_expr_without(node, names, &BTreeSet::new()),
            parts: slices::parts(node, names.changing_method()),
            at: node.to_token_stream(),
        }
    }

    /// True if it gets at the place only by parts of it, at least one.
    pub(crate) fn is_lent_parts_of(&self, base: &Place) -> bool {
        let is_part = |access: &Access<'_>| self.parts.iter().any(|part| part.access == access.node);
        let mut overlapping = self.accesses.list.iter().filter(|access| access.place.overlaps(base));
        self.parts.iter().any(|part| part.base.is_same(base)) && overlapping.all(is_part)
    }

    /// True if it leaves the code around it other than by `?`.
    pub(crate) fn leaves(&self) -> bool {
        self.accesses.exits.iter().any(|exit| exit.what != "?")
    }

    /// True if it has a `?`.
    pub(crate) fn has_question(&self) -> bool {
        self.accesses.exits.iter().any(|exit| exit.what == "?")
    }

    /// True if it uses a variable of this name.
    pub(crate) fn uses(&self, name: &str) -> bool {
        self.accesses.list.iter().any(|access| access.place.root == name)
    }

    /// True if it uses both a loan and, so that the loan must have ended, its owner: a closure would hold both at once.
    pub(crate) fn outlasts_a_loan(&self, names: &Names) -> bool {
        let list = &self.accesses.list;
        list.iter().any(|owner| {
            let writes = names.is_write(owner);
            let of_owner = |access: &Access<'_>| names.loans.is_lent(&owner.place.root, &access.place.root, writes);
            list.iter().any(of_owner)
        })
    }

    /// The `let x;` that it gives its first value, which a closure can't do.
    pub(crate) fn gives_first_value(&self, names: &Names) -> Option<&Place> {
        let is_undefined = |name: &str| names.variables.get(name).is_some_and(|variable| variable.undefined);
        let mut writes = self.accesses.list.iter().filter(|access| names.is_write(access));
        let first = writes.find(|access| access.place.is_variable() && is_undefined(&access.place.root));
        first.map(|access| &access.place)
    }

    /// True if it changes nothing that outlives it.
    pub(crate) fn is_pure(&self, names: &Names) -> bool {
        !names.any_write(&self.accesses.list)
    }

    /// True if nothing that it changes is seen once the function has been left.
    fn is_pure_to_callers(&self, names: &Names) -> bool {
        !self.accesses.list.iter().any(|access| names.is_seen_outside(access))
            && !self
                .accesses
                .effects
                .iter()
                .any(|(effect, ..)| names.effects.contains(effect))
    }
}

/// An effect that both have, if its order counts.
fn shared_effect(names: &Names, one: &[Effected], other: &[Effected]) -> Option<Reason> {
    one.iter().find_map(|(effect, name, at)| {
        let both = other
            .iter()
            .find(|(second, ..)| second == effect && names.effects.contains(effect));
        both.map(|(_, later, there)| Reason::Effects {
            effect: *effect,
            calls: Box::new([(name.clone(), at.clone()), (later.clone(), there.clone())]),
        })
    })
}

/// Compares two tasks, the first of which comes first; gives the slices that they get different parts of.
pub(crate) fn of_tasks(names: &Names, first: &Footprint<'_>, second: &Footprint<'_>) -> Result<Vec<Place>, Reason> {
    let mut split: Vec<Place> = Vec::new();
    for part in &first.parts {
        let both = first.is_lent_parts_of(&part.base) && second.is_lent_parts_of(&part.base);
        if both && !split.contains(&part.base) {
            split.push(part.base.clone());
        }
    }
    // of `rows[0][..m]` and `rows[1][m..]` the text doesn't tell one slice from another
    let parts = || first.parts.iter().chain(&second.parts);
    split.retain(|base| {
        let mut own = parts().filter(|part| part.base.is_same(base));
        let one = own.next();
        own.all(|part| one.is_none_or(|one| one.has_same_base(part)))
    });
    for base in &split {
        let of = |part: &&Part| part.base.is_same(base);
        let overlaps = |a: &Part| second.parts.iter().filter(of).any(|b| a.overlaps(b));
        if first.parts.iter().filter(of).any(overlaps) {
            return Err(Reason::Overlap {
                place: base.to_string(),
            });
        }
    }
    if let Some(reason) = shared_effect(names, &first.accesses.effects, &second.accesses.effects) {
        return Err(reason);
    }
    let is_other = |access: &&Access<'_>| !split.iter().any(|base| base.overlaps(&access.place));
    let one: Vec<_> = first.accesses.list.iter().filter(is_other).collect();
    let other: Vec<_> = second.accesses.list.iter().filter(is_other).collect();
    let Some((one, other)) = names.conflict(&one, &other) else {
        return Ok(split);
    };
    let passes = |touch: &Touch<'_>| matches!(touch, Touch::BorrowMut | Touch::Method { .. } | Touch::Read);
    if passes(&one.touch) && passes(&other.touch) {
        return Err(Reason::SharedMut {
            place: one.place.without_elements().to_string(),
        });
    }
    let line = diagnostics::line(&first.at);
    Err(Reason::Dependent {
        variable: one.place.to_string(),
        line,
    })
}

/// Compares a task with the code that it would overtake.
pub(crate) fn of_overtaking(names: &Names, task: &Footprint<'_>, code: &Code<'_>) -> Result<(), Reason> {
    if let Some((_, between)) = names.conflict(&refs(&task.accesses.list), &refs(code.accesses)) {
        let place = between.place.without_elements().to_string();
        return Err(Reason::Between {
            place,
            line: diagnostics::line(&between.at),
        });
    }
    if let Some(reason) = shared_effect(names, code.effects, &task.accesses.effects) {
        return Err(reason);
    }
    // the next iteration, or what stands behind the loop, still sees the function's own variables
    let stays = |what: &str| what == "continue" || what == "break";
    let shows = |what: &str| !task.is_pure_to_callers(names) || stays(what) && !task.is_pure(names);
    match code.exits.iter().find(|(what, _)| shows(what)) {
        Some((what, line)) => Err(Reason::Exit { what, line: *line }),
        None => Ok(()),
    }
}

fn refs<'x, 'a>(accesses: &'x [Access<'a>]) -> Vec<&'x Access<'a>> {
    accesses.iter().collect()
}

/// Code that a task would overtake.
pub(crate) struct Code<'x> {
    /// What it touches.
    pub(crate) accesses: &'x [Access<'x>],
    /// The effects that no variable shows.
    pub(crate) effects: &'x [Effected],
    /// Where it may leave: how, and the line.
    pub(crate) exits: Vec<(&'static str, usize)>,
}
