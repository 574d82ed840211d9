//! Which values may a variable have, if they are few?
//!
//! Those that are assigned to it: literals, constants and variants, negations, comparisons. The list may miss some
//! (the value before the loop, a constant behind a name): an automaton in another state is run step by step.

use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{BinOp, Block, Expr, Lit, Pat, Stmt, UnOp};

use crate::lower::places::place_of;
use crate::lower::primitives::number;
use crate::lower::updates::{is_compound, strip};
use crate::lower::uses::Names;

/// Of so many joint states an automaton is too large to run from all of them.
pub(crate) const MOST_STATES: usize = 64;

/// The values assigned to `variable` in a block, each once; `members` are the other variables of the automaton.
///
/// `None` if something else is assigned.
pub(crate) fn values(body: &Block, variable: &str, is_bool: bool, members: &Names) -> Option<Vec<Expr>> {
    let mut collect = Collect {
        variable,
        is_bool,
        members,
        body,
        values: Vec::new(),
        is_finite: true,
        depth: 0,
    };
    collect.visit_block(body);
    (collect.is_finite && !collect.values.is_empty()).then_some(collect.values)
}

struct Collect<'b> {
    variable: &'b str,
    is_bool: bool,
    members: &'b Names,
    body: &'b Block,
    values: Vec<Expr>,
    is_finite: bool,
    /// Locals that are looked up, one in the other.
    depth: usize,
}

impl Collect<'_> {
    fn push(&mut self, value: Expr) {
        let text = |e: &Expr| e.to_token_stream().to_string();
        if !self.values.iter().any(|known| text(known) == text(&value)) {
            self.values.push(value);
        }
    }

    fn both(&mut self) {
        self.push(syn::parse_quote!(false));
        self.push(syn::parse_quote!(true));
    }

    fn numbers(&mut self, end: u64) {
        for n in 0..end {
            let literal = syn::LitInt::new(&n.to_string(), proc_macro2::Span::call_site());
            self.push(syn::parse_quote!(#literal));
        }
    }

    fn tail(&mut self, block: &Block) {
        match block.stmts.last() {
            Some(Stmt::Expr(value, None)) => self.value(value),
            // `{ continue; }` and the like have no value
            Some(Stmt::Expr(Expr::Continue(_) | Expr::Break(_) | Expr::Return(_), _)) => {}
            _ => self.is_finite = false,
        }
    }

    fn value(&mut self, value: &Expr) {
        match strip(value) {
            Expr::Lit(literal) if !matches!(literal.lit, Lit::Float(_)) => self.push(strip(value).clone()),
            Expr::Unary(unary) => match (&unary.op, strip(&unary.expr)) {
                (UnOp::Neg(_), Expr::Lit(_)) => self.push(strip(value).clone()),
                (UnOp::Not(_), _) if self.is_bool => self.both(),
                (UnOp::Not(_), inner) if is_truth(inner) => self.both(),
                _ => self.is_finite = false,
            },
            Expr::Path(path) => match path.path.get_ident() {
                Some(ident) if ident == self.variable || self.members.contains(&ident.to_string()) => {}
                Some(ident) if !ident.to_string().starts_with(|c: char| c.is_uppercase()) => {
                    match local(self.body, &ident.to_string()) {
                        Some(init) if self.depth < 8 => {
                            self.depth += 1;
                            self.value(&init);
                            self.depth -= 1;
                        }
                        _ => self.is_finite = false,
                    }
                }
                _ => self.push(strip(value).clone()),
            },
            Expr::If(branch) => {
                self.tail(&branch.then_branch);
                match &branch.else_branch {
                    Some((_, otherwise)) => self.value(otherwise),
                    None => self.is_finite = false,
                }
            }
            Expr::Match(choice) => choice.arms.iter().for_each(|arm| self.value(&arm.body)),
            Expr::Block(block) => self.tail(&block.block),
            Expr::Continue(_) | Expr::Break(_) | Expr::Return(_) => {}
            Expr::Binary(binary) => match (&binary.op, number(&binary.right)) {
                (BinOp::Rem(_), Some(n)) if n <= 16 => self.numbers(n),
                (BinOp::BitAnd(_), Some(n)) if n < 16 => self.numbers(n + 1),
                (BinOp::BitAnd(_) | BinOp::BitOr(_) | BinOp::BitXor(_), _) if self.is_bool => self.both(),
                _ if is_truth(value) => self.both(),
                _ => self.is_finite = false,
            },
            other if is_truth(other) => self.both(),
            _ => self.is_finite = false,
        }
    }
}

impl<'a> Visit<'a> for Collect<'_> {
    fn visit_expr(&mut self, node: &'a Expr) {
        let variable = self.variable;
        let is_variable = |e: &Expr| place_of(e).is_some_and(|(p, _)| p.root == variable);
        match node {
            Expr::Assign(assign) if is_variable(&assign.left) => self.value(&assign.right),
            Expr::Assign(assign) => {
                if let (Expr::Tuple(left), Expr::Tuple(right)) = (&*assign.left, &*assign.right) {
                    for (left, right) in left.elems.iter().zip(&right.elems) {
                        if is_variable(left) {
                            self.value(right);
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
                    (BinOp::RemAssign(_), Some(n)) if n <= 16 => self.numbers(n),
                    _ if on_truth && self.is_bool => self.both(),
                    _ => self.is_finite = false,
                }
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
        let values = values(
            &syn::parse_str(body).unwrap(),
            "s",
            false,
            &Names::from(["t".to_string()]),
        )?;
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
            ("{ s = f(x); }", None),
            ("{ s += 1; }", None),
            ("{ s = x; }", None),
        ] {
            assert_eq!(of(body).as_deref(), want, "{body}");
        }
    }
}
