//! Mutable parts of slices, `&mut v[a..b]` and `&mut v[a]`: which may be lent out at the same time if they don't overlap.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::visit::{self, Visit};
use syn::{Expr, ExprRange, RangeLimits, parse_quote};

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
    /// It is the one element `v[a]`, not a slice.
    is_element: bool,
}

impl Part {
    /// What stands in the place of the part, if `part` is the slice.
    pub(crate) fn of_slice(&self, part: &Ident) -> Expr {
        match self.is_element {
            true => parse_quote!(#part[0]),
            false => parse_quote!(#part),
        }
    }

    /// True if both are parts of one slice, also where that is itself an element.
    pub(crate) fn has_same_base(&self, other: &Part) -> bool {
        let is_known = self.base.depth() == 0 || self.tokens.to_string() == other.tokens.to_string();
        self.base.is_same(&other.base) && is_known
    }

    /// The part as a half-open range of indices.
    pub(crate) fn range(&self) -> TokenStream {
        let base = &self.tokens;
        if let (true, Some(index)) = (self.is_element, &self.start) {
            return match syn::parse2::<syn::LitInt>(index.clone())
                .ok()
                .and_then(|n| n.base10_parse::<usize>().ok())
            {
                Some(n) => {
                    let [start, end] = [n, n.saturating_add(1)].map(proc_macro2::Literal::usize_unsuffixed);
                    quote!(#start..#end)
                }
                None => quote!(#index..(#index) + 1),
            };
        }
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
        let is_all = |part: &Part| part.start.is_none() && part.end.is_none() && !part.is_element;
        let same_start = match (&self.start, &other.start) {
            (Some(a), Some(b)) => text(a) == text(b),
            (None, None) => true,
            _ => false,
        };
        is_all(self) || is_all(other) || same_start || meets(self, other) || meets(other, self)
    }
}

/// The mutable parts that an expression lends out, those in closures aside. `method` is one that changes its receiver.
pub(crate) fn parts(expr: &Expr, method: Option<&str>) -> Vec<Part> {
    struct Collect<'m>(Vec<Part>, Option<&'m str>);
    impl<'a> Visit<'a> for Collect<'_> {
        fn visit_expr(&mut self, node: &'a Expr) {
            if let Some(part) = part(node) {
                self.0.push(part);
            } else if let (Some(part), Expr::MethodCall(call)) = (part_of_method(node, self.1), node) {
                self.0.push(part);
                call.args.iter().for_each(|argument| self.visit_expr(argument));
            } else {
                visit::visit_expr(self, node);
            }
        }

        fn visit_expr_closure(&mut self, _: &'a syn::ExprClosure) {}

        fn visit_item(&mut self, _: &'a syn::Item) {}
    }
    let mut collect = Collect(Vec::new(), method);
    collect.visit_expr(expr);
    collect.0
}

fn part(node: &Expr) -> Option<Part> {
    let Expr::Reference(reference) = node else { return None };
    reference.mutability.as_ref()?;
    of_range(&reference.expr, node, node).or_else(|| of_element(&reference.expr, node))
}

/// `v[i]`, or a part of it.
fn of_element(expr: &Expr, access: &Expr) -> Option<Part> {
    let index = match expr {
        Expr::Field(field) => return of_element(&field.base, access),
        Expr::Paren(paren) => return of_element(&paren.expr, access),
        Expr::Index(index) => index,
        _ => return None,
    };
    let (base, _) = place_of(&index.expr)?;
    (is_plain(&index.index) && base.depth() == 0).then(|| Part {
        node: NodeId::of(expr),
        access: NodeId::of(access),
        base,
        tokens: index.expr.to_token_stream(),
        start: Some(index.index.to_token_stream()),
        end: None,
        is_element: true,
    })
}

/// True for an index that may be computed twice.
fn is_plain(index: &Expr) -> bool {
    match index {
        Expr::Lit(lit) => matches!(lit.lit, syn::Lit::Int(_)),
        Expr::Path(_) => true,
        Expr::Field(e) => is_plain(&e.base),
        Expr::Paren(e) => is_plain(&e.expr),
        Expr::Cast(e) => is_plain(&e.expr),
        Expr::Binary(e) => is_plain(&e.left) && is_plain(&e.right),
        _ => false,
    }
}

/// `v[a..b].sort()`
fn part_of_method(node: &Expr, method: Option<&str>) -> Option<Part> {
    let Expr::MethodCall(call) = node else { return None };
    let name = call.method.to_string();
    let changes = CHANGES.contains(&name.as_str()) || name.ends_with("_mut");
    let is_slice = changes.then(|| of_range(&call.receiver, &call.receiver, node));
    let is_element = (changes || method == Some(&*name)).then(|| of_element(&call.receiver, node));
    is_slice.flatten().or_else(|| is_element.flatten())
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
        is_element: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(text: &str) -> Part {
        parts(&syn::parse_str(text).unwrap(), Some("f")).remove(0)
    }

    #[test]
    fn overlap_is_seen_where_the_text_shows_it() {
        let overlap = |a: &str, b: &str| only(a).overlaps(&only(b));
        assert!(overlap("f(&mut v[..=m])", "f(&mut v[m..])"));
        assert!(overlap("f(&mut v[m..])", "f(&mut v[..=m])"));
        assert!(overlap("f(&mut v[..m])", "f(&mut v[..n])"));
        assert!(overlap("f(&mut v[..])", "f(&mut v[n..])"));
        assert!(!overlap("f(&mut v[..m])", "f(&mut v[m..])"));
        assert!(overlap("f(&mut v[i])", "f(&mut v[i])"));
        assert!(!overlap("v[0].f()", "v[1].f()"));
        assert!(!overlap("f(&mut v[..m + r])", "f(&mut v[m - r..])"));
    }

    #[test]
    fn ranges_are_half_open() {
        assert_eq!(
            only("&mut v[..=m]").range().to_string(),
            "0 .. (m) . saturating_add (1)"
        );
        assert_eq!(only("g(&mut s.v[a..])").range().to_string(), "a .. s . v . len ()");
        assert!(parts(&syn::parse_str("f(&v[a..], |x| g(&mut v[x..]))").unwrap(), None).is_empty());
        assert_eq!(only("self.v[0].f()").range().to_string(), "0 .. 1");
        assert_eq!(only("g(&mut v[i].x)").range().to_string(), "i .. (i) + 1");
    }
}
