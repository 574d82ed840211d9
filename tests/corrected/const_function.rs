use divvy::par_reduce;

/// For constants.
const fn triangle(n: u64) -> u64 {
    n * (n + 1) / 2
}

/// For the running program.
#[par_reduce]
fn triangle_of(numbers: std::ops::RangeInclusive<u64>) -> u64 {
    let mut sum = 0;
    for n in numbers {
        sum += n;
    }
    sum
}

#[test]
fn both_are_there() {
    const TEN: u64 = triangle(10);
    assert_eq!(triangle_of(1..=10), TEN);
}
