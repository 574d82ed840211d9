//! Random loops that carry along tuples and structs as wholes, values that depend on each other, own monoids, automata over
//! flags and variants, and counters between bounds.

use crate::Function;
use crate::random::Random;
use crate::statements::{Statements, cutoff};

/// What is carried: how it starts, what is done with it, and what is seen of it.
struct Carried {
    declared: &'static str,
    statements: Statements,
    /// Values of type `i64`.
    seen: &'static [&'static str],
    /// What is left of it.
    left: &'static str,
}

const fn carried(
    declared: &'static str,
    plain: &'static [&'static str],
    near: &'static [&'static str],
    seen: &'static [&'static str],
    left: &'static str,
) -> Carried {
    Carried {
        declared,
        statements: Statements {
            plain,
            exits: &[
                "if @C && @C { break; }",
                "if @C && @C { return None; }",
                "checked(@E)?;",
            ],
            near,
            in_loop: true,
        },
        seen,
        left,
    }
}

const CARRIED: &[Carried] = &[
    carried(
        "let mut s = (1_i64, 2_i64);",
        &[
            "s = (s.0.wrapping_add(@E), s.1.max(@E));",
            "s = (s.1, s.0);",
            "s = (s.0 ^ @E, s.1);",
            "let (a, b) = s; s = (b, a);",
            "let (a, b) = s; s = (a.wrapping_add(@E), b ^ x);",
            "s = if @C { (s.0.wrapping_add(1), s.1) } else { (0, s.1) };",
            "s = match @B { 0 => (s.0, @E), 1 => (@E, s.1), _ => s };",
            "if @C { s = (x, 1); } else { s.1 += 1; }",
            "s.0 ^= @E;",
            "s.1 = s.1.max(@E);",
            "s = (@E, @E);",
            "(s.0, s.1) = (s.0.wrapping_add(@E), @E);",
            "let (mut a, mut b) = s; if @C { a = x; } if @C { b = b.max(x); } s = (a, b);",
            "let old = s; s = (x, old.0);",
            "std::mem::swap(&mut s.0, &mut s.1);",
            "if @E > s.0 { s = (x, @E); }",
        ],
        &[
            "s = (s.1.wrapping_mul(s.0), s.0);",
            "s = (s.0 / 2, s.1 ^ s.0);",
            "if s.0 > s.1 { s = (s.1, s.0); }",
            "s.0 = s.1 / 3;",
            "let r = &mut s; r.0 = x;",
            "s = (s.0.max(s.1), s.1.min(x));",
            "(|| s.0 ^= 1)();",
        ],
        &["s.0", "s.1", "(s.0 ^ s.1)"],
        "s",
    ),
    carried(
        "let mut p = Span { low: 3, high: 4 };",
        &[
            "p = Span { low: p.low.min(@E), high: p.high.max(@E) };",
            "p = Span { low: @E, ..p };",
            "p = Span { low: p.low.wrapping_add(@E), high: x };",
            "p.low = p.low.min(@E);",
            "p.high += @S;",
            "let Span { low, high } = p; p = Span { low: high, high: low };",
            "p = if @C { Span { low: 0, high: x } } else { p };",
            "let next = Span { low: p.low ^ @E, high: @E }; p = next;",
            "if @C { p = Span { low: x, high: x }; }",
        ],
        &[
            "p = Span { low: p.high / 2, high: p.low };",
            "if p.low > p.high { p.low = p.high; }",
            "p.low = p.low.wrapping_mul(p.high);",
            "p = hull(p, Span { low: x, high: 3 });",
        ],
        &["p.low", "p.high"],
        "p",
    ),
    // values that depend on each other
    carried(
        "let (mut a, mut b) = (1_i64, 1_i64);",
        &[
            "(a, b) = (a.wrapping_add(b), a);",
            "let t = a.wrapping_add(b).wrapping_add(@E); b = a; a = t;",
            "(a, b) = (b, a.wrapping_mul(3).wrapping_sub(b));",
            "a = a.wrapping_add(@E); b = b.wrapping_add(a);",
            "b = b.wrapping_sub(a); a = @E;",
            "std::mem::swap(&mut a, &mut b);",
            "(a, b) = (a.wrapping_mul(@E).wrapping_add(b), b.wrapping_add(@E));",
            "if @C { a = b; } else { b = a.wrapping_add(1); }",
            "let mut y = @E; std::mem::swap(&mut a, &mut y); b = y;",
            "b = std::mem::replace(&mut a, @E);",
        ],
        &[
            "a = a.wrapping_mul(b);",
            "if a > b { (a, b) = (b, a); }",
            "a = a.max(b);",
            "a ^= b;",
            "(a, b) = (b / 2, a);",
            "if b % 3 == 0 { a = a.wrapping_add(1); }",
        ],
        &["a", "b", "(a ^ b)"],
        "(a, b)",
    ),
    carried(
        "let (mut a, mut b, mut c, mut d) = (1_i64, 0_i64, 2_i64, 5_i64);",
        &[
            "let t = a.wrapping_add(c).wrapping_add(@E); d = c; c = b; b = a; a = t;",
            "(a, b, c, d) = (a.wrapping_add(b).wrapping_add(c).wrapping_add(d), a, b, c);",
            "(a, b, c, d) = (d, a, b, c);",
            "a = a.wrapping_add(b); b = b.wrapping_add(c); c = c.wrapping_add(d); d = d.wrapping_add(@E);",
            "let (p, q) = (a.wrapping_sub(b), c.wrapping_mul(@E)); a = p.wrapping_add(q); d = q;",
            "std::mem::swap(&mut a, &mut d); b = b.wrapping_add(a);",
            "if @C { d = a.wrapping_sub(c); }",
            "a = @E;",
            "b = b.wrapping_mul(5).wrapping_add(d);",
        ],
        &[
            "a = a.wrapping_mul(c);",
            "d ^= a;",
            "if d > 3 { a = b; }",
            "c = (c / 3).wrapping_add(a);",
        ],
        &["a", "d", "(b ^ c)"],
        "(a, b, c, d)",
    ),
    // a monoid of one's own
    carried(
        "let mut m = turn(3, 1);",
        &[
            "m += turn(@E, @S);",
            "m = m + turn(@E, x);",
            "m += turn(1, x);",
            "let t = turn(@S, 2); m += t; ",
        ],
        &[
            "m = turn(@E, x) + m;",
            "m += m;",
            "m = turn(1, 0);",
            "m.a = 1;",
            "m.b = m.b.wrapping_add(x);",
            "if m.a > 3 { m += turn(2, 1); }",
            "let old = m; m = old + turn(2, x);",
        ],
        &["m.a", "m.b"],
        "m",
    ),
    // automata
    carried(
        "let mut f = (false, true);",
        &[
            "f = (@C, f.0);",
            "f.0 ^= @C;",
            "if f.1 && @C { f = (false, true); }",
            "f = match f { (true, _) => (@C, true), (false, b) => (b, @C) };",
            "let (on, esc) = f; f = match (on, esc, x % 3) { (true, true, _) => (true, false), (true, _, 0) => (true, true), (false, _, 1) => (true, false), (a, b, _) => (b, a) };",
            "f = (f.1 && @C, !f.0);",
            "if @C { f.1 = !f.1; } else { f.0 = f.1; }",
            "f = if f.0 { (@C, f.1) } else { (true, @C) };",
            "std::mem::swap(&mut f.0, &mut f.1);",
            "f = (f.0 != f.1, f.1 | @C);",
        ],
        &["let r = &mut f; r.0 = @C;", "f.0 = odd_one(f.0);"],
        &["i64::from(f.0)", "(f.1 as i64)"],
        "f",
    ),
    carried(
        "let mut mode = Mode::Out;",
        &[
            "mode = match mode { Mode::Out if @C => Mode::In { quoted: @C }, Mode::In { quoted: true } => Mode::Seen(@C), Mode::Seen(b) => if b { Mode::Out } else { mode }, m => m };",
            "mode = match (mode, x % 3) { (Mode::Out, 0) => Mode::In { quoted: false }, (Mode::In { .. }, 1) => Mode::Out, (m, _) => m };",
            "if @C { mode = Mode::Out; }",
            "if mode == Mode::Out && @C { mode = Mode::Seen(true); }",
            "if let Mode::In { quoted } = mode { mode = Mode::Seen(!quoted); }",
            "match mode { Mode::Out => {} Mode::In { .. } if @C => mode = Mode::Out, _ => mode = Mode::In { quoted: @C } }",
            "mode = if @C { Mode::Seen(@C) } else { mode };",
            "let next = match mode { Mode::Seen(b) => Mode::In { quoted: b }, _ => Mode::Out }; mode = next;",
        ],
        &["let r = &mut mode; *r = Mode::Out;"],
        &[
            "(mode == Mode::Out) as i64",
            "match mode { Mode::Out => x, Mode::In { quoted } => i64::from(quoted), Mode::Seen(_) => 7 }",
        ],
        "mode",
    ),
    // counters
    carried(
        "let (mut k, mut depth) = (0_usize, 1_u8);",
        &[
            "k = (k + 1) % 4;",
            "if k < 5 { k += 1; }",
            "if @C { k = 0; } else if k < 3 { k += 1; }",
            "k = if k == 3 { 0 } else { k + 1 };",
            "k = k.saturating_sub(1);",
            "k = (k + 1).min(6);",
            "depth = depth.saturating_add(1);",
            "if @C { depth = depth.saturating_sub(1); } else if depth < 9 { depth += 1; }",
            "match @B { 0 => depth = 0, 1 if depth > 0 => depth -= 1, _ => depth = (depth + 1) % 7 }",
            "k += 1; if k == 5 { k = 0; }",
            "k = @B;",
            "depth = depth.wrapping_add(200);",
        ],
        &[
            "k = k * 2 % 9;",
            "k += depth as usize; k %= 50;",
            "if k > 2 { depth = 3; }",
            "depth = k as u8;",
        ],
        &["(k as i64)", "(depth as i64)"],
        "(k, depth)",
    ),
    // carried floats: exact ones, so that any grouping is the same
    carried(
        "let (mut lo, mut hi, mut prev) = (f64::INFINITY, f64::NEG_INFINITY, 0.0_f64);",
        &[
            "lo = lo.min(@S as f64);",
            "if (@S as f64) > hi { hi = @S as f64; }",
            "(lo, hi) = (lo.min(x as f64), hi.max(x as f64));",
            "prev = @S as f64;",
            "let mut y = x as f64; std::mem::swap(&mut prev, &mut y); if y > hi { hi = y; }",
            "if @C { lo = f64::INFINITY; }",
        ],
        &["lo = hi / 2.0;", "if prev > lo { lo = prev; }", "hi = hi.max(prev);"],
        &["(lo as i64)", "(hi as i64)", "(prev as i64)"],
        "(lo, hi, prev)",
    ),
];

const HEADERS: &[&str] = &[
    "for &x in xs {",
    "for (i, &x) in xs.iter().enumerate() {",
    "for x in xs.iter().rev().copied() {",
    "for i in 0..xs.len() { let x = xs[i];",
    "for (&x, y) in xs.iter().zip(ys) { let x = x ^ y;",
    "for x in text_of(xs).bytes() { let x = i64::from(x % 16);",
    "for x in xs.iter().copied().filter(|x| x % 3 != 1) {",
    "let mut i = 0; while i < xs.len() { let x = xs[i]; i += 1;",
];

pub(crate) fn function(random: &mut Random) -> Function {
    let mut shape = random.shape();
    let scope = vec!["x".to_string()];
    let chosen: Vec<&Carried> = (0..1 + usize::from(shape.once_in(3)))
        .map(|_| &CARRIED[shape.below(CARRIED.len())])
        .collect();
    let (mut declared, mut body, mut left) = (String::new(), String::new(), String::new());
    for (at, carried) in chosen.iter().enumerate() {
        if at == 1 && std::ptr::eq(chosen[0], *carried) {
            break;
        }
        declared.push_str(carried.declared);
        left.push_str(&format!("{}, ", carried.left));
        body.push_str(&carried.statements.body(random, &scope));
        body.push('\n');
        let seen = random.one_of(carried.seen);
        body.push_str(
            &random
                .one_of(&[
                    "out.push(SEEN);",
                    "out.push(SEEN);",
                    "sum ^= SEEN;",
                    "if SEEN > 2 { out.push(x); }",
                    "most = most.max(SEEN);",
                    "",
                ])
                .replace("SEEN", seen),
        );
        body.push('\n');
    }
    if random.once_in(3) {
        body.push_str(&chosen[0].statements.body(random, &scope));
    }
    Function {
        attribute: random.one_of(&["par_scan", "par_scan", "par_reduce"]),
        options: cutoff(random),
        item: format!(
            "fn NAME(xs: &[i64], ys: &[i64]) -> Option<String> {{\nfn odd_one(b: bool) -> bool {{ !b }}\n{declared}\nlet (mut out, mut sum, mut most) = (vec![1_i64], 0_i64, -3_i64);\n{}\n{body}\n}}\nSome(format!(\"{{:?}}\", ({left}out, sum, most)))\n}}",
            shape.one_of(HEADERS)
        ),
        call: "NAME(&d.xs, &d.ys)".to_string(),
        within: None,
    }
}
