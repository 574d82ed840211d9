//! When is a candidate better than the best so far?
//!
//! By a comparison of one thing after the other, in each of which the best so far stands where the candidate stands:
//! `a < b`, `a.y < b.y || a.y == b.y && a.x < b.x`, `a.cmp(&b).is_lt()`, `by_angle(&a, &b) == Ordering::Less`,
//! `is_better(&a, &b)`. Such a comparison is a strict weak order (or what is left when it is reversed) if the parts are
//! orders; of functions that give an `Ordering`, or are called like a comparison, that is assumed. Any other condition,
//! such as `a > b + 1`, isn't one: it isn't transitive.
//!
//! Besides, anything may be better than nothing: `best.is_none() || ..`, `best == usize::MAX || ..`, `first || ..`.

use syn::visit_mut::VisitMut;
use syn::{BinOp, Expr, ExprClosure, ExprMethodCall, Ident, Lit, Pat, UnOp};

use super::comparisons::{compared, flipped, ordering};
use super::{Member, Scope, Substitute, conjuncts, mentions, plain};
use crate::lower::places::place_of;
use crate::lower::updates::strip;
use crate::lower::uses;

/// When a candidate is better.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    /// In terms of the members' numbers, once for the candidate and once for the best so far.
    template: Expr,
    /// The one thing that is compared, as it is written, and how, oriented: `candidate op member`.
    pub(crate) simple: Option<(Expr, BinOp)>,
    /// Of equal candidates the first one stays; else the last one may.
    pub(crate) strict: bool,
    /// What is compared by operators, one after the other, of the best so far.
    keys: Vec<Expr>,
    /// Whether there is a best one yet.
    pub(crate) vacancy: Option<Vacancy>,
}

/// Whether there is a best one yet.
#[derive(Clone, Debug)]
pub(crate) struct Vacancy {
    /// The number of the member that tells.
    pub(crate) member: usize,
    /// What it is when there is none.
    pub(crate) nothing: Expr,
    /// A candidate may be that, too.
    pub(crate) is_sentinel: bool,
    /// Asks whether there is none.
    is_none: Expr,
    /// Asks whether there is one.
    is_some: Expr,
}

impl Order {
    /// The comparison, with what stands for the members of the candidate and of the best so far.
    pub(crate) fn better(&self, candidate: &dyn Fn(usize) -> Expr, best: &dyn Fn(usize) -> Expr) -> Expr {
        let mut better = self.template.clone();
        fill(&mut better, candidate, best);
        better
    }

    /// True if there is no best one yet.
    pub(crate) fn is_vacant(&self, best: &dyn Fn(usize) -> Expr) -> Option<Expr> {
        let mut asked = self.vacancy.as_ref()?.is_none.clone();
        fill(&mut asked, best, best);
        Some(asked)
    }

    /// True if there is one.
    pub(crate) fn is_found(&self, best: &dyn Fn(usize) -> Expr) -> Option<Expr> {
        let mut asked = self.vacancy.as_ref()?.is_some.clone();
        fill(&mut asked, best, best);
        Some(asked)
    }

    /// What of the best so far may be a value that can't be compared, and got there all the same.
    pub(crate) fn unordered(&self, best: &dyn Fn(usize) -> Expr) -> Vec<Expr> {
        // the first one has won its comparison
        let skipped = usize::from(self.vacancy.is_none());
        let keys = self.keys.iter().skip(skipped);
        keys.map(|key| {
            let mut key = key.clone();
            fill(&mut key, best, best);
            key
        })
        .collect()
    }
}

fn marker(role: &str, number: usize) -> Expr {
    let name = quote::format_ident!("__divvy_{role}{number}");
    syn::parse_quote!(#name)
}

fn fill(expr: &mut Expr, candidate: &dyn Fn(usize) -> Expr, best: &dyn Fn(usize) -> Expr) {
    let number = |expr: &Expr, role: &str| -> Option<usize> {
        let Expr::Path(path) = expr else { return None };
        let name = path.path.get_ident()?.to_string();
        name.strip_prefix("__divvy_")?.strip_prefix(role)?.parse().ok()
    };
    Substitute(&mut |expr: &Expr| {
        let of_candidate = number(expr, "candidate_").map(candidate);
        of_candidate.or_else(|| number(expr, "best_").map(best))
    })
    .visit_expr_mut(expr);
}

/// Reads a condition.
pub(super) struct Reader<'a, 's> {
    pub(super) members: &'s [Member<'a>],
    pub(super) values: &'s [&'a Expr],
    pub(super) scope: &'s dyn Scope,
    /// What is evaluated of the candidate.
    pub(super) evaluated: Vec<&'a Expr>,
    /// The same of the best so far.
    pub(super) looked_at: Vec<&'a Expr>,
    /// The functions that compare.
    pub(super) called: Vec<&'a Expr>,
    /// What a closure calls what is in the best so far.
    inner: Option<(Ident, Expr)>,
    keys: Vec<Expr>,
    simple: Option<(Expr, BinOp)>,
}

/// A condition that is an order.
struct Part {
    template: Expr,
    strict: bool,
    /// Values that can't be compared are equal to all others here.
    is_loose: bool,
}

/// A comparison of the candidate with the best so far.
struct Pair<'a> {
    candidate: &'a Expr,
    best: &'a Expr,
    /// The candidate stands on the left.
    candidate_first: bool,
}

impl<'a, 's> Reader<'a, 's> {
    pub(super) fn new(members: &'s [Member<'a>], values: &'s [&'a Expr], scope: &'s dyn Scope) -> Self {
        Reader {
            members,
            values,
            scope,
            evaluated: Vec::new(),
            looked_at: Vec::new(),
            called: Vec::new(),
            inner: None,
            keys: Vec::new(),
            simple: None,
        }
    }

    /// The order that the condition is.
    pub(super) fn read(&mut self, condition: &'a Expr) -> Option<Order> {
        let (vacancy, part) = match self.inside(condition) {
            Some((vacancy, closure)) => (Some(vacancy), self.order(vec![vec![&*closure.body]])?),
            None => {
                let mut vacancy = None;
                let mut others = Vec::new();
                for option in disjuncts(condition) {
                    match self.vacancy(option) {
                        Some(found) if vacancy.is_none() => vacancy = Some(found),
                        _ => others.push(conjuncts(option)),
                    }
                }
                (vacancy, self.order(others)?)
            }
        };
        let simple = self
            .simple
            .take()
            .filter(|_| vacancy.is_none() && self.looked_at.len() == 1);
        Some(Order {
            template: part.template,
            simple,
            strict: part.strict,
            keys: std::mem::take(&mut self.keys),
            vacancy,
        })
    }

    /// `best.is_none_or(|b| ..)`, `best.as_ref().map_or(true, |b| ..)`
    fn inside(&mut self, condition: &'a Expr) -> Option<(Vacancy, &'a ExprClosure)> {
        let Expr::MethodCall(call) = strip(condition) else {
            return None;
        };
        let closure = match (call.method.to_string().as_str(), call.args.len()) {
            ("is_none_or", 1) => &call.args[0],
            ("map_or", 2) if is_bool(&call.args[0], true) => &call.args[1],
            _ => return None,
        };
        let Expr::Closure(closure) = closure else { return None };
        let pattern = closure.inputs.first().filter(|_| closure.inputs.len() == 1)?;
        let name = match pattern {
            Pat::Reference(reference) => &*reference.pat,
            pattern => pattern,
        };
        let Pat::Ident(name) = name else { return None };
        let view = &*call.receiver;
        let option = match view {
            Expr::MethodCall(call) if call.method == "as_ref" && call.args.is_empty() => &*call.receiver,
            view => view,
        };
        let vacancy = self.option(option)?;
        let found: Expr = match pattern {
            Pat::Reference(_) => syn::parse_quote!((*#view.unwrap())),
            _ => syn::parse_quote!(#view.unwrap()),
        };
        (name.subpat.is_none() && name.by_ref.is_none()).then_some(())?;
        self.inner = Some((name.ident.clone(), found));
        Some((vacancy, closure))
    }

    /// An `Option` that is `Some` once there was a candidate.
    fn option(&self, option: &Expr) -> Option<Vacancy> {
        let member = self.member(option)?;
        crate::lower::choices::in_some(self.values[member])?;
        let best = marker("best_", member);
        Some(Vacancy {
            member,
            nothing: syn::parse_quote!(::core::option::Option::None),
            is_sentinel: false,
            is_none: syn::parse_quote!(#best.is_none()),
            is_some: syn::parse_quote!(#best.is_some()),
        })
    }

    /// `best.is_none()`, `best == usize::MAX`, `first`, `!found`
    fn vacancy(&self, option: &Expr) -> Option<Vacancy> {
        match strip(option) {
            Expr::MethodCall(call) if call.method == "is_none" && call.args.is_empty() => self.option(&call.receiver),
            Expr::Binary(equal) if matches!(equal.op, BinOp::Eq(_)) => {
                let (member, nothing) = match (self.member(&equal.left), self.member(&equal.right)) {
                    (Some(member), None) => (member, &*equal.right),
                    (None, Some(member)) => (member, &*equal.left),
                    _ => return None,
                };
                let best = marker("best_", member);
                is_constant(nothing).then(|| Vacancy {
                    member,
                    nothing: nothing.clone(),
                    is_sentinel: true,
                    is_none: syn::parse_quote!(#best == #nothing),
                    is_some: syn::parse_quote!(#best != #nothing),
                })
            }
            Expr::Unary(not) if matches!(not.op, UnOp::Not(_)) => self.flag(&not.expr, false),
            flag => self.flag(flag, true),
        }
    }

    /// A flag that is set to the opposite of `nothing`.
    fn flag(&self, flag: &Expr, nothing: bool) -> Option<Vacancy> {
        let member = self.member(flag)?;
        let best = marker("best_", member);
        is_bool(self.values[member], !nothing).then(|| Vacancy {
            member,
            nothing: syn::parse_quote!(#nothing),
            is_sentinel: false,
            is_none: match nothing {
                true => best.clone(),
                false => syn::parse_quote!(!#best),
            },
            is_some: match nothing {
                true => syn::parse_quote!(!#best),
                false => best,
            },
        })
    }

    fn member(&self, expr: &Expr) -> Option<usize> {
        let (place, _) = place_of(expr)?;
        self.members.iter().position(|m| m.place.is_same(&place))
    }

    /// One of several conditions, each of which is several: `a < b || a == b && (..)`.
    fn order(&mut self, mut options: Vec<Vec<&'a Expr>>) -> Option<Part> {
        if let [option] = &options[..] {
            let [condition] = option[..] else { return None };
            let apart = disjuncts(condition);
            return match apart.len() {
                1 => self.comparison(condition),
                _ => self.order(apart.into_iter().map(conjuncts).collect()),
            };
        }
        let first = options.iter().position(|option| option.len() == 1)?;
        let [first] = options.remove(first)[..] else {
            return None;
        };
        let known = self.keys.len();
        let before = self.comparison(first)?;
        // a key that is known, and wins only if it is better
        let key = self.keys.get(known).cloned().filter(|_| self.keys.len() == known + 1)?;
        (before.strict && !before.is_loose).then_some(())?;
        let mut equal = None;
        for option in &mut options {
            let at = option.iter().position(|condition| self.equates(condition, &key))?;
            equal = Some(option.remove(at));
            if option.is_empty() {
                return None;
            }
        }
        let Expr::Binary(equal) = strip(equal?) else {
            return None;
        };
        let [left, right] = [&equal.left, &equal.right].map(|side| &**side);
        let pair = self.pair(left, right)?;
        let (candidate, best) = (self.as_candidate(pair.best), self.as_best(pair.best));
        let behind = self.order(options)?;
        let (better, rest) = (before.template, behind.template);
        Some(Part {
            template: syn::parse_quote!(#better || #candidate == #best && (#rest)),
            ..behind
        })
    }

    /// True for `a == b` of what has been compared before.
    fn equates(&self, condition: &'a Expr, key: &Expr) -> bool {
        let Expr::Binary(equal) = strip(condition) else {
            return false;
        };
        let is_equal = matches!(equal.op, BinOp::Eq(_));
        let pair = self.pair(&equal.left, &equal.right).filter(|_| is_equal);
        pair.is_some_and(|pair| plain(&self.as_best(pair.best)) == plain(key))
    }

    /// One comparison.
    fn comparison(&mut self, condition: &'a Expr) -> Option<Part> {
        let condition = strip(condition);
        if let Some(found) = compared(condition)
            && let Some(pair) = self.pair(found.left, found.right)
        {
            let op = match pair.candidate_first {
                true => found.op,
                false => flipped(found.op)?,
            };
            let strict = match op {
                BinOp::Lt(_) | BinOp::Gt(_) => true,
                BinOp::Le(_) | BinOp::Ge(_) => false,
                _ => return None,
            };
            let (candidate, best) = (self.as_candidate(pair.best), self.as_best(pair.best));
            self.took(&pair);
            match strip(&best) {
                Expr::Tuple(parts) => self.keys.extend(parts.elems.iter().cloned()),
                _ => self.keys.push(best.clone()),
            }
            self.simple = Some((pair.best.clone(), op));
            return Some(Part {
                template: syn::parse_quote!(#candidate #op #best),
                strict,
                is_loose: false,
            });
        }
        match condition {
            Expr::Binary(asked) if matches!(asked.op, BinOp::Eq(_) | BinOp::Ne(_)) => {
                let name = ordering(&asked.right, false)?;
                let is_side = name == "Less" || name == "Greater";
                let part = self.ordering(&asked.left).filter(|_| is_side)?;
                let (strict, op, side) = (matches!(asked.op, BinOp::Eq(_)), &asked.op, &asked.right);
                let ordering = &part.template;
                (strict || !part.is_loose).then_some(())?;
                Some(Part {
                    template: syn::parse_quote!(#ordering #op #side),
                    strict: strict && part.strict,
                    ..part
                })
            }
            Expr::MethodCall(asked) if asked.args.is_empty() && asked.method.to_string().starts_with("is_") => {
                let strict = match asked.method.to_string().as_str() {
                    "is_lt" | "is_gt" => true,
                    "is_le" | "is_ge" => false,
                    _ => return None,
                };
                let part = self.ordering(&asked.receiver)?;
                let (ordering, method) = (&part.template, &asked.method);
                (strict || !part.is_loose).then_some(())?;
                Some(Part {
                    template: syn::parse_quote!(#ordering.#method()),
                    strict: strict && part.strict,
                    ..part
                })
            }
            call => self.called(call, &is_comparison),
        }
    }

    /// What is an `Ordering`.
    fn ordering(&mut self, expr: &'a Expr) -> Option<Part> {
        let expr = strip(expr);
        let Expr::MethodCall(call) = expr else {
            return self.called(expr, &|_| true);
        };
        match (call.method.to_string().as_str(), call.args.len()) {
            ("reverse", 0) => {
                let part = self.ordering(&call.receiver)?;
                let ordering = &part.template;
                Some(Part {
                    template: syn::parse_quote!(#ordering.reverse()),
                    ..part
                })
            }
            ("then" | "then_with", 1) => {
                let before = self.ordering(&call.receiver).filter(|part| !part.is_loose)?;
                let (then, next) = match &call.args[0] {
                    Expr::Closure(closure) if call.method == "then_with" && closure.inputs.is_empty() => {
                        (&*closure.body, true)
                    }
                    next if call.method == "then" => (next, false),
                    _ => return None,
                };
                // `then_with` may pass over what panics
                if next && is_partial(then) {
                    return None;
                }
                let behind = self.ordering(then)?;
                let (before, next_of, method) = (before, &behind.template, &call.method);
                let first = &before.template;
                let template = match next {
                    true => syn::parse_quote!(#first.#method(|| #next_of)),
                    false => syn::parse_quote!(#first.#method(#next_of)),
                };
                Some(Part {
                    template,
                    strict: before.strict && behind.strict,
                    is_loose: behind.is_loose,
                })
            }
            ("unwrap", 0) | ("expect" | "unwrap_or", 1) => {
                let is_loose = call.method == "unwrap_or";
                if is_loose && ordering(&call.args[0], false)? != "Equal" {
                    return None;
                }
                let Expr::MethodCall(partial) = strip(&call.receiver) else {
                    return None;
                };
                let part = self.method(partial, "partial_cmp")?;
                let (compared, method, args) = (&part.template, &call.method, &call.args);
                Some(Part {
                    template: syn::parse_quote!(#compared.#method(#args)),
                    is_loose,
                    ..part
                })
            }
            ("cmp" | "total_cmp", 1) => self.method(call, &call.method.to_string()),
            _ => self.called(expr, &|_| true),
        }
    }

    /// `a.cmp(&b)`
    fn method(&mut self, call: &'a ExprMethodCall, name: &str) -> Option<Part> {
        let argument = call
            .args
            .first()
            .filter(|_| call.method == name && call.args.len() == 1)?;
        let pair = self.pair(&call.receiver, argument)?;
        self.took(&pair);
        if name == "partial_cmp" {
            self.keys.push(self.as_best(pair.best));
        }
        let [candidate, best] = [self.as_candidate(pair.best), self.as_best(pair.best)];
        let key = |expr: Expr| match expr {
            Expr::Reference(reference) => *reference.expr,
            other => other,
        };
        let [candidate, best] = [key(candidate), key(best)];
        let method = &call.method;
        let template = match pair.candidate_first {
            true => syn::parse_quote!((#candidate).#method(&#best)),
            false => syn::parse_quote!((#best).#method(&#candidate)),
        };
        Some(Part {
            template,
            strict: true,
            is_loose: false,
        })
    }

    /// `closer(&center, &a, &b)`, `a.beats(&b)`: of two of the operands the best so far is one and the candidate the other.
    fn called(&mut self, expr: &'a Expr, is_known: &dyn Fn(&Ident) -> bool) -> Option<Part> {
        let (name, operands): (&Ident, Vec<&'a Expr>) = match expr {
            Expr::Call(call) => {
                let Expr::Path(path) = &*call.func else { return None };
                self.called.push(&call.func);
                (&path.path.segments.last()?.ident, call.args.iter().collect())
            }
            Expr::MethodCall(call) => (
                &call.method,
                std::iter::once(&*call.receiver).chain(&call.args).collect(),
            ),
            _ => return None,
        };
        let about = |expr: &&&Expr| self.mentions(expr);
        let [best] = operands.iter().filter(about).collect::<Vec<_>>()[..] else {
            return None;
        };
        let mirrors = |expr: &&&'a Expr| self.pair(best, expr).is_some();
        let [candidate] = operands.iter().filter(mirrors).collect::<Vec<_>>()[..] else {
            return None;
        };
        let is_same = |a: &Expr, b: &Expr| std::ptr::eq(a, b);
        let others = operands
            .iter()
            .filter(|o| !is_same(o, best) && !is_same(o, candidate))
            .copied();
        let others: Vec<&'a Expr> = others.collect();
        let is_local = |expr: &&Expr| uses::of_expr(expr).iter().any(|name| self.scope.is_local(name));
        if others.iter().any(is_local) || !is_known(name) {
            return None;
        }
        let pair = self.pair(best, candidate)?;
        self.took(&pair);
        self.evaluated.extend(others);
        let filled = |operand: &Expr| match operand {
            operand if is_same(operand, best) => self.as_best(best),
            operand if is_same(operand, candidate) => match (candidate, best) {
                (Expr::Reference(_), Expr::Reference(_)) => self.as_candidate(best),
                (Expr::Reference(_), best) => {
                    let key = self.as_candidate(best);
                    syn::parse_quote!(&#key)
                }
                _ => self.as_candidate(best),
            },
            other => other.clone(),
        };
        let mut template = expr.clone();
        match (&mut template, expr) {
            (Expr::Call(made), Expr::Call(call)) => {
                for (made, operand) in made.args.iter_mut().zip(&call.args) {
                    *made = filled(operand);
                }
            }
            (Expr::MethodCall(made), Expr::MethodCall(call)) => {
                let receiver = filled(&call.receiver);
                *made.receiver = syn::parse_quote!((#receiver));
                for (made, operand) in made.args.iter_mut().zip(&call.args) {
                    *made = filled(operand);
                }
            }
            _ => return None,
        }
        Some(Part {
            template,
            // nobody knows what it says of equal ones
            strict: false,
            is_loose: false,
        })
    }

    fn took(&mut self, pair: &Pair<'a>) {
        self.evaluated.push(pair.candidate);
        self.looked_at.push(pair.best);
    }

    /// The two sides, if one becomes the other when the members are replaced by their new values.
    fn pair(&self, left: &'a Expr, right: &'a Expr) -> Option<Pair<'a>> {
        let (candidate, best, candidate_first) = match (self.mentions(left), self.mentions(right)) {
            (false, true) => (left, right, true),
            (true, false) => (right, left, false),
            _ => return None,
        };
        let about = self.seen(best);
        if uses::of_expr(&about).iter().any(|name| self.scope.is_local(name)) {
            return None;
        }
        let mut substituted = about.clone();
        Substitute(&mut |expr| Some(self.values[self.member(expr)?].clone())).visit_expr_mut(&mut substituted);
        let is_same = plain(&substituted) == plain(candidate) || self.means(candidate, &substituted, &about);
        is_same.then_some(Pair {
            candidate,
            best,
            candidate_first,
        })
    }

    /// True if the candidate, seen through the names of the iteration, is what the best so far becomes.
    fn means(&self, candidate: &Expr, substituted: &Expr, best: &Expr) -> bool {
        let meanings = self
            .scope
            .meaning(candidate, true)
            .zip(self.scope.meaning(substituted, false));
        let Some(((candidate, needed), (substituted, also_needed))) = meanings else {
            return false;
        };
        // the loop doesn't change what the comparison reads, wherever it reads it
        let read = uses::of_expr(best);
        let is_read = |name: &String| read.contains(name);
        plain(&candidate) == plain(&substituted) && needed.iter().chain(&also_needed).all(is_read)
    }

    /// With what a closure's parameter stands for.
    fn seen(&self, expr: &Expr) -> Expr {
        let mut seen = expr.clone();
        if let Some((name, found)) = &self.inner {
            let is_it = |expr: &Expr| matches!(expr, Expr::Path(path) if path.path.is_ident(name));
            Substitute(&mut |expr| is_it(expr).then(|| found.clone())).visit_expr_mut(&mut seen);
        }
        seen
    }

    fn mentions(&self, expr: &Expr) -> bool {
        let seen = self.seen(expr);
        self.members.iter().any(|m| mentions(&seen, &m.place))
    }

    fn as_best(&self, best: &Expr) -> Expr {
        self.marked(best, "best_")
    }

    fn as_candidate(&self, best: &Expr) -> Expr {
        self.marked(best, "candidate_")
    }

    fn marked(&self, best: &Expr, role: &str) -> Expr {
        let mut marked = self.seen(best);
        Substitute(&mut |expr| Some(marker(role, self.member(expr)?))).visit_expr_mut(&mut marked);
        marked
    }
}

/// The operands of a chain of `||`.
fn disjuncts(condition: &Expr) -> Vec<&Expr> {
    match strip(condition) {
        Expr::Binary(binary) if matches!(binary.op, BinOp::Or(_)) => {
            [disjuncts(&binary.left), disjuncts(&binary.right)].concat()
        }
        other => vec![other],
    }
}

fn is_bool(expr: &Expr, value: bool) -> bool {
    matches!(expr, Expr::Lit(literal) if matches!(&literal.lit, Lit::Bool(found) if found.value == value))
}

/// `usize::MAX`, `NONE`, `-1`, `!0`
fn is_constant(expr: &Expr) -> bool {
    match strip(expr) {
        Expr::Lit(_) => true,
        Expr::Unary(unary) => !matches!(unary.op, UnOp::Deref(_)) && is_constant(&unary.expr),
        Expr::Path(path) => path.path.segments.last().is_some_and(|last| {
            let name = last.ident.to_string();
            name.chars().all(|c| c.is_uppercase() || c.is_numeric() || c == '_')
        }),
        _ => false,
    }
}

/// `a.partial_cmp(&b).unwrap()`
fn is_partial(expr: &Expr) -> bool {
    let mut inner = strip(expr);
    while let Expr::MethodCall(call) = inner {
        if call.method == "unwrap" || call.method == "expect" {
            return true;
        }
        inner = strip(&call.receiver);
    }
    false
}

/// True for names of functions that say which of two comes first: `less`, `is_better`, `closer_than`.
fn is_comparison(name: &Ident) -> bool {
    let name = name.to_string();
    let name = name.strip_prefix("is_").unwrap_or(&name);
    let name = name.strip_suffix("_than").unwrap_or(name);
    COMPARATIVES.contains(&name)
}

/// What functions that compare are called.
const COMPARATIVES: &[&str] = &[
    "better", "bigger", "cheaper", "closer", "earlier", "farther", "faster", "greater", "heavier", "higher", "larger",
    "later", "less", "lighter", "longer", "lower", "lt", "gt", "nearer", "newer", "older", "shorter", "slower",
    "smaller", "worse", "younger",
];
