//! Random functions that carry values from one iteration into the next: recurrences of all families, automata, stages of
//! them, elements made from their neighbours, and near misses.

use crate::expressions::{condition, integer, name};
use crate::random::Random;
use crate::recurrences::{KINDS, Kind, declaration, seen};
use crate::{Function, elements};

pub(crate) struct Maker<'r> {
    pub(crate) random: &'r mut Random,
    pub(crate) carried: Vec<(String, Kind)>,
    /// The statement that writes what the values are.
    output: &'static str,
    exits: &'static [&'static str],
    depth: usize,
    fresh: usize,
}

impl Maker<'_> {
    fn fresh(&mut self) -> String {
        self.fresh += 1;
        format!("v{}", self.fresh)
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
                let (first, kind) = self.carried[0].clone();
                let name = match self.random.below(3) {
                    0 => name(self.random, scope).map(String::from),
                    1 if kind.is_number() && self.random.once_in(3) => Some(first),
                    _ => None,
                };
                let name = name.unwrap_or_else(|| self.fresh());
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
        let is_number = kind.is_number();
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
        0 | 1 => return elements::function(random),
        2 => return elements::floats(random),
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
        if *kind == Kind::Before {
            body.push_str(&format!(" let mut {name}_sum = 0_i64;"));
        }
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
    if shape.begin.contains("Vec::new()") && !inside.contains("out.push") {
        // without it the list has no type
        inside.push_str(&maker.output(&scope));
    }
    body.push_str(&format!("\n{} {{\n{lets}{inside}}}\n{}", shape.header, shape.end));
    let values: Vec<String> = carried
        .iter()
        .map(|(name, kind)| match kind {
            Kind::Before => format!("({name}, {name}_sum)"),
            _ => name.clone(),
        })
        .collect();
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
        within: None,
    }
}
