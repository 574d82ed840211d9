//! Which tasks of a block run side by side?
//!
//! A group starts at its first task and takes in every later one that may overtake what stands between them. `let`s that
//! only compute what a later task is given come along: into the task if nothing else uses them, before the group else.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use proc_macro2::{Span, TokenStream};
use syn::visit::Visit;
use syn::{Expr, Stmt};

use crate::analysis::independence::{Code, Footprint, Names, Reason, Unit, of_overtaking, of_tasks};
use crate::diagnostics;
use crate::lower::NodeId;
use crate::lower::accesses::Accesses;
use crate::lower::bindings::bindings;
use crate::lower::jumps;
use crate::lower::places::Place;
use crate::lower::recursion::Recursion;
use crate::lower::slices::Part;
use crate::lower::tasks::{REACH, Task};
use crate::print::print_short;

/// A group has at most so many tasks: more are no use to a machine's threads, and every task is compared with all others.
const MOST_MEMBERS: usize = 64;

/// So many tasks that find no partner are taken apart one after the other, as the parts of the first may be partners of the
/// next; then all at once.
const ONE_BY_ONE: usize = 16;

/// What the plan has to know about the function.
pub(crate) struct Context<'c> {
    /// The recursion.
    pub(crate) recursion: &'c Recursion,
    /// Its variables, as far as tasks that run side by side go.
    pub(crate) names: &'c Names,
    /// Its variables, as far as tasks that overtake other code go.
    pub(crate) safe: &'c Names,
    /// The unit from which on nothing is moved.
    pub(crate) end: usize,
    /// What is written may be seen although the code before has left.
    pub(crate) may_write_late: bool,
    /// A `?` in a task can be carried out of it: the type that it leaves with is known.
    pub(crate) carries_question: bool,
    /// Parts of one slice may go to different tasks.
    pub(crate) may_split: bool,
}

/// One task of a group.
#[derive(Debug)]
pub(crate) struct Member {
    /// The expression.
    pub(crate) node: NodeId,
    /// The expression's text, for `explain`.
    pub(crate) text: String,
    /// It is a call and nothing around it.
    pub(crate) is_call: bool,
    /// It has a `?` inside.
    pub(crate) has_question: bool,
    /// Macros are called in it of which nothing is known.
    pub(crate) has_unknown_macros: bool,
    /// The `let`s that move into it.
    pub(crate) moved: Vec<usize>,
    /// The span of its first call.
    pub(crate) span: Span,
    /// The parts of split slices that it is lent.
    pub(crate) parts: Vec<Part>,
}

/// Tasks that run side by side, before the unit `at`.
#[derive(Debug)]
pub(crate) struct Group {
    /// The first task's unit.
    pub(crate) at: usize,
    /// The `let`s that come before the group.
    pub(crate) hoisted: Vec<usize>,
    /// The tasks, in order.
    pub(crate) members: Vec<Member>,
    /// The code between the tasks may leave before it comes to the last one.
    pub(crate) may_leave: bool,
    /// The slices whose parts go to different tasks.
    pub(crate) split: Vec<Place>,
}

/// Why a later call stays where it is.
#[derive(Debug)]
pub(crate) struct Failure {
    /// Why.
    pub(crate) reason: Reason,
    /// The later call.
    pub(crate) at: TokenStream,
    /// The line of the earlier one.
    pub(crate) earlier: usize,
}

struct Candidate<'a> {
    unit: usize,
    task: Task<'a>,
    footprint: Footprint<'a>,
    /// The same for code that it overtakes.
    safe: Footprint<'a>,
}

/// The groups among `units`, which are evaluated one after another.
pub(crate) fn groups(units: &[Unit<'_>], context: &Context<'_>, failures: &mut Vec<Failure>) -> Vec<Group> {
    let tasks_of = |unit: &Unit<'_>| {
        let mut nodes = Vec::new();
        let tasks = match *unit {
            Unit::Statement(statement) => context.recursion.tasks_of_statement(statement),
            Unit::Value(value) => context.recursion.tasks(value),
        };
        tasks.iter().for_each(|task| nodes_of(task, &mut nodes));
        nodes
    };
    let mut planner = Planner {
        units,
        context,
        tasks: units.iter().map(tasks_of).collect(),
        declared: units.iter().map(|unit| unit.declares()).collect(),
        mentions: BTreeMap::new(),
        touched: RefCell::default(),
        failures,
    };
    planner.index();
    let mut candidates = planner.candidates();
    for round in 0.. {
        let groups = planner.attempt(&candidates);
        let grouped: BTreeSet<_> = groups.iter().flat_map(|g| &g.members).map(|m| m.node).collect();
        let alone = |c: &Candidate<'_>| !grouped.contains(&NodeId::of(c.task.node)) && !c.task.parts.is_empty();
        let is_alone = candidates.iter().map(alone).collect::<Vec<_>>();
        if !is_alone.contains(&true) {
            return groups;
        }
        // a task that found no partner: its parts may
        let one_by_one = round < ONE_BY_ONE;
        let mut taken_apart = false;
        let mut next = Vec::new();
        for (candidate, is_alone) in candidates.into_iter().zip(is_alone) {
            if !is_alone || (one_by_one && taken_apart) {
                next.push(candidate);
                continue;
            }
            taken_apart = true;
            let parts = candidate.task.parts.into_iter();
            next.extend(parts.map(|task| planner.candidate(candidate.unit, task)));
        }
        candidates = next;
    }
    Vec::new()
}

/// What units touch, by their numbers and the tasks in them that are left out.
type Touched<'a> = BTreeMap<(usize, Vec<NodeId>), Rc<Accesses<'a>>>;

/// The task and its parts.
fn nodes_of(task: &Task<'_>, nodes: &mut Vec<NodeId>) {
    nodes.push(NodeId::of(task.node));
    task.parts.iter().for_each(|part| nodes_of(part, nodes));
}

struct Planner<'a, 'p> {
    units: &'p [Unit<'a>],
    context: &'p Context<'p>,
    /// The tasks in each unit, and the parts of those.
    tasks: Vec<Vec<NodeId>>,
    /// What each unit declares.
    declared: Vec<Vec<String>>,
    /// The units that touch or declare a variable.
    mentions: BTreeMap<String, Vec<usize>>,
    /// What each unit touches outside some of its tasks, as far as it has been asked: it is asked once for every pair.
    touched: RefCell<Touched<'a>>,
    failures: &'p mut Vec<Failure>,
}

impl<'a> Planner<'a, '_> {
    fn candidates(&self) -> Vec<Candidate<'a>> {
        let tasks = |unit: &Unit<'a>| match *unit {
            Unit::Statement(statement) => self.context.recursion.tasks_of_statement(statement),
            Unit::Value(value) => self.context.recursion.tasks(value),
        };
        let all = self.units.iter().enumerate().take(self.context.end);
        all.flat_map(|(at, unit)| tasks(unit).into_iter().map(move |task| (at, task)))
            .map(|(at, task)| self.candidate(at, task))
            .collect()
    }

    fn candidate(&self, unit: usize, task: Task<'a>) -> Candidate<'a> {
        let [footprint, safe] = [self.context.names, self.context.safe].map(|names| Footprint::of(task.node, names));
        Candidate {
            unit,
            task,
            footprint,
            safe,
        }
    }

    fn attempt(&mut self, candidates: &[Candidate<'a>]) -> Vec<Group> {
        let mut groups = Vec::new();
        let mut used = vec![false; candidates.len()];
        for seed in 0..candidates.len() {
            if used[seed] || !self.may_start(&candidates[seed]) {
                continue;
            }
            let first = &candidates[seed];
            let mut forming = Forming {
                at: first.unit,
                hoisted: Vec::new(),
                split: Vec::new(),
                members: vec![(first, Vec::new(), Footprint::of(first.task.node, self.context.names))],
            };
            let mut taken = vec![seed];
            let near = |(_, later): &(usize, &Candidate<'a>)| later.unit <= first.unit + REACH;
            for (number, later) in candidates.iter().enumerate().skip(seed + 1).take_while(near) {
                if forming.members.len() == MOST_MEMBERS {
                    break;
                }
                if used[number] || !self.is_able(later) {
                    continue;
                }
                match self.join(&forming, later) {
                    Ok(joined) => {
                        forming.hoisted.extend(joined.hoisted);
                        forming.split.extend(joined.split);
                        forming.members.push((later, joined.moved, joined.footprint));
                        taken.push(number);
                    }
                    Err(Obstacle { reason, earlier }) => {
                        let call = self.context.recursion.first_call(later.task.node);
                        let node = call.map_or(later.task.node, |call| call.node);
                        let at = self.context.recursion.shown(node);
                        self.failures.push(Failure { reason, at, earlier });
                    }
                }
            }
            if forming.members.len() > 1 {
                taken.iter().for_each(|number| used[*number] = true);
                groups.push(self.finish(forming));
            }
        }
        groups
    }

    fn is_able(&self, candidate: &Candidate<'_>) -> bool {
        let footprint = &candidate.footprint;
        footprint.gives_first_value(self.context.names).is_none()
            && !footprint.leaves()
            && !footprint.outlasts_a_loan(self.context.names)
            && !jumps::continues(|search| search.visit_expr(candidate.task.node))
            && (self.context.carries_question || !footprint.has_question())
    }

    /// True if the task may be moved before its own unit.
    fn may_start(&self, candidate: &Candidate<'a>) -> bool {
        let skip = BTreeSet::from([NodeId::of(candidate.task.node)]);
        let before = self.accesses_without(candidate.unit, &skip);
        let (accesses, exits) = cut(&before, candidate);
        let code = Code {
            accesses: &before.list[..accesses],
            effects: &before.effects,
            exits: Vec::new(),
        };
        let free = of_overtaking(self.context.safe, &candidate.safe, &code).is_ok();
        self.is_able(candidate) && exits == 0 && free
    }

    fn join(&self, forming: &Forming<'_, 'a>, later: &Candidate<'a>) -> Result<Joined<'a>, Obstacle> {
        let first = forming.members[0].0;
        let beside = |reason| Obstacle {
            reason,
            earlier: diagnostics::line(&first.footprint.at),
        };
        let mut footprint = Footprint::of(later.task.node, self.context.names);
        let is_split = forming.members.iter().any(|(_, _, member)| {
            of_tasks(self.context.names, member, &footprint).is_ok_and(|split| !split.is_empty())
        });
        let along = self.along(forming, later, is_split).map_err(beside)?;
        let Along { moved, hoisted } = along;
        let mut lets: Vec<_> = moved.iter().chain(&hoisted).copied().collect();
        lets.sort_unstable();
        // what moves into the task is its own
        let own: BTreeSet<_> = moved.iter().flat_map(|n| self.units[*n].declares()).collect();
        self.take_along(&mut footprint, self.context.names, &lets, &own);
        let mut split: Vec<Place> = Vec::new();
        for (candidate, _, member) in &forming.members {
            let beside = |reason| Obstacle {
                reason,
                earlier: diagnostics::line(&candidate.footprint.at),
            };
            for base in of_tasks(self.context.names, member, &footprint).map_err(beside)? {
                if !self.context.may_split {
                    return Err(beside(Reason::SharedMut {
                        place: base.to_string(),
                    }));
                }
                if !split.contains(&base) && !forming.split.contains(&base) {
                    split.push(base);
                }
            }
        }
        let mut safe = Footprint::of(later.task.node, self.context.safe);
        self.take_along(&mut safe, self.context.safe, &lets, &own);
        self.overtakes(forming, later, &lets, !hoisted.is_empty(), &safe)
            .map_err(beside)?;
        Ok(Joined {
            moved,
            hoisted,
            split,
            footprint,
        })
    }

    /// Adds what the `let`s that come along touch, without what they declare for the task alone.
    fn take_along(&self, footprint: &mut Footprint<'a>, names: &Names, lets: &[usize], own: &BTreeSet<String>) {
        let list = &mut footprint.accesses.list;
        list.retain(|access| !own.contains(&access.place.root));
        let mut declared = BTreeSet::new();
        for number in lets {
            let accesses = self.units[*number].accesses(names, &BTreeSet::new()).list;
            // `let x = x + 1;` reads another `x`
            let of_others = accesses
                .into_iter()
                .filter(|access| !declared.contains(&access.place.root));
            list.extend(of_others);
            declared.extend(
                self.units[*number]
                    .declares()
                    .into_iter()
                    .filter(|name| own.contains(name)),
            );
        }
    }

    fn index(&mut self) {
        for number in 0..self.units.len() {
            let touched: BTreeSet<_> = roots(&self.accesses(number), number)
                .into_iter()
                .map(|(name, _)| name)
                .chain(self.declared[number].iter().cloned())
                .collect();
            for name in touched {
                self.mentions.entry(name).or_default().push(number);
            }
        }
    }

    /// True if a unit besides `except` refers to one of the variables that the unit `number` declares.
    fn is_referred_to(&self, number: usize, skip: &BTreeSet<NodeId>, except: &dyn Fn(usize) -> bool) -> bool {
        self.declared[number].iter().any(|name| {
            let mentions = self.mentions.get(name).map_or(&[][..], |all| all);
            let later = mentions.iter().copied().filter(|unit| *unit > number);
            // from the next declaration on the name means something else
            let mut is_other = false;
            let own = later.take_while(|unit| !std::mem::replace(&mut is_other, self.declared[*unit].contains(name)));
            let refers = |unit: &usize| {
                let accesses = self.accesses_without(*unit, skip);
                accesses.list.iter().any(|access| access.place.root == *name)
            };
            let mut others = own.filter(|unit| !except(*unit));
            others.any(|unit| refers(&unit))
        })
    }

    /// May the task run before all that stands between the group's start and its own place?
    fn overtakes(
        &self,
        forming: &Forming<'_, 'a>,
        later: &Candidate<'a>,
        lets: &[usize],
        hoists: bool,
        footprint: &Footprint<'a>,
    ) -> Result<(), Reason> {
        let mut skip: BTreeSet<_> = forming.members.iter().map(|(m, ..)| NodeId::of(m.task.node)).collect();
        skip.insert(NodeId::of(later.task.node));
        let moved = forming.members.iter().flat_map(|(_, moved, _)| moved);
        let gone: BTreeSet<_> = moved.chain(lets).chain(&forming.hoisted).collect();
        let stays = |number: &usize| !gone.contains(number);
        let questions: Vec<_> = forming
            .members
            .iter()
            .filter(|(m, ..)| m.footprint.has_question())
            .collect();
        for number in (forming.at..=later.unit).filter(stays) {
            let between = self.accesses_without(number, &skip);
            let (mut accesses, mut exits) = (between.list.len(), between.exits.len());
            if number == later.unit {
                (accesses, exits) = cut(&between, later);
            }
            let mut exits: Vec<_> = between.exits[..exits]
                .iter()
                .map(|exit| (exit.what, diagnostics::line(&exit.at)))
                .collect();
            let carried = questions.iter().filter(|(m, ..)| m.unit == number);
            exits.extend(carried.map(|(m, ..)| ("?", diagnostics::line(&m.footprint.at))));
            let is_certain = |number: &usize| self.is_certain(*number);
            if hoists && !exits.is_empty() && !lets.iter().all(is_certain) {
                return Err(Reason::Exit {
                    what: exits[0].0,
                    line: exits[0].1,
                });
            }
            let unknown = between.unknown_macros.iter();
            exits.extend(unknown.map(|call| ("macro", diagnostics::line(call))));
            if self.context.may_write_late {
                exits.clear();
            }
            let code = Code {
                accesses: &between.list[..accesses],
                effects: &between.effects,
                exits,
            };
            of_overtaking(self.context.safe, footprint, &code)?;
        }
        Ok(())
    }

    /// True for a `let` whose value can always be computed: it may be computed in vain.
    fn is_certain(&self, number: usize) -> bool {
        let Unit::Statement(Stmt::Local(local)) = self.units[number] else {
            return false;
        };
        self.context.recursion.is_mark && local.init.as_ref().is_some_and(|init| is_certain(&init.expr))
    }

    /// The `let`s between the group and the task that the task needs.
    fn along(&self, forming: &Forming<'_, 'a>, later: &Candidate<'a>, must_hoist: bool) -> Result<Along, Reason> {
        let mut needed: BTreeSet<usize> = BTreeSet::new();
        let mut open: Vec<(String, usize)> = roots(&later.footprint.accesses, later.unit);
        while let Some((name, before)) = open.pop() {
            let declared = (forming.at..before).rev().find(|n| self.declared[*n].contains(&name));
            let Some(number) = declared.filter(|n| !forming.hoisted.contains(n)) else {
                continue;
            };
            if !self.tasks[number].is_empty() {
                let line = self.line_of_call(number);
                return Err(Reason::Dependent { variable: name, line });
            }
            if needed.insert(number) {
                let accesses = self.accesses(number);
                if !self.is_movable(number, &accesses, &[]) {
                    let line = self.line(number);
                    return Err(Reason::Between { place: name, line });
                }
                open.extend(roots(&accesses, number));
            }
        }
        let needed: Vec<_> = self.with_preparations(forming.at, needed, later)?.into_iter().collect();
        let skip = BTreeSet::from([NodeId::of(later.task.node)]);
        let is_own = |number: usize| needed.contains(&number);
        let is_shared = |number: &usize| must_hoist || self.is_referred_to(*number, &skip, &is_own);
        let mut hoisted: BTreeSet<_> = needed.iter().copied().filter(is_shared).collect();
        // a recursion's are moved or hoisted as one
        while let Some(more) = needed.iter().copied().find(|number| {
            let is_tied = |other: &usize| !self.context.recursion.is_mark || self.must_follow(*number, *other);
            !hoisted.contains(number) && hoisted.iter().any(is_tied)
        }) {
            hoisted.insert(more);
        }
        let last = hoisted.last().copied().unwrap_or(forming.at);
        // a name that means something else before its `let` can't come earlier
        for name in hoisted.iter().flat_map(|n| &self.declared[*n]) {
            for number in (forming.at..last).filter(|n| !needed.contains(n)) {
                let is_used = self
                    .accesses(number)
                    .list
                    .iter()
                    .any(|access| access.place.root == *name);
                if is_used || self.declared[number].contains(name) {
                    return Err(Reason::Between {
                        place: name.clone(),
                        line: self.line(number),
                    });
                }
            }
        }
        let moved = needed.into_iter().filter(|number| !hoisted.contains(number)).collect();
        Ok(Along {
            moved,
            hoisted: hoisted.into_iter().collect(),
        })
    }

    /// True if the unit `number` has to come before the task's join too, as `other` does.
    fn must_follow(&self, number: usize, other: usize) -> bool {
        let [own, others] = [number, other].map(|n| roots(&self.accesses(n), n));
        let (declared, declares) = (&self.declared[other], &self.declared[number]);
        let goes_on = declares.is_empty() && own.iter().any(|(name, _)| declared.contains(name));
        let is_read = number < other && others.iter().any(|(name, _)| declares.contains(name));
        let is_before =
            number < other && declared.is_empty() && own.iter().any(|(name, _)| others.iter().any(|(o, _)| o == name));
        goes_on || is_read || is_before
    }

    /// What the unit touches.
    fn accesses(&self, number: usize) -> Rc<Accesses<'a>> {
        self.accesses_without(number, &BTreeSet::new())
    }

    /// What the unit touches outside the tasks `skip`.
    fn accesses_without(&self, number: usize, skip: &BTreeSet<NodeId>) -> Rc<Accesses<'a>> {
        let own: Vec<_> = self.tasks[number]
            .iter()
            .copied()
            .filter(|task| skip.contains(task))
            .collect();
        let key = (number, own);
        if let Some(known) = self.touched.borrow().get(&key) {
            return known.clone();
        }
        let accesses = Rc::new(self.units[number].accesses(self.context.safe, skip));
        self.touched.borrow_mut().insert(key, accesses.clone());
        accesses
    }

    /// Statements that go on with what the `let`s declare (`with.push(x);`) go with them.
    fn with_preparations(
        &self,
        from: usize,
        mut needed: BTreeSet<usize>,
        later: &Candidate<'a>,
    ) -> Result<BTreeSet<usize>, Reason> {
        let declared: Vec<_> = needed.iter().map(|n| (*n, self.declared[*n].clone())).collect();
        if declared.is_empty() {
            return Ok(needed);
        }
        for number in from + 1..later.unit {
            let before = declared.iter().filter(|(n, _)| *n < number);
            let names: Vec<_> = before.flat_map(|(_, names)| names.clone()).collect();
            let accesses = self.accesses(number);
            let writes = accesses.list.iter().any(|access| {
                names.contains(&access.place.root) && self.context.safe.any_write(std::slice::from_ref(access))
            });
            if needed.contains(&number) || !writes {
                continue;
            }
            let is_own = |name: &String| !names.contains(name) && self.declared_from(from, number, name);
            let needs_more = roots(&accesses, number).iter().any(|(name, _)| is_own(name));
            if !self.tasks[number].is_empty() || needs_more || !self.is_movable(number, &accesses, &names) {
                return Err(Reason::Between {
                    place: names[0].clone(),
                    line: self.line(number),
                });
            }
            needed.insert(number);
        }
        Ok(needed)
    }

    fn declared_from(&self, from: usize, before: usize, name: &String) -> bool {
        (from..before).any(|number| self.declared[number].contains(name))
    }

    /// True if the unit is a `let` that only computes, or a statement that changes nothing but `own`.
    fn is_movable(&self, number: usize, accesses: &Accesses<'_>, own: &[String]) -> bool {
        let is_plain = match self.units[number] {
            Unit::Statement(Stmt::Local(local)) => local.init.as_ref().is_some_and(|init| init.diverge.is_none()),
            Unit::Statement(_) => !own.is_empty(),
            Unit::Value(_) => false,
        };
        let mut others = accesses.list.iter().filter(|access| !own.contains(&access.place.root));
        is_plain
            && accesses.exits.is_empty()
            && !others.any(|access| self.context.safe.any_write(std::slice::from_ref(access)))
    }

    fn line(&self, number: usize) -> usize {
        match self.units[number] {
            Unit::Statement(statement) => diagnostics::line(statement),
            Unit::Value(value) => diagnostics::line(value),
        }
    }

    fn line_of_call(&self, number: usize) -> usize {
        let tasks = match self.units[number] {
            Unit::Statement(statement) => self.context.recursion.tasks_of_statement(statement),
            Unit::Value(value) => self.context.recursion.tasks(value),
        };
        let call = tasks
            .first()
            .and_then(|task| self.context.recursion.first_call(task.node));
        call.map_or_else(|| self.line(number), |call| diagnostics::line(call.node))
    }

    /// The `let mut`s before the group that only its first task uses: inside it they are its own, and stay in registers.
    fn counters_before(&self, at: usize, task: NodeId) -> Vec<usize> {
        let skip = BTreeSet::from([task]);
        let mut moved = Vec::new();
        for number in (at.saturating_sub(REACH)..at).rev() {
            let Unit::Statement(Stmt::Local(local)) = self.units[number] else {
                continue;
            };
            let declared = bindings(&local.pat);
            if !declared.iter().any(|binding| binding.mutable) || !self.is_certain(number) {
                continue;
            }
            let is_used = self.is_referred_to(number, &skip, &|_| false);
            let reads: BTreeSet<_> = roots(&self.accesses(number), 0)
                .into_iter()
                .map(|(name, _)| name)
                .collect();
            let is_changed = (number + 1..at).any(|n| {
                let accesses = self.accesses(n);
                accesses.list.iter().any(|access| reads.contains(&access.place.root))
                    || self.declared[n].iter().any(|name| reads.contains(name))
            });
            if !is_used && !is_changed {
                moved.insert(0, number);
            }
        }
        moved
    }

    fn finish(&self, forming: Forming<'_, 'a>) -> Group {
        let recursion = self.context.recursion;
        let split = forming.split;
        let lent = |footprint: &Footprint<'_>| {
            let parts = footprint
                .parts
                .iter()
                .filter(|part| split.iter().any(|base| part.base.is_same(base)));
            parts.cloned().collect()
        };
        let member = |(candidate, moved, footprint): (&Candidate<'a>, Vec<usize>, Footprint<'a>)| Member {
            parts: lent(&footprint),
            node: NodeId::of(candidate.task.node),
            text: print_short(&recursion.shown(candidate.task.node), 60),
            is_call: recursion.call(candidate.task.node).is_some(),
            has_question: candidate.footprint.has_question(),
            has_unknown_macros: !candidate.footprint.accesses.unknown_macros.is_empty(),
            moved,
            span: recursion
                .first_call(candidate.task.node)
                .map_or_else(|| diagnostics::ends(candidate.task.node).0, |call| call.span()),
        };
        let first = forming.at;
        let last = forming.members.last().map_or(first, |(m, ..)| m.unit);
        let leaves = (first..=last).any(|number| !self.accesses(number).exits.is_empty());
        let may_leave = leaves || forming.members.iter().any(|(m, ..)| m.footprint.has_question());
        let mut members: Vec<_> = forming.members.into_iter().map(member).collect();
        if recursion.is_mark {
            members[0].moved = self.counters_before(first, members[0].node);
        }
        let mut hoisted = forming.hoisted;
        hoisted.sort_unstable();
        hoisted.dedup();
        Group {
            at: forming.at,
            hoisted,
            members,
            may_leave,
            split,
        }
    }
}

/// True if the value can always be computed, and costs next to nothing.
fn is_certain(value: &Expr) -> bool {
    match value {
        Expr::Lit(_) | Expr::Path(_) => true,
        Expr::Reference(e) => is_certain(&e.expr),
        Expr::Tuple(e) => e.elems.iter().all(is_certain),
        Expr::Array(e) => e.elems.iter().all(is_certain),
        Expr::Repeat(e) => is_certain(&e.expr),
        Expr::Unary(e) => matches!(*e.expr, Expr::Lit(_)),
        Expr::Macro(e) => e.mac.path.is_ident("vec") && e.mac.tokens.is_empty(),
        // `Vec::new()`, `HashMap::default()`
        Expr::Call(e) => {
            let Expr::Path(path) = &*e.func else { return false };
            let last = path.path.segments.last();
            let is_new = last.is_some_and(|last| last.ident == "new" || last.ident == "default");
            is_new && path.path.segments.len() > 1 && e.args.is_empty()
        }
        _ => false,
    }
}

/// Why a task doesn't join a group, and the line of the member that it would stand beside.
struct Obstacle {
    reason: Reason,
    earlier: usize,
}

/// How the `let`s that a task needs come along.
struct Along {
    /// Into the task.
    moved: Vec<usize>,
    /// Before the group.
    hoisted: Vec<usize>,
}

struct Forming<'f, 'a> {
    at: usize,
    hoisted: Vec<usize>,
    split: Vec<Place>,
    members: Vec<(&'f Candidate<'a>, Vec<usize>, Footprint<'a>)>,
}

/// What comes of a task that joins the group.
struct Joined<'a> {
    moved: Vec<usize>,
    hoisted: Vec<usize>,
    split: Vec<Place>,
    footprint: Footprint<'a>,
}

/// How many of the unit's accesses and exits come before the task.
fn cut(accesses: &Accesses<'_>, candidate: &Candidate<'_>) -> (usize, usize) {
    let id = NodeId::of(candidate.task.node);
    let found = accesses.skipped.iter().find(|(node, _, _)| *node == id);
    found.map_or((accesses.list.len(), accesses.exits.len()), |(_, list, exits)| {
        (*list, *exits)
    })
}

fn roots(accesses: &Accesses<'_>, before: usize) -> Vec<(String, usize)> {
    let names: BTreeSet<_> = accesses.list.iter().map(|access| access.place.root.clone()).collect();
    names.into_iter().map(|name| (name, before)).collect()
}
