use divvy::{associative, par_reduce};

#[associative(identity = 0, commutative)]
fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[par_reduce(reduce(common: gcd))]
fn divisors(xs: &[u64]) -> Vec<u64> {
    let mut common = 0;
    let mut all = Vec::new();
    for &x in xs {
        common = gcd(common, x);
        all.push(common);
    }
    all
}

fn main() {}
