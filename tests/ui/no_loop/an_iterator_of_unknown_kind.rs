use divvy::par_reduce;

fn items(n: u64) -> impl Iterator<Item = u64> {
    (0..n).map(|x| x * x)
}

#[par_reduce]
fn most(n: u64) -> u64 {
    let squares = items(n);
    let most = squares.filter(|x| x % 2 == 1).max();
    most.unwrap_or(0)
}

fn main() {}
