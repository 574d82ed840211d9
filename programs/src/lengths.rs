//! Random loops that append to texts and lists, and ask them how long they are.

use crate::Function;
use crate::random::Random;
use crate::statements::{Statements, cutoff};

/// What is written, and whether something is there yet.
const WRITES: Statements = Statements {
    plain: &[
        "write!(s, \"{},\", @E).unwrap();",
        "writeln!(s).unwrap();",
        "write!(&mut s, \"{x:>3}{}\", @S).expect(\"a text\");",
        "let _ = write!(s, \"{}\", @B);",
        "s.push('ä');",
        "s += if @C { \"x\" } else { \"long\" };",
        "list.push(@E);",
        "if list.is_empty() { list.push(@E); }",
        "offs.push(x as usize & 7);",
    ],
    exits: &[
        "if @C && @C { break; }",
        "if @C && @C { return Err(x); }",
        "write!(s, \"{}\", @E).map_err(|_| 3)?;",
        "checked(@E).ok_or(7)?;",
    ],
    near: &[
        "s.clear();",
        "offs.push(s.len());",
        "write!(s, \"{}\", s.len()).unwrap();",
        "write!(s, \"{s}\").unwrap();",
        "if write!(s, \"{}\", @E).is_err() { continue; }",
        "let n = list.len(); write!(s, \"{n}\").unwrap();",
        "writeln!(s, \"{}\", list.len()).unwrap();",
        "list.pop();",
        "let t = &mut s; write!(t, \"k\").unwrap();",
    ],
    in_loop: true,
};

/// What is asked for its length.
const STATEMENTS: Statements = Statements {
    plain: &[
        "offs.push(s.len());",
        "offs.push(list.len());",
        "s.push('ä');",
        "s.push_str(\"ab\");",
        "s += if @C { \"x\" } else { \"long\" };",
        "s.push(if @C { 'x' } else { '😀' });",
        "s.extend(['a', 'b']);",
        "s.push_str(&format!(\"{}\", @S));",
        "list.push(@E);",
        "list.push(x);",
        "list.extend([@E, 3]);",
        "list.extend(ys.iter().take(@B).map(|y| y ^ x));",
        "list.extend_from_slice(&[x, @E, 1]);",
        "let from = s.len(); s.push_str(\"..\"); offs.push(s.len() - from);",
        "let base = list.len(); list.push(@E); offs.push(base);",
        "if !s.is_empty() { s.push(','); }",
        "if s.len() > 0 { s.push('&'); }",
        "list.push(list.len() as i64);",
        "offs.push(list.len() - s.len().min(list.len()));",
        "most = most.max(s.len());",
        "offs.push(s.len() * 2 + 1);",
        "deque.push_back(list.len());",
        "offs.push(deque.len());",
    ],
    exits: &[
        "if list.len() >= 9 { break; }",
        "if s.len() > 30 { break; }",
        "if @C && @C { break; }",
        "if @C && @C { return Err(x); }",
        "checked(@E).ok_or(7)?;",
    ],
    near: &[
        "if list.is_empty() { list.push(@E); }",
        "write!(s, \"{}\", @E).unwrap();",
        "if list.len() < 5 { list.push(@E); }",
        "if s.len() < 12 { s.push('k'); }",
        "s.clear();",
        "if @C { s.clear(); }",
        "list.pop();",
        "list.truncate(3);",
        "s.insert(0, 'c');",
        "s = String::new();",
        "list[0] = @E;",
        "if s.ends_with('x') { s.push('y'); }",
        "list.push(*list.last().unwrap_or(&3));",
        "if list.len() % 3 == 0 { continue; }",
        "if list.len() % 3 == 0 { list.push(1); }",
        "if s.len() > 7 { s.clear(); }",
        "offs.push(offs.len());",
        "let r = &s; offs.push(r.len());",
        "let old = std::mem::take(&mut s); offs.push(old.len());",
        "list.dedup();",
        "list.retain(|y| *y != x);",
        "list.append(&mut vec![x, 1]);",
        "list.resize(list.len() + 2, 0);",
        "list.insert(list.len(), x);",
        "list.insert(0, x);",
        "offs.push(s.chars().count());",
        "s.push(s.chars().next().unwrap_or('q'));",
        "s = s.clone() + \"z\";",
        "s = format!(\"{s}!\");",
        "deque.push_front(1);",
        "most += s.len();",
        "let t = &mut list; t.push(x);",
        "(|| list.push(1))();",
        "offs.extend(list.len()..list.len() + 2);",
        "s.push_str(&s.len().to_string());",
        "list.extend(vec![0; list.len() & 1]);",
    ],
    in_loop: true,
};

const HEADERS: &[&str] = &[
    "for &x in xs {",
    "for (i, &x) in xs.iter().enumerate() {",
    "for x in xs.iter().rev().copied() {",
    "for i in 0..xs.len() { let x = xs[i];",
    "for (&x, y) in xs.iter().zip(ys) { let x = x ^ y;",
    "for x in xs.iter().copied().filter(|x| x % 2 == 0) {",
    "for c in xs.chunks(3) { let x = c[0] ^ c.len() as i64;",
];

pub(crate) fn function(random: &mut Random) -> Function {
    let mut shape = random.shape();
    let scope = vec!["x".to_string()];
    let header = shape.one_of(HEADERS);
    let writes = shape.once_in(3);
    let statements = if writes { WRITES } else { STATEMENTS };
    let body = statements.body(random, &scope);
    let body = format!("{body}\n{}", statements.body(random, &scope));
    let is_given = shape.once_in(3);
    let (parameters, declared, returned, call) = match is_given {
        true => (
            "s: &mut String, list: &mut Vec<i64>, ",
            "",
            "(String::new(), Vec::new(), offs, deque, most)",
            "{ let (mut s, mut list) = (String::from(\"g\"), vec![8]); (NAME(&mut s, &mut list, &d.xs, &d.ys), s, list) }",
        ),
        false => (
            "",
            shape.one_of(&[
                "let (mut s, mut list) = (String::new(), Vec::<i64>::new());",
                "let (mut s, mut list) = (String::from(\"tü\"), vec![4_i64; 3]);",
                "let mut s = String::with_capacity(9); let mut list = ys.to_vec();",
            ]),
            "(s, list, offs, deque, most)",
            "NAME(&d.xs, &d.ys)",
        ),
    };
    let body = match is_given {
        true => body
            .replace("&mut s,", "s,")
            .replace("take(&mut s)", "take(s)")
            .replace("s = String", "*s = String")
            .replace("s = s.clone()", "*s = s.clone()")
            .replace("s = format", "*s = format")
            .replace("s += ", "*s += ")
            .replace("&mut list", "&mut *list"),
        false => body,
    };
    Function {
        attribute: if writes || shape.once_in(6) {
            "par_reduce"
        } else {
            "par_scan"
        },
        options: cutoff(random),
        item: format!(
            "fn NAME({parameters}xs: &[i64], ys: &[i64]) -> Result<(String, Vec<i64>, Vec<usize>, std::collections::VecDeque<usize>, usize), i64> {{\nuse std::fmt::Write;\n{declared}\nlet mut offs = vec![0_usize]; let mut deque = std::collections::VecDeque::new(); deque.push_back(1_usize); let mut most = 2_usize;\n{header}\n{body}\n}}\nOk({returned})\n}}"
        ),
        call: call.to_string(),
        within: None,
    }
}
