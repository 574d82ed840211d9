use divvy::associative;

#[associative(commutative)]
fn larger(a: u64, b: u64) -> u64 {
    a.max(b)
}

fn main() {}
