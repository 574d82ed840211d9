use divvy::par_divide;

/// The product of a range by halves: two calls where there was one.
#[par_divide]
fn product(from: u64, to: u64) -> u64 {
    if to - from < 2 {
        return if from < to { from } else { 1 };
    }
    let middle = from + (to - from) / 2;
    product(from, middle) * product(middle, to)
}

fn factorial(n: u64) -> u64 {
    product(1, n + 1)
}

#[test]
fn the_halves_have_a_call_each() {
    assert_eq!(factorial(5), 120);
}
