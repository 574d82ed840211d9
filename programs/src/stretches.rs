//! Random functions that write at several places of one slice, apart or not.

use crate::Function;
use crate::expressions::{condition, integer};
use crate::random::Random;

pub(crate) fn function(random: &mut Random) -> Function {
    let scope: Vec<String> = ["x", "u"].map(String::from).to_vec();
    let e = integer(random, 2, &scope);
    let f = integer(random, 2, &scope);
    let c = condition(random, 1, &scope);
    let shape = random.shape().below(26);
    let body = match shape {
        // halves, thirds, mirrors
        0 => "let h = out.len() / 2; for i in 0..h { let (x, u) = (xs[i], i as i64); out[i] = E; out[i + h] = F; }",
        1 => "let h = out.len() / 2; for i in 0..h { let (x, u) = (out[i], out[i + h]); out[i] = E; out[i + h] = F; }",
        2 => "let h = out.len() / 2; for i in 0..h { out.swap(i, i + h); }",
        3 => "let m = out.len(); for i in 0..m / 2 { out.swap(i, m - 1 - i); }",
        4 => {
            "let m = out.len(); for i in 0..m / 2 { let (x, u) = (out[i], out[m - 1 - i]); out[i] = E; if C { out[m - 1 - i] = F; } }"
        }
        5 => {
            "let m = out.len(); for i in 0..(m + 1) / 2 { let t = out[i]; out[i] = out[m - 1 - i]; out[m - i - 1] = t; }"
        }
        6 => {
            "let t = out.len() / 3; for i in 0..t { let (x, u) = (xs[i], i as i64); out[i] = E; out[i + t] = F; out[i + 2 * t] = x; }"
        }
        7 => {
            "for i in 0..out.len() / 2 { let (x, u) = (out[2 * i], out[2 * i + 1]); out[2 * i] = E; out[2 * i + 1] = F; }"
        }
        8 => {
            "let mut i = 0; while i + 1 < out.len() { let (x, u) = (out[i], out[i + 1]); if C { out.swap(i, i + 1); } else { out[i] = E; } i += 2; }"
        }
        9 => {
            "for i in 0..out.len() / 3 { let (x, u) = (i as i64, 4_i64); for c in 0..3 { out[3 * i + c] = E ^ c as i64; } }"
        }
        // offsets that are known when the loop runs
        10 => "for i in 0..k { let (x, u) = (xs[i], i as i64); out[i] = E; out[i + a] = F; }",
        11 => "for i in 0..k { let (x, u) = (xs[i], i as i64); out[a + i] = E; out[i + b] = F; }",
        12 => "for i in 0..k { let (x, u) = (out[i + a], out[b + i]); out[i + a] = E; if C { out[b + i] = F; } }",
        13 => "for i in 0..k { out.swap(i + a, i + b); }",
        14 => "for i in (0..k).rev() { let (x, u) = (xs[i], i as i64); out[i + a] = E; out[i + b] = F; }",
        15 => "for i in (0..k).step_by(2) { let (x, u) = (xs[i], i as i64); out[i + a] = E; out[i + b] = F; }",
        16 => "for i in 0..k { let (x, u) = (xs[i], i as i64); out[i * a] = E; if C { out[i * a] ^= F; } }",
        17 => "for i in 0..k { let (x, u) = (xs[i], i as i64); out[i * 2 + a] = E; out[i * 2 + b] = F; }",
        18 => "for y in 0..k / 4 { for i in 0..a { let (x, u) = (y as i64, i as i64); out[y * a + i] = E; } }",
        19 => {
            "let h = k / 4; for y in 0..h { let (x, u) = (y as i64, a as i64); for i in 0..a { out[(h - 1 - y) * a + i] = E; } out[h * a + y] = F; }"
        }
        20 => "for i in 0..k { let (x, u) = (xs[i], out[i + b]); out[i + a] = E; }",
        21 => {
            "for (i, &x) in xs.iter().take(k).enumerate() { let u = i as i64; out[i] = E; out[k + i] = F; out[2 * k + i] ^= u; }"
        }
        // near misses
        22 => "for i in 0..k { let (x, u) = (xs[i], i as i64); out[i + a] = E; let a = i ^ 1; out[a] = F; }",
        23 => "for i in 0..k { let (x, u) = (xs[i], i as i64); out[i] = E; out[k - i] = F; }",
        24 => "let mut a = a; for i in 0..k { let (x, u) = (xs[i], i as i64); out[i + a] = E; if C { a += 1; } }",
        _ => "for i in 0..k { let (x, u) = (xs[i], i as i64); out[i % 5 + a] = E; out[i + b] = F; }",
    };
    let body = body
        .replace('E', &format!("({e})"))
        .replace('F', &format!("({f})"))
        .replace('C', &c);
    const OFFSETS: &[(&str, &str)] = &[
        ("0", "m / 2"),
        ("m / 3", "0"),
        ("1", "0"),
        ("2", "2"),
        ("m", "0"),
        ("3", "k"),
        ("k", "k / 2"),
        ("0", "k + 1"),
        ("n % 4", "n % 3"),
    ];
    let (a, b) = OFFSETS[random.below(OFFSETS.len())];
    Function {
        attribute: if random.once_in(4) { "par_reduce" } else { "par_for" },
        options: random
            .one_of(&["threshold = 2", "threshold = 2, grain = 3", ""])
            .to_string(),
        item: format!(
            "fn NAME(xs: &[i64], out: &mut [i64], n: usize) {{\nlet m = out.len(); let k = m / 3; let (a, b) = ({a}, {b});\n{body}\n}}"
        ),
        call: "{ let mut out = d.ys.clone(); NAME(&d.xs, &mut out, d.n); out }".to_string(),
        within: None,
    }
}
