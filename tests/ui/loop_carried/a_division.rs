use divvy::par_reduce;

#[par_reduce]
pub fn settle(xs: &[u64]) -> u64 {
    let mut level = 0;
    for x in xs {
        level = (level + x) / 2;
    }
    level
}

fn main() {}
