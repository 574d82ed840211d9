use divvy::par_reduce;


#[par_reduce]
fn scramble(keys: &[u64]) -> u64 {
    let mut state = 7;
    for &k in keys {
        state = (state * state + k) % 1_000_003;
    }
    state
}

fn main() {}
