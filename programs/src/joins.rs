//! Random functions of independent statements, and of such as only look independent.

use crate::Function;
use crate::expressions::{condition, integer};
use crate::random::Random;

pub(crate) fn function(random: &mut Random) -> Function {
    let mut scope: Vec<String> = ["n", "k"].map(String::from).to_vec();
    let mut body = String::from("let n = n as i64; let k = xs.len() as i64;\n");
    let mut shape = random.shape();
    let fallible = shape.once_in(2);
    let mut results = Vec::new();
    for at in 0..2 + shape.below(3) {
        let v = format!("v{at}");
        let mut inner = scope.clone();
        if !random.once_in(6) {
            // only what was there before the first statement
            inner.truncate(2);
        }
        inner.push("x".to_string());
        let (e, c) = (integer(random, 2, &inner), condition(random, 1, &inner));
        let outer = &inner[..inner.len() - 1];
        let f = integer(random, 2, outer);
        body.push_str(&match shape.below(11) {
            0 => format!("let {v} = xs.iter().map(|&x| ({e}) % 100).sum::<i64>();"),
            1 => format!(
                "let mut {v} = 1_i64; for &x in xs {{ if {c} {{ continue; }} {v} = {v}.wrapping_mul(3) ^ ({e}); }}"
            ),
            2 => format!("let {v} = helper({f}).wrapping_add(fold(xs, {f}));"),
            3 => format!("let {v} = fold(ys, {f}); assert!(({f}) % 13 != 5, \"five\");"),
            4 if fallible => format!("let {v} = checked({f})?;"),
            5 if fallible => format!("let {v} = checked(fold(xs, {f}))?.wrapping_add(1);"),
            6 => format!(
                "let mut {v} = Vec::new(); for &x in ys {{ if {c} {{ {v}.push({e}); }} }} let {v} = {v}.len() as i64;"
            ),
            7 => format!("let {v} = {{ let x = fold(ys, 2); if {c} {{ {e} }} else {{ fold(xs, x) }} }};"),
            // a near miss: what the statement before has left there
            9 => format!("one[0] = one[0].wrapping_add(fold(xs, {f})); let {v} = one[0];"),
            8 => format!("one[{at}] = fold(xs, {f}); let {v} = {f};"),
            _ => format!("let {v} = fold(xs, {f});"),
        });
        body.push('\n');
        scope.push(v.clone());
        results.push(v);
    }
    let last = integer(random, 2, &scope);
    let result = format!("({}, {last}, one)", results.join(", "));
    let types = "i64, ".repeat(results.len());
    let (output, result) = match fallible {
        true => (format!("Option<({types}i64, [i64; 9])>"), format!("Some({result})")),
        false => (format!("({types}i64, [i64; 9])"), result),
    };
    Function {
        attribute: "par_join",
        options: String::new(),
        item: format!(
            "fn NAME(xs: &[i64], ys: &[i64], n: usize) -> {output} {{\nlet mut one = [0_i64; 9];\n{body}{result}\n}}"
        ),
        call: "NAME(&d.xs, &d.ys, d.n)".to_string(),
        within: None,
    }
}
