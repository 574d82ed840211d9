use divvy::par_reduce;

#[par_reduce]
fn weighed(xs: &[f64], weights: &[u64]) -> (f64, u64) {
    let mut level = 0.0;
    for x in xs {
        level = (level * level + x).sqrt();
    }
    let mut sum = 0;
    for weight in weights {
        sum += weight;
    }
    (level, sum)
}

fn main() {}
