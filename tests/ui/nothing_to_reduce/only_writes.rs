use divvy::par_reduce;


#[par_reduce]
fn halve(xs: &mut [u32]) {
    for x in xs.iter_mut() {
        *x /= 2;
    }
}

fn main() {}
