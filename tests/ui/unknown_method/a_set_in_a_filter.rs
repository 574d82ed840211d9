use std::collections::HashSet;

use divvy::par_reduce;

#[par_reduce]
fn firsts(xs: &[u32]) -> Vec<u32> {
    let mut seen = HashSet::new();
    xs.iter().copied().filter(|x| seen.insert(*x)).collect()
}

fn main() {}
