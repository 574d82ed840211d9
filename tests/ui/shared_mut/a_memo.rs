use divvy::par_divide;


use std::collections::HashMap;

#[par_divide]
fn fib(n: u64, memo: &mut HashMap<u64, u64>) -> u64 {
    if n < 2 {
        return n;
    }
    if let Some(known) = memo.get(&n) {
        return *known;
    }
    let one = fib(n - 1, memo);
    let two = fib(n - 2, memo);
    memo.insert(n, one + two);
    one + two
}

fn main() {}
