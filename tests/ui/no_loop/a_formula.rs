use divvy::par_reduce;


#[par_reduce]
fn triangle(n: u64) -> u64 {
    n * (n + 1) / 2
}

fn main() {}
