use divvy::par_reduce;

#[par_reduce(float = exact)]
fn weights(pairs: &[(usize, f64)]) -> [f64; 8] {
    let mut table = [0.0; 8];
    for (k, w) in pairs {
        table[*k] += w;
    }
    table
}

fn main() {}
