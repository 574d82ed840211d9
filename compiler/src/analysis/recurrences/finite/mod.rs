//! Which values may a variable have, if they are few?
//!
//! Those that are assigned to it: literals, constants and variants, negations, comparisons. The list may miss some
//! (the value before the loop, a constant behind a name): an automaton in another state is run step by step.

mod counters;
mod functions;
mod literals;

use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{BinOp, Block, Expr, Lit, Pat, Stmt, UnOp};

use crate::lower::places::place_of;
use crate::lower::primitives::number;
use crate::lower::updates::{is_compound, strip};
use crate::lower::uses::Names;
pub(crate) use functions::Functions;

/// Of so many joint states an automaton is too large to run from all of them.
pub(crate) const MOST_STATES: usize = 64;

/// Whose values are asked for.
pub(super) struct Member<'a> {
    /// The variable.
    pub(super) variable: &'a str,
    /// It is a truth value.
    pub(super) is_bool: bool,
    /// The other variables of the automaton, and itself.
    pub(super) members: &'a Names,
    /// The functions whose bodies can be seen.
    pub(super) functions: &'a Functions,
}

/// The values assigned to a variable in a block, each once.
///
/// `None` if something else is assigned.
pub(super) fn values(body: &Block, of: &Member<'_>) -> Option<Vec<Expr>> {
    let mut collect = Collect {
        of,
        body,
        same: Names::new(),
        known: Vec::new(),
        values: Vec::new(),
        is_finite: true,
        rises: None,
        depth: 0,
    };
    collect.visit_block(body);
    if let Some(rises) = collect.rises {
        let set: Vec<u64> = collect.values.iter().filter_map(number).collect();
        let is_it = |expr: &Expr| place_of(expr).is_some_and(|(p, _)| p.root == of.variable);
        let numbers = counters::between(body, &is_it, &set, rises)?;
        collect.push(numbers_up_to(numbers.len() as u64));
    }
    (collect.is_finite && !collect.values.is_empty()).then_some(collect.values)
}

struct Collect<'b> {
    of: &'b Member<'b>,
    /// Where locals are looked up.
    body: &'b Block,
    /// Names that stand for the variable's own value.
    same: Names,
    /// What the conditions around say about names, the innermost last.
    known: Vec<literals::Literals>,
    values: Vec<Expr>,
    is_finite: bool,
    /// It counts, in steps; true if upward as well.
    rises: Option<bool>,
    /// Locals and functions that are looked up, one in the other.
    depth: usize,
}

/// `false` and `true`
fn both() -> Vec<Expr> {
    vec![syn::parse_quote!(false), syn::parse_quote!(true)]
}

fn numbers_up_to(end: u64) -> Vec<Expr> {
    let literal = |n: u64| {
        let literal = syn::LitInt::new(&n.to_string(), proc_macro2::Span::call_site());
        syn::parse_quote!(#literal)
    };
    (0..end).map(literal).collect()
}

impl Collect<'_> {
    fn push(&mut self, values: Vec<Expr>) {
        let text = |e: &Expr| e.to_token_stream().to_string();
        for value in values {
            if !self.values.iter().any(|known| text(known) == text(&value)) {
                self.values.push(value);
            }
        }
    }

    fn assigned(&mut self, value: &Expr) {
        match self.value(value) {
            Some(values) => self.push(values),
            None if self.of.is_bool => self.push(both()),
            None => self.is_finite = false,
        }
    }

    /// True for the variable itself, and for what stands for its value.
    fn is_itself(&self, value: &Expr) -> bool {
        let is_known = |name: String| name == self.of.variable || self.same.contains(&name);
        place_of(value).is_some_and(|(place, _)| place.depth() == 0 && is_known(place.root))
    }

    fn tail(&mut self, block: &Block) -> Option<Vec<Expr>> {
        match block.stmts.last() {
            Some(Stmt::Expr(value, None)) => self.value(value),
            // `{ continue; }` and the like have no value
            Some(Stmt::Expr(Expr::Continue(_) | Expr::Break(_) | Expr::Return(_), _)) => Some(Vec::new()),
            _ => None,
        }
    }

    fn all<'e>(&mut self, values: impl IntoIterator<Item = &'e Expr>) -> Option<Vec<Expr>> {
        let lists = values.into_iter().map(|value| self.value(value));
        Some(lists.collect::<Option<Vec<_>>>()?.concat())
    }

    /// What an expression may be besides what the variable is already; `None` if that isn't known.
    fn value(&mut self, value: &Expr) -> Option<Vec<Expr>> {
        let value = strip(value);
        let one = || Some(vec![value.clone()]);
        if self.is_itself(value) {
            return Some(Vec::new());
        }
        match value {
            Expr::Lit(literal) if !matches!(literal.lit, Lit::Float(_)) => one(),
            Expr::Unary(unary) => match (&unary.op, strip(&unary.expr)) {
                (UnOp::Neg(_), Expr::Lit(_)) => one(),
                (UnOp::Deref(_), inner) => self.literals(inner),
                (UnOp::Not(_), inner) if self.of.is_bool || is_truth(inner) => Some(both()),
                _ => None,
            },
            Expr::Path(path) => match path.path.get_ident().map(ToString::to_string) {
                Some(name) if self.of.members.contains(&name) => Some(Vec::new()),
                Some(name) if !name.starts_with(|c: char| c.is_uppercase()) => {
                    self.literals(value).or_else(|| self.of_local(&name))
                }
                _ => one(),
            },
            Expr::If(branch) => {
                let then = self.under(literals::of_condition(&branch.cond), |c| c.tail(&branch.then_branch))?;
                let (_, otherwise) = branch.else_branch.as_ref()?;
                Some([then, self.value(otherwise)?].concat())
            }
            Expr::Match(choice) => self.of_match(choice),
            Expr::Block(block) => self.tail(&block.block),
            Expr::Continue(_) | Expr::Break(_) | Expr::Return(_) => Some(Vec::new()),
            Expr::Tuple(tuple) => self.made(value, tuple.elems.iter()),
            Expr::Struct(literal) if literal.rest.is_none() => self.made(value, literal.fields.iter().map(|f| &f.expr)),
            Expr::Call(call) => match &*call.func {
                Expr::Path(path) if is_constructor(&path.path) => self.made(value, call.args.iter()),
                Expr::Path(path) => self.of_call(&path.path.get_ident()?.to_string(), call),
                _ => None,
            },
            Expr::Binary(binary) => match (&binary.op, number(&binary.right)) {
                (BinOp::Rem(_), Some(n)) if n <= 16 => Some(numbers_up_to(n)),
                (BinOp::BitAnd(_), Some(n)) if n < 16 => Some(numbers_up_to(n + 1)),
                (BinOp::Add(_) | BinOp::Sub(_), Some(_)) if self.is_itself(&binary.left) => {
                    self.counts(matches!(binary.op, BinOp::Add(_)));
                    Some(Vec::new())
                }
                (BinOp::BitAnd(_) | BinOp::BitOr(_) | BinOp::BitXor(_), _) if self.of.is_bool => Some(both()),
                _ => is_truth(value).then(both),
            },
            other => is_truth(other).then(both),
        }
    }

    /// The literals that a name may be here.
    fn literals(&self, name: &Expr) -> Option<Vec<Expr>> {
        let (place, _) = place_of(name).filter(|(place, _)| place.is_variable())?;
        let mut known = self.known.iter().rev();
        known
            .find(|(name, _)| *name == place.root)
            .map(|(_, values)| values.clone())
    }

    /// What is found where conditions say this.
    fn under<T>(&mut self, known: Vec<literals::Literals>, inside: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.known.len();
        self.known.extend(known);
        let found = inside(self);
        self.known.truncate(before);
        found
    }

    fn counts(&mut self, upward: bool) {
        self.rises = Some(self.rises.unwrap_or(false) || upward);
    }

    fn of_local(&mut self, name: &str) -> Option<Vec<Expr>> {
        let init = local(self.body, name).filter(|_| self.depth < 8)?;
        self.depth += 1;
        let values = self.value(&init);
        self.depth -= 1;
        values
    }

    /// A name that an arm's pattern gives to the variable's value stands for it there.
    fn of_match(&mut self, choice: &syn::ExprMatch) -> Option<Vec<Expr>> {
        let mut all = Vec::new();
        for arm in &choice.arms {
            let mut names = Names::new();
            functions::names_for(&arm.pat, &choice.expr, &|expr| self.is_itself(expr), &mut names);
            let before = self.same.clone();
            self.same.extend(names);
            let values = self.under(literals::of_arm(choice, &arm.pat), |c| c.value(&arm.body));
            self.same = before;
            all.extend(values?);
        }
        Some(all)
    }

    /// What a function gives that can be seen.
    fn of_call(&mut self, name: &str, call: &syn::ExprCall) -> Option<Vec<Expr>> {
        let function = self.of.functions.get(name).filter(|_| self.depth < 8)?;
        let mut names = Names::new();
        for (parameter, argument) in function.parameters.iter().zip(&call.args) {
            functions::names_for(parameter, argument, &|expr| self.is_itself(expr), &mut names);
        }
        let nowhere: Block = syn::parse_quote!({});
        let body = match &function.body {
            Expr::Block(block) => &block.block,
            _ => &nowhere,
        };
        let mut inside = Collect {
            of: &Member {
                variable: "",
                ..*self.of
            },
            body,
            same: names,
            known: Vec::new(),
            values: Vec::new(),
            is_finite: true,
            rises: None,
            depth: self.depth + 1,
        };
        let returned = inside.all(functions::returned(&function.body))?;
        let values = inside.value(&function.body)?;
        inside.rises.is_none().then(|| [values, returned].concat())
    }

    /// A tuple or a variant with all that may be in it.
    fn made<'e>(&mut self, whole: &Expr, parts: impl Iterator<Item = &'e Expr>) -> Option<Vec<Expr>> {
        let mut all = vec![whole.clone()];
        for (number, part) in parts.enumerate() {
            let values = self.value(part).filter(|values| !values.is_empty())?;
            let with = |whole: &Expr, value: &Expr| {
                let mut whole = whole.clone();
                let part = match &mut whole {
                    Expr::Tuple(tuple) => tuple.elems.get_mut(number),
                    Expr::Call(call) => call.args.get_mut(number),
                    Expr::Struct(literal) => literal.fields.get_mut(number).map(|field| {
                        field.colon_token.get_or_insert_default();
                        &mut field.expr
                    }),
                    _ => None,
                };
                part.into_iter().for_each(|part| *part = value.clone());
                whole
            };
            all = all
                .iter()
                .flat_map(|whole| values.iter().map(move |value| with(whole, value)))
                .collect();
            if all.len() > MOST_STATES {
                return None;
            }
        }
        Some(all)
    }
}

/// True for `Some` and `State::Quoted`: what is called like a variant.
fn is_constructor(path: &syn::Path) -> bool {
    path.segments
        .last()
        .is_some_and(|last| last.ident.to_string().starts_with(char::is_uppercase))
}

impl<'a> Visit<'a> for Collect<'_> {
    fn visit_expr(&mut self, node: &'a Expr) {
        let variable = self.of.variable;
        let is_variable = |e: &Expr| place_of(e).is_some_and(|(p, _)| p.root == variable);
        match node {
            Expr::Assign(assign) if is_variable(&assign.left) => self.assigned(&assign.right),
            Expr::Assign(assign) => {
                if let (Expr::Tuple(left), Expr::Tuple(right)) = (&*assign.left, &*assign.right) {
                    for (left, right) in left.elems.iter().zip(&right.elems) {
                        if is_variable(left) {
                            self.assigned(right);
                        }
                    }
                } else if let Expr::Tuple(left) = &*assign.left
                    && left.elems.iter().any(is_variable)
                {
                    self.is_finite = false;
                }
            }
            Expr::Binary(binary) if is_compound(&binary.op) && is_variable(&binary.left) => {
                let on_truth = matches!(
                    binary.op,
                    BinOp::BitAndAssign(_) | BinOp::BitOrAssign(_) | BinOp::BitXorAssign(_)
                );
                match (&binary.op, number(&binary.right)) {
                    (BinOp::RemAssign(_), Some(n)) if n <= 16 => self.push(numbers_up_to(n)),
                    (BinOp::AddAssign(_), Some(_)) => self.counts(true),
                    (BinOp::SubAssign(_), Some(_)) => self.counts(false),
                    _ if on_truth && self.of.is_bool => self.push(both()),
                    _ => self.is_finite = false,
                }
            }
            Expr::If(branch) => {
                self.visit_expr(&branch.cond);
                let known = literals::of_condition(&branch.cond);
                self.under(known, |c| c.visit_block(&branch.then_branch));
                branch
                    .else_branch
                    .iter()
                    .for_each(|(_, otherwise)| self.visit_expr(otherwise));
                return;
            }
            Expr::Match(choice) => {
                self.visit_expr(&choice.expr);
                for arm in &choice.arms {
                    self.under(literals::of_arm(choice, &arm.pat), |c| c.visit_arm(arm));
                }
                return;
            }
            _ => {}
        }
        visit::visit_expr(self, node);
    }
}

/// True if the text shows that it is a truth value.
fn is_truth(value: &Expr) -> bool {
    match strip(value) {
        Expr::Binary(binary) => matches!(
            binary.op,
            BinOp::Eq(_)
                | BinOp::Ne(_)
                | BinOp::Lt(_)
                | BinOp::Le(_)
                | BinOp::Gt(_)
                | BinOp::Ge(_)
                | BinOp::And(_)
                | BinOp::Or(_)
        ),
        Expr::Unary(unary) => matches!(unary.op, UnOp::Not(_)) && is_truth(&unary.expr),
        Expr::Lit(literal) => matches!(literal.lit, Lit::Bool(_)),
        Expr::Macro(call) => call.mac.path.is_ident("matches"),
        Expr::MethodCall(call) => {
            let name = call.method.to_string();
            name.starts_with("is_") || ["contains", "starts_with", "ends_with"].contains(&name.as_str())
        }
        _ => false,
    }
}

/// What a local of this name is initialised with, if there is one such.
fn local(body: &Block, name: &str) -> Option<Expr> {
    struct Lets<'n> {
        name: &'n str,
        found: Vec<Expr>,
    }
    impl<'a> Visit<'a> for Lets<'_> {
        fn visit_local(&mut self, node: &'a syn::Local) {
            if let (Pat::Ident(ident), Some(init)) = (&node.pat, &node.init)
                && ident.ident == self.name
            {
                self.found.push((*init.expr).clone());
            }
            visit::visit_local(self, node);
        }
    }
    let mut lets = Lets {
        name,
        found: Vec::new(),
    };
    lets.visit_block(body);
    match &lets.found[..] {
        [one] => Some(one.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(body: &str) -> Option<String> {
        let of = Member {
            variable: "s",
            is_bool: false,
            members: &Names::from(["t".to_string()]),
            functions: &Functions::of(&syn::parse_quote!(
                fn f() {
                    let turn = |s, x| match (s, x) {
                        (A, 1) => B,
                        (now, _) => now,
                    };
                }
            )),
        };
        let values = values(&syn::parse_str(body).unwrap(), &of)?;
        Some(
            values
                .iter()
                .map(|v| v.to_token_stream().to_string())
                .collect::<Vec<_>>()
                .join(", "),
        )
    }

    #[test]
    fn values_are_collected_from_every_assignment() {
        for (body, want) in [
            (
                "{ s = match (s, x) { (A, 1) => State::B, (_, 2) => { C } _ => s }; }",
                Some("State :: B, C"),
            ),
            ("{ if x { s = 1; } else if y { s = -1; } }", Some("1, - 1")),
            ("{ let next = if x { 'a' } else { 'b' }; s = next; }", Some("'a', 'b'")),
            ("{ s = x == 3 && !s; }", Some("false, true")),
            ("{ s = (s + 1) % 3; }", Some("0, 1, 2")),
            ("{ (s, t) = (1, s); }", Some("1")),
            (
                "{ s = match s { A => B(x > 1, 2), now if x == 3 => now, _ => S { on: false } }; }",
                Some("B (false , 2), B (true , 2), S { on : false }"),
            ),
            ("{ s = turn(s, x); }", Some("B")),
            ("{ if s > 0 { s -= 1; } else if x { s = 2; } }", Some("2, 0, 1")),
            ("{ s += 1; if s == 3 { s = 0; } }", Some("0, 1, 2, 3")),
            (
                "{ match s { Some(q) => if x == q { s = None; }, None if x == '\"' || x == '*' => s = Some(x), _ => {} } }",
                Some("None, Some ('\"'), Some ('*')"),
            ),
            (
                "{ match x { 'a' | 'b' => s = x, _ => s = 'c' } }",
                Some("'a', 'b', 'c'"),
            ),
            (
                "{ if matches!(*x, 1 | 2) { s = Some(*x); } }",
                Some("Some (1), Some (2)"),
            ),
            ("{ s = match x { y @ (1 | 2) => y, _ => 0 }; }", Some("1, 2, 0")),
            ("{ if x == 1 || y == 2 { s = x; } }", None),
            ("{ if x == 1 { s = 3; } else { s = x; } }", None),
            ("{ if s > 0 { s -= 1; } }", None),
            ("{ s += 1; if x { s = 0; } }", None),
            ("{ s = B(x); }", None),
            ("{ s = turn(x, s); }", None),
            ("{ s = f(x); }", None),
            ("{ s += 1; }", None),
            ("{ s = x; }", None),
        ] {
            assert_eq!(of(body).as_deref(), want, "{body}");
        }
    }
}
