//! Random chains and headers that take, map or skip while something holds, also over what has no end.

use crate::Function;
use crate::random::Random;
use crate::statements::{Statements, cutoff, filled};

/// What begins a chain of `i64`s.
const SOURCES: &[&str] = &[
    "xs.iter().copied()",
    "xs.iter().rev().copied()",
    "xs.iter().zip(ys).map(|(a, b)| a ^ b)",
    "xs.to_vec().into_iter()",
    "text_of(xs).into_bytes().into_iter().map(|b| b as i64)",
    "(0..n as i64)",
    "xs.windows(2).map(|w| w[1] - w[0])",
    // no end
    "(0_i64..).take_while(|&x| x < n as i64)",
    "(3_i64..).map_while(|x| xs.get(x as usize).copied())",
    "(0_usize..).map(|i| ys.get(i)).map_while(|y| y.copied())",
    "std::iter::repeat(5_i64).zip(xs).map(|(a, x)| a ^ x)",
    "(0_i64..).skip_while(|x| x % 7 != 3).take(n)",
    "xs.iter().copied().cycle().take(n + 3)",
];

const ADAPTORS: &[&str] = &[
    ".take_while(|&x| @C)",
    ".take_while(|x| x % 16 != 7)",
    ".map_while(|x| (@C).then_some(@E))",
    ".map_while(|x| checked(@E))",
    ".skip_while(|&x| @C)",
    ".skip_while(|x| x % 5 != 3)",
    ".map(|x| @E)",
    ".filter(|&x| @C)",
    ".filter_map(|x| checked(@E))",
    ".skip(2)",
    ".take(60)",
    ".enumerate().take_while(|&(i, x)| i < 40 || @C).map(|(i, x)| x ^ i as i64)",
    ".map(|x| { assert!((@E) % 61 != 17, \"seventeen\"); x })",
    ".inspect(|x| assert!(x % 29 != 17, \"seventeen\"))",
    ".flat_map(|x| vec![x; @B])",
    ".take_while(|&x| { let limit = 12; x < limit && { let x = x ^ 1; @C } })",
    ".skip_while(|&x| x < 3 && @C)",
];

/// Adaptors that carry something along.
const STATEFUL: &[&str] = &[
    ".take_while(|&x| { left -= 1; left > 0 && @C })",
    ".map_while(|x| { left = left.wrapping_add(x); (left < 90).then_some(x) })",
    ".skip_while(|&x| { left += 1; @C })",
    ".map(|x| { left ^= x; left })",
];

const ENDS: &[&str] = &[
    "CHAIN.map(|x| x % 100).sum::<i64>()",
    "CHAIN.fold(3_i64, |a, x| a ^ (@E))",
    "CHAIN.fold(3_i64, |a, x| (a / 2).wrapping_sub(x))",
    "CHAIN.max()",
    "CHAIN.min_by_key(|x| x % 5)",
    "CHAIN.count()",
    "CHAIN.last()",
    "CHAIN.any(|x| @C)",
    "CHAIN.all(|x| @C)",
    "CHAIN.find(|&x| @C)",
    "CHAIN.position(|x| @C)",
    "CHAIN.collect::<Vec<i64>>()",
    "CHAIN.map(|x| checked(@E)).collect::<Option<Vec<i64>>>()",
    "CHAIN.partition::<Vec<i64>, _>(|&x| @C)",
    "CHAIN.map(|x| (x % 7, x)).collect::<std::collections::BTreeMap<_, _>>()",
    "CHAIN.map(|x| x.to_string()).collect::<String>()",
    "CHAIN.try_fold(0_i64, |a, x| checked(@E).map(|y| a ^ y))",
    "CHAIN.map(|x| x as f64 / 3.0).sum::<f64>()",
];

const STATEMENTS: Statements = Statements {
    plain: &[
        "sum += @S;",
        "list.push(@E);",
        "most = most.max(@E);",
        "if @C { sum -= 1; }",
        "let y = @E; list.push(y ^ x);",
    ],
    exits: &["if @C { break; }"],
    near: &["sum = sum / 2 + @S;", "if sum > 40 { break; }", "list.pop();"],
    in_loop: true,
};

pub(crate) fn function(random: &mut Random) -> Function {
    let mut shape = random.shape();
    let scope = vec!["x".to_string()];
    let mut chain = shape.one_of(SOURCES).to_string();
    let is_stateful = shape.once_in(9);
    for at in 0..1 + shape.below(3) {
        let adaptor = match at == 0 && is_stateful {
            true => shape.one_of(STATEFUL),
            // the first one takes or skips
            false => ADAPTORS[shape.below(if at == 0 { 6 } else { ADAPTORS.len() })],
        };
        chain.push_str(&filled(random, adaptor, &scope));
    }
    let body = match shape.below(4) {
        0 => {
            let inside = STATEMENTS.body(random, &scope);
            format!("for x in {chain} {{\n{inside}\n}}\nlet answer = 0;")
        }
        1 => {
            let (first, second) = (shape.one_of(ENDS), STATEMENTS.body(random, &scope));
            let first = filled(random, first, &scope).replace("CHAIN", "it.by_ref()");
            format!("let mut it = {chain};\nlet answer = {first};\nfor x in it {{\n{second}\n}}")
        }
        _ => {
            let end = filled(random, shape.one_of(ENDS), &scope);
            format!("let answer = {};", end.replace("CHAIN", &chain))
        }
    };
    let left = if is_stateful {
        "let mut left = 20_i64;"
    } else {
        "let left = 1_i64;"
    };
    let mut options = cutoff(random);
    if !options.is_empty() {
        options.push_str(", ");
    }
    Function {
        attribute: "par_reduce",
        options: format!("{options}float = ordered"),
        item: format!(
            "fn NAME(xs: &[i64], ys: &[i64], n: usize) -> String {{\n{left}\nlet (mut sum, mut most, mut list) = (0_i64, 3_i64, vec![1_i64]);\n{body}\nformat!(\"{{:?}}\", (answer, left, sum, most, list))\n}}"
        ),
        call: "NAME(&d.xs, &d.ys, d.n)".to_string(),
        within: None,
    }
}
