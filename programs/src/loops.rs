//! Random loop functions: sources, accumulators, exits, writes, nesting, and now and then something that must be refused.

use crate::accumulators::{KINDS, Kind};
use crate::counting::{self, Way};
use crate::expressions::{condition, integer, name};
use crate::random::Random;
use crate::sources::{self, Header};
use crate::{Function, chains, writes};

pub(crate) struct Maker<'r> {
    pub(crate) random: &'r mut Random,
    pub(crate) accumulators: Vec<(String, Kind)>,
    /// `return`, `?` and `break` may be used.
    exits: bool,
    /// The function returns an `Option`.
    fallible: bool,
    labelled: bool,
    depth: usize,
    fresh: usize,
    /// The way that a counting loop's variable goes.
    counts: Option<Way>,
}

impl Maker<'_> {
    pub(crate) fn fresh(&mut self) -> String {
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
                    0 => None,
                    _ => name(self.random, scope).map(String::from),
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
        body.replace("continue; };", "break; };").replace("continue;", "{}")
    }

    /// The loop of a header.
    fn looping(&mut self, header: &Header) -> String {
        let mut scope: Vec<String> = Vec::new();
        let mut lets = String::new();
        for (at, name) in header.names.iter().enumerate() {
            if name.chars().all(char::is_alphanumeric) {
                scope.push((*name).to_string());
            } else {
                lets.push_str(&format!("let u{at} = {name};\n"));
                scope.push(format!("u{at}"));
            }
        }
        self.counts = header.counts;
        self.labelled = self.random.once_in(3);
        let mut inside = self.body(&scope);
        inside.push_str(&self.update(&scope));
        let (before, behind) = match &header.step {
            (step, true) => (step.as_str(), ""),
            (step, false) => {
                inside = inside.replace("continue", &format!("{step} continue"));
                ("", step.as_str())
            }
        };
        let label = if inside.contains("'outer") { "'outer: " } else { "" };
        format!(
            "{}\n{label}{} {{\n{}\n{lets}{before}\n{inside}\n{behind}\n}}\n",
            header.before, header.header, header.begin
        )
    }

    /// What may have to be refused.
    fn near_miss(&mut self, scope: &[String]) -> String {
        if !self.random.once_in(3) {
            return self.update(scope);
        }
        let (name, kind) = self.accumulators[self.random.below(self.accumulators.len())].clone();
        let e = integer(self.random, 1, scope);
        if let Some(way) = self.counts
            && self.random.once_in(3)
        {
            return counting::near_miss(self.random, way, &e, &name);
        }
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
            8 if is_number => format!("let mut {name} = {e}; mix!({name}, 3);"),
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
    match random.shape().below(6) {
        0 => writes::function(random),
        1 => chains::function(random),
        _ => over(random, sources::choose),
    }
}

/// A function whose loops count by hand.
pub(crate) fn counting(random: &mut Random) -> Function {
    over(random, counting::choose)
}

/// A function whose loops run over what has a name.
pub(crate) fn named(random: &mut Random) -> Function {
    over(random, sources::named)
}

fn over(random: &mut Random, header: fn(&mut Random) -> Header) -> Function {
    let mut shape = random.shape();
    shape.below(6);
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
        counts: None,
    };
    let mut body = String::new();
    for (name, kind) in &accumulators {
        body.push_str(&maker.declaration(name, *kind));
        body.push('\n');
    }
    let mut left = Vec::new();
    for _ in 0..1 + shape.below(2) {
        let header = header(&mut shape);
        left.extend(header.left);
        body.push_str(&maker.looping(&header));
    }
    // parameters beside the usual ones, what is given for them, what is done with them, and what comes out
    let (generics, extra, given, beside, found) = match (is_generic, shape.below(5)) {
        (false, _) => ("", "", "", "", None),
        (_, 0) => ("<T: Clone + Sync>", ", _tag: &T", ", &'c'", "", None),
        // the names of a function and of a macro, hidden
        (_, 1) => ("", ", helper: impl Fn(i64) -> i64 + Sync", ", |a| a ^ 9", "", None),
        (_, 2) => ("<const N: usize>", ", _tag: [u8; N]", ", [1, 2]", "", None),
        (_, 3) => (
            "<const N: usize>",
            ", array: [i64; N]",
            ", [1, -2, 30, 4, 5]",
            "let mut of_array = 3_i64;\nfor z in &array { of_array = of_array.wrapping_add(*z ^ 2); }\n",
            Some("of_array"),
        ),
        _ => (
            "<T: divvy::Monoid<divvy::ops::Add> + std::ops::AddAssign + std::fmt::Debug + Copy + Send + Sync>",
            ", list: &[T], zero: T",
            ", &[1_u64, 20, 3, 4, 50], 7",
            "let mut of_list = zero;\nfor z in list { of_list += *z; }\n",
            Some("of_list"),
        ),
    };
    body.push_str(beside);
    let results: Vec<String> = accumulators
        .iter()
        .map(|(name, kind)| match kind {
            Kind::Float => format!("{name}.to_bits().to_string()"),
            Kind::Peak => format!("{name}.to_bits().to_string()"),
            Kind::Complex => format!("format!(\"{{:?}}\", ({name}.re.to_bits(), {name}.im.to_bits()))"),
            Kind::Best => format!("format!(\"{{:?}}\", ({name}, {name}_at))"),
            _ => format!("format!(\"{{:?}}\", {name})"),
        })
        .chain(left.iter().map(|left| format!("format!(\"{{:?}}\", {left})")))
        .chain(found.map(|found| format!("format!(\"{{:?}}\", {found})")))
        .collect();
    let result = format!("vec![{}]", results.join(", "));
    let (output, result) = match fallible {
        true => ("Option<Vec<String>>", format!("Some({result})")),
        false => ("Vec<String>", result),
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
        within: None,
    }
}
