use divvy::par_divide;


#[par_divide]
fn triangle(n: u64) -> u64 {
    n * (n + 1) / 2
}

fn main() {}
