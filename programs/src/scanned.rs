//! Random chains with a `scan` in them.

use crate::Function;
use crate::expressions::{condition, integer};
use crate::random::Random;

pub(crate) fn function(random: &mut Random) -> Function {
    let scope = vec!["x".to_string()];
    let (e, f) = (integer(random, 2, &scope), integer(random, 1, &scope));
    let c = condition(random, 1, &scope);
    let mut shape = random.shape();
    let source = shape.one_of(&[
        "xs.iter().copied()",
        "xs.iter().map(|&x| x)",
        "xs.iter().rev().copied()",
        "xs.iter().zip(ys).map(|(a, b)| a ^ b)",
        "xs.windows(2).map(|w| w[1] - w[0])",
        "(0..n as i64)",
        "xs.iter().copied().filter(|x| x % 2 == 0)",
    ]);
    let (start, names, update) = match shape.below(3) {
        // a pair, by pattern or by fields
        0 => (
            "(0_i64, 3_i64)",
            "st",
            random.one_of(&[
                "st.0 += (E) % 50; st.1 = st.1.max(st.0); Some(st.1 - st.0)",
                "st.1 = std::mem::replace(&mut st.0, E); Some(st.1)",
                "let (a, b) = *st; *st = (b, E); Some(a)",
                "if C { st.0 = 0; } else { st.0 += 1; } st.1 ^= E; Some(st.0 ^ st.1)",
                "*st = (st.1, st.0 ^ (E)); Some(st.0)",
            ]),
        ),
        1 => (
            "(false, 1_i64)",
            "(on, s)",
            random.one_of(&[
                "if C { *on = !*on; } if *on { *s = (*s + E % 9).max(0); } Some(*s)",
                "*on = C; *s = s.wrapping_mul(3) ^ (E); Some(if *on { *s } else { x })",
                "if *on && C { *on = false; *s = 0; } else { *on = C; *s += 1; } Some(*s)",
            ]),
        ),
        _ => (
            "1_i64",
            "s",
            random.one_of(&[
                "*s = s.wrapping_add(E); Some(*s)",
                "let before = *s; *s = s.wrapping_add(E); Some(before)",
                "*s = (*s + (E) % 20).clamp(-9, 30); Some(*s)",
                "Some(x.wrapping_sub(std::mem::replace(s, x)))",
                "*s = s.wrapping_mul(31).wrapping_add(E); Some(*s ^ (F))",
                "if C { *s = 0; } else { *s += 1; } Some(*s)",
                "*s = s.checked_add((E) % 99)?; Some(*s)",
                "*s += (E) % 20; if *s < -30 { None } else { Some(*s) }",
                "*s += (E) % 20; (*s < 90).then_some(*s)",
                "if C { return None; } *s = (*s).max(E); Some(*s)",
                "let t = *s ^ (E); *s = t; Some(t)",
                "*s = if C { E } else { *s }; Some((*s, x)).map(|(a, b)| a ^ b)",
                // near misses
                "*s = *s / 2 + (E) % 9; Some(*s)",
                "*s = s.wrapping_mul(*s).wrapping_add(E); Some(*s)",
                "let t = *s; { let s = &mut 3; *s += 1; } Some(t)",
                "if *s > 40 { *s = E; } Some(*s)",
            ]),
        ),
    };
    let update = update
        .replace('E', &format!("({e})"))
        .replace('F', &format!("({f})"))
        .replace('C', &c);
    let mut chain = format!("{source}.scan({start}, |{names}, x| {{ {update} }})");
    for _ in 0..shape.below(3) {
        let e = integer(random, 1, &scope);
        let c = condition(random, 1, &scope);
        chain.push_str(&match shape.below(6) {
            0 => format!(".map(|x| {e})"),
            1 => format!(".filter(|&x| {c})"),
            2 => format!(".take_while(|&x| {c} || x < 40)"),
            3 => ".enumerate().map(|(i, x)| x ^ i as i64)".to_string(),
            4 => ".scan(0_i64, |s, x| { *s = (*s).max(x); Some(*s) })".to_string(),
            _ => format!(".take({})", random.below(40)),
        });
    }
    let c = condition(random, 1, &scope);
    let (returns, body) = match shape.below(12) {
        0 => ("Vec<i64>", "CHAIN.collect::<Vec<_>>()".to_string()),
        1 => ("Vec<i64>", "let out: Vec<i64> = CHAIN.collect(); out".to_string()),
        2 => ("Option<i64>", "CHAIN.max()".to_string()),
        3 => ("Option<i64>", "CHAIN.min()".to_string()),
        4 => ("Option<i64>", "CHAIN.last()".to_string()),
        5 => ("usize", "CHAIN.count()".to_string()),
        6 => ("i64", "CHAIN.map(|x| x % 100).sum::<i64>()".to_string()),
        7 => ("Option<usize>", format!("CHAIN.position(|x| {c})")),
        8 => ("Option<i64>", format!("CHAIN.find(|&x| {c})")),
        9 => ("bool", format!("CHAIN.any(|x| {c})")),
        10 => ("i64", "CHAIN.fold(0_i64, |a, x| a ^ x)".to_string()),
        _ => (
            "i64",
            "let mut most = 0_i64; for x in CHAIN { most = most.max(x); } most".to_string(),
        ),
    };
    Function {
        attribute: random.one_of(&["par_scan", "par_scan", "par_reduce"]),
        options: random
            .one_of(&["threshold = 2", "threshold = 2, grain = 3", ""])
            .to_string(),
        item: format!(
            "fn NAME(xs: &[i64], ys: &[i64], n: usize) -> {returns} {{\n{}\n}}",
            body.replace("CHAIN", &chain)
        ),
        call: "NAME(&d.xs, &d.ys, d.n)".to_string(),
        within: None,
    }
}
