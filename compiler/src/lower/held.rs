//! Which choice updates what an `Option` holds, and by which operation?
//!
//! `best = Some(best.map_or(x, |b| b.max(x)))`, `match &mut sum { Some(s) => *s += x, None => sum = Some(x) }`: nothing
//! becomes the first operand, and what is held is updated by those behind it.

use quote::ToTokens;
use syn::{Expr, ExprAssign, Pat};

use super::choices::{Choice, Then};
use super::places::place_of;
use super::updates::{Operation, Target, Update, compound, is_empty_value, of_value, strip, update};

/// The update, if what is held starts with what the operation takes.
pub(crate) fn recognise<'a>(choice: &Choice<'a>) -> Option<Update<'a>> {
    let name = name(choice.pattern)?;
    let is_held =
        |expr: &Expr| place_of(strip(expr)).is_some_and(|(place, _)| place.root == name && place.depth() == 0);
    let found = match choice.then {
        Then::New(value) => of_value(choice.target, value, &is_held)?,
        Then::Change(Expr::Binary(binary)) if is_held(&binary.left) => {
            let (place, _) = place_of(choice.target)?;
            let operator = binary.op.to_token_stream();
            let operation = compound(&binary.op)?;
            update(
                place,
                choice.target,
                Target::Held,
                operation,
                operator,
                vec![&binary.right],
            )
        }
        _ => return None,
    };
    let [operand] = found.operands[..] else { return None };
    let starts = text(operand) == text(choice.first);
    (starts && found.target != Target::Entry && found.operation != Operation::Sub).then(|| Update {
        target: Target::Held,
        operands: vec![operand, choice.first],
        ..found
    })
}

/// `sum = Some(sum.unwrap_or(0) + x)`
pub(crate) fn of_default(assign: &ExprAssign) -> Option<Update<'_>> {
    let Expr::Call(some) = strip(&assign.right) else {
        return None;
    };
    let is_some = matches!(&*some.func, Expr::Path(path) if path.path.is_ident("Some")) && some.args.len() == 1;
    let (place, _) = place_of(&assign.left).filter(|(place, _)| is_some && place.depth() == 0)?;
    let is_held = |expr: &Expr| {
        let Expr::MethodCall(call) = strip(expr) else {
            return false;
        };
        let is_empty = match call.method.to_string().as_str() {
            "unwrap_or" => call.args.first().is_some_and(is_empty_value),
            "unwrap_or_default" => true,
            _ => false,
        };
        is_empty && place_of(&call.receiver).is_some_and(|(found, _)| found.is_same(&place))
    };
    let found = of_value(&assign.left, &some.args[0], &is_held)?;
    // of what there is none of, zero is the sum, and no other operation's result
    let starts_at_zero = [
        Operation::Add,
        Operation::BitOr,
        Operation::BitXor,
        Operation::WrappingAdd,
    ];
    starts_at_zero.contains(&found.operation).then(|| Update {
        target: Target::Held,
        ..found
    })
}

fn text(expr: &Expr) -> String {
    strip(expr).to_token_stream().to_string()
}

/// `b` in `b`, `mut b`, `ref mut b`, `&b`
fn name(pattern: &Pat) -> Option<String> {
    match pattern {
        Pat::Ident(name) if name.subpat.is_none() => Some(name.ident.to_string()),
        Pat::Reference(reference) => name(&reference.pat),
        Pat::Paren(inner) => name(&inner.pat),
        Pat::Type(typed) => name(&typed.pat),
        _ => None,
    }
}
