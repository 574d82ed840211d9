//! Which tasks of a block run side by side?
//!
//! A group starts at its first task and takes in every later one that may overtake what stands between them. `let`s that
//! only compute what a later task is given come along: into the task if nothing else uses them, before the group else.

use std::collections::BTreeSet;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::Stmt;

use crate::analysis::independence::{Code, Footprint, Names, Reason, Unit, of_overtaking, of_tasks};
use crate::diagnostics;
use crate::lower::NodeId;
use crate::lower::places::Place;
use crate::lower::recursion::Recursion;
use crate::lower::slices::Part;
use crate::lower::tasks::Task;
use crate::print::print_short;

/// What the plan has to know about the function.
pub(crate) struct Context<'c> {
    /// The recursion.
    pub(crate) recursion: &'c Recursion,
    /// Its variables.
    pub(crate) names: &'c Names,
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
}

struct Candidate<'a> {
    unit: usize,
    task: Task<'a>,
    footprint: Footprint<'a>,
}

/// The groups among `units`, which are evaluated one after another.
pub(crate) fn groups(units: &[Unit<'_>], context: &Context<'_>, failures: &mut Vec<Failure>) -> Vec<Group> {
    let tasks_of = |unit: &Unit<'_>| match *unit {
        Unit::Statement(statement) => context.recursion.tasks_of_statement(statement).len(),
        Unit::Value(value) => context.recursion.tasks(value).len(),
    };
    let holds_tasks: Vec<_> = units.iter().map(|unit| tasks_of(unit) > 0).collect();
    let mut planner = Planner {
        units,
        context,
        holds_tasks,
        failures,
    };
    let mut candidates = planner.candidates();
    loop {
        let groups = planner.attempt(&candidates);
        let grouped: BTreeSet<_> = groups.iter().flat_map(|g| &g.members).map(|m| m.node).collect();
        let alone = |c: &Candidate<'_>| !grouped.contains(&NodeId::of(c.task.node)) && !c.task.parts.is_empty();
        let Some(at) = candidates.iter().position(alone) else {
            return groups;
        };
        // a task that found no partner: its parts may
        let whole = candidates.remove(at);
        let parts = whole
            .task
            .parts
            .into_iter()
            .map(|task| planner.candidate(whole.unit, task));
        let parts: Vec<_> = parts.collect();
        candidates.splice(at..at, parts);
    }
}

struct Planner<'a, 'p> {
    units: &'p [Unit<'a>],
    context: &'p Context<'p>,
    holds_tasks: Vec<bool>,
    failures: &'p mut Vec<Failure>,
}

impl<'a> Planner<'a, '_> {
    fn candidates(&self) -> Vec<Candidate<'a>> {
        let tasks = |unit: &Unit<'a>| match *unit {
            Unit::Statement(statement) => self.context.recursion.tasks_of_statement(statement),
            Unit::Value(value) => self.context.recursion.tasks(value),
        };
        let all = self.units.iter().enumerate();
        all.flat_map(|(at, unit)| tasks(unit).into_iter().map(move |task| (at, task)))
            .map(|(at, task)| self.candidate(at, task))
            .collect()
    }

    fn candidate(&self, unit: usize, task: Task<'a>) -> Candidate<'a> {
        let footprint = Footprint::of(task.node, self.context.names);
        Candidate { unit, task, footprint }
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
            for (number, later) in candidates.iter().enumerate().skip(seed + 1) {
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
                    Err(reason) => {
                        let call = self.context.recursion.first_call(later.task.node);
                        let at = call.map_or_else(|| later.task.node.to_token_stream(), |c| c.node.to_token_stream());
                        self.failures.push(Failure { reason, at });
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
        !footprint.leaves() && (self.context.carries_question || !footprint.has_question())
    }

    /// True if the task may be moved before its own unit.
    fn may_start(&self, candidate: &Candidate<'a>) -> bool {
        let skip = BTreeSet::from([NodeId::of(candidate.task.node)]);
        let before = self.units[candidate.unit].accesses(self.context.names, &skip);
        let (accesses, exits) = cut(&before, candidate);
        let code = Code {
            accesses: &before.list[..accesses],
            exits: Vec::new(),
        };
        let free = of_overtaking(self.context.names, &candidate.footprint, &code).is_ok();
        self.is_able(candidate) && exits == 0 && free
    }

    fn join(&self, forming: &Forming<'_, 'a>, later: &Candidate<'a>) -> Result<Joined<'a>, Reason> {
        let mut footprint = Footprint::of(later.task.node, self.context.names);
        let is_split = forming.members.iter().any(|(_, _, member)| {
            of_tasks(self.context.names, member, &footprint).is_ok_and(|split| !split.is_empty())
        });
        let along = self.along(forming, later, is_split)?;
        let (moved, hoisted) = match along {
            Along::Moved(lets) => (lets, Vec::new()),
            Along::Hoisted(lets) => (Vec::new(), lets),
        };
        let lets: Vec<_> = moved.iter().chain(&hoisted).copied().collect();
        for number in &lets {
            footprint.accesses.list.extend(self.accesses(*number).list);
        }
        // what moves into the task is its own
        let own: BTreeSet<_> = moved.iter().flat_map(|n| self.units[*n].declares()).collect();
        footprint
            .accesses
            .list
            .retain(|access| !own.contains(&access.place.root));
        let mut split: Vec<Place> = Vec::new();
        for (_, _, member) in &forming.members {
            for base in of_tasks(self.context.names, member, &footprint)? {
                if !self.context.may_split {
                    return Err(Reason::SharedMut {
                        place: base.to_string(),
                    });
                }
                if !split.contains(&base) && !forming.split.contains(&base) {
                    split.push(base);
                }
            }
        }
        let mut skip: BTreeSet<_> = forming.members.iter().map(|(m, ..)| NodeId::of(m.task.node)).collect();
        skip.insert(NodeId::of(later.task.node));
        let stays = |number: &usize| {
            let gone = forming.members.iter().any(|(_, moved, _)| moved.contains(number));
            !gone && !lets.contains(number) && !forming.hoisted.contains(number)
        };
        for number in (forming.at..=later.unit).filter(stays) {
            let between = self.units[number].accesses(self.context.names, &skip);
            let (mut accesses, mut exits) = (between.list.len(), between.exits.len());
            if number == later.unit {
                (accesses, exits) = cut(&between, later);
            }
            let mut exits: Vec<_> = between.exits[..exits]
                .iter()
                .map(|exit| (exit.what, diagnostics::line(&exit.at)))
                .collect();
            let carried = forming
                .members
                .iter()
                .filter(|(m, ..)| m.unit == number && m.footprint.has_question());
            exits.extend(carried.map(|(m, ..)| ("?", diagnostics::line(&m.footprint.at))));
            let code = Code {
                accesses: &between.list[..accesses],
                exits,
            };
            if !hoisted.is_empty() && !code.exits.is_empty() {
                return Err(Reason::Exit {
                    what: code.exits[0].0,
                    line: code.exits[0].1,
                });
            }
            of_overtaking(self.context.names, &footprint, &code)?;
        }
        Ok(Joined {
            moved,
            hoisted,
            split,
            footprint,
        })
    }

    /// The `let`s between the group and the task that the task needs.
    fn along(&self, forming: &Forming<'_, 'a>, later: &Candidate<'a>, must_hoist: bool) -> Result<Along, Reason> {
        let mut needed: BTreeSet<usize> = BTreeSet::new();
        let mut open: Vec<(String, usize)> = roots(&later.footprint.accesses, later.unit);
        while let Some((name, before)) = open.pop() {
            let declared = (forming.at..before)
                .rev()
                .find(|n| self.units[*n].declares().contains(&name));
            let Some(number) = declared.filter(|n| !forming.hoisted.contains(n)) else {
                continue;
            };
            if self.holds_tasks[number] {
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
        let names: Vec<_> = needed.iter().flat_map(|n| self.units[*n].declares()).collect();
        let skip = BTreeSet::from([NodeId::of(later.task.node)]);
        let others = (forming.at..self.units.len()).filter(|n| !needed.contains(n));
        let is_shared = others.into_iter().any(|number| {
            let accesses = self.units[number].accesses(self.context.names, &skip);
            names
                .iter()
                .any(|name| accesses.list.iter().any(|access| access.place.root == *name))
        });
        if !is_shared && !must_hoist {
            return Ok(Along::Moved(needed));
        }
        // a name that means something else before its `let` can't come earlier
        for name in &names {
            let last = needed.last().copied().unwrap_or(forming.at);
            for number in (forming.at..last).filter(|n| !needed.contains(n)) {
                let is_used = self
                    .accesses(number)
                    .list
                    .iter()
                    .any(|access| access.place.root == *name);
                if is_used || self.units[number].declares().contains(name) {
                    return Err(Reason::Between {
                        place: name.clone(),
                        line: self.line(number),
                    });
                }
            }
        }
        Ok(Along::Hoisted(needed))
    }

    fn accesses(&self, number: usize) -> crate::lower::accesses::Accesses<'a> {
        self.units[number].accesses(self.context.names, &BTreeSet::new())
    }

    /// Statements that go on with what the `let`s declare (`with.push(x);`) go with them.
    fn with_preparations(
        &self,
        from: usize,
        mut needed: BTreeSet<usize>,
        later: &Candidate<'a>,
    ) -> Result<BTreeSet<usize>, Reason> {
        let names: Vec<_> = needed.iter().flat_map(|n| self.units[*n].declares()).collect();
        for number in from + 1..later.unit {
            let accesses = self.accesses(number);
            let writes = accesses.list.iter().any(|access| {
                names.contains(&access.place.root) && self.context.names.any_write(std::slice::from_ref(access))
            });
            if needed.contains(&number) || !writes {
                continue;
            }
            let is_own = |name: &String| !names.contains(name) && self.declared_from(from, number, name);
            let needs_more = roots(&accesses, number).iter().any(|(name, _)| is_own(name));
            if self.holds_tasks[number] || needs_more || !self.is_movable(number, &accesses, &names) {
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
        (from..before).any(|number| self.units[number].declares().contains(name))
    }

    /// True if the unit is a `let` that only computes, or a statement that changes nothing but `own`.
    fn is_movable(&self, number: usize, accesses: &crate::lower::accesses::Accesses<'_>, own: &[String]) -> bool {
        let is_plain = match self.units[number] {
            Unit::Statement(Stmt::Local(local)) => local.init.as_ref().is_some_and(|init| init.diverge.is_none()),
            Unit::Statement(_) => !own.is_empty(),
            Unit::Value(_) => false,
        };
        let mut others = accesses.list.iter().filter(|access| !own.contains(&access.place.root));
        is_plain
            && accesses.exits.is_empty()
            && !others.any(|access| self.context.names.any_write(std::slice::from_ref(access)))
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
            text: print_short(candidate.task.node, 60),
            is_call: recursion.call(candidate.task.node).is_some(),
            has_question: candidate.footprint.has_question(),
            moved,
            span: recursion
                .first_call(candidate.task.node)
                .map_or_else(|| diagnostics::ends(candidate.task.node).0, |call| call.span()),
        };
        let first = forming.at;
        let last = forming.members.last().map_or(first, |(m, ..)| m.unit);
        let leaves = (first..=last).any(|number| !self.accesses(number).exits.is_empty());
        let may_leave = leaves || forming.members.iter().any(|(m, ..)| m.footprint.has_question());
        let members = forming.members.into_iter().map(member).collect();
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

/// How the `let`s that a task needs come along.
enum Along {
    Moved(Vec<usize>),
    Hoisted(Vec<usize>),
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
fn cut(accesses: &crate::lower::accesses::Accesses<'_>, candidate: &Candidate<'_>) -> (usize, usize) {
    let id = NodeId::of(candidate.task.node);
    let found = accesses.skipped.iter().find(|(node, _, _)| *node == id);
    found.map_or((accesses.list.len(), accesses.exits.len()), |(_, list, exits)| {
        (*list, *exits)
    })
}

fn roots(accesses: &crate::lower::accesses::Accesses<'_>, before: usize) -> Vec<(String, usize)> {
    let names: BTreeSet<_> = accesses.list.iter().map(|access| access.place.root.clone()).collect();
    names.into_iter().map(|name| (name, before)).collect()
}
