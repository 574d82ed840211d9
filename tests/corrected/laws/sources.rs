use divvy::par_reduce;

#[par_reduce]
fn total(xs: impl Iterator<Item = u32>) -> u32 {
    let items: Vec<u32> = xs.collect();
    let mut sum = 0;
    for x in items {
        sum += x;
    }
    sum
}

/// Read piece by piece, each of which is worked on while the next one is read.
#[par_reduce]
fn longest(lines: impl Iterator<Item = String> + Send) -> usize {
    let mut longest = 0;
    for line in divvy::stream(lines) {
        longest = longest.max(line.len());
    }
    longest
}

#[test]
fn what_has_only_a_next() {
    assert_eq!(total([1, 2, 3].into_iter()), 6);
    assert_eq!(longest(["a", "bc"].into_iter().map(String::from)), 2);
}
