use std::cell::Cell;

use divvy::par_reduce;

#[par_reduce]
fn scaled(xs: &[u64], scale: &Cell<u64>) -> u64 {
    xs.iter().map(|x| x * scale.get()).sum()
}

fn main() {}
