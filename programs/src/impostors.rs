//! Random functions that update by functions and methods of their own which have the names of known operations.

use crate::Function;
use crate::expressions::integer;
use crate::random::Random;

/// The names; none of the prelude's functions of these names has a law.
const NAMES: &[&str] = &["add", "mul", "max", "min", "merge", "wrapping_add", "wrapping_mul"];

pub(crate) fn function(random: &mut Random) -> Function {
    let mut shape = random.shape();
    let scope = vec!["x".to_string()];
    let e = integer(random, 2, &scope);
    let name = NAMES[shape.below(NAMES.len())];
    let path = match shape.below(10) {
        0 => format!("Self::{name}"),
        1 => format!("Named::{name}"),
        2 => format!("<Named as Own>::{name}"),
        3 => format!("odd::{name}"),
        4 => format!("T::{name}"),
        // declared in the function
        _ => name.to_string(),
    };
    let declared = match (path == name, shape.below(4)) {
        (false, _) => String::new(),
        (_, 0) => format!("fn {name}(a: i64, b: i64) -> i64 {{ a / 2 - b }}"),
        (_, 1) => format!("let {name} = |a: i64, b: i64| a / 2 - b;"),
        (_, 2) => format!("use odd::{name};"),
        _ => format!("use odd::{{half as {name}}};"),
    };
    let is_odd = shape.once_in(3) && path == name;
    let (start, end) = match is_odd {
        true => ("Odd(1)", "a.0"),
        false => ("1_i64", "a"),
    };
    let update = match is_odd {
        // a type's own methods; `min` and `max` are taken for what they are called
        true => random
            .one_of(&[
                "a = a.NAME(Odd(E));",
                "a = Odd(E).NAME(a);",
                "if a < Odd(E) { a = Odd(E); }",
                "a += Odd(E);",
                "a = a + Odd(E);",
            ])
            .replace("NAME", if matches!(name, "min" | "max") { "merge" } else { name }),
        false => random
            .one_of(&[
                "a = PATH(a, E);",
                "a = PATH(E, a);",
                "a = PATH(a, E); a = a.wrapping_add(1);",
                "let t = PATH(a, E); a = t;",
                "if x > 2 { a = PATH(a, E); }",
                "a = { PATH(a, E) };",
            ])
            .replace("PATH", &path),
    }
    .replace('E', &format!("({e})"));
    let (output, push) = match shape.below(3) {
        0 => ("let mut out = Vec::new();", "out.push(a);"),
        _ => ("let out: Vec<i64> = Vec::new();", ""),
    };
    let push = if is_odd {
        push.replace("(a)", "(a.0)")
    } else {
        push.to_string()
    };
    let body = match (path == name && !is_odd, shape.below(4)) {
        (true, 0) => format!("let a = xs.iter().copied().fold(1_i64, {path}); let out: Vec<i64> = Vec::new();"),
        _ => format!("let mut a = {start}; {output} for &x in xs {{ {update} {push} }}"),
    };
    let is_method = path.starts_with("Self");
    let generics = if path.starts_with("T::") { "<T: Own>" } else { "" };
    Function {
        attribute: shape.one_of(&["par_reduce", "par_scan"]),
        options: random
            .one_of(&["threshold = 2", "threshold = 2, grain = 3", ""])
            .to_string(),
        item: format!("fn NAME{generics}(xs: &[i64]) -> (i64, Vec<i64>) {{\n{declared}\n{body}\n({end}, out)\n}}"),
        call: match (is_method, generics.is_empty()) {
            (true, _) => "Named::NAME(&d.xs)".to_string(),
            (_, false) => "NAME::<Named>(&d.xs)".to_string(),
            _ => "NAME(&d.xs)".to_string(),
        },
        within: is_method.then_some("Named"),
    }
}
