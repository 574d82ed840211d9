//! Random loop functions: sources, accumulators, exits, writes, nesting, and now and then something that must be refused.

use crate::expressions::{condition, integer};
use crate::random::Random;
use crate::{Function, chains, sources, writes};

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
    Clear,
    Found,
    Lists,
    Grid,
    Spread,
    Deque,
    Least,
    Peak,
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
    Kind::Clear,
    Kind::Found,
    Kind::Lists,
    Kind::Grid,
    Kind::Spread,
    Kind::Deque,
    Kind::Least,
    Kind::Peak,
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
            Kind::Clear => format!("let mut {name} = -{start}_i64;"),
            Kind::Found => format!("let mut {name}: Option<i64> = None;"),
            Kind::Lists => format!("let mut {name} = std::collections::BTreeMap::<i64, Vec<i64>>::new();"),
            Kind::Grid => format!("let mut {name} = vec![vec![{start}_i64; 3]; 2];"),
            Kind::Spread => format!("let mut {name} = Span {{ low: {start}, high: {start} }};"),
            Kind::Deque => format!("let mut {name} = std::collections::VecDeque::<i64>::new();"),
            Kind::Least => format!("let mut {name} = (99_i64, 0_i64);"),
            Kind::Peak => format!("let mut {name} = f64::NEG_INFINITY;"),
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
            Kind::Clear => match plain {
                0 => format!("{name} &= {e};"),
                _ => format!("{name} = ({e}) & {name};"),
            },
            Kind::Found => match plain {
                0 => format!("{name} = {name}.max(Some({e}));"),
                1 => format!("{name} = {name}.or(Some({e}));"),
                _ => format!(
                    "if {name}.is_none() && {} {{ {name} = Some({e}); }}",
                    condition(self.random, 1, scope)
                ),
            },
            Kind::Lists => match plain {
                0 => format!("{name}.entry(({e}) % 4).or_insert_with(Vec::new).push({});", scope[0]),
                _ => format!("{name}.entry(({e}) % 4).or_default().push(1);"),
            },
            Kind::Grid => format!(
                "{name}[({e}).rem_euclid(2) as usize][({}).rem_euclid(3) as usize] += ({e}) % 9;",
                scope[0]
            ),
            Kind::Spread => match plain {
                0 => format!("{name} = hull({name}, Span {{ low: {e}, high: {} }});", scope[0]),
                _ => format!("{name} = hull({name}, Span {{ low: {0}, high: {0} }});", scope[0]),
            },
            Kind::Deque => format!("{name}.push_back({e});"),
            Kind::Least => match plain {
                0 => format!("{name} = {name}.min((({e}) % 9, {}));", scope[0]),
                _ => {
                    let v = self.fresh();
                    format!(
                        "let {v} = (({e}) % 9, {}); if {v} < {name} {{ {name} = {v}; }}",
                        scope[0]
                    )
                }
            },
            Kind::Peak => match plain {
                0 => format!("{name} = {name}.max((({e}) % 50) as f64);"),
                _ => format!("{name} = {name}.max(1.0 / ((({e}) % 9) as f64));"),
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
        let made = match self.random.below(22) {
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
            10 => {
                let k = self.fresh();
                let body = self.inner(scope, &k);
                format!(
                    "let mut {k} = ({}).rem_euclid(3); while {k} > 0 {{ {k} -= 1; {body} }}",
                    integer(self.random, 1, scope)
                )
            }
            11 => {
                let v = self.fresh();
                let c = condition(self.random, 1, scope);
                format!("'{v}: {{ if {c} {{ break '{v}; }} {} }}", self.update(scope))
            }
            12 => {
                let v = self.fresh();
                let e = integer(self.random, 1, scope);
                let update = self.update(scope);
                scope.push(v.clone());
                format!("let Some({v}) = checked({e}) else {{ {update} continue; }};")
            }
            13 => {
                let v = self.fresh();
                let e = integer(self.random, 1, scope);
                let mut inner = scope.clone();
                inner.push(v.clone());
                format!("if let Some({v}) = checked({e}) {{ {} }}", self.body(&inner))
            }
            14 => {
                let v = self.fresh();
                let (e, c) = (integer(self.random, 1, scope), condition(self.random, 1, scope));
                scope.push(format!("{v}.len() as i64"));
                format!("let mut {v} = vec![{e}; 2]; if {c} {{ {v}.push(1); }}")
            }
            15 => format!(
                "match ({}).rem_euclid(4) {{ 0 => {{ {} }} 1 | 2 if {} => {{ {} }} _ => {{}} }}",
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

    /// The body of a loop inside of the loop.
    fn inner(&mut self, scope: &[String], name: &str) -> String {
        let mut inner = scope.to_vec();
        inner.push(name.to_string());
        let labelled = std::mem::replace(&mut self.labelled, true);
        let body = self.body(&inner);
        self.labelled = labelled;
        body.replace("continue;", "{}")
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
        match self.random.below(12) {
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
            7 if is_number => format!("let old = {name}; {name} = old.wrapping_add({e});"),
            8 if is_number => format!("let {name} = {e}; mix!({name}, 3);"),
            9 if is_number => format!("bump!({name}, ({e}) % 9);"),
            10 if is_number => format!("(|t: i64| {name} = t)({e});"),
            11 if is_number => format!("({name}, _) = ({e}, 1);"),
            7 if kind == Kind::Found => format!("if {name} == Some(3) {{ {name} = None; }}"),
            8 if kind == Kind::Pair => format!("{name} = ({name}.1, {name}.0);"),
            9 if kind == Kind::Grid => format!("{name}.swap(0, 1);"),
            10 if kind == Kind::Deque => format!("{name}.push_front({e});"),
            11 if kind == Kind::Best => format!("if ({e}) >= {name} {{ {name} = {e}; }}"),
            11 if kind == Kind::Least => format!("if {name}.0 < ({e}) {{ {name}.1 = {e}; }}"),
            10 if kind == Kind::Field => format!("{name}.sum = {name}.most;"),
            _ => self.update(scope),
        }
    }
}

/// A function with a loop or two.
pub(crate) fn function(random: &mut Random) -> Function {
    let mut shape = random.shape();
    match shape.below(6) {
        0 => return writes::function(random),
        1 => return chains::function(random),
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
        let (pattern, source, names) = sources::choose(&mut shape);
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
            Kind::Peak => format!("{name}.to_bits().to_string()"),
            Kind::Best => format!("format!(\"{{:?}}\", ({name}, {name}_at))"),
            _ => format!("format!(\"{{:?}}\", {name})"),
        })
        .collect();
    let result = format!("vec![{}]", results.join(", "));
    let (output, result) = match fallible {
        true => ("Option<Vec<String>>", format!("Some({result})")),
        false => ("Vec<String>", result),
    };
    let (generics, extra, given) = match (is_generic, shape.below(3)) {
        (false, _) => ("", "", ""),
        (_, 0) => ("<T: Clone + Sync>", ", _tag: &T", ", &'c'"),
        // the names of a function and of a macro, hidden
        (_, 1) => ("", ", helper: impl Fn(i64) -> i64 + Sync", ", |a| a ^ 9"),
        _ => ("<const N: usize>", ", _tag: [u8; N]", ", [1, 2]"),
    };
    let random = maker.random;
    let threshold = *random.one_of(
        &["threshold = 2", "threshold = 2, grain = 3", "", "threshold = 9"]
            .map(|s| s)
            .each_ref()
            .map(|s| s),
    );
    let mut options = vec!["float = ordered".to_string()];
    if !threshold.is_empty() {
        options.push(threshold.to_string());
    }
    for (name, kind) in &accumulators {
        if *kind == Kind::Spread && body.contains(&format!("hull({name}")) {
            options.push(format!("reduce({name}: hull)"));
        }
    }
    Function {
        attribute: "par_reduce",
        options: options.join(", "),
        item: format!("fn NAME{generics}(xs: &[i64], ys: &[i64], n: usize{extra}) -> {output} {{\n{body}{result}\n}}"),
        call: format!("NAME(&d.xs, &d.ys, d.n{given})"),
    }
}
