use divvy::par_reduce;

/// The element before is read from the source: nothing is carried along.
#[par_reduce]
fn jumps(xs: &[i64]) -> usize {
    let mut jumps = usize::from(xs.first().is_some_and(|x| *x > 10));
    for pair in xs.windows(2) {
        if pair[1] > pair[0] + 10 {
            jumps += 1;
        }
    }
    jumps
}

#[test]
fn pairs_hold_both_elements() {
    assert_eq!(jumps(&[0, 20, 25, 50]), 2);
    assert_eq!(jumps(&[11]), 1);
}
