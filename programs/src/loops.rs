//! Random loop functions: sources, accumulators, exits, writes, nesting, and now and then something that must be refused.

use crate::Function;
use crate::expressions::{condition, integer};
use crate::random::Random;

/// The kinds of accumulators.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Sum,
    Net,
    Wrapping,
    Xor,
    Or,
    Max,
    MinIf,
    Best,
    Count,
    Push,
    Text,
    Table,
    Map,
    Any,
    Float,
    Field,
    Pair,
    Place,
    Kept,
    Set,
}

const KINDS: &[Kind] = &[
    Kind::Sum,
    Kind::Net,
    Kind::Wrapping,
    Kind::Xor,
    Kind::Or,
    Kind::Max,
    Kind::MinIf,
    Kind::Best,
    Kind::Count,
    Kind::Push,
    Kind::Text,
    Kind::Table,
    Kind::Map,
    Kind::Any,
    Kind::Float,
    Kind::Field,
    Kind::Pair,
    Kind::Place,
    Kind::Kept,
    Kind::Set,
];

struct Maker<'r> {
    random: &'r mut Random,
    accumulators: Vec<(String, Kind)>,
    /// `return`, `?` and `break` may be used.
    exits: bool,
    /// The function returns an `Option`.
    fallible: bool,
    labelled: bool,
    depth: usize,
    fresh: usize,
}

impl Maker<'_> {
    fn declaration(&mut self, name: &str, kind: Kind) -> String {
        let start = self.random.below(5);
        match kind {
            Kind::Sum | Kind::Net | Kind::Xor | Kind::Or | Kind::Place => format!("let mut {name} = {start}_i64;"),
            Kind::Wrapping => format!("let mut {name}: i64 = {};", start + 1),
            Kind::Max => format!("let mut {name} = i64::MIN;"),
            Kind::MinIf => format!("let mut {name} = {}_i64;", start * 9),
            Kind::Best => format!("let (mut {name}, mut {name}_at) = (-{start}_i64, 77_i64);"),
            Kind::Count => format!("let mut {name} = {start};"),
            Kind::Push => format!("let mut {name} = vec![{start}_i64];"),
            Kind::Text => format!("let mut {name} = String::from(\"t\");"),
            Kind::Table => format!("let mut {name} = [{start}_i64; 5];"),
            Kind::Map => format!("let mut {name} = std::collections::BTreeMap::<i64, i64>::new();"),
            Kind::Set => format!("let mut {name} = std::collections::BTreeSet::<i64>::new();"),
            Kind::Any => format!("let mut {name} = false;"),
            Kind::Float => format!("let mut {name} = 0.{start};"),
            Kind::Field => format!("let mut {name} = State {{ sum: {start}, most: 3, list: Vec::new() }};"),
            Kind::Pair => format!("let mut {name} = ({start}_i64, 1_i64);"),
            Kind::Kept => format!("let mut {name} = {start}_i64;"),
        }
    }

    fn update(&mut self, scope: &[String]) -> String {
        let at = self.random.below(self.accumulators.len());
        let (name, kind) = self.accumulators[at].clone();
        let e = integer(self.random, 2, scope);
        let plain = self.random.below(3);
        match kind {
            Kind::Sum => match plain {
                0 => format!("{name} += ({e}) % 100;"),
                1 => format!("{name} = {name} + ({e}) % 50;"),
                _ => format!("{name} = ({e}) % 50 + {name};"),
            },
            Kind::Net => match plain {
                0 => format!("{name} += ({e}) % 100;"),
                _ => format!("{name} -= ({e}) % 100;"),
            },
            Kind::Wrapping => match plain {
                0 => format!("{name} = {name}.wrapping_mul(({e}) | 1);"),
                _ => format!("{name} = {name}.wrapping_mul({e});"),
            },
            Kind::Xor => format!("{name} ^= {e};"),
            Kind::Or => match plain {
                0 => format!("{name} |= {e};"),
                _ => format!("{name} = {name} | ({e});"),
            },
            Kind::Max => match plain {
                0 => format!("{name} = {name}.max({e});"),
                1 => format!("{name} = std::cmp::max({name}, {e});"),
                _ => {
                    let v = self.fresh();
                    format!("let {v} = {e}; if {v} > {name} {{ {name} = {v}; }}")
                }
            },
            Kind::MinIf => {
                let v = self.fresh();
                format!("let {v} = {e}; if {v} < {name} {{ {name} = {v}; }}")
            }
            Kind::Best => {
                let v = self.fresh();
                let at = integer(self.random, 1, scope);
                format!("let {v} = ({e}) % 20; if {v} > {name} {{ {name} = {v}; {name}_at = {at}; }}")
            }
            Kind::Count => format!("{name} += 1;"),
            Kind::Push => match plain {
                0 => format!("{name}.extend([{e}, 3]);"),
                _ => format!("{name}.push({e});"),
            },
            Kind::Text => match plain {
                0 => format!("{name}.push_str(\"ab\");"),
                1 => format!("{name} += &format!(\"{{}},\", {e});"),
                _ => format!(
                    "{name}.push(if {} {{ 'x' }} else {{ 'y' }});",
                    condition(self.random, 1, scope)
                ),
            },
            Kind::Table => format!(
                "{name}[({e}).rem_euclid(5) as usize] += {};",
                integer(self.random, 1, scope).replace("wrapping_mul", "wrapping_add") + " % 9"
            ),
            Kind::Map => match plain {
                0 => format!("*{name}.entry(({e}) % 5).or_insert(0) += 2;"),
                _ => format!("*{name}.entry(({e}) % 5).or_default() += 1;"),
            },
            Kind::Set => format!("{name}.insert(({e}) % 6);"),
            Kind::Any => match plain {
                0 => format!("{name} |= {};", condition(self.random, 1, scope)),
                _ => format!("{name} = {name} || {};", condition(self.random, 1, scope)),
            },
            Kind::Float => match plain {
                0 => format!("{name} += ({e}) as f64 / 3.0;"),
                1 => format!("{name} = {name} + (({e}) % 1000) as f64 * 0.1;"),
                _ => format!("{name} += 0.1;"),
            },
            Kind::Field => match plain {
                0 => format!("{name}.sum += ({e}) % 100;"),
                1 => format!("{name}.most = {name}.most.max({e});"),
                _ => format!("{name}.list.push({e});"),
            },
            Kind::Pair => match plain {
                0 => format!("{name}.0 += ({e}) % 100;"),
                _ => format!("{name}.1 ^= {e};"),
            },
            Kind::Place => format!("*&mut {name} += ({e}) % 10;"),
            Kind::Kept => match plain {
                0 => format!("if {} {{ {name} = {e}; }}", condition(self.random, 1, scope)),
                _ => format!("{name} = {e};"),
            },
        }
    }

    fn fresh(&mut self) -> String {
        self.fresh += 1;
        format!("v{}", self.fresh)
    }

    /// Statements of a body.
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
        if self.depth > 2 {
            return self.update(scope);
        }
        self.depth += 1;
        let made = match self.random.below(16) {
            0 => {
                // a new name, or an old one again
                let name = match self.random.below(2) {
                    0 => self.fresh(),
                    _ => scope[self.random.below(scope.len())].clone(),
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
            2 => format!("if {} {{ continue; }}", condition(self.random, 2, scope)),
            3 => {
                let k = self.fresh();
                let mut inner = scope.clone();
                inner.push(k.clone());
                let labelled = std::mem::replace(&mut self.labelled, true);
                let body = self.body(&inner);
                self.labelled = labelled;
                format!(
                    "for {k} in 0..({}).rem_euclid(4) {{ {body} }}",
                    integer(self.random, 1, scope)
                )
            }
            4 if self.labelled => format!("if {} {{ continue 'outer; }}", condition(self.random, 1, scope)),
            5 if self.exits && self.labelled => format!("if {} {{ break 'outer; }}", condition(self.random, 1, scope)),
            5 if self.exits => format!("if {} {{ break; }}", condition(self.random, 1, scope)),
            6 if self.exits && self.fallible => format!("if {} {{ return None; }}", condition(self.random, 2, scope)),
            7 if self.exits && self.fallible => {
                let v = self.fresh();
                let e = integer(self.random, 2, scope);
                scope.push(v.clone());
                format!("let {v} = checked({e})?;")
            }
            8 => format!(
                "assert!(({}) % 61 != 17, \"seventeen\");",
                integer(self.random, 1, scope)
            ),
            9 => self.near_miss(scope),
            _ => self.update(scope),
        };
        self.depth -= 1;
        made
    }

    /// What may have to be refused.
    fn near_miss(&mut self, scope: &[String]) -> String {
        if !self.random.once_in(3) {
            return self.update(scope);
        }
        let (name, kind) = self.accumulators[self.random.below(self.accumulators.len())].clone();
        let e = integer(self.random, 1, scope);
        let is_number = matches!(
            kind,
            Kind::Sum
                | Kind::Net
                | Kind::Wrapping
                | Kind::Xor
                | Kind::Or
                | Kind::Max
                | Kind::MinIf
                | Kind::Place
                | Kind::Kept
        );
        match self.random.below(7) {
            0 if is_number => format!("if {name} > 40 {{ {name} = {e}; }}"),
            1 if is_number => format!("{name} = ({e}).wrapping_sub({name});"),
            2 if is_number => format!("{name} = {name} / 2 + ({e}) % 10;"),
            3 if is_number && self.exits => format!("if {name} > 60 {{ break; }}"),
            4 if is_number => format!("{name} = {e};"),
            5 if kind == Kind::Push => format!("if {name}.len() > 9 {{ {name}.pop(); }}"),
            6 if kind == Kind::Push => format!("{name}.push({name}.len() as i64);"),
            0 if kind == Kind::Count => format!("if {name} >= 3 {{ continue; }}"),
            1 if kind == Kind::Any => format!("if {name} {{ continue; }}"),
            2 if kind == Kind::Table => format!("{name}[1] = {name}[0] + 1;"),
            3 if kind == Kind::Text => format!("if {name}.len() > 5 {{ {name}.clear(); }}"),
            _ => self.update(scope),
        }
    }
}

/// A header, and the variables that it makes.
fn source(random: &mut Random) -> (String, String, Vec<&'static str>) {
    let (pattern, source, names): (&str, &str, &[&'static str]) = match random.below(18) {
        0 => ("&x", "xs", &["x"]),
        1 => ("&x", "xs.iter()", &["x"]),
        2 => ("(i, &x)", "xs.iter().enumerate()", &["x", "(i as i64)"]),
        3 => ("i", "0..n", &["(i as i64)"]),
        4 => ("i", "(0..n).rev()", &["(i as i64)"]),
        5 => ("i", "1..=n", &["(i as i64)"]),
        6 => ("i", "(0..n).step_by(3)", &["(i as i64)"]),
        7 => ("(&x, &y)", "xs.iter().zip(ys)", &["x", "y"]),
        8 => ("&x", "xs.iter().rev()", &["x"]),
        9 => ("&x", "xs.iter().skip(2).take(50)", &["x"]),
        10 => ("w", "xs.windows(2)", &["w[0]", "w[1]"]),
        11 => ("c", "xs.chunks(3)", &["c[0]", "(c.len() as i64)"]),
        12 => ("x", "xs.iter().copied().filter(|t| t % 2 == 0)", &["x"]),
        13 => ("x", "xs.iter().map(|t| t.wrapping_mul(3))", &["x"]),
        14 => (
            "(i, (&x, y))",
            "xs.iter().zip(ys.iter().copied()).enumerate()",
            &["x", "y", "(i as i64)"],
        ),
        15 => ("x", "xs.to_vec()", &["x"]),
        16 => ("&x", "xs.iter().chain(ys)", &["x"]),
        _ => ("x", "-4..n as i64", &["x"]),
    };
    (pattern.to_string(), source.to_string(), names.to_vec())
}

/// A function with a loop or two.
pub(crate) fn function(random: &mut Random) -> Function {
    let mut shape = random.shape();
    match shape.below(6) {
        0 => return writes(random),
        1 => return chain(random),
        _ => {}
    }
    let fallible = shape.once_in(3);
    let exits = shape.once_in(2);
    let is_generic = shape.once_in(6);
    let count = 1 + shape.below(3);
    let mut kinds: Vec<Kind> = (0..count).map(|_| KINDS[shape.below(KINDS.len())]).collect();
    kinds.dedup();
    let accumulators: Vec<(String, Kind)> = kinds
        .iter()
        .enumerate()
        .map(|(at, kind)| (format!("a{at}"), *kind))
        .collect();
    let mut maker = Maker {
        random,
        accumulators: accumulators.clone(),
        exits,
        fallible,
        labelled: false,
        depth: 0,
        fresh: 0,
    };
    let mut body = String::new();
    for (name, kind) in &accumulators {
        body.push_str(&maker.declaration(name, *kind));
        body.push('\n');
    }
    for _ in 0..1 + shape.below(2) {
        let (pattern, source, names) = self::source(&mut shape);
        let mut scope: Vec<String> = Vec::new();
        let mut lets = String::new();
        for (at, name) in names.iter().enumerate() {
            if name.chars().all(char::is_alphanumeric) {
                scope.push((*name).to_string());
            } else {
                lets.push_str(&format!("let u{at} = {name};\n"));
                scope.push(format!("u{at}"));
            }
        }
        maker.labelled = maker.random.once_in(3);
        let label = if maker.labelled { "'outer: " } else { "" };
        let mut inside = maker.body(&scope);
        inside.push_str(&maker.update(&scope));
        if maker.labelled || !inside.contains("'outer") {
            body.push_str(&format!("{label}for {pattern} in {source} {{\n{lets}{inside}\n}}\n"));
        } else {
            body.push_str(&format!("'outer: for {pattern} in {source} {{\n{lets}{inside}\n}}\n"));
        }
    }
    let results: Vec<String> = accumulators
        .iter()
        .map(|(name, kind)| match kind {
            Kind::Float => format!("{name}.to_bits().to_string()"),
            Kind::Best => format!("format!(\"{{:?}}\", ({name}, {name}_at))"),
            _ => format!("format!(\"{{:?}}\", {name})"),
        })
        .collect();
    let result = format!("vec![{}]", results.join(", "));
    let (output, result) = match fallible {
        true => ("Option<Vec<String>>", format!("Some({result})")),
        false => ("Vec<String>", result),
    };
    let generics = if is_generic { "<T: Clone + Sync>" } else { "" };
    let extra = if is_generic { ", _tag: &T" } else { "" };
    let random = maker.random;
    let threshold = *random.one_of(
        &["threshold = 2", "threshold = 2, grain = 3", "", "threshold = 9"]
            .map(|s| s)
            .each_ref()
            .map(|s| s),
    );
    Function {
        attribute: "par_reduce",
        options: [threshold, "float = ordered"]
            .iter()
            .filter(|s| !s.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join(", "),
        item: format!("fn NAME{generics}(xs: &[i64], ys: &[i64], n: usize{extra}) -> {output} {{\n{body}{result}\n}}"),
        call: format!("NAME(&d.xs, &d.ys, d.n{})", if is_generic { ", &'c'" } else { "" }),
    }
}

/// A function whose loop writes elements of its own.
fn writes(random: &mut Random) -> Function {
    let scope: Vec<String> = ["x", "u"].map(String::from).to_vec();
    let e = integer(random, 3, &scope);
    let c = condition(random, 2, &scope);
    let mut shape = random.shape();
    shape.below(6);
    let body = match shape.below(9) {
        0 => format!("for i in 0..out.len().min(xs.len()) {{ let (x, u) = (xs[i], i as i64); out[i] = {e}; }}"),
        1 => format!(
            "for i in 0..out.len().min(xs.len()) {{ let (x, u) = (xs[i], i as i64); if {c} {{ continue; }} out[i] = {e}; }}"
        ),
        2 => format!(
            "let m = out.len().min(xs.len()); for i in 0..m {{ let (x, u) = (xs[i], i as i64); out[m - 1 - i] = {e}; }}"
        ),
        3 => format!("for (o, &x) in out.iter_mut().zip(xs) {{ let u = *o; *o = {e}; }}"),
        4 => format!(
            "for (k, c) in out.chunks_mut(3).enumerate() {{ for o in c.iter_mut() {{ let (x, u) = (*o, k as i64); if {c} {{ *o = {e}; }} }} }}"
        ),
        5 => format!("for i in 1..out.len().min(xs.len()) {{ let (x, u) = (xs[i - 1], xs[i]); out[i] = {e}; }}"),
        6 => format!(
            "for i in 0..out.len() / 2 {{ let (x, u) = (i as i64, 3); out[2 * i] = {e}; out[2 * i + 1] = u + x; }}"
        ),
        // near misses
        7 => format!("for i in 1..out.len() {{ let (x, u) = (out[i - 1], i as i64); out[i] = {e}; }}"),
        _ => {
            format!("for i in 0..out.len().min(xs.len()) {{ let (x, u) = (xs[i], i as i64); out[(i * 7) % 5] = {e}; }}")
        }
    };
    Function {
        attribute: "par_for",
        options: "threshold = 2".to_string(),
        item: format!("fn NAME(xs: &[i64], out: &mut [i64]) {{\n{body}\n}}"),
        call: "{ let mut out = d.ys.clone(); NAME(&d.xs, &mut out); out }".to_string(),
    }
}

/// A function that is a chain.
fn chain(random: &mut Random) -> Function {
    let scope = vec!["x".to_string()];
    let mut shape = random.shape();
    shape.below(6);
    let mut chain = shape
        .one_of(&[
            "xs.iter().copied()",
            "xs.to_vec().into_iter()",
            "(0..n as i64)",
            "xs.iter().rev().copied()",
            "xs.iter().zip(ys).map(|(a, b)| a ^ b)",
        ])
        .to_string();
    for _ in 0..shape.below(4) {
        let e = integer(random, 2, &scope);
        let c = condition(random, 1, &scope);
        chain.push_str(&match shape.below(8) {
            0 | 1 => format!(".map(|x| {e})"),
            2 => format!(".filter(|&x| {c})"),
            3 => format!(".filter_map(|x| ({c}).then_some({e}))"),
            4 => format!(".flat_map(|x| vec![x; ({e}).rem_euclid(3) as usize])"),
            5 => format!(".take({})", random.below(30)),
            6 => format!(".skip({})", random.below(5)),
            _ => ".enumerate().map(|(i, x)| x.wrapping_add(i as i64))".to_string(),
        });
    }
    let (c, e) = (condition(random, 1, &scope), integer(random, 2, &scope));
    let terminal = match shape.below(18) {
        0 => "format!(\"{}\", CHAIN.map(|x| x % 100).sum::<i64>())".to_string(),
        1 => "format!(\"{:?}\", CHAIN.max())".to_string(),
        2 => "format!(\"{:?}\", CHAIN.min_by_key(|x| x % 5))".to_string(),
        3 => "format!(\"{:?}\", CHAIN.max_by_key(|x| x % 5))".to_string(),
        4 => "format!(\"{}\", CHAIN.count())".to_string(),
        5 => format!("format!(\"{{}}\", CHAIN.any(|x| {c}))"),
        6 => format!("format!(\"{{}}\", CHAIN.all(|x| {c}))"),
        7 => format!("format!(\"{{:?}}\", CHAIN.find(|&x| {c}))"),
        8 => format!("format!(\"{{:?}}\", CHAIN.position(|x| {c}))"),
        9 => "format!(\"{:?}\", CHAIN.collect::<Vec<_>>())".to_string(),
        10 => format!("format!(\"{{:?}}\", CHAIN.map(|x| checked({e})).collect::<Option<Vec<_>>>())"),
        11 => format!("format!(\"{{:?}}\", CHAIN.fold(3_i64, |acc, x| acc ^ ({e})))"),
        12 => "format!(\"{}\", CHAIN.map(|x| x as f64 / 3.0).sum::<f64>().to_bits())".to_string(),
        13 => format!("format!(\"{{:?}}\", CHAIN.partition::<Vec<_>, _>(|&x| {c}))"),
        14 => format!("format!(\"{{:?}}\", CHAIN.map(|x| (x, {e})).unzip::<i64, i64, Vec<_>, Vec<_>>())"),
        15 => format!("{{ let mut s = 1_i64; CHAIN.for_each(|x| s ^= {e}); s.to_string() }}"),
        16 => format!("format!(\"{{:?}}\", CHAIN.map(|x| checked({e}).map(|v| v % 50)).sum::<Option<i64>>())"),
        _ => "format!(\"{:?}\", CHAIN.last())".to_string(),
    };
    Function {
        attribute: "par_reduce",
        options: "threshold = 2, float = ordered".to_string(),
        item: format!(
            "fn NAME(xs: &[i64], ys: &[i64], n: usize) -> String {{\nlet answer = {};\nanswer\n}}",
            hoist(&terminal, &chain)
        ),
        call: "NAME(&d.xs, &d.ys, d.n)".to_string(),
    }
}

/// Puts the chain into the terminal, and that before the formatting, where it is looked at.
fn hoist(terminal: &str, chain: &str) -> String {
    let whole = terminal.replace("CHAIN", chain);
    let Some((format, rest)) = whole.strip_prefix("format!(").and_then(|rest| rest.split_once(", ")) else {
        return whole;
    };
    let value = rest.strip_suffix(')').unwrap_or(rest);
    match value.strip_suffix(".to_bits()") {
        Some(value) => format!("{{ let found = {value}; format!({format}, found.to_bits()) }}"),
        None => format!("{{ let found = {value}; format!({format}, found) }}"),
    }
}
