//! Random loops that fill tables of the function's own and are left early, mark what they saw, or name elements by methods.

use crate::Function;
use crate::random::Random;
use crate::statements::{Statements, cutoff};

/// A loop over the elements `i`, with an item `x`.
const HEADERS: &[&str] = &[
    "for i in 0..xs.len() { let x = xs[i];",
    "for i in (0..xs.len()).rev() { let x = xs[i];",
    "for (i, &x) in xs.iter().enumerate() {",
    "for (i, &x) in xs.iter().enumerate().rev() {",
    "for (i, &x) in xs.iter().enumerate().filter(|(i, _)| i % 3 != 1) {",
    "for (i, &x) in xs.iter().enumerate().filter(|(_, x)| **x % 2 == 0) {",
    "for (i, &x) in xs.iter().enumerate().skip(1).filter(|(_, x)| **x > 0) {",
    "for i in (0..xs.len()).filter(|i| i % 4 != 2) { let x = xs[i];",
    "for i in (0..xs.len()).rev().filter(|i| i % 4 != 2) { let x = xs[i];",
    "for i in all { let x = xs[i];",
    "for (i, (&x, y)) in xs.iter().zip(ys).enumerate() { let x = x ^ y;",
    "for (i, x) in xs.iter().copied().enumerate().inspect(|(i, _)| assert!(*i != 77, \"at {i}\")) {",
    // numbered behind what is left out: not the element of the item
    "for (i, &x) in xs.iter().filter(|x| **x % 2 == 0).enumerate() {",
    "for (i, &x) in xs.iter().rev().enumerate() {",
    "for (i, &x) in xs.iter().rev().filter(|x| **x > 0).enumerate() {",
    "for i in xs.iter().map(|x| x.rem_euclid(7) as usize) { let x = xs[i];",
];

const STATEMENTS: Statements = Statements {
    plain: &[
        "out[i] = @E;",
        "out[i] = @E;",
        "out[i] += @S;",
        "out[i] ^= out[i] & @E;",
        "if let Some(o) = out.get_mut(i) { *o = @E; }",
        "*out.get_mut(i).unwrap() ^= @E;",
        "if let Some(o) = out.get_mut(i) { if @C { *o += @S; } }",
        "let Some(o) = out.get_mut(i) else { continue }; *o = (*o / 2) ^ @E;",
        "if out.get(i).is_some_and(|o| *o > 3) { sum += 1; }",
        "out[i] = checked(@E).unwrap_or(out[i]);",
        "sum += @S;",
        "list.push(@E);",
        "seen[(@E).rem_euclid(16) as usize] = true;",
        "if @C { seen[(x & 15) as usize] = true; }",
        "prime[(@E).rem_euclid(16) as usize] = false;",
        "for k in (@B..16).step_by(3) { prime[k] = false; }",
        "rows[i][@B % 3] = @E;",
        "for o in rows[i].iter_mut() { *o = @E; }",
    ],
    exits: &[
        "if @C { break; }",
        "if @C && @C { return None; }",
        "out[i] = checked(@E)?;",
        "let y = checked(@E)?; list.push(y);",
        "if @C && @C { return Some((Vec::new(), sum, Vec::new(), vec![x])); }",
        "assert!((@E) % 61 != 17, \"seventeen\");",
    ],
    near: &[
        "if seen[(x & 15) as usize] { continue; }",
        "if seen[3] { break; }",
        "sum += i64::from(seen[@B]);",
        "seen[(@E).rem_euclid(16) as usize] = false;",
        "seen[(@E).rem_euclid(16) as usize] = @C;",
        "prime[@B] = !prime[@B];",
        "if prime[@B] { for k in 5..9 { prime[k] = false; } }",
        "out[i] = out[i.saturating_sub(1)];",
        "out[(i + 1) % 5] = @E;",
        "if let Some(o) = out.get_mut(i + 1) { *o = @E; }",
        "if let Some(o) = out.get_mut(0) { *o += 1; }",
        "if let Some(o) = out.get(i + 1) { sum ^= *o; }",
        "if let Some(o) = out.first_mut() { *o = @E; }",
        "let i = i / 2; out[i] = @E;",
        "if @C && @C { return Some((out, sum, seen.to_vec(), list)); }",
        "if @C && @C { return Some((out.clone(), 0, Vec::new(), Vec::new())); }",
        "out.swap(i, 0);",
        "let o = &mut out; o[i] = @E;",
        "rows.swap(i, 0);",
        "sum += out.len() as i64;",
        "out = vec![0; 900];",
    ],
    in_loop: true,
};

pub(crate) fn function(random: &mut Random) -> Function {
    let mut shape = random.shape();
    let scope: Vec<String> = ["x", "(i as i64)"].map(String::from).to_vec();
    // the caller sees what was written before a way out
    let is_given = shape.once_in(6);
    let table = match is_given {
        true => "",
        false => shape.one_of(&[
            "let mut out = vec![0_i64; xs.len()];",
            "let mut out = vec![3_i64; 800];",
            "let mut out = ys.to_vec();",
            "let mut out: Vec<i64> = (0..xs.len() as i64).collect();",
        ]),
    };
    let marks = shape.one_of(&[
        "let (mut seen, mut prime) = ([false; 16], [true; 16]);",
        "let (mut seen, mut prime) = (vec![false; 16], vec![true; 16]);",
        "let (mut seen, mut prime) = ([true; 16], [false; 16]);",
    ]);
    let header = shape.one_of(HEADERS);
    let mut body = String::new();
    for _ in 0..1 + usize::from(shape.once_in(4)) {
        body.push_str(&format!("{header}\n{}\n}}\n", STATEMENTS.body(random, &scope)));
    }
    if header.contains("in all") {
        body = body.replace("in all", "in all.clone()");
    }
    let parameter = if is_given { "out: &mut Vec<i64>, " } else { "" };
    let returned = if is_given { "Vec::new()" } else { "out" };
    let body = match is_given {
        true => body
            .replace("return Some((out, ", "return Some((Vec::new(), ")
            .replace("let o = &mut out;", "let o = &mut *out;")
            .replace("out = vec![0; 900]", "*out = vec![0; 900]"),
        false => body,
    };
    Function {
        attribute: random.one_of(&["par_for", "par_reduce", "par_reduce"]),
        options: cutoff(random),
        item: format!(
            "fn NAME({parameter}xs: &[i64], ys: &[i64]) -> Option<(Vec<i64>, i64, Vec<bool>, Vec<i64>)> {{\n{table}\n{marks}\nlet (mut sum, mut list) = (0_i64, vec![1_i64]); let all = 0..xs.len(); let mut rows = vec![[0_i64; 3]; xs.len()];\n{body}\nlist.extend(prime.iter().map(|p| *p as i64)); for row in rows {{ list.extend(row); }}\nSome(({returned}, sum, seen.to_vec(), list))\n}}"
        ),
        call: match is_given {
            true => "{ let mut out = d.ys.clone(); (NAME(&mut out, &d.xs, &d.ys), out) }".to_string(),
            false => "NAME(&d.xs, &d.ys)".to_string(),
        },
        within: None,
    }
}
