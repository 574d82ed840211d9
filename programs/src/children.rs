//! Random recursions over the children of a node, over ranges, and with a board that every child has a copy of.

use crate::Function;
use crate::expressions::{condition, integer};
use crate::random::Random;

pub(crate) fn function(random: &mut Random) -> Function {
    let scope: Vec<String> = ["x", "u"].map(String::from).to_vec();
    let leaf = integer(random, 2, &scope);
    let c = condition(random, 1, &scope);
    let found: Vec<String> = ["v", "x"].map(String::from).to_vec();
    let (made, wanted) = (integer(random, 2, &found), condition(random, 1, &found));
    let node = |returns: &str, body: String| {
        let item = format!("fn NAME(node: &Node, u: i64) -> {returns} {{ let x = node.key; {body} }}");
        (item, "NAME(&d.node, 3)".to_string())
    };
    let board = |body: String| {
        let item = format!("fn NAME(board: &mut Vec<usize>, row: usize, u: i64) -> i64 {{ {body} }}");
        (item, "NAME(&mut vec![0; d.n.min(5)], 0, 3)".to_string())
    };
    let mut shape = random.shape();
    let kind = shape.below(35);
    let (item, call) = match kind {
        0 => node(
            "i64",
            format!(
                "let mut total = {leaf}; for child in &node.kids {{ let v = NAME(child, u ^ x); total = total.wrapping_add({made}); }} total"
            ),
        ),
        1 => node(
            "i64",
            format!(
                "let mut most = {leaf}; for (i, child) in node.kids.iter().enumerate() {{ let v = NAME(child, i as i64); if {wanted} {{ continue; }} most = most.max({made}); }} most"
            ),
        ),
        2 => node(
            "Vec<i64>",
            format!(
                "let mut all = vec![{leaf}]; for child in &node.kids {{ if {c} {{ all.push(u); }} all.extend(NAME(child, x)); }} all"
            ),
        ),
        3 => node(
            "Option<i64>",
            format!(
                "if ({leaf}) % 17 == 5 {{ return None; }} let mut total = x; for child in &node.kids {{ let v = NAME(child, u ^ 1)?; total ^= {made}; }} Some(total)"
            ),
        ),
        4 => node(
            "Option<i64>",
            format!(
                "if ({leaf}) % 11 == 5 {{ return Some(x); }} for child in &node.kids {{ if let Some(v) = NAME(child, x) {{ return Some({made}); }} }} None"
            ),
        ),
        5 => node(
            "bool",
            format!("{c} || node.kids.iter().any(|child| NAME(child, u ^ x))"),
        ),
        6 => node(
            "bool",
            format!("!({c}) && node.kids.iter().all(|child| NAME(child, u.wrapping_add(x)))"),
        ),
        7 => node(
            "i64",
            format!(
                "({leaf}) % 100 + node.kids.iter().map(|child| {{ let v = NAME(child, x); ({made}) % 100 }}).sum::<i64>()"
            ),
        ),
        8 => node(
            "Option<i64>",
            format!("let v = {leaf}; node.kids.iter().map(|child| NAME(child, v)).max().flatten().or(Some(v))"),
        ),
        9 => node(
            "Option<Vec<i64>>",
            format!(
                "if {c} && ({leaf}) % 5 == 0 {{ return None; }} let lists: Option<Vec<Vec<i64>>> = node.kids.iter().map(|child| NAME(child, u)).collect(); let mut all = lists?.concat(); all.push(x); Some(all)"
            ),
        ),
        10 => {
            let item = format!(
                "fn NAME(node: &Node, u: i64, out: &mut Vec<i64>) {{ let x = node.key; out.push({leaf}); for child in &node.kids {{ if {c} {{ out.push(u); }} NAME(child, x, out); }} }}"
            );
            (
                item,
                "{ let mut out = vec![7]; NAME(&d.node, 3, &mut out); out }".to_string(),
            )
        }
        11 => {
            let item = format!(
                "fn NAME(lo: usize, hi: usize, u: i64) -> i64 {{ let x = (hi - lo) as i64; if hi - lo < 3 {{ return {leaf}; }} let mid = lo + (hi - lo) / 2; let v = NAME(lo, mid, u).wrapping_add(NAME(mid, hi, u ^ 1)); {made} }}"
            );
            (item, "NAME(0, d.n, 3)".to_string())
        }
        12 => {
            let item = format!(
                "fn NAME(n: usize, u: i64) -> Result<i64, String> {{ let x = n as i64; if n < 2 {{ return if {c} {{ Err(x.to_string()) }} else {{ Ok({leaf}) }}; }} let v = NAME(n - 1, u)? ^ NAME(n - 2, x)?; Ok({made}) }}"
            );
            (item, "NAME(d.n.min(9), 3)".to_string())
        }
        13 => {
            let item = format!(
                "fn NAME(n: usize, u: i64) -> [i64; 3] {{ let x = n as i64; if n < 3 {{ return [{leaf}, x, u]; }} let [v, _, b] = NAME(n - 3, x ^ u); let [c, d, _] = NAME(n - 2, u); let (e, f) = (NAME(n - 1, v)[0], 3); [{made}, b ^ c, d ^ e ^ f] }}"
            );
            (item, "NAME(d.n.min(8), 3)".to_string())
        }
        14 => board(format!(
            "if row == board.len() {{ return 1; }} let x = row as i64; let mut total = 0; for column in 0..board.len() {{ let u = column as i64; if {c} && board[..row].contains(&column) {{ continue; }} board[row] = column; total += NAME(board, row + 1, ({leaf}) % 9); }} total"
        )),
        15 => board(format!(
            "if row == board.len() {{ return board.iter().fold(u, |a, &b| a.wrapping_mul(3) ^ b as i64); }} let x = row as i64; let mut most = 0; for column in 0..board.len() {{ if board[..row].iter().all(|&b| b != column) {{ board[row] = column; let v = NAME(board, row + 1, {leaf}); most = most.max({made}); board[row] = 0; }} }} most"
        )),
        16 => {
            let item = format!(
                "fn NAME(n: usize, u: i64) -> Option<Box<Tree>> {{ let x = n as i64; if n == 0 || {c} {{ return None; }} Some(Box::new(Tree {{ key: {leaf}, left: NAME(n / 2, x), right: NAME(n - 1 - n / 2, u ^ x) }})) }}"
            );
            (item, "NAME(d.n.min(60), 3)".to_string())
        }
        17 => {
            let item = format!(
                "fn NAME(xs: &mut Vec<i64>, u: i64) -> Vec<i64> {{ if xs.len() < 2 {{ return xs.clone(); }} let x = xs[0]; let (mut l, mut r): (Vec<i64>, Vec<i64>) = xs[1..].iter().partition(|&&v| {wanted}); let mut out = NAME(&mut l, {leaf}); out.push(x); out.extend(NAME(&mut r, u)); out }}"
            );
            (
                item,
                "{ let mut xs = d.ys.clone(); xs.truncate(150); NAME(&mut xs, 1) }".to_string(),
            )
        }
        18 => {
            let item = format!(
                "fn NAME(xs: &mut [i64], u: i64) -> i64 {{ if xs.len() < 4 {{ return xs.iter().fold(u, |v, &x| {made}); }} let x = xs[0]; let m = xs.len() / 2; let a = NAME(&mut xs[..m], {leaf}); let b = NAME(&mut xs[m..], u); xs[m] = a ^ b; a.wrapping_sub(b) }}"
            );
            (
                item,
                "{ let mut xs = d.ys.clone(); (NAME(&mut xs, 1), xs) }".to_string(),
            )
        }
        // the rest has no law: the calls run side by side before
        21 => node(
            "i64",
            format!(
                "let mut h = {leaf}; for (i, child) in node.kids.iter().enumerate() {{ if {c} && i > 2 {{ continue; }} let v = NAME(child, i as i64); h = (h / 2).wrapping_sub({made}); }} h"
            ),
        ),
        22 => node(
            "f64",
            format!(
                "let mut total = (({leaf}) % 100) as f64; for child in &node.kids {{ total = total / 3.0 + NAME(child, u ^ x) * 0.7; }} total"
            ),
        ),
        23 => node(
            "Option<(i64, i64)>",
            format!(
                "let mut best: Option<(i64, i64)> = ({c}).then_some((({leaf}) % 20, x)); for child in &node.kids {{ if let Some((v, k)) = NAME(child, x) {{ match best {{ None => best = Some((v, k)), Some((b, _)) if v < b => best = Some((v, k ^ 1)), _ => {{}} }} }} }} best"
            ),
        ),
        24 => node(
            "Result<i64, String>",
            format!(
                "if ({leaf}) % 29 == 5 {{ return Err(format!(\"{{x}}\")); }} let mut total = x; for child in &node.kids {{ let v = NAME(child, u.wrapping_add(1))?; total = total / 2 - ({made}) % 100; }} Ok(total)"
            ),
        ),
        25 => node(
            "String",
            format!(
                "let mut out = format!(\"{{x}}:\"); let mut count = 0; for child in &node.kids {{ count += 1; let text = NAME(child, u ^ x); if text.len() > 9 && {c} {{ out += &format!(\"{{count}},\"); }} out += &text; }} out"
            ),
        ),
        26 => node(
            "(i64, i64)",
            format!(
                "let (mut longest, mut most) = (0, {leaf}); for child in &node.kids {{ let (v, d) = NAME(child, x); most = most.max(d).max(longest + v % 9); longest = longest.max(v % 9 + 1); }} (longest, most)"
            ),
        ),
        // collectors
        27 | 28 => {
            let count = random.one_of(&[
                "*counts.entry((E) % 7).or_insert(0) += 1;",
                "*counts.entry((E) % 7).or_default() += 2;",
                "let slot = counts.entry((E) % 7).or_insert(0); *slot += 1;",
                "*counts.entry((E) % 7).or_insert(0) -= 1;",
            ]);
            let count = count.replace('E', &format!("({leaf})"));
            let item = format!(
                "fn NAME(node: &Node, u: i64, counts: &mut std::collections::BTreeMap<i64, i64>) {{ let x = node.key; {count} for child in &node.kids {{ if {c} {{ {count} }} NAME(child, x, counts); }} }}"
            );
            (
                item,
                "{ let mut counts = [(1, 5)].into(); NAME(&d.node, 3, &mut counts); counts }".to_string(),
            )
        }
        29 => {
            let item = format!(
                "fn NAME(node: &Node, u: i64, out: &mut String) {{ use std::fmt::Write; let x = node.key; write!(out, \"{{}}(\", {leaf}).unwrap(); for child in &node.kids {{ NAME(child, x, out); if {c} {{ *out += \",\"; }} }} out.push(')'); }}"
            );
            (
                item,
                "{ let mut out = String::from(\"s\"); NAME(&d.node, 3, &mut out); out }".to_string(),
            )
        }
        // what the loop changes is read by the calls, or by what decides about them
        30 => node(
            "i64",
            format!(
                "let mut v = {leaf}; for child in &node.kids {{ let w = NAME(child, u); if v % 5 == 3 {{ break; }} v = v.wrapping_add(w) / 2; }} v"
            ),
        ),
        31 => node(
            "i64",
            format!(
                "let mut v = {leaf}; for child in &node.kids {{ if v > 40 {{ continue; }} v = (v / 2).wrapping_sub(NAME(child, u ^ 1)); }} v"
            ),
        ),
        32 => {
            let item = format!(
                "fn NAME(node: &Node, u: i64, seen: &mut Vec<i64>) -> i64 {{ let x = node.key; if seen.len() % 3 == 1 {{ seen.push({leaf}); }} let mut v = u; for child in &node.kids {{ v ^= NAME(child, x, seen); seen.push(v); }} v }}"
            );
            (
                item,
                "{ let mut seen = vec![7]; (NAME(&d.node, 3, &mut seen), seen) }".to_string(),
            )
        }
        // functions of one's own whose names mislead
        33 | 34 => {
            let declared = random.one_of(&[
                "fn NAMED(a: i64, b: i64) -> i64 { a / 2 - b }",
                "let NAMED = |a: i64, b: i64| a / 2 - b;",
                "use odd::NAMED;",
                "use odd::half as NAMED;",
            ]);
            let update = random.one_of(&[
                "for child in &node.kids { v = NAMED(v, NAME(child, u)); } v",
                "for child in &node.kids { let w = NAME(child, u ^ x); v = NAMED(w, v); } v",
                "for child in &node.kids { v = odd::NAMED(v, NAME(child, u)); } v",
                "node.kids.iter().map(|child| NAME(child, x)).fold(v, NAMED)",
                "for child in &node.kids { let w = NAME(child, u); v = Named::NAMED(v, w); } v",
            ]);
            let named = random.one_of(&["max", "min", "add", "wrapping_add"]);
            let body = format!("{declared} let mut v = {leaf}; {update}").replace("NAMED", named);
            node("i64", body)
        }
        // near misses
        19 => node(
            "i64",
            format!("let mut v = {leaf}; for child in &node.kids {{ v = NAME(child, v); v = {made}; }} v"),
        ),
        _ => node(
            "i64",
            format!(
                "let mut v = u; for child in &node.kids {{ if {wanted} {{ break; }} v = v.wrapping_add(NAME(child, v)); }} v"
            ),
        ),
    };
    let is_board = matches!(kind, 14 | 15);
    Function {
        attribute: "par_divide",
        options: match (is_board, item.contains("&Node")) {
            (true, _) => "private(board)".to_string(),
            (_, true) => String::new(),
            _ => random.one_of(&["threshold = 2", "threshold = 4", ""]).to_string(),
        },
        item,
        call,
        within: None,
    }
}
