//! Is the new value of a carried variable a composition of known steps applied to its old value?
//!
//! The update `here = max(here + x, 0)` is the steps `add(x)`, `max(0)`: each is a function of the old value alone, from a
//! family that is closed under composition. A step's operand may be anything that doesn't contain the variable.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::{BinOp, Expr, ExprMethodCall, Stmt, UnOp};

use super::guards::plain;
use super::places::place_of;
use super::shadows::{is_of_std, is_operator};
use super::updates::strip;
use super::uses;

/// One step, or a choice between several.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// `variable.method(operand)`
    Call {
        method: Method,
        /// The operation's own tokens.
        at: TokenStream,
        operand: Option<Box<Expr>>,
    },
    /// An `if` whose condition doesn't contain the variable.
    If {
        condition: Box<Expr>,
        then: Vec<Step>,
        otherwise: Vec<Step>,
    },
    /// The sum or the difference of two steps of the same value.
    Both {
        method: Method,
        /// The operation's own tokens.
        at: TokenStream,
        left: Vec<Step>,
        right: Vec<Step>,
    },
    /// A `match` on something that doesn't contain the variable.
    Match {
        choice: Box<syn::ExprMatch>,
        arms: Vec<Vec<Step>>,
    },
}

/// The steps that there are, by the names of the runtime's methods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Method {
    Set,
    Add,
    Sub,
    /// `e - v`
    Rsub,
    Neg,
    Mul,
    Rem,
    Max,
    Min,
    SaturatingAdd,
    SaturatingSub,
    And,
    Or,
    Xor,
    Not,
    Shl,
    Shr,
    RotateLeft,
    RotateRight,
    Div,
    /// `f(v) + g(v)`
    Plus,
    /// `f(v) - g(v)`
    Minus,
    /// `if v < lo { lo } else if v > hi { hi } else { v }`
    Within,
    /// `if v > floor { v - 1 } else { v }`
    Down,
    /// `if v < ceiling { v + 1 } else { v }`
    Up,
    /// `if v >= m { v - m } else { v }`
    Wrap,
    /// `if v == m { 0 } else { v }`
    Restart,
    /// `if v == e { v } else { e }`
    Meet,
}

impl Method {
    /// The method's name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Method::Set => "set",
            Method::Add => "add",
            Method::Sub => "sub",
            Method::Rsub => "rsub",
            Method::Neg => "neg",
            Method::Mul => "mul",
            Method::Rem => "rem",
            Method::Max => "max",
            Method::Min => "min",
            Method::SaturatingAdd => "saturating_add",
            Method::SaturatingSub => "saturating_sub",
            Method::And => "and",
            Method::Or => "or",
            Method::Xor => "xor",
            Method::Not => "not",
            Method::Shl => "shl",
            Method::Shr => "shr",
            Method::RotateLeft => "rotate_left",
            Method::RotateRight => "rotate_right",
            Method::Div => "div",
            Method::Plus => "plus",
            Method::Minus => "minus",
            Method::Within => "within",
            Method::Down => "down",
            Method::Up => "up",
            Method::Wrap => "wrap",
            Method::Restart => "restart",
            Method::Meet => "meet",
        }
    }
}

/// Why an update is no composition of steps.
#[derive(Clone, Debug)]
pub(crate) struct NoStep {
    /// The tokens in the way.
    pub(crate) at: TokenStream,
    /// What about them.
    pub(crate) why: Why,
}

/// What is in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// The old value occurs more than once.
    Twice,
    /// The operation belongs to no family.
    Operation,
    /// It is divided, and nobody said how that may be rounded.
    Division,
    /// A condition looks at the old value.
    Condition,
    /// The old value is used in something else.
    Use,
    /// It changes somewhere that no statement shows.
    Hidden,
}

fn no_step<T>(at: &impl ToTokens, why: Why) -> Result<T, NoStep> {
    Err(NoStep {
        at: at.to_token_stream(),
        why,
    })
}

/// True if `expr` is the variable itself, behind references and copies too.
fn is_variable(expr: &Expr, variable: &str) -> bool {
    let expr = strip(expr);
    match expr {
        Expr::MethodCall(call) if call.args.is_empty() && (call.method == "clone" || call.method == "to_owned") => {
            is_variable(&call.receiver, variable)
        }
        _ => place_of(expr).is_some_and(|(place, _)| place.is_variable() && place.root == variable),
    }
}

/// The steps from the old value of `variable` to `value`.
pub(crate) fn of_value(value: &Expr, variable: &str) -> Result<Vec<Step>, NoStep> {
    let value = strip(value);
    if is_variable(value, variable) {
        return Ok(Vec::new());
    }
    let has = |expr: &Expr| uses::uses(expr, variable);
    if !has(value) {
        return Ok(vec![Step::Call {
            method: Method::Set,
            at: value.to_token_stream(),
            operand: Some(Box::new(value.clone())),
        }]);
    }
    match value {
        Expr::Binary(binary) => {
            let (left, right) = (has(&binary.left), has(&binary.right));
            if left && right {
                return match binary.op {
                    BinOp::Add(_) => both(Method::Plus, &binary.op, &binary.left, &binary.right, variable),
                    BinOp::Sub(_) => both(Method::Minus, &binary.op, &binary.left, &binary.right, variable),
                    _ => no_step(value, Why::Twice),
                };
            }
            let (old, operand) = if left {
                (&binary.left, &binary.right)
            } else {
                (&binary.right, &binary.left)
            };
            let Some(method) = of_operator(&binary.op, left) else {
                return no_step(&binary.op, Why::Operation);
            };
            after(of_value(old, variable)?, method, &binary.op, Some(operand))
        }
        Expr::Unary(unary) => {
            let method = match unary.op {
                UnOp::Neg(_) => Method::Neg,
                UnOp::Not(_) => Method::Not,
                _ => return no_step(value, Why::Use),
            };
            after(of_value(&unary.expr, variable)?, method, &unary.op, None)
        }
        // what isn't a number leaves the loop, or panics: nothing behind it is seen
        Expr::Try(_) | Expr::MethodCall(_) | Expr::Match(_) if checked(value).is_some() => {
            let call = checked(value).expect("asked just before");
            let plain = call.method.to_string().replace("checked_", "wrapping_");
            let name = Ident::new(&plain, call.method.span());
            let arguments: Vec<&Expr> = call.args.iter().collect();
            of_call(value, &name, &call.receiver, &arguments, variable)
        }
        Expr::MethodCall(call) if is_operator(&call.method) => no_step(&call.method, Why::Operation),
        Expr::MethodCall(call) => {
            let arguments: Vec<&Expr> = call.args.iter().collect();
            of_call(value, &call.method, &call.receiver, &arguments, variable)
        }
        Expr::Call(call) => match (&*call.func, call.args.iter().collect::<Vec<_>>().as_slice()) {
            (Expr::Path(path), [first, rest @ ..]) if is_of_std(path) => {
                let name = &path.path.segments.last().expect("a path has a segment").ident;
                of_call(value, name, first, rest, variable)
            }
            _ => no_step(&call.func, Why::Operation),
        },
        Expr::If(branch) => {
            let Some((_, otherwise)) = &branch.else_branch else {
                return no_step(value, Why::Use);
            };
            let (Some(then), Some(otherwise)) = (tail(&branch.then_branch), tail_of(otherwise)) else {
                return no_step(value, Why::Use);
            };
            if has(&branch.cond) {
                if let Some((method, a, b)) = extremum(&branch.cond, then, otherwise) {
                    return either(value, method, a, b, variable);
                }
                if let Some(steps) = piecewise(&branch.cond, then, otherwise, variable) {
                    return Ok(steps);
                }
                return match bounded(&branch.cond, then, otherwise, variable) {
                    Some((method, bound, rest)) => {
                        let mut steps = vec![Step::Call {
                            method,
                            at: branch.cond.to_token_stream(),
                            operand: Some(Box::new(bound)),
                        }];
                        steps.extend(of_value(&rest, variable)?);
                        Ok(steps)
                    }
                    None => no_step(&branch.cond, Why::Condition),
                };
            }
            Ok(vec![Step::If {
                condition: branch.cond.clone(),
                then: of_value(then, variable)?,
                otherwise: of_value(otherwise, variable)?,
            }])
        }
        Expr::Match(choice) => {
            if let Some(branches) = as_branches(choice) {
                return of_value(&branches, variable);
            }
            let guard = |pat: &syn::Pat| matches!(pat, syn::Pat::Guard(guard) if has(&guard.guard));
            if has(&choice.expr) || choice.arms.iter().any(|arm| guard(&arm.pat)) {
                return no_step(&choice.expr, Why::Condition);
            }
            let mut arms = Vec::new();
            for arm in &choice.arms {
                match tail_of(&arm.body) {
                    Some(body) => arms.push(of_value(body, variable)?),
                    None => return no_step(&arm.body, Why::Use),
                }
            }
            Ok(vec![Step::Match {
                choice: Box::new(choice.clone()),
                arms,
            }])
        }
        Expr::Block(_) => match tail_of(value) {
            Some(inner) => of_value(inner, variable),
            None => no_step(value, Why::Use),
        },
        _ => no_step(value, Why::Use),
    }
}

/// The steps of `variable op= operand`.
pub(crate) fn of_compound(op: &BinOp, operand: &Expr, variable: &str) -> Result<Vec<Step>, NoStep> {
    let method = match op {
        BinOp::AddAssign(_) => Method::Add,
        BinOp::SubAssign(_) => Method::Sub,
        BinOp::MulAssign(_) => Method::Mul,
        BinOp::RemAssign(_) => Method::Rem,
        BinOp::BitAndAssign(_) => Method::And,
        BinOp::BitOrAssign(_) => Method::Or,
        BinOp::BitXorAssign(_) => Method::Xor,
        BinOp::ShlAssign(_) => Method::Shl,
        BinOp::ShrAssign(_) => Method::Shr,
        BinOp::DivAssign(_) => Method::Div,
        _ => return no_step(op, Why::Operation),
    };
    if uses::uses(operand, variable) {
        let method = match method {
            Method::Add => Method::Plus,
            Method::Sub => Method::Minus,
            _ => return no_step(operand, Why::Twice),
        };
        return Ok(vec![Step::Both {
            method,
            at: op.to_token_stream(),
            left: Vec::new(),
            right: of_value(operand, variable)?,
        }]);
    }
    after(Vec::new(), method, op, Some(operand))
}

/// `if a > b { a } else { b }` is the larger of the two.
fn extremum<'e>(condition: &Expr, then: &'e Expr, otherwise: &'e Expr) -> Option<(Method, &'e Expr, &'e Expr)> {
    let Expr::Binary(comparison) = strip(condition) else {
        return None;
    };
    let larger = match comparison.op {
        BinOp::Gt(_) | BinOp::Ge(_) => true,
        BinOp::Lt(_) | BinOp::Le(_) => false,
        _ => return None,
    };
    let (left, right) = (plain(&comparison.left), plain(&comparison.right));
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
fn bounded(condition: &Expr, then: &Expr, otherwise: &Expr, variable: &str) -> Option<(Method, Expr, Expr)> {
    let Expr::Binary(comparison) = strip(condition) else {
        return None;
    };
    let (bound, mut is_less) = match (
        is_variable(&comparison.left, variable),
        is_variable(&comparison.right, variable),
    ) {
        (true, false) => (&comparison.right, matches!(comparison.op, BinOp::Lt(_) | BinOp::Le(_))),
        (false, true) => (&comparison.left, matches!(comparison.op, BinOp::Gt(_) | BinOp::Ge(_))),
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
    let replace = &mut |expr: &Expr| is_variable(expr, variable).then(|| (**bound).clone());
    syn::visit_mut::VisitMut::visit_expr_mut(&mut super::guards::Substitute(replace), &mut at_bound);
    let is_same = plain(&at_bound) == plain(fixed) || is_plus_zero(&at_bound, fixed);
    is_same.then(|| {
        let method = if is_less { Method::Max } else { Method::Min };
        (method, (**bound).clone(), moving.clone())
    })
}

/// `match e { Some(v) => v, None => return .. }`
fn is_unwrapping(choice: &syn::ExprMatch) -> bool {
    let leaves = |body: &Expr| {
        let last = match body {
            Expr::Block(block) => match block.block.stmts.last() {
                Some(Stmt::Expr(last, _)) => last,
                _ => return false,
            },
            other => other,
        };
        matches!(last, Expr::Break(_) | Expr::Return(_))
    };
    let [one, other] = &choice.arms[..] else { return false };
    let (some, none) = if is_inner(&one.pat, &one.body) {
        (one, other)
    } else {
        (other, one)
    };
    is_inner(&some.pat, &some.body) && leaves(&none.body)
}

/// `Some(v) => v`
fn is_inner(pat: &syn::Pat, body: &Expr) -> bool {
    inner(pat).is_some_and(|name| matches!(strip(body), Expr::Path(path) if path.path.is_ident(name)))
}

/// The name in `Some(name)`.
pub(crate) fn inner(pat: &syn::Pat) -> Option<&Ident> {
    let syn::Pat::TupleStruct(some) = pat else { return None };
    match some.elems.first() {
        Some(syn::Pat::Ident(name)) if some.path.segments.last().is_some_and(|s| s.ident == "Some") => {
            Some(&name.ident)
        }
        _ => None,
    }
}

/// The call in `v.checked_add(x)?`, `v.checked_add(x).ok_or(e)?`, `v.checked_add(x).unwrap()` and `v.checked_add(x).expect("..")`.
fn checked(value: &Expr) -> Option<&ExprMethodCall> {
    let call = match value {
        Expr::Try(question) => match strip(&question.expr) {
            Expr::MethodCall(call) if call.method == "ok_or" || call.method == "ok_or_else" => strip(&call.receiver),
            inner => inner,
        },
        Expr::MethodCall(call) if call.method == "unwrap" || call.method == "expect" => strip(&call.receiver),
        Expr::Match(choice) if is_unwrapping(choice) => strip(&choice.expr),
        _ => return None,
    };
    match call {
        Expr::MethodCall(call)
            if ["checked_add", "checked_sub", "checked_mul", "checked_neg"]
                .iter()
                .any(|name| call.method == name) =>
        {
            Some(call)
        }
        _ => None,
    }
}

/// The sum or the difference of two values that both contain the variable.
fn both(method: Method, at: &impl ToTokens, left: &Expr, right: &Expr, variable: &str) -> Result<Vec<Step>, NoStep> {
    Ok(vec![Step::Both {
        method,
        at: at.to_token_stream(),
        left: of_value(left, variable)?,
        right: of_value(right, variable)?,
    }])
}

/// Conditions on the value `E` itself, by what they do to it:
/// `if E < lo { lo } else if E > hi { hi } else { E }`, `if E > 0 { E - 1 } else { E }`, `if E >= m { E - m } else { E }`,
/// `if E == m { 0 } else { E }`.
fn piecewise(condition: &Expr, then: &Expr, otherwise: &Expr, variable: &str) -> Option<Vec<Step>> {
    let Expr::Binary(comparison) = strip(condition) else {
        return None;
    };
    let has = |expr: &Expr| uses::uses(expr, variable);
    let (value, bound, is_left) = match (has(&comparison.left), has(&comparison.right)) {
        (true, false) => (&*comparison.left, &*comparison.right, true),
        (false, true) => (&*comparison.right, &*comparison.left, false),
        _ => return None,
    };
    let order = Order::of(&comparison.op, is_left)?;
    let same = |a: &Expr, b: &Expr| plain(a) == plain(b);
    // the rest of the tree in terms of the value
    let rest = |expr: &Expr| -> Expr {
        let mut rest = expr.clone();
        let name = Ident::new(variable, proc_macro2::Span::call_site());
        let replace = &mut |expr: &Expr| same(expr, value).then(|| syn::parse_quote!(#name));
        syn::visit_mut::VisitMut::visit_expr_mut(&mut super::guards::Substitute(replace), &mut rest);
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
enum Order {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
}

impl Order {
    /// The order of the comparison; the value stands on its `left` or not.
    fn of(op: &BinOp, left: bool) -> Option<Order> {
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

    fn opposite(self) -> Order {
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

fn is_number(expr: &Expr, digits: &str) -> bool {
    matches!(strip(expr), Expr::Lit(literal) if matches!(&literal.lit, syn::Lit::Int(int) if int.base10_digits() == digits))
}

/// `match e { v if c => a, v => b }` is `if c { a } else { b }` with `e` for `v`.
pub(crate) fn as_branches(choice: &syn::ExprMatch) -> Option<Expr> {
    let mut arms = choice.arms.iter().rev();
    let in_arm = |pat: &syn::Pat, expr: &Expr| -> Option<Expr> {
        let mut expr = expr.clone();
        match pat {
            syn::Pat::Wild(_) => {}
            syn::Pat::Ident(ident) if ident.by_ref.is_none() && ident.subpat.is_none() && is_lower(&ident.ident) => {
                let name = &ident.ident;
                let is_it = |e: &Expr| matches!(e, Expr::Path(path) if path.path.is_ident(name));
                let scrutinee = &choice.expr;
                let replace = &mut |e: &Expr| is_it(e).then(|| -> Expr { syn::parse_quote!((#scrutinee)) });
                syn::visit_mut::VisitMut::visit_expr_mut(&mut super::guards::Substitute(replace), &mut expr);
            }
            _ => return None,
        }
        Some(expr)
    };
    let last = arms.next()?;
    let mut value = in_arm(&last.pat, &last.body)?;
    for arm in arms {
        let syn::Pat::Guard(guard) = &arm.pat else { return None };
        let (condition, body) = (in_arm(&guard.pat, &guard.guard)?, in_arm(&guard.pat, &arm.body)?);
        value = syn::parse_quote!(if #condition { #body } else { #value });
    }
    (choice.arms.len() > 1).then_some(value)
}

fn is_lower(ident: &Ident) -> bool {
    !ident.to_string().starts_with(char::is_uppercase)
}

/// `0 + x` is `x`.
fn is_plus_zero(sum: &Expr, x: &Expr) -> bool {
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
fn either(at: &Expr, method: Method, a: &Expr, b: &Expr, variable: &str) -> Result<Vec<Step>, NoStep> {
    let (old, operand) = match (uses::uses(a, variable), uses::uses(b, variable)) {
        (true, true) => return no_step(at, Why::Twice),
        (true, false) => (a, b),
        _ => (b, a),
    };
    after(of_value(old, variable)?, method, at, Some(operand))
}

/// One more step.
fn after(
    mut steps: Vec<Step>,
    method: Method,
    at: &impl ToTokens,
    operand: Option<&Expr>,
) -> Result<Vec<Step>, NoStep> {
    steps.push(Step::Call {
        method,
        at: at.to_token_stream(),
        operand: operand.cloned().map(Box::new),
    });
    Ok(steps)
}

/// The operator's step; the old value stands on its `left` or not.
fn of_operator(op: &BinOp, left: bool) -> Option<Method> {
    Some(match (op, left) {
        (BinOp::Add(_), _) => Method::Add,
        (BinOp::Sub(_), true) => Method::Sub,
        (BinOp::Sub(_), false) => Method::Rsub,
        (BinOp::Mul(_), _) => Method::Mul,
        (BinOp::Rem(_), true) => Method::Rem,
        (BinOp::BitAnd(_) | BinOp::And(_), _) => Method::And,
        (BinOp::BitOr(_) | BinOp::Or(_), _) => Method::Or,
        (BinOp::BitXor(_), _) => Method::Xor,
        (BinOp::Shl(_), true) => Method::Shl,
        (BinOp::Shr(_), true) => Method::Shr,
        (BinOp::Div(_), true) => Method::Div,
        _ => return None,
    })
}

/// `receiver.method(arguments)` or `method(receiver, arguments)`.
fn of_call(
    value: &Expr,
    name: &Ident,
    receiver: &Expr,
    arguments: &[&Expr],
    variable: &str,
) -> Result<Vec<Step>, NoStep> {
    let has = |expr: &Expr| uses::uses(expr, variable);
    let name_text = name.to_string();
    let with = |steps, method, operand| after(steps, method, name, operand);
    match (name_text.as_str(), arguments) {
        ("mul_add", [factor, summand]) if has(receiver) && !has(factor) && !has(summand) => {
            let steps = with(of_value(receiver, variable)?, Method::Mul, Some(factor))?;
            with(steps, Method::Add, Some(summand))
        }
        ("clamp", [low, high]) if has(receiver) && !has(low) && !has(high) => {
            let steps = with(of_value(receiver, variable)?, Method::Max, Some(low))?;
            with(steps, Method::Min, Some(high))
        }
        ("wrapping_neg" | "neg", []) => with(of_value(receiver, variable)?, Method::Neg, None),
        ("not", []) => with(of_value(receiver, variable)?, Method::Not, None),
        (_, [argument]) => {
            let (method, commutes) = match name_text.as_str() {
                "wrapping_add" | "add" => (Method::Add, true),
                "wrapping_sub" | "sub" => (Method::Sub, false),
                "wrapping_mul" | "mul" => (Method::Mul, true),
                "saturating_add" => (Method::SaturatingAdd, true),
                "saturating_sub" => (Method::SaturatingSub, false),
                "max" => (Method::Max, true),
                "min" => (Method::Min, true),
                "rem_euclid" => (Method::Rem, false),
                "bitand" => (Method::And, true),
                "bitor" => (Method::Or, true),
                "bitxor" => (Method::Xor, true),
                "rotate_left" => (Method::RotateLeft, false),
                "rotate_right" => (Method::RotateRight, false),
                _ => return no_step(name, Why::Operation),
            };
            match (has(receiver), has(argument)) {
                (true, true) => match method {
                    Method::Add => both(Method::Plus, name, receiver, argument, variable),
                    Method::Sub => both(Method::Minus, name, receiver, argument, variable),
                    _ => no_step(value, Why::Twice),
                },
                (true, false) => with(of_value(receiver, variable)?, method, Some(argument)),
                (false, _) if commutes => with(of_value(argument, variable)?, method, Some(receiver)),
                (false, _) => no_step(name, Why::Operation),
            }
        }
        _ => no_step(name, Why::Operation),
    }
}

/// The value of a block that is nothing else.
fn tail(block: &syn::Block) -> Option<&Expr> {
    match &block.stmts[..] {
        [Stmt::Expr(value, None)] => Some(value),
        _ => None,
    }
}

fn tail_of(expr: &Expr) -> Option<&Expr> {
    match expr {
        Expr::Block(block) if block.label.is_none() => tail(&block.block),
        Expr::Break(_) | Expr::Return(_) | Expr::Continue(_) => None,
        other => Some(other),
    }
}

/// All methods in the steps.
pub(crate) fn methods(steps: &[Step], each: &mut dyn FnMut(Method, &TokenStream)) {
    for step in steps {
        match step {
            Step::Call { method, at, .. } => each(*method, at),
            Step::Both {
                method,
                at,
                left,
                right,
            } => {
                each(*method, at);
                methods(left, each);
                methods(right, each);
            }
            Step::If { then, otherwise, .. } => {
                methods(then, each);
                methods(otherwise, each);
            }
            Step::Match { arms, .. } => arms.iter().for_each(|arm| methods(arm, each)),
        }
    }
}

/// The steps as statements on the summary `variable`.
pub(crate) fn to_tokens(steps: &[Step], variable: &Ident) -> TokenStream {
    let tokens = steps.iter().map(|step| match step {
        Step::Call { method, operand, at } => {
            let span = crate::diagnostics::ends(at).0;
            let mut name = Ident::new(method.name(), span);
            name.set_span(span);
            quote!(#variable.#name(#operand);)
        }
        Step::Both {
            method,
            at,
            left,
            right,
        } => {
            let side = |name: &str| {
                let name = format!("{}_{name}", variable.to_string().trim_start_matches("r#"));
                Ident::new(&name, proc_macro2::Span::mixed_site())
            };
            let (one, other) = (side("left"), side("right"));
            let (left, right) = (to_tokens(left, &one), to_tokens(right, &other));
            let method = Ident::new(method.name(), crate::diagnostics::ends(at).0);
            quote!({
                #[allow(unused_mut)] // the value itself is changed by nothing
                let (mut #one, mut #other) = (#variable.same(), #variable.same());
                #left
                #right
                #variable.#method(#one, #other);
            })
        }
        Step::If {
            condition,
            then,
            otherwise,
        } => {
            let (then, otherwise) = (to_tokens(then, variable), to_tokens(otherwise, variable));
            quote!(if #condition { #then } else { #otherwise })
        }
        Step::Match { choice, arms } => {
            let scrutinee = &choice.expr;
            let arms = choice.arms.iter().zip(arms).map(|(arm, steps)| {
                let (pattern, steps) = (&arm.pat, to_tokens(steps, variable));
                quote!(#pattern => { #steps })
            });
            quote!(match #scrutinee { #(#arms)* })
        }
    });
    tokens.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(text: &str) -> String {
        match of_value(&syn::parse_str(text).unwrap(), "v") {
            Ok(steps) => to_tokens(&steps, &quote::format_ident!("v")).to_string(),
            Err(no) => format!("{:?} at {}", no.why, no.at),
        }
    }

    #[test]
    fn values_are_steps_from_the_old_one() {
        for (text, want) in [
            ("v + x", "v . add (x) ;"),
            ("x * (v - 1)", "v . sub (1) ; v . mul (x) ;"),
            ("v / x", "v . div (x) ;"),
            ("v.checked_add(x)?", "v . add (x) ;"),
            ("v.checked_mul(x).ok_or(Error::Big)?", "v . mul (x) ;"),
            ("v.rotate_left(5) ^ x", "v . rotate_left (5) ; v . xor (x) ;"),
            (
                "if v + x < lo { lo } else if v + x > hi { hi } else { v + x }",
                "v . add (x) ; v . within ((lo , hi)) ;",
            ),
            (
                "if v > hi { hi } else if lo > v { lo } else { v }",
                "v . within ((lo , hi)) ;",
            ),
            (
                "match v + x { w if w < 0 => 0, w if w > 50 => 50, w => w }",
                "v . add (x) ; v . within ((0 , 50)) ;",
            ),
            ("if v == Some(x) { v } else { Some(x) }", "v . meet (Some (x)) ;"),
            ("if v != *x { x.clone() } else { v }", "v . meet (x . clone ()) ;"),
            ("if v > 0 { v - 1 } else { v }", "v . down (0) ;"),
            ("if v == 0 { v } else { v - 1 }", "v . down (0) ;"),
            ("if v < 3 { v + 1 } else { v }", "v . up (3) ;"),
            (
                "if v + x >= m { v + x - m } else { v + x }",
                "v . add (x) ; v . wrap (m) ;",
            ),
            ("if v + 1 == n { 0 } else { v + 1 }", "v . add (1) ; v . restart (n) ;"),
            ("if v > x { v - x } else { 0 }", "v . max (x) ; v . sub (x) ;"),
            ("x - v", "v . rsub (x) ;"),
            ("std::cmp::max(v + x, 0)", "v . add (x) ; v . max (0) ;"),
            ("x.max(v).min(9)", "v . max (x) ; v . min (9) ;"),
            ("v.clamp(0, 9)", "v . max (0) ; v . min (9) ;"),
            ("v.wrapping_mul(33).wrapping_add(x)", "v . mul (33) ; v . add (x) ;"),
            ("v.mul_add(a, b)", "v . mul (a) ; v . add (b) ;"),
            ("(v * 31 + x) % m", "v . mul (31) ; v . add (x) ; v . rem (m) ;"),
            ("!v", "v . not () ;"),
            ("v || x == 3", "v . or (x == 3) ;"),
            (
                "if x > 0 { v + 1 } else { 0 }",
                "if x > 0 { v . add (1) ; } else { v . set (0) ; }",
            ),
            ("if v + x > 0 { v + x } else { 0 }", "v . add (x) ; v . max (0) ;"),
            ("if v < x { v } else { x }", "v . min (x) ;"),
            (
                "match x { 0 => v, 1 => v + 1, _ => f(x) }",
                "match x { 0 => { } 1 => { v . add (1) ; } _ => { v . set (f (x)) ; } }",
            ),
        ] {
            assert_eq!(steps(text), want, "{text}");
        }
    }

    #[test]
    fn other_values_say_why_not() {
        for (text, want) in [
            ("v * v + x", "Twice at v * v"),
            ("v ^ (v << 5)", "Twice at v ^ (v << 5)"),
            ("f(v)", "Operation at f"),
            ("if v > x { 0 } else { v }", "Condition at v > x"),
            ("[v, x]", "Use at [v , x]"),
            ("x.wrapping_sub(v)", "Operation at wrapping_sub"),
        ] {
            assert_eq!(steps(text), want, "{text}");
        }
    }
}
