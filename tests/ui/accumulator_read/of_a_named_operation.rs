use divvy::{associative, par_reduce};

#[associative(identity = 0, commutative)]
fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[par_reduce(reduce(common: gcd))]
fn divisor(xs: &[u64]) -> (u64, u64) {
    let (mut common, mut idle) = (0, 0);
    for &x in xs {
        if common == 1 {
            idle += 1;
        } else {
            common = gcd(common, x);
        }
    }
    (common, idle)
}

fn main() {}
