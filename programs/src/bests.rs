//! Random loops that keep the best, the first, the last or a sum in an `Option`, of floats with NaN and both zeros, of
//! structs that can't be copied, in fields and in variables; and several of them in the values of maps.

use crate::Function;
use crate::random::Random;
use crate::statements::{Statements, cutoff};

/// In floats `z`, with a NaN and both zeros now and then.
const FLOATS: Statements = Statements {
    plain: &[
        "best = match best { Some(b) if b >= z => Some(b), _ => Some(z) };",
        "best = match best { None => Some(z), Some(b) => Some(if z < b { z } else { b }) };",
        "best = Some(best.map_or(z, |b| b.max(z)));",
        "best = Some(best.map_or(z, |b: f64| b.min(z)));",
        "match best.as_mut() { Some(b) => { if z > *b { *b = z; } } None => best = Some(z) }",
        "if let Some(b) = &mut best { if *b < z { *b = z } } else { best = Some(z) }",
        "if best.is_none_or(|b| z > b) { best = Some(z); }",
        "if best.is_none_or(|b| z >= b) { best = Some(z); }",
        "if best.map_or(true, |b| z < b) { best = Some(z); }",
        "if best.is_none() || z > best.unwrap() { best = Some(z); }",
        "match best { Some(b) if b <= z => {} _ => best = Some(z) }",
        "match best { Some(b) if !(z > b) => {} _ => best = Some(z) }",
        "best.get_or_insert(z);",
        "best = best.or(Some(z));",
        "best = Some(z);",
        "if z > most { most = z; }",
        "if z < low { low = z; }",
        "most = most.max(z);",
        "if z >= most { most = z; at = i; }",
        "match place { None => place = Some((i, z)), Some((_, b)) if z > b => place = Some((i, z)), Some(_) => {} }",
        "match place { Some((_, b)) if b >= z => {} _ => place = Some((i, z)) }",
        "place = match place { Some((k, b)) if b < z => Some((k, b)), _ => Some((i, z)) };",
        "if place.is_none_or(|p| z > p.1) { place = Some((i, z)); }",
        "range = match range { Some((l, h)) => Some((l.min(z), h.max(z))), None => Some((z, z)) };",
        "match &mut range { Some((l, h)) => { if z < *l { *l = z; } if z > *h { *h = z; } } None => range = Some((z, z)) }",
    ],
    exits: &["if @C && @C { break; }"],
    near: &[
        "if best == Some(3.0) { best = None; }",
        "best = None;",
        "if best.is_some_and(|b| b > 2.0) { continue; }",
        "best = best.map(|b| b / 2.0);",
        "best = best.filter(|b| *b > z);",
        "place = place.map(|(k, b)| (k, b.max(z)));",
        "if let Some(b) = best { if z > b { best = Some(b); } }",
        "most = -most;",
    ],
    in_loop: true,
};

/// In integers, and in what can't be copied.
const VALUES: Statements = Statements {
    plain: &[
        "if f.best.as_ref().is_none_or(|b| y > b.key) { f.best = Some(Word { key: y, text: format!(\"{i}\") }); }",
        "f.best = match f.best.take() { Some(old) if old.key >= y => Some(old), _ => Some(Word { key: y, text: format!(\"{i}\") }) };",
        "match &f.best { Some(b) if b.key >= y => {} _ => f.best = Some(Word { key: y, text: format!(\"{i}\") }) }",
        "if let Some(b) = &mut f.best { if y < b.key { *b = Word { key: y, text: format!(\"{i}\") }; } } else { f.best = Some(Word { key: y, text: format!(\"{i}\") }); }",
        "f.low = Some(f.low.map_or(y, |l| l.min(y)));",
        "f.low = match f.low { Some(l) if l <= y => Some(l), _ => Some(y) };",
        "*f.sum.get_or_insert(0) += @S;",
        "f.sum = Some(f.sum.unwrap_or(0) + @S);",
        "match f.sum { Some(ref mut s) => *s += @S, None => f.sum = Some(@S) }",
        "if let Some(s) = f.sum.as_mut() { *s += @S; } else { f.sum = Some(@S); }",
        "f.text.get_or_insert_with(String::new).push_str(\"+\");",
        "if @C { f.text.get_or_insert_default().push('k'); }",
        "f.list.get_or_insert_with(Vec::new).push(y);",
        "match &mut f.list { Some(list) => list.push(y), None => f.list = Some(vec![y]) }",
        "if let Some(list) = &mut f.list { list.push(@E); } else { f.list = Some(vec![@E]); }",
        "f.first = f.first.or(Some(y));",
        "if f.first.is_none() { f.first = Some(@E); }",
        "f.first.get_or_insert(y);",
        "f.last = Some(y);",
        "if @C { f.last = Some(y); }",
    ],
    exits: &["if @C && @C { break; }"],
    near: &[
        "if f.sum == Some(3) { f.sum = None; }",
        "f.first = None;",
        "f.last = f.first;",
        "f.sum = f.sum.map(|s| s / 2);",
        "f.low = f.low.map(|l| l ^ y);",
        "f.text = None;",
        "if let Some(list) = &mut f.list { list.clear(); }",
        "if f.list.as_ref().is_some_and(|l| l.len() > 3) { continue; }",
        "f = Found::default();",
        "if f.best.is_none() { f.sum = Some(1); }",
        "f.last = f.last.map(|l| l.wrapping_add(y));",
        "f.last = f.last.or(Some(y)).filter(|l| *l > 3);",
        "*f.sum.get_or_insert(5) ^= y;",
    ],
    in_loop: true,
};

/// In the entry `e` of a map.
const ENTRIES: Statements = Statements {
    plain: &[
        "e.count += 1;",
        "e.sum += @S;",
        "e.sum -= @S;",
        "if y > e.most { e.most = y; e.at = i; }",
        "if y >= e.most { e.most = y; e.at = i; }",
        "e.low = Some(e.low.map_or(y, |l| l.min(y)));",
        "if e.low.is_none_or(|l| y < l) { e.low = Some(y); }",
        "e.last = Some(y);",
        "e.list.push(y);",
        "e.list.extend([y, @E]);",
        "e.text.push('k');",
        "e.text += &y.to_string();",
        "if @C { e.count += 2; e.list.push(i); }",
    ],
    exits: &["if @C && @C { break; }"],
    near: &[
        "if e.count > 3 { continue; }",
        "e.list.push(e.count as i64);",
        "e.sum = e.most;",
        "e.list.clear();",
        "e.list.pop();",
        "e.most = e.most.min(y);",
        "*e = Part::default();",
        "e.at = i;",
        "e.count *= 2;",
        "if e.low.is_none() { e.sum += 1; }",
        "e.text.insert(0, 'x');",
        "e.last = e.low;",
        "e.list = vec![y];",
    ],
    in_loop: true,
};

const ENTRY: &[&str] = &[
    "let e = m.entry(KEY).or_default();",
    "let e = m.entry(KEY).or_insert_with(Part::default);",
    "let e = m.entry(KEY).or_insert_with(|| Part { most: START, ..Part::default() });",
    "let e = m.entry(KEY).or_insert(Part { most: START, sum: 4, ..Default::default() });",
    "let e = m.entry(KEY).or_insert_with(|| Part { most: y, at: i, ..Part::default() });",
    "let Some(e) = m.get_mut(&(KEY)) else { m.insert(KEY, Part { most: y, ..Part::default() }); continue; };",
    "let e = &mut t[(KEY).rem_euclid(5) as usize];",
];

pub(crate) fn function(random: &mut Random) -> Function {
    let mut shape = random.shape();
    let scope: Vec<String> = ["x", "i", "y"].map(String::from).to_vec();
    let (declared, inside, result) = match shape.below(3) {
        0 => (
            "let (mut best, mut place, mut range) = (BEST, None::<(i64, f64)>, None::<(f64, f64)>); let (mut most, mut low, mut at) = (f64::NEG_INFINITY, f64::INFINITY, -1_i64);"
                .replace("BEST", shape.one_of(&["None::<f64>", "Some(3.0)", "Some(f64::NAN)"])),
            format!(
                "let z: f64 = match y.rem_euclid(9) {{ 0 => f64::NAN, 1 => 0.0, 2 => -0.0, _ => (y % 6) as f64 }};\n{}",
                FLOATS.body(random, &scope)
            ),
            "(best, place, range, most, low, at)",
        ),
        1 => (
            shape
                .one_of(&[
                    "let mut f = Found::default();",
                    "let mut f = Found { sum: Some(3), low: Some(-4), ..Found::default() };",
                ])
                .to_string(),
            VALUES.body(random, &scope),
            "f",
        ),
        _ => {
            let map = shape.one_of(&[
                "let mut m = std::collections::BTreeMap::<i64, Part>::new();",
                "let mut m: std::collections::BTreeMap<i64, Part> = [(1, Part { most: 9, ..Part::default() })].into();",
            ]);
            let start = shape.one_of(&["0", "i64::MIN", "7"]);
            let entry = shape.one_of(ENTRY).replace("START", start);
            let key = shape.one_of(&["x % 5", "y % 3", "x ^ y & 3"]);
            (
                format!("{map} let mut t = vec![Part::default(); 5];"),
                format!("{}\n{}", entry.replace("KEY", key), ENTRIES.body(random, &scope)),
                "(m, t)",
            )
        }
    };
    let y = random.one_of(&["x ^ 3", "x.wrapping_mul(5) % 23", "helper(x) % 17", "x"]);
    Function {
        attribute: "par_reduce",
        options: cutoff(random),
        item: format!(
            "fn NAME(xs: &[i64]) -> String {{\n#[derive(Debug)] struct Word {{ key: i64, text: String }}\n#[derive(Debug, Default)] struct Found {{ best: Option<Word>, low: Option<i64>, sum: Option<i64>, text: Option<String>, list: Option<Vec<i64>>, first: Option<i64>, last: Option<i64> }}\n{declared}\nfor (i, &x) in xs.iter().enumerate() {{\nlet (i, y) = (i as i64, {y});\n{inside}\n}}\nformat!(\"{{:?}}\", {result})\n}}"
        ),
        call: "NAME(&d.xs)".to_string(),
        within: None,
    }
}
