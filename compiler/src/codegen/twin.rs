//! The original under another name: what the option `twin` keeps.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::ItemFn;
use syn::visit_mut::VisitMut;

use crate::fallback::StripMarkers;
use crate::lower::recursion::{self, Recursion};
use crate::names;
use crate::options::Options;

/// The original under the name of the option `twin`; a recursive one calls itself by the new name.
///
/// Where a method is called on something that may be of another type, with a method of the same name, the name stays:
/// what is called then runs its own original body.
pub(crate) fn twin(mut original: ItemFn, recursion: Option<&Recursion>, options: &Options) -> Option<TokenStream> {
    let name = options.twin.as_ref()?;
    StripMarkers.visit_item_fn_mut(&mut original);
    let old = std::mem::replace(&mut original.sig.ident, name.clone());
    let body = original.block.to_token_stream();
    let is_bound = recursion::is_bound(&original, &old.to_string());
    original.attrs.push(syn::parse_quote!(#[allow(dead_code)]));
    let block = match recursion {
        Some(recursion) if recursion.is_certain(&original.block) => renamed(body, (&old, name), recursion, is_bound),
        Some(_) => {
            let (runtime, statements) = (names::runtime(options), &original.block.stmts);
            quote_spanned!(Span::mixed_site()=> { let _twin = #runtime::as_twin(); #(#statements)* })
        }
        None => body,
    };
    let (attrs, vis, sig) = (&original.attrs, &original.vis, &original.sig);
    Some(quote!(#(#attrs)* #vis #sig #block))
}

/// The tokens with every call of `old`, and every mention of it as an argument, by its new name. Behind a dot only a method
/// is meant, behind a type only one of the recursion's; where a variable has the name, it is meant where that stands alone.
fn renamed(tokens: TokenStream, (old, new): (&Ident, &Ident), recursion: &Recursion, is_bound: bool) -> TokenStream {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let punct = |at: Option<usize>| match at.and_then(|at| trees.get(at)) {
        Some(TokenTree::Punct(punct)) => Some(punct.as_char()),
        _ => None,
    };
    // `..f(x)` is a range
    let is_behind_dot = |at: usize| {
        let before = |steps| punct(at.checked_sub(steps)) == Some('.');
        before(1) && !before(2)
    };
    let is_others = |at: usize| {
        let is_path = punct(at.checked_sub(1)) == Some(':') && punct(at.checked_sub(2)) == Some(':');
        match at.checked_sub(3).map(|at| &trees[at]) {
            Some(TokenTree::Ident(qualifier)) if is_path => {
                let qualifier = qualifier.to_string();
                qualifier.starts_with(char::is_uppercase) && !recursion.is_type(&qualifier)
            }
            _ => false,
        }
    };
    let is_use = |at: usize| {
        let calls = matches!(trees.get(at + 1), Some(TokenTree::Group(g)) if g.delimiter() == Delimiter::Parenthesis);
        let turbofish = punct(Some(at + 1)) == Some(':') && punct(Some(at + 2)) == Some(':');
        let before = at.checked_sub(1);
        let argument =
            matches!(punct(before), None | Some(',') | Some(':')) && matches!(punct(Some(at + 1)), None | Some(','));
        let argument = argument
            && !(is_bound && punct(before) != Some(':'))
            && (before.is_none() || punct(before).is_some())
            && trees.len() > at;
        let declares = before.is_some_and(|b| matches!(&trees[b], TokenTree::Ident(i) if i == "fn" || i == "let"));
        (calls || turbofish || (argument && trees.get(at + 1).is_none_or(|t| matches!(t, TokenTree::Punct(_)))))
            && !declares
            && (recursion.receiver.is_some() || !is_behind_dot(at))
            && !is_others(at)
    };
    let rename = |(at, tree): (usize, &TokenTree)| match tree {
        TokenTree::Ident(ident) if ident == old && is_use(at) => {
            let mut new = new.clone();
            new.set_span(ident.span());
            TokenTree::Ident(new)
        }
        TokenTree::Group(group) => {
            let mut inner = Group::new(
                group.delimiter(),
                renamed(group.stream(), (old, new), recursion, is_bound),
            );
            inner.set_span(group.span());
            TokenTree::Group(inner)
        }
        other => other.clone(),
    };
    trees.iter().enumerate().map(rename).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_twin_calls_itself() {
        let (old, new): (Ident, Ident) = (syn::parse_quote!(f), syn::parse_quote!(plain));
        let renames = |function: &str, text: &str, want: &str| {
            let function = syn::parse_str(function).unwrap();
            let recursion = Recursion::of(&function).unwrap();
            let is_bound = recursion::is_bound(&function, "f");
            let [text, want] = [text, want].map(|t| t.parse::<TokenStream>().unwrap());
            assert_eq!(
                renamed(text, (&old, &new), &recursion, is_bound).to_string(),
                want.to_string()
            );
        };
        for (text, want) in [
            ("f(a) + f::<T>(b)", "plain(a) + plain::<T>(b)"),
            (
                "vec![f(a), self.f(b), Self::f(c)]",
                "vec![plain(a), self.plain(b), Self::plain(c)]",
            ),
            ("xs.iter().map(f).map(Self::f)", "xs.iter().map(plain).map(Self::plain)"),
            ("self.f + f.x", "self.f + f.x"),
            ("let f = g;", "let f = g;"),
            ("Box::f(Self::f(x))", "Box::f(Self::plain(x))"),
        ] {
            renames("fn f(&self, n: u8) { self.f(1) }", text, want);
        }
        renames(
            "fn f(n: u8) { f(1) }",
            "x.f(f(1), 0..f(2))",
            "x.f(plain(1), 0..plain(2))",
        );
        renames(
            "fn f(n: u8) { let mut f = g(1); f = f.max(g(2)); if n > 1 { 0 } else { f } }",
            "if n > 1 { 0 } else { f }",
            "if n > 1 { 0 } else { f }",
        );
        renames("fn f(n: u8) { let f = f(1); }", "g(1, f, f(2))", "g(1, f, plain(2))");
    }
}
