use divvy::par_reduce;

#[par_reduce]
fn first_primes(n: usize) -> Vec<u64> {
    (2..).filter(|k| is_prime(*k)).take(n).collect()
}

fn is_prime(n: u64) -> bool {
    (2..n).all(|k| n % k != 0)
}

#[par_reduce]
fn numbered(names: &[String]) -> usize {
    let mut total = 0;
    for (name, number) in names.iter().zip((1..).filter(|k| k % 3 != 0)) {
        total += name.len() * number;
    }
    total
}

#[par_reduce]
fn after(limit: u64) -> Option<u64> {
    (0..).skip_while(|k| k * k < limit).map(|k| k / 2).find(|k| k % 7 == 3)
}

fn main() {}
