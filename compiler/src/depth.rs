//! How deep is what is written nested?
//!
//! The compiler walks through an expression by calling itself, as a parser does, and a thread's stack ends. So what is
//! nested too deep is not parsed at all. Looked at as tokens, without a parser: parentheses nest, and so do the operands of
//! `a + b + c`, the links of `a.b().c()` and the branches of `if .. else if ..`.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

use crate::diagnostics::{self, Diagnostics};

/// The most that is parsed, in operators. Not optimised, it goes well on a stack of 5 megabytes; rustc's threads have 8.
const DEEPEST: usize = 1000;

/// What parentheses weigh beside an operator.
const GROUP: usize = 4;

/// What braces weigh: blocks, loops and closures are walked through by more calls than operands are.
const BRACES: usize = 8;

/// The first token that is nested deeper than what is parsed.
pub(crate) fn too_deep(tokens: &TokenStream) -> Option<TokenTree> {
    walk(tokens, 0).err()
}

/// Says so, at that token.
pub(crate) fn report(at: &TokenTree, diagnostics: &mut Diagnostics) {
    diagnostics
        .report(diagnostics::NESTED_TOO_DEEP, at, "this is nested too deep to be looked at")
        .note(format!(
            "more than {DEEPEST} operators of one expression, or {} blocks in one another, are more than the stack of a compiler holds",
            DEEPEST / BRACES
        ))
        .help("put parts of the expression into `let`s, or into functions of their own");
}

/// How deep the tokens are nested at most, above `outside`.
fn walk(tokens: &TokenStream, outside: usize) -> Result<(), TokenTree> {
    let mut depth = outside;
    let mut after_braces = false;
    let mut tokens = tokens.clone().into_iter().peekable();
    while let Some(token) = tokens.next() {
        let starts_anew = after_braces && starts_a_statement(&token);
        after_braces = false;
        if starts_anew {
            depth = outside;
        }
        match &token {
            TokenTree::Group(group) => {
                let weight = match group.delimiter() {
                    Delimiter::Brace => BRACES,
                    _ => GROUP,
                };
                if depth + weight > DEEPEST {
                    return Err(token);
                }
                walk(&group.stream(), depth + weight)?;
                // `f(x)(y)[z]` and `x { .. } else { .. }` nest to the left
                depth += 1;
                after_braces = group.delimiter() == Delimiter::Brace;
            }
            TokenTree::Punct(punct) => match punct.as_char() {
                ';' | ',' => depth = outside,
                // `::`, `=>` and `->` nest nothing
                ':' | '#' | '\'' => {}
                '=' | '-' if is_arrow(tokens.peek(), punct.spacing()) => {
                    tokens.next();
                }
                _ => depth += 1,
            },
            TokenTree::Ident(_) | TokenTree::Literal(_) => {}
        }
        if depth > DEEPEST {
            return Err(token);
        }
    }
    Ok(())
}

fn is_arrow(next: Option<&TokenTree>, spacing: Spacing) -> bool {
    spacing == Spacing::Joint && matches!(next, Some(TokenTree::Punct(punct)) if punct.as_char() == '>')
}

/// Behind braces: the next statement or arm, not the rest of an expression.
fn starts_a_statement(token: &TokenTree) -> bool {
    match token {
        TokenTree::Ident(name) => name != "else" && name != "as",
        TokenTree::Literal(_) => true,
        TokenTree::Punct(punct) => punct.as_char() == '#' || punct.as_char() == '\'',
        TokenTree::Group(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_too_deep(text: &str) -> bool {
        too_deep(&text.parse().unwrap()).is_some()
    }

    #[test]
    fn what_nests_is_counted() {
        type Nested = fn(usize) -> String;
        let nested: [(usize, Nested); 6] = [
            (DEEPEST / GROUP, |n| format!("{}1{}", "(".repeat(n), ")".repeat(n))),
            (DEEPEST, |n| format!("0{}", "+ 1".repeat(n))),
            (DEEPEST, |n| format!("{}x", "!".repeat(n))),
            (DEEPEST / 2, |n| format!("x{}", ".map(g)".repeat(n))),
            (DEEPEST, |n| format!("if a {{}} {}", "else if a {}".repeat(n))),
            (DEEPEST / BRACES, |n| format!("{}{}", "loop {".repeat(n), "}".repeat(n))),
        ];
        for (most, text) in nested {
            let of = |n| format!("fn f() {{ {} }}", text(n));
            assert!(!is_too_deep(&of(most * 9 / 10)), "{}", text(2));
            assert!(is_too_deep(&of(most + 1)), "{}", text(2));
        }
    }

    #[test]
    fn what_stands_side_by_side_is_not() {
        let n = DEEPEST * 4;
        for text in [
            format!("fn f() {{ {} }}", "x += 1;".repeat(n)),
            format!("fn f() {{ [{}] }}", "a + b,".repeat(n)),
            format!("fn f() {{ match x {{ {} }} }}", "A => {} B::C => 3, 5 => {}".repeat(n)),
            format!("fn f() {{ {} }}", "if a { b } else { c } for x in y { z() }".repeat(n)),
            format!("fn f() {{ {} }}", "#[seq] for x in y { z() } 'a: loop {}".repeat(n)),
        ] {
            assert!(!is_too_deep(&text), "{}", &text[..40]);
        }
    }
}
