//! What does a condition or a statement say about a loop that counts?

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::visit::{self, Visit};
use syn::{BinOp, Block, Expr, ExprWhile, Ident, Stmt, UnOp, parse_quote};

use crate::lower::guards::conjuncts;
use crate::lower::primitives::number;
use crate::lower::updates::strip;

/// What holds where the condition doesn't. Comparisons stay: of a NaN `!(x < y)` holds, and `x >= y` doesn't.
pub(crate) fn opposite(condition: &Expr) -> Option<Expr> {
    let condition = strip(condition);
    if let Expr::Binary(binary) = condition {
        let (left, right) = (&binary.left, &binary.right);
        let both = || Some((opposite(left)?, opposite(right)?));
        let opposite: Option<Expr> = match binary.op {
            BinOp::Eq(_) => Some(parse_quote!(#left != #right)),
            BinOp::Ne(_) => Some(parse_quote!(#left == #right)),
            BinOp::Or(_) => both().map(|(left, right)| parse_quote!(#left && #right)),
            _ => None,
        };
        if opposite.is_some() {
            return opposite;
        }
    }
    match condition {
        Expr::Unary(not) if matches!(not.op, UnOp::Not(_)) => Some(strip(&not.expr).clone()),
        Expr::Let(_) => None,
        other => Some(parse_quote!(!(#other))),
    }
}

/// The expression as an operand of any operator.
pub(super) fn operand(expr: &Expr) -> TokenStream {
    match expr {
        Expr::Path(_)
        | Expr::Lit(_)
        | Expr::MethodCall(_)
        | Expr::Call(_)
        | Expr::Field(_)
        | Expr::Paren(_)
        | Expr::Index(_) => expr.to_token_stream(),
        other => quote!((#other)),
    }
}

/// How far the index may go.
pub(super) struct Bound<'a> {
    pub(super) index: &'a Ident,
    /// `c` in `i + c < n`.
    pub(super) ahead: Option<&'a Expr>,
    pub(super) end: &'a Expr,
    pub(super) is_upward: bool,
    /// The end itself is reached.
    pub(super) inclusive: bool,
    /// `i != n`: an index that is past the end before the loop goes on.
    pub(super) may_pass: bool,
}

impl Bound<'_> {
    /// True if a step down from an index that the loop runs for can't be below what an unsigned type holds, or if the type
    /// is a signed one.
    pub(super) fn stays_above(&self, by: &Expr) -> bool {
        match (number(by), number(self.end)) {
            (Some(_), Some(0)) => self.inclusive,
            (Some(by), Some(end)) => end + u64::from(!self.inclusive) >= by,
            _ => false,
        }
    }

    /// What holds if the index isn't past the end before the loop.
    pub(super) fn leads(&self) -> Expr {
        let (index, end) = (self.index, self.end);
        match self.is_upward {
            true => parse_quote!(#index <= #end),
            false => parse_quote!(#index >= #end),
        }
    }
}

/// A comparison's sides, and what has to be between them; of numbers that count `!(i >= n)` is `i < n`.
fn comparison(condition: &Expr) -> Option<(&Expr, BinOp, &Expr)> {
    match strip(condition) {
        Expr::Binary(binary) => Some((strip(&binary.left), binary.op, strip(&binary.right))),
        Expr::Unary(not) if matches!(not.op, UnOp::Not(_)) => {
            let (left, op, right) = comparison(&not.expr)?;
            let op = match op {
                BinOp::Lt(_) => BinOp::Ge(Default::default()),
                BinOp::Le(_) => BinOp::Gt(Default::default()),
                BinOp::Gt(_) => BinOp::Le(Default::default()),
                BinOp::Ge(_) => BinOp::Lt(Default::default()),
                _ => return None,
            };
            Some((left, op, right))
        }
        _ => None,
    }
}

/// The bounds that a comparison may be: of what stands on its left, and on its right.
pub(super) fn bounds(condition: &Expr) -> Vec<Bound<'_>> {
    let Some((left, op, right)) = comparison(condition) else {
        return Vec::new();
    };
    let bound = |index, end, is_first: bool, is_down: bool| {
        let (index, ahead) = counted(index)?;
        let (is_less, inclusive, may_pass) = match op {
            BinOp::Lt(_) => (true, false, false),
            BinOp::Le(_) => (true, true, false),
            BinOp::Gt(_) => (false, false, false),
            BinOp::Ge(_) => (false, true, false),
            BinOp::Ne(_) if ahead.is_none() => (is_first != is_down, false, !is_down || number(end) != Some(0)),
            _ => return None,
        };
        let is_upward = is_less == is_first;
        (is_upward || ahead.is_none()).then_some(Bound {
            index,
            ahead,
            end,
            is_upward,
            inclusive,
            may_pass,
        })
    };
    // `i != n` leads up or down
    let directions: &[bool] = match op {
        BinOp::Ne(_) => &[true, false],
        _ => &[false],
    };
    let both = |is_down: &bool| [bound(left, right, true, *is_down), bound(right, left, false, *is_down)];
    directions.iter().flat_map(both).flatten().collect()
}

/// `i` or `i + c`.
pub(super) fn counted(expr: &Expr) -> Option<(&Ident, Option<&Expr>)> {
    match strip(expr) {
        Expr::Binary(sum) if matches!(sum.op, BinOp::Add(_)) => Some((variable(&sum.left)?, Some(&sum.right))),
        other => Some((variable(other)?, None)),
    }
}

pub(super) fn variable(expr: &Expr) -> Option<&Ident> {
    match strip(expr) {
        Expr::Path(path) => path.path.get_ident(),
        _ => None,
    }
}

/// How far `i += k;`, `i -= k;` or `i = i + k;` goes, and whether upward.
pub(crate) fn step<'s>(stmt: &'s Stmt, index: &Ident) -> Option<(&'s Expr, bool)> {
    let is_index = |expr: &Expr| variable(expr) == Some(index);
    match stmt {
        Stmt::Expr(Expr::Binary(step), Some(_)) if is_index(&step.left) => match step.op {
            BinOp::AddAssign(_) => Some((&step.right, true)),
            BinOp::SubAssign(_) => Some((&step.right, false)),
            _ => None,
        },
        Stmt::Expr(Expr::Assign(step), Some(_)) if is_index(&step.left) => match strip(&step.right) {
            Expr::Binary(sum) if is_index(&sum.left) => match sum.op {
                BinOp::Add(_) => Some((&sum.right, true)),
                BinOp::Sub(_) => Some((&sum.right, false)),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

/// `i < a && i < b` is `i < min(a, b)`.
pub(super) fn merged(counting: &ExprWhile, conditions: &[&Expr]) -> Option<ExprWhile> {
    fn end(condition: &Expr) -> Option<(&Ident, &Expr)> {
        let is_less = matches!(comparison(condition), Some((_, BinOp::Lt(_), _)));
        let bound = bounds(condition).into_iter().next().filter(|_| is_less)?;
        bound.ahead.is_none().then_some((bound.index, bound.end))
    }
    let [first, second, others @ ..] = conditions else {
        return None;
    };
    let ((index, a), (same, b)) = (end(first)?, end(second)?);
    let mut merged = counting.clone();
    *merged.cond = parse_quote!(#index < ::core::cmp::Ord::min(#a, #b) #(&& #others)*);
    (index == same).then_some(merged)
}

/// The variable that a loop seems to count with, though not by one step in every iteration.
pub(crate) fn uneven(condition: &Expr, body: &Block) -> Option<Ident> {
    struct Steps<'i>(&'i Ident, bool);
    impl<'a> Visit<'a> for Steps<'_> {
        fn visit_stmt(&mut self, node: &'a Stmt) {
            self.1 |= step(node, self.0).is_some();
            visit::visit_stmt(self, node);
        }
    }
    let mut bounds = conjuncts(condition).into_iter().flat_map(bounds);
    bounds.find_map(|bound| {
        let mut steps = Steps(bound.index, false);
        steps.visit_block(body);
        steps.1.then(|| bound.index.clone())
    })
}
