use divvy::par_reduce;


#[par_reduce]
fn halve(xs: &[u32], out: &mut [u32]) -> u32 {
    let mut sum = 0;
    for i in 0..xs.len() {
        out[i] = xs[i] / 2;
        sum += xs[i];
    }
    sum
}

fn main() {}
