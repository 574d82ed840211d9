//! Random loops along which offsets go, by the same steps in each iteration or not.

use crate::Function;
use crate::random::Random;
use crate::statements::{Statements, cutoff, filled};

const HEADERS: &[&str] = &[
    "for &x in xs {",
    "for (i, &x) in xs.iter().enumerate() {",
    "for i in 0..xs.len() { let x = xs[i];",
    "for i in 2..n / 2 { let x = xs[i];",
    "for x in xs.iter().rev().copied() {",
    "for i in (0..n).rev() { let x = i as i64;",
    "for c in xs.chunks(3) { let x = c[0];",
    "for (&x, &y) in xs.iter().zip(ys) { let x = x ^ y;",
    "for i in (0..n).step_by(2) { let x = i as i64;",
    "let mut i = 0; while i < xs.len() { let x = xs[i]; i += 1;",
    "for &x in xs.iter().filter(|x| **x % 3 != 0) {",
    "for x in xs.iter().copied().take_while(|x| *x != 13) {",
];

/// What writes at `k`, and goes along.
const STEPS: &[&str] = &[
    "out[k] = @E; k += 1;",
    "out[k] = @E; k += 2;",
    "out[k] = @E; k += w;",
    "out[k] = @E; k += 1; out[k] = @E; k += 1;",
    "out[k] = @E; k = k + 3;",
    "out[k] = x; k += w * 2;",
    "k += 1; out[k] = @E;",
    "k += w; if @C { out[k] = @E; }",
    "if let Some(o) = out.get_mut(k) { *o = @E; } k += 1;",
    "out[k..k + 2].copy_from_slice(&[x, @E]); k += 2;",
    "out[k..k + w].fill(@E); k += w;",
    "for j in 0..w { out[k + j] = @E; } k += w;",
    "for _ in 0..w { out[k] = @E; k += 1; }",
    "for _ in 0..w { out[k] = @E; out[k + 1] ^= x; k += 2; }",
    "for o in &mut out[k..k + w] { *o ^= @E; } k += w;",
    "let at = k; k += w; out[at] = @E; if @C { out[at] ^= out[at + w - 1]; }",
    "out[k] += @S; if @C { out[k] = 1; } k += 1;",
    "{ out[k] = @E; k += w; }",
    "sum += out[k] % 9; out[k] = x; k += 1;",
    "k += w; k += 1;",
    "out[(k + 1) * w] = @E; k += 1;",
];

/// The same, but not by the same steps.
const NEAR: &[&str] = &[
    "out[k] = @E; k += (x & 1) as usize;",
    "if @C { out[k] = @E; k += 1; }",
    "out[k] = @E; if @C { k += 2; } else { k += 1; }",
    "out[k] = @E; k += 1; if @C { k = 0; }",
    "out[k] = @E; k += w; w += 1;",
    "let w = @B; out[k] = @E; k += w;",
    "out[k] = @E; k += step;",
    "out[k] = @E; k = (k * 2) % 900;",
    "out[k] = @E; (|| k += 1)();",
    "out[k] = @E; let r = &mut k; *r += 1;",
    "for _ in 0..@B { out[k] = @E; k += 1; }",
    "for j in 0..w { if @C { break; } out[k] = @E; k += 1; }",
    "for j in 0..w { if @C { continue; } out[k] = @E; k += 1; }",
    "out[k] = @E; bump!(k, 1);",
    "out[k] = @E; k -= w; k += w + 1;",
    "out[k] = @E; out[k + w] = x; k += 1;",
    "out[k / 2] = @E; k += 1;",
    "let k = k + 1; out[k] = @E;",
    "out[k] = @E; k += 1; out[m - k] = x;",
    "out[k] = @E; k += sum as usize & 1;",
    "while k % 3 != 0 { k += 1; } out[k] = x; k += 1;",
    "out[k] = @E; k += std::mem::replace(&mut w, 2);",
];

const STATEMENTS: Statements = Statements {
    plain: &[
        "sum += @S;",
        "sum += k as i64;",
        "list.push(@E);",
        "list.push(k as i64);",
        "sum += xs[k % xs.len()];",
        "if k > 20 { list.push(@E); }",
        "let from = k; list.push(from as i64 ^ x);",
    ],
    exits: &[
        "if @C && @C { break; }",
        "if @C && @C { return (sum, k, list); }",
        "if k > 60 { break; }",
        "assert!((@E) % 61 != 17, \"seventeen\");",
    ],
    near: &["k += 1;", "if @C { k += w; }", "w = 3;", "if @C { k += 1; continue; }"],
    in_loop: true,
};

pub(crate) fn function(random: &mut Random) -> Function {
    let mut shape = random.shape();
    let scope: Vec<String> = ["x", "(k as i64)"].map(String::from).to_vec();
    let header = shape.one_of(HEADERS);
    let step = match random.below(4) {
        0 => random.one_of(NEAR),
        _ => random.one_of(STEPS),
    };
    let step = filled(random, step, &scope);
    let mut body = match random.below(4) {
        0 => step,
        1 => format!("{}\n{step}", STATEMENTS.body(random, &scope)),
        2 => format!("{step}\n{}", STATEMENTS.body(random, &scope)),
        _ => format!(
            "{}\n{step}\n{}",
            STATEMENTS.body(random, &scope),
            STATEMENTS.body(random, &scope)
        ),
    };
    if random.once_in(8) {
        body = format!("for _ in 0..2 {{ {body} }}");
    }
    // two loops go along one after the other
    let second = match shape.once_in(4) {
        true => format!(
            "for y in 0..4_i64 {{ let x = y; {} }}",
            filled(random, shape.one_of(STEPS), &scope)
        ),
        false => String::new(),
    };
    let start = shape.one_of(&["0", "0", "3", "n / 2", "m / 2"]);
    let width = shape.one_of(&["2", "n % 4 + 1", "n % 3", "xs.len().min(3)"]);
    Function {
        attribute: shape.one_of(&["par_for", "par_reduce", "par_scan"]),
        options: cutoff(random),
        item: format!(
            "fn NAME(out: &mut [i64], xs: &[i64], ys: &[i64], n: usize) -> (i64, usize, Vec<i64>) {{\nlet m = out.len(); let (mut k, mut w, step) = ({start}, {width}, n % 5);\nlet (mut sum, mut list) = (0_i64, vec![1_i64]);\n{header}\n{body}\n}}\n{second}\n(sum, k, list)\n}}"
        ),
        call: "{ let mut out = d.ys.repeat(12); out.extend([5; 60]); (NAME(&mut out, &d.xs, &d.ys, d.n), out) }"
            .to_string(),
        within: None,
    }
}
