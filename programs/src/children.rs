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
    let kind = shape.below(21);
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
