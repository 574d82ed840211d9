//! Loops that count by hand, up and down, in many spellings, and what may not be done to the variable that counts.

use crate::random::Random;
use crate::sources::Header;

/// Which way the variable `i` counts.
#[derive(Clone, Copy)]
pub(crate) enum Way {
    Up,
    Down,
}

/// A counting loop.
pub(crate) fn choose(random: &mut Random) -> Header {
    let (header, way) = match random.below(3) {
        0 => (downward(random), Way::Down),
        1 => (upward_of_other_types(random), Way::Up),
        _ => (upward(random), Way::Up),
    };
    Header {
        counts: Some(way),
        left: random.once_in(2).then_some("i"),
        ..header
    }
}

fn upward(random: &mut Random) -> Header {
    let start = random.one_of(&["0", "0", "3", "n / 2"]);
    let condition = random.one_of(&[
        "while i < xs.len()",
        "while xs.len() > i",
        "while i + 1 < xs.len() + 1",
        "while i <= xs.len().saturating_sub(1) && i < xs.len()",
        "while i < n.min(xs.len())",
        "while i < xs.len() && xs[i] != 17",
        "while i < xs.len() && xs[i] % 16 != 7",
        "while i < xs.len() && ys[i] < 21",
        "while !done && i < xs.len()",
        "while i < xs.len() && !done",
        "while i != xs.len()",
        "while xs.len() != i",
        "loop { if i == xs.len() { break; }",
        "loop { if i >= xs.len() { break; }",
        "loop { if i >= xs.len() || xs[i] == 13 { break; }",
        "loop { if !(i < xs.len()) { break; }",
    ]);
    let by_one = ["i += 1;", "i = i + 1;", "i = 1 + i;"];
    let step = match ["i != xs.len()", "xs.len() != i", "i == xs.len()"]
        .iter()
        .any(|end| condition.contains(end))
    {
        true => random.one_of(&by_one),
        false => random.one_of(&["i += 1;", "i += 1;", "i += 2;", "i = i + 3;", "i = 1 + i;", "i += k;"]),
    };
    let names: &[&'static str] = if step.contains('k') {
        &["x", "(i as i64)"]
    } else {
        &["x"]
    };
    assemble(
        random,
        format!("let mut i = {start};"),
        condition,
        "let x = xs[i];",
        step,
        names,
    )
}

fn downward(random: &mut Random) -> Header {
    let begin = random
        .one_of(&["let mut i = xs.len();", "let mut i = n.min(xs.len());"])
        .to_string();
    match random.below(9) {
        0 => assemble(
            random,
            begin,
            "while i > 0",
            "i -= 1; let x = xs[i];",
            "",
            &["x", "(i as i64)"],
        ),
        1 => assemble(random, begin, "while i != 0", "i -= 1; let x = xs[i];", "", &["x"]),
        2 => assemble(random, begin, "while 0 < i", "let x = xs[i - 1];", "i -= 1;", &["x"]),
        3 => assemble(random, begin, "while i >= 3", "let x = xs[i - 2];", "i -= 3;", &["x"]),
        4 => assemble(
            random,
            begin,
            "while i > 0 && xs[i - 1] != 13",
            "let x = xs[i - 1];",
            "i -= 1;",
            &["x"],
        ),
        5 => assemble(
            random,
            begin,
            "loop { if i == 0 { break; }",
            "i -= 1; let x = xs[i];",
            "",
            &["x"],
        ),
        6 => assemble(
            random,
            "let mut i = xs.len() as i64 - 1;".to_string(),
            "while i >= 0",
            "let x = xs[i as usize];",
            "i -= 1;",
            &["x", "i"],
        ),
        7 => assemble(
            random,
            "let mut i = n as i32;".to_string(),
            "while i > -20",
            "",
            "i -= 7;",
            &["(i as i64)"],
        ),
        _ => assemble(
            random,
            "let mut i = xs.len() as i64 - 1;".to_string(),
            "while i >= 0 && xs[i as usize] != 13",
            "let x = xs[i as usize];",
            "i = i - 2;",
            &["x", "i"],
        ),
    }
}

fn upward_of_other_types(random: &mut Random) -> Header {
    match random.below(5) {
        0 => assemble(
            random,
            "let mut i = -4_i64;".to_string(),
            "while i <= n as i64",
            "",
            "i += 3;",
            &["i"],
        ),
        1 => assemble(
            random,
            "let mut i = 1_u32;".to_string(),
            "while i * i <= n as u32",
            "",
            "i += 1;",
            &["(i as i64)"],
        ),
        2 => assemble(
            random,
            "let mut i = 250_u8;".to_string(),
            "while i < 255",
            "",
            "i += 1;",
            &["(i as i64)"],
        ),
        3 => assemble(
            random,
            "let mut i = 2;".to_string(),
            "while i <= n >> 1",
            "",
            "i += 1;",
            &["(i as i64)"],
        ),
        _ => assemble(
            random,
            "let mut i = 1;".to_string(),
            "while i + 1 < xs.len()",
            "let x = xs[i - 1] ^ xs[i + 1];",
            "i += 1;",
            &["x"],
        ),
    }
}

/// Puts the step before the body or behind it, and what else the condition needs.
fn assemble(
    random: &mut Random,
    before: String,
    condition: &str,
    begin: &str,
    step: &str,
    names: &[&'static str],
) -> Header {
    let flag = if condition.contains("done") {
        "let mut done = false;"
    } else {
        ""
    };
    let stride = if step.contains('k') { "let k = n % 3 + 1;" } else { "" };
    let (header, test) = match condition.split_once('{') {
        Some((header, test)) => (header, test),
        None => (condition, ""),
    };
    let set = if flag.is_empty() { "" } else { "done = x == 11;" };
    Header {
        before: format!("{before} {flag} {stride}"),
        header: header.to_string(),
        begin: format!("{test} {begin} {set}"),
        names: names.to_vec(),
        step: (step.to_string(), random.once_in(2)),
        ..Header::default()
    }
}

/// What is done to the variable that counts, or read of what the loop changes.
pub(crate) fn near_miss(random: &mut Random, way: Way, e: &str, accumulator: &str) -> String {
    let (op, end) = match way {
        Way::Up => ("+=", "xs.len()"),
        Way::Down => ("-=", "0"),
    };
    random
        .one_of(&[
            "if (E) % 5 == 1 { i OP 1; }",
            "if (E) % 5 == 1 { i OP 2; continue; }",
            "i OP 1;",
            "let i = i + 1; let _ = i;",
            "{ let mut i = 3; i += 1; let _ = i; }",
            "let r = &mut i; if (E) % 7 == 2 { *r OP 1; }",
            "(|| i OP 1)();",
            "if (E) % 7 == 2 { i = END; }",
            "if (E) % 7 == 2 { std::mem::swap(&mut i, &mut END); }",
            "if (E) % 7 == 2 { let _ = std::mem::replace(&mut i, END); }",
            "for i in 0..2 { let _ = i; }",
            "while i < xs.len() && xs[i] == 5 { i OP 1; }",
            "let s = format!(\"{i}\"); if s.len() > 2 { continue; }",
            "let copy = A.clone(); if (E) % 9 == 4 { A = copy; }",
            "let mut end = END; bump!(end, 1);",
            "let xs = &xs[..xs.len() / 2]; if xs.is_empty() { continue; }",
        ])
        .replace("END", end)
        .replace("OP", op)
        .replace('E', &format!("({e})"))
        .replace('A', accumulator)
}
