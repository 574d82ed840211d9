use divvy::par_reduce;


#[par_reduce]
fn both(xs: &[u32]) -> (u32, u32) {
    let mut a = 0;
    let mut b = 0;
    for x in xs {
        a += x + b * b;
        b += x + a * a;
    }
    (a, b)
}

fn main() {}
