use divvy::par_reduce;


#[par_reduce]
fn shares(mut cake: u64, guests: &[u64]) -> u64 {
    for &n in guests {
        cake /= n;
    }
    cake
}

fn main() {}
