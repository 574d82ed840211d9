//! Tokens as a person writes them: on one line, with spaces where they help to read.
//!
//! `TokenStream`'s own text has a space between any two tokens (`xs . iter ()`), and the source text behind a span is
//! neither there for generated tokens nor the same in every compiler.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// The tokens on one line.
pub(crate) fn print(tokens: &impl ToTokens) -> String {
    printed(tokens, false)
}

/// A type on one line: here `<` always opens a list.
pub(crate) fn print_type(ty: &syn::Type) -> String {
    printed(ty, true)
}

fn printed(tokens: &impl ToTokens, is_type: bool) -> String {
    let mut printer = Printer {
        text: String::new(),
        before: Before::Start,
        generics: 0,
        is_type,
    };
    printer.stream(tokens.to_token_stream());
    printer.text
}

/// The tokens on one line, cut after about `most` characters.
pub(crate) fn print_short(tokens: &impl ToTokens, most: usize) -> String {
    let text = print(tokens);
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}..", text[..at].trim_end()),
        None => text,
    }
}

/// What stands before the next token, as far as it decides about the space.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// Nothing, or an opening delimiter.
    Start,
    /// A value: the next operator is binary.
    Value,
    /// A word after which a value follows.
    Keyword,
    /// An operator that wants a space behind it; the next one is unary.
    Operator,
    /// A token that the next one sticks to: `.`, `::`, a unary operator.
    Sticky,
}

struct Printer {
    text: String,
    before: Before,
    /// Lists of generic arguments that are open.
    generics: usize,
    is_type: bool,
}

const KEYWORDS: &[&str] = &[
    "as", "break", "else", "for", "if", "in", "let", "loop", "match", "move", "mut", "return", "while",
];

impl Printer {
    fn stream(&mut self, tokens: TokenStream) {
        let mut operator = String::new();
        let mut bars = 0;
        for token in tokens {
            if !matches!(&token, TokenTree::Punct(_)) && !operator.is_empty() {
                self.operator(&std::mem::take(&mut operator), &mut bars);
            }
            match token {
                TokenTree::Punct(punct) => {
                    operator.push(punct.as_char());
                    // `||` before a body opens and closes a closure's parameters; all others are one operator
                    if punct.spacing() == Spacing::Alone {
                        self.operator(&std::mem::take(&mut operator), &mut bars);
                    }
                }
                TokenTree::Group(group) => self.group(group.delimiter(), group.stream()),
                other => self.word(&other.to_string()),
            }
        }
        if !operator.is_empty() {
            self.operator(&operator, &mut bars);
        }
    }

    fn word(&mut self, word: &str) {
        if !matches!(self.before, Before::Start | Before::Sticky) {
            self.space();
        }
        let is_lifetime = self.text.ends_with('\'');
        self.text.push_str(word);
        self.before = match KEYWORDS.contains(&word) || self.is_type && is_lifetime {
            true => Before::Keyword,
            false => Before::Value,
        };
    }

    fn group(&mut self, delimiter: Delimiter, inner: TokenStream) {
        let (open, close, padding) = match delimiter {
            Delimiter::Parenthesis => ("(", ")", ""),
            Delimiter::Bracket => ("[", "]", ""),
            Delimiter::Brace => ("{", "}", " "),
            Delimiter::None => ("", "", ""),
        };
        let apart = match self.before {
            Before::Keyword | Before::Operator => true,
            Before::Value => delimiter == Delimiter::Brace || delimiter == Delimiter::None,
            Before::Start | Before::Sticky => false,
        };
        if apart {
            self.space();
        }
        self.text.push_str(open);
        let is_empty = inner.is_empty();
        let padding = if is_empty { "" } else { padding };
        self.text.push_str(padding);
        self.before = Before::Start;
        self.stream(inner);
        self.text.push_str(padding);
        self.text.push_str(close);
        self.before = Before::Value;
    }

    fn operator(&mut self, operator: &str, bars: &mut usize) {
        // `|&x| ..`: the bar and what follows it come as one
        if operator.len() > 1 && operator.starts_with('|') && operator != "||" && operator != "|=" {
            let (bar, rest) = operator.split_at(1);
            self.operator(bar, bars);
            return self.operator(rest, bars);
        }
        // so do those of a turbofish
        if let Some(rest) = operator.strip_prefix("::").filter(|rest| !rest.is_empty()) {
            self.operator("::", bars);
            return self.operator(rest, bars);
        }
        let is_unary = self.before != Before::Value;
        match operator {
            "." | "::" | "?" | ".." | "..=" => {
                if matches!(self.before, Before::Keyword | Before::Operator) {
                    self.space();
                }
                self.text.push_str(operator);
                self.before = if operator == "?" { Before::Value } else { Before::Sticky };
            }
            "," | ";" | ":" => {
                self.text.push_str(operator);
                self.before = Before::Operator;
            }
            // a lifetime, an attribute, a macro's name
            "'" | "#" => {
                if !matches!(self.before, Before::Start | Before::Sticky) {
                    self.space();
                }
                self.text.push_str(operator);
                self.before = Before::Sticky;
            }
            "!" if !is_unary => {
                self.text.push('!');
                self.before = Before::Sticky;
            }
            "|" if is_unary || *bars == 1 => {
                let opens = *bars == 0;
                if opens && !matches!(self.before, Before::Start | Before::Sticky) {
                    self.space();
                }
                self.text.push('|');
                *bars = usize::from(opens);
                self.before = if opens { Before::Start } else { Before::Operator };
            }
            "||" if is_unary => {
                if !matches!(self.before, Before::Start | Before::Sticky) {
                    self.space();
                }
                self.text.push_str("||");
                self.before = Before::Operator;
            }
            // generic arguments can't be told from comparisons by their tokens, but for the turbofish
            "<" if self.text.ends_with("::") || self.generics > 0 || self.is_type => {
                self.text.push('<');
                self.generics += 1;
                self.before = Before::Start;
            }
            _ if self.generics >= operator.len() && operator.chars().all(|c| c == '>') => {
                self.text.push_str(operator);
                self.generics -= operator.len();
                self.before = Before::Value;
            }
            _ if is_unary => {
                if !matches!(self.before, Before::Start | Before::Sticky) {
                    self.space();
                }
                self.text.push_str(operator);
                self.before = Before::Sticky;
            }
            _ => {
                self.space();
                self.text.push_str(operator);
                self.before = Before::Operator;
            }
        }
    }

    fn space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with([' ', '(', '[']) {
            self.text.push(' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_look_as_they_are_written() {
        for text in [
            "for (i, x) in xs.iter().enumerate()",
            "for y in 0..h",
            "for i in 1..=n - 1",
            "out[y * w + x]",
            "xs.iter().map(|x| x * x).filter(|&x| x > 3)",
            "words.iter().filter_map(|w| w.parse().ok())",
            "a + f(-b, &mut c, *d) - !e",
            "*m.entry(k).or_insert(0)",
            "v.len() < 2 && !done || x >= y",
            "line.split(' ').next()?",
            "&mut left[..m]",
            "if x < best { best = x; at = i; }",
            "vec![f(a), f(b)]",
            "move || total(xs)",
            "(a, b) = (b, a)",
            "xs.iter().sum::<u64>() + ys.iter().collect::<Vec<Vec<u8>>>().len()",
        ] {
            let tokens: TokenStream = text.parse().unwrap();
            assert_eq!(print(&tokens), text);
        }
    }

    #[test]
    fn types_look_as_they_are_written() {
        for text in [
            "&mut Vec<u8>",
            "Option<&'a [u8]>",
            "Result<Vec<(u8, &'static str)>, std::fmt::Error>",
            "HashMap<K, [u64; 2]>",
            "Box<dyn Fn(u8) -> u8>",
            "<T as Trait>::Item",
        ] {
            assert_eq!(print_type(&syn::parse_str(text).unwrap()), text);
        }
    }

    #[test]
    fn long_texts_are_cut() {
        let tokens: TokenStream = "walk(&node.left, depth + 1, out)".parse().unwrap();
        assert_eq!(print_short(&tokens, 10), "walk(&node..");
        assert_eq!(print_short(&tokens, 80), "walk(&node.left, depth + 1, out)");
    }
}
