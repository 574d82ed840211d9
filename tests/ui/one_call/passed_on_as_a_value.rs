use divvy::par_divide;

#[par_divide]
fn count(n: u64) -> u64 {
    apply(count, n)
}

fn apply(f: fn(u64) -> u64, n: u64) -> u64 {
    if n == 0 { 0 } else { f(n - 1) }
}

fn main() {}
