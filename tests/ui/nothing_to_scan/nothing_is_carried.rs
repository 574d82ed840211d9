use divvy::par_scan;

#[par_scan]
fn doubled(xs: &[u64], out: &mut [u64]) {
    for i in 0..xs.len() {
        out[i] = 2 * xs[i];
    }
}

fn main() {}
