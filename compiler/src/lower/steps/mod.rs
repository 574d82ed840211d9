//! Is the new value of a carried variable a composition of known steps applied to its old value?
//!
//! The update `here = max(here + x, 0)` is the steps `add(x)`, `max(0)`: each is a function of the old value alone, from a
//! family that is closed under composition. A step's operand may be anything that doesn't contain the variable.

mod calls;
mod comparisons;
mod conditions;
mod method;

pub(crate) use self::calls::inner;
pub(crate) use self::method::Method;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::{BinOp, Expr, Stmt, UnOp};

use self::calls::{checked, of_call, of_operator, optional};
use self::comparisons::{bounded, either, extremum, piecewise};
use crate::lower::places::place_of;
use crate::lower::shadows::{is_of_std, is_operator};
use crate::lower::updates::strip;
use crate::lower::uses;

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
    /// The old value says where in a table the new one stands.
    Table,
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
        Expr::MethodCall(call) if !has(&call.receiver) && optional(call).is_some() => {
            of_value(&optional(call).expect("asked just before"), variable)
        }
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
                if let Some(nested) = conditions::apart(&branch.cond, then, otherwise, &has) {
                    return of_value(&nested, variable);
                }
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
        Expr::Index(lookup) if lookup_of(lookup, variable) => no_step(value, Why::Table),
        _ => no_step(value, Why::Use),
    }
}

/// True if the old value is among the subscripts of `table[a][b]`, and not what is looked at.
fn lookup_of(lookup: &syn::ExprIndex, variable: &str) -> bool {
    match strip(&lookup.expr) {
        Expr::Index(outer) => lookup_of(outer, variable),
        table => !uses::uses(table, variable),
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

/// The sum or the difference of two values that both contain the variable.
fn both(method: Method, at: &impl ToTokens, left: &Expr, right: &Expr, variable: &str) -> Result<Vec<Step>, NoStep> {
    Ok(vec![Step::Both {
        method,
        at: at.to_token_stream(),
        left: of_value(left, variable)?,
        right: of_value(right, variable)?,
    }])
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
            (
                "x.map_or(v + 1, |y| v.max(y))",
                "match :: core :: iter :: IntoIterator :: into_iter (x) . next () { \
                 :: core :: option :: Option :: Some (y) => { v . max (y) ; } \
                 :: core :: option :: Option :: None => { v . add (1) ; } }",
            ),
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
                "if x != 3 && v < x { x } else { v }",
                "if x != 3 { v . max (x) ; } else { }",
            ),
            (
                "if v < 0 || x == 3 { x } else { v + x }",
                "if x == 3 { v . set (x) ; } else { v . max (0) ; v . add (x) ; }",
            ),
            (
                "if let Some(y) = x && v < y { y } else { v }",
                "if let Some (y) = x { v . max (y) ; } else { }",
            ),
            ("if !(v < x) { v } else { x }", "v . max (x) ;"),
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
            (
                "if let Some(y) = v && y > x { x } else { v }",
                "Condition at let Some (y) = v && y > x",
            ),
            ("[v, x]", "Use at [v , x]"),
            ("t[v]", "Table at t [v]"),
            ("NEXT[v as usize][x]", "Table at NEXT [v as usize] [x]"),
            ("NEXT[x][v]", "Table at NEXT [x] [v]"),
            ("v[x]", "Use at v [x]"),
            ("x.wrapping_sub(v)", "Operation at wrapping_sub"),
        ] {
            assert_eq!(steps(text), want, "{text}");
        }
    }
}
