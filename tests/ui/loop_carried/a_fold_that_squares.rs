use divvy::par_reduce;

#[par_reduce]
fn mix(xs: &[u64]) -> u64 {
    xs.iter().fold(7, |state, key| state * state + key)
}

fn main() {}
