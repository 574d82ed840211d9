//! Names inside macro calls: as expressions where the macro's arguments are some, else as bare tokens.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Expr, Lit, Macro, Token};

/// What a macro call contains.
#[derive(Debug)]
pub(crate) enum Arguments {
    /// Comma-separated expressions.
    Expressions(Vec<Expr>),
    /// Something else; every identifier in it.
    Tokens(Vec<Ident>),
}

/// Reads the call's arguments.
pub(crate) fn arguments(call: &Macro) -> Arguments {
    let name = name(call);
    if name == "matches" {
        // the pattern's names are its own; the guard may use outer ones
        let mut tokens = call.tokens.clone().into_iter();
        let first: TokenStream = tokens
            .by_ref()
            .take_while(|t| !matches!(t, TokenTree::Punct(p) if p.as_char() == ','))
            .collect();
        if let Ok(value) = syn::parse2::<Expr>(first) {
            let mut expressions = vec![value];
            let rest: TokenStream = tokens.collect();
            expressions.extend(guard(rest).ok().flatten());
            return Arguments::Expressions(expressions);
        }
    }
    let list = Punctuated::<Expr, Token![,]>::parse_terminated;
    if let Ok(expressions) = list.parse2(call.tokens.clone()) {
        return Arguments::Expressions(expressions.into_iter().collect());
    }
    // `vec![value; length]`
    let repeat = |input: syn::parse::ParseStream<'_>| {
        let value = input.parse::<Expr>()?;
        input.parse::<Token![;]>()?;
        Ok(vec![value, input.parse::<Expr>()?])
    };
    if let Ok(expressions) = repeat.parse2(call.tokens.clone()) {
        return Arguments::Expressions(expressions);
    }
    let mut idents = Vec::new();
    collect(call.tokens.clone(), &mut idents);
    Arguments::Tokens(idents)
}

/// The last segment of the macro's path.
pub(crate) fn name(call: &Macro) -> String {
    call.path
        .segments
        .last()
        .map(|s| s.ident.to_string())
        .unwrap_or_default()
}

/// The guard behind a pattern, `Some(x) if x < limit`.
fn guard(tokens: TokenStream) -> syn::Result<Option<Expr>> {
    let parser = |input: syn::parse::ParseStream<'_>| {
        syn::Pat::parse_multi_with_leading_vert(input)?;
        let guard = if input.parse::<Option<Token![if]>>()?.is_some() {
            Some(input.parse::<Expr>()?)
        } else {
            None
        };
        input.parse::<Option<Token![,]>>()?;
        Ok(guard)
    };
    parser.parse2(tokens)
}

fn collect(tokens: TokenStream, idents: &mut Vec<Ident>) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => idents.push(ident),
            TokenTree::Group(group) => collect(group.stream(), idents),
            TokenTree::Literal(literal) => {
                if let Lit::Str(text) = Lit::new(literal.clone()) {
                    idents.extend(captured(&text.value(), literal.span()));
                }
            }
            TokenTree::Punct(_) => {}
        }
    }
}

/// The variables that a format string captures: `"{name:>width$}"` has two.
pub(crate) fn captured(format: &str, span: Span) -> Vec<Ident> {
    let mut idents = Vec::new();
    let mut rest = format.replace("{{", "");
    while let Some(open) = rest.find('{') {
        let Some(close) = rest[open..].find('}') else { break };
        let inside = rest[open + 1..open + close].to_string();
        rest = rest[open + close + 1..].to_string();
        let (argument, spec) = inside.split_once(':').unwrap_or((&inside, ""));
        let widths = spec.split_inclusive('$').filter_map(|part| part.strip_suffix('$'));
        for name in std::iter::once(argument).chain(widths) {
            let start = name
                .rfind(|c: char| !c.is_alphanumeric() && c != '_')
                .map_or(0, |at| at + 1);
            if let Ok(ident) = syn::parse_str::<Ident>(name[start..].trim()) {
                idents.push(Ident::new(&ident.to_string(), span));
            }
        }
    }
    idents
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captured_names_are_found_in_format_strings() {
        let names = |text| {
            captured(text, Span::call_site())
                .iter()
                .map(Ident::to_string)
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(names("{number}: {line}\n"), "number line");
        assert_eq!(names("{{no}} {0} {} {x:>width$.prec$}"), "x width prec");
        assert_eq!(names("{x:?} {"), "x");
    }

    #[test]
    fn arguments_are_expressions_where_they_can_be() {
        let parse = |text: &str| arguments(&syn::parse_str(text).unwrap());
        assert!(matches!(parse("vec![0; n]"), Arguments::Expressions(e) if e.len() == 2));
        assert!(matches!(parse("assert!(a < b, \"{a}\")"), Arguments::Expressions(e) if e.len() == 2));
        assert!(matches!(parse("matches!(x, Some(y) if y < limit)"), Arguments::Expressions(e) if e.len() == 2));
        assert!(matches!(parse("my!(a => b)"), Arguments::Tokens(t) if t.len() == 2));
    }
}
