//! Bodies of loops and functions, made of statements that are templates.

use crate::expressions::{condition, integer};
use crate::random::Random;

/// What a body may be made of. In a template `@E` is an `i64`, `@S` a small one, `@B` one that is not negative and below 5,
/// and `@C` a condition; each stands for another one.
#[derive(Clone, Copy, Default)]
pub(crate) struct Statements {
    /// What the form is about.
    pub(crate) plain: &'static [&'static str],
    /// What leaves the loop, or the function.
    pub(crate) exits: &'static [&'static str],
    /// What may have to be refused.
    pub(crate) near: &'static [&'static str],
    /// True in a loop: there may be a `continue`.
    pub(crate) in_loop: bool,
}

impl Statements {
    /// Some of the statements, in any order, also under conditions and in loops of their own.
    pub(crate) fn body(&self, random: &mut Random, scope: &[String]) -> String {
        let count = 1 + random.below(4);
        // most bodies have none, or few would be taken
        let may_miss = random.once_in(5);
        let lines: Vec<String> = (0..count).map(|_| self.statement(random, scope, may_miss)).collect();
        lines.join("\n")
    }

    fn statement(&self, random: &mut Random, scope: &[String], may_miss: bool) -> String {
        let template = match random.below(16) {
            0..=3 if may_miss && !self.near.is_empty() => random.one_of(self.near),
            4 if self.in_loop => "if @C { continue; }",
            5 if !self.exits.is_empty() => random.one_of(self.exits),
            _ => random.one_of(self.plain),
        };
        let statement = filled(random, template, scope);
        if template.starts_with("let ") && random.once_in(2) {
            // the name goes on
            return statement;
        }
        match random.below(16) {
            0..=2 => format!("if {} {{ {statement} }}", condition(random, 1, scope)),
            3 => {
                let other = random.one_of(self.plain);
                let other = filled(random, other, scope);
                format!(
                    "if {} {{ {statement} }} else {{ {other} }}",
                    condition(random, 1, scope)
                )
            }
            4 => format!("for _ in 0..2 {{ {statement} }}"),
            5 => {
                let end = integer(random, 1, scope);
                format!("for round in 0..({end}).rem_euclid(3) {{ {statement} }}")
            }
            6 => format!("{{ {statement} }}"),
            7 => {
                let on = integer(random, 1, scope);
                let other = random.one_of(self.plain);
                let other = filled(random, other, scope);
                format!("match ({on}).rem_euclid(3) {{ 0 => {{ {statement} }} 1 => {{ {other} }} _ => {{}} }}")
            }
            _ => statement,
        }
    }
}

/// A template with expressions.
pub(crate) fn filled(random: &mut Random, template: &str, scope: &[String]) -> String {
    let mut parts = template.split('@');
    let mut out = parts.next().unwrap_or_default().to_string();
    for part in parts {
        let (kind, rest) = part.split_at(1);
        out.push_str(&match kind {
            "E" => format!("({})", integer(random, 2, scope)),
            "S" => format!("(({}) % 20)", integer(random, 1, scope)),
            "B" => format!("(({}).rem_euclid(5) as usize)", integer(random, 1, scope)),
            "C" => format!("({})", condition(random, 1, scope)),
            // the `@` of a pattern
            _ => format!("@{kind}"),
        });
        out.push_str(rest);
    }
    out
}

/// One of the usual options.
pub(crate) fn cutoff(random: &mut Random) -> String {
    random
        .one_of(&["threshold = 2", "threshold = 2, grain = 3", "threshold = 9", ""])
        .to_string()
}
