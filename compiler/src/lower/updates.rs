//! Which expressions update an accumulator, and by which operation?
//!
//! An update is `acc = acc op x` in any of its spellings. Recognition is by structure: the accumulator is a place, the
//! operation a binary operator, a method or a function whose laws are known.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::{BinOp, Expr, ExprAssign, ExprBinary, ExprCall, ExprMethodCall};

use super::places::{Place, place_of};
use super::primitives::number;
use super::shadows::is_of_std;

/// An operation by the name of its marker type in `ops`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Operation {
    Add,
    /// `acc -= x`: the subtrahends are added up and subtracted once.
    Sub,
    /// Both on the cells of a table, or the entries of a map.
    SignedAdd,
    Mul,
    BitAnd,
    BitOr,
    BitXor,
    And,
    Or,
    WrappingAdd,
    WrappingMul,
    SaturatingAdd,
    Append,
    Union,
    Combine,
    Min,
    Max,
}

impl Operation {
    /// The marker type.
    pub(crate) fn marker(self) -> Ident {
        let name = match self {
            Operation::Sub => "Add".to_string(),
            other => format!("{other:?}"),
        };
        Ident::new(&name, proc_macro2::Span::call_site())
    }

    /// What may be mixed with it: a sum may be added to and subtracted from.
    pub(crate) fn family(self) -> Operation {
        match self {
            Operation::Sub => Operation::Add,
            other => other,
        }
    }

    /// True if float rounding makes the grouping visible.
    pub(crate) fn may_round(self) -> bool {
        matches!(
            self,
            Operation::Add | Operation::Sub | Operation::SignedAdd | Operation::Mul
        )
    }
}

/// How two partial minima or maxima are joined: with the user's own call.
#[derive(Clone, Debug)]
pub(crate) enum Extremum {
    /// `acc.min(x)` or `x.min(acc)`
    Method { method: Ident, accumulator_first: bool },
    /// `std::cmp::min(acc, x)` or `f64::min(x, acc)`
    Function {
        function: Box<Expr>,
        accumulator_first: bool,
    },
}

impl Extremum {
    /// True if of two equal values the later one stays.
    pub(crate) fn later_wins(&self, operation: Operation) -> bool {
        let (Extremum::Method { accumulator_first, .. } | Extremum::Function { accumulator_first, .. }) = self;
        // `Ord::max` keeps its second argument, `Ord::min` its first one
        (operation == Operation::Max) == *accumulator_first
    }

    /// The operand of such a call.
    pub(crate) fn operand<'e>(&self, call: &'e Expr) -> Option<&'e Expr> {
        match (self, call) {
            (
                Extremum::Method {
                    accumulator_first: true,
                    ..
                },
                Expr::MethodCall(call),
            ) => call.args.first(),
            (
                Extremum::Method {
                    accumulator_first: false,
                    ..
                },
                Expr::MethodCall(call),
            ) => Some(&call.receiver),
            (Extremum::Function { accumulator_first, .. }, Expr::Call(call)) => {
                call.args.get(usize::from(*accumulator_first))
            }
            _ => None,
        }
    }

    /// The call on two values.
    pub(crate) fn call(&self, left: &TokenStream, right: &TokenStream) -> TokenStream {
        match self {
            Extremum::Method {
                method,
                accumulator_first: true,
            } => quote!(#left.#method(#right)),
            Extremum::Method {
                method,
                accumulator_first: false,
            } => quote!(#right.#method(#left)),
            Extremum::Function {
                function,
                accumulator_first: true,
            } => quote!(#function(#left, #right)),
            Extremum::Function {
                function,
                accumulator_first: false,
            } => quote!(#function(#right, #left)),
        }
    }
}

/// What part of the accumulator is updated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Target {
    /// All of it.
    Whole,
    /// An element, so many indices down.
    Element(usize),
    /// The value of a key in a map.
    Entry,
    /// What an `Option` holds.
    Held,
}

/// One update of an accumulator.
#[derive(Clone, Debug)]
pub(crate) struct Update<'a> {
    /// The accumulator; for elements and entries the container.
    pub(crate) place: Place,
    /// The accumulator's expression.
    pub(crate) target_expr: &'a Expr,
    /// The updated place in full, with its indices.
    pub(crate) element: &'a Expr,
    /// What part of it.
    pub(crate) target: Target,
    /// The operation.
    pub(crate) operation: Operation,
    /// The operation's own tokens: where an error about its law belongs.
    pub(crate) operator: TokenStream,
    /// How extrema are joined.
    pub(crate) extremum: Option<Extremum>,
    /// Written `x op acc`: needs commutativity.
    pub(crate) swapped: bool,
    /// Everything that is evaluated besides the accumulator.
    pub(crate) operands: Vec<&'a Expr>,
}

impl Update<'_> {
    /// True for sums and products, of whatever.
    pub(crate) fn is_arithmetic(&self) -> bool {
        matches!(self.operation, Operation::Add | Operation::Sub | Operation::Mul)
    }
}

/// True for `+=` and its kind.
pub(crate) fn is_compound(op: &syn::BinOp) -> bool {
    use syn::BinOp::*;
    matches!(
        op,
        AddAssign(_)
            | SubAssign(_)
            | MulAssign(_)
            | DivAssign(_)
            | RemAssign(_)
            | BitXorAssign(_)
            | BitAndAssign(_)
            | BitOrAssign(_)
            | ShlAssign(_)
            | ShrAssign(_)
    )
}

/// `acc op= x`
pub(crate) fn of_compound(node: &ExprBinary) -> Option<Update<'_>> {
    let operation = compound(&node.op)?;
    let operator = node.op.to_token_stream();
    if let Some(Lazy { of, key, target }) = lazy_place(&node.left) {
        let operands = key.into_iter().chain([&*node.right]).collect();
        let (place, _) = place_of(of).filter(|(place, _)| place.depth() == 0)?;
        return Some(update(place, of, target, operation, operator, operands));
    }
    on_place(&node.left, operation, operator, vec![&node.right])
}

/// The operation of `+=` and its kind.
pub(crate) fn compound(op: &BinOp) -> Option<Operation> {
    Some(match op {
        BinOp::AddAssign(_) => Operation::Add,
        BinOp::SubAssign(_) => Operation::Sub,
        BinOp::MulAssign(_) => Operation::Mul,
        BinOp::BitAndAssign(_) => Operation::BitAnd,
        BinOp::BitOrAssign(_) => Operation::BitOr,
        BinOp::BitXorAssign(_) => Operation::BitXor,
        _ => return None,
    })
}

pub(crate) fn update<'a>(
    place: Place,
    target_expr: &'a Expr,
    target: Target,
    operation: Operation,
    operator: TokenStream,
    operands: Vec<&'a Expr>,
) -> Update<'a> {
    Update {
        place,
        target_expr,
        element: target_expr,
        target,
        operation,
        operator,
        extremum: None,
        swapped: false,
        operands,
    }
}

/// An update of the place that `target` names, or of an element of it.
fn on_place<'a>(
    target: &'a Expr,
    operation: Operation,
    operator: TokenStream,
    mut operands: Vec<&'a Expr>,
) -> Option<Update<'a>> {
    let (place, _) = place_of(target)?;
    match place.depth() {
        0 => Some(update(place, target, Target::Whole, operation, operator, operands)),
        depth => {
            operands.extend(super::places::indices_of(target));
            let (container, base) = container(target)?;
            let found = update(container, base, Target::Element(depth), operation, operator, operands);
            Some(Update {
                element: target,
                ..found
            })
        }
    }
}

/// The container behind all indices of an element, `h` in `h[i][j]`.
fn container(element: &Expr) -> Option<(Place, &Expr)> {
    match element {
        Expr::Paren(e) => container(&e.expr),
        Expr::Index(e) => {
            let (place, _) = place_of(&e.expr)?;
            if place.depth() == 0 {
                Some((place, &e.expr))
            } else {
                container(&e.expr)
            }
        }
        // a field of an element, `h[i].count`, has no law that is known
        _ => None,
    }
}

/// What is there from its first update on: the value of a key in a map, or what an `Option` holds.
struct Lazy<'a> {
    /// The map or the `Option`.
    of: &'a Expr,
    key: Option<&'a Expr>,
    target: Target,
}

/// `*map.entry(k).or_insert(0)`, `*map.entry(k).or_default()`, `*sum.get_or_insert(0)`
fn lazy_place(target: &Expr) -> Option<Lazy<'_>> {
    match target {
        Expr::Paren(e) => lazy_place(&e.expr),
        Expr::Unary(e) if matches!(e.op, syn::UnOp::Deref(_)) => lazy(&e.expr),
        _ => None,
    }
}

/// `map.entry(k).or_insert(EMPTY)` or `option.get_or_insert(EMPTY)` where the new value is the identity of what follows.
fn lazy(call: &Expr) -> Option<Lazy<'_>> {
    let Expr::MethodCall(or) = call else { return None };
    let is_empty = match or.method.to_string().as_str() {
        "or_default" | "get_or_insert_default" => or.args.is_empty(),
        "or_insert" | "get_or_insert" => or.args.first().is_some_and(is_empty_value),
        "or_insert_with" | "get_or_insert_with" => or.args.first().is_some_and(is_empty_constructor),
        _ => false,
    };
    let found = match &*or.receiver {
        Expr::MethodCall(entry) if entry.method == "entry" && entry.args.len() == 1 => Lazy {
            of: &entry.receiver,
            key: entry.args.first(),
            target: Target::Entry,
        },
        option => Lazy {
            of: option,
            key: None,
            target: Target::Held,
        },
    };
    let is_of_option = or.method.to_string().starts_with("get");
    (is_empty && is_of_option == (found.target == Target::Held)).then_some(found)
}

/// True for `map.entry(k).or_insert(EMPTY)` and its kind.
pub(crate) fn is_entry(call: &Expr) -> bool {
    lazy(call).is_some_and(|found| found.target == Target::Entry)
}

/// `0`, `0.0`, `Vec::new()`, `vec![]`, `String::new()`, `T::default()`.
pub(crate) fn is_empty_value(value: &Expr) -> bool {
    match value {
        Expr::Lit(lit) => match &lit.lit {
            syn::Lit::Int(int) => int.base10_digits() == "0",
            syn::Lit::Float(float) => float.base10_parse::<f64>().is_ok_and(|x| x == 0.0),
            _ => false,
        },
        Expr::Call(call) => call.args.is_empty() && is_empty_constructor(&call.func),
        Expr::Macro(call) => call.mac.path.is_ident("vec") && call.mac.tokens.is_empty(),
        _ => false,
    }
}

/// `Vec::new`, `Default::default`
fn is_empty_constructor(function: &Expr) -> bool {
    let Expr::Path(path) = function else { return false };
    let segments = &path.path.segments;
    let last = segments.last().map(|s| s.ident.to_string());
    let is_new = last.as_deref() == Some("new")
        && segments.len() >= 2
        && [
            "Vec", "String", "VecDeque", "HashMap", "BTreeMap", "HashSet", "BTreeSet",
        ]
        .iter()
        .any(|name| segments[segments.len() - 2].ident == name);
    is_new || last.as_deref() == Some("default")
}

/// `acc = acc op x`, `acc = x op acc`, `acc = acc.min(x)`, `acc = max(acc, x)`, ...
pub(crate) fn of_assignment(node: &ExprAssign) -> Option<Update<'_>> {
    let (place, _) = place_of(&node.left)?;
    let is_target = |expr: &Expr| {
        let same_text = || expr.to_token_stream().to_string() == node.left.to_token_stream().to_string();
        place_of(strip(expr)).is_some_and(|(p, _)| p == place) && (place.depth() == 0 || same_text())
    };
    of_value(&node.left, &node.right, &is_target)
}

/// The update of `target` by a value that is made of what `is_target` recognises.
pub(crate) fn of_value<'a>(target: &'a Expr, value: &'a Expr, is_target: &dyn Fn(&Expr) -> bool) -> Option<Update<'a>> {
    match strip(value) {
        Expr::Binary(binary) => {
            let (operation, operands, swapped) = binary_update(binary, is_target)?;
            let mut found = on_place(target, operation, binary.op.to_token_stream(), operands)?;
            found.swapped = swapped;
            Some(found)
        }
        Expr::MethodCall(call) => method_update(target, call, is_target),
        Expr::Call(call) => function_update(target, call, is_target),
        _ => None,
    }
}

/// The expression without parentheses.
pub(crate) fn strip(expr: &Expr) -> &Expr {
    match expr {
        Expr::Paren(e) => strip(&e.expr),
        Expr::Group(e) => strip(&e.expr),
        _ => expr,
    }
}

/// The operation, its other operands, and whether the accumulator stands on the right.
fn binary_update<'a>(
    node: &'a ExprBinary,
    is_target: &dyn Fn(&Expr) -> bool,
) -> Option<(Operation, Vec<&'a Expr>, bool)> {
    let operation = match node.op {
        BinOp::Add(_) => Operation::Add,
        BinOp::Sub(_) if is_target(&node.left) => Operation::Sub,
        BinOp::Mul(_) => Operation::Mul,
        BinOp::BitAnd(_) => Operation::BitAnd,
        BinOp::BitOr(_) => Operation::BitOr,
        BinOp::BitXor(_) => Operation::BitXor,
        BinOp::And(_) => Operation::And,
        BinOp::Or(_) => Operation::Or,
        _ => return None,
    };
    if is_target(&node.left) {
        return Some((operation, vec![&node.right], false));
    }
    if is_target(&node.right) {
        return Some((operation, vec![&node.left], true));
    }
    // `acc + a + b` is `(acc + a) + b`
    let Expr::Binary(inner) = strip(&node.left) else {
        return None;
    };
    if std::mem::discriminant(&inner.op) != std::mem::discriminant(&node.op) {
        return None;
    }
    let (operation, mut operands, swapped) = binary_update(inner, is_target)?;
    if operation == Operation::Sub {
        return None;
    }
    operands.push(&node.right);
    Some((operation, operands, swapped))
}

/// `sum` where `*sum` is the target: a method looks behind the reference by itself.
fn is_behind(target: &Expr, receiver: &Expr) -> bool {
    let Expr::Unary(unary) = target else { return false };
    let same = || place_of(&unary.expr).is_some_and(|(place, _)| place_of(receiver).is_some_and(|(r, _)| r == place));
    matches!(unary.op, syn::UnOp::Deref(_)) && same()
}

fn method_update<'a>(
    target: &'a Expr,
    call: &'a ExprMethodCall,
    is_target: &dyn Fn(&Expr) -> bool,
) -> Option<Update<'a>> {
    if call.args.len() != 1 || call.turbofish.is_some() {
        return None;
    }
    let argument = &call.args[0];
    let (accumulator_first, operand) = if is_target(&call.receiver) || is_behind(target, &call.receiver) {
        (true, argument)
    } else if is_target(argument) {
        (false, &*call.receiver)
    } else {
        return None;
    };
    let operation = match call.method.to_string().as_str() {
        "min" => Operation::Min,
        "max" => Operation::Max,
        "wrapping_add" => Operation::WrappingAdd,
        "wrapping_mul" => Operation::WrappingMul,
        "saturating_add" => Operation::SaturatingAdd,
        "combine" => Operation::Combine,
        _ => return None,
    };
    let mut found = on_place(target, operation, call.method.to_token_stream(), vec![operand])?;
    if matches!(operation, Operation::Min | Operation::Max) {
        found.extremum = Some(Extremum::Method {
            method: call.method.clone(),
            accumulator_first,
        });
    } else {
        found.swapped = !accumulator_first;
    }
    Some(found)
}

fn function_update<'a>(target: &'a Expr, call: &'a ExprCall, is_target: &dyn Fn(&Expr) -> bool) -> Option<Update<'a>> {
    let Expr::Path(path) = &*call.func else { return None };
    if call.args.len() != 2 || !is_of_std(path) {
        return None;
    }
    let (accumulator_first, operand) = if is_target(&call.args[0]) {
        (true, &call.args[1])
    } else if is_target(&call.args[1]) {
        (false, &call.args[0])
    } else {
        return None;
    };
    let operation = match path.path.segments.last()?.ident.to_string().as_str() {
        "min" => Operation::Min,
        "max" => Operation::Max,
        _ => return None,
    };
    let mut found = on_place(target, operation, path.to_token_stream(), vec![operand])?;
    found.extremum = Some(Extremum::Function {
        function: call.func.clone(),
        accumulator_first,
    });
    Some(found)
}

/// True for a method that appends to its receiver.
pub(crate) fn is_append(call: &ExprMethodCall) -> bool {
    of_method(call).is_some_and(|update| update.operation == Operation::Append)
}

/// A method call statement that adds to a collection: `acc.push(x)`, `acc.entry(k).or_default().push(x)`.
pub(crate) fn of_method(call: &ExprMethodCall) -> Option<Update<'_>> {
    let operation = match (call.method.to_string().as_str(), call.args.len()) {
        ("push" | "push_back" | "push_str" | "extend" | "extend_from_slice", 1) => Operation::Append,
        // a number as the key is an index into a `Vec`
        ("insert", 2) if number(&call.args[0]).is_some() => return None,
        ("insert", 1 | 2) => Operation::Union,
        _ => return None,
    };
    added(call, operation)
}

/// `text.write_fmt(..)`, which appends; whether it went well is known before.
pub(crate) fn of_writing(call: &ExprMethodCall) -> Option<Update<'_>> {
    let writes = call.method == "write_fmt" && call.args.len() == 1;
    writes.then(|| added(call, Operation::Append))?
}

fn added(call: &ExprMethodCall, operation: Operation) -> Option<Update<'_>> {
    let operator = call.method.to_token_stream();
    let mut operands: Vec<&Expr> = call.args.iter().collect();
    if let Some(Lazy { of, key, target }) = lazy(&call.receiver) {
        operands.extend(key);
        let (place, _) = place_of(of).filter(|(place, _)| place.depth() == 0)?;
        return Some(update(place, of, target, operation, operator, operands));
    }
    // `self.push(x)` is a method of the type that the function belongs to, whatever it does
    let is_own = place_of(&call.receiver).is_some_and(|(place, _)| place.is_same(&Place::of_variable("self")));
    on_place(&call.receiver, operation, operator, operands).filter(|_| !is_own)
}
