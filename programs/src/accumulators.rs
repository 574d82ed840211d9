//! The accumulators of random loops, and their updates in many spellings.

use crate::comparisons;
use crate::expressions::{condition, integer};
use crate::loops::Maker;

/// The kinds of accumulators.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
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
    Complex,
    First,
    Taken,
}

pub(crate) const KINDS: &[Kind] = &[
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
    Kind::Complex,
    Kind::First,
    Kind::Taken,
];

impl Maker<'_> {
    pub(crate) fn declaration(&mut self, name: &str, kind: Kind) -> String {
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
            Kind::Float => format!("let mut {name} = 0.{start}_f64;"),
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
            Kind::Complex => format!("let mut {name} = Complex {{ re: 0.{start}, im: 1.0 }};"),
            Kind::First => format!("let mut {name} = (None::<i64>, {start}_i64);"),
            Kind::Taken => format!("let mut {name}: Option<(i64, i64)> = None;"),
        }
    }

    pub(crate) fn update(&mut self, scope: &[String]) -> String {
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
                    let better = comparisons::greater(self.random, &v, &name);
                    format!("let {v} = {e}; if {better} {{ {name} = {v}; }}")
                }
            },
            Kind::MinIf => {
                let v = self.fresh();
                let better = comparisons::greater(self.random, &name, &v);
                format!("let {v} = {e}; if {better} {{ {name} = {v}; }}")
            }
            Kind::Best => {
                let v = self.fresh();
                let at = integer(self.random, 1, scope);
                let better = comparisons::greater(self.random, &v, &name);
                format!("let {v} = ({e}) % 20; if {better} {{ {name} = {v}; {name}_at = {at}; }}")
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
            Kind::Table => {
                let by = integer(self.random, 1, scope).replace("wrapping_mul", "wrapping_add") + " % 9";
                let cell = format!("{name}[({e}).rem_euclid(5) as usize]");
                self.cell(&cell, &by)
            }
            Kind::Map => {
                let entry = match plain {
                    0 => "or_insert(0)",
                    1 => "or_insert_with(|| 0)",
                    _ => "or_default()",
                };
                self.entry(&format!("{name}.entry(({e}) % 5).{entry}"))
            }
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
            Kind::Complex => match plain {
                0 => format!("{name} += Complex {{ re: (({e}) % 100) as f64 / 3.0, im: 0.1 }};"),
                1 => format!("{name} = {name} + Complex {{ re: 1.0, im: (({e}) % 1000) as f64 * 0.7 }};"),
                _ => format!("{name} += complex({e});"),
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
                _ => {
                    let c = condition(self.random, 1, scope);
                    self.random
                        .one_of(&[
                            "if NAME.is_none() && C { NAME = Some(E); }",
                            "if C { if NAME.is_none() { NAME = Some(E); } }",
                            "if C && NAME == None { NAME = Some(E); }",
                            "if NAME.is_none_or(|b| E > b) { NAME = Some(E); }",
                            "if NAME.map_or(true, |b| E > b) { NAME = Some(E); }",
                            "match NAME { None => NAME = Some(E), Some(b) if E > b => NAME = Some(E), _ => {} }",
                            "if let None = NAME { NAME = Some(E); }",
                            "NAME = NAME.or_else(|| Some(E));",
                            "NAME = match NAME { Some(b) => Some(b.max(E)), None => Some(E) };",
                            "NAME = Some(NAME.map_or(E, |b| b.max(E)));",
                            "NAME.get_or_insert(E);",
                        ])
                        .replace("NAME", &name)
                        .replace('E', &format!("({e})"))
                        .replace('C', &c)
                }
            },
            Kind::First => match plain {
                0 => format!("if {name}.0.is_none() {{ {name}.0 = Some({e}); }}"),
                1 => format!("{name}.1 = {e};"),
                _ => format!(
                    "if {} {{ if {name}.0.is_none() {{ {name}.0 = Some({e}); }} {name}.1 = {}; }}",
                    condition(self.random, 1, scope),
                    scope[0]
                ),
            },
            Kind::Taken => {
                let v = self.fresh();
                let u = &scope[0];
                let found = self.random.one_of(&[
                    "if NAME.is_none_or(|(b, _)| V > b) { NAME = Some((V, U)); }",
                    "if NAME.map_or(true, |b| V > b.0) { NAME = Some((V, U)); }",
                    "match NAME { Some((b, _)) if b >= V => {} _ => NAME = Some((V, U)) }",
                    "if NAME.is_none() || V < NAME.unwrap().0 { NAME = Some((V, U)); }",
                    "match NAME { None => NAME = Some((V, U)), Some((b, _)) => if V > b { NAME = Some((V, U)); } }",
                    "NAME = NAME.max(Some((V, U)));",
                    "if let Some((b, _)) = NAME { if V < b { NAME = Some((V, U)); } } else { NAME = Some((V, U)); }",
                ]);
                let found = found.replace("NAME", &name).replace('V', &v).replace('U', u);
                format!("let {v} = ({e}) % 9; {found}")
            }
            Kind::Lists => match plain {
                0 => format!("{name}.entry(({e}) % 4).or_insert_with(Vec::new).push({});", scope[0]),
                1 => format!(
                    "let list = {name}.entry(({e}) % 4).or_default(); list.push({});",
                    scope[0]
                ),
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

    /// An update of a cell, by its place or by a name for it.
    fn cell(&mut self, cell: &str, by: &str) -> String {
        let v = self.fresh();
        match self.random.below(5) {
            0 => format!("let {v} = &mut {cell}; *{v} += {by};"),
            1 => format!("{cell} -= {by};"),
            2 => format!("let {v} = &mut {cell}; *{v} = *{v} + ({by});"),
            _ => format!("{cell} += {by};"),
        }
    }

    /// An update of an entry, at once or by a name for it.
    fn entry(&mut self, entry: &str) -> String {
        let v = self.fresh();
        match self.random.below(6) {
            0 => format!("let {v} = {entry}; *{v} += 3;"),
            1 => format!("*{entry} -= 2;"),
            2 => format!("let {v} = {entry}; *{v} = *{v} + 1;"),
            3 => format!("let {v}: &mut i64 = {entry}; *{v} -= 1;"),
            _ => format!("*{entry} += 2;"),
        }
    }
}
