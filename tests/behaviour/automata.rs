//! Automata: flags, variants with values, small counters, steps by functions that can be seen.

use divvy::{par_reduce, par_scan};

use crate::inputs::{ints, text};
use crate::{CUTOFF, LENGTHS, numbers, same};

fn flags(n: usize) -> Vec<bool> {
    numbers(5, n, 2).iter().map(|&v| v == 1).collect()
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mode {
    Code,
    Str { esc: bool },
    Line,
    Block(bool),
}

const CODE: u8 = 0;

const STR: u8 = 1;

const ESC: u8 = 2;

#[derive(Clone, Copy, PartialEq, Debug)]
enum St {
    Out,
    In,
    Esc,
}

#[derive(Clone, Copy, PartialEq, Debug)]
struct Flags {
    quoted: bool,
    esc: bool,
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Tok {
    Start,
    Num,
    Word,
    Sp,
}

#[par_reduce(threshold = CUTOFF, twin = plain_commas_outside_quotes)]
fn commas_outside_quotes(text: &str) -> usize {
    let mut state = (false, false);
    let mut n = 0;
    for c in text.chars() {
        let (in_str, escaped) = state;
        state = match (in_str, escaped, c) {
            (true, true, _) => (true, false),
            (true, false, '\\') => (true, true),
            (true, false, '"') => (false, false),
            (true, false, _) => (true, false),
            (false, _, '"') => (true, false),
            (false, _, _) => (false, false),
        };
        if !in_str && c == ',' {
            n += 1;
        }
    }
    n
}

#[par_reduce(threshold = CUTOFF, twin = plain_commas_by_match)]
fn commas_by_match(text: &str) -> usize {
    let mut in_str = false;
    let mut escaped = false;
    let mut n = 0;
    for c in text.chars() {
        match (in_str, escaped, c) {
            (true, true, _) => escaped = false,
            (true, false, '\\') => escaped = true,
            (_, _, '"') => in_str = !in_str,
            (false, _, ',') => n += 1,
            _ => {}
        }
    }
    n
}

#[par_scan(threshold = CUTOFF, twin = plain_quoted)]
fn quoted(text: &str) -> Vec<bool> {
    let mut f = Flags {
        quoted: false,
        esc: false,
    };
    let mut out = Vec::new();
    for c in text.chars() {
        if f.esc {
            f.esc = false;
        } else if c == '\\' {
            f.esc = true;
        } else if c == '"' {
            f.quoted = !f.quoted;
        }
        out.push(f.quoted);
    }
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_both_flags)]
fn both_flags(text: &str) -> Vec<Flags> {
    let mut f = Flags {
        quoted: false,
        esc: false,
    };
    let mut out = Vec::new();
    for c in text.chars() {
        f = match (f.quoted, f.esc, c) {
            (true, true, _) => Flags { esc: false, ..f },
            (true, false, '\\') => Flags {
                quoted: true,
                esc: true,
            },
            (q, _, '"') => Flags { quoted: !q, esc: false },
            _ => f,
        };
        out.push(f);
    }
    out
}

#[par_reduce(threshold = CUTOFF, twin = plain_strings_and_the_end)]
fn strings_and_the_end(text: &str) -> (usize, usize) {
    let mut state = (0u8, false);
    let mut n = 0;
    for c in text.chars() {
        match state {
            (0, _) if c == '"' => state = (1, false),
            (1, false) if c == '\\' => state = (1, true),
            (1, false) if c == '"' => {
                state = (0, false);
                n += 1;
            }
            (1, true) => state.1 = false,
            _ => {}
        }
    }
    (n, state.0 as usize)
}

#[par_reduce(threshold = CUTOFF, twin = plain_is_balanced)]
fn is_balanced(text: &str) -> bool {
    let mut state = (0, false);
    for c in text.chars() {
        state = match c {
            '(' => (state.0 + 1, state.1),
            ')' => (state.0 - 1, state.1 || state.0 - 1 < 0),
            _ => state,
        };
    }
    state.0 == 0 && !state.1
}

#[par_reduce(threshold = CUTOFF, twin = plain_letters_of_code)]
fn letters_of_code(text: &str) -> usize {
    let mut mode = Mode::Code;
    let mut n = 0;
    for c in text.chars() {
        mode = match (mode, c) {
            (Mode::Code, '"') => Mode::Str { esc: false },
            (Mode::Code, '#') => Mode::Line,
            (Mode::Code, '/') => Mode::Block(false),
            (Mode::Str { esc: true }, _) => Mode::Str { esc: false },
            (Mode::Str { esc: false }, '\\') => Mode::Str { esc: true },
            (Mode::Str { esc: false }, '"') => Mode::Code,
            (Mode::Line, '\n') => Mode::Code,
            (Mode::Block(_), '*') => Mode::Block(true),
            (Mode::Block(true), '/') => Mode::Code,
            (Mode::Block(_), _) => Mode::Block(false),
            (m, _) => m,
        };
        if matches!(mode, Mode::Code) {
            n += 1;
        }
    }
    n
}

#[par_reduce(threshold = CUTOFF, twin = plain_code_by_constants)]
fn code_by_constants(bytes: &[u8]) -> usize {
    let mut state: u8 = CODE;
    let mut n = 0;
    for &b in bytes {
        state = match state {
            CODE if b == b'"' => STR,
            STR if b == b'\\' => ESC,
            STR if b == b'"' => CODE,
            ESC => STR,
            s => s,
        };
        if state == CODE {
            n += 1;
        }
    }
    n
}

#[par_reduce(threshold = CUTOFF, twin = plain_strings_by_constants)]
fn strings_by_constants(bytes: &[u8]) -> usize {
    let mut state = CODE;
    let mut n = 0;
    for &b in bytes {
        match (state, b) {
            (CODE, b'"') => {
                state = STR;
                n += 1;
            }
            (STR, b'\\') => {
                state = ESC;
            }
            (STR, b'"') => {
                state = CODE;
            }
            (ESC, _) => {
                state = STR;
            }
            _ => {}
        }
    }
    n
}

#[par_reduce(threshold = CUTOFF, twin = plain_tokens)]
fn tokens(text: &str) -> usize {
    let mut kind = Tok::Start;
    let mut tokens = 0;
    for c in text.chars() {
        let next = if c.is_ascii_digit() {
            Tok::Num
        } else if c.is_alphabetic() {
            Tok::Word
        } else {
            Tok::Sp
        };
        if next != kind && next != Tok::Sp {
            tokens += 1;
        }
        kind = next;
    }
    tokens
}

#[par_reduce(threshold = CUTOFF, twin = plain_step_by_a_closure)]
fn step_by_a_closure(bytes: &[u8]) -> usize {
    let next = |s: St, b: u8| match (s, b) {
        (St::Out, b'"') => St::In,
        (St::In, b'\\') => St::Esc,
        (St::In, b'"') => St::Out,
        (St::Esc, _) => St::In,
        (s, _) => s,
    };
    let mut state = St::Out;
    let mut n = 0;
    for &b in bytes {
        state = next(state, b);
        if state == St::In {
            n += 1;
        }
    }
    n
}

#[par_reduce(threshold = CUTOFF, twin = plain_step_by_a_function)]
fn step_by_a_function(bytes: &[u8]) -> usize {
    fn next(s: St, b: u8) -> St {
        match (s, b) {
            (St::Out, b'"') => St::In,
            (St::In, b'\\') => St::Esc,
            (St::In, b'"') => St::Out,
            (St::Esc, _) => St::In,
            (s, _) => s,
        }
    }
    let mut state = St::Out;
    let mut n = 0;
    for &b in bytes {
        state = next(state, b);
        if state == St::In {
            n += 1;
        }
    }
    n
}

#[par_reduce(threshold = CUTOFF, twin = plain_characters)]
fn characters(bytes: &[u8]) -> usize {
    let mut need = 0u8;
    let mut chars = 0;
    for &b in bytes {
        if need > 0 {
            need -= 1;
        } else {
            chars += 1;
            need = if b < 0x80 {
                0
            } else if b < 0xE0 {
                1
            } else if b < 0xF0 {
                2
            } else {
                3
            };
        }
    }
    chars
}

#[par_scan(threshold = CUTOFF, twin = plain_debounced)]
fn debounced(xs: &[bool]) -> Vec<bool> {
    let mut stable = false;
    let mut count = 0;
    let mut out = Vec::new();
    for &x in xs {
        if x == stable {
            count = 0;
        } else {
            count += 1;
            if count >= 3 {
                stable = x;
                count = 0;
            }
        }
        out.push(stable);
    }
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_with_hysteresis)]
fn with_hysteresis(xs: &[i64]) -> Vec<bool> {
    let mut on = false;
    let mut out = Vec::new();
    for &x in xs {
        on = if on { x > -5 } else { x > 5 };
        out.push(on);
    }
    out
}

#[test]
fn flags_at_once() {
    for &n in LENGTHS {
        same(
            &format!("commas_outside_quotes, {n} items"),
            || plain_commas_outside_quotes(&text(n)),
            || commas_outside_quotes(&text(n)),
        );
        same(
            &format!("commas_by_match, {n} items"),
            || plain_commas_by_match(&text(n)),
            || commas_by_match(&text(n)),
        );
        same(
            &format!("quoted, {n} items"),
            || plain_quoted(&text(n)),
            || quoted(&text(n)),
        );
        same(
            &format!("both_flags, {n} items"),
            || plain_both_flags(&text(n)),
            || both_flags(&text(n)),
        );
        same(
            &format!("strings_and_the_end, {n} items"),
            || plain_strings_and_the_end(&text(n)),
            || strings_and_the_end(&text(n)),
        );
        same(
            &format!("is_balanced, {n} items"),
            || plain_is_balanced(&text(n)),
            || is_balanced(&text(n)),
        );
    }
}

#[test]
fn variants_and_constants() {
    for &n in LENGTHS {
        same(
            &format!("letters_of_code, {n} items"),
            || plain_letters_of_code(&text(n)),
            || letters_of_code(&text(n)),
        );
        same(
            &format!("code_by_constants, {n} items"),
            || plain_code_by_constants(text(n).as_bytes()),
            || code_by_constants(text(n).as_bytes()),
        );
        same(
            &format!("strings_by_constants, {n} items"),
            || plain_strings_by_constants(text(n).as_bytes()),
            || strings_by_constants(text(n).as_bytes()),
        );
        same(
            &format!("tokens, {n} items"),
            || plain_tokens(&text(n)),
            || tokens(&text(n)),
        );
    }
}

#[test]
fn steps_that_can_be_seen() {
    for &n in LENGTHS {
        same(
            &format!("step_by_a_closure, {n} items"),
            || plain_step_by_a_closure(text(n).as_bytes()),
            || step_by_a_closure(text(n).as_bytes()),
        );
        same(
            &format!("step_by_a_function, {n} items"),
            || plain_step_by_a_function(text(n).as_bytes()),
            || step_by_a_function(text(n).as_bytes()),
        );
    }
}

#[test]
fn small_counters() {
    for &n in LENGTHS {
        same(
            &format!("characters, {n} items"),
            || plain_characters(text(n).as_bytes()),
            || characters(text(n).as_bytes()),
        );
        same(
            &format!("debounced, {n} items"),
            || plain_debounced(&flags(n)),
            || debounced(&flags(n)),
        );
        same(
            &format!("with_hysteresis, {n} items"),
            || plain_with_hysteresis(&ints(n)),
            || with_hysteresis(&ints(n)),
        );
    }
}
