//! Mutable parts of slices, `&mut v[a..b]`: which may be lent out at the same time if they don't overlap.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::visit::{self, Visit};
use syn::{Expr, ExprRange, RangeLimits};

use super::NodeId;
use super::places::{Place, place_of};

/// One `&mut v[a..b]`.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// The whole expression.
    pub(crate) node: NodeId,
    /// What touches it.
    pub(crate) access: NodeId,
    /// `v`
    pub(crate) base: Place,
    /// `v` as it is written.
    pub(crate) tokens: TokenStream,
    /// `a`
    start: Option<TokenStream>,
    /// `b`, and whether it belongs to the part.
    end: Option<(TokenStream, bool)>,
}

impl Part {
    /// The part as a half-open range of indices.
    pub(crate) fn range(&self) -> TokenStream {
        let base = &self.tokens;
        let start = self.start.clone().unwrap_or_else(|| quote!(0));
        let end = match &self.end {
            None => quote!(#base.len()),
            Some((end, false)) => end.clone(),
            Some((end, true)) => quote!((#end).saturating_add(1)),
        };
        quote!(#start..#end)
    }

    /// True if the text shows that the two have an element in common.
    pub(crate) fn overlaps(&self, other: &Part) -> bool {
        let text = |tokens: &TokenStream| tokens.to_string();
        let meets = |low: &Part, high: &Part| match (&low.end, &high.start) {
            (Some((end, true)), Some(start)) => text(end) == text(start),
            _ => false,
        };
        let is_all = |part: &Part| part.start.is_none() && part.end.is_none();
        let same_start = match (&self.start, &other.start) {
            (Some(a), Some(b)) => text(a) == text(b),
            (None, None) => true,
            _ => false,
        };
        is_all(self) || is_all(other) || same_start || meets(self, other) || meets(other, self)
    }
}

/// The mutable parts that an expression lends out, those in closures aside.
pub(crate) fn parts(expr: &Expr) -> Vec<Part> {
    struct Collect(Vec<Part>);
    impl<'a> Visit<'a> for Collect {
        fn visit_expr(&mut self, node: &'a Expr) {
            if let Some(part) = part(node) {
                self.0.push(part);
            } else if let (Some(part), Expr::MethodCall(call)) = (part_of_method(node), node) {
                self.0.push(part);
                call.args.iter().for_each(|argument| self.visit_expr(argument));
            } else {
                visit::visit_expr(self, node);
            }
        }

        fn visit_expr_closure(&mut self, _: &'a syn::ExprClosure) {}

        fn visit_item(&mut self, _: &'a syn::Item) {}
    }
    let mut collect = Collect(Vec::new());
    collect.visit_expr(expr);
    collect.0
}

fn part(node: &Expr) -> Option<Part> {
    let Expr::Reference(reference) = node else { return None };
    reference.mutability.as_ref()?;
    of_range(&reference.expr, node, node)
}

/// `v[a..b].sort()`
fn part_of_method(node: &Expr) -> Option<Part> {
    let Expr::MethodCall(call) = node else { return None };
    let name = call.method.to_string();
    let changes = CHANGES.contains(&name.as_str()) || name.ends_with("_mut");
    changes
        .then(|| of_range(&call.receiver, &call.receiver, node))
        .flatten()
}

/// Methods that change a slice and return nothing of it.
const CHANGES: &[&str] = &[
    "clone_from_slice",
    "copy_from_slice",
    "fill",
    "fill_with",
    "reverse",
    "rotate_left",
    "rotate_right",
    "sort",
    "sort_by",
    "sort_by_cached_key",
    "sort_by_key",
    "sort_unstable",
    "sort_unstable_by",
    "sort_unstable_by_key",
    "swap",
];

/// The part of `expr`, for which the variable takes the place of `node`, and which `access` touches.
fn of_range(expr: &Expr, node: &Expr, access: &Expr) -> Option<Part> {
    let Expr::Index(index) = expr else { return None };
    let Expr::Range(ExprRange { start, limits, end, .. }) = &*index.index else {
        return None;
    };
    let (base, _) = place_of(&index.expr)?;
    let is_closed = matches!(limits, RangeLimits::Closed(_));
    Some(Part {
        node: NodeId::of(node),
        access: NodeId::of(access),
        base,
        tokens: index.expr.to_token_stream(),
        start: start.as_ref().map(ToTokens::to_token_stream),
        end: end.as_ref().map(|end| (end.to_token_stream(), is_closed)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(text: &str) -> Part {
        parts(&syn::parse_str(text).unwrap()).remove(0)
    }

    #[test]
    fn overlap_is_seen_where_the_text_shows_it() {
        let overlap = |a: &str, b: &str| only(a).overlaps(&only(b));
        assert!(overlap("f(&mut v[..=m])", "f(&mut v[m..])"));
        assert!(overlap("f(&mut v[m..])", "f(&mut v[..=m])"));
        assert!(overlap("f(&mut v[..m])", "f(&mut v[..n])"));
        assert!(overlap("f(&mut v[..])", "f(&mut v[n..])"));
        assert!(!overlap("f(&mut v[..m])", "f(&mut v[m..])"));
        assert!(!overlap("f(&mut v[..m + r])", "f(&mut v[m - r..])"));
    }

    #[test]
    fn ranges_are_half_open() {
        assert_eq!(
            only("&mut v[..=m]").range().to_string(),
            "0 .. (m) . saturating_add (1)"
        );
        assert_eq!(only("g(&mut s.v[a..])").range().to_string(), "a .. s . v . len ()");
        assert!(parts(&syn::parse_str("f(&v[a..], |x| g(&mut v[x..]))").unwrap()).is_empty());
    }
}
