use divvy::par_reduce;


#[par_reduce]
fn weights(xs: &[(usize, f32)]) -> [f32; 8] {
    let mut sums = [0.0; 8];
    for &(k, w) in xs {
        sums[k % 8] += w;
    }
    sums
}

fn main() {}
