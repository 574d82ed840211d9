//! Automata and hashes over texts.

use divvy::par_reduce;

use super::{compare, numbers};

/// Are the brackets balanced, and how deep do they go?
#[par_reduce(twin = depth_seq)]
fn depth(text: &[u8]) -> Option<i64> {
    let (mut depth, mut deepest) = (0i64, 0);
    for b in text {
        match b {
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return None;
        }
        deepest = deepest.max(depth);
    }
    (depth == 0).then_some(deepest)
}

/// Lines, words and bytes.
#[par_reduce(twin = words_seq)]
fn words(text: &[u8]) -> (usize, usize, usize) {
    let (mut lines, mut words, mut bytes) = (0, 0, 0);
    let mut in_word = false;
    for b in text {
        bytes += 1;
        if *b == b'\n' {
            lines += 1;
        }
        if b.is_ascii_whitespace() {
            in_word = false;
        } else if !in_word {
            in_word = true;
            words += 1;
        }
    }
    (lines, words, bytes)
}

/// Fields of a CSV file: commas count outside quotes.
#[par_reduce(twin = fields_seq)]
fn fields(text: &[u8]) -> usize {
    let (mut quoted, mut fields) = (false, 1);
    for &b in text {
        if b == b'"' {
            quoted = !quoted;
        } else if b == b',' && !quoted {
            fields += 1;
        }
    }
    fields
}

#[derive(Clone, Copy, PartialEq)]
enum Code {
    Plain,
    Slash,
    Comment,
}

/// Bytes of code, and of comments that run to the end of their line.
#[par_reduce(twin = comments_seq)]
fn comments(text: &[u8]) -> (usize, usize) {
    let mut state = Code::Plain;
    let (mut code, mut comment) = (0, 0);
    for b in text {
        state = match (state, b) {
            (Code::Plain, b'/') => Code::Slash,
            (Code::Slash, b'/') => Code::Comment,
            (Code::Slash, _) | (Code::Comment, b'\n') => Code::Plain,
            _ => state,
        };
        if state == Code::Comment {
            comment += 1;
        } else {
            code += 1;
        }
    }
    (code, comment)
}

/// How often `1`, any number of `0`, `2` occurs.
#[par_reduce(twin = matches_seq)]
fn matches(text: &[u8]) -> usize {
    let (mut after_one, mut count) = (false, 0);
    for b in text {
        match b {
            b'1' => after_one = true,
            b'0' => {}
            b'2' => {
                if after_one {
                    count += 1;
                }
                after_one = false;
            }
            _ => after_one = false,
        }
    }
    count
}

/// Horner's rule: a rolling hash modulo a prime, and one modulo 2^64.
#[par_reduce(twin = hashes_seq)]
fn hashes(text: &[u8]) -> (u64, u64) {
    let (mut modular, mut wrapping) = (0u64, 14_695u64);
    for b in text {
        modular = (modular * 257 + u64::from(*b)) % 1_000_000_007;
        wrapping = wrapping.wrapping_mul(31).wrapping_add(u64::from(*b));
    }
    (modular, wrapping)
}

pub(crate) fn run(count: usize) {
    let text: Vec<u8> = numbers(count, 16)
        .iter()
        .map(|&k| b"ab, 012\n\"/\"x1,2 "[k as usize])
        .collect();
    let mut nested: Vec<u8> = vec![b'('; count / 2];
    nested.extend(vec![b')'; count / 2]);
    compare("balanced brackets", || depth_seq(&nested), || depth(&nested));
    compare("lines, words, bytes", || words_seq(&text), || words(&text));
    compare("CSV fields", || fields_seq(&text), || fields(&text));
    compare("comments", || comments_seq(&text), || comments(&text));
    compare("1(0*)2", || matches_seq(&text), || matches(&text));
    compare("rolling hashes", || hashes_seq(&text), || hashes(&text));
}
