//! Brackets, words, quotes and comments, by depth and by state.

use divvy::par_reduce;

use crate::{CUTOFF, LENGTHS, numbers, same};

fn text(n: usize, seed: u64) -> String {
    let letters = "()(()) a\",\n1020/*b[]x0\u{e4}";
    let letters: Vec<char> = letters.chars().collect();
    numbers(seed, n, letters.len() as u64)
        .into_iter()
        .map(|k| letters[k as usize])
        .collect()
}

fn nested(n: usize, seed: u64) -> String {
    let mut depth = 0;
    let mut text = String::new();
    for x in numbers(seed, n, 3) {
        if x > 0 && depth < 9 {
            text.push('(');
            depth += 1;
        } else if depth > 0 {
            text.push(')');
            depth -= 1;
        }
    }
    text.extend((0..depth).map(|_| ')'));
    text
}

#[par_reduce(threshold = CUTOFF, twin = plain_balanced_by_guards)]
fn balanced_by_guards(s: &str) -> bool {
    let mut open = 0_usize;
    for ch in s.chars() {
        match ch {
            '(' => open += 1,
            ')' if open == 0 => return false,
            ')' => open -= 1,
            _ => {}
        }
    }
    open == 0
}

#[par_reduce(threshold = CUTOFF, twin = plain_balanced_by_checks)]
fn balanced_by_checks(s: &str) -> Option<usize> {
    let mut depth: usize = 0;
    let mut deepest = 0;
    for c in s.chars() {
        match c {
            '(' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            ')' => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    if depth == 0 { Some(deepest) } else { None }
}

#[par_reduce(threshold = CUTOFF, twin = plain_both_kinds)]
fn both_kinds(s: &str) -> bool {
    let mut round = 0i32;
    let mut square = 0i32;
    for c in s.chars() {
        match c {
            '(' => round += 1,
            ')' => round -= 1,
            '[' => square += 1,
            ']' => square -= 1,
            _ => {}
        }
        if round < 0 || square < 0 {
            return false;
        }
    }
    round == 0 && square == 0
}

#[par_reduce(threshold = CUTOFF, twin = plain_words_by_states)]
fn words_by_states(s: &str) -> u32 {
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    enum State {
        Space,
        Word,
    }
    let mut state = State::Space;
    let mut count: u32 = 0;
    for ch in s.chars() {
        state = match state {
            State::Space if !ch.is_whitespace() => {
                count += 1;
                State::Word
            }
            State::Word if ch.is_whitespace() => State::Space,
            s => s,
        };
    }
    count
}

#[par_reduce(threshold = CUTOFF, twin = plain_comments_by_states)]
fn comments_by_states(s: &str) -> (usize, usize) {
    #[derive(Clone, Copy, PartialEq, Eq, Debug)]
    enum Mode {
        Code,
        Slash,
        Line,
        Block,
        Star,
        Str,
    }
    let mut mode = Mode::Code;
    let (mut code, mut comment) = (0usize, 0usize);
    for c in s.chars() {
        mode = match mode {
            Mode::Code if c == '/' => Mode::Slash,
            Mode::Code if c == '"' => Mode::Str,
            Mode::Code => {
                code += 1;
                Mode::Code
            }
            Mode::Slash => match c {
                '/' => Mode::Line,
                '*' => Mode::Block,
                _ => {
                    code += 2;
                    Mode::Code
                }
            },
            Mode::Line => {
                if c == '\n' {
                    Mode::Code
                } else {
                    comment += 1;
                    Mode::Line
                }
            }
            Mode::Block => {
                if c == '*' {
                    Mode::Star
                } else {
                    comment += 1;
                    Mode::Block
                }
            }
            Mode::Star => {
                if c == '/' {
                    Mode::Code
                } else if c == '*' {
                    Mode::Star
                } else {
                    Mode::Block
                }
            }
            Mode::Str => {
                if c == '"' {
                    Mode::Code
                } else {
                    Mode::Str
                }
            }
        };
    }
    (code, comment)
}

#[par_reduce(threshold = CUTOFF, twin = plain_outside_of_quotes)]
fn outside_of_quotes(s: &str) -> usize {
    let mut quote: Option<char> = None;
    let mut n = 0;
    for c in s.chars() {
        match (quote, c) {
            (None, '"') => quote = Some('"'),
            (None, '*') => quote = Some('*'),
            (Some('"'), '"') | (Some('*'), '*') => quote = None,
            (None, _) => n += 1,
            _ => {}
        }
    }
    n
}

#[par_reduce(threshold = CUTOFF, twin = plain_words_in_a_fold)]
fn words_in_a_fold(s: &str) -> usize {
    s.chars()
        .fold((0, false), |(n, inside), c| {
            let space = c.is_whitespace();
            if !space && !inside { (n + 1, true) } else { (n, !space) }
        })
        .0
}

/// The quote that is open is one of those that the guard lets in.
#[par_reduce(threshold = CUTOFF, twin = plain_outside_of_any_quotes)]
fn outside_of_any_quotes(s: &str) -> usize {
    let mut quote: Option<char> = None;
    let mut n = 0;
    for c in s.chars() {
        match quote {
            Some(q) => {
                if c == q {
                    quote = None;
                }
            }
            None if c == '"' || c == '*' => quote = Some(c),
            None => n += 1,
        }
    }
    n
}

#[test]
fn brackets() {
    for seed in 0..3 {
        for &n in LENGTHS {
            let xs = nested(n, seed);
            same(
                "balanced_by_guards",
                || plain_balanced_by_guards(&xs),
                || balanced_by_guards(&xs),
            );
            same(
                "balanced_by_checks",
                || plain_balanced_by_checks(&xs),
                || balanced_by_checks(&xs),
            );
            let xs = text(n, seed);
            same("both_kinds", || plain_both_kinds(&xs), || both_kinds(&xs));
        }
    }
}

#[test]
fn states() {
    for seed in 0..3 {
        for &n in LENGTHS {
            let xs = text(n, seed);
            same(
                "outside_of_any_quotes",
                || plain_outside_of_any_quotes(&xs),
                || outside_of_any_quotes(&xs),
            );
            same(
                "words_by_states",
                || plain_words_by_states(&xs),
                || words_by_states(&xs),
            );
            same(
                "comments_by_states",
                || plain_comments_by_states(&xs),
                || comments_by_states(&xs),
            );
            same(
                "outside_of_quotes",
                || plain_outside_of_quotes(&xs),
                || outside_of_quotes(&xs),
            );
            same(
                "words_in_a_fold",
                || plain_words_in_a_fold(&xs),
                || words_in_a_fold(&xs),
            );
        }
    }
}
