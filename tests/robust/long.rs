//! Functions with bodies of many lines.

use divvy_compiler::Attribute;

/// Bodies of many lines, of each kind that has a loop over all of them somewhere.
pub(crate) fn bodies(lines: usize) -> Vec<(Attribute, String)> {
    let repeat = |line: &str| {
        let lines: Vec<_> = (0..lines).map(|n| line.replace('#', &n.to_string())).collect();
        lines.join("\n")
    };
    // an expression of very many operators is a tree as deep, more than a thread's stack holds
    let sum: String = (0..lines.min(1000)).map(|n| format!("+ f(n - {n})")).collect();
    let of =
        |attribute: Attribute, head: &str, line: &str, tail: &str| (attribute, format!("{head}{}{tail}", repeat(line)));
    vec![
        of(
            Attribute::Reduce,
            "fn f(xs: &[u64]) -> u64 { let mut sum = 0; for x in xs {",
            "sum += x * #;",
            "} sum }",
        ),
        of(
            Attribute::Reduce,
            "fn f(xs: &[u64]) -> u64 { let mut sum = 0;",
            "let a# = sum + #;",
            "for x in xs { sum += x; } sum }",
        ),
        of(
            Attribute::Reduce,
            "fn f(xs: &[u64]) -> u64 { let mut sum = 0; let mut prev = 0; for x in xs {",
            "let a# = prev * 2; prev = a#;",
            "} sum }",
        ),
        of(
            Attribute::Reduce,
            "fn f(xs: &[u64]) -> u64 { let mut sum = 0;",
            "for x in xs { sum += x; }",
            "sum }",
        ),
        of(
            Attribute::For,
            "fn f(xs: &[u64], out: &mut [u64]) { for i in 0..xs.len() {",
            "let a# = xs[i] + #; out[i] += a#;",
            "} }",
        ),
        of(
            Attribute::Divide,
            "fn f(n: u64) -> u64 { if n < 2 { return 1; }",
            "let a# = n * #;",
            "f(n - 1) + f(n - 2) }",
        ),
        of(
            Attribute::Divide,
            "fn f(n: u64) -> u64 { match n {",
            "# => 7,",
            "n => f(n - 1) + f(n - 2) } }",
        ),
        of(
            Attribute::Divide,
            "fn f(n: u64) -> u64 { if n < 2 { return 1; } let mut sum = 0;",
            "let a# = f(n - #); sum += a#;",
            "sum }",
        ),
        of(
            Attribute::Join,
            "fn f(xs: &[u64]) -> u64 { let mut sum = 0;",
            "let a# = work(xs, #); sum += a#;",
            "sum }",
        ),
        of(
            Attribute::Scan,
            "fn f(xs: &[u64], out: &mut Vec<u64>) { let mut sum = 0; for x in xs {",
            "if *x > # { sum += x * #; } out.push(sum);",
            "} }",
        ),
        of(
            Attribute::Reduce,
            "fn f(xs: &[u64]) -> u64 { let mut top = 0; for x in xs { let a = 1;",
            "let a = a * 3 + x;",
            "top = top.max(a); } top }",
        ),
        of(
            Attribute::Divide,
            "fn f(n: u64) -> u64 { if n < 2 { return 1; }",
            "if n == # { return f(n / 2) + f(n / 3); }",
            "f(n - 1) + f(n - 2) }",
        ),
        of(
            Attribute::Divide,
            "fn f(n: u64) -> u64 {",
            "let a# = f(n - #); if n < # { return a#; }",
            "f(n - 1) }",
        ),
        of(
            Attribute::Divide,
            "fn f(n: u64) -> u64 { match n {",
            "# => f(n - 1) + f(n - 2),",
            "_ => 0 } }",
        ),
        of(
            Attribute::Divide,
            "fn f(n: u64) -> u64 { if n < 2 { return 1; } let mut sum = 0;",
            "sum = g(f(n - 1), f(n - sum)) ^ #;",
            "sum }",
        ),
        of(
            Attribute::Divide,
            "fn f(v: &mut [u64]) { if v.len() < 2 { return; }",
            "f(&mut v[..#]); f(&mut v[#..]);",
            "}",
        ),
        of(
            Attribute::Reduce,
            "fn f(xs: &[u64]) -> u64 { let mut sum = 0; for x in xs {",
            "let a# = x * #; if a# > 3 { sum += a#; } else { continue; }",
            "} sum }",
        ),
        of(
            Attribute::Reduce,
            "fn f(xs: &[u64]) -> Option<u64> { for x in xs {",
            "if *x == # { return Some(#); }",
            "} None }",
        ),
        of(
            Attribute::Reduce,
            "fn f(xs: &[u64]) -> Vec<u64> { let mut all = Vec::new(); for x in xs {",
            "if x % # == 0 { all.push(x + #); }",
            "} all }",
        ),
        of(
            Attribute::Reduce,
            "fn f(xs: &[u8]) -> u64 { let mut state = 0; let mut n = 0; for x in xs {",
            "if *x == # && state == 0 { state = 1; n += 1; }",
            "} n }",
        ),
        (
            Attribute::Divide,
            format!("fn f(n: u64) -> u64 {{ if n < 2 {{ return 1; }} 0 {sum} }}"),
        ),
    ]
}
