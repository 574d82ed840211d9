use divvy::par_reduce;

#[par_reduce]
fn level(xs: &[f64], ids: &mut [u64]) -> f64 {
    let mut level = 0.0;
    for i in 1..xs.len() {
        println!("{i}");
        level = (level * level + xs[i]).sqrt();
        ids[i] = ids[i - 1] * ids[i - 1];
    }
    level
}

fn main() {}
