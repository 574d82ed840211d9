use divvy::par_reduce;

#[par_reduce]
fn digits(xs: &[u64]) -> u64 {
    xs.iter().fold(0, |number, digit| number * 10 + digit)
}

fn main() {}
