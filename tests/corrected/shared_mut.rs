use divvy::par_divide;

/// Without the memo the calls are independent; what they know they return.
#[par_divide]
fn fib(n: u64) -> u64 {
    if n < 2 {
        return n;
    }
    let one = fib(n - 1);
    let two = fib(n - 2);
    one + two
}

#[test]
fn the_calls_share_nothing() {
    assert_eq!(fib(20), 6765);
}
