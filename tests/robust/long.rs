//! Functions with bodies of many lines.

use divvy_compiler::Attribute;

/// Bodies of many lines, of each kind that has a loop over all of them somewhere.
pub(crate) fn bodies(lines: usize) -> Vec<(Attribute, String)> {
    let repeat = |line: &str| {
        let lines: Vec<_> = (0..lines).map(|n| line.replace('#', &n.to_string())).collect();
        lines.join("\n")
    };
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
            Attribute::Divide,
            "fn f(n: u64) -> u64 { if n < 2 { return 1; } 0",
            "+ f(n - #)",
            "}",
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
    ]
}
