//! What random loops run over.

use crate::random::Random;

/// A header, and the variables that it makes.
pub(crate) fn choose(random: &mut Random) -> (String, String, Vec<&'static str>) {
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
    (pattern.to_string(), source.to_string(), names.to_vec())
}
