//! Random functions that carry values from one iteration into the next: recurrences of all families, automata, stages of
//! them, elements made from their neighbours, and near misses.

use crate::Function;
use crate::expressions::{condition, integer};
use crate::random::Random;

/// The kinds of carried values.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Sum,
    Affine,
    Bounded,
    Order,
    Last,
    Known,
    Truth,
    Letter,
    Phase,
    Window,
    Modular,
}

const KINDS: &[Kind] = &[
    Kind::Sum,
    Kind::Affine,
    Kind::Bounded,
    Kind::Order,
    Kind::Last,
    Kind::Known,
    Kind::Truth,
    Kind::Letter,
    Kind::Phase,
    Kind::Window,
    Kind::Modular,
];

struct Maker<'r> {
    random: &'r mut Random,
    carried: Vec<(String, Kind)>,
    /// The statement that writes what the values are.
    output: &'static str,
    exits: &'static [&'static str],
    depth: usize,
    fresh: usize,
}

fn declaration(name: &str, kind: Kind, start: usize) -> String {
    match kind {
        Kind::Sum | Kind::Affine | Kind::Bounded | Kind::Order | Kind::Last => format!("let mut {name} = {start}_i64;"),
        Kind::Known => format!("let mut {name}: Option<i64> = None;"),
        Kind::Truth => format!("let mut {name} = {};", start.is_multiple_of(2)),
        Kind::Letter => format!("let mut {name} = 'a';"),
        Kind::Phase => format!("let mut {name} = {start}_i64;"),
        Kind::Window | Kind::Modular => format!("let mut {name} = {start}_u64;"),
    }
}

/// What a carried value is, as an `i64`.
fn seen(name: &str, kind: Kind) -> String {
    match kind {
        Kind::Known => format!("{name}.unwrap_or(-1)"),
        Kind::Truth | Kind::Letter | Kind::Window | Kind::Modular => format!("({name} as i64)"),
        _ => name.to_string(),
    }
}

impl Maker<'_> {
    fn fresh(&mut self) -> String {
        self.fresh += 1;
        format!("v{}", self.fresh)
    }

    fn update(&mut self, scope: &[String]) -> String {
        let (v, kind) = self.carried[self.random.below(self.carried.len())].clone();
        let (e, f) = (integer(self.random, 2, scope), integer(self.random, 1, scope));
        let c = condition(self.random, 1, scope);
        let way = self.random.below(6);
        match kind {
            Kind::Sum => match way {
                0 => format!("{v} += ({e}) % 100;"),
                1 => format!("{v} = {v} - ({e}) % 50;"),
                2 => format!("{v} = if {c} {{ {v} + 1 }} else {{ 0 }};"),
                3 => format!("if {c} {{ {v} = ({e}) % 50; }} else {{ {v} += 1; }}"),
                4 => format!("let next = {v} + ({e}) % 20; {v} = next;"),
                _ => format!("{v} = match ({e}) % 4 {{ 0 => {v} + 1, 1 => ({f}) % 9, _ => {v} }};"),
            },
            Kind::Affine => match way {
                0 => format!("{v} = {v}.wrapping_mul(31).wrapping_add({e});"),
                1 => format!("{v} = ({e}).wrapping_mul({v}).wrapping_sub({f});"),
                2 => format!("{v} = ({e}).wrapping_sub({v});"),
                3 => format!("if {c} {{ {v} = {v}.wrapping_neg(); }}"),
                4 => format!("let t = {v}.wrapping_mul({f}); {v} = t.wrapping_add({e});"),
                _ => format!("{v} = {v}.wrapping_add({e}).wrapping_mul(3);"),
            },
            Kind::Bounded => match way {
                0 => format!("{v} = ({v} + ({e}) % 20).clamp(-9, 30);"),
                1 => format!("{v} = ({v} + ({e}) % 20).max(({f}) % 20);"),
                2 => format!("{v} += ({e}) % 20; if {v} < 0 {{ {v} = 0; }}"),
                3 => format!("{v} = std::cmp::max({v} + ({e}) % 20, 0);"),
                4 => format!("let t = {v} + ({e}) % 20; {v} = if t > 40 {{ 40 }} else {{ t }};"),
                _ => format!("{v} = {v}.saturating_sub(({e}) % 9).min(({f}) % 30);"),
            },
            Kind::Order => match way {
                0 => format!("{v} = {v}.max(({e}) % 50);"),
                1 => format!("if ({e}) % 50 > {v} {{ {v} = ({e}) % 50; }}"),
                2 => format!("if {c} {{ {v} = 0; }} {v} = {v}.max(({e}) % 50);"),
                3 => format!("{v} = {v}.min(({e}) % 50).max({f});"),
                4 => format!("{v} = if {v} < ({e}) {{ {v} }} else {{ {e} }};"),
                _ => format!("let t = {e}; if {v} <= t {{ {v} = t; }} else {{ {v} = {v}; }}"),
            },
            Kind::Last => match way {
                0 | 1 => format!("{v} = {e};"),
                2 => format!("if {c} {{ {v} = {e}; }}"),
                3 => format!("let t = {e}; if {c} {{ {v} = t; }} else {{ {v} = {f}; }}"),
                _ => format!("match ({e}) % 3 {{ 0 => {v} = {f}, 1 => {{ let t = {e}; {v} = t; }} _ => {{}} }}"),
            },
            Kind::Known => match way {
                0 => format!("{v} = Some({e});"),
                1 => format!("{v} = ({c}).then_some({e});"),
                2 => format!("if {c} {{ {v} = None; }}"),
                3 => format!("{v} = {v}.or(Some({e}));"),
                4 => format!("if {v}.is_none() {{ {v} = Some({e}); }}"),
                _ => format!("if {c} {{ {v} = Some({e}); }}"),
            },
            Kind::Truth => match way {
                0 => format!("if {c} {{ {v} = !{v}; }}"),
                1 => format!("{v} = {c} && !{v};"),
                2 => format!("{v} ^= {c};"),
                3 => format!(
                    "{v} = match ({v}, ({e}).rem_euclid(3)) {{ (true, 0) => false, (_, 1) => true, (s, _) => s }};"
                ),
                4 => format!("if {v} {{ {v} = {c}; }} else {{ {v} = ({f}) > 2; }}"),
                _ => format!("let was = {v}; {v} = was != ({c});"),
            },
            Kind::Letter => match way {
                0 => format!("{v} = if {c} {{ 'b' }} else if {v} == 'b' {{ 'c' }} else {{ 'a' }};"),
                1 => format!(
                    "{v} = match ({v}, ({e}).rem_euclid(3)) {{ ('a', 0) => 'b', ('b', 1) => 'c', (_, 2) => 'a', (s, _) => s }};"
                ),
                2 => format!("match {v} {{ 'a' if {c} => {v} = 'b', 'b' => {v} = 'a', _ => {{}} }}"),
                3 => format!("let next = match {v} {{ 'a' => 'b', 'b' => 'c', _ => 'a' }}; if {c} {{ {v} = next; }}"),
                _ => format!("if {v} != 'c' && {c} {{ {v} = 'c'; }}"),
            },
            Kind::Phase => match way {
                0 => format!("{v} = ({v} + 1) % 4;"),
                1 => format!("if {v} == 0 && {c} {{ {v} = 1; }} else if {c} {{ {v} = 2; }}"),
                2 => format!("{v} = match {v} {{ 0 => 3, 3 if {c} => 1, 1 => 0, k => k }};"),
                3 => format!("{v} = ({v} ^ ({e})) & 3;"),
                _ => format!("match ({e}).rem_euclid(4) {{ 0 => {v} = 1, 1 if {v} > 0 => {v} = 0, _ => {{}} }}"),
            },
            Kind::Window => match way {
                0 => format!("{v} = (({v} << 1) | (({e}) & 1) as u64) & 0xff;"),
                1 => format!("{v} ^= ({e}) as u64;"),
                2 => format!("{v} = {v} & ({e}) as u64 | 5;"),
                3 => format!("if {c} {{ {v} = !{v}; }}"),
                _ => format!("{v} <<= 2; {v} |= (({e}) & 3) as u64;"),
            },
            Kind::Modular => match way {
                0 | 1 => format!("{v} = ({v} * 31 + ({e}).rem_euclid(10) as u64) % 97;"),
                2 => format!("{v} = ({v} + ({e}).rem_euclid(10) as u64) % 97;"),
                _ => format!("if {c} {{ {v} = {v} * 7 % 97; }}"),
            },
        }
    }

    fn body(&mut self, scope: &[String]) -> String {
        let mut scope = scope.to_vec();
        let mut out = String::new();
        for _ in 0..1 + self.random.below(3) {
            out.push_str(&self.statement(&mut scope));
            out.push('\n');
        }
        out
    }

    fn statement(&mut self, scope: &mut Vec<String>) -> String {
        if self.depth > 1 {
            return self.update(scope);
        }
        self.depth += 1;
        let made = match self.random.below(18) {
            0 => {
                let name = match self.random.below(3) {
                    0 => scope[self.random.below(scope.len())].clone(),
                    1 if self.random.once_in(3) => self.carried[0].0.clone(),
                    _ => self.fresh(),
                };
                let e = integer(self.random, 2, scope);
                if !scope.contains(&name) {
                    scope.push(name.clone());
                }
                format!("let {name} = {e};")
            }
            1 => format!(
                "if {} {{ {} }} else {{ {} }}",
                condition(self.random, 2, scope),
                self.body(scope),
                self.body(scope)
            ),
            2 => format!("if {} {{ continue; }}", condition(self.random, 1, scope)),
            3 => {
                let k = self.fresh();
                let mut inner = scope.clone();
                inner.push(k.clone());
                format!("for {k} in 0..({}).rem_euclid(3) {{ {} }}", scope[0], self.body(&inner))
            }
            4 | 5 => {
                // a carried value steers what comes behind
                let (v, kind) = self.carried[self.random.below(self.carried.len())].clone();
                let name = self.fresh();
                scope.push(name.clone());
                format!("let {name} = {};", seen(&v, kind))
            }
            6 | 7 if !self.exits.is_empty() => {
                let c = condition(self.random, 1, scope);
                self.random.one_of(self.exits).replace("COND", &c)
            }
            8 => format!("{{ {} }}", self.body(scope)),
            9 => self.near_miss(scope),
            10 => self.output(scope),
            11 => format!(
                "match ({}) % 3 {{ 0 => {{ {} }} 1 if {} => {{ {} }} _ => {{}} }}",
                integer(self.random, 1, scope),
                self.body(scope),
                condition(self.random, 1, scope),
                self.body(scope)
            ),
            _ => self.update(scope),
        };
        self.depth -= 1;
        made
    }

    /// Writes what the values are.
    fn output(&mut self, scope: &[String]) -> String {
        let (v, kind) = self.carried[self.random.below(self.carried.len())].clone();
        let value = match self.random.below(3) {
            0 => format!("{}.wrapping_add({})", seen(&v, kind), integer(self.random, 1, scope)),
            1 => format!("({}) % 9 - ({})", scope[0], seen(&v, kind)).replace(" - ", " ^ "),
            _ => seen(&v, kind),
        };
        self.output.replace("VALUE", &value).replace("FIRST", &scope[0])
    }

    fn near_miss(&mut self, scope: &[String]) -> String {
        let (v, kind) = self.carried[self.random.below(self.carried.len())].clone();
        let (w, other) = self.carried[self.random.below(self.carried.len())].clone();
        let (e, c) = (integer(self.random, 1, scope), condition(self.random, 1, scope));
        let is_number = matches!(
            kind,
            Kind::Sum | Kind::Affine | Kind::Bounded | Kind::Order | Kind::Last | Kind::Phase
        );
        match self.random.below(16) {
            0 if is_number => format!("(|t: i64| {v} = t)({e});"),
            1 if is_number => format!("let mut add = |t: i64| {v} = {v}.wrapping_add(t); add({e}); add(1);"),
            2 if is_number => format!("bump!({v}, ({e}) % 9);"),
            3 if is_number => format!("{{ let {v} = {e}; mix!({v}, 3); }}"),
            4 if is_number => format!("*&mut {v} = {e};"),
            5 if is_number => format!("let r = &mut {v}; if {c} {{ *r = {e}; }}"),
            6 => format!("let old = std::mem::take(&mut {v}); if {c} {{ {v} = old; }}")
                .replace("take(&mut", "replace(&mut")
                .replace("); if", ", Default::default()); if"),
            7 => format!("if {} > 6 {{ {} }}", seen(&v, kind), self.update(scope)),
            8 if is_number => format!("{v} = {};", seen(&w, other)),
            9 if kind == other => format!("({v}, {w}) = ({w}, {v});"),
            10 if kind == other => format!("std::mem::swap(&mut {v}, &mut {w});")
                .replace(&format!("&mut {v}, &mut {v}"), &format!("&mut {v}, &mut {v}.clone()")),
            11 if is_number => format!("{v} = {v}.wrapping_add({});", seen(&w, other)),
            12 if is_number => format!("{v} = {v}.wrapping_mul({v});"),
            13 if is_number => format!("{v} = ({v} / 2).wrapping_add({e});"),
            14 if is_number => format!("{v} = {{ {v} = {e}; {v}.wrapping_add(1) }};"),
            15 if is_number => format!("let {v} = {{ {v} = {v}.wrapping_add({e}); {v} }}; let _ = {v};"),
            _ => format!(
                "if {} {{ {} }}",
                condition(self.random, 1, &[seen(&w, other)]),
                self.update(scope)
            ),
        }
    }
}

/// How loops run, what they collect, and how that is written.
struct Shape {
    begin: &'static str,
    header: &'static str,
    scope: &'static [&'static str],
    output: &'static str,
    end: &'static str,
    result: &'static str,
}

const SHAPES: &[Shape] = &[
    Shape {
        begin: "let mut out = Vec::new();",
        header: "for &x in xs",
        scope: &["x"],
        output: "out.push(VALUE);",
        end: "",
        result: "out",
    },
    Shape {
        begin: "let mut out = Vec::new();",
        header: "for (i, &x) in xs.iter().enumerate()",
        scope: &["x"],
        output: "out.push((i, VALUE));",
        end: "",
        result: "out",
    },
    Shape {
        begin: "let mut out = vec![(1, 2)];",
        header: "for (&x, &y) in xs.iter().zip(ys)",
        scope: &["x", "y"],
        output: "out.push((VALUE, FIRST));",
        end: "",
        result: "out",
    },
    Shape {
        begin: "let mut out = vec![0_i64; xs.len()];",
        header: "for i in 0..xs.len()",
        scope: &["xs[i]"],
        output: "out[i] = VALUE;",
        end: "",
        result: "out",
    },
    Shape {
        begin: "let mut out = vec![0_i64; xs.len()];",
        header: "for i in (0..xs.len()).rev()",
        scope: &["xs[i]", "(i as i64)"],
        output: "out[i] = VALUE;",
        end: "",
        result: "out",
    },
    Shape {
        begin: "let mut out = ys.to_vec();",
        header: "for (o, &x) in out.iter_mut().zip(xs)",
        scope: &["x"],
        output: "*o = VALUE;",
        end: "",
        result: "out",
    },
    Shape {
        begin: "let mut out = xs.to_vec();",
        header: "for o in out.iter_mut()",
        scope: &["*o"],
        output: "*o = VALUE;",
        end: "",
        result: "out",
    },
    Shape {
        begin: "let mut out = vec![0_i64; xs.len() * 9 + 9]; let mut k = 0;",
        header: "for &x in xs",
        scope: &["x"],
        output: "out[k] = VALUE; k += 1;",
        end: "",
        result: "(out, k)",
    },
    Shape {
        begin: "let mut out = 0_i64;",
        header: "for &x in xs.iter().rev()",
        scope: &["x"],
        output: "out ^= VALUE;",
        end: "",
        result: "out",
    },
    Shape {
        begin: "let mut out = i64::MIN;",
        header: "for x in -3..n as i64",
        scope: &["x"],
        output: "out = out.max(VALUE);",
        end: "",
        result: "out",
    },
    Shape {
        begin: "",
        header: "for &x in xs",
        scope: &["x"],
        output: "",
        end: "",
        result: "0",
    },
];

pub(crate) fn function(random: &mut Random) -> Function {
    let mut choices = random.shape();
    match choices.below(8) {
        0 | 1 => return elements(random),
        2 => return floats(random),
        _ => {}
    }
    let carried: Vec<(String, Kind)> = (0..1 + choices.below(3))
        .map(|at| (format!("c{at}"), KINDS[choices.below(KINDS.len())]))
        .collect();
    let shape = &SHAPES[choices.below(SHAPES.len())];
    let fallible = choices.once_in(4);
    let exits: &'static [&'static str] = match (fallible, choices.below(4)) {
        (true, _) => &[
            "if COND { return Err(7); }",
            "(COND).then_some(0).ok_or(3)?;",
            "if COND { break; }",
        ],
        (_, 0) => &["if COND { break; }"],
        _ => &[],
    };
    let mut body = String::from(shape.begin);
    for (name, kind) in &carried {
        body.push('\n');
        body.push_str(&declaration(name, *kind, random.below(4)));
    }
    let mut maker = Maker {
        random,
        carried: carried.clone(),
        output: shape.output,
        exits,
        depth: 0,
        fresh: 0,
    };
    let mut scope = Vec::new();
    let mut lets = String::new();
    for (at, name) in shape.scope.iter().enumerate() {
        if name.chars().all(char::is_alphanumeric) {
            scope.push((*name).to_string());
        } else {
            lets.push_str(&format!("let u{at} = {name};\n"));
            scope.push(format!("u{at}"));
        }
    }
    let mut inside = String::new();
    for _ in 0..2 + maker.random.below(2) {
        match maker.random.below(4) {
            0 => inside.push_str(&maker.statement(&mut scope)),
            _ => inside.push_str(&maker.update(&scope)),
        }
        inside.push('\n');
        if maker.random.once_in(2) {
            inside.push_str(&maker.output(&scope));
            inside.push('\n');
        }
    }
    body.push_str(&format!("\n{} {{\n{lets}{inside}}}\n{}", shape.header, shape.end));
    let values: Vec<&str> = carried.iter().map(|(name, _)| name.as_str()).collect();
    let mut result = format!("format!(\"{{:?}}\", ({}, {}))", shape.result, values.join(", "));
    let mut output = "String";
    if fallible {
        (output, result) = ("Result<String, i32>", format!("Ok({result})"));
    }
    let random = maker.random;
    Function {
        attribute: if random.once_in(4) || shape.output.is_empty() {
            "par_reduce"
        } else {
            "par_scan"
        },
        options: random
            .one_of(&["threshold = 2", "threshold = 2, grain = 3", "threshold = 9", ""])
            .to_string(),
        item: format!("fn NAME(xs: &[i64], ys: &[i64], n: usize) -> {output} {{\n{body}\n{result}\n}}"),
        call: "NAME(&d.xs, &d.ys, d.n)".to_string(),
    }
}

/// Elements made from the element before or behind.
fn elements(random: &mut Random) -> Function {
    let scope = vec!["x".to_string(), "u".to_string()];
    let (e, c) = (integer(random, 2, &scope), condition(random, 1, &scope));
    let (header, this, before) = match random.below(6) {
        0 => ("for i in 1..xs.len().min(out.len())", "out[i]", "out[i - 1]"),
        1 => (
            "for i in 0..xs.len().min(out.len()).saturating_sub(1)",
            "out[i + 1]",
            "out[i]",
        ),
        2 => (
            "for i in (0..xs.len().min(out.len()).saturating_sub(1)).rev()",
            "out[i]",
            "out[i + 1]",
        ),
        3 => ("for i in (1..xs.len().min(out.len())).rev()", "out[i - 1]", "out[i]"),
        4 => ("for i in 2..xs.len().min(out.len())", "out[i]", "out[i - 2]"),
        _ => ("for i in (1..xs.len().min(out.len())).rev()", "out[i]", "out[i - 1]"),
    };
    let update = |random: &mut Random| match random.below(14) {
        0 => format!("{this} = {before}.wrapping_add({e});"),
        1 => format!("{this} += {before} % 100;"),
        2 => format!("{this} = {this}.wrapping_add({before});"),
        3 => format!("{this} = {before}.max({this}).max({e});"),
        4 => format!("{this} = ({before}).wrapping_mul(3).wrapping_sub({this});"),
        5 => format!("let t = {before}; {this} = t.wrapping_add({e});"),
        6 => format!("if {c} {{ {this} = {before}; }}"),
        7 => format!("{this} ^= {before};"),
        8 => format!("{this} = if {c} {{ {before}.wrapping_add(1) }} else {{ {e} }};"),
        9 => format!("{this} = ({before} % 1000 + ({e}) % 20).max(0);"),
        10 => format!("{this} = {before}.min({this}).max(-4);"),
        11 => format!("{this} = {before}.wrapping_mul({this}).wrapping_add({e});"),
        12 => format!("if {before} > {this} {{ {this} = {before}; }}"),
        _ => format!("{this} = ({e}).wrapping_sub({before});"),
    };
    let mut body = update(random);
    if random.once_in(3) {
        body = format!("if {c} {{ continue; }} {body}");
    }
    if random.once_in(4) {
        body.push_str(&format!(" {}", update(random)));
    }
    if random.once_in(3) {
        body.push_str(&format!(" sum = sum.wrapping_add({this});"));
    }
    if random.once_in(4) {
        body = format!(
            "{body} {}",
            random.one_of(&[
                "if sum > 900 { continue; }",
                "if out[0] > 3 { sum += 1; }",
                "if x == 6 { break; }",
                "seen.push(out[i]);"
            ])
        );
    }
    Function {
        attribute: "par_scan",
        options: random
            .one_of(&["threshold = 2", "threshold = 2, grain = 3", ""])
            .to_string(),
        item: format!(
            "fn NAME(xs: &[i64], out: &mut [i64]) -> (i64, Vec<i64>) {{\nlet mut sum = 0_i64; let mut seen = Vec::new(); seen.push(1);\n{header} {{\nlet (x, u) = (xs[i], i as i64);\n{body}\n}}\n(sum, seen)\n}}"
        ),
        call: "{ let mut out = d.ys.clone(); (NAME(&d.xs, &mut out), out) }".to_string(),
    }
}

/// Carried floats: in order they are the twin's, in a tree the same everywhere.
fn floats(random: &mut Random) -> Function {
    let scope = vec!["x".to_string()];
    let (e, c) = (integer(random, 2, &scope), condition(random, 1, &scope));
    let e = format!("((({e}) % 100) as f64 / 7.0)");
    let update = |random: &mut Random, v: &str| match random.below(7) {
        0 => format!("{v} += {e};"),
        1 => format!("{v} = 0.9 * {v} + 0.1 * {e};"),
        2 => format!("{v} = ({v} + {e}).max(0.0);"),
        3 => format!("{v} = if {c} {{ {v} + 0.3 }} else {{ {e} }};"),
        4 => format!("if {c} {{ {v} = {e}; }}"),
        5 => format!("{v} = {v}.max({e});"),
        _ => format!("{v} -= {e}; if {v} < -9.0 {{ {v} = -9.0; }}"),
    };
    let mut body = update(random, "a");
    if random.once_in(2) {
        body.push_str("out.push(a.to_bits());");
    }
    if random.once_in(2) {
        body.push_str(&update(random, "b"));
    }
    body.push_str(" out.push(a.to_bits());");
    Function {
        attribute: random.one_of(&["par_scan", "par_scan", "par_reduce"]),
        options: random
            .one_of(&[
                "threshold = 2, float = ordered",
                "threshold = 2, float = tree",
                "float = tree",
            ])
            .to_string(),
        item: format!(
            "fn NAME(xs: &[i64]) -> (Vec<u64>, u64, u64) {{\nlet mut out = Vec::new(); let (mut a, mut b) = (0.5_f64, 1.5_f64);\nfor &x in xs {{\n{body}\n}}\n(out, a.to_bits(), b.to_bits())\n}}"
        ),
        call: "NAME(&d.xs)".to_string(),
    }
}
