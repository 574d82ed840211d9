//! Which steps does a comparison of the old value with another one choose between?

use proc_macro2::Ident;
use quote::ToTokens;
use syn::{BinOp, Expr};

use super::method::Method;
use super::{NoStep, Step, Why, after, is_variable, no_step, of_value};
use crate::lower::guards::{Compared, compared, plain};
use crate::lower::updates::strip;
use crate::lower::uses;

/// A comparison, however it is written, or a question whether two are equal.
fn sides(condition: &Expr) -> Option<Compared<'_>> {
    let equal = |binary: &'_ syn::ExprBinary| matches!(binary.op, BinOp::Eq(_) | BinOp::Ne(_));
    compared(condition).or_else(|| match strip(condition) {
        Expr::Binary(binary) if equal(binary) => Some(Compared {
            left: &binary.left,
            op: binary.op,
            right: &binary.right,
        }),
        _ => None,
    })
}

/// `if a > b { a } else { b }` is the larger of the two.
pub(super) fn extremum<'e>(
    condition: &Expr,
    then: &'e Expr,
    otherwise: &'e Expr,
) -> Option<(Method, &'e Expr, &'e Expr)> {
    let comparison = sides(condition)?;
    let larger = match comparison.op {
        BinOp::Gt(_) | BinOp::Ge(_) => true,
        BinOp::Lt(_) | BinOp::Le(_) => false,
        _ => return None,
    };
    let (left, right) = (plain(comparison.left), plain(comparison.right));
    let (then_text, other_text) = (plain(then), plain(otherwise));
    let method = |larger| if larger { Method::Max } else { Method::Min };
    if (&left, &right) == (&then_text, &other_text) {
        Some((method(larger), then, otherwise))
    } else if (&right, &left) == (&then_text, &other_text) {
        Some((method(!larger), then, otherwise))
    } else {
        None
    }
}

/// `if v < c { f(c) } else { f(v) }` is `f(max(v, c))`: the method, `c` and `f(v)`.
pub(super) fn bounded(condition: &Expr, then: &Expr, otherwise: &Expr, variable: &str) -> Option<(Method, Expr, Expr)> {
    let comparison = sides(condition)?;
    let (bound, mut is_less) = match (
        is_variable(comparison.left, variable),
        is_variable(comparison.right, variable),
    ) {
        (true, false) => (comparison.right, matches!(comparison.op, BinOp::Lt(_) | BinOp::Le(_))),
        (false, true) => (comparison.left, matches!(comparison.op, BinOp::Gt(_) | BinOp::Ge(_))),
        _ => return None,
    };
    if !matches!(comparison.op, BinOp::Lt(_) | BinOp::Le(_) | BinOp::Gt(_) | BinOp::Ge(_)) {
        return None;
    }
    let (fixed, moving) = match (uses::uses(then, variable), uses::uses(otherwise, variable)) {
        (false, true) => (then, otherwise),
        (true, false) => {
            is_less = !is_less;
            (otherwise, then)
        }
        _ => return None,
    };
    let mut at_bound = moving.clone();
    let replace = &mut |expr: &Expr| is_variable(expr, variable).then(|| bound.clone());
    syn::visit_mut::VisitMut::visit_expr_mut(&mut crate::lower::guards::Substitute(replace), &mut at_bound);
    let is_same = plain(&at_bound) == plain(fixed) || is_plus_zero(&at_bound, fixed);
    is_same.then(|| {
        let method = if is_less { Method::Max } else { Method::Min };
        (method, bound.clone(), moving.clone())
    })
}

/// Conditions on the value `E` itself, by what they do to it:
/// `if E < lo { lo } else if E > hi { hi } else { E }`, `if E > 0 { E - 1 } else { E }`, `if E >= m { E - m } else { E }`,
/// `if E == m { 0 } else { E }`.
pub(super) fn piecewise(condition: &Expr, then: &Expr, otherwise: &Expr, variable: &str) -> Option<Vec<Step>> {
    let comparison = sides(condition)?;
    let has = |expr: &Expr| uses::uses(expr, variable);
    let (value, bound, is_left) = match (has(comparison.left), has(comparison.right)) {
        (true, false) => (comparison.left, comparison.right, true),
        (false, true) => (comparison.right, comparison.left, false),
        _ => return None,
    };
    let order = Order::of(&comparison.op, is_left)?;
    let same = |a: &Expr, b: &Expr| plain(a) == plain(b);
    // the rest of the tree in terms of the value
    let rest = |expr: &Expr| -> Expr {
        let mut rest = expr.clone();
        let name = Ident::new(variable, proc_macro2::Span::call_site());
        let replace = &mut |expr: &Expr| same(expr, value).then(|| syn::parse_quote!(#name));
        syn::visit_mut::VisitMut::visit_expr_mut(&mut crate::lower::guards::Substitute(replace), &mut rest);
        rest
    };
    let step = |method: Method, operand: Expr| Step::Call {
        method,
        at: condition.to_token_stream(),
        operand: Some(Box::new(operand)),
    };
    let with = |last: Step| {
        let mut steps = of_value(value, variable).ok()?;
        steps.push(last);
        Some(steps)
    };
    let (then, otherwise) = (rest(strip(then)), rest(strip(otherwise)));
    let is_value = |expr: &Expr| is_variable(expr, variable);
    let met = match order {
        Order::Equal if is_value(&then) => Some(&otherwise),
        Order::NotEqual if is_value(&otherwise) => Some(&then),
        _ => None,
    };
    if let Some(met) = met.filter(|met| is_value(value) && same(met, bound)) {
        return with(step(Method::Meet, met.clone()));
    }
    // one bound decides, the other is looked at behind it
    if same(&then, bound) && !is_value(&otherwise) {
        let [
            Step::Call {
                method,
                operand: Some(other),
                ..
            },
        ] = &of_value(&otherwise, variable).ok()?[..]
        else {
            return None;
        };
        return match (order, method) {
            (Order::Less | Order::LessOrEqual, Method::Min) => {
                with(step(Method::Within, syn::parse_quote!((#bound, #other))))
            }
            (Order::Greater | Order::GreaterOrEqual, Method::Max) => {
                with(step(Method::Within, syn::parse_quote!((#other, #bound))))
            }
            _ => None,
        };
    }
    let (order, changed) = if is_value(&otherwise) {
        (order, then)
    } else if is_value(&then) {
        (order.opposite(), otherwise)
    } else {
        return None;
    };
    let by = |op: &str| -> Option<Expr> {
        let Expr::Binary(binary) = strip(&changed) else {
            return None;
        };
        (is_value(&binary.left) && binary.op.to_token_stream().to_string() == op).then(|| (*binary.right).clone())
    };
    let is_one = |e: &Expr| is_number(e, "1");
    match order {
        Order::Greater | Order::NotEqual if by("-").is_some_and(|e| is_one(&e)) => {
            with(step(Method::Down, bound.clone()))
        }
        Order::GreaterOrEqual if by("-").is_some_and(|e| is_one(&e)) && is_one(bound) => {
            with(step(Method::Down, syn::parse_quote!(0)))
        }
        Order::Less | Order::NotEqual if by("+").is_some_and(|e| is_one(&e)) => with(step(Method::Up, bound.clone())),
        Order::GreaterOrEqual if by("-").is_some_and(|e| same(&e, bound)) => with(step(Method::Wrap, bound.clone())),
        Order::GreaterOrEqual | Order::Equal if is_number(&changed, "0") => {
            // only where the value has not passed the bound
            with(step(Method::Restart, bound.clone()))
        }
        _ => None,
    }
}

/// How a value is compared with a bound.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
}

impl Order {
    /// The order of the comparison; the value stands on its `left` or not.
    pub(super) fn of(op: &BinOp, left: bool) -> Option<Order> {
        let order = match op {
            BinOp::Lt(_) => Order::Less,
            BinOp::Le(_) => Order::LessOrEqual,
            BinOp::Gt(_) => Order::Greater,
            BinOp::Ge(_) => Order::GreaterOrEqual,
            BinOp::Eq(_) => Order::Equal,
            BinOp::Ne(_) => Order::NotEqual,
            _ => return None,
        };
        Some(match order {
            _ if left => order,
            Order::Less => Order::Greater,
            Order::LessOrEqual => Order::GreaterOrEqual,
            Order::Greater => Order::Less,
            Order::GreaterOrEqual => Order::LessOrEqual,
            order => order,
        })
    }

    pub(super) fn opposite(self) -> Order {
        match self {
            Order::Less => Order::GreaterOrEqual,
            Order::LessOrEqual => Order::Greater,
            Order::Greater => Order::LessOrEqual,
            Order::GreaterOrEqual => Order::Less,
            Order::Equal => Order::NotEqual,
            Order::NotEqual => Order::Equal,
        }
    }
}

pub(super) fn is_number(expr: &Expr, digits: &str) -> bool {
    matches!(strip(expr), Expr::Lit(literal) if matches!(&literal.lit, syn::Lit::Int(int) if int.base10_digits() == digits))
}

/// `0 + x` is `x`.
pub(super) fn is_plus_zero(sum: &Expr, x: &Expr) -> bool {
    let Expr::Binary(sum) = strip(sum) else { return false };
    let is_zero = |e: &Expr| is_number(e, "0");
    let same = |e: &Expr| plain(e) == plain(x);
    // `x - x` is 0
    let is_nothing = matches!(sum.op, BinOp::Sub(_)) && plain(&sum.left) == plain(&sum.right) && is_zero(x);
    is_nothing
        || matches!(sum.op, BinOp::Add(_))
            && ((is_zero(&sum.left) && same(&sum.right)) || (is_zero(&sum.right) && same(&sum.left)))
}

/// The larger or smaller of two expressions, one of which contains the variable.
pub(super) fn either(at: &Expr, method: Method, a: &Expr, b: &Expr, variable: &str) -> Result<Vec<Step>, NoStep> {
    let (old, operand) = match (uses::uses(a, variable), uses::uses(b, variable)) {
        (true, true) => return no_step(at, Why::Twice),
        (true, false) => (a, b),
        _ => (b, a),
    };
    after(of_value(old, variable)?, method, at, Some(operand))
}
