use divvy::par_reduce;


#[par_reduce]
fn warm(xs: &[u32], look: impl Fn(u32) + Sync) {
    for &x in xs {
        look(x);
    }
}

fn main() {}
