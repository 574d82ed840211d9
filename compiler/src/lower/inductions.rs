//! What does a loop's induction variable run over?

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::{Expr, ExprForLoop, Pat, RangeLimits};

use super::places::place_of;
use super::updates::strip;

/// A variable of the loop's pattern that is `first + k * step` in iteration `k`.
#[derive(Clone, Debug)]
pub(crate) struct Induction {
    /// Its name.
    pub(crate) name: Ident,
    /// Its value in the first iteration, or one more than that.
    pub(crate) first: TokenStream,
    /// `first` is one more.
    pub(crate) is_behind: bool,
    /// What is added in each iteration.
    pub(crate) step: Step,
    /// Some iterations may be passed over.
    pub(crate) is_filtered: bool,
}

/// The step of an induction variable.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// 1, or -1 in a reversed range.
    One { descending: bool },
    /// `.step_by(STEP)`
    By(Box<Expr>),
}

/// The loop's induction variable, if it has one.
pub(crate) fn of_loop(node: &ExprForLoop) -> Option<Induction> {
    let counted = counted(&node.expr);
    let is_filtered = !std::ptr::eq(counted, strip(&node.expr));
    find(&node.pat, counted).map(|found| Induction { is_filtered, ..found })
}

/// The header without what passes items over, or looks at them: those that are left keep their numbers. Only at its end, as
/// what counts behind a filter counts the items that are left.
fn counted(source: &Expr) -> &Expr {
    match strip(source) {
        Expr::MethodCall(call) if call.args.len() == 1 && (call.method == "filter" || call.method == "inspect") => {
            counted(&call.receiver)
        }
        source => source,
    }
}

fn find(pattern: &Pat, source: &Expr) -> Option<Induction> {
    let source = strip(source);
    match (pattern, source) {
        (Pat::Paren(paren), _) => find(&paren.pat, source),
        // the iterations that are left are the first ones
        (_, Expr::MethodCall(call)) if call.method == "take" && call.args.len() == 1 => find(pattern, &call.receiver),
        (_, Expr::MethodCall(call)) if call.method == "skip" && call.args.len() == 1 => {
            let counted = matches!(strip(&call.receiver), Expr::MethodCall(inner) if inner.method == "enumerate");
            let skipped = strip(&call.args[0]);
            // `first` is evaluated once more, beside the header
            let is_plain = matches!(skipped, Expr::Lit(_) | Expr::Path(_));
            let found = find(pattern, &call.receiver).filter(|_| counted && is_plain)?;
            Some(Induction {
                first: skipped.to_token_stream(),
                ..found
            })
        }
        (Pat::Ident(ident), Expr::Range(range)) => {
            let first = range.start.as_ref()?.to_token_stream();
            Some(Induction {
                name: name(ident)?,
                is_behind: false,
                first,
                step: Step::One { descending: false },
                is_filtered: false,
            })
        }
        (Pat::Ident(ident), Expr::MethodCall(call)) => {
            let Expr::Range(range) = strip(&call.receiver) else {
                return None;
            };
            let start = range.start.as_ref()?;
            match (call.method.to_string().as_str(), call.args.len()) {
                ("rev", 0) => {
                    let end = range.end.as_ref()?;
                    let (first, is_behind) = (end.to_token_stream(), matches!(range.limits, RangeLimits::HalfOpen(_)));
                    Some(Induction {
                        name: name(ident)?,
                        first,
                        is_behind,
                        step: Step::One { descending: true },
                        is_filtered: false,
                    })
                }
                ("step_by", 1) => {
                    let step = Step::By(Box::new(call.args[0].clone()));
                    Some(Induction {
                        name: name(ident)?,
                        is_behind: false,
                        first: start.to_token_stream(),
                        step,
                        is_filtered: false,
                    })
                }
                _ => None,
            }
        }
        (Pat::Tuple(tuple), Expr::MethodCall(call)) if tuple.elems.len() == 2 => {
            match (call.method.to_string().as_str(), call.args.len()) {
                ("rev", 0) => from_the_end(&tuple.elems[0], &call.receiver),
                ("enumerate", 0) => match &tuple.elems[0] {
                    Pat::Ident(ident) => {
                        let step = Step::One { descending: false };
                        Some(Induction {
                            name: name(ident)?,
                            is_behind: false,
                            first: quote!(0),
                            step,
                            is_filtered: false,
                        })
                    }
                    _ => None,
                },
                ("zip", 1) => find(&tuple.elems[0], &call.receiver).or_else(|| find(&tuple.elems[1], &call.args[0])),
                _ => None,
            }
        }
        _ => None,
    }
}

/// `ITEMS.enumerate().rev()`
fn from_the_end(number: &Pat, enumerated: &Expr) -> Option<Induction> {
    let (Expr::MethodCall(call), Pat::Ident(ident)) = (strip(enumerated), number) else {
        return None;
    };
    let items = Some(&call.receiver).filter(|items| call.method == "enumerate" && may_be_made_twice(items))?;
    Some(Induction {
        name: name(ident)?,
        is_behind: true,
        first: quote!(#items.len()),
        step: Step::One { descending: true },
        is_filtered: false,
    })
}

/// True for an iterator over a list, which does nothing when it is made.
fn may_be_made_twice(items: &Expr) -> bool {
    const MADE: &[&str] = &[
        "iter",
        "iter_mut",
        "chunks",
        "chunks_mut",
        "chunks_exact",
        "chunks_exact_mut",
        "windows",
        "copied",
        "cloned",
        "bytes",
    ];
    match strip(items) {
        Expr::MethodCall(call) => {
            let is_plain = |argument: &Expr| matches!(argument, Expr::Lit(_) | Expr::Path(_));
            let is_known = MADE.iter().any(|name| call.method == name) && call.args.iter().all(is_plain);
            is_known && (place_of(&call.receiver).is_some() || may_be_made_twice(&call.receiver))
        }
        _ => false,
    }
}

/// A plain, unchanging variable.
fn name(ident: &syn::PatIdent) -> Option<Ident> {
    (ident.mutability.is_none() && ident.by_ref.is_none() && ident.subpat.is_none()).then(|| ident.ident.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn induction_variables_are_found_in_headers() {
        for (text, want) in [
            ("for i in 2..n {}", Some("i from 2")),
            ("for i in (0..n).rev() {}", Some("i from n")),
            ("for i in (a..n).step_by(4) {}", Some("i from a")),
            ("for (i, x) in xs.iter().enumerate() {}", Some("i from 0")),
            ("for (i, x) in (1..n).zip(xs) {}", Some("i from 1")),
            ("for (x, i) in xs.iter().zip(0..) {}", Some("i from 0")),
            ("for x in xs {}", None),
            ("for mut i in 0..n {}", None),
            ("for (i, x) in xs.iter().enumerate().skip(1) {}", Some("i from 1")),
            ("for (i, x) in xs.iter().enumerate().skip(k) {}", Some("i from k")),
            ("for (i, x) in xs.iter().enumerate().skip(k()) {}", None),
            ("for (i, x) in xs.iter().enumerate().take(n) {}", Some("i from 0")),
            ("for (i, x) in (2..).zip(xs).take(n()) {}", Some("i from 2")),
            ("for (i, x) in xs.iter().enumerate().skip(1).skip(1) {}", None),
            ("for i in (2..n).skip(1) {}", None),
            ("for i in (2..n).filter(f) {}", Some("i from 2")),
            (
                "for (i, _) in xs.iter().enumerate().filter(f).inspect(g) {}",
                Some("i from 0"),
            ),
            ("for (i, x) in xs.iter().enumerate().filter(f).take(3) {}", None),
            ("for (i, x) in xs.iter().enumerate().filter(f).rev() {}", None),
            ("for i in (2..n).filter(f).step_by(2) {}", None),
            (
                "for (i, x) in xs.iter().enumerate().rev() {}",
                Some("i from xs . iter () . len ()"),
            ),
            ("for (i, x) in make().enumerate().rev() {}", None),
        ] {
            let node: ExprForLoop = syn::parse_str(text).unwrap();
            let found = of_loop(&node).map(|i| format!("{} from {}", i.name, i.first));
            assert_eq!(found.as_deref(), want, "{text}");
        }
    }
}
