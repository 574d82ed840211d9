//! Random recursive functions: over halves of a slice, over a depth, over a tree; with exits, collectors and panics.

use crate::Function;
use crate::expressions::{condition, integer};
use crate::random::Random;

pub(crate) fn function(random: &mut Random) -> Function {
    let scope: Vec<String> = ["x", "u"].map(String::from).to_vec();
    let leaf = integer(random, 3, &scope);
    let c = condition(random, 1, &scope);
    let pair: Vec<String> = ["l", "r", "x"].map(String::from).to_vec();
    let combined = integer(random, 2, &pair);
    let threshold = random.one_of(&["threshold = 2", "threshold = 4", ""]);
    let (item, call) = match random.shape().below(10) {
        9 => (
            format!(
                "fn NAME<T: Copy + Sync + Into<i64>>(xs: &[T], u: i64) -> i64 {{
                    if xs.len() < 3 {{ let x = xs.first().map_or(u, |x| (*x).into()); return {leaf}; }}
                    let x: i64 = xs[0].into();
                    let (a, b) = xs.split_at(xs.len() / 2);
                    let l = NAME(a, u.wrapping_add(1));
                    let r = NAME(b, x);
                    {combined}
                }}"
            ),
            "NAME(&d.xs, 3)".to_string(),
        ),
        0 => (
            format!(
                "fn NAME(xs: &[i64], u: i64) -> i64 {{
                    if xs.len() < 3 {{ let x = xs.first().copied().unwrap_or(u); return {leaf}; }}
                    let x = xs[0];
                    let (a, b) = xs.split_at(xs.len() / 2);
                    let l = NAME(a, u.wrapping_add(1));
                    let r = NAME(b, x);
                    {combined}
                }}"
            ),
            "NAME(&d.xs, 3)".to_string(),
        ),
        1 => (
            format!(
                "fn NAME(xs: &[i64], u: i64) -> Option<i64> {{
                    if xs.len() < 2 {{ let x = xs.first().copied().unwrap_or(u); if {c} {{ return None; }} return Some({leaf}); }}
                    let x = xs[0];
                    let l = NAME(&xs[..xs.len() / 2], u)?;
                    let r = NAME(&xs[xs.len() / 2..], x)?;
                    assert!(({combined}) % 61 != 17, \"seventeen\");
                    Some({combined})
                }}"
            ),
            "NAME(&d.xs, 3)".to_string(),
        ),
        2 => (
            format!(
                "fn NAME(n: u32, x: i64) -> i64 {{
                    if n < 2 {{ let u = i64::from(n); return {leaf}; }}
                    let l = NAME(n - 1, x ^ 1);
                    let r = NAME(n - 2, x.wrapping_mul(3));
                    {combined}
                }}"
            ),
            "NAME(d.n.min(9) as u32, 5)".to_string(),
        ),
        3 => (
            format!(
                "fn NAME(n: u32, x: i64) -> bool {{
                    let u = i64::from(n);
                    if n == 0 {{ return {c}; }}
                    ({c}) || NAME(n - 1, {leaf}) || NAME(n - 1, x ^ u)
                }}"
            ),
            "NAME(d.n.min(7) as u32, d.xs.len() as i64)".to_string(),
        ),
        4 => (
            format!(
                "fn NAME(n: u32, x: i64, out: &mut Vec<i64>) {{
                    let u = i64::from(n);
                    if n == 0 {{ out.push({leaf}); return; }}
                    NAME(n - 1, x ^ u, out);
                    if {c} {{ out.push(u); }}
                    NAME(n - 1, {leaf}, out);
                }}"
            ),
            "{ let mut out = vec![1]; NAME(d.n.min(6) as u32, 5, &mut out); out }".to_string(),
        ),
        5 => (
            format!(
                "fn NAME(xs: &mut [i64], u: i64) {{
                    if xs.len() < 2 {{ for x in xs.iter_mut() {{ let x0 = *x; *x = {{ let x = x0; {leaf} }}; }} return; }}
                    let middle = xs.len() / 3 + 1;
                    let (a, b) = xs.split_at_mut(middle);
                    NAME(a, u ^ 1);
                    NAME(b, u.wrapping_add(2));
                    let x = xs[0];
                    xs[0] = {leaf};
                }}"
            ),
            "{ let mut xs = d.xs.clone(); NAME(&mut xs, 1); xs }".to_string(),
        ),
        6 => (
            format!(
                "fn NAME(tree: &Tree, u: i64) -> i64 {{
                    let x = tree.key;
                    let l = tree.left.as_ref().map_or(0, |t| NAME(t, x));
                    let r = match &tree.right {{ Some(t) => NAME(t, u ^ x), None => {leaf} }};
                    {combined}
                }}"
            ),
            "NAME(&d.tree, 1)".to_string(),
        ),
        7 => (
            format!(
                "fn NAME(n: u32, x: i64) -> (i64, Vec<i64>) {{
                    let u = i64::from(n);
                    if n < 2 {{ return ({leaf}, vec![x]); }}
                    let (l, mut left) = NAME(n - 2, x ^ u);
                    let (r, right) = NAME(n - 1, {leaf});
                    left.extend(right);
                    ({combined}, left)
                }}"
            ),
            "NAME(d.n.min(9) as u32, 5)".to_string(),
        ),
        // a near miss: the second call needs the first one
        _ => (
            format!(
                "fn NAME(n: u32, x: i64) -> i64 {{
                    let u = i64::from(n);
                    if n < 2 {{ return {leaf}; }}
                    let l = NAME(n - 1, x);
                    let r = NAME(n - 2, {});
                    {combined}
                }}",
                random.one_of(&["l", "x ^ 1", "x"])
            ),
            "NAME(d.n.min(9) as u32, 5)".to_string(),
        ),
    };
    Function {
        attribute: "par_divide",
        options: match item.contains("&Tree") {
            true => String::new(),
            false => threshold.to_string(),
        },
        item,
        call,
        within: None,
    }
}
