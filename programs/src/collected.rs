//! Random recursions with numbers, flags and lists that calls add to, with arguments that are made before what stands
//! between the calls, with numbers that a loop carries past its calls, and with boards that are asked by `||` and `&&`.

use crate::Function;
use crate::random::Random;
use crate::statements::{Statements, filled};

/// What a collector is: its type, its start, what is done with it, and near misses.
struct Collector {
    ty: &'static str,
    start: &'static str,
    statements: Statements,
}

const COLLECTORS: &[Collector] = &[
    Collector {
        ty: "Vec<i64>",
        start: "vec![7]",
        statements: Statements {
            plain: &["out.push(@E);", "out.extend([x, @E]);", "out.push(x);"],
            exits: &[],
            near: &[
                "out.pop();",
                "if out.len() > 9 { return Default::default(); }",
                "out.push(out.len() as i64);",
                "if let Some(o) = out.last_mut() { *o ^= x; }",
                "out.reverse();",
                "let old = std::mem::take(out); out.push(old.len() as i64);",
            ],
            in_loop: false,
        },
    },
    Collector {
        ty: "i64",
        start: "4",
        statements: Statements {
            plain: &["*out += @S;", "*out -= @S;", "*out += 1;"],
            exits: &[],
            near: NUMBERS,
            in_loop: false,
        },
    },
    Collector {
        ty: "i64",
        start: "4",
        statements: Statements {
            plain: &[
                "*out = (*out).max(@E);",
                "if @E > *out { *out = x; }",
                "let y = @E; if y > *out { *out = y; }",
                "*out = std::cmp::max(*out, x);",
                "let y = @E; if *out < y { *out = y; }",
            ],
            exits: &[],
            near: NUMBERS,
            in_loop: false,
        },
    },
    Collector {
        ty: "i64",
        start: "9",
        statements: Statements {
            plain: &["*out ^= @E;", "*out ^= x;"],
            exits: &[],
            near: NUMBERS,
            in_loop: false,
        },
    },
    Collector {
        ty: "i64",
        start: "9",
        statements: Statements {
            plain: &["*out = out.wrapping_add(@E);", "*out = (*out).wrapping_add(x);"],
            exits: &[],
            near: NUMBERS,
            in_loop: false,
        },
    },
    Collector {
        ty: "bool",
        start: "false",
        statements: Statements {
            plain: &["*out = true;", "*out |= @C;", "if @C { *out = true; }"],
            exits: &[],
            near: &[
                "*out = false;",
                "*out = !*out;",
                "*out = @C;",
                "if *out { return Default::default(); }",
                "*out &= @C;",
                "*out ^= @C;",
            ],
            in_loop: false,
        },
    },
    Collector {
        ty: "String",
        start: "String::from(\"s\")",
        statements: Statements {
            plain: &["out.push('k');", "*out += \"ab\";", "out.push_str(&x.to_string());"],
            exits: &[],
            near: &[
                "out.clear();",
                "if out.len() > 12 { out.push('!'); }",
                "out.insert(0, 'i');",
            ],
            in_loop: false,
        },
    },
    Collector {
        ty: "std::collections::BTreeMap<i64, Vec<i64>>",
        start: "[(1, vec![5])].into()",
        statements: Statements {
            plain: &[
                "out.entry(@S).or_default().push(x);",
                "out.entry(x % 3).or_default().extend([@E]);",
            ],
            exits: &[],
            near: &[
                "out.insert(x % 3, vec![]);",
                "out.remove(&1);",
                "if out.len() > 3 { out.entry(0).or_default().clear(); }",
            ],
            in_loop: false,
        },
    },
    Collector {
        ty: "std::collections::BTreeSet<i64>",
        start: "[1].into()",
        statements: Statements {
            plain: &["out.insert(@S);", "let _ = out.insert(x);"],
            exits: &[],
            near: &["if !out.insert(x) { return Default::default(); }", "out.remove(&1);"],
            in_loop: false,
        },
    },
];

/// What a number's collector isn't asked for.
const NUMBERS: &[&str] = &[
    "if *out > 5 { return Default::default(); }",
    "*out = x;",
    "*out = *out * 2 % 99;",
    "let u = u ^ *out;",
    "*out = (*out).min(@E);",
    "*out = out.wrapping_mul(3);",
    "if *out % 2 == 0 { *out += 1; }",
    "let old = std::mem::replace(out, 1); *out = old / 2;",
];

/// What stands around the calls, by the type of the result. `#call` is the call for `child`, `#a` and `#b` those for
/// two of them, `#at` one that is given `at`, and `#do` stands for statements.
const SHAPES: &[(&str, &[&str])] = &[
    (
        "()",
        &[
            "#do for child in &node.kids { #do #call; } #do",
            "for child in &node.kids { #call; #do }",
            "for child in &node.kids { if @C { continue; } #call; }",
            "for (i, child) in node.kids.iter().enumerate() { let x = i as i64; #do #call; }",
            "if let [a, b, ..] = &node.kids[..] { #a; #do #b; } else { #do }",
            "#do if let [a, b, ..] = &node.kids[..] { if @C { #a; } #do if @C { #b; } }",
            "for child in node.kids.iter().rev() { #call; } #do",
            "node.kids.iter().for_each(|child| #call); #do",
            "if @C && @C { return; } #do for child in &node.kids { #call; }",
            // carried past the calls
            "let mut at = u; for child in &node.kids { if at > 40 { #do } at += child.kids.len() as i64; if @C { continue; } #at; }",
            "let mut at = x; for child in &node.kids { at = at.wrapping_mul(3) ^ child.key; #at; #do at += 1; }",
        ],
    ),
    (
        "i64",
        &[
            "let mut t = 0_i64; for child in &node.kids { t = t.wrapping_add(#call); #do } #do t ^ @E",
            "#do let mut t = x; for child in &node.kids { let v = #call; t = (t / 2).wrapping_sub(v); } t",
            "if let [a, b, ..] = &node.kids[..] { let l = #a; #do let r = #b; l.wrapping_mul(3).wrapping_sub(r) } else { #do u }",
            "if let [a, b, ..] = &node.kids[..] { #do #a.wrapping_mul(3) ^ #b } else { #do x }",
            "if let [a, b, ..] = &node.kids[..] { let l = #a; let r = #b; #do l ^ r.wrapping_mul(5) } else { #do x }",
            "let mut t = u; let mut at = 0; for child in &node.kids { if @C { at += 1; continue; } t = t.wrapping_add(#at); at += child.kids.len() as i64; } #do t",
            "let mut most = @E; for child in &node.kids { #do most = most.max(#call); } most",
            "#do node.kids.iter().map(|child| #call).fold(x, |a, b| a ^ b)",
            "let mut t = 1_i64; for child in &node.kids { let v = #call; if v % 7 == 3 { break; } t ^= v; } #do t",
        ],
    ),
    (
        "bool",
        &[
            "#do for child in &node.kids { if #call { return true; } } @C && @C && @C",
            "#do if let [a, b, ..] = &node.kids[..] { #a || #b } else { @C }",
            "#do if let [a, b, ..] = &node.kids[..] { #a && @C && #b } else { @C }",
            "#do node.kids.iter().any(|child| #call)",
            "#do let mut found = false; for child in &node.kids { found |= #call; #do } found || @C",
            "for child in &node.kids { if !#call { #do return false; } } true",
        ],
    ),
    (
        "Option<i64>",
        &[
            "#do let mut t = x; for child in &node.kids { t ^= #call?; #do } Some(t)",
            "if @C && @C && @C { return None; } #do if let [a, b, ..] = &node.kids[..] { let l = #a?; #do let r = #b?; Some(l ^ r) } else { Some(x) }",
            "if @C && @C && @C { return None; } if let [a, b, ..] = &node.kids[..] { Some(#a?.wrapping_mul(3) ^ #b?) } else { #do Some(u) }",
            "#do for child in &node.kids { #call?; } checked(@E)",
            "let y = checked(@E)?; for child in &node.kids { #do let v = #call?; if v == y { return None; } } Some(y)",
        ],
    ),
    (
        "Result<(), i64>",
        &[
            "#do if @C && @C { return Err(x); } for child in &node.kids { #call?; } Ok(())",
            "for child in &node.kids { #call?; #do } checked(@E).map(|_| ()).ok_or(x)",
            "if let [a, b, ..] = &node.kids[..] { #a?; #do #b } else { #do checked(@E).map(|_| ()).ok_or(u) }",
        ],
    ),
];

pub(crate) fn function(random: &mut Random) -> Function {
    let mut shape = random.shape();
    match shape.below(8) {
        0 => return choices(random),
        1 => return board(random),
        _ => {}
    }
    let scope: Vec<String> = ["x", "u"].map(String::from).to_vec();
    let collector = &COLLECTORS[shape.below(COLLECTORS.len())];
    let (result, bodies) = SHAPES[shape.below(SHAPES.len())];
    let body = random.one_of(bodies);
    let mut body = filled(random, body, &scope);
    while let Some((before, after)) = body.split_once("#do") {
        let made = match random.below(6) {
            0..=2 => String::new(),
            3 => format!("{{ {} }}", collector.statements.body(random, &scope)),
            _ => collector.statements.body(random, &scope),
        };
        body = format!("{before}{made}{after}");
    }
    if result.starts_with("Result") {
        body = body.replace("Default::default()", "Err(9)");
    }
    let argument = random.one_of(&["u ^ x", "u", "x", "u.wrapping_add(3)", "helper(u)"]);
    let body = body
        .replace("#call", &format!("NAME(child, {argument}, out)"))
        .replace("#at", "NAME(child, at, out)")
        .replace("#a", &format!("NAME(a, {argument}, out)"))
        .replace("#b", "NAME(b, x, out)");
    let arrow = if result == "()" {
        String::new()
    } else {
        format!(" -> {result}")
    };
    Function {
        attribute: "par_divide",
        options: String::new(),
        item: format!(
            "fn NAME(node: &Node, u: i64, out: &mut {}){arrow} {{ let x = node.key;\n{body}\n}}",
            collector.ty
        ),
        call: format!(
            "{{ let mut out: {} = {}; (NAME(&d.node, 3, &mut out), out) }}",
            collector.ty, collector.start
        ),
        within: None,
    }
}

/// What is given to the next call is changed between the calls.
const CHOICES: &[&str] = &[
    "NAME(n - 1, chosen.clone(), out); chosen.push(@E); NAME(n - 1, chosen, out);",
    "let mut next = chosen.clone(); next.push(@E); NAME(n - 1, next, out); chosen.push(x); NAME(n - 1, chosen, out);",
    "if @C { let mut next = chosen.clone(); next.push(@E); NAME(n - 1, next, out); } if @C { chosen.push(x); NAME(n - 1, chosen, out); }",
    "chosen.push(@E); NAME(n - 1, chosen.clone(), out); out.push(chosen.clone()); chosen.pop(); NAME(n - 1, chosen, out);",
    "NAME(n - 1, { let mut c = chosen.clone(); c.push(x); c }, out); chosen.reverse(); NAME(n - 1, chosen, out);",
    "NAME(n - 1, chosen.iter().map(|&x| @E).collect(), out); NAME(n - 1, chosen, out);",
    "for k in 0..2_i64 { let mut next = chosen.clone(); next.push(k ^ @E); NAME(n - 1, next, out); } chosen.clear(); NAME(n - 1, chosen, out);",
    "let left = chosen.split_off(chosen.len() / 2); NAME(n - 1, left, out); NAME(n - 1, chosen, out);",
    "NAME(n - 1, chosen.clone(), out); if @C { return; } chosen.push(x); NAME(n - 1, chosen, out);",
    // what is given depends on what was collected
    "NAME(n - 1, chosen.clone(), out); chosen.push(out.len() as i64); NAME(n - 1, chosen, out);",
    "NAME(n - 1, chosen.clone(), out); if let Some(last) = out.pop() { chosen = last; } NAME(n - 1, chosen, out);",
    "NAME(n - 1, chosen.clone(), out); let m = n; let n = m - 1; chosen.push(m as i64); NAME(n, chosen, out);",
];

fn choices(random: &mut Random) -> Function {
    let scope: Vec<String> = ["x", "(chosen.len() as i64)"].map(String::from).to_vec();
    let calls = random.one_of(CHOICES);
    let calls = filled(random, calls, &scope);
    let end = random.one_of(&["out.push(chosen);", "out.push(chosen.clone());", "out.push(vec![@E]);"]);
    let end = filled(random, end, &scope);
    Function {
        attribute: "par_divide",
        options: random.one_of(&["threshold = 2", "", ""]).to_string(),
        item: format!(
            "fn NAME(n: usize, mut chosen: Vec<i64>, out: &mut Vec<Vec<i64>>) {{ let x = n as i64 * 3 + 1; if n == 0 {{ {end} return; }}\n{calls}\n}}"
        ),
        call:
            "{ let mut out = vec![vec![7]]; NAME(d.n.min(6), d.xs.iter().copied().take(4).collect(), &mut out); out }"
                .to_string(),
        within: None,
    }
}

/// A board that is changed before the calls and put back behind them, or left as it is by the call that ends the search: what
/// `private` wants.
const BOARDS: &[&str] = &[
    "board[row] = @E; if #1 || #2 { return true; } board[row] = old; false",
    "board[row] = @E; let found = #1 || (@C && #2) || #3; board[row] = old; found",
    "board[row] = @E; if #1 || (@C && #2) { return true; } board[row] = old; false",
    "board[row] = @E; if #1 { return true; } board[row] = @E; if #2 { return true; } board[row] = old; false",
    "board[row] = 1; let found = #1; board[row] = 2; let other = #2; board[row] = old; found || other",
    "board[row] = @E; if #1 || #2 || @C && #3 { board[row] = 9; return true; } board[row] = old; false",
    "for k in 0..3 { board[row] = k ^ @E; if #1 { return true; } } board[row] = old; false",
    "board[row] = @E; if !#1 && !#2 { board[row] = old; return false; } true",
    // what a call left is looked at
    "board[row] = @E; if #1 || board[0] > 3 || #2 { return true; } board[row] = old; false",
    "board[row] = @E; let found = #1; let seen = board[row]; board[row] = old; found && seen % 3 == 0",
];

fn board(random: &mut Random) -> Function {
    let scope: Vec<String> = ["x", "u", "old"].map(String::from).to_vec();
    let body = random.one_of(BOARDS);
    let body = filled(random, body, &scope);
    let call = |u: &str| format!("NAME(board, row + 1, {u})");
    let body = body
        .replace("#1", &call("u ^ x"))
        .replace("#2", &call("x"))
        .replace("#3", &call("u.wrapping_add(old)"));
    let end = random.one_of(&[
        "board.iter().fold(u, |a, &b| a.wrapping_mul(3) ^ b) % 5 == 2",
        "@C && board[0] % 3 == 1",
        "board.iter().sum::<i64>() % 7 == 3",
    ]);
    let end = filled(random, end, &scope);
    let ty = random.one_of(&["&mut Vec<i64>", "&mut [i64]"]);
    Function {
        attribute: "par_divide",
        options: "private(board)".to_string(),
        item: format!(
            "fn NAME(board: {ty}, row: usize, u: i64) -> bool {{ let x = row as i64; if row == board.len() {{ let old = 3_i64; return {end}; }} let old = board[row];\n{body}\n}}"
        ),
        call: "{ let mut board: Vec<i64> = d.xs.iter().map(|x| x % 3).take(6).collect(); (NAME(&mut board, 0, d.n as i64), board) }"
            .to_string(),
        within: None,
    }
}
