use divvy::par_reduce;

#[par_reduce]
fn checksum(xs: &[u64]) -> u64 {
    let mut value = 1;
    for &x in xs {
        if x % 2 == 0 {
            value += x;
        } else {
            value ^= x;
        }
    }
    value
}

fn main() {}
