use divvy::par_divide;

#[par_divide]
const fn fib(n: u64) -> u64 {
    if n < 2 { n } else { fib(n - 1) + fib(n - 2) }
}

const TENTH: u64 = fib(10);

fn main() {
    assert_eq!(TENTH, 55);
}
