//! Random functions that are iterator chains: sources, adaptors and terminals.

use crate::Function;
use crate::expressions::{condition, integer};
use crate::random::Random;

/// A function with a chain.
pub(crate) fn function(random: &mut Random) -> Function {
    let scope = vec!["x".to_string()];
    let mut shape = random.shape();
    shape.below(6);
    let mut chain = shape
        .one_of(&[
            "xs.iter().copied()",
            "xs.to_vec().into_iter()",
            "(0..n as i64)",
            "xs.iter().rev().copied()",
            "xs.iter().zip(ys).map(|(a, b)| a ^ b)",
        ])
        .to_string();
    for _ in 0..shape.below(4) {
        let e = integer(random, 2, &scope);
        let c = condition(random, 1, &scope);
        chain.push_str(&match shape.below(8) {
            0 | 1 => format!(".map(|x| {e})"),
            2 => format!(".filter(|&x| {c})"),
            3 => format!(".filter_map(|x| ({c}).then_some({e}))"),
            4 => format!(".flat_map(|x| vec![x; ({e}).rem_euclid(3) as usize])"),
            5 => format!(".take({})", random.below(30)),
            6 => format!(".skip({})", random.below(5)),
            _ => ".enumerate().map(|(i, x)| x.wrapping_add(i as i64))".to_string(),
        });
    }
    let (c, e) = (condition(random, 1, &scope), integer(random, 2, &scope));
    let terminal = match shape.below(18) {
        0 => "format!(\"{}\", CHAIN.map(|x| x % 100).sum::<i64>())".to_string(),
        1 => "format!(\"{:?}\", CHAIN.max())".to_string(),
        2 => "format!(\"{:?}\", CHAIN.min_by_key(|x| x % 5))".to_string(),
        3 => "format!(\"{:?}\", CHAIN.max_by_key(|x| x % 5))".to_string(),
        4 => "format!(\"{}\", CHAIN.count())".to_string(),
        5 => format!("format!(\"{{}}\", CHAIN.any(|x| {c}))"),
        6 => format!("format!(\"{{}}\", CHAIN.all(|x| {c}))"),
        7 => format!("format!(\"{{:?}}\", CHAIN.find(|&x| {c}))"),
        8 => format!("format!(\"{{:?}}\", CHAIN.position(|x| {c}))"),
        9 => "format!(\"{:?}\", CHAIN.collect::<Vec<_>>())".to_string(),
        10 => format!("format!(\"{{:?}}\", CHAIN.map(|x| checked({e})).collect::<Option<Vec<_>>>())"),
        11 => format!("format!(\"{{:?}}\", CHAIN.fold(3_i64, |acc, x| acc ^ ({e})))"),
        12 => "format!(\"{}\", CHAIN.map(|x| x as f64 / 3.0).sum::<f64>().to_bits())".to_string(),
        13 => format!("format!(\"{{:?}}\", CHAIN.partition::<Vec<_>, _>(|&x| {c}))"),
        14 => format!("format!(\"{{:?}}\", CHAIN.map(|x| (x, {e})).unzip::<i64, i64, Vec<_>, Vec<_>>())"),
        15 => format!("{{ let mut s = 1_i64; CHAIN.for_each(|x| s ^= {e}); s.to_string() }}"),
        16 => format!("format!(\"{{:?}}\", CHAIN.map(|x| checked({e}).map(|v| v % 50)).sum::<Option<i64>>())"),
        _ => "format!(\"{:?}\", CHAIN.last())".to_string(),
    };
    Function {
        attribute: "par_reduce",
        options: "threshold = 2, float = ordered".to_string(),
        item: format!(
            "fn NAME(xs: &[i64], ys: &[i64], n: usize) -> String {{\nlet answer = {};\nanswer\n}}",
            hoist(&terminal, &chain)
        ),
        call: "NAME(&d.xs, &d.ys, d.n)".to_string(),
        within: None,
    }
}

/// Puts the chain into the terminal, and that before the formatting, where it is looked at.
fn hoist(terminal: &str, chain: &str) -> String {
    let whole = terminal.replace("CHAIN", chain);
    let Some((format, rest)) = whole.strip_prefix("format!(").and_then(|rest| rest.split_once(", ")) else {
        return whole;
    };
    let value = rest.strip_suffix(')').unwrap_or(rest);
    match value.strip_suffix(".to_bits()") {
        Some(value) => format!("{{ let found = {value}; format!({format}, found.to_bits()) }}"),
        None => format!("{{ let found = {value}; format!({format}, found) }}"),
    }
}
