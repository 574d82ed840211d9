//! Random expressions: `i64` of variables in scope, conditions, and what hides names in them.

use crate::random::Random;

/// An `i64` of these variables; small or wrapping, so that nothing overflows.
pub(crate) fn integer(random: &mut Random, depth: usize, scope: &[String]) -> String {
    if depth == 0 || random.once_in(4) {
        return match random.below(3) {
            0 => (random.below(9) as i64 - 3).to_string() + "_i64",
            _ => scope[random.below(scope.len())].clone(),
        };
    }
    let part = |random: &mut Random| integer(random, depth - 1, scope);
    let (a, b) = (part(random), part(random));
    match random.below(13) {
        0 => format!("({a}).wrapping_add({b})"),
        1 => format!("({a}).wrapping_mul({b})"),
        2 => format!("({a} ^ {b})"),
        3 => format!("(({a}) & ({b}))"),
        4 => format!("(({a}) % 7)"),
        5 => format!("(if {} {{ {a} }} else {{ {b} }})", condition(random, depth - 1, scope)),
        6 => format!(
            "(match ({a}).rem_euclid(3) {{ 0 => {b}, 1 | 2 if ({a}) > 4 => 5, _ => {} }})",
            part(random)
        ),
        7 => format!("helper({a})"),
        8 => format!("mix!({a}, {b})"),
        9 => format!("(|t: i64| t.wrapping_sub({b}))({a})"),
        10 => {
            // a name in scope hidden by another value
            let name = name(random, scope).unwrap_or("t").to_string();
            format!("{{ let {name} = {a}; {} }}", part(random))
        }
        11 => format!("(({a}) / 3)"),
        _ => format!("({a}).min({b})"),
    }
}

/// One of what is in scope, if it is a name.
pub(crate) fn name<'s>(random: &mut Random, scope: &'s [String]) -> Option<&'s str> {
    let found = scope[random.below(scope.len())].as_str();
    found.chars().all(|c| c.is_alphanumeric() || c == '_').then_some(found)
}

/// A condition.
pub(crate) fn condition(random: &mut Random, depth: usize, scope: &[String]) -> String {
    let a = integer(random, depth, scope);
    match random.below(6) {
        0 => format!("(({a}) % 3 == 0)"),
        1 => format!("(({a}) > 4)"),
        2 => format!("(({a}) & 1 == 1)"),
        3 => format!("matches!(({a}) % 5, 1..=3)"),
        4 => format!("!(({a}) < {})", integer(random, depth, scope)),
        _ => format!("(({a}) == 6 || ({}) > 11)", integer(random, depth, scope)),
    }
}
