use divvy::par_reduce;


#[par_reduce]
fn check(xs: &[u64]) -> u64 {
    let mut check = 1;
    for &x in xs {
        if x > 9 {
            check += x;
        } else {
            check ^= x;
        }
    }
    check
}

fn main() {}
