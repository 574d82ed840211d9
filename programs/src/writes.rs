//! Random functions whose loops write elements of their own, and near misses.

use crate::Function;
use crate::expressions::{condition, integer};
use crate::random::Random;

/// A function whose loop writes elements of its own.
pub(crate) fn function(random: &mut Random) -> Function {
    let scope: Vec<String> = ["x", "u"].map(String::from).to_vec();
    let e = integer(random, 3, &scope);
    let f = integer(random, 1, &scope);
    let c = condition(random, 2, &scope);
    let mut shape = random.shape();
    shape.below(6);
    let short = "let m = out.len().min(xs.len());";
    let body = match shape.below(30) {
        0 => format!("{short} for i in 0..m {{ let (x, u) = (xs[i], i as i64); out[i] = {e}; }}"),
        1 => format!("{short} for i in 0..m {{ let (x, u) = (xs[i], i as i64); if {c} {{ continue; }} out[i] = {e}; }}"),
        2 => format!("{short} for i in 0..m {{ let (x, u) = (xs[i], i as i64); out[m - 1 - i] = {e}; }}"),
        3 => format!("for (o, &x) in out.iter_mut().zip(xs) {{ let u = *o; *o = {e}; }}"),
        4 => format!(
            "for (k, c) in out.chunks_mut(3).enumerate() {{ for o in c.iter_mut() {{ let (x, u) = (*o, k as i64); if {c} {{ *o = {e}; }} }} }}"
        ),
        5 => format!("{short} for i in 1..m {{ let (x, u) = (xs[i - 1], xs[i]); out[i] = {e}; }}"),
        6 => format!("for i in 0..out.len() / 2 {{ let (x, u) = (i as i64, 3_i64); out[2 * i] = {e}; out[2 * i + 1] = u + x; }}"),
        7 => format!(
            "let w = 4; let h = out.len() / w; for i in 0..h {{ for j in 0..w {{ let (x, u) = (i as i64, j as i64); out[i * w + j] = {e}; }} }}"
        ),
        8 => format!(
            "let w = n % 5 + 1; let h = out.len() / w; for i in 0..h {{ for j in 0..w {{ let (x, u) = (i as i64, j as i64); if {c} {{ out[i * w + j] = {e}; }} }} }}"
        ),
        9 => format!("{short} for i in 1..m.saturating_sub(1) {{ let (x, u) = (xs[i - 1], xs[i + 1]); out[i] = ({e}).wrapping_add(xs[i]); }}"),
        10 => format!("{short} for i in 0..m {{ let (x, u) = (xs[i], out[i]); out[i] = {e}; }}"),
        11 => format!("{short} for i in 0..m {{ let (x, u) = (xs[i], i as i64); out[i] += ({e}) % 9; if {c} {{ out[i] ^= u; }} }}"),
        12 => format!("{short} for i in 0..m.saturating_sub(2) {{ let (x, u) = (xs[i], xs[i + 1]); out[i + 2] = {e}; }}"),
        13 => format!("{short} let mut t = 0; for i in 0..m {{ let (x, u) = (xs[i], i as i64); t = {f}; out[i] = t ^ ({e}); }} if m > 0 {{ out[0] ^= t; }}"),
        14 => format!("{short} let mut buf = Vec::new(); for i in 0..m {{ let (x, u) = (xs[i], i as i64); buf.clear(); buf.push({e}); buf.push({f}); out[i] = buf.iter().sum::<i64>() % 99; }}"),
        15 => format!("for (o, w) in out.iter_mut().zip(xs.windows(2)) {{ let (x, u) = (w[0], w[1]); *o = {e}; }}"),
        16 => format!("let mut i = 0; while i < out.len() {{ let (x, u) = (out[i], i as i64); out[i] = {e}; i += 1; }}"),
        17 => format!("for o in out.iter_mut().rev().step_by(2) {{ let (x, u) = (*o, 1_i64); if {c} {{ continue; }} *o = {e}; }}"),
        18 => format!(
            "let mut grid = vec![vec![0_i64; 3]; out.len()]; for (i, row) in grid.iter_mut().enumerate() {{ for j in 0..row.len() {{ let (x, u) = (i as i64, j as i64); row[j] = {e}; }} }} for i in 0..out.len() {{ out[i] = grid[i][1]; }}"
        ),
        19 => format!(
            "let mut grid = vec![[0_i64; 3]; out.len()]; for i in 0..grid.len() {{ for j in 0..3 {{ let (x, u) = (i as i64, j as i64); grid[i][j] = {e}; }} }} for i in 0..out.len() {{ out[i] = grid[i][2] ^ grid[i][0]; }}"
        ),
        20 => format!(
            "let mut other = vec![0_i64; out.len()]; for i in 0..out.len() {{ let (x, u) = (out[i], i as i64); other[i] = {e}; out[i] = {f}; }} for i in 0..out.len() {{ out[i] ^= other[out.len() - 1 - i]; }}"
        ),
        21 => format!("for (c, d) in out.chunks_mut(4).zip(xs.chunks(4)) {{ let (x, u) = (d[0], c.len() as i64); c[0] = {e}; if {c} {{ c.reverse(); }} }}")
            .replace(&format!("if {c} {{ c.reverse(); }}"), &format!("if {} {{ c.reverse(); }}", c)),
        22 => format!("{short} for i in (0..m).rev() {{ let (x, u) = (xs[i], i as i64); match u % 3 {{ 0 => out[i] = {e}, 1 if {c} => out[i] = u, _ => {{}} }} }}"),
        23 => format!("{short} for i in 0..m {{ let (x, u) = (xs[i], i as i64); assert!(({e}) % 61 != 17, \"seventeen\"); out[i] = {f}; }}"),
        // near misses
        24 => format!("for i in 1..out.len() {{ let (x, u) = (out[i - 1], i as i64); out[i] = {e}; }}"),
        25 => format!("{short} for i in 0..m {{ let (x, u) = (xs[i], i as i64); out[(i * 7) % 5] = {e}; }}"),
        26 => format!("{short} for i in 0..m {{ let (x, u) = (xs[i], i as i64); out[i / 2] = {e}; }}"),
        27 => format!("{short} for i in 0..m.saturating_sub(1) {{ let (x, u) = (xs[i], out[i + 1]); out[i] = {e}; }}"),
        28 => format!("{short} for i in 0..m {{ let (x, u) = (xs[i], i as i64); out[i] = {e}; if {c} {{ out[0] = u; }} }}"),
        _ => format!("{short} for i in 0..m {{ let (x, u) = (xs[i], i as i64); let i = i ^ 1; if i < m {{ out[i] = {e}; }} }}"),
    };
    Function {
        attribute: if random.once_in(4) { "par_reduce" } else { "par_for" },
        options: random
            .one_of(&["threshold = 2", "threshold = 2, grain = 3", ""])
            .to_string(),
        item: format!("fn NAME(xs: &[i64], out: &mut [i64], n: usize) {{\n{body}\n}}"),
        call: "{ let mut out = d.ys.clone(); NAME(&d.xs, &mut out, d.n); out }".to_string(),
        within: None,
    }
}
