use divvy::par_reduce;

#[par_reduce]
pub fn fibonacci(n: usize, m: u64) -> u64 {
    let (mut a, mut b) = (0u64, 1u64);
    for _ in 0..n {
        (a, b) = (b, (a + b) % m);
    }
    a
}

fn main() {}
