use std::collections::HashMap;

use divvy::par_reduce;

#[par_reduce]
fn numbered(names: &[String]) -> HashMap<String, usize> {
    let mut used = 0;
    let mut ids = HashMap::new();
    for name in names {
        if !name.is_empty() {
            used += 1;
            ids.insert(name.clone(), used);
        }
    }
    ids
}

#[par_reduce]
fn with_ids(xs: &[u32]) -> Vec<(usize, u32)> {
    let mut id = 0;
    let mut out = Vec::new();
    for &x in xs {
        if x % 2 == 0 {
            id += 1;
            out.push((id, x));
        }
    }
    out
}

fn main() {}
