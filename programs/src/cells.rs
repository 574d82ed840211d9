//! Random loops that update parts of a table's cells, of a map's values and of what an `Option` holds.

use crate::Function;
use crate::expressions::{condition, integer};
use crate::random::Random;

pub(crate) fn function(random: &mut Random) -> Function {
    let (made, ty, body) = match random.shape().below(10) {
        6 => of_options(random),
        7 => looked_up(random),
        8 => in_two_places(random),
        9 => numbered(random),
        0 => in_map(random),
        1 => in_map_of_numbers(random),
        2 => in_table(random),
        3 => in_pair(random),
        4 => in_option(random),
        _ => at_once(random),
    };
    let scope = vec!["x".to_string()];
    let (y, c) = (integer(random, 2, &scope), condition(random, 1, &scope));
    let body = body.replace("COND", &c);
    Function {
        attribute: "par_reduce",
        options: random
            .one_of(&["threshold = 2", "threshold = 2, grain = 3", ""])
            .to_string(),
        item: format!(
            "fn NAME(xs: &[i64]) -> {ty} {{\nlet mut m: {ty} = {made};\nfor &x in xs {{\nlet y: i64 = {y};\n{body}\nlet _ = y;\n}}\nm\n}}"
        ),
        call: "NAME(&d.xs)".to_string(),
        within: None,
    }
}

type Made = (&'static str, &'static str, String);

/// One part's update, now and then under a condition.
fn update(random: &mut Random, part: &str) -> String {
    let value = random.one_of(&["x", "x", "y", "(x ^ 1)"]);
    let update = match random.below(9) {
        0 => format!("{part} = {part}.max({value});"),
        1 => format!("{part} = {value}.min({part});"),
        2 => format!("{part} = {part}.wrapping_add({value});"),
        3 => format!("{part} ^= {value};"),
        4 => format!("if {value} > {part} {{ {part} = {value}; }}"),
        5 => format!("if {part} > {value} {{ {part} = {value}; }}"),
        6 => format!("if COND && {value} > {part} {{ {part} = {value}; }}"),
        7 => format!("if {value} >= {part} {{ {part} = {value}; }}"),
        _ => format!("{part} = {value};"),
    };
    match random.below(4) {
        0 => format!("if COND {{ {update} }}"),
        _ => update,
    }
}

fn updates(random: &mut Random, parts: &[&str]) -> String {
    let mut updates: Vec<String> = Vec::new();
    if random.once_in(7) {
        updates.push("if COND { continue; }".to_string());
    }
    for part in parts {
        if !random.once_in(4) {
            updates.push(update(random, part));
        }
    }
    if random.once_in(8) {
        updates.push("if COND { break; }".to_string());
    }
    updates.join(" ")
}

fn start(random: &mut Random) -> &'static str {
    random.one_of(&["x", "x", "0", "0", "i64::MIN", "i64::MAX", "y", "1"])
}

fn in_map(random: &mut Random) -> Made {
    let ty = "std::collections::BTreeMap<i64, (i64, i64)>";
    let made = random.one_of(&["Default::default()", "[(1, (4, -4))].into()"]);
    let (a, b) = (start(random), start(random));
    let entry = random.one_of(&["or_insert((A, B))", "or_insert_with(|| (A, B))", "or_default()"]);
    let entry = entry.replace('A', a).replace('B', b);
    let updates = updates(random, &["e.0", "e.1"]);
    (made, ty, format!("let e = m.entry(x % 4).{entry}; {updates}"))
}

fn in_map_of_numbers(random: &mut Random) -> Made {
    let (ty, a) = ("std::collections::BTreeMap<i64, i64>", start(random));
    let updates = updates(random, &["(*e)"]);
    (
        "std::collections::BTreeMap::new()",
        ty,
        format!("let e = m.entry(x % 4).or_insert({a}); {updates}"),
    )
}

fn in_table(random: &mut Random) -> Made {
    let made = random.one_of(&["vec![(0, 0); 4]", "vec![(i64::MIN, i64::MAX); 4]", "vec![(5, -7); 4]"]);
    let body = if random.once_in(2) {
        format!(
            "let c = &mut m[x.rem_euclid(4) as usize]; {}",
            updates(random, &["c.0", "c.1"])
        )
    } else {
        format!(
            "let k = x.rem_euclid(4) as usize; {}",
            updates(random, &["m[k].0", "m[k].1"])
        )
    };
    (made, "Vec<(i64, i64)>", body)
}

fn in_pair(random: &mut Random) -> Made {
    let made = random.one_of(&["None", "None", "Some((2, 3))"]);
    let first = format!("({}, {})", start(random), start(random));
    let body = match random.below(3) {
        0 => {
            let updates = updates(random, &["(*a)", "(*b)"]);
            format!("if let Some((a, b)) = &mut m {{ {updates} }} else {{ m = Some({first}); }}")
        }
        1 => {
            let updates = updates(random, &["(*a)", "(*b)"]);
            format!("match m.as_mut() {{ Some((a, b)) => {{ {updates} }} None => m = Some({first}) }}")
        }
        _ => {
            let a = random.one_of(&["a.max(x)", "a.min(y)", "a.wrapping_add(x)", "b.max(x)"]);
            let b = random.one_of(&["b ^ x", "b.wrapping_add(1)", "x.max(b)", "b.wrapping_sub(x)"]);
            format!("m = match m {{ Some((a, b)) => Some(({a}, {b})), None => Some({first}) }};")
        }
    };
    (made, "Option<(i64, i64)>", body)
}

fn in_option(random: &mut Random) -> Made {
    let made = random.one_of(&["None", "None", "Some(2)"]);
    let first = start(random);
    let value = random.one_of(&[
        "b.max(x)",
        "x.min(b)",
        "b ^ x",
        "b.wrapping_add(x)",
        "if x > b { x } else { b }",
        "if b < x { b } else { x }",
        "b.wrapping_sub(x)",
    ]);
    let keeps = random.one_of(&["b >= x", "x > b", "b < x", "x <= b", "b >= y"]);
    let change = update(random, "(*b)");
    let body = match random.below(8) {
        0 => format!("m = Some(m.map_or({first}, |b: i64| {value}));"),
        1 => format!("m = match m {{ None => Some({first}), Some(b) => Some({value}) }};"),
        2 => format!("m = m.map(|b| {value}).or(Some({first}));"),
        3 => format!("match m {{ Some(b) if {keeps} => {{}} _ => m = Some({first}) }}"),
        4 => format!("match m {{ Some(b) if {keeps} => m = Some(x), None => m = Some({first}), _ => {{}} }}"),
        5 => format!("if let Some(b) = &mut m {{ {change} }} else {{ m = Some({first}); }}"),
        6 => format!("*m.get_or_insert({first}) ^= x;"),
        _ => format!("m = Some(m.unwrap_or({first}) | x);"),
    };
    (made, "Option<i64>", body)
}

/// What an element that is an `Option` becomes, in one of many spellings.
fn of_options(random: &mut Random) -> Made {
    let statement = |random: &mut Random| {
        let (first, value) = (start(random), random.one_of(&["x", "x", "y"]));
        let statement = match random.below(10) {
            0 => format!("if m[k].is_none() {{ m[k] = Some({value}); }}"),
            1 => format!("m[k].get_or_insert({value});"),
            2 => format!("m[k] = Some({value});"),
            3 => format!("m[k] = m[k].or(Some({value}));"),
            4 => format!("m[k] = Some(m[k].map_or({first}, |b: i64| b.max({value})));"),
            5 => format!("if m[k].is_none_or(|b| {value} > b) {{ m[k] = Some({value}); }}"),
            6 => format!("match m[k] {{ Some(b) if b >= {value} => {{}} _ => m[k] = Some({value}) }}"),
            7 => format!("if let Some(b) = &mut m[k] {{ *b ^= {value}; }} else {{ m[k] = Some({first}); }}"),
            8 => format!("let c = &mut m[k]; *c = Some(c.map_or({first}, |b: i64| b.min({value})));"),
            _ => "m[k] = None;".to_string(),
        };
        match random.below(4) {
            0 => format!("if COND {{ {statement} }}"),
            _ => statement,
        }
    };
    let mut body = statement(random);
    if random.once_in(4) {
        body = format!("{body} {}", statement(random));
    }
    let made = random.one_of(&["vec![None; 4]", "vec![Some(3), None, Some(-9), None]"]);
    (
        made,
        "Vec<Option<i64>>",
        format!("let k = x.rem_euclid(4) as usize; {body}"),
    )
}

/// The first value of a key is made, the others update it.
fn looked_up(random: &mut Random) -> Made {
    let ty = "std::collections::BTreeMap<i64, (i64, i64)>";
    let made = random.one_of(&["Default::default()", "[(1, (4, -4))].into()"]);
    let first = format!("({}, {})", start(random), start(random));
    let updates = updates(random, &["e.0", "e.1"])
        .replace("continue;", "")
        .replace("break;", "");
    let key = random.one_of(&["x % 4", "y % 3"]);
    let body = match random.below(5) {
        0 => format!(
            "match m.get_mut(&({key})) {{ Some(e) => {{ {updates} }} None => {{ m.insert({key}, {first}); }} }}"
        ),
        1 => format!("if let Some(e) = m.get_mut(&({key})) {{ {updates} }} else {{ m.insert({key}, {first}); }}"),
        2 => format!("m.entry({key}).and_modify(|e| {{ {updates} }}).or_insert({first});"),
        3 => format!("m.entry({key}).or_insert({first});"),
        _ => format!("if !m.contains_key(&({key})) {{ m.insert({key}, {first}); }}"),
    };
    (made, ty, body)
}

/// Two statements that may make the same key's value, each in its own way.
fn in_two_places(random: &mut Random) -> Made {
    let (made, ty, first) = if random.once_in(2) {
        in_map(random)
    } else {
        looked_up(random)
    };
    let (_, _, second) = if random.once_in(2) {
        in_map(random)
    } else {
        looked_up(random)
    };
    (made, ty, format!("{{ {first} }} {{ {second} }}"))
}

/// Elements by their numbers.
fn numbered(random: &mut Random) -> Made {
    let made = random.one_of(&["[0; 3]", "[1, i64::MIN, i64::MAX]"]);
    (made, "[i64; 3]", updates(random, &["m[0]", "m[1]", "m[2]"]))
}

/// Both parts of a pair in one assignment.
fn at_once(random: &mut Random) -> Made {
    let value = |random: &mut Random, part: &str| match random.below(5) {
        0 => format!("{part}.wrapping_add(x)"),
        1 => format!("{part}.max(x)"),
        2 => format!("{part} ^ y"),
        3 => format!("{part}.min(y)"),
        _ => "x".to_string(),
    };
    let other = random.one_of(&["1", "1", "0"]);
    let (a, b) = (value(random, "m.0"), value(random, &format!("m.{other}")));
    let body = match random.below(3) {
        0 => format!("m = ({a}, {b});"),
        1 => format!("(m.0, m.1) = ({a}, {b});"),
        _ => format!(
            "let (p, q) = m; m = ({}, {});",
            a.replace("m.0", "p"),
            b.replace("m.1", "q").replace("m.0", "p")
        ),
    };
    ("(0, 1)", "(i64, i64)", body)
}
