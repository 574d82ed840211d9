//! Is what was claimed about a `const fn` on numbers or `bool` true of a few values? Tried by rustc, while it computes
//! constants.
//!
//! A panic there can't be passed over, so the bounds of the type are tried only with functions whose every operation is
//! total, such as `a.saturating_add(b)`; others get small numbers, on which nothing overflows that isn't meant to. The
//! values are results of the operation, as in the generated tests.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::visit::{self, Visit};
use syn::{BinOp, Expr, ExprBinary, ExprCall, ExprIndex, ExprMethodCall, ExprUnary, ItemFn, Macro, Type, UnOp};

use crate::lower::primitives::{is_integer, is_named};
use crate::names::FreeNames;
use crate::options::Options;

const SIGNED: &[&str] = &["i8", "i16", "i32", "i64", "i128", "isize"];

/// What a type's values are, and how they are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Unsigned,
    Signed,
    Truth,
    Float,
}

impl Kind {
    fn of(ty: &Type) -> Option<Kind> {
        let kinds: [(&[&str], Kind); 3] = [
            (SIGNED, Kind::Signed),
            (&["bool"], Kind::Truth),
            (&["f32", "f64"], Kind::Float),
        ];
        let kind = kinds.iter().find(|(names, _)| is_named(ty, names));
        kind.map(|(_, kind)| *kind)
            .or_else(|| is_integer(ty).then_some(Kind::Unsigned))
    }

    /// Values on which nothing overflows that isn't meant to.
    fn corners(self, of: &Type) -> TokenStream {
        match self {
            Kind::Unsigned => quote!(0, 1, 2, 3, 5),
            Kind::Signed => quote!(0, 1, 2, 3, 5, -1, -2),
            Kind::Truth => quote!(false, true),
            // whole ones, of which sums are shown as they are; beyond the last two of them 1 is lost
            Kind::Float => quote!(0.0, 1.0, 2.0, 3.0, -1.0, 2.0 / #of::EPSILON, -2.0 / #of::EPSILON),
        }
    }

    /// `text` with the value behind it.
    fn show(self, of: &Type) -> TokenStream {
        match self {
            Kind::Unsigned => quote!(text.number(false, value as u128)),
            Kind::Signed => quote!(text.number(value < 0, value.unsigned_abs() as u128)),
            Kind::Truth => quote!(text.words(if value { "true" } else { "false" })),
            Kind::Float => quote! {{
                let size = if value < 0.0 { -value } else { value };
                let text = if size == (size as u128) as #of { text } else { text.words("about ") };
                text.number(value < 0.0, size as u128)
            }},
        }
    }
}

/// The constant whose value is the trial; `None` for functions that can't be tried.
pub(crate) fn trial(function: &ItemFn, of: &Type, options: &Options, runtime: &TokenStream) -> Option<TokenStream> {
    let signature = &function.sig;
    let (kind, identity) = (Kind::of(of)?, options.identity.as_ref()?);
    if signature.constness.is_none() || !is_constant(identity) {
        return None;
    }
    let mut corners = kind.corners(of);
    if is_integer(of) && is_total(function) {
        corners.extend(quote!(, #of::MAX, #of::MAX - 1, #of::MIN, #of::MIN + 1));
    }
    let name = &signature.ident;
    let shown = name.unraw().to_string();
    let shows = kind.show(of);
    // a NaN says nothing
    let differ = |x: TokenStream, y: TokenStream| match kind {
        Kind::Float => quote!(#x != #y && !#x.is_nan() && !#y.is_nan()),
        _ => quote!(#x != #y),
    };
    let (is_no_right_identity, is_no_left_identity) =
        (differ(quote!(behind), quote!(a)), differ(quote!(before), quote!(a)));
    let (is_not_associative, is_not_commutative) =
        (differ(quote!(left), quote!(right)), differ(quote!(here), quote!(there)));
    let mut names = FreeNames::new(&quote!(#function #identity));
    let [identity_name, name_const, corners_name, show, value] =
        ["IDENTITY", "NAME", "CORNERS", "show", "value"].map(|role| names.free(role));
    let commutative = options.commutative.then(|| {
        quote! {
            let (here, there) = (#name(a, b), #name(b, a));
            if #is_not_commutative {
                let text = #show(#show(text.words("` is not commutative: for a = "), a).words(", b = "), b);
                let text = #show(text.words(", ").words(#name_const).words("(a, b) is "), here);
                let text = #show(text.words(", but ").words(#name_const).words("(b, a) is "), there);
                ::core::panic!("{}", text.words("; leave out `commutative`, or mend the function").as_str());
            }
        }
    });
    // the body is laid out at the function's name: that is where the error stands
    let span = Span::mixed_site().located_at(name.span());
    let body = quote! {
        const #name_const: &str = #shown;
        const #corners_name: &[#of] = &[#corners];

        const fn #show(text: #runtime::Text, value: #of) -> #runtime::Text {
            #shows
        }

        /// Twice as many values as corners.
        const fn #value(at: usize) -> #of {
            let x = #corners_name[at / 2];
            if at % 2 == 0 { #name(x, #identity_name) } else { #name(x, #corners_name[(at / 2 + 1) % #corners_name.len()]) }
        }

        let count = 2 * #corners_name.len();
        let mut n = 0;
        while n < count * count * count {
            let (a, b, c) = (#value(n / count / count), #value(n / count % count), #value(n % count));
            n += 1;
            let text = #runtime::Text::new().words("`").words(#name_const);
            let (behind, before) = (#name(a, #identity_name), #name(#identity_name, a));
            if #is_no_right_identity || #is_no_left_identity {
                let text = #show(#show(text.words("` has another identity than "), #identity_name).words(": with a = "), a);
                let text = #show(text.words(", ").words(#name_const).words("(a, identity) is "), behind);
                let text = #show(text.words(" and ").words(#name_const).words("(identity, a) is "), before);
                ::core::panic!("{}", text.words("; name the value that changes nothing: `identity = ..`").as_str());
            }
            let (left, right) = (#name(#name(a, b), c), #name(a, #name(b, c)));
            if #is_not_associative {
                let text = #show(#show(text.words("` is not associative: for a = "), a).words(", b = "), b);
                let text = #show(text.words(", c = "), c).words(", ").words(#name_const).words("(").words(#name_const);
                let text = #show(text.words("(a, b), c) is "), left);
                let text = text.words(", but ").words(#name_const).words("(a, ").words(#name_const);
                let text = #show(text.words("(b, c)) is "), right);
                ::core::panic!("{}", text.words("; remove `#[associative]`, or mend the function").as_str());
            }
            #commutative
        }
    };
    let body = crate::names::respanned(body, span);
    // floats are compared and shown as they are
    let allowed = (kind == Kind::Float).then(|| quote!(#[allow(clippy::pedantic)]));
    Some(quote_spanned! {Span::mixed_site()=>
        #allowed
        const _: () = {
            const #identity_name: #of = #identity;
            #body
        };
    })
}

/// A literal, a path, or one of them negated.
fn is_constant(identity: &Expr) -> bool {
    match identity {
        Expr::Lit(_) | Expr::Path(_) => true,
        Expr::Unary(unary) => is_constant(&unary.expr),
        Expr::Paren(paren) => is_constant(&paren.expr),
        Expr::Group(group) => is_constant(&group.expr),
        _ => false,
    }
}

/// True if nothing in the function can overflow or panic, as far as its operators and methods tell.
fn is_total(function: &ItemFn) -> bool {
    let mut partial = Partial(false);
    partial.visit_block(&function.block);
    !partial.0
}

struct Partial(bool);

impl<'a> Visit<'a> for Partial {
    fn visit_expr_binary(&mut self, node: &'a ExprBinary) {
        let is_total = matches!(
            node.op,
            BinOp::BitAnd(_)
                | BinOp::BitOr(_)
                | BinOp::BitXor(_)
                | BinOp::And(_)
                | BinOp::Or(_)
                | BinOp::Eq(_)
                | BinOp::Ne(_)
                | BinOp::Lt(_)
                | BinOp::Le(_)
                | BinOp::Gt(_)
                | BinOp::Ge(_)
        );
        self.0 |= !is_total;
        visit::visit_expr_binary(self, node);
    }

    fn visit_expr_unary(&mut self, node: &'a ExprUnary) {
        self.0 |= matches!(node.op, UnOp::Neg(_)) && !matches!(*node.expr, Expr::Lit(_));
        visit::visit_expr_unary(self, node);
    }

    fn visit_expr_method_call(&mut self, node: &'a ExprMethodCall) {
        let name = node.method.to_string();
        let is_total = [
            "wrapping_add",
            "wrapping_sub",
            "wrapping_mul",
            "wrapping_neg",
            "midpoint",
            "abs_diff",
        ]
        .contains(&name.as_str())
            || ["saturating_add", "saturating_sub", "saturating_mul"].contains(&name.as_str());
        self.0 |= !is_total;
        visit::visit_expr_method_call(self, node);
    }

    fn visit_expr_call(&mut self, _: &'a ExprCall) {
        self.0 = true;
    }

    fn visit_expr_index(&mut self, _: &'a ExprIndex) {
        self.0 = true;
    }

    fn visit_expr_while(&mut self, _: &'a syn::ExprWhile) {
        self.0 = true; // may run as often as its argument is large
    }

    fn visit_expr_loop(&mut self, _: &'a syn::ExprLoop) {
        self.0 = true;
    }

    fn visit_macro(&mut self, _: &'a Macro) {
        self.0 = true;
    }
}
