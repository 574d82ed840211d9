//! Which variables carry a value along that can be known before the loop gets there?
//!
//! A carried variable's update is a *step*: a function of its old value, made of operands that don't contain it. Where
//! the steps of an iteration belong to a family that is closed under composition, a piece of the loop can be summarised
//! by one function without knowing what is carried in (Blelloch's recurrences). A variable with few values is an automaton:
//! a piece is summarised by running it from every state (Hillis and Steele). A variable whose steps depend on another
//! carried one comes in a later stage, where that one is known.

mod aliases;
mod branches;
mod candidates;
mod chains;
mod exchanges;
mod finite;
mod flows;
mod hidden;
mod items;
mod laws;
mod linear;
mod refusal;
mod stale;
mod symbolic;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::visit_mut::VisitMut;
use syn::{Block, Expr, ExprForLoop, Stmt};

use self::candidates::candidates;
use self::candidates::{law_of, local};
use crate::analysis::slicing::{Prepared, Slice};
use crate::analysis::writes::Chained;
use crate::lower::accesses::{self, Accesses, Touch};
use crate::lower::guards::Substitute;
use crate::lower::kernels::Kernel;
use crate::lower::places::{Place, Step, place_of};
use crate::lower::steps::{Method, NoStep, Why};
use crate::lower::uses::Names;
use crate::names::FreeNames;
use crate::options::Options;
pub(crate) use finite::Functions;
use hidden::Hidden;
pub(crate) use laws::Law;
use laws::Updates;
pub(crate) use refusal::Refusal;
use symbolic::Made;

/// The families of steps, by the names of the runtime's types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Family {
    /// The last value set.
    Last,
    /// Sums.
    Shift,
    /// `a * v + b`
    Affine,
    /// `min(max(v + a, low), high)`
    Clamp,
    /// `min(max(v, low), high)`
    Order,
    /// `((v << s) & m) ^ b`
    Bits,
    /// `(a * v + b) % m`
    Modular,
}

/// A variable that is carried along.
#[derive(Debug)]
pub(crate) struct Carried {
    /// The place.
    pub(crate) place: Place,
    /// The place as the user writes it.
    pub(crate) target: Expr,
    /// Its name inside the leaf.
    pub(crate) local: Ident,
    /// The array of which it is the element written by the iteration before.
    pub(crate) array: Option<Chained>,
    /// The monoid whose law it follows, if that is not one of numbers.
    pub(crate) law: Option<Law>,
}

/// How a piece is summarised for some of the variables, when those of earlier stages are known.
#[derive(Debug)]
pub(crate) enum Stage {
    /// By steps.
    Steps {
        /// Each with its family and the tokens of its first step.
        variables: Vec<(Ident, Family, TokenStream)>,
        /// The variables of earlier stages that the body uses.
        known: Vec<Ident>,
        /// The loop's body, as steps.
        body: Block,
        /// Every iteration sets all of them, so the last one alone decides.
        only_last: bool,
    },
    /// By its own updates, from the identity of its law.
    Law {
        /// The variable.
        variable: Ident,
        /// Says that the piece has set it.
        is_set: Ident,
        /// The variables of earlier stages that the body uses.
        known: Vec<Ident>,
        /// What decides about it.
        body: Block,
    },
    /// By linear forms of all the values together.
    Linear {
        /// The variables, each with the tokens of its first update.
        variables: Vec<(Ident, TokenStream)>,
        /// The variables of earlier stages that the body uses.
        known: Vec<Ident>,
        /// The loop's body, on forms.
        body: Block,
    },
    /// By running it from every state.
    Automaton {
        /// The joint state.
        variables: Vec<Ident>,
        /// The values that each may have.
        states: Vec<Vec<Expr>>,
        /// The variables of earlier stages that the body uses.
        known: Vec<Ident>,
        /// What decides about the state.
        body: Block,
    },
}

impl Stage {
    /// What of the loop's body it runs.
    pub(crate) fn body_mut(&mut self) -> &mut Block {
        match self {
            Stage::Steps { body, .. }
            | Stage::Law { body, .. }
            | Stage::Linear { body, .. }
            | Stage::Automaton { body, .. } => body,
        }
    }
}

/// The recurrences of a loop.
#[derive(Debug, Default)]
pub(crate) struct Recurrences {
    /// The variables.
    pub(crate) carried: Vec<Carried>,
    /// How they are summarised.
    pub(crate) stages: Vec<Stage>,
    /// What decides about all of them, to be run in order.
    pub(crate) in_order: Option<Block>,
    /// Places that are carried along in a way that can't be summarised.
    pub(crate) refused: Vec<(Place, Refusal)>,
    /// All places that were looked at.
    candidates: Vec<Place>,
    /// The first write or collected item that a carried value flows into, and the value.
    pub(crate) flows: Option<(Place, TokenStream)>,
}

impl Recurrences {
    /// The places about which nothing is left to say: recurrences, if only all of the loop's were.
    pub(crate) fn settled(&self) -> impl Iterator<Item = Place> + '_ {
        let is_refused = |place: &Place| self.refused.iter().any(|(refused, _)| refused.is_same(place));
        self.candidates.iter().filter(move |place| !is_refused(place)).cloned()
    }
}

/// What is known about a loop besides.
pub(crate) struct Around<'a> {
    /// The places that something else is done with.
    pub(crate) elsewhere: &'a [Place],
    /// Tells the variables whose elements the loop writes.
    pub(crate) is_written: &'a dyn Fn(&str) -> bool,
    /// What the function declares.
    pub(crate) functions: &'a Functions,
    /// The arrays of which each iteration touches elements of its own.
    pub(crate) own: &'a [Place],
}

/// Looks for recurrences among the variables that the loop carries along.
pub(crate) fn analyze(
    kernel: &Kernel<'_>,
    found: &Accesses<'_>,
    chained: Vec<Chained>,
    around: &Around<'_>,
    options: &Options,
    names: &mut FreeNames,
) -> Recurrences {
    let mut recurrences = Recurrences::default();
    let mut candidates = candidates(kernel, found, options);
    candidates.retain(|(place, _)| !around.elsewhere.iter().any(|other| other.overlaps(place)));
    if candidates.is_empty() && chained.is_empty() {
        return recurrences;
    }
    recurrences.candidates = candidates.iter().map(|(place, _)| place.clone()).collect();
    let mut carried: Vec<Carried> = candidates
        .into_iter()
        .map(|(place, target)| Carried {
            local: local(&place, &target, names),
            law: law_of(kernel, found, &place, options),
            place,
            target,
            array: None,
        })
        .collect();
    let mut node = kernel.node.clone();
    rename(&mut node, &carried);
    let is_option = |name: &str| kernel.variable(name).is_some_and(exchanges::is_option);
    exchanges::write_out(&mut node, &is_option, names);
    let updates: Vec<Updates> = carried
        .iter()
        .map(|c| match &c.law {
            Some(_) => laws::take_out(&mut node, &c.local),
            None => Updates::default(),
        })
        .collect();
    let is_set = names.free("is_set");
    let wants_every_value = !chained.is_empty();
    for array in chained {
        let place = array.written.place.clone();
        recurrences.candidates.push(place.clone());
        let before = names.free(&format!("{}_before", array.written.place.root.trim_start_matches("r#")));
        chains::unroll(&mut node, &array, &before, names);
        carried.push(Carried {
            local: before,
            place,
            target: array.written.target.clone(),
            array: Some(array),
            law: None,
        });
    }
    let locals: Names = carried.iter().map(|c| c.local.to_string()).collect();
    let of_node = |node: ExprForLoop| {
        let loops = Loop {
            kernel,
            carried: &carried,
            updates: &updates,
            is_set: &is_set,
            functions: around.functions,
            own: around.own,
            may_round: options.float.is_some(),
            header: ExprForLoop {
                body: syn::parse_quote!({}),
                ..node.clone()
            },
            prepared: Prepared::of(&node),
            hidden: Hidden::of(&node.body),
            labelled: hidden::labelled(&node.body),
            changes: changes_by_root(found),
            roots: carried
                .iter()
                .flat_map(|c| [c.place.root.clone(), c.local.to_string()])
                .collect(),
            node,
        };
        let stages = loops.stages()?;
        let in_order = carried.iter().all(|c| c.array.is_none()).then(|| {
            let all: Vec<&Carried> = carried.iter().collect();
            let body = loops.slice(&all).and_then(|slice| loops.as_written(&slice.body));
            body.and_then(|body| items::left_alone(&body, &loops.node, around.own))
                .ok()
        });
        Ok((stages, in_order.flatten()))
    };
    let stages = of_node(node.clone()).or_else(|refused: Refused| match branches::plainer(&node, &locals) {
        Some(plainer) => of_node(plainer).map_err(|_| refused),
        None => Err(refused),
    });
    match stages {
        Ok((stages, in_order)) => {
            recurrences.flows = match wants_every_value {
                true => carried
                    .iter()
                    .find_map(|c| Some((c.place.clone(), c.array.as_ref()?.own.to_token_stream()))),
                // all at once, and if there is anything one by one
                false => flows::of_loop(&node, locals.clone(), &locals, around.is_written).and_then(|_| {
                    carried.iter().find_map(|c| {
                        let value = Names::from([c.local.to_string()]);
                        let at = flows::of_loop(&node, value, &locals, around.is_written)?;
                        Some((c.place.clone(), at))
                    })
                }),
            };
            recurrences.stages = stages;
            recurrences.in_order = in_order;
            recurrences.carried = carried;
        }
        Err(refused) => recurrences.refused = refused,
    }
    recurrences
}

/// Places that are no variables get the names that they have inside the leaf.
fn rename(node: &mut ExprForLoop, carried: &[Carried]) {
    let rename = &mut |expr: &Expr| {
        let (found, _) = place_of(expr)?;
        let local = carried
            .iter()
            .find(|c| !c.place.is_variable() && found.depth() == 0 && found.is_same(&c.place))
            .map(|c| &c.local)?;
        Some(syn::parse_quote!(#local))
    };
    Substitute(rename).visit_block_mut(&mut node.body);
}

/// How a group of variables can be summarised.
enum Summary {
    Steps(Family, TokenStream),
    Law,
    Linear(Box<linear::Forms>),
    Automaton(Vec<Vec<Expr>>),
}

struct Loop<'a> {
    kernel: &'a Kernel<'a>,
    node: ExprForLoop,
    carried: &'a [Carried],
    /// The updates of those that follow a law, as they are written.
    updates: &'a [Updates],
    is_set: &'a Ident,
    /// What the function declares.
    functions: &'a Functions,
    /// The arrays of which each iteration touches elements of its own.
    own: &'a [Place],
    /// The user says how floats may be rounded.
    may_round: bool,
    /// The loop without its body.
    header: ExprForLoop,
    /// The body, ready to be sliced.
    prepared: Prepared,
    /// What a slice of the body doesn't see.
    hidden: Hidden,
    /// A block with a label in the body.
    labelled: Option<TokenStream>,
    /// What the loop changes, by the variables.
    changes: BTreeMap<&'a str, Vec<&'a Place>>,
    /// The variables that carried values are parts of, and their names in the leaf.
    roots: Names,
}

/// What the loop changes, by the variables.
fn changes_by_root<'a>(found: &'a Accesses<'_>) -> BTreeMap<&'a str, Vec<&'a Place>> {
    let mut changes: BTreeMap<&str, Vec<&Place>> = BTreeMap::new();
    for access in found.list.iter().filter(|a| !matches!(a.touch, Touch::Read)) {
        changes.entry(&access.place.root).or_default().push(&access.place);
    }
    changes
}

type Refused = Vec<(Place, Refusal)>;

impl Loop<'_> {
    fn stages(&self) -> Result<Vec<Stage>, Refused> {
        let count = self.carried.len();
        let mut refused = Refused::new();
        let mut depends: Vec<Names> = Vec::new();
        for carried in self.carried {
            match self.slice(&[carried]) {
                Ok(slice) => depends.push(slice.needed),
                Err(refusal) => {
                    refused.push((carried.place.clone(), refusal));
                    depends.push(Names::new());
                }
            }
        }
        if !refused.is_empty() {
            return Err(refused);
        }
        // the element before may not exist, so nothing is computed from it but the element itself
        for (needed, carried) in depends.iter().zip(self.carried) {
            let is_array = |c: &&Carried| c.array.is_some() && c.local != carried.local;
            if let Some(array) = self
                .carried
                .iter()
                .filter(is_array)
                .find(|c| needed.contains(&c.local.to_string()))
            {
                let refusal = Refusal::Depends {
                    on: array.place.to_string(),
                    at: array
                        .array
                        .as_ref()
                        .map(|a| a.own.to_token_stream())
                        .unwrap_or_default(),
                };
                return Err(vec![(carried.place.clone(), refusal)]);
            }
        }
        let numbers: BTreeMap<String, usize> = self.carried.iter().map(|c| c.local.to_string()).zip(0..).collect();
        let direct: Vec<BTreeSet<usize>> = depends
            .iter()
            .enumerate()
            .map(|(i, needed)| {
                let others = needed.iter().filter_map(|name| numbers.get(name).copied());
                others.filter(|j| *j != i).collect()
            })
            .collect();
        // a slice contains all that it depends on, so dependence is transitive already
        let together = |i: usize, j: usize| direct[i].contains(&j) && direct[j].contains(&i);
        let mut levels: Vec<usize> = vec![0; count];
        for _ in 0..count {
            let before = levels.clone();
            for i in 0..count {
                let below = direct[i].iter().filter(|&&j| !together(i, j));
                levels[i] = below.map(|&j| levels[j] + 1).max().unwrap_or(0).max(levels[i]);
            }
            if levels == before {
                break;
            }
        }
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut group_of: Vec<usize> = Vec::new();
        for (i, needed) in direct.iter().enumerate() {
            // the first of a group comes before the others
            let first = needed.iter().copied().find(|&j| j < i && together(i, j));
            let group = first.map_or(groups.len(), |first| group_of[first]);
            if group == groups.len() {
                groups.push(Vec::new());
            }
            groups[group].push(i);
            group_of.push(group);
        }
        let mut stages = Vec::new();
        for level in 0..=levels.iter().copied().max().unwrap_or(0) {
            let mut stepping: Vec<(usize, Family, TokenStream)> = Vec::new();
            for group in groups.iter().filter(|group| levels[group[0]] == level) {
                match self.summary(group) {
                    Ok(Summary::Steps(family, first)) => stepping.push((group[0], family, first)),
                    Ok(Summary::Law) => match self.law(group[0]) {
                        Ok(stage) => stages.push(stage),
                        Err(refusal) => refused.push((self.carried[group[0]].place.clone(), refusal)),
                    },
                    Ok(Summary::Linear(forms)) => match self.linear(group, *forms) {
                        Ok(stage) => stages.push(stage),
                        Err(refusal) => refused.push((self.carried[group[0]].place.clone(), refusal)),
                    },
                    Ok(Summary::Automaton(states)) => match self.automaton(group, states) {
                        Ok(stage) => stages.push(stage),
                        Err(refusal) => refused.push((self.carried[group[0]].place.clone(), refusal)),
                    },
                    Err(refusal) => {
                        for &i in group {
                            let place = self.carried[i].place.clone();
                            let refusal = match &refusal {
                                // no variable is told that it depends on itself
                                Refusal::Mutual { other } if *other == place.to_string() => Refusal::Mutual {
                                    other: self.carried[group[0]].place.to_string(),
                                },
                                refusal => refusal.clone(),
                            };
                            refused.push((place, refusal));
                        }
                    }
                }
            }
            if !stepping.is_empty() && refused.is_empty() {
                match self.steps(&stepping) {
                    Ok(stage) => stages.push(stage),
                    Err(refusal) => refused.push((self.carried[stepping[0].0].place.clone(), refusal)),
                }
            }
        }
        if refused.is_empty() { Ok(stages) } else { Err(refused) }
    }

    /// What decides about some of the variables, if nothing else that changes has a part in it.
    fn slice(&self, targets: &[&Carried]) -> Result<Slice, Refusal> {
        let names: Names = targets.iter().map(|c| c.local.to_string()).collect();
        let is_outer = |name: &str| self.kernel.variable(name).is_some();
        let slice = self
            .prepared
            .slice(&names, &is_outer)
            .map_err(|entangled| Refusal::Entangled { at: entangled.at })?;
        if let Some(at) = self.labelled.clone() {
            return Err(Refusal::NoStep(NoStep { at, why: Why::Use }));
        }
        // the targets themselves have been looked at as candidates
        let needed: Names = slice.needed.iter().filter(|name| !is_outer(name)).cloned().collect();
        if let Some((on, at)) = self.hidden.change_of(&needed) {
            return Err(Refusal::Depends { on, at });
        }
        let node = ExprForLoop {
            body: slice.body.clone(),
            ..self.header.clone()
        };
        let found = accesses::of_loop(&node, self.kernel);
        let is_carried = |place: &Place| {
            self.roots.contains(&place.root)
                && self
                    .carried
                    .iter()
                    .any(|c| c.place.overlaps(place) || c.local == place.root)
        };
        for access in &found.list {
            // what is written to an element of its own is looked at where it may be seen
            let is_own = |place: &Place| self.own.iter().any(|own| own.is_same(&place.without_elements()));
            if is_carried(&access.place) || access.subscript.is_some() && is_own(&access.place) {
                continue;
            }
            let of_root = self.changes.get(access.place.root.as_str()).into_iter().flatten();
            let changed = of_root
                .filter(|other| other.overlaps(&access.place))
                .any(|other| !is_carried(other));
            if changed {
                return Err(Refusal::Depends {
                    on: access.place.to_string(),
                    at: access.at.clone(),
                });
            }
        }
        if let Some((_, effect, at)) = found.effects.first() {
            return Err(Refusal::Depends {
                on: effect.clone(),
                at: at.clone(),
            });
        }
        Ok(slice)
    }

    fn summary(&self, group: &[usize]) -> Result<Summary, Refusal> {
        let members: Vec<&Carried> = group.iter().map(|&i| &self.carried[i]).collect();
        let slice = self.slice(&members)?;
        let by_steps = match group {
            [one] if self.carried[*one].law.is_some() => return Ok(Summary::Law),
            [_] => self.by_steps(&slice, members[0]),
            _ => Err(Refusal::Mutual {
                other: members[1].place.to_string(),
            }),
        };
        if let Some(refused) = members.iter().find(|c| c.array.is_some()).zip(by_steps.as_ref().err()) {
            return Err(refused.1.clone());
        }
        let refusal = match by_steps {
            Ok((family, first)) => return Ok(Summary::Steps(family, first)),
            Err(refusal) => refusal,
        };
        let names: Names = members.iter().map(|c| c.local.to_string()).collect();
        let states: Option<Vec<Vec<Expr>>> = members
            .iter()
            .map(|c| {
                let of = finite::Member {
                    variable: &c.local.to_string(),
                    is_bool: self.is_bool(c),
                    members: &names,
                    functions: self.functions,
                };
                finite::values(&slice.body, &of)
            })
            .collect();
        let is_one = members.len() == 1;
        match states {
            Some(states) => {
                let count = states.iter().map(Vec::len).product();
                if count > finite::MOST_STATES {
                    return Err(Refusal::States { count });
                }
                Ok(Summary::Automaton(states))
            }
            None if is_one || members.iter().any(|c| c.law.is_some()) => Err(refusal),
            None => match linear::of_block(&slice.body, &names, self.may_round) {
                Some(forms) => Ok(Summary::Linear(Box::new(forms))),
                None => Err(refusal),
            },
        }
    }

    fn linear(&self, group: &[usize], forms: linear::Forms) -> Result<Stage, Refusal> {
        let members: Vec<&Carried> = group.iter().map(|&i| &self.carried[i]).collect();
        let slice = self.slice(&members)?;
        let names: Names = members.iter().map(|c| c.local.to_string()).collect();
        let first = |c: &&Carried| forms.first[&c.local.to_string()].clone();
        Ok(Stage::Linear {
            variables: members.iter().map(|c| (c.local.clone(), first(c))).collect(),
            known: self.known(&slice, &names),
            body: items::left_alone(&self.as_written(&forms.body)?, &self.node, self.own)?,
        })
    }

    fn by_steps(&self, slice: &Slice, carried: &Carried) -> Result<(Family, TokenStream), Refusal> {
        let name = carried.local.to_string();
        let (_, made) = symbolic::of_block(&slice.body, &Names::from([name.clone()])).map_err(Refusal::NoStep)?;
        let made = &made[&name];
        if made.methods.is_empty() {
            // it changes somewhere that the slice doesn't show
            let at = carried.target.to_token_stream();
            return Err(Refusal::NoStep(NoStep { at, why: Why::Hidden }));
        }
        if let Some(at) = made.methods.get(&Method::Div)
            && !self.may_round
        {
            let at = at.clone();
            return Err(Refusal::NoStep(NoStep { at, why: Why::Division }));
        }
        let family = family(made)?;
        let first = made.first.clone().unwrap_or_default();
        Ok((family, first))
    }

    fn is_bool(&self, carried: &Carried) -> bool {
        let Some(variable) = self.kernel.variable(&carried.place.root) else {
            return false;
        };
        let (ty, init) =
            carried
                .place
                .steps
                .iter()
                .fold((variable.ty.as_ref(), variable.init.as_ref()), |(ty, init), step| {
                    (
                        ty.and_then(|ty| part_of_type(ty, step)),
                        init.and_then(|init| part_of(init, step)),
                    )
                });
        let by_type = matches!(ty, Some(syn::Type::Path(path)) if path.path.is_ident("bool"));
        by_type || matches!(init, Some(Expr::Lit(lit)) if matches!(lit.lit, syn::Lit::Bool(_)))
    }

    fn known(&self, slice: &Slice, targets: &Names) -> Vec<Ident> {
        let is_known = |c: &&Carried| {
            let name = c.local.to_string();
            slice.needed.contains(&name) && !targets.contains(&name)
        };
        self.carried.iter().filter(is_known).map(|c| c.local.clone()).collect()
    }

    /// A body in which all updates stand as they are written.
    fn as_written(&self, body: &Block) -> Result<Block, Refusal> {
        let mut body = body.clone();
        for (carried, updates) in self.carried.iter().zip(self.updates) {
            if carried.law.is_some() {
                body = laws::put_back(&body, &carried.local, updates, None).map_err(Refusal::NoStep)?;
            }
        }
        Ok(body)
    }

    fn law(&self, number: usize) -> Result<Stage, Refusal> {
        let carried = &self.carried[number];
        let slice = self.slice(&[carried])?;
        let names = Names::from([carried.local.to_string()]);
        let body = laws::put_back(&slice.body, &carried.local, &self.updates[number], Some(self.is_set))
            .map_err(Refusal::NoStep)?;
        Ok(Stage::Law {
            variable: carried.local.clone(),
            is_set: self.is_set.clone(),
            known: self.known(&slice, &names),
            body: items::left_alone(&self.as_written(&body)?, &self.node, self.own)?,
        })
    }

    fn automaton(&self, group: &[usize], states: Vec<Vec<Expr>>) -> Result<Stage, Refusal> {
        let members: Vec<&Carried> = group.iter().map(|&i| &self.carried[i]).collect();
        let slice = self.slice(&members)?;
        let names: Names = members.iter().map(|c| c.local.to_string()).collect();
        Ok(Stage::Automaton {
            variables: members.iter().map(|c| c.local.clone()).collect(),
            states,
            known: self.known(&slice, &names),
            body: items::left_alone(&self.as_written(&slice.body)?, &self.node, self.own)?,
        })
    }

    fn steps(&self, stepping: &[(usize, Family, TokenStream)]) -> Result<Stage, Refusal> {
        let members: Vec<&Carried> = stepping.iter().map(|(i, ..)| &self.carried[*i]).collect();
        let slice = self.slice(&members)?;
        let names: Names = members.iter().map(|c| c.local.to_string()).collect();
        let (body, _) = symbolic::of_block(&slice.body, &names).map_err(Refusal::NoStep)?;
        let body = items::left_alone(&self.as_written(&body)?, &self.node, self.own)?;
        let known = self.known(&slice, &names);
        let all_last = stepping.iter().all(|(_, family, _)| *family == Family::Last);
        let only_last = all_last && known.is_empty() && names.iter().all(|name| sets_always(&body, name));
        Ok(Stage::Steps {
            variables: stepping
                .iter()
                .map(|(i, family, first)| (self.carried[*i].local.clone(), *family, first.clone()))
                .collect(),
            known,
            body,
            only_last,
        })
    }
}

/// The part of a tuple's or a struct's literal to which a step leads.
fn part_of<'e>(whole: &'e Expr, step: &Step) -> Option<&'e Expr> {
    match (whole, step) {
        (Expr::Tuple(tuple), Step::Field(name)) => tuple.elems.get(name.parse::<usize>().ok()?),
        (Expr::Struct(literal), Step::Field(name)) => {
            let field = literal
                .fields
                .iter()
                .find(|f| f.member.to_token_stream().to_string() == *name)?;
            Some(&field.expr)
        }
        _ => None,
    }
}

/// The part of a tuple's type to which a step leads.
fn part_of_type<'t>(whole: &'t syn::Type, step: &Step) -> Option<&'t syn::Type> {
    match (whole, step) {
        (syn::Type::Tuple(tuple), Step::Field(name)) => tuple.elems.get(name.parse::<usize>().ok()?),
        _ => None,
    }
}

/// True if every iteration sets the variable, whatever happens.
fn sets_always(body: &Block, name: &str) -> bool {
    let sets = |stmt: &Stmt| {
        matches!(stmt, Stmt::Expr(Expr::MethodCall(call), _)
            if call.method == "set" && place_of(&call.receiver).is_some_and(|(p, _)| p.root == name))
    };
    let text = quote::quote!(#body).to_string();
    body.stmts.iter().any(sets) && !text.contains("continue")
}

/// The smallest family that has all the methods.
fn family(made: &Made) -> Result<Family, Refusal> {
    use Method::*;
    let methods: &BTreeMap<Method, TokenStream> = &made.methods;
    let within = |allowed: &[Method]| methods.keys().all(|m| *m == Set || allowed.contains(m));
    if within(&[Meet]) {
        Ok(Family::Last)
    } else if within(&[Add, Sub]) {
        Ok(Family::Shift)
    } else if within(&[Max, Min, Within]) {
        Ok(Family::Order)
    } else if within(&[Add, Sub, Max, Min, SaturatingAdd, SaturatingSub, Within, Down, Up]) {
        Ok(Family::Clamp)
    } else if within(&[And, Or, Xor, Not, Shl, Shr, RotateLeft, RotateRight]) {
        Ok(Family::Bits)
    } else if within(&[Add, Sub, Rsub, Neg, Mul, Plus, Minus, Shl, Div]) {
        Ok(Family::Affine)
    } else if [Rem, And, Wrap, Restart].iter().any(|m| methods.contains_key(m))
        && within(&[Add, Mul, Rem, And, Shl, Plus, Wrap, Restart])
    {
        Ok(Family::Modular)
    } else {
        let mut tokens = methods.iter().filter(|(m, _)| **m != Set).map(|(_, at)| at.clone());
        let first = tokens.next().unwrap_or_default();
        let second = tokens.next_back().unwrap_or_default();
        Err(Refusal::Mixed { first, second })
    }
}
