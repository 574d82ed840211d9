//! The values that random loops carry along, and their updates in many spellings.

use crate::carried::Maker;
use crate::expressions::{condition, integer};
use crate::random::Random;

/// The kinds of carried values.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
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
    Clamped,
    Turned,
    Checked,
    Before,
    Written,
    Listed,
    Hashed,
}

impl Kind {
    /// True of an `i64` with `+`, `*` and the like.
    pub(crate) fn is_number(self) -> bool {
        matches!(
            self,
            Kind::Sum | Kind::Affine | Kind::Bounded | Kind::Order | Kind::Last | Kind::Phase
        )
    }
}

pub(crate) const KINDS: &[Kind] = &[
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
    Kind::Clamped,
    Kind::Turned,
    Kind::Checked,
    Kind::Before,
    Kind::Written,
    Kind::Listed,
    Kind::Hashed,
];

pub(crate) fn declaration(name: &str, kind: Kind, start: usize) -> String {
    match kind {
        Kind::Sum | Kind::Affine | Kind::Bounded | Kind::Order | Kind::Last => format!("let mut {name} = {start}_i64;"),
        Kind::Known => format!("let mut {name}: Option<i64> = None;"),
        Kind::Truth => format!("let mut {name} = {};", start.is_multiple_of(2)),
        Kind::Letter => format!("let mut {name} = 'a';"),
        Kind::Phase => format!("let mut {name} = {start}_i64;"),
        Kind::Window | Kind::Modular | Kind::Hashed => format!("let mut {name} = {start}_u64;"),
        Kind::Clamped | Kind::Checked | Kind::Before => format!("let mut {name} = {start}_i64;"),
        Kind::Turned => format!("let mut {name} = ({start}_i64, 1_i64, 2_i64);"),
        Kind::Written => format!("let mut {name} = String::from(\"ab\");"),
        Kind::Listed => format!("let mut {name} = vec![{start}_i64];"),
    }
}

/// What a carried value is, as an `i64`.
pub(crate) fn seen(name: &str, kind: Kind) -> String {
    match kind {
        Kind::Known => format!("{name}.unwrap_or(-1)"),
        Kind::Truth | Kind::Letter | Kind::Window | Kind::Modular | Kind::Hashed => format!("({name} as i64)"),
        Kind::Turned => format!("{name}.0"),
        Kind::Written | Kind::Listed => format!("({name}.len() as i64)"),
        _ => name.to_string(),
    }
}

impl Maker<'_> {
    pub(crate) fn update(&mut self, scope: &[String]) -> String {
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
            Kind::Clamped => clamp(self.random, &v, &e, &f),
            Kind::Turned => self
                .random
                .one_of(&[
                    "V = (V.1, V.2, E);",
                    "V = (E, V.0, V.1);",
                    "(V.0, V.1) = (V.1, V.0);",
                    "if C { V = (V.2, V.0, V.1); }",
                    "std::mem::swap(&mut V.0, &mut V.2);",
                    "let old = V.0; V.0 = V.1; V.1 = V.2; V.2 = old;",
                    "V.2 = std::mem::replace(&mut V.1, std::mem::replace(&mut V.0, E));",
                    "V.0 = V.1; V.1 = E;",
                ])
                .replace('V', &v)
                .replace('E', &e)
                .replace('C', &c),
            Kind::Checked => self
                .random
                .one_of(&[
                    "let Some(sum) = V.checked_add((E) % 50) else { break; }; V = sum;",
                    "V = V.checked_add((E) % 50).unwrap_or(0);",
                    "V = V.checked_add((E) % 50).unwrap_or(V);",
                    "V = match V.checked_sub((E) % 50) { Some(t) => t, None => 0 };",
                    "if let Some(t) = V.checked_add((E) % 50) { V = t; }",
                    "V = V.checked_mul(3).map_or(1, |t| t % 1000);",
                    "let (t, over) = V.overflowing_add(E); if !over { V = t; }",
                ])
                .replace('V', &v)
                .replace('E', &e),
            Kind::Before => self
                .random
                .one_of(&[
                    "let was = std::mem::replace(&mut V, E); sum = sum.wrapping_add(was);",
                    "let was = std::mem::take(&mut V); if C { V = was; }",
                    "let was = V; V = E; sum ^= was;",
                    "if C { sum ^= std::mem::replace(&mut V, E); }",
                    "let step = (E).wrapping_sub(std::mem::replace(&mut V, E)); sum = sum.max(step);",
                    "sum += i64::from(V < E); V = E;",
                ])
                .replace('V', &v)
                .replace('E', &format!("({e})"))
                .replace('C', &c)
                .replace("sum", &format!("{v}_sum")),
            Kind::Written => self
                .random
                .one_of(&[
                    "V.push('x');",
                    "V.push_str(\"ab\");",
                    "if C { V.clear(); }",
                    "if C { V.clear(); } else { V.push(((E).rem_euclid(26) as u8 + b'a') as char); }",
                    "if C { V = String::new(); }",
                    "V += &(E).to_string();",
                    "if C { let word = std::mem::take(&mut V); if word.len() > 2 { V.push_str(\"long\"); } }",
                    "V = format!(\"{}\", (E) % 9);",
                ])
                .replace('V', &v)
                .replace('E', &e)
                .replace('C', &c),
            Kind::Listed => self
                .random
                .one_of(&[
                    "V.push(E);",
                    "if C { V.clear(); }",
                    "if C { V = vec![E]; }",
                    "if C { V.clear(); } else { V.push(E); }",
                    "V.extend([E, 1]);",
                    "if C { V = vec![]; }",
                ])
                .replace('V', &v)
                .replace('E', &e)
                .replace('C', &c),
            Kind::Hashed => self
                .random
                .one_of(&[
                    "V = V.rotate_left(5) ^ (E as u64);",
                    "V = (V << 5).wrapping_add(V).wrapping_add(E as u64);",
                    "V ^= E as u64; V = V.wrapping_mul(0x100_0000_01b3);",
                    "V = V.rotate_right(3).wrapping_add(1);",
                    "V = (V >> 1) ^ if V & 1 == 1 { 0xedb8 } else { 0 };",
                    "V = V.swap_bytes();",
                    "V = (E as u64).wrapping_add(V << 6).wrapping_add(V << 16).wrapping_sub(V);",
                ])
                .replace('V', &v)
                .replace('E', &format!("({e})")),
        }
    }
}

/// A value held between bounds, in many spellings.
fn clamp(random: &mut Random, v: &str, e: &str, f: &str) -> String {
    random
        .one_of(&[
            "V = (V + E).clamp(-9, 30);",
            "V = (V + E).max(-9).min(30);",
            "V = (V + E).min(30).max(0);",
            "V = std::cmp::min(std::cmp::max(V + E, 0), 30);",
            "V = i64::max(V + E, 0).min(F);",
            "V += E; V = V.clamp(0, 12);",
            "V += E; if V > 30 { V = 30; } if V < 0 { V = 0; }",
            "V += E; if V > 30 { V = 30; } else if V < -5 { V = -5; }",
            "let t = V + E; V = if t < 0 { 0 } else if t > 30 { 30 } else { t };",
            "V = match V + E { t if t < 0 => 0, t if t > 30 => 30, t => t };",
            "V = match V + E { ..=-1 => 0, t @ 0..=30 => t, _ => 30 };",
            "V = if V + E > 30 { 30 } else { V + E }; V = if V < 0 { 0 } else { V };",
            "if V + E <= 30 { V += E; }",
            "if V < 20 { V += 1; }",
            "if E > 0 { if V < 9 { V += 1; } } else if V > 0 { V -= 1; }",
            "V = V.saturating_add(E).min(40);",
            "V = (V - E).max(F);",
            "if V > 0 { V -= 1; } else { V = F; }",
            "V = V.saturating_sub(3).max(-20);",
        ])
        .replace('V', v)
        .replace('E', &format!("(({e}) % 20)"))
        .replace('F', &format!("(({f}) % 20)"))
}
