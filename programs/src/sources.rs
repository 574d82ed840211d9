//! What random loops run over.

use crate::counting::Way;
use crate::random::Random;

/// How a loop begins.
#[derive(Default)]
pub(crate) struct Header {
    /// The statements before the loop.
    pub(crate) before: String,
    /// `for .. in ..`, `while ..` or `loop`.
    pub(crate) header: String,
    /// The statements that an iteration begins with.
    pub(crate) begin: String,
    /// The variables of an iteration, or expressions.
    pub(crate) names: Vec<&'static str>,
    /// The step of the variable that counts, and whether it stands before the body.
    pub(crate) step: (String, bool),
    /// The way that the variable `i` counts.
    pub(crate) counts: Option<Way>,
    /// What is looked at behind the loop.
    pub(crate) left: Option<&'static str>,
}

/// A loop over a source.
pub(crate) fn choose(random: &mut Random) -> Header {
    let (pattern, source, names): (&str, &str, &[&'static str]) = match random.below(36) {
        0 => ("&x", "xs", &["x"]),
        1 => ("&x", "xs.iter()", &["x"]),
        2 => ("(i, &x)", "xs.iter().enumerate()", &["x", "(i as i64)"]),
        3 => ("i", "0..n", &["(i as i64)"]),
        4 => ("i", "(0..n).rev()", &["(i as i64)"]),
        5 => ("i", "1..=n", &["(i as i64)"]),
        6 => ("i", "(0..n).step_by(3)", &["(i as i64)"]),
        7 => ("(&x, &y)", "xs.iter().zip(ys)", &["x", "y"]),
        8 => ("&x", "xs.iter().rev()", &["x"]),
        9 => ("&x", "xs.iter().skip(2).take(50)", &["x"]),
        10 => ("w", "xs.windows(2)", &["w[0]", "w[1]"]),
        11 => ("c", "xs.chunks(3)", &["c[0]", "(c.len() as i64)"]),
        12 => ("x", "xs.iter().copied().filter(|t| t % 2 == 0)", &["x"]),
        13 => ("x", "xs.iter().map(|t| t.wrapping_mul(3))", &["x"]),
        14 => (
            "(i, (&x, y))",
            "xs.iter().zip(ys.iter().copied()).enumerate()",
            &["x", "y", "(i as i64)"],
        ),
        15 => ("x", "xs.to_vec()", &["x"]),
        16 => ("&x", "xs.iter().chain(ys)", &["x"]),
        17 => ("x", "text_of(xs).bytes()", &["(x as i64)"]),
        18 => ("x", "text_of(xs).chars()", &["(x as i64)"]),
        19 => ("(i, x)", "text_of(xs).char_indices()", &["(x as i64)", "(i as i64)"]),
        20 => ("x", "text_of(xs).split_whitespace()", &["(x.len() as i64)"]),
        21 => ("x", "text_of(xs).lines()", &["(x.len() as i64)"]),
        22 => ("&x", "&deque_of(xs)", &["x"]),
        23 => ("(&k, &v)", "&map_of(xs)", &["k", "v"]),
        24 => ("&x", "&set_of(xs)", &["x"]),
        25 => ("c", "xs.chunks_exact(2)", &["c[0]", "c[1]"]),
        26 => ("c", "xs.rchunks(4)", &["c[0]", "(c.len() as i64)"]),
        27 => ("((&x, &y), i)", "xs.iter().zip(ys).zip(3..)", &["x", "y", "(i as i64)"]),
        28 => ("(i, &x)", "xs.iter().rev().enumerate()", &["x", "(i as i64)"]),
        29 => ("(i, &x)", "xs.iter().enumerate().rev()", &["x", "(i as i64)"]),
        30 => ("i", "(1..=n as u8).rev()", &["(i as i64)"]),
        31 => ("i", "-3_i32..=n as i32", &["(i as i64)"]),
        32 => ("i", "0..xs.len()", &["xs[i]", "(i as i64)"]),
        33 => ("[x, y]", "pairs_of(xs)", &["x", "y"]),
        34 => ("x", "divvy::stream(xs.iter().copied())", &["x"]),
        _ => ("x", "-4..n as i64", &["x"]),
    };
    Header {
        header: format!("for {pattern} in {source}"),
        names: names.to_vec(),
        ..Header::default()
    }
}

/// A loop over an iterator that has a name, all of it or what is left of it.
pub(crate) fn named(random: &mut Random) -> Header {
    let (bound, items): (&str, &str) = match random.below(10) {
        0 => ("xs.iter().copied()", "x"),
        1 => ("xs.iter().map(|t| t.wrapping_mul(3))", "x"),
        2 => ("xs.iter().copied().filter(|t| t % 2 == 0)", "x"),
        3 => ("xs.iter().zip(ys).map(|(a, b)| a ^ b)", "x"),
        4 => ("xs.to_vec().into_iter()", "x"),
        5 => ("(0..n as i64)", "x"),
        6 => ("xs.iter().rev().skip(1).copied()", "x"),
        7 => ("xs.iter().chain(ys).copied()", "x"),
        8 => ("text_of(xs).into_bytes().into_iter().map(|b| b as i64)", "x"),
        _ => ("xs.chunks(3).map(|c| c[0])", "x"),
    };
    let (first, header, left): (&str, &str, Option<&'static str>) = match random.below(12) {
        0 | 1 => ("let it = IT;", "for x in it", None),
        2 => ("let mut it = IT;", "for x in it", None),
        3 => ("let mut it = IT;", "for x in &mut it", None),
        4 => ("let mut it = IT;", "for x in it.by_ref()", None),
        5 => ("let mut it = IT;", "while let Some(x) = it.next()", None),
        6 => (
            "let mut it = IT; let first = it.next().unwrap_or(3);",
            "for x in it",
            Some("first"),
        ),
        7 => (
            "let it = IT; let first = n as i64;",
            "for x in it.map(|t| t ^ first)",
            Some("first"),
        ),
        8 => ("let it = IT; let it = it.filter(|t| t % 3 != 0);", "for x in it", None),
        // what is left is looked at
        9 => ("let mut it = IT;", "for x in &mut it", Some("it.next()")),
        10 => ("let mut it = IT;", "while let Some(x) = it.next()", Some("it.next()")),
        _ => (
            "let it = IT; let other = it.clone();",
            "for x in it",
            Some("other.sum::<i64>()"),
        ),
    };
    Header {
        before: first.replace("IT", bound),
        header: header.to_string(),
        names: vec![items],
        left,
        ..Header::default()
    }
}
