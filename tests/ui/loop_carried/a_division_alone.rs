use divvy::par_reduce;

#[par_reduce]
pub fn halved(xs: &[u64]) -> u64 {
    let mut left = 1 << 40;
    for _ in xs {
        left = left / 2;
    }
    left
}

fn main() {}
