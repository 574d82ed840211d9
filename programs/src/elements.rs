//! Random loops that make elements from their neighbours, and loops that carry floats along.

use crate::Function;
use crate::expressions::{condition, integer};
use crate::random::Random;

/// Elements made from the element before or behind.
pub(crate) fn function(random: &mut Random) -> Function {
    let scope = vec!["x".to_string(), "u".to_string()];
    let (e, c) = (integer(random, 2, &scope), condition(random, 1, &scope));
    let (header, this, before) = match random.below(6) {
        0 => ("for i in 1..xs.len().min(out.len())", "out[i]", "out[i - 1]"),
        1 => (
            "for i in 0..xs.len().min(out.len()).saturating_sub(1)",
            "out[i + 1]",
            "out[i]",
        ),
        2 => (
            "for i in (0..xs.len().min(out.len()).saturating_sub(1)).rev()",
            "out[i]",
            "out[i + 1]",
        ),
        3 => ("for i in (1..xs.len().min(out.len())).rev()", "out[i - 1]", "out[i]"),
        4 => ("for i in 2..xs.len().min(out.len())", "out[i]", "out[i - 2]"),
        _ => ("for i in (1..xs.len().min(out.len())).rev()", "out[i]", "out[i - 1]"),
    };
    let update = |random: &mut Random| match random.below(14) {
        0 => format!("{this} = {before}.wrapping_add({e});"),
        1 => format!("{this} += {before} % 100;"),
        2 => format!("{this} = {this}.wrapping_add({before});"),
        3 => format!("{this} = {before}.max({this}).max({e});"),
        4 => format!("{this} = ({before}).wrapping_mul(3).wrapping_sub({this});"),
        5 => format!("let t = {before}; {this} = t.wrapping_add({e});"),
        6 => format!("if {c} {{ {this} = {before}; }}"),
        7 => format!("{this} ^= {before};"),
        8 => format!("{this} = if {c} {{ {before}.wrapping_add(1) }} else {{ {e} }};"),
        9 => format!("{this} = ({before} % 1000 + ({e}) % 20).max(0);"),
        10 => format!("{this} = {before}.min({this}).max(-4);"),
        11 => format!("{this} = {before}.wrapping_mul({this}).wrapping_add({e});"),
        12 => format!("if {before} > {this} {{ {this} = {before}; }}"),
        _ => format!("{this} = ({e}).wrapping_sub({before});"),
    };
    let mut body = update(random);
    if random.once_in(3) {
        body = format!("if {c} {{ continue; }} {body}");
    }
    if random.once_in(4) {
        body.push_str(&format!(" {}", update(random)));
    }
    if random.once_in(3) {
        body.push_str(&format!(" sum = sum.wrapping_add({this});"));
    }
    if random.once_in(4) {
        body = format!(
            "{body} {}",
            random.one_of(&[
                "if sum > 900 { continue; }",
                "if out[0] > 3 { sum += 1; }",
                "if x == 6 { break; }",
                "seen.push(out[i]);"
            ])
        );
    }
    Function {
        attribute: "par_scan",
        options: random
            .one_of(&["threshold = 2", "threshold = 2, grain = 3", ""])
            .to_string(),
        item: format!(
            "fn NAME(xs: &[i64], out: &mut [i64]) -> (i64, Vec<i64>) {{\nlet mut sum = 0_i64; let mut seen = Vec::new(); seen.push(1);\n{header} {{\nlet (x, u) = (xs[i], i as i64);\n{body}\n}}\n(sum, seen)\n}}"
        ),
        call: "{ let mut out = d.ys.clone(); (NAME(&d.xs, &mut out), out) }".to_string(),
        within: None,
    }
}

/// Carried floats: in order they are the twin's, in a tree the same everywhere.
pub(crate) fn floats(random: &mut Random) -> Function {
    let scope = vec!["x".to_string()];
    let (e, c) = (integer(random, 2, &scope), condition(random, 1, &scope));
    let e = format!("((({e}) % 100) as f64 / 7.0)");
    let update = |random: &mut Random, v: &str| match random.below(7) {
        0 => format!("{v} += {e};"),
        1 => format!("{v} = 0.9 * {v} + 0.1 * {e};"),
        2 => format!("{v} = ({v} + {e}).max(0.0);"),
        3 => format!("{v} = if {c} {{ {v} + 0.3 }} else {{ {e} }};"),
        4 => format!("if {c} {{ {v} = {e}; }}"),
        5 => format!("{v} = {v}.max({e});"),
        _ => format!("{v} -= {e}; if {v} < -9.0 {{ {v} = -9.0; }}"),
    };
    let mut body = update(random, "a");
    if random.once_in(2) {
        body.push_str("out.push(a.to_bits());");
    }
    if random.once_in(2) {
        body.push_str(&update(random, "b"));
    }
    body.push_str(" out.push(a.to_bits());");
    Function {
        attribute: random.one_of(&["par_scan", "par_scan", "par_reduce"]),
        options: random
            .one_of(&[
                "threshold = 2, float = ordered",
                "threshold = 2, float = tree",
                "float = tree",
            ])
            .to_string(),
        item: format!(
            "fn NAME(xs: &[i64]) -> (Vec<u64>, u64, u64) {{\nlet mut out = Vec::new(); let (mut a, mut b) = (0.5_f64, 1.5_f64);\nfor &x in xs {{\n{body}\n}}\n(out, a.to_bits(), b.to_bits())\n}}"
        ),
        call: "NAME(&d.xs)".to_string(),
        within: None,
    }
}
